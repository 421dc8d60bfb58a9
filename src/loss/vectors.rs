//! Losses of vectors: one loss for each bundle of vectors, and of numbers beside them, along the batch.

use std::borrow::Cow;

use super::args::Args;
use super::call::{Call, Plan};
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::marks::Marks;
use super::reduce;
use super::spec::{ParamKind, Spec};
use super::tensor::{Tensor, places, reserve};

/// A loss whose units do not see each other. A unit has K operands: the inputs of `forward` first, then the tensors of
/// the constructor, which are empty where they are not given.
pub trait Vectors<const K: usize>: Sized {
    /// Its description.
    const SPEC: &'static Spec;

    /// Which operands are vectors along their last axis; the others are one number for each unit.
    const VECTORS: [bool; K];

    /// Which operands PyTorch gives a gradient.
    const GRADS: [bool; K];

    /// The constructor, with PyTorch's errors.
    fn new(args: &Args) -> Result<Self, Error>;

    /// The checks of `forward`, in PyTorch's order. The plan's shape is that of the units.
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;

    /// The constructor tensors among the operands.
    fn tensors(&self) -> Vec<Option<&Tensor>> {
        Vec::new()
    }

    /// Whether PyTorch gives a gradient at all.
    fn differentiable(&self) -> bool {
        true
    }

    /// What the sum of the units is divided by.
    fn divisor(&self, plan: &Plan, count: usize) -> Option<f64> {
        reduce::by_count(plan.reduction, count)
    }

    /// The loss of one unit. Its gradients times the upstream gradient `up` are added to `slopes`, which are as long as
    /// the operands, or empty where nobody asks. A vector of one entry stands for all coordinates, as in PyTorch.
    fn at(&self, x: [&[f64]; K], up: f64, slopes: [&mut [f64]; K]) -> f64;

    /// What a curve along the coordinate `place` of the operand `along` must show.
    fn marks(&self, x: [&[f64]; K], along: usize, place: usize) -> Marks;
}

/// Evaluates a call into `out`, whose buffers are used again.
pub fn evaluate<const K: usize, L: Vectors<K>>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    run(&L::new(args)?, args, inputs, want, out)
}

/// The same of a loss that is there already: of `args` only the reduction counts.
pub fn run<const K: usize, L: Vectors<K>>(
    loss: &L,
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    drive(&Of::<K, L>(loss), Call::new(L::SPEC, args, inputs)?, inputs, want, out)
}

/// A loss as `drive` sees it, which is compiled once for all of them.
trait Each {
    fn spec(&self) -> &'static Spec;
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;
    fn tensors(&self) -> Vec<Option<&Tensor>>;
    /// For each operand whether it is a vector, and whether it has a gradient.
    fn kinds(&self) -> Vec<(bool, bool)>;
    fn divisor(&self, plan: &Plan, count: usize) -> Option<f64>;
    fn sweep(&self, operands: &[Operand], up: f64, values: &mut [f64], slopes: Vec<&mut [f64]>);
}

struct Of<'a, const K: usize, L>(&'a L);

impl<const K: usize, L: Vectors<K>> Each for Of<'_, K, L> {
    fn spec(&self) -> &'static Spec {
        L::SPEC
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        self.0.check(call)
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        self.0.tensors()
    }

    fn kinds(&self) -> Vec<(bool, bool)> {
        let differentiable = self.0.differentiable();
        L::VECTORS.into_iter().zip(L::GRADS.map(|it| it && differentiable)).collect()
    }

    fn divisor(&self, plan: &Plan, count: usize) -> Option<f64> {
        self.0.divisor(plan, count)
    }

    fn sweep(&self, operands: &[Operand], up: f64, values: &mut [f64], slopes: Vec<&mut [f64]>) {
        let mut slopes = slopes.into_iter();
        let mut slopes: [&mut [f64]; K] = std::array::from_fn(|_| slopes.next().unwrap_or_default());
        for (unit, value) in values.iter_mut().enumerate() {
            let span = |k: usize| operands.get(k).map_or(0..0, |it| it.span(unit));
            let mut k = 0;
            let by = slopes.each_mut().map(|it| {
                k += 1;
                it.get_mut(span(k - 1)).unwrap_or_default()
            });
            *value = self.0.at(
                std::array::from_fn(|k| {
                    operands.get(k).and_then(|it| it.values.get(span(k))).unwrap_or_default()
                }),
                up,
                by,
            );
        }
    }
}

/// The values of one operand, for each unit of a batch that it may have been broadcast to.
#[derive(Default)]
struct Operand<'a> {
    values: Cow<'a, [f64]>,
    width: usize,
    /// Which vector belongs to each unit, where that is not its own number.
    order: Option<Vec<usize>>,
}

impl<'a> Operand<'a> {
    fn new(tensor: &'a Tensor, is_vector: bool, units: &[usize]) -> Self {
        let (width, batch) = match tensor.shape() {
            [batch @ .., width] if is_vector => (*width, batch),
            batch => (1, batch),
        };
        // A batch of one needs no axis of its own.
        let alone = units.iter().chain(batch).all(|it| *it == 1);
        let order = (batch != units && !alone).then(|| places(batch, units));
        Self { values: tensor.floats(), width, order }
    }

    fn span(&self, unit: usize) -> std::ops::Range<usize> {
        let vector = self.order.as_ref().map_or(unit, |it| it.get(unit).copied().unwrap_or(0));
        vector * self.width..(vector + 1) * self.width
    }
}

fn drive(
    loss: &dyn Each,
    mut call: Call,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    let plan = loss.check(&mut call)?;
    let count = reserve(&mut out.units.values, &plan.shape)?;
    let tensors: Vec<Option<&Tensor>> = inputs.iter().map(|it| Some(*it)).chain(loss.tensors()).collect();
    let kinds = loss.kinds();
    let operand = |k: usize| match (tensors.get(k).copied().flatten(), kinds.get(k)) {
        (Some(tensor), Some((is_vector, _))) => Operand::new(tensor, *is_vector, &plan.shape),
        _ => Operand::default(),
    };
    let operands: Vec<Operand> = (0..kinds.len()).map(operand).collect();
    let divisor = loss.divisor(&plan, count);

    let mut old = std::mem::take(&mut out.grads).into_iter();
    let grad = |k: usize| {
        let buffer = old.next().flatten();
        let wanted = if k < inputs.len() { want.input(k) } else { want.args() };
        let is_given = kinds.get(k).is_some_and(|it| it.1 && wanted);
        let tensor = tensors.get(k).copied().flatten().filter(|it| is_given && it.dtype().is_float())?;
        Some(Tensor::zeros_in(buffer, tensor.shape()))
    };
    let mut grads: Vec<Option<Tensor>> = (0..kinds.len()).map(grad).collect();
    out.units.values.clear();
    out.units.values.resize(count, 0.0);
    let slopes = grads.iter_mut().map(|it| it.as_mut().map_or(&mut [][..], Tensor::floats_mut)).collect();
    loss.sweep(&operands, reduce::upstream(divisor), &mut out.units.values, slopes);

    out.warnings = call.warnings;
    let params = loss.spec().params.iter().filter(|it| matches!(it.kind, ParamKind::Tensor { .. }));
    let of_args = grads.split_off(inputs.len().min(grads.len()));
    out.arg_grads = params.zip(of_args).filter_map(|(param, grad)| Some((param.id, grad?))).collect();
    out.grads = grads;
    out.units.shape = plan.shape;
    out.units.divisor = divisor;
    out.output = reduce::output(plan.reduction, &out.units);
    Ok(())
}

/// The marks of a curve along one coordinate of one unit.
pub fn marks<const K: usize, L: Vectors<K>>(
    args: &Args,
    inputs: &[&Tensor],
    along: usize,
    place: usize,
) -> Marks {
    let Ok(loss) = L::new(args) else { return Marks::default() };
    let operands: Vec<Cow<[f64]>> = inputs
        .iter()
        .map(|it| it.floats())
        .chain(loss.tensors().into_iter().map(|it| it.map_or_else(Default::default, Tensor::floats)))
        .collect();
    loss.marks(std::array::from_fn(|k| operands.get(k).map_or(&[][..], |it| it)), along, place)
}

/// The slope along the coordinate `place` of the operand `along` where that is `x`, for the marks of a curve.
pub fn slope<const K: usize, L: Vectors<K>>(
    loss: &L,
    operands: [&[f64]; K],
    (along, place): (usize, usize),
    x: f64,
) -> f64 {
    let mut moved = operands.map(<[f64]>::to_vec);
    let mut slopes = operands.map(|it| vec![0.0; it.len()]);
    moved.iter_mut().skip(along).take(1).flatten().skip(place).take(1).for_each(|it| *it = x);
    loss.at(moved.each_ref().map(Vec::as_slice), 1.0, slopes.each_mut().map(Vec::as_mut_slice));
    slopes.get(along).and_then(|it| it.get(place)).copied().unwrap_or(f64::NAN)
}

/// How many coordinates two vectors have together: a vector of one entry stands for all.
pub fn width(u: &[f64], v: &[f64]) -> usize {
    if u.is_empty() || v.is_empty() { 0 } else { u.len().max(v.len()) }
}

/// An entry of a vector, one of a single entry standing for all.
pub fn entry(vector: &[f64], place: usize) -> f64 {
    vector.get(if vector.len() == 1 { 0 } else { place }).copied().unwrap_or(f64::NAN)
}

/// Adds to the slope of that entry.
pub fn gather(slopes: &mut [f64], place: usize, slope: f64) {
    if let Some(it) = slopes.get_mut(if slopes.len() == 1 { 0 } else { place }) {
        *it += slope;
    }
}
