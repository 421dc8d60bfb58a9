//! A line through points, as four losses draw it: what an outlier does to each.

use super::call;
use crate::experiment::Experiment;
use crate::experiment::number::show;
use crate::loss::numeric::sum;

/// A point of the scatter.
pub type Point = [f64; 2];

/// A line: its height at 0 and its slope.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// The height at x = 0.
    pub at_zero: f64,
    /// By how much it rises for each x.
    pub slope: f64,
}

/// What the points are before anybody moves one: a street of houses, 100 m² and $100k, the last a mansion.
pub const POINTS: [Point; 7] =
    [[1.0, 1.4], [2.0, 1.8], [3.0, 3.1], [4.0, 3.7], [5.0, 5.2], [6.0, 5.8], [7.0, 12.5]];

/// The losses that draw a line each.
pub const LOSSES: [&str; 4] = ["MSELoss", "L1Loss", "HuberLoss", "SmoothL1Loss"];

/// Steps that are always enough: each halves the distance or better.
const STEPS: usize = 400;

impl Line {
    /// The height at an x.
    pub fn at(self, x: f64) -> f64 {
        self.at_zero + self.slope * x
    }
}

/// What the bench shows of a line: its heights as predictions, the points as targets. `bend` is δ and β.
pub fn state(loss: &str, line: Line, points: &[Point], bend: f64) -> Experiment {
    let list =
        |of: &dyn Fn(&Point) -> f64| points.iter().map(|it| show(of(it))).collect::<Vec<_>>().join(",");
    let bend = match loss {
        "HuberLoss" => format!("&delta={}", show(bend)),
        "SmoothL1Loss" => format!("&beta={}", show(bend)),
        _ => String::new(),
    };
    let address = format!("/{loss}?input={}&target={}{bend}", list(&|it| line.at(it[0])), list(&|it| it[1]));
    call::state(&address)
}

/// The loss of a line, and the push on each of its heights: minus PyTorch's gradient.
pub fn pulls(state: &Experiment) -> (f64, Vec<f64>) {
    (call::loss(state), call::gradient(state).into_iter().map(|it| -it).collect())
}

/// The line of least loss.
pub fn fit(loss: &str, points: &[Point], bend: f64) -> Line {
    match loss {
        "MSELoss" => weighted(points, |_| 1.0),
        "L1Loss" => least_absolute(points),
        // β and δ bend at the same place, so both losses draw the same line.
        _ => huber(points, bend),
    }
}

/// Least squares with a weight for each point, in closed form.
fn weighted(points: &[Point], weight: impl Fn(usize) -> f64) -> Line {
    let add = |of: &dyn Fn(&Point) -> f64| {
        sum(&points.iter().enumerate().map(|(k, it)| weight(k) * of(it)).collect::<Vec<_>>())
    };
    let all = add(&|_| 1.0);
    let (x, y) = (add(&|it| it[0]) / all, add(&|it| it[1]) / all);
    let spread = add(&|it| (it[0] - x) * (it[0] - x));
    // Points above one another have no slope.
    let slope = if spread > 0.0 { add(&|it| (it[0] - x) * (it[1] - y)) / spread } else { 0.0 };
    Line { at_zero: y - slope * x, slope }
}

/// Among the lines of least absolute error there is always one through two of the points.
fn least_absolute(points: &[Point]) -> Line {
    let cost = |line: &Line| sum(&points.iter().map(|it| (line.at(it[0]) - it[1]).abs()).collect::<Vec<_>>());
    let pairs = points.iter().enumerate().flat_map(|(k, a)| points.iter().skip(k + 1).map(move |b| (a, b)));
    let through = |(a, b): (&Point, &Point)| {
        let slope = (b[1] - a[1]) / (b[0] - a[0]);
        Line { at_zero: a[1] - slope * a[0], slope }
    };
    let lines = pairs.filter(|(a, b)| a[0] != b[0]).map(through);
    lines.min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_else(|| weighted(points, |_| 1.0))
}

/// Iteratively reweighted least squares: beyond δ a point weighs δ / |error|. (Huber and Dutter, 1974.)
fn huber(points: &[Point], delta: f64) -> Line {
    let mut line = weighted(points, |_| 1.0);
    for _ in 0..STEPS {
        let error = |k: usize| points.get(k).map_or(0.0, |it| (line.at(it[0]) - it[1]).abs());
        let next = weighted(points, |k| if error(k) > delta { delta / error(k) } else { 1.0 });
        if next == line {
            break;
        }
        line = next;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::tensor::Tensor;

    /// A solver that knows nothing of the others: it narrows both numbers down by thirds, on the core's own loss.
    fn independent(loss: &str, points: &[Point], bend: f64) -> f64 {
        let mut state = state(loss, Line::default(), points, bend);
        let mut cost = |line: Line| {
            state.inputs[0] = Tensor::vector(points.iter().map(|it| line.at(it[0])).collect::<Vec<_>>());
            state.evaluate().unwrap().output.get(0).unwrap()
        };
        let third = |from: f64, to: f64, of: &mut dyn FnMut(f64) -> f64| {
            let (mut from, mut to) = (from, to);
            for _ in 0..45 {
                let (a, b) = (from + (to - from) / 3.0, to - (to - from) / 3.0);
                if of(a) < of(b) { to = b } else { from = a }
            }
            of((from + to) / 2.0)
        };
        let mut over_slope = |at_zero: f64| third(-10.0, 10.0, &mut |slope| cost(Line { at_zero, slope }));
        third(-20.0, 20.0, &mut over_slope)
    }

    #[test]
    fn fits_agree_with_an_independent_solver() {
        let mut moved = POINTS;
        moved[2][1] = 9.0;
        for points in [POINTS, moved] {
            for loss in LOSSES {
                for bend in [0.5, 2.0] {
                    let line = fit(loss, &points, bend);
                    let own = pulls(&state(loss, line, &points, bend)).0;
                    let other = independent(loss, &points, bend);
                    assert!(
                        own <= other + 1e-6,
                        "{loss} {bend}: {own} at {line:?}, but {other} is to be had"
                    );
                }
            }
        }
    }

    #[test]
    fn an_outlier_moves_mse_alone() {
        let mut worse = POINTS;
        worse[6][1] = 25.0;
        let moved = |loss: &str| (fit(loss, &worse, 1.0).at(7.0) - fit(loss, &POINTS, 1.0).at(7.0)).abs();
        assert!(moved("MSELoss") > 5.0 && moved("HuberLoss") < 0.01 && moved("L1Loss") < 1e-12);
        assert_eq!(fit("HuberLoss", &POINTS, 1.0), fit("SmoothL1Loss", &POINTS, 1.0));
    }

    #[test]
    fn odd_points_still_have_a_line() {
        for points in [&[[2.0, 1.0], [2.0, 5.0]][..], &[[1.0, 1.0]], &[]] {
            for loss in LOSSES {
                let _ = fit(loss, points, 1.0);
            }
        }
    }
}
