//! The ways to spell a word, as the frames get fewer.

use super::parts::{Turn, figure, open, summary};
use crate::experiment::number;
use crate::figure::call;
use crate::figure::paths::{FRAMES, WORDS, Word};
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;
use crate::ui::widgets::Segmented;

/// The count that a column of full height stands for, on a logarithmic scale.
const MOST: f64 = 500.0;

pub fn paths(frame: El) -> El {
    let frames = Turn::own(&FRAMES);
    let chosen = RwSignal::new(WORDS[0].text.to_owned());
    let word = move || WORDS.iter().find(|it| it.text == chosen.get()).unwrap_or(&WORDS[0]);
    let here = move || frames.value.get() as usize;
    let now = Memo::new(move |_| word().state(here()));
    let loss = Memo::new(move |_| call::loss(&now.read()));
    let column = move |place: usize| {
        let count = move || word().count(place + 1);
        let height = move || ((count() as f64).ln_1p() / MOST.ln()).min(1.0);
        el("span.count").class("truth", move || here() == place + 1).with((
            el("b").say(move || count().to_string()),
            el("span.well").with(el("i.fill").style("height", move || percent(height()))),
            el("small").with((place + 1).to_string()),
        ))
    };
    let columns = FRAMES.to as usize;
    let choice = Segmented {
        name: "paths-word",
        label: "Word",
        options: WORDS.iter().map(|it| (it.text.to_owned(), format!("“{}”", it.text))).collect(),
        chosen: chosen.into(),
        on_choose: Callback::new(move |it| chosen.set(it)),
    };
    frame.add_class("paths").with((
        el("div.figure-head").with(choice.view()),
        frames.view(),
        el("div.count-bars").set("aria-hidden", "true").with((0..columns).map(column).collect::<Vec<_>>()),
        el("p.spellings").live(move || written(word(), here())),
        el("p.figure-result").with((
            "ways ",
            el("output.big")
                .set("data-role", "ways")
                .bind("data-value", move || word().count(here()).to_string())
                .say(move || word().count(here()).to_string()),
            el("span").with(("loss, every class alike ", figure("loss", "ctc-loss", move || loss.get()))),
            open(move || now.get()),
        )),
        summary(move || {
            let loss = number::fixed(loss.get(), 4);
            format!(
                "{} ways to spell {} in {} frames; loss {loss}.",
                word().count(here()),
                word().text,
                here()
            )
        }),
    ))
}

fn written(word: &Word, frames: usize) -> Vec<El> {
    let found = word.spellings(frames);
    let rest = word.count(frames).saturating_sub(found.len() as u64);
    let mut shown: Vec<El> = found.into_iter().map(|it| el("code").with(it)).collect();
    match (shown.is_empty(), rest) {
        (true, _) => shown.push(el("span.loss").with("none: the frames are too few, and the loss is inf")),
        (_, 0) => {}
        (_, rest) => shown.push(el("span").with(format!("and {rest} more"))),
    }
    shown
}
