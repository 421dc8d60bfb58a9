//! The editor: every number of the batch, at hand. Which form it takes follows from family and shape.

mod bill;
mod grid;
mod head;
mod matrix;
mod paste;
mod rows;
mod strip;
#[cfg(not(feature = "without-late"))]
mod tags;

use super::bench::Bench;
use super::dom::{El, el};
use crate::experiment::Experiment;
use crate::loss::spec::Family;

/// Which form shows a batch best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// One line for each element, read like a bill.
    Rows,
    /// Matrices of bars.
    Grid,
    /// Anything larger or of an unusual shape.
    Strip,
}

const MOST_ROWS: usize = 12;

fn form(experiment: &Experiment) -> Form {
    if grid::fits(experiment) {
        return Form::Grid;
    }
    let first = experiment.inputs.first();
    let aligned = experiment.inputs.iter().all(|it| Some(it.shape()) == first.map(|it| it.shape()));
    let count = first.map_or(0, |it| it.len());
    match experiment.loss.spec.family {
        Family::Pointwise if aligned && (1..=MOST_ROWS).contains(&count) => Form::Rows,
        _ => Form::Strip,
    }
}

/// The editor of whatever the bench shows.
pub fn editor(bench: Bench) -> El {
    let form = move || form(&bench.resting.read());
    el("section.editor").set("aria-label", "Editor").with(head::head(bench)).live_by(form, move |form| {
        match form {
            Form::Rows => rows::rows(bench),
            Form::Grid => grid::grid(bench),
            Form::Strip => strip::strip(bench),
        }
    })
}
