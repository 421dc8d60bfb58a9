//! One number as a bar that one drags up and down.

use super::knob::{Gesture, Knob};
use crate::experiment::number;
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;

/// A bar from its base line to its value, with a knob at its end. `span` is what its height stands for.
pub struct BarCell {
    pub class: &'static str,
    pub label: Signal<String>,
    pub value: Signal<f64>,
    pub span: Signal<(f64, f64)>,
    pub on: Callback<Gesture>,
}

impl BarCell {
    /// The bar, to stand in a cell of its own.
    pub fn view(self) -> El {
        let Self { class, label, value, span, on } = self;
        let down = move |value: f64| {
            let (from, to) = span.get();
            let fraction = (to - value) / (to - from);
            if fraction.is_nan() { 1.0 } else { fraction.clamp(0.0, 1.0) }
        };
        let tip = Signal::derive(move || down(value.get()));
        let base = move || down(0.0);
        let knob = Knob {
            class: "tip",
            label,
            value,
            range: span,
            text: Signal::derive(move || number::show(value.get())),
            x: Signal::stored(0.5),
            y: tip,
            vertical: true,
            on,
        };
        el("span.bar-cell").add_class(class).with((
            el("i.base").style("top", move || percent(base())),
            el("i.bar")
                .style("top", move || percent(tip.get().min(base())))
                .style("height", move || percent((tip.get() - base()).abs())),
            knob.view(),
        ))
    }
}
