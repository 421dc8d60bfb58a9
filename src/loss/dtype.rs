//! Element types: their names, and which one arithmetic gives.

/// An element type, as far as errors and results depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Dtype {
    /// `torch.float64`; all arithmetic is done in it.
    #[default]
    Float64,
    /// `torch.float32`, held in doubles that nobody rounds.
    Float32,
    /// `torch.int64`
    Int64,
    /// `torch.int32`
    Int32,
    /// `torch.int16`
    Int16,
    /// `torch.int8`
    Int8,
    /// `torch.uint8`
    Uint8,
    /// `torch.bool`, held as 0 and 1.
    Bool,
}

/// Every dtype, the widest first, with PyTorch's name for it and the scalar type that error messages use.
const DTYPES: [(Dtype, &str, &str); 8] = [
    (Dtype::Float64, "float64", "Double"),
    (Dtype::Float32, "float32", "Float"),
    (Dtype::Int64, "int64", "Long"),
    (Dtype::Int32, "int32", "Int"),
    (Dtype::Int16, "int16", "Short"),
    (Dtype::Int8, "int8", "Char"),
    (Dtype::Uint8, "uint8", "Byte"),
    (Dtype::Bool, "bool", "Bool"),
];

impl Dtype {
    /// `torch.float64` is `"float64"`.
    pub fn name(self) -> &'static str {
        DTYPES.iter().find(|it| it.0 == self).map_or("float64", |it| it.1)
    }

    /// The name in messages: `"Double"`, `"Long"`.
    pub fn scalar_type(self) -> &'static str {
        DTYPES.iter().find(|it| it.0 == self).map_or("Double", |it| it.2)
    }

    /// The dtype of that name, `torch.` in front allowed.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.strip_prefix("torch.").unwrap_or(name);
        DTYPES.iter().find(|it| it.1 == name).map(|it| it.0)
    }

    /// Whether elements are floating point numbers.
    pub fn is_float(self) -> bool {
        matches!(self, Dtype::Float64 | Dtype::Float32)
    }

    /// The dtype of arithmetic on the two: the wider one, and int16 for a signed and an unsigned byte.
    pub fn promoted(self, other: Self) -> Self {
        match (self, other) {
            (Dtype::Int8, Dtype::Uint8) | (Dtype::Uint8, Dtype::Int8) => Dtype::Int16,
            _ => DTYPES.iter().map(|it| it.0).find(|it| *it == self || *it == other).unwrap_or(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_takes_the_wider_dtype() {
        assert_eq!(Dtype::Bool.promoted(Dtype::Int32), Dtype::Int32);
        assert_eq!(Dtype::Int64.promoted(Dtype::Float32), Dtype::Float32);
        assert_eq!(Dtype::Uint8.promoted(Dtype::Int8), Dtype::Int16);
    }
}
