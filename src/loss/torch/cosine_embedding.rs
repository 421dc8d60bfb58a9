//! Cosine embedding loss: only the direction of two vectors counts.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::{clamp_min_zero, sort};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::{broadcast, list};
use crate::loss::vectors::{Vectors, entry, gather, width};

/// `torch.nn.CosineEmbeddingLoss`: 1 − cos(x₁, x₂) where the target is 1, max(0, cos − margin) where it is −1, and 0
/// where it is anything else.
#[derive(Clone, Copy, Debug, Default)]
pub struct CosineEmbedding {
    /// Up to this cosine, a pair of label −1 costs nothing.
    pub margin: f64,
}

const MARGIN: Param = Param {
    id: "margin",
    doc: "The cosine from which down a different pair costs nothing.",
    kind: ParamKind::Real { default: 0.0, slider: (-1.0, 1.0), step: 0.05 },
};

/// Added to each squared norm: the float32 next to 1e-12, in float64 too.
const EPSILON: f64 = 1e-12_f32 as f64;

impl Vectors<3> for CosineEmbedding {
    const SPEC: &'static Spec = &Spec {
        torch: "CosineEmbeddingLoss",
        title: "Cosine embedding loss",
        short: "Cosine embedding",
        also: &["similarity", "angle", "metric learning", "sentences"],
        brief: "Only direction counts: same meaning, same way; different meaning, at least a right angle.",
        group: Group::Closeness,
        family: Family::Pair,
        params: &[MARGIN, REDUCTION],
        inputs: &[
            Input {
                id: "input1",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "where the first sentence points",
            },
            Input {
                id: "input2",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "where the second sentence points",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Sign,
                doc: "1 for the same meaning, −1 for different ones",
            },
        ],
        example: Example {
            story: "sentences",
            query: "input1=1,0;2,0;1,0&input2=0.8,0.6;0.6,0.8;-0.6,0.8&target=1,-1,-1&at=input2.1.0\
                    &names=same meaning,different,quite different",
            window: [-3.0, 3.0, 0.0, 1.5],
            overlays: &["margin:0.5", "margin:-0.5"],
        },
    };

    const VECTORS: [bool; 3] = [true, true, false];

    const GRADS: [bool; 3] = [true, true, false];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { margin: args.real(&MARGIN)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (first, second, target) = (call.shape(0), call.shape(1), call.shape(2));
        let axes = target.len();
        if axes > 1 {
            return Err(Error::runtime("0D or 1D target tensor expected, multi-target not supported"));
        }
        if first.len() != axes + 1 || second.len() != axes + 1 {
            return Err(Error::runtime(format!(
                "{axes}D target tensor expects {}D input tensors, but found inputs with sizes {} and {}.",
                axes + 1,
                list(first),
                list(second)
            )));
        }
        let mut batch = broadcast(first, second)?;
        batch.pop();
        Ok(Plan { shape: broadcast(target, &batch)?, reduction })
    }

    /// The upstream gradient is 0 where a branch is not taken, and multiplied through: 0 · NaN is NaN.
    fn at(&self, [a, b, target]: [&[f64]; 3], up: f64, [by_a, by_b, _]: [&mut [f64]; 3]) -> f64 {
        let width = width(a, b);
        let product: f64 = (0..width).map(|k| entry(a, k) * entry(b, k)).fold(0.0, |sum, it| sum + it);
        let square = |x: &[f64]| x.iter().map(|it| it * it).fold(0.0, |sum, it| sum + it) + EPSILON;
        let (square_a, square_b) = (square(a), square(b));
        let norm = (square_a * square_b).sqrt();
        let cos = product / norm;
        let target = target.first().copied().unwrap_or(f64::NAN);
        let (value, slope) = match target {
            1.0 => (1.0 - cos, -up),
            -1.0 => (clamp_min_zero(cos - self.margin), if cos > self.margin { up } else { 0.0 }),
            _ => (0.0, 0.0),
        };
        let by_product = slope / norm;
        let by_squares = -slope * (cos / norm) / (2.0 * norm);
        for k in 0..width {
            gather(by_a, k, entry(b, k) * by_product);
            gather(by_b, k, entry(a, k) * by_product);
        }
        for (slopes, x, other) in [(by_a, a, square_b), (by_b, b, square_a)] {
            for (slope, x) in slopes.iter_mut().zip(x) {
                *slope += 2.0 * (x * (by_squares * other));
            }
        }
        value
    }

    /// The corners are where the cosine along a line crosses the margin.
    fn marks(&self, [a, b, target]: [&[f64]; 3], along: usize, place: usize) -> Marks {
        let (moving, fixed) = match along {
            0 => (a, b),
            1 => (b, a),
            _ => return Marks::default(),
        };
        if moving.len() != fixed.len() {
            return Marks::default();
        }
        // Along x the vector is (x, rest), the other one (f, others).
        let rest = moving.iter().enumerate().filter(|it| it.0 != place);
        let square: f64 = rest.clone().map(|it| it.1 * it.1).sum();
        let shared: f64 = rest.map(|it| it.1 * entry(fixed, it.0)).sum();
        let f = entry(fixed, place);
        let length = fixed.iter().map(|it| it * it).sum::<f64>().sqrt();
        match target.first().copied() {
            // Nearest to the other's direction: the derivative of (f x + s) / √(x² + q) vanishes at f q / s.
            Some(1.0) if shared > 0.0 => Marks::least_at(f * square / shared),
            Some(-1.0) => {
                let m = self.margin * length;
                let (two, one, none) = (f * f - m * m, 2.0 * f * shared, shared * shared - m * m * square);
                let cos = |x: f64| (f * x + shared) / (x * x + square).sqrt();
                let near = |x: &f64| (cos(*x) - m).abs() <= 1e-9 * (1.0 + length) && x.is_finite();
                let mut corners: Vec<f64> = roots(two, one, none).into_iter().filter(near).collect();
                corners.dedup();
                match corners[..] {
                    [corner] if cos(corner + 1.0) > cos(corner) => Marks::flat_below(corner),
                    [corner] => Marks::flat_above(corner),
                    _ => Marks::default().jumping_at(corners),
                }
            }
            _ => Marks::default(),
        }
    }
}

/// The real roots of a x² + b x + c, in order.
fn roots(a: f64, b: f64, c: f64) -> Vec<f64> {
    if a == 0.0 {
        return if b == 0.0 { Vec::new() } else { vec![-c / b] };
    }
    let inside = b * b - 4.0 * a * c;
    if inside < 0.0 {
        return Vec::new();
    }
    let mut roots = [-1.0, 1.0].map(|side| (-b + side * inside.sqrt()) / (2.0 * a));
    sort(&mut roots);
    roots.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: CosineEmbedding = CosineEmbedding { margin: 0.0 };

    fn at(target: f64) -> (f64, [f64; 2]) {
        let mut slopes = [0.0; 2];
        let x: [&[f64]; 3] = [&[1.0, 0.0], &[0.6, 0.8], &[target]];
        let value = PLAIN.at(x, 1.0, [&mut [], &mut slopes, &mut []]);
        (value, slopes)
    }

    /// By hand: the cosine of (1, 0) and (0.6, 0.8) is 0.6; its gradient by the second is (1, 0) − 0.6 (0.6, 0.8).
    #[test]
    fn only_the_direction_counts() {
        let near = |(value, slopes): (f64, [f64; 2]), want: [f64; 3]| {
            [value, slopes[0], slopes[1]].iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-11)
        };
        assert!(near(at(1.0), [0.4, -0.64, 0.48]));
        assert!(near(at(-1.0), [0.6, 0.64, -0.48]));
        assert_eq!(at(0.0), (0.0, [0.0; 2]));
    }

    /// By hand: (x, 0.8) is at a right angle to (1, 0) where x is 0, and sharper to the right.
    #[test]
    fn lets_go_at_the_right_angle() {
        let marks = PLAIN.marks([&[1.0, 0.0], &[0.6, 0.8], &[-1.0]], 1, 0);
        assert_eq!(marks, Marks::flat_below(0.0));
    }
}
