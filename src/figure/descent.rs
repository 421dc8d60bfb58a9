//! Steps against the gradient, as an optimiser takes them: `new = old − rate × gradient`.

use crate::experiment::{At, Experiment, number};
use crate::loss::spec::Role;

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
    /// PyTorch's gradient of the reduced loss.
    pub gradient: f64,
    /// The number after the step.
    pub to: f64,
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
        let gradient = experiment.evaluate().ok()?.grads.get(at.input)?.as_ref()?.get(at.place)?;
        let from = experiment.inputs.get(at.input)?.get(at.place)?;
        Some(Self { from, rate, gradient, to: from - rate * gradient })
    }

    /// The step as it is worked out: `new = 3 − 0.1 × (−4) = 3.4`.
    pub fn arithmetic(self) -> String {
        let gradient = number::brief(self.gradient);
        let gradient = if self.gradient < 0.0 { format!("({gradient})") } else { gradient };
        let [from, rate, to] = [self.from, self.rate, self.to].map(number::brief);
        format!("new = {from} − {rate} × {gradient} = {to}")
    }
}

/// The state after a step of all predictions; nothing else learns.
pub fn take(experiment: &Experiment, rate: f64) -> Experiment {
    let mut next = experiment.clone();
    let grads = experiment.evaluate().unwrap_or_default().grads;
    let inputs = experiment.loss.spec.inputs.iter().zip(&grads).enumerate();
    for (input, (described, grad)) in inputs {
        let Some(grad) = grad.as_ref().filter(|_| described.role != Role::Target) else { continue };
        for place in 0..grad.len() {
            let from = experiment.inputs.get(input).and_then(|it| it.get(place)).unwrap_or(f64::NAN);
            next = next.with_number(At { input, place }, from - rate * grad.get(place).unwrap_or(0.0));
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
