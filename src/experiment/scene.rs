//! From an experiment to its two charts: the loss along the chosen element, and under it the gradient.

use super::curve::Share;
use super::range::along;
use super::{Experiment, View, curve};
use crate::loss::marks::{Best, Marks};
use crate::plot::scene::{broken_at, sample};
use crate::plot::{Curve, Mark, Scene, Stroke, Window};

/// Points of each curve.
const SAMPLES: usize = 400;

/// Within this middle part of the window the chosen element may wander without the window following.
const MIDDLE: f64 = 0.84;

/// The windows of both charts, which share their x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Windows {
    pub loss: Window,
    pub gradient: Window,
}

/// Both charts of one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenes {
    pub loss: Scene,
    pub gradient: Scene,
    /// The dot: the chosen element and the height of the curve there.
    pub point: (f64, f64),
    /// The slope of the curve shown; `None` where PyTorch gives no gradient, or it is not this curve's slope.
    pub slope: Option<f64>,
    /// Where the overlay ends at the right, and what names it there.
    pub overlay: Option<(f64, f64)>,
}

impl Windows {
    /// The windows of a state at rest. The last ones stay while the point is well inside them.
    pub fn of(experiment: &Experiment, last: Option<(&Experiment, Self)>) -> Self {
        let x = experiment.x().unwrap_or(0.0);
        let kept = last.filter(|(before, windows)| {
            let same = before.loss == experiment.loss
                && before.at == experiment.at
                && before.view == experiment.view;
            same && before.unit == experiment.unit && windows.loss.is_in_middle(x, MIDDLE)
        });
        if let Some((before, windows)) = kept {
            // Another argument or another batch may need another height; another place of the dot does not.
            let moved = before.with_number(before.at, x) == experiment.with_number(experiment.at, x);
            if moved || windows.shows(experiment) {
                return windows;
            }
        }
        Self::example(experiment).unwrap_or_else(|| Self::fitted(experiment))
    }

    /// The worked example's own window, while its element is the chosen one and lies well inside.
    fn example(experiment: &Experiment) -> Option<Self> {
        let [from, to, bottom, top] = experiment.loss.spec.example.window;
        let example = super::address::example(experiment.loss);
        let x = experiment.x()?;
        let loss = Window::new((from, to), (bottom, top));
        let fits = experiment.at == example.at && experiment.view != Some(View::Batch);
        let unchanged = experiment.args == example.args
            && experiment.with_number(experiment.at, 0.0).inputs
                == example.with_number(example.at, 0.0).inputs;
        (fits && unchanged && loss.is_in_middle(x, MIDDLE + 0.1))
            .then(|| Self { loss, gradient: gradient_window(experiment, (from, to)) })
    }

    fn fitted(experiment: &Experiment) -> Self {
        let x = along(experiment);
        let frame = Window::new(x, (0.0, 1.0));
        let samples = Samples::take(experiment, &frame);
        let now = samples.shown.losses.get(samples.now).copied().unwrap_or(f64::NAN);
        let losses = samples.shown.losses.iter().copied();
        Self { loss: Window::fitted(x, losses, now), gradient: gradient_window(experiment, x) }
    }

    /// Whether the dot and the lowest part of the curve lie within.
    fn shows(&self, experiment: &Experiment) -> bool {
        let samples = Samples::take(experiment, &self.loss);
        let now = samples.shown.losses.get(samples.now).copied().unwrap_or(f64::NAN);
        let low = samples.shown.losses.iter().copied().fold(f64::INFINITY, f64::min);
        let (bottom, top) = self.loss.y();
        (bottom..=top).contains(&now) && (bottom..top).contains(&low)
    }
}

fn gradient_window(experiment: &Experiment, x: (f64, f64)) -> Window {
    let samples = Samples::take(experiment, &Window::new(x, (0.0, 1.0)));
    let now = samples.shown.slopes.get(samples.now).copied().unwrap_or(f64::NAN);
    let slopes: Vec<f64> = samples.shown.slopes.iter().copied().filter(|it| it.is_finite()).collect();
    let mut sizes: Vec<f64> = slopes.iter().map(|it| it.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let bulk = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(1.0).max(now.abs().min(f64::MAX) * 1.2);
    let (low, high) = slopes.iter().fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
    let room = bulk.max(1e-12) * 0.25;
    Window::new(x, (low.max(-bulk) - room, high.min(bulk) + room))
}

/// The sampled curve of one state at the scale shown.
struct Samples {
    shown: curve::Curve,
    /// The place of the chosen element's own x among the samples.
    now: usize,
    marks: Marks,
    share: Option<Share>,
}

impl Samples {
    fn take(experiment: &Experiment, window: &Window) -> Self {
        let marks = experiment.marks();
        let x = experiment.x().unwrap_or(f64::NAN);
        let best = match marks.best {
            Best::Point(x) => Some(x),
            _ => None,
        };
        let more = marks.kinks.iter().map(|it| it.x).chain(best);
        let mut xs = sample(window, SAMPLES, more);
        // The chosen element first: it may lie beyond the window.
        xs.insert(0, x);
        let whole = experiment.curve(&xs, None).unwrap_or_else(|_| experiment.curve_of_batch(&xs));
        let batch = experiment.view == Some(View::Batch);
        let share = batch.then(|| experiment.share(&experiment.evaluate().ok()?)).flatten();
        let shown = share.map_or_else(|| whole.clone(), |it| whole.in_batch(it));
        Self { shown, now: 0, marks, share }
    }

    fn points(&self, values: &[f64]) -> Vec<(f64, f64)> {
        self.shown.xs.iter().copied().zip(values.iter().copied()).skip(1).collect()
    }
}

impl Scenes {
    /// Both charts of a state in given windows; `ghost` is where the gesture under way began.
    pub fn of(experiment: &Experiment, windows: &Windows, ghost: Option<&Experiment>) -> Self {
        let samples = Samples::take(experiment, &windows.loss);
        let x = experiment.x().unwrap_or(f64::NAN);
        let at_x = |values: &[f64]| values.get(samples.now).copied().unwrap_or(f64::NAN);
        let point = (x, at_x(&samples.shown.losses));
        let slope = Some(at_x(&samples.shown.slopes)).filter(|it| !it.is_nan());
        let jumps: Vec<f64> = samples.marks.kinks.iter().filter(|it| it.jump).map(|it| it.x).collect();

        let mut loss = Scene { window: windows.loss, marks: marks(&samples), curves: Vec::new() };
        let mut gradient = Scene { window: windows.gradient, marks: Vec::new(), curves: Vec::new() };
        let mut overlay_end = None;
        if let Some(overlay) = &experiment.with
            && let Ok(compared) = experiment.curve(&samples.shown.xs, Some(overlay))
        {
            let compared = samples.share.map_or_else(|| compared.clone(), |it| compared.in_batch(it));
            let points = samples.points(&compared.losses);
            overlay_end = label_point(&points, &windows.loss);
            loss.curves.push(Curve { points, stroke: Stroke::Overlay });
            gradient.curves.push(Curve { points: samples.points(&compared.slopes), stroke: Stroke::Overlay });
        }
        loss.curves.push(Curve { points: samples.points(&samples.shown.losses), stroke: Stroke::Loss });
        let slopes = broken_at(samples.points(&samples.shown.slopes), &jumps);
        gradient.curves.push(Curve { points: slopes, stroke: Stroke::Gradient });

        loss.marks.push(Mark::Drop { x, y: point.1 });
        gradient.marks.push(Mark::Drop { x, y: slope.unwrap_or(f64::NAN) });
        loss.marks.extend(slope.map(|slope| Mark::Tangent { x, y: point.1, slope }));
        if let Some(before) = ghost.and_then(Experiment::x).filter(|it| *it != x)
            && let Ok(was) = experiment.curve(&[before], None)
        {
            let was = samples.share.map_or_else(|| was.clone(), |it| was.in_batch(it));
            loss.marks.extend(was.losses.first().map(|y| Mark::Ghost { x: before, y: *y }));
        }
        Self { loss, gradient, point, slope, overlay: overlay_end }
    }
}

fn marks(samples: &Samples) -> Vec<Mark> {
    let height = |x: f64| {
        let place = samples.shown.xs.iter().skip(1).position(|it| *it == x)?;
        samples.shown.losses.get(place + 1).copied()
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
