//! The programs of many states at once, for a Python that runs and reads them.

use serde_json::{Value as Json, json};

use super::numpy::Source;
use crate::codec;
use crate::experiment::address::example;
use crate::experiment::code::torch;
use crate::experiment::{At, Experiment};
use crate::loss::torch::{LOSSES, Loss};

/// Of every worked example and every recorded call that a bench can hold, both programs: `id` of the case or null, `case`,
/// `numpy` and `torch`. The others are left out: errors, losses without a page, arguments that are not the page's.
///
/// # Errors
/// What is wrong with the text of the cases, or with a NumPy file.
pub fn programs_of(text: &str) -> Result<Json, String> {
    let recorded: Json = serde_json::from_str(text).map_err(|it| it.to_string())?;
    let cases = recorded["cases"].as_array().ok_or("no cases")?;
    let recorded = cases.iter().filter(|it| it.get("error").is_none()).filter_map(|case| {
        let (loss, args, inputs) = codec::call(case)?;
        let loss = Loss::find(loss.spec.torch)?;
        let state = Experiment { loss, args, inputs, at: At::default(), ..example(loss) };
        Some((case["id"].clone(), state))
    });
    let examples = LOSSES.iter().map(|it| (Json::Null, example(it)));
    examples.chain(recorded).map(|(id, state)| program(id, &state)).collect()
}

fn program(id: Json, state: &Experiment) -> Result<Json, String> {
    let name = state.loss.spec.torch;
    let evaluation = state.evaluate().map_err(|it| format!("{name} {id}: {it}"))?;
    let source = Source::of(state.loss).map_err(|it| format!("{name}: {it}"))?;
    let call = source.call(state, Some(&evaluation))?.text();
    Ok(json!({
        "id": id,
        "case": codec::case(state),
        "numpy": format!("{}{call}", source.text()),
        "torch": torch(state, Some(&evaluation)).text(),
    }))
}
