//! The pages that are Markdown alone, each with what a search engine says of it.

use super::leaf::Leaf;
use super::og::{Art, Foot, Picture};
use crate::lessons::{self, Text};
use crate::loss::torch::Loss;

/// The name of each, its description, and the loss whose curve its picture shows.
const TEXTS: [(&str, &str, &str); 3] = [
    (
        "article",
        "A tutorial’s twelve PyTorch losses with numbers to move, and what it gets wrong.",
        "SmoothL1Loss",
    ),
    (
        "start",
        "What a loss is, against cost, objective and reward, and why no model improves without one.",
        "MSELoss",
    ),
    (
        "authors",
        "For authors: PyTorch’s losses live in your own page, driven by it, with sources to copy.",
        "BCEWithLogitsLoss",
    ),
];

/// All of them, each with the scripts of its examples.
///
/// # Errors
/// What is wrong with one of the files.
pub fn leaves() -> Result<Vec<(Leaf, String)>, String> {
    TEXTS.into_iter().map(|(route, description, loss)| leaf(route, description, loss)).collect()
}

fn leaf(route: &str, description: &str, loss: &str) -> Result<(Leaf, String), String> {
    let Text { title, html, script } = lessons::text(route)?;
    let art = Loss::find(loss).map(Art::of_loss).ok_or("no loss to draw")?;
    let leaf = Leaf {
        route: route.to_owned(),
        description: description.to_owned(),
        text: format!(r#"<article><div class="prose">{html}</div></article>"#),
        picture: Picture { title: title.clone(), foot: Foot::Text(description.to_owned()), art },
        alt: format!("{title} {description}"),
        title,
    };
    Ok((leaf, script))
}
