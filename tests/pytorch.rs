//! The recorded cases of PyTorch decide: value, shape, gradients, errors and warnings of every loss.

#[path = "common/agree.rs"]
mod agree;

use std::collections::BTreeMap;

use agree::{cases, compare, question, unpacked};
use losslens::codec::answer;
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use serde_json::Value as Json;

/// What the cases of a file are compared to, by loss: how many agree of how many, and those that do not.
fn compared(cases: Vec<Json>) -> (BTreeMap<String, (usize, usize)>, Vec<String>) {
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases {
        let name = case["loss"].as_str().expect("a name").to_owned();
        let result = compare(&case, &answer(&question(&case)));
        let count = tally.entry(name.clone()).or_default();
        count.0 += usize::from(result.is_ok());
        count.1 += 1;
        if let Err(why) = result {
            wrong.push(format!("{name} {} {}: {why}", case["id"], case["tag"]));
        }
    }
    (tally, wrong)
}

#[test]
fn every_recorded_case_agrees() {
    let (tally, wrong) = compared(cases());
    for (name, (right, all)) in &tally {
        println!("{name}: {right} of {all} agree");
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(tally.len(), LOSSES.len() + WITHOUT_PAGE.len(), "a loss has no recorded case");
}

/// The recorded calls, changed at random: other numbers, shapes, dtypes and arguments, a third of which PyTorch refuses.
#[test]
fn every_mutant_agrees() {
    let (tally, wrong) = compared(unpacked(include_bytes!("reference/mutants.json.gz")));
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(tally.len(), LOSSES.len() + WITHOUT_PAGE.len(), "a loss has no mutant");
}
