//! Tensors as the lists that Python makes them from.

use crate::experiment::number;
use crate::loss::tensor::{Dtype, Tensor};

/// A list that is longer stands on lines of its own.
const INLINE: usize = 48;

/// And those lines are no longer than this, where a number is not.
const LINE: usize = 64;

/// The library that makes the tensors.
pub struct Library {
    /// The name under which it is imported.
    name: &'static str,
    /// What makes a tensor from a list.
    make: &'static str,
    /// Whether the shape of an empty tensor is one argument.
    shape_is_tuple: bool,
    /// Whether it keeps float32; by hand everything is in doubles, as on the page.
    keeps_floats: bool,
}

/// PyTorch, with float64 as its default.
pub const TORCH: Library =
    Library { name: "torch", make: "tensor", shape_is_tuple: false, keeps_floats: true };

/// NumPy.
pub const NUMPY: Library = Library { name: "np", make: "array", shape_is_tuple: true, keeps_floats: false };

impl Library {
    /// A tensor in three parts: the call, the numbers, and what closes it. Lists with lines of their own stand `apart`.
    pub fn tensor(&self, tensor: &Tensor, apart: bool) -> (String, String, String) {
        let Self { name, make, .. } = self;
        let dtype = match tensor.dtype() {
            Dtype::Float32 if !self.keeps_floats => None,
            Dtype::Float64 => None,
            // A list of integers is int64 by itself, one of True and False is bool; an empty one is neither.
            Dtype::Int64 | Dtype::Bool if !tensor.is_empty() => None,
            dtype => Some(dtype.name()),
        };
        let dtype = dtype.map_or_else(String::new, |it| format!(", dtype={name}.{it}"));
        if tensor.is_empty() {
            // A list cannot say every shape that has no numbers.
            let sizes: Vec<String> = tensor.shape().iter().map(usize::to_string).collect();
            let sizes = sizes.join(", ");
            let shape = match (self.shape_is_tuple, tensor.shape().len()) {
                (true, 1) => format!("({sizes},)"),
                (true, _) => format!("({sizes})"),
                (false, _) => sizes,
            };
            return (format!("{name}.zeros("), shape, format!("{dtype})"));
        }
        let list = number::list(tensor).replace("nan", &format!("{name}.nan"));
        let list = list.replace("inf", &format!("{name}.inf"));
        let numbers = if apart { lines(&list) } else { list };
        (format!("{name}.{make}("), numbers, format!("{dtype})"))
    }
}

/// A row to a line, and long rows in several.
fn lines(list: &str) -> String {
    if !list.starts_with("[[") && list.len() <= INLINE {
        return list.to_owned();
    }
    let mut text = String::new();
    let mut length = 0;
    for number in list.split_inclusive(", ") {
        let number_length = number.trim_end().len();
        let after_row = text.ends_with("], ");
        if text.is_empty() || after_row || length + number_length > LINE {
            text.truncate(text.trim_end().len());
            let indent = if text.is_empty() || after_row { 4 + usize::from(after_row) } else { 6 };
            text += "\n";
            text += &" ".repeat(indent);
            length = indent;
        }
        text += number;
        length += number.len();
    }
    text
}
