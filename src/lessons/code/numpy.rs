//! The loss by hand in NumPy, from its file, and the worked example as a call of it.

use std::{fs, path::Path};

use super::{assignment, call, keyword, printed};
use crate::experiment::Experiment;
use crate::lessons::markdown::escaped;
use crate::loss::evaluation::Evaluation;
use crate::loss::torch::Loss;

/// The function, then a call of it with the worked example's numbers, and what it prints.
pub fn program(loss: &Loss, state: &Experiment, evaluation: &Evaluation) -> Result<String, String> {
    let source = source(loss)?;
    let name = function(&source).map(|it| it.0).ok_or("the NumPy file defines no function")?;
    let make = "np.array";
    let mut lines: Vec<String> = source.lines().map(shown).collect();
    lines.extend([String::new(), String::new()]);
    lines.extend(loss.spec.inputs.iter().zip(&state.inputs).map(|it| assignment(it.0, it.1, make)));
    let names = loss.spec.inputs.iter().map(|it| it.id.to_owned());
    let given: Vec<String> = names.chain(state.args.iter().map(|it| keyword(loss.spec, it, make))).collect();
    lines.extend([
        String::new(),
        call(&format!("loss = {name}"), &given),
        "print(loss)".to_owned(),
        printed(&evaluation.output),
    ]);
    Ok(lines.join("\n"))
}

fn source(loss: &Loss) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lessons/numpy");
    let file = folder.join(format!("{}.py", loss.spec.torch));
    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
}

/// The name of the first function in a source, and its parameters.
fn function(source: &str) -> Option<(&str, &str)> {
    let (_, definition) = source.split_once("\ndef ")?;
    let (signature, _) = definition.split_once("):\n")?;
    let (name, parameters) = signature.split_once('(')?;
    Some((name, parameters))
}

/// A line of the source as HTML, its comment as quiet as that of what is printed.
fn shown(line: &str) -> String {
    match line.split_once('#') {
        Some((code, comment)) => format!("{}<i>#{}</i>", escaped(code), escaped(comment)),
        None => escaped(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::number;
    use crate::loss::torch::LOSSES;

    /// `name=default`, with one spelling of every number and every word.
    fn spelled(parameter: &str) -> String {
        match parameter.split_once('=') {
            Some((name, value)) => match number::parse(value) {
                Ok(x) => format!("{name}={}", number::show(x)),
                Err(_) => format!("{name}={}", value.replace('"', "'")),
            },
            None => parameter.to_owned(),
        }
    }

    #[test]
    fn its_parameters_are_those_of_forward_then_those_of_the_constructor() {
        for loss in LOSSES {
            let source = source(loss).unwrap();
            let (name, parameters) = function(&source).unwrap();
            let inputs = loss.spec.inputs.iter().map(|it| it.id.to_owned());
            let params = loss.spec.params.iter().map(|it| (it.id, it.default()));
            let params = params.map(|(id, value)| spelled(&keyword(loss.spec, (id, &value), "")));
            let want: Vec<String> = inputs.chain(params).collect();
            let found = parameters.split(',').map(str::trim).filter(|it| *it != "*").map(spelled);
            assert_eq!(found.collect::<Vec<_>>(), want, "{name}");
        }
    }

    #[test]
    fn a_file_is_one_function_and_needs_numpy_alone() {
        for loss in LOSSES {
            let source = source(loss).unwrap();
            assert!(source.starts_with("import numpy as np\n\n\ndef "), "{source}");
            let outside = source.lines().filter(|it| !it.is_empty() && !it.starts_with(' '));
            assert_eq!(outside.count(), 2, "{source}");
        }
    }

    #[test]
    fn what_html_would_read_is_escaped() {
        assert_eq!(shown("a < b & c  # d > e"), "a &lt; b &amp; c  <i># d &gt; e</i>");
    }
}
