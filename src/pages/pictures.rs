//! The small pictures of all losses, one file for menus and one for cards.
//!
//! They follow from the worked examples alone, so they are drawn when the site is built; the page puts the file into
//! itself, where the style sheet colours it.

use std::fmt::Write;

use crate::experiment::icon::icon;
use crate::loss::torch::LOSSES;
use crate::plot::icon::{Frame, Icon, Ink, Style};

/// A hidden SVG with a `<symbol>` for each loss, as it stands in the menu: `HuberLoss-menu`.
pub fn menu() -> String {
    symbols("menu", Frame::MENU)
}

/// The same for cards: `HuberLoss-card`.
pub fn cards() -> String {
    symbols("card", Frame::CARD)
}

fn symbols(name: &str, frame: Frame) -> String {
    let mut out = String::from(r#"<svg aria-hidden="true">"#);
    for loss in LOSSES {
        let (id, shapes) = (loss.spec.torch, shapes(&icon(loss, frame)));
        let Frame { width, height } = frame;
        // Writing to a string does not fail.
        let _ = write!(
            out,
            r#"<symbol id="{id}-{name}" viewBox="0 0 {width} {height}"><g class="shapes">{shapes}</g></symbol>"#
        );
    }
    out + "</svg>"
}

/// The shapes of a picture as the sheet colours them.
pub fn shapes(icon: &Icon) -> String {
    let shape = |it: &crate::plot::icon::Shape| {
        format!(r#"<path class="{} {}" d="{}"/>"#, ink(it.ink), style(it.style), it.form.path())
    };
    icon.shapes.iter().map(shape).collect()
}

fn ink(ink: Ink) -> &'static str {
    match ink {
        Ink::Loss => "ink-loss",
        Ink::Gradient => "ink-grad",
        Ink::Prediction => "ink-pred",
        Ink::Target => "ink-target",
        Ink::Quiet => "ink-quiet",
        Ink::Axis => "ink-axis",
        Ink::Surface => "ink-surface",
    }
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Line => "line",
        Style::Thin => "line thin",
        Style::Dashed => "line dashed",
        Style::Fill => "fill",
        Style::Wash => "fill wash",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_loss_has_a_picture_of_each_size() {
        let file = menu() + &cards();
        for loss in LOSSES {
            for name in ["card", "menu"] {
                let id = format!(r#"<symbol id="{}-{name}""#, loss.spec.torch);
                let (_, rest) = file.split_once(&id).unwrap();
                assert!(rest.split_once("</symbol>").unwrap().0.contains("<path "), "{id}");
            }
        }
        assert!(!file.contains(" style=") && !file.contains("NaN"));
    }
}
