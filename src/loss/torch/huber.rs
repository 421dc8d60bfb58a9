//! Huber loss: a parabola near zero, straight lines beyond `delta`.

use crate::loss::args::{Args, Value};
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};

/// `torch.nn.HuberLoss`: ½d² up to `delta`, then delta (|d| − ½ delta), with d = input − target
/// (Huber 1964).
#[derive(Clone, Copy, Debug)]
pub struct Huber {
    /// The error at which the parabola gives way to a line, above 0.
    pub delta: f64,
}

pub const DELTA: Param = Param {
    id: "delta",
    doc: "The error at which the parabola gives way to a line.",
    kind: ParamKind::Real { default: 1.0, slider: (0.05, 5.0), step: 0.05 },
};

impl Default for Huber {
    fn default() -> Self {
        Self { delta: DELTA.default_real() }
    }
}

impl Pointwise<2> for Huber {
    const SPEC: &'static Spec = &Spec {
        torch: "HuberLoss",
        title: "Huber loss",
        short: "Huber",
        also: &["robust", "outliers", "regression"],
        brief: "Half of MSE up to δ, a line of slope δ beyond: one mansion cannot outshout the street.",
        group: Group::Number,
        family: Family::Pointwise,
        params: &[REDUCTION, DELTA],
        inputs: &[
            Input { id: "input", role: Role::Prediction, domain: Domain::Real, doc: "what the model said" },
            Input { id: "target", role: Role::Target, domain: Domain::Real, doc: "what was true" },
        ],
        example: Example {
            story: "houses",
            query: "input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.3&with=MSELoss\
                    &names=flat,terrace,cottage,mansion&unit=$100k",
            window: [2.0, 14.0, 0.0, 12.0],
            overlays: &["MSELoss", "L1Loss", "SmoothL1Loss"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        match args.get(DELTA.id) {
            Some(value @ (Value::None | Value::Text(_) | Value::Tensor(_))) => Err(Error::type_(format!(
                "delta must be a float or int, got: <class '{}'>",
                value.type_name()
            ))),
            _ => Ok(Self { delta: args.real(&DELTA)? }),
        }
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let shape = call.broadcast_with_warning()?;
        let reduction = call.reduction()?;
        self.refuse_forward(call)?;
        self.refuse_backward(call)?;
        Ok(Plan { shape, reduction })
    }

    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let delta = self.delta;
        let error = input - target;
        if error.abs() <= delta {
            Jet::of_residual(0.5 * error * error, up * error)
        } else {
            Jet::of_residual(delta * (error.abs() - 0.5 * delta), up * delta * error.signum())
        }
    }

    /// The slope is continuous at delta; its derivative is not.
    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        let other = x[1 - along.min(1)];
        Marks::least_at(other).bending_at([other - self.delta, other + self.delta])
    }
}

impl Huber {
    /// PyTorch's refusals of a delta that is not above 0, and of losses that it would have to write into integers.
    pub fn refuse_forward(&self, call: &Call) -> Result<(), Error> {
        if self.delta <= 0.0 || self.delta.is_nan() {
            return Err(Error::runtime("huber_loss does not support non-positive values for delta."));
        }
        call.refuse_integers("huber_cpu")?;
        call.refuse_in_place(1, 0)
    }

    /// PyTorch's refusal of an integer target on the way back.
    pub fn refuse_backward(&self, call: &Call) -> Result<(), Error> {
        let (input, target) = (call.dtype(0), call.dtype(1));
        if target.is_float() {
            return Ok(());
        }
        let (found, expected) = (target.scalar_type(), input.scalar_type());
        Err(Error::runtime(format!("Found dtype {found} but expected {expected}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: at error 3 the loss is 2 (3 − 1) = 4 and the slope is cut from 3 to 2.
    #[test]
    fn clips_the_slope_at_delta() {
        let huber = Huber { delta: 2.0 };
        assert_eq!(huber.at([3.0, 0.0], 1.0), Jet::of_residual(4.0, 2.0));
        assert_eq!(huber.at([0.0, 3.0], 1.0), Jet::of_residual(4.0, -2.0));
    }

    #[test]
    fn the_two_pieces_meet() {
        let huber = Huber { delta: 2.0 };
        assert_eq!(huber.at([2.0, 0.0], 1.0), Jet::of_residual(2.0, 2.0));
    }
}
