//! The first view of the matrix losses: what the loss does with its numbers, as a picture of its own.

#[cfg(not(feature = "without-late"))]
mod angle;
#[cfg(not(feature = "without-late"))]
mod boxes;
mod columns;
mod distributions;
#[cfg(not(feature = "without-late"))]
mod focus;
mod lane;
mod lattice;
#[cfg(not(feature = "without-late"))]
mod layers;
#[cfg(not(feature = "without-late"))]
mod margins;
mod parts;
mod picked;
mod plane;
mod point;
#[cfg(not(feature = "without-late"))]
mod sigmoids;

use super::bench::Bench;
use super::dom::{El, el};
use crate::experiment::picture::{Kind, kind};

/// The picture of what the bench shows; nothing where there is none.
pub fn picture(bench: Bench) -> El {
    let kind = move || kind(&bench.resting.read());
    let drawn = move |kind: Kind| {
        let figure = el("figure.picture").set("data-figure", kind.name());
        match kind {
            Kind::Lane => lane::lane(bench, figure),
            Kind::Picked => picked::picked(bench, figure),
            Kind::Distributions => distributions::distributions(bench, figure),
            Kind::Plane => plane::plane(bench, figure),
            Kind::Lattice => lattice::lattice(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Margins => margins::margins(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Sigmoids => sigmoids::sigmoids(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Angle => angle::angle(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Focus => focus::focus(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Boxes => boxes::boxes(bench, figure),
            #[cfg(not(feature = "without-late"))]
            Kind::Layers => layers::layers(bench, figure),
            // The program without late losses has none of these.
            #[cfg(feature = "without-late")]
            Kind::Angle | Kind::Focus | Kind::Boxes | Kind::Layers | Kind::Margins | Kind::Sigmoids => figure,
        }
    };
    el("div.picture-place").live_by(kind, move |kind| kind.map(drawn))
}
