//! Scenes on a canvas: a backend of plotters that is sharp.
//!
//! plotters counts in whole pixels and knows nothing of the device's pixel ratio. So it is told that the canvas
//! is `K` times as large as it is in CSS pixels, and the context's transform brings that back to the device. The crate
//! plotters-canvas does neither, sets text, and prints floats; of it, six calls of the context are left here.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

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
fn area(canvas: &HtmlCanvasElement, (width, height): (f64, f64)) -> Option<DrawingArea<Sharp, Shift>> {
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let ratio = web_sys::window().map_or(1.0, |it| it.device_pixel_ratio());
    fit(canvas, (width * ratio).round() as u32, (height * ratio).round() as u32);
    let size = ((width * f64::from(K)) as u32, (height * f64::from(K)) as u32);
    Some(Sharp::new(canvas, size, ratio / f64::from(K))?.into_drawing_area())
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

    fn follow(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in path {
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }

    /// Fills the path under way, or draws along it.
    fn finish<S: BackendStyle>(&self, style: &S, fill: bool) -> Drawn<()> {
        let colour = css(style.color());
        if fill {
            self.context.set_fill_style_str(&colour);
            self.context.fill();
        } else {
            self.context.set_stroke_style_str(&colour);
            self.context.set_line_width(f64::from(style.stroke_width()));
            self.context.stroke();
        }
        Ok(())
    }
}

impl Drop for Sharp {
    fn drop(&mut self) {
        let _ = self.context.reset_transform();
    }
}

type Drawn<T> = Result<T, DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sharp {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn<()> {
        Ok(())
    }

    fn present(&mut self) -> Drawn<()> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn<()> {
        self.context.set_fill_style_str(&css(colour));
        self.context.fill_rect(f64::from(at.0), f64::from(at.1), 1.0, 1.0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S) -> Drawn<()> {
        let (vertical, horizontal) = (a.0 == b.0, a.1 == b.1);
        if !vertical && !horizontal {
            self.follow([a, b]);
            return self.finish(style, false);
        }
        self.context.set_stroke_style_str(&css(style.color()));
        self.context
            .set_line_width((f64::from(style.stroke_width()) * self.unit).round().max(1.0) / self.unit);
        self.context.begin_path();
        let x = |it: i32| if vertical { self.snapped(it) } else { f64::from(it) };
        let y = |it: i32| if horizontal { self.snapped(it) } else { f64::from(it) };
        self.context.move_to(x(a.0), y(a.1));
        self.context.line_to(x(b.0), y(b.1));
        self.context.stroke();
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.follow([a, (b.0, a.1), b, (a.0, b.1)]);
        self.context.close_path();
        self.finish(style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<()> {
        // Grid lines come as paths of two points.
        let path: Vec<_> = path.into_iter().collect();
        if let [a, b] = path[..] {
            return self.draw_line(a, b, style);
        }
        self.follow(path);
        self.finish(style, false)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.context.begin_path();
        let _ =
            self.context.arc(f64::from(at.0), f64::from(at.1), f64::from(radius), 0.0, std::f64::consts::TAU);
        self.finish(style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<()> {
        self.follow(path);
        self.finish(style, true)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn<()> {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, _: &str, _: &S) -> Drawn<(u32, u32)> {
        Ok((0, 0))
    }
}
