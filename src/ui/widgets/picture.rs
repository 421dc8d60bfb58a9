//! A small picture of a loss: it points at one of those that `ui::site` fetches.

use crate::plot::icon::Frame;
use crate::ui::dom::{El, svg};

/// The picture on a card.
pub fn card(torch_name: &str) -> El {
    picture(torch_name, "card", Frame::CARD)
}

/// The picture beside a name in a menu.
pub fn menu(torch_name: &str) -> El {
    picture(torch_name, "menu", Frame::MENU)
}

fn picture(torch_name: &str, size: &str, frame: Frame) -> El {
    svg("svg.icon")
        .set("viewBox", &format!("0 0 {} {}", frame.width, frame.height))
        .set("width", &frame.width.to_string())
        .set("height", &frame.height.to_string())
        .set("aria-hidden", "true")
        .with(svg("use").set("href", &format!("#{torch_name}-{size}")))
}
