//! Every loss can be made larger and smaller, pasted into and switched; what it shows stays valid and aligned.

use super::*;
use crate::experiment::address::{Route, example, read};
use crate::experiment::{Overlay, paste};
use crate::loss::numeric::sum;
use crate::loss::torch::{LOSSES, Loss};

fn state(address: &str) -> Experiment {
    match read(address) {
        read if !read.notices.is_empty() => panic!("{address}: {:?}", read.notices),
        read => match read.route {
            Route::Loss(experiment) => *experiment,
            Route::Text(_) => panic!("{address} leads home"),
        },
    }
}

fn shapes(experiment: &Experiment) -> Vec<Vec<usize>> {
    experiment.inputs.iter().map(|it| it.shape().to_vec()).collect()
}

fn pasted(text: &str) -> paste::Pasted {
    paste::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn values(experiment: &Experiment, input: usize) -> Vec<f64> {
    experiment.inputs[input].floats().into_owned()
}

fn loss(name: &str) -> &'static Loss {
    Loss::find(name).unwrap_or_else(|| panic!("{name} is not in the registry"))
}

#[test]
fn every_example_grows_and_shrinks_along_each_axis() {
    for loss in LOSSES {
        let first = example(loss);
        let axes = Axis::of(&first);
        assert!(!axes.is_empty(), "{}", loss.spec.torch);
        for axis in axes {
            let size = axis.size(&first).expect("a size");
            let mut grown = first.clone();
            for step in 1..=3 {
                grown =
                    grow(&grown, axis).unwrap_or_else(|why| panic!("{} {axis:?}: {why}", loss.spec.torch));
                assert_eq!(axis.size(&grown), Some(size + step));
                assert!(grown.unit.is_empty() && grown.x().is_some());
            }
            let mut shrunk = grown;
            while axis.size(&shrunk) > Some(axis.least()) {
                shrunk =
                    shrink(&shrunk, axis).unwrap_or_else(|why| panic!("{} {axis:?}: {why}", loss.spec.torch));
                assert!(shrunk.evaluate().is_ok() && shrunk.x().is_some());
            }
            assert!(shrink(&shrunk, axis).is_err());
            assert_eq!(grow(&shrunk, axis).map(|it| axis.size(&it)), Ok(Some(axis.least() + 1)));
        }
    }
}

#[test]
fn there_is_always_an_end() {
    let row = "0,".repeat(99_999) + "0";
    let full = state(&format!("/L1Loss?input={row}&target={row}"));
    assert_eq!(grow(&full, Axis::Element), Err("a page holds at most 100000 numbers".to_owned()));
    assert_eq!(
        shrink(&state("/L1Loss?input=1:3&target=1:4"), Axis::Element),
        Err("at least 1 element must stay".to_owned())
    );
    assert!(Axis::of(&state("/L1Loss?input=3&target=4")).is_empty());
    assert!(grow(&full, Axis::Frame).is_err());
}

#[test]
fn classes_grow_with_their_weights_and_labels_stay_in_range() {
    let three =
        state("/CrossEntropyLoss?input=2,1,0;0,2,1&target=2,-100&weight=1,2,3&at=input.1.2&names=a,b;x,y,z");
    let two = shrink(&three, Axis::Class).expect("two classes");
    assert_eq!(shapes(&two), [vec![2, 2], vec![2]]);
    // The ignored label is no class and stays.
    assert_eq!(values(&two, 1), [1.0, -100.0]);
    assert_eq!(two.args.get("weight"), Some(&Value::Tensor(Tensor::vector([1.0, 2.0]))));
    assert_eq!((two.at.place, two.names.len(), two.classes.len()), (3, 2, 0));
    assert_eq!(shrink(&two, Axis::Class), Err("at least 2 classes must stay".to_owned()));
    let four = grow(&three, Axis::Class).expect("four classes");
    assert_eq!(values(&four, 0), [2.0, 1.0, 0.0, 0.0, 0.0, 2.0, 1.0, 1.0]);
    assert_eq!(four.at.place, 6);
}

#[test]
fn distributions_stay_distributions() {
    for name in ["NLLLoss", "KLDivLoss"] {
        let grown = grow(&example(loss(name)), Axis::Class).expect(name);
        for row in values(&grown, 0).chunks(4) {
            assert!((sum(&row.iter().map(|it| it.exp()).collect::<Vec<_>>()) - 1.0).abs() < 1e-12, "{name}");
        }
    }
    let grown = grow(&example(loss("KLDivLoss")), Axis::Class).expect("four kinds of weather");
    assert!(values(&grown, 1).chunks(4).all(|row| (sum(row) - 1.0).abs() < 1e-12));
}

#[test]
fn weights_follow_their_elements_and_broadcasting_stays() {
    let three = state("/BCELoss?input=0.5,0.25,0.75&target=0,1,1&weight=1,2,3&at=input.2");
    let two = shrink(&three, Axis::Element).expect("two elements");
    assert_eq!(two.args.get("weight"), Some(&Value::Tensor(Tensor::vector([1.0, 2.0]))));
    assert_eq!(two.at.place, 1);
    let spread = state("/MSELoss?input=1;2&target=1:0");
    let grown = grow(&spread, Axis::Row).expect("three rows");
    assert_eq!(shapes(&grown), [vec![3, 1], vec![1]]);
}

#[test]
fn pasting_says_what_pytorch_says_or_fits_the_rest() {
    let first = example(loss("MSELoss"));
    let next = set_input(&first, 0, pasted("1, 2, 3, 4")).expect("four");
    assert!(next.inputs[0].dtype().is_float() && next.names.is_empty() && next.unit.is_empty());
    assert_eq!(next.inputs[1], first.inputs[1]);
    assert_eq!(
        set_input(&first, 0, pasted("1, 2, 3")),
        Err("The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0"
            .to_owned())
    );
    let fitted = set_input_fitted(&first, 0, pasted("1, 2, 3, 4, 5, 6")).expect("six");
    assert_eq!(values(&fitted, 1), [2.5, 3.5, 2.0, 8.0, 8.0, 8.0]);
    let fitted = set_input_fitted(&first, 1, pasted("[[1, 2], [3, 4]]")).expect("a matrix");
    assert_eq!(shapes(&fitted), [vec![2, 2], vec![2, 2]]);
    assert!(set_input(&first, 9, pasted("1")).is_err());
}

#[test]
fn pasted_classes_are_whole_numbers() {
    let first = example(loss("CrossEntropyLoss"));
    let next = set_input(&first, 1, pasted("2.0, 1, 0")).expect("labels");
    assert_eq!(next.inputs[1].ints(), Some(&[2, 1, 0][..]));
    assert_eq!(set_input(&first, 1, pasted("0, 1, 3")), Err("Target 3 is out of bounds.".to_owned()));
    let fitted = set_input_fitted(&first, 1, pasted("0, 1, 3, 3")).expect("four photos of four kinds");
    assert_eq!(shapes(&fitted), [vec![4, 4], vec![4]]);
    let soft = set_input(&first, 1, pasted("[[0.5, 0.5, 0], [0, 1, 0], [0, 0, 1]]")).expect("probabilities");
    assert!(soft.inputs[1].dtype().is_float());
    let fitted = set_input_fitted(&first, 1, pasted("[[0.5, 0.5], [0, 1]]")).expect("two classes");
    assert_eq!(shapes(&fitted), [vec![2, 2], vec![2, 2]]);
    let fitted = set_input_fitted(&first, 0, pasted("[[1, 2], [3, 4]]")).expect("two classes");
    assert_eq!((shapes(&fitted), values(&fitted, 1)), (vec![vec![2, 2], vec![2]], vec![0.0, 1.0]));
    let nll = example(loss("NLLLoss"));
    assert_eq!(
        set_input(&nll, 1, pasted("0.5, 1, 1")),
        Err("target takes whole numbers, not 0.5".to_owned())
    );
}

/// What is pasted into any input of any loss either answers or leaves a state that PyTorch accepts.
#[test]
fn any_paste_into_any_input_stays_valid() {
    let texts = [
        "1",
        "[0.5]",
        "0, 1",
        "[[1, 0], [0, 1]]",
        "[[[0.5, 0.5]]]",
        "[]",
        "nan, 1, 2",
        "[[1],[0],[1],[0],[1]]",
    ];
    for loss in LOSSES {
        for input in 0..loss.spec.inputs.len() {
            for text in texts {
                for set in [set_input, set_input_fitted] {
                    if let Ok(next) = set(&example(loss), input, pasted(text)) {
                        assert!(next.evaluate().is_ok());
                        let chosen = &next.inputs[next.at.input];
                        assert!(chosen.is_empty() || next.x().is_some(), "{} {text}", loss.spec.torch);
                    }
                }
            }
        }
    }
}

#[test]
fn losses_of_one_story_hand_the_data_on() {
    for from in LOSSES {
        for to in LOSSES {
            let mine = example(from);
            let next = switch_loss(&mine, to);
            assert_eq!(next.loss, to);
            assert!(next.evaluate().is_ok() && next.x().is_some());
            if from.spec.example.story == to.spec.example.story {
                assert_eq!((&next.names, &next.unit, next.at), (&mine.names, &mine.unit, mine.at));
            } else {
                assert_eq!(next, example(to));
            }
        }
    }
}

#[test]
fn a_switch_keeps_the_meaning_of_the_numbers() {
    let mail = state("/BCEWithLogitsLoss?input=0,1000&target=0.5,1&reduction=sum");
    let next = switch_loss(&mail, loss("BCELoss"));
    assert_eq!(values(&next, 0), [0.5, 1.0]);
    assert_eq!(next.args.get("reduction"), Some(&Value::Text("sum".into())));
    assert!(values(&switch_loss(&next, loss("BCEWithLogitsLoss")), 0).iter().all(|it| it.is_finite()));
    let photos = state("/CrossEntropyLoss?input=1,2;3,0&target=0,1&weight=1,2");
    let next = switch_loss(&photos, loss("NLLLoss"));
    let total = |it: &Experiment| it.evaluate().ok().and_then(|it| it.output.get(0)).unwrap_or(f64::NAN);
    assert!((total(&next) - total(&photos)).abs() < 1e-12);
    assert!((total(&switch_loss(&next, loss("CrossEntropyLoss"))) - total(&photos)).abs() < 1e-12);
    // NLLLoss takes no class probabilities.
    let soft = state("/CrossEntropyLoss?input=1,2;3,0&target=0.5,0.5;0,1");
    assert_eq!(switch_loss(&soft, loss("NLLLoss")), example(loss("NLLLoss")));
    let street = state("/HuberLoss?input=1,2&target=1,4&delta=0.5&with=MSELoss&unit=$");
    let next = switch_loss(&street, loss("SmoothL1Loss"));
    assert_eq!(next.args.get("beta"), Some(&Value::Real(0.5)));
    assert!(matches!(next.with, Some(Overlay::Loss { .. })));
    assert_eq!((values(&next, 1), next.unit.as_str()), (vec![1.0, 4.0], "$"));
}
