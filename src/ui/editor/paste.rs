//! Pasting: a vector or matrix in any notation that people have at hand, into one of the inputs.

use leptos::prelude::*;

use super::super::bench::Bench;
use super::super::widgets::Segmented;
use crate::experiment::paste::{self, Pasted};
use crate::experiment::{Experiment, edit};

/// A text box for numbers. What cannot be read stays in it, with the reason under it.
#[component]
pub fn Paste(bench: Bench, on_done: Callback<()>) -> impl IntoView {
    let inputs = bench.spec().inputs;
    let into = RwSignal::new(inputs.first().map_or(String::new(), |it| it.id.to_owned()));
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let take = move |set: fn(&Experiment, usize, Pasted) -> Result<Experiment, String>| {
        let pasted = paste::parse(&text.read_untracked());
        let place = bench.spec().input(&into.read_untracked()).unwrap_or(0);
        match pasted.and_then(|it| set(&bench.now(), place, it)) {
            Ok(next) => {
                bench.show(next);
                on_done.run(());
            }
            Err(why) => error.set(Some(why)),
        }
    };
    let options = inputs.iter().map(|it| (it.id.to_owned(), it.id.to_owned())).collect();
    view! {
        <form class="paste" on:submit=move |event| { event.prevent_default(); take(edit::set_input); }>
            <Segmented name="paste-into" label="Paste into" options chosen=into
                on_choose=Callback::new(move |it| into.set(it))/>
            <textarea rows="4" aria-label="Numbers to paste" spellcheck="false"
                placeholder="[1, 2.5, nan], tensor([[…]]), CSV or cells of a spreadsheet"
                aria-invalid=move || error.read().is_some().to_string()
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())></textarea>
            <p class="complaint" role="alert">{move || error.get()}</p>
            <button type="submit" class="primary">"Use these numbers"</button>
            <button type="button" hidden=move || error.read().is_none() || inputs.len() < 2
                on:click=move |_| take(edit::set_input_fitted)>"Use them, and fit the other inputs"</button>
            <button type="button" on:click=move |_| on_done.run(())>"Cancel"</button>
        </form>
    }
}
