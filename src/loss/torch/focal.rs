//! Sigmoid focal loss of torchvision: binary cross-entropy that looks away from what is already right.

use super::BceWithLogits;
use super::boxes::reduction;
use crate::loss::args::{Args, Value};
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::numeric::{python, sigmoid};
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, Role, Spec};
use crate::loss::tensor::torch_size;

/// `torchvision.ops.sigmoid_focal_loss`: α_t (1 − p_t)^γ times the binary cross-entropy, where p_t is the probability of
/// what was true (Lin et al. 2017).
#[derive(Clone, Copy, Debug)]
pub struct SigmoidFocal {
    /// The weight of a target of 1; 1 − alpha is that of 0. At −1 both have none.
    pub alpha: f64,
    /// The power of the probability given to the wrong answer.
    pub gamma: f64,
}

const ALPHA: Param = Param {
    id: "alpha",
    doc: "The weight of yes; no gets the rest of 1. At −1 neither is weighted.",
    kind: ParamKind::Real { default: 0.25, slider: (0.0, 1.0), step: 0.05 },
};

const GAMMA: Param = Param {
    id: "gamma",
    doc: "How far the loss turns down what is right already: at 0 not at all, and below 0 up.",
    kind: ParamKind::Real { default: 2.0, slider: (0.0, 5.0), step: 0.25 },
};

impl Default for SigmoidFocal {
    fn default() -> Self {
        Self { alpha: ALPHA.default_real(), gamma: GAMMA.default_real() }
    }
}

impl Pointwise<2> for SigmoidFocal {
    const SPEC: &'static Spec = &Spec {
        torch: "sigmoid_focal_loss",
        title: "Sigmoid focal loss",
        short: "Focal",
        also: &["focal", "RetinaNet", "detection", "imbalance"],
        brief: "Binary cross-entropy that turns down what is right already, so that a thousand easy noes do not drown one hard yes.",
        group: Group::Beyond,
        family: Family::Pointwise,
        params: &[ALPHA, GAMMA, super::boxes::REDUCTION],
        inputs: &[
            Input {
                id: "inputs",
                role: Role::Prediction,
                domain: Domain::Logit,
                doc: "the score before the sigmoid: is a pedestrian in this patch?",
            },
            Input {
                id: "targets",
                role: Role::Target,
                domain: Domain::Probability,
                doc: "1 for yes, 0 for no",
            },
        ],
        example: Example {
            story: "patches",
            query: "inputs=-3,-2.5,-2.2,-2,-1.7,0.5,-1&targets=0,0,0,0,0,0,1&reduction=sum&at=inputs.6&with=gamma:0\
                    &names=sky,road,wall,hedge,fence,lamp post,pedestrian",
            window: [-8.0, 8.0, 0.0, 2.0],
            overlays: &["gamma:0", "gamma:5", "alpha:-1"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        let alpha = args.real(&ALPHA)?;
        if !(0.0..=1.0).contains(&alpha) && alpha != -1.0 {
            let given = match args.get(ALPHA.id) {
                Some(Value::Int(alpha)) => alpha.to_string(),
                _ => python(alpha),
            };
            return Err(Error::value(format!(
                "Invalid alpha value: {given}. alpha must be in the range [0,1] or -1 for ignore."
            )));
        }
        Ok(Self { alpha, gamma: args.real(&GAMMA)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let (inputs, targets) = (call.shape(0), call.shape(1));
        if inputs != targets {
            return Err(Error::value(format!(
                "Target size ({}) must be the same as input size ({})",
                torch_size(targets),
                torch_size(inputs)
            )));
        }
        call.refuse_integer_input("log_sigmoid_cpu")?;
        // 1 − target is multiplied by the input in place.
        call.refuse_in_place(0, 1)?;
        Ok(Plan { shape: inputs.to_vec(), reduction: reduction(call)? })
    }

    /// Backwards through each step of the formula, as autograd goes.
    fn at(&self, [x, t]: [f64; 2], up: f64) -> Jet<2> {
        let plain = BceWithLogits { weight: None, pos_weight: None };
        let cross = plain.at([x, t, 1.0, 1.0], 1.0);
        let p = sigmoid(x);
        let wrong = 1.0 - (p * t + (1.0 - p) * (1.0 - t));
        let focus = wrong.powf(self.gamma);
        let weighted = self.alpha >= 0.0;
        let balance = if weighted { self.alpha * t + (1.0 - self.alpha) * (1.0 - t) } else { 1.0 };
        let up_loss = up * balance;
        let by_wrong = match self.gamma {
            0.0 => 0.0,
            gamma => up_loss * cross.value * (gamma * wrong.powf(gamma - 1.0)),
        };
        let by_p = -by_wrong * t + by_wrong * (1.0 - t);
        let by_t = -by_wrong * p + by_wrong * (1.0 - p);
        let up_cross = up_loss * focus;
        let [cross_x, cross_t, ..] = cross.slopes;
        let loss = cross.value * focus;
        let by_balance = if weighted { up * loss * (2.0 * self.alpha - 1.0) } else { 0.0 };
        Jet {
            value: balance * loss,
            slopes: [up_cross * cross_x + by_p * (1.0 - p) * p, up_cross * cross_t + by_t + by_balance],
        }
    }

    /// Towards what is certain the loss only falls; between yes and no its lowest place has no formula.
    fn marks(&self, [_, target]: [f64; 2], along: usize) -> Marks {
        let best = match target {
            _ if along != 0 || self.gamma < 0.0 => return Marks::default(),
            1.0 => Best::Highest,
            0.0 => Best::Lowest,
            _ => return Marks::default(),
        };
        Marks { best, floor: Some(0.0), ..Marks::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: at 0 both answers are half right: ¼ of ½² of ln 2.
    #[test]
    fn looks_away_from_what_is_half_right() {
        let jet = SigmoidFocal { alpha: 0.25, gamma: 2.0 }.at([0.0, 1.0], 1.0);
        assert!((jet.value - 2.0_f64.ln() / 16.0).abs() < 1e-16);
    }

    /// With γ = 0 and no weights it is binary cross-entropy.
    #[test]
    fn is_cross_entropy_at_gamma_zero() {
        let focal = SigmoidFocal { alpha: -1.0, gamma: 0.0 }.at([1.5, 1.0], 1.0);
        let plain = BceWithLogits { weight: None, pos_weight: None }.at([1.5, 1.0, 1.0, 1.0], 1.0);
        assert_eq!((focal.value, focal.slopes[0]), (plain.value, plain.slopes[0]));
    }

    /// As PyTorch 2.15.0 answered: without weights and focus the slope by a target that is NaN is the score's.
    #[test]
    fn a_weight_that_is_not_there_has_no_slope() {
        let focal = SigmoidFocal { alpha: -1.0, gamma: 0.0 }.at([-0.5, f64::NAN], 1.0);
        assert_eq!(focal.slopes[1], 0.5);
    }
}
