//! Losses as structs of their arguments, evaluated without names.

use super::args::{Args, Value};
use super::call::Reduction;
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::pointwise::{self, Pointwise};
use super::rowwise::{self, Rowwise};
use super::sequence::{self, Sequence};
use super::spec::{REDUCTION, Spec};
use super::tensor::Tensor;
use super::vectors::{self, Vectors};

/// A loss whose arguments are the fields of a struct; `Default` gives PyTorch's.
///
/// Every struct of [`super::torch`] is one, through the trait of its family. `Kind` says which family that is, so that
/// four traits can share one method; the compiler finds it.
///
/// ```
/// use losslens::loss::torch::CrossEntropy;
/// use losslens::loss::{Reduction, Tensor, Typed, Want};
///
/// let loss = CrossEntropy { label_smoothing: 0.1, ..Default::default() };
/// let scores = Tensor::new([1, 2], vec![0.0, 0.0]).ok_or("two scores")?;
/// let label = Tensor::int([1], vec![1]).ok_or("one label")?;
/// let answer = loss.evaluate(Reduction::Mean, &[&scores, &label], Want::ALL)?;
/// // By hand: both classes have probability one half, whatever is said of them; the target is (0.05, 0.95).
/// assert_eq!(answer.output.get(0), Some(2.0_f64.ln()));
/// let gradient = answer.grads[0].as_ref().ok_or("no gradient")?;
/// assert!((gradient.floats()[0] - 0.45).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Typed<Kind> {
    /// Evaluates one call: inputs in the order of `forward`, their shapes and dtypes as PyTorch takes them.
    ///
    /// The answer holds the output, of the shape of the units for [`Reduction::None`] and 0-d otherwise, and the
    /// gradients that are wanted.
    ///
    /// # Errors
    ///
    /// What `forward` refuses, in PyTorch's words. What only a constructor refuses (a margin below 0, say) a struct may
    /// hold, and it is computed as it stands; [`Args`] are checked for that, too.
    fn evaluate(&self, reduction: Reduction, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error>;
}

/// The kind of losses with K operands for each element.
#[derive(Debug)]
pub enum OfElements<const K: usize> {}

/// The kind of losses of rows of scores.
#[derive(Debug)]
pub enum OfRows {}

/// The kind of losses with K operands for each bundle of vectors.
#[derive(Debug)]
pub enum OfVectors<const K: usize> {}

/// The kind of losses of sequences.
#[derive(Debug)]
pub enum OfSequences {}

impl<const K: usize, L: Pointwise<K>> Typed<OfElements<K>> for L {
    fn evaluate(&self, reduction: Reduction, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error> {
        let mut out = Evaluation::default();
        pointwise::run(self, &reduced(L::SPEC, reduction), inputs, want, &mut out).map(|()| out)
    }
}

impl<L: Rowwise> Typed<OfRows> for L {
    fn evaluate(&self, reduction: Reduction, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error> {
        let mut out = Evaluation::default();
        rowwise::run(self, &reduced(L::SPEC, reduction), inputs, want, &mut out).map(|()| out)
    }
}

impl<const K: usize, L: Vectors<K>> Typed<OfVectors<K>> for L {
    fn evaluate(&self, reduction: Reduction, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error> {
        let mut out = Evaluation::default();
        vectors::run(self, &reduced(L::SPEC, reduction), inputs, want, &mut out).map(|()| out)
    }
}

impl<L: Sequence> Typed<OfSequences> for L {
    fn evaluate(&self, reduction: Reduction, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error> {
        let mut out = Evaluation::default();
        sequence::run(self, &reduced(L::SPEC, reduction), inputs, want, &mut out).map(|()| out)
    }
}

/// Arguments that say nothing but the reduction.
fn reduced(spec: &Spec, reduction: Reduction) -> Args {
    let mut args = Args::default();
    args.set(spec.param(REDUCTION.id).unwrap_or(&REDUCTION), Value::Text(reduction.name().to_owned()));
    args
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::*;

    /// `Default` and the constructor without arguments agree.
    #[test]
    fn defaults_are_those_of_the_constructor() {
        macro_rules! agree {
            ($($loss:ty: $family:path,)+) => {$({
                let made = <$loss as $family>::new(&Args::default()).unwrap();
                assert_eq!(format!("{made:?}"), format!("{:?}", <$loss>::default()));
            })+};
        }
        agree! {
            Mse: Pointwise<2>,
            L1: Pointwise<2>,
            Huber: Pointwise<2>,
            SmoothL1: Pointwise<2>,
            GaussianNll: Pointwise<3>,
            PoissonNll: Pointwise<2>,
            BceWithLogits: Pointwise<4>,
            Bce: Pointwise<3>,
            SoftMargin: Pointwise<2>,
            CrossEntropy: Rowwise,
            Nll: Rowwise,
            KlDiv: Pointwise<2>,
            Ctc: Sequence,
            TripletMargin: Vectors<3>,
            MarginRanking: Pointwise<3>,
            HingeEmbedding: Pointwise<2>,
            MultiLabelSoftMargin: Vectors<3>,
            MultiMargin: Vectors<3>,
            MultiLabelMargin: Vectors<2>,
            CosineEmbedding: Vectors<3>,
            TripletMarginWithDistance: Vectors<3>,
            Weighted<Huber>: Pointwise<3>,
            SigmoidFocal: Pointwise<2>,
            Boxes<0>: Vectors<2>,
        }
    }

    /// By hand: 0.5 · 0.25 and 2 − ½ of errors ½ and 2, both halved.
    #[test]
    fn a_struct_is_evaluated_like_its_name() {
        let (input, target) = (Tensor::vector([0.5, 2.0]), Tensor::vector([0.0, 0.0]));
        let typed = Huber::default().evaluate(Reduction::Mean, &[&input, &target], Want::ALL);
        let named =
            Loss::known("HuberLoss").unwrap().evaluate(&Args::default(), &[&input, &target], Want::ALL);
        assert_eq!(typed, named);
        assert_eq!(typed.unwrap().output, Tensor::scalar(0.5 * (0.125 + 1.5)));
    }

    /// `batchmean` is KLDivLoss's alone.
    #[test]
    fn a_reduction_that_a_loss_has_not_is_refused() {
        let x = Tensor::scalar(1.0);
        let refused = Mse.evaluate(Reduction::BatchMean, &[&x, &x], Want::VALUE);
        assert_eq!(refused, Err(Error::value("batchmean is not a valid value for reduction")));
        assert!(
            KlDiv::default()
                .evaluate(Reduction::BatchMean, &[&Tensor::vector([1.0]); 2], Want::VALUE)
                .is_ok()
        );
    }
}
