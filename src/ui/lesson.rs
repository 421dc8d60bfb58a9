//! What a loss means: its formula and its text, from the file that the site generator wrote.

use super::dom::{El, button, el};
use super::site::fetch;
use crate::ui::reactive::*;

/// What is known of a lesson so far.
#[derive(Clone, Debug, PartialEq)]
enum Lesson {
    Coming,
    Here { formula: String, text: String },
    Missing,
}

/// The formula and the text of a loss, which appear when they arrive.
pub fn lesson(torch_name: &'static str) -> (El, El) {
    let lesson = RwSignal::new(Lesson::Coming);
    let ask = move || {
        lesson.set(Lesson::Coming);
        fetch(&format!("{torch_name}/lesson.html"), move |file| lesson.set(Lesson::of(file)));
    };
    ask();
    let formula = el("div.formula").live(move || match lesson.get() {
        Lesson::Here { formula, .. } => Some(el("div").html(&formula)),
        _ => None,
    });
    let text = el("section.prose").set("aria-label", "Explanation").live(move || match lesson.get() {
        Lesson::Coming => el("p.note").with("Loading the explanation…"),
        Lesson::Here { text, .. } => el("div").html(&text),
        Lesson::Missing => el("p.note").with((
            "The explanation could not be loaded. The bench above works without it. ",
            button("", ask).with("Try again"),
        )),
    });
    (formula, text)
}

impl Lesson {
    fn of(file: Option<String>) -> Self {
        match file.as_deref().and_then(|it| it.split_once('\n')) {
            Some((formula, text)) => Lesson::Here { formula: formula.to_owned(), text: text.to_owned() },
            None => Lesson::Missing,
        }
    }
}
