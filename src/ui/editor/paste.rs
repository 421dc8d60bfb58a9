//! Pasting: a vector or matrix in any notation that people have at hand, into one of the inputs.

use web_sys::Event;

use super::super::bench::Bench;
use super::super::dom::{El, button, el, typed};
use super::super::widgets::Segmented;
use crate::experiment::paste::{self, Pasted};
use crate::experiment::{Experiment, edit, random};
use crate::ui::reactive::*;

/// A text box for numbers. What cannot be read stays in it, with the reason under it.
pub fn paste(bench: Bench, on_done: Callback<()>) -> El {
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
    let choice = Segmented {
        name: "paste-into",
        label: "Paste into",
        options: inputs.iter().map(|it| (it.id.to_owned(), it.id.to_owned())).collect(),
        chosen: into.into(),
        on_choose: Callback::new(move |it| into.set(it)),
    };
    let numbers = el("textarea")
        .set("rows", "4")
        .set("aria-label", "Numbers to paste")
        .set("spellcheck", "false")
        .set("placeholder", "[1, 2.5, nan], tensor([[…]]), CSV, cells of a spreadsheet, or randn(0, 3, 5)")
        .bind("aria-invalid", move || error.read().is_some().to_string())
        .value(move || text.get())
        .on("input", move |event: Event| text.set(typed(&event)));
    let draw = button("quiet", move || {
        let place = bench.spec().input(&into.read_untracked()).unwrap_or(0);
        text.set(random::suggest(&bench.now(), place));
        error.set(None);
    });
    let draw = draw
        .set("title", "As PyTorch draws them after torch.manual_seed(0): change the seed, the first number");
    let fitted = button("", move || take(edit::set_input_fitted))
        .bind("hidden", move || error.read().is_none() || inputs.len() < 2)
        .with("Use them, and fit the other inputs");
    let submit = move |event: Event| {
        event.prevent_default();
        take(edit::set_input);
    };
    el("form.paste").on("submit", submit).with((
        choice.view(),
        numbers,
        el("p.complaint").set("role", "alert").say(move || error.get()),
        el("button.primary").set("type", "submit").with("Use these numbers"),
        fitted,
        draw.with("Random…"),
        button("", move || on_done.run(())).with("Cancel"),
    ))
}
