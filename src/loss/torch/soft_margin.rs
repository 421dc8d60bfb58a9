//! Soft margin loss: the logistic loss of a score whose sign is right or wrong.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan, refuse_cast};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast_in_place;

/// `torch.nn.SoftMarginLoss`: ln(1 + e^(−t x)), where the target t is 1 or −1.
#[derive(Clone, Copy, Debug, Default)]
pub struct SoftMargin;

impl Pointwise<2> for SoftMargin {
    const SPEC: &'static Spec = &Spec {
        torch: "SoftMarginLoss",
        title: "Soft margin loss",
        short: "Soft margin",
        also: &["logistic", "binary", "hinge", "sign"],
        brief: "A smooth hinge: the right sign costs little, the wrong one as much as it is sure of itself.",
        group: Group::YesOrNo,
        family: Family::Pointwise,
        params: &[REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Logit,
                doc: "the score; its sign is the answer",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Sign, doc: "1 for yes, −1 for no" },
        ],
        example: Example {
            story: "reviews",
            query: "input=2.5,-1.5,0.5,-2&target=1,-1,-1,1&at=input.3&with=label:-1\
                    &names=Loved it,Never again,Meh,Oh great",
            window: [-6.0, 6.0, 0.0, 6.0],
            overlays: &["label:-1", "label:1", "label:0"],
        },
    };

    const GRADS: [bool; 2] = [true, false];

    fn new(_: &Args) -> Result<Self, Error> {
        Ok(Self)
    }

    /// The target alone may be broadcast.
    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        broadcast_in_place(call.shape(0), call.shape(1))?;
        if !call.dtype(0).is_float() {
            // The exponential of integers is of torch's default dtype.
            let dtype = call.dtype(1);
            let from = if dtype.is_float() { dtype.scalar_type() } else { "Float" };
            return Err(refuse_cast(from, call.dtype(0).scalar_type()));
        }
        Ok(Plan { shape: call.shape(0).to_vec(), reduction })
    }

    /// The exponential is taken literally: where it overflows, the loss is infinite and the slope NaN.
    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let z = (-target * input).exp();
        Jet { value: z.ln_1p(), slopes: [target * z * -up / (z + 1.0), 0.0] }
    }

    fn marks(&self, [_, target]: [f64; 2], along: usize) -> Marks {
        let best = match along {
            0 if target > 0.0 => Best::Highest,
            0 if target < 0.0 => Best::Lowest,
            _ => return Marks::default(),
        };
        Marks { best, floor: Some(0.0), ..Marks::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: at 0 the loss is ln 2 whatever the target, and the slope minus half of it.
    #[test]
    fn zero_is_a_coin() {
        let jet = SoftMargin.at([0.0, -1.0], 1.0);
        assert_eq!(jet, Jet { value: 1.0_f64.ln_1p(), slopes: [0.5, 0.0] });
    }

    /// By hand: e^800 overflows, and infinity by infinity is nothing.
    #[test]
    fn overflows_as_pytorch_does() {
        let jet = SoftMargin.at([-800.0, 1.0], 1.0);
        assert!(jet.value.is_infinite() && jet.slopes[0].is_nan());
    }
}
