//! The softmax lane: logits, the whole that they share, the loss that hangs on the true class, and the gradient.

use leptos::prelude::*;

use super::parts::{Column, Figure, Rows, percent, row, value};
use crate::experiment::bar::{Bar, largest};
use crate::experiment::number;
use crate::experiment::picture::Row;
use crate::experiment::picture::lane::{Lane as Numbers, lane};
use crate::experiment::{At, Experiment};
use crate::loss::evaluation::Evaluation;
use crate::loss::reduce;
use crate::ui::bench::Bench;
use crate::ui::words::{column_name, row_name};

/// The height of a logit's column, in CSS pixels.
const HEIGHT: f64 = 100.0;

/// What every band is drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    row: Memo<Row>,
    numbers: Memo<Numbers>,
}

impl Drawing {
    fn is_chosen(self, column: usize) -> bool {
        let Experiment { at, .. } = *self.bench.experiment.read();
        at == self.row.get().at(0, column)
    }

    fn is_true(self, column: usize) -> bool {
        self.numbers.read().label() == Some(column)
    }

    /// A number of one class, by what it is taken from.
    fn number(self, of: fn(&Numbers) -> &[f64], column: usize) -> Signal<f64> {
        Signal::derive(move || of(&self.numbers.read()).get(column).copied().unwrap_or(f64::NAN))
    }

    /// One cell for each class.
    fn each(
        self,
        show: impl Fn(Row, usize) -> AnyView + Send + Sync + 'static,
    ) -> impl Fn() -> Vec<AnyView> + Send {
        move || {
            let row = self.row.get();
            (0..row.width).map(|column| show(row, column)).collect()
        }
    }
}

/// The lane of the chosen row.
#[component]
pub fn Lane(bench: Bench) -> impl IntoView {
    let row = row(bench);
    let numbers = Memo::new(move |_| lane(&bench.experiment.read()));
    let drawing = Drawing { bench, row, numbers };
    let span = Memo::new(move |_| {
        let most = bench.resting.read().inputs.first().map_or(1.0, largest).max(1.0) * 1.2;
        (-most, most)
    });
    let hung = move || numbers.read().arithmetic();
    let loss = move || number::show(numbers.read().loss);
    let place =
        move || numbers.read().label().map_or("2 / -1".to_owned(), |it| format!("calc(var(--first) + {it})"));
    view! {
        <Rows bench row/>
        <div class="scroll">
            <div class="bands" style:--columns=move || row.get().width.to_string()>
                <b class="band-name pred">"logits"</b>
                {drawing.each(move |row, column| logit(drawing, span, row, column))}
                <span class="between">"softmax: they share one whole ↓"</span>
                <b class="band-name">"softmax "<i>"p"</i><small class="target">"truth "<i>"y"</i></small></b>
                {drawing.each(move |_, column| share(drawing, column))}
                <b class="band-name loss">"loss "<i>"ℓ"</i></b>
                <span class="hung loss" style:grid-column=place data-role="row-loss" data-value=loss>{hung}</span>
                <b class="band-name grad">"gradient "<i>{move || numbers.read().slope_name()}</i></b>
                {drawing.each(move |_, column| slope(drawing, column))}
                <span class="band-name"></span>
                {drawing.each(move |row, column| reduced(drawing, row, column))}
                <b class="band-name target">{move || if has_labels(bench) { "true class" } else { "classes" }}</b>
                {drawing.each(move |row, column| name(drawing, row, column))}
            </div>
        </div>
        <p class="hidden" data-role="picture-summary">{move || summary(&bench.experiment.read(), row.get(), &numbers.read())}</p>
        <figcaption>
            "Drag a logit: all shares move, because they share one whole. The loss looks only at the share of what is "
            "true; the gradient is what was said minus what is true."
        </figcaption>
    }
}

fn logit(drawing: Drawing, span: Memo<(f64, f64)>, row: Row, column: usize) -> AnyView {
    let Drawing { bench, .. } = drawing;
    let at = row.at(0, column);
    let number = Signal::derive(move || value(bench, at));
    // Zero, and level with any of the others.
    let sticky = move |()| {
        let mut sticky = row.values(&bench.now(), 0);
        sticky.remove(column.min(sticky.len().saturating_sub(1)));
        sticky.push(0.0);
        sticky
    };
    view! {
        <span class="column logit" class:chosen=move || drawing.is_chosen(column)>
            <Column bench at bar=Signal::derive(|| Bar::Plain) class="pred"
                label=Signal::derive(move || format!("logit of {}", column_name(&bench.experiment.read(), column)))
                span height=HEIGHT sticky=Callback::new(sticky)/>
            <b class="pred" class:above=move || number.get() < 0.0>{move || number::fixed(number.get(), 2)}</b>
        </span>
    }
    .into_any()
}

fn share(drawing: Drawing, column: usize) -> AnyView {
    let p = drawing.number(|it| &it.p, column);
    let truth = drawing.number(|it| &it.truth, column);
    view! {
        <span class="column share" class:truth=move || drawing.is_true(column)>
            <span class="well">
                <i class="goal" class:none=move || truth.get() <= 0.0 style:height=move || percent(truth.get())></i>
                <i class="fill" style:height=move || percent(p.get())></i>
                <span class="at" style:bottom=move || percent(p.get())><Figure value=p/></span>
            </span>
        </span>
    }
    .into_any()
}

fn slope(drawing: Drawing, column: usize) -> AnyView {
    let slope = drawing.number(|it| &it.gradient, column);
    let most = move || drawing.numbers.read().weight.abs().max(1.0);
    let size = move || (slope.get().abs() / most()).min(1.0) * 0.5;
    let top = move || if slope.get() > 0.0 { 0.5 - size() } else { 0.5 };
    view! {
        <span class="column difference">
            <i class="base"></i>
            <i class="fill" style:top=move || percent(top()) style:height=move || percent(size())></i>
            <span class="at" class:above=move || slope.get() < 0.0><Figure value=slope class="grad"/></span>
        </span>
    }
    .into_any()
}

/// Under the chosen class: what the reduction makes of its gradient.
fn reduced(drawing: Drawing, row: Row, column: usize) -> AnyView {
    let at = row.at(0, column);
    let gradient = Signal::derive(move || gradient(&drawing.bench.evaluation.read(), at));
    view! {
        <span class="reduced">
            {move || drawing.divisor().filter(|_| drawing.is_chosen(column)).map(|it| view! {
                "÷ "{number::brief(it)}" = "<Figure value=gradient class="grad" role="reduced"/>
            })}
        </span>
    }
    .into_any()
}

fn gradient(evaluation: &Evaluation, at: At) -> f64 {
    evaluation.grads.get(at.input).and_then(|it| it.as_ref()?.get(at.place)).unwrap_or(f64::NAN)
}

impl Drawing {
    /// What the row's gradient is divided by, where it is.
    fn divisor(self) -> Option<f64> {
        let share = reduce::share(&self.bench.evaluation.read().units, self.row.get().index);
        (share != 1.0).then_some(1.0 / share)
    }
}

/// Whether the truth is one class for each row, and not a share for each class.
fn has_labels(bench: Bench) -> bool {
    bench.experiment.read().inputs.get(1).is_some_and(|it| !it.dtype().is_float())
}

/// The name of a class, and where the truth is a class, the choice of it.
fn name(drawing: Drawing, row: Row, column: usize) -> AnyView {
    let Drawing { bench, .. } = drawing;
    let named = move || column_name(&bench.experiment.read(), column);
    let at = At { input: 1, place: row.index };
    let checked = move || value(bench, at) == column as f64;
    let labels = Memo::new(move |_| has_labels(bench));
    let view = move || match labels.get() {
        true => view! {
            <label class="class-choice">
                <input type="radio" name="picture-class" prop:checked=checked
                    on:change=move |_| drop(bench.set_number(at, column as f64))/>
                <span><i class="mark"></i>{named}</span>
            </label>
        }
        .into_any(),
        false => {
            view! { <span class="class-name" class:target=move || drawing.is_true(column)>{named}</span> }
                .into_any()
        }
    };
    view.into_any()
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, row: Row, numbers: &Numbers) -> String {
    let share =
        |(column, p): (usize, &f64)| format!("{} {}", column_name(experiment, column), number::fixed(*p, 4));
    let shares: Vec<String> = numbers.p.iter().enumerate().map(share).collect();
    let truth =
        numbers.label().map_or_else(String::new, |it| format!(" True is {}.", column_name(experiment, it)));
    format!(
        "{}: softmax gives {}.{truth} Its loss is {}.",
        row_name(experiment, row.index),
        shares.join(", "),
        number::fixed(numbers.loss, 4)
    )
}
