//! Leaf widgets: a value goes down, a checked change comes up. They know nothing of the bench.

mod bar_cell;
mod knob;
mod number_box;
pub mod picture;
mod plane_knob;
mod press;
mod scrub;
mod segmented;
mod sideways;
mod slider;
mod term;

pub use bar_cell::BarCell;
pub use knob::{Gesture, Knob, Move};
pub use number_box::NumberBox;
pub use plane_knob::PlaneKnob;
pub use scrub::Scrub;
pub use segmented::Segmented;
pub use sideways::PIXELS_PER_STEP;
pub use slider::Slider;
pub use term::term;
