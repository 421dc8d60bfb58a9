//! Text that one drags sideways: a label beside its box, a number within a sentence.

use web_sys::{KeyboardEvent, PointerEvent};

use super::knob::{Gesture, Move};
use super::press::Press;
use crate::ui::dom::El;
use crate::ui::reactive::*;

/// How far a pointer goes for one step, in CSS pixels.
pub const PIXELS_PER_STEP: f64 = 4.0;

impl El {
    /// Sends the gestures of a knob whose axis has a step every `PIXELS_PER_STEP`; what they mean, the caller decides.
    /// `click` is a press that went nowhere.
    pub fn sideways(self, on: Callback<Gesture>, click: impl Fn() + Copy + 'static) -> Self {
        let press = Press::new();
        let held = RwSignal::new(false);
        let down = move |event: PointerEvent| {
            if event.button() == 0 {
                press.start(&event);
                held.set(true);
                on.run(Gesture::Start);
            }
        };
        let moved = move |event: PointerEvent| {
            if let Some(by) = press.moved(&event) {
                let dx = (by.dx / PIXELS_PER_STEP).trunc() * PIXELS_PER_STEP;
                on.run(Gesture::Move(Move { dx, dy: 0.0, ..by }));
            }
        };
        let finish = move |gesture: Gesture| {
            if press.is_down() {
                let was_click = gesture == Gesture::End && !press.has_moved();
                press.end();
                held.set(false);
                on.run(gesture);
                if was_click {
                    click();
                }
            }
        };
        let escape = move |event: KeyboardEvent| {
            if press.is_down() && event.key() == "Escape" {
                finish(Gesture::Cancel);
            }
        };
        self.add_class("sideways")
            .class("held", move || held.get())
            .on("pointerdown", down)
            .on("pointermove", moved)
            .on("pointerup", move |_: PointerEvent| finish(Gesture::End))
            .on("pointercancel", move |_: PointerEvent| finish(Gesture::Cancel))
            .on("keydown", escape)
    }
}
