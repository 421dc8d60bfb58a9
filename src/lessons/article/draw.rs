//! How the article makes its tensors: each way as the numbers that it gives and as the Python that says it.

use crate::loss::numeric::{log_softmax, python, softmax};
use crate::loss::tensor::{Tensor, count};
use crate::random::Generator;

/// One tensor. Shapes are lists of sizes.
#[derive(Debug)]
pub enum Draw {
    /// `torch.randn`.
    Randn(&'static [usize]),
    /// `torch.randn(…).sign()`.
    RandnSign(&'static [usize]),
    /// The logarithms of the softmax of `torch.randn`, row by row.
    LogSoftmax(&'static [usize]),
    /// The softmax of `torch.randn`, row by row.
    Softmax(&'static [usize]),
    /// `torch.empty(rows, dtype=torch.long).random_(classes)`.
    Classes(usize, i64),
    Ones(&'static [usize]),
    /// `torch.full`.
    Same(&'static [usize], f64),
    /// Row after row, as written.
    Given(&'static [usize], &'static [f64]),
    Labels(&'static [i64]),
}

impl Draw {
    /// The numbers that come next.
    ///
    /// # Errors
    /// A shape that its numbers do not fill.
    pub fn next(&self, generator: &mut Generator) -> Result<Tensor, String> {
        let mut randn = |shape: &[usize]| generator.randn(count(shape).unwrap_or_default());
        let (shape, numbers) = match *self {
            Draw::Randn(shape) => (shape, randn(shape)),
            Draw::RandnSign(shape) => (shape, randn(shape).into_iter().map(f64::signum).collect()),
            Draw::LogSoftmax(shape) => (shape, by_row(shape, &randn(shape), log_softmax)),
            Draw::Softmax(shape) => (shape, by_row(shape, &randn(shape), softmax)),
            Draw::Ones(shape) => (shape, vec![1.0; count(shape).unwrap_or_default()]),
            Draw::Same(shape, value) => (shape, vec![value; count(shape).unwrap_or_default()]),
            Draw::Given(shape, numbers) => (shape, numbers.to_vec()),
            Draw::Classes(rows, classes) => {
                let drawn = generator.random_(classes, rows).map_err(|it| it.to_string())?;
                return labels(drawn.into_iter().map(|it| it as i64).collect());
            }
            Draw::Labels(classes) => return labels(classes.to_vec()),
        };
        Tensor::new(shape, numbers).ok_or_else(|| format!("{self:?} does not fill its shape"))
    }

    /// What makes the tensor in Python.
    pub fn code(&self) -> String {
        match *self {
            Draw::Randn(shape) => format!("torch.randn({})", sizes(shape)),
            Draw::RandnSign(shape) => format!("torch.randn({}).sign()", sizes(shape)),
            Draw::LogSoftmax(shape) => format!("torch.randn({}).log_softmax(1)", sizes(shape)),
            Draw::Softmax(shape) => format!("torch.randn({}).softmax(1)", sizes(shape)),
            Draw::Classes(rows, classes) => {
                format!("torch.empty({rows}, dtype=torch.long).random_({classes})")
            }
            Draw::Ones(shape) => format!("torch.ones({})", sizes(shape)),
            Draw::Same(shape, value) => format!("torch.full(({}), {})", sizes(shape), python(value)),
            Draw::Given(shape, numbers) => {
                let numbers: Vec<String> = numbers.iter().map(|it| python(*it)).collect();
                let width = shape.last().copied().unwrap_or(1).max(1);
                let rows: Vec<String> =
                    numbers.chunks(width).map(|it| format!("[{}]", it.join(", "))).collect();
                match shape {
                    [_] => format!("torch.tensor({})", rows.concat()),
                    _ => format!("torch.tensor([{}])", rows.join(", ")),
                }
            }
            Draw::Labels(classes) => format!("torch.tensor({classes:?})"),
        }
    }

    /// Whether it takes numbers from the generator.
    pub fn is_random(&self) -> bool {
        !matches!(self, Draw::Ones(_) | Draw::Same(..) | Draw::Given(..) | Draw::Labels(_))
    }
}

/// A constructor's argument.
#[derive(Debug)]
pub enum Argument {
    /// As Python writes it.
    As(&'static str),
    /// That many ones.
    Ones(usize),
}

impl Argument {
    pub fn code(&self) -> String {
        match self {
            Argument::As(text) => (*text).to_owned(),
            Argument::Ones(count) => format!("torch.ones({count})"),
        }
    }

    /// As an address has it.
    pub fn written(&self) -> String {
        match self {
            Argument::As(text) => text.trim_matches('\'').to_owned(),
            Argument::Ones(count) => vec!["1"; *count].join(","),
        }
    }
}

fn labels(classes: Vec<i64>) -> Result<Tensor, String> {
    Tensor::int([classes.len()], classes).ok_or_else(|| "labels that are no vector".to_owned())
}

fn by_row(shape: &[usize], numbers: &[f64], change: fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    let width = shape.last().copied().unwrap_or(1).max(1);
    numbers.chunks(width).flat_map(change).collect()
}

/// `3, 5`.
fn sizes(shape: &[usize]) -> String {
    shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
