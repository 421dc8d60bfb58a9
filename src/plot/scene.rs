//! What a chart shows, as plain data.

use super::Window;
use crate::loss::numeric::sort;

/// What a line stands for, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The loss.
    Loss,
    /// Its gradient.
    Gradient,
    /// What either is compared with: grey and dashed.
    Overlay,
}

/// A line through points. A point that is not finite breaks it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// In the order of x.
    pub points: Vec<(f64, f64)>,
    /// What it stands for.
    pub stroke: Stroke,
}

/// What else is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// The tangent at a point of the curve.
    Tangent {
        /// Its x.
        x: f64,
        /// Its y.
        y: f64,
        /// Its slope.
        slope: f64,
    },
    /// From a point down to the axis.
    Drop {
        /// Its x.
        x: f64,
        /// Its y.
        y: f64,
    },
    /// The best value: a dashed line upwards.
    Best {
        /// Its x.
        x: f64,
    },
    /// Best anywhere between two values: a bar on the axis.
    BestBetween {
        /// The least of them.
        from: f64,
        /// The greatest of them.
        to: f64,
    },
    /// The lower the better, or the higher: an arrow at the edge.
    BestBeyond {
        /// Whether it is the upper edge.
        above: bool,
    },
    /// A bend of the curve.
    Kink {
        /// Its x.
        x: f64,
        /// Its y.
        y: f64,
    },
    /// A level that the curve nears or that one compares it with: dashed.
    Level {
        /// Its y.
        y: f64,
    },
    /// What the rest of the batch adds: a band from the axis up.
    Others {
        /// Its y.
        y: f64,
    },
    /// Where a gesture began: a hollow ring.
    Ghost {
        /// Its x.
        x: f64,
        /// Its y.
        y: f64,
    },
}

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What of the plane is shown.
    pub window: Window,
    /// What is drawn beside the curves.
    pub marks: Vec<Mark>,
    /// Drawn one over the other, the first lowest.
    pub curves: Vec<Curve>,
}

/// Evenly spaced xs with some more in between, so that corners are sharp and gaps are at their place.
pub fn sample(window: &Window, count: usize, more: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let (from, to) = window.x();
    let last = count.saturating_sub(1).max(1) as f64;
    let mut xs: Vec<f64> = (0..count).map(|it| from + (to - from) * it as f64 / last).collect();
    xs.extend(more.into_iter().filter(|it| (from..=to).contains(it)));
    sort(&mut xs);
    xs.dedup();
    xs
}

/// Breaks a line at the xs where it jumps: a jump is a gap, not a slope.
pub fn broken_at(points: impl IntoIterator<Item = (f64, f64)>, jumps: &[f64]) -> Vec<(f64, f64)> {
    points.into_iter().map(|(x, y)| if jumps.contains(&x) { (x, f64::NAN) } else { (x, y) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_is_among_the_samples() {
        let window = Window::new((0.0, 1.0), (0.0, 1.0));
        let xs = sample(&window, 5, [0.3, 7.0, f64::NAN]);
        assert_eq!(xs, [0.0, 0.25, 0.3, 0.5, 0.75, 1.0]);
    }
}
