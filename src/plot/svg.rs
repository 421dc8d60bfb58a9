//! Scenes as SVG, on a backend of plotters that prints no decimals: a chart lies in a group of its own, which is scaled.

use std::convert::Infallible;

use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::{Mark, Palette, Scene, draw, draw_marks};

/// plotters counts in whole pixels: it is told that there are `1 << BITS` times as many each way.
const BITS: u32 = 3;

/// How much thicker lines are than on the page: three halves.
const UNIT: u32 = (3 << BITS) / 2;

/// The room around the plotted rectangle.
pub const INSET: f64 = draw::INSET as f64 * 1.5;

/// A scene with its marks as the content of an SVG element, of that size, its top left at a point.
pub fn chart(
    scene: &Scene,
    marks: &[Mark],
    palette: &Palette,
    (left, top): (u32, u32),
    (width, height): (u32, u32),
) -> String {
    let mut shapes = String::new();
    let area = Svg { shapes: &mut shapes, size: (width << BITS, height << BITS) }.into_drawing_area();
    // Nothing here can fail: it is text.
    let _ = draw::draw(&area, scene, palette, UNIT);
    let _ = draw_marks(&area, &scene.window, marks, palette, UNIT);
    drop(area);
    format!("<g transform=\"translate({left} {top}) scale(.125)\" stroke-linejoin=\"round\">{shapes}</g>\n")
}

struct Svg<'s> {
    shapes: &'s mut String,
    size: (u32, u32),
}

type Drawn<T> = Result<T, DrawingErrorKind<Infallible>>;

impl Svg<'_> {
    fn shape<S: BackendStyle>(&mut self, geometry: &str, style: &S, fill: bool) -> Drawn<()> {
        let BackendColor { alpha, rgb: (red, green, blue) } = style.color();
        let (ink, rest) = match fill {
            true => ("fill", String::new()),
            false => ("fill=\"none\" stroke", format!(" stroke-width=\"{}\"", style.stroke_width())),
        };
        let opacity = match (alpha * 100.0).round() as u32 {
            100.. => String::new(),
            share => format!(" opacity=\".{share:02}\""),
        };
        *self.shapes += &format!("<{geometry} {ink}=\"#{red:02x}{green:02x}{blue:02x}\"{rest}{opacity}/>");
        Ok(())
    }

    fn path<S: BackendStyle>(
        &mut self,
        points: impl IntoIterator<Item = BackendCoord>,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{x} {y}")).collect();
        if points.is_empty() {
            Ok(())
        } else {
            self.shape(&format!("path d=\"M{}\"", points.join(" ")), style, fill)
        }
    }
}

impl DrawingBackend for Svg<'_> {
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

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn<()> {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S) -> Drawn<()> {
        self.path([a, b], style, false)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.path([a, (b.0, a.1), b, (a.0, b.1), a], style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn<()> {
        self.path(points, style, false)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.shape(&format!("circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""), style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn<()> {
        self.path(points, style, true)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn<()> {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, _: &str, _: &S) -> Drawn<(u32, u32)> {
        Ok((0, 0))
    }
}
