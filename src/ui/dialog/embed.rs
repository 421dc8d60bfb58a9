//! Embedding: what an author pastes into a page, with a live preview of what comes of it.

use web_sys::{CustomEvent, Event};

use super::copy::Said;
use super::sheet::{close, part, sheet};
use crate::experiment::address::frame::{Frame, LOCKS, PANELS, THEMES};
use crate::experiment::address::snippet::{Form, Snippet};
use crate::experiment::address::{self, Route};
use crate::experiment::{Experiment, View, number};
use crate::ui::dom::{El, el, ticked, typed};
use crate::ui::reactive::*;
use crate::ui::site::base;
use crate::ui::widgets::Segmented;

/// Heights that a page can make use of, in CSS pixels.
const HEIGHTS: [u32; 2] = [40, 4000];

/// Handles to what the author has chosen.
#[derive(Clone, Copy)]
struct Choice {
    /// What the preview shows, also after a hand has changed it there.
    experiment: RwSignal<Experiment>,
    show: RwSignal<Vec<&'static str>>,
    lock: RwSignal<Vec<String>>,
    theme: RwSignal<String>,
    on_click: RwSignal<bool>,
    /// What the author asks for, and what the preview needs.
    height: RwSignal<Option<u32>>,
    needed: RwSignal<u32>,
    form: RwSignal<String>,
}

/// Opens the dialog for a state.
pub fn embed(experiment: Experiment) {
    let said = Said::new();
    let choice = Choice {
        experiment: RwSignal::new(experiment.clone()),
        show: RwSignal::new(panels(&experiment)),
        lock: RwSignal::new(Vec::new()),
        theme: RwSignal::new("auto".to_owned()),
        on_click: RwSignal::new(false),
        height: RwSignal::new(None),
        needed: RwSignal::new(560),
        form: RwSignal::new(Form::Element.name().to_owned()),
    };
    let text = el("pre.sheet-text").set("tabindex", "0").set("aria-label", "Snippet");
    let text = text.with(el("code").say(move || choice.text()));
    let forms = Form::ALL.map(|it| (it.name().to_owned(), it.label().to_owned())).to_vec();
    let row = el("div.sheet-row").with((
        choice.segmented("embed-form", "Where it goes", forms, choice.form),
        el("span.gap"),
        said.copy("primary", "Copy snippet", "the snippet", &text),
    ));
    let snippet = part("Paste this", (row, text, el("p.note").say(move || choice.form().map_or("", note))));
    let options = el("div.embed-options").with((
        part("Panels", choice.panels(&experiment)),
        part("Locked for the reader", choice.locks(&experiment)),
        part("Theme and loading", choice.rest()),
    ));
    let preview = part("Preview", (choice.preview(), el("p.note").with(PREVIEW)));
    let more = el("a").set("href", "#/authors").click(close).with("Examples for authors");
    sheet("Embed", (el("div.embed-choice").with((options, preview)), snippet), said, more);
}

const PREVIEW: &str = "What you change in the preview is embedded so.";

/// What can be shown of a state.
fn panels(experiment: &Experiment) -> Vec<&'static str> {
    let has_picture = experiment.views().contains(&View::Picture);
    PANELS.into_iter().filter(|it| *it != "picture" || has_picture).collect()
}

fn note(form: Form) -> &'static str {
    match form {
        Form::Element => {
            "HTML. It loads when it comes near, follows its own height, and scripts can drive it."
        }
        Form::Iframe => {
            "HTML without a script. Its height is fixed: the height of the preview, if you name none."
        }
        Form::Markdown => "For Markdown and MDX that pass HTML through.",
        Form::Myst => {
            "For Sphinx and Jupyter Book, whose MyST passes HTML through. Jupyter Book 2 chooses the height itself."
        }
        Form::Notebook => "A cell of Python, for Jupyter and its relatives.",
    }
}

impl Choice {
    fn frame(self) -> Frame {
        let experiment = self.experiment.read();
        let (all, show) = (panels(&experiment), self.show.get());
        let show = if show == all { Vec::new() } else { show };
        Frame::new(
            &show,
            &self.lock.get(),
            &self.theme.get(),
            if self.on_click.get() { "click" } else { "now" },
        )
    }

    fn form(self) -> Option<Form> {
        let name = self.form.get();
        Form::ALL.into_iter().find(|it| it.name() == name)
    }

    fn text(self) -> String {
        let height = self.height.get().unwrap_or_else(|| self.needed.get());
        let (site, frame, experiment) = (base(), self.frame(), self.experiment.read());
        let snippet = Snippet { site: &site, experiment: &experiment, frame: &frame, height };
        self.form().map_or_else(String::new, |it| snippet.text(it))
    }

    fn key(self, name: &'static str) -> Option<String> {
        self.frame().keys().find(|it| it.0 == name).map(|it| it.1.to_owned())
    }

    /// The embed as it will be. A running one is told what changes; how it loads is asked once.
    fn preview(self) -> El {
        let make = move |on_click: &bool| {
            let state = address::whole(&self.experiment.read_untracked());
            let load = if *on_click { "click" } else { "now" };
            let view = el("loss-lens")
                .set("state", state.trim_start_matches('/'))
                .set("load", load)
                .set("title", "Preview");
            let view = ["show", "lock", "theme"]
                .into_iter()
                .fold(view, |it, key| it.bind(key, move || self.key(key)));
            let hear = move |event: CustomEvent| self.hear(&event);
            ["ready", "change", "resize"].into_iter().fold(view, |it, name| it.on(name, hear))
        };
        el("div.embed-preview")
            .set("tabindex", "0")
            .set("role", "group")
            .set("aria-label", "Preview")
            .live_by(move || self.on_click.get(), make)
    }

    fn hear(self, event: &CustomEvent) {
        let field = |name: &str| js_sys::Reflect::get(&event.detail(), &name.into()).ok();
        if let Some(height) = field("height").and_then(|it| it.as_f64()) {
            self.needed.set(height.ceil() as u32);
        }
        let state = field("state").and_then(|it| it.as_string());
        if let Some(Route::Loss(mut next)) = state.map(|it| address::read(&format!("/{it}")).route) {
            // Where no picture is shown the embed opens another view, which is no choice of anybody's.
            if !self.show.read_untracked().contains(&"picture") {
                next.view = self.experiment.read_untracked().view;
            }
            self.experiment.set(*next);
        }
    }

    fn panels(self, experiment: &Experiment) -> El {
        let all = panels(experiment);
        let boxes = all.clone().into_iter().map(|panel| {
            let turn = {
                let all = all.clone();
                move |on: bool| {
                    let is =
                        |it: &&str| if *it == panel { on } else { self.show.read_untracked().contains(it) };
                    let next: Vec<&str> = all.iter().copied().filter(is).collect();
                    // An embed without panels would show all of them.
                    self.show.set(if next.is_empty() { vec![panel] } else { next });
                }
            };
            check(panel, move || self.show.read().contains(&panel), turn)
        });
        el("div.embed-checks").with(boxes.collect::<Vec<_>>())
    }

    fn locks(self, experiment: &Experiment) -> El {
        let spec = experiment.loss.spec;
        let shown = panels(experiment);
        let panels = LOCKS.into_iter().filter(move |it| *it != "picture" || shown.contains(it));
        let ids = spec.inputs.iter().map(|it| it.id).chain(spec.params.iter().map(|it| it.id));
        let boxes = panels.chain(ids).map(|word| {
            let turn = move |on: bool| {
                let mut next = self.lock.get_untracked();
                next.retain(|it| it != word);
                next.extend(on.then(|| word.to_owned()));
                self.lock.set(next);
            };
            check(word, move || self.lock.read().iter().any(|it| it == word), turn)
        });
        el("div.embed-checks").with(boxes.collect::<Vec<_>>())
    }

    fn rest(self) -> El {
        let themes = THEMES.map(|it| (it.to_owned(), it.to_owned())).to_vec();
        let height = el("input").set("type", "number").set("min", "40").set("max", "4000").set("step", "10");
        let height = height.bind("placeholder", move || number::show(f64::from(self.needed.get())));
        let height = height.on("input", move |event: Event| {
            let [least, most] = HEIGHTS;
            self.height.set(typed(&event).parse().ok().map(|it: u32| it.max(least).min(most)));
        });
        el("div.sheet-row").with((
            self.segmented("embed-theme", "Theme", themes, self.theme),
            check("load on click", move || self.on_click.get(), move |on| self.on_click.set(on)),
            el("label.embed-height").with(("height ", height, " px")),
        ))
    }

    fn segmented(
        self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        chosen: RwSignal<String>,
    ) -> El {
        let on_choose = Callback::new(move |value| chosen.set(value));
        Segmented { name, label, options, chosen: Signal::derive(move || chosen.get()), on_choose }.view()
    }
}

fn check(word: &'static str, is: impl Fn() -> bool + 'static, turn: impl Fn(bool) + 'static) -> El {
    // Of those that ask for the focus the first one gets it.
    let input = el("input").set("type", "checkbox").set("value", word).set("autofocus", "").checked(is);
    el("label.embed-check").with((input.on("change", move |event: Event| turn(ticked(&event))), word))
}
