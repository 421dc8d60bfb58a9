//! The bell of a predicted mean and variance, and the loss as minus the logarithm of its height where it was.

use std::f64::consts::TAU;

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;

/// The day that the model expects.
pub static DAY: Dial =
    Dial { label: "predicted day", class: "pred", from: 0.0, to: 12.0, step: 0.1, first: 4.0 };

/// How far off it expects to be, squared.
pub static VARIANCE: Dial =
    Dial { label: "variance", class: "pred", from: 0.05, to: 16.0, step: 0.05, first: 0.25 };

/// The day that it was.
pub static CAME: Dial =
    Dial { label: "it came on day", class: "target", from: 0.0, to: 12.0, step: 0.1, first: 7.0 };

/// The least variance that counts.
pub static EPS: Dial = Dial { label: "eps", class: "plain", from: 1e-6, to: 4.0, step: 0.05, first: 1e-6 };

/// What the loss leaves out: ½ ln 2π, which nothing changes.
pub fn constant() -> f64 {
    TAU.ln() / 2.0
}

/// The density of the normal distribution with that mean and variance.
pub fn height(x: f64, mean: f64, variance: f64) -> f64 {
    (-(x - mean) * (x - mean) / (2.0 * variance)).exp() / (TAU * variance).sqrt()
}

/// Points of the bell over the days that are shown, closer together about its top.
pub fn curve(mean: f64, variance: f64) -> Vec<[f64; 2]> {
    const EACH: usize = 60;
    let (low, high) = (DAY.from, DAY.to);
    let even = (0..=EACH).map(|k| low + (high - low) * k as f64 / EACH as f64);
    let near = (0..=EACH).map(|k| mean + variance.sqrt() * 5.0 * (2.0 * k as f64 / EACH as f64 - 1.0));
    let mut days: Vec<f64> = even.chain(near.filter(|it| (low..=high).contains(it))).collect();
    crate::loss::numeric::sort(&mut days);
    days.into_iter().map(|x| [x, height(x, mean, variance)]).collect()
}

/// The call on the bench: with the constant where it is `full`.
pub fn state([mean, variance, came]: [f64; 3], full: bool, eps: f64) -> Experiment {
    let [input, var, target, eps] = [mean, variance, came, eps].map(show);
    let full = if full { "&full=True" } else { "" };
    call::state(&format!("/GaussianNLLLoss?input={input}&target={target}&var={var}&eps={eps}{full}&at=var"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_is_minus_the_logarithm_of_the_height_without_the_constant() {
        for (mean, variance, came) in [(4.0, 0.25, 7.0), (4.0, 9.0, 7.0), (7.0, 0.05, 7.0), (3.0, 1.0, 3.5)] {
            let surprise = -height(came, mean, variance).ln();
            for (full, want) in [(false, surprise - constant()), (true, surprise)] {
                let loss = call::loss(&state([mean, variance, came], full, EPS.first));
                assert!((loss - want).abs() < 1e-12, "{mean} {variance} {came}: {loss}");
            }
        }
    }

    #[test]
    fn the_bell_holds_all_of_the_probability() {
        let area = |points: Vec<[f64; 2]>| -> f64 {
            points.windows(2).map(|it| (it[1][0] - it[0][0]) * (it[0][1] + it[1][1]) / 2.0).sum()
        };
        for variance in [0.05, 0.25, 1.0] {
            assert!((area(curve(6.0, variance)) - 1.0).abs() < 2e-3, "{variance}");
        }
    }

    #[test]
    fn the_best_variance_is_the_squared_error() {
        let loss = |variance: f64| call::loss(&state([4.0, variance, 7.0], false, EPS.first));
        assert!(loss(9.0) < loss(8.9) && loss(9.0) < loss(9.1));
    }

    #[test]
    fn a_variance_below_eps_counts_as_eps() {
        let loss = |variance: f64| call::loss(&state([4.0, variance, 7.0], false, 1.0));
        assert_eq!(loss(0.25), loss(1.0));
        assert_eq!(loss(1.0), 4.5);
        assert!(loss(1.05) < loss(1.0));
    }
}
