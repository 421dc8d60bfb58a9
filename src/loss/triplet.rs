//! The triplet family: anchors, positives and negatives, vectors along the last axis.

use std::borrow::Cow;

use super::args::Args;
use super::call::{Call, Plan};
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::marks::Marks;
use super::reduce;
use super::spec::Spec;
use super::tensor::{Tensor, places};

/// Anchor, positive and negative of one unit. A vector of one entry stands for all coordinates, as in PyTorch.
pub type Vectors<'a> = [&'a [f64]; 3];

/// A loss whose triplets do not see each other.
pub trait Triplet: Sized {
    const SPEC: &'static Spec;

    /// The constructor, with PyTorch's errors.
    fn new(args: &Args) -> Result<Self, Error>;

    /// The checks of `forward`, in PyTorch's order.
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;

    /// Whether PyTorch gives a gradient at all.
    fn differentiable(&self) -> bool;

    /// The loss of one triplet. Its gradients times the upstream gradient `up` are added to `slopes`, which are
    /// as long as the vectors, or empty where nobody asks.
    fn at(&self, vectors: Vectors, up: f64, slopes: [&mut [f64]; 3]) -> f64;

    /// What a curve along the coordinate `place` of the vector `along` must show.
    fn marks(&self, vectors: Vectors, along: usize, place: usize) -> Marks;
}

/// The vectors of one operand, for each unit of a batch that it may have been broadcast to.
struct Operand<'a> {
    values: Cow<'a, [f64]>,
    width: usize,
    /// Which vector belongs to each unit, where that is not its own number.
    order: Option<Vec<usize>>,
}

impl<'a> Operand<'a> {
    fn new(tensor: &'a Tensor, units: &[usize]) -> Self {
        let (width, batch) = match tensor.shape() {
            [] => (1, &[][..]),
            [batch @ .., width] => (*width, batch),
        };
        let order = (batch != units).then(|| places(batch, units));
        Self { values: tensor.floats(), width, order }
    }

    fn span(&self, unit: usize) -> std::ops::Range<usize> {
        let vector = self.order.as_ref().map_or(unit, |it| it.get(unit).copied().unwrap_or(0));
        vector * self.width..(vector + 1) * self.width
    }

    fn vector(&self, unit: usize) -> &[f64] {
        self.values.get(self.span(unit)).unwrap_or(&[])
    }
}

/// Evaluates a call into `out`, whose buffers are used again.
pub fn evaluate<L: Triplet>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    let loss = L::new(args)?;
    let mut call = Call::new(L::SPEC, args, inputs)?;
    let plan = loss.check(&mut call)?;
    let [anchor, positive, negative, ..] = *inputs else { return Ok(()) };
    let operands = [anchor, positive, negative].map(|it| Operand::new(it, &plan.shape));
    let count = plan.shape.iter().product::<usize>();
    out.units.divisor = reduce::by_count(plan.reduction, count);
    let up = reduce::upstream(out.units.divisor);

    let mut old = std::mem::take(&mut out.grads).into_iter();
    let mut grads: [Option<Tensor>; 3] = std::array::from_fn(|k| {
        let buffer = old.next().flatten();
        let wanted = loss.differentiable() && want.input(k);
        wanted.then(|| Tensor::zeros_in(buffer, inputs.get(k).map_or(&[][..], |it| it.shape())))
    });
    let mut slopes = grads.each_mut().map(|it| it.as_mut().map_or(&mut [][..], Tensor::floats_mut));
    out.units.values.clear();
    for unit in 0..count {
        let [a, b, c] = &mut slopes;
        let by = [
            a.get_mut(operands[0].span(unit)).unwrap_or(&mut []),
            b.get_mut(operands[1].span(unit)).unwrap_or(&mut []),
            c.get_mut(operands[2].span(unit)).unwrap_or(&mut []),
        ];
        let vectors = operands.each_ref().map(|it| it.vector(unit));
        out.units.values.push(loss.at(vectors, up, by));
    }

    out.warnings = call.warnings;
    out.arg_grads.clear();
    out.grads.extend(grads);
    out.units.shape = plan.shape;
    out.output = reduce::output(plan.reduction, &out.units);
    Ok(())
}

/// The marks of a curve along one coordinate of one triplet: each input is a vector.
pub fn marks<L: Triplet>(args: &Args, inputs: &[&Tensor], along: usize, place: usize) -> Marks {
    let (Ok(loss), [anchor, positive, negative]) = (L::new(args), inputs) else { return Marks::default() };
    loss.marks([&anchor.floats(), &positive.floats(), &negative.floats()], along, place)
}
