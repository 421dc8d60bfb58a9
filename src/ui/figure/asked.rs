//! Three of the questions as lines whose numbers can be turned.

use super::parts::{Turn, figure};
use crate::figure::asked::{ASKED, Asked};
use crate::figure::call;
use crate::ui::dom::{El, el};
use crate::ui::reactive::*;

pub fn asked(frame: El) -> El {
    frame.add_class("asked").with(ASKED.iter().map(line).collect::<Vec<_>>())
}

fn line(asked: &'static Asked) -> El {
    let turn = Turn::own(&asked.dial);
    let loss = Memo::new(move |_| call::loss(&(asked.state)(turn.value.get() as usize)));
    el("p.asked-line").with((
        asked.before,
        turn.scrub(),
        asked.after,
        figure("loss", &format!("asked-{}", asked.part), move || loss.get()),
        ". ",
        el("a").set("href", &format!("#/questions/{}", asked.part)).with("Why?"),
    ))
}
