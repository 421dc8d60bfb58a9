//! The page of a loss: what it is, the bench, and what it means.

use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, KeyboardEvent};

use super::bench::Bench;
use super::chart::{charts, views};
use super::dom::{El, el};
use super::editor::editor;
use super::lesson::lesson;
use super::picture::picture;
use super::readout::readout;
use super::settings::settings;
use super::words::{call, element_name};
use crate::experiment::address::{self, Route};
use crate::experiment::{View, number};
use crate::ui::reactive::*;

/// Title, sentence, bench, explanation.
pub fn loss_page(bench: Bench) -> El {
    let spec = bench.spec();
    document().set_title(&format!("{} · Losslens", spec.title));
    let (formula, text) = lesson(spec.torch);
    let title = el("div.title").with((
        el("h1").with(spec.title),
        el("code.signature").say(move || call(&bench.experiment.read(), false)),
    ));
    let top = el("div.title-top").with((
        el("p.eyebrow").with(spec.group.title()),
        dialog("share", "Share"),
        dialog("embed", "Embed"),
    ));
    follow_text(bench);
    let head = el("header.head").with((el("div").with((top, title, el("p.lede").with(spec.brief))), formula));
    el("article.loss-page").with((head, board(bench), text))
}

/// The numbers of the text are turned by the program `extras`, which says to what state.
fn follow_text(bench: Bench) {
    let handle = window_event_listener("losslens:hand", move |event| {
        let word = event.unchecked_ref::<CustomEvent>().detail().as_string().unwrap_or_default();
        match word.as_str() {
            "begin" => bench.begin(),
            "end" => bench.end(),
            "cancel" => bench.cancel(),
            state => {
                if let Route::Loss(next) = address::read(state).route {
                    bench.turn(*next);
                }
            }
        }
    });
    on_cleanup(move || handle.remove());
}

/// A button that opens a dialog of the program `extras`.
fn dialog(name: &str, label: &'static str) -> El {
    el("button.quiet").set("type", "button").set("data-dialog", name).with(label)
}

/// Picture, editor, settings and result, and what is said of them.
pub fn board(bench: Bench) -> (El, El) {
    let handle = window_event_listener("keydown", move |event| undo_keys(bench, event.unchecked_ref()));
    on_cleanup(move || handle.remove());
    let pictured = move || bench.resting.read().shown_view() == View::Picture;
    let shown = move |pictured: &bool| if *pictured { picture(bench) } else { charts(bench) };
    let board = el("div.bench").class("gliding", move || bench.settled.get() < 1.0).with((
        el("div.stage").with(views(bench)).live_by(pictured, shown),
        el("div.panel").with((editor(bench), settings(bench))),
        readout(bench),
        warnings(bench),
    ));
    (board, spoken(bench))
}

/// Ctrl+Z and its kin; in a box with text that is not committed yet, undo is the browser's.
fn undo_keys(bench: Bench, event: &KeyboardEvent) {
    let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let text = document().active_element().is_some_and(|it| match it.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => matches!(it.get_attribute("type").as_deref(), Some("text" | "search")),
        _ => false,
    });
    if !command || text {
        return;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => bench.undo(),
        ("z", true) | ("y", _) => bench.redo(),
        _ => return,
    }
    event.prevent_default();
}

/// PyTorch's warnings about what is on the bench, and what it does not warn of.
fn warnings(bench: Bench) -> El {
    let list = |lead: &'static str| {
        let line = move |it: &String| el("p").with((el("b").with(lead), it.as_str()));
        move |texts: &Vec<String>| texts.iter().map(line).collect::<Vec<_>>()
    };
    el("div.warnings")
        .set("role", "status")
        .live_by(move || bench.evaluation.read().warnings.clone(), list("PyTorch warns: "))
        .live_by(move || bench.resting.read().notes(), list("Note: "))
}

/// One polite sentence for a screen reader, half a second after everything is at rest.
fn spoken(bench: Bench) -> El {
    let said = RwSignal::new(String::new());
    let say = debounce(Duration::from_millis(500), move |text: String| said.set(text));
    let say = StoredValue::new(say);
    let mut arrived = false;
    effect(Box::new(move || {
        let sentence = sentence(bench);
        if std::mem::replace(&mut arrived, true) {
            say.update_value(|it| it(sentence));
        }
    }));
    el("p.hidden").set("aria-live", "polite").say(move || said.get())
}

fn sentence(bench: Bench) -> String {
    let experiment = bench.resting.read();
    let evaluation = experiment.evaluate().unwrap_or_default();
    let x = number::show(experiment.x().unwrap_or(f64::NAN));
    let loss = number::fixed(evaluation.output.get(0).unwrap_or(f64::NAN), 4);
    let gradient =
        experiment.gradient(&evaluation).map_or_else(|| "none".to_owned(), |it| number::fixed(it, 4));
    let sentence =
        format!("{} {x}. Loss {loss}. Gradient {gradient}.", element_name(&experiment, experiment.at));
    sentence.replace('−', "minus ")
}
