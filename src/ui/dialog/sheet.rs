//! A dialog with a title, the parts of it below each other, and a line at the foot that says what was done.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::copy::Said;
use super::show;
use crate::ui::dom::{Children, El, button, el};
use crate::ui::reactive::*;

/// Shows a dialog. `more` stands at the foot: what else there is.
pub fn sheet(title: &'static str, parts: impl Children, said: Said, more: impl Children) {
    let window = el("dialog.sheet").set("aria-label", title).set("tabindex", "-1");
    let dialog: HtmlDialogElement = window.cast();
    let close = button("quiet", move || dialog.close()).set("aria-label", "Close").with("✕");
    show(window.with((
        el("div.sheet-head").with((el("h2").with(title), close)),
        el("div.sheet-body").with(parts),
        el("div.sheet-foot").with((said.view(), more)),
    )));
}

/// One part of such a dialog.
pub fn part(title: &'static str, content: impl Children) -> El {
    el("section.sheet-part").set("aria-label", title).with((el("h3").with(title), content))
}

/// A button that goes on to another dialog; this one closes first.
pub fn onwards(name: &str, label: &'static str) -> El {
    button("quiet", close).set("data-dialog", name).with(label)
}

/// Closes the dialog that is open.
pub fn close() {
    let open = document().query_selector("dialog[open]").ok().flatten();
    if let Some(dialog) = open {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}
