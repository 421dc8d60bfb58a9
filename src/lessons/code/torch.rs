//! The worked example in PyTorch, with the loss and the gradient that it prints.

use super::{assignments, call, keyword, printed};
use crate::experiment::Experiment;
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::{REDUCTION, Role};
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// A program that makes the loss of the worked example and its gradient.
pub fn program(loss: &Loss, state: &Experiment, evaluation: &Evaluation) -> String {
    let make = "torch.tensor";
    let mut lines = vec!["import torch", "", "torch.set_default_dtype(torch.float64)"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let mut learned = None;
    lines.extend(assignments(state, make));
    for (place, (input, tensor)) in loss.spec.inputs.iter().zip(&state.inputs).enumerate() {
        if matches!(input.role, Role::Prediction | Role::Feature) && tensor.dtype().is_float() {
            lines.push(format!("{}.requires_grad_()", input.id));
            learned = learned.or_else(|| Some((input.id, evaluation.grads.get(place).cloned().flatten())));
        }
    }
    let sizes = state.sizes().into_iter();
    let args: Vec<String> = sizes.chain(state.args.iter().map(|it| keyword(it, make))).collect();
    let inputs = loss.spec.inputs.iter().filter(|it| it.role != Role::Parameter);
    let names: Vec<&str> = inputs.map(|it| it.id).collect();
    // What offers no reduction returns the outputs beside their mean.
    let part = if loss.spec.param(REDUCTION.id).is_some() { "" } else { ".loss" };
    let load = state.is_layered().then(|| "criterion.load_state_dict(layers)".to_owned());
    lines.extend([String::new(), call(&format!("criterion = torch.nn.{}", loss.spec.torch), &args)]);
    lines.extend(load);
    lines.extend([
        format!("loss = criterion({}){part}", names.join(", ")),
        "loss.backward()".to_owned(),
        "print(loss.item())".to_owned(),
        printed(&evaluation.output),
    ]);
    if let Some((id, grad)) = learned {
        let grad = grad.map_or_else(|| "None".to_owned(), |it| rounded(&it));
        lines.extend([format!("print({id}.grad)"), format!("<i># {grad}</i>")]);
    }
    lines.join("\n")
}

/// The first numbers of a gradient, as many digits as PyTorch prints.
fn rounded(tensor: &Tensor) -> String {
    let shown: Vec<String> = tensor.floats().iter().take(4).map(|it| format!("{it:.4}")).collect();
    format!("{}{}", shown.join(", "), if tensor.len() > 4 { ", …" } else { "" })
}
