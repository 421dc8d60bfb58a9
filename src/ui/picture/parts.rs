//! Pieces that several pictures share: the choice of the row, a number, and a column of bars.

use crate::experiment::bar::Bar;
use crate::experiment::picture::Row;
use crate::experiment::{At, Experiment, number};
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{BarCell, Gesture, Segmented};
use crate::ui::words::row_name;

/// The row that the picture is about. It changes only when another one is chosen.
pub fn row(bench: Bench) -> Memo<Row> {
    Memo::new(move |_| Row::of(&bench.resting.read()))
}

/// The choice of the row that is shown; nothing where there is only one.
pub fn rows(bench: Bench, row: Memo<Row>) -> El {
    let names = move || {
        let experiment = bench.experiment.read();
        (0..row.get().count).map(|it| row_name(&experiment, it)).collect::<Vec<_>>()
    };
    let choose = move |word: String| {
        if let Ok(index) = word.parse() {
            let now = bench.now();
            bench.choose(Row::of(&now).moved(&now, index));
        }
    };
    let chosen = Signal::derive(move || row.get().index.to_string());
    let on_choose = Callback::new(choose);
    el("div.picture-rows").bind("hidden", move || row.get().count < 2).live_by(names, move |names| {
        let options = names.iter().enumerate().map(|(k, name)| (k.to_string(), name.clone())).collect();
        Segmented { name: "picture-row", label: "Shown", options, chosen, on_choose }.view()
    })
}

/// A number of the picture: short to read, in full for whoever asks. `role` is what tests call it.
pub fn figure(value: Signal<f64>, class: &str, role: &str) -> El {
    shown(value, class, role, |it| number::fixed(it, 4))
}

/// The same for a term of a sum: a positive one shows its sign.
pub fn term(value: Signal<f64>, class: &str, role: &str) -> El {
    shown(value, class, role, |it| format!("{}{}", if it > 0.0 { "+" } else { "" }, number::fixed(it, 4)))
}

/// A number that stays.
pub fn fixed(value: f64, class: &str, role: &str) -> El {
    figure(Signal::stored(value), class, role)
}

fn shown(value: Signal<f64>, class: &str, role: &str, text: fn(f64) -> String) -> El {
    let full = move || number::show(value.get());
    let number = el("b").add_class(class).bind("data-value", full).bind("title", full);
    let number = if role.is_empty() { number } else { number.set("data-role", role) };
    number.say(move || text(value.get()))
}

/// One number as a bar that one drags; pressing it also chooses the element.
pub struct Column {
    pub bench: Bench,
    pub at: At,
    pub bar: Signal<Bar>,
    pub class: &'static str,
    pub label: Signal<String>,
    pub span: Signal<(f64, f64)>,
    /// In CSS pixels, as in the sheet.
    pub height: f64,
    /// What a drag snaps to.
    pub sticky: fn(&Experiment, At) -> Vec<f64>,
}

impl Column {
    /// The bar in its column.
    pub fn view(self) -> El {
        let Self { bench, at, bar, class, label, span, height, sticky } = self;
        let hand = move |gesture: Gesture| {
            let axis = Axis::up(span.get_untracked(), height);
            Grip { bench, at, bar: bar.get_untracked(), axis }.act(gesture, &sticky(&bench.now(), at));
        };
        let value = Signal::derive(move || bar.get().shown(bench.number(at)));
        BarCell { class, label, value, span, on: Callback::new(hand) }.view()
    }
}

/// Nothing holds a drag.
pub fn free(_: &Experiment, _: At) -> Vec<f64> {
    Vec::new()
}

/// The words under a picture: what to do, then what to see; and for whoever does not see it what it shows.
pub fn words(caption: &str, summary: impl Fn() -> String + 'static) -> (El, El) {
    let said = el("p.hidden").set("data-role", "picture-summary").say(summary);
    (said, el("figcaption").with(caption))
}
