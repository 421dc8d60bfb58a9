//! A yes or no for each class: its sigmoid, its truth, its own cost. The row's loss is the mean of the costs.

use super::Row;
use crate::experiment::{At, Experiment, number};
use crate::loss::args::Value;
use crate::loss::numeric::sigmoid;
use crate::loss::spec::{ParamKind, Per};
use crate::loss::tensor::Tensor;

/// One row, class by class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sigmoids {
    /// The sigmoid of each score.
    pub p: Vec<f64>,
    /// How true each class is.
    pub truth: Vec<f64>,
    /// What each class alone would cost, its weight included.
    pub costs: Vec<f64>,
    /// The gradient of the row's own loss.
    pub gradient: Vec<f64>,
    /// The row's own loss.
    pub loss: f64,
}

/// The sigmoids of the chosen row; empty where the loss refuses it.
pub fn sigmoids(experiment: &Experiment) -> Sigmoids {
    let row = Row::of(experiment);
    let Some(alone) = experiment.unit(row.index) else { return Sigmoids::default() };
    let Ok(answer) = alone.evaluate() else { return Sigmoids::default() };
    Sigmoids {
        p: row.values(experiment, 0).into_iter().map(sigmoid).collect(),
        truth: row.values(experiment, 1),
        costs: (0..row.width).map(|class| cost(&alone, class).unwrap_or(f64::NAN)).collect(),
        gradient: answer.grads.first().cloned().flatten().unwrap_or_default().floats().into_owned(),
        loss: answer.units.values.first().copied().unwrap_or(f64::NAN),
    }
}

/// What the loss asks for one class, where there is no other.
fn cost(alone: &Experiment, class: usize) -> Option<f64> {
    let only = |it: &Tensor| Some(Tensor::vector([it.get(class.min(it.len().saturating_sub(1)))?]));
    let mut probe = alone.clone();
    probe.inputs = alone.inputs.iter().map(only).collect::<Option<_>>()?;
    probe.at = At::default();
    for param in alone.loss.spec.params {
        if let ParamKind::Tensor { per: Per::Class } = param.kind
            && let Some(Value::Tensor(weight)) = alone.args.get(param.id)
        {
            probe.args.set(param, Value::Tensor(only(weight)?));
        }
    }
    probe.evaluate().ok()?.units.values.first().copied()
}

impl Sigmoids {
    /// How the row's loss comes about: "(0.1269 + 0.4741) ÷ 2 = 0.3005".
    pub fn arithmetic(&self) -> String {
        let costs: Vec<String> = self.costs.iter().map(|it| number::fixed(*it, 4)).collect();
        format!("({}) ÷ {} = {}", costs.join(" + "), costs.len(), number::fixed(self.loss, 4))
    }
}
