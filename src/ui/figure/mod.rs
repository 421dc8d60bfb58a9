//! The figures of the texts, each in the place that its text keeps for it.

mod asked;
mod bell;
mod bench;
mod broadcast;
mod code;
mod compare;
mod counts;
mod descent;
mod fit;
mod house;
mod learn;
mod line;
mod logits;
mod parts;
mod paths;
mod plane;
mod split;
mod squares;
mod task;
mod told;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::dom::el;
use super::theme::Theme;
use crate::ui::reactive::*;
pub use code::program;

/// A figure of the page, and what keeps it alive.
struct Live {
    place: Element,
    _owner: Owner,
}

/// Puts every figure of the page into its place, and those of texts that come later.
pub fn fill_places(theme: Theme) {
    let alive: RefCell<Vec<Live>> = RefCell::default();
    let fill = Rc::new(move || {
        let mut alive = alive.borrow_mut();
        alive.retain(|it| it.place.is_connected());
        alive.extend(places().into_iter().filter_map(|place| fill(place, theme)));
        // What they fill themselves with comes by then.
        request_animation_frame(|| super::announce("losslens:drawn", ""));
    });
    fill();
    for event in ["losslens:text", "losslens:beside"] {
        let fill = fill.clone();
        window_event_listener(event, move |_| fill());
    }
}

/// The places that no figure has been put into yet.
fn places() -> Vec<Element> {
    let Ok(found) = document().query_selector_all("#app [data-figure]:not([data-live], .picture)") else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|it| found.get(it)?.dyn_into().ok()).collect()
}

fn fill(place: Element, theme: Theme) -> Option<Live> {
    let name = place.get_attribute("data-figure")?;
    let detail = place.get_attribute("data-of").unwrap_or_default();
    let owner = Owner::new();
    owner.with(|| {
        provide_context(theme);
        if name == "told" {
            return told::told(&place);
        }
        // A form of its own: the choices of two figures, or of a figure and the bench, are not one group.
        let body = el("form").on("submit", |event: Event| event.prevent_default());
        // The house is framed as the hero of the first page, and code is a frame itself.
        let body =
            if matches!(name.as_str(), "house" | "code") { body } else { body.add_class("figure-body") };
        let drawn = match name.as_str() {
            "house" => house::house(body),
            "asked" => asked::asked(body),
            "bench" => bench::bench(body, &detail, &place.get_attribute("data-turn").unwrap_or_default()),
            "bell" => bell::bell(body),
            "broadcast" => broadcast::broadcast(body),
            "logits" => logits::logits(body),
            "line" => line::line(body, &detail),
            "paths" => paths::paths(body),
            "task" => task::task(body, &detail, &place),
            "squares" => squares::squares(body),
            "descent" => {
                descent::descent(body, &detail, &place.get_attribute("data-rate").unwrap_or_default())
            }
            "counts" => counts::counts(body),
            "outliers" => fit::outliers(body),
            "split" => split::split(body),
            "code" => code::code(body, &detail, &place),
            "compare" => compare::compare(body, &detail),
            _ => body,
        };
        let _ = place.prepend_with_node_1(&drawn.cast::<Element>());
    });
    let _ = place.set_attribute("data-live", "");
    Some(Live { place, _owner: owner })
}
