//! Triplet margin loss: nearer to the friend than to the stranger, by a margin.

use crate::loss::args::{Args, Value};
use crate::loss::call::{Call, Plan};
use crate::loss::distance::Norm;
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::{python, stream};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast;
use crate::loss::triplet::{Measure, hinge};
use crate::loss::vectors::{self, Vectors};
use crate::loss::zone::{self, Plane};

/// `torch.nn.TripletMarginLoss`: max(0, margin + d(a, p) − d(a, n)) with d(u, v) = ‖u − v + eps‖ₚ; with `swap`,
/// d(p, n) takes the place of d(a, n) where it is smaller.
#[derive(Clone, Copy, Debug)]
pub struct TripletMargin {
    /// By how much the negative must be farther off than the positive, above 0.
    pub margin: f64,
    /// The p of the norm.
    pub p: f64,
    /// What is added to each difference of coordinates.
    pub eps: f64,
    /// Whether the positive's distance to the negative counts where it is the smaller one.
    pub swap: bool,
}

pub const MARGIN: Param = Param {
    id: "margin",
    doc: "How much nearer the positive must be than the negative.",
    kind: ParamKind::Real { default: 1.0, slider: (0.05, 3.0), step: 0.05 },
};

const P: Param = Param {
    id: "p",
    doc: "Which norm measures distance: 2 is the ruler's, 1 counts along the axes.",
    kind: ParamKind::Real { default: 2.0, slider: (1.0, 4.0), step: 0.5 },
};

const EPS: Param = Param {
    id: "eps",
    doc: "Added to each coordinate of a difference before its norm is taken.",
    kind: ParamKind::Real { default: 1e-6, slider: (0.0, 0.1), step: 0.001 },
};

pub const SWAP: Param = Param {
    id: "swap",
    doc: "Whether the positive may stand in for the anchor where it is nearer to the negative.",
    kind: ParamKind::Flag { default: false },
};

pub const INPUTS: [Input; 3] = [
    Input { id: "anchor", role: Role::Prediction, domain: Domain::Real, doc: "the face in question" },
    Input { id: "positive", role: Role::Target, domain: Domain::Real, doc: "the same person's face" },
    Input { id: "negative", role: Role::Aside, domain: Domain::Real, doc: "a stranger's face" },
];

impl Default for TripletMargin {
    fn default() -> Self {
        Self { margin: MARGIN.default_real(), p: P.default_real(), eps: EPS.default_real(), swap: false }
    }
}

impl Vectors<3> for TripletMargin {
    const SPEC: &'static Spec = &Spec {
        torch: "TripletMarginLoss",
        title: "Triplet margin loss",
        short: "Triplet",
        also: &["metric learning", "contrastive", "embedding", "faces"],
        brief: "Nearer to the friend than to the stranger, by a margin; once so, nothing moves.",
        group: Group::Closeness,
        family: Family::Triplet,
        params: &[MARGIN, P, EPS, SWAP, REDUCTION],
        inputs: &INPUTS,
        example: Example {
            story: "faces",
            query: "anchor=0,0;0,0;0,0&positive=0.3,0.4;0.6,0.8;1.2,0.9&negative=-1.5,-2;1.2,-0.5;-0.6,0.8\
                    &at=negative.1.0&names=easy,semi-hard,hard",
            window: [-3.0, 3.0, 0.0, 2.0],
            overlays: &["margin:0.5", "p:1", "swap:True"],
        },
    };

    const VECTORS: [bool; 3] = [true; 3];

    const GRADS: [bool; 3] = [true; 3];

    fn new(args: &Args) -> Result<Self, Error> {
        let margin = positive_margin(args, &MARGIN, Self::SPEC)?;
        Ok(Self { margin, p: args.real(&P)?, eps: args.real(&EPS)?, swap: args.flag(&SWAP)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let (anchor, positive, negative) = (call.shape(0), call.shape(1), call.shape(2));
        check_axes(call)?;
        let near = self.check_distance(anchor, positive)?;
        let mut far = self.check_distance(anchor, negative)?;
        if self.swap {
            far = broadcast(&far, &self.check_distance(positive, negative)?)?;
        }
        Ok(Plan { shape: broadcast(&near, &far)?, reduction })
    }

    fn differentiable(&self) -> bool {
        self.p != 0.0
    }

    fn at(&self, vectors: [&[f64]; 3], up: f64, slopes: [&mut [f64]; 3]) -> f64 {
        let measure = Measure::Norm { norm: Norm::new(self.p), eps: self.eps };
        hinge(measure, (self.margin, self.swap), vectors, up, slopes)
    }

    fn marks(&self, vectors: [&[f64]; 3], along: usize, place: usize) -> Marks {
        let Some(x) = vectors.get(along).and_then(|it| it.get(place)).copied() else {
            return Marks::default();
        };
        let plane = Plane { norm: Norm::new(self.p), eps: self.eps, margin: self.margin, swap: self.swap };
        let slope = |x: f64| vectors::slope(self, vectors, (along, place), x);
        zone::marks(plane, vectors, (along, place), x, slope)
    }
}

/// The margin, or the constructor's `ValueError` where it is not above 0.
pub fn positive_margin(args: &Args, param: &Param, spec: &Spec) -> Result<f64, Error> {
    let margin = args.real(param)?;
    if margin <= 0.0 {
        let given = match args.get(param.id) {
            Some(Value::Int(margin)) => margin.to_string(),
            Some(Value::Flag(false)) => "False".to_owned(),
            _ => python(margin),
        };
        return Err(Error::value(format!(
            "{}: expected margin to be greater than 0, got {given} instead",
            spec.torch
        )));
    }
    Ok(margin)
}

/// The three must have as many axes as each other.
pub fn check_axes(call: &Call) -> Result<(), Error> {
    let [a, p, n] = [0, 1, 2].map(|it| call.shape(it).len());
    if a != p || a != n {
        return Err(Error::runtime(format!(
            "The anchor, positive, and negative tensors are expected to have the same number of dimensions, but \
             got: anchor {a}D, positive {p}D, and negative {n}D inputs"
        )));
    }
    Ok(())
}

impl TripletMargin {
    /// What one distance checks; the shape of the distances.
    fn check_distance(&self, u: &[usize], v: &[usize]) -> Result<Vec<usize>, Error> {
        let mut shape = broadcast(u, v)?;
        if shape.pop() == Some(0) && (self.p < 0.0 || self.p == f64::INFINITY) {
            return Err(Error::runtime(format!(
                "linalg.vector_norm cannot compute the {} norm on the dimension {}because this dimension is empty \
                 and the operation does not have an identity",
                stream(self.p),
                shape.len()
            )));
        }
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::marks::Best;

    const PLAIN: TripletMargin = TripletMargin { margin: 1.0, p: 2.0, eps: 0.0, swap: false };

    /// The semi-hard faces of the worked example: distances 1 and 1.3, so 1 + 1 − 1.3 = 0.7; the stranger is
    /// pushed straight out, along (1.2, −0.5) / 1.3.
    #[test]
    fn semi_hard_faces() {
        let mut by_n = [0.0; 2];
        let vectors: [&[f64]; 3] = [&[0.0, 0.0], &[0.6, 0.8], &[1.2, -0.5]];
        let loss = PLAIN.at(vectors, 1.0, [&mut [], &mut [], &mut by_n]);
        assert!((loss - 0.7).abs() < 1e-15);
        assert!((by_n[0] + 1.2 / 1.3).abs() < 1e-15 && (by_n[1] - 0.5 / 1.3).abs() < 1e-15);
    }

    /// By hand: with the second coordinate −0.5 the stranger is 2 away from x = √(4 − ¼) = 1.9365 on, and from
    /// −1.9365 down; the friend at height 0.8 is within 0.3 of the anchor nowhere, and nearest at 0.
    #[test]
    fn the_flat_zone_begins_at_the_ring() {
        let vectors: [&[f64]; 3] = [&[0.0, 0.0], &[0.6, 0.8], &[1.2, -0.5]];
        let marks = PLAIN.marks(vectors, 2, 0);
        assert_eq!(marks.best, Best::Between(3.75_f64.sqrt(), f64::INFINITY));
        let kinks: Vec<(f64, bool)> = marks.kinks.iter().map(|it| (it.x, it.jump)).collect();
        assert_eq!(kinks, [(-3.75_f64.sqrt(), true), (3.75_f64.sqrt(), true)]);
        assert_eq!(PLAIN.marks(vectors, 1, 0).best, Best::Point(0.0));
    }
}
