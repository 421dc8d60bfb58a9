//! The house's chart: the guess on its curve, the price on the axis, the push, and the next steps downhill.

use crate::experiment::bar::Bar;
use crate::experiment::samples::Samples;
use crate::experiment::scene::{Moving, Still};
use crate::experiment::windows::Windows;
use crate::experiment::{At, Experiment, number};
use crate::figure::descent;
use crate::figure::house::{self, GUESS, PRICE};
use crate::plot::{Mark, Window};
use crate::ui::bench::Bench;
use crate::ui::chart::{Frame, Width};
use crate::ui::dom::{El, el, length, percent};
use crate::ui::figure::learn::Learning;
use crate::ui::hand::{Axis, Grip};
use crate::ui::once::Once;
use crate::ui::reactive::*;
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
    moving: Memo<Moving>,
    /// Whether the reader has ever dragged the guess.
    dragged: Once,
}

/// The chart. Both numbers of the sentence can be dragged on it.
pub fn house_chart(bench: Bench, learning: Learning) -> (El, El, El) {
    let window = Memo::new(move |last| house::window(&bench.resting.read(), last));
    let house = Memo::new(move |_| Experiment { at: GUESS, ..bench.experiment.get() });
    let held = Memo::new(move |_| house.read().held());
    let samples = Memo::new(move |_| Samples::take(&held.read(), &window.get()));
    let moving = Memo::new(move |_| Moving::of(&samples.read(), &house.read(), None));
    let scene = Signal::derive(move || {
        let windows = Windows { loss: window.get(), gradient: window.get() };
        let mut scene = Still::of(&samples.read(), &windows).loss;
        scene.marks.retain(|it| matches!(it, Mark::Best { .. }));
        scene
    });
    let drop = |it: &&Mark| matches!(it, Mark::Drop { .. });
    let dropped = Signal::derive(move || moving.read().loss.iter().filter(drop).copied().collect());
    let drawing = Drawing { bench, learning, window, moving, dragged: Once::new("losslens-dragged") };
    let live = |over: El, width| {
        over.live(move || drawing.ghosts()).with((drawing.push(), drawing.price(width), drawing.guess(width)))
    };
    (
        el("p.axis-name.loss").with("loss"),
        Frame { scene, moving: dropped, class: "hero-chart", across_label: price_label }.view(live),
        el("p.hidden").set("data-role", "summary").say(move || summary(&bench.experiment.read())),
    )
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

impl Drawing {
    /// Keeps something where the guess is on its curve, or would be if the chart were taller.
    fn at_guess(self, it: El) -> El {
        it.style("left", move || percent(clamped(self.place(self.point()).0)))
            .style("top", move || percent(clamped(self.place(self.point()).1)))
    }

    fn point(self) -> (f64, f64) {
        self.moving.read().point
    }

    /// The guess on its curve; above the top it is pinned there with its loss.
    fn guess(self, width: Width) -> (El, El, El) {
        let off = move || !self.place(self.point()).2;
        let text =
            move || format!("{}, loss {}", house::money(self.point().0), number::brief(self.point().1));
        let knob = Knob {
            class: "pred circle handle",
            label: Signal::stored("My guess".to_owned()),
            value: Signal::derive(move || self.point().0),
            range: Signal::derive(move || self.window.get().x()),
            text: Signal::derive(text),
            x: Signal::derive(move || clamped(self.place(self.point()).0)),
            y: Signal::derive(move || clamped(self.place(self.point()).1)),
            vertical: false,
            on: Callback::new(move |gesture| self.hand(GUESS, width, gesture)),
        };
        // The guess's number stands where the curve is not: outside of the bowl, and above it at its foot.
        let bubble = el("span.bubble")
            .class("off", off)
            .class("low", move || clamped(self.place(self.point()).1) > 0.86)
            .class("right", move || house::is_over(&self.bench.experiment.read()))
            .say(move || {
                let guess = house::money(self.point().0);
                if off() { format!("{guess} → {}", number::brief(self.point().1)) } else { guess }
            });
        let hint = el("span.drag-me").bind("hidden", move || self.dragged.get()).set("aria-hidden", "true");
        (knob.view(), self.at_guess(bubble), self.at_guess(hint.with("drag me")))
    }

    /// What it sold for, on a rail below the axis, so that it and the guess never cover each other.
    fn price(self, width: Width) -> El {
        let price = move || house::numbers(&self.bench.experiment.read()).1;
        Knob {
            class: "target diamond price",
            label: Signal::stored("What it sold for".to_owned()),
            value: Signal::derive(price),
            range: Signal::derive(move || self.window.get().x()),
            text: Signal::derive(move || house::money(price())),
            x: Signal::derive(move || clamped(self.window.get().across(price()))),
            y: Signal::stored(1.0),
            vertical: false,
            on: Callback::new(move |gesture| self.hand(PRICE, width, gesture)),
        }
        .view()
    }

    /// Where the guess would be after each of the next steps.
    fn ghosts(self) -> Vec<El> {
        let house = Experiment { at: GUESS, ..self.bench.experiment.get() };
        let steps = descent::places(&house, GUESS, self.learning.rate.get(), GHOSTS);
        let curve = house.curve(&steps, None).unwrap_or_default();
        let places = curve.xs.into_iter().zip(curve.losses).map(|it| self.place(it)).filter(|it| it.2);
        places
            .map(|(x, y, _)| el("i.step-ghost").place("left", &percent(x)).place("top", &percent(y)))
            .collect()
    }

    /// The push: an arrow along minus the gradient.
    fn push(self) -> El {
        let gradient = move || house::gradient(&self.bench.evaluation.read()).unwrap_or(0.0);
        let pixels = move || match gradient().abs() * ARROW {
            it if it > 0.0 => it.max(LEAST),
            _ => 0.0,
        };
        let arrow = el("span.push-arrow")
            .class("back", move || gradient() > 0.0)
            .class("none", move || pixels() == 0.0);
        let shaft = el("i").style("width", move || length(pixels(), 1, "px"));
        self.at_guess(arrow).with((shaft, el("b").with("push")))
    }
}

fn clamped(fraction: f64) -> f64 {
    if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) }
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
