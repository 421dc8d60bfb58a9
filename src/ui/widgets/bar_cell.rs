//! One number as a bar that one drags up and down.

use leptos::prelude::*;

use super::knob::{Gesture, Knob};

/// A bar from its base line to its value, with a knob at its end. `span` is what its height stands for.
#[component]
pub fn BarCell(
    class: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<f64>,
    #[prop(into)] span: Signal<(f64, f64)>,
    on: Callback<Gesture>,
) -> impl IntoView {
    let down = move |value: f64| {
        let (from, to) = span.get();
        let fraction = (to - value) / (to - from);
        if fraction.is_nan() { 1.0 } else { fraction.clamp(0.0, 1.0) }
    };
    let tip = Signal::derive(move || down(value.get()));
    let base = move || down(0.0);
    view! {
        <span class=format!("bar-cell {class}")>
            <i class="base" style:top=move || percent(base())></i>
            <i class="bar"
                style:top=move || percent(tip.get().min(base()))
                style:height=move || percent((tip.get() - base()).abs())></i>
            <Knob
                class="tip"
                label
                value
                range=span
                text=Signal::derive(move || crate::experiment::number::show(value.get()))
                x=Signal::derive(|| 0.5)
                y=tip
                vertical=true
                on
            />
        </span>
    }
}

fn percent(fraction: f64) -> String {
    format!("{:.2}%", fraction * 100.0)
}
