//! The menu of losses, by the question that each answers.

use leptos::prelude::*;

use super::place::{Location, Place};
use super::widgets::Picture;
use crate::experiment::icon::icon;
use crate::experiment::{address, edit};
use crate::loss::spec::Group;
use crate::loss::torch::{LOSSES, Loss};
use crate::plot::icon::Frame;

/// Every loss, grouped. Losses that tell of the same data take the reader's numbers along.
#[component]
pub fn Rail(location: Location) -> impl IntoView {
    let current = Memo::new(move |_| match location.place.get() {
        Place::Loss(bench) => Some(bench.experiment.read().loss.spec.torch),
        Place::Home => None,
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
        Place::Home => format!("#/{}", loss.spec.torch),
    };
    let groups = Group::ALL.into_iter().map(|group| {
        let losses = LOSSES.iter().filter(move |it| it.spec.group == group);
        view! {
            <h2>{group.title()}</h2>
            <ul>
                {losses.map(|loss| view! {
                    <li>
                        <a href=move || href(loss)
                            aria-current=move || (current.get() == Some(loss.spec.torch)).then_some("page")>
                            <Picture icon=icon(loss, Frame::MENU) frame=Frame::MENU/>
                            {loss.spec.short}
                        </a>
                    </li>
                }).collect_view()}
            </ul>
        }
    });
    view! { <nav class="rail" aria-label="Losses">{groups.collect_view()}</nav> }
}
