//! Sharing: the link to what the bench shows.

use super::copy::Said;
use super::sheet::{onwards, part, sheet};
use crate::experiment::Experiment;
use crate::experiment::address;
use crate::ui::dom::el;

/// Opens the dialog for a state.
pub fn share(experiment: &Experiment) {
    let said = Said::new();
    let link = el("input.sheet-text")
        .set("readonly", "")
        .set("aria-label", "Link")
        .set("value", &address::write(experiment));
    let copy = said.copy("primary", "Copy link", "the link", &link);
    sheet(
        "Share",
        part("Link", el("div.sheet-row").with((link, copy))),
        said,
        onwards("embed", "Put it into your page…"),
    );
}
