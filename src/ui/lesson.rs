//! The text of a page, from the file that the site generator wrote: what a loss means, or a page that is all text.

use super::announce;
use super::dom::{El, button, el};
use super::site::fetch;
use crate::ui::reactive::*;

/// What is known of a text so far: a line that belongs to the head of the page, and the rest.
#[derive(Clone, Debug, PartialEq)]
enum Text {
    Coming,
    Here { first: String, rest: String },
    Missing,
}

/// The formula and the text of a loss, which appear when they arrive.
pub fn lesson(torch_name: &'static str) -> (El, El) {
    let text = RwSignal::new(Text::Coming);
    let ask = ask(text, format!("{torch_name}/lesson.html"));
    ask();
    let formula = el("div.formula").live(move || match text.get() {
        Text::Here { first, .. } => Some(el("div").html(&first)),
        _ => None,
    });
    let apology = "The explanation could not be loaded. The bench above works without it. ";
    (formula, body(el("section.prose").set("aria-label", "Explanation"), text, ask, apology))
}

/// A page that is all text; its first line is its title.
pub fn page(name: &'static str) -> El {
    let text = RwSignal::new(Text::Coming);
    let ask = ask(text, format!("{name}.html"));
    // The start frame may show this very page.
    match document().query_selector(&format!("#start [data-text={name}]")) {
        Ok(Some(here)) => text.set(Text::Here { first: document().title(), rest: here.inner_html() }),
        _ => ask(),
    }
    effect(Box::new(move || {
        if let Text::Here { first, .. } = text.get() {
            document().set_title(&first);
        }
    }));
    body(el("article"), text, ask, "This page could not be loaded. ")
}

/// How to fetch the text, again too.
fn ask(text: RwSignal<Text>, file: String) -> impl Fn() + Clone + 'static {
    move || {
        text.set(Text::Coming);
        fetch(&file, move |file| {
            text.set(match file.as_deref().and_then(|it| it.split_once('\n')) {
                Some((first, rest)) => Text::Here { first: first.to_owned(), rest: rest.to_owned() },
                None => Text::Missing,
            });
        });
    }
}

fn body(place: El, text: RwSignal<Text>, ask: impl Fn() + Clone + 'static, apology: &'static str) -> El {
    place.live(move || match text.get() {
        Text::Coming => el("p.note").with("Loading the text…"),
        Text::Here { rest, .. } => {
            // The start-up script looks after the figures in it, once it is on the page.
            request_animation_frame(|| announce("losslens:text", ""));
            el("div").html(&rest)
        }
        Text::Missing => el("p.note").with((apology, button("", ask.clone()).with("Try again"))),
    })
}
