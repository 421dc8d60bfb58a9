//! The other inputs after one has changed: labels within their classes, lengths within their sequences, sizes
//! that match.

use super::axis::whole;
use super::class_axis;
use super::resize::fit;
use crate::experiment::Experiment;
use crate::loss::args::Value;
use crate::loss::spec::{Domain, Family, ParamKind, Per};

/// Labels that no longer are classes become the last class. What was no class before (an ignored label) stays.
pub fn keep_labels(experiment: &mut Experiment, old: usize, new: usize) {
    let inputs = experiment.loss.spec.inputs.iter().zip(&mut experiment.inputs);
    for (_, tensor) in inputs.filter(|it| it.0.domain == Domain::Class) {
        let Some(labels) = tensor.ints().map(<[i64]>::to_vec) else { continue };
        for (place, label) in labels.into_iter().enumerate() {
            let gone = usize::try_from(label).is_ok_and(|it| (new..old).contains(&it));
            if gone && new > 0 {
                tensor.set(place, (new - 1) as f64);
            }
        }
    }
}

/// Lengths that said "all of it" go on saying so, and none says more than there is. `which` counts the inputs
/// that are lengths: frames first, then labels.
pub fn keep_lengths(experiment: &mut Experiment, which: usize, old: usize, new: usize) {
    let inputs = experiment.loss.spec.inputs.iter().zip(&mut experiment.inputs);
    if let Some((_, tensor)) = inputs.filter(|it| it.0.domain == Domain::Length).nth(which) {
        let lengths = tensor.floats().into_owned();
        for (place, length) in lengths.into_iter().enumerate() {
            let all = length == old as f64;
            tensor.set(place, if all { new as f64 } else { length.min(new as f64) });
        }
    }
}

/// Resizes every other input, and constructor tensors, to match the input at place `given`.
pub fn fit_others(before: &Experiment, next: &mut Experiment, given: usize) {
    let Some(shape) = next.inputs.get(given).map(|it| it.shape().to_vec()) else { return };
    match next.loss.spec.family {
        Family::Pointwise => fit_aligned(before, next, given, &shape),
        Family::Rowwise | Family::Tagged | Family::Pair | Family::Triplet => fit_rows(next, given, &shape),
        Family::Sequence => fit_sequences(before, next, given),
        Family::Layered => fit_layered(next, given, &shape),
    }
}

fn fit_aligned(before: &Experiment, next: &mut Experiment, given: usize, shape: &[usize]) {
    let whole = whole(before);
    for (input, tensor) in next.inputs.iter_mut().enumerate() {
        // What was one number for all stays so.
        if input != given && (tensor.dim() > 0 || whole.is_empty()) {
            *tensor = fit(tensor, shape, super::filler(before.domain(input)));
        }
    }
    for param in before.loss.spec.params {
        if let Some(Value::Tensor(tensor)) = before.args.get(param.id)
            && tensor.len() > 1
        {
            let kept = tensor.shape() == shape.get(shape.len().saturating_sub(tensor.dim())..).unwrap_or(&[]);
            let fitted = if kept { tensor.clone() } else { fit(tensor, shape, 1.0) };
            next.args.set(param, Value::Tensor(fitted));
        }
    }
}

fn fit_rows(next: &mut Experiment, given: usize, shape: &[usize]) {
    let spec = next.loss.spec;
    let mut scores = next.inputs.first().map(|it| it.shape().to_vec()).unwrap_or_default();
    if is_label(next, given) {
        let classes = classes_for(next, given, &scores);
        scores = shape.to_vec();
        scores.insert(usize::from(!shape.is_empty()), classes);
    } else {
        scores = shape.to_vec();
    }
    let axis = class_axis(spec.family, scores.len());
    let mut rows = scores.clone();
    if axis < rows.len() {
        rows.remove(axis);
    }
    for input in (0..next.inputs.len()).filter(|it| *it != given) {
        let wanted = if is_label(next, input) { &rows } else { &scores };
        let filler = super::filler(next.domain(input));
        if let Some(tensor) = next.inputs.get_mut(input) {
            *tensor = fit(tensor, wanted, filler);
        }
    }
    let classes = scores.get(axis).copied().unwrap_or(0);
    keep_labels(next, usize::MAX, classes);
    for param in spec.params.iter().filter(|it| matches!(it.kind, ParamKind::Tensor { per: Per::Class })) {
        if let Some(Value::Tensor(tensor)) = next.args.get(param.id) {
            let fitted = fit(tensor, &[classes], 1.0);
            next.args.set(param, Value::Tensor(fitted));
        }
    }
}

/// Rows alone are matched: what the layers take and give, their parameters say.
fn fit_layered(next: &mut Experiment, given: usize, shape: &[usize]) {
    let other = match given {
        0 => 1,
        1 => 0,
        _ => return,
    };
    let Some(tensor) = next.inputs.get_mut(other) else { return };
    let mut wanted = tensor.shape().to_vec();
    if let (Some(slot), Some(rows)) = (wanted.first_mut(), shape.first()) {
        *slot = *rows;
    }
    *tensor = fit(tensor, &wanted, 0.0);
}

/// Whether an input holds one entry for each row, not one for each score.
fn is_label(experiment: &Experiment, input: usize) -> bool {
    let whole = experiment.inputs.get(input).is_some_and(|it| !it.dtype().is_float());
    match experiment.domain(input) {
        Domain::Class => whole,
        Domain::Sign => true,
        _ => false,
    }
}

/// As many classes as the labels name, and no fewer than there are.
fn classes_for(experiment: &Experiment, labels: usize, scores: &[usize]) -> usize {
    let axis = class_axis(experiment.loss.spec.family, scores.len());
    let now = scores.get(axis).copied().unwrap_or(1);
    let most = experiment.inputs.get(labels).and_then(|it| it.ints()?.iter().max().copied()).unwrap_or(0);
    // An index that would need more classes than a page can show is a mistake; PyTorch will say so.
    usize::try_from(most).ok().filter(|it| *it < 1000).map_or(now, |it| now.max(it + 1))
}

fn fit_sequences(before: &Experiment, next: &mut Experiment, given: usize) {
    let size = |it: &Experiment, input: usize, axis: usize| it.inputs.get(input)?.shape().get(axis).copied();
    let shape = next.inputs.first().map(|it| it.shape().to_vec()).unwrap_or_default();
    let batch = (shape.len() == 3).then(|| shape.get(1).copied().unwrap_or(1));
    match next.domain(given) {
        Domain::LogProbability => {
            for input in 0..next.inputs.len() {
                let domain = next.domain(input);
                let Some(tensor) = next.inputs.get_mut(input).filter(|_| input != given) else { continue };
                let wanted = match (batch, tensor.dim(), domain) {
                    (Some(batch), _, Domain::Length) => vec![batch],
                    (Some(batch), dim, _) => {
                        let labels = tensor.shape().get(dim.saturating_sub(1)).copied().unwrap_or(1);
                        vec![batch, labels]
                    }
                    (None, _, Domain::Length) => vec![],
                    (None, dim, _) => vec![tensor.shape().get(dim.saturating_sub(1)).copied().unwrap_or(1)],
                };
                *tensor = fit(tensor, &wanted, 1.0);
            }
            let frames = |it: &Experiment| size(it, given, 0).unwrap_or(0);
            let (old, new) = (frames(before), frames(next));
            keep_lengths(next, 0, old, new);
            keep_labels(next, usize::MAX, shape.last().copied().unwrap_or(0));
        }
        Domain::Class => {
            let last =
                |it: &Experiment| it.inputs.get(given).and_then(|it| it.shape().last().copied()).unwrap_or(0);
            let (old, new) = (last(before), last(next));
            keep_lengths(next, 1, old, new);
        }
        _ => {}
    }
}
