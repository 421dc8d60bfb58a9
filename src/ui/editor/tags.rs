//! The true tags of a row, to tick under its scores.

use web_sys::Event;

use super::super::bench::Bench;
use super::super::dom::{El, el};
use super::super::words::{column_name, row_name};
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment, number};

/// The strip under a row. A truth between 0 and 1 is told beside its tick.
pub fn tags(bench: Bench, index: usize) -> El {
    let row = Row { index, ..Row::of(&bench.now()) };
    el("tr.labels").with((
        el("td"),
        (0..row.width).map(|it| tag(bench, row, it)).collect::<Vec<_>>(),
        el("td"),
    ))
}

fn tag(bench: Bench, row: Row, column: usize) -> El {
    let label = move || {
        let experiment = bench.resting.read();
        format!("{}: {} is true", row_name(&experiment, row.index), column_name(&experiment, column))
    };
    let is = move || bench.experiment.read().is_true(row, column);
    let input = el("input")
        .set("type", "checkbox")
        .bind("aria-label", label)
        .checked(is)
        .on("change", move |_: Event| drop(bench.offer(bench.now().toggled(row, column))));
    let word = move || match truth(&bench.experiment.read(), row.at(1, column)) {
        Some(truth) => number::brief(truth),
        None if is() => "true".to_owned(),
        None => String::new(),
    };
    el("td").with(el("label.true-class").with((input, el("span").say(word))))
}

/// How true a tag is, where its target says neither 0 nor 1.
fn truth(experiment: &Experiment, at: At) -> Option<f64> {
    let target = experiment.inputs.get(at.input).filter(|it| it.dtype().is_float())?;
    target.get(at.place).filter(|it| *it != 0.0 && *it != 1.0)
}
