//! The query of an address: what each key says, and what to do where PyTorch refuses it.

use super::percent::decode;
use super::value::{read_tensor, read_value};
use super::{Notice, dtype, is_of_other_program, overlay};
use crate::experiment::near::nearest;
use crate::experiment::number::{argument, quoted};
use crate::experiment::{At, Experiment, View};
use crate::loss::args::{Args, Value};
use crate::loss::spec::Param;
use crate::loss::tensor::{Tensor, list};
use crate::loss::torch::Loss;

/// The keys that are the page's own; `theme`, `show` and `lock` are for the page around the bench.
pub const PAGE_KEYS: [&str; 9] = ["at", "with", "view", "names", "unit", "theme", "show", "lock", "v"];

/// Garbage has no end; a list of complaints must have one.
const MOST_NOTICES: usize = 8;

/// The version of the grammar that is read here.
const VERSION: &str = "1";

/// The state that a query describes, and what of it is not as written.
///
/// Inputs that are not written, or that cannot be had, are those of `example`, and its names and chart with them.
pub fn read(loss: &'static Loss, query: &str, example: Option<&Experiment>) -> (Experiment, Vec<Notice>) {
    let mut reader = Reader { loss, pairs: Vec::new(), notices: Vec::new() };
    reader.take(query);
    let mut story = example.cloned().unwrap_or_else(|| blank(loss, Vec::new()));
    story.args = Args::default();
    let given = reader.args();
    let inputs = reader.inputs();
    let mut own = inputs.is_some() || !reader.gives_inputs();
    let first = inputs.map_or_else(|| story.clone(), |it| blank(loss, it));
    let (mut experiment, kept) = reader.settle(first, &story, &given);
    own &= kept;
    // Names and places of other numbers than those shown would only mislead.
    if own {
        reader.story(&mut experiment);
    }
    reader.view(&mut experiment);
    reader.overlay(&mut experiment);
    (experiment, reader.notices)
}

/// A state that has its inputs and nothing else.
fn blank(loss: &'static Loss, mut inputs: Vec<Tensor>) -> Experiment {
    inputs.resize_with(loss.spec.inputs.len(), Tensor::default);
    let (names, classes, unit) = (Vec::new(), Vec::new(), String::new());
    let (args, at) = (Args::default(), At::default());
    Experiment { loss, args, inputs, at, with: None, view: None, names, classes, unit }
}

struct Reader<'a> {
    loss: &'static Loss,
    /// Keys, decoded, and their values as written.
    pairs: Vec<(String, &'a str)>,
    notices: Vec<Notice>,
}

impl<'a> Reader<'a> {
    fn note(&mut self, key: &str, message: impl Into<String>) {
        if self.notices.len() < MOST_NOTICES {
            self.notices.push(Notice { key: key.chars().take(40).collect(), message: message.into() });
        }
    }

    /// The value of a key, as written.
    fn raw(&self, key: &str) -> Option<&'a str> {
        self.pairs.iter().find(|it| it.0 == key).map(|it| it.1)
    }

    fn value(&self, key: &str) -> Option<String> {
        self.raw(key).map(decode)
    }

    /// Splits the query into known keys, the last of equal ones, and complains about the others.
    fn take(&mut self, query: &'a str) {
        let spec = self.loss.spec;
        let ids = spec.inputs.iter().map(|it| it.id).chain(spec.params.iter().map(|it| it.id));
        let known: Vec<&str> = ids.chain(PAGE_KEYS).collect();
        for pair in query.split('&').filter(|it| !it.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = decode(key);
            if self.notices.len() == MOST_NOTICES && !known.contains(&key.as_str()) {
                continue;
            } else if !known.contains(&key.as_str()) {
                let hint = nearest(&key, known.iter().copied());
                let hint = hint.map_or_else(String::new, |it| format!("; did you mean {it}?"));
                self.note(&key, format!("{} has no such argument{hint}", spec.torch));
            } else if let Some(known) = self.pairs.iter_mut().find(|it| it.0 == key) {
                known.1 = value;
                self.note(&key, format!("is given twice; {} counts", quoted(&decode(value))));
            } else {
                self.pairs.push((key, value));
            }
        }
        if let Some(version) = self.value("v").filter(|it| it != VERSION) {
            self.note("v", format!("this page reads version {VERSION}, not {}", quoted(&version)));
        }
    }

    fn gives_inputs(&self) -> bool {
        self.loss.spec.inputs.iter().any(|it| self.raw(it.id).is_some())
    }

    /// All inputs, or none where one is missing or cannot be read.
    fn inputs(&mut self) -> Option<Vec<Tensor>> {
        if !self.gives_inputs() {
            return None;
        }
        let spec = self.loss.spec;
        let mut inputs: Vec<Tensor> = Vec::new();
        let mut complete = true;
        for (place, input) in spec.inputs.iter().enumerate() {
            let scores = inputs.first().map_or_else(Vec::new, |it| it.shape().to_vec());
            let text = self.value(input.id);
            let tensor = match &text {
                Some(text) => read_tensor(text, |shape| dtype(spec, place, shape, &scores)),
                None => Err("is not given; without it the worked example's numbers are shown".to_owned()),
            };
            match tensor {
                Ok(tensor) => inputs.push(tensor),
                Err(why) => {
                    self.note(input.id, why);
                    inputs.push(Tensor::default());
                    complete = false;
                }
            }
        }
        complete.then_some(inputs)
    }

    /// The constructor arguments that can be read, in the Spec's order.
    fn args(&mut self) -> Vec<(&'static Param, Value)> {
        let mut given = Vec::new();
        for param in self.loss.spec.params {
            match self.value(param.id).map(|it| read_value(param, &it)) {
                Some(Ok(value)) => given.push((param, value)),
                Some(Err(why)) => self.note(param.id, why),
                None => {}
            }
        }
        given
    }

    /// The state with its arguments, or the nearest one that PyTorch accepts: arguments go first, then the
    /// inputs. Says whether the inputs stayed.
    fn settle(
        &mut self,
        mut first: Experiment,
        story: &Experiment,
        given: &[(&'static Param, Value)],
    ) -> (Experiment, bool) {
        first.args = args(given, None);
        let Err(error) = first.evaluate() else { return (first, true) };
        for (culprit, value) in given {
            let without = Experiment { args: args(given, Some(culprit)), ..first.clone() };
            if without.evaluate().is_ok() {
                self.refused(culprit, value, &error.message);
                return (without, true);
            }
        }
        let mut settled = Experiment { args: Args::default(), ..first };
        let kept = match settled.evaluate() {
            Ok(_) => true,
            Err(error) => {
                let ids: Vec<&str> = self.loss.spec.inputs.iter().map(|it| it.id).collect();
                self.note(&ids.join(", "), format!("PyTorch refuses them: {}", error.message));
                settled = story.clone();
                false
            }
        };
        for (param, value) in given {
            let next = settled.with_arg(param, value.clone());
            match next.evaluate() {
                Ok(_) => settled = next,
                Err(error) => self.refused(param, value, &error.message),
            }
        }
        (settled, kept)
    }

    fn refused(&mut self, param: &Param, value: &Value, why: &str) {
        self.note(param.id, format!("PyTorch refuses {}: {why}", argument(value)));
    }

    /// What belongs to the numbers: the chosen element, names and unit.
    fn story(&mut self, experiment: &mut Experiment) {
        if let Some(text) = self.value("at") {
            match read_at(experiment, &text) {
                Ok(at) => experiment.at = at,
                Err(why) => self.note("at", why),
            }
        }
        if let Some(text) = self.raw("names") {
            let mut parts = text.split(';').map(names);
            experiment.names = parts.next().unwrap_or_default();
            experiment.classes = parts.next().unwrap_or_default();
            if parts.next().is_some() {
                self.note("names", "only rows and columns have names: two lists with one ; between them");
            }
        }
        if let Some(unit) = self.value("unit") {
            experiment.unit = unit;
        }
    }

    fn view(&mut self, experiment: &mut Experiment) {
        let Some(word) = self.value("view").filter(|it| !it.is_empty()) else { return };
        match View::ALL.into_iter().find(|it| it.name() == word) {
            Some(view) => experiment.view = Some(view),
            None => self.note("view", format!("{} is none of curve, batch and picture", quoted(&word))),
        }
    }

    fn overlay(&mut self, experiment: &mut Experiment) {
        let Some(text) = self.value("with") else { return };
        experiment.with = overlay(self.loss, &text);
        let refusal = match &experiment.with {
            None if text.is_empty() => None,
            None if is_of_other_program(&text) => {
                Some(format!("{text} is in another part of this site; it cannot be compared with here"))
            }
            None => Some(format!("{} is nothing to compare with", quoted(&text))),
            Some(with) => with.apply(experiment).evaluate().err().map(|it| it.message),
        };
        if let Some(why) = refusal {
            experiment.with = None;
            self.note("with", why);
        }
    }
}

/// The arguments, without one of them.
fn args(given: &[(&'static Param, Value)], without: Option<&Param>) -> Args {
    let mut args = Args::default();
    for (param, value) in given.iter().filter(|it| without.is_none_or(|without| it.0.id != without.id)) {
        args.set(param, value.clone());
    }
    args
}

/// Names between commas; none for empty text.
fn names(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split(',').map(decode).collect() }
}

/// `input.1.0`: an input, then a place along each of its axes.
fn read_at(experiment: &Experiment, text: &str) -> Result<At, String> {
    let spec = experiment.loss.spec;
    // The name of a parameter has dots of its own.
    let rest = |id: &str| text.strip_prefix(id).filter(|it| it.is_empty() || it.starts_with('.'));
    let named = spec.inputs.iter().enumerate().find_map(|(input, it)| Some((input, it.id, rest(it.id)?)));
    let (input, id, rest) = named.ok_or_else(|| {
        let ids: Vec<&str> = spec.inputs.iter().map(|it| it.id).collect();
        let id = text.split('.').next().unwrap_or_default();
        format!("{} is not one of the inputs {}", quoted(id), ids.join(", "))
    })?;
    let tensor = experiment.inputs.get(input).ok_or("there is no such input")?;
    if !tensor.dtype().is_float() {
        return Err(format!("{id} holds whole numbers, along which no chart can be drawn"));
    }
    let indices: Option<Vec<usize>> = rest.split('.').skip(1).map(|it| it.parse().ok()).collect();
    let missing = || format!("there is no element {}: the shape is {}", quoted(text), list(tensor.shape()));
    let indices = indices.filter(|it| it.len() == tensor.dim()).ok_or_else(missing)?;
    let mut place = 0;
    for (index, size) in indices.iter().zip(tensor.shape()) {
        if index >= size {
            return Err(missing());
        }
        place = place * size + index;
    }
    Ok(At { input, place })
}
