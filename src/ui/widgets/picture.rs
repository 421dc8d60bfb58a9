//! A small picture as an inline SVG that takes its colours from the style sheet.

use crate::plot::icon::{Frame, Icon, Ink, Style};
use crate::ui::dom::{El, svg};

/// The picture, drawn for a frame of that size.
pub fn picture(icon: Icon, frame: Frame) -> El {
    let shapes = icon.shapes.into_iter().map(|it| {
        svg("path").add_class(ink_class(it.ink)).add_class(style_class(it.style)).set("d", &it.form.path())
    });
    svg("svg.icon")
        .set("viewBox", &format!("0 0 {} {}", frame.width, frame.height))
        .set("width", &frame.width.to_string())
        .set("height", &frame.height.to_string())
        .set("aria-hidden", "true")
        .with(shapes.collect::<Vec<_>>())
}

fn ink_class(ink: Ink) -> &'static str {
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

fn style_class(style: Style) -> &'static str {
    match style {
        Style::Line => "line",
        Style::Thin => "line thin",
        Style::Dashed => "line dashed",
        Style::Fill => "fill",
        Style::Wash => "fill wash",
    }
}
