//! Margin ranking loss: the better of two must lead by a margin.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::clamp_min_zero;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::{broadcast, torch_size};

/// `torch.nn.MarginRankingLoss`: max(0, −t (x₁ − x₂) + margin).
#[derive(Clone, Copy, Debug, Default)]
pub struct MarginRanking {
    /// By how much the higher-ranked must lead.
    pub margin: f64,
}

const MARGIN: Param = Param {
    id: "margin",
    doc: "How far the better one must lead before nothing is left to pay.",
    kind: ParamKind::Real { default: 0.0, slider: (0.0, 3.0), step: 0.05 },
};

impl Pointwise<3> for MarginRanking {
    const SPEC: &'static Spec = &Spec {
        torch: "MarginRankingLoss",
        title: "Margin ranking loss",
        short: "Margin ranking",
        also: &["pairwise", "learning to rank", "hinge"],
        brief: "Only order counts: the better film must lead by the margin.",
        group: Group::Closeness,
        family: Family::Pointwise,
        params: &[MARGIN, REDUCTION],
        inputs: &[
            Input {
                id: "input1",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "the model's score of the first",
            },
            Input {
                id: "input2",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "the model's score of the second",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Sign,
                doc: "1 where the first is better, −1 where the second is",
            },
        ],
        example: Example {
            story: "films",
            query: "input1=3,3,2&input2=4.5,2.75,3.5&target=-1,1,1&margin=0.5&at=input1.1&with=margin:0\
                    &unit=stars",
            window: [1.0, 5.0, 0.0, 2.5],
            overlays: &["margin:0", "margin:1", "label:1", "label:-1"],
        },
    };

    const GRADS: [bool; 3] = [true, true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { margin: args.real(&MARGIN)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (first, second, target) = (call.shape(0), call.shape(1), call.shape(2));
        if first.len() != second.len() || first.len() != target.len() {
            return Err(Error::runtime(format!(
                "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {}, \
                 input2: {}, target: {} ",
                torch_size(first),
                torch_size(second),
                torch_size(target)
            )));
        }
        Ok(Plan { shape: broadcast(target, &broadcast(first, second)?)?, reduction })
    }

    /// Where the loss is 0 the upstream gradient becomes 0 before it is multiplied in, and 0 · NaN is NaN.
    fn at(&self, [first, second, target]: [f64; 3], up: f64) -> Jet<3> {
        let lead = first - second;
        let short = -target * lead + self.margin;
        let up = if short > 0.0 { up } else { 0.0 };
        Jet { value: clamp_min_zero(short), slopes: [-target * up, target * up, -lead * up] }
    }

    /// The hinge along each of the three, where the line −t (x₁ − x₂) + margin has a slope at all.
    fn marks(&self, [first, second, target]: [f64; 3], along: usize) -> Marks {
        let (slope, edge) = match along {
            0 => (-target, second + self.margin / target),
            1 => (target, first - self.margin / target),
            _ => (second - first, self.margin / (first - second)),
        };
        match slope {
            _ if slope < 0.0 => Marks::flat_above(edge),
            _ if slope > 0.0 => Marks::flat_below(edge),
            _ => Marks::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: MarginRanking = MarginRanking { margin: 0.5 };

    /// By hand: the better film leads by 0.25 where 0.5 is asked for; 0.25 is missing.
    #[test]
    fn right_but_too_close_still_pays() {
        assert_eq!(HALF.at([3.0, 2.75, 1.0], 1.0), Jet { value: 0.25, slopes: [-1.0, 1.0, -0.25] });
    }

    /// By hand: a lead of exactly the margin costs nothing, and nothing moves.
    #[test]
    fn a_sufficient_lead_is_free() {
        assert_eq!(HALF.at([3.25, 2.75, 1.0], 1.0), Jet { value: 0.0, slopes: [0.0, 0.0, 0.0] });
    }
}
