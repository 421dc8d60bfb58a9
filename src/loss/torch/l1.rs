//! L1 loss: the size of the error.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::sign;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, REDUCTION, Role, Spec};

/// `torch.nn.L1Loss`: |d|, with d = input − target.
#[derive(Clone, Copy, Debug, Default)]
pub struct L1;

impl Pointwise<2> for L1 {
    const SPEC: &'static Spec = &Spec {
        torch: "L1Loss",
        title: "L1 loss",
        short: "L1",
        also: &["MAE", "absolute error", "median", "regression"],
        brief: "Every dollar of error costs the same: twice as wrong costs twice as much, and pushes no harder.",
        group: Group::Number,
        family: Family::Pointwise,
        params: &[REDUCTION],
        inputs: &[
            Input { id: "input", role: Role::Prediction, domain: Domain::Real, doc: "what the model said" },
            Input { id: "target", role: Role::Target, domain: Domain::Real, doc: "what was true" },
        ],
        example: Example {
            story: "houses",
            query: "input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.2&with=MSELoss\
                    &names=flat,terrace,cottage,mansion&unit=$100k",
            window: [0.0, 6.0, 0.0, 5.0],
            overlays: &["MSELoss", "HuberLoss", "SmoothL1Loss"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(_: &Args) -> Result<Self, Error> {
        Ok(Self)
    }

    /// Integers have an absolute error, but no mean.
    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let shape = call.broadcast_with_warning()?;
        let reduction = call.reduction()?;
        let dtype = call.dtype(0).promoted(call.dtype(1));
        call.refuse_integer_mean(dtype, reduction)?;
        Ok(Plan { shape, reduction })
    }

    /// On the target the gradient is 0, and so it is where the error is NaN.
    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let error = input - target;
        Jet::of_residual(error.abs(), up * sign(error))
    }

    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        let other = x[1 - along.min(1)];
        Marks::least_at(other).jumping_at([other])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 3 for 8 is wrong by 5; up is the only way to be less wrong.
    #[test]
    fn costs_the_error_and_pushes_with_one() {
        assert_eq!(L1.at([3.0, 8.0], 1.0), Jet::of_residual(5.0, -1.0));
        assert_eq!(L1.at([10.0, 8.0], 0.25), Jet::of_residual(2.0, 0.25));
    }

    #[test]
    fn pushes_nowhere_on_the_target() {
        assert_eq!(L1.at([8.0, 8.0], 1.0), Jet::of_residual(0.0, 0.0));
    }
}
