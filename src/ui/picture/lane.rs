//! The softmax lane: logits, the whole that they share, the loss that hangs on the true class, and the gradient.

use web_sys::Event;

use super::parts::{Column, figure, row, rows, words};
use crate::experiment::bar::{Bar, largest};
use crate::experiment::number;
use crate::experiment::picture::Row;
use crate::experiment::picture::lane::{Lane as Numbers, lane as numbers_of};
use crate::experiment::{At, Experiment};
use crate::loss::evaluation::Evaluation;
use crate::loss::reduce;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// The height of a logit's column, in CSS pixels.
const HEIGHT: f64 = 100.0;

/// What every band is drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    row: Memo<Row>,
    numbers: Memo<Numbers>,
    span: Memo<(f64, f64)>,
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

    /// Appends one cell for each class, made anew for another row or another kind of truth alone.
    fn band(self, bands: El, show: fn(Self, Row, usize) -> El) -> El {
        bands.live_by(
            move || (self.row.get(), has_labels(self.bench)),
            move |(row, _)| (0..row.width).map(|column| show(self, *row, column)).collect::<Vec<_>>(),
        )
    }
}

/// The lane of the chosen row.
pub fn lane(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let numbers = Memo::new(move |_| numbers_of(&bench.experiment.read()));
    let span = Memo::new(move |_| {
        let most = bench.resting.read().inputs.first().map_or(1.0, largest).max(1.0) * 1.2;
        (-most, most)
    });
    let drawing = Drawing { bench, row, numbers, span };
    let place =
        move || numbers.read().label().map_or("2 / -1".to_owned(), |it| format!("calc(var(--first) + {it})"));
    let name = |class: &str| el("b.band-name").add_class(class);
    let hung = el("span.hung.loss")
        .class("many", move || numbers.read().label().is_none())
        .style("grid-column", place)
        .set("data-role", "row-loss")
        .bind("data-value", move || number::show(numbers.read().loss))
        .say(move || numbers.read().arithmetic());
    let truth = el("small.target").with(("truth ", el("i").with("y")));
    let classes = move || if has_labels(bench) { "true class" } else { "classes" };
    let bands = el("div.bands")
        .style("--columns", move || row.get().width.to_string())
        .with(name("pred").with("logits"));
    let bands = drawing
        .band(bands, logit)
        .with(el("span.between").with("softmax: they share one whole ↓"))
        .with(name("").with(("softmax ", el("i").with("p"), truth)));
    let bands = drawing
        .band(bands, share)
        .with((name("loss").with(("loss ", el("i").with("ℓ"))), hung))
        .with(name("grad").with(("gradient ", el("i").say(move || numbers.read().slope_name()))));
    let bands = drawing.band(bands, slope).with(el("span.band-name"));
    let bands = drawing.band(bands, reduced).with(name("target").say(classes));
    let bands = drawing.band(bands, class_name);
    let caption = "Drag a logit: all shares move, because they share one whole. The loss looks only at the share of \
                   what is true; the gradient is what was said minus what is true.";
    let summary = move || summary(&bench.experiment.read(), row.get(), &numbers.read());
    frame.with((rows(bench, row), el("div.scroll").with(bands), words(caption, summary)))
}

fn logit(drawing: Drawing, row: Row, column: usize) -> El {
    let Drawing { bench, span, .. } = drawing;
    let at = row.at(0, column);
    let number = move || bench.number(at);
    let bar = Column {
        bench,
        at,
        bar: Signal::stored(Bar::Plain),
        class: "pred",
        label: Signal::derive(move || format!("logit of {}", column_name(&bench.resting.read(), column))),
        span: span.into(),
        height: HEIGHT,
        sticky: |now, at| {
            // Zero, and level with any of the others.
            let row = Row::of(now);
            let others = (0..row.width).map(|it| row.at(0, it)).filter(|it| *it != at);
            let value = |it: At| now.inputs.get(it.input).and_then(|tensor| tensor.get(it.place));
            others.filter_map(value).chain([0.0]).collect()
        },
    };
    let text = el("b.pred").class("above", move || number() < 0.0).say(move || number::fixed(number(), 2));
    el("span.column.logit").class("chosen", move || drawing.is_chosen(column)).with((bar.view(), text))
}

fn share(drawing: Drawing, _: Row, column: usize) -> El {
    let p = drawing.number(|it| &it.p, column);
    let truth = drawing.number(|it| &it.truth, column);
    let well = el("span.well").with((
        el("i.goal").class("none", move || truth.get() <= 0.0).style("height", move || percent(truth.get())),
        el("i.fill").style("height", move || percent(p.get())),
        el("span.at").style("bottom", move || percent(p.get())).with(figure(p, "", "")),
    ));
    el("span.column.share").class("truth", move || drawing.is_true(column)).with(well)
}

fn slope(drawing: Drawing, _: Row, column: usize) -> El {
    let slope = drawing.number(|it| &it.gradient, column);
    let most = move || drawing.numbers.read().weight.abs().max(1.0);
    let size = move || (slope.get().abs() / most()).min(1.0) * 0.5;
    let top = move || if slope.get() > 0.0 { 0.5 - size() } else { 0.5 };
    let number = el("span.at").class("above", move || slope.get() < 0.0).with(figure(slope, "grad", ""));
    el("span.column.difference").with((
        el("i.base"),
        el("i.fill").style("top", move || percent(top())).style("height", move || percent(size())),
        number,
    ))
}

/// Under the chosen class: what the reduction makes of its gradient.
fn reduced(drawing: Drawing, row: Row, column: usize) -> El {
    let at = row.at(0, column);
    let gradient = Signal::derive(move || gradient(&drawing.bench.evaluation.read(), at));
    let divisor = move || drawing.divisor().filter(|_| drawing.is_chosen(column));
    el("span.reduced").live_by(divisor, move |divisor| {
        let by = (*divisor)?;
        Some((format!("÷ {} = ", number::brief(by)), figure(gradient, "grad", "reduced")))
    })
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
fn class_name(drawing: Drawing, row: Row, column: usize) -> El {
    let Drawing { bench, .. } = drawing;
    let named = move || column_name(&bench.resting.read(), column);
    let at = At { input: 1, place: row.index };
    if !has_labels(bench) {
        return el("span.class-name").class("target", move || drawing.is_true(column)).say(named);
    }
    let input = el("input")
        .set("type", "radio")
        .set("name", "picture-class")
        .checked(move || bench.number(at) == column as f64)
        .on("change", move |_: Event| drop(bench.set_number(at, column as f64)));
    el("label.class-choice").with((input, el("span").with(el("i.mark")).say(named)))
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
