//! The pictures that say what a loss does with its numbers: which one fits a state, and what it is drawn from.

pub mod angle;
pub mod boxes;
pub mod divergence;
pub mod focus;
pub mod lane;
pub mod lattice;
pub mod margins;
pub mod plane;
pub mod sigmoids;

use super::{At, Experiment};
use crate::loss::spec::{Domain, Family, Group};
use crate::loss::tensor::Tensor;

/// The most rows, classes or frames that a picture is drawn for.
const MOST: usize = 24;

/// Which picture tells what a loss does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Logits, their softmax, and the gradient.
    Lane,
    /// Log-probabilities with the picked ones lit.
    Picked,
    /// Two distributions side by side.
    Distributions,
    /// Three points and the distances between them.
    Plane,
    /// Every way through the frames.
    Lattice,
    /// Two arrows and the angle between them.
    Angle,
    /// Scores on one line, and the margins between them.
    Margins,
    /// Logits, the sigmoid of each, and the gradient.
    Sigmoids,
    /// Each element on its curve, and on the one that it would be on without being turned down.
    Focus,
    /// Two boxes of a photo.
    Boxes,
    /// What layers make of a row, down to each class.
    Layers,
}

impl Kind {
    /// What pages and tests call the figure.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Lane => "lane",
            Kind::Picked => "picked",
            Kind::Distributions => "distributions",
            Kind::Plane => "plane",
            Kind::Lattice => "lattice",
            Kind::Angle => "angle",
            Kind::Margins => "margins",
            Kind::Sigmoids => "sigmoids",
            Kind::Focus => "focus",
            Kind::Boxes => "boxes",
            Kind::Layers => "layers",
        }
    }
}

/// The picture of a state, where there is one: it follows from the family, the domain and the shape.
pub fn kind(experiment: &Experiment) -> Option<Kind> {
    let spec = experiment.loss.spec;
    let shape = experiment.inputs.first().map_or(&[][..], |it| it.shape());
    let small = shape.iter().all(|it| (1..=MOST).contains(it));
    let same = experiment.inputs.iter().all(|it| it.shape() == shape);
    if !small {
        return None;
    }
    match (spec.family, spec.inputs.first()?.domain, shape) {
        (Family::Rowwise, Domain::Logit, [_] | [_, _]) => Some(Kind::Lane),
        (Family::Rowwise, Domain::LogProbability, [_] | [_, _]) => Some(Kind::Picked),
        (Family::Pointwise, Domain::LogProbability, [_] | [_, _]) if same => Some(Kind::Distributions),
        (Family::Triplet, _, [2] | [_, 2]) if same => Some(Kind::Plane),
        (Family::Sequence, _, [_, _]) => Some(Kind::Lattice),
        (Family::Rowwise, Domain::Real, [_] | [_, _]) => Some(Kind::Margins),
        (Family::Tagged, Domain::Real, [_] | [_, _]) if same => Some(Kind::Margins),
        (Family::Tagged, Domain::Logit, [_] | [_, _]) if same => Some(Kind::Sigmoids),
        (Family::Pair, Domain::Side, [4] | [_, 4]) if same => Some(Kind::Boxes),
        (Family::Pair, Domain::Real, [2] | [_, 2]) if experiment.inputs.get(1)?.shape() == shape => {
            Some(Kind::Angle)
        }
        (Family::Pointwise, Domain::Logit, [_]) if same && spec.group == Group::Beyond => Some(Kind::Focus),
        (Family::Layered, _, [_] | [_, _]) if has_labels(experiment) => Some(Kind::Layers),
        _ => None,
    }
}

/// Whether the target is a class index for each row, and the layers are small enough to be drawn.
fn has_labels(experiment: &Experiment) -> bool {
    let small = |it: &Tensor| it.shape().iter().all(|it| (1..=MOST).contains(it));
    experiment.inputs.iter().all(small) && experiment.inputs.get(1).is_some_and(|it| it.ints().is_some())
}

/// One row of the first input: which, of how many, and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from 0.
    pub index: usize,
    /// How many rows there are.
    pub count: usize,
    /// How many numbers a row has.
    pub width: usize,
}

impl Row {
    /// The row that the chosen element lies in, or that its label belongs to.
    pub fn of(experiment: &Experiment) -> Self {
        let shape = |input: usize| experiment.inputs.get(input).map_or(&[][..], |it| it.shape());
        let width = shape(0).last().copied().unwrap_or(1).max(1);
        let At { input, place } = experiment.at;
        let index = match shape(input) == shape(0) {
            // A parameter belongs to every row; the first one shows it.
            _ if experiment.is_parameter(input) => 0,
            true => place / width,
            false => place,
        };
        Self { index, count: experiment.inputs.first().map_or(0, |it| it.len()) / width, width }
    }

    /// An element of the row, in an input of the first one's shape.
    pub fn at(self, input: usize, column: usize) -> At {
        At { input, place: self.index * self.width + column }
    }

    /// What another row offers in place of the chosen element: the same input and column.
    pub fn moved(self, experiment: &Experiment, index: usize) -> At {
        let At { input, place } = experiment.at;
        let same = experiment.inputs.get(input).map(|it| it.len()) == Some(self.count * self.width);
        let column = if same { place % self.width } else { 0 };
        Self { index, ..self }.at(if same { input } else { 0 }, column)
    }

    /// The numbers of the row, in an input of the first one's shape.
    pub fn values(self, experiment: &Experiment, input: usize) -> Vec<f64> {
        let number = |column| {
            let at = self.at(input, column);
            experiment.inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN)
        };
        (0..self.width).map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::loss::torch::LOSSES;

    #[test]
    fn a_row_is_found_from_a_score_and_from_a_label() {
        let mut experiment = example(&LOSSES[0]);
        experiment.inputs = vec![
            Tensor::new([2, 3], vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]).unwrap_or_default(),
            Tensor::int([2], vec![0, 1]).unwrap_or_default(),
        ];
        experiment.at = At { input: 0, place: 5 };
        let row = Row::of(&experiment);
        assert_eq!(row, Row { index: 1, count: 2, width: 3 });
        assert_eq!(row.values(&experiment, 0), [3.0, 4.0, 5.0]);
        assert_eq!(row.moved(&experiment, 0), At { input: 0, place: 2 });
        experiment.at = At { input: 1, place: 1 };
        assert_eq!(Row::of(&experiment), row);
        assert_eq!(row.moved(&experiment, 0), At { input: 0, place: 0 });
    }
}
