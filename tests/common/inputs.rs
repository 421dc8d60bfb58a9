//! Inputs for every loss, made from what its Spec says of them, the same in every run.

use losslens::loss::numeric::log_softmax;
use losslens::loss::spec::{Domain, Family, Spec};
use losslens::loss::tensor::Tensor;

use super::random::Random;

/// Classes of a row, entries of a distribution or of a vector.
const WIDTH: usize = 10;

impl Random {
    /// A number from `from` up to `to`.
    pub fn real(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Inputs whose first one has about `count` elements.
pub fn inputs(spec: &Spec, count: usize, random: &mut Random) -> Vec<Tensor> {
    let rows = (count / WIDTH).max(1);
    let matrix = spec.inputs.iter().any(|it| it.domain == Domain::LogProbability);
    match spec.family {
        Family::Pointwise if !matrix => all(spec, &[count], random),
        Family::Pointwise | Family::Tagged | Family::Triplet => all(spec, &[rows, WIDTH], random),
        // Boxes have four sides.
        Family::Pair if spec.inputs.iter().all(|it| it.domain == Domain::Side) => {
            all(spec, &[rows, 4], random)
        }
        Family::Rowwise | Family::Pair => {
            let is_label = |domain| matches!(domain, Domain::Class | Domain::Sign);
            let shape = |domain| if is_label(domain) { vec![rows] } else { vec![rows, WIDTH] };
            spec.inputs.iter().map(|it| tensor(it.domain, &shape(it.domain), WIDTH, random)).collect()
        }
        Family::Sequence => sequences(spec, count, random),
        Family::Layered => layered(spec, rows, random),
    }
}

fn all(spec: &Spec, shape: &[usize], random: &mut Random) -> Vec<Tensor> {
    spec.inputs.iter().map(|it| tensor(it.domain, shape, WIDTH, random)).collect()
}

/// Rows of features and labels, and the layers: those of the head, then two for each cluster of three classes.
fn layered(spec: &Spec, rows: usize, random: &mut Random) -> Vec<Tensor> {
    const OF_CLUSTER: usize = 3;
    const INNER: usize = 2;
    let clusters = spec.inputs.len().saturating_sub(4) / 2;
    let head = WIDTH - clusters * OF_CLUSTER + clusters;
    let shapes = [vec![rows, WIDTH], vec![rows], vec![head, WIDTH], vec![head]];
    let tails = (0..clusters).flat_map(|_| [vec![INNER, WIDTH], vec![OF_CLUSTER, INNER]]);
    let shapes = shapes.into_iter().chain(tails);
    spec.inputs.iter().zip(shapes).map(|(it, shape)| tensor(it.domain, &shape, WIDTH, random)).collect()
}

/// Frames, samples and classes whose product is about `count`, and targets that fit into the frames.
fn sequences(spec: &Spec, count: usize, random: &mut Random) -> Vec<Tensor> {
    let (frames, samples, classes, length) = match count {
        0..=100 => (4, 2, 3, 2),
        101..=1000 => (20, 5, 10, 3),
        _ => (200, 50, 100, 30),
    };
    // The first length is that of the frames, the second that of the targets.
    let mut lengths = [frames, length].into_iter();
    let tensors = spec.inputs.iter().map(|it| match it.domain {
        Domain::Length => {
            let length = lengths.next().unwrap_or_default() as i64;
            Tensor::int([samples], vec![length; samples]).unwrap_or_default()
        }
        Domain::Class => {
            // Class 0 is the blank.
            let labels = (0..samples * length).map(|_| 1 + random.below(classes - 1) as i64);
            Tensor::int([samples, length], labels.collect()).unwrap_or_default()
        }
        domain => tensor(domain, &[frames, samples, classes], classes, random),
    });
    tensors.collect()
}

/// A tensor of ordinary numbers of one kind; `width` is the number of classes.
fn tensor(domain: Domain, shape: &[usize], width: usize, random: &mut Random) -> Tensor {
    let count = shape.iter().product::<usize>();
    let mut reals = |from, to| (0..count).map(|_| random.real(from, to)).collect::<Vec<f64>>();
    let values = match domain {
        Domain::Real | Domain::Logit | Domain::Side => reals(-4.0, 4.0),
        Domain::Unit | Domain::Probability => reals(0.05, 0.95),
        Domain::Distance => reals(0.0, 2.0),
        Domain::Variance => reals(0.1, 4.0),
        Domain::LogProbability => reals(-2.0, 2.0).chunks(width).flat_map(log_softmax).collect(),
        Domain::Count => reals(2.0, 10.0).into_iter().map(f64::floor).collect(),
        Domain::Sign => reals(-1.0, 1.0).into_iter().map(f64::signum).collect(),
        // Lists of any length, some with a label twice.
        Domain::Labels => {
            let label = |it: usize| if it < width { it as i64 } else { -1 };
            let labels = (0..count).map(|_| label(random.below(width + 3))).collect();
            return Tensor::int(shape, labels).unwrap_or_default();
        }
        Domain::Class | Domain::Length => {
            let ints = (0..count).map(|_| random.below(width) as i64).collect();
            return Tensor::int(shape, ints).unwrap_or_default();
        }
    };
    Tensor::new(shape, values).unwrap_or_default()
}
