//! Wrong beside right: two cards that the same dials turn, and the loss of both along the first dial.

use super::parts::{Turn, figure, open, summary};
use crate::experiment::number;
use crate::figure::compare::{Answer, Bar, CASES, Case, Side, Verdict};
use crate::plot::{Curve, Mark, Scene, Stroke, Window, scene::sample};
use crate::ui::chart::{Frame, Width};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::words::call;

/// How many xs a curve is sampled at.
const SAMPLES: usize = 121;

/// The comparison that the place asks for; nothing where there is no such.
pub fn compare(frame: El, name: &str) -> El {
    let Some(case) = CASES.iter().find(|it| it.name == name) else { return frame };
    let turns: Vec<Turn> = case.dials.iter().map(Turn::own).collect();
    let dials = {
        let turns = turns.clone();
        Memo::new(move |_| turns.iter().map(|it| it.value.get()).collect::<Vec<f64>>())
    };
    // The curves stand while the first dial turns.
    let others = Memo::new(move |_| dials.read().get(1..).map(<[f64]>::to_vec).unwrap_or_default());
    let sides = Memo::new(move |_| Shown::of(case, &dials.read()));
    let card = |place: usize| card(case, Signal::derive(move || sides.read().0[place].clone()), place);
    let knobs: Vec<El> = turns.iter().map(|it| it.view()).collect();
    frame.add_class("compare").with((
        el("div.dials").with(knobs),
        el("div.sides").with((card(0), card(1))),
        chart(case, dials, others, sides),
        summary(move || said(&sides.read())),
    ))
}

/// Both sides with their answers.
#[derive(Clone, Debug, PartialEq)]
struct Shown([(Side, Answer); 2]);

impl Shown {
    fn of(case: &Case, dials: &[f64]) -> Self {
        Self((case.sides)(dials).map(|it| {
            let answer = it.answer();
            (it, answer)
        }))
    }
}

fn card(case: &'static Case, side: Signal<(Side, Answer)>, place: usize) -> El {
    let verdict = move || match side.get().0.verdict {
        Verdict::Right => "✓ right",
        Verdict::Wrong => "✗ wrong",
        Verdict::Open => "",
    };
    let is_wrong = move || side.get().0.verdict == Verdict::Wrong;
    let bars = (!case.bars.is_empty()).then(|| bars(case.bars, side));
    let number = |role: &str, class: &str, of: fn(&Answer) -> f64| {
        figure(class, &format!("{role}-{place}"), move || of(&side.get().1))
    };
    let gradient = el("span.gradient-line")
        .with(("gradient ", number("gradient", "grad", |it| it.gradient.unwrap_or(f64::NAN))));
    let floor = move || side.get().0.floor.map(|it| format!("never below {}", number::fixed(it, 4)));
    el("section.side").class("wrong", is_wrong).with((
        el("header").with((el("b").say(move || side.get().0.title), el("span.verdict-chip").say(verdict))),
        el("code.call").say(move || call(&side.get().0.call(), false)),
        bars,
        el("p.side-loss").with(("loss ", number("loss", "big loss", |it| it.loss))),
        el("p.side-more").with((gradient, el("span.floor").say(floor), open(move || side.get().0.call()))),
    ))
}

fn bars(title: &str, side: Signal<(Side, Answer)>) -> El {
    let count = move || side.get().0.bars.len();
    let bar = move |place: usize| side.get().0.bars.get(place).cloned();
    let one = move |place: usize| {
        let of = move |read: fn(&Bar) -> f64| move || bar(place).map_or(f64::NAN, |it| read(&it));
        el("span.share-bar").class("truth", move || bar(place).is_some_and(|it| it.is_true)).with((
            el("span.well").with(el("i.fill").style("height", move || percent(of(|it| it.share)()))),
            el("small").say(move || number::fixed(of(|it| it.share)(), 2)),
            el("small.name").say(move || bar(place).map(|it| it.label)),
        ))
    };
    el("div.share-bars")
        .set("role", "img")
        .set("aria-label", title)
        .with((el("small.bars-title").with(title), el("div.wells").each(count, one)))
}

/// The loss of both along the first dial: the first side's line is whole, the second's is dashed.
fn chart(
    case: &'static Case,
    dials: Memo<Vec<f64>>,
    others: Memo<Vec<f64>>,
    sides: Memo<Shown>,
) -> Option<El> {
    let first = case.dials.first()?;
    let scene = Memo::new(move |_| {
        let across = Window::new((first.from, first.to), (0.0, 1.0));
        let whole = ((first.to - first.from) / first.step) as usize + 1;
        let xs = sample(&across, SAMPLES.min(whole), []);
        let lines = xs.iter().map(|x| {
            let mut dials = vec![*x];
            dials.extend(others.read().iter());
            (case.sides)(&dials).map(|it| it.answer().loss)
        });
        let lines: Vec<[f64; 2]> = lines.collect();
        let curve = |place: usize, stroke: Stroke| Curve {
            points: xs.iter().zip(&lines).map(|(x, y)| (*x, y[place])).collect(),
            stroke,
        };
        let window = Window::fitted(across.x(), lines.iter().flatten().copied(), f64::NAN);
        Scene { window, marks: Vec::new(), curves: vec![curve(1, Stroke::Overlay), curve(0, Stroke::Loss)] }
    });
    let floors = Signal::derive(move || {
        let floor = |it: &(Side, Answer)| it.0.floor.map(|y| Mark::Level { y });
        sides.read().0.iter().filter_map(floor).collect()
    });
    let dot = move |place: usize, class: &str| {
        let at = move || {
            let window = scene.read().window;
            let x = dials.read().first().copied().unwrap_or(f64::NAN);
            (window.across(x), window.down(sides.read().0[place].1.loss))
        };
        el("i.compare-dot")
            .add_class(class)
            .bind("hidden", move || at().1.is_nan())
            .style("left", move || percent(at().0))
            .style("top", move || percent(at().1.clamp(0.0, 1.0)))
    };
    let frame = Frame::new("compare-chart", Signal::derive(move || scene.get()), floors);
    let over = |over: El, _: Width| over.with((dot(1, "second"), dot(0, "")));
    let key = |class: &str, place: usize| {
        el("span.key").add_class(class).with(el("i")).say(move || sides.read().0[place].0.title)
    };
    Some(el("div.chart-place").with((
        el("p.axis-name.loss").with(("loss, as ", el("b").with(first.label), " moves")),
        frame.view(over),
        el("p.keys").with((key("", 0), key("second", 1))),
    )))
}

fn said(shown: &Shown) -> String {
    let one = |(side, answer): &(Side, Answer)| match &answer.error {
        Some(error) => format!("{}: {error}", side.title),
        None => format!("{}: loss {}", side.title, number::fixed(answer.loss, 4)),
    };
    shown.0.iter().map(one).collect::<Vec<_>>().join(". ")
}
