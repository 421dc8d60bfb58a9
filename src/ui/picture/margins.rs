//! Scores on one line, a class in each row: up to where the true ones let go, and what is missing beyond.

use web_sys::{Event, HtmlElement};

use super::parts::{figure, row, rows, words};
use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::picture::margins::{Margins, Pair, margins as numbers_of};
use crate::experiment::{Experiment, number};
use crate::loss::spec::Domain;
use crate::plot::ticks::{label, step, ticks, within};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, length, percent};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};
use crate::ui::words::{column_name, row_name};

/// The longest arrow, in CSS pixels.
const PUSH: f64 = 40.0;

/// Parts of the scale.
const PARTS: usize = 6;

/// What every row is drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    numbers: Memo<Margins>,
    span: Memo<(f64, f64)>,
}

/// The classes of the chosen row, each with its score.
pub fn margins(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let numbers = Memo::new(move |_| numbers_of(&bench.experiment.read()));
    let span = Memo::new(move |_| numbers_of(&bench.resting.read()).span());
    let drawing = Drawing { bench, numbers, span };
    // Where the true classes lie: which of them there are changes seldom, where their fences are with every drag.
    let leading = move || numbers.read().fences().into_iter().map(|it| it.0).collect::<Vec<_>>();
    let free = el("i.free")
        .style("width", move || percent(numbers.read().free().map_or(0.0, |it| drawing.across(it))));
    let ground = el("div.margins-ground").set("aria-hidden", "true").with(free);
    let ground = ground
        .live_by(move || span.get(), move |span| scale(drawing, *span))
        .live_by(leading, move |leading| leading.iter().map(|it| fence(drawing, *it)).collect::<Vec<_>>());
    let head = el("div.margins-head").with((
        el("b.target").say(move || if chooses_one(bench) { "true class" } else { "true tags" }),
        el("b.pred").with("score"),
        el("b.loss").with("missing"),
    ));
    let lines = el("div.margins").with((head, ground)).live_by(
        move || row.get(),
        move |row| (0..row.width).map(|it| line(drawing, *row, it)).collect::<Vec<_>>(),
    );
    let total = el("p.sum").with(("missing, by the number of classes: ", {
        el("b.loss")
            .set("data-role", "row-loss")
            .bind("data-value", move || number::show(numbers.read().loss))
            .say(move || numbers.read().arithmetic())
    }));
    let caption = "Drag a false class into the shaded region, or a true one away from it: a dashed line stands one margin \
                   behind each true score, and whoever is behind all of them is let go.";
    let summary = move || summary(&bench.experiment.read(), row.get(), &numbers.read());
    frame.with((rows(bench, row), lines, total, words(caption, summary)))
}

impl Drawing {
    /// Where a score lies, from 0 to 1.
    fn across(self, x: f64) -> f64 {
        let (from, to) = self.span.get();
        within((x - from) / (to - from), 0.0, 1.0)
    }

    fn is_true(self, class: usize) -> bool {
        self.numbers.read().truth.get(class) == Some(&true)
    }

    /// Up to where a true class lets go of the false ones.
    fn fence_of(self, class: usize) -> Option<f64> {
        self.numbers.read().fences().into_iter().find(|it| it.0 == class).map(|it| it.1)
    }

    /// The pair at that place, as long as it is there.
    fn pair(self, place: usize) -> Pair {
        let none = Pair { truth: 0, other: 0, fence: f64::NAN, short: 0.0, cost: 0.0 };
        self.numbers.read().pairs.get(place).copied().unwrap_or(none)
    }

    /// The places of the pairs in which a class is within a margin.
    fn owed_by(self, class: usize) -> Vec<usize> {
        let numbers = self.numbers.read();
        let pairs = numbers.pairs.iter().enumerate();
        pairs.filter(|it| it.1.other == class && it.1.cost > 0.0).map(|it| it.0).collect()
    }
}

/// The scale under all rows.
fn scale(drawing: Drawing, span: (f64, f64)) -> Vec<El> {
    let step = step(span.1 - span.0, PARTS);
    let tick = |x: f64| {
        let at = percent(untrack(|| drawing.across(x)));
        el("small.tick").style("left", move || at.clone()).with(label(x, step))
    };
    ticks(span, PARTS).into_iter().map(tick).collect()
}

/// One margin behind a true class.
fn fence(drawing: Drawing, class: usize) -> El {
    let place = move || drawing.fence_of(class).map_or(0.0, |it| drawing.across(it));
    el("i.margin-fence").style("left", move || percent(place()))
}

/// Whether one class is true and no more.
fn chooses_one(bench: Bench) -> bool {
    bench.spec().inputs.iter().any(|it| it.domain == Domain::Class)
}

fn line(drawing: Drawing, row: Row, class: usize) -> El {
    let bench = drawing.bench;
    let at = row.at(0, class);
    let named = move || column_name(&bench.resting.read(), class);
    let input = el("input")
        .set("type", if chooses_one(bench) { "radio" } else { "checkbox" })
        .set("name", "picture-class")
        .checked(move || drawing.is_true(class))
        .on("change", move |_: Event| drop(bench.offer(bench.now().toggled(row, class))));
    let tag = el("label.class-choice").with((input, el("span").with(el("i.mark")).say(named)));
    let lane = el("div.margin-lane");
    let width = StoredValue::new(lane.cast::<HtmlElement>());
    let hand = move |gesture: Gesture| {
        let pixels = f64::from(width.get_value().client_width());
        let axis = Axis::across(drawing.span.get_untracked(), pixels);
        let sticky = Experiment { at, ..bench.now() }.sticky();
        Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &sticky);
    };
    let score = bench.follow(at);
    let knob = Knob {
        class: "pred circle",
        label: Signal::derive(move || format!("score of {}", named())),
        value: score.into(),
        range: drawing.span.into(),
        text: Signal::derive(move || number::show(score.get())),
        x: Signal::derive(move || drawing.across(score.get())),
        y: Signal::stored(0.5),
        vertical: false,
        on: Callback::new(hand),
    };
    let owed = move || drawing.owed_by(class);
    let reach = move || drawing.fence_of(class).map_or(0.0, |it| drawing.across(it));
    let reach = el("i.margin-reach")
        .class("none", move || drawing.fence_of(class).is_none())
        .style("left", move || percent(reach()))
        .style("width", move || percent(drawing.across(score.get()) - reach()));
    let lane = lane
        .live_by(owed, move |places| places.iter().map(|it| bar(drawing, *it)).collect::<Vec<_>>())
        .with((reach, push(drawing, class, score), knob.view()));
    let missing = el("div.missing").live_by(
        move || (owed(), drawing.is_true(class)),
        move |(places, is_true)| {
            let free = (places.is_empty() && !is_true).then(|| el("small.target").with("free"));
            (free, places.iter().map(|it| debt(drawing, *it)).collect::<Vec<_>>())
        },
    );
    el("div.margin-row")
        .class("truth", move || drawing.is_true(class))
        .class("chosen", move || bench.experiment.read().at == at)
        .with((tag, lane, missing))
}

/// From a fence to the false class beyond it.
fn bar(drawing: Drawing, place: usize) -> El {
    let pair = move || drawing.pair(place);
    el("i.margin-short").style("left", move || percent(drawing.across(pair().fence))).style(
        "width",
        move || {
            let pair = pair();
            percent(drawing.across(pair.fence + pair.short) - drawing.across(pair.fence))
        },
    )
}

/// What is missing, and to whom where that is not plain.
fn debt(drawing: Drawing, place: usize) -> El {
    let cost = Signal::derive(move || drawing.pair(place).cost);
    let bench = drawing.bench;
    let to = (!chooses_one(bench)).then(|| {
        el("small")
            .say(move || format!(" to {}", column_name(&bench.resting.read(), drawing.pair(place).truth)))
    });
    el("span.debt").with((figure(cost, "loss", "missing"), to))
}

/// The arrow along minus the gradient, on one scale for all rows.
fn push(drawing: Drawing, class: usize, score: Memo<f64>) -> El {
    let slope = move || {
        let numbers = drawing.numbers.read();
        let most = numbers
            .gradient
            .iter()
            .copied()
            .filter(|it| it.is_finite())
            .fold(0.0, |most: f64, it| most.max(it.abs()));
        let slope = numbers.gradient.get(class).copied().unwrap_or(0.0);
        if most > 0.0 && slope.is_finite() { slope / most } else { 0.0 }
    };
    el("i.push")
        .class("none", move || slope() == 0.0)
        .class("back", move || slope() > 0.0)
        .style("left", move || percent(drawing.across(score.get())))
        .style("width", move || length(slope().abs() * PUSH, 2, "px"))
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, row: Row, numbers: &Margins) -> String {
    let name = |class: usize| column_name(experiment, class);
    let truth = numbers.truth.iter().enumerate().filter(|it| *it.1).map(|it| name(it.0)).collect::<Vec<_>>();
    let missing =
        |it: &Pair| format!(" {} lacks {} to {}.", name(it.other), number::brief(it.short), name(it.truth));
    format!(
        "{}: true is {}.{} Its loss is {}.",
        row_name(experiment, row.index),
        if truth.is_empty() { "nothing".to_owned() } else { truth.join(", ") },
        numbers.owed().map(missing).collect::<String>(),
        number::fixed(numbers.loss, 4)
    )
}
