//! The worked example as PyTorch code, with what it prints.

use crate::experiment::address::example;
use crate::experiment::number;
use crate::loss::numeric::python;
use crate::loss::spec::Role;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// A program for Python that makes the loss of the worked example and its gradient, in the page's colours.
pub fn torch(loss: &'static Loss) -> String {
    let state = example(loss);
    let evaluation = state.evaluate().unwrap_or_default();
    let mut lines = vec!["import torch", "", "torch.set_default_dtype(torch.float64)"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let mut learned = None;
    for (place, (input, tensor)) in loss.spec.inputs.iter().zip(&state.inputs).enumerate() {
        let is_prediction = input.role == Role::Prediction && tensor.dtype().is_float();
        let class = match input.role {
            Role::Prediction => "pred",
            Role::Target => "target",
            Role::Aside => "aside",
        };
        lines.push(format!("<b class=\"{class}\">{}</b> = torch.tensor({})", input.id, literal(tensor)));
        if is_prediction {
            lines.push(format!("{}.requires_grad_()", input.id));
        }
        if is_prediction && learned.is_none() {
            learned = Some((input.id, evaluation.grads.get(place).cloned().flatten()));
        }
    }
    let args: Vec<String> =
        state.args.iter().map(|(id, value)| format!("{id}={}", number::argument(value))).collect();
    let names: Vec<&str> = loss.spec.inputs.iter().map(|it| it.id).collect();
    lines.extend([
        String::new(),
        format!("criterion = torch.nn.{}({})", loss.spec.torch, args.join(", ")),
        format!("loss = criterion({})", names.join(", ")),
        "loss.backward()".to_owned(),
        "print(loss.item())".to_owned(),
        format!("<i># {}</i>", python(evaluation.output.get(0).unwrap_or(f64::NAN))),
    ]);
    if let Some((id, grad)) = learned {
        let grad = grad.map_or_else(|| "None".to_owned(), |it| rounded(&it));
        lines.extend([format!("print({id}.grad)"), format!("<i># {grad}</i>")]);
    }
    format!("<pre><code>{}</code></pre>", lines.join("\n"))
}

/// The numbers of a tensor as nested lists, a row to a line.
fn literal(tensor: &Tensor) -> String {
    let list = number::list(tensor);
    match () {
        () if list.starts_with("[[") => format!("\n    {}", list.replace("], ", "],\n     ")),
        () if list.len() > 48 => format!("\n    {}", list.replace(", ", ",\n     ")),
        () => list,
    }
}

/// The first numbers of a gradient, as many digits as PyTorch prints.
fn rounded(tensor: &Tensor) -> String {
    let shown: Vec<String> = tensor.floats().iter().take(4).map(|it| format!("{it:.4}")).collect();
    format!("{}{}", shown.join(", "), if tensor.len() > 4 { ", …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;

    /// The page is read on phones: what overflows has to be scrolled.
    #[test]
    fn lines_are_short() {
        let plain =
            |line: &str| line.split('<').filter_map(|it| it.split('>').next_back()).collect::<String>();
        for loss in &LOSSES {
            let code = torch(loss);
            let longest = code.lines().map(|it| plain(it).chars().count()).max().unwrap_or(0);
            assert!(longest <= 72, "{}: {longest}", loss.spec.torch);
        }
    }

    /// The worked example of the Huber loss, whose numbers are in its own tests.
    #[test]
    fn prints_what_pytorch_prints() {
        let code = torch(Loss::find("HuberLoss").unwrap());
        for line in
            ["= torch.tensor([2., 3.5, 4., 3.])", "criterion = torch.nn.HuberLoss()", "<i># 1.53125</i>"]
        {
            assert!(code.contains(line), "{code}");
        }
    }
}
