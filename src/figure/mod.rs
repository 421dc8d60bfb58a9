//! What the figures of the lessons show, computed by the same core. Invariant: pure, like `experiment`.

pub mod compare;
pub mod dial;
