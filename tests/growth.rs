//! How the time of a call grows with what it is given: never faster than PyTorch's.
//!
//! Both times are the least of some, taken in turn in one run and without what other threads took, and the bounds lie half-way (by ratio) to the next power:
//! eight times the numbers may take 8 times as long, not 64.

#![cfg(not(target_arch = "wasm32"))]

#[path = "common/inputs.rs"]
mod inputs;
#[path = "common/random.rs"]
mod random;

use std::time::Duration;

use cpu_time::ThreadTime;
use inputs::inputs;
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use losslens::loss::{Args, Evaluation, Loss, Tensor, Want};
use random::Random;

/// How many times larger the larger call is.
const TIMES: usize = 8;
/// Between linear and quadratic growth.
const MOST: f64 = 22.6;
const TAKES: usize = 7;

/// How many times longer the second call takes.
fn ratio(loss: &Loss, calls: [Vec<Tensor>; 2]) -> f64 {
    let mut out = Evaluation::default();
    let mut least = [Duration::MAX; 2];
    for _ in 0..TAKES {
        for (least, tensors) in least.iter_mut().zip(&calls) {
            let tensors: Vec<&Tensor> = tensors.iter().collect();
            let start = ThreadTime::now();
            let done = loss.evaluate_into(&Args::default(), &tensors, Want::ALL, &mut out);
            *least = (*least).min(start.elapsed());
            assert!(done.is_ok(), "{}: {done:?}", loss.spec.torch);
        }
    }
    least[1].as_secs_f64() / least[0].as_secs_f64()
}

fn floats(shape: &[usize]) -> Tensor {
    let count = shape.iter().product();
    let mut random = Random(3);
    Tensor::new(shape, (0..count).map(|_| random.real(-3.0, 3.0)).collect()).unwrap()
}

fn labels(shape: &[usize], label: impl Fn(usize) -> usize) -> Tensor {
    let count = shape.iter().product();
    Tensor::int(shape, (0..count).map(|it| label(it) as i64).collect()).unwrap()
}

fn loss(name: &str) -> &'static Loss {
    Loss::known(name).unwrap()
}

#[test]
fn more_rows_take_as_much_longer() {
    for loss in LOSSES.iter().chain(&WITHOUT_PAGE) {
        let calls = [2000, 2000 * TIMES].map(|count| inputs(loss.spec, count, &mut Random(5)));
        // Of sequences there are three sizes only; they have a test of their own.
        let [few, many] = calls.each_ref().map(|it| it[0].len());
        if many == few * TIMES {
            let ratio = ratio(loss, calls);
            assert!(
                ratio < MOST,
                "{}: {TIMES} times the rows take {ratio:.1} times as long",
                loss.spec.torch
            );
        }
    }
}

/// O(T · S) for each sample.
#[test]
fn ctc_grows_with_frames_and_with_letters() {
    let call = |frames: usize, letters: usize| {
        let length = |it: usize| labels(&[1], move |_| it);
        // No two letters alike in a row, so that they fit into as many frames.
        let spelled = labels(&[1, letters], |it| 1 + it % 3);
        vec![floats(&[frames, 1, 5]), spelled, length(frames), length(letters)]
    };
    for larger in [call(600 * TIMES, 40), call(600, 40 * TIMES)] {
        let ratio = ratio(loss("CTCLoss"), [call(600, 40), larger]);
        assert!(ratio < MOST, "{ratio:.1}");
    }
}

/// O(C) for each row.
#[test]
fn multi_margin_grows_with_classes() {
    let call = |classes: usize| vec![floats(&[2, classes]), labels(&[2], |it| it)];
    let ratio = ratio(loss("MultiMarginLoss"), [call(4000), call(4000 * TIMES)]);
    assert!(ratio < MOST, "{ratio:.1}");
}

/// O(C) for each label of a row, as in PyTorch.
#[test]
fn multi_label_margin_grows_with_classes_and_with_labels() {
    let call = |classes: usize, most: usize| {
        let list = labels(&[2, classes], |it| it % classes);
        let ended = list.ints().unwrap().iter().map(|it| if *it < most as i64 { *it } else { -1 }).collect();
        vec![floats(&[2, classes]), Tensor::int([2, classes], ended).unwrap()]
    };
    for calls in [[call(4000, 4), call(4000 * TIMES, 4)], [call(1000, 20), call(1000, 20 * TIMES)]] {
        let ratio = ratio(loss("MultiLabelMarginLoss"), calls);
        assert!(ratio < MOST, "{ratio:.1}");
    }
}

/// O(features · classes) for each row, as the layer alone.
#[test]
fn layers_grow_with_features_and_with_classes() {
    let call = |width: usize, classes: usize| {
        vec![floats(&[4, width]), labels(&[4], |it| it), floats(&[classes, width]), floats(&[classes])]
    };
    for larger in [call(40 * TIMES, 40), call(40, 40 * TIMES)] {
        let ratio = ratio(loss("LinearCrossEntropyLoss"), [call(40, 40), larger]);
        assert!(ratio < MOST, "{ratio:.1}");
    }
}
