//! Negative log likelihood: looks up one log-probability per row and flips its sign.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::rowwise::{IGNORE_INDEX, Rowwise, Rules, Slopes, Target, WEIGHT};
use crate::loss::spec::{Domain, Example, Family, Group, Input, REDUCTION, Role, Spec};
use crate::loss::tensor::{Dtype, Tensor, list};

/// `torch.nn.NLLLoss`: −w_y x_y for the label y.
#[derive(Clone, Debug, Default)]
pub struct Nll {
    /// The class weights, and the label that is ignored.
    pub rules: Rules,
}

impl Rowwise for Nll {
    const SPEC: &'static Spec = &Spec {
        torch: "NLLLoss",
        title: "Negative log likelihood",
        short: "NLL",
        also: &["log likelihood", "log-softmax", "classification", "multiclass"],
        brief: "Looks up one log-probability per photo and flips its sign. It takes no log itself.",
        group: Group::OneOfMany,
        family: Family::Rowwise,
        params: &[WEIGHT, IGNORE_INDEX, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::LogProbability,
                doc: "the log-probability that the model gave to each class",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Class, doc: "the true class" },
        ],
        example: Example {
            story: "photos",
            query: "input=-0.41703,-1.41703,-2.31703;-2.19673,-0.19673,-2.69673;-0.16985,-3.16985,-2.16985\
                    &target=0,1,2&at=input.2.2&names=photo 0,photo 1,photo 2;car,motorcycle,truck",
            window: [-5.0, 0.0, 0.0, 5.0],
            overlays: &["label:0", "label:1"],
        },
    };

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { rules: Rules::new(args)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        Ok(Plan { shape: check_labels(call, &self.rules)?, reduction })
    }

    fn rules(&self) -> &Rules {
        &self.rules
    }

    fn at(&self, scores: &[f64], target: Target, up: f64, slopes: Slopes) -> [f64; 2] {
        slopes.scores.fill(0.0);
        let Target::Label(label) = target else { return [0.0, 0.0] };
        let weight = self.rules.weight(label);
        if let Some(slope) = slopes.scores.get_mut(label) {
            *slope = weight * -up;
        }
        [-scores.get(label).copied().unwrap_or(f64::NAN) * weight, 0.0]
    }

    /// A straight line along the label's entry; along the others nothing changes.
    fn marks(&self, _: &[f64], target: Target, along: usize, place: usize) -> Marks {
        let best = match target {
            Target::Label(label) if along == 0 && place == label => match self.rules.weight(label) {
                weight if weight > 0.0 => Best::Highest,
                weight if weight < 0.0 => Best::Lowest,
                _ => Best::Unknown,
            },
            _ => Best::Unknown,
        };
        Marks { best, ..Marks::default() }
    }
}

/// What `nll_loss_nd` checks, in its order: the shape of the units, or PyTorch's error.
pub fn check_labels(call: &Call, rules: &Rules) -> Result<Vec<usize>, Error> {
    let [input, target, ..] = call.inputs() else { return Ok(Vec::new()) };
    let (scores, labels) = (input.shape(), target.shape());
    let Some(batch) = scores.first() else {
        return Err(Error::value("Expected 1 or more dimensions (got 0)"));
    };
    let given = labels.first().copied().unwrap_or(0);
    if scores.len() != 1 && *batch != given {
        return Err(Error::value(format!(
            "Expected input batch_size ({batch}) to match target batch_size ({given})."
        )));
    }
    match scores.len() {
        1 | 2 => check_flat(input, target, rules)?,
        4 => check_image(input, target, rules)?,
        _ => {
            let wanted: Vec<usize> = scores.iter().take(1).chain(scores.iter().skip(2)).copied().collect();
            if labels != wanted {
                let (wanted, given) = (list(&wanted), list(labels));
                return Err(Error::runtime(format!("Expected target size {wanted}, got {given}")));
            }
            check_label_dtype(target)?;
            check_image_weight(scores, rules)?;
            check_dtypes(input, rules, "nll_loss2d_forward_out_frame")?;
        }
    }
    Ok(if scores.len() == 1 { Vec::new() } else { labels.to_vec() })
}

fn check_flat(input: &Tensor, target: &Tensor, rules: &Rules) -> Result<(), Error> {
    if target.dim() > 1 {
        return Err(Error::runtime("0D or 1D target tensor expected, multi-target not supported"));
    }
    check_label_dtype(target)?;
    if input.dim() == 1 && target.dim() == 1 && target.len() != 1 {
        let size = target.len();
        return Err(Error::value(format!(
            "For 1D input, 1D target must have size 1, but got target size: {size}"
        )));
    }
    check_class_weight(input.shape().last().copied().unwrap_or(0), rules, "")?;
    check_dtypes(input, rules, "nll_loss_out_frame")
}

/// The weight's shape where a class has one entry; `function` stands in front of the message.
pub fn check_class_weight(classes: usize, rules: &Rules, function: &str) -> Result<(), Error> {
    match &rules.weight {
        Some(weight) if weight.dim() != 1 || weight.len() != classes => Err(Error::runtime(format!(
            "{function}weight tensor should be defined either for all {classes} classes or no classes but got \
             weight tensor of shape: {}",
            list(weight.shape())
        ))),
        _ => Ok(()),
    }
}

fn check_image(input: &Tensor, target: &Tensor, rules: &Rules) -> Result<(), Error> {
    let (scores, labels) = (input.shape(), target.shape());
    if labels.len() != 3 {
        return Err(Error::runtime(format!(
            "only batches of spatial targets supported (3D tensors) but got targets of dimension: {}",
            labels.len()
        )));
    }
    check_label_dtype(target)?;
    check_image_weight(scores, rules)?;
    if scores.get(2..) != labels.get(1..) {
        // The bracket that PyTorch opens here it does not close.
        return Err(Error::runtime(format!(
            "size mismatch (got input: {} , target: {}",
            list(scores),
            list(labels)
        )));
    }
    check_dtypes(input, rules, "nll_loss2d_forward_out_frame")
}

fn check_image_weight(scores: &[usize], rules: &Rules) -> Result<(), Error> {
    match &rules.weight {
        Some(weight) if scores.get(1) != Some(&weight.len()) => {
            Err(Error::runtime("weight tensor should be defined either for all or no classes"))
        }
        _ => Ok(()),
    }
}

fn check_label_dtype(target: &Tensor) -> Result<(), Error> {
    match target.dtype() {
        Dtype::Int64 | Dtype::Uint8 => Ok(()),
        other => Err(Error::runtime(format!(
            "expected target dtype to be Long or Byte, but got {}",
            other.scalar_type()
        ))),
    }
}

/// The scores must be floating point numbers, and the weights of the same dtype.
fn check_dtypes(input: &Tensor, rules: &Rules, kernel: &str) -> Result<(), Error> {
    let scores = input.dtype();
    if !scores.is_float() {
        let name = scores.scalar_type();
        return Err(Error::not_implemented(format!("\"{kernel}\" not implemented for '{name}'")));
    }
    match &rules.weight {
        Some(weight) if weight.dtype() != scores => Err(Error::runtime(format!(
            "expected scalar type {} but found {}",
            scores.scalar_type(),
            weight.dtype().scalar_type()
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(weight: Option<Tensor>) -> Nll {
        Nll { rules: Rules { weight, ignore_index: -100 } }
    }

    fn at(loss: &Nll, scores: [f64; 3], target: Target) -> (f64, [f64; 3]) {
        let mut slopes = [f64::NAN; 3];
        let by = Slopes { scores: &mut slopes, target: &mut [], weight: &mut [] };
        let [value, _] = loss.at(&scores, target, 1.0, by);
        (value, slopes)
    }

    /// By hand: the picked entry with its sign flipped, and nothing else moves it.
    #[test]
    fn picks_the_label() {
        let scores = [-0.16985, -3.16985, -2.16985];
        assert_eq!(at(&rows(None), scores, Target::Label(2)), (2.16985, [0.0, 0.0, -1.0]));
        assert_eq!(at(&rows(None), scores, Target::Ignored), (0.0, [0.0; 3]));
    }

    /// By hand: a weight of 2 on the label doubles the loss and its slope.
    #[test]
    fn weighs_the_label() {
        let loss = rows(Some(Tensor::vector([1.0, 1.0, 2.0])));
        assert_eq!(at(&loss, [0.0, 0.0, -1.5], Target::Label(2)), (3.0, [0.0, 0.0, -2.0]));
    }
}
