//! The small picture of a loss, for its card and its place in the menu: what tells it apart from its neighbours.
//!
//! Which picture it is follows from the shapes and domains of what is compared, and what it shows from the worked
//! example, so a new loss has one without anybody drawing it.

mod bars;
mod boxes;
mod curves;
mod places;
mod tree;

use super::Experiment;
use super::address::example;
use crate::loss::spec::{Domain, Family, Group, Spec};
use crate::loss::torch::Loss;
use crate::plot::icon::{Frame, Icon};

/// The picture of a loss in a frame.
pub fn icon(loss: &'static Loss, frame: Frame) -> Icon {
    let example = Experiment { with: None, view: None, ..example(loss) };
    Kind::of(loss.spec).draw(&example, frame).unwrap_or_else(|| curves::plain(&example, frame))
}

/// The kinds of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The loss by the error, all on one scale, and its gradient.
    Error,
    /// The loss by a probability, for both labels.
    Probability,
    /// The loss by a score, and the probability that the score stands for.
    Score,
    /// How likely each count is, and the one that was seen.
    Counts,
    /// Two scores, one of which must lead.
    Ranking,
    /// The loss of a score under either label.
    Signs,
    /// How sure a prediction was, and how sure it should have been.
    Bells,
    /// Distances on both sides of a margin.
    Fence,
    /// Two distributions over each other.
    Outlines,
    /// The probabilities of a row of scores.
    Bars,
    /// Which entries of a matrix count.
    Cells,
    /// Two arrows and the angle between them.
    Arrows,
    /// Scores of a row, and how far each may go.
    Margins,
    /// The probability of each class by itself.
    Wells,
    /// Points of a plane, and how far out the loss reaches.
    Plane,
    /// The ways through the frames of a sequence.
    Lattice,
    /// The loss by a score, below the same loss with nothing turned down.
    Focus,
    /// Two boxes, and what the loss measures beside their overlap.
    Boxes,
    /// The probabilities that layers make of features, cluster by cluster.
    Layers,
}

impl Kind {
    fn of(spec: &Spec) -> Self {
        let domain = |place: usize| spec.inputs.get(place).map_or(Domain::Real, |it| it.domain);
        let compares = |domain| spec.inputs.iter().any(|it| it.domain == domain);
        match (spec.family, domain(0)) {
            (Family::Pair, Domain::Side) => Kind::Boxes,
            (Family::Pair, _) => Kind::Arrows,
            (Family::Triplet, _) => Kind::Plane,
            (Family::Sequence, _) => Kind::Lattice,
            (Family::Layered, _) => Kind::Layers,
            (Family::Rowwise, Domain::LogProbability) if domain(1) == Domain::Class => Kind::Cells,
            (_, Domain::LogProbability) => Kind::Outlines,
            (Family::Rowwise | Family::Tagged, Domain::Real) => Kind::Margins,
            (Family::Rowwise, _) => Kind::Bars,
            (Family::Tagged, _) => Kind::Wells,
            (Family::Pointwise, _) if compares(Domain::Count) => Kind::Counts,
            (Family::Pointwise, _) if compares(Domain::Variance) => Kind::Bells,
            (Family::Pointwise, Domain::Unit) => Kind::Probability,
            (Family::Pointwise, Domain::Logit) if compares(Domain::Sign) => Kind::Signs,
            (Family::Pointwise, Domain::Logit) if spec.group == Group::Beyond => Kind::Focus,
            (Family::Pointwise, Domain::Logit) => Kind::Score,
            (Family::Pointwise, Domain::Distance) => Kind::Fence,
            (Family::Pointwise, _) if compares(Domain::Sign) => Kind::Ranking,
            (Family::Pointwise, _) => Kind::Error,
        }
    }

    /// The picture, or `None` where the example is not of the shape that it needs.
    fn draw(self, example: &Experiment, frame: Frame) -> Option<Icon> {
        match self {
            Kind::Error => curves::error(example, frame),
            Kind::Probability => curves::probability(example, frame),
            Kind::Score => curves::score(example, frame),
            Kind::Signs => curves::signs(example, frame),
            Kind::Bells => curves::bells(example, frame),
            Kind::Counts => bars::counts(example, frame),
            Kind::Outlines => bars::outlines(example, frame),
            Kind::Bars => bars::bars(example, frame),
            Kind::Cells => bars::cells(example, frame),
            Kind::Margins => places::margins(example, frame),
            Kind::Wells => bars::wells(example, frame),
            Kind::Ranking => places::ranking(example, frame),
            Kind::Fence => places::fence(example, frame),
            Kind::Arrows => places::arrows(example, frame),
            Kind::Plane => places::plane(example, frame),
            Kind::Lattice => places::lattice(example, frame),
            Kind::Focus => curves::focus(example, frame),
            Kind::Boxes => boxes::boxes(example, frame),
            Kind::Layers => tree::tree(example, frame),
        }
    }
}

/// The unit of the chosen element alone, with the place of that element in it.
fn chosen(example: &Experiment) -> Option<Experiment> {
    let unit = example.unit(example.unit_of(example.at)?)?;
    Some(Experiment { at: example.within_unit(example.at), ..unit })
}

/// The only number, or the first, of an input.
fn number(unit: &Experiment, input: usize) -> Option<f64> {
    unit.inputs.get(input)?.get(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;
    use crate::plot::icon::Form;

    #[test]
    fn every_loss_has_its_kind_of_picture() {
        for loss in LOSSES {
            for frame in [Frame::CARD, Frame::MENU] {
                let example = Experiment { with: None, ..example(loss) };
                let icon = Kind::of(loss.spec).draw(&example, frame);
                assert!(icon.is_some_and(|it| !it.shapes.is_empty()), "{}", loss.spec.torch);
            }
        }
    }

    #[test]
    fn pictures_stay_in_their_frames() {
        for loss in LOSSES {
            for frame in [Frame::CARD, Frame::MENU] {
                for shape in icon(loss, frame).shapes {
                    let points = match shape.form {
                        Form::Path(points) | Form::Area(points) => points,
                        Form::Circle { centre: (x, y), radius } => {
                            vec![(x - radius, y - radius), (x + radius, y + radius)]
                        }
                    };
                    let inside = |it: &(f64, f64)| {
                        (0.0..=frame.width).contains(&it.0) && (0.0..=frame.height).contains(&it.1)
                    };
                    assert!(points.iter().all(inside), "{}: {points:?}", loss.spec.torch);
                }
            }
        }
    }

    #[test]
    fn no_two_losses_look_the_same() {
        for frame in [Frame::CARD, Frame::MENU] {
            for (place, loss) in LOSSES.iter().enumerate() {
                for other in &LOSSES[..place] {
                    assert_ne!(
                        icon(loss, frame),
                        icon(other, frame),
                        "{} {}",
                        loss.spec.torch,
                        other.spec.torch
                    );
                }
            }
        }
    }
}
