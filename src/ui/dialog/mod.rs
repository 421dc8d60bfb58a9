//! The dialogs that a page opens when they are asked for: `<button data-dialog="share">` in the page, and the start-up
//! script, which loads this program and passes the name on.

mod copy;
mod embed;
mod find;
mod picture;
mod share;
mod sheet;

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Event, HtmlDialogElement, MouseEvent};

use super::dom::El;
use super::place;
use crate::experiment::address::{self, Route};
use crate::ui::reactive::*;
pub use copy::Said;

/// Opens the dialogs that the page asks for from now on.
pub fn answer() {
    let alive: RefCell<Option<Owner>> = RefCell::default();
    window_event_listener("losslens:dialog", move |event| {
        let name = event.dyn_into::<CustomEvent>().ok().and_then(|it| it.detail().as_string());
        // One at a time: what an earlier one lived by goes when the next one opens.
        let open = document().query_selector("dialog[open]").ok().flatten();
        if let (Some(name), None) = (name, open) {
            let owner = Owner::new();
            owner.with(|| open_by_name(&name));
            alive.replace(Some(owner));
        }
    });
}

fn open_by_name(name: &str) {
    if name == "find" {
        return find::find();
    }
    let Route::Loss(experiment) = address::read(&place::fragment()).route else { return };
    match name {
        "share" => share::share(&experiment),
        "embed" => embed::embed(*experiment),
        _ => {}
    }
}

/// Shows a dialog over the page until it is closed; the browser gives the focus back to where it was.
fn show(window: El) {
    let dialog: HtmlDialogElement = window.cast();
    let (pressed, closed) = (dialog.clone(), dialog.clone());
    // A press on the dialog itself is one on what is around its content.
    let outside = move |event: MouseEvent| {
        let on = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if on.is_some_and(|it| it.tag_name() == "DIALOG") {
            pressed.close();
        }
    };
    let _ = window.on("click", outside).on("close", move |_: Event| closed.remove());
    let _ = document().body().map(|it| it.append_child(&dialog));
    let _ = dialog.show_modal();
}
