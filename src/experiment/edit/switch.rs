//! Another loss for the same story: the reader's numbers come along.

use super::class_axis;
use super::resize::along;
use crate::experiment::address::example;
use crate::experiment::labels;
use crate::experiment::overlay::carried;
use crate::experiment::{Experiment, Overlay};
use crate::loss::args::Args;
use crate::loss::numeric::{log_softmax, sigmoid, softmax};
use crate::loss::spec::{Domain, Family};
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// How near to 0 and 1 a probability may be before its logit is that of this distance.
const LEAST: f64 = 1e-12;

/// The same data under another loss, if both tell the same story and PyTorch accepts it; else the example.
pub fn switch_loss(experiment: &Experiment, to: &'static Loss) -> Experiment {
    if experiment.loss == to {
        return experiment.clone();
    }
    let told = example(to);
    let (from, spec) = (experiment.loss.spec, to.spec);
    if from.example.story != spec.example.story {
        return told;
    }
    let inputs = spec.inputs.iter().enumerate().map(|(place, input)| {
        let source = from.input(input.id).unwrap_or(place);
        let domain = from.inputs.get(source)?.domain;
        let tensor = experiment.inputs.get(source)?;
        Some(converted(tensor, domain, input.domain, from.family))
    });
    let Some(inputs) = inputs.collect::<Option<Vec<_>>>() else { return told };
    let mut next = Experiment { loss: to, args: carried(experiment, to), inputs, ..experiment.clone() };
    // The element that is chosen keeps its name.
    let id = from.inputs.get(experiment.at.input).map_or("", |it| it.id);
    next.at.input = spec.input(id).unwrap_or(0);
    if next.evaluate().is_err() {
        next.args = Args::default();
    }
    if next.evaluate().is_err() {
        return told;
    }
    next.with = compared(experiment, &next, told.with);
    next
}

/// What the next page is compared with: what it offers first, unless the reader compares with nothing.
fn compared(before: &Experiment, next: &Experiment, offered: Option<Overlay>) -> Option<Overlay> {
    before.with.as_ref().and(offered).filter(|it| it.apply(next).evaluate().is_ok())
}

/// Numbers of one meaning as numbers of another.
fn converted(tensor: &Tensor, from: Domain, to: Domain, family: Family) -> Tensor {
    let axis = class_axis(family, tensor.dim());
    let each = |function: fn(f64) -> f64| {
        let values: Vec<f64> = tensor.floats().iter().map(|it| function(*it)).collect();
        Tensor::new(tensor.shape(), values).unwrap_or_default().to(tensor.dtype())
    };
    match (from, to) {
        (Domain::Logit, Domain::Unit) => each(sigmoid),
        (Domain::Unit, Domain::Logit) => each(logit),
        (Domain::Logit, Domain::LogProbability) => along(tensor, axis, log_softmax),
        (Domain::Logit, Domain::Probability) => along(tensor, axis, softmax),
        (Domain::Probability, to) if to.is_labels() => labels::lists(tensor),
        (from, Domain::Probability) if from.is_labels() => labels::marks(tensor),
        // Logarithms of probabilities are logits of the same distribution.
        _ => tensor.clone(),
    }
}

/// The score whose sigmoid is that probability; finite, so that the loss is.
fn logit(p: f64) -> f64 {
    let p = p.clamp(LEAST, 1.0 - LEAST);
    (p / (1.0 - p)).ln()
}
