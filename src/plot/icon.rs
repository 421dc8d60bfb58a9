//! Small pictures, some centimetres wide at most: shapes in a frame, as plain data that any SVG can write out.
//!
//! They are too many and too small for a canvas each, and take their colours from the style sheet.

use super::Window;
use super::clip::clip;

/// How large a picture is, in CSS pixels, and so how much detail it bears.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// What a shape stands for, and so its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// What a mistake costs.
    Loss,
    /// The slope of the loss.
    Gradient,
    /// What the model said.
    Prediction,
    /// What was true.
    Target,
    /// What the rest is compared with, and what is not chosen.
    Quiet,
    /// Axes and cells.
    Axis,
    /// The ground, for what is hollow but covers what is below it.
    Surface,
}

/// How a shape is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The main line.
    Line,
    /// A finer one.
    Thin,
    /// A broken one.
    Dashed,
    /// Filled.
    Fill,
    /// A pale fill.
    Wash,
}

/// Where a shape lies, in pixels from the top left of its frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A line through corners.
    Path(Vec<(f64, f64)>),
    /// What corners enclose.
    Area(Vec<(f64, f64)>),
    /// A circle.
    Circle {
        /// Its middle.
        centre: (f64, f64),
        /// Its radius.
        radius: f64,
    },
}

/// One shape of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
    /// Where it lies.
    pub form: Form,
}

/// A picture: its shapes, the lowest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Icon {
    /// In the order they are drawn in.
    pub shapes: Vec<Shape>,
}

impl Frame {
    /// The picture on a card.
    pub const CARD: Frame = Frame { width: 192.0, height: 84.0 };
    /// The picture beside a name in a menu.
    pub const MENU: Frame = Frame { width: 26.0, height: 20.0 };

    /// Whether there is room for what is not the main thing.
    pub fn is_roomy(self) -> bool {
        self.width >= 100.0
    }

    /// A length that is one in a menu and the other on a card.
    pub fn either(self, menu: f64, card: f64) -> f64 {
        if self.is_roomy() { card } else { menu }
    }

    /// Where a point of the window lies, with room left at the edges for the width of a line.
    pub fn place(self, window: &Window, (x, y): (f64, f64)) -> (f64, f64) {
        let inset = self.inset();
        let across = |fraction: f64, size: f64| inset + fraction * (size - 2.0 * inset);
        (across(window.across(x), self.width), across(window.down(y), self.height))
    }

    fn inset(self) -> f64 {
        self.either(1.0, 3.0)
    }

    /// A window around a point in which a unit is as long upwards as it is across; `height` is its height.
    pub fn even(self, middle: (f64, f64), height: f64) -> Window {
        let inset = 2.0 * self.inset();
        let half = (height / 2.0 * (self.width - inset) / (self.height - inset), height / 2.0);
        Window::new((middle.0 - half.0, middle.0 + half.0), (middle.1 - half.1, middle.1 + half.1))
    }
}

impl Icon {
    /// Adds a line through points of a window, cut at its edges; a point that is not finite breaks it.
    pub fn line(
        &mut self,
        frame: Frame,
        window: &Window,
        points: impl IntoIterator<Item = (f64, f64)>,
        ink: Ink,
        style: Style,
    ) {
        for piece in clip(points, window.x(), window.y()) {
            let piece = piece.into_iter().map(|it| frame.place(window, it)).collect();
            self.shapes.push(Shape { ink, style, form: Form::Path(piece) });
        }
    }

    /// Adds a line through points given in pixels.
    pub fn path(&mut self, points: impl Into<Vec<(f64, f64)>>, ink: Ink, style: Style) {
        self.shapes.push(Shape { ink, style, form: Form::Path(points.into()) });
    }

    /// Adds an area whose corners are given in pixels.
    pub fn area(&mut self, points: impl Into<Vec<(f64, f64)>>, ink: Ink, style: Style) {
        self.shapes.push(Shape { ink, style, form: Form::Area(points.into()) });
    }

    /// Adds a rectangle between two corners, given in pixels.
    pub fn rectangle(&mut self, a: (f64, f64), b: (f64, f64), ink: Ink, style: Style) {
        self.area([a, (b.0, a.1), b, (a.0, b.1)], ink, style);
    }

    /// Adds a circle: a prediction.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, ink: Ink, style: Style) {
        self.shapes.push(Shape { ink, style, form: Form::Circle { centre, radius } });
    }

    /// Adds a diamond: a target.
    pub fn diamond(&mut self, (x, y): (f64, f64), radius: f64, ink: Ink, style: Style) {
        self.area([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], ink, style);
    }
}

impl Form {
    /// The data of an SVG path, to a tenth of a pixel.
    pub fn path(&self) -> String {
        match self {
            Form::Path(points) => joined(points),
            Form::Area(points) => joined(points) + "Z",
            Form::Circle { centre: (x, y), radius } => format!(
                "M{:.1} {y:.1}a{radius:.1} {radius:.1} 0 1 0 {across:.1} 0a{radius:.1} {radius:.1} 0 1 0 -{across:.1} 0Z",
                x - radius,
                across = 2.0 * radius,
            ),
        }
    }
}

fn joined(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{letter}{x:.1} {y:.1}"));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_svg() {
        assert_eq!(Form::Path(vec![(1.0, 2.0), (3.25, 4.0)]).path(), "M1.0 2.0L3.2 4.0");
        assert_eq!(Form::Area(vec![(0.0, 0.0), (1.0, 0.0)]).path(), "M0.0 0.0L1.0 0.0Z");
        let circle = Form::Circle { centre: (5.0, 5.0), radius: 2.0 };
        assert_eq!(circle.path(), "M3.0 5.0a2.0 2.0 0 1 0 4.0 0a2.0 2.0 0 1 0 -4.0 0Z");
    }

    #[test]
    fn even_windows_draw_circles_round() {
        let window = Frame::CARD.even((1.0, 2.0), 4.0);
        let (left, top) = Frame::CARD.place(&window, (0.0, 3.0));
        let (right, bottom) = Frame::CARD.place(&window, (2.0, 1.0));
        assert!((right - left - (bottom - top)).abs() < 1e-9);
    }

    #[test]
    fn lines_stay_in_the_frame() {
        let mut icon = Icon::default();
        let window = Window::new((-1.0, 1.0), (0.0, 1.0));
        let points = [(-1.0, 9.0), (0.0, 0.0), (1.0, 9.0)];
        icon.line(Frame::MENU, &window, points, Ink::Loss, Style::Line);
        for shape in &icon.shapes {
            let Form::Path(points) = &shape.form else { continue };
            assert!(points.iter().all(|it| (0.0..=20.0).contains(&it.1)), "{points:?}");
        }
        assert_eq!(icon.shapes.len(), 1);
    }
}
