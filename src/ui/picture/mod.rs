//! The first view of the matrix losses: what the loss does with its numbers, as a picture of its own.

mod distributions;
mod lane;
mod lattice;
mod picked;
mod plane;

use leptos::prelude::*;

use super::bench::Bench;
use crate::experiment::Experiment;
use crate::loss::spec::{Domain, Family};

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
}

/// The picture of a state, where there is one: it follows from the family, the domain and the shape.
pub fn kind(experiment: &Experiment) -> Option<Kind> {
    let spec = experiment.loss.spec;
    let shape = experiment.inputs.first().map_or(&[][..], |it| it.shape());
    let small = shape.iter().all(|it| (1..=24).contains(it));
    let same = experiment.inputs.iter().all(|it| it.shape() == shape);
    match (spec.family, spec.inputs.first().map(|it| it.domain), shape) {
        (Family::Rowwise, Some(Domain::Logit), [_] | [_, _]) if small => Some(Kind::Lane),
        (Family::Rowwise, Some(Domain::LogProbability), [_] | [_, _]) if small => Some(Kind::Picked),
        (Family::Pointwise, Some(Domain::LogProbability), [_] | [_, _]) if small && same => Some(Kind::Distributions),
        (Family::Triplet, _, [2] | [_, 2]) if small && same => Some(Kind::Plane),
        (Family::Sequence, _, [_, _]) if small => Some(Kind::Lattice),
        _ => None,
    }
}

/// The picture of what the bench shows.
#[component]
pub fn Picture(bench: Bench) -> impl IntoView {
    let kind = Memo::new(move |_| kind(&bench.experiment.read()));
    view! {
        <figure class="picture">
            {move || kind.get().map(|kind| match kind {
                Kind::Lane => view! { <lane::Lane bench/> }.into_any(),
                Kind::Picked => view! { <picked::Picked bench/> }.into_any(),
                Kind::Distributions => view! { <distributions::Distributions bench/> }.into_any(),
                Kind::Plane => view! { <plane::Plane bench/> }.into_any(),
                Kind::Lattice => view! { <lattice::Lattice bench/> }.into_any(),
            })}
        </figure>
    }
}

/// The row of a matrix that the chosen element lies in, and the width of the matrix.
fn row_of(experiment: &Experiment) -> (usize, usize) {
    let width = experiment.inputs.first().and_then(|it| it.shape().last().copied()).unwrap_or(1).max(1);
    match experiment.inputs.get(experiment.at.input).map(|it| it.shape()) == experiment.inputs.first().map(|it| it.shape()) {
        true => (experiment.at.place / width, width),
        false => (experiment.at.place, width),
    }
}

/// One row of an input.
fn row(experiment: &Experiment, input: usize, row: usize, width: usize) -> Vec<f64> {
    let values = experiment.inputs.get(input).map(|it| it.floats().into_owned()).unwrap_or_default();
    values.chunks(width).nth(row).map(<[f64]>::to_vec).unwrap_or_default()
}
