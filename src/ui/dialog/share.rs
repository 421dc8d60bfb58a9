//! Sharing: the link to what the bench shows.

use super::*;

/// The link to a state.
pub fn share(experiment: &Experiment) -> El {
    let link = address::write(experiment);
    el("p").with(el("code").with(link.as_str()))
}
