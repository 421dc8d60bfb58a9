//! Wrong beside right: two calls that look alike, given the same numbers by the same dials.

mod cases;
mod sides;

pub use cases::CASES;

use super::call;
use super::dial::Dial;
use crate::experiment::{Experiment, Overlay};
use crate::loss::numeric::sum;

/// A comparison of two calls.
#[derive(Debug)]
pub struct Case {
    /// What the text calls it.
    pub name: &'static str,
    /// What one turns. The first one is the axis of the chart.
    pub dials: &'static [Dial],
    /// Both calls at some values of the dials.
    pub sides: fn(&[f64]) -> [Side; 2],
    /// What the bars of both sides show.
    pub bars: &'static str,
}

/// What is to be said of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What one should write.
    Right,
    /// What PyTorch accepts and does not mean.
    Wrong,
    /// Neither is wrong.
    Open,
}

/// One of the two calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What is to be said of it.
    pub verdict: Verdict,
    /// Its heading.
    pub title: &'static str,
    /// The numbers before anything is done to them.
    pub state: Experiment,
    /// What is done to the prediction first, if anything.
    pub change: Option<Overlay>,
    /// What the loss is multiplied by: by hand, not by PyTorch.
    pub factor: f64,
    /// What the loss takes its inputs for: a share of each class, and which of them are true.
    pub bars: Vec<Bar>,
    /// The lowest that it can come, where that is not 0.
    pub floor: Option<f64>,
}

/// A bar from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The name of the class.
    pub label: String,
    /// From 0 to 1.
    pub share: f64,
    /// Whether the target names it.
    pub is_true: bool,
}

/// What PyTorch answers to a side.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// NaN where it refuses.
    pub loss: f64,
    /// By the number that the first dial turns.
    pub gradient: Option<f64>,
    /// What it says where it refuses.
    pub error: Option<String>,
}

impl Case {
    /// The comparison of that name.
    pub fn find(name: &str) -> Option<&'static Case> {
        CASES.iter().find(|it| it.name == name)
    }
}

impl Side {
    /// A call of the state of that address, as it stands there.
    pub fn new(verdict: Verdict, title: &'static str, address: &str) -> Self {
        let state = call::state(address);
        Self { verdict, title, change: None, state, factor: 1.0, bars: Vec::new(), floor: None }
    }

    /// The call with its prediction passed through what the address says after `with=`.
    pub fn changed(mut self) -> Self {
        self.change = self.state.with.take();
        self
    }

    /// The same with the loss multiplied by hand.
    pub fn times(self, factor: f64) -> Self {
        Self { factor, ..self }
    }

    /// The same with bars.
    pub fn bars(self, bars: Vec<Bar>) -> Self {
        Self { bars, ..self }
    }

    /// The same with a floor.
    pub fn floor(self, floor: f64) -> Self {
        Self { floor: Some(floor), ..self }
    }

    /// The call that PyTorch gets.
    pub fn call(&self) -> Experiment {
        self.change.as_ref().map_or_else(|| self.state.clone(), |it| it.apply(&self.state))
    }

    /// What it answers.
    pub fn answer(&self) -> Answer {
        let call = self.call();
        match call.evaluate() {
            Ok(answer) => {
                let at = self.state.at;
                let gradient = match &self.change {
                    Some(change) => change.gradient(&self.state, &answer, at),
                    None => self.state.gradient(&answer),
                };
                Answer {
                    loss: sum(&answer.output.floats()) * self.factor,
                    gradient: gradient.map(|it| it * self.factor),
                    error: None,
                }
            }
            Err(error) => Answer { loss: f64::NAN, gradient: None, error: Some(error.message) },
        }
    }
}

#[cfg(test)]
mod tests;
