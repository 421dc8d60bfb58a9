//! The loss by hand in NumPy, from its file, before a call of it.

use std::{fs, path::Path};

use crate::experiment::Experiment;
use crate::experiment::code::{Code, numpy};
use crate::lessons::markdown::escaped;
use crate::loss::evaluation::Evaluation;
use crate::loss::torch::Loss;

/// A file of `src/lessons/numpy`.
pub struct Source(String);

impl Source {
    /// The file of a loss.
    ///
    /// # Errors
    /// That there is none, with its path.
    pub fn of(loss: &Loss) -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lessons/numpy");
        let file = folder.join(format!("{}.py", loss.spec.torch));
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(Self(text.trim_end().to_owned() + "\n\n\n"))
    }

    /// What the function is called.
    ///
    /// # Errors
    /// That the file defines none.
    pub fn name(&self) -> Result<&str, String> {
        self.function().map(|it| it.0).ok_or_else(|| "the NumPy file defines no function".to_owned())
    }

    /// A call of it with a state's numbers.
    ///
    /// # Errors
    /// As `name`.
    pub fn call(&self, state: &Experiment, evaluation: Option<&Evaluation>) -> Result<Code, String> {
        Ok(numpy(state, evaluation, self.name()?))
    }

    /// The file as text, and room for the call.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The same as HTML.
    pub fn html(&self) -> String {
        self.0.split_inclusive('\n').map(shown).collect()
    }

    /// The name of the first function, and its parameters.
    fn function(&self) -> Option<(&str, &str)> {
        let (_, definition) = self.0.split_once("\ndef ")?;
        let (signature, _) = definition.split_once("):\n")?;
        signature.split_once('(')
    }
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
    use crate::experiment::number::{self, argument};
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
            let source = Source::of(loss).unwrap();
            let (name, parameters) = source.function().unwrap();
            let inputs = loss.spec.inputs.iter().map(|it| it.id.to_owned());
            let params = loss.spec.params.iter().map(|it| format!("{}={}", it.id, argument(&it.default())));
            let want: Vec<String> = inputs.chain(params.map(|it| spelled(&it))).collect();
            let found = parameters.split(',').map(str::trim).filter(|it| *it != "*").map(spelled);
            assert_eq!(found.collect::<Vec<_>>(), want, "{name}");
        }
    }

    #[test]
    fn a_file_is_one_function_and_needs_numpy_alone() {
        for loss in LOSSES {
            let source = Source::of(loss).unwrap();
            let text = source.text();
            assert!(text.starts_with("import numpy as np\n\n\ndef "), "{text}");
            let outside = text.lines().filter(|it| !it.is_empty() && !it.starts_with(' '));
            assert_eq!(outside.count(), 2, "{text}");
        }
    }

    #[test]
    fn what_html_would_read_is_escaped() {
        assert_eq!(shown("a < b & c  # d > e"), "a &lt; b &amp; c  <i># d &gt; e</i>");
    }
}
