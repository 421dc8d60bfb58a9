//! The charts: the loss along the chosen element, and under it the gradient.

mod controls;
mod frame;

use leptos::prelude::*;

use super::bench::Bench;
use super::hand::{Axis, Grip};
use super::widgets::{Gesture, Knob};
use super::words::element_name;
use crate::experiment::bar::Bar;
use crate::experiment::overlay_name;
use crate::experiment::scene::{Scenes, Windows};
use crate::experiment::{Experiment, View, number};
use crate::loss::marks::Best;
use crate::plot::Scene;
pub use controls::Views;
pub use frame::{Frame, Width};

/// Everything that the two charts of a bench are drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    windows: Memo<Windows>,
    scenes: Memo<Scenes>,
}

impl Drawing {
    fn of(bench: Bench) -> Self {
        let windows = Memo::new(move |last: Option<&(Experiment, Windows)>| {
            let resting = bench.resting.get();
            let windows = Windows::of(&resting, last.map(|it| (&it.0, it.1)));
            (resting, windows)
        });
        let windows = Memo::new(move |_| windows.read().1);
        let scenes = Memo::new(move |_| {
            Scenes::of(&bench.experiment.read(), &windows.get(), bench.before.read().as_ref())
        });
        Self { windows, scenes }
    }

    fn loss(self) -> Signal<Scene> {
        Signal::derive(move || self.scenes.read().loss.clone())
    }

    fn gradient(self) -> Signal<Scene> {
        Signal::derive(move || self.scenes.read().gradient.clone())
    }
}

/// Both charts with what chooses between them.
#[component]
pub fn Charts(bench: Bench) -> impl IntoView {
    let drawing = Drawing::of(bench);
    let summary = Memo::new(move |_| summary(&bench.experiment.read(), &drawing.scenes.read()));
    view! {
        <section class="charts" aria-label="Charts">
            <div class="chart-head">
                <p class="axis-name loss">{move || height_name(&bench.experiment.read())}</p>
                <controls::Overlays bench/>
            </div>
            <Frame scene=drawing.loss() class="loss-chart">
                <BestPoint bench drawing/>
                <Handle bench drawing/>
                <Labels bench drawing/>
            </Frame>
            <p class="axis-name grad">"gradient: the slope of the curve"</p>
            <Frame scene=drawing.gradient() class="gradient-chart">
                <SlopeDot drawing/>
            </Frame>
            <p class="hidden" data-role="summary">{summary}</p>
        </section>
    }
}

/// What the height of the curve is.
fn height_name(experiment: &Experiment) -> String {
    let element = element_name(experiment, experiment.at);
    match experiment.shown_view() {
        View::Batch => format!("loss of the whole batch, as {element} moves"),
        View::Curve | View::Picture => format!("loss ℓ of this element alone, as {element} moves"),
    }
}

fn percent(fraction: f64) -> String {
    format!("{:.3}%", fraction * 100.0)
}

/// The dot on the curve. It follows x only; a point above the top is pinned there with its number.
#[component]
fn Handle(bench: Bench, drawing: Drawing) -> impl IntoView {
    let width = use_context::<frame::Width>().unwrap_or_default();
    let window = move || drawing.windows.get().loss;
    let point = move || drawing.scenes.read().point;
    let x = Signal::derive(move || window().across(point().0).clamp(0.0, 1.0));
    let down = move || window().down(point().1);
    let y = Signal::derive(move || if down().is_nan() { 0.0 } else { down().clamp(0.0, 1.0) });
    let hand = move |gesture: Gesture| {
        let now = bench.now();
        let axis = Axis::across(drawing.windows.get_untracked().loss.x(), width.get());
        Grip { bench, at: now.at, bar: Bar::Plain, axis }.act(gesture, &now.sticky());
    };
    let off = move || down() < 0.0 || down() > 1.0 || down().is_nan();
    view! {
        <Knob
            class="pred circle handle"
            label=Signal::derive(move || element_name(&bench.experiment.read(), bench.experiment.read().at))
            value=Signal::derive(move || point().0)
            range=Signal::derive(move || window().x())
            text=Signal::derive(move || format!("{}, loss {}", number::show(point().0), number::fixed(point().1, 4)))
            x=x
            y=y
            on=Callback::new(hand)
        />
        <span class="bubble" class:off=off style:left=move || percent(x.get()) style:top=move || percent(y.get())>
            {move || {
                let x = number::show(point().0);
                if off() { format!("{x} → {}", number::fixed(point().1, 4)) } else { x }
            }}
        </span>
    }
}

/// The slope's value on the gradient chart.
#[component]
fn SlopeDot(drawing: Drawing) -> impl IntoView {
    let place = move || {
        let window = drawing.windows.get().gradient;
        let scenes = drawing.scenes.read();
        let slope = scenes.slope?;
        let (x, y) = (window.across(scenes.point.0), window.down(slope));
        ((0.0..=1.0).contains(&x)).then_some((x, y.clamp(0.0, 1.0), slope))
    };
    move || {
        place().map(|(x, y, slope)| {
            // Near the right edge the number stands on the other side.
            let left = x > 0.7;
            view! {
                <i class="slope-dot" style:left=percent(x) style:top=percent(y)></i>
                <span class="slope-label" class:left=left style:left=percent(x) style:top=percent(y)>
                    {number::fixed(slope, 4)}
                </span>
            }
        })
    }
}

/// The best value: a green diamond on the axis, with its number.
#[component]
fn BestPoint(bench: Bench, drawing: Drawing) -> impl IntoView {
    let best = Memo::new(move |_| match bench.experiment.read().marks().best {
        Best::Point(x) => Some(x),
        _ => None,
    });
    move || {
        let x = best.get()?;
        let across = drawing.windows.get().loss.across(x);
        (0.0..=1.0).contains(&across).then(|| {
            view! {
                <span class="best target" style:left=percent(across)>
                    <i class="mark" aria-hidden="true"></i>
                    <b>{format!("best {}", number::brief(x))}</b>
                </span>
            }
        })
    }
}

/// Names on the loss chart: the overlay's curve.
#[component]
fn Labels(bench: Bench, drawing: Drawing) -> impl IntoView {
    move || {
        let window = drawing.windows.get().loss;
        let (x, y) = drawing.scenes.read().overlay?;
        let name = bench.experiment.read().with.as_ref().map(overlay_name)?;
        Some(view! {
            <span class="curve-name" style:left=percent(window.across(x)) style:top=percent(window.down(y))>{name}</span>
        })
    }
}

/// What the charts show now, in words.
fn summary(experiment: &Experiment, scenes: &Scenes) -> String {
    let (x, y) = scenes.point;
    let slope = scenes.slope.map_or_else(String::new, |it| format!(", slope {}", number::fixed(it, 4)));
    let (from, to) = scenes.loss.window.x();
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
