//! Gaussian negative log-likelihood: a prediction that says how sure it is.

use std::f64::consts::TAU;

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan, refuse_cast};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast;

/// `torch.nn.GaussianNLLLoss`: ½ (ln v + (x − t)² / v), where v is `var`, but at least `eps`
/// (Nix and Weigend 1994).
///
/// `full` adds ½ ln 2π.
#[derive(Clone, Copy, Debug)]
pub struct GaussianNll {
    /// Whether ½ ln 2π is added.
    pub full: bool,
    /// The least variance that is reckoned with.
    pub eps: f64,
}

const FULL: Param = Param {
    id: "full",
    doc: "Whether to add ½ ln 2π, which moves the curve but not its slope.",
    kind: ParamKind::Flag { default: false },
};

const EPS: Param = Param {
    id: "eps",
    doc: "The least variance: a smaller one is taken for this.",
    kind: ParamKind::Real { default: 1e-6, slider: (0.0, 0.1), step: 0.001 },
};

impl Default for GaussianNll {
    fn default() -> Self {
        Self { full: false, eps: EPS.default_real() }
    }
}

impl Pointwise<3> for GaussianNll {
    const SPEC: &'static Spec = &Spec {
        torch: "GaussianNLLLoss",
        title: "Gaussian negative log-likelihood",
        short: "Gaussian NLL",
        also: &["variance", "uncertainty", "heteroscedastic", "normal"],
        brief: "Let the model say how sure it is: being wrong costs more the surer it was.",
        group: Group::Number,
        family: Family::Pointwise,
        params: &[FULL, EPS, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "what the model expects",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Real, doc: "what it was" },
            Input {
                id: "var",
                role: Role::Prediction,
                domain: Domain::Variance,
                doc: "how far off the model expects to be, squared",
            },
        ],
        example: Example {
            story: "parcels",
            query: "input=3,5,4&target=3.5,5,7&var=1,0.04,0.25&at=var.2&names=letter,parcel,sofa&unit=days",
            window: [0.0, 20.0, 0.0, 18.0],
            overlays: &["full:True"],
        },
    };

    const GRADS: [bool; 3] = [true, true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { full: args.flag(&FULL)?, eps: args.real(&EPS)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let [input, target, var] = call.inputs() else { return Err(Error::runtime("")) };
        if var.floats().iter().any(|it| *it < 0.0) {
            return Err(Error::value("var has negative entry/entries"));
        }
        let seen =
            seen(input.shape(), var.shape()).ok_or_else(|| Error::value("var is of incorrect size"))?;
        let reduction = call.late_reduction()?;
        if !var.dtype().is_float() {
            // A bound of integers would have to be one.
            return Err(refuse_cast("Float", "long int"));
        }
        Ok(Plan { shape: broadcast(&broadcast(input.shape(), target.shape())?, &seen)?, reduction })
    }

    fn seen(&self, call: &Call, operand: usize) -> Option<Vec<usize>> {
        if operand == 2 { seen(call.shape(0), call.shape(2)) } else { None }
    }

    /// The least variance is put in place behind autograd's back: the gradient is taken there, and goes through.
    fn at(&self, [input, target, var]: [f64; 3], up: f64) -> Jet<3> {
        let v = if var < self.eps { self.eps } else { var };
        let (d, half) = (input - target, up * 0.5);
        let square = d * d;
        let more = if self.full { 0.5 * TAU.ln() } else { 0.0 };
        let slope = half / v * (2.0 * d);
        Jet {
            value: 0.5 * (v.ln() + square / v) + more,
            slopes: [slope, -slope, half / v - half * (square / v / v)],
        }
    }

    /// The best variance is the squared error. Below `eps` the curve is flat.
    fn marks(&self, [input, target, _]: [f64; 3], along: usize) -> Marks {
        let square = (input - target) * (input - target);
        match along {
            0 => Marks::least_at(target),
            1 => Marks::least_at(input),
            _ if square > self.eps => Marks::least_at(square).bending_at([self.eps]),
            _ => Marks { best: Best::Between(0.0, self.eps), ..Marks::default() }.jumping_at([self.eps]),
        }
    }
}

/// The shape that the variance is seen with: its own, or with an axis more where one is given for each row;
/// `None` where PyTorch refuses it.
fn seen(input: &[usize], var: &[usize]) -> Option<Vec<usize>> {
    if input == var {
        return Some(var.to_vec());
    }
    if input.split_last().is_some_and(|(_, batch)| batch == var) {
        return Some([var, &[1]].concat());
    }
    let differing = input.iter().zip(var).filter(|(x, y)| x != y).map(|it| *it.1).sum::<usize>();
    (input.len() == var.len() && differing == 1).then(|| var.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: GaussianNll = GaussianNll { full: false, eps: 1e-6 };

    /// By hand: off by 1 with variance 1: ½ (0 + 1); the variance is right, so that it has no slope.
    #[test]
    fn the_right_variance_is_the_squared_error() {
        assert_eq!(PLAIN.at([3.0, 2.0, 1.0], 1.0), Jet { value: 0.5, slopes: [1.0, -1.0, 0.0] });
        assert_eq!(PLAIN.marks([4.0, 7.0, 0.25], 2).best, Best::Point(9.0));
    }

    /// By hand: at eps = ½ a variance of 0 counts as ½: ½ (ln ½ + 2), and the slope is 1 − 2.
    #[test]
    fn a_vanishing_variance_is_lifted() {
        let jet = GaussianNll { full: false, eps: 0.5 }.at([1.0, 0.0, 0.0], 1.0);
        assert_eq!(jet, Jet { value: 0.5 * (0.5_f64.ln() + 2.0), slopes: [2.0, -2.0, -1.0] });
    }
}
