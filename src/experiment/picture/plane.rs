//! Three points in the plane: how far they are from each other, where nothing is left to pay, and who is pushed
//! where.

use super::Row;
use crate::experiment::{At, Experiment};
use crate::loss::distance::Norm;
use crate::loss::torch::TripletMarginWithDistance;
use crate::loss::triplet::Measure;
use crate::plot::Window;
use crate::plot::ticks::within;

/// Corners of a drawn ring.
const CORNERS: usize = 120;

/// Width by height of the picture.
pub const ASPECT: f64 = 4.0 / 3.0;

/// Within this middle part of the window points may wander without the window following.
const MIDDLE: f64 = 0.84;

/// A place in the plane, or a way through it.
pub type Point = [f64; 2];

/// One triple. Points come in the order of `forward`: anchor, positive, negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Where the three lie.
    pub points: [Point; 3],
    /// From the anchor to the positive.
    pub near: f64,
    /// From the anchor to the negative.
    pub far: f64,
    /// From the positive to the negative.
    pub across: f64,
    /// By how much the negative must be farther off than the positive.
    pub margin: f64,
    /// What distances are measured with.
    pub measure: Measure,
    /// Whether the nearer of both distances to the negative counts.
    pub swap: bool,
    /// Minus the gradient of the triple's own loss.
    pub pushes: [Point; 3],
    /// The triple's own loss.
    pub loss: f64,
}

/// The chosen triple, if the loss takes it.
pub fn plane(experiment: &Experiment) -> Option<Plane> {
    let row = Row::of(experiment);
    let points = [0, 1, 2].map(|input| point(&row.values(experiment, input)));
    let spec = experiment.loss.spec;
    let real = |id: &str| experiment.args.real(spec.param(id)?).ok();
    let alone = experiment.unit(row.index)?;
    let answer = alone.evaluate().ok()?;
    let push = |input: usize| {
        let gradient = answer.grads.get(input).and_then(Option::as_ref);
        gradient.map_or([0.0; 2], |it| point(&it.floats()).map(|it| -it))
    };
    let measure = match (real("p"), real("eps")) {
        (Some(p), Some(eps)) => Measure::Norm { norm: Norm::new(p), eps },
        // The first program has none of these.
        _ if cfg!(feature = "without-late") => return None,
        _ => TripletMarginWithDistance::measure(&experiment.args).ok()?,
    };
    let [a, p, n] = points;
    Some(Plane {
        points,
        near: measure.of(&a, &p),
        far: measure.of(&a, &n),
        across: measure.of(&p, &n),
        margin: real("margin")?,
        measure,
        swap: spec.param("swap").and_then(|it| experiment.args.flag(it).ok()).unwrap_or(false),
        pushes: [0, 1, 2].map(push),
        loss: answer.units.values.first().copied()?,
    })
}

fn point(values: &[f64]) -> Point {
    [0, 1].map(|it| values.get(it).copied().unwrap_or(f64::NAN))
}

impl Default for Plane {
    fn default() -> Self {
        Self {
            points: [[0.0; 2]; 3],
            near: 0.0,
            far: 0.0,
            across: 0.0,
            margin: 0.0,
            measure: Measure::Norm { norm: Norm::Root, eps: 0.0 },
            swap: false,
            pushes: [[0.0; 2]; 3],
            loss: 0.0,
        }
    }
}

impl Plane {
    /// Whether the distance that counts is the one from the positive.
    pub fn is_swapped(&self) -> bool {
        self.swap && self.across < self.far
    }

    /// The distance to the negative that counts.
    pub fn counted(&self) -> f64 {
        if self.is_swapped() { self.across } else { self.far }
    }

    /// How far off the negative must be for the loss to be 0.
    pub fn clear(&self) -> f64 {
        self.near + self.margin
    }

    /// Which way from a point its name stands: a unit vector to where nothing is drawn.
    pub fn aside(&self, who: usize) -> Point {
        let [a, p, n] = self.points;
        let behind = |to: Point| unit(to, a).unwrap_or([0.0; 2]);
        match who {
            0 => {
                let [p, n] = [behind(p), behind(n)];
                unit([0.0; 2], [0, 1].map(|it| p[it] + n[it])).unwrap_or([0.0, -1.0])
            }
            1 => unit(a, p).unwrap_or([0.0, 1.0]),
            _ => unit(a, n).map_or([1.0, 0.0], |_| self.beside(0, 2)),
        }
    }

    /// Which way from the line between two points its number stands: off the line, away from the anchor's push,
    /// or from the third point where that tells nothing.
    pub fn beside(&self, from: usize, to: usize) -> Point {
        let [x, y] = unit(self.points[from], self.points[to]).unwrap_or([1.0, 0.0]);
        let off = [-y, x];
        let third = unit(self.points[from], self.points[3 - from - to]);
        let push = unit([0.0; 2], self.pushes[0]).filter(|_| from == 0);
        let [x, y] = push.or(third).unwrap_or([0.0; 2]);
        if off[0] * x + off[1] * y > 0.0 { off.map(|it| -it) } else { off }
    }

    /// The margin as a line from the inner ring to the outer one, where nothing else is drawn; nothing where there
    /// are no rings.
    pub fn gauge(&self) -> Option<[Point; 2]> {
        let (a, way) = (self.points[0], self.aside(0));
        let scale = |distance: f64| radius(self.measure, way, distance);
        let [near, clear] = [scale(self.near)?, scale(self.clear())?];
        Some([near, clear].map(|radius| [0, 1].map(|it| a[it] + way[it] * radius)))
    }

    /// What the picture spans at rest. The last window stays while the points are well inside it and the rings
    /// have a sensible size.
    pub fn window(&self, last: Option<Window>) -> Window {
        let fitted = self.fitted();
        let height = |it: &Window| it.y().1 - it.y().0;
        let kept = last.filter(|it| {
            let inside = |point: &Point| {
                let [across, down] = [it.across(point[0]), it.down(point[1])];
                (across - 0.5).abs() <= MIDDLE / 2.0 && (down - 0.5).abs() <= MIDDLE / 2.0
            };
            self.spanned().all(|it| inside(&it)) && (0.6..1.7).contains(&(height(it) / height(&fitted)))
        });
        kept.unwrap_or(fitted)
    }

    /// What the window must hold: the points, and where angles are compared the place that they are seen from.
    fn spanned(&self) -> impl Iterator<Item = Point> {
        let origin = (self.measure == Measure::Cosine).then_some([0.0; 2]);
        self.points.into_iter().chain(origin)
    }

    fn fitted(&self) -> Window {
        let span = |axis: usize| {
            let values = self.spanned().map(|it| it[axis]).filter(|it| it.is_finite());
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)))
        };
        let [x, y] = [span(0), span(1)];
        let spread = ((y.1 - y.0) / 2.0).max((x.1 - x.0) / 2.0 / ASPECT);
        if !spread.is_finite() {
            return Window::new((-4.0, 4.0), (-3.0, 3.0));
        }
        // The outer ring is shown whole, unless the points would be lost in it.
        let ring = radius(self.measure, [1.0, 0.0], self.clear()).unwrap_or(0.0);
        let ring = within(ring, 0.0, spread.max(0.25) * 4.0);
        let [a, ..] = self.points;
        let grown =
            |(low, high): (f64, f64), axis: usize| (low.min(a[axis] - ring), high.max(a[axis] + ring));
        let (x, y) = (grown(x, 0), grown(y, 1));
        let half = ((y.1 - y.0) / 2.0).max((x.1 - x.0) / 2.0 / ASPECT).max(1e-6) * 1.14;
        let middle = |(low, high): (f64, f64)| (low + high) / 2.0;
        let around = |middle: f64, half: f64| (middle - half, middle + half);
        Window::new(around(middle(x), half * ASPECT), around(middle(y), half))
    }
}

/// All points at a distance from a centre: a circle, a square or whatever the measure makes of it. Of angles it is a
/// wedge that opens from the origin, as far as `reach`. Empty where the measure has no such ring.
pub fn ring(measure: Measure, centre: Point, distance: f64, reach: f64) -> Vec<Point> {
    if cfg!(not(feature = "without-late")) && measure == Measure::Cosine {
        return wedge(centre, distance, reach);
    }
    let corner = |k: usize| {
        // Around a square, whose corners and middles are those of the norms that have any; the norm does the rest.
        let (side, along) = (k / (CORNERS / 4), k % (CORNERS / 4));
        let along = 8.0 * along as f64 / CORNERS as f64 - 1.0;
        let way = match side {
            0 => [1.0, along],
            1 => [-along, 1.0],
            2 => [-1.0, -along],
            _ => [along, -1.0],
        };
        let scale = radius(measure, way, distance)?;
        Some([centre[0] + way[0] * scale, centre[1] + way[1] * scale])
    };
    let ring: Option<Vec<Point>> = (0..CORNERS).map(corner).collect();
    ring.unwrap_or_default()
}

/// How often a step fits into a distance; nothing where no number of steps makes it.
fn radius(measure: Measure, step: Point, distance: f64) -> Option<f64> {
    let scale = match measure {
        Measure::Norm { norm: Norm::Count, .. } | Measure::Cosine => return None,
        Measure::Norm { norm: Norm::Power(p), .. } if p <= 0.0 => return None,
        Measure::Norm { norm, .. } => distance / norm.of(step.into_iter()),
        Measure::Squares => (distance / (step[0] * step[0] + step[1] * step[1])).sqrt(),
    };
    Some(scale).filter(|it| it.is_finite())
}

/// The directions whose angle to that of a point costs no more than a distance 1 − cos.
fn wedge(centre: Point, distance: f64, reach: f64) -> Vec<Point> {
    let half = (1.0 - distance).max(-1.0).acos();
    let Some([x, y]) = unit([0.0; 2], centre).filter(|_| half.is_finite()) else { return Vec::new() };
    let middle = y.atan2(x);
    let corner = |k: usize| {
        let angle = middle + half * (2.0 * k as f64 / CORNERS as f64 - 1.0);
        [reach * angle.cos(), reach * angle.sin()]
    };
    std::iter::once([0.0; 2]).chain((0..=CORNERS).map(corner)).collect()
}

/// The experiment with one of the points moved.
pub fn moved(experiment: &Experiment, input: usize, to: Point) -> Experiment {
    let row = Row::of(experiment);
    let [x, y] = to;
    experiment.with_number(row.at(input, 0), x).with_number(row.at(input, 1), y)
}

/// The experiment with the chosen triple's points all in the anchor's place: all that is left is the margin.
pub fn together(experiment: &Experiment) -> Experiment {
    let anchor = point(&Row::of(experiment).values(experiment, 0));
    moved(&moved(experiment, 1, anchor), 2, anchor)
}

/// The elements of one of the points.
pub fn elements(experiment: &Experiment, input: usize) -> [At; 2] {
    let row = Row::of(experiment);
    [row.at(input, 0), row.at(input, 1)]
}

/// The way from one point to another, of length 1; nothing where they are one.
fn unit(from: Point, to: Point) -> Option<Point> {
    let [x, y] = [to[0] - from[0], to[1] - from[1]];
    let length = x.hypot(y);
    (length > 0.0 && length.is_finite()).then_some([x / length, y / length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_as_far_off_everywhere_as_its_measure_says() {
        let norms = [1.0, 2.0, 3.0, f64::INFINITY].map(|p| Measure::Norm { norm: Norm::new(p), eps: 0.0 });
        for measure in norms.into_iter().chain([Measure::Squares, Measure::Cosine]) {
            let centre = [1.0, -2.0];
            let ring = ring(measure, centre, 1.5, 4.0);
            assert!(ring.len() >= CORNERS);
            // A wedge is cut off at its reach: only its sides are at the distance.
            let (sides, angles) = ([ring[1], ring[ring.len() - 1]], measure == Measure::Cosine);
            for point in if angles { &sides[..] } else { &ring[..] } {
                assert!((measure.of(&centre, point) - 1.5).abs() < 1e-12, "{measure:?}");
            }
        }
        let root = Measure::Norm { norm: Norm::Root, eps: 0.0 };
        assert!(ring(root, [0.0; 2], f64::NAN, 1.0).is_empty());
        assert!(ring(Measure::Norm { norm: Norm::Count, eps: 0.0 }, [0.0; 2], 1.0, 1.0).is_empty());
        assert!(ring(Measure::Cosine, [0.0; 2], 1.0, 1.0).is_empty());
    }

    fn semi_hard() -> Plane {
        // The worked example's second triple: distances 1 and 1.3.
        let points = [[0.0, 0.0], [0.6, 0.8], [1.2, -0.5]];
        Plane { points, near: 1.0, far: 1.3, across: 1.43, margin: 1.0, ..Plane::default() }
    }

    #[test]
    fn the_window_shows_the_outer_ring_and_stays() {
        let plane = semi_hard();
        let window = plane.window(None);
        assert!(window.y().0 <= -2.0 && window.y().1 >= 2.0);
        let (x, y) = (window.x().1 - window.x().0, window.y().1 - window.y().0);
        assert!((x / y - ASPECT).abs() < 1e-12);
        let mut wandered = plane.clone();
        wandered.points[2] = [2.0, 0.0];
        assert_eq!(wandered.window(Some(window)), window);
        wandered.points[2] = [9.0, 0.0];
        assert_ne!(wandered.window(Some(window)), window);
    }

    #[test]
    fn names_and_numbers_stand_clear_of_the_lines() {
        let plane = semi_hard();
        // The positive lies up and to the right of the anchor, the negative down and to the right.
        assert!(plane.aside(0)[0] < -0.9);
        assert!((plane.aside(1)[0] - 0.6).abs() < 1e-12);
        assert!(plane.aside(2)[1] < 0.0 && plane.beside(0, 2) == plane.aside(2));
        assert!(plane.beside(0, 1)[1] > 0.0);
        // Pushed up and to the left, the anchor's arrow would stand under the number.
        let pushed = Plane { pushes: [[-0.3, 1.2], [0.0; 2], [0.0; 2]], ..semi_hard() };
        assert!(pushed.beside(0, 1)[1] < 0.0);
        let [inner, outer] = plane.gauge().unwrap();
        assert!((inner[0].hypot(inner[1]) - 1.0).abs() < 1e-12);
        assert!((outer[0].hypot(outer[1]) - 2.0).abs() < 1e-12);
        // All in one place, the names go three ways.
        let together = Plane::default();
        assert_eq!([0, 1, 2].map(|it| together.aside(it)), [[0.0, -1.0], [0.0, 1.0], [1.0, 0.0]]);
    }

    #[test]
    fn with_swap_the_nearer_distance_counts() {
        let mut plane = Plane { across: 1.1, ..semi_hard() };
        assert_eq!(plane.counted(), 1.3);
        plane.swap = true;
        assert_eq!((plane.counted(), plane.is_swapped()), (1.1, true));
    }
}
