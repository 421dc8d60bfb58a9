//! Multi-label soft margin loss: a yes or no for each class, averaged over the classes.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::numeric::log1p_exp;
use crate::loss::spec::{
    Domain, Example, Family, Group, Input, Param, ParamKind, Per, REDUCTION, Role, Spec,
};
use crate::loss::tensor::{Tensor, broadcast, list};
use crate::loss::vectors::{Vectors, entry, gather};

/// `torch.nn.MultiLabelSoftMarginLoss`: −1/C Σ w_c (t ln σ(x) + (1 − t) ln σ(−x)) over the last axis.
#[derive(Clone, Debug, Default)]
pub struct MultiLabelSoftMargin {
    /// The weight of each class.
    pub weight: Option<Tensor>,
}

const WEIGHT: Param = Param {
    id: "weight",
    doc: "What each class's term is multiplied by; the mean still divides by the number of classes.",
    kind: ParamKind::Tensor { per: Per::Class },
};

impl Vectors<3> for MultiLabelSoftMargin {
    const SPEC: &'static Spec = &Spec {
        torch: "MultiLabelSoftMarginLoss",
        title: "Multi-label soft margin loss",
        short: "Multi-label soft margin",
        also: &["multi-label", "sigmoid", "binary", "tags", "several labels"],
        brief: "A yes or no for each tag, as in BCE with logits, averaged over the tags of each photo.",
        group: Group::YesOrNo,
        family: Family::Tagged,
        params: &[WEIGHT, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Logit,
                doc: "the score that the model gave to each tag",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Probability,
                doc: "1 for each tag that is true, 0 for the others",
            },
        ],
        example: Example {
            story: "tags",
            query: "input=2,0.5,-0.5,-0.2;-1,-2,-0.3,1.5&target=1,1,1,0;0,0,1,1&at=input.0.2\
                    &names=harbour,forest;sea,ship,sky,tree",
            window: [-6.0, 6.0, 0.0, 2.0],
            overlays: &[],
        },
    };

    const VECTORS: [bool; 3] = [true; 3];

    const GRADS: [bool; 3] = [true; 3];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { weight: args.tensor(&WEIGHT)?.cloned() })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        call.refuse_integer_input("log_sigmoid_cpu")?;
        let mut shape = broadcast(call.shape(1), call.shape(0))?;
        if let Some(weight) = &self.weight {
            shape = broadcast(&shape, weight.shape())?;
        }
        if call.shape(0).is_empty() {
            return Err(Error::index("Dimension specified as -1 but tensor has no dimensions"));
        }
        if shape.len() > call.shape(0).len() {
            // PyTorch counts the classes' axis from the front of the input, and would sum over another one here.
            return Err(Error::not_implemented(format!(
                "Losslens does not compute MultiLabelSoftMarginLoss of an input of shape {} repeated to {}, where PyTorch \
                 sums over an axis that is not the classes'.",
                list(call.shape(0)),
                list(&shape)
            )));
        }
        let reduction = call.late_reduction()?;
        shape.pop();
        Ok(Plan { shape, reduction })
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        vec![self.weight.as_ref()]
    }

    fn at(&self, [scores, truth, weights]: [&[f64]; 3], up: f64, [by_x, by_t, by_w]: [&mut [f64]; 3]) -> f64 {
        let classes = scores.len() as f64;
        let width = scores.len().max(truth.len()).max(weights.len());
        let width = if scores.is_empty() || truth.is_empty() { 0 } else { width };
        let mut total = 0.0;
        for c in 0..width {
            let (x, t, w) =
                (entry(scores, c), entry(truth, c), if weights.is_empty() { 1.0 } else { entry(weights, c) });
            let (yes, no) = (log_sigmoid(x), log_sigmoid(-x));
            let cost = -(t * yes + (1.0 - t) * no);
            total += cost * w;
            let up = up / classes;
            gather(by_w, c, cost * up);
            let up = up * w;
            gather(by_x, c, -up * t * log_sigmoid_slope(x) + up * (1.0 - t) * log_sigmoid_slope(-x));
            gather(by_t, c, -up * yes + up * no);
        }
        total / classes
    }

    /// The slope along a score runs from −t to 1 − t: where it crosses 0, there the loss is least.
    fn marks(&self, [scores, truth, weights]: [&[f64]; 3], along: usize, place: usize) -> Marks {
        let (x, t) = (entry(scores, place), entry(truth, place));
        let (best, rest) = match along {
            0 if !weights.is_empty() && entry(weights, place) <= 0.0 => return Marks::default(),
            0 if t > 0.0 && t < 1.0 => return Marks::least_at((t / (1.0 - t)).ln()),
            0 if t >= 1.0 => (Best::Highest, -log_sigmoid(x)),
            0 => (Best::Lowest, -log_sigmoid(-x)),
            _ => return Marks::line(log_sigmoid(-x) - log_sigmoid(x)),
        };
        // The other classes' terms stay.
        let weight = if weights.is_empty() { 1.0 } else { entry(weights, place) };
        let whole = self.at([scores, truth, weights], 1.0, [&mut [], &mut [], &mut []]);
        let floor = whole - rest * weight / scores.len() as f64;
        Marks { best, floor: (t == 0.0 || t == 1.0).then_some(floor), ..Marks::default() }
    }
}

/// ln σ(x), exact on both sides.
fn log_sigmoid(x: f64) -> f64 {
    -log1p_exp(-x)
}

/// Its slope, σ(−x).
fn log_sigmoid_slope(x: f64) -> f64 {
    let small = (-x.abs()).exp();
    let share = small / (1.0 + small);
    if x < 0.0 { 1.0 - share } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: two scores of 0 cost ln 2 each; σ(0) is one half, and the truth pulls half of that.
    #[test]
    fn zeros_are_coins() {
        let mut slopes = [0.0; 2];
        let x: [&[f64]; 3] = [&[0.0, 0.0], &[1.0, 0.0], &[]];
        let loss = MultiLabelSoftMargin { weight: None }.at(x, 1.0, [&mut slopes, &mut [], &mut []]);
        assert_eq!((loss, slopes), (1.0_f64.ln_1p(), [-0.25, 0.25]));
    }

    /// By hand: with weights 2 and 0 the first class alone counts, and double: ln 2 again.
    #[test]
    fn weights_do_not_divide() {
        let mut by_w = [0.0; 2];
        let x: [&[f64]; 3] = [&[0.0, 5.0], &[1.0, 0.0], &[2.0, 0.0]];
        let loss = MultiLabelSoftMargin { weight: None }.at(x, 1.0, [&mut [], &mut [], &mut by_w]);
        assert_eq!((loss, by_w[0]), (1.0_f64.ln_1p(), 1.0_f64.ln_1p() / 2.0));
    }

    #[test]
    fn what_would_be_summed_over_the_batch_is_refused() {
        let of = |input: &[usize], target: &[usize]| {
            let zeros = |shape: &[usize]| Tensor::new(shape, vec![0.0; shape.iter().product()]).unwrap();
            let (input, target) = (zeros(input), zeros(target));
            let loss = crate::loss::torch::Loss::find("MultiLabelSoftMarginLoss").unwrap();
            loss.evaluate(&Args::default(), &[&input, &target], crate::loss::evaluation::Want::ALL).is_ok()
        };
        assert!(of(&[1, 5], &[3, 5]) && !of(&[5], &[3, 5]));
    }
}
