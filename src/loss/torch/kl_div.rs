//! Kullback–Leibler divergence: the extra surprise of believing one distribution where another holds.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan, Reduction};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::numeric::xlogy;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::reduce;
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::broadcast;

/// `torch.nn.KLDivLoss`: t ln t − t x, or eᵗ (t − x) where the target is a logarithm too.
#[derive(Clone, Copy, Debug, Default)]
pub struct KlDiv {
    /// Whether the target, too, is given as its logarithm.
    pub log_target: bool,
}

const REDUCTION_BY_BATCH: Param = Param {
    id: REDUCTION.id,
    doc: "How the terms become one number; only batchmean gives the divergence as mathematics has it.",
    kind: ParamKind::Choice { default: "mean", choices: &["none", "mean", "sum", "batchmean"], python: &[] },
};

const LOG_TARGET: Param = Param {
    id: "log_target",
    doc: "Whether the target is the logarithm of the probabilities.",
    kind: ParamKind::Flag { default: false },
};

impl Pointwise<2> for KlDiv {
    const SPEC: &'static Spec = &Spec {
        torch: "KLDivLoss",
        title: "Kullback–Leibler divergence",
        short: "KL divergence",
        also: &["Kullback–Leibler", "relative entropy", "distillation"],
        brief: "The extra surprise of trusting forecast Q while the weather follows P.",
        group: Group::Distribution,
        family: Family::Pointwise,
        params: &[REDUCTION_BY_BATCH, LOG_TARGET],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::LogProbability,
                doc: "the logarithms of the probabilities that the model gave",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Probability,
                doc: "the probabilities that hold",
            },
        ],
        example: Example {
            story: "weather",
            // The logarithms of 0.4, 0.4, 0.2 and of 0.2, 0.3, 0.5.
            query: "input=-0.916290731874155,-0.916290731874155,-1.6094379124341003;\
                    -1.6094379124341003,-1.2039728043259361,-0.6931471805599453\
                    &target=0.7,0.2,0.1;0.2,0.3,0.5&reduction=batchmean&at=input.0.0\
                    &names=Lisbon,Bergen;sun,cloud,rain",
            window: [-5.0, 0.0, -0.5, 3.5],
            overlays: &[],
        },
    };

    const GRADS: [bool; 2] = [true, true];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { log_target: args.flag(&LOG_TARGET)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let before = call.warnings.len();
        let reduction = call.reduction()?;
        // The deprecated spelling of mean has a warning of its own, and not this one.
        if reduction == Reduction::Mean && call.warnings.len() == before {
            call.warnings.push(MEAN_WARNING.to_owned());
        }
        if !call.dtype(0).is_float() || !call.dtype(1).is_float() {
            return Err(Error::runtime("kl_div: Integral inputs not supported."));
        }
        Ok(Plan { shape: broadcast(call.shape(1), call.shape(0))?, reduction })
    }

    fn at(&self, [input, target]: [f64; 2], up: f64) -> Jet<2> {
        if self.log_target {
            let p = target.exp();
            let gap = target - input;
            return Jet { value: p * gap, slopes: [-up * p, up * gap * p + up * p] };
        }
        // t / t, which is 1 but at 0, where PyTorch's gradient is NaN.
        let by_target = up * target.ln() + up * target / target - up * input;
        Jet { value: xlogy(target, target) - target * input, slopes: [-up * target, by_target] }
    }

    /// A term alone is a line along the input: it is the row's sum of probabilities that holds it back.
    fn marks(&self, x: [f64; 2], along: usize) -> Marks {
        match (along, self.log_target) {
            (0, _) => Marks::line(self.at(x, 1.0).slopes[0]),
            (_, true) => Marks::least_at(x[0] - 1.0),
            (_, false) => Marks::least_at((x[0] - 1.0).exp()),
        }
    }

    /// `batchmean` divides by the input's first size, whatever the target broadcasts it to; a 0-d sum stays.
    fn divisor(&self, plan: &Plan, call: &Call, count: usize) -> Option<f64> {
        match plan.reduction {
            Reduction::BatchMean => call.shape(0).first().map(|size| *size as f64),
            reduction => reduce::by_count(reduction, count),
        }
    }
}

const MEAN_WARNING: &str = "reduction: 'mean' divides the total loss by both the batch size and the support \
    size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be \
    changed to behave the same as 'batchmean' in the next major release.";

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: all belief on what always happens: no surprise, and the slope is minus the probability.
    #[test]
    fn certainty_that_is_right_costs_nothing() {
        let plain = KlDiv { log_target: false };
        assert_eq!(plain.at([0.0, 1.0], 1.0), Jet { value: 0.0, slopes: [-1.0, 1.0] });
    }

    /// By hand: e⁰ (0 − (−2)) = 2; along the target the slope is 2 + 1.
    #[test]
    fn a_target_given_as_a_logarithm() {
        let log = KlDiv { log_target: true };
        assert_eq!(log.at([-2.0, 0.0], 1.0), Jet { value: 2.0, slopes: [-1.0, 3.0] });
    }
}
