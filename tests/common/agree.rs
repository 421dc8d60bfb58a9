//! The recorded cases of PyTorch, and whether an answer agrees with what was recorded.

use std::collections::BTreeSet;
use std::io::Read;

use serde_json::Value as Json;

/// Every recorded case.
pub fn cases() -> Vec<Json> {
    unpacked(include_bytes!("../reference/cases.json.gz"))
}

/// The cases of a packed file.
pub fn unpacked(packed: &[u8]) -> Vec<Json> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).expect("a gzip file");
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
    // Sorted: serde_json may keep the order that keys came in.
    let sorted = |it: &serde_json::Map<String, Json>| it.keys().cloned().collect::<BTreeSet<_>>();
    if sorted(got) != sorted(want) {
        return Err(format!("gradients of {:?} for {:?}", got.keys(), want.keys()));
    }
    want.iter()
        .try_for_each(|(id, want)| same_tensor(&got[id], want, scale).map_err(|it| format!("{id}: {it}")))
}

/// A recorded case without its answer.
pub fn question(case: &Json) -> Json {
    let mut question = case.clone();
    for key in ["output", "grads", "arg_grads", "error", "warnings"] {
        question.as_object_mut().expect("an object").remove(key);
    }
    question
}

/// Whether an answer is what was recorded; otherwise where they differ.
pub fn compare(case: &Json, got: &Json) -> Result<(), String> {
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
