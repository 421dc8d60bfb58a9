//! Relations between losses, as lessons state them in prose.

use losslens::loss::args::{Args, Value};
use losslens::loss::evaluation::{Evaluation, Want};
use losslens::loss::numeric::{log_softmax, sigmoid};
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::Loss;

/// Predictions on both sides of the targets, near and far.
const INPUT: [f64; 6] = [-2.5, -0.3, 0.1, 0.7, 1.9, 4.0];
const TARGET: [f64; 6] = [0.5, -0.2, 0.1, 0.2, 2.4, -1.0];
const PROBABILITY: [f64; 6] = [0.0, 1.0, 0.25, 0.9, 1.0, 0.0];
const SIGN: [f64; 6] = [1.0, -1.0, -1.0, 1.0, -1.0, -1.0];

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
    for beta in [0.25, 1.0, 3.0] {
        let huber = losses("HuberLoss", &[("delta", Value::Real(beta))], &[&INPUT, &TARGET]);
        let smooth = losses("SmoothL1Loss", &[("beta", Value::Real(beta))], &[&INPUT, &TARGET]);
        assert_close(&values(&huber), &map(&values(&smooth), |it| beta * it));
        assert_close(&gradient(&huber, 0), &map(&gradient(&smooth, 0), |it| beta * it));
    }
}

#[test]
fn smooth_l1_without_its_parabola_is_l1() {
    let smooth = losses("SmoothL1Loss", &[("beta", Value::Real(0.0))], &[&INPUT, &TARGET]);
    let plain = losses("L1Loss", &[], &[&INPUT, &TARGET]);
    assert_eq!((smooth.output, smooth.grads), (plain.output, plain.grads));
}

#[test]
fn huber_without_its_lines_is_half_of_mse() {
    let huber = losses("HuberLoss", &[("delta", Value::Real(f64::INFINITY))], &[&INPUT, &TARGET]);
    let mse = losses("MSELoss", &[], &[&INPUT, &TARGET]);
    assert_close(&values(&huber), &map(&values(&mse), |it| 0.5 * it));
    assert_close(&gradient(&huber, 0), &map(&gradient(&mse, 0), |it| 0.5 * it));
}

#[test]
fn mse_is_l1_squared() {
    let l1 = values(&losses("L1Loss", &[], &[&INPUT, &TARGET]));
    assert_close(&values(&losses("MSELoss", &[], &[&INPUT, &TARGET])), &times(&l1, &l1));
}

/// Beyond a score of about 36 the sigmoid rounds to 1, and the two part.
#[test]
fn bce_with_logits_is_bce_after_the_sigmoid() {
    let p = map(&INPUT, sigmoid);
    let logits = losses("BCEWithLogitsLoss", &[], &[&INPUT, &PROBABILITY]);
    let plain = losses("BCELoss", &[], &[&p, &PROBABILITY]);
    assert_close(&values(&logits), &values(&plain));
    let slope_of_sigmoid = map(&p, |p| p * (1.0 - p));
    assert_close(&gradient(&logits, 0), &times(&gradient(&plain, 0), &slope_of_sigmoid));
    assert_close(&gradient(&logits, 1), &gradient(&plain, 1));
}

#[test]
fn the_slope_by_a_logit_is_probability_minus_truth() {
    let logits = losses("BCEWithLogitsLoss", &[], &[&INPUT, &PROBABILITY]);
    assert_close(&gradient(&logits, 0), &minus(&map(&INPUT, sigmoid), &PROBABILITY));
}

#[test]
fn pos_weight_weighs_the_yes_part_alone() {
    let loss = |target: f64, args: &[(&str, Value)]| {
        values(&losses("BCEWithLogitsLoss", args, &[&INPUT, &[target; 6]]))
    };
    let pos_weight = [("pos_weight", Value::Tensor(Tensor::scalar(3.0)))];
    assert_close(&loss(1.0, &pos_weight), &map(&loss(1.0, &[]), |it| 3.0 * it));
    assert_close(&loss(0.0, &pos_weight), &loss(0.0, &[]));
}

#[test]
fn a_poisson_rate_is_the_exponential_of_the_input() {
    let counts = [0.0, 1.0, 2.0, 5.0, 9.0, 40.0];
    let rates = map(&INPUT, f64::exp);
    for full in [false, true] {
        let full = ("full", Value::Flag(full));
        let as_log = losses("PoissonNLLLoss", std::slice::from_ref(&full), &[&INPUT, &counts]);
        let as_rate = [full, ("log_input", Value::Flag(false)), ("eps", Value::Real(0.0))];
        let as_rate = losses("PoissonNLLLoss", &as_rate, &[&rates, &counts]);
        assert_close(&values(&as_log), &values(&as_rate));
        assert_close(&gradient(&as_log, 0), &times(&gradient(&as_rate, 0), &rates));
        assert_close(&gradient(&as_log, 0), &minus(&rates, &counts));
    }
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
    let loss = |target: f64| losses("HingeEmbeddingLoss", &[], &[&INPUT, &[target; 6]]);
    let both = minus(&values(&loss(1.0)), &map(&values(&loss(-1.0)), |it| -it));
    assert_close(&values(&loss(0.0)), &both);
    assert_close(&both, &map(&INPUT, |it| it.max(1.0)));
}

#[test]
fn pushing_apart_is_ranking_a_distance_above_zero() {
    let margin = [("margin", Value::Real(1.0))];
    let hinge = losses("HingeEmbeddingLoss", &margin, &[&INPUT, &[-1.0; 6]]);
    let ranking = losses("MarginRankingLoss", &margin, &[&INPUT, &[0.0; 6], &[1.0; 6]]);
    assert_close(&values(&hinge), &values(&ranking));
    assert_close(&gradient(&hinge, 0), &gradient(&ranking, 0));
}

#[test]
fn ranking_the_other_way_round_is_the_opposite_label() {
    let margin = [("margin", Value::Real(0.5))];
    let there = losses("MarginRankingLoss", &margin, &[&INPUT, &TARGET, &SIGN]);
    let back = losses("MarginRankingLoss", &margin, &[&TARGET, &INPUT, &map(&SIGN, |it| -it)]);
    assert_close(&values(&there), &values(&back));
    assert_close(&gradient(&there, 0), &gradient(&back, 1));
}

/// Three rows of three scores, and the true class of each.
const SCORES: [f64; 9] = [2.0, 1.0, 0.1, 0.5, 2.5, 0.0, 3.0, 0.0, 1.0];
const LABELS: [i64; 3] = [0, 1, 2];

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
    let cross = losses_of("CrossEntropyLoss", &[], &[matrix(&SCORES), labels(&LABELS)]);
    let logs = matrix(&log_softmax_of_rows(&SCORES));
    assert_close(&values(&cross), &values(&losses_of("NLLLoss", &[], &[logs, labels(&LABELS)])));
}

#[test]
fn cross_entropy_of_two_classes_is_bce_with_logits() {
    let rows = INPUT.iter().flat_map(|x| [0.0, *x]).collect();
    let rows = Tensor::new([6, 2], rows).expect("rows of two");
    let cross = losses_of("CrossEntropyLoss", &[], &[rows, labels(&[1; 6])]);
    assert_close(&values(&cross), &values(&losses("BCEWithLogitsLoss", &[], &[&INPUT, &[1.0; 6]])));
}

#[test]
fn a_smoothed_label_is_a_distribution() {
    let smoothing = [("label_smoothing", Value::Real(0.3))];
    let smoothed = losses_of("CrossEntropyLoss", &smoothing, &[matrix(&SCORES), labels(&LABELS)]);
    let target = matrix(&[0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8]);
    let plain = losses_of("CrossEntropyLoss", &[], &[matrix(&SCORES), target]);
    assert_close(&values(&smoothed), &values(&plain));
    assert_close(&gradient(&smoothed, 0), &gradient(&plain, 0));
}

#[test]
fn cross_entropy_is_divergence_plus_entropy() {
    let target = [0.7, 0.2, 0.1, 0.2, 0.3, 0.5, 0.1, 0.1, 0.8];
    let cross = values(&losses_of("CrossEntropyLoss", &[], &[matrix(&SCORES), matrix(&target)]));
    let terms = values(&losses("KLDivLoss", &[], &[&log_softmax_of_rows(&SCORES), &target]));
    let entropy = map(&target, |it| it * it.ln());
    let rows: Vec<f64> = minus(&terms, &entropy).chunks(3).map(|it| it.iter().sum()).collect();
    assert_close(&cross, &rows);
}

#[test]
fn ctc_of_one_frame_and_one_letter_is_nll() {
    let logs = log_softmax_of_rows(&SCORES);
    let letters = [1, 2, 1];
    let frames = Tensor::new([1, 3, 3], logs.clone()).expect("one frame of three samples");
    let targets = Tensor::int([3, 1], letters.to_vec()).expect("one letter each");
    let ctc = losses_of("CTCLoss", &[], &[frames, targets, labels(&[1; 3]), labels(&[1; 3])]);
    assert_close(&values(&ctc), &values(&losses_of("NLLLoss", &[], &[matrix(&logs), labels(&letters)])));
}

#[test]
fn a_triplet_ranks_two_distances() {
    let margin = ("margin", Value::Real(1.5));
    let column = |values: &[f64]| Tensor::new([values.len(), 1], values.to_vec()).expect("a column");
    let [anchor, positive, negative] = [column(&INPUT), column(&TARGET), column(&[0.3; 6])];
    let exact = [margin.clone(), ("eps", Value::Real(0.0))];
    let triplet = losses_of("TripletMarginLoss", &exact, &[anchor, positive, negative]);
    let near = map(&minus(&INPUT, &TARGET), f64::abs);
    let far = map(&INPUT, |it| (it - 0.3).abs());
    let ranking = losses("MarginRankingLoss", &[margin], &[&far, &near, &[1.0; 6]]);
    assert_close(&values(&triplet), &values(&ranking));
}
