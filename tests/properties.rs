//! What holds for every loss and whatever it is given: no panic, reductions that fit together, gradients that are slopes.
//!
//! The calls are random and the same in every run.

#![cfg(not(target_arch = "wasm32"))]

#[path = "common/calls.rs"]
mod calls;
#[path = "common/check.rs"]
mod check;
#[path = "common/inputs.rs"]
mod inputs;
#[path = "common/random.rs"]
mod random;

use std::cell::Cell;

use calls::{Call, all, odd, ordinary, tensor};
use check::check;
use losslens::loss::module::{Given, MODULES};
use losslens::loss::numeric::{log_softmax, sum};
use losslens::loss::spec::Family;
use losslens::loss::{Args, Dtype, Evaluation, Loss, Tensor, Value, Want};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// Odd calls of each loss.
const ODD: u32 = 300;
/// Ordinary calls of each loss.
const ORDINARY: u32 = 40;

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

fn value(answer: &Evaluation) -> f64 {
    answer.output.get(0).unwrap_or(0.0)
}

#[test]
fn no_call_panics_and_reductions_fit_together() {
    for loss in all() {
        let accepted = Cell::new(0);
        check(ODD, odd(loss.spec), |call| {
            let tensors = call.inputs();
            let [none, mean, total] = ["none", "mean", "sum"]
                .map(|word| loss.evaluate(&call.reduced(loss.spec, word), &tensors, Want::ALL).ok());
            for along in 0..4 {
                loss.marks(&call.args, &tensors, along, along);
            }
            let (Some(none), Some(total)) = (none, total) else { return Ok(()) };
            accepted.set(accepted.get() + 1);
            fit(&none, mean.as_ref(), &total)?;
            for answer in [Some(&none), mean.as_ref(), Some(&total)].into_iter().flatten() {
                prop_assert_eq!(answer.grads.len(), tensors.len());
                for (grad, tensor) in answer.grads.iter().zip(&tensors) {
                    prop_assert!(grad.as_ref().is_none_or(|it| it.shape() == tensor.shape()));
                }
            }
            Ok(())
        });
        let name = loss.spec.torch;
        assert!(accepted.get() > ODD / 5, "only {} odd calls of {name} were accepted", accepted.get());
    }
}

/// The sum is that of the losses, and the mean is the sum by its divisor.
fn fit(none: &Evaluation, mean: Option<&Evaluation>, total: &Evaluation) -> TestCaseResult {
    let values = none.output.floats();
    prop_assert_eq!(none.output.shape(), &none.units.shape[..]);
    let (by_hand, told) = (sum(&values), value(total));
    // Parts of a loss that are divided separately are added separately too, which rounds and overflows otherwise.
    let near = || (by_hand - told).abs() <= 1e-12 * values.iter().map(|it| it.abs()).sum::<f64>();
    let in_parts = total.units.parts.is_some() && (near() || !told.is_finite());
    prop_assert!(in_parts || same(by_hand, told), "{by_hand} for {told}");
    let Some(mean) = mean else { return Ok(()) };
    // Two of the rules of reduction say more than sum and divisor: they have tests of their own.
    if let (Some(divisor), None, None) = (mean.units.divisor, &mean.units.lengths, &mean.units.parts) {
        prop_assert!(same(told / divisor, value(mean)), "{told} / {divisor} for {}", value(mean));
    }
    Ok(())
}

/// An empty tensor may have sizes whose product nobody can count, and losses without their last axis may be too many.
#[test]
fn huge_shapes_of_nothing_are_answered_or_refused() {
    const HUGE: usize = 1 << 40;
    let shapes: [&[usize]; 7] =
        [&[0, HUGE], &[HUGE, 0], &[HUGE, HUGE, 0], &[0, HUGE, HUGE], &[HUGE, 0, HUGE], &[2, 0], &[0]];
    for loss in all() {
        for (first, rest) in shapes.iter().flat_map(|a| shapes.iter().map(move |b| (*a, *b))) {
            let empty = |shape: &[usize]| Tensor::new(shape, Vec::new()).expect("no numbers");
            for labels in [false, true] {
                let rest = empty(rest).to(if labels { Dtype::Int64 } else { Dtype::Float64 });
                let tensors: Vec<Tensor> = (0..loss.spec.inputs.len())
                    .map(|k| if k == 0 { empty(first) } else { rest.clone() })
                    .collect();
                let _ = loss.evaluate(&Args::default(), &tensors.iter().collect::<Vec<_>>(), Want::ALL);
            }
        }
    }
}

#[test]
fn a_buffer_leaves_no_trace() {
    for loss in all() {
        check(ODD / 4, (odd(loss.spec), odd(loss.spec), any::<bool>()), |(before, call, every)| {
            let want = if every { Want::ALL } else { Want::FIRST };
            let mut used = Evaluation::default();
            let _ = loss.evaluate_into(&before.args, &before.inputs(), Want::ALL, &mut used);
            let fresh = loss.evaluate(&call.args, &call.inputs(), want);
            let again = loss.evaluate_into(&call.args, &call.inputs(), want, &mut used);
            prop_assert_eq!(fresh.as_ref().err(), again.as_ref().err());
            if let Ok(fresh) = fresh {
                prop_assert_eq!((&fresh.output, &fresh.grads), (&used.output, &used.grads));
                prop_assert_eq!((&fresh.arg_grads, &fresh.warnings), (&used.arg_grads, &used.warnings));
            }
            Ok(())
        });
    }
}

#[test]
fn gradients_are_central_differences() {
    for loss in all() {
        // torchvision's complete IoU takes the weight of its last term for a constant.
        if loss.spec.torch == "complete_box_iou_loss" {
            continue;
        }
        let (compared, skipped) = (Cell::new(0_usize), Cell::new(0_usize));
        check(ORDINARY, ordinary(loss.spec), |call| {
            let answer = loss.evaluate(&call.args, &call.inputs(), Want::ALL);
            let answer = answer.map_err(|why| TestCaseError::fail(why.to_string()))?;
            for (input, grad) in answer.grads.iter().enumerate() {
                let Some(grad) = grad else { continue };
                for place in (0..grad.len()).step_by(grad.len() / 8 + 1) {
                    let along = |x| moved_input(loss, &call, input, place, x);
                    let x = call.inputs[input].get(place).unwrap_or(f64::NAN);
                    let smooth = is_slope(loss, along, x, grad.get(place).unwrap_or(f64::NAN))?;
                    compared.set(compared.get() + usize::from(smooth == Some(true)));
                    skipped.set(skipped.get() + usize::from(smooth == Some(false)));
                }
            }
            for (id, grad) in &answer.arg_grads {
                let Some(Value::Tensor(tensor)) = call.args.get(id) else { continue };
                for place in (0..grad.len()).step_by(grad.len() / 8 + 1) {
                    let along = |x| moved_arg(loss, &call, id, tensor, (place, x));
                    let x = tensor.get(place).unwrap_or(f64::NAN);
                    is_slope(loss, along, x, grad.get(place).unwrap_or(f64::NAN))?;
                }
            }
            Ok(())
        });
        let (compared, skipped) = (compared.get(), skipped.get());
        assert!(compared > 9 * skipped && compared > 20, "{}: {skipped} beside {compared}", loss.spec.torch);
    }
}

/// Whether the curve is smooth at `x`: then its slope must be the gradient. `None` where it is not finite.
fn is_slope(
    loss: &Loss,
    at: impl Fn(f64) -> Call,
    x: f64,
    gradient: f64,
) -> Result<Option<bool>, TestCaseError> {
    const STEP: f64 = 1e-6;
    let total = |x: f64| {
        let call = at(x);
        let answer = loss.evaluate(&call.args, &call.inputs(), Want::VALUE);
        answer.map_or(f64::NAN, |it| it.output.floats().iter().sum::<f64>())
    };
    let [before, here, after] = [x - STEP, x, x + STEP].map(total);
    let (left, right) = ((here - before) / STEP, (after - here) / STEP);
    if !(left - right).is_finite() {
        return Ok(None);
    }
    if (left - right).abs() > 1e-4 * (1.0 + left.abs()) {
        return Ok(Some(false));
    }
    let witness = (after - before) / (2.0 * STEP);
    let gap = (gradient - witness).abs();
    prop_assert!(
        gap <= 2e-5 * (1.0 + gradient.abs()),
        "{}: {gradient} for {witness} at {x}",
        loss.spec.torch
    );
    Ok(Some(true))
}

/// The call with one number of one input changed. CTC's gradient is that by the scores before their log-softmax: the
/// frame is normalised again.
fn moved_input(loss: &Loss, call: &Call, input: usize, place: usize, x: f64) -> Call {
    let mut moved = call.clone();
    moved.inputs[input].set(place, x);
    if loss.spec.family == Family::Sequence {
        let width = moved.inputs[input].shape().last().copied().unwrap_or(1);
        let start = place / width * width;
        let frame = log_softmax(&moved.inputs[input].floats()[start..start + width]);
        frame.iter().enumerate().for_each(|(k, it)| {
            moved.inputs[input].set(start + k, *it);
        });
    }
    moved
}

fn moved_arg(loss: &Loss, call: &Call, id: &str, tensor: &Tensor, (place, x): (usize, f64)) -> Call {
    let mut tensor = tensor.clone();
    tensor.set(place, x);
    let given = call.args.iter().map(|(name, value)| match name == id {
        true => (name, Value::Tensor(tensor.clone())),
        false => (name, value.clone()),
    });
    let args = Args::new(loss.spec, given).expect("arguments that the loss has");
    Call { args, inputs: call.inputs.clone() }
}

/// The modules go by names: theirs, each with something of about the right kind or with anything.
fn given() -> impl Strategy<Value = Given> {
    const INPUTS: [&str; 7] = [
        "input",
        "target",
        "linear_weight",
        "linear_bias",
        "head.weight",
        "tail.0.0.weight",
        "tail.0.1.weight",
    ];
    const ARGS: [&str; 8] = [
        "in_features",
        "num_classes",
        "n_classes",
        "out_features",
        "cutoffs",
        "weight",
        "label_smoothing",
        "ignore_index",
    ];
    let fitting = |rows: usize, width: usize, classes: usize| {
        let tensor = |shape: &[usize]| {
            let values = (0..shape.iter().product()).map(|k: usize| (k as f64 * 0.7).sin()).collect();
            Tensor::new(shape, values).expect("as many as it says")
        };
        let labels = (0..rows).map(|row| (row % classes) as i64).collect();
        let inputs = vec![
            ("input".to_owned(), tensor(&[rows, width])),
            ("target".to_owned(), Tensor::int([rows], labels).expect("a label each")),
            ("linear_weight".to_owned(), tensor(&[classes, width])),
            ("head.weight".to_owned(), tensor(&[2, width])),
            ("tail.0.0.weight".to_owned(), tensor(&[1, width])),
            ("tail.0.1.weight".to_owned(), tensor(&[classes - 1, 1])),
        ];
        let sizes = [("in_features", width), ("num_classes", classes), ("n_classes", classes)];
        let sizes = sizes.map(|(name, size)| (name.to_owned(), Value::Int(size as i64)));
        let cutoffs = Value::Tensor(Tensor::int([1], vec![1]).expect("one"));
        Given { args: sizes.into_iter().chain([("cutoffs".to_owned(), cutoffs)]).collect(), inputs }
    };
    let oddities = proptest::collection::vec((0..15_usize, tensor(), -2..9_i64), 0..3);
    (0..4_usize, 0..4_usize, 2..5_usize, oddities).prop_map(move |(rows, width, classes, oddities)| {
        let mut given = fitting(rows, width, classes);
        for (place, tensor, int) in oddities {
            match INPUTS.get(place) {
                Some(name) => {
                    given.inputs.retain(|it| it.0 != *name);
                    given.inputs.push(((*name).to_owned(), tensor));
                }
                None => {
                    let name = ARGS[(place - INPUTS.len()) % ARGS.len()];
                    let value = if int > 4 { Value::Tensor(tensor) } else { Value::Int(int) };
                    given.args.retain(|it| it.0 != name);
                    given.args.push((name.to_owned(), value));
                }
            }
        }
        given
    })
}

#[test]
fn no_module_panics() {
    for (name, module) in MODULES {
        let accepted = Cell::new(0);
        check(2000, given(), |given| {
            let Ok(answer) = module(&given) else { return Ok(()) };
            accepted.set(accepted.get() + 1);
            for (id, grad) in &answer.grads {
                let own = given.inputs.iter().find(|it| it.0 == *id).map(|it| it.1.shape().to_vec());
                prop_assert_eq!(own, Some(grad.shape().to_vec()), "{}", id);
            }
            Ok(())
        });
        assert!(accepted.get() > 200, "only {} calls of {name} were accepted", accepted.get());
    }
}
