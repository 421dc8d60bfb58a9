//! Descent: a dot that steps down the loss of one element, and the places that it has been.

use super::learn::{Course, Learning, learn};
use super::parts::{again, figure, open, summary};
use crate::experiment::address::{self, Route};
use crate::experiment::bar::Bar;
use crate::experiment::samples::Samples;
use crate::experiment::scene::{Moving, Still};
use crate::experiment::windows::Windows;
use crate::experiment::{Experiment, number};
use crate::figure::descent::{places, stop};
use crate::ui::bench::Bench;
use crate::ui::chart::{Frame, Width};
use crate::ui::dom::{El, el, percent};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};
use crate::ui::words::element_name;

static COURSE: Course = Course {
    rate: 1.0,
    rates: (0.05, 6.0),
    rate_step: 0.05,
    stop,
    hint: "The rings are its next four steps; all predictions of the batch step together.",
    arrived: "arrived",
};

/// Steps ahead that are shown.
const GHOSTS: usize = 4;

pub fn descent(frame: El, at: &str) -> El {
    let Route::Loss(first) = address::read(at).route else { return frame };
    // One curve: it is not compared with anything here.
    let first = Experiment { with: None, ..*first };
    let (bench, at) = (Bench::new(first.clone()), first.at);
    let learning = Learning::new(bench, &COURSE, at);
    let windows = StoredValue::new(Windows::of(&first, None));
    let now = Memo::new(move |_| Experiment { at, ..bench.experiment.get() });
    let held = Memo::new(move |_| now.read().held());
    let samples = Memo::new(move |_| Samples::take(&held.read(), &windows.get_value().loss));
    let moving = Memo::new(move |_| Moving::of(&samples.read(), &now.read(), None));
    let scene = Signal::derive(move || Still::of(&samples.read(), &windows.get_value()).loss);
    let place = move |x: f64, y: f64| {
        let window = windows.get_value().loss;
        (window.across(x), window.down(y))
    };
    let ghost = move |class: &str, x: f64| {
        let (across, down) = place(x, samples.read().at(&now.read(), x).0);
        let inside = (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down);
        inside.then(|| {
            el("i.step-ghost").add_class(class).place("left", &percent(across)).place("top", &percent(down))
        })
    };
    let ahead = move || {
        let next = places(&now.read(), at, learning.rate.get(), GHOSTS);
        next.into_iter().filter_map(|it| ghost("", it)).collect::<Vec<_>>()
    };
    let point = move || moving.read().point;
    let hand = move |gesture: Gesture, width: Width| {
        learning.stop();
        let axis = Axis::across(windows.get_value().loss.x(), width.get());
        Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &now.read_untracked().sticky());
    };
    let over = move |over: El, width: Width| {
        let knob = Knob {
            class: "pred circle handle",
            label: Signal::derive(move || element_name(&bench.resting.read(), at)),
            value: Signal::derive(move || point().0),
            range: Signal::derive(move || windows.get_value().loss.x()),
            text: Signal::derive(move || {
                format!("{}, loss {}", number::show(point().0), number::fixed(point().1, 4))
            }),
            x: Signal::derive(move || place(point().0, point().1).0.clamp(0.0, 1.0)),
            y: Signal::derive(move || place(point().0, point().1).1.clamp(0.0, 1.0)),
            vertical: false,
            on: Callback::new(move |it| hand(it, width)),
        };
        over.live(ahead).with(knob.view())
    };
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    frame.add_class("descent").with((
        el("p.axis-name.loss").say(move || format!("loss of {}", element_name(&bench.resting.read(), at))),
        Frame::new("compare-chart", scene, Signal::derive(move || moving.read().loss.clone())).view(over),
        learn(learning),
        el("p.figure-result").with((
            "loss of the batch ",
            figure("big loss", "descent-loss", total),
            el("span.gradient-line").with((
                "gradient ",
                figure("grad", "descent-gradient", move || {
                    now.read().gradient(&bench.evaluation.read()).unwrap_or(f64::NAN)
                }),
            )),
            again(bench).click(move || learning.stop()),
            open(move || bench.experiment.get()),
        )),
        summary(move || {
            format!(
                "{} at {}. Batch loss {}.",
                element_name(&bench.resting.read(), at),
                number::show(point().0),
                number::fixed(total(), 4)
            )
        }),
    ))
}
