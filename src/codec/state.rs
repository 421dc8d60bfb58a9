//! A state of the bench as a case with its answer, for programs that talk to the page.

use serde_json::{Map, Value as Json, json};

use super::{outcome, write_number, write_tensor};
use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};
use crate::loss::args::Value;

/// What a state is and what PyTorch answers to it.
///
/// `state` is the address without `#/`, `case` and `answer` the call in the layout of the reference cases, `loss` the
/// answer's number where it is one, `gradients` its `grads`, `notices` what could not be read. Where the address names
/// no loss, `state` is null and only the notices are there.
pub fn state(fragment: &str) -> Json {
    let read = address::read(fragment);
    let notices: Vec<Json> =
        read.notices.iter().map(|it| json!({ "key": it.key, "message": it.message })).collect();
    let Route::Loss(experiment) = read.route else {
        return json!({ "state": null, "notices": notices });
    };
    let case = case(&experiment);
    let answer = outcome(&case);
    json!({
        "state": address::write(&experiment).trim_start_matches('/'),
        "loss": one_number(&answer),
        "gradients": answer.get("grads").cloned().unwrap_or_else(|| json!({})),
        "case": case,
        "answer": answer,
        "notices": notices,
    })
}

/// The call that an experiment is.
pub fn case(experiment: &Experiment) -> Json {
    let spec = experiment.loss.spec;
    let args = spec.params.iter().filter_map(|it| {
        let value = experiment.args.get(it.id)?;
        Some((it.id.to_owned(), write_value(value)))
    });
    let inputs = spec.inputs.iter().zip(&experiment.inputs);
    let inputs = inputs.map(|(input, tensor)| (input.id.to_owned(), write_tensor(tensor)));
    json!({ "loss": spec.torch, "args": args.collect::<Map<_, _>>(), "inputs": inputs.collect::<Map<_, _>>() })
}

fn write_value(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Flag(flag) => json!(flag),
        Value::Int(int) => json!(int),
        Value::Real(real) => write_number(*real),
        Value::Text(text) => json!(text),
        Value::Tensor(tensor) => write_tensor(tensor),
    }
}

fn one_number(answer: &Map<String, Json>) -> Json {
    let data = answer.get("output").and_then(|it| it["data"].as_array());
    match data.map(Vec::as_slice) {
        Some([one]) => one.clone(),
        _ => Json::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;

    #[test]
    fn every_worked_example_is_a_case_that_has_an_answer() {
        for loss in LOSSES {
            let name = loss.spec.torch;
            let state = state(&format!("/{name}"));
            let evaluation = address::example(loss).evaluate().unwrap();
            assert_eq!(state["state"], name);
            assert_eq!(state["answer"]["output"], write_tensor(&evaluation.output), "{name}");
            assert_eq!(state["gradients"], state["answer"]["grads"]);
            assert_eq!(state["notices"], json!([]));
        }
    }

    #[test]
    fn arguments_and_numbers_come_as_they_are() {
        // 0.5 · 1² and 2 · (3 − 1) by hand.
        let state = state("#/HuberLoss?input=1,3&target=0,0&delta=2&reduction=none");
        assert_eq!(state["case"]["args"], json!({ "delta": 2.0, "reduction": "none" }));
        assert_eq!(state["answer"]["output"]["data"], json!([0.5, 4.0]));
        assert_eq!(state["loss"], Json::Null);
    }

    #[test]
    fn what_names_no_loss_has_no_state() {
        let state = state("/HuperLoss");
        assert_eq!(state["state"], Json::Null);
        assert!(state["notices"][0]["message"].as_str().unwrap().contains("HuberLoss"), "{state}");
    }
}
