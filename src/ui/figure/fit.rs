//! The outlier bench: a scatter to drag, the lines that the losses draw through it, and each point's pull.

use super::parts::{Turn, figure, open, summary};
use super::plane::{Plane, label, segment};
use crate::experiment::number;
use crate::figure::dial::Dial;
use crate::figure::fit::{LOSSES, Line, POINTS, Point, fit, pulls, state};
use crate::loss::torch::Loss;
use crate::ui::dom::{El, button, el};
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

static X: Dial = Dial { label: "size", class: "target", from: 0.0, to: 8.0, step: 0.1, first: 4.0 };
static Y: Dial = Dial { label: "price", class: "target", from: 0.0, to: 14.0, step: 0.1, first: 4.0 };
static BEND: Dial = Dial { label: "δ = β", class: "plain", from: 0.1, to: 6.0, step: 0.1, first: 1.0 };

const PLANE: Plane = Plane { x: &X, y: &Y };

/// The length of the longest pull, in units of the price.
const LONGEST: f64 = 2.6;

/// Where the name of each line ends, whether it stands below, and what it is.
const NAMES: [(f64, bool, &str); 4] =
    [(7.9, false, "MSE"), (7.9, true, "L1"), (6.4, true, "Huber = Smooth L1"), (6.4, true, "")];

/// Seven houses, four lines.
pub fn outliers(frame: El) -> El {
    let points = RwSignal::new(POINTS.to_vec());
    let chosen = RwSignal::new(LOSSES[0].to_owned());
    let bend = Turn::own(&BEND);
    let line = move |loss: &'static str| Memo::new(move |_| fit(loss, &points.read(), bend.value.get()));
    let lines = LOSSES.map(line);
    let place = move || LOSSES.iter().position(|it| *it == chosen.get()).unwrap_or(0);
    let shown =
        Memo::new(move |_| state(LOSSES[place()], lines[place()].get(), &points.read(), bend.value.get()));
    let now = Memo::new(move |_| (lines[place()].get(), pulls(&shown.read())));
    let field = el("div.field");
    let drawn = |place: usize| {
        let ends = move || [X.from, X.to].map(|x| [x, lines[place].get().at(x)]);
        segment("fit-line", ends).class("chosen", move || chosen.get() == LOSSES[place])
    };
    let drawing = PLANE.drawing().with(LOSSES.iter().enumerate().map(|(k, _)| drawn(k)).collect::<Vec<_>>());
    let drawing = drawing.with((0..POINTS.len()).map(|it| pull(points, now, it)).collect::<Vec<_>>());
    let handles: Vec<El> = (0..POINTS.len()).map(|it| handle(points, &field, it)).collect();
    // Each line is named where there is room: two of them lie near each other, and two are the same.
    let names = |place: usize| {
        let (x, below, name) = NAMES[place];
        label(PLANE.window(), move || [x, lines[place].get().at(x)])
            .add_class("fit-name")
            .add_class(if below { "below" } else { "" })
            .class("chosen", move || chosen.get() == LOSSES[place])
            .with(name)
    };
    let options =
        LOSSES.iter().filter_map(|it| Some(((*it).to_owned(), Loss::find(it)?.spec.short.to_owned())));
    let choice = Segmented {
        name: "fit-loss",
        label: "Line of",
        options: options.collect(),
        chosen: chosen.into(),
        on_choose: Callback::new(move |it| chosen.set(it)),
    };
    let again = button("quiet", move || points.set(POINTS.to_vec()));
    let loss = move || now.read().1.0;
    let pulled = move || now.read().1.1.last().copied().unwrap_or(f64::NAN);
    frame.add_class("outliers").with((
        el("div.figure-head").with((
            choice.view(),
            again.bind("hidden", move || *points.read() == POINTS).with("Start again"),
        )),
        field.with((drawing, LOSSES.iter().enumerate().map(|(k, _)| names(k)).collect::<Vec<_>>(), handles)),
        bend.view(),
        el("p.figure-result").with((
            "loss of its line ",
            figure("big loss", "fit-loss", loss),
            el("span.gradient-line").with(("the last point’s pull ", figure("grad", "fit-pull", pulled))),
            el("span.gradient-line").with(("slope ", figure("", "fit-slope", move || now.read().0.slope))),
            open(move || shown.get()),
        )),
        summary(move || {
            let slope =
                |place: usize| format!("{} {}", LOSSES[place], number::fixed(lines[place].get().slope, 2));
            format!("Slopes of the lines: {}.", (0..LOSSES.len()).map(slope).collect::<Vec<_>>().join(", "))
        }),
    ))
}

/// What holds a point and the line together: the pull on the line, towards the point.
fn pull(points: RwSignal<Vec<Point>>, now: Memo<(Line, (f64, Vec<f64>))>, place: usize) -> El {
    let ends = move || {
        let (line, (_, pulls)) = &*now.read();
        let most = pulls.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
        let x = points.read().get(place).map_or(0.0, |it| it[0]);
        let pull = pulls.get(place).copied().unwrap_or(0.0);
        let reach = if most > 0.0 { pull / most * LONGEST } else { 0.0 };
        [[x, line.at(x)], [x, line.at(x) + reach]]
    };
    segment("pull", ends)
}

fn handle(points: RwSignal<Vec<Point>>, field: &El, place: usize) -> El {
    let read = |axis: usize| Signal::derive(move || points.read().get(place).map_or(0.0, |it| it[axis]));
    let set = move |to: Point| {
        points.update(|it| {
            if let Some(point) = it.get_mut(place) {
                *point = to;
            }
        })
    };
    PLANE.point(
        field,
        "target diamond",
        &format!("house {}", place + 1),
        [read(0), read(1)],
        Callback::new(set),
    )
}
