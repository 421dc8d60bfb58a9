//! A call under way: its inputs, the checks that losses share, and the warnings they give.

use super::args::Args;
use super::error::Error;
use super::spec::{ParamKind, REDUCTION, Spec};
use super::tensor::{Dtype, Tensor, broadcast, torch_size};

/// How unreduced losses become the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// The losses as they are.
    None,
    /// Their sum, divided by what the loss divides by: their number, or the weights of the labels.
    Mean,
    /// Their sum.
    Sum,
    /// The sum divided by the first size of the input: KLDivLoss only.
    BatchMean,
}

impl Reduction {
    /// PyTorch's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Reduction::None => "none",
            Reduction::Mean => "mean",
            Reduction::Sum => "sum",
            Reduction::BatchMean => "batchmean",
        }
    }
}

/// What a loss's checks settle: the shape of its units, and how they are reduced.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The shape of the unreduced losses.
    pub shape: Vec<usize>,
    /// How they become the output.
    pub reduction: Reduction,
}

/// One call of a loss: what its checks look at, and the warnings that they leave.
#[derive(Debug)]
pub struct Call<'a> {
    spec: &'static Spec,
    args: &'a Args,
    inputs: &'a [&'a Tensor],
    /// PyTorch's warnings, in the order it gives them.
    pub warnings: Vec<String>,
}

impl<'a> Call<'a> {
    /// A call with an input for each argument of `forward`, or PyTorch's `TypeError`.
    pub fn new(spec: &'static Spec, args: &'a Args, inputs: &'a [&'a Tensor]) -> Result<Self, Error> {
        // A method counts itself among its arguments.
        let (method, own) = if spec.group.is_of_functions() { ("", 0) } else { (".forward", 1) };
        if let Some(missing) = spec.inputs.get(inputs.len()) {
            return Err(Error::type_(format!(
                "{}{method}() missing 1 required positional argument: '{}'",
                spec.torch, missing.id
            )));
        }
        if inputs.len() > spec.inputs.len() {
            return Err(Error::type_(format!(
                "{}{method}() takes {} positional arguments but {} were given",
                spec.torch,
                spec.inputs.len() + own,
                inputs.len() + own
            )));
        }
        Ok(Self { spec, args, inputs, warnings: Vec::new() })
    }

    /// The inputs, in the order of `forward`.
    pub fn inputs(&self) -> &'a [&'a Tensor] {
        self.inputs
    }

    /// The shape of an input, by its place; an input that is not there has none.
    pub fn shape(&self, place: usize) -> &'a [usize] {
        self.inputs.get(place).map_or(&[], |it| it.shape())
    }

    /// The dtype of an input, by its place.
    pub fn dtype(&self, place: usize) -> Dtype {
        self.inputs.get(place).map_or(Dtype::Float64, |it| it.dtype())
    }

    /// The refusal of a kernel that has no version for integers, where `input` and `target` both are.
    pub fn refuse_integers(&self, kernel: &str) -> Result<(), Error> {
        refuse_integers(self.dtype(0).promoted(self.dtype(1)), kernel)
    }

    /// Likewise where the first input is: what comes of it with the others does not matter.
    pub fn refuse_integer_input(&self, kernel: &str) -> Result<(), Error> {
        refuse_integers(self.dtype(0), kernel)
    }

    /// The refusal to write what has the dtype of one input into the other in place, where that holds integers.
    pub fn refuse_in_place(&self, from: usize, into: usize) -> Result<(), Error> {
        let (from, into) = (self.dtype(from), self.dtype(into));
        if into.is_float() { Ok(()) } else { Err(refuse_cast(from.scalar_type(), into.scalar_type())) }
    }

    /// The refusal of a mean of integers, if that is the dtype of the losses.
    pub fn refuse_integer_mean(&self, dtype: Dtype, reduction: Reduction) -> Result<(), Error> {
        if reduction != Reduction::Mean || dtype.is_float() {
            return Ok(());
        }
        Err(Error::not_implemented(format!(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. \
             Got: {}",
            dtype.scalar_type()
        )))
    }

    /// The size mismatch that `input` and `target` may have where PyTorch broadcasts, but warns.
    pub fn broadcast_with_warning(&mut self) -> Result<Vec<usize>, Error> {
        let (input, target) = (self.shape(0), self.shape(1));
        if input != target {
            self.warnings.push(format!(
                "Using a target size ({}) that is different to the input size ({}). This will likely lead to \
                 incorrect results due to broadcasting. Please ensure they have the same size.",
                torch_size(target),
                torch_size(input)
            ));
        }
        broadcast(input, target)
    }

    /// `_Reduction.get_enum`: the reduction named, or PyTorch's `ValueError`.
    pub fn reduction(&mut self) -> Result<Reduction, Error> {
        let name = self.named_reduction()?;
        if name == "elementwise_mean" {
            self.warnings.push(
                "reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.".to_owned(),
            );
            return Ok(Reduction::Mean);
        }
        self.strict_reduction()
    }

    fn named_reduction(&self) -> Result<&'a str, Error> {
        self.args.text(self.spec.param(REDUCTION.id).unwrap_or(&REDUCTION))
    }

    /// The reduction as it was named.
    pub fn reduction_name(&self) -> &str {
        self.named_reduction().unwrap_or_default()
    }

    /// The reduction named, where the losses written in Python ask for it last, in words of their own.
    pub fn late_reduction(&self) -> Result<Reduction, Error> {
        let name = self.named_reduction()?;
        self.strict_reduction().map_err(|_| Error::value(format!("{name} is not valid")))
    }

    /// The reduction named, where the deprecated spelling is refused too.
    pub fn strict_reduction(&self) -> Result<Reduction, Error> {
        let name = self.named_reduction()?;
        let offered = match self.spec.param(REDUCTION.id).map(|it| &it.kind) {
            Some(ParamKind::Choice { choices, .. }) => choices,
            _ => &[][..],
        };
        [Reduction::None, Reduction::Mean, Reduction::Sum, Reduction::BatchMean]
            .into_iter()
            .find(|it| it.name() == name && offered.contains(&name))
            .ok_or_else(|| Error::value(format!("{name} is not a valid value for reduction")))
    }
}

fn refuse_integers(dtype: Dtype, kernel: &str) -> Result<(), Error> {
    if dtype.is_float() {
        return Ok(());
    }
    Err(Error::not_implemented(format!("\"{kernel}\" not implemented for '{}'", dtype.scalar_type())))
}

/// The refusal to write numbers of one type, by its name, into integers.
pub fn refuse_cast(from: &str, to: &str) -> Error {
    Error::runtime(format!("result type {from} can't be cast to the desired output type {to}"))
}
