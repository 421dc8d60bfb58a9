//! Soft ranges: what a slider or a lane spans for the numbers at hand.

use super::Experiment;
use crate::loss::marks::{Best, Marks};
use crate::loss::spec::{Domain, Input, Role};
use crate::loss::tensor::Tensor;

impl Experiment {
    /// What a drag of the chosen element snaps to: the best value, the kinks, and zero.
    pub fn sticky(&self) -> Vec<f64> {
        let marks = self.marks();
        let mut sticky: Vec<f64> = marks.kinks.iter().map(|it| it.x).collect();
        match marks.best {
            Best::Point(x) => sticky.push(x),
            Best::Between(from, to) => sticky.extend([from, to]),
            Best::Unknown | Best::Lowest | Best::Highest => {}
        }
        sticky.push(0.0);
        sticky.retain(|it| it.is_finite());
        sticky
    }

    /// What the chosen element stands on, in words, given what its curve marks.
    pub fn landmark(&self, marks: &Marks) -> Option<&'static str> {
        let x = self.x()?;
        let is_target = |(input, described): (&Tensor, &Input)| {
            described.role == Role::Target && input.get(self.at.place) == Some(x)
        };
        match marks.best {
            Best::Point(best) if best == x => {
                let on_target = self.inputs.iter().zip(self.loss.spec.inputs).any(is_target);
                Some(if on_target { "on the target" } else { "the best value" })
            }
            _ => marks.kinks.iter().any(|it| it.x == x).then_some("on the kink"),
        }
    }
}

/// What the chart of the chosen element spans along x: that element, what its curve marks, and room on both
/// sides, within what PyTorch accepts.
pub fn along(experiment: &Experiment) -> (f64, f64) {
    let domain = experiment.loss.spec.inputs.get(experiment.at.input).map_or(Domain::Real, |it| it.domain);
    let (least, usual_from, usual_to) = match domain {
        Domain::Unit | Domain::Probability => return (0.0, 1.0),
        Domain::Logit => (4.0, -4.0, 4.0),
        Domain::LogProbability => (2.0, -5.0, 0.0),
        Domain::Distance => (0.5, 0.0, 2.0),
        Domain::Variance => (0.5, 0.0, 4.0),
        Domain::Sign => (0.5, -2.0, 2.0),
        Domain::Count => (2.0, 0.0, 10.0),
        Domain::Real | Domain::Class | Domain::Labels | Domain::Length | Domain::Side => {
            (1.0, f64::INFINITY, f64::NEG_INFINITY)
        }
    };
    let mut points: Vec<f64> = experiment.sticky().into_iter().filter(|it| *it != 0.0).collect();
    points.extend(experiment.x().filter(|it| it.is_finite()));
    let low = points.iter().copied().fold(usual_from, f64::min);
    let high = points.iter().copied().fold(usual_to, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        return (-4.0, 4.0);
    }
    let room = ((high - low) * 0.5).max(least);
    let inside = (low == usual_from && high == usual_to).then_some((low, high));
    let (least, most) = domain.bounds();
    let ends = (rounded(low - room, f64::floor).max(least), rounded(high + room, f64::ceil).min(most));
    inside.unwrap_or(ends)
}

/// The range of the lanes of a batch: its numbers on the first input's scale, with room on both sides.
pub fn lane(experiment: &Experiment) -> (f64, f64) {
    let spec = experiment.loss.spec;
    let domain = spec.inputs.first().map_or(Domain::Real, |it| it.domain);
    if matches!(domain, Domain::Unit | Domain::Probability) {
        return (0.0, 1.0);
    }
    let same = spec.inputs.iter().zip(&experiment.inputs).filter(|it| it.0.domain == domain);
    let values: Vec<f64> =
        same.flat_map(|it| it.1.floats().into_owned()).filter(|it| it.is_finite()).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        return (-4.0, 4.0);
    }
    let room = ((high - low) * 0.25).max(1.0);
    (rounded(low - room, f64::floor), rounded(high + room, f64::ceil))
}

/// Rounded outwards to two digits, so that ends read well.
fn rounded(x: f64, round: impl Fn(f64) -> f64) -> f64 {
    let unit = 10_f64.powf(x.abs().max(1.0).log10().floor() - 1.0).max(0.5);
    let result = round(x / unit) * unit;
    if result.is_finite() { result } else { x }
}

#[cfg(test)]
mod tests {
    use super::rounded;
    use crate::experiment::address::{Route, read};

    #[test]
    fn a_landmark_is_named() {
        let on = |address: &str| match read(address).route {
            Route::Loss(it) => it.landmark(&it.marks()),
            Route::Text(_) => None,
        };
        assert_eq!(on("/L1Loss?input=2,3&target=2,5"), Some("on the target"));
        assert_eq!(on("/L1Loss?input=2.5,3&target=2,5"), None);
        // 4 is a δ of 1 away from 5, and the hinge lets go at its margin of 1.
        assert_eq!(on("/HuberLoss?input=4,3&target=5,5"), Some("on the kink"));
        assert_eq!(on("/HingeEmbeddingLoss?input=1&target=-1"), Some("on the kink"));
        // exp(0) calls were predicted, and 1 was counted.
        assert_eq!(on("/PoissonNLLLoss?input=0&target=1"), Some("the best value"));
    }

    #[test]
    fn ends_are_rounded_outwards() {
        assert_eq!(rounded(9.2, f64::ceil), 9.5);
        assert_eq!(rounded(-3.7, f64::floor), -4.0);
        assert_eq!(rounded(1234.0, f64::ceil), 1300.0);
    }
}
