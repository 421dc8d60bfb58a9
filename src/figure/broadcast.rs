//! Predictions of shape (N,) against targets of shape (N, 1): every one with every other.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;

/// What is true, and what a perfect model says.
pub const TARGETS: [f64; 3] = [1.0, 2.0, 3.0];

/// The three predictions.
pub static PREDICTIONS: [Dial; 3] = [
    prediction("first prediction", 1.0),
    prediction("second prediction", 2.0),
    prediction("third prediction", 3.0),
];

const fn prediction(label: &'static str, first: f64) -> Dial {
    Dial { label, class: "pred", from: 0.0, to: 4.0, step: 0.05, first }
}

/// The share of the gradient that one step of training takes.
pub const RATE: f64 = 0.5;

/// The call, with the target as a column or as a row like the prediction.
pub fn state(predictions: &[f64], column: bool) -> Experiment {
    let list = predictions.iter().map(|it| show(*it)).collect::<Vec<_>>().join(",");
    let shape = if column { "3x1:" } else { "" };
    call::state(&format!("/MSELoss?input={list}&target={shape}1,2,3"))
}

/// The predictions after a step against PyTorch's gradient.
pub fn step(predictions: &[f64], column: bool) -> Vec<f64> {
    let gradient = call::gradient(&state(predictions, column));
    predictions.iter().zip(gradient).map(|(it, slope)| it - RATE * slope).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: the nine differences of 1, 2, 3 are 0 ×3, ±1 ×4, ±2 ×2: 12 / 9.
    #[test]
    fn a_perfect_model_is_told_that_it_is_wrong() {
        assert!((call::loss(&state(&TARGETS, true)) - 12.0 / 9.0).abs() < 1e-15);
        assert_eq!(call::loss(&state(&TARGETS, false)), 0.0);
        let warned = |column: bool| state(&TARGETS, column).evaluate().unwrap().warnings.len();
        assert_eq!((warned(true), warned(false)), (1, 0));
    }

    #[test]
    fn training_slides_all_to_the_mean() {
        let mut now = TARGETS.to_vec();
        for _ in 0..200 {
            now = step(&now, true);
        }
        assert!(now.iter().all(|it| (it - 2.0).abs() < 1e-6), "{now:?}");
        assert_eq!(step(&TARGETS, false), TARGETS);
    }
}
