//! Learning: the guess steps against the gradient, with the arithmetic of each step.

use std::time::Duration;

use crate::experiment::house::{self, Step, Stop};
use crate::experiment::number;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el};
use crate::ui::hand::Axis;
use crate::ui::motion;
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, PIXELS_PER_STEP, Scrub};

/// The time between two steps: long enough to read the first ones.
const PACE: Duration = Duration::from_millis(350);

/// A run that has not arrived by then never will.
const MOST: usize = 200;

/// The rates to scrub through. Above 1, MSE runs away.
const RATES: (f64, f64) = (0.05, 1.2);

/// One step of scrubbing the rate.
const RATE_STEP: f64 = 0.05;

/// Handles to the run, cheap to copy.
#[derive(Clone, Copy)]
pub struct Learning {
    bench: Bench,
    /// The share of the gradient that a step takes.
    pub rate: RwSignal<f64>,
    timer: StoredValue<Option<IntervalHandle>>,
    running: RwSignal<bool>,
    taken: StoredValue<usize>,
    said: RwSignal<String>,
}

impl Learning {
    /// Nothing is learned yet.
    pub fn new(bench: Bench) -> Self {
        let learning = Self {
            bench,
            rate: RwSignal::new(house::RATE),
            timer: StoredValue::new(None),
            running: RwSignal::new(false),
            taken: StoredValue::new(0),
            said: RwSignal::new(String::new()),
        };
        on_cleanup(move || learning.halt());
        learning
    }

    /// The reader takes over.
    pub fn stop(self) {
        self.pause();
        if !self.said.read_untracked().is_empty() {
            self.said.set(String::new());
        }
    }

    fn pause(self) {
        if self.running.get_untracked() {
            self.halt();
            self.running.set(false);
            self.bench.end();
        }
    }

    fn halt(self) {
        let timer = self.timer.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    }

    /// Starts or pauses; one step where the reader wants no motion.
    fn press(self) {
        if motion::is_reduced() {
            self.step();
        } else if self.running.get_untracked() {
            self.pause();
        } else {
            self.taken.set_value(0);
            self.bench.begin();
            self.running.set(true);
            self.step();
            if self.running.get_untracked() {
                self.timer.set_value(set_interval_with_handle(move || self.step(), PACE).ok());
            }
        }
    }

    fn step(self) {
        let now = self.bench.now();
        let Some(step) = Step::of(&now, self.rate.get_untracked()) else { return };
        let next = step.take(&now);
        self.bench.show(next.clone());
        self.taken.update_value(|it| *it += 1);
        let last = if self.taken.get_value() >= MOST { Some("200 steps") } else { None };
        let end = match house::stop(&next) {
            Some(Stop::OnTarget) => Some("on the target"),
            Some(Stop::TooFar) => Some("the rate is too large"),
            None => last,
        };
        if let Some(end) = end {
            self.pause();
            self.said.set(format!("{}: {end}", step.arithmetic()));
        } else {
            self.said.set(step.arithmetic());
        }
    }
}

/// The button, the rate, and the arithmetic of the last step.
pub fn learn(learning: Learning) -> El {
    let word = move || match (learning.running.get(), motion::is_reduced()) {
        (true, _) => "❚❚ Pause",
        (false, true) => "▶ One step",
        (false, false) => "▶ Let it learn",
    };
    let rate = learning.rate;
    let before = StoredValue::new(house::RATE);
    let axis = Axis::scrubbed(RATES, RATE_STEP);
    let hand = move |gesture: Gesture| match gesture {
        Gesture::Start => before.set_value(rate.get_untracked()),
        Gesture::Move(by) => set_rate(rate, before.get_value() + by.dx / PIXELS_PER_STEP * RATE_STEP),
        Gesture::Cancel => rate.set(before.get_value()),
        Gesture::Step(steps) => set_rate(rate, rate.get_untracked() + steps * RATE_STEP),
        Gesture::Edge(last) => set_rate(rate, if last { axis.to } else { axis.from }),
        Gesture::Set(value) => set_rate(rate, value),
        Gesture::End => {}
    };
    let commit = move |text: String| {
        let typed = number::parse(&text)?;
        if (RATES.0..=RATES.1).contains(&typed) {
            rate.set(typed);
            Ok(())
        } else {
            Err(format!("a rate from {} to {}", number::show(RATES.0), number::show(RATES.1)))
        }
    };
    let scrub = Scrub {
        class: "plain",
        label: Signal::stored("Rate".to_owned()),
        value: rate.into(),
        range: Signal::stored(RATES),
        text: Signal::derive(move || number::brief(rate.get())),
        on: Callback::new(hand),
        on_commit: Callback::new(commit),
    };
    let said = move || match learning.said.get() {
        it if it.is_empty() => el("span").with("The rings are its next four steps."),
        it => el("code").with(it),
    };
    el("div.learn").with((
        button("", move || learning.press()).say(word),
        el("span.learn-rate").with(("at rate ", scrub.view())),
        el("output.learn-step").live(said),
    ))
}

/// On multiples of a fifth of a step, so that what stands there reads well.
fn set_rate(rate: RwSignal<f64>, value: f64) {
    let unit = RATE_STEP / 5.0;
    let rounded = (value.clamp(RATES.0, RATES.1) / unit).round() / (1.0 / unit).round();
    rate.set(rounded);
}
