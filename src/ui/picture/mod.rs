//! The first view of the matrix losses: what the loss does with its numbers, as a picture of its own.

mod distributions;
mod lane;
mod lattice;
mod parts;
mod picked;
mod plane;
mod point;

use leptos::prelude::*;

use super::bench::Bench;
use crate::experiment::picture::{Kind, kind};

/// The picture of what the bench shows; nothing where there is none.
#[component]
pub fn Picture(bench: Bench) -> impl IntoView {
    let kind = Memo::new(move |_| kind(&bench.experiment.read()));
    move || {
        kind.get().map(|kind| {
            view! {
                <figure class="picture" data-figure=kind.name()>
                    {match kind {
                        Kind::Lane => view! { <lane::Lane bench/> }.into_any(),
                        Kind::Picked => view! { <picked::Picked bench/> }.into_any(),
                        Kind::Distributions => view! { <distributions::Distributions bench/> }.into_any(),
                        Kind::Plane => view! { <plane::Plane bench/> }.into_any(),
                        Kind::Lattice => view! { <lattice::Lattice bench/> }.into_any(),
                    }}
                </figure>
            }
        })
    }
}
