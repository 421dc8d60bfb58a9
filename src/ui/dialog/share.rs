//! Sharing what the bench shows: the link, a picture, and the numbers.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::copy::{Said, has, navigator};
use super::picture::picture;
use super::sheet::{onwards, part, sheet};
use crate::experiment::case::case;
use crate::experiment::poster::Captions;
use crate::experiment::table::table;
use crate::experiment::{Experiment, address};
use crate::ui::dom::{El, button, el};
use crate::ui::reactive::*;
use crate::ui::site::base;
use crate::ui::widgets::Segmented;
use crate::ui::words::{call, element_name};

/// Opens the dialog for a state.
pub fn share(experiment: &Experiment) {
    let said = Said::new();
    let link = link(experiment);
    let captions = Captions {
        call: call(experiment, false),
        element: element_name(experiment, experiment.at),
        link: link.clone(),
    };
    let parts = (
        part("Link", link_row(&link, experiment.loss.spec.title, said)),
        part("Picture", picture(experiment, captions)),
        part("Numbers", numbers(experiment, said)),
    );
    sheet("Share", parts, said, onwards("embed", "Put it into your page…"));
}

/// The link in the form that unfolds where it is pasted: to the loss's own page.
fn link(experiment: &Experiment) -> String {
    format!("{}{}/#{}", base(), experiment.loss.spec.torch, address::whole(experiment))
}

fn link_row(link: &str, title: &'static str, said: Said) -> El {
    let field = el("input.sheet-text").set("readonly", "").set("aria-label", "Link").set("value", link);
    let system = has_share_sheet().then(|| {
        let link = link.to_owned();
        button("primary", move || hand_over(title, &link, said)).set("autofocus", "").with("Share…")
    });
    let copy = |classes| said.copy(classes, "Copy link", "the link", &field);
    let copy = if system.is_some() { copy("") } else { copy("primary").set("autofocus", "") };
    el("div.sheet-row").with((field, copy, system))
}

/// A phone has a sheet for this, which knows the reader's own apps.
fn has_share_sheet() -> bool {
    let coarse = web_sys::window().and_then(|it| it.match_media("(pointer: coarse)").ok().flatten());
    coarse.is_some_and(|it| it.matches()) && navigator().is_some_and(|it| has(&it, "share"))
}

fn hand_over(title: &str, link: &str, said: Said) {
    let Some(navigator) = navigator() else { return };
    let data = js_sys::Object::new();
    for (key, value) in [("title", title), ("url", link)] {
        let _ = js_sys::Reflect::set(&data, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let share = js_sys::Reflect::get(&navigator, &JsValue::from_str("share")).unwrap_or_default();
    let promise = share.dyn_into::<js_sys::Function>().and_then(|it| it.call1(&navigator, &data));
    Executor::spawn_local(async move {
        let shared = match promise {
            Ok(promise) => JsFuture::from(promise.unchecked_into::<js_sys::Promise>()).await,
            Err(why) => Err(why),
        };
        said.say(if shared.is_ok() { "Handed over." } else { "Not shared. The link can be copied instead." });
    });
}

const TABLE: &str = "table";
const JSON: &str = "json";

/// The numbers as a table for a spreadsheet, or as a case for a program.
fn numbers(experiment: &Experiment, said: Said) -> (El, El) {
    let form = RwSignal::new(TABLE.to_owned());
    let (as_table, as_json) = (table(experiment, &call(experiment, false)), case(experiment));
    let choice = Segmented {
        name: "share-numbers",
        label: "Form of the numbers",
        options: vec![(TABLE.to_owned(), "Table".to_owned()), (JSON.to_owned(), "JSON".to_owned())],
        chosen: form.into(),
        on_choose: Callback::new(move |it| form.set(it)),
    };
    let text = el("textarea.sheet-text")
        .set("readonly", "")
        .set("rows", "6")
        .set("aria-label", "Numbers")
        .set("spellcheck", "false")
        .value(move || if *form.read() == JSON { as_json.clone() } else { as_table.clone() });
    let copy = said.copy("", "Copy numbers", "the numbers", &text);
    (el("div.sheet-row").with((choice.view(), el("span.gap"), copy)), text)
}
