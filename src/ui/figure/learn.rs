//! Learning: predictions step against the gradient, with the arithmetic of each step.

use std::time::Duration;

use crate::experiment::{At, Experiment, number};
use crate::figure::descent::{Step, Stop, take};
use crate::plot::ticks::within;
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

/// How something learns.
#[derive(Clone, Copy)]
pub struct Course {
    /// The rate that it begins with.
    pub rate: f64,
    /// The rates to scrub through, and one step of scrubbing.
    pub rates: (f64, f64),
    pub rate_step: f64,
    /// Whether the step from one state to the next was the last.
    pub stop: fn(&Experiment, &Experiment) -> Option<Stop>,
    /// What is said before the first step.
    pub hint: &'static str,
    /// What is said of having arrived.
    pub arrived: &'static str,
}

/// Handles to the run, cheap to copy.
#[derive(Clone, Copy)]
pub struct Learning {
    bench: Bench,
    course: Course,
    /// The element whose steps are written out.
    at: At,
    /// The share of the gradient that a step takes.
    pub rate: RwSignal<f64>,
    timer: StoredValue<Option<IntervalHandle>>,
    running: RwSignal<bool>,
    taken: StoredValue<usize>,
    said: RwSignal<String>,
    /// Where the element was before each step of this run.
    pub trail: RwSignal<Vec<f64>>,
}

impl Learning {
    /// Nothing is learned yet.
    pub fn new(bench: Bench, course: Course, at: At) -> Self {
        let learning = Self {
            bench,
            course,
            at,
            rate: RwSignal::new(course.rate),
            timer: StoredValue::new(None),
            running: RwSignal::new(false),
            taken: StoredValue::new(0),
            said: RwSignal::new(String::new()),
            trail: RwSignal::new(Vec::new()),
        };
        on_cleanup(move || learning.halt());
        learning
    }

    /// The reader takes over.
    pub fn stop(self) {
        self.pause();
        if !self.said.read_untracked().is_empty() {
            self.said.set(String::new());
            self.trail.set(Vec::new());
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

    /// Starts or pauses.
    fn play(self) {
        if self.running.get_untracked() {
            self.pause();
        } else {
            self.taken.set_value(0);
            self.trail.set(Vec::new());
            self.bench.begin();
            self.running.set(true);
            self.step();
            if self.running.get_untracked() {
                self.timer.set_value(set_interval_with_handle(move || self.step(), PACE).ok());
            }
        }
    }

    /// A single step, as one change.
    fn step_once(self) {
        self.pause();
        self.taken.set_value(0);
        self.bench.begin();
        self.step();
        self.bench.end();
    }

    fn step(self) {
        let now = self.bench.now();
        let rate = self.rate.get_untracked();
        let Some(step) = Step::of(&now, self.at, rate) else { return };
        let next = take(&now, rate);
        if let Err(refused) = self.bench.offer(next.clone()) {
            self.pause();
            self.said.set(format!("{}: PyTorch refuses it: {refused}", step.arithmetic()));
            return;
        }
        self.taken.update_value(|it| *it += 1);
        self.trail.update(|it| it.push(step.from));
        let last = if self.taken.get_value() >= MOST { Some("200 steps") } else { None };
        let end = match (self.course.stop)(&now, &next) {
            Some(Stop::Arrived) => Some(self.course.arrived),
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
    let word = move || if learning.running.get() { "❚❚ Pause" } else { "▶ Let it learn" };
    let rate = learning.rate;
    let course = learning.course;
    let rates = course.rates;
    let before = StoredValue::new(course.rate);
    let axis = Axis::scrubbed(rates, course.rate_step);
    let set_rate = move |value: f64| rate.set(rounded(course, value));
    let hand = move |gesture: Gesture| match gesture {
        Gesture::Start => before.set_value(rate.get_untracked()),
        Gesture::Move(by) => set_rate(before.get_value() + by.dx / PIXELS_PER_STEP * course.rate_step),
        Gesture::Cancel => rate.set(before.get_value()),
        Gesture::Step(steps) => set_rate(rate.get_untracked() + steps * course.rate_step),
        Gesture::Edge(last) => set_rate(if last { axis.to } else { axis.from }),
        Gesture::Set(value) => set_rate(value),
        Gesture::End => {}
    };
    let commit = move |text: String| {
        let typed = number::parse(&text)?;
        if (rates.0..=rates.1).contains(&typed) {
            rate.set(typed);
            Ok(())
        } else {
            Err(format!("a rate from {} to {}", number::show(rates.0), number::show(rates.1)))
        }
    };
    let scrub = Scrub {
        class: "plain",
        label: Signal::stored("Rate".to_owned()),
        value: rate.into(),
        range: Signal::stored(rates),
        text: Signal::derive(move || number::brief(rate.get())),
        on: Callback::new(hand),
        on_commit: Callback::new(commit),
    };
    let said = move || match learning.said.get() {
        it if it.is_empty() => el("span").with(course.hint),
        it => el("code").with(it),
    };
    el("div.learn").with((
        // Who wants no motion steps.
        (!motion::is_reduced()).then(|| button("", move || learning.play()).say(word)),
        button("", move || learning.step_once()).with("One step"),
        el("span.learn-rate").with(("at rate ", scrub.view())),
        el("output.learn-step").live(said),
    ))
}

/// On multiples of a fifth of a step, so that what stands there reads well.
fn rounded(course: Course, value: f64) -> f64 {
    let unit = course.rate_step / 5.0;
    (within(value, course.rates.0, course.rates.1) / unit).round() / (1.0 / unit).round()
}
