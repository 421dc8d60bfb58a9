//! A task with a bench of its own, which says how far one has come.

use web_sys::Element;

use super::bench::stage;
use super::parts::{again, figure, open};
use crate::experiment::address::{self, Route};
use crate::experiment::{At, number};
use crate::figure::task::{Goal, Progress};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el};
use crate::ui::reactive::*;

/// The task of a place: its state, its goal, and what may be touched (`0.6,0.8`: input, dot, place).
pub fn task(frame: El, at: &str, place: &Element) -> El {
    let words = |name: &str| place.get_attribute(name).unwrap_or_default();
    let (Route::Loss(first), Some(goal)) = (address::read(at).route, Goal::read(&words("data-goal"))) else {
        return frame;
    };
    let only = StoredValue::new(words("data-touch").split(',').filter_map(element).collect::<Vec<_>>());
    let bench = Bench::new((*first).clone());
    let first = StoredValue::new(*first);
    let progress = Memo::new(move |_| {
        let only = only.get_value();
        goal.check(&first.get_value(), &bench.experiment.read(), &only)
    });
    let asked = RwSignal::new(false);
    let reveal = move || asked.get() || matches!(*progress.read(), Progress::Done(_));
    // The reason stands in the caption, where it reads without scripts too.
    let told = place.class_list();
    effect(Box::new(move || {
        let _ = told.toggle_with_force("told", reveal());
    }));
    let said = move || match &*progress.read() {
        Progress::NotYet(now) => format!("not yet: {}", number::fixed(*now, 4)),
        Progress::Done(now) => format!("✓ done: {}", number::fixed(*now, 4)),
        Progress::Strayed => "something else has moved; start again".to_owned(),
    };
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    frame.add_class("task bench-figure").with((
        stage(bench),
        el("p.figure-result").with((
            el("output.progress")
                .class("done", move || matches!(*progress.read(), Progress::Done(_)))
                .set("data-role", "progress")
                .set("role", "status")
                .say(said),
            el("span").with(("loss ", figure("loss", "task-loss", total))),
            again(bench),
            button("quiet", move || asked.set(true)).bind("hidden", reveal).with("I give up"),
            open(move || bench.experiment.get()),
        )),
    ))
}

fn element(text: &str) -> Option<At> {
    let (input, place) = text.split_once('.')?;
    Some(At { input: input.parse().ok()?, place: place.parse().ok()? })
}
