//! Where a triplet loss is zero along one coordinate, and where its slope jumps.

use super::distance::{Norm, difference};
use super::marks::{Best, Marks};
use super::numeric::sort;

/// What the loss measures with.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    /// The norm of distances.
    pub norm: Norm,
    /// What is added to each difference of coordinates.
    pub eps: f64,
    /// By how much the negative must be farther off.
    pub margin: f64,
    /// Whether the smaller one of the distances to the negative counts.
    pub swap: bool,
}

/// A distance along one coordinate x: ‖(x − centre, rest)‖, or one that x does not change.
#[derive(Clone, Copy, Debug)]
enum Leg {
    Moving { centre: f64, rest: f64 },
    Fixed(f64),
}

/// An interval; its ends may be infinite.
type Span = (f64, f64);

/// The marks along the coordinate `place`, now `x`, of the vector `along`; `slope` is the loss's gradient there.
pub fn marks(
    plane: Plane,
    vectors: [&[f64]; 3],
    (along, place): (usize, usize),
    x: f64,
    slope: impl Fn(f64) -> f64,
) -> Marks {
    let [a, p, n] = vectors;
    if a.len() != p.len() || a.len() != n.len() {
        return Marks::default();
    }
    let leg = |u: (usize, &[f64]), v: (usize, &[f64])| plane.leg(u, v, along, place);
    let near = leg((0, a), (1, p));
    let far = leg((0, a), (2, n));
    let swapped = plane.swap.then(|| leg((1, p), (2, n)));
    let mut corners: Vec<f64> =
        [Some(near), Some(far), swapped].into_iter().flatten().flat_map(|it| plane.corners(it)).collect();
    corners.extend(swapped.into_iter().flat_map(|it| plane.crossings(far, it)));
    corners.retain(|it| jumps(&slope, *it));

    let mut zones = plane.zones(near, far);
    if let Some(swapped) = swapped {
        zones = both(zones, plane.zones(near, swapped));
    }
    let Some(zones) = zones else { return Marks::default().jumping_at(corners) };
    let gap = |span: &Span| (span.0 - x).max(x - span.1).max(0.0);
    let nearest = zones.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)));
    let best = match (nearest, near, far, swapped) {
        (Some((from, to)), ..) => Best::Between(*from, *to),
        (None, Leg::Moving { centre, .. }, Leg::Fixed(_), None) => Best::Point(centre),
        _ => Best::Unknown,
    };
    corners.extend(zones.iter().flat_map(|it| [it.0, it.1]).filter(|it| it.is_finite()));
    sort(&mut corners);
    corners.dedup();
    Marks { best, ..Marks::default() }.jumping_at(corners)
}

/// Whether the slope is not the same a hair to the left and to the right.
fn jumps(slope: impl Fn(f64) -> f64, x: f64) -> bool {
    let hair = 1e-9 * (1.0 + x.abs());
    (slope(x - hair) - slope(x + hair)).abs() > 1e-3
}

impl Plane {
    /// The distance of two vectors, each with its place among anchor, positive and negative.
    fn leg(self, u: (usize, &[f64]), v: (usize, &[f64]), along: usize, place: usize) -> Leg {
        let all = difference(u.1, v.1, self.eps);
        let rest = self.norm.of(all.clone().enumerate().filter(|it| it.0 != place).map(|it| it.1));
        let entry = |x: &[f64]| x.get(place).copied().unwrap_or(f64::NAN);
        match along {
            it if it == u.0 => Leg::Moving { centre: entry(v.1) - self.eps, rest },
            it if it == v.0 => Leg::Moving { centre: entry(u.1) + self.eps, rest },
            _ => Leg::Fixed(self.norm.of(all)),
        }
    }

    /// How far x may go from the centre until the distance is `reach`: negative where it is larger everywhere,
    /// `None` where the norm is not one that grows with x.
    fn half_width(self, rest: f64, reach: f64) -> Option<f64> {
        let inside = reach >= rest;
        let width = match self.norm {
            Norm::Root => ((reach - rest) * (reach + rest)).sqrt(),
            Norm::Sum => reach - rest,
            Norm::Largest | Norm::Amax => reach,
            Norm::Power(p) if p > 0.0 => (reach.powf(p) - rest.powf(p)).powf(1.0 / p),
            _ => return None,
        };
        Some(if inside { width } else { -1.0 })
    }

    /// Where margin + near ≤ far; `None` where that is not known.
    fn zones(self, near: Leg, far: Leg) -> Option<Vec<Span>> {
        const ALL: Span = (f64::NEG_INFINITY, f64::INFINITY);
        Some(match (near, far) {
            (Leg::Fixed(near), Leg::Fixed(far)) => {
                if self.margin + near <= far {
                    vec![ALL]
                } else {
                    Vec::new()
                }
            }
            (Leg::Moving { centre, rest }, Leg::Fixed(far)) => {
                let half = self.half_width(rest, far - self.margin)?;
                if half >= 0.0 { vec![(centre - half, centre + half)] } else { Vec::new() }
            }
            (Leg::Fixed(near), Leg::Moving { centre, rest }) => {
                let half = self.half_width(rest, near + self.margin)?;
                if half > 0.0 { vec![(ALL.0, centre - half), (centre + half, ALL.1)] } else { vec![ALL] }
            }
            (Leg::Moving { centre: from, rest: near }, Leg::Moving { centre: to, rest: far }) => {
                if self.norm != Norm::Root {
                    return None;
                }
                let zone = branch(self.margin, near, to - from, far);
                zone.map(|(low, high)| (from + low, from + high)).into_iter().collect()
            }
        })
    }

    /// Where a distance itself has a corner.
    fn corners(self, leg: Leg) -> Vec<f64> {
        match (leg, self.norm) {
            (Leg::Fixed(_), _) => Vec::new(),
            (Leg::Moving { centre, rest }, Norm::Largest | Norm::Amax) => vec![centre - rest, centre + rest],
            (Leg::Moving { centre, .. }, Norm::Sum) => vec![centre],
            (Leg::Moving { centre, rest }, Norm::Power(p)) if p < 1.0 || rest == 0.0 => vec![centre],
            (Leg::Moving { centre, rest: 0.0 }, _) => vec![centre],
            _ => Vec::new(),
        }
    }

    /// Where two distances are equal.
    fn crossings(self, a: Leg, b: Leg) -> Vec<f64> {
        match (a, b) {
            (Leg::Moving { centre, rest }, Leg::Fixed(reach))
            | (Leg::Fixed(reach), Leg::Moving { centre, rest }) => match self.half_width(rest, reach) {
                Some(half) if half >= 0.0 => vec![centre - half, centre + half],
                _ => Vec::new(),
            },
            (Leg::Moving { centre: a, rest: r }, Leg::Moving { centre: b, rest: s })
                if self.norm == Norm::Root && a != b =>
            {
                vec![0.5 * (a + b) + 0.5 * (s - r) * (s + r) / (b - a)]
            }
            _ => Vec::new(),
        }
    }
}

/// The one interval of t where m + √(t² + r²) ≤ √((t − e)² + s²), if any: a branch of a hyperbola cuts the line.
///
/// Squared once, 2m √(t² + r²) ≤ αt + β with α = −2e and β = e² + s² − r² − m². The left side is convex and the
/// right one straight, so the solutions are one interval; its ends solve the square of this.
fn branch(m: f64, r: f64, e: f64, s: f64) -> Option<Span> {
    let (alpha, beta) = (-2.0 * e, e * e + (s - r) * (s + r) - m * m);
    let holds = |t: f64| 2.0 * m * t.hypot(r) <= alpha * t + beta;
    let (a, b, c) = (4.0 * m * m - alpha * alpha, -alpha * beta, 4.0 * m * m * r * r - beta * beta);
    let root = (b * b - a * c).sqrt();
    if root.is_nan() {
        return None;
    }
    // The pair of roots without cancellation.
    let q = -(b + root.copysign(b));
    let (one, two) = (q / a, c / q);
    if a > 0.0 {
        let (low, high) = (one.min(two), one.max(two));
        return holds(0.5 * (low + high)).then_some((low, high));
    }
    // The other branch of the hyperbola ends at the other root; where a is 0, one root has gone to infinity.
    let ends = [one, two].into_iter().filter(|it| it.is_finite());
    if alpha > 0.0 {
        ends.max_by(f64::total_cmp).filter(|it| holds(it + 1.0)).map(|it| (it, f64::INFINITY))
    } else {
        ends.min_by(f64::total_cmp).filter(|it| holds(it - 1.0)).map(|it| (f64::NEG_INFINITY, it))
    }
}

/// What two lists of intervals have in common.
fn both(a: Option<Vec<Span>>, b: Option<Vec<Span>>) -> Option<Vec<Span>> {
    let (a, b) = (a?, b?);
    let common = a.iter().flat_map(|x| b.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))));
    Some(common.filter(|it| it.0 <= it.1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::TripletMargin;
    use crate::loss::vectors::Vectors;

    /// The loss is zero where the marks say so and nowhere else on the same side, whatever moves and measures.
    #[test]
    fn zones_are_where_the_loss_is_zero() {
        let places = [[0.0, 0.0], [0.3, 0.4], [0.5, -0.25], [-1.5, -2.0], [1.2, -0.5]];
        for case in 0..3 * 125 {
            let pick = |k: usize| places[case / 3 / 5_usize.pow(k as u32) % 5].to_vec();
            for (p, swap) in [(2.0, false), (2.0, true), (1.0, false), (3.0, false), (f64::INFINITY, false)] {
                let loss = TripletMargin { margin: 0.5, p, eps: 0.0, swap };
                let (along, mut vectors) = (case % 3, [pick(0), pick(1), pick(2)]);
                let at = |vectors: &[Vec<f64>; 3]| {
                    loss.at(vectors.each_ref().map(Vec::as_slice), 1.0, [&mut [], &mut [], &mut []])
                };
                let marks = loss.marks(vectors.each_ref().map(Vec::as_slice), along, 0);
                for k in -60..60 {
                    let x = f64::from(k) * 0.0917;
                    vectors[along][0] = x;
                    let zero = at(&vectors) == 0.0;
                    let clear = marks.kinks.iter().all(|it| (it.x - x).abs() > 1e-9);
                    match marks.best {
                        Best::Between(from, to) if clear && x > from && x < to => assert!(zero, "{case} {x}"),
                        Best::Between(..) if clear && marks.kinks.len() == 1 => assert!(!zero, "{case} {x}"),
                        Best::Point(best) => {
                            let now = at(&vectors);
                            vectors[along][0] = best;
                            assert!(now >= at(&vectors) && at(&vectors) > 0.0, "{case} {x}");
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// By hand: m = 1 between centres 0 and 2 on one line: √t² + 1 ≤ √(t − 2)² holds up to t = ½.
    #[test]
    fn a_branch_on_a_line() {
        assert_eq!(branch(1.0, 0.0, 2.0, 0.0), Some((f64::NEG_INFINITY, 0.5)));
    }
}
