//! Multi-class margin loss: the true class must lead every other one by a margin.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::spec::{
    Domain, Example, Family, Group, Input, Param, ParamKind, Per, REDUCTION, Role, Spec,
};
use crate::loss::tensor::{Dtype, Tensor, list};
use crate::loss::vectors::Vectors;

/// `torch.nn.MultiMarginLoss`: Σ over i ≠ y of w_y max(0, margin − x_y + x_i)ᵖ, divided by the number of classes.
#[derive(Clone, Debug)]
pub struct MultiMargin {
    /// Whether each gap is squared: `p=2`.
    pub squared: bool,
    /// By how much the true class must lead.
    pub margin: f64,
    /// The weight of each class, of shape (C).
    pub weight: Option<Tensor>,
}

const P: Param =
    Param { id: "p", doc: "The power of what is missing: 1 or 2.", kind: ParamKind::Int { default: 1 } };

const MARGIN: Param = Param {
    id: "margin",
    doc: "How far the true class must lead each of the others.",
    kind: ParamKind::Real { default: 1.0, slider: (0.0, 3.0), step: 0.05 },
};

const WEIGHT: Param = Param {
    id: "weight",
    doc: "How much each true class counts; the mean still divides by the number of rows.",
    kind: ParamKind::Tensor { per: Per::Class },
};

impl Default for MultiMargin {
    fn default() -> Self {
        Self { squared: false, margin: MARGIN.default_real(), weight: None }
    }
}

impl Vectors<3> for MultiMargin {
    const SPEC: &'static Spec = &Spec {
        torch: "MultiMarginLoss",
        title: "Multi-class margin loss",
        short: "Multi margin",
        also: &["hinge", "svm", "crammer singer", "classification", "multiclass"],
        brief: "The true class must lead each other one by a margin; whoever trails far enough is let go.",
        group: Group::OneOfMany,
        family: Family::Rowwise,
        params: &[P, MARGIN, WEIGHT, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "the score that the model gave to each class",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Class, doc: "the true class" },
        ],
        example: Example {
            story: "photos",
            query: "input=2,1,0.1;0.5,2.5,0;3,0,1&target=0,1,2&at=input.2.2\
                    &names=photo 0,photo 1,photo 2;car,motorcycle,truck",
            window: [-4.0, 8.0, 0.0, 4.0],
            overlays: &["p:2", "margin:0.5", "margin:2"],
        },
    };

    const VECTORS: [bool; 3] = [true, false, true];

    const GRADS: [bool; 3] = [true, false, false];

    fn new(args: &Args) -> Result<Self, Error> {
        let p = match args.get(P.id) {
            None => Some(1.0),
            Some(value) => value.real(),
        };
        if p != Some(1.0) && p != Some(2.0) {
            return Err(Error::value("only p == 1 and p == 2 supported"));
        }
        let weight = args.tensor(&WEIGHT)?.cloned();
        if let Some(weight) = weight.as_ref().filter(|it| it.dim() != 1) {
            return Err(Error::value(format!(
                "MultiMarginLoss: expected weight to be None or 1D tensor, got {}D instead",
                weight.dim()
            )));
        }
        Ok(Self { squared: p == Some(2.0), margin: args.real(&MARGIN)?, weight })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (input, target) = (call.shape(0), call.shape(1));
        let (rows, classes) = rows_and_classes(input)?;
        if target.len() > 1 || target.iter().product::<usize>() != rows {
            return Err(Error::runtime(format!(
                "multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples \
                 (batch size). Expected target size [{rows}], but got {}. Input has shape {}.",
                list(target),
                list(input)
            )));
        }
        if let Some(weight) = self.weight.as_ref().filter(|it| it.len() != classes) {
            return Err(Error::runtime(format!(
                "inconsistent weight size, expected {classes} but got {}",
                list(weight.shape())
            )));
        }
        let [_, labels, ..] = call.inputs() else { return Err(Error::runtime("target out of range")) };
        // Without rows no kernel runs.
        if rows > 0 {
            call.refuse_integer_input("multi_margin_loss_cpu_kernel")?;
            check_long(labels)?;
        }
        let is_class = |it: &i64| usize::try_from(*it).is_ok_and(|it| it < classes);
        if !labels.ints().unwrap_or_default().iter().all(is_class) {
            return Err(Error::runtime("target out of range"));
        }
        let shape = if target.is_empty() { Vec::new() } else { vec![rows] };
        Ok(Plan { shape, reduction })
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        vec![self.weight.as_ref()]
    }

    /// A term that is NaN is dropped: it is not above 0.
    fn at(&self, [scores, label, weight]: [&[f64]; 3], up: f64, [slopes, ..]: [&mut [f64]; 3]) -> f64 {
        let label = label.first().map_or(0, |it| *it as usize);
        let truth = scores.get(label).copied().unwrap_or(f64::NAN);
        let weight = weight.get(label).copied().unwrap_or(1.0);
        let classes = scores.len() as f64;
        let (mut total, mut pull) = (0.0, 0.0);
        for (class, score) in scores.iter().enumerate().filter(|it| it.0 != label) {
            let short = self.margin - truth + score;
            if short > 0.0 {
                let (cost, slope) = if self.squared { (short * short, 2.0 * short) } else { (short, 1.0) };
                total += cost * weight;
                let slope = up / classes * slope * weight;
                pull -= slope;
                if let Some(by) = slopes.get_mut(class) {
                    *by += slope;
                }
            }
        }
        if let Some(by) = slopes.get_mut(label) {
            *by += pull;
        }
        total / classes
    }

    /// Every other class has a corner, where it comes within the margin.
    fn marks(&self, [scores, label, weight]: [&[f64]; 3], along: usize, place: usize) -> Marks {
        let label = label.first().map_or(0, |it| *it as usize);
        let truth = scores.get(label).copied().unwrap_or(f64::NAN);
        let others = scores.iter().enumerate().filter(|it| it.0 != label).map(|it| *it.1);
        if along != 0 || weight.get(label).is_some_and(|it| *it <= 0.0) {
            return Marks::default();
        }
        if place != label {
            let corner = truth - self.margin;
            let marks = Marks::flat_below(corner);
            return if self.squared {
                Marks { kinks: Vec::new(), ..marks }.bending_at([corner])
            } else {
                marks
            };
        }
        let corners: Vec<f64> = others.map(|it| it + self.margin).collect();
        let last = corners.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let marks = Marks { kinks: Vec::new(), ..Marks::flat_above(last) };
        if self.squared { marks.bending_at(corners) } else { marks.jumping_at(corners) }
    }
}

/// The sizes of (C) or (N, C); a bare number is one class.
pub fn rows_and_classes(input: &[usize]) -> Result<(usize, usize), Error> {
    match *input {
        [] => Ok((1, 1)),
        [classes] if classes > 0 => Ok((1, classes)),
        [rows, classes] if classes > 0 => Ok((rows, classes)),
        _ => Err(Error::runtime(format!(
            "Expected non-empty vector or matrix with optional 0-dim batch size, but got: {}",
            list(input)
        ))),
    }
}

/// Class indices must be int64.
pub fn check_long(labels: &Tensor) -> Result<(), Error> {
    match labels.dtype() {
        Dtype::Int64 => Ok(()),
        other => Err(Error::runtime(format!("expected scalar type Long but found {}", other.scalar_type()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(loss: &MultiMargin, scores: [f64; 3]) -> (f64, [f64; 3]) {
        let mut slopes = [0.0; 3];
        let value = loss.at([&scores, &[0.0], &[]], 1.0, [&mut slopes, &mut [], &mut []]);
        (value, slopes)
    }

    /// By hand: the truth leads by 0.5 and by 3: the first is half a margin short. 0.5 / 3.
    #[test]
    fn whoever_trails_far_enough_is_let_go() {
        let loss = MultiMargin { squared: false, margin: 1.0, weight: None };
        let third = 1.0 / 3.0;
        assert_eq!(at(&loss, [2.0, 1.5, -1.0]), (0.5 / 3.0, [-third, third, 0.0]));
        assert_eq!(at(&loss, [2.0, 1.0, -1.0]), (0.0, [0.0; 3]));
    }

    /// By hand: 2 · 0.5² / 3, and the slope of 2 z² is 4 z.
    #[test]
    fn the_weight_comes_after_the_power() {
        let mut slopes = [0.0; 3];
        let loss = MultiMargin { squared: true, margin: 1.0, weight: None };
        let x: [&[f64]; 3] = [&[2.0, 1.5, -1.0], &[0.0], &[2.0, 1.0, 1.0]];
        assert_eq!(loss.at(x, 1.0, [&mut slopes, &mut [], &mut []]), 0.5 / 3.0);
        assert_eq!(slopes, [-2.0 / 3.0, 2.0 / 3.0, 0.0]);
    }
}
