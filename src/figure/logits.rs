//! Two scores as a plane: the loss at each place, and where its gradient pushes.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;
use crate::loss::tensor::Tensor;

/// The score of the first class.
pub static FIRST: Dial =
    Dial { label: "score of car", class: "pred", from: -4.0, to: 4.0, step: 0.1, first: 1.5 };

/// The score of the second one.
pub static SECOND: Dial =
    Dial { label: "score of truck", class: "pred", from: -4.0, to: 4.0, step: 0.1, first: 2.5 };

/// Arrows along each side of the field.
pub const ARROWS: usize = 9;

/// The call for scores and the class that is true.
pub fn state(scores: [f64; 2], truth: usize) -> Experiment {
    let address = format!(
        "/CrossEntropyLoss?input={},{}&target={truth}&names=;car,truck",
        show(scores[0]),
        show(scores[1])
    );
    call::state(&address)
}

/// The places of the field and the push at each: minus the gradient. One call computes all of them.
pub fn field(truth: usize) -> Vec<([f64; 2], [f64; 2])> {
    let place = |k: usize, dial: &Dial| dial.from + (dial.to - dial.from) * (k as f64 + 0.5) / ARROWS as f64;
    let places: Vec<[f64; 2]> =
        (0..ARROWS * ARROWS).map(|it| [place(it % ARROWS, &FIRST), place(it / ARROWS, &SECOND)]).collect();
    let mut state = state([0.0, 0.0], truth);
    let count = places.len();
    state.inputs = vec![
        Tensor::new([count, 2], places.as_flattened().to_vec()).unwrap_or_default(),
        Tensor::int([count], vec![truth as i64; count]).unwrap_or_default(),
    ];
    if let Some(reduction) = state.loss.spec.param("reduction") {
        state.args.set(reduction, crate::loss::args::Value::Text("sum".to_owned()));
    }
    let gradient = call::gradient(&state);
    let push = |k: usize| [0, 1].map(|axis| -gradient.get(2 * k + axis).copied().unwrap_or(f64::NAN));
    places.iter().enumerate().map(|(k, it)| (*it, push(k))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::numeric::sigmoid;

    /// With two classes softmax is the sigmoid of the difference, so every push lies on one diagonal.
    #[test]
    fn pushes_lie_on_the_diagonal() {
        for truth in [0, 1] {
            for ([car, truck], push) in field(truth) {
                let missing = sigmoid(if truth == 0 { truck - car } else { car - truck });
                let sign = if truth == 0 { 1.0 } else { -1.0 };
                assert!((push[0] - sign * missing).abs() < 1e-12 && (push[1] + sign * missing).abs() < 1e-12);
            }
        }
        assert_eq!(field(0).len(), ARROWS * ARROWS);
    }
}
