//! The charts: the loss along the chosen element, and under it the gradient.

mod controls;
mod frame;

use super::bench::Bench;
use super::dom::{El, el, percent};
use super::hand::{Axis, Grip};
use super::widgets::{Gesture, Knob};
use super::words::element_name;
use crate::experiment::bar::Bar;
use crate::experiment::overlay_name;
use crate::experiment::samples::Samples;
use crate::experiment::scene::{Moving, Still, height_name};
use crate::experiment::windows::{Glide, Windows};
use crate::experiment::{Experiment, number};
use crate::loss::marks::Best;
use crate::ui::reactive::*;
pub use controls::views;
pub use frame::{Frame, Width};

/// Everything that the two charts of a bench are drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    windows: Memo<Windows>,
    samples: Memo<Samples>,
    still: Memo<Still>,
    moving: Memo<Moving>,
}

impl Drawing {
    fn of(bench: Bench) -> Self {
        let windows = Memo::new(move |last: Option<&(Experiment, Windows)>| {
            let resting = bench.resting.get();
            let windows = Windows::of(&resting, last.map(|it| (&it.0, it.1)));
            (resting, windows)
        });
        let glide = Memo::new(move |last| Glide::on(last, windows.read().1, bench.settled.get()));
        let windows = Memo::new(move |_| glide.read().shown);
        // A drag moves the dot and none of the curves.
        let held = Memo::new(move |_| bench.experiment.read().held());
        let samples = Memo::new(move |_| Samples::take(&held.read(), &windows.get().loss));
        let still = Memo::new(move |_| Still::of(&samples.read(), &windows.get()));
        let moving = Memo::new(move |_| {
            Moving::of(&samples.read(), &bench.experiment.read(), (*bench.before.read()).as_ref())
        });
        Self { windows, samples, still, moving }
    }

    fn loss(self) -> Frame {
        Frame::new(
            "loss-chart",
            Signal::derive(move || self.still.read().loss.clone()),
            Signal::derive(move || self.moving.read().loss.clone()),
        )
    }

    fn gradient(self) -> Frame {
        Frame::new(
            "gradient-chart",
            Signal::derive(move || self.still.read().gradient.clone()),
            Signal::derive(move || self.moving.read().gradient.clone()),
        )
    }
}

/// Both charts with what chooses between them.
pub fn charts(bench: Bench) -> El {
    let drawing = Drawing::of(bench);
    let head = el("div.chart-head").with((
        el("p.axis-name.loss").say(move || {
            let state = bench.resting.read();
            height_name(state.shown_view(), &element_name(&state, state.at))
        }),
        controls::overlays(bench),
    ));
    let over_loss = |over: El, width| {
        let name = curve_name(bench, drawing);
        over.with((best_point(drawing), handle(bench, drawing, width), bubble(bench, drawing), name))
    };
    el("section.charts").set("aria-label", "Charts").with((
        head,
        drawing.loss().view(over_loss),
        el("p.axis-name.grad").with("gradient: the slope of the curve"),
        drawing.gradient().view(|over, _| over.with(slope(drawing))),
        el("p.hidden").set("data-role", "summary").say(move || summary(&bench.experiment.read(), drawing)),
    ))
}

impl Drawing {
    /// The chosen element and its loss.
    fn point(self) -> (f64, f64) {
        self.moving.read().point
    }

    fn x(self) -> f64 {
        self.windows.get().loss.across(self.point().0).clamp(0.0, 1.0)
    }

    fn down(self) -> f64 {
        self.windows.get().loss.down(self.point().1)
    }

    /// A point above the top is pinned there.
    fn y(self) -> f64 {
        let down = self.down();
        if down.is_nan() { 0.0 } else { down.clamp(0.0, 1.0) }
    }

    fn is_off(self) -> bool {
        !(0.0..=1.0).contains(&self.down())
    }
}

/// The dot on the curve. It follows x only.
fn handle(bench: Bench, drawing: Drawing, width: Width) -> El {
    let hand = move |gesture: Gesture| {
        let now = bench.now();
        let axis = Axis::across(drawing.windows.get_untracked().loss.x(), width.get());
        Grip { bench, at: now.at, bar: Bar::Plain, axis }.act(gesture, &now.sticky());
    };
    let text = move || {
        let (x, loss) = drawing.point();
        format!("{}, loss {}", number::show(x), number::fixed(loss, 4))
    };
    Knob {
        class: "pred circle handle",
        label: Signal::derive(move || element_name(&bench.resting.read(), bench.resting.read().at)),
        value: Signal::derive(move || drawing.point().0),
        range: Signal::derive(move || drawing.windows.get().loss.x()),
        text: Signal::derive(text),
        x: Signal::derive(move || drawing.x()),
        y: Signal::derive(move || drawing.y()),
        vertical: false,
        on: Callback::new(hand),
    }
    .view()
}

/// The number beside the dot; with the loss, where the dot cannot show it, and with what the dot stands on.
fn bubble(bench: Bench, drawing: Drawing) -> El {
    let slope = move || drawing.moving.read().slope.map(number::brief);
    let text = move || {
        let (x, loss) = drawing.point();
        let x = number::brief(x);
        match bench.experiment.read().landmark(&drawing.samples.read().marks) {
            _ if drawing.is_off() => format!("{x} → {}", number::fixed(loss, 4)),
            Some(words) => {
                format!("{x} {words}{}", slope().map_or_else(String::new, |it| format!(": gradient {it}")))
            }
            None => x,
        }
    };
    el("span.bubble")
        // Where the dot is near the top, its number stands below.
        .class("off", move || drawing.y() < 0.1)
        .style("left", move || percent(drawing.x()))
        .style("top", move || percent(drawing.y()))
        .say(text)
}

/// The slope's value on the gradient chart.
fn slope(drawing: Drawing) -> (El, El) {
    let place = move || {
        let window = drawing.windows.get().gradient;
        let slope = drawing.moving.read().slope?;
        let (x, y) = (window.across(drawing.point().0), window.down(slope));
        ((0.0..=1.0).contains(&x)).then_some((x, y.clamp(0.0, 1.0), slope))
    };
    let at = move |it: El| {
        it.bind("hidden", move || place().is_none())
            .style("left", move || place().map(|it| percent(it.0)))
            .style("top", move || place().map(|it| percent(it.1)))
    };
    // Near the right edge the number stands on the other side.
    let label = el("span.slope-label").class("left", move || place().is_some_and(|it| it.0 > 0.7));
    (at(el("i.slope-dot")), at(label.say(move || place().map(|it| number::fixed(it.2, 4)))))
}

/// The best value: a green diamond on the axis, with its number.
fn best_point(drawing: Drawing) -> El {
    let place = move || match drawing.samples.read().marks.best {
        Best::Point(x) => Some((x, drawing.windows.get().loss.across(x))),
        _ => None,
    };
    let mark = el("i.mark").set("aria-hidden", "true");
    let name = el("b").say(move || place().map(|it| format!("best {}", number::brief(it.0))));
    el("span.best.target")
        .bind("hidden", move || !place().is_some_and(|it| (0.0..=1.0).contains(&it.1)))
        .style("left", move || place().map(|it| percent(it.1)))
        .with((mark, name))
}

/// The name of the overlay's curve.
fn curve_name(bench: Bench, drawing: Drawing) -> El {
    let place = move || {
        let (x, y) = drawing.still.read().overlay?;
        let window = drawing.windows.get().loss;
        Some((window.across(x), window.down(y)))
    };
    el("span.curve-name")
        .bind("hidden", move || place().is_none())
        .style("left", move || place().map(|it| percent(it.0)))
        .style("top", move || place().map(|it| percent(it.1)))
        .say(move || bench.experiment.read().with.as_ref().map(overlay_name))
}

/// What the charts show now, in words.
fn summary(experiment: &Experiment, drawing: Drawing) -> String {
    let (x, y) = drawing.point();
    let slope = drawing
        .moving
        .read()
        .slope
        .map_or_else(String::new, |it| format!(", slope {}", number::fixed(it, 4)));
    let (from, to) = drawing.windows.get().loss.x();
    format!(
        "{}: the loss of {} as it moves from {} to {}. Now {}, loss {}{slope}.",
        experiment.loss.spec.title,
        element_name(experiment, experiment.at),
        number::show(from),
        number::show(to),
        number::show(x),
        number::fixed(y, 4),
    )
}
