//! The worked example as PyTorch code, with what it prints.

use crate::experiment::address::example;
use crate::experiment::number;
use crate::loss::args::Value;
use crate::loss::numeric::python;
use crate::loss::spec::Role;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// A program for Python that makes the loss of the worked example and its gradient, in the page's colours.
pub fn torch(loss: &'static Loss) -> String {
    let state = example(loss);
    let evaluation = state.evaluate().unwrap_or_default();
    let mut lines = vec!["import torch".to_owned(), String::new()];
    let mut learned = None;
    for (place, (input, tensor)) in loss.spec.inputs.iter().zip(&state.inputs).enumerate() {
        let is_prediction = input.role == Role::Prediction && tensor.dtype().is_float();
        let grad = if is_prediction { ", requires_grad=True" } else { "" };
        let dtype = if tensor.dtype().is_float() { ", dtype=torch.float64" } else { "" };
        let numbers = literal(tensor);
        let class = match input.role {
            Role::Prediction => "pred",
            Role::Target => "target",
            Role::Aside => "aside",
        };
        lines.push(format!("<b class=\"{class}\">{}</b> = torch.tensor({numbers}{dtype}{grad})", input.id));
        if is_prediction && learned.is_none() {
            learned = Some((input.id, evaluation.grads.get(place).cloned().flatten()));
        }
    }
    let args: Vec<String> =
        state.args.iter().map(|(id, value)| format!("{id}={}", number::argument(value))).collect();
    let names: Vec<&str> = loss.spec.inputs.iter().map(|it| it.id).collect();
    lines.push(String::new());
    lines.push(format!("loss = torch.nn.{}({})({})", loss.spec.torch, args.join(", "), names.join(", ")));
    lines.push("loss.backward()".to_owned());
    let output = evaluation.output.get(0).unwrap_or(f64::NAN);
    lines.push(format!("print(loss.item())  <i># {}</i>", python(output)));
    if let Some((id, grad)) = learned {
        let grad = grad.map_or_else(|| "None".to_owned(), |it| rounded(&it));
        lines.push(format!("print({id}.grad)  <i># {grad}</i>"));
    }
    format!("<pre><code>{}</code></pre>", lines.join("\n"))
}

fn literal(tensor: &Tensor) -> String {
    let text = number::argument(&Value::Tensor(tensor.clone()));
    text.strip_prefix("tensor(").and_then(|it| it.strip_suffix(')')).map_or(text.clone(), str::to_owned)
}

/// The first numbers of a gradient, as many digits as PyTorch prints.
fn rounded(tensor: &Tensor) -> String {
    let shown: Vec<String> = tensor.floats().iter().take(4).map(|it| format!("{it:.4}")).collect();
    format!("{}{}", shown.join(", "), if tensor.len() > 4 { ", …" } else { "" })
}
