//! Cross entropy: minus the log of the probability that softmax gives to the true class.

use super::nll::{check_class_weight, check_labels};
use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::marks::{Best, Marks};
use crate::loss::numeric::stream;
use crate::loss::rowwise::{IGNORE_INDEX, Rows, Rowwise, Rules, Slopes, Target, WEIGHT};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};

/// `torch.nn.CrossEntropyLoss`: −Σ w_c t_c ln softmax(x)_c, where t is all on the label, or the class
/// probabilities given, each mixed with `label_smoothing` of the uniform distribution.
#[derive(Clone, Debug, Default)]
pub struct CrossEntropy {
    /// The class weights, and the label that is ignored.
    pub rules: Rules,
    /// How much of the target is spread evenly over all classes, from 0 to 1.
    pub label_smoothing: f64,
}

const LABEL_SMOOTHING: Param = Param {
    id: "label_smoothing",
    doc: "How much of the target is spread evenly over all classes.",
    kind: ParamKind::Real { default: 0.0, slider: (0.0, 1.0), step: 0.01 },
};

impl Rowwise for CrossEntropy {
    const SPEC: &'static Spec = &Spec {
        torch: "CrossEntropyLoss",
        title: "Cross entropy",
        short: "Cross entropy",
        also: &["CE", "softmax", "log loss", "classification", "categorical", "multiclass"],
        brief: "How surprised the model is by the true class: minus the log of the probability it gave it.",
        group: Group::OneOfMany,
        family: Family::Rowwise,
        params: &[WEIGHT, IGNORE_INDEX, REDUCTION, LABEL_SMOOTHING],
        inputs: &[
            Input {
                id: "input",
                role: Role::Prediction,
                domain: Domain::Logit,
                doc: "the model's score for each class",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Class, doc: "the true class" },
        ],
        example: Example {
            story: "photos",
            query: "input=2,1,0.1;0.5,2.5,0;3,0,1&target=0,1,2&at=input.2.2&with=softmax:CrossEntropyLoss\
                    &names=photo 0,photo 1,photo 2;car,motorcycle,truck",
            window: [-4.0, 8.0, 0.0, 8.0],
            overlays: &["softmax:CrossEntropyLoss", "label:0", "label:1"],
        },
    };

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { rules: Rules::new(args)?, label_smoothing: args.real(&LABEL_SMOOTHING)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let [input, target, ..] = call.inputs() else { return Ok(Plan { shape: Vec::new(), reduction }) };
        let probabilities = input.shape() == target.shape();
        if probabilities {
            self.check_probabilities(call)?;
        }
        if self.label_smoothing > 1.0 {
            return Err(Error::runtime(format!(
                "label_smoothing must be between 0.0 and 1.0. Got: {}",
                stream(self.label_smoothing)
            )));
        }
        if input.dim() == 0 {
            return Err(Error::index(
                "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
            ));
        }
        if !input.dtype().is_float() {
            let kernel =
                if input.dim() <= 2 { "log_softmax_lastdim_kernel_impl" } else { "log_softmax_kernel_impl" };
            let name = input.dtype().scalar_type();
            return Err(Error::not_implemented(format!("\"{kernel}\" not implemented for '{name}'")));
        }
        let shape = if probabilities {
            let mut shape = input.shape().to_vec();
            shape.remove(usize::from(shape.len() > 1));
            shape
        } else {
            check_labels(call, &self.rules)?
        };
        Ok(Plan { shape, reduction })
    }

    fn rules(&self) -> &Rules {
        &self.rules
    }

    fn shares(&self, classes: usize) -> Option<[f64; 2]> {
        let smoothed = self.label_smoothing > 0.0;
        smoothed.then(|| [1.0 - self.label_smoothing, self.label_smoothing / classes as f64])
    }

    fn at(&self, scores: &[f64], target: Target, up: f64, slopes: Slopes) -> [f64; 2] {
        let level = softmax(scores, slopes.scores);
        match target {
            Target::Label(label) => self.at_label(scores, label, level, up, slopes),
            Target::Probabilities(shown) => [self.at_probabilities(scores, shown, level, up, slopes), 0.0],
            Target::Ignored => {
                // No slope reaches the scores, but softmax passes that on: a row that is not finite spoils it.
                slopes.scores.iter_mut().for_each(|p| *p *= 0.0);
                [0.0, 0.0]
            }
        }
    }

    /// Along a logit x with the others held, the loss is Q ln(eˣ + R) − q x + a constant, with q the weighted
    /// target of that class, Q that of all, R what the other logits add up to.
    fn marks(&self, scores: &[f64], target: Target, along: usize, place: usize) -> Marks {
        let classes = scores.len();
        let weighted: Vec<f64> = (0..classes)
            .map(|class| {
                let shown = match target {
                    Target::Label(label) => f64::from(u8::from(class == label)),
                    Target::Probabilities(shown) => shown.get(class).copied().unwrap_or(f64::NAN),
                    Target::Ignored => 0.0,
                };
                self.rules.weight(class) * self.smoothed(shown, classes)
            })
            .collect();
        let whole: f64 = weighted.iter().sum();
        let others = || scores.iter().zip(&weighted).enumerate().filter(|it| it.0 != place).map(|it| it.1);
        let most = others().map(|it| *it.0).fold(f64::NEG_INFINITY, f64::max);
        let rest = most + others().map(|it| (it.0 - most).exp()).sum::<f64>().ln();
        let share = weighted.get(place).map_or(f64::NAN, |it| it / whole);
        if along != 0 || matches!(target, Target::Ignored) || !(rest.is_finite() && whole > 0.0) {
            return Marks::default();
        }
        if share >= 1.0 {
            return Marks { best: Best::Highest, ..Marks::default() };
        }
        if share > 0.0 {
            return Marks::least_at(rest + (share / (1.0 - share)).ln());
        }
        let floor = whole * rest - others().map(|(x, weight)| weight * x).sum::<f64>();
        Marks { best: Best::Lowest, floor: (share == 0.0).then_some(floor), ..Marks::default() }
    }
}

impl CrossEntropy {
    fn check_probabilities(&self, call: &Call) -> Result<(), Error> {
        let [input, target, ..] = call.inputs() else { return Ok(()) };
        if !target.dtype().is_float() {
            return Err(Error::runtime(format!(
                "Expected floating point type for target with class probabilities, got {}",
                target.dtype().scalar_type()
            )));
        }
        if self.rules.ignore_index >= 0 {
            return Err(Error::runtime("ignore_index is not supported for floating point target"));
        }
        if input.dim() == 0 {
            return Err(Error::index("Dimension specified as 1 but tensor has no dimensions"));
        }
        check_class_weight(Rows::of(input.shape()).classes, &self.rules, "cross_entropy: ")
    }

    /// A probability of the target after smoothing. PyTorch takes a negative or NaN smoothing for none.
    fn smoothed(&self, shown: f64, classes: usize) -> f64 {
        let smoothing = self.label_smoothing;
        if smoothing > 0.0 { shown * (1.0 - smoothing) + smoothing / classes as f64 } else { shown }
    }

    /// The loss of the label and that of all classes alike; `slopes.scores` holds the softmax.
    fn at_label(&self, scores: &[f64], label: usize, level: Level, up: f64, slopes: Slopes) -> [f64; 2] {
        let surprise = |class: usize| {
            -level.log(scores.get(class).copied().unwrap_or(f64::NAN)) * self.rules.weight(class)
        };
        let [hard, soft] = self.shares(scores.len()).unwrap_or([1.0, 0.0]);
        let push = -(self.rules.weight(label) * (hard * up));
        if soft == 0.0 {
            slopes.scores.iter_mut().for_each(|p| *p *= -push);
            slopes.scores.iter_mut().skip(label).take(1).for_each(|slope| *slope += push);
            return [surprise(label), 0.0];
        }
        let pushes = |class: usize| {
            let even = -(soft * up * self.rules.weight(class));
            if class == label { push + even } else { even }
        };
        let total: f64 = (0..scores.len()).map(pushes).sum();
        for (class, p) in slopes.scores.iter_mut().enumerate() {
            *p = pushes(class) - *p * total;
        }
        [surprise(label), (0..scores.len()).map(surprise).sum()]
    }

    fn at_probabilities(&self, scores: &[f64], shown: &[f64], level: Level, up: f64, slopes: Slopes) -> f64 {
        let (classes, mut loss, mut total) = (scores.len(), 0.0, 0.0);
        let passed = if self.label_smoothing > 0.0 { 1.0 - self.label_smoothing } else { 1.0 };
        for (class, (score, shown)) in scores.iter().zip(shown).enumerate() {
            let (log, shown, weight) =
                (level.log(*score), self.smoothed(*shown, classes), self.rules.weight(class));
            loss -= log * shown * weight;
            total -= up * weight * shown;
            if let Some(slope) = slopes.target.get_mut(class) {
                *slope = -up * weight * log * passed;
            }
            if let Some(slope) = slopes.weight.get_mut(class) {
                *slope -= up * (log * shown);
            }
        }
        for (class, (p, shown)) in slopes.scores.iter_mut().zip(shown).enumerate() {
            *p = -(up * self.rules.weight(class) * self.smoothed(*shown, classes)) - *p * total;
        }
        loss
    }
}

/// ln Σ eˣ, kept in two pieces so that a small loss beside large logits keeps its digits.
#[derive(Clone, Copy, Debug)]
struct Level {
    most: f64,
    above: f64,
}

impl Level {
    /// The logarithm of the softmax of a score.
    fn log(self, score: f64) -> f64 {
        score - self.most - self.above
    }
}

/// Writes the softmax of the scores, and returns their level.
fn softmax(scores: &[f64], into: &mut [f64]) -> Level {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut whole = 0.0;
    for (slot, score) in into.iter_mut().zip(scores) {
        *slot = (score - most).exp();
        whole += *slot;
    }
    into.iter_mut().for_each(|it| *it /= whole);
    Level { most, above: whole.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(label_smoothing: f64) -> CrossEntropy {
        CrossEntropy { rules: Rules { weight: None, ignore_index: -100 }, label_smoothing }
    }

    fn at(loss: &CrossEntropy, scores: &[f64], target: Target) -> ([f64; 2], Vec<f64>) {
        let mut slopes = vec![0.0; scores.len()];
        let by = Slopes { scores: &mut slopes, target: &mut [], weight: &mut [] };
        (loss.at(scores, target, 1.0, by), slopes)
    }

    /// By hand: two equal logits share evenly, so the loss is ln 2, and the gradient ½ − truth.
    #[test]
    fn two_equal_logits() {
        let ([loss, _], slopes) = at(&plain(0.0), &[3.0, 3.0], Target::Label(1));
        assert!((loss - 2.0_f64.ln()).abs() < 1e-15);
        assert_eq!(slopes, [0.5, -0.5]);
    }

    /// Photo 2 of the worked example: softmax .8438 .0420 .1142, loss 2.1698, and without the car's logit
    /// −ln (e / (1 + e)) = 0.3133.
    #[test]
    fn photo_two() {
        let scores = [3.0, 0.0, 1.0];
        let ([loss, _], slopes) = at(&plain(0.0), &scores, Target::Label(2));
        let rounded: Vec<f64> = slopes.iter().map(|it| (it * 1e4).round() / 1e4).collect();
        assert_eq!((format!("{loss:.4}"), rounded), ("2.1698".into(), vec![0.8438, 0.042, -0.8858]));
        let floor = plain(0.0).marks(&scores, Target::Label(2), 0, 0).floor;
        assert_eq!(floor.map(|it| format!("{it:.4}")), Some("0.3133".into()));
    }

    /// By hand: with smoothing 0.2 of two classes the label's share is 0.9, and logit 0 beside 0 must rise to
    /// ln 9 for softmax to say so.
    #[test]
    fn smoothed_labels_have_a_best_logit() {
        let Best::Point(best) = plain(0.2).marks(&[0.0, 0.0], Target::Label(1), 0, 1).best else {
            panic!("no best point")
        };
        assert!((best - 9.0_f64.ln()).abs() < 1e-15);
        let (_, slopes) = at(&plain(0.2), &[0.0, best], Target::Label(1));
        assert!(slopes.iter().all(|it| it.abs() < 1e-15));
    }
}
