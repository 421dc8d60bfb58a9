//! A state of the bench as programs for Python, in pieces that know their colour: PyTorch's call, and the call of the loss
//! written by hand in NumPy.

mod literal;
mod numpy;
mod torch;

pub use numpy::numpy;
pub use torch::torch;

use super::number;
use crate::loss::args::Value;
use crate::loss::numeric::python;
use crate::loss::spec::{Input, Role};
use crate::loss::tensor::Tensor;
use literal::Library;

/// What a piece of a program is, and so its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Everything else.
    Plain,
    /// What the model said.
    Prediction,
    /// What was true.
    Target,
    /// An input that is neither.
    Aside,
    /// The loss.
    Loss,
    /// Its gradient.
    Gradient,
    /// A comment.
    Quiet,
}

impl Ink {
    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Prediction => "pred",
            Ink::Target => "target",
            Ink::Aside => "aside",
            Ink::Loss => "loss",
            Ink::Gradient => "grad",
            Ink::Quiet => "quiet",
        }
    }

    /// That of an input.
    pub fn of(input: &Input) -> Self {
        match input.role {
            Role::Prediction => Ink::Prediction,
            Role::Target => Ink::Target,
            Role::Aside => Ink::Aside,
        }
    }
}

/// A program, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code(Vec<(Ink, String)>);

impl Code {
    /// The pieces in the order of the text.
    pub fn pieces(&self) -> impl Iterator<Item = (Ink, &str)> {
        self.0.iter().map(|(ink, text)| (*ink, text.as_str()))
    }

    /// The text alone, which Python reads.
    pub fn text(&self) -> String {
        self.0.iter().map(|it| it.1.as_str()).collect()
    }

    fn say(&mut self, text: &str) {
        self.ink(Ink::Plain, text);
    }

    fn ink(&mut self, ink: Ink, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.0 == ink => last.1 += text,
            _ => self.0.push((ink, text.to_owned())),
        }
    }

    /// `input = np.array([1., 2.])`, in a line of its own.
    fn assign(&mut self, input: &Input, tensor: &Tensor, library: &Library) {
        self.ink(Ink::of(input), input.id);
        self.say(" = ");
        let (open, numbers, close) = library.tensor(tensor, true);
        self.say(&open);
        self.ink(Ink::of(input), &numbers);
        self.say(&close);
        self.say("\n");
    }

    /// The names of the inputs, as arguments.
    fn names(&mut self, inputs: &[Input]) {
        for (place, input) in inputs.iter().enumerate() {
            self.say(if place > 0 { ", " } else { "" });
            self.ink(Ink::of(input), input.id);
        }
    }

    /// What is printed, as a comment below it.
    fn comment(&mut self, ink: Ink, text: &str) {
        self.ink(Ink::Quiet, "# ");
        self.ink(ink, text);
        self.say("\n");
    }

    /// The last line needs no end.
    fn ended(mut self) -> Self {
        if let Some((_, text)) = self.0.last_mut()
            && text.ends_with('\n')
        {
            text.pop();
        }
        self
    }
}

/// `delta=2.0`, `weight=torch.tensor([1., 2.])`.
fn keyword((id, value): (&str, &Value), library: &Library) -> String {
    match value {
        Value::Tensor(tensor) => {
            let (open, numbers, close) = library.tensor(tensor, false);
            format!("{id}={open}{numbers}{close}")
        }
        _ => format!("{id}={}", number::argument(value)),
    }
}

/// So many numbers of an answer are written out.
const SHOWN: usize = 4;

/// An answer as Python prints it: one number, or the first of many.
fn answer(output: &Tensor) -> String {
    if output.shape().is_empty() || output.len() == 1 {
        return python(output.get(0).unwrap_or(f64::NAN));
    }
    listed(output, python)
}

/// The first numbers of a tensor, row by row.
fn listed(tensor: &Tensor, write: impl Fn(f64) -> String) -> String {
    let floats = tensor.floats();
    let shown: Vec<String> = floats.iter().take(SHOWN).map(|it| write(*it)).collect();
    format!("{}{}", shown.join(", "), if floats.len() > SHOWN { ", …" } else { "" })
}

#[cfg(test)]
mod tests;
