//! The pointwise family: aligned inputs, a loss for each element.

use std::borrow::Cow;

use super::args::Args;
use super::call::{Call, Plan};
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::marks::Marks;
use super::numeric::sum;
use super::reduce;
use super::spec::Spec;
use super::tensor::{Tensor, reserve, sum_to};

/// The loss of one element, and its gradient by each operand, already multiplied by the upstream gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet<const K: usize> {
    /// The loss.
    pub value: f64,
    /// Its gradient by each operand.
    pub slopes: [f64; K],
}

impl Jet<2> {
    /// A loss of the residual `input - target`: the two slopes are opposite.
    pub fn of_residual(value: f64, slope: f64) -> Self {
        Self { value, slopes: [slope, -slope] }
    }
}

/// A loss whose elements do not see each other.
///
/// It has K operands: the inputs of `forward` first, then constructor tensors that have an entry for each
/// element (`weight`, `pos_weight`), which are 1 where they are not given.
pub trait Pointwise<const K: usize>: Sized {
    /// Its description.
    const SPEC: &'static Spec;

    /// Which operands PyTorch gives a gradient.
    const GRADS: [bool; K];

    /// The constructor, with PyTorch's errors.
    fn new(args: &Args) -> Result<Self, Error>;

    /// The checks of `forward`, in PyTorch's order.
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;

    /// The constructor tensors among the operands.
    fn tensors(&self) -> Vec<Option<&Tensor>> {
        Vec::new()
    }

    /// The shape that an operand is seen with, where that is not its own.
    fn seen(&self, call: &Call, operand: usize) -> Option<Vec<usize>> {
        let _ = (call, operand);
        None
    }

    /// The loss of one element, and its gradient times the upstream gradient `up`, which is passed in because
    /// PyTorch multiplies it in at different places, and at overflow the place matters.
    fn at(&self, x: [f64; K], up: f64) -> Jet<K>;

    /// What a curve along the operand at place `along` must show, the others held at `x`.
    fn marks(&self, x: [f64; K], along: usize) -> Marks;

    /// What the sum of the units is divided by.
    fn divisor(&self, plan: &Plan, call: &Call, count: usize) -> Option<f64> {
        let _ = call;
        reduce::by_count(plan.reduction, count)
    }

    /// The operand whose sum that is, where one's is: its gradient goes through the divisor, too.
    fn divides_by(&self, plan: &Plan) -> Option<usize> {
        let _ = plan;
        None
    }
}

/// One operand, spread over the elements without copying where that is possible.
enum Operand<'a> {
    Each(Cow<'a, [f64]>),
    Same(f64),
}

impl<'a> Operand<'a> {
    fn new(tensor: Option<&'a Tensor>, shape: &[usize]) -> Self {
        match tensor {
            None => Operand::Same(1.0),
            Some(tensor) if tensor.shape() == shape => Operand::Each(tensor.floats()),
            Some(tensor) if tensor.len() == 1 => Operand::Same(tensor.get(0).unwrap_or(1.0)),
            Some(tensor) => Operand::Each(Cow::Owned(tensor.expand(shape))),
        }
    }

    fn slice(&self, count: usize) -> &[f64] {
        match self {
            Operand::Each(values) => values.get(..count).unwrap_or(&[]),
            Operand::Same(value) => std::slice::from_ref(value),
        }
    }
}

/// Evaluates a call into `out`, whose buffers are used again.
pub fn evaluate<const K: usize, L: Pointwise<K>>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    run(&L::new(args)?, args, inputs, want, out)
}

/// The same of a loss that is there already: of `args` only the reduction counts.
pub fn run<const K: usize, L: Pointwise<K>>(
    loss: &L,
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    drive(&Of::<K, L>(loss), args, inputs, want, out)
}

/// No loss has more operands.
const MOST: usize = 4;

/// A loss as `drive` sees it, which is compiled once for all of them.
trait Each {
    fn spec(&self) -> &'static Spec;
    /// Which operands PyTorch gives a gradient; as many as there are operands.
    fn grads(&self) -> &[bool];
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;
    fn tensors(&self) -> Vec<Option<&Tensor>>;
    fn seen(&self, call: &Call, operand: usize) -> Option<Vec<usize>>;
    fn divisor(&self, plan: &Plan, call: &Call, count: usize) -> Option<f64>;
    fn divides_by(&self, plan: &Plan) -> Option<usize>;
    fn sweep(&self, operands: [&[f64]; MOST], up: f64, values: &mut [f64], grads: [&mut [f64]; MOST]);
    fn marks(&self, x: [f64; MOST], along: usize) -> Marks;
}

struct Of<'a, const K: usize, L>(&'a L);

impl<const K: usize, L: Pointwise<K>> Each for Of<'_, K, L> {
    fn spec(&self) -> &'static Spec {
        L::SPEC
    }

    fn grads(&self) -> &[bool] {
        &L::GRADS
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        self.0.check(call)
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        self.0.tensors()
    }

    fn seen(&self, call: &Call, operand: usize) -> Option<Vec<usize>> {
        self.0.seen(call, operand)
    }

    fn divisor(&self, plan: &Plan, call: &Call, count: usize) -> Option<f64> {
        self.0.divisor(plan, call, count)
    }

    fn divides_by(&self, plan: &Plan) -> Option<usize> {
        self.0.divides_by(plan)
    }

    fn sweep(&self, operands: [&[f64]; MOST], up: f64, values: &mut [f64], grads: [&mut [f64]; MOST]) {
        sweep(self.0, std::array::from_fn(|k| operands[k]), up, values, grads);
    }

    fn marks(&self, x: [f64; MOST], along: usize) -> Marks {
        self.0.marks(std::array::from_fn(|k| x[k]), along)
    }
}

fn drive(
    loss: &dyn Each,
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    let mut call = Call::new(loss.spec(), args, inputs)?;
    let plan = loss.check(&mut call)?;
    let mut values = std::mem::take(&mut out.units.values);
    let count = reserve(&mut values, &plan.shape)?;
    let tensors: Vec<Option<&Tensor>> = inputs.iter().map(|it| Some(*it)).chain(loss.tensors()).collect();
    let seen: [Option<Tensor>; MOST] =
        std::array::from_fn(|k| tensors.get(k).copied().flatten()?.reshape(loss.seen(&call, k)?));
    let operands: [Operand; MOST] = std::array::from_fn(|k| {
        Operand::new(seen.get(k).and_then(Option::as_ref).or(tensors.get(k).copied().flatten()), &plan.shape)
    });

    values.resize(count, 0.0);
    let mut old = std::mem::take(&mut out.grads).into_iter();
    let mut grads: [Option<Tensor>; MOST] = std::array::from_fn(|k| {
        let buffer = old.next().flatten();
        let wanted = if k < inputs.len() { want.input(k) } else { want.args() };
        // An integer cannot require a gradient in PyTorch.
        let float = tensors.get(k).copied().flatten().is_some_and(|it| it.dtype().is_float());
        let given = loss.grads().get(k) == Some(&true);
        (given && wanted && float).then(|| Tensor::room_in(buffer, &plan.shape))
    });
    let divisor = loss.divisor(&plan, &call, count);
    let through = loss.divides_by(&plan);
    loss.sweep(
        operands.each_ref().map(|it| it.slice(count)),
        reduce::upstream(divisor),
        &mut values,
        grads.each_mut().map(|it| it.as_mut().map_or(&mut [][..], Tensor::floats_mut)),
    );

    out.warnings = call.warnings;
    out.arg_grads.clear();
    for (k, grad) in grads.into_iter().enumerate().take(loss.grads().len()) {
        let own = tensors.get(k).copied().flatten().map_or(&[][..], Tensor::shape);
        let shape = seen.get(k).and_then(Option::as_ref).map_or(own, Tensor::shape);
        let grad = grad.map(|it| if it.shape() == shape { it } else { gathered(&it, shape) });
        let mut grad = grad.map(|it| if shape == own { it } else { it.reshape(own).unwrap_or_default() });
        if let (Some(grad), Some(divisor)) = (&mut grad, divisor.filter(|_| through == Some(k))) {
            let back = sum(&values) / divisor / divisor;
            grad.floats_mut().iter_mut().for_each(|it| *it -= back);
        }
        match loss.spec().params.iter().filter(|it| it.per_element()).nth(k.wrapping_sub(inputs.len())) {
            Some(param) => out.arg_grads.extend(grad.map(|it| (param.id, it))),
            None if k < inputs.len() => out.grads.push(grad),
            None => {}
        }
    }
    out.units.values = values;
    out.units.shape = plan.shape;
    out.units.divisor = divisor;
    out.output = reduce::output(plan.reduction, &out.units);
    Ok(())
}

/// The gradient of an operand that was broadcast: the sum over its copies.
fn gathered(grad: &Tensor, shape: &[usize]) -> Tensor {
    Tensor::new(shape, sum_to(&grad.floats(), shape, grad.shape())).unwrap_or_default()
}

/// Elements at a time: few enough for the nearest cache.
const BLOCK: usize = 64;

/// The one loop over the elements. Operands of one entry stand for all elements; gradients that nobody wants
/// are empty.
///
/// It goes by blocks of a known size, so that the inner loop is the same whatever is broadcast or wanted, and
/// the compiler can take several elements at once.
fn sweep<const K: usize, L: Pointwise<K>>(
    loss: &L,
    operands: [&[f64]; K],
    up: f64,
    values: &mut [f64],
    mut grads: [&mut [f64]; MOST],
) {
    let count = values.len();
    let mut x: [[f64; BLOCK]; K] = operands.map(|it| [it.first().copied().unwrap_or(1.0); BLOCK]);
    let mut losses = [0.0; BLOCK];
    let mut slopes = [[0.0; BLOCK]; K];
    for start in (0..count).step_by(BLOCK) {
        let range = start..count.min(start + BLOCK);
        for (x, operand) in x.iter_mut().zip(operands) {
            copy(operand.get(range.clone()).unwrap_or(&[]), x);
        }
        for i in 0..range.len().min(BLOCK) {
            let jet = loss.at(std::array::from_fn(|k| x[k][i]), up);
            losses[i] = jet.value;
            for (slopes, slope) in slopes.iter_mut().zip(jet.slopes) {
                slopes[i] = slope;
            }
        }
        copy(&losses, values.get_mut(range.clone()).unwrap_or_default());
        for (slopes, grad) in slopes.iter().zip(&mut grads) {
            copy(slopes, grad.get_mut(range.clone()).unwrap_or_default());
        }
    }
}

/// Copies as many numbers as both have.
fn copy(from: &[f64], to: &mut [f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// The marks of a curve along one operand of one element: each input is a single number.
pub fn marks<const K: usize, L: Pointwise<K>>(
    args: &Args,
    inputs: &[&Tensor],
    along: usize,
    _: usize,
) -> Marks {
    L::new(args).map_or_else(|_| Marks::default(), |loss| marks_of(&Of::<K, L>(&loss), inputs, along))
}

fn marks_of(loss: &dyn Each, inputs: &[&Tensor], along: usize) -> Marks {
    let tensors = loss.tensors();
    let x = std::array::from_fn(|k| {
        let tensor =
            inputs.get(k).copied().or_else(|| tensors.get(k.wrapping_sub(inputs.len())).copied().flatten());
        tensor.and_then(|it| it.get(0)).unwrap_or(1.0)
    });
    loss.marks(x, along)
}
