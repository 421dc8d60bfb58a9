//! The worked example as programs for Python: the loss by hand in NumPy, and PyTorch's with its gradient.

mod numpy;
mod torch;

use crate::experiment::address::example;
use crate::experiment::number;
use crate::loss::args::Value;
use crate::loss::numeric::python;
use crate::loss::spec::{Input, Role, Spec};
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;

/// Both programs under their headings, in the page's colours.
///
/// # Errors
/// That the loss has no NumPy file, with its path.
pub fn programs(loss: &'static Loss) -> Result<String, String> {
    let state = example(loss);
    let evaluation = state.evaluate().unwrap_or_default();
    let block =
        |title, code: String| format!("<h3>{title}</h3>\n<pre tabindex=\"0\"><code>{code}</code></pre>");
    let by_hand = block("By hand, in NumPy", numpy::program(loss, &state, &evaluation)?);
    Ok(format!("{by_hand}\n{}", block("In PyTorch", torch::program(loss, &state, &evaluation))))
}

/// The name of an input in the colour of what it is.
pub fn named(input: &Input) -> String {
    let class = match input.role {
        Role::Prediction => "pred",
        Role::Target => "target",
        Role::Aside => "aside",
    };
    format!("<b class=\"{class}\">{}</b>", input.id)
}

/// An input of the call, made from a list by the function `make`.
fn assignment(input: &Input, tensor: &Tensor, make: &str) -> String {
    format!("{} = {make}({})", named(input), literal(tensor))
}

/// A constructor argument; tensors are made by the function `make`.
fn keyword(spec: &Spec, (id, value): (&str, &Value), make: &str) -> String {
    let function = |word: &str| spec.param(id)?.python(word);
    match value {
        Value::Text(word) if let Some([torch, numpy]) = function(word) => {
            format!("{id}={}", if make == "np.array" { numpy } else { torch })
        }
        Value::Tensor(tensor) => format!("{id}={make}({})", number::list(tensor)),
        _ => format!("{id}={}", number::argument(value)),
    }
}

/// The call of a function: on one line, or with one argument to each where that is too long for a phone.
fn call(function: &str, args: &[String]) -> String {
    let line = format!("{function}({})", args.join(", "));
    if line.chars().count() <= 72 { line } else { format!("{function}(\n    {},\n)", args.join(",\n    ")) }
}

/// What a program prints, as the comment below.
fn printed(output: &Tensor) -> String {
    format!("<i># {}</i>", python(output.get(0).unwrap_or(f64::NAN)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;

    /// The page is read on phones: what overflows has to be scrolled.
    #[test]
    fn lines_are_short() {
        let plain = |line: &str| {
            let text = line.split('<').filter_map(|it| it.split('>').next_back()).collect::<String>();
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        for loss in LOSSES {
            let code = programs(loss).unwrap();
            let longest = code.lines().map(|it| plain(it).chars().count()).max().unwrap_or(0);
            assert!(longest <= 72, "{}: {longest}", loss.spec.torch);
        }
    }

    /// The worked example of the Huber loss, whose numbers are in its own tests.
    #[test]
    fn both_print_what_pytorch_prints() {
        let code = programs(Loss::find("HuberLoss").unwrap()).unwrap();
        for (line, times) in [
            ("= np.array([2., 3.5, 4., 3.])", 1),
            ("loss = huber_loss(input, target)", 1),
            ("= torch.tensor([2., 3.5, 4., 3.])", 1),
            ("criterion = torch.nn.HuberLoss()", 1),
            ("<i># 1.53125</i>", 2),
        ] {
            assert_eq!(code.matches(line).count(), times, "{line}: {code}");
        }
    }
}
