//! What a loss is. Invariant: std only, no I/O, never panics.

pub mod args;
pub mod call;
pub mod distance;
pub mod error;
pub mod evaluation;
pub mod lattice;
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
pub mod vectors;
pub mod zone;
