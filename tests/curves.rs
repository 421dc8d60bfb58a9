//! The curve along one element is the loss of its unit: it passes through the unit's own loss, with PyTorch's
//! unreduced gradient as its slope, whatever the family.

use losslens::experiment::address::{Route, read};
use losslens::experiment::{At, Experiment, View};
use losslens::loss::args::{Args, Value};
use losslens::loss::marks::Best;
use losslens::loss::spec::REDUCTION;
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::Loss;

fn rows(shape: &[usize], data: &[f64]) -> Tensor {
    Tensor::new(shape, data.to_vec()).expect("the count fits")
}

fn ints(shape: &[usize], data: &[i64]) -> Tensor {
    Tensor::int(shape, data.to_vec()).expect("the count fits")
}

fn experiment(name: &str, args: &[(&str, Value)], inputs: Vec<Tensor>) -> Experiment {
    let loss = Loss::find(name).expect("a loss");
    let args = args.iter().map(|(id, value)| ((*id).to_owned(), value.clone()));
    Experiment {
        loss,
        args: Args::new(loss.spec, args).expect("good arguments"),
        inputs,
        at: At::default(),
        with: None,
        view: None,
        names: Vec::new(),
        classes: Vec::new(),
        unit: String::new(),
    }
}

/// "bee" in six frames, with the classes –, b, e: the worked example's probabilities.
const BEE: [f64; 18] =
    [0.2, 0.7, 0.1, 0.3, 0.4, 0.3, 0.1, 0.1, 0.8, 0.6, 0.1, 0.3, 0.2, 0.1, 0.7, 0.4, 0.1, 0.5];

fn bee() -> Experiment {
    let logs = BEE.map(f64::ln);
    let inputs = vec![rows(&[6, 3], &logs), ints(&[3], &[1, 2, 2]), ints(&[], &[6]), ints(&[], &[3])];
    experiment("CTCLoss", &[], inputs)
}

/// Two samples of six frames: "bee", and "b" in the first four; the labels padded, or one after the other.
fn two_words(targets: Tensor) -> Experiment {
    let logs = BEE.map(f64::ln);
    let frames: Vec<f64> = logs.chunks(3).flat_map(|frame| [frame, frame].concat()).collect();
    let inputs = vec![rows(&[6, 2, 3], &frames), targets, ints(&[2], &[6, 4]), ints(&[2], &[3, 1])];
    experiment("CTCLoss", &[], inputs)
}

fn experiments() -> Vec<Experiment> {
    let scores = rows(&[3, 3], &[2.0, 1.0, 0.1, 0.5, 2.5, 0.0, 3.0, 0.0, 1.0]);
    let logs = rows(
        &[3, 3],
        &[-0.41703, -1.41703, -2.31703, -2.19673, -0.19673, -2.69673, -0.16985, -3.16985, -2.16985],
    );
    let labels = || ints(&[3], &[0, 1, 2]);
    let weight = || ("weight", Value::Tensor(Tensor::vector([1.0, 2.0, 0.5])));
    let smoothing = || ("label_smoothing", Value::Real(0.2));
    let shown = rows(&[3, 3], &[0.8, 0.1, 0.1, 0.0, 1.0, 0.0, 0.3, 0.3, 0.4]);
    let image = Tensor::new([2, 3, 2], (0..12).map(|it| f64::from(it * it % 7)).collect()).expect("12");
    let triplets = || {
        vec![
            rows(&[3, 2], &[0.0; 6]),
            rows(&[3, 2], &[0.3, 0.4, 0.6, 0.8, 1.2, 0.9]),
            rows(&[3, 2], &[-1.5, -2.0, 1.2, -0.5, -0.6, 0.8]),
        ]
    };
    let dots = || [0.0, 0.6, 1.2].map(Tensor::scalar).to_vec();
    vec![
        experiment("CrossEntropyLoss", &[], vec![scores.clone(), labels()]),
        experiment("CrossEntropyLoss", &[weight(), smoothing()], vec![scores.clone(), labels()]),
        experiment("CrossEntropyLoss", &[], vec![scores.clone(), ints(&[3], &[0, -100, 2])]),
        experiment("CrossEntropyLoss", &[weight(), smoothing()], vec![scores, shown]),
        experiment("CrossEntropyLoss", &[weight()], vec![image, ints(&[2, 2], &[0, 2, 1, 1])]),
        experiment("CrossEntropyLoss", &[], vec![Tensor::vector([3.0, 0.0, 1.0]), ints(&[], &[2])]),
        experiment("NLLLoss", &[weight()], vec![logs, labels()]),
        experiment("TripletMarginLoss", &[], triplets()),
        experiment("TripletMarginLoss", &[("swap", Value::Flag(true))], triplets()),
        experiment("TripletMarginLoss", &[("p", Value::Real(1.0))], triplets()),
        experiment("TripletMarginLoss", &[("p", Value::Real(f64::INFINITY))], triplets()),
        experiment("TripletMarginLoss", &[], dots()),
        bee(),
        two_words(ints(&[2, 3], &[1, 2, 2, 1, 0, 0])),
        two_words(ints(&[4], &[1, 2, 2, 1])),
    ]
}

/// The same experiment at each element that has a gradient, with the unreduced gradient there.
fn elements(experiment: &Experiment) -> Vec<(Experiment, f64, f64)> {
    let mut unreduced = experiment.clone();
    unreduced.args.set(&REDUCTION, Value::Text("none".into()));
    let answer = unreduced.evaluate().expect("an answer");
    let mut all = Vec::new();
    for (input, grad) in answer.grads.iter().enumerate() {
        for (place, slope) in grad.iter().flat_map(|it| it.floats().into_owned()).enumerate() {
            let at = At { input, place };
            let unit = experiment.unit_of(at).expect("a unit");
            all.push((Experiment { at, ..experiment.clone() }, answer.units.values[unit], slope));
        }
    }
    all
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * (1.0 + b.abs())
}

#[test]
fn a_curve_passes_through_its_unit() {
    for (one, loss, slope) in experiments().iter().flat_map(elements) {
        let curve = one.curve(&[one.x().expect("x")], None).expect("a curve");
        let what = format!("{} {:?} {:?}", one.loss.spec.torch, one.args, one.at);
        assert!(close(curve.losses[0], loss), "{what}: {} for {loss}", curve.losses[0]);
        assert!(close(curve.slopes[0], slope), "{what}: slope {} for {slope}", curve.slopes[0]);
    }
}

/// The witness: central differences of the curve, away from its kinks.
#[test]
fn a_slope_is_the_slope_of_its_curve() {
    for (one, ..) in experiments().iter().flat_map(elements) {
        let marks = one.marks();
        let x = one.x().expect("x");
        let hair = 1e-5;
        for x in [x - 1.3, x - 0.01, x + 0.02, x + 0.9] {
            if marks.kinks.iter().any(|it| (it.x - x).abs() < 1e-3) {
                continue;
            }
            let curve = one.curve(&[x - hair, x, x + hair], None).expect("a curve");
            let slope = (curve.losses[2] - curve.losses[0]) / (2.0 * hair);
            let what = format!("{} {:?} {:?} at {x}", one.loss.spec.torch, one.args, one.at);
            assert!((curve.slopes[1] - slope).abs() < 1e-5, "{what}: {} for {slope}", curve.slopes[1]);
        }
    }
}

#[test]
fn nothing_is_lower_than_the_marks_say() {
    let xs: Vec<f64> = (-80..=80).map(|it| f64::from(it) * 0.1).collect();
    for (one, ..) in experiments().iter().flat_map(elements) {
        let marks = one.marks();
        let curve = one.curve(&xs, None).expect("a curve");
        let what = format!("{} {:?} {:?}: {marks:?}", one.loss.spec.torch, one.args, one.at);
        let lowest = curve.losses.iter().copied().fold(f64::INFINITY, f64::min);
        if let Some(floor) = marks.floor {
            assert!(lowest >= floor - 1e-12, "{what}: {lowest}");
        }
        let (first, last) = (curve.losses[0], curve.losses[xs.len() - 1]);
        match marks.best {
            Best::Point(x) => {
                let least = one.curve(&[x], None).expect("a curve").losses[0];
                assert!(lowest >= least - 1e-12, "{what}: {lowest} below {least}");
            }
            Best::Between(from, to) => {
                let inside = xs.iter().zip(&curve.losses).filter(|it| *it.0 > from && *it.0 < to);
                assert!(inside.map(|it| *it.1).all(|it| it == lowest), "{what}");
            }
            Best::Lowest => assert!(first <= lowest + 1e-12, "{what}"),
            Best::Highest => assert!(last <= lowest + 1e-12, "{what}"),
            Best::Unknown => {}
        }
    }
}

/// Frame 3's blank: PyTorch's gradient −0.3152 is the slope with the frame renormalised. With the rest held it
/// would be −0.9152, and a frame that is no distribution has no tangent at all.
#[test]
fn the_curve_of_ctc_moves_the_logit() {
    let one = Experiment { at: At { input: 0, place: 9 }, ..bee() };
    let x = 0.6_f64.ln();
    let curve = one.curve(&[x, 5.0], None).expect("a curve");
    assert_eq!(format!("{:.4} {:.4}", curve.losses[0], curve.slopes[0]), "1.1755 -0.3152");
    let answer = one.evaluate().expect("an answer");
    assert_eq!(format!("{:.4}", answer.output.get(0).unwrap_or(f64::NAN)), "0.3918");
    assert_eq!(format!("{:.4}", one.gradient(&answer).unwrap_or(f64::NAN)), "-0.1051");
    assert_eq!(one.marks().best, Best::Highest);

    // The blank down to 0.01, its frame rescaled: 2.6670.
    let odds = (0.01 / 0.99_f64).ln() + 0.4_f64.ln();
    assert_eq!(format!("{:.4}", one.curve(&[odds], None).expect("a curve").losses[0]), "2.6670");

    let loose = one.with_number(At { input: 0, place: 10 }, 0.5);
    assert!(loose.curve(&[x], None).expect("a curve").slopes[0].is_nan());
}

/// The reduced loss is a straight function of the unit's own, with the share that the seam shows.
#[test]
fn the_share_joins_the_scales() {
    for one in experiments() {
        let answer = one.evaluate().expect("an answer");
        let Some(share) = one.share(&answer) else { continue };
        let own = answer.units.values[one.unit_of(one.at).expect("a unit")];
        let total = answer.output.get(0).unwrap_or(f64::NAN);
        assert!(close(share.others + share.share * own, total), "{}: {share:?}", one.loss.spec.torch);
    }
}

/// [1, 2, 3] against a column of the same numbers is a grid of nine errors: their mean is 12 / 9.
#[test]
fn an_element_that_is_broadcast_moves_the_whole_batch() {
    let Route::Loss(grid) = read("/MSELoss?input=1,2,3&target=3x1:1,2,3&at=input.0").route else {
        panic!("a loss");
    };
    assert!(grid.curve(&[1.0], None).is_err());
    assert_eq!(grid.shown_view(), View::Batch);
    let curve = grid.curve_of_batch(&[1.0, 4.0]);
    assert!((curve.losses[0] - 12.0 / 9.0).abs() < 1e-15);
    // At 4 the three errors of that element are 3, 2 and 1 instead of 0, −1 and −2: 14 − 5 = 9 more.
    assert!((curve.losses[1] - 21.0 / 9.0).abs() < 1e-15);
    assert!((curve.slopes[1] - 2.0 * 6.0 / 9.0).abs() < 1e-15);
}
