//! A state of the bench within a text: its picture or its curve, and the number that it leads to.

use super::parts::{figure, open};
use crate::experiment::address::{self, Route};
use crate::experiment::{View, number};
use crate::ui::bench::Bench;
use crate::ui::chart::charts;
use crate::ui::dom::{El, button, el};
use crate::ui::picture::picture;
use crate::ui::reactive::*;
use crate::ui::words::call;

/// The state of that address; nothing where it is none.
pub fn bench(frame: El, at: &str) -> El {
    let Route::Loss(first) = address::read(at).route else { return frame };
    let bench = Bench::new((*first).clone());
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    let gradient = move || bench.experiment.read().gradient(&bench.evaluation.read()).unwrap_or(f64::NAN);
    let changed = Memo::new(move |_| *bench.experiment.read() != *first);
    let start = move || {
        while bench.can_undo() {
            bench.undo();
        }
    };
    frame.add_class("bench-figure").with((
        el("code.call").say(move || call(&bench.experiment.read(), false)),
        stage(bench),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "figure-loss", total),
            el("span.gradient-line").with(("gradient ", figure("grad", "figure-gradient", gradient))),
            button("quiet", start).bind("hidden", move || !changed.get()).with("Start again"),
            open(move || bench.experiment.get()),
        )),
        el("p.hidden").set("data-role", "summary").say(move || {
            format!("{}: loss {}", call(&bench.experiment.read(), false), number::fixed(total(), 4))
        }),
    ))
}

/// The picture of a bench, or its curve.
pub fn stage(bench: Bench) -> El {
    let pictured = move || bench.resting.read().shown_view() == View::Picture;
    el("div.stage")
        .live_by(pictured, move |it| if *it { picture(bench) } else { charts(bench).set("role", "group") })
}
