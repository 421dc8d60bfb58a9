//! A native range input that is heard and moved by keys; what one sees of it, others draw.

use web_sys::{Event, KeyboardEvent};

use super::knob::Gesture;
use crate::decimal::plain;
use crate::experiment::number;
use crate::ui::dom::{El, el, typed};
use crate::ui::reactive::*;

/// The part of a knob that keyboards and screen readers meet. `text` is what is said for the value.
#[derive(Clone, Copy)]
pub struct Slider {
    pub label: Signal<String>,
    pub value: Signal<f64>,
    pub range: Signal<(f64, f64)>,
    pub text: Signal<String>,
    /// Whether it turns up and down.
    pub vertical: bool,
    pub on: Callback<Gesture>,
}

impl Slider {
    /// The input.
    pub fn view(self) -> El {
        let Self { label, value, range, text, vertical, on } = self;
        let key = move |event: KeyboardEvent| {
            if let Some(gesture) = read_key(&event) {
                event.prevent_default();
                on.run(gesture);
            }
        };
        let set = move |event: Event| {
            if let Ok(value) = number::parse(&typed(&event)) {
                on.run(Gesture::Set(value));
            }
        };
        el("input")
            .set("type", "range")
            .set("step", "any")
            .set("aria-orientation", if vertical { "vertical" } else { "horizontal" })
            .bind("aria-label", move || label.get())
            .bind("aria-valuetext", move || text.get())
            .bind("min", move || plain(range.get().0))
            .bind("max", move || plain(range.get().1))
            .value(move || plain(value.get()))
            .on("keydown", key)
            .on("input", set)
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
