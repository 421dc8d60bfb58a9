//! A word that says what it means to whoever points at it, taps it or comes to it by keyboard.

use crate::experiment::terms::meaning;
use crate::ui::dom::{El, el};

/// The word, and its meaning where it has one. `start.js` puts the meaning away on Escape, and keeps it on the page.
pub fn term(element: El, word: &str) -> El {
    match meaning(word) {
        Some(meaning) => {
            let tip = el("span.meaning").set("role", "tooltip").with(meaning);
            element.add_class("term").set("tabindex", "0").with((word, tip))
        }
        None => element.with(word),
    }
}
