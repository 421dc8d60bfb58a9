//! A comparison: the same experiment with one thing changed.

use super::{At, Experiment};
use crate::loss::args::Value;
use crate::loss::evaluation::Evaluation;
use crate::loss::numeric::{sigmoid, softmax};
use crate::loss::spec::ParamKind;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// What is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// Another loss (or the same) of the same inputs, the prediction passed through something first.
    Loss {
        /// That loss.
        loss: &'static Loss,
        /// What the prediction passes through.
        through: Through,
    },
    /// Another value of one constructor argument.
    Arg {
        /// PyTorch's keyword.
        id: &'static str,
        /// The other value.
        value: Value,
    },
    /// Another label of the chosen unit.
    Label(f64),
}

/// What a prediction passes through before the overlaid loss sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// It stays as it is.
    Nothing,
    /// Each number by itself.
    Sigmoid,
    /// Along the last axis.
    Softmax,
}

impl Overlay {
    /// The changed experiment. The overlay itself is gone from it.
    pub fn apply(&self, to: &Experiment) -> Experiment {
        let mut next = Experiment { with: None, ..to.clone() };
        match self {
            Overlay::Loss { loss, through } => {
                next.args = carried(to, loss);
                next.loss = loss;
                if let Some(prediction) = next.inputs.first_mut() {
                    *prediction = through.forward(prediction);
                }
            }
            Overlay::Arg { id, value } => {
                if let Some(param) = to.loss.spec.param(id) {
                    next.args.set(param, value.clone());
                }
            }
            Overlay::Label(label) => {
                let target = next.loss.spec.input("target").and_then(|it| next.inputs.get_mut(it));
                if let Some(target) = target {
                    (0..target.len()).for_each(|place| {
                        target.set(place, *label);
                    });
                }
            }
        }
        next
    }

    /// The gradient of a changed experiment by the inputs of the one that it was changed from.
    pub fn gradient(&self, from: &Experiment, evaluation: &Evaluation, at: At) -> Option<f64> {
        let grad = evaluation.grads.get(at.input)?.as_ref()?;
        match self {
            Overlay::Loss { through, .. } if at.input == 0 => {
                through.backward(from.inputs.first()?, grad, at.place)
            }
            _ => grad.get(at.place),
        }
    }
}

/// The arguments of one loss that another one has too. SmoothL1's `beta` and Huber's `delta` are one idea.
pub fn carried(from: &Experiment, to: &'static Loss) -> crate::loss::args::Args {
    let mut args = crate::loss::args::Args::default();
    for (id, value) in from.args.iter() {
        let param = to.spec.param(id).or_else(|| match id {
            "beta" => to.spec.param("delta"),
            "delta" => to.spec.param("beta"),
            _ => None,
        });
        let fits = |kind: &ParamKind| match kind {
            ParamKind::Choice { choices, .. } => {
                matches!(value, Value::Text(word) if choices.contains(&word.as_str()))
            }
            _ => true,
        };
        if let Some(param) = param.filter(|it| fits(&it.kind)) {
            args.set(param, value.clone());
        }
    }
    args
}

impl Through {
    fn forward(self, tensor: &Tensor) -> Tensor {
        let values = tensor.floats();
        let width = tensor.shape().last().copied().unwrap_or(1).max(1);
        let changed = match self {
            Through::Nothing => return tensor.clone(),
            Through::Sigmoid => values.iter().map(|it| sigmoid(*it)).collect(),
            Through::Softmax => values.chunks(width).flat_map(softmax).collect(),
        };
        Tensor::new(tensor.shape(), changed).unwrap_or_default()
    }

    /// One entry of the gradient, carried back through the function.
    fn backward(self, tensor: &Tensor, grad: &Tensor, place: usize) -> Option<f64> {
        let slope = grad.get(place)?;
        match self {
            Through::Nothing => Some(slope),
            Through::Sigmoid => {
                let p = sigmoid(tensor.get(place)?);
                Some(slope * p * (1.0 - p))
            }
            Through::Softmax => {
                let width = tensor.shape().last().copied().unwrap_or(1).max(1);
                let row = place / width;
                let p = softmax(tensor.floats().chunks(width).nth(row)?);
                let slopes = grad.floats();
                let mean: f64 = slopes.chunks(width).nth(row)?.iter().zip(&p).map(|(g, p)| g * p).sum();
                Some(p.get(place % width)? * (slope - mean))
            }
        }
    }
}

/// What an overlay is called beside its curve: "MSE", "BCE after sigmoid", "margin 0".
pub fn name(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Loss { loss, through: Through::Nothing } => loss.spec.short.to_owned(),
        Overlay::Loss { loss, through: Through::Sigmoid } => format!("{} after sigmoid", loss.spec.short),
        Overlay::Loss { through: Through::Softmax, .. } => "softmax twice".to_owned(),
        Overlay::Arg { id, value } => format!("{id} {}", super::number::argument(value)),
        Overlay::Label(label) => format!("label {}", super::number::show(*label)),
    }
}
