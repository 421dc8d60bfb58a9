//! The dialogs that a page opens when they are asked for: `<button data-dialog="share">` in the page, and the start-up
//! script, which loads this program and passes the name on.

mod share;

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, HtmlDialogElement, MouseEvent};

use super::dom::{El, button, el};
use super::place;
use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};
use crate::ui::reactive::*;

/// Opens the dialogs that the page asks for from now on.
pub fn answer() {
    let alive: RefCell<Option<Owner>> = RefCell::default();
    window_event_listener("losslens:dialog", move |event| {
        let name = event.dyn_into::<CustomEvent>().ok().and_then(|it| it.detail().as_string());
        let Route::Loss(experiment) = address::read(&place::fragment()).route else { return };
        let owner = Owner::new();
        owner.with(|| match name.as_deref() {
            Some("share") => open("Share", share::share(&experiment)),
            _ => {}
        });
        // What an earlier dialog lived by goes when the next one opens.
        alive.replace(Some(owner));
    });
}

/// Shows the dialog over the page until it is closed; the browser gives the focus back to where it was.
fn open(title: &str, content: El) {
    let window = el("dialog.sheet").set("aria-label", title);
    let dialog: HtmlDialogElement = window.cast();
    let (closing, gone) = (dialog.clone(), dialog.clone());
    // A press on the dialog itself is one on what is around its content.
    let outside = move |event: MouseEvent| {
        let on = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if on.is_some_and(|it| it.tag_name() == "DIALOG") {
            closing.close();
        }
    };
    let closing = dialog.clone();
    let close = button("quiet", move || closing.close()).set("aria-label", "Close").with("✕");
    window
        .on("click", outside)
        .on("close", move |_: web_sys::Event| gone.remove())
        .with((el("header.sheet-head").with((el("h2").with(title), close)), content));
    let _ = document().body().map(|it| it.append_child(&dialog));
    let _ = dialog.show_modal();
}
