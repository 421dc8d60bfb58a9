//! What a batch can have more or less of, and along which axis of which tensor that lies.

use super::class_axis;
use crate::experiment::Experiment;
use crate::loss::spec::{Domain, Family, Per};
use crate::loss::tensor::Tensor;

/// What there can be more or less of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// An element of a pointwise loss.
    Element,
    /// A row of scores, or a distribution.
    Row,
    /// A column of a matrix.
    Column,
    /// A class that a row scores.
    Class,
    /// An anchor with its positive and its negative.
    Triple,
    /// A coordinate of every vector.
    Coordinate,
    /// A frame of log-probabilities.
    Frame,
    /// A letter of a sequence to be spelled.
    Label,
    /// A sequence with its frames.
    Sequence,
}

impl Axis {
    /// The axes that the state has, in the order of its shape.
    pub fn of(experiment: &Experiment) -> Vec<Axis> {
        let spec = experiment.loss.spec;
        let dim = experiment.inputs.first().map_or(0, Tensor::dim);
        let mut axes = match (spec.family, dim) {
            (_, 0) => vec![],
            (Family::Pointwise, 1) if is_distribution(experiment) => vec![Axis::Class],
            (Family::Pointwise, 1) => vec![Axis::Element],
            (Family::Pointwise, _) if is_distribution(experiment) => vec![Axis::Row, Axis::Class],
            (Family::Pointwise, _) => vec![Axis::Row, Axis::Column],
            (Family::Rowwise | Family::Tagged, 1) => vec![Axis::Class],
            (Family::Rowwise | Family::Tagged, _) => vec![Axis::Row, Axis::Class],
            // A box has four sides.
            (Family::Pair, 1) if has_sides(experiment) => vec![],
            (Family::Pair, _) if has_sides(experiment) => vec![Axis::Row],
            // What the layers take and give, their parameters say.
            (Family::Layered, 1) => vec![],
            (Family::Layered, _) => vec![Axis::Row],
            (Family::Triplet | Family::Pair, 1) => vec![Axis::Coordinate],
            (Family::Pair, _) => vec![Axis::Row, Axis::Coordinate],
            (Family::Triplet, _) => vec![Axis::Triple, Axis::Coordinate],
            (Family::Sequence, _) => vec![Axis::Frame, Axis::Sequence, Axis::Label, Axis::Class],
        };
        axes.retain(|it| it.size(experiment).is_some());
        axes
    }

    /// What one of them is called.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Element => "element",
            Axis::Row => "row",
            Axis::Column => "column",
            Axis::Class => "class",
            Axis::Triple => "triple",
            Axis::Coordinate => "coordinate",
            Axis::Frame => "frame",
            Axis::Label => "label",
            Axis::Sequence => "sequence",
        }
    }

    /// The ending of its name where there are several.
    pub(super) fn plural(self) -> &'static str {
        if self == Axis::Class { "es" } else { "s" }
    }

    /// The fewest that must stay: a choice needs two classes.
    pub(super) fn least(self) -> usize {
        if self == Axis::Class { 2 } else { 1 }
    }

    /// How many there are; `None` where the state has no such axis.
    pub(super) fn size(self, experiment: &Experiment) -> Option<usize> {
        let sizes = (0..experiment.inputs.len()).filter_map(|input| {
            let place = self.place(experiment, input)?;
            experiment.inputs.get(input)?.shape().get(place).copied()
        });
        sizes.max()
    }

    /// Along which axis of an input it lies, if any.
    pub(super) fn place(self, experiment: &Experiment, input: usize) -> Option<usize> {
        let spec = experiment.loss.spec;
        let tensor = experiment.inputs.get(input)?;
        let scores = experiment.inputs.first()?;
        let domain = spec.inputs.get(input)?.domain;
        let (dim, batched) = (tensor.dim(), scores.dim() == 3);
        match spec.family {
            Family::Pointwise => {
                let whole = whole(experiment);
                aligned(tensor, &whole, self.among(whole.len(), experiment)?)
            }
            Family::Layered => {
                let batched = scores.dim() == 2 && dim > 0 && !experiment.is_parameter(input);
                (self == Axis::Row && batched).then_some(0)
            }
            // A label has its row's axis and no other.
            Family::Rowwise | Family::Tagged | Family::Pair | Family::Triplet if dim < scores.dim() => {
                (matches!(self, Axis::Row | Axis::Triple) && dim > 0).then_some(0)
            }
            Family::Rowwise | Family::Tagged | Family::Pair | Family::Triplet => self.among(dim, experiment),
            Family::Sequence => match (self, domain) {
                (Axis::Frame, Domain::LogProbability) => Some(0),
                (Axis::Class, Domain::LogProbability) => dim.checked_sub(1),
                (Axis::Sequence, Domain::LogProbability) => batched.then_some(1),
                // Concatenated targets have no axis of their own for the sequences.
                (Axis::Sequence, Domain::Class) => (batched && dim == 2).then_some(0),
                (Axis::Sequence, Domain::Length) => (batched && dim == 1).then_some(0),
                (Axis::Label, Domain::Class) => (batched == (dim == 2)).then(|| dim.checked_sub(1)).flatten(),
                _ => None,
            },
        }
        .filter(|_| self != Axis::Sequence || !experiment.has_concatenated_targets())
    }

    /// Along which axis of a constructor tensor it lies, if any.
    pub(super) fn place_in_arg(self, experiment: &Experiment, tensor: &Tensor, per: Per) -> Option<usize> {
        match (experiment.loss.spec.family, per) {
            (Family::Pointwise, _) => {
                let whole = whole(experiment);
                aligned(tensor, &whole, self.among(whole.len(), experiment)?)
            }
            (_, Per::Class) => (self == Axis::Class && tensor.dim() == 1).then_some(0),
            (_, Per::Element) => (self == Axis::Row && tensor.dim() > 0).then_some(0),
        }
    }

    /// Its place among the axes of a tensor that has all of them.
    fn among(self, dim: usize, experiment: &Experiment) -> Option<usize> {
        let place = match self {
            Axis::Element => 0,
            Axis::Row | Axis::Triple if dim > 1 => 0,
            Axis::Class => class_axis(experiment.loss.spec.family, dim),
            Axis::Column | Axis::Coordinate => dim.checked_sub(1)?,
            _ => return None,
        };
        (place < dim).then_some(place)
    }
}

impl Experiment {
    fn has_concatenated_targets(&self) -> bool {
        let batched = self.inputs.first().is_some_and(|it| it.dim() == 3);
        let inputs = self.loss.spec.inputs.iter().zip(&self.inputs);
        let targets = inputs.filter(|it| it.0.domain == Domain::Class);
        self.loss.spec.family == Family::Sequence && batched && targets.into_iter().any(|it| it.1.dim() == 1)
    }
}

/// Whether the elements of a pointwise loss are the shares of distributions.
fn is_distribution(experiment: &Experiment) -> bool {
    let domain = experiment.loss.spec.inputs.first().map(|it| it.domain);
    matches!(domain, Some(Domain::LogProbability | Domain::Probability))
}

/// The shape that pointwise inputs broadcast to.
pub(super) fn whole(experiment: &Experiment) -> Vec<usize> {
    let dim = experiment.inputs.iter().map(Tensor::dim).max().unwrap_or(0);
    let size = |tensor: &Tensor, back: usize| tensor.shape().iter().rev().nth(back).copied();
    let widest = |back: usize| {
        let sizes = experiment.inputs.iter().filter_map(move |it| size(it, back));
        sizes.reduce(|a, b| if a == 1 { b } else { a }).unwrap_or(1)
    };
    (0..dim).rev().map(widest).collect()
}

/// The axis of a tensor that is axis `place` of the shape it broadcasts to, unless the tensor is repeated along it.
fn aligned(tensor: &Tensor, whole: &[usize], place: usize) -> Option<usize> {
    let own = (place + tensor.dim()).checked_sub(whole.len())?;
    (tensor.shape().get(own) == whole.get(place)).then_some(own)
}

/// Whether the state is one of boxes.
fn has_sides(experiment: &Experiment) -> bool {
    experiment.loss.spec.inputs.first().is_some_and(|it| it.domain == Domain::Side)
}
