//! The plane of two scores, with the push at every place.

use super::parts::{figure, open, summary};
use super::plane::{Plane, label, path, segment};
use crate::experiment::number;
use crate::figure::call;
use crate::figure::logits::{ARROWS, FIRST, SECOND, field, state};
use crate::ui::dom::{El, el, svg};
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

const PLANE: Plane = Plane { x: &FIRST, y: &SECOND };

/// The length of a push of 1 along both axes, in cells of the field.
const LENGTH: f64 = 0.62;

pub fn logits(frame: El) -> El {
    let scores = RwSignal::new([FIRST.first, SECOND.first]);
    let truth = RwSignal::new(0_usize);
    let arrows = Memo::new(move |_| field(truth.get()));
    let now = Memo::new(move |_| state(scores.get(), truth.get()));
    let slopes = Memo::new(move |_| call::gradient(&now.read()));
    let slope = move |axis: usize| slopes.read().get(axis).copied().unwrap_or(f64::NAN);
    let loss = Memo::new(move |_| call::loss(&now.read()));
    let cell = (FIRST.to - FIRST.from) / ARROWS as f64 * LENGTH;
    let all = move || {
        let arrow = |([x, y], push): &([f64; 2], [f64; 2])| {
            path(&[[*x, *y], [x + push[0] * cell, y + push[1] * cell]])
        };
        arrows.read().iter().map(arrow).collect::<String>()
    };
    let dots = move || arrows.read().iter().map(|(at, _)| path(&[*at, *at])).collect::<String>();
    let push = move || {
        let [x, y] = scores.get();
        [[x, y], [x - slope(0) * 2.0, y - slope(1) * 2.0]]
    };
    let plane = el("div.field.square-field");
    let at = [0, 1].map(|axis: usize| Signal::derive(move || scores.get()[axis]));
    let handle =
        PLANE.point(&plane, "pred circle", "the model’s answer", at, Callback::new(move |it| scores.set(it)));
    let level = segment("level", || [[FIRST.from, SECOND.from], [FIRST.to, SECOND.to]]);
    let drawing = PLANE.drawing().with((
        level,
        svg("path.roots").bind("d", dots),
        svg("path.pushes").bind("d", all),
        segment("pull", push),
    ));
    let corner = |x: f64, y: f64, text: &'static str| {
        label(PLANE.window(), move || [x, y]).add_class("corner-name").with(text)
    };
    let choice = Segmented {
        name: "logits-truth",
        label: "The photo shows a",
        options: vec![
            ("0".to_owned(), "it is a car".to_owned()),
            ("1".to_owned(), "it is a truck".to_owned()),
        ],
        chosen: Signal::derive(move || truth.get().to_string()),
        on_choose: Callback::new(move |it: String| truth.set(usize::from(it == "1"))),
    };
    let shown = |axis: usize| figure("grad", &format!("logit-gradient-{axis}"), move || slope(axis));
    frame.add_class("logits").with((
        el("div.figure-head").with(choice.view()),
        plane.with((drawing, corner(3.0, -3.6, "says car"), corner(-3.0, 3.7, "says truck"), handle)),
        el("p.figure-result").with((
            "loss ",
            figure("big loss", "logit-loss", move || loss.get()),
            el("span.gradient-line").with(("gradient: car ", shown(0), ", truck ", shown(1))),
            open(move || now.get()),
        )),
        summary(move || {
            let [car, truck] = scores.get().map(number::brief);
            format!("Scores of car {car} and truck {truck}; loss {}.", number::fixed(loss.get(), 4))
        }),
    ))
}
