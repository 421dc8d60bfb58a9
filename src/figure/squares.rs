//! Errors as sticks laid end to end, and as squares built on them.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;

/// The houses.
pub const NAMES: [&str; 4] = ["flat", "terrace", "cottage", "mansion"];

/// What they sold for, in $100k.
pub const PRICES: [f64; 4] = [2.5, 3.5, 2.0, 8.0];

/// What was guessed.
pub static GUESSES: [Dial; 4] = [guess(2.0), guess(3.5), guess(4.0), guess(3.0)];

const fn guess(first: f64) -> Dial {
    Dial { label: "guess", class: "pred", from: 0.0, to: 14.0, step: 0.1, first }
}

/// One of the two losses, of these guesses.
pub fn state(loss: &str, guesses: &[f64]) -> Experiment {
    let list = |numbers: &[f64]| numbers.iter().map(|it| show(*it)).collect::<Vec<_>>().join(",");
    let address =
        format!("/{loss}?input={}&target={}&names={}", list(guesses), list(&PRICES), NAMES.join(","));
    call::state(&address)
}

/// What each house costs under a loss.
pub fn each(loss: &str, guesses: &[f64]) -> Vec<f64> {
    state(loss, guesses).evaluate().unwrap_or_default().units.values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The design's numbers: sticks of 7.5 in all, squares of 29.25, of which the mansion's is 25.
    #[test]
    fn one_square_outgrows_the_rest() {
        let first = GUESSES.each_ref().map(|it| it.first);
        assert_eq!(each("L1Loss", &first), [0.5, 0.0, 2.0, 5.0]);
        assert_eq!(each("MSELoss", &first), [0.25, 0.0, 4.0, 25.0]);
        assert_eq!(call::loss(&state("MSELoss", &first)), 7.3125);
        assert_eq!(call::loss(&state("L1Loss", &first)), 1.875);
    }
}
