//! What a loss is. Invariant: std only, no I/O, never panics.

pub mod args;
pub mod call;
pub mod distance;
pub mod dtype;
pub mod error;
pub mod evaluation;
pub(crate) mod lattice;
pub mod marks;
pub mod module;
pub mod numeric;
pub mod pointwise;
pub mod reduce;
pub mod rowwise;
pub mod sequence;
pub mod spec;
pub mod tensor;
pub mod torch;
pub mod triplet;
pub mod typed;
pub mod vectors;
pub(crate) mod zone;

pub use args::{Args, Value};
pub use call::Reduction;
pub use dtype::Dtype;
pub use error::{Error, Kind};
pub use evaluation::{Evaluation, Want};
pub use tensor::Tensor;
pub use torch::Loss;
pub use typed::Typed;
