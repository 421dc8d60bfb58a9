//! Find a loss: a dialog that lists the losses by question, and narrows them while one types.

use web_sys::{Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

use super::show;
use crate::experiment::find::find as search;
use crate::loss::spec::Name;
use crate::loss::torch::menu;
use crate::ui::dom::{El, button, el, typed};
use crate::ui::reactive::*;
use crate::ui::widgets::picture;

/// The list that the box commands.
const LIST: &str = "find-list";

/// Opens the dialog.
pub fn find() {
    let (window, input) = (el("dialog.find"), el("input"));
    let (dialog, field): (HtmlDialogElement, HtmlInputElement) = (window.cast(), input.cast());
    let text = RwSignal::new(String::new());
    let picked = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        search(&text.read()).into_iter().map(|it| it.torch).collect::<Vec<&'static str>>()
    });
    let close = move || dialog.close();
    let pick = move |place: usize| {
        picked.set(place);
        let option = document().get_element_by_id(&option_id(place));
        if let Some(option) = option {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let close_now = close.clone();
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
                    close_now();
                    let _ = window.location().set_hash(&format!("/{name}"));
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let close_by_link = close.clone();
    let options = move || {
        let grouped = text.read().trim().is_empty();
        let mut last = None;
        let names = found.get().into_iter().filter_map(|name| menu().find(|it| it.torch == name));
        let answer = |(place, loss): (usize, &'static Name)| {
            let group = loss.group;
            let heading = (grouped && last.replace(group) != Some(group)).then(|| group.title());
            let heading = heading.map(|it| el("li.find-group").set("role", "presentation").with(it));
            (heading, answer(loss, place, picked, close_by_link.clone()))
        };
        names.enumerate().map(answer).collect::<Vec<_>>()
    };
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
    let nothing =
        move || found.read().is_empty().then(|| format!("No loss here answers to “{}”.", text.read().trim()));
    let shut = button("quiet", close.clone()).set("aria-label", "Close").with("✕");
    let list = el("ul").set("id", LIST).set("role", "listbox").set("aria-label", "Losses").live(options);
    show(window.set("aria-label", "Find a loss").set("tabindex", "-1").with((
        el("div.find-head").with((input, shut)),
        list,
        el("p.note").set("role", "status").say(nothing),
    )));
    // A finger would rather see the list than the keyboard over it.
    if !has_finger() {
        let _ = field.focus();
    }
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
