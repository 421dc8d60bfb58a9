//! Leaf widgets: a value goes down, a checked change comes up. They know nothing of the bench.

mod bar_cell;
mod knob;
mod number_box;
pub mod picture;
mod press;
mod scrub;
mod segmented;
mod slider;

pub use bar_cell::BarCell;
pub use knob::{Gesture, Knob, Move};
pub use number_box::NumberBox;
pub use scrub::{PIXELS_PER_STEP, Scrub};
pub use segmented::Segmented;
pub use slider::{Slider, read_key};
