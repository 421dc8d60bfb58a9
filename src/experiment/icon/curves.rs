//! Pictures that are curves: the loss itself, sampled from the loss itself.

use super::{chosen, number};
use crate::experiment::picture::focus::compared;
use crate::experiment::{Experiment, Overlay};
use crate::loss::marks::Best;
use crate::loss::numeric::sigmoid;
use crate::plot::Window;
use crate::plot::icon::{Frame, Icon, Ink, Style};
use crate::plot::scene::{broken_at, sample};

/// How far the common scale of the errors reaches, in both directions.
const ERROR: f64 = 3.0;

/// The height of the common scale: a squared error leaves it, a plain one does not.
const HIGHEST: f64 = 3.2;

/// The loss by the error, on the scale that all such losses share, over its gradient.
pub fn error(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let marks = unit.marks();
    let Best::Point(middle) = marks.best else { return None };
    let lowest = frame.either(-0.2, -1.5);
    let window = Window::new((middle - ERROR, middle + ERROR), (lowest, HIGHEST));
    let mut icon = Icon::default();
    let curve = unit.curve(&samples(frame, &window, &unit), None).ok()?;
    if frame.is_roomy() {
        floor(&mut icon, frame, &window);
        let jumps: Vec<f64> = marks.kinks.iter().filter(|it| it.jump).map(|it| it.x).collect();
        let slopes = curve.xs.iter().copied().zip(curve.slopes.iter().copied());
        icon.line(frame, &window, broken_at(slopes, &jumps), Ink::Gradient, Style::Thin);
    }
    icon.line(frame, &window, curve.xs.into_iter().zip(curve.losses), Ink::Loss, Style::Line);
    if frame.is_roomy() {
        icon.diamond(frame.place(&window, (middle, 0.0)), 4.0, Ink::Target, Style::Fill);
    }
    Some(icon)
}

/// The loss by a probability, and what the other label makes of it.
pub fn probability(example: &Experiment, frame: Frame) -> Option<Icon> {
    mirrored(example, frame, Window::new((0.0, 1.0), (0.0, 3.5)), |label| 1.0 - label)
}

/// The loss by a score whose sign is the answer, and what the opposite label makes of it.
pub fn signs(example: &Experiment, frame: Frame) -> Option<Icon> {
    mirrored(example, frame, Window::new((-6.0, 6.0), (0.0, 6.0)), |label| -label)
}

fn mirrored(example: &Experiment, frame: Frame, window: Window, other: fn(f64) -> f64) -> Option<Icon> {
    let unit = chosen(example)?;
    let xs = samples(frame, &window, &unit);
    let other = unit.curve(&xs, Some(&Overlay::Label(other(number(&unit, 1)?)))).ok()?;
    let own = unit.curve(&xs, None).ok()?;
    let mut icon = Icon::default();
    floor(&mut icon, frame, &window);
    icon.line(frame, &window, xs.iter().copied().zip(other.losses), Ink::Quiet, Style::Dashed);
    icon.line(frame, &window, xs.iter().copied().zip(own.losses), Ink::Loss, Style::Line);
    Some(icon)
}

/// The loss by a score, over the probability that the score stands for, which has the whole height.
pub fn score(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let window = Window::new((-6.0, 6.0), (0.0, 6.0));
    let xs = samples(frame, &window, &unit);
    let own = unit.curve(&xs, None).ok()?;
    let mut icon = Icon::default();
    floor(&mut icon, frame, &window);
    let probabilities = xs.iter().map(|it| (*it, sigmoid(*it) * 6.0));
    icon.line(frame, &window, probabilities, Ink::Prediction, Style::Thin);
    icon.line(frame, &window, xs.iter().copied().zip(own.losses), Ink::Loss, Style::Line);
    Some(icon)
}

/// The loss by a score, and above it the same loss with nothing turned down.
pub fn focus(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let window = Window::new((-4.0, 4.0), (0.0, 1.1));
    let xs = samples(frame, &window, &unit);
    let compared = compared(example)?;
    let plain = unit.curve(&xs, Some(&compared)).ok()?;
    let own = unit.curve(&xs, None).ok()?;
    let mut icon = Icon::default();
    floor(&mut icon, frame, &window);
    icon.line(frame, &window, xs.iter().copied().zip(plain.losses), Ink::Quiet, Style::Dashed);
    icon.line(frame, &window, xs.iter().copied().zip(own.losses), Ink::Loss, Style::Line);
    if frame.is_roomy() {
        // How much one score is turned down.
        let at = |overlay| unit.curve(&[-0.5], overlay).ok()?.losses.first().map(|it| (-0.5, *it));
        let (low, high) = (at(None)?, at(Some(&compared))?);
        icon.line(frame, &window, [high, low], Ink::Loss, Style::Thin);
        icon.circle(frame.place(&window, low), 4.0, Ink::Prediction, Style::Fill);
    }
    Some(icon)
}

/// The bell that was predicted, the wide one that would have been right, and what came.
pub fn bells(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let (expected, came, variance) = (number(&unit, 0)?, number(&unit, 1)?, number(&unit, 2)?);
    let error = came - expected;
    let reach = error.abs() * 1.6;
    let window = Window::new((expected - reach, expected + reach), (-0.15, 1.1));
    let xs = sample(&window, frame.either(25.0, 61.0) as usize, [expected]);
    // Heights by the standard deviation's root: both are to be seen.
    let bell = |variance: f64| {
        let height = (0.25 / variance.sqrt()).sqrt().min(1.0);
        let at = move |x: f64| height * (-(x - expected) * (x - expected) / (2.0 * variance)).exp();
        xs.iter().map(move |it| (*it, at(*it))).collect::<Vec<_>>()
    };
    let mut icon = Icon::default();
    floor(&mut icon, frame, &window);
    icon.line(frame, &window, bell(error * error), Ink::Quiet, Style::Dashed);
    icon.line(frame, &window, bell(variance), Ink::Prediction, Style::Line);
    icon.diamond(frame.place(&window, (came, 0.0)), frame.either(2.5, 4.0), Ink::Target, Style::Fill);
    Some(icon)
}

/// The curve of the chart that the page opens with.
pub fn plain(example: &Experiment, frame: Frame) -> Icon {
    let [from, to, bottom, top] = example.loss.spec.example.window;
    let window = Window::new((from, to), (bottom, top));
    let mut icon = Icon::default();
    floor(&mut icon, frame, &window);
    let curve = example.curve(&samples(frame, &window, example), None).unwrap_or_default();
    icon.line(frame, &window, curve.xs.into_iter().zip(curve.losses), Ink::Loss, Style::Line);
    icon
}

/// As many xs as the frame can show, and those where the curve bends or is least.
fn samples(frame: Frame, window: &Window, unit: &Experiment) -> Vec<f64> {
    let marks = unit.marks();
    let best = match marks.best {
        Best::Point(x) => Some(x),
        _ => None,
    };
    sample(window, frame.either(25.0, 61.0) as usize, marks.kinks.iter().map(|it| it.x).chain(best))
}

/// The line where the loss is 0.
fn floor(icon: &mut Icon, frame: Frame, window: &Window) {
    let (from, to) = window.x();
    icon.line(frame, window, [(from, 0.0), (to, 0.0)], Ink::Axis, Style::Thin);
}
