//! The functional forms that take a weight for each element, which their modules do not.

use super::{Huber, L1, Mse};
use crate::loss::args::Args;
use crate::loss::call::{Call, Plan, Reduction};
use crate::loss::error::Error;
use crate::loss::marks::Marks;
use crate::loss::pointwise::{Jet, Pointwise};
use crate::loss::reduce;
use crate::loss::spec::{Param, ParamKind, Per, REDUCTION, Spec};
use crate::loss::tensor::Tensor;

/// `F.l1_loss`, `F.mse_loss` or `F.huber_loss`: the module's loss, each element times its weight.
#[derive(Clone, Debug, Default)]
pub struct Weighted<L> {
    /// The loss of the module.
    pub plain: L,
    /// What each element's loss is multiplied by, of the shape of `input`.
    pub weight: Option<Tensor>,
}

/// What differs between the three.
pub trait Functional: Pointwise<2> {
    const FUNCTION: &'static Spec;

    /// Whether a weighted mean divides by the sum of the weights; otherwise by their number.
    const BY_WEIGHT: bool;

    /// The refusals of the loss itself, before the reduction is looked at.
    fn refuse(&self, _: &Call) -> Result<(), Error> {
        Ok(())
    }

    /// Its refusals on the way back.
    fn refuse_backward(&self, _: &Call) -> Result<(), Error> {
        Ok(())
    }
}

const WEIGHT: Param = Param {
    id: "weight",
    doc: "What each element's loss is multiplied by.",
    kind: ParamKind::Tensor { per: Per::Element },
};

impl Functional for L1 {
    const FUNCTION: &'static Spec =
        &Spec { torch: "F.l1_loss", short: "l1_loss", params: &[REDUCTION, WEIGHT], ..*Self::SPEC };
    const BY_WEIGHT: bool = true;
}

impl Functional for Mse {
    const FUNCTION: &'static Spec =
        &Spec { torch: "F.mse_loss", short: "mse_loss", params: &[REDUCTION, WEIGHT], ..*Self::SPEC };
    const BY_WEIGHT: bool = true;
}

impl Functional for Huber {
    const FUNCTION: &'static Spec = &Spec {
        torch: "F.huber_loss",
        short: "huber_loss",
        params: &[REDUCTION, super::huber::DELTA, WEIGHT],
        ..*Self::SPEC
    };
    const BY_WEIGHT: bool = false;

    fn refuse(&self, call: &Call) -> Result<(), Error> {
        self.refuse_forward(call)
    }

    fn refuse_backward(&self, call: &Call) -> Result<(), Error> {
        Huber::refuse_backward(self, call)
    }
}

impl<L: Functional> Pointwise<3> for Weighted<L> {
    const SPEC: &'static Spec = L::FUNCTION;

    const GRADS: [bool; 3] = [true; 3];

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { plain: L::new(args)?, weight: args.tensor(&WEIGHT)?.cloned() })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let Some(weight) = &self.weight else { return self.plain.check(call) };
        let shape = call.broadcast_with_warning()?;
        if weight.shape() != call.shape(0) {
            return Err(Error::value("Weights and input must have the same size."));
        }
        self.plain.refuse(call)?;
        let reduction = call.strict_reduction().map_err(|_| {
            let name = call.reduction_name();
            let known = "Expected one of 'none', 'mean', 'sum'.";
            Error::value(format!("Invalid reduction mode: {name}. {known}"))
        })?;
        self.plain.refuse_backward(call)?;
        Ok(Plan { shape, reduction })
    }

    fn tensors(&self) -> Vec<Option<&Tensor>> {
        vec![self.weight.as_ref()]
    }

    fn at(&self, [input, target, weight]: [f64; 3], up: f64) -> Jet<3> {
        let jet = self.plain.at([input, target], up * weight);
        let [by_input, by_target] = jet.slopes;
        Jet { value: jet.value * weight, slopes: [by_input, by_target, up * jet.value] }
    }

    fn marks(&self, [input, target, _]: [f64; 3], along: usize) -> Marks {
        self.plain.marks([input, target], along)
    }

    fn divisor(&self, plan: &Plan, _: &Call, count: usize) -> Option<f64> {
        match &self.weight {
            Some(weight) if L::BY_WEIGHT => reduce::by_weight(plan.reduction, &weight.floats()),
            _ => reduce::by_count(plan.reduction, count),
        }
    }

    fn divides_by(&self, plan: &Plan) -> Option<usize> {
        (L::BY_WEIGHT && self.weight.is_some() && plan.reduction == Reduction::Mean).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::args::Value;
    use crate::loss::evaluation::Want;
    use crate::loss::torch::Loss;

    /// By hand: squared errors 1 and 4 with weights 1 and 3: (1 + 12) / 4 = 3.25. A little more weight on the first moves
    /// the mean by (1 − 3.25) / 4, on the second by (4 − 3.25) / 4.
    #[test]
    fn a_weighted_mean_divides_by_the_weights() {
        let loss = Loss::known("F.mse_loss").unwrap();
        let mut args = Args::default();
        args.set(&WEIGHT, Value::Tensor(Tensor::vector([1.0, 3.0])));
        let (input, target) = (Tensor::vector([1.0, 2.0]), Tensor::vector([0.0, 0.0]));
        let answer = loss.evaluate(&args, &[&input, &target], Want::ALL).unwrap();
        assert_eq!(answer.output, Tensor::scalar(3.25));
        assert_eq!(answer.arg_grads, [("weight", Tensor::vector([-0.5625, 0.1875]))]);
    }

    /// By hand: weights 1 and 3 for columns of errors 1, 0 and 2, 1. A target of two rows uses each weight twice, but the
    /// divisor has it once: (1 + 0 + 6 + 3) / 4 = 2.5. The weights' gradients are (1 − 2.5) / 4 and (3 − 2.5) / 4.
    #[test]
    fn weights_that_are_broadcast_count_once_in_the_divisor() {
        let loss = Loss::known("F.l1_loss").unwrap();
        let mut args = Args::default();
        args.set(&WEIGHT, Value::Tensor(Tensor::vector([1.0, 3.0])));
        let target = Tensor::new([2, 2], vec![0.0, 0.0, 1.0, 1.0]).unwrap();
        let answer = loss.evaluate(&args, &[&Tensor::vector([1.0, 2.0]), &target], Want::ALL).unwrap();
        assert_eq!(answer.output, Tensor::scalar(2.5));
        assert_eq!(answer.arg_grads, [("weight", Tensor::vector([-0.375, 0.125]))]);
        assert!(answer.warnings.iter().any(|it| it.contains("broadcasting")));
    }

    /// By hand: as it has no say in the divisor, Huber's weight moves the mean by the element's loss over the count.
    #[test]
    fn huber_divides_by_the_count() {
        let jet = Weighted { plain: Huber { delta: 1.0 }, weight: None }.at([1.0, 0.0, 3.0], 0.5);
        assert_eq!(jet, Jet { value: 1.5, slopes: [1.5, -1.5, 0.25] });
    }
}
