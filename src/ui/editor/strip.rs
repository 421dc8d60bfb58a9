//! Anything too long or too deep for rows: each input as a strip of bars, and a box for the chosen element.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::bench::Bench;
use super::super::hand::{Axis, Grip};
use super::super::widgets::{Gesture, NumberBox};
use super::super::words::{index, role_class};
use crate::experiment::At;
use crate::experiment::bar::Bar;
use crate::experiment::range::lane;
use crate::loss::spec::Input;
use crate::loss::tensor::{Tensor, list};

/// More bars than this share a bar: the strip is a few hundred pixels wide.
const MOST_BARS: usize = 240;

/// One strip for each input.
#[component]
pub fn Strip(bench: Bench) -> impl IntoView {
    let inputs = bench.spec().inputs.iter().enumerate();
    inputs.map(|(place, input)| view! { <Line bench input=place described=input/> }).collect_view()
}

/// One input as a strip.
#[component]
pub fn Line(bench: Bench, input: usize, described: &'static Input) -> impl IntoView {
    let tensor = Memo::new(move |_| bench.experiment.read().inputs.get(input).cloned().unwrap_or_default());
    let chosen = Memo::new(move |_| {
        let at = bench.experiment.read().at;
        if at.input == input { at.place } else { 0 }
    });
    let at = move |place: usize| At { input, place };
    let pick = move |event: MouseEvent| {
        let strip = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(area) = strip.map(|it| it.get_bounding_client_rect()) {
            let fraction = (f64::from(event.client_x()) - area.left()) / area.width().max(1.0);
            let count = tensor.read_untracked().len();
            bench.choose(at(((fraction * count as f64) as usize).min(count.saturating_sub(1))));
        }
    };
    let move_to = move |by: isize| {
        let count = tensor.read_untracked().len();
        let place = chosen.get_untracked().saturating_add_signed(by).min(count.saturating_sub(1));
        bench.choose(at(place));
    };
    let commit = move |value: f64| bench.set_number(at(chosen.get_untracked()), value);
    let step = move |steps: f64| {
        let axis = Axis::across(lane(&bench.now()), 140.0);
        Grip { bench, at: at(chosen.get_untracked()), bar: Bar::Plain, axis }.act(Gesture::Step(steps), &[]);
    };
    let place_name = Signal::derive(move || list(&index(&tensor.read(), chosen.get())));
    view! {
        <div class=format!("strip {}", role_class(described))>
            <p class="strip-head">
                <b>{described.id}</b>
                <span class="shape">{move || {
                    let tensor = tensor.read();
                    format!("{} {}", list(tensor.shape()), tensor.dtype().name())
                }}</span>
            </p>
            <svg class="bars" viewBox="0 -1 100 2" preserveAspectRatio="none" aria-hidden="true" on:click=pick>
                <path d=move || bars(&tensor.read())/>
                <rect class="cursor" y="-1" height="2"
                    width=move || (100.0 / tensor.read().len().max(1) as f64).max(0.6)
                    x=move || 100.0 * chosen.get() as f64 / tensor.read().len().max(1) as f64/>
            </svg>
            <div class="strip-element" hidden=move || tensor.read().is_empty()>
                <button type="button" aria-label="previous element" on:click=move |_| move_to(-1)>"‹"</button>
                <code>{move || format!("{}{}", described.id, place_name.get())}</code>
                <button type="button" aria-label="next element" on:click=move |_| move_to(1)>"›"</button>
                <NumberBox
                    class=role_class(described)
                    id=format!("strip-{}", described.id)
                    label=Signal::derive(move || format!("{}{}", described.id, place_name.get()))
                    value=Signal::derive(move || tensor.read().get(chosen.get()).unwrap_or(f64::NAN))
                    on_commit=Callback::new(commit)
                    on_step=Callback::new(step)
                />
            </div>
            <p class="note" hidden=move || !tensor.read().is_empty()>"no elements"</p>
        </div>
    }
}

/// One bar for each element, or the largest of each group where there are too many, as one SVG path.
fn bars(tensor: &Tensor) -> String {
    let values = tensor.floats();
    let group = values.len().div_ceil(MOST_BARS).max(1);
    let most = values
        .iter()
        .copied()
        .filter(|it| it.is_finite())
        .fold(f64::MIN_POSITIVE, |most, it| it.abs().max(most));
    let width = 100.0 * group as f64 / values.len().max(1) as f64;
    values
        .chunks(group)
        .enumerate()
        .map(|(place, chunk)| {
            let tallest = chunk
                .iter()
                .copied()
                .fold(0.0, |most: f64, it| if it.abs() > most.abs() { it } else { most });
            let height = (tallest / most).clamp(-1.0, 1.0);
            let x = place as f64 * width;
            format!("M{:.2} 0h{:.2}V{:.3}h-{:.2}z", x, width * 0.8, -height, width * 0.8)
        })
        .collect()
}
