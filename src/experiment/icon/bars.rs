//! Pictures that are made of bars and cells: probabilities of classes, and of counts.

use super::{chosen, number};
use crate::experiment::Experiment;
use crate::experiment::picture::sigmoids::sigmoids;
use crate::loss::numeric::softmax;
use crate::plot::icon::{Frame, Icon, Ink, Style};

/// The probability of each count under the rate predicted; the count that was seen is green.
pub fn counts(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    // PyTorch takes the rate's logarithm unless it is told otherwise.
    let (log_rate, seen) = (number(&unit, 0)?, number(&unit, 1)?);
    if !(0.0..=40.0).contains(&seen) {
        return None;
    }
    let seen = seen.round() as usize;
    let mut chance = (-log_rate.exp()).exp();
    let mut chances = Vec::new();
    for count in 0..seen + 3 {
        chances.push(chance);
        chance *= log_rate.exp() / (count + 1) as f64;
    }
    // In a menu there is room for every second bar, that of the count seen among them.
    let stride = frame.either(2.0, 1.0) as usize;
    let shown: Vec<f64> = chances.iter().copied().skip(seen % stride).step_by(stride).collect();
    let ink = |place: usize| if place == seen / stride { Ink::Target } else { Ink::Prediction };
    let mut icon = Icon::default();
    row(&mut icon, frame, &shown, shown.iter().copied().fold(0.0, f64::max), ink);
    Some(icon)
}

/// The probabilities of one row of scores. The true class is green, and what it lacks hangs above it.
pub fn bars(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let chances = softmax(&unit.inputs.first()?.floats());
    let class = usize::try_from(*unit.inputs.get(1)?.ints()?.first()?).ok()?;
    let mut icon = Icon::default();
    let ink = |place: usize| if place == class { Ink::Target } else { Ink::Prediction };
    row(&mut icon, frame, &chances, 1.0, ink);
    let (left, right) = column(frame, chances.len(), class);
    let middle = (left + right) / 2.0;
    let top = frame.height - chances.get(class)? * frame.height;
    let lack = [(middle, 0.0), (middle, (top - frame.either(1.0, 3.0)).max(0.0))];
    icon.path(lack, Ink::Loss, Style::Line);
    Some(icon)
}

/// The probability of each class of a row by itself; a true one is green, and should fill its frame.
pub fn wells(example: &Experiment, frame: Frame) -> Option<Icon> {
    let shown = sigmoids(example);
    let is_true = |place: usize| shown.truth.get(place).is_some_and(|it| *it > 0.5);
    let mut icon = Icon::default();
    for place in (0..shown.p.len()).filter(|it| is_true(*it)) {
        let (left, right) = column(frame, shown.p.len(), place);
        icon.rectangle((left, 0.0), (right, frame.height), Ink::Target, Style::Thin);
    }
    let ink = |place: usize| if is_true(place) { Ink::Target } else { Ink::Prediction };
    row(&mut icon, frame, &shown.p, 1.0, ink);
    Some(icon).filter(|it| !it.shapes.is_empty())
}

/// Which entries of a matrix the labels pick out.
pub fn cells(example: &Experiment, frame: Frame) -> Option<Icon> {
    let [rows, columns] = example.inputs.first()?.shape() else { return None };
    let labels = example.inputs.get(1)?.ints()?;
    let gap = frame.either(1.0, 3.0);
    let height = (frame.height + gap) / (*rows).max(1) as f64;
    let width = ((frame.width + gap) / (*columns).max(1) as f64).min(height * frame.either(1.4, 1.9));
    let start = (frame.width + gap - width * *columns as f64) / 2.0;
    let mut icon = Icon::default();
    for (place, label) in labels.iter().enumerate().take(*rows) {
        for column in 0..*columns {
            let (x, y) = (start + width * column as f64, height * place as f64);
            let lit = usize::try_from(*label).is_ok_and(|it| it == column);
            let (ink, style) = if lit { (Ink::Target, Style::Fill) } else { (Ink::Prediction, Style::Wash) };
            icon.rectangle((x, y), (x + width - gap, y + height - gap), ink, style);
        }
    }
    Some(icon)
}

/// The distribution predicted as an area, the one that holds as an outline.
pub fn outlines(example: &Experiment, frame: Frame) -> Option<Icon> {
    let tensor = example.inputs.first()?;
    let width = tensor.shape().last().copied().filter(|it| *it > 0)?;
    let line = example.at.place / width;
    let predicted = tensor.floats().chunks(width).nth(line)?.iter().map(|it| it.exp()).collect::<Vec<_>>();
    let held = example.inputs.get(1)?.floats().chunks(width).nth(line)?.to_vec();
    let most = predicted.iter().chain(&held).copied().fold(0.0, f64::max);
    let mut icon = Icon::default();
    icon.area(steps(frame, &predicted, most), Ink::Prediction, Style::Wash);
    icon.path(steps(frame, &predicted, most), Ink::Prediction, Style::Thin);
    icon.path(steps(frame, &held, most), Ink::Target, Style::Line);
    Some(icon)
}

/// A staircase from the floor over each value and down to the floor.
fn steps(frame: Frame, values: &[f64], most: f64) -> Vec<(f64, f64)> {
    let inset = frame.either(1.0, 3.0);
    let floor = frame.height - inset;
    let width = (frame.width - 2.0 * inset) / values.len().max(1) as f64;
    let x = |place: usize| inset + width * place as f64;
    let mut points = vec![(x(0), floor)];
    for (place, value) in values.iter().enumerate() {
        let y = floor - value / most * (floor - inset);
        points.extend([(x(place), y), (x(place + 1), y)]);
    }
    points.push((x(values.len()), floor));
    points
}

/// A row of bars that stand on the floor; `most` has the whole height.
fn row(icon: &mut Icon, frame: Frame, values: &[f64], most: f64, ink: impl Fn(usize) -> Ink) {
    for (place, value) in values.iter().enumerate() {
        let (left, right) = column(frame, values.len(), place);
        // A bar of nothing is still a bar.
        let height = (value / most * frame.height).clamp(1.0, frame.height);
        let style = if ink(place) == Ink::Target { Style::Fill } else { Style::Wash };
        icon.rectangle((left, frame.height - height), (right, frame.height), ink(place), style);
    }
}

/// The left and right edge of a bar: wide enough to see, and not so wide that three of them make a wall.
fn column(frame: Frame, count: usize, place: usize) -> (f64, f64) {
    let count = count.max(1) as f64;
    let width = (frame.width / count).min(frame.height * 0.55);
    let start = (frame.width - width * count) / 2.0 + width * place as f64;
    let gap = (width * 0.12).max(0.5);
    (start + gap, start + width - gap)
}
