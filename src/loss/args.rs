//! Constructor arguments: text or JSON in front, checked values behind.

use super::error::Error;
use super::spec::{Param, ParamKind, Spec};
use super::tensor::Tensor;

/// A value as a caller gave it. Python's `0` and `0.0` print differently in messages, so they differ here.
#[derive(Clone, Debug)]
pub enum Value {
    /// Python's `None`.
    None,
    /// A `bool`.
    Flag(bool),
    /// An `int`.
    Int(i64),
    /// A `float`.
    Real(f64),
    /// A `str`.
    Text(String),
    /// A `torch.Tensor`.
    Tensor(Tensor),
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Flag(a), Value::Flag(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Real(a), Value::Real(b)) => a.to_bits() == b.to_bits(),
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Tensor(a), Value::Tensor(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// Python's name of the value's type, as in `must be float, not str`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "NoneType",
            Value::Flag(_) => "bool",
            Value::Int(_) => "int",
            Value::Real(_) => "float",
            Value::Text(_) => "str",
            Value::Tensor(_) => "Tensor",
        }
    }

    /// The number, where it is one. Python's `True` is 1.
    pub fn real(&self) -> Option<f64> {
        match self {
            Value::Real(x) => Some(*x),
            Value::Int(x) => Some(*x as f64),
            Value::Flag(x) => Some(f64::from(u8::from(*x))),
            _ => None,
        }
    }
}

impl Param {
    /// What the constructor takes by itself.
    pub fn default(&self) -> Value {
        match self.kind {
            ParamKind::Real { default, .. } => Value::Real(default),
            ParamKind::Int { default } => Value::Int(default),
            ParamKind::Flag { default } => Value::Flag(default),
            ParamKind::Choice { default, .. } => Value::Text(default.to_owned()),
            ParamKind::Tensor { .. } => Value::None,
        }
    }
}

macro_rules! from {
    ($($type:ty: $variant:ident,)+) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Value::$variant(value.into())
            }
        }
    )+};
}

from! {
    bool: Flag,
    i32: Int,
    i64: Int,
    f64: Real,
    &str: Text,
    String: Text,
    Tensor: Tensor,
}

/// The arguments that differ from what the constructor would take by itself, by PyTorch's names.
///
/// ```
/// use losslens::loss::{Args, Loss};
///
/// let spec = Loss::known("SmoothL1Loss").ok_or("no such loss")?.spec;
/// let args = Args::new(spec, [("beta", 0.5.into()), ("reduction", "mean".into())])?;
/// // The mean is what PyTorch takes by itself.
/// assert_eq!(args.iter().collect::<Vec<_>>(), [("beta", &0.5.into())]);
///
/// let refused = Args::new(spec, [("gamma", 0.5.into())]).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "TypeError: SmoothL1Loss.__init__() got an unexpected keyword argument 'gamma'"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Args {
    given: Vec<(&'static str, Value)>,
}

impl Args {
    /// Takes the arguments that the loss has, or PyTorch's `TypeError` for one that it has not.
    ///
    /// Types and bounds are checked when the loss is evaluated, as the constructor does.
    pub fn new<N: AsRef<str>>(
        spec: &Spec,
        values: impl IntoIterator<Item = (N, Value)>,
    ) -> Result<Self, Error> {
        let mut args = Self::default();
        for (name, value) in values {
            let name = name.as_ref();
            let param = spec.param(name).ok_or_else(|| {
                let method = if spec.group.is_of_functions() { "" } else { ".__init__" };
                Error::type_(format!("{}{method}() got an unexpected keyword argument '{name}'", spec.torch))
            })?;
            args.set(param, value);
        }
        Ok(args)
    }

    /// The value given, if one was.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.given.iter().find(|it| it.0 == id).map(|it| &it.1)
    }

    /// Sets one argument; a value that equals the default is forgotten, so that equal calls are equal.
    pub fn set(&mut self, param: &Param, value: Value) {
        self.given.retain(|it| it.0 != param.id);
        if value != param.default() {
            let place = self.given.partition_point(|it| it.0 < param.id);
            self.given.insert(place, (param.id, value));
        }
    }

    /// Every argument that was given, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.given.iter().map(|(id, value)| (*id, value))
    }

    /// A real argument, or its default.
    pub fn real(&self, param: &Param) -> Result<f64, Error> {
        match (self.get(param.id), &param.kind) {
            (None, ParamKind::Real { default, .. }) => Ok(*default),
            (Some(value), _) => value.real().ok_or_else(|| mistyped(param, "float", value)),
            (None, _) => Ok(0.0),
        }
    }

    /// An integer argument, or its default.
    pub fn int(&self, param: &Param) -> Result<i64, Error> {
        match (self.get(param.id), &param.kind) {
            (None, ParamKind::Int { default }) => Ok(*default),
            (Some(Value::Int(x)), _) => Ok(*x),
            (Some(Value::Flag(x)), _) => Ok(i64::from(*x)),
            (Some(value), _) => Err(mistyped(param, "int", value)),
            (None, _) => Ok(0),
        }
    }

    /// A switch, or its default.
    pub fn flag(&self, param: &Param) -> Result<bool, Error> {
        match (self.get(param.id), &param.kind) {
            (None, ParamKind::Flag { default }) => Ok(*default),
            (Some(Value::Flag(x)), _) => Ok(*x),
            (Some(value), _) => Err(mistyped(param, "bool", value)),
            (None, _) => Ok(false),
        }
    }

    /// A word, or its default. Whether it is one of the choices, `forward` checks.
    pub fn text(&self, param: &Param) -> Result<&str, Error> {
        match (self.get(param.id), &param.kind) {
            (None, ParamKind::Choice { default, .. }) => Ok(default),
            (Some(Value::Text(x)), _) => Ok(x),
            (Some(value), _) => Err(mistyped(param, "str", value)),
            (None, _) => Ok(""),
        }
    }

    /// A tensor argument, if one was given.
    pub fn tensor(&self, param: &Param) -> Result<Option<&Tensor>, Error> {
        match self.get(param.id) {
            None | Some(Value::None) => Ok(None),
            Some(Value::Tensor(tensor)) => Ok(Some(tensor)),
            Some(value) => Err(mistyped(param, "Tensor", value)),
        }
    }
}

fn mistyped(param: &Param, wanted: &str, value: &Value) -> Error {
    Error::type_(format!("argument '{}' must be {wanted}, not {}", param.id, value.type_name()))
}
