//! The sigmoid lane: logits, a probability of its own for each, what each costs, and the gradient.

use web_sys::Event;

use super::columns;
use super::parts::{figure, row, rows, words};
use crate::experiment::Experiment;
use crate::experiment::number;
use crate::experiment::picture::Row;
use crate::experiment::picture::sigmoids::{Sigmoids, sigmoids as numbers_of};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// What every band is drawn from.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    row: Memo<Row>,
    numbers: Memo<Sigmoids>,
    span: Memo<(f64, f64)>,
}

impl Drawing {
    /// A number of one class, by what it is taken from.
    fn number(self, of: fn(&Sigmoids) -> &[f64], column: usize) -> Signal<f64> {
        Signal::derive(move || of(&self.numbers.read()).get(column).copied().unwrap_or(f64::NAN))
    }

    fn is_true(self, column: usize) -> bool {
        self.bench.experiment.read().is_true(self.row.get(), column)
    }

    /// Appends one cell for each class, made anew for another row alone.
    fn band(self, bands: El, show: fn(Self, Row, usize) -> El) -> El {
        bands.live_by(
            move || self.row.get(),
            move |row| (0..row.width).map(|column| show(self, *row, column)).collect::<Vec<_>>(),
        )
    }
}

/// The lane of the chosen row.
pub fn sigmoids(bench: Bench, frame: El) -> El {
    let row = row(bench);
    let numbers = Memo::new(move |_| numbers_of(&bench.experiment.read()));
    let drawing = Drawing { bench, row, numbers, span: columns::span(bench) };
    let name = |class: &str| el("b.band-name").add_class(class);
    let truth = el("small.target").with(("truth ", el("i").with("y")));
    let bands = el("div.bands.sigmoids")
        .style("--columns", move || row.get().width.to_string())
        .with(name("pred").with("logits"));
    let bands = drawing
        .band(bands, |it, row, column| columns::logit(it.bench, it.span.into(), row, column))
        .with(el("span.between").with("sigmoid: each stands by itself ↓"))
        .with(name("").with(("sigmoid ", el("i").with("p"), truth)));
    let bands = drawing.band(bands, share).with(name("loss").with("costs"));
    let bands = drawing.band(bands, cost).with(
        name("grad").with(("gradient ", el("i").say(move || format!("(p − y) ÷ {}", row.get().width)))),
    );
    let bands = drawing.band(bands, slope).with(el("span.band-name"));
    let bands = drawing
        .band(bands, |it, row, column| columns::reduced(it.bench, row, column))
        .with(name("target").with("true tags"));
    let bands = drawing.band(bands, tag);
    let total = el("p.sum").with(("the mean of the costs: ", {
        el("b.loss")
            .set("data-role", "row-loss")
            .bind("data-value", move || number::show(numbers.read().loss))
            .say(move || numbers.read().arithmetic())
    }));
    let caption = "Drag a logit: its own sigmoid, cost and gradient move, and no other column. Tick a tag: what was to be \
                   learned turns round.";
    let summary = move || summary(&bench.experiment.read(), row.get(), &numbers.read());
    frame.with((rows(bench, row), el("div.scroll").with(bands), total, words(caption, summary)))
}

fn share(drawing: Drawing, _: Row, column: usize) -> El {
    let (p, truth) = (drawing.number(|it| &it.p, column), drawing.number(|it| &it.truth, column));
    columns::share(p, truth).class("truth", move || drawing.is_true(column))
}

fn cost(drawing: Drawing, _: Row, column: usize) -> El {
    el("span.cost").with(figure(drawing.number(|it| &it.costs, column), "loss", "cost"))
}

fn slope(drawing: Drawing, row: Row, column: usize) -> El {
    let most = Signal::stored(1.0 / row.width.max(1) as f64);
    columns::slope(drawing.number(|it| &it.gradient, column), most)
}

/// The name of a tag, ticked where it is true.
fn tag(drawing: Drawing, row: Row, column: usize) -> El {
    let bench = drawing.bench;
    let input = el("input")
        .set("type", "checkbox")
        .checked(move || bench.experiment.read().is_true(row, column))
        .on("change", move |_: Event| drop(bench.offer(bench.now().toggled(row, column))));
    let name = el("span").with(el("i.mark")).say(move || column_name(&bench.resting.read(), column));
    el("label.class-choice").with((input, name))
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, row: Row, numbers: &Sigmoids) -> String {
    let tag = |(column, p): (usize, &f64)| {
        let truth = if experiment.is_true(row, column) { "true" } else { "not true" };
        format!("{} {} and {truth}", column_name(experiment, column), number::fixed(*p, 4))
    };
    let tags: Vec<String> = numbers.p.iter().enumerate().map(tag).collect();
    format!(
        "{}: the sigmoids give {}. Its loss is {}.",
        row_name(experiment, row.index),
        tags.join(", "),
        number::fixed(numbers.loss, 4)
    )
}
