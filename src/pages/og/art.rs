//! What a picture shows beside its words: a chart as the page draws it, or the small picture of a loss made large.

use plotters::drawing::IntoDrawingArea;
use plotters::style::RGBColor;

use super::sheet::{self, Area, K, Sheet};
use crate::experiment::address::example;
use crate::experiment::icon::icon;
use crate::experiment::picture::kind;
use crate::experiment::samples::Samples;
use crate::experiment::scene::{Moving, Still};
use crate::experiment::windows::Windows;
use crate::experiment::{Experiment, View};
use crate::figure::compare::Case;
use crate::loss::torch::Loss;
use crate::plot::draw::INSET;
use crate::plot::icon::{Form, Frame, Icon, Ink, Shape, Style};
use crate::plot::{Curve, Mark, Palette, Scene, Stroke, Window, draw, draw_marks, scene::sample};

/// How much larger everything is than on the page.
const SCALE: u32 = 4;

/// How many xs the curve of a comparison is sampled at.
const SAMPLES: usize = 241;

/// What is drawn.
pub enum Art {
    Chart { scene: Scene, marks: Vec<Mark>, dots: Vec<Dot> },
    Icon(&'static Loss),
}

/// A point on a curve.
pub struct Dot {
    pub at: (f64, f64),
    colour: RGBColor,
    hollow: bool,
}

impl Art {
    /// The worked example's chart, or the picture that the loss opens with.
    pub fn of_loss(loss: &'static Loss) -> Self {
        let example = example(loss);
        if kind(&example).is_some() {
            return Self::Icon(loss);
        }
        let experiment = Experiment { view: Some(View::Curve), ..example };
        let windows = Windows::of(&experiment, None);
        let samples = Samples::take(&experiment.held(), &windows.loss);
        let (still, moving) = (Still::of(&samples, &windows), Moving::of(&samples, &experiment, None));
        let dot = Dot { at: moving.point, colour: Palette::LIGHT.prediction, hollow: false };
        Self::Chart { scene: still.loss, marks: moving.loss, dots: vec![dot] }
    }

    /// The loss of both sides along the first dial.
    pub fn of_case(case: &Case) -> Self {
        let Some(dial) = case.dials.first() else { return Self::blank() };
        let losses = |x: f64| {
            let dials: Vec<f64> =
                std::iter::once(x).chain(case.dials.iter().skip(1).map(|it| it.first)).collect();
            (case.sides)(&dials).map(|it| it.answer().loss)
        };
        let across = (dial.from, dial.to);
        let steps = ((dial.to - dial.from) / dial.step).round() as usize + 1;
        let xs = sample(&Window::new(across, (0.0, 1.0)), SAMPLES.min(steps), []);
        let lines: Vec<[f64; 2]> = xs.iter().map(|x| losses(*x)).collect();
        let curve = |place: usize, stroke: Stroke| {
            let height = |it: &[f64; 2]| it.get(place).copied().unwrap_or(f64::NAN);
            Curve { points: xs.iter().copied().zip(lines.iter().map(height)).collect(), stroke }
        };
        let window = Window::fitted(across, lines.iter().flatten().copied(), f64::NAN);
        let curves = vec![curve(1, Stroke::Overlay), curve(0, Stroke::Loss)];
        let [first, second] = losses(dial.first);
        let dots = vec![
            Dot { at: (dial.first, second), colour: Palette::LIGHT.quiet, hollow: true },
            Dot { at: (dial.first, first), colour: Palette::LIGHT.loss, hollow: false },
        ];
        Self::Chart { scene: Scene { window, marks: Vec::new(), curves }, marks: Vec::new(), dots }
    }

    fn blank() -> Self {
        let scene =
            Scene { window: Window::new((0.0, 1.0), (0.0, 1.0)), marks: Vec::new(), curves: Vec::new() };
        Self::Chart { scene, marks: Vec::new(), dots: Vec::new() }
    }

    /// Draws it on a white part of the sheet.
    ///
    /// # Errors
    /// What plotters says.
    pub fn draw(&self, sheet: &mut Sheet, place: Area) -> Result<(), String> {
        match self {
            Self::Chart { scene, marks, dots } => {
                let (palette, unit) = (Palette::LIGHT, K * SCALE);
                let area = sheet.part(place).into_drawing_area();
                draw(&area, scene, &palette, unit).map_err(|it| it.to_string())?;
                draw_marks(&area, &scene.window, marks, &palette, unit).map_err(|it| it.to_string())?;
                drop(area);
                dots.iter().for_each(|it| it.draw(sheet, &scene.window, place));
            }
            Self::Icon(loss) => {
                let (place, scale) = (place.within(16.0), SCALE as f32);
                let frame =
                    Frame { width: f64::from(place.width / scale), height: f64::from(place.height / scale) };
                let Icon { shapes } = icon(loss, frame);
                shapes.iter().for_each(|it| shape(sheet, it, place, scale));
            }
        }
        Ok(())
    }
}

impl Dot {
    fn draw(&self, sheet: &mut Sheet, window: &Window, place: Area) {
        let inset = (INSET * SCALE) as f32;
        let (across, down) = (window.across(self.at.0), window.down(self.at.1));
        if !(0.0..=1.0).contains(&across) || !(0.0..=1.0).contains(&down) {
            return;
        }
        let at = (
            place.left + inset + across as f32 * (place.width - 2.0 * inset),
            place.top + inset + down as f32 * (place.height - 2.0 * inset),
        );
        let white = Palette::LIGHT.surface;
        let (inner, ring) = if self.hollow { (white, self.colour) } else { (self.colour, white) };
        for (radius, colour) in [(22.0, ring), (16.0, inner)] {
            if let Some(circle) = sheet::circle(at, radius) {
                sheet.fill(&circle, colour, 1.0);
            }
        }
    }
}

/// A shape as the style sheet of the cards draws it, larger.
fn shape(sheet: &mut Sheet, shape: &Shape, place: Area, scale: f32) {
    let at = |(x, y): (f64, f64)| (place.left + x as f32 * scale, place.top + y as f32 * scale);
    let path = match &shape.form {
        Form::Path(points) => sheet::path(points.iter().copied().map(at), false),
        Form::Area(points) => sheet::path(points.iter().copied().map(at), true),
        Form::Circle { centre, radius } => sheet::circle(at(*centre), *radius as f32 * scale),
    };
    let Some(path) = path else { return };
    let colour = colour(shape.ink);
    match shape.style {
        Style::Line => sheet.line(&path, colour, 1.0, 2.2 * scale, None),
        Style::Thin => sheet.line(&path, colour, 1.0, 1.2 * scale, None),
        Style::Dashed => sheet.line(&path, colour, 1.0, 1.5 * scale, Some(3.5 * scale)),
        Style::Fill => sheet.fill(&path, colour, 1.0),
        Style::Wash => sheet.fill(&path, colour, 0.22),
    }
}

fn colour(ink: Ink) -> RGBColor {
    let palette = Palette::LIGHT;
    match ink {
        Ink::Loss => palette.loss,
        Ink::Gradient => palette.gradient,
        Ink::Prediction => palette.prediction,
        Ink::Target => palette.target,
        Ink::Quiet => palette.quiet,
        Ink::Axis => palette.axis,
        Ink::Surface => palette.surface,
    }
}
