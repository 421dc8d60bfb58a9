//! The hinge of a triplet: nearer to the positive than to the negative, by a margin.

use super::distance::{Norm, distance, push};
use super::vectors::{entry, gather, width};

/// How far two vectors are apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// ‖u − v + eps‖.
    Norm {
        /// Which one.
        norm: Norm,
        /// What is added to each difference of coordinates.
        eps: f64,
    },
    /// The sum of the squared differences.
    Squares,
    /// 1 − cos(u, v), where each norm is at least 1e-8.
    Cosine,
}

/// The least norm that a cosine divides by, as `torch.nn.functional.cosine_similarity` has it.
const LEAST: f64 = 1e-8;

impl Measure {
    /// The distance of two vectors.
    pub fn of(self, u: &[f64], v: &[f64]) -> f64 {
        match self {
            Measure::Norm { norm, eps } => distance(norm, u, v, eps),
            Measure::Squares => add(u, v, |u, v| (u - v) * (u - v)),
            Measure::Cosine => 1.0 - cosine(u, v),
        }
    }

    /// Adds the gradient of the distance, which is known, times `up`.
    fn push(self, u: &[f64], v: &[f64], known: f64, up: f64, by_u: &mut [f64], by_v: &mut [f64]) {
        match self {
            Measure::Norm { norm, eps } => push(norm, (u, v, eps), known, up, by_u, by_v),
            Measure::Squares => {
                for k in 0..width(u, v) {
                    let slope = up * (2.0 * (entry(u, k) - entry(v, k)));
                    gather(by_u, k, slope);
                    gather(by_v, k, -slope);
                }
            }
            Measure::Cosine => {
                turn(u, v, -up, by_u);
                turn(v, u, -up, by_v);
            }
        }
    }
}

fn add(u: &[f64], v: &[f64], term: impl Fn(f64, f64) -> f64) -> f64 {
    (0..width(u, v)).map(|k| term(entry(u, k), entry(v, k))).fold(0.0, |sum, it| sum + it)
}

fn cosine(u: &[f64], v: &[f64]) -> f64 {
    let by_u = add(u, v, |u, _| u * u).sqrt().max(LEAST);
    let by_v = add(u, v, |_, v| v * v).sqrt().max(LEAST);
    add(u, v, |u, v| u / by_u * (v / by_v))
}

/// Adds the gradient of the cosine by u, times `up`. The least norm is put in place behind autograd's back: the gradient
/// of the norm goes on as if it had not been.
fn turn(u: &[f64], v: &[f64], up: f64, by: &mut [f64]) {
    let norm = add(u, v, |u, _| u * u).sqrt();
    let (n, m) = (norm.max(LEAST), add(u, v, |_, v| v * v).sqrt().max(LEAST));
    let back = if norm == 0.0 { 0.0 } else { -up * (cosine(u, v) / n) / norm };
    for k in 0..width(u, v) {
        gather(by, k, up * (entry(v, k) / m) / n + entry(u, k) * back);
    }
}

/// max(0, margin + d(a, p) − d(a, n)); with `swap`, d(p, n) takes the place of d(a, n) where it is smaller. The gradients
/// times `up` are added to the slopes.
pub fn hinge(
    measure: Measure,
    (margin, swap): (f64, bool),
    [a, p, n]: [&[f64]; 3],
    up: f64,
    [by_a, by_p, by_n]: [&mut [f64]; 3],
) -> f64 {
    let near = measure.of(a, p);
    let direct = measure.of(a, n);
    let swapped = if swap { measure.of(p, n) } else { f64::INFINITY };
    let far = if direct.is_nan() || swapped.is_nan() { f64::NAN } else { direct.min(swapped) };
    let short = margin + near - far;
    // A slope of 0 is multiplied through, so that it meets infinite distances as in PyTorch.
    let up = if short > 0.0 { up } else { 0.0 };
    measure.push(a, p, near, up, by_a, by_p);
    let tie = swap && direct == swapped;
    let share = |hidden: bool| match (hidden, tie) {
        (true, _) => 0.0,
        (false, true) => -up / 2.0,
        (false, false) => -up,
    };
    measure.push(a, n, direct, share(swap && direct > swapped), by_a, by_n);
    if swap {
        measure.push(p, n, swapped, share(direct < swapped), by_p, by_n);
    }
    if short > 0.0 || short.is_nan() { short } else { 0.0 }
}
