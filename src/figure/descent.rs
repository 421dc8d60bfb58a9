//! Steps against the gradient, as an optimiser takes them: `new = old − rate × gradient`.

use crate::experiment::edit::{class_axis, gradient_of_scores, renormalise};
use crate::experiment::{At, Experiment, number};
use crate::loss::spec::{Domain, Role};
use crate::loss::tensor::Tensor;

/// The rate that a figure begins with, unless its text says otherwise.
pub const RATE: f64 = 1.0;

/// A prediction that changes less than this in a step has arrived.
const CLOSE: f64 = 5e-5;

/// Beyond this the steps are only running away.
const AWAY: f64 = 1e6;

/// A step of one element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The number before the step.
    pub from: f64,
    /// The share of the gradient that is taken.
    pub rate: f64,
    /// PyTorch's gradient of the reduced loss; behind log-probabilities, that of the scores.
    pub gradient: f64,
    /// The number after the step.
    pub to: f64,
    /// What a log-softmax makes of it, where the number is a log-probability.
    pub normalised: Option<f64>,
}

/// Why learning stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing moves any more.
    Arrived,
    /// The rate is too large.
    TooFar,
}

impl Step {
    /// The step that an element takes next; `None` where there is no gradient.
    pub fn of(experiment: &Experiment, at: At, rate: f64) -> Option<Self> {
        let stepped = Stepped::of(
            experiment,
            at.input,
            experiment.evaluate().ok()?.grads.get(at.input)?.as_ref()?,
            rate,
        )?;
        let from = experiment.inputs.get(at.input)?.get(at.place)?;
        let gradient = stepped.gradient.get(at.place)?;
        let normalised = stepped.normalised.map(|it| it.get(at.place).unwrap_or(f64::NAN));
        Some(Self { from, rate, gradient, to: stepped.to.get(at.place)?, normalised })
    }

    /// The step as it is worked out: `new = 3 − 0.1 × (−4) = 3.4`.
    pub fn arithmetic(self) -> String {
        let gradient = number::brief(self.gradient);
        let gradient = if self.gradient < 0.0 { format!("({gradient})") } else { gradient };
        let [from, rate, to] = [self.from, self.rate, self.to].map(number::brief);
        let then = self.normalised.map(|it| format!(", log_softmax: {}", number::brief(it)));
        format!("new = {from} − {rate} × {gradient} = {to}{}", then.unwrap_or_default())
    }
}

/// An input after a step. A model gives log-probabilities by a log-softmax: what learns are the scores behind them.
struct Stepped {
    gradient: Tensor,
    to: Tensor,
    normalised: Option<Tensor>,
}

impl Stepped {
    fn of(experiment: &Experiment, input: usize, grad: &Tensor, rate: f64) -> Option<Self> {
        let spec = experiment.loss.spec;
        let (described, from) = (spec.inputs.get(input)?, experiment.inputs.get(input)?);
        let of_scores = described.domain == Domain::LogProbability;
        let axis = class_axis(spec.family, from.dim());
        let gradient = if of_scores { gradient_of_scores(from, grad, axis) } else { grad.clone() };
        let mut to = from.clone();
        for place in 0..gradient.len() {
            to.set(place, from.get(place)? - rate * gradient.get(place)?);
        }
        let normalised = of_scores.then(|| renormalise(&to, from, axis));
        Some(Self { gradient, to, normalised })
    }
}

/// The state after a step of all predictions; nothing else learns.
pub fn take(experiment: &Experiment, rate: f64) -> Experiment {
    let mut next = experiment.clone();
    let grads = experiment.evaluate().unwrap_or_default().grads;
    for (input, (described, grad)) in experiment.loss.spec.inputs.iter().zip(&grads).enumerate() {
        let grad = grad.as_ref().filter(|_| described.role != Role::Target);
        let stepped = grad.and_then(|it| Stepped::of(experiment, input, it, rate));
        if let (Some(stepped), Some(slot)) = (stepped, next.inputs.get_mut(input)) {
            *slot = stepped.normalised.unwrap_or(stepped.to);
        }
    }
    next
}

/// Where an element is after each of the next steps.
pub fn places(experiment: &Experiment, at: At, rate: f64, count: usize) -> Vec<f64> {
    let mut now = experiment.clone();
    let mut places = Vec::new();
    for _ in 0..count {
        now = take(&now, rate);
        places.extend(now.inputs.get(at.input).and_then(|it| it.get(at.place)));
    }
    places
}

/// Whether a step changed nothing any more, or there is no way back.
pub fn stop(before: &Experiment, after: &Experiment) -> Option<Stop> {
    let pairs = before.inputs.iter().zip(&after.inputs);
    let moves: Vec<(f64, f64)> = pairs
        .flat_map(|(a, b)| a.floats().iter().copied().zip(b.floats().iter().copied()).collect::<Vec<_>>())
        .collect();
    if moves.iter().all(|(from, to)| (from - to).abs() < CLOSE) {
        Some(Stop::Arrived)
    } else if moves.iter().all(|(_, to)| to.abs() < AWAY) {
        None
    } else {
        Some(Stop::TooFar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::loss::torch::{LOSSES, Loss};

    /// The houses under MSE: the gradient of the mansion is −2.5, so 3 + 0.4 × 2.5.
    #[test]
    fn every_prediction_steps_and_nothing_else() {
        let houses = example(Loss::find("MSELoss").unwrap());
        let next = take(&houses, 0.4);
        assert_eq!(next.inputs[0].floats().as_ref(), [2.1, 3.5, 3.6, 4.0]);
        assert_eq!(next.inputs[1], houses.inputs[1]);
        let step = Step::of(&houses, At { input: 0, place: 3 }, 0.4).unwrap();
        assert_eq!(step.arithmetic(), "new = 3 − 0.4 × (−2.5) = 4");
    }

    /// Of the shares (0.4, 0.4, 0.2) of Lisbon the gradient of the scores is (q − p) ÷ 2, for p = (0.7, 0.2, 0.1):
    /// (−0.15, 0.1, 0.05). PyTorch's own of the log-probabilities is −p ÷ 2.
    #[test]
    fn behind_log_probabilities_the_scores_step() {
        let weather = example(Loss::find("KLDivLoss").unwrap());
        let step = Step::of(&weather, At::default(), 2.0).unwrap();
        assert!((step.gradient + 0.15).abs() < 1e-4, "{step:?}");
        let next = take(&weather, 2.0);
        let row: Vec<f64> = (0..3).map(|it| next.inputs[0].get(it).unwrap().exp()).collect();
        let scores = [0.4 * 0.3_f64.exp(), 0.4 * (-0.2_f64).exp(), 0.2 * (-0.1_f64).exp()];
        let total: f64 = scores.iter().sum();
        assert!(row.iter().zip(scores).all(|(got, want)| (got - want / total).abs() < 1e-4), "{row:?}");
        assert_eq!(step.normalised, Some(next.inputs[0].get(0).unwrap()));
        assert_eq!(step.arithmetic(), "new = −0.9163 − 2 × (−0.15) = −0.6163, log_softmax: −0.6636");
    }

    #[test]
    fn a_small_step_never_costs_more() {
        for loss in LOSSES {
            let before = example(loss);
            let cost = |it: &Experiment| it.evaluate().unwrap().output.floats().iter().sum::<f64>();
            let after = take(&before, 1e-4);
            assert!(cost(&after) <= cost(&before) + 1e-12, "{}", loss.spec.torch);
        }
    }

    #[test]
    fn learning_stops_on_the_target_or_far_away() {
        let houses = example(Loss::find("MSELoss").unwrap());
        let (mut now, mut steps) = (houses.clone(), 0);
        while stop(&now, &take(&now, 0.4)).is_none() {
            now = take(&now, 0.4);
            steps += 1;
        }
        assert_eq!(stop(&now, &take(&now, 0.4)), Some(Stop::Arrived));
        assert!(steps < 200 && now.evaluate().unwrap().output.get(0).unwrap() < 1e-6, "{steps}");
        let far = houses.with_number(At { input: 0, place: 0 }, 1e7);
        assert_eq!(stop(&far, &take(&far, 10.0)), Some(Stop::TooFar));
    }
}
