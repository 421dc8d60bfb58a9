//! Multi-label margin loss: each of several true classes must lead every false one by a margin of 1.

use super::multi_margin::{check_long, rows_and_classes};
use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::spec::{Domain, Example, Family, Group, Input, REDUCTION, Role, Spec};
use crate::loss::tensor::list;
use crate::loss::vectors::Vectors;

/// `torch.nn.MultiLabelMarginLoss`: Σ over labels j and other classes i of max(0, 1 − (x_j − x_i)), divided by the
/// number of classes. The labels of a row are class indices up to the first −1.
#[derive(Clone, Copy, Debug, Default)]
pub struct MultiLabelMargin;

impl Vectors<2> for MultiLabelMargin {
    const SPEC: &'static Spec = &Spec {
        torch: "MultiLabelMarginLoss",
        title: "Multi-label margin loss",
        short: "Multi-label margin",
        also: &["hinge", "tags", "several labels", "ranking"],
        brief: "Each true tag must lead each false one by 1. The target lists the true tags and then says −1.",
        group: Group::YesOrNo,
        family: Family::Tagged,
        params: &[REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "the score that the model gave to each tag",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Labels,
                doc: "the true tags by their indices, then −1",
            },
        ],
        example: Example {
            story: "tags",
            query: "input=2,0.5,-0.5,-0.2;-1,-2,-0.3,1.5&target=0,1,2,-1;2,3,-1,-1&at=input.0.2\
                    &names=harbour,forest;sea,ship,sky,tree",
            window: [-3.0, 3.0, 0.0, 1.25],
            overlays: &[],
        },
    };

    const VECTORS: [bool; 2] = [true, true];

    const GRADS: [bool; 2] = [true, false];

    fn new(_: &Args) -> Result<Self, Error> {
        Ok(Self)
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (input, target) = (call.shape(0), call.shape(1));
        let (rows, classes) = rows_and_classes(input)?;
        let fits = match input.len() {
            2 => input == target,
            _ => target.len() <= 1 && target.iter().product::<usize>() == classes,
        };
        if !fits {
            return Err(Error::runtime(format!(
                "inconsistent target size: {} for input of size: {}",
                list(target),
                list(input)
            )));
        }
        let [_, labels, ..] = call.inputs() else { return Err(Error::runtime("")) };
        // Also those behind the first −1.
        if labels.floats().iter().any(|it| it.trunc() < -1.0 || *it >= classes as f64) {
            return Err(Error::runtime("argument #2 'target' is out of range"));
        }
        // Without rows no kernel runs.
        if rows > 0 {
            call.refuse_integer_input("multilabel_margin_loss_forward_out_frame")?;
            check_long(labels)?;
        }
        let shape = if input.len() == 2 { vec![rows] } else { Vec::new() };
        Ok(Plan { shape, reduction })
    }

    /// A tag that is listed twice counts twice; a term that is NaN is dropped.
    fn at(&self, [scores, labels]: [&[f64]; 2], up: f64, [slopes, _]: [&mut [f64]; 2]) -> f64 {
        let listed = || labels.iter().take_while(|it| **it >= 0.0).map(|it| *it as usize);
        let mut is_true = vec![false; scores.len()];
        for label in listed() {
            if let Some(is_true) = is_true.get_mut(label) {
                *is_true = true;
            }
        }
        let classes = scores.len() as f64;
        let mut total = 0.0;
        for label in listed() {
            let truth = scores.get(label).copied().unwrap_or(f64::NAN);
            for (class, score) in scores.iter().enumerate().filter(|it| is_true.get(it.0) == Some(&false)) {
                let short = 1.0 - truth + score;
                if short > 0.0 {
                    total += short;
                    for (at, by) in [(class, up / classes), (label, -up / classes)] {
                        if let Some(slope) = slopes.get_mut(at) {
                            *slope += by;
                        }
                    }
                }
            }
        }
        total / classes
    }

    /// A corner for each of the other kind: a true tag must lead the false ones, a false one trail the true ones.
    fn marks(&self, [scores, labels]: [&[f64]; 2], along: usize, place: usize) -> Marks {
        if along != 0 {
            return Marks::default();
        }
        let is_true = |class: usize| labels.iter().take_while(|it| **it >= 0.0).any(|it| *it == class as f64);
        let own = is_true(place);
        let step = if own { 1.0 } else { -1.0 };
        let other = |it: &(usize, &f64)| is_true(it.0) != own;
        let corners: Vec<f64> = scores.iter().enumerate().filter(other).map(|it| it.1 + step).collect();
        let marks = match (corners.is_empty(), own) {
            (true, _) => return Marks::default(),
            (_, true) => Marks::flat_above(corners.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
            (_, false) => Marks::flat_below(corners.iter().copied().fold(f64::INFINITY, f64::min)),
        };
        Marks { kinks: Vec::new(), ..marks }.jumping_at(corners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::tensor::Tensor;

    /// PyTorch's own example: tags 3 and 0 of scores 0.1, 0.2, 0.4, 0.8:
    /// ¼ ((1 − (0.1 − 0.2)) + (1 − (0.1 − 0.4)) + (1 − (0.8 − 0.2)) + (1 − (0.8 − 0.4))) = 0.85.
    #[test]
    fn each_true_tag_against_each_false_one() {
        let mut slopes = [0.0; 4];
        let x: [&[f64]; 2] = [&[0.1, 0.2, 0.4, 0.8], &[3.0, 0.0, -1.0, 1.0]];
        let loss = MultiLabelMargin.at(x, 1.0, [&mut slopes, &mut []]);
        assert!((loss - 0.85).abs() < 1e-15);
        assert_eq!(slopes, [-0.5, 0.5, 0.5, -0.5]);
    }

    /// What stands behind the first −1 is not read, but must be a class.
    #[test]
    fn the_rest_of_a_list_is_checked_all_the_same() {
        let input = Tensor::vector([0.0, 0.0]);
        let labels = Tensor::int([2], vec![-1, 2]).unwrap();
        let args = Args::default();
        let inputs = [&input, &labels];
        let mut call = Call::new(MultiLabelMargin::SPEC, &args, &inputs).unwrap();
        assert_eq!(
            MultiLabelMargin.check(&mut call).unwrap_err().message,
            "argument #2 'target' is out of range"
        );
    }
}
