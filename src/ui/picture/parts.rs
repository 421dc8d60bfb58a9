//! Pieces that several pictures share: the choice of the row, a number, and a column of bars.

use leptos::prelude::*;

use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::{At, number};
use crate::ui::bench::Bench;
use crate::ui::hand::{Axis, Grip};
use crate::ui::widgets::{BarCell, Gesture, Segmented};
use crate::ui::words::row_name;

/// The row that the picture is about. It changes only when another one is chosen.
pub fn row(bench: Bench) -> Memo<Row> {
    Memo::new(move |_| Row::of(&bench.experiment.read()))
}

/// The number of an element, NaN where there is none.
pub fn value(bench: Bench, at: At) -> f64 {
    bench.experiment.read().inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN)
}

/// The choice of the row that is shown; nothing where there is only one.
#[component]
pub fn Rows(bench: Bench, row: Memo<Row>) -> impl IntoView {
    let names = Memo::new(move |_| {
        let experiment = bench.experiment.read();
        (0..row.get().count).map(|it| row_name(&experiment, it)).collect::<Vec<_>>()
    });
    let choose = move |word: String| {
        if let Ok(index) = word.parse() {
            let now = bench.now();
            bench.choose(Row::of(&now).moved(&now, index));
        }
    };
    move || {
        let names = names.get();
        let options: Vec<_> = names.into_iter().enumerate().map(|(k, name)| (k.to_string(), name)).collect();
        (options.len() > 1).then(|| {
            view! {
                <div class="picture-rows">
                    <Segmented
                        name="picture-row"
                        label="Shown"
                        options
                        chosen=Signal::derive(move || row.get().index.to_string())
                        on_choose=Callback::new(choose)
                    />
                </div>
            }
        })
    }
}

/// A number of the picture: short to read, in full for whoever asks. `role` is what tests call it.
#[component]
pub fn Figure(
    #[prop(into)] value: Signal<f64>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] role: &'static str,
    /// Whether a positive number shows its sign.
    #[prop(optional)]
    signed: bool,
) -> impl IntoView {
    let text = move || {
        let (value, text) = (value.get(), number::fixed(value.get(), 4));
        if signed && value > 0.0 { format!("+{text}") } else { text }
    };
    let full = move || number::show(value.get());
    view! { <b class=class data-role=(!role.is_empty()).then_some(role) data-value=full title=full>{text}</b> }
}

/// One number as a bar that one drags; pressing it also chooses the element.
#[component]
pub fn Column(
    bench: Bench,
    at: At,
    #[prop(into)] bar: Signal<Bar>,
    class: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] span: Signal<(f64, f64)>,
    /// In CSS pixels, as in the sheet.
    height: f64,
    /// What a drag snaps to.
    sticky: Callback<(), Vec<f64>>,
) -> impl IntoView {
    let value = Signal::derive(move || bar.get().shown(value(bench, at)));
    let hand = move |gesture: Gesture| {
        let axis = Axis::up(span.get_untracked(), height);
        Grip { bench, at, bar: bar.get_untracked(), axis }.act(gesture, &sticky.run(()));
    };
    view! { <BarCell class label value span on=Callback::new(hand)/> }
}

/// A share of a height, in percent.
pub fn percent(fraction: f64) -> String {
    format!("{:.3}%", if fraction.is_nan() { 0.0 } else { fraction * 100.0 })
}
