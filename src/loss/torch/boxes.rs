//! Losses of boxes, from torchvision: how little two boxes cover each other.

use std::f64::consts::PI;

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan, Reduction};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::sort;
use crate::loss::reduce;
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, Role, Spec};
use crate::loss::tensor::{broadcast, list};
use crate::loss::vectors::{Vectors, entry, gather, slope};

/// 1 − IoU of two boxes, and what the kind adds: `torchvision.ops.generalized_box_iou_loss` the empty part of the
/// smallest box around both (Rezatofighi et al. 2019), `distance_box_iou_loss` the squared distance of the centres by
/// that of its corners (Zheng et al. 2020), `complete_box_iou_loss` also how different their shapes are.
#[derive(Clone, Copy, Debug)]
pub struct Boxes<const KIND: usize> {
    /// What is added to divisors that may be 0.
    pub eps: f64,
}

pub const GENERALIZED: usize = 0;
pub const DISTANCE: usize = 1;
pub const COMPLETE: usize = 2;
/// 1 − IoU and nothing else, which torchvision does not offer.
const PLAIN: usize = 3;

pub const REDUCTION: Param = Param {
    id: "reduction",
    doc: "How the losses of the batch become one number.",
    kind: ParamKind::Choice { default: "none", choices: &["none", "mean", "sum"], python: &[] },
};

const EPS: Param = Param {
    id: "eps",
    doc: "Added to what is divided by.",
    kind: ParamKind::Real { default: 1e-7, slider: (0.0, 0.1), step: 0.001 },
};

/// What the complete loss adds to all divisors but its last.
const COMPLETE_EPS: f64 = 1e-7;

const SPECS: [Spec; 3] = [
    Spec {
        torch: "generalized_box_iou_loss",
        title: "Generalized box IoU loss",
        short: "GIoU",
        also: &["iou", "bounding box", "detection"],
        brief: "One minus the overlap of two boxes, and a fine for the empty part of the box around both: a pull from afar.",
        example: DOG,
        ..COMPLETE_SPEC
    },
    Spec {
        torch: "distance_box_iou_loss",
        title: "Distance box IoU loss",
        short: "DIoU",
        also: &["iou", "bounding box", "detection", "centre"],
        brief: "One minus the overlap of two boxes, and a fine for how far their centres are apart.",
        example: DOG,
        ..COMPLETE_SPEC
    },
    COMPLETE_SPEC,
];

const COMPLETE_SPEC: Spec = Spec {
    torch: "complete_box_iou_loss",
    title: "Complete box IoU loss",
    short: "CIoU",
    also: &["iou", "bounding box", "detection", "aspect ratio"],
    brief: "One minus the overlap of two boxes, and fines for the distance of their centres and for another shape.",
    group: Group::Beyond,
    family: Family::Pair,
    params: &[REDUCTION, EPS],
    inputs: &[
        Input {
            id: "boxes1",
            role: Role::Prediction,
            domain: Domain::Side,
            doc: "the box that the model drew: left, top, right, bottom",
        },
        Input {
            id: "boxes2",
            role: Role::Target,
            domain: Domain::Side,
            doc: "the true box: left, top, right, bottom",
        },
    ],
    example: Example {
        story: "boxes",
        query: "boxes1=16,14,56,44;20,52,40,72;80,20,120,40&boxes2=10,10,50,40;70,60,90,80;90,10,110,50\
                &reduction=mean&at=boxes1.2.2&names=car,dog,cyclist",
        window: [90.0, 150.0, 0.0, 1.5],
        overlays: &[],
    },
};

/// The same three, seen from the one whose boxes do not touch.
const DOG: Example = Example {
    query: "boxes1=16,14,56,44;20,52,40,72;80,20,120,40&boxes2=10,10,50,40;70,60,90,80;90,10,110,50\
            &reduction=mean&at=boxes1.1.2&names=car,dog,cyclist",
    window: [20.0, 110.0, 0.0, 2.0],
    ..COMPLETE_SPEC.example
};

/// The reduction, which torchvision checks last and in words of its own.
pub fn reduction(call: &Call) -> Result<Reduction, Error> {
    call.strict_reduction().map_err(|_| {
        Error::value(format!(
            "Invalid Value for arg 'reduction': '{} \n Supported reduction modes: 'none', 'mean', 'sum'",
            call.reduction_name()
        ))
    })
}

/// What the boxes share is written where they overlap into a tensor as large as the first ones, which are not repeated.
fn check_mask(mask: &[usize], first: &[usize]) -> Result<(), Error> {
    if mask.len() > first.len() {
        return Err(Error::index(format!("too many indices for tensor of dimension {}", first.len())));
    }
    match (0..mask.len()).find(|axis| mask.get(*axis) != first.get(*axis)) {
        None => Ok(()),
        Some(axis) => Err(Error::index(format!(
            "The shape of the mask {} at index {axis} does not match the shape of the indexed tensor {} at index {axis}",
            list(mask),
            list(first)
        ))),
    }
}

impl<const KIND: usize> Default for Boxes<KIND> {
    fn default() -> Self {
        Self { eps: EPS.default_real() }
    }
}

impl<const KIND: usize> Vectors<2> for Boxes<KIND> {
    const SPEC: &'static Spec = &SPECS[KIND];

    const VECTORS: [bool; 2] = [true; 2];

    const GRADS: [bool; 2] = [true; 2];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { eps: args.real(&EPS)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let mut batches = [call.shape(0), call.shape(1)];
        for shape in &mut batches {
            match shape.split_last() {
                None => return Err(Error::index("Dimension specified as 0 but tensor has no dimensions")),
                Some((4, batch)) => *shape = batch,
                Some((few @ 0..4, _)) => {
                    return Err(Error::value(format!("not enough values to unpack (expected 4, got {few})")));
                }
                _ => return Err(Error::value("too many values to unpack (expected 4)")),
            }
        }
        let [first, second] = batches;
        let shape = broadcast(first, second)?;
        check_mask(&shape, first)?;
        Ok(Plan { shape, reduction: reduction(call)? })
    }

    /// The mean of no boxes is 0.
    fn divisor(&self, plan: &Plan, count: usize) -> Option<f64> {
        reduce::by_count(plan.reduction, count.max(1))
    }

    fn at(&self, [first, second]: [&[f64]; 2], up: f64, [by_first, by_second]: [&mut [f64]; 2]) -> f64 {
        let (&[x1, y1, x2, y2], &[u1, v1, u2, v2]) = (first, second) else { return f64::NAN };
        let [mut x, mut y] = [Axis::new([x1, x2], [u1, u2]), Axis::new([y1, y2], [v1, v2])];
        let value = loss(KIND, self.eps, &mut x, &mut y, up);
        for (k, axis) in [(0, x), (1, y)] {
            let [[low, high], [other_low, other_high]] = axis.slopes();
            gather(by_first, k, low);
            gather(by_first, k + 2, high);
            gather(by_second, k, other_low);
            gather(by_second, k + 2, other_high);
        }
        value
    }

    /// A side bends the curve where it passes a side of the other box, or the opposite one of its own.
    fn marks(&self, x: [&[f64]; 2], along: usize, place: usize) -> Marks {
        let [own, other] = if along == 0 { x } else { [x[1], x[0]] };
        let corners = [entry(other, place), entry(other, (place + 2) % 4), entry(own, (place + 2) % 4)];
        let bends = |at: &f64| {
            let hair = 1e-9 * (1.0 + at.abs());
            let [left, right] = [at - hair, at + hair].map(|it| slope(self, x, (along, place), it));
            (left - right).abs() > 1e-6 * (left.abs() + right.abs())
        };
        let mut corners: Vec<f64> = corners.into_iter().filter(bends).collect();
        sort(&mut corners);
        corners.dedup();
        Marks::default().jumping_at(corners)
    }
}

/// What the loss of a pair is made of: 1 − `iou`, and what is added to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// What the boxes share, by what they cover together.
    pub iou: f64,
    /// The empty part of the smallest box around both, where the loss counts it.
    pub empty: Option<f64>,
    /// How far apart the centres are, likewise.
    pub apart: Option<f64>,
    /// How different the shapes are, likewise.
    pub shape: Option<f64>,
    /// The gradient of 1 − IoU alone by the sides of the first box.
    pub plain: [f64; 4],
}

/// The parts of the loss that is described; `None` where it is not one of boxes.
pub fn parts(spec: &Spec, eps: f64, first: [f64; 4], second: [f64; 4]) -> Option<Parts> {
    let kind = SPECS.iter().position(|it| it.torch == spec.torch)?;
    let ([x1, y1, x2, y2], [u1, v1, u2, v2]) = (first, second);
    let of = |kind: usize, eps: f64| {
        let [mut x, mut y] = [Axis::new([x1, x2], [u1, u2]), Axis::new([y1, y2], [v1, v2])];
        let value = loss(kind, eps, &mut x, &mut y, 1.0);
        let [[[x1, x2], _], [[y1, y2], _]] = [x.slopes(), y.slopes()];
        (value, [x1, y1, x2, y2])
    };
    // The complete loss has an eps of its own but in its last term.
    let shared = if kind == COMPLETE { COMPLETE_EPS } else { eps };
    let (one, plain) = of(PLAIN, shared);
    let apart = of(DISTANCE, shared).0;
    Some(Parts {
        iou: 1.0 - one,
        empty: (kind == GENERALIZED).then(|| of(GENERALIZED, eps).0 - one),
        apart: (kind != GENERALIZED).then_some(apart - one),
        shape: (kind == COMPLETE).then(|| of(COMPLETE, eps).0 - apart),
        plain,
    })
}

/// Two intervals, which are two boxes along one axis, what the losses ask of them, and the slopes by that.
#[derive(Clone, Copy, Debug)]
struct Axis {
    ends: [[f64; 2]; 2],
    sizes: [f64; 2],
    shared: f64,
    around: f64,
    apart: f64,
    by_sizes: [f64; 2],
    by_shared: f64,
    by_around: f64,
    by_apart: f64,
}

impl Axis {
    fn new(a: [f64; 2], b: [f64; 2]) -> Self {
        let pick = |larger: bool, a: f64, b: f64| match (a.is_nan() || b.is_nan(), larger) {
            (true, _) => f64::NAN,
            (false, true) => a.max(b),
            (false, false) => a.min(b),
        };
        Self {
            ends: [a, b],
            sizes: [a[1] - a[0], b[1] - b[0]],
            shared: pick(false, a[1], b[1]) - pick(true, a[0], b[0]),
            around: pick(true, a[1], b[1]) - pick(false, a[0], b[0]),
            apart: (a[1] + a[0]) / 2.0 - (b[1] + b[0]) / 2.0,
            by_sizes: [0.0; 2],
            by_shared: 0.0,
            by_around: 0.0,
            by_apart: 0.0,
        }
    }

    /// By the low and the high end of each interval. Of two equal ends each gets half of what is theirs together.
    fn slopes(&self) -> [[f64; 2]; 2] {
        let share = |slope: f64, own: f64, other: f64| match () {
            () if own == other => slope / 2.0,
            // Not multiplied: the slope may be infinite.
            () if own < other => 0.0,
            () => slope,
        };
        std::array::from_fn(|k| {
            let [own, other] = [self.ends[k], self.ends[1 - k]];
            let (size, centre) = (self.by_sizes[k], self.by_apart / 2.0 * if k == 0 { 1.0 } else { -1.0 });
            [
                centre
                    - size
                    - share(self.by_shared, own[0], other[0])
                    - share(self.by_around, other[0], own[0]),
                centre
                    + size
                    + share(self.by_shared, other[1], own[1])
                    + share(self.by_around, own[1], other[1]),
            ]
        })
    }
}

/// The loss of a pair, and its slopes by what the axes hold.
fn loss(kind: usize, eps: f64, x: &mut Axis, y: &mut Axis, up: f64) -> f64 {
    let (given, eps) = (eps, if kind == COMPLETE { COMPLETE_EPS } else { eps });
    let touches = y.shared > 0.0 && x.shared > 0.0;
    let inter = if touches { x.shared * y.shared } else { 0.0 };
    let union = x.sizes[0] * y.sizes[0] + x.sizes[1] * y.sizes[1] - inter;
    let iou = inter / (union + eps);
    let mut by_union = up * (iou / (union + eps));
    let value = if kind == GENERALIZED {
        let area = x.around * y.around;
        let empty = (area - union) / (area + eps);
        let by_top = up / (area + eps);
        by_union -= by_top;
        let by_area = by_top - up * (empty / (area + eps));
        x.by_around = by_area * y.around;
        y.by_around = by_area * x.around;
        1.0 - (iou - empty)
    } else if kind == PLAIN {
        1.0 - iou
    } else {
        let corners = x.around * x.around + y.around * y.around + eps;
        let centres = x.apart * x.apart + y.apart * y.apart;
        let far = centres / corners;
        for axis in [&mut *x, &mut *y] {
            axis.by_apart = up / corners * (2.0 * axis.apart);
            axis.by_around = -up * (far / corners) * (2.0 * axis.around);
        }
        1.0 - iou + far
    };
    let by_inter = -up / (union + eps) - by_union;
    for k in 0..2 {
        x.by_sizes[k] = by_union * y.sizes[k];
        y.by_sizes[k] = by_union * x.sizes[k];
    }
    if touches {
        x.by_shared = by_inter * y.shared;
        y.by_shared = by_inter * x.shared;
    }
    if kind == COMPLETE { value + shape(given, iou, x, y, up) } else { value }
}

/// How different the shapes are, weighed by how well the boxes agree; the weight is held while the gradient is taken.
fn shape(eps: f64, iou: f64, x: &mut Axis, y: &mut Axis, up: f64) -> f64 {
    let ratio = |k: usize, x: &Axis, y: &Axis| x.sizes[k] / y.sizes[k];
    let ratios = [ratio(0, x, y), ratio(1, x, y)];
    let turn = ratios[1].atan() - ratios[0].atan();
    let v = 4.0 / (PI * PI) * (turn * turn);
    let weight = v / (1.0 - iou + v + eps);
    let by_turn = up * weight * (4.0 / (PI * PI)) * (2.0 * turn);
    for (k, sign) in [(0, -1.0), (1, 1.0)] {
        let by_ratio = sign * by_turn / (1.0 + ratios[k] * ratios[k]);
        x.by_sizes[k] += by_ratio / y.sizes[k];
        y.by_sizes[k] -= by_ratio * (ratios[k] / y.sizes[k]);
    }
    weight * v
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<const KIND: usize>() -> (f64, [f64; 4]) {
        let mut slopes = [0.0; 4];
        let x: [&[f64]; 2] = [&[0.0, 0.0, 2.0, 2.0], &[1.0, 1.0, 3.0, 3.0]];
        let value = Boxes::<KIND> { eps: 0.0 }.at(x, 1.0, [&mut slopes, &mut []]);
        (value, slopes)
    }

    /// By hand: two squares of 4 share 1 of 7; the box around both is 9, of which 2 are empty. The centres are √2 apart,
    /// the corners √18. The shapes are the same.
    #[test]
    fn two_squares() {
        let near = |got: f64, want: f64| (got - want).abs() < 1e-7;
        assert!(near(at::<GENERALIZED>().0, 1.0 - 1.0 / 7.0 + 2.0 / 9.0));
        assert!(near(at::<DISTANCE>().0, 1.0 - 1.0 / 7.0 + 2.0 / 18.0));
        assert!(near(at::<COMPLETE>().0, 1.0 - 1.0 / 7.0 + 2.0 / 18.0));
    }

    /// By hand: apart, the boxes share nothing, and 1 − IoU alone is flat; 700 of 1500 px around them are empty.
    #[test]
    fn apart_only_the_fine_pulls() {
        let (first, second) = ([20.0, 50.0, 40.0, 70.0], [60.0, 55.0, 80.0, 75.0]);
        let parts = parts(&SPECS[GENERALIZED], 0.0, first, second).unwrap();
        assert_eq!((parts.iou, parts.plain), (0.0, [0.0; 4]));
        assert!((parts.empty.unwrap() - 700.0 / 1500.0).abs() < 1e-15);
        assert_eq!((parts.apart, parts.shape), (None, None));
    }

    /// By symmetry both axes are pulled alike; and the corner inside the other box is pulled outwards.
    #[test]
    fn the_inner_corner_is_pulled_out() {
        let [left, top, right, bottom] = at::<GENERALIZED>().1;
        assert_eq!((left, right), (top, bottom));
        assert!(right < 0.0);
    }
}
