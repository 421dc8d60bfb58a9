//! A number within a sentence that one drags sideways. Enter, or a click, types instead.

use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::knob::Gesture;
use super::slider::read_key;
use crate::decimal::plain;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;

/// Text to scrub. It sends the gestures of a knob whose axis has a step every `PIXELS_PER_STEP`; what they mean,
/// the caller decides. `value`, `range` and `text` are what a screen reader is told.
///
/// `on_commit` takes what was typed and answers why it is refused.
pub struct Scrub {
    pub class: &'static str,
    pub label: Signal<String>,
    pub value: Signal<f64>,
    pub range: Signal<(f64, f64)>,
    /// The number as it stands there.
    pub text: Signal<String>,
    pub on: Callback<Gesture>,
    pub on_commit: Callback<String, Result<(), String>>,
}

impl Scrub {
    /// The number in its sentence.
    pub fn view(self) -> El {
        let Self { class, label, value, range, text, on, on_commit } = self;
        let (number, input) = (el("b"), el("input"));
        let shown = StoredValue::new(number.cast::<HtmlElement>());
        let typed = StoredValue::new(input.cast::<HtmlInputElement>());
        let typing = RwSignal::new(false);
        let error = RwSignal::new(None::<String>);

        let open = move || {
            typing.set(true);
            error.set(None);
            request_animation_frame(move || {
                if let (Some(input), Some(text)) = (typed.try_get_value(), text.try_get_untracked()) {
                    input.set_value(&text);
                    let _ = input.focus();
                    input.select();
                }
            });
        };
        // Whoever typed goes on from where they were; whoever went elsewhere is left there.
        let close = move |back: bool| {
            typing.set(false);
            error.set(None);
            if back {
                request_animation_frame(move || {
                    if let Some(shown) = shown.try_get_value() {
                        let _ = shown.focus();
                    }
                });
            }
        };
        let commit = move || {
            let input = typed.get_value();
            // Text that was not touched is not a change: what stands there may be rounded.
            let answer =
                if input.value() == text.get_untracked() { Ok(()) } else { on_commit.run(input.value()) };
            error.set(answer.err());
            error.read_untracked().is_none()
        };

        let key = move |event: KeyboardEvent| {
            match (event.key().as_str(), read_key(&event)) {
                ("Enter", _) => open(),
                (_, Some(gesture)) => on.run(gesture),
                _ => return,
            }
            event.prevent_default();
        };
        let type_key = move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if commit() => close(true),
            "Escape" => close(true),
            _ => {}
        };

        let number = number
            .set("role", "spinbutton")
            .set("tabindex", "0")
            .bind("hidden", move || typing.get())
            .bind("aria-label", move || label.get())
            .bind("aria-valuenow", move || plain(value.get()))
            .bind("aria-valuemin", move || plain(range.get().0))
            .bind("aria-valuemax", move || plain(range.get().1))
            .bind("aria-valuetext", move || text.get())
            .sideways(on, open)
            .on("keydown", key)
            .say(move || text.get());
        let leave = move |_: Event| {
            if typing.get_untracked() {
                commit();
                close(false);
            }
        };
        let input = input
            .set("type", "text")
            .set("inputmode", "decimal")
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .bind("hidden", move || !typing.get())
            .bind("aria-label", move || label.get())
            .bind("aria-invalid", move || error.read().is_some().to_string())
            .on("keydown", type_key)
            .on("blur", leave);
        let complaint = el("span.complaint").set("role", "status").say(move || error.get());
        el("span.scrub").add_class(class).with((number, input, complaint))
    }
}
