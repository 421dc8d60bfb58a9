//! Mean squared error: the square of the error.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, REDUCTION, Role, Spec};

/// `torch.nn.MSELoss`: d², with d = input − target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mse;

impl Pointwise<2> for Mse {
    const SPEC: &'static Spec = &Spec {
        torch: "MSELoss",
        title: "Mean squared error",
        short: "MSE",
        also: &["L2", "squared error", "least squares", "regression"],
        brief: "Squares every error, so the worst one speaks loudest; the unit is squared too.",
        group: Group::Number,
        family: Family::Pointwise,
        params: &[REDUCTION],
        inputs: &[
            Input { id: "input", role: Role::Prediction, domain: Domain::Real, doc: "what the model said" },
            Input { id: "target", role: Role::Target, domain: Domain::Real, doc: "what was true" },
        ],
        example: Example {
            story: "houses",
            query: "input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.3&with=L1Loss\
                    &names=flat,terrace,cottage,mansion&unit=$100k",
            window: [2.0, 14.0, 0.0, 36.0],
            overlays: &["L1Loss", "HuberLoss", "SmoothL1Loss"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(_: &Args) -> Result<Self, Error> {
        Ok(Self)
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let shape = call.broadcast_with_warning()?;
        let reduction = call.reduction()?;
        call.refuse_integers("mse_cpu")?;
        Ok(Plan { shape, reduction })
    }

    /// PyTorch multiplies 2 and the upstream gradient first, so that a mean survives where 2d would overflow.
    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let error = input - target;
        Jet::of_residual(error * error, 2.0 * up * error)
    }

    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        Marks::least_at(x[1 - along.min(1)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 3 for 8 is wrong by −5; its square is 25, the slope −10, in a mean of four −2.5.
    #[test]
    fn squares_the_error() {
        assert_eq!(Mse.at([3.0, 8.0], 1.0), Jet::of_residual(25.0, -10.0));
        assert_eq!(Mse.at([3.0, 8.0], 0.25), Jet::of_residual(25.0, -2.5));
    }

    #[test]
    fn a_square_overflows_before_its_slope_does() {
        assert_eq!(Mse.at([2e200, 0.0], 1.0), Jet::of_residual(f64::INFINITY, 4e200));
    }
}
