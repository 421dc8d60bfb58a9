//! The bench's state: one experiment with its history, and what is derived from it.
//!
//! Event handlers assign; memos derive; effects touch only the outside world.

use std::time::Duration;

use crate::experiment::history::History;
use crate::experiment::{At, Experiment, Overlay, View};
use crate::loss::args::Value;
use crate::loss::evaluation::Evaluation;
use crate::loss::spec::{Param, Spec};
use crate::ui::motion;
use crate::ui::reactive::*;

/// How long the ghost of a drag's start stays.
const GHOST: Duration = Duration::from_millis(1500);

/// Keys within this time of each other are one run.
const KEY_RUN_MS: f64 = 800.0;

/// How long a leap takes.
const GLIDE_MS: f64 = 250.0;

/// Why a step from one state to another may not be taken, if so.
pub type Guard = Box<dyn Fn(&Experiment, &Experiment) -> Option<String>>;

/// Handles to the state, cheap to copy. Panels take it; leaf widgets do not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bench {
    history: RwSignal<History>,
    /// What the page shows now.
    pub experiment: Memo<Experiment>,
    /// What PyTorch answers to it. The bench never holds a state that PyTorch refuses.
    pub evaluation: Memo<Evaluation>,
    /// The state at the start of the gesture under way, or of the one that ended a moment ago: the ghost.
    pub before: RwSignal<Option<Experiment>>,
    /// The gesture under way, if any.
    gesture: RwSignal<Option<u64>>,
    /// How many gestures there have been.
    count: StoredValue<u64>,
    /// When the last key moved something, in milliseconds, and the gesture that it belongs to.
    keys: StoredValue<(f64, u64)>,
    /// The experiment when nothing is being dragged: what windows and the address follow.
    pub resting: Memo<Experiment>,
    /// The reader's own state before a link was followed, until something else changes.
    pub left: RwSignal<Option<Experiment>>,
    /// How far the last leap has come, from 0 to 1: by a link, by undo, or of a window that recentres.
    pub settled: RwSignal<f64>,
    /// When it began.
    leap: StoredValue<f64>,
    /// What keeps a reader from some steps, where the bench stands in somebody else's page.
    pub guard: StoredValue<Option<Guard>>,
}

impl Bench {
    /// A bench that shows one experiment.
    pub fn new(first: Experiment) -> Self {
        let history = RwSignal::new(History::new(first.clone()));
        let experiment = Memo::new(move |_| history.read().present().clone());
        let gesture = RwSignal::new(None);
        let resting = Memo::new(move |last: Option<&Experiment>| match (gesture.get(), last) {
            (Some(_), Some(last)) => last.clone(),
            _ => experiment.get(),
        });
        Self {
            history,
            experiment,
            evaluation: Memo::new(move |_| experiment.read().evaluate().unwrap_or_default()),
            before: RwSignal::new(None),
            gesture,
            count: StoredValue::new(0),
            keys: StoredValue::new((f64::NEG_INFINITY, 0)),
            resting,
            left: RwSignal::new(None),
            settled: RwSignal::new(1.0),
            leap: StoredValue::new(0.0),
            guard: StoredValue::new(None),
        }
    }

    /// The description of the loss shown. Untracked: a page is made for one loss.
    pub fn spec(self) -> &'static Spec {
        self.experiment.read_untracked().loss.spec
    }

    /// The experiment now, outside of any reactive computation.
    pub fn now(self) -> Experiment {
        self.experiment.get_untracked()
    }

    /// The number of an element; NaN where there is none.
    pub fn number(self, at: At) -> f64 {
        self.experiment.read().inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN)
    }

    /// The number of an element, for those that follow it: they hear nothing of the others.
    pub fn follow(self, at: At) -> Memo<f64> {
        Memo::new(move |_| self.number(at))
    }

    /// Why the reader may not go on to that state.
    fn refusal(self, next: &Experiment) -> Option<String> {
        let now = self.now();
        self.guard.try_update_value(|it| it.as_ref().and_then(|it| it(&now, next))).flatten()
    }

    /// Shows another experiment: one step of undo, or a part of the gesture under way.
    pub fn show(self, next: Experiment) {
        let now = self.now();
        if now != next && self.refusal(&next).is_none() {
            if !now.has_numbers_of(&next) {
                self.left.set(None);
            }
            let gesture = self.gesture.get_untracked();
            self.history.update(|it| it.set(next, gesture));
        }
    }

    /// Shows what a link means. What was there before is a step of undo, and kept in sight until the next change.
    pub fn follow_link(self, next: Experiment) {
        let before = self.now();
        self.glide();
        self.show(next);
        self.left.set(Some(before).filter(|it| !it.has_numbers_of(&self.now())));
    }

    /// Whether the last link changed something, given the state now and before.
    pub fn leapt(self, changed: impl Fn(&Experiment, &Experiment) -> bool) -> bool {
        (*self.left.read()).as_ref().is_some_and(|before| changed(&self.resting.read(), before))
    }

    /// Whether the last link changed that number.
    pub fn has_leapt(self, at: At) -> bool {
        let number = |it: &Experiment| it.inputs.get(at.input).and_then(|it| it.get(at.place));
        self.leapt(|now, before| number(now) != number(before))
    }

    /// Lets what changes now glide to its place, unless the reader wants nothing to move.
    fn glide(self) {
        if !motion::is_reduced() {
            let start = milliseconds();
            self.leap.set_value(start);
            self.settled.set(0.0);
            self.next_frame(start);
        }
    }

    fn next_frame(self, start: f64) {
        request_animation_frame(move || {
            // By then the reader may have left, or gone on.
            if self.leap.try_get_value() == Some(start) {
                let settled = ((milliseconds() - start) / GLIDE_MS).min(1.0);
                self.settled.set(settled);
                if settled < 1.0 {
                    self.next_frame(start);
                }
            }
        });
    }

    /// Shows an experiment if PyTorch accepts it; otherwise says why not, and nothing changes.
    pub fn offer(self, next: Experiment) -> Result<(), String> {
        next.evaluate().map_err(|it| it.message)?;
        let refusal = self.refusal(&next);
        self.show(next);
        refusal.map_or(Ok(()), Err)
    }

    /// Sets one number, if PyTorch accepts it.
    pub fn set_number(self, at: At, value: f64) -> Result<(), String> {
        self.offer(self.now().with_number(at, value))
    }

    /// Sets one constructor argument, if PyTorch accepts it.
    pub fn set_arg(self, param: &'static Param, value: Value) -> Result<(), String> {
        self.offer(self.now().with_arg(param, value))
    }

    /// Chooses the element that the chart moves.
    pub fn choose(self, at: At) {
        self.show(Experiment { at, ..self.now() });
    }

    /// Chooses what the curve is compared with.
    pub fn compare(self, with: Option<Overlay>) {
        self.show(Experiment { with, ..self.now() });
    }

    /// Opens one of the views. The first one is what an address without a view means.
    pub fn open(self, view: View) {
        let now = self.now();
        let view = Some(view).filter(|it| now.views().first() != Some(it));
        self.show(Experiment { view, ..now });
    }

    /// Starts a gesture: what follows is one step of undo, and windows stand still until it ends.
    pub fn begin(self) {
        // Memos are lazy: what was chosen a moment ago belongs to the state at rest.
        drop(self.resting.read_untracked());
        self.leap.set_value(f64::NAN);
        self.settled.set(1.0);
        self.before.set(Some(self.now()));
        self.gesture.set(Some(self.next_gesture()));
    }

    /// Ends the gesture under way. The ghost of where it began stays for a moment.
    pub fn end(self) {
        let ended = self.gesture.get_untracked();
        self.glide();
        self.gesture.set(None);
        let fade = move || {
            // By then the reader may have left, and the bench is gone.
            let idle = self.gesture.try_get_untracked() == Some(None);
            if idle && ended == self.count.try_get_value() {
                self.before.set(None);
            }
        };
        set_timeout(fade, GHOST);
    }

    /// One press of a key: presses that follow each other quickly are one step of undo.
    pub fn nudge(self, next: Experiment) {
        if self.refusal(&next).is_none() {
            self.take(next);
        }
    }

    /// A step of whatever is under way: of a drag, or of a run of keys.
    pub fn turn(self, next: Experiment) {
        if self.gesture.get_untracked().is_some() { self.show(next) } else { self.nudge(next) }
    }

    /// The same for a state that comes from outside, whatever is forbidden to the reader.
    pub fn take(self, next: Experiment) {
        let now = milliseconds();
        let (last, mut id) = self.keys.get_value();
        if now - last > KEY_RUN_MS {
            id = self.next_gesture();
        }
        self.keys.set_value((now, id));
        if next.evaluate().is_ok() && self.now() != next {
            self.left.set(None);
            self.history.update(|it| it.set(next, Some(id)));
        }
    }

    fn next_gesture(self) -> u64 {
        self.count.update_value(|it| *it += 1);
        self.last_gesture().unwrap_or_default()
    }

    fn last_gesture(self) -> Option<u64> {
        Some(self.count.get_value())
    }

    /// Ends the gesture under way and puts back what it changed.
    pub fn cancel(self) {
        if let Some(before) = self.before.get_untracked() {
            self.show(before);
        }
        self.end();
    }

    /// Goes back one step.
    pub fn undo(self) {
        self.leap_to(History::undo);
    }

    /// Goes forward one step.
    pub fn redo(self) {
        self.leap_to(History::redo);
    }

    fn leap_to(self, step: fn(&mut History)) {
        // Where something is forbidden, so is a step to where it was otherwise.
        if self.guard.try_update_value(|it| it.is_some()) == Some(true) {
            return;
        }
        self.glide();
        self.left.set(None);
        self.history.update(step);
    }

    /// Whether there is a step to go back to.
    pub fn can_undo(self) -> bool {
        self.history.read().can_undo()
    }

    /// Whether there is a step to go forward to.
    pub fn can_redo(self) -> bool {
        self.history.read().can_redo()
    }
}

/// Since the page was opened.
fn milliseconds() -> f64 {
    web_sys::window().and_then(|it| it.performance()).map_or(0.0, |it| it.now())
}
