//! The Poisson distribution of a rate, and the loss as minus the logarithm of one of its bars.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;

/// The logarithm of the rate.
pub static RATE: Dial =
    Dial { label: "predicted log of the rate", class: "pred", from: -1.0, to: 3.0, step: 0.05, first: 1.4 };

/// The count that was seen.
pub static SEEN: Dial =
    Dial { label: "calls seen", class: "target", from: 0.0, to: 20.0, step: 1.0, first: 9.0 };

/// Bars that are shown.
pub const BARS: usize = 24;

/// The probability of each count from 0 on, under a rate: eˣ to the k, by e to the rate, by k!.
pub fn probabilities(log_rate: f64) -> Vec<f64> {
    let rate = log_rate.exp();
    let mut log_factorial = 0.0;
    let bar = |k: usize| {
        let k = k as f64;
        if k > 1.0 {
            log_factorial += k.ln();
        }
        (k * log_rate - rate - log_factorial).exp()
    };
    (0..BARS).map(bar).collect()
}

/// ln k!, which no rate changes and the loss leaves out.
pub fn log_factorial(k: f64) -> f64 {
    (2..=k as usize).map(|it| (it as f64).ln()).sum()
}

/// The call on the bench.
pub fn state(log_rate: f64, seen: f64) -> Experiment {
    let address = format!("/PoissonNLLLoss?input={}&target={}", show(log_rate), show(seen));
    call::state(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_is_minus_the_logarithm_of_the_bar_without_the_factorial() {
        for log_rate in [-1.0, 0.0, 1.4, 2.1972, 3.0] {
            let bars = probabilities(log_rate);
            assert!(log_rate > 2.5 || (bars.iter().sum::<f64>() - 1.0).abs() < 1e-4, "{log_rate}");
            for (seen, bar) in bars.iter().enumerate() {
                let seen = seen as f64;
                let loss = call::loss(&state(log_rate, seen));
                assert!((loss - (-bar.ln() - log_factorial(seen))).abs() < 1e-9, "{log_rate} {seen}: {loss}");
            }
        }
    }
}
