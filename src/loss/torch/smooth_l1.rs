//! Smooth L1 loss: the size of the error, with its corner rounded.

use crate::loss::args::{Args, Value};
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::sign;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};

/// `torch.nn.SmoothL1Loss`: ½d² / beta below `beta`, then |d| − ½ beta, with d = input − target. `beta` 0 is L1
/// (Girshick 2015).
#[derive(Clone, Copy, Debug)]
pub struct SmoothL1 {
    /// The error at which the parabola gives way to a line; 0 is L1 loss.
    pub beta: f64,
}

const BETA: Param = Param {
    id: "beta",
    doc: "The error at which the parabola gives way to a line of slope 1.",
    kind: ParamKind::Real { default: 1.0, slider: (0.0, 5.0), step: 0.05 },
};

impl Default for SmoothL1 {
    fn default() -> Self {
        Self { beta: BETA.default_real() }
    }
}

impl Pointwise<2> for SmoothL1 {
    const SPEC: &'static Spec = &Spec {
        torch: "SmoothL1Loss",
        title: "Smooth L1 loss",
        short: "Smooth L1",
        also: &["robust", "outliers", "bounding boxes", "regression"],
        brief: "L1 with its corner rounded: below β a parabola, beyond it a line of slope 1.",
        group: Group::Number,
        family: Family::Pointwise,
        params: &[REDUCTION, BETA],
        inputs: &[
            Input { id: "input", role: Role::Prediction, domain: Domain::Real, doc: "what the model said" },
            Input { id: "target", role: Role::Target, domain: Domain::Real, doc: "what was true" },
        ],
        example: Example {
            story: "houses",
            query: "input=2,3.5,4,3&target=2.5,3.5,2,8&beta=2&at=input.3&with=HuberLoss\
                    &names=flat,terrace,cottage,mansion&unit=$100k",
            window: [2.0, 14.0, 0.0, 12.0],
            overlays: &["HuberLoss", "L1Loss", "MSELoss"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        match args.get(BETA.id) {
            Some(value @ (Value::None | Value::Text(_) | Value::Tensor(_))) => Err(Error::type_(format!(
                "smooth_l1_loss(): argument 'beta' (position 4) must be float, not {}",
                value.type_name()
            ))),
            _ => Ok(Self { beta: args.real(&BETA)? }),
        }
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let shape = call.broadcast_with_warning()?;
        let reduction = call.reduction()?;
        if self.beta < 0.0 || self.beta.is_nan() {
            return Err(Error::runtime("smooth_l1_loss does not support negative values for beta."));
        }
        call.refuse_integers("smooth_l1_cpu")?;
        Ok(Plan { shape, reduction })
    }

    /// NaN keeps its NaN gradient, except at `beta` 0, where the loss is L1 with L1's rules.
    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let beta = self.beta;
        let error = input - target;
        let size = error.abs();
        if size >= beta || beta == 0.0 {
            Jet::of_residual(size - 0.5 * beta, up * sign(error))
        } else {
            Jet::of_residual(0.5 * error * error / beta, up * (error / beta))
        }
    }

    /// The slope is continuous at beta; its derivative is not. At `beta` 0 the slope itself jumps.
    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        let other = x[1 - along.min(1)];
        let marks = Marks::least_at(other);
        match self.beta == 0.0 {
            true => marks.jumping_at([other]),
            false => marks.bending_at([other - self.beta, other + self.beta]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: at error 1 and beta 2 the loss is ½ / 2 and the slope 1 / 2; at error 5 they are 5 − 1 and 1.
    #[test]
    fn is_a_parabola_and_then_a_line() {
        let smooth = SmoothL1 { beta: 2.0 };
        assert_eq!(smooth.at([1.0, 0.0], 1.0), Jet::of_residual(0.25, 0.5));
        assert_eq!(smooth.at([3.0, 8.0], 1.0), Jet::of_residual(4.0, -1.0));
    }

    /// By hand: both pieces have the value beta / 2 and the slope 1 where they meet.
    #[test]
    fn the_two_pieces_meet() {
        let smooth = SmoothL1 { beta: 2.0 };
        assert_eq!(smooth.at([2.0, 0.0], 1.0), Jet::of_residual(1.0, 1.0));
    }
}
