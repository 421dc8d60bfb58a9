//! Two arrows from one point: the angle between them, and where nothing is left to pay.

use super::Row;
use super::plane::{ASPECT, Point};
use crate::experiment::Experiment;
use crate::loss::spec::Domain;
use crate::plot::Window;

/// Corners of an arc; pictures of a few pixels take each sixth.
const CORNERS: usize = 60;

/// One pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// Where the two arrows end.
    pub tips: [Point; 2],
    /// The cosine of the angle between them, as the loss computes it.
    pub cosine: f64,
    /// 1 for the same, −1 for different.
    pub label: f64,
    /// Up to this cosine a different pair costs nothing.
    pub margin: f64,
    /// Minus the gradient of the pair's own loss.
    pub pushes: [Point; 2],
    /// The pair's own loss.
    pub loss: f64,
}

/// The chosen pair, if the loss takes it.
pub fn pair(experiment: &Experiment) -> Option<Pair> {
    let row = Row::of(experiment);
    let spec = experiment.loss.spec;
    let tips = [0, 1].map(|input| point(&row.values(experiment, input)));
    let alone = experiment.unit(row.index)?;
    let sign = spec.inputs.iter().position(|it| it.domain == Domain::Sign)?;
    let answer = alone.evaluate().ok()?;
    let push = |input: usize| {
        let gradient = answer.grads.get(input).and_then(Option::as_ref);
        gradient.map_or([0.0; 2], |it| point(&it.floats()).map(|it| -it))
    };
    // As for the same meaning, the loss is 1 − cos, whatever the label says.
    let same = alone.with_number(crate::experiment::At { input: sign, place: 0 }, 1.0);
    Some(Pair {
        tips,
        cosine: 1.0 - same.evaluate().ok()?.units.values.first()?,
        label: alone.inputs.get(sign)?.get(0)?,
        margin: experiment.args.real(spec.param("margin")?).ok()?,
        pushes: [0, 1].map(push),
        loss: answer.units.values.first().copied()?,
    })
}

fn point(values: &[f64]) -> Point {
    [0, 1].map(|it| values.get(it).copied().unwrap_or(f64::NAN))
}

impl Pair {
    /// The angle in degrees; nothing where an arrow has no length.
    pub fn degrees(&self) -> Option<f64> {
        let [a, b] = self.directions()?;
        Some((b - a).to_degrees().abs())
    }

    /// The directions of both arrows in radians, at most half a turn apart.
    fn directions(&self) -> Option<[f64; 2]> {
        let [a, b] = self.tips;
        let long = |it: Point| it[0].hypot(it[1]) > 0.0 && it[0].hypot(it[1]).is_finite();
        if !long(a) || !long(b) {
            return None;
        }
        let (from, to) = (a[1].atan2(a[0]), b[1].atan2(b[0]));
        let half = std::f64::consts::PI;
        let turn = (to - from + 3.0 * half).rem_euclid(2.0 * half) - half;
        Some([from, from + turn])
    }

    /// The arc between the arrows, at that distance from where they start.
    pub fn arc(&self, radius: f64) -> Vec<Point> {
        self.directions().map_or_else(Vec::new, |[from, to]| arc(from, to, radius))
    }

    /// The middle of that arc.
    pub fn middle(&self, radius: f64) -> Point {
        let [from, to] = self.directions().unwrap_or([0.0; 2]);
        let angle = (from + to) / 2.0;
        [radius * angle.cos(), radius * angle.sin()]
    }

    /// Where the second arrow of a different pair may point for nothing, out to a distance; empty for the same meaning,
    /// and where no direction is free.
    pub fn free(&self, reach: f64) -> Vec<Point> {
        let Some([from, _]) = self.directions().filter(|_| self.label == -1.0 && self.margin >= -1.0) else {
            return Vec::new();
        };
        let sharp = self.margin.min(1.0).acos();
        let full = 2.0 * std::f64::consts::PI;
        std::iter::once([0.0; 2]).chain(arc(from + sharp, from + full - sharp, reach)).collect()
    }

    /// What the picture spans at rest: the last window while both arrows fit well into it.
    pub fn window(&self, last: Option<Window>) -> Window {
        // Names stand beyond the tips, and are wider than high.
        let need = |it: &Point| it[1].abs().max(it[0].abs() * 1.25 / ASPECT);
        let need = self.tips.iter().map(need).filter(|it| it.is_finite()).fold(0.0, f64::max).max(1e-6);
        let half = |it: &Window| it.y().1;
        let kept = last.filter(|it| (1.1..3.0).contains(&(half(it) / need)));
        kept.unwrap_or_else(|| {
            let half = need * 1.45;
            Window::new((-half * ASPECT, half * ASPECT), (-half, half))
        })
    }
}

fn arc(from: f64, to: f64, radius: f64) -> Vec<Point> {
    let corner = |k: usize| {
        let angle = from + (to - from) * k as f64 / CORNERS as f64;
        [radius * angle.cos(), radius * angle.sin()]
    };
    (0..=CORNERS).map(corner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second pair of the worked example: (2, 0) and (0.6, 0.8), cosine 0.6.
    fn different() -> Pair {
        Pair { tips: [[2.0, 0.0], [0.6, 0.8]], cosine: 0.6, label: -1.0, ..Pair::default() }
    }

    #[test]
    fn the_angle_is_that_of_the_cosine() {
        let pair = different();
        assert!((pair.degrees().unwrap().to_radians().cos() - 0.6).abs() < 1e-12);
        let arc = pair.arc(1.0);
        assert!((arc[0][0] - 1.0).abs() < 1e-12 && (arc[CORNERS][1] - 0.8).abs() < 1e-12);
        let across = Pair { tips: [[-1.0, 0.1], [-1.0, -0.1]], ..Pair::default() };
        assert!(across.degrees().unwrap() < 12.0, "the short way round");
        assert_eq!(Pair::default().degrees(), None);
    }

    #[test]
    fn different_meanings_are_free_from_the_margin_on() {
        let free = different().free(3.0);
        // A margin of 0 is a right angle, on both sides.
        assert!(free[1][0].abs() < 1e-12 && (free[1][1] - 3.0).abs() < 1e-12);
        assert!(free[free.len() - 1][0].abs() < 1e-12);
        assert!(Pair { label: 1.0, ..different() }.free(3.0).is_empty());
        assert!(Pair { margin: -1.5, ..different() }.free(3.0).is_empty());
    }

    #[test]
    fn the_window_waits_for_a_reason_to_move() {
        let window = different().window(None);
        assert!(window.y().1 > 0.8 && window.x().1 > 2.0);
        let turned = Pair { tips: [[2.0, 0.0], [0.0, 1.0]], ..different() };
        assert_eq!(turned.window(Some(window)), window);
        let long = Pair { tips: [[20.0, 0.0], [0.0, 1.0]], ..different() };
        assert_ne!(long.window(Some(window)), window);
    }
}
