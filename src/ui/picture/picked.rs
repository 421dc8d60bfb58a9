//! NLLLoss: one log-probability of each row is looked up and its sign flipped; the others stay dark.

use leptos::prelude::*;

use super::row_of;
use crate::experiment::{At, number};
use crate::ui::bench::Bench;
use crate::ui::words::{column_name, row_name};

/// The matrix with the picked cells lit, and what each row costs.
#[component]
pub fn Picked(bench: Bench) -> impl IntoView {
    let size = Memo::new(move |_| {
        let experiment = bench.experiment.read();
        let width = row_of(&experiment).1;
        (experiment.inputs.first().map_or(0, |it| it.len()) / width, width)
    });
    let table = move || {
        let (rows, width) = size.get();
        let body = (0..rows).map(|row| {
            let cells = (0..width).map(|column| view! { <Cell bench row column width/> });
            let loss = move || bench.evaluation.read().units.values.get(row).copied().unwrap_or(f64::NAN);
            view! {
                <tr>
                    <th scope="row">{move || row_name(&bench.experiment.read(), row)}</th>
                    {cells.collect_view()}
                    <td class="arrow">"→ −( ) →"</td>
                    <td class="loss" data-value=move || number::show(loss())>{move || number::fixed(loss(), 4)}</td>
                </tr>
            }
        });
        let experiment = bench.experiment.read();
        let head = (0..width).map(|it| view! { <th scope="col">{column_name(&experiment, it)}</th> });
        view! {
            <table class="picked">
                <thead><tr><td></td>{head.collect_view()}<td></td><th scope="col" class="loss">"ℓ"</th></tr></thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        }
    };
    view! {
        {table}
        <figcaption>"The lit cell of each row is its true class. NLLLoss takes that number as it is; it takes no logarithm and looks at nothing else."</figcaption>
    }
}

#[component]
fn Cell(bench: Bench, row: usize, column: usize, width: usize) -> impl IntoView {
    let at = At { input: 0, place: row * width + column };
    let value = move || bench.experiment.read().inputs.first().and_then(|it| it.get(at.place)).unwrap_or(f64::NAN);
    let lit = move || bench.experiment.read().inputs.get(1).and_then(|it| it.get(row)) == Some(column as f64);
    view! {
        <td class:lit=lit class:chosen=move || bench.experiment.read().at == at>
            <button type="button" on:click=move |_| bench.choose(at)>
                {move || number::fixed(value(), 4)}
                <small>{move || format!("p {}", number::fixed(value().exp(), 3))}</small>
            </button>
        </td>
    }
}
