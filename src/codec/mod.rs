//! Calls and answers as JSON, in the layout of the reference cases.
//!
//! A case is `{"loss", "args", "inputs"}`; the answer adds `output`, `grads` and `arg_grads`, or `error`, and
//! `warnings`. A tensor is `{"shape", "data", "dtype"}` with row-major data, float64 where no dtype is given;
//! NaN and the infinities are the strings "NaN", "Infinity", "-Infinity".

mod state;

pub use state::{case, state};

use serde_json::{Map, Value as Json, json};

use crate::loss::args::{Args, Value};
use crate::loss::error::Error;
use crate::loss::evaluation::{Evaluation, Want};
use crate::loss::module::{Answer, Given, MODULES};
use crate::loss::spec::{Input, ParamKind, Spec};
use crate::loss::tensor::{Data, Dtype, Tensor};
use crate::loss::torch::Loss;

const ANSWERS: [&str; 5] = ["output", "grads", "arg_grads", "error", "warnings"];

/// Answers one case: the object that came in, with its answer in place of any that it had.
pub fn answer(case: &Json) -> Json {
    let mut object = case.as_object().cloned().unwrap_or_default();
    for key in ANSWERS {
        object.remove(key);
    }
    object.extend(outcome(case));
    Json::Object(object)
}

/// The answer to one case alone: `output`, `grads`, `arg_grads` and `warnings`, or `error`.
pub fn outcome(case: &Json) -> Map<String, Json> {
    evaluate(case).unwrap_or_else(|error| Map::from_iter([("error".to_owned(), error)]))
}

const NO_CASE: &str = "a case is an object with loss, args and inputs";

/// The same on text and as text, for scripts. Text that is not JSON, or no object, gives an `error`.
pub fn outcome_text(text: &str) -> String {
    let refused = |why: &str| Map::from_iter([("error".to_owned(), failure("ValueError", why))]);
    let answer = match serde_json::from_str::<Json>(text) {
        Ok(case) if case.is_object() => outcome(&case),
        Ok(_) => refused(NO_CASE),
        Err(why) => refused(&format!("not JSON: {why}")),
    };
    Json::Object(answer).to_string()
}

/// The same on text, an array or a single case; text that is not JSON gives an `error` object.
pub fn answer_text(text: &str) -> Json {
    match serde_json::from_str(text) {
        Ok(Json::Array(cases)) => cases.iter().map(answer).collect(),
        Ok(case) => answer(&case),
        Err(why) => json!({ "error": failure("ValueError", &format!("not JSON: {why}")) }),
    }
}

/// The loss, the arguments and the inputs of a case, where it is a call of a loss of the registry.
pub fn call(case: &Json) -> Option<(&'static Loss, Args, Vec<Tensor>)> {
    let loss = Loss::known(case["loss"].as_str()?)?;
    Some((loss, read_args(loss.spec, &case["args"]).ok()?, read_inputs(loss.spec, &case["inputs"]).ok()?))
}

fn evaluate(case: &Json) -> Result<Map<String, Json>, Json> {
    let refuse = |error: Error| failure(error.kind.name(), &error.message);
    let name = case["loss"].as_str().ok_or_else(|| failure("ValueError", NO_CASE))?;
    if let Some((_, module)) = MODULES.iter().find(|it| it.0 == name) {
        return read_given(case).and_then(|it| module(&it)).map(|it| write_module(&it)).map_err(refuse);
    }
    let loss = Loss::known(name)
        .ok_or_else(|| failure("NotImplemented", &format!("{name} is not in the registry")))?;
    let args = read_args(loss.spec, &case["args"]).map_err(refuse)?;
    let inputs = read_inputs(loss.spec, &case["inputs"]).map_err(refuse)?;
    let inputs: Vec<&Tensor> = inputs.iter().collect();
    let evaluation = loss.evaluate(&args, &inputs, Want::ALL).map_err(refuse)?;
    Ok(write(loss.spec, &evaluation, &case["inputs"]))
}

/// The call of a module, whose arguments and inputs have the names that they come with.
fn read_given(case: &Json) -> Result<Given, Error> {
    let each = |json: &Json| json.as_object().cloned().unwrap_or_default();
    let arg = |(name, json): (String, Json)| {
        let word = json.is_string() && read_number(&json).is_none();
        Ok((name, read_value(&json, word)?))
    };
    let input = |(name, json): (String, Json)| Ok((name, read_tensor(&json)?));
    Ok(Given {
        args: each(&case["args"]).into_iter().map(arg).collect::<Result<_, Error>>()?,
        inputs: each(&case["inputs"]).into_iter().map(input).collect::<Result<_, Error>>()?,
    })
}

fn write_module(answer: &Answer) -> Map<String, Json> {
    let named = |(name, grad): &(String, Tensor)| (name.clone(), write_tensor(grad));
    let grads = answer.grads.iter().map(named).collect();
    let arg_grads = answer.arg_grads.iter().map(|(id, grad)| ((*id).to_owned(), write_tensor(grad)));
    written(&answer.output, grads, arg_grads.collect(), &answer.warnings)
}

fn failure(kind: &str, message: &str) -> Json {
    json!({ "type": kind, "message": message })
}

fn read_args(spec: &'static Spec, json: &Json) -> Result<Args, Error> {
    let given = json.as_object().into_iter().flatten();
    let values = given.map(|(name, value)| {
        let word = matches!(spec.param(name).map(|it| &it.kind), Some(ParamKind::Choice { .. }));
        read_value(value, word).map(|it| (name.clone(), it))
    });
    Args::new(spec, values.collect::<Result<Vec<_>, _>>()?)
}

/// The inputs in the order of `forward`, up to the first that is missing: the call names it.
fn read_inputs(spec: &'static Spec, json: &Json) -> Result<Vec<Tensor>, Error> {
    if let Some(stranger) = json.as_object().into_iter().flatten().find(|it| spec.input(it.0).is_none()) {
        return Err(Error::type_(format!(
            "{}.forward() got an unexpected keyword argument '{}'",
            spec.torch, stranger.0
        )));
    }
    spec.inputs.iter().map_while(|input| json.get(input.id)).map(read_tensor).collect()
}

fn read_value(json: &Json, word: bool) -> Result<Value, Error> {
    Ok(match json {
        Json::Null => Value::None,
        Json::Bool(flag) => Value::Flag(*flag),
        Json::String(text) if word => Value::Text(text.clone()),
        Json::String(text) => read_number(json).map_or_else(|| Value::Text(text.clone()), Value::Real),
        Json::Number(number) => match number.as_i64() {
            Some(int) => Value::Int(int),
            None => Value::Real(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::Array(_) | Json::Object(_) => Value::Tensor(read_tensor(json)?),
    })
}

/// A tensor object, a bare number (0-d) or a list (1-d; of integers int64, as Python's tuples of lengths).
fn read_tensor(json: &Json) -> Result<Tensor, Error> {
    let refuse =
        || Error::value(format!("not a tensor: {}", json.to_string().chars().take(80).collect::<String>()));
    match json {
        Json::Array(items) => {
            let ints: Option<Vec<i64>> = items.iter().map(Json::as_i64).collect();
            let floats = || items.iter().map(read_number).collect::<Option<Vec<f64>>>().map(Tensor::vector);
            ints.and_then(|it| Tensor::int([it.len()], it)).or_else(floats).ok_or_else(refuse)
        }
        Json::Object(object) => read_tensor_object(object).ok_or_else(refuse),
        _ => read_number(json).map(Tensor::scalar).ok_or_else(refuse),
    }
}

fn read_tensor_object(object: &Map<String, Json>) -> Option<Tensor> {
    let size = |it: &Json| it.as_u64().and_then(|it| usize::try_from(it).ok());
    let shape: Vec<usize> = object.get("shape")?.as_array()?.iter().map(size).collect::<Option<_>>()?;
    let dtype = match object.get("dtype") {
        Some(name) => Dtype::parse(name.as_str()?)?,
        None => Dtype::Float64,
    };
    let data = object.get("data")?.as_array()?;
    if dtype.is_float() {
        let floats = data.iter().map(read_number).collect::<Option<_>>()?;
        Some(Tensor::new(shape, floats)?.to(dtype))
    } else {
        let int =
            |it: &Json| it.as_i64().or_else(|| it.as_bool().map(i64::from)).or_else(|| whole(it.as_f64()?));
        Some(Tensor::int(shape, data.iter().map(int).collect::<Option<_>>()?)?.to(dtype))
    }
}

fn whole(x: f64) -> Option<i64> {
    (x.fract() == 0.0 && x.abs() < 9.0e15).then_some(x as i64)
}

fn read_number(json: &Json) -> Option<f64> {
    match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

fn write(spec: &Spec, evaluation: &Evaluation, inputs: &Json) -> Map<String, Json> {
    // A bare number is no tensor, and takes no gradient.
    let is_tensor = |it: &(&Input, &Option<Tensor>)| inputs[it.0.id].is_object();
    let grads = spec.inputs.iter().zip(&evaluation.grads).filter(is_tensor);
    let grads: Map<_, _> =
        grads.filter_map(|(input, grad)| Some((input.id.to_owned(), write_tensor(grad.as_ref()?)))).collect();
    let arg_grads: Map<_, _> =
        evaluation.arg_grads.iter().map(|(id, grad)| ((*id).to_owned(), write_tensor(grad))).collect();
    written(&evaluation.output, grads, arg_grads, &evaluation.warnings)
}

fn written(
    output: &Tensor,
    grads: Map<String, Json>,
    arg_grads: Map<String, Json>,
    warnings: &[String],
) -> Map<String, Json> {
    let mut answer = Map::new();
    answer.insert("output".into(), write_tensor(output));
    answer.insert("grads".into(), Json::Object(grads));
    answer.insert("arg_grads".into(), Json::Object(arg_grads));
    if !warnings.is_empty() {
        answer.insert("warnings".into(), json!(warnings));
    }
    answer
}

fn write_tensor(tensor: &Tensor) -> Json {
    let data: Vec<Json> = match tensor.data() {
        Data::Float(values) => values.iter().map(|it| write_number(*it)).collect(),
        Data::Int(values) => values.iter().map(|it| json!(it)).collect(),
    };
    match tensor.dtype() {
        Dtype::Float64 => json!({ "shape": tensor.shape(), "data": data }),
        dtype => json!({ "shape": tensor.shape(), "data": data, "dtype": dtype.name() }),
    }
}

fn write_number(x: f64) -> Json {
    if x.is_nan() {
        json!("NaN")
    } else if x.is_infinite() {
        json!(if x > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        json!(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonfinite_numbers_are_strings_both_ways() {
        let case = json!({ "loss": "HuberLoss", "args": { "delta": "Infinity", "reduction": "none" },
            "inputs": { "input": { "shape": [2], "data": ["NaN", 3] }, "target": { "shape": [2], "data": [0, 1.0] } } });
        let answer = answer(&case);
        assert_eq!(answer["output"], json!({ "shape": [2], "data": ["NaN", 2.0] }));
        assert_eq!(answer["loss"], "HuberLoss");
    }

    #[test]
    fn an_old_answer_is_replaced() {
        let answer = answer(&json!({ "loss": "Nope", "output": 3 }));
        assert_eq!(answer["error"]["type"], "NotImplemented");
        assert!(answer.get("output").is_none());
    }

    #[test]
    fn an_outcome_is_the_answer_without_the_question() {
        let text = r#"{"loss":"L1Loss","inputs":{"input":{"shape":[],"data":[3]},"target":{"shape":[],"data":[1]}}}"#;
        let outcome: Json = serde_json::from_str(&outcome_text(text)).unwrap();
        assert_eq!(outcome["output"], json!({ "shape": [], "data": [2.0] }));
        assert!(outcome.get("loss").is_none() && outcome.get("error").is_none(), "{outcome}");
        for text in ["", "3", "[]", "null", r#"{"loss":7}"#] {
            assert!(outcome_text(text).starts_with(r#"{"error""#), "{text}");
        }
    }

    #[test]
    fn nonsense_is_an_error_and_no_panic() {
        for text in
            ["", "[", "[1, null]", r#"{"loss":"HuberLoss","inputs":{"input":{"shape":[-1],"data":[]}}}"#]
        {
            let answer = answer_text(text);
            assert!(answer.get("error").is_some() || answer.is_array(), "{text}");
        }
    }
}
