//! Binary cross-entropy: minus the log of the probability given to what happened.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{
    Domain, Example, Family, Group, Input, Param, ParamKind, Per, REDUCTION, Role, Spec,
};
use crate::loss::tensor::{Tensor, broadcast_in_place, list, torch_size};

/// `torch.nn.BCELoss`: −w (t ln x + (1 − t) ln(1 − x)), with no logarithm below −100.
#[derive(Clone, Debug, Default)]
pub struct Bce {
    /// What each element's loss is multiplied by; broadcast.
    pub weight: Option<Tensor>,
}

const WEIGHT: Param = Param {
    id: "weight",
    doc: "What each element's loss is multiplied by; the mean still divides by their number.",
    kind: ParamKind::Tensor { per: Per::Element },
};

/// PyTorch's least logarithm, so that a hopeless answer costs 100 and not ∞.
const LEAST_LOG: f64 = -100.0;

/// PyTorch's least denominator of the gradient: 1e-12 as a float32, in float64 too.
const LEAST_DENOMINATOR: f64 = 1e-12_f32 as f64;

impl Pointwise<3> for Bce {
    const SPEC: &'static Spec = &Spec {
        torch: "BCELoss",
        title: "Binary cross-entropy",
        short: "BCE",
        also: &["binary", "log loss", "logistic", "sigmoid"],
        brief: "Minus the log of the probability you gave to what happened.",
        group: Group::YesOrNo,
        family: Family::Pointwise,
        params: &[WEIGHT, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Unit,
                doc: "the probability of a yes that the model gave",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Unit, doc: "1 for yes, 0 for no" },
        ],
        example: Example {
            story: "mails",
            query: "input=0.95,0.1,0.6,0.02&target=1,0,1,1&at=input.3&with=label:0\
                    &names=You won!,Lunch%3F,Invoice due,Hi%2C it's me",
            window: [0.0, 1.0, 0.0, 5.0],
            overlays: &["label:0", "label:1", "MSELoss", "L1Loss"],
        },
    };

    const GRADS: [bool; 3] = [true, true, false];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { weight: args.tensor(&WEIGHT)?.cloned() })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (input, target) = (call.shape(0), call.shape(1));
        if input != target {
            return Err(Error::value(format!(
                "Using a target size ({}) that is different to the input size ({}) is deprecated. Please ensure \
                 they have the same size.",
                torch_size(target),
                torch_size(input)
            )));
        }
        let weight = self.weight.as_ref().map(|it| spread(target, it.shape())).transpose()?;
        if call.dtype(0) != call.dtype(1) {
            return Err(Error::runtime(format!(
                "Found dtype {} but expected {}",
                call.dtype(1).scalar_type(),
                call.dtype(0).scalar_type()
            )));
        }
        call.refuse_integers("binary_cross_entropy")?;
        check_range(call.inputs())?;
        if let Some(weight) = weight {
            broadcast_in_place(input, &weight)?;
        }
        Ok(Plan { shape: input.to_vec(), reduction })
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        vec![self.weight.as_ref()]
    }

    /// Going back PyTorch differentiates the formula without the clamp, and clamps the denominator instead.
    fn at(&self, [input, target, weight]: [f64; 3], up: f64) -> Jet<3> {
        let (yes, no) = (input.ln(), (-input).ln_1p());
        let value = (target - 1.0) * no.max(LEAST_LOG) - target * yes.max(LEAST_LOG);
        let slope = (input - target) / ((1.0 - input) * input).max(LEAST_DENOMINATOR);
        Jet { value: value * weight, slopes: [slope * weight * up, (no - yes) * weight * up, 0.0] }
    }

    /// Least where the probability is the target; along the target it is a line between 0 and 1.
    fn marks(&self, [input, target, weight]: [f64; 3], along: usize) -> Marks {
        match along {
            0 if weight > 0.0 => Marks::least_at(target),
            1 if weight * (input - 0.5) > 0.0 => Marks::least_at(1.0),
            1 if weight * (input - 0.5) < 0.0 => Marks::least_at(0.0),
            _ => Marks::default(),
        }
    }
}

/// The shape that the weight is expanded to before it is multiplied in, or the error of PyTorch's Python
/// broadcasting, which counts axes from the right.
fn spread(target: &[usize], weight: &[usize]) -> Result<Vec<usize>, Error> {
    let mut common = vec![1; weight.len().saturating_sub(target.len())];
    common.extend(target);
    let aligned = common.iter_mut().rev().zip(weight.iter().rev());
    for (place, (size, wanted)) in aligned.enumerate() {
        if *size == 1 {
            *size = *wanted;
        } else if *wanted != 1 && *wanted != *size {
            return Err(Error::runtime(format!(
                "Attempting to broadcast a dimension of length {wanted} at -{}! Mismatching argument at index 1 \
                 had {}; but expected shape should be broadcastable to {}",
                place + 1,
                torch_size(weight),
                list(&common)
            )));
        }
    }
    Ok(common)
}

/// PyTorch looks at one element after the other, at its input first. NaN is out of range too.
fn check_range(inputs: &[&Tensor]) -> Result<(), Error> {
    let [input, target, ..] = inputs else { return Ok(()) };
    let inside = |x: &f64| (0.0..=1.0).contains(x);
    let (input, target) = (input.floats(), target.floats());
    match input.iter().zip(target.iter()).find(|(x, t)| !(inside(x) && inside(t))) {
        None => Ok(()),
        Some((x, _)) => {
            let name = if inside(x) { "target" } else { "input" };
            Err(Error::runtime(format!("all elements of {name} should be between 0 and 1")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Bce = Bce { weight: None };

    /// By hand: at one half both answers cost ln 2, and the slope is ∓½ / ¼.
    #[test]
    fn a_coin_costs_ln_2() {
        for (target, slope) in [(1.0, -2.0), (0.0, 2.0)] {
            let jet = PLAIN.at([0.5, target, 1.0], 1.0);
            assert!((jet.value - std::f64::consts::LN_2).abs() < 1e-16);
            assert_eq!(jet.slopes[0], slope);
        }
    }

    /// The gradient is −1 / 1e-12, with the float32 that is nearest to 1e-12.
    #[test]
    fn a_hopeless_answer_costs_a_hundred() {
        let jet = PLAIN.at([0.0, 1.0, 1.0], 1.0);
        assert_eq!((jet.value, jet.slopes[0]), (100.0, -1000000003995.8029));
    }
}
