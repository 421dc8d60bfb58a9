//! A state in PyTorch, with the loss and the gradients that it prints.

use super::literal::TORCH;
use super::{Code, Ink, answer, keyword, listed};
use crate::experiment::{Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::Role;

/// A program that makes the loss of a state and its gradient. Without an answer it says nothing of what it prints.
pub fn torch(state: &Experiment, evaluation: Option<&Evaluation>) -> Code {
    let spec = state.loss.spec;
    let mut code = Code::default();
    let (module, is_function) = (spec.group.module(), spec.group.is_of_functions());
    code.say("import torch\n");
    if is_function {
        code.say(&format!("from {module} import {}\n", spec.torch));
    }
    code.say("\ntorch.set_default_dtype(torch.float64)\n");
    let grad = |place: usize| evaluation.and_then(|it| it.grads.get(place)?.as_ref());
    let mut learned = Vec::new();
    for (place, (input, tensor)) in spec.inputs.iter().zip(&state.inputs).enumerate() {
        code.assign(input, tensor, &TORCH);
        if let (Role::Prediction, true, Some(grad)) = (input.role, tensor.dtype().is_float(), grad(place)) {
            code.ink(Ink::of(input), input.id);
            code.say(".requires_grad_()\n");
            learned.push((input, grad));
        }
    }
    let args: Vec<String> = state.args.iter().map(|it| keyword(it, &TORCH)).collect();
    code.say("\n");
    if !is_function {
        code.say(&format!("criterion = {module}.{}({})\n", spec.torch, arguments(&args)));
    }
    code.ink(Ink::Loss, "loss");
    code.say(&format!(" = {}(", if is_function { spec.torch } else { "criterion" }));
    code.names(spec.inputs);
    if is_function {
        code.say(&args.iter().map(|it| format!(", {it}")).collect::<String>());
    }
    code.say(")\n");
    let output = evaluation.map(|it| &it.output);
    let is_one = output.is_none_or(|it| it.len() == 1);
    if !learned.is_empty() {
        code.ink(Ink::Loss, "loss");
        // Without a reduction there is a gradient of the sum.
        code.say(if is_one { ".backward()\n" } else { ".sum().backward()\n" });
    }
    code.say("print(");
    code.ink(Ink::Loss, "loss");
    code.say(if is_one { ".item())\n" } else { ".tolist())\n" });
    if let Some(output) = output {
        code.comment(Ink::Loss, &answer(output));
    }
    for (input, grad) in learned {
        code.say("print(");
        code.ink(Ink::of(input), input.id);
        code.ink(Ink::Gradient, ".grad");
        code.say(")\n");
        code.comment(Ink::Gradient, &listed(grad, |it| number::fixed(it, 4).replace('−', "-")));
    }
    code.ended()
}

/// The arguments in one line, or a line for each where that would be long.
fn arguments(args: &[String]) -> String {
    let one = args.join(", ");
    if one.len() <= 44 { one } else { format!("\n    {},\n", args.join(",\n    ")) }
}
