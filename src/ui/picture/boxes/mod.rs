//! Two boxes of a photo, held by their corners and middles: what they share, what lies around both, and the pushes.

mod hold;

use web_sys::Event;

use super::parts::{figure, row, rows, words};
use crate::experiment::number;
use crate::experiment::picture::boxes::{Hold, Pair, Sides, pair as pair_of};
use crate::experiment::picture::plane::Point;
use crate::plot::Window;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, length, percent, svg, ticked};
use crate::ui::reactive::*;
use hold::hold;

/// The length of a push by a gradient of one photo's height, as a part of the picture's height.
const PUSH: f64 = 0.2;

/// The longest push that is drawn, likewise.
const LONGEST: f64 = 0.3;

/// The boxes of the chosen pair.
pub fn boxes(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let pair = Memo::new(move |_| pair_of(&bench.experiment.read()).unwrap_or_default());
    let window = Memo::new(move |last: Option<&Window>| {
        pair_of(&bench.resting.read()).unwrap_or_default().window(last.copied())
    });
    let plain = RwSignal::new(false);
    let field = el("div.plane.photo");
    // The prediction's handles come last: where two are equally near, they are meant.
    let handles = |input: usize, class: &'static str, middle: &'static str| {
        let class = move |it: Hold| if it == Hold::Middle { middle } else { class };
        Hold::ALL.map(|it| hold(bench, input, it, class(it), window, &field)).to_vec()
    };
    let (truth, predicted) = (
        handles(1, "target diamond corner-knob", "target diamond"),
        handles(0, "pred circle corner-knob", "pred circle"),
    );
    let names = names(bench, pair, window);
    let field = field.with((drawing(pair, window, plain), names, truth, predicted));
    let input = el("input")
        .set("type", "checkbox")
        .checked(move || plain.get())
        .on("change", move |event: Event| plain.set(ticked(&event)));
    let switch = el("label.switch").with((input, "arrows of 1 − IoU alone"));
    let caption = "Drag a corner, or a box by its middle. An arrow is the push on a corner, minus the gradient. Then \
                   look at the arrows of 1 − IoU alone: where the boxes do not overlap there are none.";
    frame.with((
        el("div.picture-head").with((rows(bench, row), switch)),
        field,
        sum(pair),
        pushes(pair),
        words(caption, move || summary(&pair.read())),
    ))
}

/// Areas, then outlines, then what is measured, in pixels of the photo.
fn drawing(pair: Memo<Pair>, window: Memo<Window>, plain: RwSignal<bool>) -> El {
    let view_box = move || {
        let (x, y) = (window.get().x(), window.get().y());
        at([x.0, y.0]) + " " + &at([x.1 - x.0, y.1 - y.0])
    };
    let arrows = move || {
        let height = window.get().y().1 - window.get().y().0;
        let arrow = |(from, push): (Point, Point)| arrow(from, push, height);
        pair.read().pushes(plain.get()).map(arrow).concat()
    };
    let shape = |class: &str, d: Box<dyn Fn() -> String>| svg("path").add_class(class).bind("d", d);
    let of = |class: &str, sides: fn(&Pair) -> Option<Sides>| {
        shape(class, Box::new(move || sides(&pair.read()).map(outline).unwrap_or_default()))
    };
    let diagonal = |class: &str, sides: fn(&Pair) -> Option<Sides>| {
        let line = move || sides(&pair.read()).map(|[a, b, c, d]| line([a, b], [c, d])).unwrap_or_default();
        shape(class, Box::new(line))
    };
    let between = move || {
        let pair = pair.read();
        let middle = |[a, b, c, d]: Sides| [(a + c) / 2.0, (b + d) / 2.0];
        pair.parts.apart.map(|_| line(middle(pair.predicted), middle(pair.truth))).unwrap_or_default()
    };
    svg("svg").bind("viewBox", view_box).set("aria-hidden", "true").set("preserveAspectRatio", "none").with((
        of("empty-part", |it| it.parts.empty.map(|_| it.around())),
        of("truth-box", |it| Some(it.truth)),
        of("predicted-box", |it| Some(it.predicted)),
        of("shared-part", Pair::shared),
        of("around", |it| Some(it.around())),
        of("outline target", |it| Some(it.truth)),
        of("outline pred", |it| Some(it.predicted)),
        (
            diagonal("diagonal", |it| it.parts.apart.map(|_| it.around())),
            diagonal("diagonal target", |it| it.parts.shape.map(|_| it.truth)),
            diagonal("diagonal pred", |it| it.parts.shape.map(|_| it.predicted)),
            shape("between", Box::new(between)),
            shape("arrows", Box::new(arrows)),
        ),
    ))
}

fn outline([a, b, c, d]: Sides) -> String {
    format!("M{}L{}L{}L{}Z", at([a, b]), at([c, b]), at([c, d]), at([a, d]))
}

fn line(from: Point, to: Point) -> String {
    format!("M{}L{}", at(from), at(to))
}

/// A shaft with a head, if there is anything to show.
fn arrow([x, y]: Point, push: Point, height: f64) -> String {
    let [dx, dy] = push.map(|it| it * height * height * PUSH);
    let size = dx.hypot(dy);
    if size.is_nan() || size <= 0.0 {
        return String::new();
    }
    // As short as a step of the hand, and no longer than the picture has room for.
    let drawn = size.min(height * LONGEST).max(height * 0.05);
    let (ux, uy) = (dx / size, dy / size);
    let (tip_x, tip_y, head) = (x + ux * drawn, y + uy * drawn, height * 0.022);
    let barb = |side: f64| at([tip_x - head * (ux + side * uy * 0.6), tip_y - head * (uy - side * ux * 0.6)]);
    let tip = at([tip_x, tip_y]);
    format!("M{}L{tip}M{}L{tip}L{}", at([x, y]), barb(1.0), barb(-1.0))
}

/// Coordinates of a path.
fn at([x, y]: Point) -> String {
    length(x, 6, " ") + &length(y, 6, "")
}

/// What the boxes are called: the prediction above it, the target below it.
fn names(bench: Bench, pair: Memo<Pair>, window: Memo<Window>) -> (El, El) {
    let name = |input: usize, class: &str, corner: fn(&Pair) -> Point| {
        let id = bench.spec().inputs.get(input).map_or("", |it| it.id);
        el("span.plane-label")
            .add_class(class)
            .style("left", move || percent(window.get().across(corner(&pair.read())[0])))
            .style("top", move || percent(1.0 - window.get().down(corner(&pair.read())[1])))
            .with(id)
    };
    (
        name(0, "pred over-box", |it| {
            let [a, b, c, d] = it.predicted;
            [(a + c) / 2.0, b.min(d)]
        }),
        name(1, "target under-box", |it| {
            let [a, b, c, d] = it.truth;
            [(a + c) / 2.0, b.max(d)]
        }),
    )
}

/// "1 − IoU 0.0000 + empty part 0.5918 = loss 1.5918".
fn sum(pair: Memo<Pair>) -> El {
    let now = pair.get_untracked().parts;
    let number = |class: &'static str, role: &'static str, of: fn(&Pair) -> f64| {
        figure(Signal::derive(move || of(&pair.read())), class, role)
    };
    let part = |is: bool, words: &'static str, role: &'static str, of: fn(&Pair) -> f64| {
        is.then(|| el("span").with((words, number("loss", role, of))))
    };
    el("p.sum").with((
        el("span").with(("1 − IoU ", number("", "iou", |it| it.parts.iou))),
        part(now.empty.is_some(), "+ empty part ", "empty", |it| it.parts.empty.unwrap_or(f64::NAN)),
        part(now.apart.is_some(), "+ centres apart ", "apart", |it| it.parts.apart.unwrap_or(f64::NAN)),
        part(now.shape.is_some(), "+ shape ", "shape", |it| it.parts.shape.unwrap_or(f64::NAN)),
        el("span").with(("= ", number("loss", "row-loss", |it| it.loss))),
    ))
}

/// How hard the box is pushed, by this loss and by 1 − IoU alone.
fn pushes(pair: Memo<Pair>) -> El {
    let number = |role: &'static str, plain: bool| {
        figure(Signal::derive(move || pair.read().push(plain)), "grad", role)
    };
    let why = move || (pair.read().push(true) == 0.0).then_some("where nothing is shared it is flat");
    el("p.sum").with((
        el("span").with(("length of the gradient ", number("push", false))),
        el("span").with(("of 1 − IoU alone ", number("plain-push", true))),
        el("span").say(why),
    ))
}

/// What the picture shows, in words.
fn summary(pair: &Pair) -> String {
    let sides = |it: Sides| it.map(number::brief).join(", ");
    format!(
        "Predicted box {}; true box {}. They share {} of what they cover. The loss is {}, its gradient has the length {}; \
         that of 1 − IoU alone {}.",
        sides(pair.predicted),
        sides(pair.truth),
        number::fixed(pair.parts.iou, 4),
        number::fixed(pair.loss, 4),
        number::fixed(pair.push(false), 4),
        number::fixed(pair.push(true), 4),
    )
}
