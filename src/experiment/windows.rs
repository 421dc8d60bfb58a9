//! Which part of the plane the charts show. It stands still during a gesture.

use super::range::along;
use super::samples::Samples;
use super::{Experiment, View, address};
use crate::loss::numeric::sort;
use crate::plot::Window;

/// Within this middle part of the window the chosen element may wander without the window following.
const MIDDLE: f64 = 0.84;

/// The windows of both charts, which share their x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Windows {
    /// The window of the loss.
    pub loss: Window,
    /// The window of the gradient.
    pub gradient: Window,
}

impl Windows {
    /// The windows of a state at rest. The last ones stay while the point is well inside them.
    pub fn of(experiment: &Experiment, last: Option<(&Experiment, Self)>) -> Self {
        let x = experiment.x().unwrap_or(0.0);
        let kept = last.filter(|(before, windows)| {
            let same = before.loss == experiment.loss
                && before.at == experiment.at
                && before.view == experiment.view;
            same && before.unit == experiment.unit && holds(experiment, &windows.loss, x, MIDDLE)
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
        let example = address::example(experiment.loss);
        let x = experiment.x()?;
        let loss = Window::new((from, to), (bottom, top));
        let fits = experiment.at == example.at && experiment.view != Some(View::Batch);
        let unchanged = experiment.args == example.args
            && experiment.with_number(experiment.at, 0.0).inputs
                == example.with_number(example.at, 0.0).inputs;
        (fits && unchanged && holds(experiment, &loss, x, MIDDLE + 0.1))
            .then(|| Self { loss, gradient: gradient_window(experiment, (from, to)) })
    }

    fn fitted(experiment: &Experiment) -> Self {
        let x = along(experiment);
        let frame = Window::new(x, (0.0, 1.0));
        let samples = Samples::take(experiment, &frame);
        let (now, _) = samples.now(experiment);
        let losses = samples.shown.losses.iter().copied();
        Self { loss: Window::fitted(x, losses, now), gradient: gradient_window(experiment, x) }
    }

    /// Whether the dot and the lowest part of the curve lie within.
    fn shows(&self, experiment: &Experiment) -> bool {
        let samples = Samples::take(experiment, &self.loss);
        let (now, _) = samples.now(experiment);
        let low = samples.shown.losses.iter().copied().fold(f64::INFINITY, f64::min);
        let (bottom, top) = self.loss.y();
        (bottom..=top).contains(&now) && (bottom..top).contains(&low)
    }
}

/// Whether an x lies well inside. An edge that PyTorch accepts nothing beyond is no reason to move on.
fn holds(experiment: &Experiment, window: &Window, x: f64, share: f64) -> bool {
    let bounds = experiment.domain(experiment.at.input).bounds();
    let (across, room) = (window.across(x), 0.5 - share / 2.0);
    let left = if window.x().0 <= bounds.0 { 0.0 } else { room };
    let right = if window.x().1 >= bounds.1 { 0.0 } else { room };
    (left..=1.0 - right).contains(&across)
}

/// Windows on their way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glide {
    from: Windows,
    to: Windows,
    /// What is shown now.
    pub shown: Windows,
}

impl Glide {
    /// Where the windows are when a leap to `to` has come as far as `settled`, from 0 to 1.
    pub fn on(last: Option<&Self>, to: Windows, settled: f64) -> Self {
        let from = last.map_or(to, |it| if it.to == to { it.from } else { it.shown });
        if settled >= 1.0 {
            return Self { from: to, to, shown: to };
        }
        // Quick at first.
        let share = 1.0 - (1.0 - settled).powi(3);
        let mix = |from: (f64, f64), to: (f64, f64)| {
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let between = |from: Window, to: Window| Window::new(mix(from.x(), to.x()), mix(from.y(), to.y()));
        let shown =
            Windows { loss: between(from.loss, to.loss), gradient: between(from.gradient, to.gradient) };
        Self { from, to, shown }
    }
}

fn gradient_window(experiment: &Experiment, x: (f64, f64)) -> Window {
    let samples = Samples::take(experiment, &Window::new(x, (0.0, 1.0)));
    let (_, now) = samples.now(experiment);
    let slopes: Vec<f64> = samples.shown.slopes.iter().copied().filter(|it| it.is_finite()).collect();
    let mut sizes: Vec<f64> = slopes.iter().map(|it| it.abs()).collect();
    sort(&mut sizes);
    let bulk = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(1.0).max(now.abs().min(f64::MAX) * 1.2);
    let (low, high) = slopes.iter().fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
    let bulk = if bulk > 0.0 { bulk } else { 1.0 };
    let room = bulk * 0.25;
    Window::new(x, (low.max(-bulk) - room, high.min(bulk) + room))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(left: f64) -> Windows {
        let window = Window::new((left, left + 4.0), (0.0, 8.0));
        Windows { loss: window, gradient: window }
    }

    #[test]
    fn windows_glide_from_what_is_shown_and_arrive() {
        let rest = Glide::on(None, windows(0.0), 1.0);
        let begun = Glide::on(Some(&rest), windows(8.0), 0.0);
        assert_eq!(begun.shown, windows(0.0));
        // Half of the time, seven eighths of the way: 1 − (1 − ½)³.
        let half = Glide::on(Some(&begun), windows(8.0), 0.5);
        assert_eq!(half.shown, windows(7.0));
        let turned = Glide::on(Some(&half), windows(0.0), 0.0);
        assert_eq!(turned.shown, windows(7.0));
        assert_eq!(Glide::on(Some(&turned), windows(0.0), 1.0).shown, windows(0.0));
        // Without a leap they stand where they belong at once.
        assert_eq!(Glide::on(Some(&rest), windows(8.0), 1.0).shown, windows(8.0));
    }
}
