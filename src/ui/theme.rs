//! Light and dark: the system's choice, unless the reader makes one.

use super::once::storage;
use crate::ui::reactive::*;

const KEY: &str = "losslens-theme";

/// Whether the page is dark now.
#[derive(Clone, Copy)]
pub struct Theme(RwSignal<bool>);

impl Theme {
    /// Takes the theme that the start-up script set, and follows the system from there.
    pub fn follow() -> Self {
        let theme = Self(RwSignal::new(is_dark()));
        let query =
            web_sys::window().and_then(|it| it.match_media("(prefers-color-scheme: dark)").ok().flatten());
        if let Some(query) = query {
            let listener = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
                if stored().is_none() {
                    theme.apply(system_is_dark());
                }
            });
            query.set_onchange(Some(wasm_bindgen::JsCast::unchecked_ref(listener.as_ref())));
            // Lives as long as the page does.
            listener.forget();
        }
        theme
    }

    /// Whether it is dark.
    pub fn is_dark(self) -> bool {
        self.0.get()
    }

    /// The reader's choice: the other one from now on.
    pub fn toggle(self) {
        let dark = !self.0.get_untracked();
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, if dark { "dark" } else { "light" });
        }
        self.apply(dark);
    }

    fn apply(self, dark: bool) {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
        }
        self.0.set(dark);
    }
}

fn is_dark() -> bool {
    match document().document_element().and_then(|it| it.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => system_is_dark(),
    }
}

fn system_is_dark() -> bool {
    let query =
        web_sys::window().and_then(|it| it.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|it| it.matches())
}

fn stored() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}
