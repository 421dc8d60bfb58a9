//! Units of a batch: the elements, rows, triples or sequences that have a loss of their own.

use std::ops::Range;

use super::{At, Experiment};
use crate::loss::args::Value;
use crate::loss::sequence::{self, TARGET_LENGTHS, TARGETS};
use crate::loss::spec::{Domain, Family, Param, REDUCTION};
use crate::loss::tensor::{Data, Tensor, places};

impl Experiment {
    /// The unit that an element belongs to; `None` where it takes part in several (broadcasting), or in none.
    pub fn unit_of(&self, at: At) -> Option<usize> {
        let tensor = self.inputs.get(at.input).filter(|it| at.place < it.len())?;
        if self.is_parameter(at.input) || !self.is_aligned() {
            return None;
        }
        match self.spans(at.input) {
            Some(spans) => spans.iter().position(|it| it.contains(&at.place)),
            None => Some(split(at.place, tensor.shape(), &self.batch_axes(at.input)).0),
        }
    }

    /// The same element in what `unit` gives for its unit.
    pub fn within_unit(&self, at: At) -> At {
        if let Some(spans) = self.spans(at.input) {
            let start = spans.iter().find(|it| it.contains(&at.place)).map_or(0, |it| it.start);
            return At { place: at.place - start, ..at };
        }
        let shape = self.inputs.get(at.input).map_or(&[][..], Tensor::shape);
        At { place: split(at.place, shape, &self.batch_axes(at.input)).1, ..at }
    }

    /// One unit alone, without a batch axis and not reduced; `None` where there is no such unit.
    pub fn unit(&self, unit: usize) -> Option<Self> {
        if !self.is_aligned() {
            return None;
        }
        let inputs =
            (0..self.inputs.len()).map(|input| self.part(input, unit)).collect::<Option<Vec<_>>>()?;
        let mut alone = Self { inputs, ..self.clone() };
        for param in self.loss.spec.params.iter().filter(|it| it.per_element()) {
            if let Some(Value::Tensor(_)) = self.args.get(param.id) {
                alone.args.set(param, Value::Tensor(Tensor::scalar(self.arg_of(param, unit)?)));
            }
        }
        alone.args.set(&REDUCTION, Value::Text("none".into()));
        Some(alone)
    }

    /// What a constructor tensor that is given for each element, and so broadcast, holds for a unit.
    pub fn arg_of(&self, param: &Param, unit: usize) -> Option<f64> {
        match self.args.get(param.id)? {
            Value::Tensor(tensor) => {
                tensor.get(*places(tensor.shape(), self.inputs.first()?.shape()).get(unit)?)
            }
            _ => None,
        }
    }

    /// Whether the units of every input lie along the same axes, so that nothing is broadcast: a row of three
    /// against a column of three is nine losses.
    fn is_aligned(&self) -> bool {
        let shared = |input: &usize| self.is_parameter(*input);
        let mut batches =
            (0..self.inputs.len()).filter(|it| !shared(it)).map(|input| self.batch_shape(input));
        let first = batches.next().flatten();
        first.is_some() && batches.all(|it| it == first)
    }

    fn batch_shape(&self, input: usize) -> Option<Vec<usize>> {
        let shape = self.inputs.get(input)?.shape();
        // A single sequence has no batch axis.
        if let Some(spans) = self.spans(input).filter(|_| self.inputs.first().is_some_and(|it| it.dim() == 3))
        {
            return Some(vec![spans.len()]);
        }
        Some(shape.iter().zip(self.batch_axes(input)).filter(|it| it.1).map(|it| *it.0).collect())
    }

    /// Where each unit's own labels lie: padded rows and labels in one line are cut to what counts of them.
    fn spans(&self, input: usize) -> Option<Vec<Range<usize>>> {
        let labels = self.loss.spec.family == Family::Sequence && input == TARGETS;
        let lengths = self.inputs.get(TARGET_LENGTHS).filter(|_| labels)?.ints()?;
        Some(sequence::spans(self.inputs.get(input)?.shape(), lengths))
    }

    /// For each axis of an input, whether it counts units; the other axes lie within a unit.
    fn batch_axes(&self, input: usize) -> Vec<bool> {
        let shape = self.inputs.get(input).map_or(&[][..], Tensor::shape);
        let scores = self.inputs.first().map_or(&[][..], Tensor::shape);
        let dim = shape.len();
        match self.loss.spec.family {
            Family::Pointwise => vec![true; dim],
            Family::Rowwise if shape == scores => (0..dim).map(|axis| dim > 1 && axis != 1).collect(),
            Family::Rowwise => vec![true; dim],
            Family::Pair | Family::Layered if dim < scores.len() => vec![true; dim],
            Family::Tagged | Family::Pair | Family::Layered | Family::Triplet => {
                (0..dim).map(|axis| axis + 1 < dim).collect()
            }
            Family::Sequence => match (self.loss.spec.inputs.get(input).map(|it| it.domain), dim) {
                (Some(Domain::LogProbability), 3) => vec![false, true, false],
                (Some(Domain::Length), _) => vec![true; dim],
                _ => vec![false; dim],
            },
        }
    }

    /// What one input holds for one unit.
    fn part(&self, input: usize, unit: usize) -> Option<Tensor> {
        let tensor = self.inputs.get(input)?;
        if self.is_parameter(input) {
            return Some(tensor.clone());
        }
        let axes = self.batch_axes(input);
        let mut within =
            tensor.shape().iter().zip(&axes).filter(|it| !it.1).map(|it| *it.0).collect::<Vec<_>>();
        let mine = |place: &usize| split(*place, tensor.shape(), &axes).0 == unit;
        let mut mine: Vec<usize> = (0..tensor.len()).filter(mine).collect();
        if let Some(spans) = self.spans(input) {
            mine = spans.get(unit)?.clone().collect();
            within = vec![mine.len()];
        } else if matches!(self.loss.spec.family, Family::Tagged | Family::Triplet) && tensor.dim() == 0 {
            // A bare number is a vector of one coordinate; copies of it in a row would be one longer vector.
            within = vec![1];
        }
        let part = match tensor.data() {
            Data::Float(values) => {
                Tensor::new(within, mine.iter().filter_map(|it| values.get(*it).copied()).collect())
            }
            Data::Int(values) => {
                Tensor::int(within, mine.iter().filter_map(|it| values.get(*it).copied()).collect())
            }
        };
        part.map(|it| it.to(tensor.dtype()))
    }
}

/// Splits a row-major place into its place along the marked axes and its place along the others.
fn split(place: usize, shape: &[usize], marked: &[bool]) -> (usize, usize) {
    let mut rest = place;
    let (mut unit, mut entry, mut unit_step, mut entry_step) = (0, 0, 1, 1);
    for (size, marked) in shape.iter().zip(marked).rev() {
        let size = (*size).max(1);
        let digit = rest % size;
        rest /= size;
        if *marked {
            unit += digit * unit_step;
            unit_step *= size;
        } else {
            entry += digit * entry_step;
            entry_step *= size;
        }
    }
    (unit, entry)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn classes_lie_on_axis_one() {
        // (N, C, d) = (2, 3, 4): element (1, 2, 3) is row 1·4 + 3, class 2.
        assert_eq!(split(23, &[2, 3, 4], &[true, false, true]), (7, 2));
    }

    #[test]
    fn frames_lie_outside_the_samples() {
        // (T, N, C) = (6, 2, 3): element (4, 1, 2) is of sample 1, frame 4 and class 2.
        assert_eq!(split(4 * 6 + 3 + 2, &[6, 2, 3], &[false, true, false]), (1, 4 * 3 + 2));
    }
}
