//! A point of a plane under a hand: the pointer moves both coordinates, and each has a slider of its own.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::knob::{Gesture, Knob};
use super::slider::{Slider, read_key};
use crate::experiment::number;
use crate::plot::Window;
use crate::ui::dom::El;
use crate::ui::reactive::*;

/// A knob with two sliders. What a gesture means along axis 0 or 1, the caller decides; a pointer's moves come along
/// axis 0 and mean both.
pub struct PlaneKnob {
    /// Classes of the visible part.
    pub class: &'static str,
    /// What the sliders are called.
    pub labels: [String; 2],
    /// Where the point is.
    pub place: [Signal<f64>; 2],
    /// What of the plane is shown.
    pub window: Memo<Window>,
    /// Whether y grows downwards, as in photos.
    pub down: bool,
    pub on: Callback<(usize, Gesture)>,
}

impl PlaneKnob {
    /// The knob, to stand over what shows the plane.
    pub fn view(self) -> El {
        let Self { class, labels: [across, along], place: [x, y], window, down, on } = self;
        // Arrows go where they point, whichever slider has the focus.
        let arrows = move |event: KeyboardEvent| {
            let (axis, sign) = match event.key().as_str() {
                "ArrowLeft" | "ArrowRight" => (0, 1.0),
                "ArrowUp" | "ArrowDown" if down => (1, -1.0),
                "ArrowUp" | "ArrowDown" => (1, 1.0),
                _ => return,
            };
            let Some(Gesture::Step(steps)) = read_key(&event) else { return };
            event.stop_propagation();
            event.prevent_default();
            let knob = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
            let slider = knob.and_then(|it| it.query_selector_all("input").ok()?.get(axis as u32));
            if let Some(slider) = slider.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                let _ = slider.focus();
            }
            on.run((axis, Gesture::Step(sign * steps)));
        };
        let text = |it: Signal<f64>| Signal::derive(move || number::show(it.get()));
        let height = move || window.get().down(y.get());
        let knob = Knob {
            class,
            label: Signal::stored(across),
            value: x,
            range: Signal::derive(move || window.get().x()),
            text: text(x),
            x: Signal::derive(move || window.get().across(x.get())),
            y: Signal::derive(move || if down { 1.0 - height() } else { height() }),
            vertical: false,
            on: Callback::new(move |it| on.run((0, it))),
        };
        let second = Slider {
            label: Signal::stored(along),
            value: y,
            range: Signal::derive(move || window.get().y()),
            text: text(y),
            vertical: true,
            on: Callback::new(move |it| on.run((1, it))),
        };
        knob.view().on_capture("keydown", arrows).with(second.view())
    }
}
