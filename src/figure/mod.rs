//! What the figures of the lessons show, computed by the same core. Invariant: pure, like `experiment`.

pub mod asked;
pub mod bell;
pub mod broadcast;
pub mod call;
pub mod compare;
pub mod counts;
pub mod descent;
pub mod dial;
pub mod fit;
pub mod house;
pub mod logits;
pub mod paths;
pub mod shares;
pub mod split;
pub mod squares;
pub mod task;
pub mod told;
