//! Focal loss: every element on its curve, below where it would be if nothing were turned down; and the bill of both.

use super::parts::{figure, words};
use crate::experiment::bar::Bar;
use crate::experiment::picture::focus::{Dot, Label, compared, dots, held, labels, scene, window};
use crate::experiment::{At, Experiment, number};
use crate::loss::numeric::sum;
use crate::plot::Window;
use crate::ui::bench::Bench;
use crate::ui::chart::{Frame, Width};
use crate::ui::dom::{El, el, percent};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};
use crate::ui::words::{element_name, unit_name};

/// All elements of the batch, which have one axis.
pub fn focus(bench: Bench, frame: El) -> El {
    let all = Memo::new(move |_| dots(&bench.experiment.read()));
    let window = Memo::new(move |_| window(&bench.resting.read()));
    let held = Memo::new(move |_| held(&bench.experiment.read()));
    let scene = Signal::derive(move || scene(&held.read(), window.get()));
    let count = move || all.read().len();
    let chart = Frame::new("focus-chart", scene, Signal::stored(Vec::new())).view(|over, width| {
        let places = Places { all, window };
        over.each(count, move |place| stick(bench, place, places))
            .each(count, move |place| dot(bench, place, places, width))
            .with(name(bench, places))
            .live(move || labels(&held.read(), window.get()).into_iter().map(label).collect::<Vec<_>>())
    });
    let now = move || settings(&bench.experiment.read());
    let plain = move || {
        let experiment = bench.experiment.read();
        compared(&experiment).map_or_else(String::new, |it| settings(&it.apply(&experiment)))
    };
    let plain = Signal::derive(plain);
    let caption = "Every patch hangs below the dashed curve by as much as it is turned down. Drag one to the side where \
                   it is right, and what is left of it vanishes; drag it to the wrong side, and it keeps nearly all.";
    frame.with((
        el("p.axis-name.loss").with("loss ℓ by the score; dashed: ").say(move || plain.get()),
        chart,
        bill(bench, all, plain, |it| it.plain, "plain-sum"),
        bill(bench, all, Signal::derive(now), |it| it.loss, "kept-sum"),
        left(bench, all),
        words(caption, move || summary(&bench.experiment.read(), &all.read())),
    ))
}

fn one(all: Memo<Vec<Dot>>, place: usize) -> Dot {
    all.read().get(place).copied().unwrap_or_default()
}

/// The reals among the arguments, as they are.
fn settings(experiment: &Experiment) -> String {
    let real = |param: &'static crate::loss::spec::Param| {
        let value = experiment.args.get(param.id).cloned().unwrap_or_else(|| param.default());
        value.real().map(|it| format!("{} {}", param.id, number::brief(it)))
    };
    experiment.loss.spec.params.iter().filter_map(real).collect::<Vec<_>>().join(", ")
}

/// Where things stand over the chart, as shares of its size.
#[derive(Clone, Copy)]
struct Places {
    all: Memo<Vec<Dot>>,
    window: Memo<Window>,
}

impl Places {
    fn across(self, place: usize) -> f64 {
        self.window.get().across(one(self.all, place).x).clamp(0.0, 1.0)
    }

    /// Above the top there is no room: there things are pinned.
    fn down(self, y: f64) -> f64 {
        let down = self.window.get().down(y);
        if down.is_nan() { 0.0 } else { down.clamp(0.0, 1.0) }
    }

    fn low(self, place: usize) -> f64 {
        self.down(one(self.all, place).loss)
    }

    fn high(self, place: usize) -> f64 {
        self.down(one(self.all, place).plain)
    }
}

/// From a ring on the dashed curve down to the element.
fn stick(bench: Bench, place: usize, places: Places) -> El {
    el("i.turned-down")
        .class("chosen", move || bench.resting.read().at.place == place)
        .style("left", move || percent(places.across(place)))
        .style("top", move || percent(places.high(place)))
        .style("height", move || percent((places.low(place) - places.high(place)).max(0.0)))
}

/// The element on its curve.
fn dot(bench: Bench, place: usize, places: Places, width: Width) -> El {
    let Places { all, window } = places;
    let at = At { input: 0, place };
    let hand = move |gesture: Gesture| {
        let axis = Axis::across(window.get_untracked().x(), width.get());
        Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &[0.0]);
    };
    let text = move || {
        let Dot { x, loss, .. } = one(all, place);
        format!("{}, loss {}", number::show(x), number::fixed(loss, 4))
    };
    Knob {
        class: "pred circle",
        label: Signal::derive(move || element_name(&bench.resting.read(), at)),
        value: Signal::derive(move || one(all, place).x),
        range: Signal::derive(move || window.get().x()),
        text: Signal::derive(text),
        x: Signal::derive(move || places.across(place)),
        y: Signal::derive(move || places.low(place)),
        vertical: false,
        on: Callback::new(hand),
    }
    .view()
}

/// Which target a curve is of.
fn label(it: Label) -> El {
    let side = if it.across < 0.5 { "curve-name before" } else { "curve-name after" };
    el("span")
        .add_class(side)
        .place("left", &percent(it.across))
        .place("top", &percent(it.down))
        .with(("target ", number::brief(it.target).as_str()))
}

/// The name of the chosen element, beside it.
fn name(bench: Bench, places: Places) -> El {
    let place = move || bench.resting.read().at.place;
    el("span.bubble")
        .style("left", move || percent(places.across(place())))
        .style("top", move || percent(places.low(place())))
        .say(move || unit_name(&bench.resting.read(), place()))
}

/// Which share of the whole each element has, as parts of a bar.
fn bill(
    bench: Bench,
    all: Memo<Vec<Dot>>,
    name: Signal<String>,
    of: fn(&Dot) -> f64,
    role: &'static str,
) -> El {
    let total = Memo::new(move |_| sum(&all.read().iter().map(of).collect::<Vec<_>>()));
    let part = move |place: usize| {
        let share = move || (of(&one(all, place)) / total.get()).clamp(0.0, 1.0);
        let name = move || {
            let name = unit_name(&bench.resting.read(), place);
            (share() > 0.11 * f64::from(name.len().min(12) as u32) / 6.0).then_some(name)
        };
        el("span")
            .class("chosen", move || bench.resting.read().at.place == place)
            .style("width", move || percent(share()))
            .say(name)
    };
    el("div.turned-bill").with((
        el("p").with(el("span").say(move || name.get())).with((" sum ", figure(total.into(), "loss", role))),
        el("div.bill-parts").set("aria-hidden", "true").each(move || all.read().len(), part),
    ))
}

/// What is left of the chosen element's loss.
fn left(bench: Bench, all: Memo<Vec<Dot>>) -> El {
    let place = move || bench.resting.read().at.place;
    let value = move |of: fn(&Dot) -> f64| Signal::derive(move || of(&one(all, place())));
    el("p.sum").with((
        el("span").say(move || unit_name(&bench.resting.read(), place())).with(": "),
        el("span").with((figure(value(|it| it.plain), "", "plain"), " is turned down to ")),
        el("span").with((figure(value(|it| it.loss), "loss", "row-loss"), ", the share ")),
        el("span").with(figure(value(Dot::left), "loss", "left")),
    ))
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, all: &[Dot]) -> String {
    let one = |(place, it): (usize, &Dot)| {
        let (plain, loss) = (number::fixed(it.plain, 4), number::fixed(it.loss, 4));
        format!("{}: {plain} is turned down to {loss}.", unit_name(experiment, place))
    };
    all.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}
