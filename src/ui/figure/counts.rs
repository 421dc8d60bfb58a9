//! The counts that a rate predicts, the one that was seen, and the loss as minus the logarithm of its bar.

use super::parts::{Turn, figure, open, summary};
use crate::experiment::number;
use crate::figure::call;
use crate::figure::counts::{BARS, RATE, SEEN, log_factorial, probabilities, state};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;

/// The probability that a bar of full height stands for.
const HIGHEST: f64 = 0.4;

pub fn counts(frame: El) -> El {
    let (rate, seen) = (Turn::own(&RATE), Turn::own(&SEEN));
    let bars = Memo::new(move |_| probabilities(rate.value.get()));
    let height = move |place: usize| bars.read().get(place).copied().unwrap_or(0.0);
    let at = move || seen.value.get();
    let now = Memo::new(move |_| state(rate.value.get(), at()));
    let gradient = move || call::gradient(&now.read()).first().copied().unwrap_or(f64::NAN);
    let bar = move |place: usize| {
        el("span.count").class("truth", move || at() == place as f64).with((
            el("span.well")
                .with(el("i.fill").style("height", move || percent((height(place) / HIGHEST).min(1.0)))),
            el("small").with(place.to_string()),
        ))
    };
    let shown = move || height(at() as usize);
    frame.add_class("counts").with((
        el("div.dials").with((rate.view(), seen.view())),
        el("div.count-bars").set("aria-hidden", "true").with((0..BARS).map(bar).collect::<Vec<_>>()),
        el("p.figure-result").with((
            "probability of what was seen ",
            figure("target", "bar", shown),
            el("span").with(("minus its log ", figure("", "surprise", move || -shown().ln()))),
            el("span").with(("− ln k! ", figure("", "factorial", move || log_factorial(at())))),
        )),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "count-loss", move || call::loss(&now.read())),
            el("span.gradient-line")
                .with(("gradient: predicted − seen ", figure("grad", "count-gradient", gradient))),
            open(move || now.get()),
        )),
        summary(move || {
            let rate = number::brief(rate.value.get().exp());
            format!(
                "A rate of {rate} gives {} calls the probability {}.",
                number::brief(at()),
                number::fixed(shown(), 4)
            )
        }),
    ))
}
