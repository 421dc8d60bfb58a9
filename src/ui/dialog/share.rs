//! Sharing: the link to what the bench shows.

use super::{El, address, el};
use crate::experiment::Experiment;

/// The link to a state.
pub fn share(experiment: &Experiment) -> El {
    let link = address::write(experiment);
    el("p").with(el("code").with(link.as_str()))
}
