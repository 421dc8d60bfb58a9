//! Scores on one line: each true class must lead each false one by a margin, and pays for what is missing.
//!
//! Neither margin nor power nor weight is read from the arguments: each pair is put to the loss alone, with all other
//! classes so far behind that they cost nothing.

use super::Row;
use crate::experiment::labels;
use crate::experiment::{At, Experiment, number};
use crate::loss::marks::Best;
use crate::loss::spec::Domain;
use crate::loss::tensor::Tensor;

/// How far behind the rest is put.
const BEHIND: f64 = 1e6;

/// A true class and a false one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The class that must lead.
    pub truth: usize,
    /// The class that must trail.
    pub other: usize,
    /// Up to here the false class costs nothing; NaN where the pair never costs anything.
    pub fence: f64,
    /// By how much the false class is beyond it.
    pub short: f64,
    /// What the pair adds to the sum, before that is divided by the number of classes.
    pub cost: f64,
}

/// One row of scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Margins {
    /// The score of each class.
    pub scores: Vec<f64>,
    /// Which of them are true.
    pub truth: Vec<bool>,
    /// The gradient of the row's own loss.
    pub gradient: Vec<f64>,
    /// Every true class with every false one; a label that is listed twice stands here twice.
    pub pairs: Vec<Pair>,
    /// The row's own loss.
    pub loss: f64,
}

/// The margins of the chosen row; empty where the loss refuses it.
pub fn margins(experiment: &Experiment) -> Margins {
    let row = Row::of(experiment);
    let Some(alone) = experiment.unit(row.index) else { return Margins::default() };
    let Ok(answer) = alone.evaluate() else { return Margins::default() };
    let gradient = answer.grads.first().cloned().flatten().unwrap_or_default().floats().into_owned();
    let scores = row.values(experiment, 0);
    let truth: Vec<bool> = (0..row.width).map(|it| experiment.is_true(row, it)).collect();
    let leading = match experiment.domain(1) {
        Domain::Labels => experiment.list(row),
        _ => (0..row.width).filter(|it| truth.get(*it) == Some(&true)).collect(),
    };
    let trailing: Vec<usize> = (0..row.width).filter(|it| truth.get(*it) == Some(&false)).collect();
    let pairs = leading.iter().flat_map(|truth| trailing.iter().map(|other| (*truth, *other)));
    Margins {
        pairs: pairs.filter_map(|(truth, other)| pair(&alone, &scores, truth, other)).collect(),
        loss: answer.units.values.first().copied().unwrap_or(f64::NAN),
        scores,
        truth,
        gradient,
    }
}

/// What the loss says of two classes alone.
fn pair(alone: &Experiment, scores: &[f64], truth: usize, other: usize) -> Option<Pair> {
    let own = |class: usize| scores.get(class).copied();
    let (lead, trail) = (own(truth)?, own(other)?);
    let held = |class: usize| if class == truth || class == other { own(class) } else { Some(lead - BEHIND) };
    let mut probe = alone.clone();
    let width = scores.len();
    probe.inputs = vec![
        Tensor::vector((0..width).filter_map(held).collect::<Vec<_>>()),
        match alone.domain(1) {
            Domain::Labels => labels::only(truth, width),
            _ => Tensor::int([], vec![truth as i64])?,
        },
    ];
    probe.at = At { input: 0, place: other };
    let fence = match probe.marks().best {
        Best::Between(_, fence) => fence,
        _ => f64::NAN,
    };
    let cost = probe.evaluate().ok()?.units.values.first()? * width as f64;
    Some(Pair { truth, other, fence, short: (trail - fence).max(0.0), cost })
}

impl Margins {
    /// The pairs that cost something.
    pub fn owed(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|it| it.cost > 0.0)
    }

    /// Where each true class's margin ends, once for each.
    pub fn fences(&self) -> Vec<(usize, f64)> {
        let mut fences: Vec<(usize, f64)> = Vec::new();
        for pair in self.pairs.iter().filter(|it| it.fence.is_finite()) {
            if fences.iter().all(|it| it.0 != pair.truth) {
                fences.push((pair.truth, pair.fence));
            }
        }
        fences
    }

    /// Up to here nothing is owed to anyone.
    pub fn free(&self) -> Option<f64> {
        self.fences().into_iter().map(|it| it.1).reduce(f64::min)
    }

    /// What scores and fences span, with room on both sides.
    pub fn span(&self) -> (f64, f64) {
        let fences = self.fences().into_iter().map(|it| it.1);
        let shown: Vec<f64> = self.scores.iter().copied().chain(fences).filter(|it| it.is_finite()).collect();
        let low = shown.iter().copied().fold(f64::INFINITY, f64::min);
        let high = shown.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !(low.is_finite() && high.is_finite()) {
            return (-4.0, 4.0);
        }
        let room = ((high - low) * 0.2).max(1.0);
        (((low - room) * 2.0).floor() / 2.0, ((high + room) * 2.0).ceil() / 2.0)
    }

    /// How the row's loss comes about: "(0.3 + 1.3) ÷ 4 = 0.4000".
    pub fn arithmetic(&self) -> String {
        let terms: Vec<String> = self.owed().map(|it| number::brief(it.cost)).collect();
        let sum = match terms.as_slice() {
            [] => "0".to_owned(),
            [term] => term.clone(),
            terms => format!("({})", terms.join(" + ")),
        };
        format!("{sum} ÷ {} = {}", self.scores.len(), number::fixed(self.loss, 4))
    }
}
