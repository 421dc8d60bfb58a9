//! Scenes as SVG, on a backend of plotters that prints no decimals: a chart lies in a group of its own, which is scaled.

use plotters::drawing::IntoDrawingArea;
use plotters_backend::{BackendColor, BackendCoord};

use super::pen::{Backend, Ink, Pen};
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
    let pen = Svg { shapes: &mut shapes, size: (width << BITS, height << BITS) };
    let area = Backend(pen).into_drawing_area();
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

impl Svg<'_> {
    fn shape(&mut self, geometry: &str, Ink { colour, width }: Ink) {
        let BackendColor { alpha, rgb: (red, green, blue) } = colour;
        let (ink, rest) = match width {
            None => ("fill", String::new()),
            Some(width) => ("fill=\"none\" stroke", format!(" stroke-width=\"{width}\"")),
        };
        let opacity = match (alpha * 100.0).round() as u32 {
            100.. => String::new(),
            share => format!(" opacity=\".{share:02}\""),
        };
        *self.shapes += &format!("<{geometry} {ink}=\"#{red:02x}{green:02x}{blue:02x}\"{rest}{opacity}/>");
    }
}

impl Pen for Svg<'_> {
    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn path(&mut self, points: &[BackendCoord], closed: bool, ink: Ink) {
        let places: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
        if !places.is_empty() {
            let end = if closed { "Z" } else { "" };
            self.shape(&format!("path d=\"M{}{end}\"", places.join(" ")), ink);
        }
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: u32, ink: Ink) {
        self.shape(&format!("circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""), ink);
    }
}
