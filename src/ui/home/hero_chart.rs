//! The hero's chart: the guess on its curve, the price on the axis, the push, and the next steps downhill.

use leptos::prelude::*;

use super::learn::Learning;
use crate::experiment::bar::Bar;
use crate::experiment::house::{self, GUESS, PRICE};
use crate::experiment::scene::{Scenes, Windows};
use crate::experiment::{At, Experiment, number};
use crate::plot::{Mark, Window};
use crate::ui::bench::Bench;
use crate::ui::chart::{Frame, Width};
use crate::ui::hand::{Axis, Grip};
use crate::ui::once::Once;
use crate::ui::widgets::{Gesture, Knob};

/// The length of the arrow that stands for a gradient of 1, in CSS pixels.
const ARROW: f64 = 22.0;

/// A push that is not nothing is at least this long.
const LEAST: f64 = 6.0;

/// Steps ahead that are shown.
const GHOSTS: usize = 4;

#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    learning: Learning,
    window: Memo<Window>,
    scenes: Memo<Scenes>,
    /// Whether the reader has ever dragged the guess.
    dragged: Once,
}

/// The chart. Both numbers of the sentence can be dragged on it.
#[component]
pub fn HeroChart(bench: Bench, learning: Learning) -> impl IntoView {
    let window = Memo::new(move |last| house::window(&bench.resting.read(), last));
    let scenes = Memo::new(move |_| {
        let house = Experiment { at: GUESS, ..bench.experiment.get() };
        let window = window.get();
        let mut scenes = Scenes::of(&house, &Windows { loss: window, gradient: window }, None);
        scenes.loss.marks.retain(|it| matches!(it, Mark::Best { .. } | Mark::Drop { .. }));
        scenes
    });
    let drawing = Drawing { bench, learning, window, scenes, dragged: Once::new("losslens-dragged") };
    let scene = Signal::derive(move || scenes.read().loss.clone());
    view! {
        <p class="axis-name loss">"loss"</p>
        <Frame scene class="hero-chart" across_label=price_label>
            <Ghosts drawing/>
            <Push drawing/>
            <PriceKnob drawing/>
            <GuessKnob drawing/>
        </Frame>
        <p class="hidden" data-role="summary">{move || summary(&bench.experiment.read())}</p>
    }
}

fn price_label(tick: f64, _: f64) -> String {
    house::money(tick)
}

impl Drawing {
    /// A place on the chart as fractions from the left and the top, and whether it lies within.
    fn place(self, (x, y): (f64, f64)) -> (f64, f64, bool) {
        let window = self.window.get();
        let (across, down) = (window.across(x), window.down(y));
        (across, down, (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down))
    }

    fn hand(self, at: At, width: Width, gesture: Gesture) {
        self.learning.stop();
        if matches!(gesture, Gesture::Move(_) | Gesture::Step(_)) {
            self.dragged.set();
        }
        let (guess, price) = house::numbers(&self.bench.now());
        let axis = Axis::across(self.window.get_untracked().x(), width.get());
        let sticky = [if at == GUESS { price } else { guess }];
        Grip { bench: self.bench, at, bar: Bar::Plain, axis }.act(gesture, &sticky);
    }
}

/// The guess on its curve; above the top it is pinned there with its loss.
#[component]
fn GuessKnob(drawing: Drawing) -> impl IntoView {
    let width = use_context::<Width>().unwrap_or_default();
    let point = move || drawing.scenes.read().point;
    let x = Signal::derive(move || clamped(drawing.place(point()).0));
    let y = Signal::derive(move || clamped(drawing.place(point()).1));
    let off = move || !drawing.place(point()).2;
    // The guess's number stands where the curve is not: outside of the bowl, and above it at its foot.
    let (low, right) = (move || y.get() > 0.86, move || house::is_over(&drawing.bench.experiment.read()));
    view! {
        <Knob
            class="pred circle handle"
            label="My guess"
            value=Signal::derive(move || point().0)
            range=Signal::derive(move || drawing.window.get().x())
            text=Signal::derive(move || format!("{}, loss {}", house::money(point().0), number::brief(point().1)))
            x
            y
            on=Callback::new(move |gesture| drawing.hand(GUESS, width, gesture))
        />
        <span class="bubble" class:off=off class:low=low class:right=right style:left=move || percent(x.get()) style:top=move || percent(y.get())>
            {move || {
                let guess = house::money(point().0);
                if off() { format!("{guess} → {}", number::brief(point().1)) } else { guess }
            }}
        </span>
        <span class="drag-me" hidden=move || drawing.dragged.get() aria-hidden="true"
            style:left=move || percent(x.get()) style:top=move || percent(y.get())>
            "drag me"
        </span>
    }
}

/// What it sold for, on a rail below the axis, so that it and the guess never cover each other.
#[component]
fn PriceKnob(drawing: Drawing) -> impl IntoView {
    let width = use_context::<Width>().unwrap_or_default();
    let price = move || house::numbers(&drawing.bench.experiment.read()).1;
    view! {
        <Knob
            class="target diamond price"
            label="What it sold for"
            value=Signal::derive(price)
            range=Signal::derive(move || drawing.window.get().x())
            text=Signal::derive(move || house::money(price()))
            x=Signal::derive(move || clamped(drawing.window.get().across(price())))
            y=Signal::derive(|| 1.0)
            on=Callback::new(move |gesture| drawing.hand(PRICE, width, gesture))
        />
    }
}

/// Where the guess would be after each of the next steps.
#[component]
fn Ghosts(drawing: Drawing) -> impl IntoView {
    move || {
        let house = Experiment { at: GUESS, ..drawing.bench.experiment.get() };
        let steps = house::steps(&house, drawing.learning.rate.get(), GHOSTS);
        let curve = house.curve(&steps, None).unwrap_or_default();
        let places = curve.xs.into_iter().zip(curve.losses).map(|it| drawing.place(it)).filter(|it| it.2);
        places
            .map(|(x, y, _)| view! { <i class="step-ghost" style:left=percent(x) style:top=percent(y)></i> })
            .collect_view()
    }
}

/// The push: an arrow along minus the gradient.
#[component]
fn Push(drawing: Drawing) -> impl IntoView {
    let gradient = move || house::gradient(&drawing.bench.evaluation.read()).unwrap_or(0.0);
    let point = move || drawing.place(drawing.scenes.read().point);
    let length = move || match gradient().abs() * ARROW {
        it if it > 0.0 => it.max(LEAST),
        _ => 0.0,
    };
    let back = move || gradient() > 0.0;
    let none = move || length() == 0.0;
    view! {
        <span class="push-arrow" class:back=back class:none=none
            style:left=move || percent(clamped(point().0)) style:top=move || percent(clamped(point().1))>
            <i style:width=move || format!("{:.1}px", length())></i>
            <b>"push"</b>
        </span>
    }
}

fn clamped(fraction: f64) -> f64 {
    if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) }
}

fn percent(fraction: f64) -> String {
    format!("{:.3}%", fraction * 100.0)
}

/// What the chart shows now, in words.
fn summary(house: &Experiment) -> String {
    let (guess, price) = house::numbers(house);
    let loss = house.evaluate().ok().and_then(|it| it.output.get(0)).unwrap_or(f64::NAN);
    format!(
        "{} as the guess moves. The guess is {}, the price {}, the loss {}.",
        house.loss.spec.title,
        house::money(guess),
        house::money(price),
        number::brief(loss),
    )
}
