//! The softmax lane: what one row of logits says, what is true, and what is left between the two.
//!
//! Truth is not read from the arguments but from the loss itself, so that labels, class probabilities, smoothing
//! and weights need no formula of their own here: a row's gradient is `weight × (p − truth)`, and for a class
//! that gets no probability at all, only `−weight × truth` is left of it.

use super::Row;
use crate::experiment::{At, Experiment, number};
use crate::loss::numeric::softmax;

/// A logit beside which e^x of another is nothing at all in double precision.
const HOPELESS: f64 = -1000.0;

/// One row, class by class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// The softmax of the logits.
    pub p: Vec<f64>,
    /// What is true, as a distribution; all zero where the row does not count.
    pub truth: Vec<f64>,
    /// How much the row weighs in its own loss: 1 without class weights.
    pub weight: f64,
    /// The gradient of the row's own loss.
    pub gradient: Vec<f64>,
    /// The row's own loss.
    pub loss: f64,
}

/// The lane of the chosen row; empty where the loss refuses it.
pub fn lane(experiment: &Experiment) -> Lane {
    let row = Row::of(experiment);
    let Some(alone) = experiment.unit(row.index) else { return Lane::default() };
    let Some((loss, gradient)) = answer(&alone) else { return Lane::default() };
    let pulled: Vec<f64> = (0..row.width).map(|class| pulled(&alone, row.width, class)).collect();
    let weight: f64 = pulled.iter().sum();
    let share = |it: &f64| if weight == 0.0 { 0.0 } else { it / weight };
    Lane {
        p: softmax(&row.values(experiment, 0)),
        truth: pulled.iter().map(share).collect(),
        weight,
        gradient,
        loss,
    }
}

/// Loss and gradient of one row alone.
fn answer(alone: &Experiment) -> Option<(f64, Vec<f64>)> {
    let answer = alone.evaluate().ok()?;
    let gradient = answer.grads.first()?.as_ref()?.floats().into_owned();
    Some((answer.units.values.first().copied()?, gradient))
}

/// `weight × truth` of one class: minus its gradient where all probability lies on another class.
fn pulled(alone: &Experiment, width: usize, class: usize) -> f64 {
    let other = usize::from(class == 0);
    let mut probe = alone.clone();
    for column in 0..width {
        probe =
            probe.with_number(At { input: 0, place: column }, if column == other { 0.0 } else { HOPELESS });
    }
    let gradient = answer(&probe).and_then(|it| it.1.get(class).copied());
    // A class without rivals always gets everything, so nothing tells its weight.
    if width == 1 { 1.0 } else { 0.0 - gradient.unwrap_or(f64::NAN) }
}

impl Lane {
    /// The true class, where the row has just one.
    pub fn label(&self) -> Option<usize> {
        self.truth.iter().position(|it| *it == 1.0)
    }

    /// "2 × " where the row weighs twice, nothing where it weighs one.
    pub fn factor(&self) -> String {
        if (self.weight - 1.0).abs() < 1e-12 {
            String::new()
        } else {
            format!("{} × ", number::brief(self.weight))
        }
    }

    /// How the row's loss comes about: "−ln 0.1142 = 2.1698".
    pub fn arithmetic(&self) -> String {
        let loss = number::fixed(self.loss, 4);
        if self.weight == 0.0 {
            return format!("does not count: {loss}");
        }
        let p = self.label().and_then(|it| self.p.get(it));
        match p {
            Some(p) => format!("{}−ln {} = {loss}", self.factor(), number::fixed(*p, 4)),
            None => format!("{}Σ y × −ln p = {loss}", self.factor()),
        }
    }

    /// What the gradient is called: "p − y", or "2 × (p − y)".
    pub fn slope_name(&self) -> String {
        let factor = self.factor();
        if factor.is_empty() { "p − y".to_owned() } else { format!("{factor}(p − y)") }
    }
}
