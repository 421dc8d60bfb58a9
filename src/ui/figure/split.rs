//! Two distributions to drag, and the cross entropy split into entropy and divergence.

use super::parts::{Turn, figure, summary};
use crate::experiment::number;
use crate::figure::dial::Dial;
use crate::figure::shares::with_share;
use crate::figure::split::{FORECAST, Split, TRUTH};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::widgets::{BarCell, Gesture};

static SHARE: Dial = Dial { label: "share", class: "pred", from: 0.0, to: 1.0, step: 0.01, first: 0.5 };

/// The height of a bar that is the whole, in CSS pixels, as in the sheet.
const HEIGHT: f64 = 130.0;

/// The loss that the stack's whole width stands for.
const WIDEST: f64 = 3.0;

/// No forecast is ruled out altogether: its logarithm would be gone.
const LEAST: f64 = 0.01;

const WEATHER: [&str; 3] = ["sun", "cloud", "rain"];

pub fn split(frame: El) -> El {
    let (p, q) = (RwSignal::new(TRUTH.to_vec()), RwSignal::new(FORECAST.to_vec()));
    let split = Memo::new(move |_| Split::of(&q.read(), &p.read()));
    let pair = |place: usize| {
        el("div.pair").with((
            el("div.pair-bars").with((
                bar(p, place, "target", format!("truth P, {}", WEATHER[place])),
                bar(q, place, "pred", format!("forecast Q, {}", WEATHER[place])),
            )),
            el("b").with(WEATHER[place]),
        ))
    };
    let slope = |of: fn(&Split) -> &[f64]| {
        let one = move |place: usize| {
            figure("grad", "", move || {
                let slope = of(&split.read()).get(place).copied().unwrap_or(f64::NAN);
                // Q − P leaves the dust of a binary fraction where the two are equal.
                if slope.abs() < 1e-12 { 0.0 } else { slope }
            })
        };
        (0..WEATHER.len()).map(|it| el("td").with(one(it))).collect::<Vec<_>>()
    };
    let part = |class: &str, of: fn(&Split) -> f64| {
        el("i").add_class(class).style("width", move || percent((of(&split.read()) / WIDEST).clamp(0.0, 1.0)))
    };
    let table = el("table.slopes").with((
        el("tr").with((
            el("td"),
            WEATHER.map(|it| el("th").set("scope", "col").with(it)).into_iter().collect::<Vec<_>>(),
        )),
        el("tr").with((
            el("th").set("scope", "row").with("gradient of CrossEntropyLoss"),
            slope(|it| &it.of_cross_entropy),
        )),
        el("tr").with((
            el("th").set("scope", "row").with("gradient of KLDivLoss ∘ log_softmax"),
            slope(|it| &it.of_divergence),
        )),
    ));
    frame.add_class("split").with((
        el("div.pairs").style("--columns", || "3").with((0..WEATHER.len()).map(pair).collect::<Vec<_>>()),
        el("div.stack")
            .set("aria-hidden", "true")
            .with((part("entropy", Split::entropy), part("divergence", |it| it.divergence))),
        el("p.figure-result").with((
            "cross entropy ",
            figure("big loss", "cross-entropy", move || split.read().cross_entropy),
            el("span").with(("= entropy of P ", figure("target", "entropy", move || split.read().entropy()))),
            el("span").with(("+ KL(P‖Q) ", figure("loss", "divergence", move || split.read().divergence))),
        )),
        table,
        summary(move || {
            let split = split.read();
            let [all, entropy, divergence] =
                [split.cross_entropy, split.entropy(), split.divergence].map(|it| number::fixed(it, 4));
            format!("Cross entropy {all} is the entropy {entropy} and the divergence {divergence}.")
        }),
    ))
}

fn bar(shares: RwSignal<Vec<f64>>, place: usize, class: &'static str, label: String) -> El {
    let value = Signal::derive(move || shares.read().get(place).copied().unwrap_or(f64::NAN));
    let set = move |to: f64| {
        let next = with_share(&shares.read_untracked(), place, to.clamp(LEAST, 1.0 - 2.0 * LEAST));
        shares.set(next.into_iter().map(|it| it.max(LEAST)).collect());
        let whole: f64 = shares.read_untracked().iter().sum();
        shares.update(|it| it.iter_mut().for_each(|share| *share /= whole));
    };
    let turn = Turn::new(&SHARE, value, set);
    let cell = BarCell {
        class,
        label: Signal::stored(label),
        value,
        span: Signal::stored((0.0, 1.0)),
        on: Callback::new(move |gesture: Gesture| turn.act(gesture, HEIGHT, true)),
    };
    el("span.column").with((
        cell.view(),
        el("span.at")
            .style("bottom", move || percent(value.get()))
            .with(el("b").add_class(class).say(move || number::fixed(value.get(), 2))),
    ))
}
