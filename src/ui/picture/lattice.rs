//! CTC's lattice: every way to spell the target over the frames, and how much of the probability goes each way.

use leptos::prelude::*;

use super::parts::{Column, Figure, percent, value};
use crate::experiment::bar::Bar;
use crate::experiment::edit::{self, Axis};
use crate::experiment::picture::lattice::{Edge, Lattice as Ways};
use crate::experiment::{At, Experiment, number};
use crate::loss::reduce;
use crate::ui::bench::Bench;
use crate::ui::words::column_name;

/// The height of a bar of the chosen frame, in CSS pixels.
const HEIGHT: f64 = 64.0;

/// The lattice of the one sequence, and under it the chosen frame.
#[component]
pub fn Lattice(bench: Bench) -> impl IntoView {
    let ways = Memo::new(move |_| Ways::of(&bench.experiment.read()));
    let size = Memo::new(move |_| (ways.read().frames, ways.read().states.clone()));
    let frames = move || {
        (0..size.get().0).map(|frame| view! { <span class="frame-number">{frame}</span> }).collect_view()
    };
    let rows = move || {
        let (frames, states) = size.get();
        let row = |(state, class): (usize, &usize)| {
            let class = *class;
            let cells = (0..frames).map(|frame| view! { <Cell bench ways frame state/> });
            view! {
                <b class="state">{move || column_name(&bench.experiment.read(), class)}</b>
                {cells.collect_view()}
            }
        };
        states.iter().enumerate().map(row).collect_view()
    };
    view! {
        <Stepper bench/>
        <div class="scroll">
            <div class="lattice" style:--frames=move || size.get().0.to_string() style:--states=move || size.get().1.len().to_string()>
                <Edges ways/>
                <span class="state"></span>
                {frames}
                {rows}
            </div>
        </div>
        <Total bench ways/>
        <Frame bench ways/>
        <p class="hidden" data-role="picture-summary">{move || summary(&ways.read())}</p>
        <figcaption>
            "Press a cell to choose it, then drag its bar. A dot's size is the share of all ways that pass through; the "
            "gradient is the probability minus that share."
        </figcaption>
    }
}

/// Fewer or more frames, where the editor knows how.
#[component]
fn Stepper(bench: Bench) -> impl IntoView {
    let axis =
        Memo::new(move |_| Axis::of(&bench.experiment.read()).into_iter().find(|it| *it == Axis::Frame));
    let refusal = RwSignal::new(None::<String>);
    let apply =
        move |result: Result<Experiment, String>| refusal.set(result.and_then(|it| bench.offer(it)).err());
    move || {
        axis.get().map(|axis| {
            view! {
                <p class="picture-head">
                    <span class="stepper">
                        <button type="button" aria-label="Remove a frame"
                            on:click=move |_| apply(edit::shrink(&bench.now(), axis))>"−"</button>
                        <span><i>"T"</i>" = "{move || bench.experiment.read().inputs.first().map_or(0, |it| it.shape().first().copied().unwrap_or(0))}" frames"</span>
                        <button type="button" aria-label="Add a frame"
                            on:click=move |_| apply(edit::grow(&bench.now(), axis))>"+"</button>
                    </span>
                    <span class="complaint" role="status">{move || refusal.get()}</span>
                </p>
            }
        })
    }
}

/// The steps from frame to frame, under the cells. Frames and states are one unit apart.
#[component]
fn Edges(ways: Memo<Ways>) -> impl IntoView {
    let view_box = move || format!("0 0 {} {}", ways.read().frames.max(1), ways.read().states.len().max(1));
    let lines = move || {
        let line = |edge: &Edge| {
            let [x, from, to] = [edge.frame, edge.from, edge.to].map(|it| it as f64 + 0.5);
            view! {
                <line x1=x y1=from x2=x + 1.0 y2=to style:stroke-width=format!("{:.2}", 1.0 + 5.0 * edge.share)
                    style:stroke-opacity=format!("{:.3}", 0.16 + 0.7 * edge.share)/>
            }
        };
        ways.read().edges.iter().map(line).collect_view()
    };
    view! { <svg class="edges" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">{lines}</svg> }
}

#[component]
fn Cell(bench: Bench, ways: Memo<Ways>, frame: usize, state: usize) -> impl IntoView {
    let share =
        Memo::new(move |_| ways.read().shares.get(frame).and_then(|it| it.get(state).copied().flatten()));
    let at = Memo::new(move |_| ways.read().element(frame, state));
    let label = move || {
        let class = ways.read().states.get(state).copied().unwrap_or(0);
        let name = column_name(&bench.experiment.read(), class);
        match share.get() {
            Some(share) => format!("frame {frame}, {name}: {} of the ways", number::fixed(share, 4)),
            None => format!("frame {frame}, {name}: no way passes here"),
        }
    };
    // An area that grows with the share, and never vanishes where a way is open.
    let size = move || share.get().map(|it| format!("{:.1}px", 6.0 + 22.0 * it.sqrt()));
    view! {
        <button type="button" class="cell" class:closed=move || share.get().is_none()
            class:letter=move || state % 2 == 1
            aria-pressed=move || (bench.experiment.read().at == at.get()).to_string()
            aria-label=label title=label data-value=move || share.get().map(number::show)
            on:click=move |_| bench.choose(at.get_untracked())>
            <i class="node" style:width=size style:height=size></i>
        </button>
    }
}

/// All ways together: how many, how likely, and what that costs.
#[component]
fn Total(bench: Bench, ways: Memo<Ways>) -> impl IntoView {
    let nll =
        Signal::derive(move || bench.evaluation.read().units.values.first().copied().unwrap_or(f64::NAN));
    let together = Signal::derive(move || ways.read().log_total.exp());
    let loss = Signal::derive(move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN));
    let divisor = move || {
        let share = reduce::share(&bench.evaluation.read().units, 0);
        (share != 1.0).then(|| number::brief(1.0 / share))
    };
    let paths = move || ways.read().paths;
    move || {
        if paths() == 0 {
            let end =
                if nll.get().is_infinite() { "the loss is infinite" } else { "zero_infinity counts it as 0" };
            return view! { <p class="sum"><b class="loss" data-role="paths" data-value="0">"no path is left: "{end}</b></p> }
                .into_any();
        }
        view! {
            <p class="sum">
                <b data-role="paths" data-value=move || paths().to_string()>{paths}</b>
                <span>{if paths() == 1 { "path" } else { "paths, together" }}" "<Figure value=together role="together"/></span>
                <span>"→ −ln = "<Figure value=nll class="loss" role="nll"/></span>
                {move || divisor().map(|it| view! {
                    <span>"÷ "{it}" letters → "<Figure value=loss class="loss" role="reduced"/></span>
                })}
            </p>
        }
        .into_any()
    }
}

/// The chosen frame: its probabilities to drag, and the gradient of the chosen class.
#[component]
fn Frame(bench: Bench, ways: Memo<Ways>) -> impl IntoView {
    let frame = Memo::new(move |_| {
        let at = bench.experiment.read().at;
        let classes = ways.read().classes.max(1);
        (at.input == 0 && at.place / classes < ways.read().frames).then_some((at.place / classes, classes))
    });
    move || {
        frame.get().map(|(frame, classes)| {
            let bars =
                (0..classes).map(|class| bar(bench, At { input: 0, place: frame * classes + class }, class));
            view! {
                <div class="chosen-frame">
                    <b class="frame-name">{format!("frame {frame}")}</b>
                    <div class="frame-bars">{bars.collect_view()}</div>
                    <p class="sum">{move || slope(bench, &ways.read())}</p>
                </div>
            }
        })
    }
}

fn bar(bench: Bench, at: At, class: usize) -> impl IntoView {
    let name = move || column_name(&bench.experiment.read(), class);
    let p = Signal::derive(move || value(bench, at).exp());
    view! {
        <div class="frame-bar" class:chosen=move || bench.experiment.read().at == at>
            <span class="column">
                <Column bench at bar=Signal::derive(|| Bar::LogProbability) class="pred"
                    label=Signal::derive(move || format!("probability of {}", name()))
                    span=Signal::derive(|| (0.0, 1.0)) height=HEIGHT sticky=Callback::new(|()| Vec::new())/>
                <span class="at" style:bottom=move || percent(p.get().clamp(0.0, 1.0))>
                    <b class="pred" data-value=move || number::show(p.get())>{move || number::fixed(p.get(), 3)}</b>
                </span>
            </span>
            <b>{name}</b>
        </div>
    }
}

/// "p 0.6000 − share 0.9152 = −0.3152": PyTorch's gradient before the reduction, and after it.
fn slope(bench: Bench, ways: &Ways) -> impl IntoView + use<> {
    let experiment = bench.experiment.read();
    let at = experiment.at;
    let class = at.place % ways.classes.max(1);
    let shares = ways.shares.get(at.place / ways.classes.max(1));
    let here = shares.into_iter().flatten().zip(&ways.states).filter(|it| *it.1 == class);
    let share: f64 = here.filter_map(|it| *it.0).sum();
    let evaluation = bench.evaluation.read();
    let reduced = experiment.gradient(&evaluation).unwrap_or(f64::NAN);
    let scale = reduce::share(&evaluation.units, 0);
    let part = |value: f64, class: &'static str, role: &'static str| {
        view! { <Figure value=Signal::derive(move || value) class role/> }
    };
    view! {
        <span><i>"p"</i>" "{part(experiment.x().unwrap_or(f64::NAN).exp(), "pred", "p")}</span>
        <span>"− share of the ways "{part(share, "target", "share")}</span>
        <span>"= gradient "{part(reduced / scale, "grad", "slope")}</span>
        {(scale != 1.0).then(|| view! {
            <span>"÷ "{number::brief(1.0 / scale)}" → "{part(reduced, "grad", "reduced-slope")}</span>
        })}
    }
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
