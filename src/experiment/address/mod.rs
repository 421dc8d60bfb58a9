//! The address is the state: an experiment from the fragment of a URL, and back.
//!
//! `/HuberLoss?input=2,3.5&target=2.5,3.5&delta=2&at=input.1`: PyTorch's own names, and a few keys of the page.
//! Without a query it is the loss's worked example. Old addresses work forever: `tests/address.rs` holds some.

pub mod frame;
mod percent;
mod query;
pub mod snippet;
mod value;

pub use query::PAGE_KEYS;

use std::sync::OnceLock;

use super::near::nearest;
use super::number::{self, quoted};
use super::{At, Experiment, Overlay, Through, View};
use crate::loss::spec::{Domain, Spec};
use crate::loss::tensor::{Dtype, Tensor};
use crate::loss::torch::{LOSSES, Loss, menu};
use percent::{decode, encode};

/// Something of an address that could not be read, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The key that it is about.
    pub key: String,
    /// What was wrong with its value, in a sentence without a full stop.
    pub message: String,
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// A page of text, by its name in `TEXTS`.
    Text(&'static str),
    /// A loss on the bench.
    Loss(Box<Experiment>),
}

/// The page of text that an empty address means.
pub const HOME: &str = "home";

/// The pages of text.
pub const TEXTS: [&str; 6] = [HOME, "questions", "which", "article", "start", "authors"];

/// What was read of an address: the nearest valid state, and what of it is not as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Where the address leads.
    pub route: Route,
    /// What could not be read, in the order of the address.
    pub notices: Vec<Notice>,
}

/// Reads the fragment of a URL, without its `#`. Whatever it is, something valid comes back.
pub fn read(fragment: &str) -> Read {
    let (path, query) = parts(fragment);
    let name = path.trim_matches('/');
    // A part of a page of text stands behind a slash; the page itself finds it.
    let text = if name.is_empty() { HOME } else { name.split('/').next().unwrap_or(HOME) };
    if let Some(text) = TEXTS.into_iter().find(|it| *it == text) {
        return Read { route: Route::Text(text), notices: Vec::new() };
    }
    let Some(loss) = Loss::find(name) else {
        let here = nearest(name, menu().map(|it| it.torch).chain(TEXTS));
        let hint = here.map_or_else(String::new, |it| format!("; did you mean {it}?"));
        let message = format!("{} is no loss of this page{hint}", quoted(name));
        return Read { route: Route::Text(HOME), notices: vec![Notice { key: "loss".to_owned(), message }] };
    };
    if query.is_empty() {
        return Read { route: Route::Loss(Box::new(example(loss))), notices: Vec::new() };
    }
    let (experiment, notices) = query::read(loss, &query, Some(&example(loss)));
    Read { route: Route::Loss(Box::new(experiment)), notices }
}

/// The path, decoded, and the query as it is written.
fn parts(fragment: &str) -> (String, String) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    // Somebody's tool may have encoded all of it, the question mark included.
    let fragment = if fragment.contains('?') { fragment.to_owned() } else { decode(fragment) };
    let (path, query) = fragment.split_once('?').unwrap_or((&fragment, ""));
    (decode(path), query.to_owned())
}

/// Whether the address is that of a loss that the page's other program has.
pub fn is_elsewhere(fragment: &str) -> bool {
    let path = parts(fragment).0;
    is_of_other_program(path.trim_matches('/'))
}

/// Whether a loss has a page, but not in this program.
fn is_of_other_program(name: &str) -> bool {
    Loss::find(name).is_none() && menu().any(|it| it.torch == name)
}

/// The worked example of a loss. Each is read once.
pub fn example(loss: &'static Loss) -> Experiment {
    static EXAMPLES: OnceLock<Vec<Experiment>> = OnceLock::new();
    let parsed = |loss: &'static Loss| query::read(loss, loss.spec.example.query, None).0;
    let examples = EXAMPLES.get_or_init(|| LOSSES.iter().map(parsed).collect());
    examples.iter().find(|it| it.loss == loss).cloned().unwrap_or_else(|| parsed(loss))
}

/// The address of a state, without its `#`: of the worked example the loss's name alone, otherwise all that
/// differs from PyTorch's defaults, and the inputs always. Reading it gives the same state.
pub fn write(experiment: &Experiment) -> String {
    if *experiment == example(experiment.loss) {
        return format!("/{}", experiment.loss.spec.torch);
    }
    whole(experiment)
}

/// The address with the inputs written always: what is shared stays what it is, whatever becomes of the example.
pub fn whole(experiment: &Experiment) -> String {
    let spec = experiment.loss.spec;
    let scores = experiment.inputs.first().map_or(&[][..], Tensor::shape);
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (place, (input, tensor)) in spec.inputs.iter().zip(&experiment.inputs).enumerate() {
        pairs.push((input.id, value::write_tensor(tensor, dtype(spec, place, tensor.shape(), scores))));
    }
    for param in spec.params {
        pairs.extend(experiment.args.get(param.id).map(|it| (param.id, value::write_value(it))));
    }
    pairs.extend(write_at(experiment).map(|it| ("at", it)));
    pairs.extend(experiment.with.as_ref().map(|it| ("with", write_overlay(it))));
    pairs.extend(experiment.view.map(|it| ("view", it.name().to_owned())));
    let names = |names: &[String]| names.iter().map(|it| encode(it, ",;")).collect::<Vec<_>>().join(",");
    match (experiment.names.as_slice(), experiment.classes.as_slice()) {
        ([], []) => {}
        (rows, []) => pairs.push(("names", names(rows))),
        (rows, columns) => pairs.push(("names", format!("{};{}", names(rows), names(columns)))),
    }
    if !experiment.unit.is_empty() {
        pairs.push(("unit", encode(&experiment.unit, "")));
    }
    let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("/{}?{}", spec.torch, query.join("&"))
}

/// `input.1.0`; nothing for the first element of the first input, which is where a chart begins anyway.
fn write_at(experiment: &Experiment) -> Option<String> {
    let at = experiment.at;
    let tensor = experiment.inputs.get(at.input).filter(|it| at.place < it.len())?;
    let id = experiment.loss.spec.inputs.get(at.input)?.id;
    let mut digits = Vec::new();
    let mut rest = at.place;
    for size in tensor.shape().iter().rev() {
        digits.push((rest % size.max(&1)).to_string());
        rest /= size.max(&1);
    }
    digits.push(id.to_owned());
    digits.reverse();
    (at != At::default()).then(|| digits.join("."))
}

/// A comparison from what stands after `with=`: `MSELoss`, `sigmoid:BCELoss`, `label:1`, `margin:0`.
pub fn overlay(loss: &'static Loss, text: &str) -> Option<Overlay> {
    let other = |name: &str, through| Loss::find(name).map(|loss| Overlay::Loss { loss, through });
    match text.split_once(':') {
        None => other(text, Through::Nothing),
        Some(("sigmoid", name)) => other(name, Through::Sigmoid),
        Some(("softmax", name)) => other(name, Through::Softmax),
        Some(("label", label)) => number::parse(label).ok().map(Overlay::Label),
        Some((id, text)) => {
            let param = loss.spec.param(id)?;
            value::read_value(param, text).ok().map(|value| Overlay::Arg { id: param.id, value })
        }
    }
}

fn write_overlay(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Loss { loss, through: Through::Nothing } => loss.spec.torch.to_owned(),
        Overlay::Loss { loss, through: Through::Sigmoid } => format!("sigmoid:{}", loss.spec.torch),
        Overlay::Loss { loss, through: Through::Softmax } => format!("softmax:{}", loss.spec.torch),
        Overlay::Label(label) => format!("label:{}", number::show(*label)),
        Overlay::Arg { id, value } => format!("{id}:{}", value::write_value(value)),
    }
}

/// The dtype of an input where nobody names one: its domain's, but class probabilities are float64. Those are
/// told by having the shape of the logits.
pub fn dtype(spec: &Spec, input: usize, shape: &[usize], scores: &[usize]) -> Dtype {
    let domain = |place: usize| spec.inputs.get(place).map_or(Domain::Real, |it| it.domain);
    match (domain(0), domain(input)) {
        (Domain::Logit, Domain::Class) if shape == scores => Dtype::Float64,
        (_, domain) => domain.dtype(),
    }
}

impl View {
    /// Every view.
    pub const ALL: [View; 3] = [View::Curve, View::Batch, View::Picture];

    /// Its word in an address.
    pub fn name(self) -> &'static str {
        match self {
            View::Curve => "curve",
            View::Batch => "batch",
            View::Picture => "picture",
        }
    }
}
