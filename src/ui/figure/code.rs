//! The programs of a lesson with the numbers that are on the bench now, to be copied with one click.

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Element};

use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};
use crate::experiment::code::{Code, Ink, numpy, torch};
use crate::ui::dialog::Said;
use crate::ui::dom::{El, el};
use crate::ui::place::fragment;
use crate::ui::reactive::*;

/// Makes the program in a place live: PyTorch's, or the call of the function by hand that `of` names. What the function
/// does, stays. Gives what stands above it.
pub fn code(head: El, of: &str, place: &Element) -> El {
    let find = |css: &str| place.query_selector(css).ok().flatten();
    let (Some(text), Some(call)) = (find("pre"), find("pre span")) else { return head };
    let state = follow();
    let of = of.to_owned();
    effect(Box::new(move || {
        if let Some(state) = state.get() {
            call.set_text_content(None);
            let _ = El::of(call.clone()).with(pieces(&write(&state, &of)));
        }
    }));
    let said = Said::new();
    // Below, where it pushes nothing aside before there is anything to say.
    let _ = El::of(place.clone()).with(said.view());
    let note = el("span.note").with("follows the bench");
    head.add_class("code-head").with((note, said.copy("quiet", "Copy", "the program", &El::of(text))))
}

/// What the bench of the page shows at rest.
pub fn follow() -> RwSignal<Option<Experiment>> {
    let state = RwSignal::new(read(&fragment()));
    let handle = window_event_listener("losslens:rest", move |event| {
        let address = event.dyn_into::<CustomEvent>().ok().and_then(|it| it.detail().as_string());
        let now = address.and_then(|it| read(&it));
        // The text of another loss brings programs of its own.
        let loss = |it: &Option<Experiment>| it.as_ref().map(|it| it.loss);
        if loss(&now) == loss(&state.read_untracked()) {
            state.set(now);
        }
    });
    on_cleanup(move || handle.remove());
    state
}

fn read(address: &str) -> Option<Experiment> {
    match address::read(address).route {
        Route::Loss(experiment) => Some(*experiment),
        Route::Text(_) => None,
    }
}

/// What PyTorch would print the numbers of a state with.
pub fn program(state: &Experiment) -> Vec<El> {
    pieces(&write(state, "torch"))
}

fn write(state: &Experiment, of: &str) -> Code {
    let evaluation = state.evaluate().ok();
    match of {
        "torch" => torch(state, evaluation.as_ref()),
        function => numpy(state, evaluation.as_ref(), function),
    }
}

fn pieces(code: &Code) -> Vec<El> {
    let piece = |(ink, text): (Ink, &str)| {
        let tag = match ink {
            Ink::Plain => "span",
            Ink::Quiet => "i",
            _ => "b",
        };
        el(tag).add_class(ink.class()).with(text)
    };
    code.pieces().map(piece).collect()
}
