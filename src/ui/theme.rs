//! Light and dark, as the start-up script has set it: the system's choice, unless the reader makes one.

use crate::ui::reactive::*;

/// Whether the page is dark now.
#[derive(Clone, Copy)]
pub struct Theme(RwSignal<bool>);

impl Theme {
    /// Follows the start-up script for as long as the owner lives.
    pub fn follow() -> Self {
        let theme = RwSignal::new(is_dark());
        let handle = window_event_listener("losslens:theme", move |_| theme.set(is_dark()));
        on_cleanup(move || handle.remove());
        Self(theme)
    }

    /// Whether it is dark.
    pub fn is_dark(self) -> bool {
        self.0.get()
    }
}

/// Whether the page is dark at the moment.
pub fn is_dark() -> bool {
    let root = document().document_element();
    root.and_then(|it| it.get_attribute("data-theme")).is_some_and(|it| it == "dark")
}
