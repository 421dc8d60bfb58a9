//! A state and PyTorch's answer to it as JSON, in the layout of the recorded cases: what `codec` writes, without the weight of
//! a library for JSON, and a line for each part.

use super::Experiment;
use crate::loss::args::Value;
use crate::loss::evaluation::Evaluation;
use crate::loss::numeric::python;
use crate::loss::tensor::{Data, Dtype, Tensor};

/// The call, and what it gives.
pub fn case(state: &Experiment) -> String {
    let spec = state.loss.spec;
    let inputs = spec.inputs.iter().zip(&state.inputs).map(|(it, value)| (it.id, tensor(value)));
    let mut parts = vec![
        ("loss", text(spec.torch)),
        ("args", object(state.args.iter().map(|(id, it)| (id, value(it))))),
        ("inputs", object(inputs)),
    ];
    match state.evaluate() {
        Ok(evaluation) => parts.extend(answer(state, &evaluation)),
        Err(error) => {
            let said = [("type", text(error.kind.name())), ("message", text(&error.message))];
            parts.push(("error", object(said.into_iter())));
        }
    }
    let lines: Vec<String> = parts.iter().map(|(name, it)| format!("  \"{name}\": {it}")).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn answer(state: &Experiment, evaluation: &Evaluation) -> Vec<(&'static str, String)> {
    let grads = state.loss.spec.inputs.iter().zip(&evaluation.grads);
    let grads = grads.filter_map(|(it, grad)| Some((it.id, tensor(grad.as_ref()?))));
    let arg_grads = evaluation.arg_grads.iter().map(|(id, grad)| (*id, tensor(grad)));
    let mut parts = vec![
        ("output", tensor(&evaluation.output)),
        ("grads", object(grads)),
        ("arg_grads", object(arg_grads)),
    ];
    if !evaluation.warnings.is_empty() {
        parts.push(("warnings", list(evaluation.warnings.iter().map(|it| text(it)))));
    }
    parts
}

fn object<'n>(parts: impl Iterator<Item = (&'n str, String)>) -> String {
    let parts: Vec<String> = parts.map(|(name, it)| format!("\"{name}\": {it}")).collect();
    format!("{{{}}}", parts.join(", "))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn tensor(tensor: &Tensor) -> String {
    let data = match tensor.data() {
        Data::Float(values) => list(values.iter().map(|it| number(*it))),
        Data::Int(values) => list(values.iter().map(i64::to_string)),
    };
    let shape = list(tensor.shape().iter().map(usize::to_string));
    let parts = [("shape", shape), ("data", data), ("dtype", text(tensor.dtype().name()))];
    let shown = if tensor.dtype() == Dtype::Float64 { 2 } else { 3 };
    object(parts.into_iter().take(shown))
}

fn value(value: &Value) -> String {
    match value {
        Value::None => "null".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Int(int) => int.to_string(),
        Value::Real(real) => number(*real),
        Value::Text(words) => text(words),
        Value::Tensor(it) => tensor(it),
    }
}

/// A point in every float: Python's 0 and 0.0 are not the same argument.
fn number(x: f64) -> String {
    match () {
        () if x.is_nan() => "\"NaN\"".to_owned(),
        () if x == f64::INFINITY => "\"Infinity\"".to_owned(),
        () if x == f64::NEG_INFINITY => "\"-Infinity\"".to_owned(),
        () => python(x),
    }
}

fn text(words: &str) -> String {
    let mut written = "\"".to_owned();
    for letter in words.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            it if it.is_control() => written += &format!("\\u{:04x}", u32::from(it)),
            it => written.push(it),
        }
    }
    written + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::experiment::address::{self, Route, example};
    use crate::loss::torch::LOSSES;
    use serde_json::Value as Json;

    /// The codec's own answer, which recorded cases are held against.
    fn is_that_of_the_codec(state: &Experiment) {
        let written: Json = serde_json::from_str(&case(state)).unwrap();
        assert_eq!(written, codec::answer(&codec::case(state)));
    }

    #[test]
    fn it_is_what_the_codec_writes() {
        for loss in LOSSES {
            is_that_of_the_codec(&example(loss));
        }
        for fragment in [
            "/HuberLoss?input=1,3&target=0,0&delta=2&reduction=none",
            "/MSELoss?input=nan,inf,-0&target=0,-inf,1e300",
            "/MSELoss?input=0x3:&target=0x3:",
            "/MSELoss?input=float32:3&target=float32:1e-7",
            "/MSELoss?input=1,2;3,4&target=1,2",
            "/MSELoss?input=int64:1,2&target=int64:1,2",
            "/CrossEntropyLoss?input=1,2;3,4&target=0,1&weight=1,2&label_smoothing=0.1&ignore_index=1",
        ] {
            let Route::Loss(state) = address::read(fragment).route else { panic!("{fragment}") };
            is_that_of_the_codec(&state);
        }
        assert_eq!(text("a\"\\\n"), "\"a\\\"\\\\\\u000a\"");
    }
}
