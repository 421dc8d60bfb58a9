//! A box to type a number in. Text that is no number, or that PyTorch refuses, stays where it was typed.

use web_sys::{Event, KeyboardEvent};

use super::knob::Gesture;
use super::slider::read_key;
use crate::experiment::number;
use crate::ui::dom::{El, el, typed};
use crate::ui::reactive::*;

/// A number that one can type, or nudge with the arrow keys.
///
/// `on_commit` answers why a number is refused; the reason is shown under the box and announced.
pub struct NumberBox {
    pub class: &'static str,
    /// Unique on the page.
    pub id: String,
    pub label: Signal<String>,
    pub value: Signal<f64>,
    pub on_commit: Callback<f64, Result<(), String>>,
    /// That many steps of whatever size the caller finds right.
    pub on_step: Callback<f64>,
}

impl NumberBox {
    /// The box with the place for its complaint.
    pub fn view(self) -> El {
        let Self { class, id, label, value, on_commit, on_step } = self;
        // What is being typed, while it differs from the value.
        let draft = RwSignal::new(None::<String>);
        let error = RwSignal::new(None::<String>);
        let note = format!("{id}-note");

        let commit = move || {
            let Some(text) = draft.get_untracked() else { return };
            match number::parse(&text).and_then(|it| on_commit.run(it)) {
                Ok(()) => {
                    draft.set(None);
                    error.set(None);
                }
                Err(why) => error.set(Some(why)),
            }
        };
        let forget = move || {
            draft.set(None);
            error.set(None);
        };
        let key = move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => commit(),
            "Escape" => forget(),
            "ArrowUp" | "ArrowDown" => {
                if let Some(Gesture::Step(size)) = read_key(&event) {
                    event.prevent_default();
                    forget();
                    on_step.run(size);
                }
            }
            _ => {}
        };
        // A value that changes from elsewhere answers an old complaint.
        let shown = move || draft.get().unwrap_or_else(|| number::show(value.get()));

        let input = el("input")
            .add_class(class)
            .set("type", "text")
            .set("inputmode", "decimal")
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("id", &id)
            .set("aria-describedby", &note)
            .bind("aria-label", move || label.get())
            .bind("aria-invalid", move || error.read().is_some().to_string())
            .bind("title", move || number::show(value.get()))
            .value(shown)
            .on("input", move |event: Event| draft.set(Some(typed(&event))))
            .on("change", move |_: Event| commit())
            .on("keydown", key);
        let complaint = el("span.complaint").set("id", &note).set("role", "status").say(move || error.get());
        el("span.number").class("bad", move || error.read().is_some()).with((input, complaint))
    }
}
