//! CTC: every way to spell the target over the frames, added up.

use crate::loss::args::Args;
use crate::loss::call::{Call, Plan};
use crate::loss::error::Error;
use crate::loss::lattice::Lattice;
use crate::loss::sequence::{Frames, INPUT_LENGTHS, Sequence, TARGET_LENGTHS, TARGETS};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::{Dtype, Tensor};

/// `torch.nn.CTCLoss`: −ln of the probability of all paths that spell the labels once repeats are merged and
/// blanks are dropped (Graves et al. 2006, equations 6 to 11).
#[derive(Clone, Copy, Debug, Default)]
pub struct Ctc {
    /// The class that stands for no letter.
    pub blank: i64,
    /// Whether an infinite loss becomes 0, with its gradient.
    pub zero_infinity: bool,
}

const BLANK: Param =
    Param { id: "blank", doc: "The class that stands for no letter.", kind: ParamKind::Int { default: 0 } };

const ZERO_INFINITY: Param = Param {
    id: "zero_infinity",
    doc: "Whether a target that does not fit into its frames costs nothing, rather than ∞.",
    kind: ParamKind::Flag { default: false },
};

impl Sequence for Ctc {
    const SPEC: &'static Spec = &Spec {
        torch: "CTCLoss",
        title: "Connectionist temporal classification",
        short: "CTC",
        also: &["connectionist temporal classification", "speech", "handwriting", "alignment"],
        brief: "Adds up every way to spell “bee” over the frames and asks that the sum be likely.",
        group: Group::Distribution,
        family: Family::Sequence,
        params: &[BLANK, REDUCTION, ZERO_INFINITY],
        inputs: &[
            Input {
                id: "log_probs",
                role: Role::Prediction,
                domain: Domain::LogProbability,
                doc: "the log-probability of each class in each frame",
            },
            Input { id: "targets", role: Role::Target, domain: Domain::Class, doc: "the letters" },
            Input {
                id: "input_lengths",
                role: Role::Aside,
                domain: Domain::Length,
                doc: "how many frames count",
            },
            Input {
                id: "target_lengths",
                role: Role::Aside,
                domain: Domain::Length,
                doc: "how many letters count",
            },
        ],
        example: Example {
            story: "bee",
            query: "log_probs=-1.6094379124341003,-0.35667494393873245,-2.3025850929940455;\
                    -1.2039728043259361,-0.916290731874155,-1.2039728043259361;\
                    -2.3025850929940455,-2.3025850929940455,-0.2231435513142097;\
                    -0.5108256237659907,-2.3025850929940455,-1.2039728043259361;\
                    -1.6094379124341003,-2.3025850929940455,-0.35667494393873245;\
                    -0.916290731874155,-2.3025850929940455,-0.6931471805599453\
                    &targets=1,2,2&input_lengths=6&target_lengths=3&at=log_probs.3.0&names=;–,b,e",
            window: [-6.0, 4.0, 0.0, 4.0],
            overlays: &[],
        },
    };

    type Scratch = Lattice;

    fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { blank: args.int(&BLANK)?, zero_infinity: args.flag(&ZERO_INFINITY)? })
    }

    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        let reduction = call.reduction()?;
        let [log_probs, targets, input_lengths, target_lengths, ..] = *call.inputs() else {
            return Ok(Plan { shape: Vec::new(), reduction });
        };
        let inputs = integral(input_lengths, INPUT_LENGTHS)?;
        let labels = integral(target_lengths, TARGET_LENGTHS)?;
        let (frames, samples, classes) = check_frames(log_probs)?;
        if !(1..=2).contains(&targets.dim()) {
            let dim = targets.dim();
            return Err(while_checking(format!(
                "Expected 1 to 2 dimensions, but got {dim}-dimensional tensor for {}",
                argument(TARGETS)
            )));
        }
        if !usize::try_from(self.blank).is_ok_and(|it| it < classes) {
            return Err(Error::runtime("blank must be in label range"));
        }
        for (lengths, place) in [(inputs, INPUT_LENGTHS), (labels, TARGET_LENGTHS)] {
            if lengths.len() != samples {
                return Err(Error::runtime(format!("{} must be of size batch_size", name(place))));
            }
        }
        check_targets(targets, labels, samples)?;
        for length in inputs {
            at_least_zero(*length, INPUT_LENGTHS)?;
            if usize::try_from(*length).is_ok_and(|it| it > frames) {
                return Err(while_checking(format!(
                    "Expected input_lengths to have value at most {frames}, but got value {length}"
                )));
            }
        }
        let shape = if log_probs.dim() == 3 { vec![samples] } else { Vec::new() };
        Ok(Plan { shape, reduction })
    }

    fn at(
        &self,
        log_probs: &[f64],
        frames: Frames,
        labels: &[usize],
        lattice: &mut Lattice,
        up: f64,
        slopes: &mut [f64],
    ) -> f64 {
        let frame = |t: usize| log_probs.get(frames.span(t)).unwrap_or(&[]);
        lattice.lay(usize::try_from(self.blank).unwrap_or(0), labels);
        let loss = lattice.forward(frames.count, frame);
        if self.zero_infinity && loss == f64::INFINITY {
            return 0.0;
        }
        if !slopes.is_empty() {
            lattice.backward(frames.count, frame, loss, |t, p, posterior| {
                let slopes = slopes.get_mut(frames.span(t)).unwrap_or(&mut []);
                for ((slope, p), posterior) in slopes.iter_mut().zip(p).zip(posterior) {
                    // PyTorch's gradient is that by the logits below a log-softmax, not by `log_probs` alone.
                    *slope = (p - posterior) * up;
                }
            });
        }
        loss
    }
}

/// Frames, samples and classes, or what PyTorch says of another shape; without a batch there is one sample.
fn check_frames(log_probs: &Tensor) -> Result<(usize, usize, usize), Error> {
    if log_probs.dim() == 0 {
        return Err(Error::index("Dimension out of range (expected to be in range of [-1, 0], but got 1)"));
    }
    if !log_probs.dtype().is_float() {
        let dtype = log_probs.dtype().scalar_type();
        return Err(Error::not_implemented(format!("\"ctc_loss_cpu\" not implemented for '{dtype}'")));
    }
    if log_probs.is_empty() {
        return Err(Error::runtime("log_probs tensor must not be empty"));
    }
    match *log_probs.shape() {
        [frames, classes] => Ok((frames, 1, classes)),
        [frames, samples, classes] => Ok((frames, samples, classes)),
        // Whatever has not three axes is given one for the batch first, and counted after that.
        _ => Err(while_checking(format!(
            "Expected 3-dimensional tensor, but got {}-dimensional tensor for {}",
            log_probs.dim() + 1,
            argument(0)
        ))),
    }
}

fn check_targets(targets: &Tensor, lengths: &[i64], samples: usize) -> Result<(), Error> {
    lengths.iter().try_for_each(|it| at_least_zero(*it, TARGET_LENGTHS))?;
    let (whole, most) = (
        lengths.iter().fold(0, |sum: i64, it| sum.saturating_add(*it)),
        lengths.iter().copied().max().unwrap_or(0),
    );
    let size = targets.shape().first().copied().unwrap_or(0);
    let wanted = if targets.dim() == 1 { usize::try_from(whole).unwrap_or(0) } else { samples };
    if size != wanted {
        return Err(while_checking(format!(
            "Expected tensor to have size {wanted} at dimension 0, but got size {size} for {}",
            argument(TARGETS)
        )));
    }
    match targets.shape() {
        [_, width] if usize::try_from(most).is_ok_and(|it| it > *width) => Err(while_checking(format!(
            "Expected tensor to have size at least {most} at dimension 1, but got size {width} for {}",
            argument(TARGETS)
        ))),
        _ => Ok(()),
    }
}

fn integral(lengths: &Tensor, place: usize) -> Result<&[i64], Error> {
    let ints = lengths.ints().filter(|_| lengths.dtype() != Dtype::Bool);
    ints.ok_or_else(|| Error::runtime(format!("{} must be integral", name(place))))
}

fn at_least_zero(length: i64, place: usize) -> Result<(), Error> {
    if length >= 0 {
        return Ok(());
    }
    Err(while_checking(format!("Expected {} to have value at least 0, but got value {length}", name(place))))
}

fn name(place: usize) -> &'static str {
    Ctc::SPEC.inputs.get(place).map_or("", |it| it.id)
}

/// An input as PyTorch's messages name it, counted from 1.
fn argument(place: usize) -> String {
    format!("argument #{} '{}'", place + 1, name(place))
}

fn while_checking(message: String) -> Error {
    Error::runtime(format!("{message} (while checking arguments for ctc_loss_allocate_outputs)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::args::{Args, Value};
    use crate::loss::evaluation::{Evaluation, Want};
    use crate::loss::sequence::evaluate;

    const BEE: [[f64; 3]; 6] = [
        [0.2, 0.7, 0.1],
        [0.3, 0.4, 0.3],
        [0.1, 0.1, 0.8],
        [0.6, 0.1, 0.3],
        [0.2, 0.1, 0.7],
        [0.4, 0.1, 0.5],
    ];

    fn spell(frames: &[[f64; 3]], labels: &[i64], length: usize) -> Evaluation {
        let logs = frames.iter().flatten().map(|it| it.ln()).collect();
        let log_probs = Tensor::new([frames.len(), 3], logs).unwrap_or_default();
        let count = |it: usize| Tensor::int([], vec![it as i64]).unwrap_or_default();
        let targets = Tensor::int([labels.len()], labels.to_vec()).unwrap_or_default();
        let inputs = [&log_probs, &targets, &count(length), &count(labels.len())];
        let args = Args::new(Ctc::SPEC, [(REDUCTION.id.to_owned(), Value::Text("sum".into()))]);
        let mut out = Evaluation::default();
        args.and_then(|args| evaluate::<Ctc>(&args, &inputs, Want::FIRST, &mut out)).expect("a good call");
        out
    }

    /// By hand: "b" in two frames is bb, –b or b–, 0.7 · 0.4 + 0.2 · 0.4 + 0.7 · 0.3 = 0.57.
    #[test]
    fn one_letter_in_two_frames() {
        let out = spell(&BEE[..2], &[1], 2);
        assert!((out.units.values[0] + 0.57_f64.ln()).abs() < 1e-15);
        // Of these, 0.49 pass through b in the first frame.
        let slope = out.grads[0].as_ref().and_then(|it| it.get(1)).unwrap_or(f64::NAN);
        assert!((slope - (0.7 - 0.49 / 0.57)).abs() < 1e-15);
    }

    /// The worked example: 28 paths spell "bee" in six frames, 7 in five, 1 in four, none in three.
    #[test]
    fn bee_in_ever_fewer_frames() {
        let losses =
            [6, 5, 4, 3].map(|length| format!("{:.4}", spell(&BEE, &[1, 2, 2], length).units.values[0]));
        assert_eq!(losses, ["1.1755", "1.2853", "5.0672", "inf"]);
    }
}
