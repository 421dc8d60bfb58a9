//! A small picture as an inline SVG that takes its colours from the style sheet.

use leptos::prelude::*;

use crate::plot::icon::{Frame, Icon, Ink, Style};

/// The picture, drawn for a frame of that size.
#[component]
pub fn Picture(icon: Icon, frame: Frame) -> impl IntoView {
    let shapes = icon.shapes.into_iter().map(|it| {
        let class = format!("{} {}", ink_class(it.ink), style_class(it.style));
        view! { <path class=class d=it.form.path()/> }
    });
    view! {
        <svg class="icon" viewBox=format!("0 0 {} {}", frame.width, frame.height) width=frame.width height=frame.height
            aria-hidden="true">
            {shapes.collect_view()}
        </svg>
    }
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
