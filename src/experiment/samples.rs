//! The sampled curves of a chart: all that stays as it is while the chosen element moves.

use super::curve::{Curve, Share};
use super::{Experiment, View};
use crate::loss::marks::{Best, Marks};
use crate::loss::spec::Family;
use crate::plot::Window;
use crate::plot::scene::sample;

/// Points of each curve.
const COUNT: usize = 400;

/// The curve of one state at the scale shown, what it is compared with, and what to mark on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// The curve of the state.
    pub shown: Curve,
    /// What it is compared with.
    pub overlay: Option<Curve>,
    /// What to mark on the curve of the state.
    pub marks: Marks,
    /// How the unit lies in the batch, where the batch's scale is shown.
    pub share: Option<Share>,
}

impl Samples {
    /// Samples the curves along the window's x, and at whatever is marked there.
    pub fn take(experiment: &Experiment, window: &Window) -> Self {
        let marks = experiment.marks();
        let best = match marks.best {
            Best::Point(x) => Some(x),
            _ => None,
        };
        let xs = sample(window, COUNT, marks.kinks.iter().map(|it| it.x).chain(best));
        let batch = experiment.view == Some(View::Batch);
        let share = batch.then(|| experiment.share(&experiment.evaluate().ok()?)).flatten();
        let overlay = experiment.with.as_ref().and_then(|it| experiment.curve(&xs, Some(it)).ok());
        Self {
            shown: shown(experiment, &xs, share),
            overlay: overlay.map(|it| scaled(it, share)),
            marks,
            share,
        }
    }

    /// Height and slope of the curve where the chosen element is.
    pub fn now(&self, experiment: &Experiment) -> (f64, f64) {
        self.at(experiment, experiment.x().unwrap_or(f64::NAN))
    }

    /// Height and slope of the curve at one x; NaN where there is none.
    pub fn at(&self, experiment: &Experiment, x: f64) -> (f64, f64) {
        let curve = shown(experiment, &[x], self.share);
        let first = |values: &[f64]| values.first().copied().unwrap_or(f64::NAN);
        (first(&curve.losses), first(&curve.slopes))
    }
}

fn shown(experiment: &Experiment, xs: &[f64], share: Option<Share>) -> Curve {
    let curve = experiment.curve(xs, None).unwrap_or_else(|_| experiment.curve_of_batch(xs));
    scaled(curve, share)
}

fn scaled(curve: Curve, share: Option<Share>) -> Curve {
    share.map_or_else(|| curve.clone(), |it| curve.in_batch(it))
}

impl Experiment {
    /// The same for every value of the chosen element: what its curves are sampled from. A frame of CTC is
    /// normalised around the element, so there is no such state.
    pub fn held(&self) -> Self {
        match self.loss.spec.family {
            Family::Sequence => self.clone(),
            _ => self.with_number(self.at, 0.0),
        }
    }
}
