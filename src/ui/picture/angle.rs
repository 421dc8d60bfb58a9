//! Pairs as two arrows: the angle between them, and the directions that cost nothing.

use super::parts::{fixed, row, rows, words};
use super::plane::{Label, PUSH, arrow, line, path};
use super::point::point;
use crate::experiment::number;
use crate::experiment::picture::angle::{Pair, pair as pair_of};
use crate::experiment::picture::plane::Point;
use crate::plot::Window;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, length, svg};
use crate::ui::reactive::*;

/// Where the arc is drawn, as a part of the picture's half height.
const ARC: f64 = 0.3;

/// How far out the name of the free directions stands, as a part of the picture's half height.
const AWAY: f64 = 0.72;

/// The arrows of the chosen pair.
pub fn angle(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let pair = Memo::new(move |_| pair_of(&bench.experiment.read()).unwrap_or_default());
    let window = Memo::new(move |last: Option<&Window>| {
        pair_of(&bench.resting.read()).unwrap_or_default().window(last.copied())
    });
    let field = el("div.plane");
    let handles =
        (point(bench, 0, "pred circle", window, &field), point(bench, 1, "pred ring", window, &field));
    let degrees = Label {
        window,
        at: Signal::derive(move || pair.read().middle(window.get().y().1 * ARC)),
        side: Signal::derive(move || pair.read().middle(1.0)),
        pixels: 6.0,
    };
    let shown = move || pair.read().degrees().map_or_else(String::new, |it| number::fixed(it, 1) + "°");
    let names = [0, 1].map(|who: usize| {
        let id = bench.spec().inputs.get(who).map_or("", |it| it.id);
        let at = Signal::derive(move || pair.read().tips[who]);
        let side = Signal::derive(move || outwards(pair.read().tips[who]));
        Label { window, at, side, pixels: 14.0 }.view().add_class("pred").with(id)
    });
    // Straight away from the first arrow is free, if anything is.
    let away = move || outwards(pair.read().tips[0]).map(|it| -it);
    let free = Label {
        window,
        at: Signal::derive(move || away().map(|it| it * window.get().y().1 * AWAY)),
        side: Signal::stored([0.0; 2]),
        pixels: 0.0,
    };
    let free = free.view().add_class("target").class("none", move || pair.read().free(1.0).is_empty());
    let field = field.with((
        drawing(pair, window),
        degrees.view().say(shown),
        handles,
        (Vec::from(names), free.with("loss 0 in here")),
    ));
    let caption = "Turn the second arrow: only the angle counts. Pull it longer: the loss stays, and the push, minus \
                   the gradient, gets weaker.";
    frame.with((
        el("div.picture-head").with(rows(bench, row)),
        field,
        el("p.sum").live(move || sum(pair.get())),
        words(caption, move || summary(&pair.read())),
    ))
}

fn outwards([x, y]: Point) -> Point {
    let length = x.hypot(y);
    if length > 0.0 { [x / length, y / length] } else { [0.0, -1.0] }
}

/// Free directions, arrows, the arc and the pushes, in the plane's own units.
fn drawing(pair: Memo<Pair>, window: Memo<Window>) -> El {
    let two = |x: f64, y: f64| length(x, 6, " ") + &length(y, 6, "");
    let view_box = move || {
        let (x, y) = (window.get().x(), window.get().y());
        two(x.0, -y.1) + " " + &two(x.1 - x.0, y.1 - y.0)
    };
    let height = move || window.get().y().1;
    let shape = |class: &str, d: Box<dyn Fn() -> String>| svg("path").add_class(class).bind("d", d);
    let arc = move || {
        let arc = pair.read().arc(height() * ARC);
        if arc.is_empty() { String::new() } else { line(&arc) }
    };
    let arm = move |who: usize| move || arrow([0.0; 2], pair.read().tips[who], height() * 0.4);
    let pushes = move || {
        let (pair, scale) = (pair.read(), height() * 2.0 * PUSH);
        let push = |who: usize| arrow(pair.tips[who], pair.pushes[who].map(|it| it * scale), scale);
        push(0) + &push(1)
    };
    svg("svg").bind("viewBox", view_box).set("aria-hidden", "true").set("preserveAspectRatio", "none").with((
        shape("free", Box::new(move || path(&pair.read().free(height() * 4.0)))),
        shape("arc", Box::new(arc)),
        shape("arm", Box::new(arm(0))),
        shape("arm second", Box::new(arm(1))),
        shape("arrows", Box::new(pushes)),
    ))
}

/// "1 − cos 0.8000 = 0.2000", or "cos 0.6000 − margin 0 = 0.6000" with the clamp where it acts.
fn sum(now: Pair) -> (El, El, El) {
    let cosine = || fixed(now.cosine, "", "cosine");
    let result = el("span").with(("= ", fixed(now.loss, "loss", "row-loss")));
    let margin = || el("b").with(number::brief(now.margin));
    match now.label {
        1.0 => (el("span").with("1"), el("span").with(("− cos ", cosine())), result),
        -1.0 if now.cosine <= now.margin => (
            el("span").with(("max(0, cos ", cosine())),
            el("span").with(("− margin ", margin(), ")")),
            result,
        ),
        -1.0 => (el("span").with(("cos ", cosine())), el("span").with(("− margin ", margin())), result),
        _ => (
            el("span").with(("cos ", cosine())),
            el("span").with(("counts for nothing: the target is ", number::brief(now.label))),
            result,
        ),
    }
}

/// What the picture shows, in words.
fn summary(pair: &Pair) -> String {
    let point = |[x, y]: Point| format!("({}, {})", number::brief(x), number::brief(y));
    let [a, b] = pair.tips.map(point);
    let angle = pair.degrees().map_or_else(
        || "no angle, as an arrow has no length".to_owned(),
        |it| number::fixed(it, 1) + " degrees",
    );
    format!(
        "One arrow to {a}, one to {b}; between them {angle}, cosine {}. The target is {}, so the loss is {}.",
        number::fixed(pair.cosine, 4),
        number::brief(pair.label),
        number::fixed(pair.loss, 4)
    )
}
