//! Pictures as functions of a scene. Invariant: no DOM and no text, which the page sets; generic over plotters'
//! `DrawingBackend`, so that the page's canvas and a native SVG come from the same code.

pub mod clip;
pub mod draw;
pub mod icon;
pub mod palette;
pub mod pen;
pub mod scene;
pub mod svg;
pub mod ticks;
pub mod window;

pub use draw::{draw, draw_marks};
pub use palette::Palette;
pub use scene::{Curve, Mark, Scene, Stroke};
pub use window::Window;
