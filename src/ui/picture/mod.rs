//! The first view of the matrix losses: what the loss does with its numbers, as a picture of its own.

mod angle;
mod boxes;
mod columns;
mod distributions;
mod focus;
mod lane;
mod lattice;
mod layers;
mod margins;
mod parts;
mod picked;
mod plane;
mod point;
mod sigmoids;

use super::bench::Bench;
use super::dom::{El, el};
use crate::experiment::picture::{Kind, kind};

/// Which losses this program has, and so which pictures.
const EARLY: bool = cfg!(not(feature = "without-early"));
const LATE: bool = cfg!(not(feature = "without-late"));
const BEYOND: bool = cfg!(not(feature = "without-beyond"));

/// The picture of what the bench shows; nothing where there is none.
pub fn picture(bench: Bench) -> El {
    let kind = move || kind(&bench.resting.read());
    let drawn = move |kind: Kind| {
        let figure = el("figure.picture").set("data-figure", kind.name());
        match kind {
            Kind::Lane if EARLY => lane::lane(bench, figure),
            Kind::Picked if EARLY => picked::picked(bench, figure),
            Kind::Distributions if EARLY => distributions::distributions(bench, figure),
            Kind::Lattice if EARLY => lattice::lattice(bench, figure),
            Kind::Plane if EARLY || LATE => plane::plane(bench, figure),
            Kind::Margins if LATE => margins::margins(bench, figure),
            Kind::Sigmoids if LATE => sigmoids::sigmoids(bench, figure),
            Kind::Angle if LATE => angle::angle(bench, figure),
            Kind::Layers if BEYOND => layers::layers(bench, figure),
            Kind::Focus if BEYOND => focus::focus(bench, figure),
            Kind::Boxes if BEYOND => boxes::boxes(bench, figure),
            // Another program's.
            _ => figure,
        }
    };
    el("div.picture-place").live_by(kind, move |kind| kind.map(drawn))
}
