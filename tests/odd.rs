//! Odd inputs and arguments, for every loss: never a panic, and reductions that fit together.

#[path = "common/inputs.rs"]
mod inputs;

use inputs::{Random, inputs};
use losslens::loss::args::{Args, Value};
use losslens::loss::evaluation::{Evaluation, Want};
use losslens::loss::numeric::sum;
use losslens::loss::spec::{REDUCTION, Spec};
use losslens::loss::tensor::{Dtype, Tensor};
use losslens::loss::torch::{LOSSES, Loss, WITHOUT_PAGE};

const ODD: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -100.0,
    3.0,
    1e308,
    -1e308,
    1e-308,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
];

const SHAPES: [&[usize]; 12] =
    [&[], &[0], &[1], &[3], &[20], &[2, 10], &[2, 1], &[1, 10], &[2, 0], &[0, 10], &[2, 3, 2], &[1, 1, 1, 1]];

const DTYPES: [Dtype; 6] =
    [Dtype::Float64, Dtype::Float32, Dtype::Int64, Dtype::Int32, Dtype::Uint8, Dtype::Bool];

fn one_in(count: usize, random: &mut Random) -> bool {
    random.below(count) == 0
}

fn odd_number(random: &mut Random) -> f64 {
    ODD[random.below(ODD.len())]
}

/// A tensor of odd numbers and any shape; sometimes its dtype is odd too.
fn odd_tensor(random: &mut Random) -> Tensor {
    let shape = SHAPES[random.below(SHAPES.len())];
    let values = (0..shape.iter().product()).map(|_| odd_number(random)).collect();
    let tensor = Tensor::new(shape, values).expect("as many as the shape says");
    if one_in(3, random) { tensor.to(DTYPES[random.below(DTYPES.len())]) } else { tensor }
}

/// Ordinary inputs in which some things are not.
fn odd_inputs(spec: &Spec, random: &mut Random) -> Vec<Tensor> {
    let mut tensors = inputs(spec, 20, random);
    let count = tensors.len();
    for _ in 0..random.below(3) {
        let tensor = &mut tensors[random.below(count)];
        for _ in 0..random.below(4) {
            tensor.set(random.below(tensor.len()), odd_number(random));
        }
        if one_in(3, random) {
            *tensor = tensor.to(DTYPES[random.below(DTYPES.len())]);
        }
        if one_in(4, random) {
            *tensor = odd_tensor(random);
        }
    }
    if one_in(8, random) {
        // The same shape everywhere, empty and 0-d ones among them.
        let shape = SHAPES[random.below(SHAPES.len())];
        let size = shape.iter().product();
        for tensor in &mut tensors {
            let values = (0..size).map(|k| tensor.get(k).unwrap_or(1.0)).collect();
            *tensor = Tensor::new(shape, values).expect("as many as the shape says").to(tensor.dtype());
        }
    }
    if one_in(20, random) {
        tensors.pop();
    }
    if one_in(20, random) {
        tensors.push(odd_tensor(random));
    }
    tensors
}

/// Mostly the defaults; sometimes arguments of any value and type.
fn odd_args(spec: &Spec, random: &mut Random) -> Args {
    let mut args = Args::default();
    for param in spec.params.iter().filter(|it| it.id != REDUCTION.id) {
        if one_in(3, random) {
            let value = match random.below(8) {
                0 => Value::None,
                1 => Value::Text("odd".to_owned()),
                2 => Value::Int(random.below(5) as i64 - 2),
                3 => Value::Flag(one_in(2, random)),
                4 | 5 => Value::Tensor(odd_tensor(random)),
                _ => Value::Real(odd_number(random)),
            };
            args.set(param, value);
        }
    }
    args
}

/// The answer of each loss to each odd call, for one reduction after the other.
fn odd_answers(check: impl Fn(&Loss, &Args, &[&Tensor], [Option<Evaluation>; 3])) {
    let mut random = Random(3);
    for loss in LOSSES.iter().chain(&WITHOUT_PAGE) {
        for _ in 0..1000 {
            let tensors = odd_inputs(loss.spec, &mut random);
            let tensors: Vec<&Tensor> = tensors.iter().collect();
            let args = odd_args(loss.spec, &mut random);
            let answers = ["none", "mean", "sum"].map(|word| {
                let mut args = args.clone();
                args.set(loss.spec.param(REDUCTION.id).unwrap_or(&REDUCTION), Value::Text(word.to_owned()));
                loss.evaluate(&args, &tensors, Want::ALL).ok()
            });
            check(loss, &args, &tensors, answers);
        }
    }
}

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

#[test]
fn reductions_fit_together() {
    let accepted = std::cell::Cell::new(0);
    odd_answers(|loss, args, tensors, [none, mean, total]| {
        let call = || format!("{} {args:?} {tensors:?}", loss.spec.torch);
        let (Some(none), Some(total)) = (none, total) else { return };
        accepted.set(accepted.get() + 1);
        let (values, shape) = (none.output.floats(), none.output.shape());
        assert_eq!(shape, none.units.shape, "{}", call());
        let (by_hand, total_value) = (sum(&values), total.output.get(0).unwrap_or(0.0));
        // Parts of a loss that are divided separately are added separately too, which rounds and overflows
        // otherwise.
        let near = || (by_hand - total_value).abs() <= 1e-12 * values.iter().map(|it| it.abs()).sum::<f64>();
        let in_parts = total.units.parts.is_some() && (near() || !total_value.is_finite());
        assert!(in_parts || same(by_hand, total_value), "{}", call());
        let Some(mean) = mean else { return };
        let units = &mean.units;
        // Two of the rules of reduction say more than sum and divisor: they have tests of their own.
        if let (Some(divisor), None, None) = (units.divisor, &units.lengths, &units.parts) {
            assert!(same(sum(&units.values) / divisor, mean.output.get(0).unwrap_or(0.0)), "{}", call());
        }
        for answer in [&none, &mean, &total] {
            assert_eq!(answer.grads.len(), tensors.len(), "{}", call());
            for (grad, tensor) in answer.grads.iter().zip(tensors) {
                assert!(grad.as_ref().is_none_or(|it| it.shape() == tensor.shape()), "{}", call());
            }
        }
    });
    let accepted = accepted.get();
    assert!(accepted > 300 * LOSSES.len(), "only {accepted} calls were accepted");
}

#[test]
fn marks_of_anything_are_no_panic() {
    odd_answers(|loss, args, tensors, _| {
        for along in 0..4 {
            loss.marks(args, tensors, along, along);
        }
    });
}

#[test]
fn a_buffer_leaves_no_trace() {
    let mut random = Random(4);
    for loss in LOSSES.iter().chain(&WITHOUT_PAGE) {
        let mut used = Evaluation::default();
        for _ in 0..300 {
            let tensors = odd_inputs(loss.spec, &mut random);
            let tensors: Vec<&Tensor> = tensors.iter().collect();
            let args = odd_args(loss.spec, &mut random);
            let want = if one_in(2, &mut random) { Want::ALL } else { Want::FIRST };
            let fresh = loss.evaluate(&args, &tensors, want);
            let again = loss.evaluate_into(&args, &tensors, want, &mut used);
            assert_eq!(fresh.as_ref().err(), again.as_ref().err());
            if let Ok(fresh) = fresh {
                let call = || format!("{} {args:?} {tensors:?}", loss.spec.torch);
                assert_eq!((&fresh.output, &fresh.grads), (&used.output, &used.grads), "{}", call());
                assert_eq!(
                    (&fresh.arg_grads, &fresh.warnings),
                    (&used.arg_grads, &used.warnings),
                    "{}",
                    call()
                );
            }
        }
    }
}
