//! Descent: a dot that steps down the loss of one element, and the places that it has been.

use super::code::follow;
use super::learn::{Course, Learning, learn};
use super::parts::{again, figure, open, summary};
use crate::experiment::address::{self, Route};
use crate::experiment::bar::Bar;
use crate::experiment::samples::Samples;
use crate::experiment::scene::{Moving, Still};
use crate::experiment::windows::Windows;
use crate::experiment::{At, Experiment, number};
use crate::figure::descent::{RATE, Step, places, stop};
use crate::ui::bench::Bench;
use crate::ui::chart::{Frame, Width};
use crate::ui::dom::{El, el, percent};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};
use crate::ui::words::element_name;

fn course(rate: f64) -> Course {
    Course {
        rate,
        rates: (rate / 20.0, rate * 6.0),
        rate_step: rate / 20.0,
        stop,
        hint: "The rings are its next four steps; all predictions of the batch step together.",
        arrived: "arrived",
    }
}

/// Steps ahead that are shown, and steps taken.
const GHOSTS: usize = 4;
const TRAIL: usize = 24;

/// Begins with the state of an address; with the numbers of the bench, where that shows the same loss.
pub fn descent(frame: El, of: &str, rate: &str) -> El {
    let Route::Loss(first) = address::read(of).route else { return frame };
    let rate = rate.parse().unwrap_or(RATE);
    let on_bench = follow();
    let state = move || match on_bench.get() {
        Some(state) if state.loss == first.loss => state,
        _ => (*first).clone(),
    };
    frame.add_class("descent").live_by(state, move |state| course_of(state, rate))
}

/// The steps from a state.
fn course_of(first: &Experiment, rate: f64) -> Vec<El> {
    // One curve: it is not compared with anything here.
    let first = Experiment { with: None, ..first.clone() };
    let (bench, at) = (Bench::new(first.clone()), learner(&first));
    let learning = Learning::new(bench, course(rate), at);
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
    let behind = move || {
        let trail = learning.trail.read();
        trail.iter().rev().take(TRAIL).filter_map(|it| ghost("past", *it)).collect::<Vec<_>>()
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
        over.live(ahead).live(behind).with(knob.view())
    };
    let of_scores = Step::of(&first, at, RATE).is_some_and(|it| it.normalised.is_some());
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    vec![
        el("p.axis-name.loss").say(move || format!("loss of {}", element_name(&bench.resting.read(), at))),
        Frame::new("compare-chart", scene, Signal::derive(move || moving.read().loss.clone())).view(over),
        learn(learning),
        el("p.figure-result").with((
            "loss of the batch ",
            figure("big loss", "descent-loss", total),
            el("span.gradient-line").with((
                if of_scores { "gradient of its score " } else { "gradient " },
                figure("grad", "descent-gradient", move || {
                    Step::of(&now.read(), at, RATE).map_or(f64::NAN, |it| it.gradient)
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
    ]
}

/// The element whose steps are shown: the chosen one, or, where a target is chosen, the first prediction.
fn learner(state: &Experiment) -> At {
    if Step::of(state, state.at, RATE).is_some() { state.at } else { At::default() }
}
