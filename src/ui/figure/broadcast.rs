//! (N,) against (N, 1): the square of all comparisons that PyTorch averages.

use std::time::Duration;

use super::parts::{Turn, figure, open, summary};
use crate::experiment::number;
use crate::figure::broadcast::{PREDICTIONS, TARGETS, state, step};
use crate::figure::call;
use crate::ui::dom::{El, button, el};
use crate::ui::motion;
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

const PACE: Duration = Duration::from_millis(120);

/// A run that has arrived by then.
const STEPS: usize = 30;

pub fn broadcast(frame: El) -> El {
    let column = RwSignal::new(true);
    let turns = PREDICTIONS.each_ref().map(Turn::own);
    let now = Memo::new(move |_| turns.iter().map(|it| it.value.get()).collect::<Vec<_>>());
    let shown = Memo::new(move |_| state(&now.read(), column.get()));
    let loss = Memo::new(move |_| call::loss(&shown.read()));
    let warning = move || shown.read().evaluate().ok().and_then(|it| it.warnings.first().cloned());
    let options =
        vec![("column".to_owned(), "target (3, 1)".to_owned()), ("row".to_owned(), "target (3,)".to_owned())];
    let choice = Segmented {
        name: "broadcast-shape",
        label: "Shape of the target",
        options,
        chosen: Signal::derive(move || if column.get() { "column" } else { "row" }.to_owned()),
        on_choose: Callback::new(move |it: String| column.set(it == "column")),
    };
    let put = move |to: &[f64]| turns.iter().zip(to).for_each(|(turn, to)| turn.set.run(*to));
    let advance = move || put(&step(&now.get_untracked(), column.get_untracked()));
    let start = move || put(&TARGETS);
    let away = move || *now.read() != TARGETS;
    let buttons = el("span.figure-buttons").with((
        button("", move || train(advance, STEPS)).with("▶ Train"),
        button("quiet", start).bind("hidden", move || !away()).with("Start again"),
    ));
    let cell = move |row: usize, across: usize| {
        let cost = move || {
            let apart = now.read().get(across).copied().unwrap_or(f64::NAN) - TARGETS[row];
            apart * apart
        };
        let used = move || column.get() || row == across;
        el("td")
            .class("used", used)
            .class("costs", move || used() && cost() > 0.005)
            .say(move || if used() { number::fixed(cost(), 2) } else { String::new() })
    };
    let line = |row: usize| {
        let head = el("th.target").set("scope", "row").with(number::brief(TARGETS[row]));
        el("tr").with((head, (0..3).map(|it| cell(row, it)).collect::<Vec<_>>()))
    };
    let head = |place: usize| {
        el("th.pred")
            .set("scope", "col")
            .say(move || number::brief((turns[place].value.get() * 100.0).round() / 100.0))
    };
    let table = el("table.square-grid").with((
        el("caption").with("squared differences: predictions across, targets down"),
        el("tr").with((el("td"), (0..3).map(head).collect::<Vec<_>>())),
        (0..3).map(line).collect::<Vec<_>>(),
    ));
    frame.add_class("broadcast").with((
        el("div.figure-head").with((choice.view(), buttons)),
        table,
        el("div.dials").with(turns.iter().map(|it| it.view()).collect::<Vec<_>>()),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "broadcast-loss", move || loss.get()),
            open(move || shown.get()),
        )),
        el("p.warned")
            .set("role", "status")
            .live(move || warning().map(|it| (el("b").with("PyTorch warns: "), it))),
        summary(move || format!("Loss {}.", number::fixed(loss.get(), 4))),
    ))
}

/// Steps until it has arrived; at once where nothing is to move.
fn train(step: impl Fn() + Copy + 'static, left: usize) {
    step();
    if left > 0 {
        if motion::is_reduced() {
            train(step, left - 1);
        } else {
            set_timeout(move || train(step, left - 1), PACE);
        }
    }
}
