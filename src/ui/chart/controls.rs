//! What the charts show: which element, at which scale, compared with what.

use crate::experiment::{Overlay, View, address, overlay_name};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

/// The choice between the loss's own picture and its curve at two scales.
pub fn views(bench: Bench) -> El {
    let views = move || bench.resting.read().views();
    let chosen = Signal::derive(move || bench.resting.read().shown_view().name().to_owned());
    let open = move |name: String| {
        if let Some(view) = View::ALL.into_iter().find(|it| it.name() == name) {
            bench.open(view);
        }
    };
    let on_choose = Callback::new(open);
    el("div.views").live_by(views, move |views| {
        let options = views.iter().map(|it| (it.name().to_owned(), title(*it).to_owned())).collect();
        Segmented { name: "view", label: "View", options, chosen, on_choose }.view()
    })
}

fn title(view: View) -> &'static str {
    match view {
        View::Picture => "Picture",
        View::Curve => "This element",
        View::Batch => "Whole batch",
    }
}

/// The comparisons that the loss offers.
pub fn overlays(bench: Bench) -> Option<El> {
    let offered: Vec<(String, Overlay)> = bench
        .spec()
        .example
        .overlays
        .iter()
        .filter_map(|it| Some(((*it).to_owned(), address::overlay(bench.now().loss, it)?)))
        .collect();
    if offered.is_empty() {
        return None;
    }
    let mut options = vec![(String::new(), "none".to_owned())];
    options.extend(offered.iter().map(|(text, overlay)| (text.clone(), overlay_name(overlay))));
    let known = offered.clone();
    let chosen = Signal::derive(move || {
        let with = bench.experiment.read().with.clone();
        known.iter().find(|it| Some(&it.1) == with.as_ref()).map_or_else(String::new, |it| it.0.clone())
    });
    let choose = move |text: String| {
        bench.compare(offered.iter().find(|it| it.0 == text).map(|it| it.1.clone()));
    };
    let on_choose = Callback::new(choose);
    let choice = Segmented { name: "overlay", label: "Compare with", options, chosen, on_choose };
    Some(el("span.overlays").with(("compare ", choice.view())))
}
