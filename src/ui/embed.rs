//! The embed: the bench alone, for somebody else's page. The script around it, `public/frame.js`, talks to that page.

use super::bench::{Bench, Guard};
use super::dom::{El, el};
use super::figure::program;
use super::loss_page::board;
use super::place::{fragment, replace};
use super::theme::Theme;
use super::words::{call, role_class};
use super::{announce, notices, put};
use crate::experiment::Experiment;
use crate::experiment::address::frame::{Frame, Framed, read};
use crate::experiment::address::{self, Notice};
use crate::loss::spec::Spec;
use crate::ui::reactive::*;

/// Puts the bench into the page.
pub fn mount() {
    put(embed);
}

/// Handles to what the embed shows.
#[derive(Clone, Copy)]
struct Embed {
    frame: RwSignal<Frame>,
    /// Nothing where the address names no loss.
    bench: RwSignal<Option<Bench>>,
    notices: RwSignal<Vec<Notice>>,
}

fn embed(root: El) {
    provide_context(Theme::follow());
    let embed = Embed {
        frame: RwSignal::new(Frame::default()),
        bench: RwSignal::new(None),
        notices: RwSignal::new(Vec::new()),
    };
    embed.arrive();
    let handle = window_event_listener("hashchange", move |_| embed.arrive());
    on_cleanup(move || handle.remove());
    effect(Box::new(move || {
        if let Some(bench) = embed.bench.get() {
            replace(&embed.frame.read().write(&bench.resting.read()));
        }
    }));
    // While it is dragged too.
    effect(Box::new(move || {
        if let Some(bench) = embed.bench.get() {
            announce("losslens:state", &address::write(&bench.experiment.read()));
        }
    }));
    let shown = move |bench: &Option<Bench>| {
        let titled = |bench: Bench| {
            document().set_title(&format!("{} · Losslens", bench.spec().title));
            (el("h1.hidden").with(bench.spec().title), board(bench))
        };
        (bench.map(titled), embed.foot(*bench))
    };
    let main = el("main.embed").bind("data-show", move || embed.frame.read().show.join(" "));
    let main =
        main.bind("data-lock", move || embed.bench.get().map(|it| locked(&embed.frame.read(), it.spec())));
    root.with(main.with(notices(embed.notices)).live_by(move || embed.bench.get(), shown));
}

impl Embed {
    /// The address has been set from outside.
    fn arrive(self) {
        let Framed { experiment, frame, notices } = read(&fragment());
        for notice in &notices {
            announce("losslens:notice", &format!("{}: {}", notice.key, notice.message));
        }
        self.notices.set(notices);
        let bench = match (self.bench.get_untracked(), experiment) {
            (Some(bench), Some(next)) if bench.now().loss == next.loss => {
                bench.take(next);
                Some(bench)
            }
            (_, next) => next.map(Bench::new),
        };
        if let Some(bench) = bench {
            bench.guard.set_value(guard(&frame));
        }
        self.frame.set(frame);
        if self.bench.get_untracked() != bench {
            self.bench.set(bench);
        }
    }

    /// The call, which unfolds to the whole program, and the way to the whole page at the same state.
    fn foot(self, bench: Option<Bench>) -> El {
        let address = move || bench.map_or_else(|| "/".to_owned(), |it| address::write(&it.resting.read()));
        let link = el("a.whole").set("target", "_blank").set("rel", "noopener");
        let link = link.bind("href", move || format!("{}#{}", home(), address()));
        let code = move |bench: Bench| {
            let call = el("code.signature").say(move || call(&bench.experiment.read(), false));
            el("details.program").bind("open", move || self.frame.read().asks_for("code")).with((
                el("summary").set("title", "The program").with(call),
                el("pre").set("tabindex", "0").live(move || program(&bench.resting.read())),
            ))
        };
        el("footer.foot").with((bench.map(code), link.with("Open in Losslens ↗")))
    }
}

/// What keeps the reader from what is locked.
fn guard(frame: &Frame) -> Option<Guard> {
    let frame = Some(frame.clone()).filter(|it| !it.lock.is_empty())?;
    Some(Box::new(move |now: &Experiment, next: &Experiment| frame.refusal(now, next)))
}

/// The whole page lies beside the embed; a disk has no index of a folder.
fn home() -> String {
    let is_file =
        web_sys::window().and_then(|it| it.location().protocol().ok()).is_some_and(|it| it == "file:");
    if is_file { "index.html" } else { "./" }.to_owned()
}

/// Where the controls are that the reader may not touch, as a selector for the script around the bench.
fn locked(frame: &Frame, spec: &Spec) -> String {
    let place = |word: &String| match (word.as_str(), spec.inputs.iter().position(|it| it.id == word)) {
        ("all", _) => ".bench".to_owned(),
        ("chart", _) => ".charts".to_owned(),
        ("picture" | "editor" | "settings", _) => format!(".{word}"),
        (id, Some(input)) => {
            let boxes = format!("[id^=entry-{input}-], [id^=cell-{input}-], [id=strip-{id}]");
            // Knobs have the class of their input's role; where inputs share it, the state alone refuses.
            let class = spec.inputs.get(input).map_or("", role_class);
            let shared = spec.inputs.iter().filter(|it| role_class(it) == class).count() > 1;
            if shared { boxes } else { format!("{boxes}, .knob.{class}, .matrix.{class}") }
        }
        (id, None) => format!(".setting:has([id=arg-{id}], [name={id}], [aria-label={id}])"),
    };
    // What changes all numbers at once changes those that are locked.
    let whole = (!frame.lock.is_empty()).then(|| ".actions".to_owned());
    whole.into_iter().chain(frame.lock.iter().map(place)).collect::<Vec<_>>().join(", ")
}
