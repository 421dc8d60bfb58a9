//! A state as a call of its loss written by hand.

use super::literal::NUMPY;
use super::{Code, Ink, answer, keyword};
use crate::experiment::Experiment;
use crate::loss::evaluation::Evaluation;

/// A call of the function of that name with the state's numbers, and what it prints.
pub fn numpy(state: &Experiment, evaluation: Option<&Evaluation>, function: &str) -> Code {
    let spec = state.loss.spec;
    let mut code = Code::default();
    for (input, tensor) in spec.inputs.iter().zip(&state.inputs) {
        code.assign(input, tensor, &NUMPY);
    }
    code.say("\n");
    code.ink(Ink::Loss, "loss");
    code.say(&format!(" = {function}("));
    let args: Vec<String> = state.args.iter().map(|it| keyword(it, &NUMPY)).collect();
    let names = spec.inputs.iter().map(|it| it.id.len() + 2).sum::<usize>();
    let width = function.len() + names + args.iter().map(|it| it.len() + 2).sum::<usize>();
    let gap = if width <= 60 { " " } else { "\n    " };
    code.say(if width <= 60 { "" } else { "\n    " });
    code.names(spec.inputs);
    for arg in &args {
        code.say(&format!(",{gap}{arg}"));
    }
    code.say(if width <= 60 { ")\n" } else { ",\n)\n" });
    let output = evaluation.map(|it| &it.output);
    code.say("print(");
    code.ink(Ink::Loss, "loss");
    code.say(if output.is_none_or(|it| it.shape().is_empty()) { ")\n" } else { ".tolist())\n" });
    if let Some(output) = output {
        code.comment(Ink::Loss, &answer(output));
    }
    code.ended()
}
