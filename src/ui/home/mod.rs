//! Home: one house, one guess, one price, and what three losses say; then every loss as a card.

mod hero;
mod hero_chart;
mod learn;
mod shelf;

use leptos::prelude::*;

use crate::loss::spec::Group;

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    document().set_title("Losslens: PyTorch's loss functions, live");
    view! {
        <article class="home">
            <header class="hero">
                <h1>"See what your loss function does."</h1>
                <hero::Hero/>
                <div class="hero-words">
                    <p class="lede">
                        "A loss turns the distance between a "<span class="pred">"prediction"</span>" and a "
                        <span class="target">"target"</span>" into one "<span class="loss">"number"</span>
                        ", and its slope into a "<span class="grad">"push"</span>". Every loss here is computed as "
                        "PyTorch computes it, in your browser."
                    </p>
                    <p><a class="start-link" href="#/CrossEntropyLoss">"Start with cross entropy"</a></p>
                </div>
            </header>
            <div class="shelves">
                {Group::ALL.into_iter().map(|group| view! { <shelf::Shelf group/> }).collect_view()}
            </div>
        </article>
    }
}
