//! Two distributions side by side: what is true, what the model says, and the signed terms of their divergence.

use leptos::prelude::*;

use super::lane::Rows;
use super::{row, row_of};
use crate::experiment::bar::Bar;
use crate::experiment::{At, number};
use crate::loss::numeric::{sum, xlogy};
use crate::ui::bench::Bench;
use crate::ui::hand::{Axis, Grip};
use crate::ui::widgets::{BarCell, Gesture};
use crate::ui::words::column_name;

/// The height of a bar's cell, in CSS pixels.
const HEIGHT: f64 = 190.0;

/// P and Q of the chosen row.
#[component]
pub fn Distributions(bench: Bench) -> impl IntoView {
    let place = Memo::new(move |_| row_of(&bench.experiment.read()));
    let terms = Memo::new(move |_| {
        let (place, width) = place.get();
        let values = &bench.evaluation.read().units.values;
        values.chunks(width).nth(place).map(<[f64]>::to_vec).unwrap_or_default()
    });
    let both = Memo::new(move |_| divergences(bench));
    let columns = move || {
        let (row, width) = place.get();
        (0..width).map(|column| view! { <Pair bench place=row * width + column column terms/> }).collect_view()
    };
    view! {
        <div class="distributions" style:--columns=move || place.get().1.to_string()>
            <Rows bench/>
            <p class="legend"><span class="target"><i class="mark"></i>"P, what is true"</span><span class="pred"><i class="mark"></i>"Q, what the model says"</span></p>
            <div class="pairs">{columns}</div>
            <p class="divergences">
                "KL(P‖Q) "<b class="loss" data-role="kl" data-value=move || number::show(both.get().0)>{move || number::fixed(both.get().0, 4)}</b>
                " · the other way, KL(Q‖P) "<b data-role="reverse-kl" data-value=move || number::show(both.get().1)>{move || number::fixed(both.get().1, 4)}</b>
            </p>
        </div>
        <figcaption>"Drag a bar: its row stays a distribution. A term is positive where the truth has more than the model gives it."</figcaption>
    }
}

/// The divergence of the chosen row both ways, whatever scale the target is given in.
fn divergences(bench: Bench) -> (f64, f64) {
    let experiment = bench.experiment.read();
    let (place, width) = row_of(&experiment);
    let q: Vec<f64> = row(&experiment, 0, place, width).iter().map(|it| it.exp()).collect();
    let bar = target_bar(bench);
    let p: Vec<f64> = row(&experiment, 1, place, width).iter().map(|it| bar.shown(*it)).collect();
    let one_way = |p: &[f64], q: &[f64]| sum(&p.iter().zip(q).map(|(p, q)| xlogy(*p, p / q)).collect::<Vec<_>>());
    (one_way(&p, &q), one_way(&q, &p))
}

/// With log_target the target is a logarithm too.
fn target_bar(bench: Bench) -> Bar {
    use crate::loss::args::Value;
    match bench.experiment.read().args.get("log_target") {
        Some(Value::Flag(true)) => Bar::LogProbability,
        _ => Bar::Probability,
    }
}

#[component]
fn Pair(bench: Bench, place: usize, column: usize, terms: Memo<Vec<f64>>) -> impl IntoView {
    let term = move || terms.read().get(column).copied().unwrap_or(f64::NAN);
    let name = move || column_name(&bench.experiment.read(), column);
    let bar = move |input: usize, class: &'static str, label: &'static str| {
        let at = At { input, place };
        let scale = move || if input == 0 { Bar::LogProbability } else { target_bar(bench) };
        let value = Signal::derive(move || {
            let number = bench.experiment.read().inputs.get(input).and_then(|it| it.get(place)).unwrap_or(f64::NAN);
            scale().shown(number)
        });
        let hand = move |gesture: Gesture| {
            Grip { bench, at, bar: untrack(scale), axis: Axis::up((0.0, 1.0), HEIGHT) }.act(gesture, &[]);
        };
        view! {
            <span class="column" class:chosen=move || bench.experiment.read().at == at>
                <BarCell class label=Signal::derive(move || format!("{label} of {}", name())) value span=Signal::derive(|| (0.0, 1.0)) on=Callback::new(hand)/>
                <b class=class style:bottom=move || format!("{:.2}%", value.get().clamp(0.0, 1.0) * 100.0)>{move || number::fixed(value.get(), 3)}</b>
            </span>
        }
    };
    view! {
        <div class="pair">
            <div class="pair-bars">{bar(1, "target", "P")}{bar(0, "pred", "Q")}</div>
            <b class="pair-name">{name}</b>
            <span class="loss" data-value=move || number::show(term())>{move || {
                let text = number::fixed(term(), 4);
                if term() > 0.0 { format!("+{text}") } else { text }
            }}</span>
        </div>
    }
}
