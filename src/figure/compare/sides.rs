//! Both calls of each comparison, as addresses of the bench.

use super::Verdict::{Open, Right, Wrong};
use super::{Bar, Side};
use crate::experiment::number::show;
use crate::loss::numeric::{log1p_exp, sigmoid, softmax};

fn dial(dials: &[f64], place: usize) -> f64 {
    dials.get(place).copied().unwrap_or(f64::NAN)
}

/// A whole number of things.
fn count(dials: &[f64], place: usize) -> usize {
    dial(dials, place) as usize
}

fn row(values: &[f64]) -> String {
    values.iter().map(|it| show(*it)).collect::<Vec<_>>().join(",")
}

fn shares(values: &[f64], truth: impl Fn(usize) -> bool, names: &[&str]) -> Vec<Bar> {
    let label = |k: usize| names.get(k).map_or_else(|| k.to_string(), |it| (*it).to_owned());
    let bar = |(k, share): (usize, &f64)| Bar { label: label(k), share: *share, is_true: truth(k) };
    values.iter().enumerate().map(bar).collect()
}

/// The true class is the last one; all others stand at 0.
pub fn softmax_twice(dials: &[f64]) -> [Side; 2] {
    let classes = count(dials, 1).max(2);
    let mut scores = vec![0.0; classes];
    scores[classes - 1] = dial(dials, 0);
    let address = format!(
        "/CrossEntropyLoss?input={}&target={1}&at=input.{1}&with=softmax:CrossEntropyLoss",
        row(&scores),
        classes - 1
    );
    let once = softmax(&scores);
    let truth = |k: usize| k == classes - 1;
    // However sure the model is, the second softmax is given a 1 and zeros.
    let floor = ((classes - 1) as f64 / std::f64::consts::E).ln_1p();
    let mut right = Side::new(Right, "the scores as they are", &address).bars(shares(&once, truth, &[]));
    right.state.with = None;
    let wrong = Side::new(Wrong, "softmax first", &address).changed();
    [right, wrong.bars(shares(&softmax(&once), truth, &[])).floor(floor)]
}

pub fn sigmoid_twice(dials: &[f64]) -> [Side; 2] {
    let (logit, target) = (dial(dials, 0), dial(dials, 1));
    let address = format!(
        "/BCEWithLogitsLoss?input={}&target={}&with=sigmoid:BCEWithLogitsLoss",
        show(logit),
        show(target)
    );
    let once = sigmoid(logit);
    let bar = |p: f64| shares(&[p], |_| target == 1.0, &["positive"]);
    let floor = if target == 1.0 { log1p_exp(-1.0) } else { log1p_exp(0.0) };
    let mut right = Side::new(Right, "the logit as it is", &address).bars(bar(once));
    right.state.with = None;
    [right, Side::new(Wrong, "sigmoid first", &address).changed().bars(bar(sigmoid(once))).floor(floor)]
}

pub fn stability(dials: &[f64]) -> [Side; 2] {
    let address = format!("/BCEWithLogitsLoss?input={}&target=1&with=sigmoid:BCELoss", show(dial(dials, 0)));
    let mut right = Side::new(Right, "the logit as it is", &address);
    right.state.with = None;
    [right, Side::new(Wrong, "sigmoid, then BCELoss", &address).changed()]
}

const WEATHER: [&str; 3] = ["sun", "cloud", "rain"];

/// What the weather does.
const TRUTH: [f64; 3] = [0.7, 0.2, 0.1];

/// A forecast that gives sun its share, and cloud twice that of rain.
fn forecast(sun: f64) -> [f64; 3] {
    [sun, (1.0 - sun) * 2.0 / 3.0, (1.0 - sun) / 3.0]
}

pub fn log_probabilities(dials: &[f64]) -> [Side; 2] {
    let q = forecast(dial(dials, 0));
    let address =
        |input: &[f64]| format!("/KLDivLoss?input={}&target={}&reduction=sum", row(input), row(&TRUTH));
    let bars = || shares(&q, |_| false, &WEATHER);
    [
        Side::new(Right, "input = log Q", &address(&q.map(f64::ln))).bars(bars()),
        Side::new(Wrong, "input = Q", &address(&q)).bars(bars()),
    ]
}

pub fn kl_direction(dials: &[f64]) -> [Side; 2] {
    let q = forecast(dial(dials, 0));
    let bars = || shares(&q, |_| false, &WEATHER);
    let there = format!("/KLDivLoss?input={}&target={}&reduction=sum", row(&q.map(f64::ln)), row(&TRUTH));
    let back = format!("/KLDivLoss?input={}&target={}&reduction=sum", row(&TRUTH.map(f64::ln)), row(&q));
    [
        Side::new(Open, "KL(P‖Q): input = log Q, target = P", &there).bars(bars()),
        Side::new(Open, "KL(Q‖P): input = log P, target = Q", &back).bars(bars()),
    ]
}

/// Classes that never occur change nothing of the divergence.
pub fn batchmean(dials: &[f64]) -> [Side; 2] {
    let more = count(dials, 0).max(2) - 2;
    let wide = |first: [f64; 2], rest: f64| row(&[&first[..], &vec![rest; more]].concat());
    let address = |reduction: &str| {
        format!(
            "/KLDivLoss?input={0};{1}&target={2};{3}&reduction={reduction}",
            wide([0.4, 0.6].map(f64::ln), -20.0),
            wide([0.2, 0.8].map(f64::ln), -20.0),
            wide([0.7, 0.3], 0.0),
            wide([0.5, 0.5], 0.0),
        )
    };
    [
        Side::new(Right, "reduction='batchmean': ÷ N", &address("batchmean")),
        Side::new(Wrong, "reduction='mean': ÷ (N × C)", &address("mean")),
    ]
}

pub fn nll_probabilities(dials: &[f64]) -> [Side; 2] {
    let p = dial(dials, 0);
    let probabilities = [p, (1.0 - p) / 2.0, (1.0 - p) / 2.0];
    let address = |input: &[f64]| format!("/NLLLoss?input={}&target=0", row(input));
    let bars = || shares(&probabilities, |k| k == 0, &["car", "motorcycle", "truck"]);
    [
        Side::new(Right, "input = log p", &address(&probabilities.map(f64::ln))).bars(bars()),
        Side::new(Wrong, "input = p", &address(&probabilities)).bars(bars()),
    ]
}

pub fn labels(dials: &[f64]) -> [Side; 2] {
    let address = |label: &str| format!("/HingeEmbeddingLoss?input={}&target={label}", show(dial(dials, 0)));
    [
        Side::new(Right, "target = −1: strangers", &address("-1")),
        Side::new(Wrong, "target = 0: no error, both terms", &address("0")),
    ]
}

pub fn soft_margin(dials: &[f64]) -> [Side; 2] {
    let score = show(dial(dials, 0));
    let hinge = format!("/MarginRankingLoss?input1={score}&input2=0&target=1&margin=1");
    [
        Side::new(Open, "SoftMarginLoss", &format!("/SoftMarginLoss?input={score}&target=1")),
        Side::new(Open, "a hinge: MarginRankingLoss against 0", &hinge),
    ]
}

pub fn soft_labels(dials: &[f64]) -> [Side; 2] {
    let address = |label: &str| format!("/SoftMarginLoss?input={}&target={label}", show(dial(dials, 0)));
    [
        Side::new(Right, "target = −1: a bad review", &address("-1")),
        Side::new(Wrong, "target = 0: no error, no push", &address("0")),
    ]
}

pub fn reduction(dials: &[f64]) -> [Side; 2] {
    let copies = count(dials, 0).max(1);
    let many = |batch: &[f64]| row(&batch.repeat(copies));
    let address = |reduction: &str| {
        format!(
            "/MSELoss?input={}&target={}&at=input.3&reduction={reduction}",
            many(&[2.0, 3.5, 4.0, 3.0]),
            many(&[2.5, 3.5, 2.0, 8.0])
        )
    };
    [
        Side::new(Open, "reduction='sum'", &address("sum")),
        Side::new(Open, "reduction='mean'", &address("mean")),
    ]
}

pub fn ignored(dials: &[f64]) -> [Side; 2] {
    let padded = count(dials, 0).min(5);
    let labels = |padding: &str| {
        let word = |k: usize| if k < 5 - padded { ["1", "2", "1", "2", "1"][k] } else { padding };
        (0..5).map(word).collect::<Vec<_>>().join(",")
    };
    let address = |padding: &str| {
        format!(
            "/CrossEntropyLoss?input=0.2,1.6,0.4;0.1,0.3,1.9;0.5,1.2,0.9;0.2,0.4,1.3;0.1,0.7,0.5&target={}",
            labels(padding)
        )
    };
    [
        Side::new(Right, "padding is labelled −100", &address("-100")),
        Side::new(Wrong, "padding is labelled 0, a class", &address("0")),
    ]
}

/// Three rows of the common class that are told apart well, and one of the rare class that is not.
pub fn weighted_mean(dials: &[f64]) -> [Side; 2] {
    let (weight, rows) = (dial(dials, 0), count(dials, 1).clamp(1, 4));
    // The rare one comes first, so that it is the last to leave.
    let input = ["1,0", "3,0", "2.5,0", "2,0"][..rows].join(",");
    let target = ["1", "0", "0", "0"][..rows].join(",");
    let weight = show(weight);
    let address = |reduction: &str| {
        format!(
            "/CrossEntropyLoss?input={rows}x2:{input}&target={rows}:{target}&weight=1,{weight}&reduction={reduction}"
        )
    };
    [
        Side::new(Open, "PyTorch: Σ w ℓ ÷ Σ w", &address("mean")),
        Side::new(Open, "by hand: Σ w ℓ ÷ N", &address("sum")).times(1.0 / rows as f64),
    ]
}

pub fn pos_weight(dials: &[f64]) -> [Side; 2] {
    let (logit, weight) = (show(dial(dials, 0)), show(dial(dials, 1)));
    let address =
        |more: &str| format!("/BCEWithLogitsLoss?input={logit},{logit}&target=1,0&reduction=sum{more}");
    let bars = |positive: f64, negative: f64| {
        // A share of what is paid, not of a whole: the bars end at the top.
        let losses = [positive * log1p_exp(-dial(dials, 0)), negative * log1p_exp(dial(dials, 0))];
        let all = losses[0] + losses[1];
        shares(&losses.map(|it| it / all), |k| k == 0, &["target 1", "target 0"])
    };
    let w = dial(dials, 1);
    [
        Side::new(Open, "pos_weight: only where the target is 1", &address(&format!("&pos_weight={weight}")))
            .bars(bars(w, 1.0)),
        Side::new(Open, "weight: everywhere", &address(&format!("&weight={weight}"))).bars(bars(w, w)),
    ]
}

pub fn one_or_many(dials: &[f64]) -> [Side; 2] {
    let scores = [dial(dials, 0), 1.0, 0.0];
    let names = ["cat", "dog", "bird"];
    let softmax = softmax(&scores);
    [
        Side::new(
            Open,
            "one of three: CrossEntropyLoss",
            &format!("/CrossEntropyLoss?input={}&target=0", row(&scores)),
        )
        .bars(shares(&softmax, |k| k == 0, &names)),
        Side::new(
            Open,
            "any of three: BCEWithLogitsLoss",
            &format!("/BCEWithLogitsLoss?input={}&target=1,0,0", row(&scores)),
        )
        .bars(shares(&scores.map(sigmoid), |k| k == 0, &names)),
    ]
}

/// The true class against two others.
pub fn let_go(dials: &[f64]) -> [Side; 2] {
    let address = |loss: &str| format!("/{loss}?input={},0,-1&target=0", show(dial(dials, 0)));
    [
        Side::new(Open, "MultiMarginLoss", &address("MultiMarginLoss")),
        Side::new(Open, "CrossEntropyLoss", &address("CrossEntropyLoss")),
    ]
}

/// Sea and tree are true.
pub fn tag_lists(dials: &[f64]) -> [Side; 2] {
    let address = |target: &str| {
        let sea = show(dial(dials, 0));
        format!("/MultiLabelSoftMarginLoss?input={sea},-2,-3,3&target={target}&names=;sea,ship,sky,tree")
    };
    [
        Side::new(Right, "a mark for each tag: 1, 0, 0, 1", &address("1,0,0,1")),
        Side::new(Wrong, "the list 3, 0, −1, −1 for marks", &address("3,0,-1,-1")),
    ]
}

/// Sea, ship and sky are true.
pub fn tag_marks(dials: &[f64]) -> [Side; 2] {
    let address = |target: &str| {
        let sky = show(dial(dials, 0));
        format!(
            "/MultiLabelMarginLoss?input=2,1,{sky},-0.5&target={target}&at=input.2&names=;sea,ship,sky,tree"
        )
    };
    [
        Side::new(Right, "the list 0, 1, 2, −1", &address("0,1,2,-1")),
        Side::new(Wrong, "the marks 1, 1, 1, 0 for a list", &address("1,1,1,0")),
    ]
}

/// Ten classes, the true one last.
pub fn smoothing(dials: &[f64]) -> [Side; 2] {
    let mut scores = vec![0.0; 10];
    scores[9] = dial(dials, 0);
    let address = |epsilon: f64| {
        format!(
            "/CrossEntropyLoss?input={}&target=9&at=input.9&label_smoothing={}",
            row(&scores),
            show(epsilon)
        )
    };
    let epsilon = dial(dials, 1);
    // Lowest where softmax gives what the smoothed target asks for: there the loss is that target's entropy.
    let (most, rest) = (1.0 - epsilon * 0.9, epsilon / 10.0);
    let floor = if epsilon > 0.0 { -most * most.ln() - 9.0 * rest * rest.ln() } else { 0.0 };
    [
        Side::new(Open, "label_smoothing=0", &address(0.0)),
        Side::new(Open, "smoothed", &address(epsilon)).floor(floor),
    ]
}

pub fn beta_delta(dials: &[f64]) -> [Side; 2] {
    let (error, bend) = (show(dial(dials, 0)), show(dial(dials, 1)));
    [
        Side::new(
            Open,
            "SmoothL1: slope 1 far away",
            &format!("/SmoothL1Loss?input={error}&target=0&beta={bend}"),
        ),
        Side::new(
            Open,
            "Huber: slope δ far away",
            &format!("/HuberLoss?input={error}&target=0&delta={bend}"),
        ),
    ]
}

/// A model that says nothing, and one that leans towards the truth a little.
pub fn stuck(dials: &[f64]) -> [Side; 2] {
    let classes = count(dials, 0).max(2);
    let address = |first: f64| {
        let mut scores = vec![0.0; classes];
        scores[0] = first;
        format!("/CrossEntropyLoss?input={}&target=0", row(&scores))
    };
    [
        Side::new(Open, "all scores equal: ln C", &address(0.0)),
        Side::new(Open, "the true one ahead by 2", &address(2.0)),
    ]
}
