//! From an experiment to its two charts: the loss along the chosen element, and under it the gradient. A drag moves a
//! few marks and no curve, so the two are apart.

use super::curve::Curve as Sampled;
use super::samples::Samples;
use super::windows::Windows;
use super::{Experiment, View};
use crate::loss::marks::Best;
use crate::plot::scene::broken_at;
use crate::plot::{Curve, Mark, Scene, Stroke, Window};

/// What both charts show as long as the chosen element alone moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Still {
    /// The chart of the loss.
    pub loss: Scene,
    /// The chart of the gradient.
    pub gradient: Scene,
    /// Where the overlay ends at the right, and what names it there.
    pub overlay: Option<(f64, f64)>,
}

/// What moves over both charts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moving {
    /// The dot: the chosen element and the height of the curve there.
    pub point: (f64, f64),
    /// The slope of the curve shown; `None` where PyTorch gives no gradient, or it is not this curve's slope.
    pub slope: Option<f64>,
    /// The marks over the loss.
    pub loss: Vec<Mark>,
    /// The marks over the gradient.
    pub gradient: Vec<Mark>,
}

impl Still {
    /// The charts of curves that were sampled in these windows.
    pub fn of(samples: &Samples, windows: &Windows) -> Self {
        let jumps: Vec<f64> = samples.marks.kinks.iter().filter(|it| it.jump).map(|it| it.x).collect();
        let mut loss = Scene { window: windows.loss, marks: marks(samples), curves: Vec::new() };
        let mut gradient = Scene { window: windows.gradient, marks: Vec::new(), curves: Vec::new() };
        if let Some(compared) = &samples.overlay {
            loss.curves.push(Curve { points: heights(compared), stroke: Stroke::Overlay });
            gradient.curves.push(Curve { points: slopes(compared), stroke: Stroke::Overlay });
        }
        let overlay = loss.curves.first().and_then(|it| label_point(&it.points, &windows.loss));
        loss.curves.push(Curve { points: heights(&samples.shown), stroke: Stroke::Loss });
        let broken = broken_at(slopes(&samples.shown), &jumps);
        gradient.curves.push(Curve { points: broken, stroke: Stroke::Gradient });
        Self { loss, gradient, overlay }
    }
}

impl Moving {
    /// Where the chosen element is on the curves sampled; `ghost` is where the gesture under way began.
    pub fn of(samples: &Samples, experiment: &Experiment, ghost: Option<&Experiment>) -> Self {
        let x = experiment.x().unwrap_or(f64::NAN);
        let (height, slope) = samples.now(experiment);
        let slope = Some(slope).filter(|it| !it.is_nan());
        let mut loss = vec![Mark::Drop { x, y: height }];
        loss.extend(slope.map(|slope| Mark::Tangent { x, y: height, slope }));
        if let Some(before) = ghost.and_then(Experiment::x).filter(|it| *it != x) {
            loss.push(Mark::Ghost { x: before, y: samples.at(experiment, before).0 });
        }
        let gradient = vec![Mark::Drop { x, y: slope.unwrap_or(f64::NAN) }];
        Self { point: (x, height), slope, loss, gradient }
    }
}

/// What the height of the curve is, given the name of the element that moves.
pub fn height_name(view: View, element: &str) -> String {
    match view {
        View::Batch => format!("loss of the whole batch, as {element} moves; grey: the others"),
        View::Curve | View::Picture => format!("loss ℓ of this element alone, as {element} moves"),
    }
}

fn heights(curve: &Sampled) -> Vec<(f64, f64)> {
    curve.xs.iter().copied().zip(curve.losses.iter().copied()).collect()
}

fn slopes(curve: &Sampled) -> Vec<(f64, f64)> {
    curve.xs.iter().copied().zip(curve.slopes.iter().copied()).collect()
}

fn marks(samples: &Samples) -> Vec<Mark> {
    let height = |x: f64| {
        let place = samples.shown.xs.iter().position(|it| *it == x)?;
        samples.shown.losses.get(place).copied()
    };
    let mut marks: Vec<Mark> = samples
        .marks
        .kinks
        .iter()
        .filter_map(|kink| Some(Mark::Kink { x: kink.x, y: height(kink.x)? }))
        .collect();
    match samples.marks.best {
        Best::Point(x) => marks.push(Mark::Best { x }),
        Best::Between(from, to) => marks.push(Mark::BestBetween { from, to }),
        Best::Lowest => marks.push(Mark::BestBeyond { above: false }),
        Best::Highest => marks.push(Mark::BestBeyond { above: true }),
        Best::Unknown => {}
    }
    let scaled = |y: f64| samples.share.map_or(y, |it| it.others + it.share * y);
    marks.extend(samples.marks.floor.map(|y| Mark::Level { y: scaled(y) }));
    marks.extend(samples.share.map(|it| Mark::Others { y: it.others }));
    marks
}

/// Where a curve's name stands: the last of its points that is well inside.
fn label_point(points: &[(f64, f64)], window: &Window) -> Option<(f64, f64)> {
    let inside = |&&(x, y): &&(f64, f64)| {
        (0.04..0.94).contains(&window.across(x)) && (0.06..0.9).contains(&window.down(y))
    };
    points.iter().rev().find(inside).copied()
}
