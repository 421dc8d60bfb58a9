//! The layers of a loss that holds parameters: what they make of one row of features, down to the probability of every
//! class; and what the rows and columns of a parameter are.

use super::picture::Row;
use super::{Experiment, number};
use crate::loss::args::Value;
use crate::loss::module::linear::Linear;
use crate::loss::numeric::{log_softmax, softmax};
use crate::loss::spec::Role;
use crate::loss::tensor::Tensor;

/// The places of the head's weight and bias among the inputs; behind them come two weights for each cluster.
const HEAD: usize = 2;
const BIAS: usize = 3;
const TAILS: usize = 4;

/// What one entry of a layer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To a class.
    Class(usize),
    /// To a cluster, counted from 0.
    Cluster(usize),
}

/// One entry of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// What it leads to.
    pub leads: Leads,
    /// What the layer gives it.
    pub score: f64,
    /// Its share among the entries of its layer.
    pub p: f64,
    /// The probability of what it leads to: the shares on the way multiplied.
    pub chance: f64,
    /// Whether it is on the way to the target.
    pub lit: bool,
}

/// What the layers make of one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The head: the short list of classes, then an entry for each cluster.
    pub head: Vec<Entry>,
    /// The classes of each cluster.
    pub clusters: Vec<Vec<Entry>>,
    /// The logarithm of the target's probability; NaN where the target is none of the classes.
    pub output: f64,
}

/// How many classes the head has itself, and how many each cluster.
fn counts(experiment: &Experiment) -> (usize, Vec<usize>) {
    let rows = |place: usize| experiment.inputs.get(place).and_then(|it| it.shape().first().copied());
    let clusters: Vec<usize> = (TAILS + 1..experiment.inputs.len()).step_by(2).filter_map(rows).collect();
    (rows(HEAD).unwrap_or(0).saturating_sub(clusters.len()), clusters)
}

/// What the chosen row comes to.
pub fn tree(experiment: &Experiment) -> Tree {
    let row = Row::of(experiment);
    let (short, sizes) = counts(experiment);
    let target = experiment.inputs.get(1).and_then(Tensor::ints).and_then(|it| it.get(row.index).copied());
    let target = target.and_then(|it| usize::try_from(it).ok());
    let layer = |weight: usize, bias: Option<usize>, row: Vec<f64>| {
        let tensor = |it: usize| experiment.inputs.get(it);
        let layer = tensor(weight).map(|it| Linear::new(it, bias.and_then(tensor)));
        layer.and_then(|it| it.forward(&[row]).pop()).unwrap_or_default()
    };
    let features = row.values(experiment, 0);
    let scores = layer(HEAD, Some(BIAS), features.clone());
    let mut start = short;
    let spans: Vec<_> = sizes
        .iter()
        .map(|size| {
            start += size;
            start - size..start
        })
        .collect();
    let cluster = target.and_then(|it| spans.iter().position(|span| span.contains(&it)));
    let logs = log_softmax(&scores);
    let picked = cluster.map(|it| short + it).or(target.filter(|it| *it < short));
    let mut output = picked.and_then(|it| logs.get(it).copied()).unwrap_or(f64::NAN);
    let p = softmax(&scores);
    let head = scores.iter().zip(&p).enumerate().map(|(k, (score, p))| Entry {
        leads: if k < short { Leads::Class(k) } else { Leads::Cluster(k - short) },
        score: *score,
        p: *p,
        chance: *p,
        lit: Some(k) == picked,
    });
    let mut clusters = Vec::new();
    for (k, span) in spans.into_iter().enumerate() {
        let between = layer(TAILS + 2 * k, None, features.clone());
        let scores = layer(TAILS + 2 * k + 1, None, between);
        let by = p.get(short + k).copied().unwrap_or(f64::NAN);
        if let Some(place) = target.filter(|it| span.contains(it)).map(|it| it - span.start) {
            output += log_softmax(&scores).get(place).copied().unwrap_or(f64::NAN);
        }
        let shares = softmax(&scores);
        let entry = |(class, (score, p)): (usize, (&f64, &f64))| Entry {
            leads: Leads::Class(class),
            score: *score,
            p: *p,
            chance: by * p,
            lit: Some(class) == target,
        };
        clusters.push(span.zip(scores.iter().zip(&shares)).map(entry).collect());
    }
    Tree { head: head.collect(), clusters, output }
}

/// What the rows of an input of a layered loss are, or the columns of one that has no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A unit of the batch, which has a name.
    Unit(usize),
    /// A class, which may have one.
    Class(usize),
    /// A cluster, counted from 0.
    Cluster(usize),
    /// A feature, or what a cluster keeps of them: these are counted.
    Counted(usize),
}

impl Experiment {
    /// Whether an input is a weight or a bias. The program without such losses need not ask.
    pub fn is_parameter(&self, input: usize) -> bool {
        cfg!(not(feature = "without-beyond"))
            && self.loss.spec.inputs.get(input).is_some_and(|it| it.role == Role::Parameter)
    }

    /// Whether the loss holds parameters.
    pub fn is_layered(&self) -> bool {
        self.is_parameter(HEAD)
    }

    /// How many classes the layers lead to.
    pub fn classes_of_layers(&self) -> usize {
        let (short, sizes) = counts(self);
        short + sizes.iter().sum::<usize>()
    }

    /// The arguments of the constructor that follow from the parameters, as Python writes them: `in_features=2`.
    pub fn sizes(&self) -> Vec<String> {
        if !self.is_layered() {
            return Vec::new();
        }
        let write = |(id, value): (&str, Value)| match &value {
            Value::Tensor(list) => format!("{id}={}", number::list(list)),
            value => format!("{id}={}", number::argument(value)),
        };
        self.loss.sizes(&self.inputs).into_iter().map(write).collect()
    }

    /// What a row of an input is: of a bias, which has one row alone, what its entry is.
    pub fn line(&self, input: usize, row: usize) -> Line {
        let (short, sizes) = counts(self);
        match input {
            HEAD | BIAS if row < short => Line::Class(row),
            HEAD | BIAS => Line::Cluster(row - short),
            0 | 1 => Line::Unit(row),
            _ if input.is_multiple_of(2) => Line::Counted(row),
            _ => Line::Class(short + sizes.iter().take((input - TAILS) / 2).sum::<usize>() + row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::At;
    use crate::experiment::address::{Route, example, read};
    use crate::loss::torch::LOSSES;

    fn layered() -> impl Iterator<Item = Experiment> {
        let all = LOSSES.iter().map(example);
        all.filter(Experiment::is_layered)
    }

    /// The output of every row is minus what the loss says of it.
    #[test]
    fn the_tree_ends_at_the_loss() {
        for example in layered() {
            let answer = example.evaluate().unwrap();
            for (row, loss) in answer.units.values.iter().enumerate() {
                let width = example.inputs[0].shape()[1];
                let tree = tree(&Experiment { at: At { input: 0, place: row * width }, ..example.clone() });
                assert!((tree.output + loss).abs() < 1e-14, "{} {row}", example.loss.spec.torch);
                let entries = || tree.head.iter().chain(tree.clusters.iter().flatten());
                let classes = entries().filter(|it| matches!(it.leads, Leads::Class(_)));
                assert!((classes.map(|it| it.chance).sum::<f64>() - 1.0).abs() < 1e-14);
                let way: Vec<&Entry> = entries().filter(|it| it.lit).collect();
                assert!((way.last().unwrap().chance.ln() - tree.output).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn lines_are_named_after_what_they_are() {
        let Route::Loss(it) = read("/AdaptiveLogSoftmaxWithLoss").route else { panic!("no such page") };
        assert_eq!(
            (it.line(0, 2), it.line(2, 1), it.line(2, 3)),
            (Line::Unit(2), Line::Class(1), Line::Cluster(1))
        );
        assert_eq!(
            (it.line(4, 1), it.line(5, 1), it.line(7, 1)),
            (Line::Counted(1), Line::Class(3), Line::Class(5))
        );
    }
}
