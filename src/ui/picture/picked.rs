//! NLLLoss: one log-probability of each row is looked up and its sign flipped; the others stay dark.

use web_sys::Event;

use super::parts::{Column, figure, free, row, words};
use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment, number};
use crate::loss::evaluation::Evaluation;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el, ticked};
use crate::ui::reactive::*;
use crate::ui::words::{column_name, row_name};

/// The height of a cell's bar, in CSS pixels.
const HEIGHT: f64 = 64.0;

/// The matrix with the picked cells lit, and what each row costs.
pub fn picked(bench: Bench, frame: El) -> El {
    let row = row(bench);
    // Rows and columns alone: which of them is chosen, the cells know.
    let size = move || Row { index: 0, ..row.get() };
    let renormalise = RwSignal::new(false);
    let bar = Signal::derive(move || if renormalise.get() { Bar::LogProbability } else { Bar::LogAlone });
    let name =
        move |column| el("th").set("scope", "col").say(move || column_name(&bench.resting.read(), column));
    let price = || {
        let formula = el("span").with((" = −log ", el("i").with("p")));
        el("th.loss").set("scope", "col").with((el("i").with("ℓ"), formula))
    };
    let head = move |size: &Row| {
        let names: Vec<El> = (0..size.width).map(name).collect();
        el("tr").with((el("td"), names, price()))
    };
    let body = move |size: &Row| {
        let size = *size;
        (0..size.count).map(|index| line(bench, Row { index, ..size }, bar)).collect::<Vec<_>>()
    };
    let table = el("table.picked").with((el("thead").live_by(size, head), el("tbody").live_by(size, body)));
    let input = el("input")
        .set("type", "checkbox")
        .checked(move || renormalise.get())
        .on("change", move |event: Event| renormalise.set(ticked(&event)));
    let switch = el("label.switch").with((input, "renormalise: keep each row a distribution while dragging"));
    let caption = "Drag a lit bar: only its row's loss answers. Drag a dim one: nothing happens. The loss reads the \
                   number that it is given; it takes no logarithm itself.";
    let summary = move || summary(&bench.experiment.read(), &bench.evaluation.read());
    frame.with((el("div.scroll").with(table), switch, words(caption, summary)))
}

fn line(bench: Bench, row: Row, bar: Signal<Bar>) -> El {
    let loss = Signal::derive(move || {
        bench.evaluation.read().units.values.get(row.index).copied().unwrap_or(f64::NAN)
    });
    let ignored = move || {
        bench.evaluation.read().units.kept.as_ref().is_some_and(|it| it.get(row.index) == Some(&false))
    };
    let end =
        el("td.end").with(figure(loss, "loss", "row-loss")).say(move || ignored().then_some(" ignored"));
    el("tr").class("ignored", ignored).with((
        el("th").set("scope", "row").say(move || row_name(&bench.resting.read(), row.index)),
        (0..row.width).map(|column| cell(bench, row, column, bar)).collect::<Vec<_>>(),
        end,
    ))
}

fn cell(bench: Bench, row: Row, column: usize, bar: Signal<Bar>) -> El {
    let at = row.at(0, column);
    let log = move || bench.number(at);
    let lit = move || bench.number(At { input: 1, place: row.index }) == column as f64;
    let label = move || {
        let experiment = bench.experiment.read();
        let (class, row) = (column_name(&experiment, column), row_name(&experiment, row.index));
        format!("probability of {class} for {row}")
    };
    let bar = Column {
        bench,
        at,
        bar,
        class: "pred",
        label: Signal::derive(label),
        span: Signal::stored((0.0, 1.0)),
        height: HEIGHT,
        sticky: free,
    };
    let full = move || number::show(log());
    el("td").class("lit", lit).class("chosen", move || bench.resting.read().at == at).with((
        el("b.p").say(move || number::fixed(log().exp(), 4)),
        el("span.column").with(bar.view()),
        el("small").bind("data-value", full).bind("title", full).say(move || number::fixed(log(), 4)),
    ))
}

/// What the picture shows, in words.
fn summary(experiment: &Experiment, evaluation: &Evaluation) -> String {
    let line = |(index, loss): (usize, &f64)| {
        let class = experiment.inputs.get(1).and_then(|it| it.get(index)).unwrap_or(f64::NAN);
        let class = if class >= 0.0 { column_name(experiment, class as usize) } else { number::show(class) };
        format!("{} is {class} and costs {}.", row_name(experiment, index), number::fixed(*loss, 4))
    };
    evaluation.units.values.iter().enumerate().map(line).collect::<Vec<_>>().join(" ")
}
