//! The editor's head: who is who, and what one can do to the batch as a whole.

use super::super::bench::Bench;
use super::super::dom::{El, button, el};
use super::super::widgets::term;
use super::super::words::{role_class, role_name};
use super::paste;
use crate::experiment::edit::{self, Axis};
use crate::experiment::{Experiment, address};
use crate::loss::spec::{Domain, Input, Role};
use crate::ui::reactive::*;

/// Legend and batch-wide actions.
pub fn head(bench: Bench) -> El {
    let pasting = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let apply = Callback::new(move |result: Result<Experiment, String>| match result {
        Ok(next) => {
            refusal.set(None);
            bench.show(next);
        }
        Err(why) => refusal.set(Some(why)),
    });
    let axes = move || Axis::of(&bench.resting.read());
    let stepper = move |axis: Axis| {
        let one =
            |word: &str, sign: &'static str, change: fn(&Experiment, Axis) -> Result<Experiment, String>| {
                let label = format!("{word} one {}", axis.name());
                button("", move || apply.run(change(&bench.now(), axis))).set("aria-label", &label).with(sign)
            };
        el("span.stepper").with((
            one("Remove", "−", edit::shrink),
            el("span").with(axis.name()),
            one("Add", "+", edit::grow),
        ))
    };
    let history = (
        button("", move || bench.undo())
            .bind("disabled", move || !bench.can_undo())
            .set("aria-label", "Undo")
            .set("title", "Undo (Ctrl+Z)")
            .with("↩"),
        button("", move || bench.redo())
            .bind("disabled", move || !bench.can_redo())
            .set("aria-label", "Redo")
            .set("title", "Redo (Ctrl+Shift+Z)")
            .with("↪"),
    );
    let reset = button("", move || bench.show(address::example(bench.now().loss)))
        .set("title", "Back to the worked example")
        .with("Reset");
    let back = move || bench.left.get_untracked().map(|it| bench.show(it)).unwrap_or_default();
    let back = button("back", back)
        .bind("hidden", move || bench.left.read().is_none())
        .set("title", "Takes back what the link changed")
        .with("Back to my numbers");
    let paste = button("", move || pasting.update(|it| *it = !*it))
        .bind("aria-expanded", move || pasting.get().to_string())
        .with("Paste…");
    let actions = el("div.actions")
        .with((back, history, reset, paste))
        .live_by(axes, move |axes| axes.iter().copied().map(stepper).collect::<Vec<_>>());
    let done = Callback::new(move |()| pasting.set(false));
    el("header.editor-head")
        .with((legend(bench), actions))
        .with(el("p.complaint").set("role", "status").say(move || refusal.get()))
        .live(move || pasting.get().then(|| paste::paste(bench, done)))
}

/// Who is who.
fn legend(bench: Bench) -> El {
    let entry = |input: &Input| {
        let own = (role_name(input) != input.id)
            .then(|| el("small").with((" (PyTorch: ", el("code").with(input.id), ")")));
        let kind = match input.domain {
            Domain::Logit => "logit",
            Domain::LogProbability => "log-probability",
            _ => "",
        };
        let kind = (!kind.is_empty()).then(|| el("small").with((", each a ", term(el("span"), kind))));
        el("span").add_class(role_class(input)).set("title", input.doc).with((
            el("i.mark").set("aria-hidden", "true"),
            role_name(input),
            own,
            kind,
        ))
    };
    let is_shown = |it: &&Input| it.role != Role::Parameter && it.domain != Domain::Length;
    let shown = bench.spec().inputs.iter().filter(is_shown);
    el("p.legend").with(shown.map(entry).collect::<Vec<_>>())
}
