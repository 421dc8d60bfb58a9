//! Two distributions side by side: what is true, what the model says, and the signed terms of their divergence.

use super::parts::{Column, figure, row, rows, term, words};
use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::picture::divergence::{reverse, terms};
use crate::experiment::{At, Experiment, number};
use crate::loss::args::Value;
use crate::loss::numeric::sum;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// The height of a bar, in CSS pixels.
const HEIGHT: f64 = 170.0;

/// P and Q of the chosen row.
pub fn distributions(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let parts = Memo::new(move |_| terms(&bench.experiment.read(), &bench.evaluation.read()));
    let forward = Memo::new(move |_| sum(&parts.read()));
    let backward = Memo::new(move |_| {
        let experiment = bench.experiment.read();
        reverse(&experiment, [Bar::LogProbability, target_bar(&experiment)])
    });
    let pairs = move || {
        let row = row.get();
        (0..row.width).map(|column| pair(bench, row, column, parts)).collect::<Vec<_>>()
    };
    let entry = |class: &str, letter: &'static str, what: &'static str| {
        el("span").add_class(class).with((el("i.mark"), el("i").with(letter), what))
    };
    let legend = el("p.legend")
        .with((entry("target", "P", ", what is true"), entry("pred", "Q", ", what the model says")));
    let bars = el("div.pairs").style("--columns", move || row.get().width.to_string()).live(pairs);
    let both = el("p.both-ways").with((
        el("span").with(("KL(P‖Q) ", figure(forward.into(), "loss", "kl"))),
        el("span").with(("the other way, KL(Q‖P) ", figure(backward.into(), "", "reverse-kl"))),
    ));
    let caption = "Drag a bar: its row stays a distribution. A term is positive where the truth has more than the \
                   model gives it; all together they are never negative.";
    let summary = move || summary(&bench.experiment.read(), row.get(), &parts.read(), forward.get());
    frame.with((rows(bench, row), legend, el("div.scroll").with(bars), both, words(caption, summary)))
}

/// On which scale the target is given: with `log_target` it is a logarithm too.
fn target_bar(experiment: &Experiment) -> Bar {
    match experiment.args.get("log_target") {
        Some(Value::Flag(true)) => Bar::LogProbability,
        _ => Bar::Probability,
    }
}

/// On which scale an input is given: the model's answer first, then the truth.
fn bar_of(experiment: &Experiment, input: usize) -> Bar {
    if input == 0 { Bar::LogProbability } else { target_bar(experiment) }
}

fn pair(bench: Bench, row: Row, column: usize, parts: Memo<Vec<f64>>) -> El {
    let part = Signal::derive(move || parts.read().get(column).copied().unwrap_or(f64::NAN));
    let bars = (
        one(bench, row.at(1, column), "target", "P", column),
        one(bench, row.at(0, column), "pred", "Q", column),
    );
    el("div.pair").with((
        el("div.pair-bars").with(bars),
        el("b").say(move || column_name(&bench.resting.read(), column)),
        term(part, "loss", "term"),
    ))
}

fn one(bench: Bench, at: At, class: &'static str, letter: &'static str, column: usize) -> El {
    let bar = Signal::derive(move || bar_of(&bench.experiment.read(), at.input));
    let shown = move || bar.get().shown(bench.number(at));
    let label = move || format!("{letter} of {}", column_name(&bench.resting.read(), column));
    let column = Column {
        bench,
        at,
        bar,
        class,
        label: Signal::derive(label),
        span: Signal::stored((0.0, 1.0)),
        height: HEIGHT,
        sticky: |now, at| {
            // Level with the other one.
            let input = 1 - at.input;
            let level = now.inputs.get(input).and_then(|it| it.get(at.place));
            level.map(|it| bar_of(now, input).shown(it)).into_iter().collect()
        },
    };
    let number = el("b")
        .add_class(class)
        .bind("data-value", move || number::show(shown()))
        .say(move || number::fixed(shown(), 3));
    el("span.column").class("chosen", move || bench.resting.read().at == at).with((
        column.view(),
        el("span.at").style("bottom", move || percent(shown().clamp(0.0, 1.0))).with(number),
    ))
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, row: Row, parts: &[f64], total: f64) -> String {
    let term = |(column, it): (usize, &f64)| {
        format!("{} {}", column_name(experiment, column), number::fixed(*it, 4))
    };
    let parts: Vec<String> = parts.iter().enumerate().map(term).collect();
    let name = row_name(experiment, row.index);
    format!("{name}: the terms are {}; together {}.", parts.join(", "), number::fixed(total, 4))
}
