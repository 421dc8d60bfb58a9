//! One input as a grid of bars that one drags, each with its number under it.

use leptos::prelude::*;

use super::super::bench::Bench;
use super::super::hand::{Axis, Grip};
use super::super::widgets::{BarCell, Gesture, NumberBox};
use super::super::words::{column_name, element_name, role_class, role_name, row_name};
use crate::experiment::bar::{Bar, largest};
use crate::experiment::{At, Experiment, number};
use crate::loss::spec::{Domain, Role};

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

/// A grid of bars. `under` is shown under each row, `end` at its end.
#[component]
pub fn Matrix(
    bench: Bench,
    input: usize,
    #[prop(into)] under: ViewFn1,
    #[prop(into)] end: ViewFn1,
) -> impl IntoView {
    let described = bench.spec().inputs.get(input);
    let domain = described.map_or(Domain::Real, |it| it.domain);
    let class = described.map_or("aside", role_class);
    let bar = Bar::of(domain);
    let shape = Memo::new(move |_| size(&bench.experiment.read(), input));
    let span = Memo::new(move |_| span(&bench.resting.read(), input, bar));
    let head = move || {
        let experiment = bench.experiment.read();
        (0..shape.get().1)
            .map(|column| view! { <th scope="col">{column_name(&experiment, column)}</th> })
            .collect_view()
    };
    let body = move || {
        let (rows, columns) = shape.get();
        let (under, end) = (under.clone(), end.clone());
        (0..rows)
            .map(|row| {
                let cells = (0..columns).map(|column| {
                    let at = At { input, place: row * columns + column };
                    view! { <Cell bench at class bar span/> }
                });
                let below = under.run(row);
                let chosen = move || {
                    let at = bench.experiment.read().at;
                    at.place / columns.max(1) == row && at.input == input
                };
                view! {
                    <tr class:chosen=chosen>
                        <th scope="row">{move || row_name(&bench.experiment.read(), row)}</th>
                        {cells.collect_view()}
                        <td class="loss figure">{end.run(row)}</td>
                    </tr>
                    {below}
                }
            })
            .collect_view()
    };
    let caption = described.map(|it| match it.role {
        Role::Target => format!("{} ({})", role_name(it), it.id),
        _ => role_name(it).to_owned(),
    });
    view! {
        <table class=format!("matrix {class}")>
            <caption>{caption}{(bar == Bar::LogProbability).then_some(", as probabilities; the boxes hold the logarithm")}</caption>
            <thead><tr><td></td>{head}<td></td></tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
}

/// What is shown for a row: nothing, unless the caller says what.
#[derive(Clone)]
pub struct ViewFn1(std::sync::Arc<dyn Fn(usize) -> AnyView + Send + Sync>);

impl ViewFn1 {
    /// Nothing for any row.
    pub fn nothing() -> Self {
        Self::from(|_: usize| ().into_any())
    }

    fn run(&self, row: usize) -> AnyView {
        (self.0)(row)
    }
}

impl<F: Fn(usize) -> AnyView + Send + Sync + 'static> From<F> for ViewFn1 {
    fn from(show: F) -> Self {
        Self(std::sync::Arc::new(show))
    }
}

/// What the height of a cell stands for: shares of one, or the largest number both ways.
pub fn span(experiment: &Experiment, input: usize, bar: Bar) -> (f64, f64) {
    if bar != Bar::Plain {
        return (0.0, 1.0);
    }
    let most = experiment.inputs.get(input).map_or(1.0, largest).max(1.0) * 1.25;
    (-most, most)
}

fn value(bench: Bench, at: At) -> f64 {
    bench.experiment.read().inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN)
}

#[component]
fn Cell(bench: Bench, at: At, class: &'static str, bar: Bar, span: Memo<(f64, f64)>) -> impl IntoView {
    let hand = move |gesture: Gesture| {
        Grip { bench, at, bar, axis: Axis::up(span.get_untracked(), HEIGHT) }.act(gesture, &[0.0]);
    };
    let step = move |steps: f64| {
        let axis = Axis::up(span.get_untracked(), HEIGHT);
        Grip { bench, at, bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
    };
    let name = Signal::derive(move || element_name(&bench.experiment.read(), at));
    let chosen = move || bench.experiment.read().at == at;
    view! {
        <td class="cell" class:chosen=chosen>
            <BarCell
                class
                label=Signal::derive(move || format!("{} bar", name.get()))
                value=Signal::derive(move || bar.shown(value(bench, at)))
                span
                on=Callback::new(hand)
            />
            <NumberBox
                class
                id=format!("cell-{}-{}", at.input, at.place)
                label=name
                value=Signal::derive(move || value(bench, at))
                on_commit=Callback::new(move |it| bench.set_number(at, it))
                on_step=Callback::new(step)
            />
        </td>
    }
}

/// A loss at the end of a row.
pub fn figure(value: impl Fn() -> f64 + Send + Sync + Copy + 'static) -> AnyView {
    view! { <span title=move || number::show(value())>{move || number::fixed(value(), 4)}</span> }.into_any()
}
