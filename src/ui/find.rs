//! Find a loss: a dialog that lists the losses by question, and narrows them while one types.

use leptos::ev::{self, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::widgets::Picture;
use crate::experiment::find::find;
use crate::experiment::icon::icon;
use crate::loss::torch::Loss;
use crate::plot::icon::Frame;

/// The list that the box commands.
const LIST: &str = "find-list";

/// The button and its dialog; `/` opens it from anywhere but a text box.
#[component]
pub fn Find() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let field = NodeRef::<html::Input>::new();
    let text = RwSignal::new(String::new());
    let picked = RwSignal::new(0_usize);
    // Nothing is drawn until the dialog is opened for the first time.
    let opened = RwSignal::new(false);
    let found = Memo::new(move |_| {
        if opened.get() {
            find(&text.read()).into_iter().map(|it| it.spec.torch).collect()
        } else {
            Vec::new()
        }
    });
    let open = move || {
        opened.set(true);
        text.set(String::new());
        picked.set(0);
        let Some(dialog) = dialog.get_untracked().filter(|it| !it.open()) else { return };
        let _ = dialog.show_modal();
        // A finger would rather see the list than the keyboard over it.
        if has_finger() {
            let _ = dialog.focus();
        } else if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    };
    // The browser gives the focus back to where it was.
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
    let pick = move |place: usize| {
        picked.set(place);
        let option = document().get_element_by_id(&option_id(place));
        if let Some(option) = option {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let key = move |event: KeyboardEvent| {
        // Enter may only finish a word of another script.
        if event.is_composing() {
            return;
        }
        let count = found.read_untracked().len().max(1);
        let now = picked.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => pick((now + 1) % count),
            "ArrowUp" => pick((now + count - 1) % count),
            "Enter" => {
                let name = found.read_untracked().get(now).copied();
                if let (Some(name), Some(window)) = (name, web_sys::window()) {
                    close();
                    let _ = window.location().set_hash(&format!("/{name}"));
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    // A press on the dialog itself is one on what is around its content.
    let outside = move |event: MouseEvent| {
        let on = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if on.is_some_and(|it| it.tag_name() == "DIALOG") {
            close();
        }
    };
    let options = move || {
        let grouped = text.read().trim().is_empty();
        let mut last = None;
        let losses = found.get().into_iter().filter_map(Loss::find).enumerate();
        losses
            .map(|(place, loss)| {
                let group = loss.spec.group;
                let heading = (grouped && last.replace(group) != Some(group)).then(|| group.title());
                view! { <Answer loss place picked heading close=Callback::new(move |()| close())/> }
            })
            .collect_view()
    };
    view! {
        <button type="button" class="quiet find-button" aria-haspopup="dialog" on:click=move |_| open()>
            <svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true">
                <circle cx="6.2" cy="6.2" r="4.7"/><path d="M9.8 9.8L14 14"/>
            </svg>
            "Find a loss"
            <kbd>"/"</kbd>
        </button>
        <dialog node_ref=dialog class="find" aria-label="Find a loss" tabindex="-1" on:click=outside>
            <div class="find-head">
                <input
                    node_ref=field
                    type="search"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-autocomplete="list"
                    aria-activedescendant=move || option_id(picked.get())
                    aria-label="Name of a loss, or what it is for"
                    placeholder="huber, L2, one of many, ranking …"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input:target=move |event| { text.set(event.target().value()); picked.set(0); }
                    on:keydown=key
                />
                <button type="button" class="quiet" aria-label="Close" on:click=move |_| close()>"✕"</button>
            </div>
            <ul id=LIST role="listbox" aria-label="Losses">{options}</ul>
            <p class="note" role="status">
                {move || (opened.get() && found.read().is_empty()).then(|| {
                    format!("No loss of torch.nn here answers to “{}”.", text.read().trim())
                })}
            </p>
        </dialog>
    }
}

/// One loss of the list, under the heading of its group where that begins with it.
#[component]
fn Answer(
    loss: &'static Loss,
    place: usize,
    picked: RwSignal<usize>,
    heading: Option<&'static str>,
    close: Callback<()>,
) -> impl IntoView {
    let is_picked = move || picked.get() == place;
    view! {
        {heading.map(|it| view! { <li role="presentation" class="find-group">{it}</li> })}
        <li role="option" id=option_id(place) class:picked=is_picked
            aria-selected=move || is_picked().to_string()>
            <a href=format!("#/{}", loss.spec.torch) tabindex="-1" on:click=move |_| close.run(())>
                <Picture icon=icon(loss, Frame::MENU) frame=Frame::MENU/>
                <span>
                    <b>{loss.spec.title}</b>" "<code>{loss.spec.torch}</code>
                    <small>{loss.spec.brief}</small>
                </span>
            </a>
        </li>
    }
}

fn option_id(place: usize) -> String {
    format!("find-{place}")
}

fn has_finger() -> bool {
    let query = web_sys::window().and_then(|it| it.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|it| it.matches())
}

/// Whether keys go into a text box now.
fn typing() -> bool {
    document().active_element().is_some_and(|it| match it.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(it.get_attribute("type").as_deref(), Some("range" | "radio" | "checkbox")),
        _ => false,
    })
}
