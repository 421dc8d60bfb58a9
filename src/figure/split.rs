//! Cross entropy of a soft target, split into what the target is worth and what the forecast adds.

use super::call;
use crate::experiment::number::show;
use crate::loss::numeric::sum;

/// What is to be predicted, before anybody moves it.
pub const TRUTH: [f64; 3] = [0.6, 0.3, 0.1];

/// What is predicted.
pub const FORECAST: [f64; 3] = [0.3, 0.45, 0.25];

/// The parts, and the gradients by the scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// What CrossEntropyLoss answers.
    pub cross_entropy: f64,
    /// What KLDivLoss answers.
    pub divergence: f64,
    /// Of CrossEntropyLoss by its input.
    pub of_cross_entropy: Vec<f64>,
    /// Of KLDivLoss, back through a log-softmax.
    pub of_divergence: Vec<f64>,
}

impl Split {
    /// Forecast Q against truth P. The scores are the logarithms of Q.
    pub fn of(q: &[f64], p: &[f64]) -> Self {
        let row = |values: &[f64]| values.iter().map(|it| show(*it)).collect::<Vec<_>>().join(",");
        let logs = row(&q.iter().map(|it| it.ln()).collect::<Vec<_>>());
        let ask = |address: String| {
            let state = call::state(&address);
            (call::loss(&state), call::gradient(&state))
        };
        let (cross_entropy, of_cross_entropy) =
            ask(format!("/CrossEntropyLoss?input={logs}&target={}", row(p)));
        let (divergence, by_logs) = ask(format!("/KLDivLoss?input={logs}&target={}&reduction=sum", row(p)));
        // The log-softmax takes from each score its share of the whole gradient.
        let whole = sum(&by_logs);
        let of_divergence = by_logs.iter().zip(q).map(|(g, q)| g - q * whole).collect();
        Self { cross_entropy, divergence, of_cross_entropy, of_divergence }
    }

    /// What no forecast can change.
    pub fn entropy(&self) -> f64 {
        self.cross_entropy - self.divergence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In closed form: entropy −Σ p ln p, divergence Σ p ln (p / q), gradient q − p.
    #[test]
    fn the_parts_are_entropy_and_divergence() {
        for q in [FORECAST, TRUTH, [0.98, 0.01, 0.01]] {
            let split = Split::of(&q, &TRUTH);
            let entropy: f64 = TRUTH.iter().map(|p| -p * p.ln()).sum();
            let divergence: f64 = TRUTH.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum();
            assert!(
                (split.entropy() - entropy).abs() < 1e-12 && (split.divergence - divergence).abs() < 1e-12
            );
            for ((a, b), (q, p)) in
                split.of_cross_entropy.iter().zip(&split.of_divergence).zip(q.iter().zip(TRUTH))
            {
                assert!((a - b).abs() < 1e-12 && (a - (q - p)).abs() < 1e-12, "{split:?}");
            }
        }
    }
}
