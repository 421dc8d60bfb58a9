//! `torch.nn.AdaptiveLogSoftmaxWithLoss`: frequent classes in a short list, the rest in clusters behind one entry each
//! (Grave et al. 2017).

use super::linear::{Linear, check_shape, rows, stacked};
use super::{Answer, Given, Layered};
use crate::loss::args::Value;
use crate::loss::error::Error;
use crate::loss::evaluation::Units;
use crate::loss::numeric::{log_softmax, python};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Role, Spec};
use crate::loss::tensor::{Dtype, Tensor, torch_size};

const NAME: &str = "AdaptiveLogSoftmaxWithLoss";

/// Where the clusters' layers begin among the inputs.
const TAILS: usize = 4;

/// `torch.nn.AdaptiveLogSoftmaxWithLoss` with two clusters and a bias in its head; calls by name may have any number.
#[derive(Clone, Copy, Debug)]
pub enum AdaptiveLogSoftmax {}

const fn parameter(id: &'static str, doc: &'static str) -> Input {
    Input { id, role: Role::Parameter, domain: Domain::Real, doc }
}

impl Layered for AdaptiveLogSoftmax {
    const SPEC: &'static Spec = &Spec {
        torch: NAME,
        title: "Adaptive log-softmax",
        short: "Adaptive softmax",
        also: &["adaptive softmax", "hierarchical softmax", "vocabulary", "language model", "clusters"],
        brief: "Cross entropy over a great many classes: frequent ones at once, rare ones by way of their cluster.",
        group: Group::OneOfMany,
        family: Family::Layered,
        params: &[],
        inputs: &[
            Input {
                id: "input",
                role: Role::Feature,
                domain: Domain::Real,
                doc: "the features of each row, before the last layers",
            },
            Input {
                id: "target",
                role: Role::Target,
                domain: Domain::Class,
                doc: "the true class; frequent classes come first",
            },
            parameter("head.weight", "what each frequent class, and each cluster, makes of each feature"),
            parameter("head.bias", "what each of them has without any feature"),
            parameter("tail.0.0.weight", "what the first cluster keeps of the features"),
            parameter("tail.0.1.weight", "what each class of the first cluster makes of that"),
            parameter("tail.1.0.weight", "what the second cluster keeps of the features"),
            parameter("tail.1.1.weight", "what each class of the second cluster makes of that"),
        ],
        example: Example {
            story: "words",
            query: "input=1,0,-0.5;-0.5,1.5,0;0.5,0.5,1&target=0,2,4\
                    &head.weight=2,0,-1;1,0,0;-1,2,0;-1,0,1.5&head.bias=1,0.5,0,-1\
                    &tail.0.0.weight=0,1,0;0,0,1&tail.0.1.weight=1,-0.5;0.5,0.5\
                    &tail.1.0.weight=1x3:0,0.5,1&tail.1.1.weight=1;-0.5\
                    &at=input.2.2&names=I saw …,feed my …,a rare …;the,a,cat,dog,ocelot,axolotl",
            window: [-3.0, 5.0, 0.0, 8.0],
            overlays: &["label:0", "label:2"],
        },
    };

    fn sizes(inputs: &[&Tensor]) -> Vec<(&'static str, Value)> {
        let size = |place: usize, axis: usize| {
            inputs.get(place).and_then(|it| it.shape().get(axis)).map_or(0, |it| *it as i64)
        };
        let clusters = inputs.len().saturating_sub(TAILS) / 2;
        let tails = || (0..clusters).map(|it| TAILS + 2 * it);
        let mut ends = vec![size(2, 0) - clusters as i64];
        ends.extend(tails().map(|tail| size(tail + 1, 0)));
        let ends = ends.iter().scan(0_i64, |total, it| {
            *total = total.saturating_add(*it);
            Some(*total)
        });
        let mut cutoffs: Vec<i64> = ends.collect();
        let classes = cutoffs.pop().unwrap_or(0);
        // Cluster i keeps in_features / div_value^(i + 1), rounded down: the largest divisor that keeps so many.
        let width = size(2, 1) as f64;
        let divisor = |(k, tail): (usize, usize)| (width / size(tail, 0) as f64).powf(1.0 / (k + 1) as f64);
        let divisor = tails().enumerate().map(divisor).fold(f64::INFINITY, f64::min);
        vec![
            ("in_features", Value::Int(size(2, 1))),
            ("n_classes", Value::Int(classes)),
            ("cutoffs", Value::Tensor(Tensor::int([cutoffs.len()], cutoffs).unwrap_or_default())),
            ("div_value", Value::Real(divisor)),
            ("head_bias", Value::Flag(true)),
        ]
    }

    fn answer(given: &Given) -> Result<Answer, Error> {
        evaluate(given)
    }
}

/// Inputs: `input` of shape (in_features) or (N, in_features), `target` of indices, `head.weight`, perhaps `head.bias`,
/// and `tail.i.0.weight` and `tail.i.1.weight` for each cluster i. The output is the module's `loss`.
fn evaluate(given: &Given) -> Result<Answer, Error> {
    let ends = ends(given)?;
    let input = given.needed(NAME, "input")?;
    let target = given.needed(NAME, "target")?;
    check(input, target)?;
    check_parameters(given, &ends)?;
    let inside = rows(input);
    let labels = target.to(Dtype::Int64);
    let labels = labels.ints().unwrap_or_default();
    let last = ends.last().copied().unwrap_or(0);
    let short = ends.first().copied().unwrap_or(0);
    let cluster_of = |label: i64| ends.iter().position(|end| label < *end).unwrap_or(0);
    let up = -1.0 / labels.len() as f64;
    let gathers = if matches!(target.dtype(), Dtype::Int32 | Dtype::Int64) {
        Ok(())
    } else {
        Err(Error::runtime("gather(): Expected dtype int32/int64 for index"))
    };

    let mut of_clusters = Vec::new();
    let mut grads = Vec::new();
    for (cluster, start) in ends.iter().enumerate().take(ends.len().saturating_sub(1)) {
        let of_cluster = |it: &(usize, &i64)| cluster_of(*it.1) == cluster + 1;
        let (places, picked): (Vec<usize>, Vec<usize>) = labels
            .iter()
            .enumerate()
            .filter(of_cluster)
            .map(|(row, label)| (row, (label - start) as usize))
            .unzip();
        if places.is_empty() {
            continue;
        }
        let names = [0, 1].map(|layer| format!("tail.{cluster}.{layer}.weight"));
        let [first, second] = [given.needed(NAME, &names[0])?, given.needed(NAME, &names[1])?];
        let [first, second] = [Linear::new(first, None), Linear::new(second, None)];
        first.check(input, places.len())?;
        gathers.clone()?;
        let chosen: Vec<Vec<f64>> = places.iter().filter_map(|it| inside.get(*it).cloned()).collect();
        let between = first.forward(&chosen);
        let (logs, slopes) = pick(&second.forward(&between), &picked, up);
        let by_second = second.backward(&between, &slopes);
        let by_first = first.backward(&chosen, &by_second.rows);
        of_clusters.push((places, logs, by_first.rows));
        let [first, second] = names;
        grads.extend([(first, by_first.weight), (second, by_second.weight)]);
    }
    check_range(target, last)?;

    let head = Linear::new(given.needed(NAME, "head.weight")?, given.input("head.bias"));
    head.check(input, inside.len())?;
    if !labels.is_empty() {
        gathers?;
    }
    let entry = |label: i64| match cluster_of(label) {
        0 => label as usize,
        cluster => (short as usize) + cluster - 1,
    };
    let picked: Vec<usize> = labels.iter().map(|it| entry(*it)).collect();
    let (mut logs, slopes) = pick(&head.forward(&inside), &picked, up);
    let by_head = head.backward(&inside, &slopes);
    let mut by_rows = by_head.rows;
    for (places, more, by) in of_clusters {
        for (place, (more, by)) in places.into_iter().zip(more.into_iter().zip(by)) {
            logs.iter_mut().skip(place).take(1).for_each(|it| *it += more);
            let row = by_rows.iter_mut().skip(place).take(1).flatten();
            row.zip(by).for_each(|(it, by)| *it += by);
        }
    }
    let values: Vec<f64> = logs.iter().map(|it| -it).collect();
    let count = labels.len() as f64;
    let loss = values.iter().sum::<f64>() / count;
    let mut named = vec![
        ("input".to_owned(), stacked(by_rows, input.shape())),
        ("head.weight".to_owned(), by_head.weight),
    ];
    named.extend(by_head.bias.map(|it| ("head.bias".to_owned(), it)));
    named.extend(grads);
    let units = Units { values, shape: target.shape().to_vec(), divisor: Some(count), ..Units::default() };
    Ok(Answer { output: Tensor::scalar(loss), grads: named, units, ..Answer::default() })
}

/// Where each cluster ends, the short list first: the cutoffs and the number of classes.
fn ends(given: &Given) -> Result<Vec<i64>, Error> {
    let cutoffs = match given.arg("cutoffs") {
        Some(Value::Tensor(cutoffs)) => cutoffs.floats().into_owned(),
        _ => Vec::new(),
    };
    let classes = given.arg("n_classes").and_then(Value::real).unwrap_or(0.0);
    if cutoffs.is_empty() {
        return Err(Error::value("cutoffs should be a sequence of length larger than 0"));
    }
    let rising = cutoffs.iter().zip(cutoffs.iter().skip(1)).all(|(a, b)| a < b);
    let proper = |it: &f64| *it > 0.0 && *it <= classes - 1.0 && it.fract() == 0.0;
    if !rising || !cutoffs.iter().all(proper) {
        return Err(Error::value(
            "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each \
             value is between 1 and n_classes-1",
        ));
    }
    Ok(cutoffs.iter().chain([&classes]).map(|it| *it as i64).collect())
}

fn check(input: &Tensor, target: &Tensor) -> Result<(), Error> {
    let expects = |dims: [usize; 2]| {
        Err(Error::runtime(format!(
            "{}D target tensor expects {}D input tensors, but found inputs with size {}",
            dims[0],
            dims[1],
            torch_size(input.shape())
        )))
    };
    match target.dim() {
        0 if input.dim() != 1 => expects([0, 1]),
        0 => Ok(()),
        1 if input.shape().first() != target.shape().first() => {
            Err(Error::runtime("Input and target should have the same size in the batch dimension."))
        }
        1 if input.dim() != 2 => expects([1, 2]),
        1 => Ok(()),
        _ => Err(Error::runtime("0D or 1D target tensor expected, multi-target not supported")),
    }
}

/// Labels of classes that there are. PyTorch looks when it is done with the clusters.
fn check_range(target: &Tensor, classes: i64) -> Result<(), Error> {
    let labels = target.floats();
    if labels.iter().all(|it| (0.0..classes as f64).contains(it)) {
        return Ok(());
    }
    let [low, high] = [f64::min as fn(f64, f64) -> f64, f64::max].map(|pick| {
        let found = labels.iter().copied().reduce(pick).unwrap_or(0.0);
        if target.dtype().is_float() { python(found) } else { (found as i64).to_string() }
    });
    Err(Error::runtime(format!(
        "Target values should be in [0, {}], but values in range [{low}, {high}] were found. ",
        classes - 1
    )))
}

/// Parameters of the shapes that the constructor gives them. How wide a cluster is inside, its own first layer says.
fn check_parameters(given: &Given, ends: &[i64]) -> Result<(), Error> {
    let size = |it: i64| usize::try_from(it).unwrap_or(0);
    let first = given.needed(NAME, "head.weight")?;
    let width = first.shape().last().copied().unwrap_or(0);
    let width = given.arg("in_features").and_then(Value::real).map_or(width, |it| it as usize);
    let short = size(ends.first().copied().unwrap_or(0));
    let head = short.saturating_add(ends.len().saturating_sub(1));
    check_shape("head.weight", first, &[head, width])?;
    given.input("head.bias").map_or(Ok(()), |it| check_shape("head.bias", it, &[head]))?;
    for (cluster, (start, end)) in ends.iter().zip(ends.iter().skip(1)).enumerate() {
        let names = [0, 1].map(|layer| format!("tail.{cluster}.{layer}.weight"));
        let inner = given.input(&names[0]).and_then(|it| it.shape().first().copied()).unwrap_or(0);
        for (name, shape) in names.iter().zip([[inner, width], [size(end - start), inner]]) {
            given.input(name).map_or(Ok(()), |it| check_shape(name, it, &shape))?;
        }
    }
    Ok(())
}

/// The log-softmax of each row at its picked entry, and its gradient by the row times `up`.
fn pick(rows: &[Vec<f64>], picked: &[usize], up: f64) -> (Vec<f64>, Vec<Vec<f64>>) {
    let one = |(row, picked): (&Vec<f64>, &usize)| {
        let logs = log_softmax(row);
        let slope = |(k, log): (usize, &f64)| up * (f64::from(u8::from(k == *picked)) - log.exp());
        (logs.get(*picked).copied().unwrap_or(f64::NAN), logs.iter().enumerate().map(slope).collect())
    };
    rows.iter().zip(picked).map(one).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: with all parameters 0 the head gives its two entries one half each, and the cluster its two classes:
    /// class 2 costs ln 2 twice.
    #[test]
    fn a_cluster_costs_its_entry_and_its_place_in_it() {
        let zeros = |shape: [usize; 2]| Tensor::new(shape, vec![0.0; shape[0] * shape[1]]).unwrap();
        let named = |name: &str, it: Tensor| (name.to_owned(), it);
        let inputs = vec![
            named("input", zeros([1, 2])),
            named("target", Tensor::int([1], vec![2]).unwrap()),
            named("head.weight", zeros([2, 2])),
            named("tail.0.0.weight", zeros([1, 2])),
            named("tail.0.1.weight", zeros([2, 1])),
        ];
        let args = vec![
            ("n_classes".to_owned(), Value::Int(3)),
            ("cutoffs".to_owned(), Value::Tensor(Tensor::int([1], vec![1]).unwrap())),
        ];
        let answer = evaluate(&Given { args, inputs }).unwrap();
        assert!((answer.output.get(0).unwrap() - 4.0_f64.ln()).abs() < 1e-15);
        let names: Vec<&str> = answer.grads.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["input", "head.weight", "tail.0.0.weight", "tail.0.1.weight"]);
    }

    /// As PyTorch 2.15.0 answered: labels may be int32, but nothing else than integers; shapes are those of the layers.
    #[test]
    fn what_does_not_fit_is_refused() {
        let zeros = |shape: &[usize]| Tensor::new(shape, vec![0.0; shape.iter().product()]).unwrap();
        let why = |input: &[usize], target: Tensor, head: &[usize]| {
            let inputs = [
                ("input", zeros(input)),
                ("target", target),
                ("head.weight", zeros(head)),
                ("tail.0.0.weight", zeros(&[1, 2])),
                ("tail.0.1.weight", zeros(&[2, 1])),
            ];
            let inputs = inputs.map(|(name, tensor)| (name.to_owned(), tensor)).into();
            let cutoffs = Value::Tensor(Tensor::int([1], vec![1]).unwrap());
            let args = vec![("n_classes".to_owned(), Value::Int(3)), ("cutoffs".to_owned(), cutoffs)];
            evaluate(&Given { args, inputs }).map(|_| ()).map_err(|it| it.message)
        };
        let label = || Tensor::int([1], vec![2]).unwrap();
        assert_eq!(why(&[1, 2], label().to(Dtype::Int32), &[2, 2]), Ok(()));
        let refused = |it: &str| Err(it.to_owned());
        let dtype = refused("gather(): Expected dtype int32/int64 for index");
        assert_eq!(why(&[1, 2], Tensor::vector([1.0]), &[2, 2]), dtype);
        let width =
            |out: &str| refused(&format!("mm: mat1 and mat2 shapes cannot be multiplied (1x5 and 2x{out})"));
        assert_eq!(why(&[1, 5], label(), &[2, 2]), width("1"));
        assert_eq!(why(&[1, 5], Tensor::int([1], vec![0]).unwrap(), &[2, 2]), width("2"));
        let range = "Target values should be in [0, 2], but values in range [7.0, 7.0] were found. ";
        assert_eq!(why(&[1, 2], Tensor::vector([7.0]), &[2, 2]), refused(range));
        let shape = "size mismatch for head.weight: copying a param with shape torch.Size([1, 2]) from checkpoint, the \
                     shape in current model is torch.Size([2, 2]).";
        assert_eq!(why(&[1, 2], label(), &[1, 2]), refused(shape));
    }

    #[test]
    fn cutoffs_rise() {
        let cutoffs = |values: &[f64]| {
            let cutoffs = Value::Tensor(Tensor::vector(values));
            ends(&Given {
                args: vec![("n_classes".to_owned(), Value::Int(6)), ("cutoffs".to_owned(), cutoffs)],
                inputs: Vec::new(),
            })
        };
        assert_eq!(cutoffs(&[2.0, 4.0]), Ok(vec![2, 4, 6]));
        for wrong in [&[][..], &[4.0, 2.0], &[2.0, 2.0], &[0.0], &[6.0], &[2.5]] {
            assert!(cutoffs(wrong).is_err(), "{wrong:?}");
        }
    }
}
