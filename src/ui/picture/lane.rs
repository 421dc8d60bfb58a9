//! The softmax lane: logits, the whole that they share, the loss that hangs on the true class, and the gradient.

use web_sys::Event;

use super::columns;
use super::parts::{row, rows, words};
use crate::experiment::number;
use crate::experiment::picture::Row;
use crate::experiment::picture::lane::{Lane as Numbers, lane as numbers_of};
use crate::experiment::{At, Experiment};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// What every band is drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    row: Memo<Row>,
    numbers: Memo<Numbers>,
    span: Memo<(f64, f64)>,
}

impl Drawing {
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
    let drawing = Drawing { bench, row, numbers, span: columns::span(bench) };
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
        .band(bands, |it, row, column| columns::logit(it.bench, it.span.into(), row, column))
        .with(el("span.between").with("softmax: they share one whole ↓"))
        .with(name("").with(("softmax ", el("i").with("p"), truth)));
    let bands = drawing
        .band(bands, share)
        .with((name("loss").with(("loss ", el("i").with("ℓ"))), hung))
        .with(name("grad").with(("gradient ", el("i").say(move || numbers.read().slope_name()))));
    let bands = drawing.band(bands, slope).with(el("span.band-name"));
    let bands = drawing
        .band(bands, |it, row, column| columns::reduced(it.bench, row, column))
        .with(name("target").say(classes));
    let bands = drawing.band(bands, class_name);
    let caption = "Drag a logit: all shares move, because they share one whole. The loss looks only at the share of \
                   what is true; the gradient is what was said minus what is true.";
    let summary = move || summary(&bench.experiment.read(), row.get(), &numbers.read());
    frame.with((rows(bench, row), el("div.scroll").with(bands), words(caption, summary)))
}

fn share(drawing: Drawing, _: Row, column: usize) -> El {
    let (p, truth) = (drawing.number(|it| &it.p, column), drawing.number(|it| &it.truth, column));
    columns::share(p, truth).class("truth", move || drawing.is_true(column))
}

fn slope(drawing: Drawing, _: Row, column: usize) -> El {
    let most = Signal::derive(move || drawing.numbers.read().weight.abs().max(1.0));
    columns::slope(drawing.number(|it| &it.gradient, column), most)
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
