//! The softmax lane: logits, the whole that they share, and what was said minus what was true.

use leptos::prelude::*;

use super::{row, row_of};
use crate::experiment::bar::{Bar, largest};
use crate::experiment::{At, number};
use crate::loss::numeric::softmax;
use crate::ui::bench::Bench;
use crate::ui::hand::{Axis, Grip};
use crate::ui::widgets::{BarCell, Gesture};
use crate::ui::words::{column_name, row_name};

/// The height of a band, in CSS pixels.
const HEIGHT: f64 = 112.0;

/// One column of the lane.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Column {
    p: f64,
    /// PyTorch's gradient of this row's own loss.
    gradient: f64,
    /// Whether this is the true class.
    is_true: bool,
}

/// The lane of the chosen row.
#[component]
pub fn Lane(bench: Bench) -> impl IntoView {
    let place = Memo::new(move |_| row_of(&bench.experiment.read()));
    let columns = Memo::new(move |_| columns(bench));
    let loss = Memo::new(move |_| bench.evaluation.read().units.values.get(place.get().0).copied().unwrap_or(f64::NAN));
    let span = Memo::new(move |_| {
        let most = bench.resting.read().inputs.first().map_or(1.0, largest).max(1.0) * 1.15;
        (-most, most)
    });
    let each = move |show: fn(Bench, Memo<Vec<Column>>, Memo<(f64, f64)>, usize, usize) -> AnyView| {
        move || {
            let (row, width) = place.get();
            (0..width).map(|column| show(bench, columns, span, row * width + column, column)).collect_view()
        }
    };
    view! {
        <div class="lane-picture" style:--columns=move || place.get().1.to_string()>
            <Rows bench/>
            <p class="band-name">"logits"</p>
            <div class="band">{each(logit)}</div>
            <p class="between">"softmax: they share one whole ↓"</p>
            <p class="band-name">"softmax "<i>"p"</i></p>
            <div class="band short">{each(share)}</div>
            <p class="between hung loss">
                {move || hung(&columns.read(), loss.get())}
            </p>
            <p class="band-name grad">"gradient "<i>"p − y"</i></p>
            <div class="band short">{each(slope)}</div>
            <p class="band-name"></p>
            <div class="band names">{move || {
                let experiment = bench.experiment.read();
                (0..place.get().1).map(|it| view! { <span class:target=move || columns.read().get(it).is_some_and(|it| it.is_true)>{column_name(&experiment, it)}</span> }).collect_view()
            }}</div>
        </div>
        <figcaption>"Drag a logit: the shares move together, and the gradient is what was said minus what was true, before the batch divides it."</figcaption>
    }
}

/// The choice of the row that is shown.
#[component]
pub fn Rows(bench: Bench) -> impl IntoView {
    let place = Memo::new(move |_| row_of(&bench.experiment.read()));
    let count = Memo::new(move |_| bench.experiment.read().inputs.first().map_or(0, |it| it.len()) / place.get().1);
    let choose = move |row: usize| {
        let (now, width) = place.get_untracked();
        let at = bench.now().at;
        let column = if at.input == 0 { at.place.saturating_sub(now * width) } else { 0 };
        bench.choose(At { input: 0, place: row * width + column });
    };
    move || {
        let rows = (0..count.get()).map(|row| {
            view! {
                <button type="button" aria-pressed=move || (place.get().0 == row).to_string() on:click=move |_| choose(row)>
                    {move || row_name(&bench.experiment.read(), row)}
                </button>
            }
        });
        (count.get() > 1).then(|| view! { <p class="row-choice">{rows.collect_view()}</p> })
    }
}

fn columns(bench: Bench) -> Vec<Column> {
    let experiment = bench.experiment.read();
    let (place, width) = row_of(&experiment);
    let p = softmax(&row(&experiment, 0, place, width));
    let alone = experiment.unit(place);
    let answer = alone.and_then(|it| it.evaluate().ok());
    let gradient = answer.and_then(|it| it.grads.into_iter().next().flatten());
    let truth = experiment.inputs.get(1).filter(|it| !it.dtype().is_float()).and_then(|it| it.get(place));
    p.iter()
        .enumerate()
        .map(|(column, p)| Column {
            p: *p,
            gradient: gradient.as_ref().and_then(|it| it.get(column)).unwrap_or(f64::NAN),
            is_true: truth == Some(column as f64),
        })
        .collect()
}

/// "−ln 0.1142 = 2.1698": the loss hangs on the bar of the true class, where that is all there is to it.
fn hung(columns: &[Column], loss: f64) -> String {
    match columns.iter().find(|it| it.is_true) {
        Some(column) if (loss + column.p.ln()).abs() <= 1e-9 * loss.abs().max(1.0) => {
            format!("−ln {} = {}", number::fixed(column.p, 4), number::fixed(loss, 4))
        }
        _ => format!("loss of this row {}", number::fixed(loss, 4)),
    }
}

fn logit(bench: Bench, _: Memo<Vec<Column>>, span: Memo<(f64, f64)>, place: usize, column: usize) -> AnyView {
    let at = At { input: 0, place };
    let value = Signal::derive(move || bench.experiment.read().inputs.first().and_then(|it| it.get(place)).unwrap_or(f64::NAN));
    let hand = move |gesture: Gesture| {
        Grip { bench, at, bar: Bar::Plain, axis: Axis::up(span.get_untracked(), HEIGHT) }.act(gesture, &[0.0]);
    };
    view! {
        <span class="column" class:chosen=move || bench.experiment.read().at == at>
            <BarCell
                class="pred"
                label=Signal::derive(move || format!("logit of {}", column_name(&bench.experiment.read(), column)))
                value
                span
                on=Callback::new(hand)
            />
            <b class="pred">{move || number::fixed(value.get(), 2)}</b>
        </span>
    }
    .into_any()
}

fn share(_: Bench, columns: Memo<Vec<Column>>, _: Memo<(f64, f64)>, _: usize, column: usize) -> AnyView {
    let here = Memo::new(move |_| columns.read().get(column).copied());
    let p = move || here.get().map_or(f64::NAN, |it| it.p);
    view! {
        <span class="column" class:target=move || here.get().is_some_and(|it| it.is_true)>
            <i class="fill" style:top="auto" style:bottom="0" style:height=move || format!("{:.2}%", p() * 100.0)></i>
            <b style:bottom=move || format!("{:.2}%", p() * 100.0) data-value=move || number::show(p())>{move || number::fixed(p(), 4)}</b>
        </span>
    }
    .into_any()
}

fn slope(_: Bench, columns: Memo<Vec<Column>>, _: Memo<(f64, f64)>, _: usize, column: usize) -> AnyView {
    let slope = Memo::new(move |_| columns.read().get(column).map_or(f64::NAN, |it| it.gradient));
    let size = move || (slope.get().abs() * 50.0).min(50.0);
    let top = move || if slope.get() > 0.0 { 50.0 - size() } else { 50.0 };
    view! {
        <span class="column grad">
            <i class="base" style:top="50%"></i>
            <i class="fill" style:top=move || format!("{:.2}%", top()) style:height=move || format!("{:.2}%", size())></i>
            <b class:below=move || slope.get().is_sign_negative() data-value=move || number::show(slope.get())>{move || number::fixed(slope.get(), 4)}</b>
        </span>
    }
    .into_any()
}
