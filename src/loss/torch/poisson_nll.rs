//! Poisson negative log-likelihood: a predicted rate against a count.

use std::f64::consts::TAU;

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast;

/// `torch.nn.PoissonNLLLoss`: eˣ − t x, or x − t ln(x + eps) where the input is the rate itself.
///
/// `full` adds Stirling's approximation of ln t!, for targets above 1.
#[derive(Clone, Copy, Debug)]
pub struct PoissonNll {
    /// Whether the input is the logarithm of the rate.
    pub log_input: bool,
    /// Whether Stirling's term is added where the target is above 1.
    pub full: bool,
    /// What is added to a rate before its logarithm is taken.
    pub eps: f64,
}

const LOG_INPUT: Param = Param {
    id: "log_input",
    doc: "Whether the input is the logarithm of the rate or the rate itself.",
    kind: ParamKind::Flag { default: true },
};

const FULL: Param = Param {
    id: "full",
    doc: "Whether to add Stirling's approximation of ln t!, which moves the curve but not its slope.",
    kind: ParamKind::Flag { default: false },
};

const EPS: Param = Param {
    id: "eps",
    doc: "What is added to a rate before its logarithm is taken.",
    kind: ParamKind::Real { default: 1e-8, slider: (0.0, 1.0), step: 0.01 },
};

impl Default for PoissonNll {
    fn default() -> Self {
        Self { log_input: true, full: false, eps: EPS.default_real() }
    }
}

impl Pointwise<2> for PoissonNll {
    const SPEC: &'static Spec = &Spec {
        torch: "PoissonNLLLoss",
        title: "Poisson negative log-likelihood",
        short: "Poisson NLL",
        also: &["counts", "rate", "events"],
        brief: "Scores a predicted rate against a count. It may go below zero; only differences mean something.",
        group: Group::Count,
        family: Family::Pointwise,
        params: &[LOG_INPUT, FULL, EPS, REDUCTION],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Real,
                doc: "the rate that the model expects, or its logarithm",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Count, doc: "how many there were" },
        ],
        example: Example {
            story: "calls",
            query: "input=1.1,1.6,0,1.4&target=2,5,0,9&at=input.3&names=morning,noon,night,outage",
            window: [-0.5, 3.5, -12.0, 8.0],
            overlays: &["full:True", "log_input:False"],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { log_input: args.flag(&LOG_INPUT)?, full: args.flag(&FULL)?, eps: args.real(&EPS)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.strict_reduction()?;
        Ok(Plan { shape: broadcast(call.shape(1), call.shape(0))?, reduction })
    }

    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        let (value, slopes) = if self.log_input {
            let rate = input.exp();
            (rate - target * input, [up * rate - up * target, -up * input])
        } else {
            let rate = input + self.eps;
            let log = rate.ln();
            (input - target * log, [up - up * target / rate, -up * log])
        };
        if !self.full {
            return Jet { value, slopes };
        }
        let (more, slope) = stirling(target, up);
        Jet { value: value + more, slopes: [slopes[0], slopes[1] + slope] }
    }

    /// Least where the rate is the count. The full loss jumps where Stirling's term sets in.
    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        let target = x[1];
        match along {
            0 if target > 0.0 && self.log_input => Marks::least_at(target.ln()),
            0 if target > 0.0 => Marks::least_at(target - self.eps),
            0 => {
                let floor = (target == 0.0 && self.log_input).then_some(0.0);
                Marks { best: Best::Lowest, floor, ..Marks::default() }
            }
            _ if self.full => Marks::default().jumping_at([1.0]),
            _ => Marks::line(self.at(x, 1.0).slopes[1]),
        }
    }
}

/// t ln t − t + ½ ln 2πt above 1, and its slope times `up`. Up to 1 it is masked, going back too: as a factor
/// 0, which leaves NaN where the slope itself is infinite or NaN.
fn stirling(target: f64, up: f64) -> (f64, f64) {
    let log = target.ln();
    // Written so that NaN is not masked.
    let (value, up) = match target <= 1.0 {
        true => (0.0, 0.0),
        false => (target * log - target + 0.5 * (TAU * target).ln(), up),
    };
    (value, up * log + up * target / target - up + 0.5 * up / (TAU * target) * TAU)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: at input 0 the rate is 1; against 9 calls the loss is 1 − 0 and the slope 1 − 9.
    #[test]
    fn the_slope_is_expected_minus_seen() {
        let plain = PoissonNll { log_input: true, full: false, eps: 1e-8 };
        assert_eq!(plain.at([0.0, 9.0], 1.0), Jet { value: 1.0, slopes: [-8.0, 0.0] });
    }

    /// By hand: a rate of 1 has the logarithm 0; without eps the slope is 1 − 9 / 1.
    #[test]
    fn a_rate_given_as_it_is() {
        let plain = PoissonNll { log_input: false, full: false, eps: 0.0 };
        assert_eq!(plain.at([1.0, 9.0], 1.0), Jet { value: 1.0, slopes: [-8.0, 0.0] });
    }
}
