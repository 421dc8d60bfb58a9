//! The pictures on the worked examples: each has its own, and shows the numbers that the loss itself gives.

use losslens::experiment::address::example;
use losslens::experiment::bar::Bar;
use losslens::experiment::picture::angle;
use losslens::experiment::picture::boxes::{Hold, pair};
use losslens::experiment::picture::divergence::{reverse, terms};
use losslens::experiment::picture::lane::{Lane, lane};
use losslens::experiment::picture::lattice::Lattice;
use losslens::experiment::picture::margins::margins;
use losslens::experiment::picture::plane::{plane, together};
use losslens::experiment::picture::sigmoids::sigmoids;
use losslens::experiment::picture::{Kind, kind};
use losslens::experiment::{At, Experiment};
use losslens::loss::args::Value;
use losslens::loss::evaluation::Evaluation;
use losslens::loss::reduce;
use losslens::loss::spec::{ParamKind, Per};
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::LOSSES;

/// Numbers of the worked examples are given to four decimals.
const SHOWN: f64 = 5.1e-5;

fn pictured(wanted: Kind) -> (Experiment, Evaluation) {
    let mut found = all_pictured(wanted);
    assert_eq!(found.len(), 1, "{wanted:?} tells of one loss");
    found.remove(0)
}

fn all_pictured(wanted: Kind) -> Vec<(Experiment, Evaluation)> {
    let examples = LOSSES.iter().map(example).filter(|it| kind(it) == Some(wanted));
    let evaluated = |it: Experiment| {
        let evaluation = it.evaluate().expect("a worked example can be evaluated");
        (it, evaluation)
    };
    examples.map(evaluated).collect()
}

#[track_caller]
fn close(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{got} is not {want}");
}

fn fits(lane: &Lane) {
    close(lane.truth.iter().sum(), if lane.weight == 0.0 { 0.0 } else { 1.0 }, 1e-12);
    for ((p, y), gradient) in lane.p.iter().zip(&lane.truth).zip(&lane.gradient) {
        close(*gradient, lane.weight * (p - y), 1e-12);
    }
    let loss: f64 = lane.p.iter().zip(&lane.truth).map(|(p, y)| -lane.weight * y * p.ln()).sum();
    close(lane.loss, loss, 1e-12);
}

#[test]
fn the_lane_finds_out_what_is_true() {
    let (experiment, evaluation) = pictured(Kind::Lane);
    let shown = lane(&experiment);
    for (got, want) in shown.p.iter().zip([0.8438, 0.0420, 0.1142]) {
        close(*got, want, SHOWN);
    }
    assert_eq!((shown.label(), shown.weight), (Some(2), 1.0));
    assert_eq!(shown.arithmetic(), "−ln 0.1142 = 2.1698");
    close(shown.loss, evaluation.units.values[2], 0.0);
    fits(&shown);

    // One row of a lane at a time, under every argument that bends what is true.
    for param in experiment.loss.spec.params {
        let value = match param.kind {
            ParamKind::Real { .. } => Value::Real(0.3),
            ParamKind::Int { .. } => Value::Int(2),
            ParamKind::Tensor { per: Per::Class } => Value::Tensor(Tensor::vector([1.0, 0.5, 2.0])),
            _ => continue,
        };
        fits(&lane(&experiment.with_arg(param, value)));
    }
    let mut shares = experiment.clone();
    shares.inputs[1] = Tensor::new([3, 3], vec![1.0, 0.0, 0.0, 0.2, 0.8, 0.0, 0.3, 0.3, 0.4]).expect("3 × 3");
    let shown = lane(&shares);
    assert_eq!(shown.label(), None);
    close(shown.truth[0], 0.3, 1e-12);
    fits(&shown);
}

#[test]
fn picked_cells_tell_the_same_story() {
    let (lane, picked) = (pictured(Kind::Lane), pictured(Kind::Picked));
    assert_eq!(lane.0.names, picked.0.names);
    close(picked.1.output.get(0).unwrap_or(f64::NAN), 0.9279, SHOWN);
}

#[test]
fn divergences_go_both_ways() {
    let (experiment, evaluation) = pictured(Kind::Distributions);
    let terms = terms(&experiment, &evaluation);
    for (got, want) in terms.iter().zip([0.3917, -0.1386, -0.0693]) {
        close(*got, want, SHOWN);
    }
    close(terms.iter().sum(), 0.1838, SHOWN);
    let scales = [Bar::LogProbability, Bar::Probability];
    close(reverse(&experiment, scales), 0.1920, SHOWN);
    // What the model rules out weighs nothing; what only the truth rules out can never be made good.
    let ruled_out = |input: usize, value: f64| experiment.with_number(At { input, place: 2 }, value);
    assert!(reverse(&ruled_out(0, f64::NEG_INFINITY), scales).is_finite());
    assert_eq!(reverse(&ruled_out(1, 0.0), scales), f64::INFINITY);
}

#[test]
fn the_plane_adds_up_to_the_loss() {
    let pictures = all_pictured(Kind::Plane);
    // The same faces, measured straight and along the streets. PyTorch adds 1e-6 to each coordinate of a difference
    // where it measures straight. The push of the negative has the strength of one, or of one along each street.
    let measured = [(1.0, 1.3, 3e-6, 1.0), (1.4, 1.7, 1e-12, f64::sqrt(2.0))];
    assert_eq!(pictures.len(), measured.len());
    for ((experiment, evaluation), (near, far, within, strength)) in pictures.iter().zip(measured) {
        let shown = plane(experiment).expect("the chosen triple");
        close(shown.near, near, within);
        close(shown.far, far, within);
        close(shown.loss, evaluation.units.values[1], 0.0);
        close(shown.loss, shown.clear() - shown.counted(), 1e-15);
        let all = plane(&together(experiment)).expect("the chosen triple");
        assert_eq!(all.loss, all.margin);
        // The push is minus the gradient: away from the anchor.
        close(shown.pushes[2][0].hypot(shown.pushes[2][1]), strength, 1e-12);
        assert!(shown.pushes[2][0] > 0.0 && shown.pushes[2][1] < 0.0);
    }
}

#[test]
fn the_arrows_add_up_to_the_loss() {
    let (experiment, evaluation) = pictured(Kind::Angle);
    let shown = angle::pair(&experiment).expect("the chosen pair");
    close(shown.cosine, 0.6, 1e-11);
    close(shown.degrees().expect("both have a length"), 53.1301, SHOWN);
    close(shown.loss, evaluation.units.values[1], 0.0);
    close(shown.loss, shown.cosine - shown.margin, 1e-12);
    // Away from the other arrow at a right angle to its own, and weaker the longer its own is: (−0.64, 0.48) is 0.8 long,
    // and the first arrow is twice as long as the second.
    let [first, second] = shown.pushes;
    close(second[0] * shown.tips[1][0] + second[1] * shown.tips[1][1], 0.0, 1e-11);
    close(second[0].hypot(second[1]), 0.8, 1e-11);
    close(first[0].hypot(first[1]), 0.4, 1e-11);
}

#[test]
fn the_lattice_agrees_with_the_loss() {
    let (experiment, evaluation) = pictured(Kind::Lattice);
    let shown = Lattice::of(&experiment);
    assert_eq!(shown.paths, 28);
    close(shown.log_total.exp(), 0.3087, SHOWN);
    close(-shown.log_total, evaluation.units.values[0], 1e-12);
    // PyTorch's gradient is the probability minus the share of the paths.
    let scale = reduce::share(&evaluation.units, 0);
    let gradient = evaluation.grads[0].as_ref().expect("log_probs has a gradient");
    for frame in 0..shown.frames {
        for class in 0..shown.classes {
            let at = frame * shown.classes + class;
            let states = shown.states.iter().zip(&shown.shares[frame]).filter(|it| *it.0 == class);
            let share: f64 = states.filter_map(|it| *it.1).sum();
            let p = experiment.inputs[0].get(at).unwrap_or(f64::NAN).exp();
            close(gradient.get(at).unwrap_or(f64::NAN) / scale, p - share, 1e-12);
        }
    }
}

/// The debts of one row add up to its loss, whatever margin, power and weight are.
#[test]
fn margins_add_up_to_the_loss() {
    let mut seen = 0;
    for first in LOSSES.iter().map(example).filter(|it| kind(it) == Some(Kind::Margins)) {
        let mut states = vec![first.clone()];
        for param in first.loss.spec.params {
            states.extend(match param.kind {
                ParamKind::Real { .. } => vec![first.with_arg(param, Value::Real(2.5))],
                ParamKind::Int { .. } => vec![first.with_arg(param, Value::Int(2))],
                ParamKind::Tensor { .. } => {
                    vec![first.with_arg(param, Value::Tensor(Tensor::vector([0.5, 2.0, 3.0])))]
                }
                _ => Vec::new(),
            });
        }
        for state in states {
            for row in 0..3.min(state.names.len()) {
                let width = state.classes.len();
                let state = Experiment { at: At { input: 0, place: row * width }, ..state.clone() };
                let shown = margins(&state);
                let answer = state.evaluate().expect("a variant of a worked example");
                close(shown.loss, answer.units.values[row], 0.0);
                close(shown.pairs.iter().map(|it| it.cost).sum::<f64>() / width as f64, shown.loss, 1e-12);
                assert!(
                    shown.owed().all(|it| it.short > 0.0 && shown.truth[it.truth] && !shown.truth[it.other])
                );
                assert!(shown.pairs.iter().all(|it| it.cost > 0.0 || it.short == 0.0), "{shown:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

/// By hand: true are sea 2, ship 0.5 and sky −0.5; the tree has −0.2.
#[test]
fn every_true_tag_has_a_fence_for_the_false_ones() {
    let tags = LOSSES.iter().map(example).find(|it| kind(it) == Some(Kind::Margins)).expect("margins");
    let shown = margins(&tags);
    assert_eq!(shown.fences(), [(0, 1.0), (1, -0.5), (2, -1.5)]);
    let owed: Vec<(usize, usize)> = shown.owed().map(|it| (it.truth, it.other)).collect();
    assert_eq!((owed, shown.free()), (vec![(1, 3), (2, 3)], Some(-1.5)));
    assert_eq!(shown.arithmetic(), "(0.3 + 1.3) ÷ 4 = 0.4000");
}

#[test]
fn sigmoids_stand_alone_and_their_costs_add_up() {
    let (experiment, evaluation) = pictured(Kind::Sigmoids);
    let weighted = experiment.loss.spec.params.iter().find(|it| matches!(it.kind, ParamKind::Tensor { .. }));
    let weights = Value::Tensor(Tensor::vector([1.0, 2.0, 0.5, 0.0]));
    for state in [experiment.clone(), experiment.with_arg(weighted.expect("weight"), weights)] {
        let shown = sigmoids(&state);
        close(shown.loss, state.evaluate().expect("variant").units.values[0], 0.0);
        close(shown.costs.iter().sum::<f64>() / 4.0, shown.loss, 1e-12);
    }
    let shown = sigmoids(&experiment);
    // ln(1 + √e) of the sky that was not seen, and its probability.
    close(shown.p[2], 0.3775, SHOWN);
    close(shown.costs[2], 0.9741, SHOWN);
    for ((p, y), gradient) in shown.p.iter().zip(&shown.truth).zip(&shown.gradient) {
        close(*gradient, (p - y) / 4.0, 1e-12);
    }
    close(shown.loss, evaluation.units.values[0], 0.0);
}

#[test]
fn boxes_add_up_to_the_loss() {
    let examples: Vec<Experiment> =
        LOSSES.iter().map(example).filter(|it| kind(it) == Some(Kind::Boxes)).collect();
    assert_eq!(examples.len(), 3);
    for experiment in examples {
        let rows = experiment.inputs[0].len() / 4;
        for row in 0..rows {
            let at = At { input: 0, place: 4 * row };
            let shown = pair(&Experiment { at, ..experiment.clone() }).expect("the chosen pair");
            let parts = [shown.parts.empty, shown.parts.apart, shown.parts.shape];
            let sum = 1.0 - shown.parts.iou + parts.iter().flatten().sum::<f64>();
            close(sum, shown.loss, 1e-12);
            // Where the boxes do not meet 1 − IoU is flat, and the loss is not.
            assert_eq!(shown.shared().is_none(), shown.push(true) == 0.0);
            assert!(shown.push(false) > 0.001);
        }
        // Held by the middle, a box keeps its size; on the other box nothing is left to pay.
        let dog = Experiment { at: At { input: 0, place: 4 }, ..experiment };
        let onto = Hold::Middle.moved(&dog, 0, Hold::Middle.place(&dog, 1));
        close(pair(&onto).expect("the chosen pair").loss, 0.0, 1e-9);
        let corner = Hold::Corner(2, 3).moved(&dog, 0, [50.0, 75.0]);
        assert_eq!(pair(&corner).expect("the chosen pair").predicted, [20.0, 52.0, 50.0, 75.0]);
    }
}
