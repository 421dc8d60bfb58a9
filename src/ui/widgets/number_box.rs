//! A box to type a number in. Text that is no number, or that PyTorch refuses, stays where it was typed.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::knob::Gesture;
use super::slider::read_key;
use crate::experiment::number;

/// A number that one can type, or nudge with the arrow keys.
///
/// `on_commit` answers why a number is refused; the reason is shown under the box and announced.
#[component]
pub fn NumberBox(
    class: &'static str,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<f64>,
    on_commit: Callback<f64, Result<(), String>>,
    /// That many steps of whatever size the caller finds right.
    on_step: Callback<f64>,
) -> impl IntoView {
    // What is being typed, while it differs from the value.
    let draft = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let note_id = format!("{id}-note");

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

    view! {
        <span class="number" class:bad=move || error.read().is_some()>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                class=class
                id=id
                aria-label=move || label.get()
                aria-invalid=move || error.read().is_some().to_string()
                aria-describedby=note_id.clone()
                title=move || number::show(value.get())
                prop:value=shown
                on:input:target=move |event| draft.set(Some(event.target().value()))
                on:change=move |_| commit()
                on:keydown=key
            />
            <span class="complaint" id=note_id role="status">{move || error.get()}</span>
        </span>
    }
}
