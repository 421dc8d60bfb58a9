//! Binary cross-entropy of a score before the sigmoid.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{
    Domain, Example, Family, Group, Input, Param, ParamKind, Per, REDUCTION, Role, Spec,
};
use crate::loss::tensor::{Tensor, broadcast, broadcast_in_place, torch_size};

/// `torch.nn.BCEWithLogitsLoss`: w ((1 − t) x − (1 + (p − 1) t) ln σ(x)), with p = `pos_weight`.
#[derive(Clone, Debug, Default)]
pub struct BceWithLogits {
    /// What each element's loss is multiplied by; broadcast.
    pub weight: Option<Tensor>,
    /// What the part of a target of 1 is multiplied by; broadcast.
    pub pos_weight: Option<Tensor>,
}

const WEIGHT: Param = Param {
    id: "weight",
    doc: "What each element's loss is multiplied by; the mean still divides by their number.",
    kind: ParamKind::Tensor { per: Per::Element },
};

const POS_WEIGHT: Param = Param {
    id: "pos_weight",
    doc: "What a missed yes costs, counted in missed noes.",
    kind: ParamKind::Tensor { per: Per::Element },
};

impl Pointwise<4> for BceWithLogits {
    const SPEC: &'static Spec = &Spec {
        torch: "BCEWithLogitsLoss",
        title: "Binary cross-entropy with logits",
        short: "BCE with logits",
        also: &["binary", "log loss", "logistic", "sigmoid", "multi-label"],
        brief: "The same score taken before the sigmoid, so that even a hopeless answer can learn.",
        group: Group::YesOrNo,
        family: Family::Pointwise,
        params: &[WEIGHT, REDUCTION, POS_WEIGHT],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Logit,
                doc: "the score that the sigmoid would turn into a probability",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Probability,
                doc: "1 for yes, 0 for no",
            },
        ],
        example: Example {
            story: "mails",
            // ln(p / (1 − p)) of the probabilities 0.95, 0.1, 0.6 and 0.02.
            query: "input=2.9444389791664403,-2.1972245773362196,0.4054651081081644,-3.8918202981106265\
                    &target=1,0,1,1&at=input.3&with=sigmoid:BCELoss\
                    &names=You won!,Lunch%3F,Invoice due,Hi%2C it's me",
            window: [-8.0, 8.0, 0.0, 8.0],
            overlays: &["sigmoid:BCELoss", "label:0", "label:1", "sigmoid:MSELoss"],
        },
    };

    const GRADS: [bool; 4] = [true, true, false, false];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { weight: args.tensor(&WEIGHT)?.cloned(), pos_weight: args.tensor(&POS_WEIGHT)?.cloned() })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (input, target) = (call.shape(0), call.shape(1));
        if input != target {
            return Err(Error::value(format!(
                "Target size ({}) must be the same as input size ({})",
                torch_size(target),
                torch_size(input)
            )));
        }
        let log_weight = self.pos_weight.as_ref().map(|it| broadcast(it.shape(), target)).transpose()?;
        call.refuse_integer_input("log_sigmoid_cpu")?;
        if let Some(log_weight) = log_weight {
            broadcast_in_place(input, &log_weight)?;
        }
        // 1 − target is multiplied by the input in place.
        call.refuse_in_place(0, 1)?;
        if let Some(weight) = &self.weight {
            broadcast_in_place(input, weight.shape())?;
        }
        Ok(Plan { shape: input.to_vec(), reduction })
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        vec![self.weight.as_ref(), self.pos_weight.as_ref()]
    }

    /// Without `pos_weight` the target is left out of products with 0, which matters where it is infinite.
    fn at(&self, [input, target, weight, pos_weight]: [f64; 4], up: f64) -> Jet<4> {
        let small = (-input.abs()).exp();
        let rest = small.ln_1p();
        let log_sigmoid = input.min(0.0) - rest;
        let sigmoid = if input < 0.0 { small } else { 1.0 } / (1.0 + small);
        let no = (1.0 - target) * input;
        let (value, by_input, by_target) = if self.pos_weight.is_some() {
            let positive = pos_weight * target;
            (
                no - ((pos_weight - 1.0) * target + 1.0) * log_sigmoid,
                (positive + 1.0 - target) * sigmoid - positive,
                (-input).min(0.0) - rest - pos_weight * log_sigmoid,
            )
        } else {
            (no - log_sigmoid, sigmoid - target, -input)
        };
        Jet { value: value * weight, slopes: [by_input * weight * up, by_target * weight * up, 0.0, 0.0] }
    }

    /// The slope along the input runs from −p t to 1 − t: where it crosses 0, there the loss is least.
    fn marks(&self, x: [f64; 4], along: usize) -> Marks {
        let [_, target, weight, pos_weight] = x;
        let (yes, no) = (pos_weight * target, 1.0 - target);
        match along {
            0 if weight > 0.0 && yes > 0.0 && no > 0.0 => Marks::least_at((yes / no).ln()),
            0 if weight > 0.0 && yes <= 0.0 && no > 0.0 => {
                Marks { best: Best::Lowest, floor: (yes == 0.0).then_some(0.0), ..Marks::default() }
            }
            0 if weight > 0.0 && yes > 0.0 && no <= 0.0 => {
                Marks { best: Best::Highest, floor: (no == 0.0).then_some(0.0), ..Marks::default() }
            }
            1 => Marks::line(self.at(x, 1.0).slopes[1]),
            _ => Marks::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: BceWithLogits = BceWithLogits { weight: None, pos_weight: None };

    /// By hand: the sigmoid of 0 is one half, which costs ln 2; the slope is one half minus the target.
    #[test]
    fn zero_is_a_coin() {
        let jet = PLAIN.at([0.0, 1.0, 1.0, 1.0], 1.0);
        assert!((jet.value - std::f64::consts::LN_2).abs() < 1e-16);
        assert_eq!(jet.slopes[0], -0.5);
    }

    /// As PyTorch 2.15.0 answered: the two logarithms of the sigmoid are not taken together where one is infinite.
    #[test]
    fn the_slope_by_the_target_of_an_endless_score_is_endless() {
        let loss = BceWithLogits { pos_weight: Some(Tensor::scalar(0.5)), ..PLAIN };
        assert_eq!(loss.at([f64::NEG_INFINITY, 0.5, 1.0, 0.5], 1.0).slopes[1], f64::INFINITY);
    }

    /// By hand: far on the wrong side the loss is the score itself, and the slope stays −1.
    #[test]
    fn a_hopeless_answer_still_learns() {
        let jet = PLAIN.at([-150.0, 1.0, 1.0, 1.0], 1.0);
        assert_eq!((jet.value, jet.slopes[0]), (150.0, -1.0));
    }
}
