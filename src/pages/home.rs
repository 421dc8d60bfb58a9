//! Home: one house, one guess, one price, and what three losses say; then every loss as a card.

use super::leaf::Leaf;
use super::og::{Art, Foot, Picture};
use super::shell::{self, escaped};
use crate::loss::spec::{Group, Name};
use crate::loss::torch::{Loss, menu};
use crate::plot::icon::Frame;

const HEADING: &str = "See what your loss function does.";

/// The page, without what stands on every page.
pub fn home() -> String {
    let shelves: String = Group::ALL.into_iter().map(shelf).collect();
    format!(
        r##"<div class="home"><header class="hero"><h1>{HEADING}</h1>
<figure class="hero-place" data-figure="house"></figure>
<div class="hero-words"><p class="lede">A loss turns the distance between a <span class="pred">prediction</span> and a <span class="target">target</span> into one <span class="loss">number</span>, and its slope into a <span class="grad">push</span>. Every loss here is computed as PyTorch computes it, in your browser.</p>
<p><a class="start-link" href="#/CrossEntropyLoss">Start with cross entropy</a><a class="which-link" href="#/which">Which loss do I need?</a></p>
<p class="more"><span>New to this? <a href="#/start">What is a loss?</a></span> <span>From the tutorial? <a href="#/article">The article’s twelve, in order</a></span></p></div></header>
<section class="asks" aria-label="Questions"><h2>People ask</h2><figure data-figure="asked"></figure><p><a href="#/questions">All questions</a></p></section>
<div class="shelves">{shelves}</div>
<p class="home-foot">Writing a tutorial? <a href="#/authors">Put a loss into your page</a></p></div>"##
    )
}

/// What a link to the site unfolds to.
///
/// # Errors
/// What the site's page does not say, or where there is nothing to draw.
pub fn leaf(page: &str) -> Result<Leaf, String> {
    let description = shell::description(page)?.to_owned();
    let art = Loss::find("HuberLoss").map(Art::of_loss).ok_or("no Huber loss to draw")?;
    Ok(Leaf {
        route: String::new(),
        title: shell::title(page)?.to_owned(),
        alt: format!("{HEADING} Beside it the curve of a loss, with its slope."),
        picture: Picture { title: HEADING.to_owned(), foot: Foot::Text(description.clone()), art },
        description,
        text: home(),
    })
}

/// The losses that answer one question, as cards.
fn shelf(group: Group) -> String {
    let cards: String = menu().filter(|it| it.group == group).map(card).collect();
    format!(r#"<section class="shelf"><h2>{}</h2><ul class="cards">{cards}</ul></section>"#, group.title())
}

fn card(loss: &Name) -> String {
    let Frame { width, height } = Frame::CARD;
    let (torch, short, brief) = (loss.torch, escaped(loss.short), escaped(loss.brief));
    format!(
        r##"<li><a class="card" href="#/{torch}"><svg class="icon" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true"><use href="#{torch}-card"/></svg><b>{short}</b><small>{brief}</small></a></li>"##
    )
}
