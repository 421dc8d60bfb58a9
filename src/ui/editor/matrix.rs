//! One input as a grid of bars that one drags, each with its number under it.

use super::super::bench::Bench;
use super::super::dom::{El, el};
use super::super::hand::{Axis, Grip};
use super::super::widgets::{BarCell, Gesture, NumberBox};
use super::super::words::{column_name_of, element_name, role_class, role_name, row_name_of};
use super::grid::is_ignored;
use crate::experiment::bar::{Bar, largest};
use crate::experiment::{At, Experiment, number};
use crate::loss::spec::{Domain, Family, Role};
use crate::ui::reactive::*;

/// The height of a bar's cell, in CSS pixels.
const HEIGHT: f64 = 40.0;

/// Rows and columns of an input: the last axis is across, all others are down.
pub fn size(experiment: &Experiment, input: usize) -> (usize, usize) {
    let shape = experiment.inputs.get(input).map_or(&[][..], |it| it.shape());
    match shape {
        [] => (1, 1),
        [across] => (1, *across),
        [down @ .., across] => (down.iter().product(), *across),
    }
}

/// What is shown for a row.
pub type OfRow = Box<dyn Fn(usize) -> Option<El>>;

/// A grid of bars. `under` is shown under each row, `end` at its end.
pub fn matrix(bench: Bench, input: usize, under: OfRow, end: OfRow) -> El {
    let described = bench.spec().inputs.get(input);
    let domain = described.map_or(Domain::Real, |it| it.domain);
    let class = described.map_or("aside", role_class);
    // Only rows that are distributions are dragged as such.
    let bar = if bench.spec().family == Family::Tagged { Bar::Plain } else { Bar::of(domain) };
    let shape = move || size(&bench.resting.read(), input);
    let span = Memo::new(move |_| span(&bench.resting.read(), input, bar));
    let name = move |column: usize| {
        el("th").set("scope", "col").say(move || column_name_of(&bench.resting.read(), input, column))
    };
    let head = move |columns: &usize| {
        let names: Vec<El> = (0..*columns).map(name).collect();
        el("tr").with((el("td"), names, el("td")))
    };
    let row = move |row: usize, columns: usize| {
        let cell = |column| cell(bench, At { input, place: row * columns + column }, class, bar, span.into());
        let chosen = move || {
            let at = bench.resting.read().at;
            at.place / columns.max(1) == row && at.input == input
        };
        let ignored = move || input == 0 && is_ignored(&bench.evaluation.read().units, row);
        let line = el("tr").class("chosen", chosen).class("ignored", ignored).with((
            el("th").set("scope", "row").say(move || row_name_of(&bench.resting.read(), input, row)),
            (0..columns).map(cell).collect::<Vec<_>>(),
            el("td.loss.figure").with(end(row)),
        ));
        (line, under(row))
    };
    let body = move |(rows, columns): &(usize, usize)| {
        let (rows, columns) = (*rows, *columns);
        (0..rows).map(|it| row(it, columns)).collect::<Vec<_>>()
    };
    let caption = described.map(|it| match it.role {
        Role::Target if role_name(it) != it.id => format!("{} ({})", role_name(it), it.id),
        _ => role_name(it).to_owned(),
    });
    let how = (bar == Bar::LogProbability).then_some(", as probabilities; the boxes hold the logarithm");
    el("table.matrix").add_class(class).with((
        el("caption").with((caption, how)),
        el("thead").live_by(move || shape().1, head),
        el("tbody").live_by(shape, body),
    ))
}

/// What the height of a cell stands for: shares of one, or the largest number both ways.
pub fn span(experiment: &Experiment, input: usize, bar: Bar) -> (f64, f64) {
    if bar != Bar::Plain {
        return (0.0, 1.0);
    }
    let most = experiment.inputs.get(input).map_or(1.0, largest).max(1.0) * 1.25;
    (-most, most)
}

fn cell(bench: Bench, at: At, class: &'static str, bar: Bar, span: Signal<(f64, f64)>) -> El {
    let hand = move |gesture: Gesture| {
        Grip { bench, at, bar, axis: Axis::up(span.get_untracked(), HEIGHT) }.act(gesture, &[0.0]);
    };
    let step = move |steps: f64| {
        let axis = Axis::up(span.get_untracked(), HEIGHT);
        Grip { bench, at, bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
    };
    // Where a side of a box lies, its picture shows.
    let is_bar = bench.spec().inputs.first().is_none_or(|it| it.domain != Domain::Side);
    let name = Signal::derive(move || element_name(&bench.resting.read(), at));
    let value = bench.follow(at);
    let bars = BarCell {
        class,
        label: Signal::derive(move || format!("{} bar", name.get())),
        value: Signal::derive(move || bar.shown(value.get())),
        span,
        on: Callback::new(hand),
    };
    let number = NumberBox {
        class,
        id: format!("cell-{}-{}", at.input, at.place),
        label: name,
        value: value.into(),
        on_commit: Callback::new(move |it| bench.set_number(at, it)),
        on_step: Callback::new(step),
    };
    let chosen = move || bench.resting.read().at == at;
    el("td.cell")
        .class("chosen", chosen)
        .class("glow", move || bench.has_leapt(at))
        .with((is_bar.then(|| bars.view()), number.view()))
}

/// A loss at the end of a row.
pub fn figure(value: Signal<f64>) -> El {
    el("span").bind("title", move || number::show(value.get())).say(move || number::fixed(value.get(), 4))
}
