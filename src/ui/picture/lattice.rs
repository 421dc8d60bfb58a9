//! CTC's lattice: every way to spell the target over the frames, and how much of the probability goes each way.

use super::parts::{Column, figure, fixed, free, words};
use crate::decimal::plain;
use crate::experiment::bar::Bar;
use crate::experiment::edit::{self, Axis};
use crate::experiment::picture::lattice::{Edge, Lattice as Ways};
use crate::experiment::{At, Experiment, number};
use crate::loss::reduce;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el, length, percent, svg};
use crate::ui::reactive::*;
use crate::ui::words::column_name;

/// The height of a bar of the chosen frame, in CSS pixels.
const HEIGHT: f64 = 64.0;

/// The lattice of the one sequence, and under it the chosen frame.
pub fn lattice(bench: Bench, frame: El) -> El {
    let ways = Memo::new(move |_| Ways::of(&bench.experiment.read()));
    let size = move || (ways.read().frames, ways.read().states.clone());
    let frames = |frames: &usize| {
        (0..*frames).map(|it| el("span.frame-number").with(it.to_string())).collect::<Vec<_>>()
    };
    let rows = move |(frames, states): &(usize, Vec<usize>)| {
        let row = |(state, class): (usize, &usize)| {
            let class = *class;
            let name = el("b.state").say(move || column_name(&bench.resting.read(), class));
            (name, (0..*frames).map(|frame| cell(bench, ways, frame, state)).collect::<Vec<_>>())
        };
        states.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let grid = el("div.lattice")
        .style("--frames", move || size().0.to_string())
        .style("--states", move || size().1.len().to_string())
        .with((edges(ways), el("span.state")))
        .live_by(move || size().0, frames)
        .live_by(size, rows);
    let caption = "Press a cell to choose it, then drag its bar. A dot's size is the share of all ways that pass \
                   through; the gradient is the probability minus that share.";
    frame.with((
        stepper(bench),
        el("div.scroll").with(grid),
        total(bench, ways),
        chosen_frame(bench, ways),
        words(caption, move || summary(&ways.read())),
    ))
}

/// Fewer or more frames, where the editor knows how.
fn stepper(bench: Bench) -> El {
    let axis = move || Axis::of(&bench.resting.read()).into_iter().find(|it| *it == Axis::Frame);
    let refusal = RwSignal::new(None::<String>);
    let frames = move || {
        let experiment = bench.experiment.read();
        let shape = experiment.inputs.first().map_or(&[][..], |it| it.shape());
        format!(" = {} frames", shape.first().copied().unwrap_or(0))
    };
    let one = move |label: &str,
                    sign: &'static str,
                    change: fn(&Experiment, Axis) -> Result<Experiment, String>| {
        let press = move || {
            if let Some(axis) = untrack(axis) {
                refusal.set(change(&bench.now(), axis).and_then(|it| bench.offer(it)).err());
            }
        };
        button("", press).set("aria-label", label).with(sign)
    };
    el("p.picture-head").bind("hidden", move || axis().is_none()).with((
        el("span.stepper").with((
            one("Remove a frame", "−", edit::shrink),
            el("span").with(el("i").with("T")).say(frames),
            one("Add a frame", "+", edit::grow),
        )),
        el("span.complaint").set("role", "status").say(move || refusal.get()),
    ))
}

/// The steps from frame to frame, under the cells. Frames and states are one unit apart.
fn edges(ways: Memo<Ways>) -> El {
    let view_box = move || format!("0 0 {} {}", ways.read().frames.max(1), ways.read().states.len().max(1));
    let line = move |place: usize| {
        let edge = move || ways.read().edges.get(place).copied();
        let end =
            move |of: fn(&Edge) -> usize, more: f64| move || edge().map(|it| plain(of(&it) as f64 + more));
        svg("line")
            .bind("x1", end(|it| it.frame, 0.5))
            .bind("y1", end(|it| it.from, 0.5))
            .bind("x2", end(|it| it.frame, 1.5))
            .bind("y2", end(|it| it.to, 0.5))
            .style("stroke-width", move || edge().map(|it| length(1.0 + 5.0 * it.share, 2, "")))
            .style("stroke-opacity", move || edge().map(|it| length(0.16 + 0.7 * it.share, 3, "")))
    };
    svg("svg.edges")
        .bind("viewBox", view_box)
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .each(move || ways.read().edges.len(), line)
}

fn cell(bench: Bench, ways: Memo<Ways>, frame: usize, state: usize) -> El {
    let share = move || ways.read().shares.get(frame).and_then(|it| it.get(state).copied().flatten());
    let at = move || ways.read().element(frame, state);
    let label = move || {
        let class = ways.read().states.get(state).copied().unwrap_or(0);
        let name = column_name(&bench.resting.read(), class);
        match share() {
            Some(share) => format!("frame {frame}, {name}: {} of the ways", number::fixed(share, 4)),
            None => format!("frame {frame}, {name}: no way passes here"),
        }
    };
    // An area that grows with the share, and never vanishes where a way is open.
    let size = move || share().map(|it| length(6.0 + 22.0 * it.sqrt(), 1, "px"));
    button("cell", move || bench.choose(untrack(at)))
        .class("closed", move || share().is_none())
        .class("letter", move || state % 2 == 1)
        .bind("aria-pressed", move || (bench.resting.read().at == at()).to_string())
        .bind("aria-label", label)
        .bind("title", label)
        .bind("data-value", move || share().map(number::show))
        .with(el("i.node").style("width", size).style("height", size))
}

/// All ways together: how many, how likely, and what that costs.
fn total(bench: Bench, ways: Memo<Ways>) -> El {
    let nll =
        Signal::derive(move || bench.evaluation.read().units.values.first().copied().unwrap_or(f64::NAN));
    let together = Signal::derive(move || ways.read().log_total.exp());
    let loss = Signal::derive(move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN));
    let key = move || {
        let share = reduce::share(&bench.evaluation.read().units, 0);
        (ways.read().paths, share, nll.get().is_infinite())
    };
    el("p.sum").live_by(key, move |(paths, share, infinite)| {
        let count = el("b").set("data-role", "paths").set("data-value", &paths.to_string());
        if *paths == 0 {
            let end = if *infinite { "the loss is infinite" } else { "zero_infinity counts it as 0" };
            return vec![count.add_class("loss").with(("no path is left: ", end))];
        }
        let word = if *paths == 1 { "path " } else { "paths, together " };
        let mut parts = vec![
            count.with(paths.to_string()),
            el("span").with((word, figure(together, "", "together"))),
            el("span").with(("→ −ln = ", figure(nll, "loss", "nll"))),
        ];
        if *share != 1.0 {
            let divided = format!("÷ {} letters → ", number::brief(1.0 / share));
            parts.push(el("span").with((divided, figure(loss, "loss", "reduced"))));
        }
        parts
    })
}

/// The chosen frame: its probabilities to drag, and the gradient of the chosen class.
fn chosen_frame(bench: Bench, ways: Memo<Ways>) -> El {
    let frame = move || {
        let at = bench.resting.read().at;
        let classes = ways.read().classes.max(1);
        (at.input == 0 && at.place / classes < ways.read().frames).then_some((at.place / classes, classes))
    };
    el("div").live_by(frame, move |frame| {
        let (frame, classes) = (*frame)?;
        let bars =
            (0..classes).map(|class| bar(bench, At { input: 0, place: frame * classes + class }, class));
        Some(el("div.chosen-frame").with((
            el("b.frame-name").with(format!("frame {frame}")),
            el("div.frame-bars").with(bars.collect::<Vec<_>>()),
            el("p.sum").live(move || slope(bench, &ways.read())),
        )))
    })
}

fn bar(bench: Bench, at: At, class: usize) -> El {
    let name = move || column_name(&bench.resting.read(), class);
    let p = move || bench.number(at).exp();
    let column = Column {
        bench,
        at,
        bar: Signal::stored(Bar::LogProbability),
        class: "pred",
        label: Signal::derive(move || format!("probability of {}", name())),
        span: Signal::stored((0.0, 1.0)),
        height: HEIGHT,
        sticky: free,
    };
    let number =
        el("b.pred").bind("data-value", move || number::show(p())).say(move || number::fixed(p(), 4));
    let column = el("span.column").with((
        column.view(),
        el("span.at").style("bottom", move || percent(p().clamp(0.0, 1.0))).with(number),
    ));
    el("div.frame-bar")
        .class("chosen", move || bench.resting.read().at == at)
        .with((column, el("b").say(name)))
}

/// "p 0.6000 − share 0.9152 = −0.3152": PyTorch's gradient before the reduction, and after it.
fn slope(bench: Bench, ways: &Ways) -> Vec<El> {
    let experiment = bench.experiment.read();
    let at = experiment.at;
    let class = at.place % ways.classes.max(1);
    let shares = ways.shares.get(at.place / ways.classes.max(1));
    let here = shares.into_iter().flatten().zip(&ways.states).filter(|it| *it.1 == class);
    let share: f64 = here.filter_map(|it| *it.0).sum();
    let evaluation = bench.evaluation.read();
    let reduced = experiment.gradient(&evaluation).unwrap_or(f64::NAN);
    let scale = reduce::share(&evaluation.units, 0);
    let p = fixed(experiment.x().unwrap_or(f64::NAN).exp(), "pred", "p");
    let mut parts = vec![
        el("span").with((el("i").with("p"), " ", p)),
        el("span").with(("− share of the ways ", fixed(share, "target", "share"))),
        el("span").with(("= gradient ", fixed(reduced / scale, "grad", "slope"))),
    ];
    if scale != 1.0 {
        let divided = format!("÷ {} → ", number::brief(1.0 / scale));
        parts.push(el("span").with((divided, fixed(reduced, "grad", "reduced-slope"))));
    }
    parts
}

/// What the picture shows, in words.
fn summary(ways: &Ways) -> String {
    format!(
        "{} frames, {} paths that spell the target, with a probability of {} together.",
        ways.frames,
        ways.paths,
        number::fixed(ways.log_total.exp(), 4)
    )
}
