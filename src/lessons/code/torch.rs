//! The worked example in PyTorch, with the loss and the gradient that it prints.

use super::{assignment, call, keyword, printed};
use crate::experiment::Experiment;
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::Role;
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
    for (place, (input, tensor)) in loss.spec.inputs.iter().zip(&state.inputs).enumerate() {
        let is_prediction = input.role == Role::Prediction && tensor.dtype().is_float();
        lines.push(assignment(input, tensor, make));
        if is_prediction {
            lines.push(format!("{}.requires_grad_()", input.id));
        }
        if is_prediction && learned.is_none() {
            learned = Some((input.id, evaluation.grads.get(place).cloned().flatten()));
        }
    }
    let args: Vec<String> = state.args.iter().map(|it| keyword(loss.spec, it, make)).collect();
    let names: Vec<&str> = loss.spec.inputs.iter().map(|it| it.id).collect();
    lines.extend([
        String::new(),
        call(&format!("criterion = torch.nn.{}", loss.spec.torch), &args),
        format!("loss = criterion({})", names.join(", ")),
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
