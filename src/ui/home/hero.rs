//! The hero: a sentence whose numbers are the controls, and the chart that answers.

use leptos::prelude::*;

use super::hero_chart::HeroChart;
use super::learn::{Learn, Learning};
use crate::experiment::bar::Bar;
use crate::experiment::house::{self, GUESS, PRICE};
use crate::experiment::{At, Experiment, number};
use crate::loss::torch::Loss;
use crate::ui::bench::Bench;
use crate::ui::hand::{Axis, Grip};
use crate::ui::widgets::{Gesture, Scrub, Segmented};

/// What the numbers of the sentence scrub through without being typed, in units of $100k.
const RANGE: (f64, f64) = (0.0, 10.0);

/// $10k: what one step of scrubbing is worth.
const STEP: f64 = 0.1;

/// One house: guessed at 3, sold at 5.
#[component]
pub fn Hero() -> impl IntoView {
    let loss = Loss::find(house::FIRST)?;
    let bench = Bench::new(house::house(loss));
    let learning = Learning::new(bench);
    let options = house::LOSSES
        .iter()
        .filter_map(|it| Loss::find(it))
        .map(|it| (it.spec.torch.to_owned(), it.spec.short.to_owned()))
        .collect();
    let choose = move |name: String| {
        if let Some(loss) = Loss::find(&name) {
            bench.show(Experiment { loss, ..bench.now() });
        }
    };
    let loss = Memo::new(move |_| bench.evaluation.read().output.get(0).unwrap_or(f64::NAN));
    Some(view! {
        <section class="hero-bench" aria-label="One house">
            <HeroChart bench learning/>
            <Learn learning/>
            <div class="hero-sentence">
                <p>
                    "I guessed "<Price bench learning at=GUESS class="pred" label="My guess"/>
                    ". It sold for "<Price bench learning at=PRICE class="target" label="What it sold for"/>". "
                </p>
                <div class="verdict">
                    <Segmented name="hero-loss" label="Loss" options
                        chosen=Signal::derive(move || bench.experiment.read().loss.spec.torch.to_owned())
                        on_choose=Callback::new(choose)/>
                    <span>
                        " says "
                        <output class="big loss" data-role="loss" data-value=move || number::show(loss.get())>
                            {move || number::brief(loss.get())}
                        </output>
                    </span>
                </div>
                <Push bench/>
            </div>
        </section>
    })
}

/// The gradient, and what it does to the guess.
#[component]
fn Push(bench: Bench) -> impl IntoView {
    let gradient = Memo::new(move |_| house::gradient(&bench.evaluation.read()).unwrap_or(f64::NAN));
    let consequence = move || match gradient.get() {
        it if it < 0.0 => ", so it pushes the guess up.",
        it if it > 0.0 => ", so it pushes the guess down.",
        _ => ", so nothing pushes.",
    };
    view! {
        <p class="consequence">
            "Its gradient is "
            <output class="grad" data-role="gradient" data-value=move || number::show(gradient.get())>
                {move || number::brief(gradient.get())}
            </output>
            {consequence}
        </p>
    }
}

/// A price of the sentence.
#[component]
fn Price(
    bench: Bench,
    learning: Learning,
    at: At,
    class: &'static str,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
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
    view! {
        <Scrub
            class
            label
            value
            range=Signal::derive(move || range(value.get()))
            text=Signal::derive(move || house::money(value.get()))
            on=Callback::new(hand)
            on_commit=Callback::new(commit)
        />
    }
}
