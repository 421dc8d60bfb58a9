//! `torch.nn.LinearCrossEntropyLoss`: a linear layer and the cross-entropy of its scores, in one.

use super::linear::{Linear, check_shape, rows, stacked};
use super::{Answer, Given, Layered};
use crate::loss::args::{Args, Value};
use crate::loss::error::Error;
use crate::loss::evaluation::Want;
use crate::loss::numeric::python;
use crate::loss::rowwise::{IGNORE_INDEX, WEIGHT};
use crate::loss::spec::{Domain, Example, Family, Group, Input, Param, ParamKind, REDUCTION, Role, Spec};
use crate::loss::tensor::{Tensor, reserve};
use crate::loss::torch::CROSS_ENTROPY;

const NAME: &str = "LinearCrossEntropyLoss";

/// `torch.nn.LinearCrossEntropyLoss`: cross-entropy of the scores x Wᵀ + b.
#[derive(Clone, Copy, Debug)]
pub enum LinearCrossEntropy {}

impl Layered for LinearCrossEntropy {
    const SPEC: &'static Spec = &Spec {
        torch: NAME,
        title: "Linear cross entropy",
        short: "Linear CE",
        also: &["fused", "last layer", "language model head", "lm head", "cut cross entropy"],
        brief: "Cross entropy with the model's last linear layer inside: it takes features, not scores.",
        group: Group::OneOfMany,
        family: Family::Layered,
        params: &[
            REDUCTION,
            WEIGHT,
            IGNORE_INDEX,
            Param {
                id: "label_smoothing",
                doc: "How much of the target is spread evenly over all classes.",
                kind: ParamKind::Real { default: 0.0, slider: (0.0, 1.0), step: 0.01 },
            },
        ],
        inputs: &[
            Input {
                id: "input",
                role: Role::Feature,
                domain: Domain::Real,
                doc: "the features of each row, before the last layer",
            },
            Input { id: "target", role: Role::Target, domain: Domain::Class, doc: "the true class" },
            Input {
                id: "linear_weight",
                role: Role::Parameter,
                domain: Domain::Real,
                doc: "what each class makes of each feature",
            },
            Input {
                id: "linear_bias",
                role: Role::Parameter,
                domain: Domain::Real,
                doc: "what each class has without any feature",
            },
        ],
        example: Example {
            story: "features",
            query: "input=0,1;-1,-1;0.5,1&target=0,1,2&linear_weight=0,1;-1,-1.5;1.5,0.5&linear_bias=0.5,0,-0.5\
                    &at=input.2.0&with=label:0&names=photo 0,photo 1,photo 2;car,motorcycle,truck",
            window: [-4.0, 6.0, 0.0, 8.0],
            overlays: &["label:0", "label:1"],
        },
    };

    fn sizes(inputs: &[&Tensor]) -> Vec<(&'static str, Value)> {
        let size = |it: Option<&usize>| Value::Int(it.map_or(0, |it| *it as i64));
        let shape = inputs.get(2).map_or(&[][..], |it| it.shape());
        vec![
            ("in_features", size(shape.last())),
            ("num_classes", size(shape.first())),
            ("bias", Value::Flag(true)),
        ]
    }

    fn answer(given: &Given) -> Result<Answer, Error> {
        evaluate(given)
    }
}

/// Inputs: `input` of shape (in_features) or (N, in_features), `target` of indices or probabilities, `linear_weight` of
/// shape (num_classes · out_features…, in_features), and perhaps `linear_bias`.
fn evaluate(given: &Given) -> Result<Answer, Error> {
    let size = |name| given.arg(name).and_then(Value::real).map_or(0, |it| it as usize);
    let classes = size("num_classes");
    let class_weight = match given.arg("weight") {
        Some(Value::Tensor(weight)) if weight.shape() != [classes] => {
            return Err(Error::runtime(format!(
                "expected weight shape to be ({classes},), got {}",
                tuple(weight.shape())
            )));
        }
        weight => weight.cloned(),
    };
    let smoothing = given.arg("label_smoothing").and_then(Value::real).unwrap_or(0.0);
    if !smoothing.is_nan() && !(0.0..=1.0).contains(&smoothing) {
        return Err(Error::runtime(format!(
            "expected label_smoothing to be in range [0, 1], got {}",
            python(smoothing)
        )));
    }
    let further: Vec<usize> = match given.arg("out_features") {
        Some(Value::Tensor(sizes)) => sizes.floats().iter().map(|it| *it as usize).collect(),
        Some(Value::Int(size)) => vec![usize::try_from(*size).unwrap_or(0)],
        _ => Vec::new(),
    };
    let input = given.needed(NAME, "input")?;
    let target = given.needed(NAME, "target")?;
    let weight = given.needed(NAME, "linear_weight")?;
    let bias = given.input("linear_bias");
    check(input, weight, classes, &further)?;
    let width = further.iter().fold(classes, |total, size| total.saturating_mul(*size));
    check_shape("linear.weight", weight, &[width, input.shape().last().copied().unwrap_or(0)])?;
    bias.map_or(Ok(()), |it| check_shape("linear.bias", it, &[width]))?;

    let layer = Linear::new(weight, bias);
    layer.check(input, 0)?;

    // Empty rows take no numbers to write down, but some to keep.
    let count = if input.dim() > 1 { input.shape().first().copied().unwrap_or(0) } else { 1 };
    reserve(&mut Vec::new(), &[count, width.saturating_add(4)])?;
    let inside = rows(input);
    let mut shape = input.shape().to_vec();
    shape.pop();
    shape.push(classes);
    shape.extend(&further);
    let scores = stacked(layer.forward(&inside), &shape);
    if given.arg("ignore_index").is_some() && target.shape() == scores.shape() {
        return Err(Error::runtime("ignore_index cannot be specified when target contains probabilities"));
    }
    let mut args = Args::default();
    let handed = ["reduction", "label_smoothing", IGNORE_INDEX.id];
    let handed = handed.into_iter().filter_map(|it| Some((it, given.arg(it)?.clone())));
    for (name, value) in handed.chain(class_weight.map(|it| ("weight", it))) {
        if let Some(param) = CROSS_ENTROPY.spec.param(name) {
            args.set(param, value);
        }
    }
    let inner = CROSS_ENTROPY.evaluate(&args, &[&scores, target], Want::ALL)?;
    let mut grads = inner.grads.into_iter();
    let by_scores = grads.next().flatten().unwrap_or_default();
    let by_scores: Vec<Vec<f64>> = by_scores.floats().chunks(width.max(1)).map(<[f64]>::to_vec).collect();
    let slopes = layer.backward(&inside, &by_scores);
    let mut named = vec![("input".to_owned(), stacked(slopes.rows, input.shape()))];
    named.extend(grads.next().flatten().map(|it| ("target".to_owned(), it)));
    named.push(("linear_weight".to_owned(), slopes.weight));
    named.extend(slopes.bias.map(|it| ("linear_bias".to_owned(), it)));
    Ok(Answer {
        output: inner.output,
        grads: named,
        arg_grads: inner.arg_grads,
        units: inner.units,
        warnings: inner.warnings,
    })
}

fn check(input: &Tensor, weight: &Tensor, classes: usize, further: &[usize]) -> Result<(), Error> {
    let dim = input.dim();
    if !(1..=2).contains(&dim) {
        return Err(Error::runtime(format!("expected input with dimensionality 1 or 2, got {dim}")));
    }
    let last = |it: &Tensor| it.shape().last().copied().unwrap_or(0);
    if last(input) != last(weight) {
        return Err(Error::runtime(format!(
            "expected equal input and linear_weight last dimensions (in_features), got {} and {}, respectively",
            last(input),
            last(weight)
        )));
    }
    if dim == 1 && !further.is_empty() {
        let whole = [&[classes], further, &[last(weight)]].concat();
        return Err(Error::runtime(format!(
            "K-dimensional loss defined by linear_weight shape {} requires batched input, (N, {}), got unbatched \
             input with shape {}",
            tuple(&whole),
            last(weight),
            tuple(input.shape())
        )));
    }
    Ok(())
}

/// A shape as Python prints a tuple: `(3,)`, `(3, 2)`.
fn tuple(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    if sizes.len() == 1 { format!("({},)", sizes.concat()) } else { format!("({})", sizes.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: scores (0, 0) cost ln 2; one half of each class goes back through the weights 1 and −1.
    #[test]
    fn is_a_layer_and_a_cross_entropy() {
        let tensor = |shape: &[usize], values: &[f64]| Tensor::new(shape, values.to_vec()).unwrap();
        let inputs = vec![
            ("input".to_owned(), tensor(&[1, 1], &[0.0])),
            ("target".to_owned(), Tensor::int([1], vec![0]).unwrap()),
            ("linear_weight".to_owned(), tensor(&[2, 1], &[1.0, -1.0])),
        ];
        let args = vec![("in_features".to_owned(), Value::Int(1)), ("num_classes".to_owned(), Value::Int(2))];
        let answer = evaluate(&Given { args, inputs }).unwrap();
        assert!((answer.output.get(0).unwrap() - 2.0_f64.ln()).abs() < 1e-15);
        assert_eq!(answer.grads[0].1.get(0), Some(-1.0));
    }

    #[test]
    fn tuples_of_one_have_a_comma() {
        assert_eq!((tuple(&[3]), tuple(&[3, 2])), ("(3,)".to_owned(), "(3, 2)".to_owned()));
    }
}
