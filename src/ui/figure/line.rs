//! The units of a batch on lines, each with the zone in which it costs nothing: a fence, a lead.

use super::parts::{again, figure, open, summary, width};
use crate::experiment::address::{self, Route};
use crate::experiment::bar::Bar;
use crate::experiment::range::lane;
use crate::experiment::{At, Experiment, number};
use crate::loss::marks::Best;
use crate::loss::spec::Role;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el, percent};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};
use crate::ui::words::{element_name, role_class, unit_name};

/// The state of that address: a line for each of its units.
pub fn line(frame: El, at: &str) -> El {
    let Route::Loss(first) = address::read(at).route else { return frame };
    let bench = Bench::new((*first).clone());
    let span = Memo::new(move |_| lane(&bench.resting.read()));
    let count = first.inputs.first().map_or(0, |it| it.len());
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    let scores: Vec<&str> =
        first.loss.spec.inputs.iter().filter(|it| it.role != Role::Target).map(|it| it.id).collect();
    let keys = |scores: &[&str]| match scores {
        [one, two] => Some(el("p.keys").with((
            el("span.pred").with(format!("● {one}")),
            el("span").with(format!("○ {two}")),
            el("span.target").with("shaded: it costs nothing"),
        ))),
        _ => None,
    };
    frame.add_class("line").with((
        keys(&scores),
        (0..count).map(|it| row(bench, it, span)).collect::<Vec<_>>(),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "line-loss", total),
            again(bench),
            open(move || bench.experiment.get()),
        )),
        summary(move || {
            let experiment = bench.experiment.read();
            let losses = &bench.evaluation.read().units.values;
            let one =
                |(k, it): (usize, &f64)| format!("{} {}", unit_name(&experiment, k), number::fixed(*it, 4));
            format!("Losses: {}.", losses.iter().enumerate().map(one).collect::<Vec<_>>().join(", "))
        }),
    ))
}

fn row(bench: Bench, place: usize, span: Memo<(f64, f64)>) -> El {
    let inputs = bench.spec().inputs;
    let track = el("div.line-track");
    let width = width(&track);
    let across = move |x: f64| ((x - span.get().0) / (span.get().1 - span.get().0)).clamp(0.0, 1.0);
    let chosen = Memo::new(move |_| {
        let now = bench.experiment.get();
        if now.at.place == place { now.at } else { At { input: 0, place } }
    });
    let zone = Memo::new(move |_| zone(&bench.experiment.read(), chosen.get(), span.get()));
    let knob = |(input, described): (usize, &'static crate::loss::spec::Input)| {
        let at = At { input, place };
        let value = bench.follow(at);
        let hand = move |gesture: Gesture| {
            let axis = Axis::across(span.get_untracked(), width());
            let edges = zone.get_untracked().map_or(Vec::new(), |(from, to)| vec![from, to]);
            Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &edges);
        };
        Knob {
            class: if input == 0 { "pred circle" } else { "aside ring" },
            label: Signal::derive(move || element_name(&bench.resting.read(), at)),
            value: value.into(),
            range: span.into(),
            text: Signal::derive(move || number::show(value.get())),
            x: Signal::derive(move || across(value.get())),
            y: Signal::stored(0.5),
            vertical: false,
            on: Callback::new(hand),
        }
        .view()
        .add_class(role_class(described))
    };
    let moved = inputs.iter().enumerate().filter(|it| it.1.role != Role::Target);
    let label = inputs.iter().position(|it| it.role == Role::Target);
    let flip = label.map(|input| {
        let at = At { input, place };
        let value = bench.follow(at);
        let turn = move || drop(bench.set_number(at, -value.get_untracked()));
        button("label-flip target", turn)
            .set("title", "flip the label")
            .bind("aria-label", move || format!("label {}, flip it", number::brief(value.get())))
            .say(move || format!("◆ {}", number::brief(value.get())))
    });
    let free = el("i.free")
        .style("left", move || zone.get().map(|it| percent(across(it.0))))
        .style("width", move || zone.get().map_or(percent(0.0), |it| percent(across(it.1) - across(it.0))));
    let loss = move || bench.evaluation.read().units.values.get(place).copied().unwrap_or(f64::NAN);
    el("div.line-row").with((
        el("span.line-name").say(move || unit_name(&bench.resting.read(), place)),
        flip,
        track.with((free, moved.map(knob).collect::<Vec<_>>())),
        figure("loss", &format!("line-loss-{place}"), loss),
    ))
}

/// Where the chosen element of a unit costs nothing, within what is shown.
fn zone(experiment: &Experiment, at: At, (from, to): (f64, f64)) -> Option<(f64, f64)> {
    let marks = Experiment { at, ..experiment.clone() }.marks();
    match marks.best {
        Best::Between(low, high) => Some((low.max(from), high.min(to))),
        _ => None,
    }
}
