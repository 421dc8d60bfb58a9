//! Three of the questions in a line each, with the number that can be turned.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;

/// A line: words, a number to turn, words, and what the core says.
#[derive(Debug)]
pub struct Asked {
    /// The part of the page of questions that answers it.
    pub part: &'static str,
    /// The words before the number.
    pub before: &'static str,
    /// The number to turn.
    pub dial: Dial,
    /// The words after it.
    pub after: &'static str,
    /// The call that answers.
    pub state: fn(usize) -> Experiment,
}

const fn number(label: &'static str, to: f64, first: f64) -> Dial {
    Dial { label, class: "pred", from: 2.0, to, step: 1.0, first }
}

/// The lines.
pub static ASKED: [Asked; 3] = [
    Asked {
        part: "softmax-twice",
        before: "Softmax before CrossEntropyLoss, perfect answer, ",
        dial: number("classes", 100.0, 10.0),
        after: " classes: the loss is not 0 but ",
        state: |classes| {
            let row = |last: &str| [vec!["0"; classes.saturating_sub(1)], vec![last]].concat().join(",");
            call::state(&format!("/CrossEntropyLoss?input={}&target={}", row("1"), classes.saturating_sub(1)))
        },
    },
    Asked {
        part: "broadcast",
        before: "A perfect prediction of 1 to ",
        dial: number("numbers", 12.0, 3.0),
        after: ", shape (N,) against (N, 1): MSELoss says ",
        state: |count| {
            let list = (1..=count).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
            call::state(&format!("/MSELoss?input={list}&target={count}x1:{list}"))
        },
    },
    Asked {
        part: "stuck",
        before: "A model that knows nothing about ",
        dial: number("classes", 100.0, 2.0),
        after: " classes is stuck at ",
        state: |classes| {
            call::state(&format!("/CrossEntropyLoss?input={}&target=0", vec!["0"; classes].join(",")))
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// ln(1 + 9/e); the variance of 1, 2, 3 twice; ln 2.
    #[test]
    fn the_lines_say_what_the_questions_say() {
        let want = [(9.0 / std::f64::consts::E).ln_1p(), 4.0 / 3.0, std::f64::consts::LN_2];
        for (asked, want) in ASKED.iter().zip(want) {
            let loss = call::loss(&(asked.state)(asked.dial.first as usize));
            assert!((loss - want).abs() < 1e-12, "{}: {loss}", asked.part);
            assert!((asked.state)(asked.dial.to as usize).evaluate().is_ok());
        }
    }
}
