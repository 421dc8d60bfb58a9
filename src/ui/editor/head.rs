//! The editor's head: who is who, and what one can do to the batch as a whole.

use leptos::prelude::*;

use super::super::bench::Bench;
use super::super::words::{role_class, role_name};
use super::paste::Paste;
use crate::experiment::edit::{self, Axis};
use crate::experiment::{Experiment, address};
use crate::loss::spec::Role;

/// Legend and batch-wide actions.
#[component]
pub fn Head(bench: Bench) -> impl IntoView {
    let pasting = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let apply = move |result: Result<Experiment, String>| match result {
        Ok(next) => {
            refusal.set(None);
            bench.show(next);
        }
        Err(why) => refusal.set(Some(why)),
    };
    let axes = Memo::new(move |_| Axis::of(&bench.experiment.read()));
    view! {
        <header class="editor-head">
            <p class="legend">
                {bench.spec().inputs.iter().filter(|it| it.role != Role::Aside).map(|input| view! {
                    <span class=role_class(input) title=input.doc>
                        <i class="mark" aria-hidden="true"></i>
                        {role_name(input)}
                        {(role_name(input) != input.id).then(|| view! { <small>" (PyTorch: "<code>{input.id}</code>")"</small> })}
                    </span>
                }).collect_view()}
            </p>
            <div class="actions">
                <button type="button" on:click=move |_| bench.undo() disabled=move || !bench.can_undo()
                    aria-label="Undo" title="Undo (Ctrl+Z)">"↩"</button>
                <button type="button" on:click=move |_| bench.redo() disabled=move || !bench.can_redo()
                    aria-label="Redo" title="Redo (Ctrl+Shift+Z)">"↪"</button>
                <button type="button" on:click=move |_| bench.show(address::example(bench.now().loss))
                    title="Back to the worked example">"Reset"</button>
                <button type="button" on:click=move |_| pasting.update(|it| *it = !*it)
                    aria-expanded=move || pasting.get().to_string()>"Paste…"</button>
                {move || axes.get().into_iter().map(|axis| view! {
                    <span class="stepper">
                        <button type="button" aria-label=format!("Remove one {}", axis.name())
                            on:click=move |_| apply(edit::shrink(&bench.now(), axis))>"−"</button>
                        <span>{axis.name()}</span>
                        <button type="button" aria-label=format!("Add one {}", axis.name())
                            on:click=move |_| apply(edit::grow(&bench.now(), axis))>"+"</button>
                    </span>
                }).collect_view()}
            </div>
            <p class="complaint" role="status">{move || refusal.get()}</p>
            <Show when=move || pasting.get()>
                <Paste bench on_done=Callback::new(move |()| pasting.set(false))/>
            </Show>
        </header>
    }
}
