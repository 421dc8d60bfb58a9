//! Matrices: rows of scores with their true class, two distributions, triples of vectors, frames of a sequence.

use leptos::prelude::*;

use super::super::bench::Bench;
use super::super::words::{column_name, row_name};
use super::bill::Bill;
use super::matrix::{Matrix, ViewFn1, figure, size};
use super::strip::Line;
use crate::experiment::At;
use crate::loss::numeric::sum;
use crate::loss::spec::{Domain, Family};

/// The inputs of a batch, each in the form that suits it.
#[component]
pub fn Grid(bench: Bench) -> impl IntoView {
    let shapes = Memo::new(move |_| {
        let inputs = &bench.experiment.read().inputs;
        inputs.iter().map(|it| it.dim()).collect::<Vec<_>>()
    });
    move || {
        let dims = shapes.get();
        let inputs = bench.spec().inputs.iter().enumerate().map(|(input, described)| {
            let is_labels = dims.get(input) < dims.first();
            match described.domain {
                // The labels of a rowwise loss stand under its scores.
                Domain::Class if is_labels && bench.spec().family == Family::Rowwise => ().into_any(),
                Domain::Class | Domain::Length if bench.spec().family == Family::Sequence => {
                    view! { <Line bench input described/> }.into_any()
                }
                _ => {
                    view! { <Matrix bench input under=under(bench, input) end=end(bench, input)/> }.into_any()
                }
            }
        });
        view! {
            {inputs.collect_view()}
            <table class="bill"><Bill bench columns=4/></table>
        }
    }
}

/// The radio strip of a row's true class.
fn under(bench: Bench, input: usize) -> ViewFn1 {
    let labelled = bench.spec().family == Family::Rowwise && input == 0;
    let has_indices = bench.now().inputs.get(1).is_some_and(|it| !it.dtype().is_float());
    if !(labelled && has_indices) {
        return ViewFn1::nothing();
    }
    ViewFn1::from(move |row: usize| view! { <TrueClass bench row/> }.into_any())
}

#[component]
fn TrueClass(bench: Bench, row: usize) -> impl IntoView {
    let at = At { input: 1, place: row };
    let class = Memo::new(move |_| bench.experiment.read().inputs.get(1).and_then(|it| it.get(row)));
    let columns = size(&bench.now(), 0).1;
    let name = format!("class-{row}");
    let options = (0..columns).map(|column| {
        let label = Signal::derive(move || {
            let experiment = bench.experiment.read();
            format!("{}: the true class is {}", row_name(&experiment, row), column_name(&experiment, column))
        });
        view! {
            <td>
                <label class="true-class">
                    <input type="radio" name=name.clone() aria-label=label
                        prop:checked=move || class.get() == Some(column as f64)
                        on:change=move |_| drop(bench.set_number(at, column as f64))/>
                    <span>{move || if class.get() == Some(column as f64) { "true" } else { "" }}</span>
                </label>
            </td>
        }
    });
    view! { <tr class="labels"><td></td>{options.collect_view()}<td></td></tr> }
}

/// The loss at the end of a row: the unit's own, or the sum of the row's terms.
fn end(bench: Bench, input: usize) -> ViewFn1 {
    if input != 0 || bench.spec().family == Family::Sequence {
        return ViewFn1::nothing();
    }
    let columns = size(&bench.now(), 0).1;
    let pointwise = bench.spec().family == Family::Pointwise;
    ViewFn1::from(move |row: usize| {
        figure(move || {
            let evaluation = bench.evaluation.read();
            let values = &evaluation.units.values;
            match pointwise {
                true => values.chunks(columns.max(1)).nth(row).map_or(f64::NAN, sum),
                false => values.get(row).copied().unwrap_or(f64::NAN),
            }
        })
    })
}

/// Whether every input is small enough to be shown so.
pub fn fits(experiment: &crate::experiment::Experiment) -> bool {
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
            Family::Rowwise => true,
            Family::Sequence => experiment.inputs.first().is_some_and(|it| it.dim() == 2),
        }
}
