//! A batch as a bill: a line for each element with its own loss, their sum, the divisor, and the one number.

use web_sys::Event;

use super::super::bench::Bench;
use super::super::dom::{El, button, el, length, percent};
use super::super::hand::{Axis, Grip};
use super::super::widgets::{Gesture, Knob, NumberBox};
use super::super::words::{element_name, role_class, role_name, unit_name};
use super::bill::bill;
use crate::experiment::bar::Bar;
use crate::experiment::range::lane;
use crate::experiment::{At, Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::{Domain, Input, Param, Role};
use crate::ui::reactive::*;

/// The widest lane of the panel, in CSS pixels; its real width only scales the hand's movement.
const LANE: f64 = 140.0;

/// The rows of a pointwise batch.
pub fn rows(bench: Bench) -> El {
    let spec = bench.spec();
    let count = move || bench.experiment.read().inputs.first().map_or(0, |it| it.len());
    let scale = Scale {
        span: Memo::new(move |_| lane(&bench.resting.read())),
        most: Memo::new(move |_| bench.resting.read().evaluate().map_or(0.0, |it| steepest(&it))),
    };
    let head = |class: &str, title: &str, text: &str| {
        el("th").set("scope", "col").add_class(class).set("title", title).with(text)
    };
    let unnamed = |text: &str| el("th").set("scope", "col").with(el("span.hidden").with(text));
    let input = move |it: &Input| head(role_class(it), &format!("PyTorch: {}", it.id), role_name(it));
    let given = move || weights(&bench.resting.read());
    let ids = move || given().iter().map(|it| it.id).collect::<Vec<_>>();
    let table = move |_: &Vec<&'static str>| {
        let params = given();
        let heads = el("tr").with((
            unnamed("name"),
            unnamed("lane"),
            spec.inputs.iter().map(input).collect::<Vec<_>>(),
            params.iter().map(|it| head("weight", it.doc, it.id)).collect::<Vec<_>>(),
            head("loss", "this element's own loss", "ℓ"),
            head("grad", "the gradient; the arrow pushes the other way", "gradient"),
        ));
        let columns = spec.inputs.len() + params.len() + 2;
        let body = el("tbody").each(count, move |place| row(bench, place, scale, &params));
        (el("thead").with(heads), body, bill(bench, columns))
    };
    el("table.bill").live_by(ids, table)
}

/// The tensors of the constructor that hold a number for each row, where they are given.
fn weights(experiment: &Experiment) -> Vec<&'static Param> {
    let given = |it: &&Param| it.per_element() && experiment.args.get(it.id).is_some();
    experiment.loss.spec.params.iter().filter(given).collect()
}

/// What all rows share: what the lanes span, and the gradient of the longest arrow.
#[derive(Clone, Copy)]
struct Scale {
    span: Memo<(f64, f64)>,
    most: Memo<f64>,
}

/// The steepest finite gradient of the batch: the longest arrow.
fn steepest(evaluation: &Evaluation) -> f64 {
    let slopes = evaluation.grads.iter().flatten().flat_map(|it| it.floats().into_owned());
    slopes.filter(|it| it.is_finite()).fold(0.0, |most, it| it.abs().max(most))
}

fn row(bench: Bench, place: usize, scale: Scale, params: &[&'static Param]) -> El {
    let inputs = bench.spec().inputs;
    let chosen = move || bench.resting.read().at.place == place;
    let loss =
        Memo::new(move |_| bench.evaluation.read().units.values.get(place).copied().unwrap_or(f64::NAN));
    let first = At { input: 0, place };
    let slope = Memo::new(move |_| slope(&bench.evaluation.read(), first));
    let numbers: Vec<_> = (0..inputs.len()).map(|input| bench.follow(At { input, place })).collect();
    let name = button("name", move || bench.choose(first))
        .bind("aria-pressed", move || chosen().to_string())
        .say(move || unit_name(&bench.resting.read(), place));
    let entries = inputs.iter().zip(numbers).enumerate();
    let entries: Vec<Entry> = entries
        .map(|(input, (described, number))| Entry { bench, at: At { input, place }, described, number })
        .collect();
    let knobs = on_lane(inputs).filter_map(|input| Some(entries.get(input)?.knob(scale.span)));
    let lane = el("div.lane")
        .with((knobs.collect::<Vec<_>>(), entries.first().map(|it| push(it.number, slope, scale))));
    let boxed = |it: Entry| el("td.box-cell").add_class(role_class(it.described)).with(it.number_box());
    let weight = |param: &&'static Param| {
        let param = *param;
        let number = move || bench.resting.read().arg_of(param, place).map(number::show);
        el("td.weight.figure").say(number)
    };
    let losses = el("td.loss.figure")
        .bind("title", move || number::show(loss.get()))
        .say(move || number::fixed(loss.get(), 4));
    let slopes = el("td.grad.figure")
        .bind("title", move || slope.get().map(number::show))
        .say(move || slope.get().map(|it| number::fixed(it, 4)));
    let changed = move |input: usize| bench.has_leapt(At { input, place });
    let glow = move || (0..inputs.len()).any(changed);
    el("tr")
        .class("chosen", chosen)
        .class("glow", glow)
        .on("focusin", move |_: Event| focus(bench, place))
        .with((
            el("th").set("scope", "row").with(name),
            el("td.lane-cell").with(lane),
            entries.into_iter().map(boxed).collect::<Vec<_>>(),
            params.iter().map(weight).collect::<Vec<_>>(),
            losses,
            slopes,
        ))
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

/// Where on the lane, from 0 to 1; a value beyond its ends waits at the end.
fn fraction(value: f64, (from, to): (f64, f64)) -> f64 {
    let fraction = (value - from) / (to - from);
    if fraction.is_nan() { 0.5 } else { fraction.clamp(0.0, 1.0) }
}

/// The arrow along minus the gradient: one scale for all rows, at least 6 px, a dot where the gradient is 0.
fn push(number: Memo<f64>, slope: Memo<Option<f64>>, scale: Scale) -> El {
    let pixels = move || match slope.get() {
        Some(slope) if slope != 0.0 && slope.is_finite() && scale.most.get() > 0.0 => {
            -slope.signum() * (slope.abs() / scale.most.get() * 40.0).max(6.0)
        }
        _ => 0.0,
    };
    el("i.push")
        .class("none", move || pixels() == 0.0)
        .class("back", move || pixels() < 0.0)
        .style("left", move || percent(fraction(number.get(), scale.span.get())))
        .style("width", move || length(pixels().abs(), 2, "px"))
}

/// One number of a row.
#[derive(Clone, Copy)]
struct Entry {
    bench: Bench,
    at: At,
    described: &'static Input,
    number: Memo<f64>,
}

impl Entry {
    fn knob(self, span: Memo<(f64, f64)>) -> El {
        let Self { bench, at, described, number } = self;
        let (class, height) = match (described.role, at.input) {
            (Role::Prediction, 0) => ("pred circle", 0.3),
            (Role::Prediction, _) => ("pred ring", 0.7),
            _ => ("target diamond", 0.7),
        };
        let hand = move |gesture: Gesture| {
            // What it snaps to: zero and the marks of the row's own curve.
            let sticky = Experiment { at, ..bench.now() }.sticky();
            let axis = Axis::across(span.get_untracked(), LANE);
            Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &sticky);
        };
        Knob {
            class,
            label: Signal::derive(move || element_name(&bench.resting.read(), at)),
            value: number.into(),
            range: span.into(),
            text: Signal::derive(move || number::show(number.get())),
            x: Signal::derive(move || fraction(number.get(), span.get())),
            y: Signal::stored(height),
            vertical: false,
            on: Callback::new(hand),
        }
        .view()
    }

    fn number_box(self) -> (El, Option<El>) {
        let Self { bench, at, described, number } = self;
        let step = move |steps: f64| {
            let axis = Axis::across(lane(&bench.now()), LANE);
            Grip { bench, at, bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
        };
        let typed = NumberBox {
            class: role_class(described),
            id: format!("entry-{}-{}", at.input, at.place),
            label: Signal::derive(move || format!("{}, number", element_name(&bench.resting.read(), at))),
            value: number.into(),
            on_commit: Callback::new(move |it| bench.set_number(at, it)),
            on_step: Callback::new(step),
        };
        let other = |number: f64| if number == 1.0 { -1.0 } else { 1.0 };
        let flip = (described.domain == Domain::Sign).then(|| {
            button("flip", move || drop(bench.set_number(at, other(number.get_untracked()))))
                .set("title", "the other label")
                .say(move || format!("→ {}", number::show(other(number.get()))))
        });
        (typed.view(), flip)
    }
}
