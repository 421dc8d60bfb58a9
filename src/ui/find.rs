//! Find a loss: a dialog that narrows the registry while one types.

use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::experiment::find::find;
use crate::loss::torch::Loss;

/// The button and its dialog; `/` opens it from anywhere but a text box.
#[component]
pub fn Find() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let picked = RwSignal::new(0_usize);
    let found =
        Memo::new(move |_| find(&text.read()).into_iter().map(|it| it.spec.torch).collect::<Vec<_>>());
    let open = move || {
        text.set(String::new());
        picked.set(0);
        if let Some(dialog) = dialog.get_untracked().filter(|it| !it.open()) {
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/" && plain && !typing() {
            event.prevent_default();
            open();
        }
    });
    on_cleanup(move || handle.remove());
    let key = move |event: KeyboardEvent| {
        let count = found.read_untracked().len().max(1);
        match event.key().as_str() {
            "ArrowDown" => picked.update(|it| *it = (*it + 1) % count),
            "ArrowUp" => picked.update(|it| *it = (*it + count - 1) % count),
            "Enter" => {
                let name = found.read_untracked().get(picked.get_untracked()).copied();
                if let (Some(name), Some(window)) = (name, web_sys::window()) {
                    let _ = window.location().set_hash(&format!("/{name}"));
                    close();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <button type="button" class="quiet find-button" on:click=move |_| open()>
            "Find a loss "<kbd>"/"</kbd>
        </button>
        <dialog node_ref=dialog class="find" aria-label="Find a loss">
            <input
                type="search"
                aria-label="Name of a loss, or what it is for"
                placeholder="huber, one of many, ranking …"
                autocomplete="off"
                prop:value=move || text.get()
                on:input:target=move |event| { text.set(event.target().value()); picked.set(0); }
                on:keydown=key
            />
            <ul>
                {move || found.get().into_iter().enumerate().filter_map(|(place, name)| {
                    let spec = Loss::find(name)?.spec;
                    Some(view! {
                        <li class:picked=move || picked.get() == place>
                            <a href=format!("#/{name}") on:click=move |_| close()>
                                <b>{spec.title}</b>" "<code>{name}</code>
                                <small>{spec.brief}</small>
                            </a>
                        </li>
                    })
                }).collect_view()}
            </ul>
            <p class="note" hidden=move || !found.read().is_empty()>
                {move || format!("No loss of torch.nn here answers to “{}”.", text.get())}
            </p>
        </dialog>
    }
}

/// Whether keys go into a text box now.
fn typing() -> bool {
    document().active_element().is_some_and(|it| match it.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(it.get_attribute("type").as_deref(), Some("range" | "radio" | "checkbox")),
        _ => false,
    })
}
