//! A native range input that is heard and moved by keys; what one sees of it, others draw.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::knob::Gesture;

/// The part of a knob that keyboards and screen readers meet. `text` is what is said for the value.
#[component]
pub fn Slider(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<f64>,
    #[prop(into)] range: Signal<(f64, f64)>,
    #[prop(into)] text: Signal<String>,
    /// Whether it turns up and down.
    #[prop(optional)]
    vertical: bool,
    on: Callback<Gesture>,
) -> impl IntoView {
    let key = move |event: KeyboardEvent| {
        if let Some(gesture) = read_key(&event) {
            event.prevent_default();
            on.run(gesture);
        }
    };
    view! {
        <input
            type="range"
            step="any"
            aria-label=move || label.get()
            aria-valuetext=move || text.get()
            aria-orientation=if vertical { "vertical" } else { "horizontal" }
            min=move || range.get().0.to_string()
            max=move || range.get().1.to_string()
            prop:value=move || value.get().to_string()
            on:keydown=key
            on:input:target=move |event| {
                if let Ok(value) = event.target().value().parse() {
                    on.run(Gesture::Set(value));
                }
            }
        />
    }
}

/// Arrows one step, Shift ten, Alt with up or down a tenth. Alt+Left and Alt+Right belong to the browser.
pub fn read_key(event: &KeyboardEvent) -> Option<Gesture> {
    let sideways = matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight");
    if event.ctrl_key() || event.meta_key() || (event.alt_key() && sideways) {
        return None;
    }
    let size = match (event.shift_key(), event.alt_key()) {
        (true, _) => 10.0,
        (_, true) => 0.1,
        _ => 1.0,
    };
    Some(match event.key().as_str() {
        "ArrowRight" | "ArrowUp" => Gesture::Step(size),
        "ArrowLeft" | "ArrowDown" => Gesture::Step(-size),
        "PageUp" => Gesture::Step(10.0),
        "PageDown" => Gesture::Step(-10.0),
        "Home" => Gesture::Edge(false),
        "End" => Gesture::Edge(true),
        _ => return None,
    })
}
