//! The losses that hold parameters of their own: layers in front of a cross-entropy. Arguments and inputs go by name.

mod adaptive;
pub(crate) mod linear;
mod linear_cross_entropy;

pub use adaptive::AdaptiveLogSoftmax;
pub use linear_cross_entropy::LinearCrossEntropy;

use super::args::{Args, Value};
use super::call::Call;
use super::error::Error;
use super::evaluation::{Evaluation, Units, Want};
use super::marks::Marks;
use super::spec::Spec;
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
    /// The unreduced losses, and what the reduction divided them by.
    pub units: Units,
    /// PyTorch's warnings.
    pub warnings: Vec<String>,
}

/// A module as a loss of the registry: its parameters are inputs of a fixed order, and the arguments of the constructor
/// that say how large they are follow from their shapes.
pub trait Layered {
    /// Its description. Behind `input` and `target` come the weight and the bias of the layer that sees every row, then
    /// two weights for each cluster.
    const SPEC: &'static Spec;

    /// What the constructor has to be told of the parameters' shapes.
    fn sizes(inputs: &[&Tensor]) -> Vec<(&'static str, Value)>;

    /// Evaluates a call by name.
    fn answer(given: &Given) -> Result<Answer, Error>;
}

/// Evaluates a call of the registry into `out`.
pub fn evaluate<M: Layered>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    Call::new(M::SPEC, args, inputs)?;
    let args = args.iter().map(|(id, value)| (id, value.clone())).chain(M::sizes(inputs));
    let named = M::SPEC.inputs.iter().zip(inputs);
    let answer = M::answer(&Given {
        args: args.map(|(id, value)| (id.to_owned(), value)).collect(),
        inputs: named.map(|(input, tensor)| (input.id.to_owned(), (*tensor).clone())).collect(),
    })?;
    let mut grads = answer.grads;
    let mut grad = |id: &str| grads.iter_mut().find(|it| it.0 == id).map(|it| std::mem::take(&mut it.1));
    let wanted = M::SPEC.inputs.iter().enumerate();
    out.grads = wanted.map(|(place, it)| grad(it.id).filter(|_| want.input(place))).collect();
    out.arg_grads = if want.args() { answer.arg_grads } else { Vec::new() };
    out.output = answer.output;
    out.units = answer.units;
    out.warnings = answer.warnings;
    Ok(())
}

/// Of a curve through layers nothing is known beforehand.
pub fn marks(_: &Args, _: &[&Tensor], _: usize, _: usize) -> Marks {
    Marks::default()
}

/// A parameter's name among the module's own, as `state_dict` has it.
pub fn state_name(id: &str) -> String {
    id.replace('_', ".")
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
    (LinearCrossEntropy::SPEC.torch, LinearCrossEntropy::answer),
    (AdaptiveLogSoftmax::SPEC.torch, AdaptiveLogSoftmax::answer),
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
