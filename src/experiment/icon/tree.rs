//! The way through layers: from the features of a row down to the probability of each class, by way of the clusters.

use crate::experiment::Experiment;
use crate::experiment::layers::{Entry, Leads, tree as tree_of};
use crate::plot::icon::{Frame, Icon, Ink, Style};

/// Bars of the probabilities, hung below the knots that they come from; the way to the target is green.
pub fn tree(example: &Experiment, frame: Frame) -> Option<Icon> {
    let tree = tree_of(example);
    let classes = tree.head.iter().filter(|it| matches!(it.leads, Leads::Class(_)));
    let bars: Vec<&Entry> = classes.chain(tree.clusters.iter().flatten()).collect();
    let most = bars.iter().map(|it| it.chance).fold(0.0, f64::max);
    let short = tree.head.len().checked_sub(tree.clusters.len()).filter(|_| most > 0.0)?;
    let slot = (frame.width / bars.len() as f64).min(frame.height * 0.45);
    let left = (frame.width - slot * bars.len() as f64) / 2.0;
    let middle = |place: f64| left + slot * (place + 0.5);
    let radius = frame.either(1.6, 3.5);
    let (root, knot, foot) = ((frame.width / 2.0, radius), frame.height * 0.3, frame.height * 0.52);
    let ink = |lit: bool| if lit { Ink::Target } else { Ink::Quiet };
    let mut icon = Icon::default();
    // The way to the target lies above the others.
    for lit in [false, true] {
        let mut line = |points: [(f64, f64); 2]| {
            icon.path(points, ink(lit), if lit { Style::Line } else { Style::Thin })
        };
        let mut start = 0;
        for entry in tree.head.iter().filter(|it| it.lit == lit) {
            if let Leads::Class(class) = entry.leads {
                line([root, (middle(class as f64), foot)]);
            }
        }
        for (k, cluster) in tree.clusters.iter().enumerate() {
            let first = short + start;
            let centre = middle(first as f64 + (cluster.len() as f64 - 1.0) / 2.0);
            start += cluster.len();
            if tree.head.get(short + k).is_some_and(|it| it.lit == lit) {
                line([root, (centre, knot)]);
            }
            for (place, _) in cluster.iter().enumerate().filter(|it| it.1.lit == lit) {
                line([(centre, knot), (middle((first + place) as f64), foot)]);
            }
        }
    }
    icon.circle(root, radius, Ink::Prediction, Style::Fill);
    let (gap, room) = (slot * 0.14, frame.height - foot);
    for (place, bar) in bars.into_iter().enumerate() {
        let (x, height) = (middle(place as f64), (bar.chance / most * room).max(1.0));
        let (ink, style) = if bar.lit { (Ink::Target, Style::Fill) } else { (Ink::Prediction, Style::Wash) };
        icon.rectangle((x - slot / 2.0 + gap, foot), (x + slot / 2.0 - gap, foot + height), ink, style);
    }
    Some(icon)
}
