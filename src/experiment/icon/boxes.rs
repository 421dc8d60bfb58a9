//! Two boxes of a photo, and what their loss measures.

use crate::experiment::Experiment;
use crate::experiment::picture::boxes::{Sides, pair};
use crate::plot::icon::{Frame, Icon, Ink, Style};

/// The chosen pair: the empty part of the box around both, the line between the centres, or also the diagonals.
pub fn boxes(example: &Experiment, frame: Frame) -> Option<Icon> {
    let pair = pair(example)?;
    let [left, top, right, bottom] = pair.around();
    let room = frame.either(1.5, 4.0);
    // One pixel of the photo, in pixels of the frame.
    let scale =
        ((frame.width - 2.0 * room) / (right - left)).min((frame.height - 2.0 * room) / (bottom - top));
    let place = |x: f64, y: f64| {
        (
            frame.width / 2.0 + (x - (left + right) / 2.0) * scale,
            frame.height / 2.0 + (y - (top + bottom) / 2.0) * scale,
        )
    };
    let corners = |[a, b, c, d]: Sides| [place(a, b), place(c, b), place(c, d), place(a, d)];
    let outline = |sides: Sides| {
        let [a, b, c, d] = corners(sides);
        [a, b, c, d, a]
    };
    let middle = |[a, b, c, d]: Sides| place((a + c) / 2.0, (b + d) / 2.0);
    let mut icon = Icon::default();
    if pair.parts.empty.is_some() {
        icon.area(corners(pair.around()), Ink::Loss, Style::Wash);
        icon.area(corners(pair.truth), Ink::Surface, Style::Fill);
        icon.area(corners(pair.predicted), Ink::Surface, Style::Fill);
    }
    icon.area(corners(pair.truth), Ink::Target, Style::Wash);
    icon.area(corners(pair.predicted), Ink::Prediction, Style::Wash);
    icon.path(outline(pair.truth), Ink::Target, Style::Thin);
    icon.path(outline(pair.predicted), Ink::Prediction, Style::Thin);
    if pair.parts.shape.is_some() {
        for (sides, ink) in [(pair.truth, Ink::Target), (pair.predicted, Ink::Prediction)] {
            let [from, _, to, _] = corners(sides);
            icon.path([from, to], ink, Style::Line);
        }
    } else if pair.parts.apart.is_some() {
        icon.path([middle(pair.predicted), middle(pair.truth)], Ink::Loss, Style::Line);
    }
    Some(icon)
}
