//! The losses of `torch.nn` and four of torchvision, one file each, and their registry in menu order.

mod bce;
mod bce_with_logits;
mod boxes;
mod cosine_embedding;
mod cross_entropy;
mod ctc;
mod focal;
mod functional;
mod gaussian_nll;
mod hinge_embedding;
mod huber;
mod kl_div;
mod l1;
mod margin_ranking;
mod mse;
mod multi_label_margin;
mod multi_label_soft_margin;
mod multi_margin;
mod nll;
mod poisson_nll;
mod smooth_l1;
mod soft_margin;
mod triplet_margin;
mod triplet_margin_with_distance;

pub use bce::Bce;
pub use bce_with_logits::BceWithLogits;
pub use boxes::{Boxes, Parts, parts};
pub use cosine_embedding::CosineEmbedding;
pub use cross_entropy::CrossEntropy;
pub use ctc::Ctc;
pub use focal::SigmoidFocal;
pub use functional::Weighted;
pub use gaussian_nll::GaussianNll;
pub use hinge_embedding::HingeEmbedding;
pub use huber::Huber;
pub use kl_div::KlDiv;
pub use l1::L1;
pub use margin_ranking::MarginRanking;
pub use mse::Mse;
pub use multi_label_margin::MultiLabelMargin;
pub use multi_label_soft_margin::MultiLabelSoftMargin;
pub use multi_margin::MultiMargin;
pub use nll::Nll;
pub use poisson_nll::PoissonNll;
pub use smooth_l1::SmoothL1;
pub use soft_margin::SoftMargin;
pub use triplet_margin::TripletMargin;
pub use triplet_margin_with_distance::TripletMarginWithDistance;

use super::args::{Args, Value};
use super::error::Error;
use super::evaluation::{Evaluation, Want};
use super::marks::Marks;
use super::module::{self, AdaptiveLogSoftmax, Layered, LinearCrossEntropy};
use super::pointwise::{self, Pointwise};
use super::rowwise::{self, Rowwise};
use super::sequence::{self, Sequence};
use super::spec::{Group, Name, Spec};
use super::tensor::Tensor;
use super::vectors::{self, Vectors};

/// A loss in the registry: its description and what it can do, whichever it is.
///
/// ```
/// use losslens::loss::{Args, Loss, Tensor, Want};
///
/// let loss = Loss::known("HuberLoss").ok_or("no such loss")?;
/// let args = Args::new(loss.spec, [("delta", 2.0.into()), ("reduction", "sum".into())])?;
/// let (input, target) = (Tensor::vector([3.0, 0.5]), Tensor::vector([0.0, 0.0]));
/// let answer = loss.evaluate(&args, &[&input, &target], Want::ALL)?;
/// // By hand: 2 (3 − 1) and ½ · 0.25; the first slope is cut off at delta.
/// assert_eq!(answer.output, Tensor::scalar(4.125));
/// assert_eq!(answer.grads[0], Some(Tensor::vector([2.0, 0.5])));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Loss {
    /// What it is called, takes and shows.
    pub spec: &'static Spec,
    evaluate: fn(&Args, &[&Tensor], Want, &mut Evaluation) -> Result<(), Error>,
    marks: fn(&Args, &[&Tensor], usize, usize) -> Marks,
    sizes: fn(&[&Tensor]) -> Vec<(&'static str, Value)>,
}

/// What the losses with a layer in front hand their scores to.
pub static CROSS_ENTROPY: Loss = Loss::rowwise::<CrossEntropy>();

/// The losses that have a page, in three parts: no program of the page needs more than one (`ui/place.rs`), and each is
/// smaller without the others. A library has them all.
macro_rules! shelves {
    (
        early: [$($early:expr),* $(,)?],
        late: [$($late:expr),* $(,)?],
        beyond: [$($beyond:expr),* $(,)?] $(,)?
    ) => {
        /// Every loss with a page that this build has.
        #[cfg(not(any(feature = "without-early", feature = "without-late", feature = "without-beyond")))]
        pub static LOSSES: &[Loss] = &[$($early,)* $($late,)* $($beyond),*];
        /// The first part of them.
        #[cfg(all(feature = "without-late", feature = "without-beyond"))]
        pub static LOSSES: &[Loss] = &[$($early),*];
        /// The second part of them.
        #[cfg(all(feature = "without-early", feature = "without-beyond"))]
        pub static LOSSES: &[Loss] = &[$($late),*];
        /// The third part of them.
        #[cfg(all(feature = "without-early", feature = "without-late"))]
        pub static LOSSES: &[Loss] = &[$($beyond),*];

        static EARLY: &[Name] = &[$($early.name()),*];
        /// What menus say of the second part.
        pub static LATE: &[Name] = &[$($late.name()),*];
        /// What menus say of the third part.
        pub static BEYOND: &[Name] = &[$($beyond.name()),*];
    };
}

shelves! {
early: [
    Loss::pointwise::<2, Mse>(),
    Loss::pointwise::<2, L1>(),
    Loss::pointwise::<2, Huber>(),
    Loss::pointwise::<2, SmoothL1>(),
    Loss::pointwise::<3, GaussianNll>(),
    Loss::pointwise::<2, PoissonNll>(),
    Loss::pointwise::<4, BceWithLogits>(),
    Loss::pointwise::<3, Bce>(),
    Loss::pointwise::<2, SoftMargin>(),
    Loss::rowwise::<CrossEntropy>(),
    Loss::rowwise::<Nll>(),
    Loss::pointwise::<2, KlDiv>(),
    Loss::sequence::<Ctc>(),
    Loss::vectors::<3, TripletMargin>(),
    Loss::pointwise::<3, MarginRanking>(),
    Loss::pointwise::<2, HingeEmbedding>(),
],
late: [
    Loss::vectors::<3, MultiLabelSoftMargin>(),
    Loss::vectors::<2, MultiLabelMargin>(),
    Loss::vectors::<3, MultiMargin>(),
    Loss::vectors::<3, CosineEmbedding>(),
    Loss::vectors::<3, TripletMarginWithDistance>(),
],
beyond: [
    Loss::module::<LinearCrossEntropy>(),
    Loss::module::<AdaptiveLogSoftmax>(),
    Loss::pointwise::<2, SigmoidFocal>(),
    Loss::vectors::<2, Boxes<{ boxes::GENERALIZED }>>(),
    Loss::vectors::<2, Boxes<{ boxes::DISTANCE }>>(),
    Loss::vectors::<2, Boxes<{ boxes::COMPLETE }>>(),
],
}

/// Losses that are computed, but have no page yet.
pub static WITHOUT_PAGE: [Loss; 3] = [
    Loss::pointwise::<3, Weighted<L1>>(),
    Loss::pointwise::<3, Weighted<Mse>>(),
    Loss::pointwise::<3, Weighted<Huber>>(),
];

/// What menus say of every loss with a page, in menu order, whichever program has it.
pub fn menu() -> impl Iterator<Item = &'static Name> {
    let names = || EARLY.iter().chain(LATE).chain(BEYOND);
    Group::ALL.into_iter().flat_map(move |group| names().filter(move |it| it.group == group))
}

impl PartialEq for Loss {
    fn eq(&self, other: &Self) -> bool {
        self.spec.torch == other.spec.torch
    }
}

impl Loss {
    const fn pointwise<const K: usize, L: Pointwise<K>>() -> Self {
        Self {
            spec: L::SPEC,
            evaluate: pointwise::evaluate::<K, L>,
            marks: pointwise::marks::<K, L>,
            sizes: |_| Vec::new(),
        }
    }

    const fn rowwise<L: Rowwise>() -> Self {
        Self {
            spec: L::SPEC,
            evaluate: rowwise::evaluate::<L>,
            marks: rowwise::marks::<L>,
            sizes: |_| Vec::new(),
        }
    }

    const fn vectors<const K: usize, L: Vectors<K>>() -> Self {
        Self {
            spec: L::SPEC,
            evaluate: vectors::evaluate::<K, L>,
            marks: vectors::marks::<K, L>,
            sizes: |_| Vec::new(),
        }
    }

    const fn sequence<L: Sequence>() -> Self {
        Self {
            spec: L::SPEC,
            evaluate: sequence::evaluate::<L>,
            marks: sequence::marks::<L>,
            sizes: |_| Vec::new(),
        }
    }

    const fn module<M: Layered>() -> Self {
        Self { spec: M::SPEC, evaluate: module::evaluate::<M>, marks: module::marks, sizes: M::sizes }
    }

    const fn name(&self) -> Name {
        Name::of(self.spec)
    }

    /// The loss of that name in `torch.nn`, where this build has it.
    pub fn find(name: &str) -> Option<&'static Self> {
        LOSSES.iter().find(|it| it.spec.torch == name)
    }

    /// The same, among those without a page too. Recorded calls write `tv.` before torchvision's.
    pub fn known(name: &str) -> Option<&'static Self> {
        let name = name.strip_prefix("tv.").unwrap_or(name);
        LOSSES.iter().chain(&WITHOUT_PAGE).find(|it| it.spec.torch == name)
    }

    /// Evaluates one call: inputs in the order of `forward`, or PyTorch's error.
    pub fn evaluate(&self, args: &Args, inputs: &[&Tensor], want: Want) -> Result<Evaluation, Error> {
        let mut out = Evaluation::default();
        self.evaluate_into(args, inputs, want, &mut out).map(|()| out)
    }

    /// The same, into an earlier answer whose buffers are used again. After an error `out` holds nothing of use.
    pub fn evaluate_into(
        &self,
        args: &Args,
        inputs: &[&Tensor],
        want: Want,
        out: &mut Evaluation,
    ) -> Result<(), Error> {
        (self.evaluate)(args, inputs, want, out)
    }

    /// What the constructor must be told and the page does not ask for, because it follows from the shapes of the
    /// parameters: `in_features`, the number of classes.
    pub fn sizes(&self, inputs: &[Tensor]) -> Vec<(&'static str, Value)> {
        (self.sizes)(&inputs.iter().collect::<Vec<_>>())
    }

    /// What a curve of one unit must show along the element `place` of the input `along`.
    ///
    /// `inputs` hold that unit alone, without a batch axis.
    pub fn marks(&self, args: &Args, inputs: &[&Tensor], along: usize, place: usize) -> Marks {
        (self.marks)(args, inputs, along, place)
    }
}
