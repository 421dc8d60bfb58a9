//! From pixels to numbers: what a gesture on a knob does to one number of the bench.

use super::bench::Bench;
use super::widgets::{Gesture, Move, PIXELS_PER_STEP};
use crate::experiment::bar::Bar;
use crate::experiment::{At, Experiment};
use crate::plot::ticks::{snap, step_below, within};

/// How a knob's axis measures: what it spans, its length in CSS pixels, and its direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub from: f64,
    pub to: f64,
    pub pixels: f64,
    pub upwards: bool,
}

impl Axis {
    /// An axis from left to right.
    pub fn across((from, to): (f64, f64), pixels: f64) -> Self {
        Self { from, to, pixels, upwards: false }
    }

    /// An axis from the bottom up.
    pub fn up((from, to): (f64, f64), pixels: f64) -> Self {
        Self { from, to, pixels, upwards: true }
    }

    /// An axis for text that is scrubbed: it moves by `step` for each of the scrub's steps.
    pub fn scrubbed((from, to): (f64, f64), step: f64) -> Self {
        Self::across((from, to), (to - from) / step * PIXELS_PER_STEP)
    }

    fn per_pixel(self) -> f64 {
        (self.to - self.from).abs() / self.pixels.max(1.0)
    }

    fn moved(self, by: Move) -> f64 {
        self.per_pixel() * if self.upwards { -by.dy } else { by.dx }
    }

    fn inside(self, value: f64) -> f64 {
        if self.from < self.to { within(value, self.from, self.to) } else { value }
    }
}

/// A number under a hand: which one, how it is shown, and along what axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grip {
    pub bench: Bench,
    pub at: At,
    pub bar: Bar,
    pub axis: Axis,
}

impl Grip {
    /// Lets a gesture act. `sticky` are the values that a drag snaps to; keys never snap.
    pub fn act(self, gesture: Gesture, sticky: &[f64]) {
        let Self { bench, axis, .. } = self;
        match gesture {
            Gesture::Start => {
                bench.choose(self.at);
                bench.begin();
            }
            Gesture::Move(by) => {
                let start = (*bench.before.read_untracked()).as_ref().map_or(f64::NAN, |it| self.read(it));
                // A drag passes only through values that PyTorch takes; what it refuses, the knob does not follow.
                let _ = bench.offer(self.bar.moved(&bench.now(), self.at, self.dragged(start, by, sticky)));
            }
            Gesture::End => bench.end(),
            Gesture::Cancel => bench.cancel(),
            Gesture::Step(steps) => self.step(steps),
            Gesture::Edge(last) => self.nudge(if last { axis.to } else { axis.from }),
            Gesture::Set(value) => self.nudge(value),
        }
    }

    /// That many steps of the arrow keys, each what a drag of about four pixels would do.
    fn step(self, steps: f64) {
        let step = step_below(self.axis.per_pixel() * 4.0);
        let next = self.read(&self.bench.now()) + steps * step;
        // On multiples of the step, or of a tenth of it.
        self.nudge(snap(next, step * steps.abs().min(1.0) / 1.5));
    }

    fn nudge(self, shown: f64) {
        let next = self.bar.moved(&self.bench.now(), self.at, shown);
        self.bench.nudge(Experiment { at: self.at, ..next });
    }

    fn read(self, experiment: &Experiment) -> f64 {
        let number = experiment.inputs.get(self.at.input).and_then(|it| it.get(self.at.place));
        number.map_or(f64::NAN, |it| self.bar.shown(it))
    }

    fn dragged(self, start: f64, by: Move, sticky: &[f64]) -> f64 {
        let axis = self.axis;
        let value = axis.inside(axis.inside(start) + axis.moved(by));
        let reach = by.reach * axis.per_pixel();
        let near = sticky.iter().filter(|it| (**it - value).abs() <= reach && **it == axis.inside(**it));
        match near.min_by(|a, b| (**a - value).abs().total_cmp(&(**b - value).abs())) {
            Some(sticky) if !by.free => *sticky,
            _ => axis.inside(snap(value, axis.per_pixel())),
        }
    }
}
