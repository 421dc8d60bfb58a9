//! The rowwise family: rows of scores, one score for each class, against a label or class probabilities.

use super::args::Args;
use super::call::{Call, Plan, Reduction};
use super::error::Error;
use super::evaluation::{Evaluation, Units, Want};
use super::marks::Marks;
use super::reduce;
use super::spec::{Param, ParamKind, Per, Spec};
use super::tensor::{Tensor, count, list, reserve};

/// The class weights, `None` by default.
pub const WEIGHT: Param = Param {
    id: "weight",
    doc: "How much each class counts; the mean divides by the weights of the labels.",
    kind: ParamKind::Tensor { per: Per::Class },
};

/// The label that leaves its row out.
pub const IGNORE_INDEX: Param = Param {
    id: "ignore_index",
    doc: "Rows with this label count neither in the sum nor in the divisor.",
    kind: ParamKind::Int { default: -100 },
};

/// How rows count.
#[derive(Clone, Debug)]
pub struct Rules {
    /// A weight for each class, of shape (C).
    pub weight: Option<Tensor>,
    /// The label whose rows do not count.
    pub ignore_index: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { weight: None, ignore_index: IGNORE_INDEX.default_int() }
    }
}

impl Rules {
    /// The rules among constructor arguments.
    pub fn new(args: &Args) -> Result<Self, Error> {
        Ok(Self { weight: args.tensor(&WEIGHT)?.cloned(), ignore_index: args.int(&IGNORE_INDEX)? })
    }

    /// The weight of a class; 1 where none are given.
    pub fn weight(&self, class: usize) -> f64 {
        self.weight.as_ref().map_or(1.0, |it| it.get(class).unwrap_or(1.0))
    }
}

/// What a row is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A class, which is one of the row's.
    Label(usize),
    /// Nothing: the row does not count.
    Ignored,
    /// A probability for each class.
    Probabilities(&'a [f64]),
}

/// The gradients of one row, already multiplied by the upstream gradient. What nobody asks for is empty.
#[derive(Debug)]
pub struct Slopes<'a> {
    /// By the scores; always as long as they are. To be written.
    pub scores: &'a mut [f64],
    /// By the class probabilities. To be written.
    pub target: &'a mut [f64],
    /// By the class weights, of all rows together. To be added to.
    pub weight: &'a mut [f64],
}

/// A loss whose rows do not see each other.
pub trait Rowwise: Sized {
    /// Its description.
    const SPEC: &'static Spec;

    /// The constructor, with PyTorch's errors.
    fn new(args: &Args) -> Result<Self, Error>;

    /// The checks of `forward` but for those of single labels, in PyTorch's order. The plan's shape is the
    /// target's for labels, that of the input without its classes for probabilities.
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;

    /// How rows count.
    fn rules(&self) -> &Rules;

    /// The shares of the two terms that `at` returns, where the second counts: rows with labels only.
    fn shares(&self, classes: usize) -> Option<[f64; 2]> {
        let _ = classes;
        None
    }

    /// The loss of one row as two terms, with its gradients times the upstream gradient `up`.
    fn at(&self, scores: &[f64], target: Target, up: f64, slopes: Slopes) -> [f64; 2];

    /// What a curve along one number of one row must show: of the scores, or of the probabilities.
    fn marks(&self, scores: &[f64], target: Target, along: usize, place: usize) -> Marks;
}

/// How rows lie in a tensor of shape (C), (N, C) or (N, C, d…): the classes are an axis in its middle.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// How many classes a row has.
    pub classes: usize,
    /// How far apart the classes of a row lie.
    step: usize,
}

impl Rows {
    /// The rows of a tensor of scores.
    pub fn of(shape: &[usize]) -> Self {
        let axis = usize::from(shape.len() > 1);
        let classes = shape.get(axis).copied().unwrap_or(1);
        Self { classes, step: count(shape.get(axis + 1..).unwrap_or(&[])).unwrap_or(0).max(1) }
    }

    /// Where a row starts.
    fn start(self, row: usize) -> usize {
        row / self.step * self.classes * self.step + row % self.step
    }

    fn read(self, from: &[f64], row: usize, into: &mut [f64]) {
        let entries = from.get(self.start(row)..).unwrap_or(&[]).iter().step_by(self.step);
        into.iter_mut().zip(entries).for_each(|(slot, entry)| *slot = *entry);
    }

    fn write(self, from: &[f64], row: usize, into: &mut [f64]) {
        let entries = into.get_mut(self.start(row)..).unwrap_or(&mut []).iter_mut().step_by(self.step);
        entries.zip(from).for_each(|(entry, value)| *entry = *value);
    }
}

/// Evaluates a call into `out`, whose buffers are used again.
pub fn evaluate<L: Rowwise>(
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    run(&L::new(args)?, args, inputs, want, out)
}

/// The same of a loss that is there already: of `args` only the reduction counts.
pub fn run<L: Rowwise>(
    loss: &L,
    args: &Args,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    drive(loss, Call::new(L::SPEC, args, inputs)?, inputs, want, out)
}

/// A loss as `drive` sees it, which is compiled once for all of them.
trait Each {
    fn check(&self, call: &mut Call) -> Result<Plan, Error>;
    fn rules(&self) -> &Rules;
    fn shares(&self, classes: usize) -> Option<[f64; 2]>;
    fn at(&self, scores: &[f64], target: Target, up: f64, slopes: Slopes) -> [f64; 2];
}

impl<L: Rowwise> Each for L {
    fn check(&self, call: &mut Call) -> Result<Plan, Error> {
        self.check(call)
    }

    fn rules(&self) -> &Rules {
        self.rules()
    }

    fn shares(&self, classes: usize) -> Option<[f64; 2]> {
        self.shares(classes)
    }

    fn at(&self, scores: &[f64], target: Target, up: f64, slopes: Slopes) -> [f64; 2] {
        self.at(scores, target, up, slopes)
    }
}

fn drive(
    loss: &dyn Each,
    mut call: Call,
    inputs: &[&Tensor],
    want: Want,
    out: &mut Evaluation,
) -> Result<(), Error> {
    let plan = loss.check(&mut call)?;
    let [input, target, ..] = inputs else { return Ok(()) };
    let rows = Rows::of(input.shape());
    let count = reserve(&mut out.units.values, &plan.shape)?;
    let labels = target.ints();
    if labels.is_some() && want.input(0) && input.dim() == 1 && target.dim() == 1 && input.len() != 1 {
        // Forward accepts a lone label in brackets; backward does not.
        let (input, target) = (list(input.shape()), list(target.shape()));
        return Err(Error::runtime(format!("size mismatch (got input: {input}, target: {target})")));
    }
    let shares = labels.and_then(|_| loss.shares(rows.classes));

    let mut units = std::mem::take(&mut out.units);
    units.shape = plan.shape;
    units.weights = None;
    units.kept = None;
    units.divisor = match labels {
        Some(labels) => count_rows(loss.rules(), labels, rows.classes, plan.reduction, &mut units)?,
        None if input.is_empty() => reduce::by_count(plan.reduction, 0),
        None => reduce::by_count(plan.reduction, count),
    };

    let mut old = std::mem::take(&mut out.grads).into_iter();
    let mut grad = |wanted: bool, shape: &[usize]| {
        let buffer = old.next().flatten();
        wanted.then(|| Tensor::zeros_in(buffer, shape))
    };
    let mut by_input = grad(want.input(0), input.shape());
    let mut by_target = grad(want.input(1) && labels.is_none(), target.shape());
    let mut by_weight = match &loss.rules().weight {
        Some(weight) if want.args() && labels.is_none() && weight.dtype().is_float() => {
            vec![0.0; weight.len()]
        }
        _ => Vec::new(),
    };
    // Without rows, the number of classes may be one that no memory holds.
    let wide = |wanted: bool| if wanted && count > 0 { rows.classes } else { 0 };
    let mut scores = vec![0.0; wide(true)];
    let mut shown = vec![0.0; wide(labels.is_none())];
    let mut slopes = (vec![0.0; wide(true)], vec![0.0; wide(by_target.is_some())]);
    let (numbers, probabilities) = (input.floats(), target.floats());
    let up = reduce::upstream(units.divisor);

    let mut parts = units.parts.take().unwrap_or_default();
    parts[0].1.clear();
    parts[1].1.clear();
    units.values.clear();
    for row in 0..count {
        rows.read(&numbers, row, &mut scores);
        let target = match labels.map(|it| it.get(row).copied().unwrap_or(loss.rules().ignore_index)) {
            Some(label) if label == loss.rules().ignore_index => Target::Ignored,
            Some(label) => Target::Label(usize::try_from(label).unwrap_or(0)),
            None => {
                rows.read(&probabilities, row, &mut shown);
                Target::Probabilities(&shown)
            }
        };
        let by = Slopes { scores: &mut slopes.0, target: &mut slopes.1, weight: by_weight.as_mut_slice() };
        let [first, second] = loss.at(&scores, target, up, by);
        match shares {
            Some([a, b]) => {
                units.values.push(a * first + b * second);
                parts[0].1.push(first);
                parts[1].1.push(second);
            }
            None => units.values.push(first),
        }
        for (grad, slopes) in [(&mut by_input, &slopes.0), (&mut by_target, &slopes.1)] {
            if let Some(grad) = grad {
                rows.write(slopes, row, grad.floats_mut());
            }
        }
    }
    units.parts = shares.map(|shares| {
        parts[0].0 = shares[0];
        parts[1].0 = shares[1];
        parts
    });

    out.warnings = call.warnings;
    out.grads.extend([by_input, by_target]);
    out.arg_grads.clear();
    if !by_weight.is_empty() {
        out.arg_grads.push((WEIGHT.id, Tensor::vector(by_weight)));
    }
    out.output = reduce::output(plan.reduction, &units);
    out.units = units;
    Ok(())
}

/// Checks each label, as PyTorch does in the order of the rows, and adds up what the sum is divided by.
fn count_rows(
    rules: &Rules,
    labels: &[i64],
    classes: usize,
    reduction: Reduction,
    units: &mut Units,
) -> Result<Option<f64>, Error> {
    let mut kept = Vec::new();
    for (row, label) in labels.iter().enumerate() {
        let counts = *label != rules.ignore_index;
        if counts && !usize::try_from(*label).is_ok_and(|it| it < classes) {
            return Err(Error::index(format!("Target {label} is out of bounds.")));
        }
        if !counts && kept.is_empty() {
            kept.resize(row, true);
        }
        if !counts || !kept.is_empty() {
            kept.push(counts);
        }
    }
    let counting = labels.len() - kept.iter().filter(|it| !**it).count();
    if rules.weight.is_some() {
        let weight = |label: &i64| match usize::try_from(*label) {
            Ok(class) if *label != rules.ignore_index => rules.weight(class),
            _ => 0.0,
        };
        units.weights = Some(labels.iter().map(weight).collect());
    }
    units.kept = (!kept.is_empty()).then_some(kept);
    Ok(match &units.weights {
        Some(weights) => reduce::by_weight(reduction, weights),
        None => reduce::by_count(reduction, counting),
    })
}

/// The marks of a curve along one number of one row: scores of shape (C), a target of shape () or (C).
pub fn marks<L: Rowwise>(args: &Args, inputs: &[&Tensor], along: usize, place: usize) -> Marks {
    let (Ok(loss), [input, target]) = (L::new(args), inputs) else { return Marks::default() };
    let shown = target.floats();
    let target = match target.ints() {
        None => Target::Probabilities(&shown),
        Some(labels) => match labels.first().map(|it| (*it, usize::try_from(*it))) {
            Some((label, Ok(class))) if label != loss.rules().ignore_index => Target::Label(class),
            _ => Target::Ignored,
        },
    };
    loss.marks(&input.floats(), target, along, place)
}
