//! Scenes on a canvas: a backend of plotters that is sharp.
//!
//! plotters counts in whole pixels and knows nothing of the device's pixel ratio. So it is told that the canvas
//! is `K` times as large as it is in CSS pixels, and the context's transform brings that back to the device. The crate
//! plotters-canvas does neither, sets text, and prints floats; of it, six calls of the context are left here.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendCoord};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::plot::pen::{Backend, Ink, Pen};
use crate::plot::{Mark, Palette, Scene, Window, draw, draw_marks};

/// Virtual units per CSS pixel.
const K: u32 = 8;

/// Draws a scene at the size that the canvas has on the page, in CSS pixels. Asking the canvas itself would have the
/// browser lay out the page in the middle of a drag.
pub fn paint(canvas: &HtmlCanvasElement, size: (f64, f64), scene: &Scene, palette: &Palette) {
    // A canvas that refuses to draw leaves the picture as it was; the numbers beside it go on.
    let _ = area(canvas, size).map(|it| draw(&it, scene, palette, K));
}

/// Draws marks in a window on a canvas that lies over that of their scene.
pub fn paint_marks(
    canvas: &HtmlCanvasElement,
    size: (f64, f64),
    window: &Window,
    marks: &[Mark],
    palette: &Palette,
) {
    let Some(area) = area(canvas, size) else { return };
    let (width, height) = area.dim_in_pixel();
    if let Some(context) = context(canvas) {
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }
    let _ = draw_marks(&area, window, marks, palette, K);
}

/// What plotters draws on; `None` while the canvas has no size.
fn area(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
) -> Option<DrawingArea<Backend<Sharp>, Shift>> {
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let ratio = web_sys::window().map_or(1.0, |it| it.device_pixel_ratio());
    fit(canvas, (width * ratio).round() as u32, (height * ratio).round() as u32);
    let size = ((width * f64::from(K)) as u32, (height * f64::from(K)) as u32);
    Some(Backend(Sharp::new(canvas, size, ratio / f64::from(K))?).into_drawing_area())
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Sets the backing store's size, which also clears it; so only when it differs.
fn fit(canvas: &HtmlCanvasElement, width: u32, height: u32) {
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}

/// A colour as CSS writes it, with a digit pair for its opacity.
fn css(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}{:02x}", (colour.alpha * 255.0).round() as u8)
}

struct Sharp {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// Device pixels per virtual unit.
    unit: f64,
}

impl Sharp {
    fn new(canvas: &HtmlCanvasElement, size: (u32, u32), unit: f64) -> Option<Self> {
        let context = context(canvas)?;
        context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).ok()?;
        context.set_line_join("round");
        Some(Self { context, size, unit })
    }

    /// An axis-parallel hairline's coordinate, moved to the middle of a device pixel.
    fn snapped(&self, coordinate: i32) -> f64 {
        ((f64::from(coordinate) * self.unit).floor() + 0.5) / self.unit
    }

    fn follow(&self, path: impl IntoIterator<Item = (f64, f64)>) {
        self.context.begin_path();
        for (x, y) in path {
            self.context.line_to(x, y);
        }
    }

    /// Fills the path under way, or draws along it.
    fn finish(&self, colour: BackendColor, width: Option<f64>) {
        let colour = css(colour);
        if let Some(width) = width {
            self.context.set_stroke_style_str(&colour);
            self.context.set_line_width(width);
            self.context.stroke();
        } else {
            self.context.set_fill_style_str(&colour);
            self.context.fill();
        }
    }
}

impl Drop for Sharp {
    fn drop(&mut self) {
        let _ = self.context.reset_transform();
    }
}

impl Pen for Sharp {
    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn path(&mut self, points: &[BackendCoord], closed: bool, ink: Ink) {
        let width = ink.width.map(f64::from);
        // Grid lines come as paths of two points.
        if let [a, b] = *points
            && (a.0 == b.0 || a.1 == b.1)
        {
            let x = |it: i32| if a.0 == b.0 { self.snapped(it) } else { f64::from(it) };
            let y = |it: i32| if a.1 == b.1 { self.snapped(it) } else { f64::from(it) };
            self.follow([a, b].map(|it| (x(it.0), y(it.1))));
            return self.finish(ink.colour, width.map(|it| (it * self.unit).round().max(1.0) / self.unit));
        }
        self.follow(points.iter().map(|it| (f64::from(it.0), f64::from(it.1))));
        if closed {
            self.context.close_path();
        }
        self.finish(ink.colour, width);
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: u32, ink: Ink) {
        self.context.begin_path();
        let (x, y, radius) = (f64::from(x), f64::from(y), f64::from(radius));
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.finish(ink.colour, ink.width.map(f64::from));
    }
}
