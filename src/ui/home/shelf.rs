//! The losses that answer one question, as cards.

use crate::loss::spec::Group;
use crate::loss::torch::{LOSSES, Loss};
use crate::ui::dom::{El, el};
use crate::ui::widgets::picture;

/// A heading and its cards; nothing where no loss answers the question.
pub fn shelf(group: Group) -> Option<El> {
    let losses = LOSSES.iter().filter(|it| it.spec.group == group);
    let cards: Vec<El> = losses.map(card).collect();
    let title = el("h2").with(group.title());
    (!cards.is_empty()).then(|| el("section.shelf").with((title, el("ul.cards").with(cards))))
}

fn card(loss: &'static Loss) -> El {
    let link = el("a.card").set("href", &format!("#/{}", loss.spec.torch)).with((
        picture::card(loss.spec.torch),
        el("b").with(loss.spec.short),
        el("small").with(loss.spec.brief),
    ));
    el("li").with(link)
}
