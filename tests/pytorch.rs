//! The recorded cases of PyTorch decide: value, shape, gradients, errors and warnings of every loss.

use std::collections::BTreeMap;
use std::io::Read;

use losslens::codec::answer;
use losslens::loss::module::MODULES;
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use serde_json::Value as Json;

fn cases() -> Vec<Json> {
    let mut text = String::new();
    let packed = include_bytes!("reference/cases.json.gz");
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("a gzip file");
    let mut whole: Json = serde_json::from_str(&text).expect("JSON");
    match whole["cases"].take() {
        Json::Array(cases) => cases,
        _ => panic!("no cases"),
    }
}

fn number(json: &Json) -> f64 {
    match json.as_str() {
        Some("NaN") => f64::NAN,
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        _ => json.as_f64().expect("a number"),
    }
}

/// The largest finite magnitude among the inputs.
fn scale(case: &Json) -> f64 {
    let inputs = case["inputs"].as_object().expect("inputs");
    let numbers = inputs.values().filter_map(|it| it["data"].as_array()).flatten().map(number);
    numbers.filter(|it| it.is_finite()).fold(0.0, |most, it| it.abs().max(most))
}

/// The tolerance of the reference: see `tests/reference/README.md`.
fn agree(got: f64, want: f64, scale: f64) -> bool {
    (got.is_nan() && want.is_nan())
        || got == want
        || (got - want).abs() <= 1e-12 * want.abs() + 1e-14 * scale.clamp(1.0, 1e6)
}

fn same_tensor(got: &Json, want: &Json, scale: f64) -> Result<(), String> {
    if got["shape"] != want["shape"] {
        return Err(format!("shape {} for {}", got["shape"], want["shape"]));
    }
    let (got, want) = (got["data"].as_array().ok_or("no data")?, want["data"].as_array().ok_or("no data")?);
    match got.iter().zip(want).position(|(got, want)| !agree(number(got), number(want), scale)) {
        _ if got.len() != want.len() => Err(format!("{} numbers for {}", got.len(), want.len())),
        Some(place) => Err(format!("[{place}] is {} for {}", got[place], want[place])),
        None => Ok(()),
    }
}

fn same_tensors(got: &Json, want: &Json, scale: f64) -> Result<(), String> {
    let empty = serde_json::Map::new();
    let (got, want) = (got.as_object().unwrap_or(&empty), want.as_object().unwrap_or(&empty));
    if !got.keys().eq(want.keys()) {
        return Err(format!("gradients of {:?} for {:?}", got.keys(), want.keys()));
    }
    want.iter()
        .try_for_each(|(id, want)| same_tensor(&got[id], want, scale).map_err(|it| format!("{id}: {it}")))
}

fn compare(case: &Json) -> Result<(), String> {
    let mut question = case.clone();
    for key in ["output", "grads", "arg_grads", "error", "warnings"] {
        question.as_object_mut().expect("an object").remove(key);
    }
    let got = answer(&question);
    if !case["error"].is_null() || !got["error"].is_null() {
        return match got["error"] == case["error"] {
            true => Ok(()),
            false => Err(format!("error {} for {}", got["error"], case["error"])),
        };
    }
    let scale = scale(case);
    same_tensor(&got["output"], &case["output"], scale).map_err(|it| format!("output: {it}"))?;
    same_tensors(&got["grads"], &case["grads"], scale)?;
    same_tensors(&got["arg_grads"], &case["arg_grads"], scale)?;
    match got["warnings"] == case["warnings"] {
        true => Ok(()),
        false => Err(format!("warnings {} for {}", got["warnings"], case["warnings"])),
    }
}

#[test]
fn every_recorded_case_agrees() {
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases() {
        let name = case["loss"].as_str().expect("a name").to_owned();
        let result = compare(&case);
        let count = tally.entry(name.clone()).or_default();
        count.0 += usize::from(result.is_ok());
        count.1 += 1;
        if let Err(why) = result {
            wrong.push(format!("{name} {} {}: {why}", case["id"], case["tag"]));
        }
    }
    for (name, (right, all)) in &tally {
        println!("{name}: {right} of {all} agree");
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(tally.len(), LOSSES.len() + WITHOUT_PAGE.len() + MODULES.len(), "a loss has no recorded case");
}
