//! Other numbers for one input, as pasted.

use super::{At, fit, moved_at, settled};
use crate::experiment::Experiment;
use crate::experiment::address::dtype;
use crate::experiment::number::show;
use crate::experiment::paste::Pasted;
use crate::loss::spec::Domain;
use crate::loss::tensor::{Dtype, Tensor};

/// The state with other numbers in one input, the other inputs as they are; PyTorch's words where it refuses.
/// Names and unit told of the old numbers, and go.
pub fn set_input(experiment: &Experiment, input: usize, pasted: Pasted) -> Result<Experiment, String> {
    with_input(experiment, input, pasted).and_then(settled)
}

/// The same, but the other inputs are resized to match: cut, or their last entries repeated.
pub fn set_input_fitted(experiment: &Experiment, input: usize, pasted: Pasted) -> Result<Experiment, String> {
    let mut next = with_input(experiment, input, pasted)?;
    fit::fit_others(experiment, &mut next, input);
    next.at = moved_at(experiment, &next);
    settled(next)
}

fn with_input(experiment: &Experiment, input: usize, pasted: Pasted) -> Result<Experiment, String> {
    let spec = experiment.loss.spec;
    let old = experiment.inputs.get(input).ok_or("there is no such input")?;
    let id = spec.inputs.get(input).map_or("", |it| it.id);
    let mut tensor = pasted.tensor;
    // One number for what was one number.
    if tensor.len() == 1 && old.dim() == 0 {
        tensor = tensor.reshape([]).unwrap_or(tensor);
    }
    let scores = match input {
        0 => tensor.shape().to_vec(),
        _ => experiment.inputs.first().map(|it| it.shape().to_vec()).unwrap_or_default(),
    };
    let mut wanted = dtype(spec, input, tensor.shape(), &scores);
    if wanted == Dtype::Float64 && old.dtype() == Dtype::Float32 {
        wanted = Dtype::Float32;
    }
    if let Err(broken) = whole(&tensor)
        && !wanted.is_float()
    {
        // They may be class probabilities for scores of another shape.
        wanted = dtype(spec, input, tensor.shape(), tensor.shape());
        if !wanted.is_float() {
            return Err(format!("{id} takes whole numbers, not {broken}"));
        }
    }
    let mut next = experiment.clone();
    if let Some(slot) = next.inputs.get_mut(input) {
        *slot = tensor.to(wanted);
    }
    next.names.clear();
    next.classes.clear();
    next.unit.clear();
    next.at = moved_at(experiment, &next);
    if next.inputs.get(next.at.input).is_some_and(|it| !it.dtype().is_float()) {
        next.at = At::default();
    }
    Ok(next)
}

/// The first number that is not whole, as text, if there is one.
fn whole(tensor: &Tensor) -> Result<(), String> {
    let broken = |it: &&f64| it.fract() != 0.0 || it.abs() >= 9.0e15;
    match tensor.floats().iter().find(broken) {
        Some(x) if tensor.dtype().is_float() => Err(show(*x)),
        _ => Ok(()),
    }
}

impl Experiment {
    /// What the numbers of an input mean.
    pub(in crate::experiment) fn domain(&self, input: usize) -> Domain {
        self.loss.spec.inputs.get(input).map_or(Domain::Real, |it| it.domain)
    }
}
