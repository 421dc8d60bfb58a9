//! Find a loss: a dialog that lists the losses by question, and narrows them while one types.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::dom::{El, button, el, svg, typed};
use super::widgets::picture;
use crate::experiment::find::find as search;
use crate::loss::spec::Name;
use crate::loss::torch::menu;
use crate::ui::reactive::*;

/// The list that the box commands.
const LIST: &str = "find-list";

/// The button and its dialog; `/` opens it from anywhere but a text box.
pub fn find() -> (El, El) {
    let (window, input) = (el("dialog.find"), el("input"));
    let dialog = StoredValue::new(window.cast::<HtmlDialogElement>());
    let field = StoredValue::new(input.cast::<HtmlInputElement>());
    let text = RwSignal::new(String::new());
    let picked = RwSignal::new(0_usize);
    // Nothing is drawn until the dialog is opened for the first time.
    let opened = RwSignal::new(false);
    let found = Memo::new(move |_| {
        if opened.get() { search(&text.read()).into_iter().map(|it| it.torch).collect() } else { Vec::new() }
    });
    let open = move || {
        opened.set(true);
        text.set(String::new());
        picked.set(0);
        let dialog = dialog.get_value();
        if dialog.open() {
            return;
        }
        let _ = dialog.show_modal();
        // A finger would rather see the list than the keyboard over it.
        if has_finger() {
            let _ = dialog.focus();
        } else {
            let _ = field.get_value().focus();
        }
    };
    // The browser gives the focus back to where it was.
    let close = move || dialog.get_value().close();
    let handle = window_event_listener("keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/" && plain && !is_typing() {
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
        let names = found.get().into_iter().filter_map(|name| menu().find(|it| it.torch == name));
        let answer = |(place, loss): (usize, &'static Name)| {
            let group = loss.group;
            let heading = (grouped && last.replace(group) != Some(group)).then(|| group.title());
            let heading = heading.map(|it| el("li.find-group").set("role", "presentation").with(it));
            (heading, answer(loss, place, picked, close))
        };
        names.enumerate().map(answer).collect::<Vec<_>>()
    };
    let glass = svg("svg").set("width", "15").set("height", "15").set("viewBox", "0 0 15 15").with((
        svg("circle").set("cx", "6.2").set("cy", "6.2").set("r", "4.7"),
        svg("path").set("d", "M9.8 9.8L14 14"),
    ));
    let opener = button("quiet find-button", open).set("aria-haspopup", "dialog").with((
        glass.set("aria-hidden", "true"),
        "Find a loss",
        el("kbd").with("/"),
    ));
    let input = input
        .set("type", "search")
        .set("role", "combobox")
        .set("aria-expanded", "true")
        .set("aria-controls", LIST)
        .set("aria-autocomplete", "list")
        .set("aria-label", "Name of a loss, or what it is for")
        .set("placeholder", "huber, L2, one of many, ranking …")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .bind("aria-activedescendant", move || option_id(picked.get()))
        .value(move || text.get())
        .on("keydown", key)
        .on("input", move |event: Event| {
            text.set(typed(&event));
            picked.set(0);
        });
    let nothing = move || {
        (opened.get() && found.read().is_empty())
            .then(|| format!("No loss here answers to “{}”.", text.read().trim()))
    };
    let shut = button("quiet", close).set("aria-label", "Close").with("✕");
    let list = el("ul").set("id", LIST).set("role", "listbox").set("aria-label", "Losses").live(options);
    let window = window.set("aria-label", "Find a loss").set("tabindex", "-1").on("click", outside).with((
        el("div.find-head").with((input, shut)),
        list,
        el("p.note").set("role", "status").say(nothing),
    ));
    (opener, window)
}

/// One loss of the list.
fn answer(loss: &'static Name, place: usize, picked: RwSignal<usize>, close: impl Fn() + 'static) -> El {
    let name = el("span").with((
        el("b").with(loss.title),
        " ",
        el("code").with(loss.torch),
        el("small").with(loss.brief),
    ));
    let link = el("a").set("href", &format!("#/{}", loss.torch)).set("tabindex", "-1").click(close);
    let is_picked = move || picked.get() == place;
    el("li")
        .set("role", "option")
        .set("id", &option_id(place))
        .class("picked", is_picked)
        .bind("aria-selected", move || is_picked().to_string())
        .with(link.with((picture::menu(loss.torch), name)))
}

fn option_id(place: usize) -> String {
    format!("find-{place}")
}

fn has_finger() -> bool {
    let query = web_sys::window().and_then(|it| it.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|it| it.matches())
}

/// Whether keys go into a text box now.
fn is_typing() -> bool {
    document().active_element().is_some_and(|it| match it.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(it.get_attribute("type").as_deref(), Some("range" | "radio" | "checkbox")),
        _ => false,
    })
}
