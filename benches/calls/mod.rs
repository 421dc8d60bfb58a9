//! The calls that are measured: value and gradient of the first input, for every loss and three sizes of batch.

#[path = "../../tests/common/inputs.rs"]
mod inputs;
#[path = "../../tests/common/random.rs"]
mod random;

use std::hint::black_box;

use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use losslens::loss::{Args, Evaluation, Loss, Tensor, Want};

/// About how many elements the first input has.
pub const SIZES: [usize; 3] = [10, 1_000, 1_000_000];

/// Every loss.
pub fn losses() -> impl Iterator<Item = &'static Loss> {
    LOSSES.iter().chain(&WITHOUT_PAGE)
}

/// One call, made again and again with the same buffers.
pub struct Call {
    loss: &'static Loss,
    tensors: Vec<Tensor>,
    out: Evaluation,
}

impl Call {
    /// A call of a loss with inputs of that size.
    pub fn new(loss: &'static Loss, size: usize) -> Self {
        let tensors = inputs::inputs(loss.spec, size, &mut random::Random(5));
        Self { loss, tensors, out: Evaluation::default() }
    }

    /// How many elements the first input really has.
    pub fn elements(&self) -> usize {
        self.tensors.first().map_or(0, Tensor::len)
    }

    /// Makes it once.
    pub fn run(&mut self) {
        let tensors: Vec<&Tensor> = self.tensors.iter().collect();
        let done = self.loss.evaluate_into(&Args::default(), black_box(&tensors), Want::FIRST, &mut self.out);
        assert!(done.is_ok(), "{}: {done:?}", self.loss.spec.torch);
    }
}
