//! The losses that hold parameters of their own: layers in front of a cross-entropy. Arguments and inputs go by name.

mod adaptive;
mod linear;
mod linear_cross_entropy;

use super::args::Value;
use super::error::Error;
use super::tensor::Tensor;

/// What a module answers: its loss, and a gradient by the name of each input and parameter that has one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What PyTorch returns; of AdaptiveLogSoftmaxWithLoss its `loss`.
    pub output: Tensor,
    /// The gradient of the output by each input and parameter that has one, in its shape.
    pub grads: Vec<(String, Tensor)>,
    /// Likewise for tensors of the constructor.
    pub arg_grads: Vec<(&'static str, Tensor)>,
    /// PyTorch's warnings.
    pub warnings: Vec<String>,
}

/// A call of a module: the constructor's arguments, and the inputs and parameters.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The constructor's arguments.
    pub args: Vec<(String, Value)>,
    /// The arguments of `forward` and the module's parameters: `input`, `target`, `linear_weight`.
    pub inputs: Vec<(String, Tensor)>,
}

/// A module evaluates a call, or answers PyTorch's error.
pub type Module = fn(&Given) -> Result<Answer, Error>;

/// The modules, by their names in `torch.nn`.
pub const MODULES: [(&str, Module); 2] = [
    ("LinearCrossEntropyLoss", linear_cross_entropy::evaluate),
    ("AdaptiveLogSoftmaxWithLoss", adaptive::evaluate),
];

impl Given {
    fn arg(&self, name: &str) -> Option<&Value> {
        self.args.iter().find(|it| it.0 == name).map(|it| &it.1).filter(|it| **it != Value::None)
    }

    fn input(&self, name: &str) -> Option<&Tensor> {
        self.inputs.iter().find(|it| it.0 == name).map(|it| &it.1)
    }

    /// An input that cannot be left out.
    fn needed(&self, module: &str, name: &str) -> Result<&Tensor, Error> {
        self.input(name).ok_or_else(|| {
            Error::type_(format!("{module}.forward() missing 1 required positional argument: '{name}'"))
        })
    }
}
