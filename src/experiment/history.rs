//! Undo and redo: the states before and after the present one, in steps that a person would count.

use std::collections::VecDeque;

use super::Experiment;
use crate::loss::tensor::Tensor;

/// The most steps that are kept.
const MOST_STEPS: usize = 200;

/// The most numbers that the kept steps may hold together, so that large batches do not fill the memory.
const MOST_NUMBERS: usize = 4_000_000;

/// The present state with its past and its future.
#[derive(Clone, Debug)]
pub struct History {
    /// Oldest first.
    past: VecDeque<Experiment>,
    present: Experiment,
    /// Nearest last.
    future: Vec<Experiment>,
    /// The gesture that made the last step, while it may go on.
    gesture: Option<u64>,
    /// The future that the gesture ended, in case it is taken back.
    shelved: Vec<Experiment>,
}

impl History {
    /// A history that begins now.
    pub fn new(present: Experiment) -> Self {
        Self { past: VecDeque::new(), present, future: Vec::new(), gesture: None, shelved: Vec::new() }
    }

    /// What is shown.
    pub fn present(&self) -> &Experiment {
        &self.present
    }

    /// Shows another state: a step of its own, or a part of the step that the same gesture began.
    ///
    /// Choosing an element or a view changes nothing that one would want to undo: it replaces the present in
    /// silence. A gesture that ends where it began leaves no step behind, and the future comes back.
    pub fn set(&mut self, next: Experiment, gesture: Option<u64>) {
        if self.present.has_numbers_of(&next) {
            self.present = next;
            return;
        }
        let continued = gesture.is_some() && gesture == self.gesture;
        if continued && self.past.back().is_some_and(|it| it.has_numbers_of(&next)) {
            self.past.pop_back();
            self.future = std::mem::take(&mut self.shelved);
            self.present = next;
            self.gesture = None;
            return;
        }
        let last = std::mem::replace(&mut self.present, next);
        if !continued {
            self.past.push_back(last);
            self.shelved = std::mem::take(&mut self.future);
            self.forget_oldest();
        }
        self.gesture = gesture;
    }

    /// Goes back one step, if there is one.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop_back() {
            self.future.push(std::mem::replace(&mut self.present, before));
            self.end_gesture();
        }
    }

    /// Goes forward one step, if there is one.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push_back(std::mem::replace(&mut self.present, after));
            self.end_gesture();
        }
    }

    /// Whether there is a step to go back to.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to go forward to.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    fn end_gesture(&mut self) {
        self.gesture = None;
        self.shelved.clear();
    }

    fn forget_oldest(&mut self) {
        let size = |it: &Experiment| it.inputs.iter().map(Tensor::len).sum::<usize>();
        let mut total: usize = self.past.iter().map(size).sum();
        while self.past.len() > MOST_STEPS || (total > MOST_NUMBERS && self.past.len() > 1) {
            total -= self.past.pop_front().as_ref().map_or(0, size);
        }
    }
}

impl Experiment {
    /// Whether two states differ at most in what is chosen and which view is open.
    pub fn has_numbers_of(&self, other: &Self) -> bool {
        self.loss == other.loss
            && self.args == other.args
            && self.inputs == other.inputs
            && self.with == other.with
            && (&self.names, &self.classes, &self.unit) == (&other.names, &other.classes, &other.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::experiment::{At, View};
    use crate::loss::torch::LOSSES;

    fn state(x: f64) -> Experiment {
        example(&LOSSES[0]).with_number(At::default(), x)
    }

    fn history() -> History {
        History::new(state(0.0))
    }

    fn x(history: &History) -> Option<f64> {
        history.present().inputs[0].get(0)
    }

    #[test]
    fn steps_go_back_and_forth() {
        let mut history = history();
        history.set(state(1.0), None);
        history.set(state(2.0), None);
        history.undo();
        assert_eq!((x(&history), history.can_undo(), history.can_redo()), (Some(1.0), true, true));
        history.redo();
        assert_eq!((x(&history), history.can_redo()), (Some(2.0), false));
        history.undo();
        history.set(state(3.0), None);
        assert!(!history.can_redo());
        history.undo();
        history.undo();
        history.undo();
        assert_eq!((x(&history), history.can_undo()), (Some(0.0), false));
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut history = history();
        for step in 1..10 {
            history.set(state(f64::from(step)), Some(1));
        }
        history.set(state(20.0), Some(2));
        history.undo();
        assert_eq!(x(&history), Some(9.0));
        // A gesture that was undone does not go on.
        history.set(state(30.0), Some(2));
        history.undo();
        assert_eq!(x(&history), Some(9.0));
        history.undo();
        assert_eq!(x(&history), Some(0.0));
    }

    #[test]
    fn a_gesture_that_is_taken_back_leaves_nothing() {
        let mut history = history();
        history.set(state(1.0), None);
        history.undo();
        history.set(state(5.0), Some(1));
        assert!(!history.can_redo());
        history.set(state(0.0), Some(1));
        assert!(!history.can_undo());
        assert!(history.can_redo());
        // It may also only have passed its beginning.
        history.set(state(6.0), Some(1));
        history.set(state(7.0), Some(1));
        history.undo();
        assert_eq!((x(&history), history.can_undo()), (Some(0.0), false));
    }

    #[test]
    fn choosing_is_no_step() {
        let mut history = history();
        history.set(state(1.0), None);
        history.undo();
        let chosen = Experiment { at: At { input: 1, place: 2 }, view: Some(View::Batch), ..state(0.0) };
        history.set(chosen.clone(), None);
        assert_eq!(history.present(), &chosen);
        assert!(!history.can_undo());
        assert!(history.can_redo());
        // What was chosen before a step is chosen again after undo.
        history.set(Experiment { inputs: state(4.0).inputs, ..chosen.clone() }, None);
        history.undo();
        assert_eq!(history.present(), &chosen);
    }

    #[test]
    fn the_past_is_bounded() {
        let mut history = history();
        for step in 0..1000 {
            history.set(state(f64::from(step) + 1.0), None);
        }
        assert_eq!(history.past.len(), MOST_STEPS);
        let large = |x: f64| Experiment { inputs: vec![Tensor::vector(vec![x; 1_500_000])], ..state(0.0) };
        for step in 0..4 {
            history.set(large(f64::from(step)), None);
        }
        assert!(history.past.len() <= 3);
    }
}
