//! Numbers as bars: logits as they are, probabilities as shares of a row that always adds up to one.

use super::{At, Experiment};
use crate::loss::spec::Domain;
use crate::loss::tensor::Tensor;

/// How high a bar stands for a number, and what dragging it does to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The number itself; its neighbours stay.
    Plain,
    /// A probability: its row is rescaled around it.
    Probability,
    /// The logarithm of a probability, shown as the probability.
    LogProbability,
    /// Likewise, but its neighbours stay, as PyTorch would have it.
    LogAlone,
}

impl Bar {
    /// How an input of that domain is shown.
    pub fn of(domain: Domain) -> Self {
        match domain {
            Domain::LogProbability => Bar::LogProbability,
            Domain::Probability => Bar::Probability,
            _ => Bar::Plain,
        }
    }

    /// What the bar shows for a number.
    pub fn shown(self, x: f64) -> f64 {
        match self {
            Bar::LogProbability | Bar::LogAlone => x.exp(),
            Bar::Plain | Bar::Probability => x,
        }
    }

    /// The number that a bar of that height stands for.
    pub fn held(self, shown: f64) -> f64 {
        match self {
            Bar::LogProbability | Bar::LogAlone => shown.ln(),
            Bar::Plain | Bar::Probability => shown,
        }
    }

    /// The experiment with that bar at another height. A row whose rest is nothing shares what is left evenly.
    pub fn moved(self, experiment: &Experiment, at: At, shown: f64) -> Experiment {
        let mut next = experiment.clone();
        let Some(tensor) = next.inputs.get_mut(at.input) else { return next };
        if self == Bar::Plain {
            tensor.set(at.place, shown);
            return next;
        }
        // A logarithm must stay finite: the least probability that a bar can be dragged to.
        let share = shown.clamp(if self == Bar::Probability { 0.0 } else { 1e-4 }, 1.0);
        if self == Bar::LogAlone {
            tensor.set(at.place, self.held(share));
            return next;
        }
        let width = tensor.shape().last().copied().unwrap_or(1).max(1);
        let start = at.place / width * width;
        let others: Vec<usize> = (start..start + width).filter(|it| *it != at.place).collect();
        let rest: f64 = others.iter().filter_map(|it| tensor.get(*it)).map(|it| self.shown(it)).sum();
        for place in &others {
            let old = self.shown(tensor.get(*place).unwrap_or(0.0));
            let part = if rest > 0.0 { old / rest } else { 1.0 / others.len() as f64 };
            tensor.set(*place, self.held((1.0 - share) * part));
        }
        tensor.set(at.place, self.held(if others.is_empty() { 1.0 } else { share }));
        next
    }
}

/// The largest magnitude among finite numbers: what bars on both sides of a line are measured by.
pub fn largest(tensor: &Tensor) -> f64 {
    tensor.floats().iter().copied().filter(|it| it.is_finite()).fold(0.0, |most, it| it.abs().max(most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::loss::torch::LOSSES;

    fn row(values: [f64; 3]) -> Experiment {
        let mut experiment = example(&LOSSES[0]);
        experiment.inputs = vec![Tensor::vector(values)];
        experiment
    }

    #[test]
    fn a_row_stays_a_distribution() {
        let next = Bar::Probability.moved(&row([0.5, 0.3, 0.2]), At::default(), 0.75);
        let values = next.inputs[0].floats().into_owned();
        assert!((values.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!((values[1] / values[2] - 1.5).abs() < 1e-12);
    }

    #[test]
    fn a_row_that_was_certain_shares_evenly() {
        let next = Bar::Probability.moved(&row([1.0, 0.0, 0.0]), At::default(), 0.5);
        assert_eq!(next.inputs[0].floats().as_ref(), [0.5, 0.25, 0.25]);
    }

    #[test]
    fn neighbours_of_one_alone_stay() {
        let next = Bar::LogAlone.moved(&row([-1.0, -2.0, -3.0]), At::default(), 1.0);
        assert_eq!(next.inputs[0].floats().as_ref(), [0.0, -2.0, -3.0]);
    }

    #[test]
    fn logarithms_stay_finite() {
        let next = Bar::LogProbability.moved(&row([-1.0, -1.0, -1.0]), At::default(), 0.0);
        assert!(next.inputs[0].floats().iter().all(|it| it.is_finite()));
    }
}
