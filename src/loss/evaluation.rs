//! What a loss answers: output and gradients, and the units that they were reduced from.

use super::tensor::Tensor;

/// The answer to one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// What PyTorch returns.
    pub output: Tensor,
    /// For each input the gradient of the output (of its sum for reduction none), or `None` where PyTorch
    /// gives none.
    pub grads: Vec<Option<Tensor>>,
    /// Likewise for constructor tensors, by name.
    pub arg_grads: Vec<(&'static str, Tensor)>,
    /// The unreduced losses, and what the reduction divided them by.
    pub units: Units,
    /// PyTorch's warnings.
    pub warnings: Vec<String>,
}

/// Unreduced losses, one for each element, row or sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// The losses, row-major.
    pub values: Vec<f64>,
    /// Their shape: that of the output for reduction none.
    pub shape: Vec<usize>,
    /// What each unit adds to the divisor, where that is not 1; 0 and `kept` false where it is ignored.
    pub weights: Option<Vec<f64>>,
    /// Which units count, where some may be ignored.
    pub kept: Option<Vec<bool>>,
    /// What each unit is divided by before the mean is taken: the target lengths of CTCLoss.
    pub lengths: Option<Vec<f64>>,
    /// Where the mean is a mixture of two means that are divided separately (label smoothing): the share and
    /// the unreduced terms of each.
    pub parts: Option<[(f64, Vec<f64>); 2]>,
    /// What the sum was divided by; `None` where nothing was.
    pub divisor: Option<f64>,
}

/// Which inputs need a gradient, as `requires_grad` says in PyTorch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want(u32);

impl Want {
    /// Values only.
    pub const VALUE: Want = Want(0);
    /// Every gradient, those of constructor tensors included.
    pub const ALL: Want = Want(u32::MAX);
    /// The gradient of the first input alone, as in training.
    pub const FIRST: Want = Want(1);

    /// Whether the input at that place needs one.
    pub fn input(self, place: usize) -> bool {
        place < 31 && self.0 & (1 << place) != 0
    }

    /// Whether constructor tensors need one.
    pub fn args(self) -> bool {
        self.0 & (1 << 31) != 0
    }
}
