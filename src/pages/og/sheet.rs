//! A sheet to draw on, in pixels from its top left: areas, lines, and charts through plotters.

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord};
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use crate::plot::pen::{Backend, Ink, Pen};

/// A point, or a size.
pub type Place = (f32, f32);

/// Where something lies: its top left and its size.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    /// What is left of it within a margin.
    pub fn within(self, margin: f32) -> Self {
        let Self { left, top, width, height } = self;
        let (width, height) = (width - 2.0 * margin, height - 2.0 * margin);
        Self { left: left + margin, top: top + margin, width, height }
    }
}

/// What is drawn on.
pub struct Sheet(Pixmap);

impl Sheet {
    /// A blank sheet; `None` without a size.
    pub fn blank((width, height): (u32, u32), ground: RGBColor) -> Option<Self> {
        let mut sheet = Pixmap::new(width, height)?;
        sheet.fill(tiny_skia::Color::from_rgba8(ground.0, ground.1, ground.2, 255));
        Some(Self(sheet))
    }

    /// Red, green and blue of every pixel, row by row.
    pub fn pixels(&self) -> impl Iterator<Item = [u8; 3]> {
        // The ground is opaque, so every pixel is.
        self.0.pixels().iter().map(|it| [it.red(), it.green(), it.blue()])
    }

    pub fn fill(&mut self, path: &Path, colour: RGBColor, opacity: f64) {
        self.0.fill_path(path, &paint(colour, opacity), FillRule::Winding, Transform::identity(), None);
    }

    /// Draws along a path; `dash` is how long dashes and gaps are.
    pub fn line(&mut self, path: &Path, colour: RGBColor, opacity: f64, width: f32, dash: Option<f32>) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash: dash.and_then(|it| StrokeDash::new(vec![it, it], 0.0)),
            ..Stroke::default()
        };
        self.0.stroke_path(path, &paint(colour, opacity), &stroke, Transform::identity(), None);
    }

    /// A part of the sheet, for plotters to draw on.
    pub fn part(&mut self, place: Area) -> Backend<Part<'_>> {
        Backend(Part { sheet: self, place })
    }
}

fn paint(colour: RGBColor, opacity: f64) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(colour.0, colour.1, colour.2, (opacity * 255.0).round() as u8);
    paint
}

/// A line through points, or the area within; `None` where there are too few.
pub fn path(points: impl IntoIterator<Item = Place>, closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (place, (x, y)) in points.into_iter().enumerate() {
        if place == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A circle; `None` without a radius.
pub fn circle((x, y): Place, radius: f32) -> Option<Path> {
    PathBuilder::from_circle(x, y, radius)
}

/// A rectangle with round corners; `None` without a size.
pub fn rounded(area: Area, radius: f32) -> Option<Path> {
    let Area { left, top, width, height } = area;
    let (right, bottom) = (left + width, top + height);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.quad_to(right, top, right, top + radius);
    path.line_to(right, bottom - radius);
    path.quad_to(right, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.quad_to(left, bottom, left, bottom - radius);
    path.line_to(left, top + radius);
    path.quad_to(left, top, left + radius, top);
    path.close();
    path.finish()
}

/// A part of a sheet. plotters counts in whole pixels: it is told that there are `K` times as many.
pub struct Part<'s> {
    sheet: &'s mut Sheet,
    place: Area,
}

/// What plotters takes for a pixel, by pixel.
pub const K: u32 = 8;

impl Part<'_> {
    fn at(&self, (x, y): BackendCoord) -> Place {
        (self.place.left + x as f32 / K as f32, self.place.top + y as f32 / K as f32)
    }

    fn draw(&mut self, path: Option<Path>, Ink { colour, width }: Ink) {
        let BackendColor { alpha, rgb: (red, green, blue) } = colour;
        let colour = RGBColor(red, green, blue);
        match (path, width) {
            (Some(path), None) => self.sheet.fill(&path, colour, alpha),
            (Some(path), Some(width)) => {
                self.sheet.line(&path, colour, alpha, width as f32 / K as f32, None);
            }
            (None, _) => {}
        }
    }
}

impl Pen for Part<'_> {
    fn size(&self) -> (u32, u32) {
        ((self.place.width * K as f32) as u32, (self.place.height * K as f32) as u32)
    }

    fn path(&mut self, points: &[BackendCoord], closed: bool, ink: Ink) {
        let line = path(points.iter().map(|it| self.at(*it)), closed);
        self.draw(line, ink);
    }

    fn circle(&mut self, centre: BackendCoord, radius: u32, ink: Ink) {
        let circle = circle(self.at(centre), radius as f32 / K as f32);
        self.draw(circle, ink);
    }
}
