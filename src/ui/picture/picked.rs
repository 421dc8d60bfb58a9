//! NLLLoss: one log-probability of each row is looked up and its sign flipped; the others stay dark.

use leptos::prelude::*;

use super::parts::{Column, Figure, row, value};
use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::ui::bench::Bench;
use crate::ui::words::{column_name, row_name};

/// The height of a cell's bar, in CSS pixels.
const HEIGHT: f64 = 64.0;

/// The matrix with the picked cells lit, and what each row costs.
#[component]
pub fn Picked(bench: Bench) -> impl IntoView {
    let row = row(bench);
    // Rows and columns alone: which of them is chosen, the cells know.
    let size = Memo::new(move |_| Row { index: 0, ..row.get() });
    let renormalise = RwSignal::new(false);
    let bar = Signal::derive(move || if renormalise.get() { Bar::LogProbability } else { Bar::LogAlone });
    let head = move || {
        let experiment = bench.experiment.read();
        (0..size.get().width)
            .map(|it| view! { <th scope="col">{column_name(&experiment, it)}</th> })
            .collect_view()
    };
    let body = move || {
        let size = size.get();
        (0..size.count).map(|index| view! { <Line bench row=Row { index, ..size } bar/> }).collect_view()
    };
    view! {
        <div class="scroll">
            <table class="picked">
                <thead><tr><td></td>{head}<th scope="col" class="loss"><i>"ℓ"</i><span>" = −log "<i>"p"</i></span></th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <label class="switch">
            <input type="checkbox" prop:checked=renormalise
                on:change:target=move |it| renormalise.set(it.target().checked())/>
            "renormalise: keep each row a distribution while dragging"
        </label>
        <p class="hidden" data-role="picture-summary">{move || summary(&bench.experiment.read(), &bench.evaluation.read())}</p>
        <figcaption>
            "Drag a lit bar: only its row's loss answers. Drag a dim one: nothing happens. The loss reads the number that "
            "it is given; it takes no logarithm itself."
        </figcaption>
    }
}

#[component]
fn Line(bench: Bench, row: Row, bar: Signal<Bar>) -> impl IntoView {
    let loss = Signal::derive(move || {
        bench.evaluation.read().units.values.get(row.index).copied().unwrap_or(f64::NAN)
    });
    let ignored = move || {
        bench.evaluation.read().units.kept.as_ref().is_some_and(|it| it.get(row.index) == Some(&false))
    };
    let cells = (0..row.width).map(|column| view! { <Cell bench row column bar/> });
    view! {
        <tr class:ignored=ignored>
            <th scope="row">{move || row_name(&bench.experiment.read(), row.index)}</th>
            {cells.collect_view()}
            <td class="end"><Figure value=loss class="loss" role="row-loss"/>{move || ignored().then_some(" ignored")}</td>
        </tr>
    }
}

#[component]
fn Cell(bench: Bench, row: Row, column: usize, bar: Signal<Bar>) -> impl IntoView {
    let at = row.at(0, column);
    let log = move || value(bench, at);
    let lit = move || value(bench, At { input: 1, place: row.index }) == column as f64;
    let label = move || {
        let experiment = bench.experiment.read();
        format!(
            "probability of {} for {}",
            column_name(&experiment, column),
            row_name(&experiment, row.index)
        )
    };
    view! {
        <td class:lit=lit class:chosen=move || bench.experiment.read().at == at>
            <b class="p">{move || number::fixed(log().exp(), 4)}</b>
            <span class="column">
                <Column bench at bar class="pred" label=Signal::derive(label)
                    span=Signal::derive(|| (0.0, 1.0)) height=HEIGHT sticky=Callback::new(|()| Vec::new())/>
            </span>
            <small data-value=move || number::show(log()) title=move || number::show(log())>
                {move || number::fixed(log(), 4)}
            </small>
        </td>
    }
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, evaluation: &Evaluation) -> String {
    let line = |(index, loss): (usize, &f64)| {
        let class = experiment.inputs.get(1).and_then(|it| it.get(index)).unwrap_or(f64::NAN);
        let class = if class >= 0.0 { column_name(experiment, class as usize) } else { number::show(class) };
        format!("{} is {class} and costs {}.", row_name(experiment, index), number::fixed(*loss, 4))
    };
    evaluation.units.values.iter().enumerate().map(line).collect::<Vec<_>>().join(" ")
}
