//! A state of the bench within a text: its picture or its curve, and the number that it leads to.

use super::parts::{again, figure, open};
use crate::experiment::address::{self, Route};
use crate::experiment::{View, number};
use crate::ui::bench::Bench;
use crate::ui::chart::charts;
use crate::ui::dom::{El, el};
use crate::ui::picture::picture;
use crate::ui::words::call;

/// The state of that address; nothing where it is none.
pub fn bench(frame: El, at: &str) -> El {
    let Route::Loss(first) = address::read(at).route else { return frame };
    let bench = Bench::new((*first).clone());
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    let gradient = move || bench.experiment.read().gradient(&bench.evaluation.read()).unwrap_or(f64::NAN);
    frame.add_class("bench-figure").with((
        el("code.call").say(move || call(&bench.experiment.read(), false)),
        stage(bench),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "figure-loss", total),
            el("span.gradient-line").with(("gradient ", figure("grad", "figure-gradient", gradient))),
            again(bench),
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
