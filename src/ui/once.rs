//! Something that happens once in a reader's life, and is remembered where the browser allows it.

use crate::ui::reactive::*;

/// Whether it has happened.
#[derive(Clone, Copy)]
pub struct Once {
    key: &'static str,
    happened: RwSignal<bool>,
}

impl Once {
    /// What the browser remembers under that key.
    pub fn new(key: &'static str) -> Self {
        let remembered = storage().and_then(|it| it.get_item(key).ok().flatten()).is_some();
        Self { key, happened: RwSignal::new(remembered) }
    }

    /// Whether it has happened.
    pub fn get(self) -> bool {
        self.happened.get()
    }

    /// It has happened.
    pub fn set(self) {
        if !self.happened.get_untracked() {
            self.happened.set(true);
            if let Some(storage) = storage() {
                let _ = storage.set_item(self.key, "yes");
            }
        }
    }
}

/// Refused in a sandboxed frame, and by some settings.
pub fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
