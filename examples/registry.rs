//! Prints what the registry has as JSON: by name the arguments of each loss's constructor and those of `forward`.
//!
//! The modules with parameters of their own take arguments by name, whatever they are called; they have `null`.

use losslens::loss::module::MODULES;
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use serde_json::{Map, Value, json};

fn main() {
    let mut registry = Map::new();
    for spec in LOSSES.iter().chain(&WITHOUT_PAGE).map(|it| it.spec) {
        let args: Vec<&str> = spec.params.iter().map(|it| it.id).collect();
        let inputs: Vec<&str> = spec.inputs.iter().map(|it| it.id).collect();
        registry.insert(spec.torch.to_owned(), json!({ "args": args, "inputs": inputs }));
    }
    registry.extend(MODULES.iter().map(|it| (it.0.to_owned(), Value::Null)));
    println!("{}", Value::Object(registry));
}
