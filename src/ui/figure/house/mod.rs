//! One house: a sentence whose numbers are the controls, and the chart that answers.

mod chart;

use super::learn::{Course, Learning, learn};
use chart::house_chart;

use crate::experiment::bar::Bar;
use crate::experiment::{At, Experiment, number};
use crate::figure::house::{self, GUESS, PRICE};
use crate::loss::torch::Loss;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, el};
use crate::ui::hand::{Axis, Grip};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Scrub, Segmented};

/// What the numbers of the sentence scrub through without being typed, in units of $100k.
const RANGE: (f64, f64) = (0.0, 10.0);

/// $10k: what one step of scrubbing is worth.
const STEP: f64 = 0.1;

/// Above a rate of 1, MSE runs away.
const COURSE: Course = Course {
    rate: house::RATE,
    rates: (0.05, 1.2),
    rate_step: 0.05,
    stop: |_, next| house::stop(next),
    hint: "The rings are its next four steps.",
    arrived: "on the target",
};

/// One house: guessed at 3, sold at 5.
pub fn house(frame: El) -> El {
    let Some(loss) = Loss::find(house::FIRST) else { return frame };
    let bench = Bench::new(house::house(loss));
    let learning = Learning::new(bench, COURSE, GUESS);
    let choose = move |name: String| {
        if let Some(loss) = Loss::find(&name) {
            bench.show(Experiment { loss, ..bench.now() });
        }
    };
    let loss = Memo::new(move |_| bench.evaluation.read().output.get(0).unwrap_or(f64::NAN));
    let options = house::LOSSES.iter().filter_map(|it| Loss::find(it));
    let choice = Segmented {
        name: "hero-loss",
        label: "Loss",
        options: options.map(|it| (it.spec.torch.to_owned(), it.spec.short.to_owned())).collect(),
        chosen: Signal::derive(move || bench.experiment.read().loss.spec.torch.to_owned()),
        on_choose: Callback::new(choose),
    };
    let story = el("p").with((
        "I guessed ",
        price(bench, learning, GUESS, "pred", "My guess"),
        ". It sold for ",
        price(bench, learning, PRICE, "target", "What it sold for"),
        ". ",
    ));
    let verdict = el("span").with((" says ", output("big loss", "loss", loss.into())));
    let sentence =
        el("div.hero-sentence").with((story, el("div.verdict").with((choice.view(), verdict)), push(bench)));
    let chart = house_chart(bench, learning);
    frame.add_class("hero-bench").set("aria-label", "One house").with((chart, learn(learning), sentence))
}

/// A number that is asserted: short to read, in full for whoever asks.
fn output(class: &str, role: &str, value: Signal<f64>) -> El {
    el("output")
        .add_class(class)
        .set("data-role", role)
        .bind("data-value", move || number::show(value.get()))
        .say(move || number::brief(value.get()))
}

/// The gradient, and what it does to the guess.
fn push(bench: Bench) -> El {
    let gradient = Memo::new(move |_| house::gradient(&bench.evaluation.read()).unwrap_or(f64::NAN));
    let consequence = move || match gradient.get() {
        it if it < 0.0 => ", so it pushes the guess up.",
        it if it > 0.0 => ", so it pushes the guess down.",
        _ => ", so nothing pushes.",
    };
    el("p.consequence")
        .with(("Its gradient is ", output("grad", "gradient", gradient.into())))
        .say(consequence)
}

/// A price of the sentence.
fn price(bench: Bench, learning: Learning, at: At, class: &'static str, label: &str) -> El {
    let value = Memo::new(move |_| {
        let (guess, price) = house::numbers(&bench.experiment.read());
        if at == GUESS { guess } else { price }
    });
    // A price that was typed beyond the range stretches it.
    let range = move |value: f64| (RANGE.0.min(value), RANGE.1.max(value));
    let hand = move |gesture: Gesture| {
        learning.stop();
        let axis = Axis::scrubbed(range(value.get_untracked()), STEP);
        Grip { bench, at, bar: Bar::Plain, axis }.act(gesture, &[]);
    };
    let commit = move |text: String| {
        learning.stop();
        house::read_money(&text).and_then(|it| bench.set_number(at, it))
    };
    Scrub {
        class,
        label: Signal::stored(label.to_owned()),
        value: value.into(),
        range: Signal::derive(move || range(value.get())),
        text: Signal::derive(move || house::money(value.get())),
        on: Callback::new(hand),
        on_commit: Callback::new(commit),
    }
    .view()
}
