//! The menu of losses, by the question that each answers.

use super::dom::{El, el};
use super::place::{Location, Place};
use super::widgets::picture;
use crate::experiment::{address, edit};
use crate::loss::spec::Group;
use crate::loss::torch::{LOSSES, Loss};
use crate::ui::reactive::*;

/// Every loss, grouped. Losses that tell of the same data take the reader's numbers along.
pub fn rail(location: Location) -> El {
    let current = Memo::new(move |_| match location.place.get() {
        Place::Loss(bench) => Some(bench.experiment.read().loss.spec.torch),
        Place::Text(_) => None,
    });
    let href = move |loss: &'static Loss| match location.place.get() {
        Place::Loss(bench) => {
            let now = bench.resting.get();
            if now == address::example(now.loss) || now.loss.spec.example.story != loss.spec.example.story {
                format!("#/{}", loss.spec.torch)
            } else {
                format!("#{}", address::write(&edit::switch_loss(&now, loss)))
            }
        }
        Place::Text(_) => format!("#/{}", loss.spec.torch),
    };
    let entry = |loss: &'static Loss| {
        let link = el("a")
            .bind("href", move || href(loss))
            .bind("aria-current", move || (current.get() == Some(loss.spec.torch)).then_some("page"));
        el("li").with(link.with((picture::menu(loss.spec.torch), loss.spec.short)))
    };
    let group = |group: Group| {
        let losses = LOSSES.iter().filter(|it| it.spec.group == group);
        (el("h2").with(group.title()), el("ul").with(losses.map(entry).collect::<Vec<_>>()))
    };
    el("nav.rail").set("aria-label", "Losses").with(Group::ALL.into_iter().map(group).collect::<Vec<_>>())
}
