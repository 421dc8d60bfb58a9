//! The loss along the chosen element, the others held: one batch that repeats its unit, with that element swept.

use super::{Experiment, Overlay};
use crate::loss::error::Error;
use crate::loss::evaluation::Evaluation;
use crate::loss::marks::Marks;
use crate::loss::numeric::{log_softmax, sum};
use crate::loss::reduce;
use crate::loss::sequence;
use crate::loss::spec::Family;
use crate::loss::tensor::{Data, Tensor};

/// A sampled curve: the unit's own loss and its slope at each x.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Where it was sampled.
    pub xs: Vec<f64>,
    /// The loss at each x.
    pub losses: Vec<f64>,
    /// NaN where PyTorch gives no gradient, or one that is not the slope of this curve.
    pub slopes: Vec<f64>,
}

/// How the curve of one unit lies in the loss of the whole batch: total = others + share × own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// What the other units add to the reduced loss.
    pub others: f64,
    /// What the unit's own loss is multiplied by.
    pub share: f64,
}

impl Curve {
    /// The same curve at the scale of the whole batch.
    pub fn in_batch(&self, share: Share) -> Self {
        Self {
            xs: self.xs.clone(),
            losses: self.losses.iter().map(|it| share.others + share.share * it).collect(),
            slopes: self.slopes.iter().map(|it| share.share * it).collect(),
        }
    }
}

impl Experiment {
    /// The chosen element's own loss at each x, or of the overlay's changed experiment.
    pub fn curve(&self, xs: &[f64], overlay: Option<&Overlay>) -> Result<Curve, Error> {
        let none = || Error::value("the chosen element has no loss of its own");
        let unit = self.unit_of(self.at).and_then(|it| self.unit(it)).ok_or_else(none)?;
        let at = self.within_unit(self.at);
        let unit = Self { at, ..unit };
        let (batch, is_slope) = (unit.swept(xs), unit.is_slope());
        let shown = overlay.map_or_else(|| batch.clone(), |it| it.apply(&batch));
        let answer = shown.evaluate()?;
        let slope = |k: usize| {
            if !is_slope {
                return None;
            }
            let at = super::At { place: batch.swept_place(k, xs.len(), at.place), ..at };
            match overlay {
                Some(overlay) => overlay.gradient(&batch, &answer, at),
                None => answer.grads.get(at.input)?.as_ref()?.get(at.place),
            }
        };
        Ok(Curve {
            xs: xs.to_vec(),
            slopes: (0..xs.len()).map(|k| slope(k).unwrap_or(f64::NAN)).collect(),
            losses: answer.units.values,
        })
    }

    /// The whole batch's loss (its sum for reduction none) at each x: for an element that takes part in several
    /// losses, because it is broadcast, and so has none of its own. An x that PyTorch refuses is NaN.
    pub fn curve_of_batch(&self, xs: &[f64]) -> Curve {
        let mut curve = Curve { xs: xs.to_vec(), ..Curve::default() };
        for x in xs {
            let moved = self.with_number(self.at, *x);
            let answer = moved.evaluate().ok();
            curve.losses.push(answer.as_ref().map_or(f64::NAN, |it| sum(&it.output.floats())));
            curve.slopes.push(answer.and_then(|it| moved.gradient(&it)).unwrap_or(f64::NAN));
        }
        curve
    }

    /// What to mark on that curve.
    pub fn marks(&self) -> Marks {
        let Some(unit) = self.unit_of(self.at).and_then(|it| self.unit(it)) else { return Marks::default() };
        let inputs: Vec<&Tensor> = unit.inputs.iter().collect();
        self.loss.marks(&unit.args, &inputs, self.at.input, self.within_unit(self.at).place)
    }

    /// How the chosen unit's loss enters the reduced one.
    pub fn share(&self, evaluation: &Evaluation) -> Option<Share> {
        let unit = self.unit_of(self.at)?;
        let share = reduce::share(&evaluation.units, unit);
        let others = (0..evaluation.units.values.len()).filter(|it| *it != unit);
        let others =
            others.map(|it| reduce::share(&evaluation.units, it) * evaluation.units.values[it]).sum();
        Some(Share { others, share })
    }

    /// This unit once for each x, along a new batch axis, with the chosen element set to that x.
    ///
    /// A frame of CTC stays a distribution: x is the logit, and the frame is normalised again, because PyTorch's
    /// gradient is the slope of that curve.
    fn swept(&self, xs: &[f64]) -> Self {
        let repeated = |(input, tensor): (usize, &Tensor)| match self.is_parameter(input) {
            true => tensor.clone(),
            false => stacked(tensor, xs.len(), self.batch_axis(input)),
        };
        let inputs = self.inputs.iter().enumerate().map(repeated).collect();
        let mut swept = Self { inputs, ..self.clone() };
        let normalised = self.loss.spec.family == Family::Sequence && self.frame_is_normalised();
        for (k, x) in xs.iter().enumerate() {
            let place = swept.swept_place(k, xs.len(), self.at.place);
            let Some(tensor) = swept.inputs.get_mut(self.at.input) else { break };
            tensor.set(place, *x);
            let width = tensor.shape().last().copied().unwrap_or(1).max(1);
            if normalised && let Some(frame) = tensor.floats_mut().chunks_mut(width).nth(place / width) {
                frame.copy_from_slice(&log_softmax(frame));
            }
        }
        swept
    }

    /// CTC's batch axis is the second of the log-probabilities; all others come first.
    fn batch_axis(&self, input: usize) -> usize {
        usize::from(self.loss.spec.family == Family::Sequence && input == 0)
    }

    /// The place of the chosen element's copy `k` of `count` after `swept`.
    fn swept_place(&self, k: usize, count: usize, place: usize) -> usize {
        let shape = self.inputs.get(self.at.input).map_or(&[][..], Tensor::shape);
        let axis = self.batch_axis(self.at.input);
        let inner: usize = shape.iter().skip(axis + 1).product::<usize>().max(1);
        (place / inner * count + k) * inner + place % inner
    }

    /// Whether the chosen element's frame adds up to one.
    pub fn frame_is_normalised(&self) -> bool {
        let Some(tensor) = self.inputs.get(self.at.input) else { return false };
        let width = tensor.shape().last().copied().unwrap_or(1).max(1);
        tensor.floats().chunks(width).nth(self.at.place / width).is_some_and(sequence::is_normalised)
    }

    /// Whether PyTorch's gradient is the slope of the curve. CTC's is that by the logits, and a frame that is not
    /// normalised has none.
    fn is_slope(&self) -> bool {
        self.loss.spec.family != Family::Sequence || self.frame_is_normalised()
    }
}

/// A tensor `count` times along a new axis.
fn stacked(tensor: &Tensor, count: usize, axis: usize) -> Tensor {
    let mut shape = tensor.shape().to_vec();
    let axis = axis.min(shape.len());
    let inner = shape.iter().skip(axis).product::<usize>();
    shape.insert(axis, count);
    let made = match tensor.data() {
        Data::Float(values) => Tensor::new(shape, repeated(values, inner, count)),
        Data::Int(values) => Tensor::int(shape, repeated(values, inner, count)),
    };
    made.unwrap_or_default().to(tensor.dtype())
}

/// Each run of `inner` values `count` times.
fn repeated<T: Copy>(values: &[T], inner: usize, count: usize) -> Vec<T> {
    values.chunks(inner.max(1)).flat_map(|it| std::iter::repeat_n(it, count).flatten().copied()).collect()
}
