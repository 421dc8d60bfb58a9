//! The menu of losses, by the question that each answers.

use super::dom::{El, el};
use super::place::{Location, Place};
use super::widgets::picture;
use crate::experiment::{address, edit};
use crate::loss::spec::{Group, Name};
use crate::loss::torch::{Loss, menu};
use crate::ui::reactive::*;

/// Every loss, grouped. Losses that tell of the same data take the reader's numbers along.
pub fn rail(location: Location) -> El {
    let current = Memo::new(move |_| match location.place.get() {
        Place::Loss(bench) => Some(bench.experiment.read().loss.spec.torch),
        Place::Text(_) => None,
    });
    let mine = move |loss: &'static Loss| match location.place.get() {
        Place::Loss(bench) => {
            let now = bench.resting.get();
            let same = now.loss.spec.example.story == loss.spec.example.story;
            (same && now != address::example(now.loss)).then(|| edit::switch_loss(&now, loss))
        }
        Place::Text(_) => None,
    };
    let href = move |name: &str| match Loss::find(name).and_then(mine) {
        Some(mine) => format!("#{}", address::write(&mine)),
        None => format!("#/{name}"),
    };
    let entry = |name: &'static Name| {
        let link = el("a")
            .bind("href", move || href(name.torch))
            .bind("aria-current", move || (current.get() == Some(name.torch)).then_some("page"));
        el("li").with(link.with((picture::menu(name.torch), name.short)))
    };
    let group = |group: Group| {
        let losses = menu().filter(|it| it.group == group);
        (el("h2").with(group.title()), el("ul").with(losses.map(entry).collect::<Vec<_>>()))
    };
    el("nav.rail").set("aria-label", "Losses").with(Group::ALL.into_iter().map(group).collect::<Vec<_>>())
}
