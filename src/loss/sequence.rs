//! The sequence family: frames of log-probabilities against shorter sequences of labels.

use std::ops::Range;

use super::args::Args;
use super::call::{Call, Plan};
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::marks::{Best, Marks};
use super::reduce;
use super::spec::Spec;
use super::tensor::{Dtype, Tensor};

/// The place of the targets among the inputs; the frames stand at 0.
pub const TARGETS: usize = 1;
/// The place of how many frames count.
pub const INPUT_LENGTHS: usize = 2;
/// The place of how many labels count.
pub const TARGET_LENGTHS: usize = 3;

/// The frames of one sample in a tensor of shape (frames, samples, classes).
#[derive(Clone, Copy, Debug)]
pub struct Frames {
    sample: usize,
    samples: usize,
    /// How many classes a frame has.
    pub classes: usize,
    /// How many frames count.
    pub count: usize,
}

impl Frames {
    /// Where a frame lies in the tensor.
    pub fn span(self, frame: usize) -> Range<usize> {
        let start = (frame * self.samples + self.sample) * self.classes;
        start..start + self.classes
    }
}

/// A loss whose samples do not see each other.
pub trait Sequence: Sized {
    /// Its description.
    const SPEC: &'static Spec;

    /// What a sample is computed in; its buffers are used again for the next.
    type Scratch: Default;

    /// The constructor, with PyTorch's errors.
    fn new(args: &Args) -> Result<Self, Error>;

    /// The checks of `forward`, in PyTorch's order.
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;

    /// The loss of one sample: its frames among `log_probs`, and its labels, each below `classes`. Its gradient
    /// times `up` is written to `slopes`, zeros laid out as `log_probs`, or empty where nobody asks.
    fn at(
        &self,
        log_probs: &[f64],
        frames: Frames,
        labels: &[usize],
        scratch: &mut Self::Scratch,
        up: f64,
        slopes: &mut [f64],
    ) -> f64;
}

/// Where the labels of each sample lie: one row each, or one after the other where `targets` has one axis.
pub fn spans(targets: &[usize], lengths: &[i64]) -> Vec<Range<usize>> {
    let mut end = 0;
    let span = |(sample, length): (usize, &i64)| {
        let start = if let [_, width] = targets { sample.saturating_mul(*width) } else { end };
        end = start.saturating_add(usize::try_from(*length).unwrap_or(0));
        start..end
    };
    lengths.iter().enumerate().map(span).collect()
}

/// Whether the probabilities of a frame add up to one, but for rounding.
pub fn is_normalised(frame: &[f64]) -> bool {
    (frame.iter().map(|it| it.exp()).sum::<f64>() - 1.0).abs() < 1e-6
}

/// Evaluates a call into `out`, whose buffers are used again.
pub fn evaluate<L: Sequence>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    run(&L::new(args)?, args, inputs, want, out)
}

/// The same of a loss that is there already: of `args` only the reduction counts.
pub fn run<L: Sequence>(
    loss: &L,
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    let mut call = Call::new(L::SPEC, args, inputs)?;
    let plan = loss.check(&mut call)?;
    let [log_probs, targets, input_lengths, target_lengths, ..] = *inputs else { return Ok(()) };
    let (samples, classes) = match *log_probs.shape() {
        [_, samples, classes] => (samples, classes),
        _ => (1, log_probs.shape().last().copied().unwrap_or(0)),
    };
    let (input_lengths, target_lengths) =
        (input_lengths.ints().unwrap_or(&[]), target_lengths.ints().unwrap_or(&[]));
    let labels = labels(targets, target_lengths, classes)?;

    out.units.lengths = Some(target_lengths.iter().map(|it| (*it).max(1) as f64).collect());
    out.units.divisor = reduce::by_count(plan.reduction, samples);
    let buffer = std::mem::take(&mut out.grads).into_iter().next().flatten();
    let mut grad = want.input(0).then(|| Tensor::zeros_in(buffer, log_probs.shape()));
    let (values, mut scratch) = (log_probs.floats(), L::Scratch::default());
    out.units.values.clear();
    for (sample, (length, labels)) in input_lengths.iter().zip(&labels).enumerate() {
        let frames = Frames { sample, samples, classes, count: usize::try_from(*length).unwrap_or(0) };
        let slopes = grad.as_mut().map_or(&mut [][..], Tensor::floats_mut);
        let up = reduce::share(&out.units, sample);
        out.units.values.push(loss.at(&values, frames, labels, &mut scratch, up, slopes));
    }

    out.warnings = call.warnings;
    out.arg_grads.clear();
    out.grads.extend([grad, None, None, None]);
    out.units.shape = plan.shape;
    out.output = reduce::output(plan.reduction, &out.units);
    Ok(())
}

/// The labels of each sample. PyTorch does not check them, and reads whatever lies beyond its memory for one that
/// is no class; this is refused here, in the words of its other losses.
fn labels(targets: &Tensor, lengths: &[i64], classes: usize) -> Result<Vec<Vec<usize>>, Error> {
    let targets = if targets.ints().is_some() { targets.clone() } else { targets.to(Dtype::Int64) };
    let class = |label: &i64| match usize::try_from(*label) {
        Ok(class) if class < classes => Ok(class),
        _ => Err(Error::index(format!("Target {label} is out of bounds."))),
    };
    let of = |span: Range<usize>| {
        targets.ints().and_then(|it| it.get(span)).unwrap_or(&[]).iter().map(class).collect()
    };
    spans(targets.shape(), lengths).into_iter().map(of).collect()
}

/// The marks of a curve along one log-probability of one sample, whose frame is renormalised where it is a
/// distribution: the likelihood is then p A + (1 − p) B, so the loss falls all the way to one end.
pub fn marks<L: Sequence>(args: &Args, inputs: &[&Tensor], along: usize, place: usize) -> Marks {
    let mut out = Evaluation::default();
    let (Some(log_probs), 0) = (inputs.first(), along) else { return Marks::default() };
    if evaluate::<L>(args, inputs, Want::FIRST, &mut out).is_err() {
        return Marks::default();
    }
    let width = log_probs.shape().last().copied().unwrap_or(1).max(1);
    let values = log_probs.floats();
    let frame = values.chunks(width).nth(place / width).unwrap_or(&[]);
    let slope = out.grads.first().and_then(|it| it.as_ref()?.get(place)).unwrap_or(f64::NAN);
    let slope = slope / reduce::share(&out.units, 0);
    let loss = out.units.values.first().copied().unwrap_or(f64::NAN);
    let p = values.get(place).map_or(f64::NAN, |it| it.exp());
    let posterior = p - slope;
    let (best, floor) = match is_normalised(frame) {
        true if slope < -1e-12 => (Best::Highest, Some(loss - (posterior / p).ln())),
        true if slope > 1e-12 => (Best::Lowest, Some(loss - ((1.0 - posterior) / (1.0 - p)).ln())),
        false if posterior > 1e-12 => (Best::Highest, None),
        _ => (Best::Unknown, None),
    };
    Marks { best, floor: floor.filter(|it| it.is_finite()), ..Marks::default() }
}
