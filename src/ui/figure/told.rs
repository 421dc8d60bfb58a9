//! The paragraph of a lesson that tells what is on the bench: its numbers are turned here as well as there.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::code::follow;
use crate::experiment::{At, Experiment, address, number};
use crate::figure::told::{Told, bar, range, tells_of};
use crate::ui::announce;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Scrub};
use crate::ui::words::element_name;

/// Makes the numbers of a paragraph live. While the bench shows other things, they are what was written.
pub fn told(place: &Element) {
    let there = follow();
    let Some(first) = there.get_untracked() else { return };
    let example = StoredValue::new(address::example(first.loss));
    let bench = Bench::new(first);
    effect(Box::new(move || {
        if let Some(state) = there.get() {
            bench.show(state);
        }
    }));
    let Ok(found) = place.query_selector_all("[data-told]") else { return };
    let numbers = (0..found.length()).filter_map(|it| found.get(it)?.dyn_into::<Element>().ok());
    let numbers = numbers.filter_map(|it| Some((Told::read(&it.get_attribute("data-told")?)?, it)));
    let numbers: Vec<(Told, Element)> = numbers.collect();
    let turnable = |it: &(Told, Element)| if let Told::Turned(at) = it.0 { Some(at) } else { None };
    let turnable: StoredValue<Vec<At>> = StoredValue::new(numbers.iter().filter_map(turnable).collect());
    let same =
        Memo::new(move |_| tells_of(&bench.resting.read(), &example.get_value(), &turnable.get_value()));
    for (told, number) in numbers {
        match told {
            Told::Turned(at) => turned(number, bench, at, same),
            told => answer(number, bench, told, same),
        }
    }
}

/// An answer.
fn answer(place: Element, bench: Bench, told: Told, same: Memo<bool>) {
    let written = place.text_content().unwrap_or_default();
    let first = place.get_attribute("data-value").unwrap_or_default();
    let value = Memo::new(move |_| {
        told.value(&bench.experiment.read(), &bench.evaluation.read()).unwrap_or(f64::NAN)
    });
    let full = move || if same.get() { number::show(value.get()) } else { first.clone() };
    place.set_text_content(None);
    El::of(place)
        .bind("data-value", full)
        .say(move || if same.get() { number::brief(value.get()) } else { written.clone() });
}

/// A number to turn. The bench, which is another program's, hears of each step.
fn turned(place: Element, bench: Bench, at: At, same: Memo<bool>) {
    let written = place.text_content().unwrap_or_default();
    let state = bench.now();
    let (bar, (range, step)) = (bar(&state, at), range(&state, at));
    let axis = Axis::scrubbed(range, step);
    let value = Memo::new(move |_| {
        Told::Turned(at).value(&bench.experiment.read(), &bench.evaluation.read()).unwrap_or(f64::NAN)
    });
    let hand = move |gesture: Gesture| {
        Grip { bench, at, bar, axis }.act(gesture, &[]);
        let now = || address::write(&bench.now());
        match gesture {
            Gesture::Start => {
                announce("losslens:hand", &now());
                announce("losslens:hand", "begin");
            }
            Gesture::End => announce("losslens:hand", "end"),
            Gesture::Cancel => announce("losslens:hand", "cancel"),
            _ => announce("losslens:hand", &now()),
        }
    };
    let commit = move |text: String| {
        let typed = number::parse(&text)?;
        bench.offer(Experiment { at, ..bar.moved(&bench.now(), at, typed) })?;
        announce("losslens:hand", &address::write(&bench.now()));
        Ok(())
    };
    let scrub = Scrub {
        class: "",
        label: Signal::derive(move || element_name(&bench.resting.read(), at)),
        value: value.into(),
        range: Signal::stored(range),
        text: Signal::derive(move || number::brief(value.get())),
        on: Callback::new(hand),
        on_commit: Callback::new(commit),
    };
    place.set_text_content(None);
    El::of(place).with((
        el("span").bind("hidden", move || same.get()).with(written),
        el("span").bind("hidden", move || !same.get()).with(scrub.view()),
    ));
}
