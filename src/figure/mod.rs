//! What the figures of the lessons show, computed by the same core. Invariant: pure, like `experiment`.

pub mod compare;
pub mod counts;
pub mod dial;
pub mod fit;
pub mod shares;
pub mod split;
