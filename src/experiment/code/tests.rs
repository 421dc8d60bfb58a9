//! The programs of states that are easy to get wrong.

use super::*;
use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};

fn state(fragment: &str) -> Experiment {
    match address::read(fragment).route {
        Route::Loss(experiment) => *experiment,
        Route::Text(_) => panic!("{fragment} is no loss"),
    }
}

fn both(fragment: &str) -> (String, String) {
    let state = state(fragment);
    let evaluation = state.evaluate().unwrap();
    (torch(&state, Some(&evaluation)).text(), numpy(&state, Some(&evaluation), "by_hand").text())
}

/// Huber by hand: 0.5 · 1² and 2 · (3 − 1), each half of it the mean.
#[test]
fn numbers_and_arguments_are_those_of_the_state() {
    let (torch, numpy) = both("/HuberLoss?input=1,3&target=0,0&delta=2");
    assert_eq!(
        torch,
        "import torch

torch.set_default_dtype(torch.float64)
input = torch.tensor([1., 3.])
input.requires_grad_()
target = torch.tensor([0., 0.])

criterion = torch.nn.HuberLoss(delta=2.0)
loss = criterion(input, target)
loss.backward()
print(loss.item())
# 2.25
print(input.grad)
# 0.5000, 1.0000"
    );
    assert_eq!(
        numpy,
        "input = np.array([1., 3.])
target = np.array([0., 0.])

loss = by_hand(input, target, delta=2.0)
print(loss)
# 2.25"
    );
}

#[test]
fn without_a_reduction_the_gradient_is_that_of_the_sum() {
    let (torch, numpy) = both("/HuberLoss?input=1,3&target=0,0&delta=2&reduction=none");
    for line in ["loss.sum().backward()", "print(loss.tolist())\n# 0.5, 4.0\n", "# 1.0000, 2.0000"] {
        assert!(torch.contains(line), "{line}: {torch}");
    }
    assert!(numpy.ends_with("print(loss.tolist())\n# 0.5, 4.0"), "{numpy}");
}

#[test]
fn what_is_no_plain_number_is_python_all_the_same() {
    for (fragment, lines) in [
        (
            "/MSELoss?input=nan,inf&target=0,-inf",
            ["torch.tensor([torch.nan, torch.inf])", "np.array([0., -np.inf])"],
        ),
        ("/MSELoss?input=0x3:&target=0x3:", ["torch.zeros(0, 3)", "np.zeros((0, 3))"]),
        ("/MSELoss?input=0:&target=0:", ["torch.zeros(0)", "np.zeros((0,))"]),
        ("/MSELoss?input=3&target=1", ["torch.tensor(3.)", "np.array(1.)"]),
        (
            "/MSELoss?input=float32:3&target=float32:1",
            ["torch.tensor(3., dtype=torch.float32)", "np.array(1.)"],
        ),
        ("/HuberLoss?input=1&target=0&delta=inf", ["delta=float('inf')", "delta=float('inf')"]),
        (
            "/CrossEntropyLoss?input=1,2;3,4&target=0,1&weight=1,2&label_smoothing=0.1",
            ["weight=torch.tensor([1., 2.])", "weight=np.array([1., 2.])"],
        ),
        (
            "/CrossEntropyLoss?input=1,2;3,4&target=0,1",
            ["target = torch.tensor([0, 1])", "target = np.array([0, 1])"],
        ),
        (
            "/MSELoss?input=1,2;3,4;;5,6;7,8&target=1,2;3,4;;5,6;7,8",
            [
                "torch.tensor(\n    [[[1., 2.],\n     [3., 4.]],\n     [[5., 6.],\n     [7., 8.]]])",
                "np.array(\n    [[[1., 2.],\n",
            ],
        ),
    ] {
        let (torch, numpy) = both(fragment);
        assert!(torch.contains(lines[0]), "{fragment}: {torch}");
        assert!(numpy.contains(lines[1]), "{fragment}: {numpy}");
    }
}

/// The page is read on phones: a long row is several lines.
#[test]
fn long_rows_are_wrapped() {
    let row = vec!["0.123456789"; 40].join(",");
    let (torch, numpy) = both(&format!("/MSELoss?input={row}&target={row}"));
    for line in torch.lines().chain(numpy.lines()) {
        assert!(line.len() <= 72, "{line}");
    }
    assert_eq!(torch.matches("0.123456789").count(), 80);
}

#[test]
fn one_colour_per_idea() {
    let state = state("/HuberLoss?input=1,3&target=0,0");
    let code = torch(&state, state.evaluate().ok().as_ref());
    let of = |ink: Ink| code.pieces().filter(|it| it.0 == ink).map(|it| it.1).collect::<Vec<_>>();
    assert_eq!(of(Ink::Prediction), ["input", "[1., 3.]", "input", "input", "input"]);
    assert_eq!(of(Ink::Target), ["target", "[0., 0.]", "target"]);
    assert_eq!(of(Ink::Gradient), [".grad", "0.5000, 0.5000"]);
    // 0.5 and 2.5, halved.
    assert_eq!(of(Ink::Loss), ["loss", "loss", "loss", "1.5"]);
}
