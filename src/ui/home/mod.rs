//! Home: one house, one guess, one price, and what three losses say; then every loss as a card.

mod hero;
mod hero_chart;
mod learn;
mod shelf;

use super::dom::{El, el};
use crate::loss::spec::Group;
use crate::ui::reactive::*;

/// The first page.
pub fn home() -> El {
    document().set_title("Losslens: PyTorch's loss functions, live");
    let lede = el("p.lede")
        .with(("A loss turns the distance between a ", el("span.pred").with("prediction"), " and a "))
        .with((el("span.target").with("target"), " into one ", el("span.loss").with("number")))
        .with((", and its slope into a ", el("span.grad").with("push")))
        .with(". Every loss here is computed as PyTorch computes it, in your browser.");
    let start = el("a.start-link").set("href", "#/CrossEntropyLoss").with("Start with cross entropy");
    let hero = el("header.hero").with((
        el("h1").with("See what your loss function does."),
        hero::hero(),
        el("div.hero-words").with((lede, el("p").with(start))),
    ));
    let shelves = el("div.shelves").with(Group::ALL.into_iter().map(shelf::shelf).collect::<Vec<_>>());
    el("article.home").with((hero, shelves))
}
