//! A task that the page checks: bring a number somewhere by touching only what is allowed.

use crate::experiment::{At, Experiment};

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    of: Number,
    /// The number must be below this; at most this, where it is 0.
    below: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// The reduced loss.
    Loss,
    /// The loss of one unit.
    Unit(usize),
    /// The gradient of the chosen element, without its sign.
    Gradient,
}

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// The number that is to come down.
    NotYet(f64),
    /// It has come down that far.
    Done(f64),
    /// Something else was touched.
    Strayed,
}

impl Goal {
    /// Reads `loss<0.1`, `unit.2<0.1` or `gradient<0.01`.
    pub fn read(text: &str) -> Option<Self> {
        let (number, below) = text.split_once('<')?;
        let of = match number.split_once('.') {
            None if number == "loss" => Number::Loss,
            None if number == "gradient" => Number::Gradient,
            Some(("unit", place)) => Number::Unit(place.parse().ok()?),
            _ => return None,
        };
        Some(Self { of, below: below.parse().ok()? })
    }

    /// How far a state has come from the first one, if only these elements may move.
    pub fn check(self, first: &Experiment, now: &Experiment, only: &[At]) -> Progress {
        let mut allowed = now.clone();
        for at in only {
            let before = first.inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN);
            allowed = allowed.with_number(*at, before);
        }
        if !allowed.has_numbers_of(first) {
            return Progress::Strayed;
        }
        let number = self.number(now);
        if number <= self.below { Progress::Done(number) } else { Progress::NotYet(number) }
    }

    fn number(self, now: &Experiment) -> f64 {
        let answer = now.evaluate().unwrap_or_default();
        let found = match self.of {
            Number::Loss => answer.output.get(0),
            Number::Unit(place) => answer.units.values.get(place).copied(),
            Number::Gradient => now.gradient(&answer).map(f64::abs),
        };
        found.unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::loss::torch::Loss;

    #[test]
    fn only_what_is_allowed_may_move() {
        let photos = example(Loss::find("CrossEntropyLoss").unwrap());
        let (car, truck) = (At { input: 0, place: 6 }, At { input: 0, place: 8 });
        let goal = Goal::read("unit.2<0.1").unwrap();
        let check = |now: &Experiment| goal.check(&photos, now, &[car]);
        assert!(matches!(check(&photos), Progress::NotYet(it) if (it - 2.1698).abs() < 1e-4));
        assert_eq!(check(&photos.with_number(truck, 9.0)), Progress::Strayed);
        // The floor of the design: with car gone, truck and motorcycle share the whole.
        let gone = photos.with_number(car, -1e9);
        assert!(matches!(check(&gone), Progress::NotYet(it) if (it - 0.3133).abs() < 1e-4));
        assert!(matches!(goal.check(&photos, &photos.with_number(truck, 9.0), &[truck]), Progress::Done(_)));
    }

    #[test]
    fn what_is_no_goal_is_none() {
        for text in ["", "loss", "loss<", "loss<x", "size<1", "unit.x<1", "unit<1"] {
            assert_eq!(Goal::read(text), None, "{text}");
        }
    }
}
