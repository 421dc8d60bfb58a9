//! Hinge embedding loss: pulls what belongs together, pushes the rest apart up to a margin.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::numeric::clamp_min_zero;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast;

/// `torch.nn.HingeEmbeddingLoss`: x where the target is 1, max(0, margin − x) where it is −1, and the sum of
/// both where it is anything else.
#[derive(Clone, Copy, Debug)]
pub struct HingeEmbedding {
    /// The distance from which a target of −1 costs nothing.
    pub margin: f64,
}

const MARGIN: Param = Param {
    id: "margin",
    doc: "The distance from which on a different pair costs nothing.",
    kind: ParamKind::Real { default: 1.0, slider: (0.0, 3.0), step: 0.05 },
};

impl Default for HingeEmbedding {
    fn default() -> Self {
        Self { margin: MARGIN.default_real() }
    }
}

impl Pointwise<2> for HingeEmbedding {
    const SPEC: &'static Spec = &Spec {
        torch: "HingeEmbeddingLoss",
        title: "Hinge embedding loss",
        short: "Hinge embedding",
        also: &["contrastive", "siamese", "metric learning"],
        brief: "Pulls the same face together; pushes different ones apart until a margin lies between.",
        group: Group::Closeness,
        family: Family::Pointwise,
        params: &[MARGIN, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Distance,
                doc: "how far apart the model sees the two",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Sign,
                doc: "1 for the same, −1 for different",
            },
        ],
        example: Example {
            story: "face pairs",
            query: "input=0.2,0.9,0.4,1.6&target=1,1,-1,-1&at=input.2&with=label:1\
                    &names=Ana–Ana,Ben–Ben,Ana–Ben,Ben–Cleo",
            window: [0.0, 2.0, 0.0, 2.0],
            overlays: &["label:1", "label:-1", "label:0", "margin:0.5"],
        },
    };

    const GRADS: [bool; 2] = [true, false];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { margin: args.real(&MARGIN)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let shape = broadcast(call.shape(1), call.shape(0))?;
        // Either term is 0 or made of the input: the losses have its dtype.
        call.refuse_integer_mean(call.dtype(0), reduction)?;
        Ok(Plan { shape, reduction })
    }

    /// At the margin the gradient of the push is 0, and where the input is NaN too.
    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let room = self.margin - input;
        let (mut value, mut slope) = (0.0, 0.0);
        if target != 1.0 {
            value = clamp_min_zero(room);
            slope = if room > 0.0 { -up } else { 0.0 };
        }
        if target != -1.0 {
            value += input;
            slope += up;
        }
        Jet { value, slopes: [slope, 0.0] }
    }

    /// The target is only compared with 1 and −1: along it there is nothing to find.
    fn marks(&self, [_, target]: [f64; 2], along: usize) -> Marks {
        match along {
            0 if target == 1.0 => Marks { best: Best::Lowest, ..Marks::default() },
            0 if target == -1.0 => Marks::flat_above(self.margin),
            0 => Marks::flat_below(self.margin),
            _ => Marks::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: HingeEmbedding = HingeEmbedding { margin: 1.0 };

    /// By hand: at distance 0.25 the same face costs 0.25, another one the 0.75 that are missing to 1.
    #[test]
    fn pulls_or_pushes() {
        assert_eq!(UNIT.at([0.25, 1.0], 1.0), Jet { value: 0.25, slopes: [1.0, 0.0] });
        assert_eq!(UNIT.at([0.25, -1.0], 1.0), Jet { value: 0.75, slopes: [-1.0, 0.0] });
        assert_eq!(UNIT.at([1.0, -1.0], 1.0), Jet { value: 0.0, slopes: [0.0, 0.0] });
    }

    /// By hand: 0.25 + 0.75; the two slopes cancel.
    #[test]
    fn a_target_of_zero_adds_both() {
        assert_eq!(UNIT.at([0.25, 0.0], 1.0), Jet { value: 1.0, slopes: [0.0, 0.0] });
    }
}
