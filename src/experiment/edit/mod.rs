//! Changes of a whole state that keep it one: another size, other numbers, another loss.

mod axis;
mod fit;
mod input;
mod resize;
mod switch;

pub use axis::Axis;
pub use input::{set_input, set_input_fitted};
pub use resize::{gradient_of_scores, renormalise};
pub use switch::switch_loss;

use super::labels;
use super::layout::{MOST_NUMBERS, is_too_large};
use super::{At, Experiment};
use crate::loss::args::Value;
use crate::loss::spec::{Domain, Family, ParamKind};
use crate::loss::tensor::{Tensor, count};
use resize::resize;

/// One more of something, at the end: it repeats the last one. Refused where a page cannot hold more.
pub fn grow(experiment: &Experiment, axis: Axis) -> Result<Experiment, String> {
    let size = axis.size(experiment).ok_or_else(|| format!("there is no {} to add to", axis.name()))?;
    resized(experiment, axis, size + 1)
}

/// One less of something: the last one goes. Refused where too few would be left.
pub fn shrink(experiment: &Experiment, axis: Axis) -> Result<Experiment, String> {
    let size = axis.size(experiment).ok_or_else(|| format!("there is no {} to remove", axis.name()))?;
    if size <= axis.least() {
        let many = if axis.least() == 1 { "" } else { axis.plural() };
        return Err(format!("at least {} {}{many} must stay", axis.least(), axis.name()));
    }
    resized(experiment, axis, size - 1)
}

fn resized(experiment: &Experiment, axis: Axis, size: usize) -> Result<Experiment, String> {
    let old = axis.size(experiment).unwrap_or(size);
    let spec = experiment.loss.spec;
    let mut next = experiment.clone();
    for (input, tensor) in next.inputs.iter_mut().enumerate() {
        let Some(place) = axis.place(experiment, input) else { continue };
        let domain = spec.inputs.get(input).map_or(Domain::Real, |it| it.domain);
        let was = std::mem::take(tensor);
        *tensor = if domain.is_labels() && axis == Axis::Class {
            labels::resize(&was, size)
        } else {
            resize(&was, place, size, filler(domain))
        };
        // Distributions stay distributions; labels do not have a class axis.
        if axis == Axis::Class && tensor.dtype().is_float() {
            *tensor = renormalise(tensor, &was, place);
        }
    }
    for param in spec.params {
        if let Some(Value::Tensor(tensor)) = experiment.args.get(param.id)
            && let ParamKind::Tensor { per } = param.kind
            && let Some(place) = axis.place_in_arg(experiment, tensor, per)
        {
            next.args.set(param, Value::Tensor(resize(tensor, place, size, 1.0)));
        }
    }
    match axis {
        Axis::Class => fit::keep_labels(&mut next, old, size),
        Axis::Frame => fit::keep_lengths(&mut next, 0, old, size),
        Axis::Label => fit::keep_lengths(&mut next, 1, old, size),
        _ => {}
    }
    next.at = moved_at(experiment, &next);
    // Names were those of the old units.
    match axis {
        Axis::Class | Axis::Column | Axis::Coordinate => next.classes.clear(),
        _ => next.names.clear(),
    }
    next.unit.clear();
    settled(next)
}

/// What a new entry holds where there is none to repeat.
fn filler(domain: Domain) -> f64 {
    match domain {
        Domain::Unit | Domain::Probability => 0.5,
        Domain::LogProbability => 0.5_f64.ln(),
        Domain::Sign | Domain::Distance | Domain::Variance => 1.0,
        Domain::Real | Domain::Logit | Domain::Count | Domain::Class | Domain::Length | Domain::Side => 0.0,
        Domain::Labels => -1.0,
    }
}

/// The chosen element after a change of shapes: the same place along each axis, or the last one there is.
fn moved_at(before: &Experiment, after: &Experiment) -> At {
    let at = before.at;
    let shape =
        |it: &'_ Experiment| it.inputs.get(at.input).map(|it| it.shape().to_vec()).unwrap_or_default();
    let (old, new) = (shape(before), shape(after));
    if old.len() != new.len() || count(&new).unwrap_or(0) == 0 {
        let last = after.inputs.get(at.input).map_or(0, Tensor::len).saturating_sub(1);
        return At { place: at.place.min(last), ..at };
    }
    let (mut rest, mut place, mut step) = (at.place, 0, 1);
    for (old, new) in old.iter().zip(&new).rev() {
        place += (rest % (*old).max(1)).min(new - 1) * step;
        rest /= (*old).max(1);
        step *= new;
    }
    At { place, ..at }
}

/// The state if PyTorch accepts it; a comparison that no longer works is dropped.
fn settled(mut next: Experiment) -> Result<Experiment, String> {
    let most = next.inputs.iter().map(Tensor::len).max().unwrap_or(0);
    if most > MOST_NUMBERS || is_too_large(next.loss.spec.family, &next.inputs) {
        return Err(format!("a page holds at most {MOST_NUMBERS} numbers"));
    }
    next.evaluate().map_err(|it| it.message)?;
    if next.with.as_ref().is_some_and(|it| it.apply(&next).evaluate().is_err()) {
        next.with = None;
    }
    Ok(next)
}

/// The axis along which the classes of a tensor of scores lie.
pub fn class_axis(family: Family, dim: usize) -> usize {
    match family {
        Family::Rowwise => usize::from(dim > 1),
        Family::Pointwise
        | Family::Tagged
        | Family::Pair
        | Family::Triplet
        | Family::Sequence
        | Family::Layered => dim.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests;
