//! The numbers that the texts speak of: of the threads that asked, or by hand.

use super::*;
use crate::experiment::address::{self, Route, read};

fn answers(name: &str, dials: &[f64]) -> [Answer; 2] {
    let case = Case::find(name).unwrap();
    (case.sides)(dials).map(|it| it.answer())
}

fn near(name: &str, dials: &[f64], want: [f64; 2]) {
    for (answer, want) in answers(name, dials).iter().zip(want) {
        assert!(
            (answer.loss - want).abs() < 5e-5 * want.abs().max(1.0),
            "{name} {dials:?}: {answer:?}, not {want}"
        );
    }
}

#[test]
fn every_case_answers_wherever_its_dials_stand() {
    for case in &CASES {
        let corners = 1_usize << case.dials.len();
        let ends = (0..corners).map(|bits| {
            case.dials
                .iter()
                .enumerate()
                .map(|(k, dial)| if bits >> k & 1 == 0 { dial.from } else { dial.to })
                .collect()
        });
        let firsts: Vec<f64> = case.dials.iter().map(|it| it.first).collect();
        for dials in ends.chain([firsts.clone()]) {
            let dials: Vec<f64> = dials;
            for side in (case.sides)(&dials) {
                let answer = side.answer();
                assert_eq!(answer.error, None, "{} {dials:?}", case.name);
                // The address leads to the same state on the bench.
                let there = read(&address::write(&side.call()));
                assert!(there.notices.is_empty(), "{} {dials:?}: {:?}", case.name, there.notices);
                assert_eq!(there.route, Route::Loss(Box::new(side.call())), "{} {dials:?}", case.name);
            }
        }
        for (dial, first) in case.dials.iter().zip(firsts) {
            assert_eq!(dial.at(first), first, "{} {}", case.name, dial.label);
        }
    }
}

/// pytorch#22604: a perfect answer passed through softmax first costs 0.7437 with four classes, 1.4612 with ten.
#[test]
fn softmax_twice_never_comes_to_nothing() {
    for (classes, floor) in [(4.0, 0.7437), (10.0, 1.4612)] {
        let [right, wrong] = (Case::find("softmax-twice").unwrap().sides)(&[100.0, classes]);
        assert!(right.answer().loss < 1e-12);
        assert!((wrong.answer().loss - floor).abs() < 5e-5 && (wrong.floor.unwrap() - floor).abs() < 5e-5);
    }
    near("softmax-twice", &[0.0, 10.0], [std::f64::consts::LN_10; 2]);
}

#[test]
fn sigmoid_twice_has_a_floor_on_both_sides() {
    near("sigmoid-twice", &[-40.0, 0.0], [0.0, std::f64::consts::LN_2]);
    near("sigmoid-twice", &[40.0, 1.0], [0.0, 0.3133]);
    for (dials, side) in [([-10.0, 0.0], 1), ([10.0, 1.0], 1)] {
        let side = &(Case::find("sigmoid-twice").unwrap().sides)(&dials)[side];
        assert!(side.answer().loss > side.floor.unwrap());
    }
}

/// By hand: −ln σ(z) → −z, and BCELoss stops at 100. At −50 the gradients are −1 and about −2e-10 (the clamp of 1e-12
/// does not act yet).
#[test]
fn after_a_sigmoid_the_gradient_dies() {
    near("stability", &[-150.0], [150.0, 100.0]);
    let [right, wrong] = answers("stability", &[-50.0]).map(|it| it.gradient.unwrap());
    assert!((right + 1.0).abs() < 1e-12, "{right}");
    assert!(wrong.abs() < 1e-9, "{wrong}");
}

/// By hand: with sun at 0.4 the forecast is 0.4, 0.4, 0.2.
#[test]
fn the_wrong_plug_goes_below_zero() {
    near("log-probabilities", &[0.4], [0.1838, -1.1818]);
    near("nll-probabilities", &[0.9], [0.1054, -0.9]);
    near("kl-direction", &[0.4], [0.1838, 0.1920]);
}

/// The divergence is of the two classes that occur, however many do not.
#[test]
fn only_batchmean_is_the_divergence() {
    for classes in [2.0, 3.0, 40.0] {
        let [batchmean, mean] = answers("batchmean", &[classes]).map(|it| it.loss);
        assert!((mean * classes - batchmean).abs() < 1e-12, "{classes}");
    }
    let two = answers("batchmean", &[2.0])[0].loss;
    assert!((answers("batchmean", &[40.0])[0].loss - two).abs() < 1e-12);
}

/// By hand: max(0, 1 − 0.6), and with a label of 0 that and 0.6.
#[test]
fn a_label_of_zero_adds_both_terms() {
    near("labels", &[0.6], [0.4, 1.0]);
}

/// The houses: 29.25 in one batch.
#[test]
fn a_sum_grows_with_the_batch_and_a_mean_does_not() {
    near("reduction", &[1.0], [29.25, 7.3125]);
    near("reduction", &[8.0], [234.0, 7.3125]);
}

#[test]
fn all_ignored_is_nothing_by_nothing() {
    let [right, wrong] = answers("ignored", &[5.0]);
    assert!(right.loss.is_nan() && wrong.loss.is_finite());
    let [none, also] = answers("ignored", &[0.0]);
    assert_eq!(none, also);
}

#[test]
fn in_a_batch_of_one_the_weight_cancels() {
    let [one, other] = [1.0, 20.0].map(|it| answers("weighted-mean", &[it, 1.0]));
    assert!((one[0].loss - other[0].loss).abs() < 1e-12);
    assert!((one[1].loss * 20.0 - other[1].loss).abs() < 1e-9);
}

/// At a logit of 0 both halves cost ln 2.
#[test]
fn pos_weight_leaves_the_negatives_alone() {
    let ln2 = std::f64::consts::LN_2;
    near("pos-weight", &[0.0, 3.0], [4.0 * ln2, 6.0 * ln2]);
}

/// pytorch#7455: ten classes and ε = 0.1 have their least at 0.500.
#[test]
fn smoothing_has_a_floor() {
    let least = (0..=160)
        .map(|it| answers("smoothing", &[-4.0 + f64::from(it) * 0.1, 0.1])[1].loss)
        .fold(f64::MAX, f64::min);
    let floor = (Case::find("smoothing").unwrap().sides)(&[0.0, 0.1])[1].floor.unwrap();
    assert!((floor - 0.5003).abs() < 1e-4 && (least - floor).abs() < 1e-3, "{floor} {least}");
}

/// pytorch#48595: an error of 5 costs 4.95 and 0.495 with 0.1, 3.5 and 10.5 with 3.
#[test]
fn huber_is_beta_times_smooth_l1() {
    near("beta-delta", &[5.0, 0.1], [4.95, 0.495]);
    near("beta-delta", &[5.0, 3.0], [3.5, 10.5]);
}

#[test]
fn only_some_scores_share_a_whole() {
    let bars = |cat: f64| (Case::find("one-or-many").unwrap().sides)(&[cat]).map(|it| it.bars[1].share);
    let ([softmax, sigmoid], [softmax_then, sigmoid_then]) = (bars(0.0), bars(5.0));
    assert!(softmax_then < softmax * 0.1 && sigmoid == sigmoid_then);
}

/// discuss.pytorch.org 43814: 0.693 with two classes, 2.303 with ten.
#[test]
fn equal_scores_cost_the_logarithm_of_the_classes() {
    for classes in [2.0_f64, 10.0, 100.0] {
        assert!((answers("stuck", &[classes])[0].loss - classes.ln()).abs() < 1e-12);
    }
}

/// By hand: from a lead of 1 on nothing is owed; ln(1 + e⁻² + e⁻³) still is.
#[test]
fn a_margin_lets_go() {
    near("let-go", &[2.0], [0.0, 0.1698]);
    near("let-go", &[0.5], [0.5 / 3.0, 0.6041]);
    let [margin, entropy] = answers("let-go", &[6.0]).map(|it| it.gradient.unwrap());
    assert!(margin == 0.0 && entropy < 0.0);
}

/// By hand: ln(1 + e⁻²·⁵) where the hinge of 1 − 2.5 is over; 3 and ln(1 + e²) on the wrong side. A label of 0 makes
/// that e⁰.
#[test]
fn a_soft_margin_never_lets_go() {
    near("soft-margin", &[2.5], [0.0789, 0.0]);
    near("soft-margin", &[-2.0], [2.1269, 3.0]);
    near("soft-labels", &[2.0], [2.1269, std::f64::consts::LN_2]);
    let [soft, hinge] = answers("soft-margin", &[2.5]).map(|it| it.gradient.unwrap());
    assert!(soft < 0.0 && hinge == 0.0);
    assert_eq!(answers("soft-labels", &[-6.0])[1].gradient, Some(0.0));
}

/// By hand: in the list the sea's 0 stands second, so that the 3 in front of it makes the sea a threefold yes, and the
/// loss falls by 2 for each point of its score, over 4 tags. As a list, the marks name ship thrice and sea once.
#[test]
fn a_list_is_no_row_of_marks() {
    let [_, wrong] = answers("tag-lists", &[8.0]);
    assert!(wrong.loss < -3.0 && (wrong.gradient.unwrap() + 0.5).abs() < 1e-3, "{wrong:?}");
    near("tag-marks", &[1.0], [0.0, (3.0 * 1.0) / 4.0]);
    let [right, wrong] = answers("tag-marks", &[0.25]).map(|it| it.gradient.unwrap());
    assert_eq!((right, wrong), (-0.25, 0.75));
}
