//! Triplet margin loss with a distance of one's own.

use super::triplet_margin::{INPUTS, MARGIN, SWAP, check_axes, positive_margin};
use crate::loss::args::{Args, Value};
use crate::loss::call::{Call, Plan};
use crate::loss::distance::Norm;
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::spec::{Example, Family, Group, Param, ParamKind, REDUCTION, Spec};
use crate::loss::tensor::broadcast;
use crate::loss::triplet::{Measure, hinge};
use crate::loss::vectors::{self, Vectors};
use crate::loss::zone::{self, Plane};

/// `torch.nn.TripletMarginWithDistanceLoss`: max(0, margin + d(a, p) − d(a, n)) for any distance d. In Python that is any
/// function; here it is one of those that have a name.
#[derive(Clone, Copy, Debug)]
pub struct TripletMarginWithDistance {
    /// What distances are measured with.
    pub distance: Measure,
    /// By how much the negative must be farther off than the positive, above 0.
    pub margin: f64,
    /// Whether the positive's distance to the negative counts where it is the smaller one.
    pub swap: bool,
}

const DISTANCE: Param = Param {
    id: "distance_function",
    doc: "How distance is measured; None is the ruler's, as in TripletMarginLoss.",
    kind: ParamKind::Choice {
        default: "None",
        choices: &["None", "cosine", "chebyshev", "sqeuclidean", "manhattan"],
        python: &[
            ["None", "None"],
            [
                "lambda u, v: 1 - torch.cosine_similarity(u, v, dim=-1)",
                "lambda u, v: 1 - (u * v).sum(-1) / (np.linalg.norm(u, axis=-1) * np.linalg.norm(v, axis=-1))",
            ],
            ["lambda u, v: (u - v).abs().amax(-1)", "lambda u, v: abs(u - v).max(-1)"],
            ["lambda u, v: ((u - v) ** 2).sum(-1)", "lambda u, v: ((u - v) ** 2).sum(-1)"],
            ["lambda u, v: (u - v).abs().sum(-1)", "lambda u, v: abs(u - v).sum(-1)"],
        ],
    },
};

/// What PyTorch measures with where nothing is named: `torch.nn.PairwiseDistance`.
const EUCLIDEAN: Measure = Measure::Norm { norm: Norm::Root, eps: 1e-6 };

impl Default for TripletMarginWithDistance {
    fn default() -> Self {
        Self { distance: EUCLIDEAN, margin: MARGIN.default_real(), swap: false }
    }
}

impl Vectors<3> for TripletMarginWithDistance {
    const SPEC: &'static Spec = &Spec {
        torch: "TripletMarginWithDistanceLoss",
        title: "Triplet margin loss with distance",
        short: "Triplet with distance",
        also: &["metric learning", "cosine", "manhattan", "chebyshev", "embedding"],
        brief: "The triplet's rule under any ruler: what counts as near is yours to say.",
        group: Group::Closeness,
        family: Family::Triplet,
        params: &[DISTANCE, MARGIN, SWAP, REDUCTION],
        inputs: &INPUTS,
        example: Example {
            story: "faces",
            query: "anchor=0,0;0,0;0,0&positive=0.3,0.4;0.6,0.8;1.2,0.9&negative=-1.5,-2;1.2,-0.5;-0.6,0.8\
                    &distance_function=manhattan&at=negative.1.0&names=easy,semi-hard,hard",
            window: [-3.0, 3.0, 0.0, 2.0],
            overlays: &["margin:0.5", "swap:True"],
        },
    };

    const VECTORS: [bool; 3] = [true; 3];

    const GRADS: [bool; 3] = [true; 3];

    fn new(args: &Args) -> Result<Self, Error> {
        let distance = Self::measure(args)?;
        let margin = positive_margin(args, &MARGIN, Self::SPEC)?;
        Ok(Self { distance, margin, swap: args.flag(&SWAP)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.strict_reduction()?;
        check_axes(call)?;
        let apart = |u: usize, v: usize| {
            let mut shape = broadcast(call.shape(u), call.shape(v))?;
            if shape.pop() == Some(0) && matches!(self.distance, Measure::Norm { norm: Norm::Amax, .. }) {
                return Err(Error::index("amax(): Expected reduction dim -1 to have non-zero size."));
            }
            Ok(shape)
        };
        let near = apart(0, 1)?;
        let mut far = apart(0, 2)?;
        if self.swap {
            far = broadcast(&far, &apart(1, 2)?)?;
        }
        Ok(Plan { shape: broadcast(&near, &far)?, reduction })
    }

    fn at(&self, vectors: [&[f64]; 3], up: f64, slopes: [&mut [f64]; 3]) -> f64 {
        hinge(self.distance, (self.margin, self.swap), vectors, up, slopes)
    }

    /// Where a distance is no norm, nothing is marked.
    fn marks(&self, vectors: [&[f64]; 3], along: usize, place: usize) -> Marks {
        let x = vectors.get(along).and_then(|it| it.get(place)).copied();
        let (Some(x), Measure::Norm { norm, eps }) = (x, self.distance) else { return Marks::default() };
        let plane = Plane { norm, eps, margin: self.margin, swap: self.swap };
        zone::marks(plane, vectors, (along, place), x, |x| vectors::slope(self, vectors, (along, place), x))
    }
}

impl TripletMarginWithDistance {
    /// What the arguments say that distances are measured with.
    ///
    /// # Errors
    /// Python's, for what is no function.
    pub fn measure(args: &Args) -> Result<Measure, Error> {
        let norm = |norm| Ok(Measure::Norm { norm, eps: 0.0 });
        match args.get(DISTANCE.id) {
            None | Some(Value::None) => Ok(EUCLIDEAN),
            Some(Value::Text(name)) => match name.as_str() {
                "None" => Ok(EUCLIDEAN),
                "cosine" => Ok(Measure::Cosine),
                "chebyshev" => norm(Norm::Amax),
                "sqeuclidean" => Ok(Measure::Squares),
                "manhattan" => norm(Norm::Sum),
                _ => Err(Error::type_("'str' object is not callable")),
            },
            Some(other) => Err(Error::type_(format!("'{}' object is not callable", other.type_name()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(distance: Measure) -> (f64, [f64; 2]) {
        let mut by_n = [0.0; 2];
        let loss = TripletMarginWithDistance { distance, margin: 1.0, swap: false };
        let x: [&[f64]; 3] = [&[0.0, 0.0], &[0.5, 0.25], &[1.0, -0.5]];
        let value = loss.at(x, 1.0, [&mut [], &mut [], &mut by_n]);
        (value, by_n)
    }

    /// By hand: along the axes the distances are 0.75 and 1.5, so that 0.25 is missing; the squares are 0.3125 and 1.25.
    #[test]
    fn any_ruler() {
        assert_eq!(at(Measure::Norm { norm: Norm::Sum, eps: 0.0 }), (0.25, [-1.0, 1.0]));
        assert_eq!(at(Measure::Squares), (0.0625, [-2.0, 1.0]));
    }

    /// By hand: from (1, 0), (0, 1) is a right angle away, so 1; (1, 0) is 0 away. 1 + 0 − 1 = 0: nothing moves.
    #[test]
    fn angles() {
        let loss = TripletMarginWithDistance { distance: Measure::Cosine, margin: 1.0, swap: false };
        let x: [&[f64]; 3] = [&[1.0, 0.0], &[2.0, 0.0], &[0.0, 1.0]];
        assert_eq!(loss.at(x, 1.0, [&mut [], &mut [], &mut []]), 0.0);
    }

    /// As PyTorch 2.15.0 answered: none of the coordinates is the largest where one is NaN.
    #[test]
    fn a_coordinate_that_is_nan_leaves_no_largest() {
        let distance = Measure::Norm { norm: Norm::Amax, eps: 0.0 };
        let loss = TripletMarginWithDistance { distance, ..Default::default() };
        let mut slopes = [1.0; 2];
        loss.at([&[0.0, 1.0], &[0.0, 0.0], &[f64::NAN, 1.0]], 1.0, [&mut slopes, &mut [], &mut []]);
        assert!(slopes.iter().all(|it| it.is_nan()));
    }
}
