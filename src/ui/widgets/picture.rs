//! A small picture of a loss: it points at one of those that `ui::site` fetches.

use crate::decimal::plain;
use crate::plot::icon::Frame;
use crate::ui::dom::{El, svg};

/// The picture beside a name in a menu.
pub fn menu(torch_name: &str) -> El {
    let frame = Frame::MENU;
    svg("svg.icon")
        .set("viewBox", &format!("0 0 {} {}", plain(frame.width), plain(frame.height)))
        .set("width", &plain(frame.width))
        .set("height", &plain(frame.height))
        .set("aria-hidden", "true")
        .with(svg("use").set("href", &format!("#{torch_name}-menu")))
}
