//! What each element of a batch costs, beside what it would cost if nothing were turned down.

use crate::experiment::{At, Experiment, Overlay, address};
use crate::loss::tensor::Tensor;
use crate::plot::scene::sample;
use crate::plot::{Curve, Scene, Stroke, Window};

/// Points of a curve.
const COUNT: usize = 161;

/// The most targets that have a curve of their own.
const MOST: usize = 4;

/// One element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot {
    /// Its score.
    pub x: f64,
    /// What it costs under the comparison.
    pub plain: f64,
    /// What it costs.
    pub loss: f64,
}

impl Dot {
    /// What is left of its loss.
    pub fn left(&self) -> f64 {
        self.loss / self.plain
    }
}

/// What nothing is turned down in: the first comparison that the loss offers.
pub fn compared(experiment: &Experiment) -> Option<Overlay> {
    address::overlay(experiment.loss, experiment.loss.spec.example.overlays.first()?)
}

/// Every element of a batch that the loss takes.
pub fn dots(experiment: &Experiment) -> Vec<Dot> {
    let values = |it: &Experiment| it.evaluate().map(|it| it.units.values).unwrap_or_default();
    let plain = compared(experiment).map(|it| values(&it.apply(experiment))).unwrap_or_default();
    let scores = experiment.inputs.first().map_or_else(Vec::new, |it| it.floats().into_owned());
    let all = scores.into_iter().zip(plain).zip(values(experiment));
    all.map(|((x, plain), loss)| Dot { x, plain, loss }).collect()
}

/// The same state for all scores: what the curves follow from.
pub fn held(experiment: &Experiment) -> Experiment {
    let mut held = experiment.clone();
    if let Some(scores) = held.inputs.first_mut() {
        *scores = Tensor::zeros_in(None, scores.shape());
    }
    held
}

/// What the picture spans at rest: all scores, and what they would cost.
pub fn window(experiment: &Experiment) -> Window {
    let dots = dots(experiment);
    let most = |of: fn(&Dot) -> f64, least: f64| {
        dots.iter().map(of).filter(|it| it.is_finite()).fold(least, f64::max)
    };
    let reach = (most(|it| it.x.abs(), 4.0) * 1.5).ceil();
    Window::new((-reach, reach), (0.0, most(|it| it.plain, 0.5) * 1.4))
}

/// For each target of the batch, once, the place of an element that has it.
fn targets(experiment: &Experiment) -> Vec<(usize, f64)> {
    let mut found: Vec<(usize, f64)> = Vec::new();
    let targets = experiment.inputs.get(1).map_or_else(Vec::new, |it| it.floats().into_owned());
    for (place, target) in targets.into_iter().enumerate() {
        if found.len() < MOST && !found.iter().any(|it| it.1 == target) {
            found.push((place, target));
        }
    }
    found
}

/// For each target the two curves; where no element has it, none.
pub fn scene(experiment: &Experiment, window: Window) -> Scene {
    let xs = sample(&window, COUNT, []);
    let compared = compared(experiment);
    let mut curves = Vec::new();
    for (place, _) in targets(experiment) {
        let one = Experiment { at: At { input: 0, place }, ..experiment.clone() };
        let mut add = |overlay: Option<&Overlay>, stroke: Stroke| {
            let losses = one.curve(&xs, overlay).unwrap_or_default().losses;
            curves.push(Curve { points: xs.iter().copied().zip(losses).collect(), stroke });
        };
        if let Some(compared) = &compared {
            add(Some(compared), Stroke::Overlay);
        }
        add(None, Stroke::Loss);
    }
    Scene { window, marks: Vec::new(), curves }
}

/// What names a curve, and where, as shares of the picture's size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// From the left.
    pub across: f64,
    /// From the top.
    pub down: f64,
    /// The target that the curve is of.
    pub target: f64,
}

/// The target of each pair of curves, beside the highest point of the lower one that is well inside.
pub fn labels(experiment: &Experiment, window: Window) -> Vec<Label> {
    let curves = scene(experiment, window).curves;
    let lower = curves.iter().filter(|it| it.stroke == Stroke::Loss);
    let label = |(curve, (_, target)): (&Curve, (usize, f64))| {
        let places = curve.points.iter().map(|(x, y)| (window.across(*x), window.down(*y)));
        let inside = places.filter(|(x, y)| (0.14..0.86).contains(x) && (0.08..0.9).contains(y));
        let (across, down) = inside.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Label { across, down, target })
    };
    lower.zip(targets(experiment)).filter_map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::picture::{Kind, kind};
    use crate::loss::torch::LOSSES;

    /// By hand: what stands before (1 − p)² of a score of −3 whose target is 0 is 0.0474².
    #[test]
    fn what_is_easy_is_turned_down() {
        let example = LOSSES.iter().map(address::example).find(|it| kind(it) == Some(Kind::Focus));
        let example = example.unwrap();
        let dots = dots(&example);
        assert!((dots[0].left() - 0.0474_f64.powi(2)).abs() < 1e-5, "{}", dots[0].left());
        let scene = scene(&held(&example), window(&example));
        // Yes and no, each with its comparison.
        assert_eq!(scene.curves.len(), 4);
    }
}
