//! Relations between losses, as lessons state them in prose, on random numbers that are the same in every run.

#![cfg(not(target_arch = "wasm32"))]

#[path = "common/check.rs"]
mod check;

use check::check;

use losslens::loss::args::{Args, Value};
use losslens::loss::evaluation::{Evaluation, Want};
use losslens::loss::numeric::{log_softmax, sigmoid};
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::Loss;
use proptest::array::{uniform3, uniform6, uniform9};
use proptest::prelude::*;
use proptest::sample::select;

/// Numbers to put in.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    input: [f64; 6],
    target: [f64; 6],
    probability: [f64; 6],
    sign: [f64; 6],
    /// Three rows of three.
    scores: [f64; 9],
    /// The true class of each row.
    labels: [i64; 3],
}

/// Whether a relation holds for many numbers.
fn always(relation: impl Fn(Numbers)) {
    let probability = || prop_oneof![Just(0.0), Just(1.0), 0.0..1.0];
    let sign = || select(vec![-1.0, 1.0]);
    let reals = (uniform6(-6.0..6.0), uniform6(-6.0..6.0), uniform6(probability()), uniform6(sign()));
    let numbers = (reals, uniform9(-6.0..6.0), uniform3(0..3_i64));
    check(64, numbers, |((input, target, probability, sign), scores, labels)| {
        relation(Numbers { input, target, probability, sign, scores, labels });
        Ok(())
    });
}

/// Unreduced losses and all gradients of flat inputs.
fn losses(name: &str, args: &[(&str, Value)], inputs: &[&[f64]]) -> Evaluation {
    losses_of(name, args, &inputs.iter().map(|it| Tensor::vector(*it)).collect::<Vec<_>>())
}

/// The same of inputs of any shape.
fn losses_of(name: &str, args: &[(&str, Value)], inputs: &[Tensor]) -> Evaluation {
    let loss = Loss::find(name).unwrap_or_else(|| panic!("no {name}"));
    let none = ("reduction", Value::Text("none".to_owned()));
    let args = args.iter().cloned().chain([none]).map(|(id, value)| (id.to_owned(), value));
    let args = Args::new(loss.spec, args).unwrap_or_else(|why| panic!("{name}: {why}"));
    let inputs: Vec<&Tensor> = inputs.iter().collect();
    loss.evaluate(&args, &inputs, Want::ALL).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn values(it: &Evaluation) -> Vec<f64> {
    it.output.floats().into_owned()
}

fn gradient(it: &Evaluation, place: usize) -> Vec<f64> {
    it.grads.get(place).cloned().flatten().map(|it| it.floats().into_owned()).unwrap_or_default()
}

fn map(values: &[f64], f: impl Fn(f64) -> f64) -> Vec<f64> {
    values.iter().map(|it| f(*it)).collect()
}

fn times(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn assert_close(got: &[f64], want: &[f64]) {
    assert_eq!(got.len(), want.len());
    let near = |(got, want): (&f64, &f64)| (got - want).abs() <= 1e-12 * (1.0 + want.abs());
    assert!(got.iter().zip(want).all(near), "{got:?} for {want:?}");
}

#[test]
fn huber_is_beta_times_smooth_l1() {
    always(|n| {
        for beta in [0.25, 1.0, 3.0] {
            let huber = losses("HuberLoss", &[("delta", Value::Real(beta))], &[&n.input, &n.target]);
            let smooth = losses("SmoothL1Loss", &[("beta", Value::Real(beta))], &[&n.input, &n.target]);
            assert_close(&values(&huber), &map(&values(&smooth), |it| beta * it));
            assert_close(&gradient(&huber, 0), &map(&gradient(&smooth, 0), |it| beta * it));
        }
    });
}

#[test]
fn smooth_l1_without_its_parabola_is_l1() {
    always(|n| {
        let smooth = losses("SmoothL1Loss", &[("beta", Value::Real(0.0))], &[&n.input, &n.target]);
        let plain = losses("L1Loss", &[], &[&n.input, &n.target]);
        assert_eq!((smooth.output, smooth.grads), (plain.output, plain.grads));
    });
}

#[test]
fn huber_without_its_lines_is_half_of_mse() {
    always(|n| {
        let huber = losses("HuberLoss", &[("delta", Value::Real(f64::INFINITY))], &[&n.input, &n.target]);
        let mse = losses("MSELoss", &[], &[&n.input, &n.target]);
        assert_close(&values(&huber), &map(&values(&mse), |it| 0.5 * it));
        assert_close(&gradient(&huber, 0), &map(&gradient(&mse, 0), |it| 0.5 * it));
    });
}

#[test]
fn mse_is_l1_squared() {
    always(|n| {
        let l1 = values(&losses("L1Loss", &[], &[&n.input, &n.target]));
        assert_close(&values(&losses("MSELoss", &[], &[&n.input, &n.target])), &times(&l1, &l1));
    });
}

/// Beyond a score of about 36 the sigmoid rounds to 1, and the two part.
#[test]
fn bce_with_logits_is_bce_after_the_sigmoid() {
    always(|n| {
        let p = map(&n.input, sigmoid);
        let logits = losses("BCEWithLogitsLoss", &[], &[&n.input, &n.probability]);
        let plain = losses("BCELoss", &[], &[&p, &n.probability]);
        assert_close(&values(&logits), &values(&plain));
        let slope_of_sigmoid = map(&p, |p| p * (1.0 - p));
        assert_close(&gradient(&logits, 0), &times(&gradient(&plain, 0), &slope_of_sigmoid));
        assert_close(&gradient(&logits, 1), &gradient(&plain, 1));
    });
}

#[test]
fn the_slope_by_a_logit_is_probability_minus_truth() {
    always(|n| {
        let logits = losses("BCEWithLogitsLoss", &[], &[&n.input, &n.probability]);
        assert_close(&gradient(&logits, 0), &minus(&map(&n.input, sigmoid), &n.probability));
    });
}

#[test]
fn pos_weight_weighs_the_yes_part_alone() {
    always(|n| {
        let loss = |target: f64, args: &[(&str, Value)]| {
            values(&losses("BCEWithLogitsLoss", args, &[&n.input, &[target; 6]]))
        };
        let pos_weight = [("pos_weight", Value::Tensor(Tensor::scalar(3.0)))];
        assert_close(&loss(1.0, &pos_weight), &map(&loss(1.0, &[]), |it| 3.0 * it));
        assert_close(&loss(0.0, &pos_weight), &loss(0.0, &[]));
    });
}

#[test]
fn focal_without_focus_and_weights_is_bce_with_logits() {
    always(|n| {
        let off = [("alpha", Value::Real(-1.0)), ("gamma", Value::Real(0.0))];
        let focal = losses("sigmoid_focal_loss", &off, &[&n.input, &n.probability]);
        let plain = losses("BCEWithLogitsLoss", &[], &[&n.input, &n.probability]);
        assert_close(&values(&focal), &values(&plain));
        assert_close(&gradient(&focal, 0), &gradient(&plain, 0));
    });
}

#[test]
fn of_two_squares_complete_iou_is_distance_iou() {
    always(|n| {
        let square = |[x, y, size]: [f64; 3]| [x, y, x + 1.0 + size.abs(), y + 1.0 + size.abs()];
        let ([a, b, c, ..], [d, e, f, ..]) = (n.input, n.target);
        let boxes = [square([a, b, c]), square([d, e, f])];
        let loss = |name: &str| losses(name, &[], &[&boxes[0], &boxes[1]]);
        let (complete, distance) = (loss("complete_box_iou_loss"), loss("distance_box_iou_loss"));
        assert_close(&values(&complete), &values(&distance));
        assert_close(&gradient(&complete, 0), &gradient(&distance, 0));
    });
}

#[test]
fn a_poisson_rate_is_the_exponential_of_the_input() {
    always(|n| {
        let counts = [0.0, 1.0, 2.0, 5.0, 9.0, 40.0];
        let rates = map(&n.input, f64::exp);
        for full in [false, true] {
            let full = ("full", Value::Flag(full));
            let as_log = losses("PoissonNLLLoss", std::slice::from_ref(&full), &[&n.input, &counts]);
            let as_rate = [full, ("log_input", Value::Flag(false)), ("eps", Value::Real(0.0))];
            let as_rate = losses("PoissonNLLLoss", &as_rate, &[&rates, &counts]);
            assert_close(&values(&as_log), &values(&as_rate));
            assert_close(&gradient(&as_log, 0), &times(&gradient(&as_rate, 0), &rates));
            assert_close(&gradient(&as_log, 0), &minus(&rates, &counts));
        }
    });
}

#[test]
fn a_divergence_is_cross_entropy_minus_entropy() {
    let p: [f64; 3] = [0.7, 0.2, 0.1];
    let q = map(&[0.4, 0.4, 0.2], f64::ln);
    let cross = times(&p, &q).iter().sum::<f64>();
    let entropy = p.iter().map(|it| it * it.ln()).sum::<f64>();
    let terms = values(&losses("KLDivLoss", &[], &[&q, &p]));
    assert_close(&[terms.iter().sum()], &[entropy - cross]);
    let own = map(&p, f64::ln);
    assert_close(&values(&losses("KLDivLoss", &[], &[&own, &p])), &[0.0; 3]);
}

#[test]
fn a_target_may_be_given_as_its_logarithm() {
    let p = [0.7, 0.2, 0.1];
    let q = map(&[0.4, 0.4, 0.2], f64::ln);
    let log_target = [("log_target", Value::Flag(true))];
    let plain = losses("KLDivLoss", &[], &[&q, &p]);
    let log = losses("KLDivLoss", &log_target, &[&q, &map(&p, f64::ln)]);
    assert_close(&values(&log), &values(&plain));
    assert_close(&gradient(&log, 0), &gradient(&plain, 0));
    assert_close(&gradient(&log, 1), &times(&gradient(&plain, 1), &p));
}

#[test]
fn a_hinge_target_of_zero_adds_both_sides() {
    always(|n| {
        let loss = |target: f64| losses("HingeEmbeddingLoss", &[], &[&n.input, &[target; 6]]);
        let both = minus(&values(&loss(1.0)), &map(&values(&loss(-1.0)), |it| -it));
        assert_close(&values(&loss(0.0)), &both);
        assert_close(&both, &map(&n.input, |it| it.max(1.0)));
    });
}

#[test]
fn pushing_apart_is_ranking_a_distance_above_zero() {
    always(|n| {
        let margin = [("margin", Value::Real(1.0))];
        let hinge = losses("HingeEmbeddingLoss", &margin, &[&n.input, &[-1.0; 6]]);
        let ranking = losses("MarginRankingLoss", &margin, &[&n.input, &[0.0; 6], &[1.0; 6]]);
        assert_close(&values(&hinge), &values(&ranking));
        assert_close(&gradient(&hinge, 0), &gradient(&ranking, 0));
    });
}

#[test]
fn ranking_the_other_way_round_is_the_opposite_label() {
    always(|n| {
        let margin = [("margin", Value::Real(0.5))];
        let there = losses("MarginRankingLoss", &margin, &[&n.input, &n.target, &n.sign]);
        let back = losses("MarginRankingLoss", &margin, &[&n.target, &n.input, &map(&n.sign, |it| -it)]);
        assert_close(&values(&there), &values(&back));
        assert_close(&gradient(&there, 0), &gradient(&back, 1));
    });
}

fn matrix(values: &[f64]) -> Tensor {
    Tensor::new([values.len() / 3, 3], values.to_vec()).expect("rows of three")
}

fn labels(values: &[i64]) -> Tensor {
    Tensor::int([values.len()], values.to_vec()).expect("a vector")
}

fn log_softmax_of_rows(scores: &[f64]) -> Vec<f64> {
    scores.chunks(3).flat_map(log_softmax).collect()
}

#[test]
fn cross_entropy_is_nll_after_log_softmax() {
    always(|n| {
        let cross = losses_of("CrossEntropyLoss", &[], &[matrix(&n.scores), labels(&n.labels)]);
        let logs = matrix(&log_softmax_of_rows(&n.scores));
        assert_close(&values(&cross), &values(&losses_of("NLLLoss", &[], &[logs, labels(&n.labels)])));
    });
}

#[test]
fn cross_entropy_of_two_classes_is_bce_with_logits() {
    always(|n| {
        let rows = n.input.iter().flat_map(|x| [0.0, *x]).collect();
        let rows = Tensor::new([6, 2], rows).expect("rows of two");
        let cross = losses_of("CrossEntropyLoss", &[], &[rows, labels(&[1; 6])]);
        assert_close(&values(&cross), &values(&losses("BCEWithLogitsLoss", &[], &[&n.input, &[1.0; 6]])));
    });
}

#[test]
fn a_smoothed_label_is_a_distribution() {
    always(|n| {
        let smoothing = [("label_smoothing", Value::Real(0.3))];
        let smoothed = losses_of("CrossEntropyLoss", &smoothing, &[matrix(&n.scores), labels(&n.labels)]);
        let smooth = |label: i64| (0..3).map(move |class| if class == label { 0.8 } else { 0.1 });
        let target = matrix(&n.labels.into_iter().flat_map(smooth).collect::<Vec<f64>>());
        let plain = losses_of("CrossEntropyLoss", &[], &[matrix(&n.scores), target]);
        assert_close(&values(&smoothed), &values(&plain));
        assert_close(&gradient(&smoothed, 0), &gradient(&plain, 0));
    });
}

#[test]
fn cross_entropy_is_divergence_plus_entropy() {
    always(|n| {
        let target = [0.7, 0.2, 0.1, 0.2, 0.3, 0.5, 0.1, 0.1, 0.8];
        let cross = values(&losses_of("CrossEntropyLoss", &[], &[matrix(&n.scores), matrix(&target)]));
        let terms = values(&losses("KLDivLoss", &[], &[&log_softmax_of_rows(&n.scores), &target]));
        let entropy = map(&target, |it| it * it.ln());
        let rows: Vec<f64> = minus(&terms, &entropy).chunks(3).map(|it| it.iter().sum()).collect();
        assert_close(&cross, &rows);
    });
}

#[test]
fn ctc_of_one_frame_and_one_letter_is_nll() {
    always(|n| {
        let logs = log_softmax_of_rows(&n.scores);
        let letters = [1, 2, 1];
        let frames = Tensor::new([1, 3, 3], logs.clone()).expect("one frame of three samples");
        let targets = Tensor::int([3, 1], letters.to_vec()).expect("one letter each");
        let ctc = losses_of("CTCLoss", &[], &[frames, targets, labels(&[1; 3]), labels(&[1; 3])]);
        assert_close(&values(&ctc), &values(&losses_of("NLLLoss", &[], &[matrix(&logs), labels(&letters)])));
    });
}

#[test]
fn a_triplet_ranks_two_distances() {
    always(|n| {
        let margin = ("margin", Value::Real(1.5));
        let column = |values: &[f64]| Tensor::new([values.len(), 1], values.to_vec()).expect("a column");
        let [anchor, positive, negative] = [column(&n.input), column(&n.target), column(&[0.3; 6])];
        let exact = [margin.clone(), ("eps", Value::Real(0.0))];
        let triplet = losses_of("TripletMarginLoss", &exact, &[anchor, positive, negative]);
        let near = map(&minus(&n.input, &n.target), f64::abs);
        let far = map(&n.input, |it| (it - 0.3).abs());
        let ranking = losses("MarginRankingLoss", &[margin], &[&far, &near, &[1.0; 6]]);
        assert_close(&values(&triplet), &values(&ranking));
    });
}
