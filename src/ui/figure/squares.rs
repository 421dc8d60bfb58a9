//! Sticks and squares: every error as a stick, and as the square that is built on it.

use super::parts::{Turn, figure, open, summary, width};
use crate::experiment::number;
use crate::figure::call;
use crate::figure::squares::{GUESSES, NAMES, PRICES, each, state};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob};

/// The error that the whole width stands for.
const WIDEST: f64 = 12.0;

/// What the lanes span, in $100k.
const SPAN: f64 = 14.0;

pub fn squares(frame: El) -> El {
    let turns = GUESSES.each_ref().map(Turn::own);
    let guesses = Memo::new(move |_| turns.iter().map(|it| it.value.get()).collect::<Vec<_>>());
    let errors = Memo::new(move |_| each("L1Loss", &guesses.read()));
    let squared = Memo::new(move |_| each("MSELoss", &guesses.read()));
    let error = move |place: usize| errors.read().get(place).copied().unwrap_or(f64::NAN);
    let whole = move |of: Memo<Vec<f64>>| of.read().iter().sum::<f64>();
    let stick = |place: usize| {
        el("i.stick").style("width", move || percent(error(place) / WIDEST)).set("title", NAMES[place])
    };
    let square = |place: usize| {
        let side = move || percent(error(place) / WIDEST);
        let share = move || squared.read().get(place).copied().unwrap_or(0.0) / whole(squared);
        el("span.square").style("width", side).with(el("b").say(move || match share() {
            it if it > 0.08 => format!("{} {}", NAMES[place], number::fixed(it * 100.0, 0) + " %"),
            _ => String::new(),
        }))
    };
    let all = 0..NAMES.len();
    let result = |lead: &'static str, role: &'static str, loss: &'static str| {
        let total = move || call::loss(&state(loss, &guesses.read()));
        let sum = move || whole(if loss == "L1Loss" { errors } else { squared });
        el("p.figure-result").with((
            lead,
            figure("", &format!("{role}-sum"), sum),
            "÷ 4 = ",
            figure("big loss", role, total),
            open(move || state(loss, &guesses.read())),
        ))
    };
    frame.add_class("squares").with((
        el("div.errors").with(all.clone().map(|it| lane(turns[it], it)).collect::<Vec<_>>()),
        el("div.sticks").set("aria-hidden", "true").with(all.clone().map(stick).collect::<Vec<_>>()),
        result("L1: sticks laid end to end, ", "sticks", "L1Loss"),
        el("div.built").set("aria-hidden", "true").with(all.map(square).collect::<Vec<_>>()),
        result("MSE: the squares built on them, ", "squares", "MSELoss"),
        summary(move || {
            let share =
                squared.read().iter().fold(0.0_f64, |most, it| most.max(*it)) / whole(squared) * 100.0;
            format!("The largest square is {} per cent of all squares.", number::fixed(share, 0))
        }),
    ))
}

/// One house: what it was guessed at, what it sold for, and the stick between them.
fn lane(turn: Turn, place: usize) -> El {
    let across = |x: f64| (x / SPAN).clamp(0.0, 1.0);
    let price = PRICES[place];
    let track = el("div.error-lane");
    let width = width(&track);
    let knob = Knob {
        class: "pred circle",
        label: Signal::stored(format!("guess for the {}, in $100k", NAMES[place])),
        value: turn.value,
        range: Signal::stored((turn.dial.from, turn.dial.to)),
        text: Signal::derive(move || number::brief(turn.value.get())),
        x: Signal::derive(move || across(turn.value.get())),
        y: Signal::stored(0.5),
        vertical: false,
        on: Callback::new(move |it: Gesture| turn.act(it, width(), false)),
    };
    let from = move || across(turn.value.get().min(price));
    let length = move || across(turn.value.get().max(price)) - from();
    let between =
        el("i.stick").style("left", move || percent(from())).style("width", move || percent(length()));
    let sold = el("i.sold.target").place("left", &percent(across(price)));
    el("div.error-row").with((el("span").with(NAMES[place]), track.with((between, sold, knob.view()))))
}
