//! PyTorch's exceptions: their kind and their text.

use std::fmt;

/// The Python exception class that PyTorch raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ValueError`
    Value,
    /// `RuntimeError`
    Runtime,
    /// `IndexError`
    Index,
    /// `TypeError`
    Type,
    /// `NotImplementedError`
    NotImplemented,
}

impl Kind {
    /// The class name, as Python prints it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Value => "ValueError",
            Kind::Runtime => "RuntimeError",
            Kind::Index => "IndexError",
            Kind::Type => "TypeError",
            Kind::NotImplemented => "NotImplementedError",
        }
    }
}

/// A call that PyTorch refuses, in PyTorch's words.
///
/// ```
/// use losslens::loss::{Args, Kind, Loss, Tensor, Want};
///
/// let loss = Loss::known("MSELoss").ok_or("no such loss")?;
/// let (three, four) = (Tensor::vector([1.0, 2.0, 3.0]), Tensor::vector([1.0, 2.0, 3.0, 4.0]));
/// let refused = loss.evaluate(&Args::default(), &[&three, &four], Want::ALL).unwrap_err();
/// assert_eq!(refused.kind, Kind::Runtime);
/// assert_eq!(
///     refused.to_string(),
///     "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The exception class.
    pub kind: Kind,
    /// The exception's text.
    pub message: String,
}

impl Error {
    /// A `ValueError`.
    pub fn value(message: impl Into<String>) -> Self {
        Self { kind: Kind::Value, message: message.into() }
    }

    /// A `RuntimeError`.
    pub fn runtime(message: impl Into<String>) -> Self {
        Self { kind: Kind::Runtime, message: message.into() }
    }

    /// An `IndexError`.
    pub fn index(message: impl Into<String>) -> Self {
        Self { kind: Kind::Index, message: message.into() }
    }

    /// A `TypeError`.
    pub fn type_(message: impl Into<String>) -> Self {
        Self { kind: Kind::Type, message: message.into() }
    }

    /// A `NotImplementedError`.
    pub fn not_implemented(message: impl Into<String>) -> Self {
        Self { kind: Kind::NotImplemented, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for Error {}
