//! Bands of columns that the lanes of softmax and sigmoid share: a logit to drag, a share in its well, a gradient.

use super::parts::{Column, figure};
use crate::experiment::bar::Bar;
use crate::experiment::number;
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment};
use crate::loss::evaluation::Evaluation;
use crate::loss::reduce;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::words::column_name;

/// The height of a logit's column, in CSS pixels.
const HEIGHT: f64 = 100.0;

/// Whether the chosen element is the logit of that column.
pub fn is_chosen(bench: Bench, row: Row, column: usize) -> bool {
    bench.experiment.read().at == row.at(0, column)
}

/// A logit as a bar that one drags.
pub fn logit(bench: Bench, span: Signal<(f64, f64)>, row: Row, column: usize) -> El {
    let at = row.at(0, column);
    let number = move || bench.number(at);
    let bar = Column {
        bench,
        at,
        bar: Signal::stored(Bar::Plain),
        class: "pred",
        label: Signal::derive(move || format!("logit of {}", column_name(&bench.resting.read(), column))),
        span,
        height: HEIGHT,
        sticky: |now, at| {
            // Zero, and level with any of the others.
            let row = Row::of(now);
            let others = (0..row.width).map(|it| row.at(0, it)).filter(|it| *it != at);
            let value = |it: At| now.inputs.get(it.input).and_then(|tensor| tensor.get(it.place));
            others.filter_map(value).chain([0.0]).collect()
        },
    };
    let text = el("b.pred").class("above", move || number() < 0.0).say(move || number::fixed(number(), 2));
    el("span.column.logit").class("chosen", move || is_chosen(bench, row, column)).with((bar.view(), text))
}

/// A probability beside how much of it is true.
pub fn share(p: Signal<f64>, truth: Signal<f64>) -> El {
    let well = el("span.well").with((
        el("i.goal").class("none", move || truth.get() <= 0.0).style("height", move || percent(truth.get())),
        el("i.fill").style("height", move || percent(p.get())),
        el("span.at").style("bottom", move || percent(p.get())).with(figure(p, "", "")),
    ));
    el("span.column.share").with(well)
}

/// A gradient as a bar from the middle, which has half the height at `most`.
pub fn slope(slope: Signal<f64>, most: Signal<f64>) -> El {
    let size = move || (slope.get().abs() / most.get()).min(1.0) * 0.5;
    let top = move || if slope.get() > 0.0 { 0.5 - size() } else { 0.5 };
    let number = el("span.at").class("above", move || slope.get() < 0.0).with(figure(slope, "grad", ""));
    el("span.column.difference").with((
        el("i.base"),
        el("i.fill").style("top", move || percent(top())).style("height", move || percent(size())),
        number,
    ))
}

/// Under the chosen class: what the reduction makes of its gradient.
pub fn reduced(bench: Bench, row: Row, column: usize) -> El {
    let at = row.at(0, column);
    let gradient = Signal::derive(move || gradient(&bench.evaluation.read(), at));
    let divisor = move || divisor(bench, row).filter(|_| is_chosen(bench, row, column));
    el("span.reduced").live_by(divisor, move |divisor| {
        let by = (*divisor)?;
        Some((format!("÷ {} = ", number::brief(by)), figure(gradient, "grad", "reduced")))
    })
}

/// What the row's gradient is divided by, where it is.
fn divisor(bench: Bench, row: Row) -> Option<f64> {
    let share = reduce::share(&bench.evaluation.read().units, row.index);
    (share != 1.0).then_some(1.0 / share)
}

fn gradient(evaluation: &Evaluation, at: At) -> f64 {
    evaluation.grads.get(at.input).and_then(|it| it.as_ref()?.get(at.place)).unwrap_or(f64::NAN)
}

/// What the columns of logits span: the largest one both ways.
pub fn span(bench: Bench) -> Memo<(f64, f64)> {
    let largest = |it: &Experiment| it.inputs.first().map_or(1.0, crate::experiment::bar::largest);
    Memo::new(move |_| {
        let most = largest(&bench.resting.read()).max(1.0) * 1.2;
        (-most, most)
    })
}
