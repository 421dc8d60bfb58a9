//! A batch as a bill: a line for each element with its own loss, their sum, the divisor, and the one number.

use leptos::prelude::*;

use super::super::bench::Bench;
use super::super::hand::{Axis, Grip};
use super::super::widgets::{Gesture, Knob, NumberBox};
use super::super::words::{element_name, role_class, role_name, unit_name};
use super::bill::Bill;
use crate::experiment::bar::Bar;
use crate::experiment::range::lane;
use crate::experiment::{At, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::{Domain, Input, Role};

/// The widest lane of the panel, in CSS pixels; its real width only scales the hand's movement.
const LANE: f64 = 140.0;

/// The rows of a pointwise batch.
#[component]
pub fn Rows(bench: Bench) -> impl IntoView {
    let spec = bench.spec();
    let count = Memo::new(move |_| bench.experiment.read().inputs.first().map_or(0, |it| it.len()));
    let span = Memo::new(move |_| lane(&bench.resting.read()));
    let most = Memo::new(move |_| {
        let resting = bench.resting.read();
        resting.evaluate().map_or(0.0, |it| steepest(&it))
    });
    view! {
        <table class="bill">
            <thead>
                <tr>
                    <th scope="col"><span class="hidden">"name"</span></th>
                    <th scope="col"><span class="hidden">"lane"</span></th>
                    {spec.inputs.iter().map(|input| view! {
                        <th scope="col" class=role_class(input) title=format!("PyTorch: {}", input.id)>{role_name(input)}</th>
                    }).collect_view()}
                    <th scope="col" class="loss" title="this element's own loss">"ℓ"</th>
                    <th scope="col" class="grad" title="the gradient; the arrow pushes the other way">"gradient"</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || 0..count.get() key=|it| *it let:place>
                    <Row bench place span most/>
                </For>
            </tbody>
            <Bill bench columns=spec.inputs.len() + 2/>
        </table>
    }
}

/// The steepest finite gradient of the batch: the longest arrow.
fn steepest(evaluation: &Evaluation) -> f64 {
    let slopes = evaluation.grads.iter().flatten().flat_map(|it| it.floats().into_owned());
    slopes.filter(|it| it.is_finite()).fold(0.0, |most, it| it.abs().max(most))
}

#[component]
fn Row(bench: Bench, place: usize, span: Memo<(f64, f64)>, most: Memo<f64>) -> impl IntoView {
    let spec = bench.spec();
    let chosen = Memo::new(move |_| bench.experiment.read().at.place == place);
    let loss =
        Memo::new(move |_| bench.evaluation.read().units.values.get(place).copied().unwrap_or(f64::NAN));
    let first = At { input: 0, place };
    let slope = Memo::new(move |_| slope(&bench.evaluation.read(), first));
    view! {
        <tr class:chosen=move || chosen.get() on:focusin=move |_| focus(bench, place)>
            <th scope="row">
                <button type="button" class="name" aria-pressed=move || chosen.get().to_string()
                    on:click=move |_| bench.choose(first)>
                    {move || unit_name(&bench.experiment.read(), place)}
                </button>
            </th>
            <td class="lane-cell">
                <div class="lane">
                    {on_lane(spec.inputs).map(|input| view! { <LaneKnob bench at=At { input, place } span/> }).collect_view()}
                    <Push slope most x=Signal::derive(move || fraction(bench, first, span.get()))/>
                </div>
            </td>
            {spec.inputs.iter().enumerate().map(|(input, described)| view! {
                <td class=format!("box-cell {}", role_class(described))>
                    <Entry bench at=At { input, place } domain=described.domain/>
                </td>
            }).collect_view()}
            <td class="loss figure" title=move || number::show(loss.get())>{move || number::fixed(loss.get(), 4)}</td>
            <td class="grad figure" title=move || number::show(slope.get().unwrap_or(f64::NAN))>
                {move || slope.get().map(|it| number::fixed(it, 4))}
            </td>
        </tr>
    }
}

/// A row that gets the focus becomes the chosen one, unless one of its other inputs already is.
fn focus(bench: Bench, place: usize) {
    let at = bench.now().at;
    if at.place != place {
        bench.choose(At { place, ..at });
    }
}

/// The inputs that share the first one's scale, and so its lane.
fn on_lane(inputs: &'static [Input]) -> impl Iterator<Item = usize> {
    let scale = |it: &Input| match it.domain {
        Domain::Unit | Domain::Probability => Domain::Unit,
        other => other,
    };
    let first = inputs.first().map(scale);
    inputs.iter().enumerate().filter(move |it| Some(scale(it.1)) == first).map(|it| it.0)
}

fn slope(evaluation: &Evaluation, at: At) -> Option<f64> {
    evaluation.grads.get(at.input)?.as_ref()?.get(at.place)
}

fn value(bench: Bench, at: At) -> f64 {
    bench.experiment.read().inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN)
}

/// Where on the lane, from 0 to 1; a value beyond its ends waits at the end.
fn fraction(bench: Bench, at: At, (from, to): (f64, f64)) -> f64 {
    let fraction = (value(bench, at) - from) / (to - from);
    if fraction.is_nan() { 0.5 } else { fraction.clamp(0.0, 1.0) }
}

#[component]
fn LaneKnob(bench: Bench, at: At, span: Memo<(f64, f64)>) -> impl IntoView {
    let role = bench.spec().inputs.get(at.input).map_or(Role::Aside, |it| it.role);
    let (class, height) = match (role, at.input) {
        (Role::Prediction, 0) => ("pred circle", 0.3),
        (Role::Prediction, _) => ("pred ring", 0.7),
        _ => ("target diamond", 0.7),
    };
    let hand = move |gesture: Gesture| {
        let axis = Axis::across(span.get_untracked(), LANE);
        Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &sticky(bench, at));
    };
    view! {
        <Knob
            class
            label=Signal::derive(move || element_name(&bench.experiment.read(), at))
            value=Signal::derive(move || value(bench, at))
            range=span
            text=Signal::derive(move || number::show(value(bench, at)))
            x=Signal::derive(move || fraction(bench, at, span.get()))
            y=Signal::derive(move || height)
            on=Callback::new(hand)
        />
    }
}

/// What a knob on a lane snaps to: zero and the marks of the row's own curve.
fn sticky(bench: Bench, at: At) -> Vec<f64> {
    crate::experiment::Experiment { at, ..bench.now() }.sticky()
}

/// The arrow along minus the gradient: one scale for all rows, at least 6 px, a dot where the gradient is 0.
#[component]
fn Push(slope: Memo<Option<f64>>, most: Memo<f64>, x: Signal<f64>) -> impl IntoView {
    let pixels = move || match slope.get() {
        Some(slope) if slope != 0.0 && slope.is_finite() && most.get() > 0.0 => {
            -slope.signum() * (slope.abs() / most.get() * 40.0).max(6.0)
        }
        _ => 0.0,
    };
    view! {
        <i
            class="push"
            class:none=move || pixels() == 0.0
            class:back=move || pixels() < 0.0
            style:left=move || format!("{:.3}%", x.get() * 100.0)
            style:width=move || format!("{:.2}px", pixels().abs())
        ></i>
    }
}

#[component]
fn Entry(bench: Bench, at: At, domain: Domain) -> impl IntoView {
    let class = bench.spec().inputs.get(at.input).map_or("aside", role_class);
    let step = move |steps: f64| {
        let axis = Axis::across(lane(&bench.now()), LANE);
        Grip { bench, at, bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
    };
    let label = Signal::derive(move || format!("{}, number", element_name(&bench.experiment.read(), at)));
    let two = Signal::derive(move || other_label(domain, value(bench, at)));
    view! {
        <NumberBox
            class
            id=format!("entry-{}-{}", at.input, at.place)
            label
            value=Signal::derive(move || value(bench, at))
            on_commit=Callback::new(move |it| bench.set_number(at, it))
            on_step=Callback::new(step)
        />
        {move || two.get().map(|other| view! {
            <button type="button" class="flip" title="the other label"
                on:click=move |_| drop(bench.set_number(at, other))>
                {format!("→ {}", number::show(other))}
            </button>
        })}
    }
}

/// The opposite label, where there are two.
fn other_label(domain: Domain, value: f64) -> Option<f64> {
    match domain {
        Domain::Sign => Some(if value == 1.0 { -1.0 } else { 1.0 }),
        _ => None,
    }
}
