//! Two distributions side by side: what is true, what the model says, and the signed terms of their divergence.

use leptos::prelude::*;

use super::parts::{Column, Figure, Rows, percent, row};
use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::picture::divergence::{reverse, terms};
use crate::experiment::{Experiment, number};
use crate::loss::args::Value;
use crate::loss::numeric::sum;
use crate::ui::bench::Bench;
use crate::ui::words::{column_name, row_name};

/// The height of a bar, in CSS pixels.
const HEIGHT: f64 = 170.0;

/// P and Q of the chosen row.
#[component]
pub fn Distributions(bench: Bench) -> impl IntoView {
    let row = row(bench);
    let parts = Memo::new(move |_| terms(&bench.experiment.read(), &bench.evaluation.read()));
    let forward = Memo::new(move |_| sum(&parts.read()));
    let backward = Memo::new(move |_| {
        let experiment = bench.experiment.read();
        reverse(&experiment, [Bar::LogProbability, target_bar(&experiment)])
    });
    let pairs = move || {
        let row = row.get();
        (0..row.width).map(|column| view! { <Pair bench row column parts/> }).collect_view()
    };
    view! {
        <Rows bench row/>
        <p class="legend">
            <span class="target"><i class="mark"></i><i>"P"</i>", what is true"</span>
            <span class="pred"><i class="mark"></i><i>"Q"</i>", what the model says"</span>
        </p>
        <div class="scroll">
            <div class="pairs" style:--columns=move || row.get().width.to_string()>{pairs}</div>
        </div>
        <p class="both-ways">
            <span>"KL(P‖Q) "<Figure value=forward class="loss" role="kl"/></span>
            <span>"the other way, KL(Q‖P) "<Figure value=backward role="reverse-kl"/></span>
        </p>
        <p class="hidden" data-role="picture-summary">
            {move || summary(&bench.experiment.read(), row.get(), &parts.read(), forward.get())}
        </p>
        <figcaption>
            "Drag a bar: its row stays a distribution. A term is positive where the truth has more than the model gives it; "
            "all together they are never negative."
        </figcaption>
    }
}

/// On which scale the target is given: with `log_target` it is a logarithm too.
fn target_bar(experiment: &Experiment) -> Bar {
    match experiment.args.get("log_target") {
        Some(Value::Flag(true)) => Bar::LogProbability,
        _ => Bar::Probability,
    }
}

#[component]
fn Pair(bench: Bench, row: Row, column: usize, parts: Memo<Vec<f64>>) -> impl IntoView {
    let term = Signal::derive(move || parts.read().get(column).copied().unwrap_or(f64::NAN));
    let name = move || column_name(&bench.experiment.read(), column);
    let bar = move |input: usize, class: &'static str, letter: &'static str| {
        let at = row.at(input, column);
        let bar = Signal::derive(move || match input {
            0 => Bar::LogProbability,
            _ => target_bar(&bench.experiment.read()),
        });
        let shown = Signal::derive(move || bar.get().shown(super::parts::value(bench, at)));
        // Level with the other one.
        let sticky = move |()| {
            let now = bench.now();
            let other = if input == 0 { target_bar(&now) } else { Bar::LogProbability };
            let level = row.values(&now, 1 - input).get(column).map(|it| other.shown(*it));
            level.into_iter().collect::<Vec<_>>()
        };
        view! {
            <span class="column" class:chosen=move || bench.experiment.read().at == at>
                <Column bench at bar class label=Signal::derive(move || format!("{letter} of {}", name()))
                    span=Signal::derive(|| (0.0, 1.0)) height=HEIGHT sticky=Callback::new(sticky)/>
                <span class="at" style:bottom=move || percent(shown.get().clamp(0.0, 1.0))>
                    <b class=class data-value=move || number::show(shown.get())>{move || number::fixed(shown.get(), 3)}</b>
                </span>
            </span>
        }
    };
    view! {
        <div class="pair">
            <div class="pair-bars">{bar(1, "target", "P")}{bar(0, "pred", "Q")}</div>
            <b>{name}</b>
            <Figure value=term class="loss" role="term" signed=true/>
        </div>
    }
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
