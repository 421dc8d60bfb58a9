//! Matrices: rows of scores with their true class, two distributions, triples of vectors, frames of a sequence.

use web_sys::Event;

use super::super::bench::Bench;
use super::super::dom::{El, el, typed};
use super::super::words::{column_name, row_name};
use super::bill::bill;
use super::matrix::{OfRow, figure, matrix, size};
use super::strip::line;
use crate::decimal::plain;
use crate::experiment::{At, Experiment, number};
use crate::loss::evaluation::Units;
use crate::loss::numeric::sum;
use crate::loss::spec::{Domain, Family, Input};
use crate::ui::reactive::*;

/// The inputs of a batch, each in the form that suits it.
pub fn grid(bench: Bench) -> El {
    let dims = move || {
        let experiment = bench.experiment.read();
        (experiment.inputs.iter().map(|it| it.dim()).collect::<Vec<_>>(), has_tags(&experiment))
    };
    let family = bench.spec().family;
    let input = move |(input, described): (usize, &'static Input), dims: &[usize], has_tags: bool| {
        let is_labels = dims.get(input) < dims.first();
        match described.domain {
            // The labels of a rowwise loss stand under its scores.
            Domain::Class if is_labels && matches!(family, Family::Rowwise | Family::Layered) => None,
            // And so do its tags.
            _ if has_tags && input == 1 => None,
            Domain::Class | Domain::Length if family == Family::Sequence => {
                Some(line(bench, input, described))
            }
            _ => Some(matrix(bench, input, under(bench, input), end(bench, input))),
        }
    };
    el("div").live_by(dims, move |(dims, has_tags)| {
        let inputs = bench.spec().inputs.iter().enumerate().map(|it| input(it, dims, *has_tags));
        (inputs.collect::<Vec<_>>(), el("table.bill").with(bill(bench, 4)))
    })
}

/// Whether the target says of each score how true it is.
#[cfg(not(feature = "without-late"))]
fn has_tags(experiment: &Experiment) -> bool {
    let shape = |input: usize| experiment.inputs.get(input).map(|it| it.shape());
    experiment.loss.spec.family == Family::Tagged && shape(0) == shape(1)
}

#[cfg(feature = "without-late")]
fn has_tags(_: &Experiment) -> bool {
    false
}

/// The strip of a row's true class, or of its true tags.
fn under(bench: Bench, input: usize) -> OfRow {
    #[cfg(not(feature = "without-late"))]
    if input == 0 && has_tags(&bench.now()) {
        return Box::new(move |row| Some(super::tags::tags(bench, row)));
    }
    let family = bench.spec().family;
    let labelled = matches!(family, Family::Rowwise | Family::Layered) && input == 0;
    let has_indices = bench.now().inputs.get(1).is_some_and(|it| !it.dtype().is_float());
    let shown = labelled && has_indices;
    Box::new(move |row| {
        shown.then(|| match family {
            Family::Layered if cfg!(not(feature = "without-beyond")) => layered_class(bench, row),
            _ => true_class(bench, row),
        })
    })
}

/// The same where the columns are no classes.
fn layered_class(bench: Bench, row: usize) -> El {
    let at = At { input: 1, place: row };
    let option = move |class: usize| {
        let name = move || column_name(&bench.resting.read(), class);
        el("option").set("value", &class.to_string()).say(name)
    };
    let class = move || bench.experiment.read().inputs.get(1).and_then(|it| it.get(row)).unwrap_or(f64::NAN);
    let choose = move |event: Event| {
        if let Ok(class) = number::parse(&typed(&event)) {
            drop(bench.set_number(at, class));
        }
    };
    let select = el("select")
        .bind("aria-label", move || format!("{}: the true class", row_name(&bench.resting.read(), row)))
        .live_by(
            move || bench.resting.read().classes_of_layers(),
            move |classes| (0..*classes).map(option).collect::<Vec<_>>(),
        )
        .value(move || plain(class()))
        .on("change", choose);
    let columns = size(&bench.now(), 0).1;
    let cell = el("td.layered-class").set("colspan", &columns.to_string()).with(select);
    el("tr.labels").with((el("td"), cell, el("td")))
}

fn true_class(bench: Bench, row: usize) -> El {
    let at = At { input: 1, place: row };
    let class = move || bench.experiment.read().inputs.get(1).and_then(|it| it.get(row));
    let columns = size(&bench.now(), 0).1;
    let option = |column: usize| {
        let label = move || {
            let experiment = bench.resting.read();
            format!("{}: the true class is {}", row_name(&experiment, row), column_name(&experiment, column))
        };
        let is = move || class() == Some(column as f64);
        let input = el("input")
            .set("type", "radio")
            .set("name", &format!("class-{row}"))
            .bind("aria-label", label)
            .checked(is)
            .on("change", move |_: Event| drop(bench.set_number(at, column as f64)));
        let word = el("span").say(move || if is() { "true" } else { "" });
        el("td").with(el("label.true-class").with((input, word)))
    };
    el("tr.labels").with((el("td"), (0..columns).map(option).collect::<Vec<_>>(), el("td")))
}

/// The loss at the end of a row: the unit's own, or the sum of the row's terms.
fn end(bench: Bench, input: usize) -> OfRow {
    let family = bench.spec().family;
    let loss = move |row: usize| {
        let columns = size(&bench.resting.read(), 0).1.max(1);
        let evaluation = bench.evaluation.read();
        let values = &evaluation.units.values;
        match family {
            Family::Pointwise => values.chunks(columns).nth(row).map_or(f64::NAN, sum),
            _ => values.get(row).copied().unwrap_or(f64::NAN),
        }
    };
    // What the row's loss was multiplied by, or that the row does not count.
    let weight = move |row: usize| {
        let units = &bench.evaluation.read().units;
        let weight = units.weights.as_ref().and_then(|it| it.get(row).copied());
        match weight.filter(|it| *it != 1.0) {
            _ if is_ignored(units, row) => Some("ignored".to_owned()),
            weight => weight.map(|it| format!("with × {}", number::show(it))),
        }
    };
    let shown = input == 0 && family != Family::Sequence;
    Box::new(move |row| {
        let end = || (figure(Signal::derive(move || loss(row))), el("small").say(move || weight(row)));
        shown.then(|| el("span").with(end()))
    })
}

/// Whether a row is left out of the mean.
pub fn is_ignored(units: &Units, row: usize) -> bool {
    units.kept.as_ref().is_some_and(|it| it.get(row) == Some(&false))
}

/// Whether every input is small enough to be shown so.
pub fn fits(experiment: &Experiment) -> bool {
    const MOST: usize = 12;
    let flat = |input: usize| {
        experiment.inputs.get(input).is_some_and(|it| (1..=2).contains(&it.dim()) && !it.is_empty())
    };
    let small = |input: usize| {
        let (rows, columns) = size(experiment, input);
        rows <= MOST && columns <= MOST
    };
    let first = experiment.inputs.first().map(|it| it.shape());
    let all = (0..experiment.inputs.len()).all(small);
    let aligned = experiment.inputs.iter().all(|it| Some(it.shape()) == first);
    let domain = experiment.loss.spec.inputs.first().map(|it| it.domain);
    all && flat(0)
        && match experiment.loss.spec.family {
            Family::Pointwise => domain == Some(Domain::LogProbability) && aligned,
            Family::Triplet => aligned,
            Family::Pair => true,
            Family::Rowwise | Family::Tagged | Family::Layered => true,
            Family::Sequence => experiment.inputs.first().is_some_and(|it| it.dim() == 2),
        }
}
