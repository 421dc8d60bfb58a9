//! Anything too long or too deep for rows: each input as a strip of bars, and a box for the chosen element.

use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

use super::super::bench::Bench;
use super::super::dom::{El, button, el, svg};
use super::super::hand::{Axis, Grip};
use super::super::widgets::{Gesture, NumberBox};
use super::super::words::{index, role_class};
use crate::decimal::{fixed, plain};
use crate::experiment::At;
use crate::experiment::bar::Bar;
use crate::experiment::range::lane;
use crate::loss::spec::Input;
use crate::loss::tensor::{Tensor, list};
use crate::ui::reactive::*;

/// More bars than this share a bar: the strip is a few hundred pixels wide.
const MOST_BARS: usize = 240;

/// One strip for each input.
pub fn strip(bench: Bench) -> El {
    let inputs = bench.spec().inputs.iter().enumerate();
    el("div").with(inputs.map(|(place, input)| line(bench, place, input)).collect::<Vec<_>>())
}

/// One input as a strip.
pub fn line(bench: Bench, input: usize, described: &'static Input) -> El {
    let tensor = Memo::new(move |_| bench.experiment.read().inputs.get(input).cloned().unwrap_or_default());
    let chosen = Memo::new(move |_| {
        let at = bench.resting.read().at;
        if at.input == input { at.place } else { 0 }
    });
    let at = move |place: usize| At { input, place };
    let pick = move |event: MouseEvent| {
        let strip = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(area) = strip.map(|it| it.get_bounding_client_rect()) {
            let fraction = (f64::from(event.client_x()) - area.left()) / area.width().max(1.0);
            let count = tensor.read_untracked().len();
            bench.choose(at(((fraction * count as f64) as usize).min(count.saturating_sub(1))));
        }
    };
    let move_to = move |by: isize| {
        let count = tensor.read_untracked().len();
        let place = chosen.get_untracked().saturating_add_signed(by).min(count.saturating_sub(1));
        bench.choose(at(place));
    };
    let commit = move |value: f64| bench.set_number(at(chosen.get_untracked()), value);
    let step = move |steps: f64| {
        let axis = Axis::across(lane(&bench.now()), 140.0);
        Grip { bench, at: at(chosen.get_untracked()), bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
    };
    let place_name = Signal::derive(move || list(&index(&tensor.read(), chosen.get())));
    let name = Signal::derive(move || format!("{}{}", described.id, place_name.get()));
    let share = move |part: usize| 100.0 * part as f64 / tensor.read().len().max(1) as f64;
    let head = el("p.strip-head").with((
        el("b").with(described.id),
        el("span.shape").say(move || {
            let tensor = tensor.read();
            format!("{} {}", list(tensor.shape()), tensor.dtype().name())
        }),
    ));
    let cursor = svg("rect.cursor")
        .set("y", "-1")
        .set("height", "2")
        .bind("width", move || plain(share(1).max(0.6)))
        .bind("x", move || plain(share(chosen.get())));
    let picture = svg("svg.bars")
        .set("viewBox", "0 -1 100 2")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .on("click", pick)
        .with((svg("path").bind("d", move || bars(&tensor.read())), cursor));
    let number = NumberBox {
        class: role_class(described),
        id: format!("strip-{}", described.id),
        label: name,
        value: Signal::derive(move || tensor.read().get(chosen.get()).unwrap_or(f64::NAN)),
        on_commit: Callback::new(commit),
        on_step: Callback::new(step),
    };
    let element = el("div.strip-element").bind("hidden", move || tensor.read().is_empty()).with((
        button("", move || move_to(-1)).set("aria-label", "previous element").with("‹"),
        el("code").say(move || name.get()),
        button("", move || move_to(1)).set("aria-label", "next element").with("›"),
        number.view(),
    ));
    let empty = el("p.note").bind("hidden", move || !tensor.read().is_empty()).with("no elements");
    let is_one = move || tensor.read().len() == 1;
    el("div.strip")
        .add_class(role_class(described))
        .class("one", is_one)
        .with((head, picture, element, empty))
}

/// One bar for each element, or the largest of each group where there are too many, as one SVG path.
fn bars(tensor: &Tensor) -> String {
    let values = tensor.floats();
    let group = values.len().div_ceil(MOST_BARS).max(1);
    let most = values
        .iter()
        .copied()
        .filter(|it| it.is_finite())
        .fold(f64::MIN_POSITIVE, |most, it| it.abs().max(most));
    let width = 100.0 * group as f64 / values.len().max(1) as f64;
    values
        .chunks(group)
        .enumerate()
        .map(|(place, chunk)| {
            let tallest = chunk
                .iter()
                .copied()
                .fold(0.0, |most: f64, it| if it.abs() > most.abs() { it } else { most });
            let height = (tallest / most).clamp(-1.0, 1.0);
            let x = place as f64 * width;
            let (left, top, wide) = (fixed(x, 2), fixed(-height, 3), fixed(width * 0.8, 2));
            format!("M{left} 0h{wide}V{top}h-{wide}z")
        })
        .collect()
}
