//! A state of the bench within a text: its picture or its curve, and the number that it leads to.

use super::parts::{Turn, again, figure, open};
use crate::experiment::address::{self, Route};
use crate::experiment::{View, number};
use crate::figure::dial::Dial;
use crate::loss::args::Value;
use crate::loss::spec::{Param, ParamKind};
use crate::ui::bench::Bench;
use crate::ui::chart::charts;
use crate::ui::dom::{El, el};
use crate::ui::picture::picture;
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;
use crate::ui::words::call;

/// A margin to turn.
static MARGIN: Dial = Dial { label: "margin", class: "plain", from: 0.1, to: 3.0, step: 0.1, first: 1.0 };

/// A margin between cosines.
static COSINE: Dial = Dial { label: "margin", class: "plain", from: -1.0, to: 1.0, step: 0.05, first: 0.0 };

/// The state of that address with the arguments that are named to be turned; nothing where it is none.
pub fn bench(frame: El, at: &str, turned: &str) -> El {
    let Route::Loss(first) = address::read(at).route else { return frame };
    let bench = Bench::new((*first).clone());
    let total = move || bench.evaluation.read().output.get(0).unwrap_or(f64::NAN);
    let gradient = move || bench.experiment.read().gradient(&bench.evaluation.read()).unwrap_or(f64::NAN);
    frame.add_class("bench-figure").with((
        el("code.call").say(move || call(&bench.experiment.read(), false)),
        stage(bench),
        turned.split(' ').filter_map(|it| argument(bench, bench.spec().param(it)?)).collect::<Vec<_>>(),
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

/// A control for an argument of the constructor: a margin, or a switch.
fn argument(bench: Bench, param: &'static Param) -> Option<El> {
    let value = Signal::derive(move || bench.experiment.read().args.get(param.id).cloned());
    let set = move |it: Value| drop(bench.set_arg(param, it));
    match param.kind {
        ParamKind::Real { default, slider, .. } => {
            let dial = if slider.0 < 0.0 { &COSINE } else { &MARGIN };
            let real = Signal::derive(move || value.get().as_ref().and_then(Value::real).unwrap_or(default));
            Some(Turn::new(dial, real, move |it| set(Value::Real(it))).view())
        }
        ParamKind::Flag { default } => {
            let flag =
                move || matches!(value.get(), Some(Value::Flag(true))) || (default && value.get().is_none());
            let word = |it: bool| format!("{}={}", param.id, if it { "True" } else { "False" });
            let choice = Segmented {
                name: "figure-flag",
                label: param.id,
                options: [false, true].map(|it| (it.to_string(), word(it))).into(),
                chosen: Signal::derive(move || flag().to_string()),
                on_choose: Callback::new(move |it: String| set(Value::Flag(it == "true"))),
            };
            Some(el("div.figure-head").with(choice.view()))
        }
        _ => None,
    }
}

/// The picture of a bench, or its curve.
pub fn stage(bench: Bench) -> El {
    let pictured = move || bench.resting.read().shown_view() == View::Picture;
    el("div.stage")
        .live_by(pictured, move |it| if *it { picture(bench) } else { charts(bench).set("role", "group") })
}
