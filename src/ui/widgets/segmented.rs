//! One of several: a row of radio buttons that looks like a switch.

use leptos::prelude::*;

/// A choice among a few words. `name` must be unique on the page.
#[component]
pub fn Segmented(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The value and the word of each choice.
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let buttons = options.into_iter().map(|(value, word)| {
        let (is_chosen, to_choose) = (value.clone(), value.clone());
        view! {
            <label>
                <input
                    type="radio"
                    name=name.clone()
                    value=value
                    prop:checked=move || *chosen.read() == is_chosen
                    on:change=move |_| on_choose.run(to_choose.clone())
                />
                <span>{word}</span>
            </label>
        }
    });
    view! {
        <div class="segmented" role="radiogroup" aria-label=label>
            {buttons.collect_view()}
        </div>
    }
}
