//! Numbers within a text that are those of the bench: some can be turned, the others answer.

use crate::experiment::bar::Bar;
use crate::experiment::range::along;
use crate::experiment::{At, Experiment};
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::{Domain, Role};
use crate::loss::tensor::Tensor;
use crate::plot::ticks::step_below;

/// How many steps a hand takes from one end of a number's range to the other.
const STEPS: f64 = 100.0;

/// What a number of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A number of the inputs, to be turned.
    Turned(At),
    /// The loss of one unit, before the reduction.
    Unit(usize),
    /// The gradient of the reduced loss by a number of the inputs.
    Gradient(At),
    /// The reduced loss.
    Loss,
}

impl Told {
    /// Reads `loss`, `unit.3`, `grad.0.3`, or `0.3`: input and place, counted from 0.
    pub fn read(text: &str) -> Option<Self> {
        let at = |text: &str| {
            let (input, place) = text.split_once('.')?;
            Some(At { input: input.parse().ok()?, place: place.parse().ok()? })
        };
        match text.split_once('.') {
            None => (text == "loss").then_some(Self::Loss),
            Some(("unit", place)) => place.parse().ok().map(Self::Unit),
            Some(("grad", place)) => at(place).map(Self::Gradient),
            Some(_) => at(text).map(Self::Turned),
        }
    }

    /// The number in a state that PyTorch answers so, as the text says it: a logarithm of a probability as the
    /// probability.
    pub fn value(self, state: &Experiment, answer: &Evaluation) -> Option<f64> {
        match self {
            Self::Turned(at) => state.inputs.get(at.input)?.get(at.place).map(|it| bar(state, at).shown(it)),
            Self::Unit(place) => answer.units.values.get(place).copied(),
            Self::Gradient(at) => answer.grads.get(at.input)?.as_ref()?.get(at.place),
            Self::Loss => answer.output.get(0),
        }
    }
}

/// How a number of the inputs is said and turned.
pub fn bar(state: &Experiment, at: At) -> Bar {
    state.loss.spec.inputs.get(at.input).map_or(Bar::Plain, |it| Bar::of(it.domain))
}

/// What a hand turns it through, and the length of a step.
pub fn range(state: &Experiment, at: At) -> ((f64, f64), f64) {
    let range = match bar(state, at) {
        Bar::Plain => along(&Experiment { at, ..state.clone() }),
        _ => (0.0, 1.0),
    };
    // Counts are whole.
    let domain = state.loss.spec.inputs.get(at.input).map(|it| it.domain);
    let step = if domain == Some(Domain::Count) { 1.0 } else { step_below((range.1 - range.0) / STEPS) };
    (range, step)
}

/// Whether the text is true of a state: it is the worked example with other predictions, and other targets at most where
/// the text has them turned.
pub fn tells_of(state: &Experiment, example: &Experiment, turned: &[At]) -> bool {
    let is_same = |(input, (now, then)): (usize, (&Tensor, &Tensor))| {
        let is_target = state.loss.spec.inputs.get(input).is_some_and(|it| it.role == Role::Target);
        let fixed = |place: &usize| is_target && !turned.contains(&At { input, place: *place });
        now.shape() == then.shape() && (0..now.len()).filter(fixed).all(|it| now.get(it) == then.get(it))
    };
    state.loss == example.loss
        && state.names == example.names
        && state.args == example.args
        && state.inputs.iter().zip(&example.inputs).enumerate().all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::loss::torch::Loss;

    #[test]
    fn numbers_are_found_by_what_they_are() {
        let state = example(Loss::find("HuberLoss").unwrap());
        let answer = state.evaluate().unwrap();
        for (text, want) in
            [("0.3", 3.0), ("1.3", 8.0), ("unit.3", 4.5), ("grad.0.3", -0.25), ("loss", 1.53125)]
        {
            assert_eq!(Told::read(text).and_then(|it| it.value(&state, &answer)), Some(want), "{text}");
        }
        for text in ["", "unit", "unit.x", "3", "grad.3", "0.9"] {
            assert_eq!(Told::read(text).and_then(|it| it.value(&state, &answer)), None, "{text}");
        }
    }

    #[test]
    fn a_logarithm_is_said_as_a_probability() {
        let state = example(Loss::find("KLDivLoss").unwrap());
        let shown = Told::Turned(At::default()).value(&state, &state.evaluate().unwrap()).unwrap();
        assert!((shown - 0.4).abs() < 1e-12, "{shown}");
        assert_eq!(range(&state, At::default()), ((0.0, 1.0), 0.01));
    }

    #[test]
    fn other_things_are_another_story() {
        let houses = example(Loss::find("L1Loss").unwrap());
        let moved = houses.clone().with_number(At { input: 0, place: 2 }, 7.0);
        assert!(tells_of(&moved, &houses, &[]));
        let price = At { input: 1, place: 3 };
        let sold = houses.clone().with_number(price, 14.0);
        assert!(tells_of(&sold, &houses, &[price]) && !tells_of(&sold, &houses, &[]));
        assert!(!tells_of(&Experiment { names: Vec::new(), ..moved }, &houses, &[]));
        assert!(!tells_of(&example(Loss::find("MSELoss").unwrap()), &houses, &[]));
        let huber = example(Loss::find("HuberLoss").unwrap());
        let delta = huber.loss.spec.param("delta").unwrap();
        let wider = huber.clone().with_arg(delta, crate::loss::args::Value::Real(2.0));
        assert!(!tells_of(&wider, &huber, &[]));
    }
}
