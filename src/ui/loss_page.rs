//! The page of a loss: what it is, the bench, and what it means.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::bench::Bench;
use super::chart::{Charts, Views};
use super::editor::Editor;
use super::picture::Picture;
use super::readout::Readout;
use super::settings::Settings;
use super::words::element_name;
use crate::experiment::{View, number};
use crate::lessons;

/// Title, sentence, bench, explanation.
#[component]
pub fn LossPage(bench: Bench) -> impl IntoView {
    let spec = bench.spec();
    let lesson = lessons::of(spec.torch);
    document().set_title(&format!("{} · Losslens", spec.title));
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| undo_keys(bench, &event));
    on_cleanup(move || handle.remove());
    // A memo, so that a drag does not build the picture anew under the hand.
    let pictured = Memo::new(move |_| bench.experiment.read().shown_view() == View::Picture);
    view! {
        <article class="loss-page">
            <header class="head">
                <div>
                    <p class="eyebrow">{spec.group.title()}</p>
                    <div class="title">
                        <h1>{spec.title}</h1>
                        <code class="signature">{move || signature(bench)}</code>
                    </div>
                    <p class="lede">{spec.brief}</p>
                </div>
                <div class="formula" inner_html=lesson.map_or("", |it| it.formula)></div>
            </header>
            <div class="bench">
                <div class="stage">
                    <Views bench/>
                    {move || match pictured.get() {
                        true => view! { <Picture bench/> }.into_any(),
                        false => view! { <Charts bench/> }.into_any(),
                    }}
                </div>
                <div class="panel">
                    <Editor bench/>
                    <Settings bench/>
                </div>
                <Readout bench/>
                <Warnings bench/>
            </div>
            <Spoken bench/>
            <section class="prose" aria-label="Explanation" inner_html=lesson.map_or("", |it| it.explanation)></section>
        </article>
    }
}

/// `nn.HuberLoss(delta=2.0)`: the call as one would write it.
fn signature(bench: Bench) -> String {
    let experiment = bench.experiment.read();
    let written = experiment.args.iter().map(|(id, value)| format!("{id}={}", number::argument(value)));
    format!("nn.{}({})", experiment.loss.spec.torch, written.collect::<Vec<_>>().join(", "))
}

/// Ctrl+Z and its kin; in a box with text that is not committed yet, undo is the browser's.
fn undo_keys(bench: Bench, event: &KeyboardEvent) {
    let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let text = document().active_element().is_some_and(|it| match it.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => matches!(it.get_attribute("type").as_deref(), Some("text" | "search")),
        _ => false,
    });
    if !command || text {
        return;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => bench.undo(),
        ("z", true) | ("y", _) => bench.redo(),
        _ => return,
    }
    event.prevent_default();
}

/// PyTorch's warnings about what is on the bench, and what it does not warn of.
#[component]
fn Warnings(bench: Bench) -> impl IntoView {
    let warnings = Memo::new(move |_| bench.evaluation.read().warnings.clone());
    let notes = Memo::new(move |_| bench.experiment.read().notes());
    view! {
        <div class="warnings" role="status">
            {move || warnings.get().into_iter().map(|it| view! {
                <p><b>"PyTorch warns: "</b>{it}</p>
            }).collect_view()}
            {move || notes.get().into_iter().map(|it| view! { <p><b>"Note: "</b>{it}</p> }).collect_view()}
        </div>
    }
}

/// One polite sentence for a screen reader, half a second after everything is at rest.
#[component]
fn Spoken(bench: Bench) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let say =
        leptos::leptos_dom::helpers::debounce(std::time::Duration::from_millis(500), move |text: String| {
            said.set(text);
        });
    let say = StoredValue::new_local(say);
    Effect::new(move |first: Option<()>| {
        let sentence = sentence(bench);
        if first.is_some() {
            say.update_value(|it| it(sentence));
        }
    });
    view! { <p class="hidden" aria-live="polite">{said}</p> }
}

fn sentence(bench: Bench) -> String {
    let (experiment, evaluation) = (bench.resting.read(), bench.evaluation.read());
    let x = number::show(experiment.x().unwrap_or(f64::NAN));
    let loss = number::fixed(evaluation.output.get(0).unwrap_or(f64::NAN), 4);
    let gradient =
        experiment.gradient(&evaluation).map_or_else(|| "none".to_owned(), |it| number::fixed(it, 4));
    let sentence =
        format!("{} {x}. Loss {loss}. Gradient {gradient}.", element_name(&experiment, experiment.at));
    sentence.replace('−', "minus ")
}
