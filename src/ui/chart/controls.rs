//! What the charts show: which element, at which scale, compared with what.

use leptos::prelude::*;

use crate::experiment::{Overlay, View, address, overlay_name};
use crate::ui::bench::Bench;
use crate::ui::widgets::Segmented;
use crate::ui::words::element_name;

/// The line above the charts.
#[component]
pub fn Controls(bench: Bench) -> impl IntoView {
    let view = Signal::derive(move || match bench.experiment.read().view {
        Some(View::Batch) => "batch".to_owned(),
        _ => "curve".to_owned(),
    });
    let scales =
        vec![("curve".to_owned(), "this element".to_owned()), ("batch".to_owned(), "whole batch".to_owned())];
    let open = move |word: String| bench.open(if word == "batch" { View::Batch } else { View::Curve });
    view! {
        <div class="controls">
            <span class="moving">
                "moving "<b class="pred">{move || element_name(&bench.experiment.read(), bench.experiment.read().at)}</b>
            </span>
            <Segmented name="scale" label="Scale of the chart" options=scales chosen=view on_choose=Callback::new(open)/>
            <Overlays bench/>
        </div>
    }
}

/// The comparisons that the loss offers.
#[component]
fn Overlays(bench: Bench) -> impl IntoView {
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
    Some(view! {
        <span class="overlays">
            "compare "
            <Segmented name="overlay" label="Compare with" options chosen on_choose=Callback::new(choose)/>
        </span>
    })
}
