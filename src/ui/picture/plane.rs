//! Triplets in the plane: rings around the anchor, and the region where nothing is left to pay.

use super::parts::{figure, fixed, row, rows, words};
use super::point::point;
use crate::experiment::number;
use crate::experiment::picture::plane::{Plane as Triple, Point, plane as triple_of, ring, together};
use crate::plot::Window;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el, length, percent, svg};
use crate::ui::reactive::*;

/// The length of a push by a gradient of 1, as a part of the picture's height.
pub const PUSH: f64 = 0.14;

/// The plane of the chosen triple.
pub fn plane(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let triple = Memo::new(move |_| triple_of(&bench.experiment.read()).unwrap_or_default());
    let window = Memo::new(move |last: Option<&Window>| {
        triple_of(&bench.resting.read()).unwrap_or_default().window(last.copied())
    });
    let together = button("quiet", move || drop(bench.offer(together(&bench.now()))));
    let field = el("div.plane");
    let handles = (
        point(bench, 0, "pred circle", window, &field),
        point(bench, 1, "target diamond", window, &field),
        point(bench, 2, "aside ring", window, &field),
    );
    let field = field.with((
        drawing(triple, window),
        distances(triple, window),
        handles,
        names(bench, triple, window),
    ));
    let caption = "Drag the negative out of the outer ring: in the shaded region its loss is 0 and all arrows are gone. \
                   An arrow is the push, minus the gradient.";
    frame.with((
        el("div.picture-head").with((rows(bench, row), together.with("all three together"))),
        field,
        el("p.sum").live(move || sum(triple.get())),
        words(caption, move || summary(&triple.read())),
    ))
}

/// Shaded region, rings, distances and pushes, in the plane's own units.
fn drawing(triple: Memo<Triple>, window: Memo<Window>) -> El {
    let view_box = move || {
        let (x, y) = (window.get().x(), window.get().y());
        pair(x.0, -y.1) + " " + &pair(x.1 - x.0, y.1 - y.0)
    };
    let around = move |who: usize, radius: fn(&Triple) -> f64| {
        move || {
            let (triple, window) = (triple.read(), window.get());
            let reach = 2.0
                * [window.x().0, window.x().1, window.y().0, window.y().1].map(f64::abs).iter().sum::<f64>();
            path(&ring(triple.measure, triple.points[who], radius(&triple), reach))
        }
    };
    let far = around(0, Triple::clear);
    let ground = move || {
        let (x, y) = (window.get().x(), window.get().y());
        // Where there is no ring, nobody sees what is free.
        if far().is_empty() { String::new() } else { path(&[[x.0, y.0], [x.1, y.0], [x.1, y.1], [x.0, y.1]]) }
    };
    let far_too = move || if triple.read().swap { around(1, Triple::clear)() } else { String::new() };
    let arrows = move || {
        let triple = triple.read();
        let scale = (window.get().y().1 - window.get().y().0) * PUSH;
        (0..3)
            .map(|who| arrow(triple.points[who], triple.pushes[who].map(|it| it * scale), scale))
            .collect::<String>()
    };
    let between = move |from: usize, to: usize| {
        move || {
            let points = triple.read().points;
            line(&[points[from], points[to]])
        }
    };
    let shape = |class: &str, d: Box<dyn Fn() -> String>| svg("path").add_class(class).bind("d", d);
    svg("svg").bind("viewBox", view_box).set("aria-hidden", "true").set("preserveAspectRatio", "none").with((
        shape("free", Box::new(ground)),
        shape("paying", Box::new(far)),
        shape("paying", Box::new(far_too)),
        shape("outer", Box::new(far)),
        shape("outer", Box::new(far_too)),
        shape("inner", Box::new(around(0, |it| it.near))),
        (
            shape("distance target", Box::new(between(0, 1))),
            shape("distance", Box::new(between(0, 2))).class("idle", move || triple.read().is_swapped()),
            shape("distance", Box::new(between(1, 2)))
                .class("idle", move || !triple.read().is_swapped())
                .class("none", move || !triple.read().swap),
            shape("gauge", Box::new(move || triple.read().gauge().map_or_else(String::new, |it| line(&it)))),
            shape("arrows", Box::new(arrows)),
        ),
    ))
}

/// A closed path.
pub fn path(points: &[Point]) -> String {
    if points.is_empty() { String::new() } else { line(points) + "Z" }
}

/// An open path; SVG counts downwards.
pub fn line(points: &[Point]) -> String {
    let corners: Vec<String> = points.iter().map(|[x, y]| pair(*x, -y)).collect();
    format!("M{}", corners.join("L"))
}

/// A shaft with a head, if there is anything to show.
pub fn arrow([x, y]: Point, [dx, dy]: Point, scale: f64) -> String {
    let length = dx.hypot(dy);
    if length.is_nan() || length <= 0.0 {
        return String::new();
    }
    let head = scale * 0.16;
    let (ux, uy) = (dx / length * head, dy / length * head);
    let (tip_x, tip_y) = (x + dx, y + dy);
    let barb = |side: f64| pair(tip_x - ux - side * uy * 0.6, -(tip_y - uy + side * ux * 0.6));
    let tip = pair(tip_x, -tip_y);
    format!("M{}L{tip}M{}L{tip}L{}", pair(x, -y), barb(1.0), barb(-1.0))
}

/// Coordinates of a path.
fn pair(x: f64, y: f64) -> String {
    length(x, 6, " ") + &length(y, 6, "")
}

/// Something written beside a place of the plane, that many pixels away from it.
pub struct Label {
    pub window: Memo<Window>,
    pub at: Signal<Point>,
    pub side: Signal<Point>,
    pub pixels: f64,
}

impl Label {
    /// The box that hangs there.
    pub fn view(self) -> El {
        let Self { window, at, side, pixels } = self;
        let beside =
            move |place: f64, pixels: f64| format!("calc({} + {})", percent(place), length(pixels, 2, "px"));
        let hang = move || {
            // The box hangs by the side that looks at the place.
            let [x, y] = side.get();
            let share = |it: f64| length(50.0 * it - 50.0, 1, "%");
            format!("translate({}, {})", share(x), share(-y))
        };
        el("span.plane-label")
            .style("left", move || beside(window.get().across(at.get()[0]), side.get()[0] * pixels))
            .style("top", move || beside(window.get().down(at.get()[1]), -side.get()[1] * pixels))
            .style("transform", hang)
    }
}

/// The distances, each on its line; of both that lead to the negative, the one that counts.
fn distances(triple: Memo<Triple>, window: Memo<Window>) -> (El, El, El, El) {
    let label =
        move |from: usize, to: usize, ink: &str, of: fn(&Triple) -> f64, idle: fn(&Triple) -> bool| {
            // Nearer to the end, as the push of the anchor takes up the start.
            let middle = move || {
                let points = triple.read().points;
                [0, 1].map(|it| 0.4 * points[from][it] + 0.6 * points[to][it])
            };
            // Where both ends are in one place, there is no line to write on.
            let none = move || {
                let triple = triple.read();
                let (x, y) = (
                    triple.points[to][0] - triple.points[from][0],
                    triple.points[to][1] - triple.points[from][1],
                );
                let (low, high) = window.get().y();
                idle(&triple) || x.hypot(y) < (high - low) * 0.06
            };
            let side = Signal::derive(move || triple.read().beside(from, to));
            let label = Label { window, at: Signal::derive(middle), side, pixels: 9.0 };
            let value = Signal::derive(move || of(&triple.read()));
            label.view().add_class(ink).class("none", none).with(figure(value, ink, ""))
        };
    let gauge = move || {
        let [inner, outer] = triple.read().gauge().unwrap_or_default();
        [0, 1].map(|it| (inner[it] + outer[it]) / 2.0)
    };
    let across_gauge = move || {
        let [x, y] = triple.read().aside(0);
        [-y, x]
    };
    let margin = Label { window, at: Signal::derive(gauge), side: Signal::derive(across_gauge), pixels: 6.0 };
    (
        label(0, 1, "target", |it| it.near, |_| false),
        label(1, 2, "", |it| it.across, |it| !it.is_swapped()),
        label(0, 2, "", |it| it.far, Triple::is_swapped),
        margin
            .view()
            .add_class("target")
            .class("none", move || triple.read().gauge().is_none())
            .with("margin"),
    )
}

/// What the points are called, beside them.
fn names(bench: Bench, triple: Memo<Triple>, window: Memo<Window>) -> (Vec<El>, El) {
    let name = |(who, class): (usize, &str)| {
        let id = bench.spec().inputs.get(who).map_or("", |it| it.id);
        let at = Signal::derive(move || triple.read().points[who]);
        let side = Signal::derive(move || triple.read().aside(who));
        Label { window, at, side, pixels: 13.0 }.view().add_class(class).with(id)
    };
    let names = [(0, "pred"), (1, "target"), (2, "aside")].map(name);
    // Where there are no rings, the corner may be on either side.
    let corner = el("span.corner.target").bind("hidden", move || triple.read().gauge().is_none());
    (names.into(), corner.with("loss 0 out here"))
}

/// "1.0000 + margin 1 − 1.3000 = 0.7000", with the clamp where it acts.
fn sum(now: Triple) -> (El, El, El, El) {
    let clamped = now.clear() - now.counted() <= 0.0;
    let (open, close) = if clamped { ("max(0, ", ")") } else { ("", "") };
    let (name, role) = match now.is_swapped() {
        true => ("positive to negative ", "across"),
        false => ("anchor to negative ", "far"),
    };
    (
        el("span").with((open, "anchor to positive ", fixed(now.near, "target", "near"))),
        el("span").with(("+ margin ", el("b").with(number::brief(now.margin)))),
        el("span").with(("− ", name, fixed(now.counted(), "", role), close)),
        el("span").with(("= ", fixed(now.loss, "loss", "row-loss"))),
    )
}

/// What the picture shows, in words.
fn summary(triple: &Triple) -> String {
    let point = |[x, y]: Point| format!("({}, {})", number::brief(x), number::brief(y));
    let [a, p, n] = triple.points.map(point);
    let from = if triple.is_swapped() { "positive" } else { "anchor" };
    format!(
        "Anchor at {a}, positive at {p}, negative at {n}. From anchor to positive {}; from {from} to negative {}. With \
         a margin of {} the loss is {}.",
        number::fixed(triple.near, 4),
        number::fixed(triple.counted(), 4),
        number::brief(triple.margin),
        number::fixed(triple.loss, 4)
    )
}
