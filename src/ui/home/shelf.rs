//! The losses that answer one question, as cards.

use leptos::prelude::*;

use crate::experiment::icon::icon;
use crate::loss::spec::Group;
use crate::loss::torch::{LOSSES, Loss};
use crate::plot::icon::Frame;
use crate::ui::widgets::Picture;

/// A heading and its cards; nothing where no loss answers the question.
#[component]
pub fn Shelf(group: Group) -> impl IntoView {
    let losses: Vec<&'static Loss> = LOSSES.iter().filter(|it| it.spec.group == group).collect();
    (!losses.is_empty()).then(|| {
        view! {
            <section class="shelf">
                <h2>{group.title()}</h2>
                <ul class="cards">
                    {losses.into_iter().map(|loss| view! {
                        <li>
                            <a class="card" href=format!("#/{}", loss.spec.torch)>
                                <Picture icon=icon(loss, Frame::CARD) frame=Frame::CARD/>
                                <b>{loss.spec.short}</b>
                                <small>{loss.spec.brief}</small>
                            </a>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
