//! The bell that a mean and a variance predict, what came, and the loss as minus the logarithm of the height there.

use super::parts::{Turn, figure, open, summary};
use super::plane::{Plane, label, path, segment};
use crate::experiment::number;
use crate::figure::bell::{CAME, DAY, EPS, VARIANCE, constant, curve, height, state};
use crate::figure::call;
use crate::figure::dial::Dial;
use crate::ui::dom::{El, el, svg};
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

/// What the picture spans: the days, and heights from just below the ground.
static HEIGHTS: Dial = Dial { label: "", class: "", from: -0.16, to: 0.95, step: 0.01, first: 0.0 };
const PLANE: Plane = Plane { x: &DAY, y: &HEIGHTS };

pub fn bell(frame: El) -> El {
    let (day, variance, came) = (Turn::own(&DAY), Turn::own(&VARIANCE), Turn::own(&CAME));
    let (eps, full) = (Turn::own(&EPS), RwSignal::new(false));
    let numbers = move || [day, variance, came].map(|it| it.value.get());
    let now = Memo::new(move |_| state(numbers(), full.get(), eps.value.get()));
    let counts = move || variance.value.get().max(eps.value.get());
    let tall = move || height(came.value.get(), day.value.get(), counts());
    let off = move || (came.value.get() - day.value.get()).abs() / counts().sqrt();
    let choice = Segmented {
        name: "bell-full",
        label: "full",
        options: [false, true]
            .map(|it| (it.to_string(), format!("full={}", if it { "True" } else { "False" })))
            .into(),
        chosen: Signal::derive(move || full.get().to_string()),
        on_choose: Callback::new(move |it: String| full.set(it == "true")),
    };
    // The gradient by the variance: 0 where that is the squared error.
    let gradient = move || {
        let grads = now.read().evaluate().unwrap_or_default().grads;
        grads.get(2).and_then(|it| it.as_ref()?.get(0)).unwrap_or(f64::NAN)
    };
    let line = move || path(&curve(day.value.get(), counts()));
    let drawing = PLANE.drawing().with((
        segment("ground", || [[DAY.from, 0.0], [DAY.to, 0.0]]),
        svg("path.bell").bind("d", line),
        segment("came", move || [[came.value.get(), 0.0], [came.value.get(), tall()]]),
        segment("expected", move || [[day.value.get(), HEIGHTS.from], [day.value.get(), 0.0]]),
    ));
    let below = |at: Signal<f64>| label(PLANE.window(), move || [at.get(), -0.01]);
    frame.add_class("bells").with((
        el("div.dials").with((day.view(), variance.view(), came.view(), eps.view())),
        el("div.figure-head").with(choice.view()),
        el("div.field.bell-field").with((
            drawing,
            below(day.value).add_class("pred").with("expected"),
            below(came.value).add_class("target").with("◆ came"),
        )),
        el("p.figure-result").with((
            "height where it came ",
            figure("target", "height", tall),
            el("span").with(("minus its log ", figure("", "surprise", move || -tall().ln()))),
            el("span").bind("hidden", move || full.get()).with(("− ½ ln 2π ", figure("", "constant", constant))),
        )),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "bell-loss", move || call::loss(&now.read())),
            el("span.gradient-line")
                .with(("gradient by the variance ", figure("grad", "bell-gradient", gradient))),
            open(move || now.get()),
        )),
        summary(move || {
            format!(
                "Expected on day {} with a variance of {}, it came on day {}: {} standard deviations off, a height of \
                 {}.",
                number::brief(day.value.get()),
                number::brief(variance.value.get()),
                number::brief(came.value.get()),
                number::fixed(off(), 1),
                number::fixed(tall(), 4)
            )
        }),
    ))
}
