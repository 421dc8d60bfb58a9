//! An embed's own keys: which panels it shows, and what its reader may not change. They belong to the page around the
//! bench, not to the state.

use super::percent::decode;
use super::{Notice, Route};
use crate::experiment::near::nearest;
use crate::experiment::number::quoted;
use crate::experiment::{Experiment, View};
use crate::loss::spec::Spec;

/// What `show` can name.
pub const PANELS: [&str; 7] = ["chart", "gradient", "picture", "editor", "settings", "readout", "code"];

/// What `lock` can name beside the arguments and inputs of the loss.
pub const LOCKS: [&str; 5] = ["all", "chart", "picture", "editor", "settings"];

/// What `theme` can name; the last holds without it.
pub const THEMES: [&str; 3] = ["light", "dark", "auto"];

/// What `load` can name; the first holds without it.
pub const LOADS: [&str; 2] = ["now", "click"];

/// The keys that are an embed's own.
const KEYS: [&str; 4] = ["show", "lock", "theme", "load"];

/// What an embed shows of its bench.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Of `PANELS`; never empty once read.
    pub show: Vec<&'static str>,
    /// Of `LOCKS`, and names of arguments and inputs.
    pub lock: Vec<String>,
    /// The keys as they were written, to be written again.
    written: Vec<String>,
}

/// What was read of an embed's address.
#[derive(Clone, Debug, PartialEq)]
pub struct Framed {
    /// Nothing where the address names no loss; a notice then says so.
    pub experiment: Option<Experiment>,
    /// What surrounds it.
    pub frame: Frame,
    /// What could not be read.
    pub notices: Vec<Notice>,
}

/// The fragment of an embed's address without the embed's own keys.
pub fn bare(fragment: &str) -> String {
    split(fragment).0
}

/// Reads the fragment of an embed's address, without its `#`. Whatever it is, something valid comes back.
pub fn read(fragment: &str) -> Framed {
    let (state, written) = split(fragment);
    let read = super::read(&state);
    let mut reader = Reader { notices: read.notices };
    let mut experiment = match read.route {
        Route::Loss(experiment) => Some(*experiment),
        Route::Text(_) => None,
    };
    if experiment.is_none() && reader.notices.is_empty() {
        reader
            .note("loss", "the address names no loss; it should read like embed.html#/HuberLoss".to_owned());
    }
    let spec = experiment.as_ref().map(|it| it.loss.spec);
    let mut frame = Frame { written, ..Frame::default() };
    for (key, value) in frame.written.clone().iter().filter_map(|it| it.split_once('=')) {
        let value = decode(value);
        match decode(key).as_str() {
            "show" => frame.show = reader.show(&value),
            "lock" => frame.lock = reader.lock(&value, spec),
            "theme" => reader.one_of("theme", &value, &THEMES),
            _ => reader.one_of("load", &value, &LOADS),
        }
    }
    if frame.show.is_empty() {
        frame.show = PANELS.to_vec();
    }
    if let Some(experiment) = &mut experiment {
        frame.fit(experiment, &mut reader);
    }
    Framed { experiment, frame, notices: reader.notices }
}

/// The state's part of a fragment, and the embed's own pairs.
fn split(fragment: &str) -> (String, Vec<String>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    // Somebody's tool may have encoded all of it, the question mark included.
    let fragment = if fragment.contains('?') { fragment.to_owned() } else { decode(fragment) };
    let (path, query) = fragment.split_once('?').unwrap_or((&fragment, ""));
    let is_own = |pair: &&str| KEYS.contains(&decode(pair.split('=').next().unwrap_or_default()).as_str());
    let (own, rest): (Vec<&str>, Vec<&str>) = query.split('&').filter(|it| !it.is_empty()).partition(is_own);
    let mark = if rest.is_empty() { "" } else { "?" };
    (format!("{path}{mark}{}", rest.join("&")), own.into_iter().map(str::to_owned).collect())
}

impl Frame {
    /// A frame with these panels, all where there are none, these locks, a theme of `THEMES` and one of `LOADS`.
    pub fn new(show: &[&'static str], lock: &[String], theme: &str, load: &str) -> Self {
        let show = if show.is_empty() { &PANELS } else { show };
        let all = show.len() == PANELS.len();
        let pairs = [
            ("show", show.join(","), all),
            ("lock", lock.join(","), lock.is_empty()),
            ("theme", theme.to_owned(), theme == "auto"),
            ("load", load.to_owned(), load == "now"),
        ];
        let written = pairs.into_iter().filter(|it| !it.2).map(|(key, value, _)| format!("{key}={value}"));
        Self { show: show.to_vec(), lock: lock.to_vec(), written: written.collect() }
    }

    /// Whether a panel was named; all are shown where none is.
    pub fn asks_for(&self, panel: &str) -> bool {
        self.show.len() < PANELS.len() && self.show.contains(&panel)
    }

    /// The embed's own keys and their values, as they are written.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.written.iter().filter_map(|it| it.split_once('='))
    }

    /// The embed's fragment for a state, without its `#`.
    pub fn write(&self, experiment: &Experiment) -> String {
        self.around(super::write(experiment))
    }

    /// The same with the state written out.
    pub fn whole(&self, experiment: &Experiment) -> String {
        self.around(super::whole(experiment))
    }

    fn around(&self, state: String) -> String {
        if self.written.is_empty() {
            return state;
        }
        let mark = if state.contains('?') { '&' } else { '?' };
        format!("{state}{mark}{}", self.written.join("&"))
    }

    /// Why a reader may not take this step, if something is locked that it changes.
    pub fn refusal(&self, now: &Experiment, next: &Experiment) -> Option<String> {
        let is = |name: &str| self.lock.iter().any(|it| it == name);
        if is("all") {
            return Some("nothing can be changed here".to_owned());
        }
        let spec = now.loss.spec;
        let arg = spec
            .params
            .iter()
            .map(|it| it.id)
            .find(|id| (is(id) || is("settings")) && now.args.get(id) != next.args.get(id));
        let input = |(place, id): &(usize, &str)| is(id) && now.inputs.get(*place) != next.inputs.get(*place);
        let input = || spec.inputs.iter().map(|it| it.id).enumerate().find(input).map(|it| it.1);
        arg.or_else(input).map(|id| format!("{id} cannot be changed here"))
    }

    /// A picture that is not shown is not the view that is open, and the other way round.
    fn fit(&mut self, experiment: &mut Experiment, reader: &mut Reader) {
        let is = |name: &str| self.show.contains(&name);
        let (curves, picture) = (is("chart") || is("gradient"), is("picture"));
        let has_picture = experiment.views().contains(&View::Picture);
        if picture && !curves && !has_picture {
            let loss = experiment.loss.spec.torch;
            reader.note("show", format!("{loss} has no picture for these numbers; its chart is shown"));
            self.show.push("chart");
        } else if picture && !curves {
            experiment.view = None;
        } else if !picture && experiment.shown_view() == View::Picture {
            experiment.view = Some(View::Curve);
        }
    }
}

struct Reader {
    notices: Vec<Notice>,
}

impl Reader {
    fn note(&mut self, key: &str, message: String) {
        self.notices.push(Notice { key: key.to_owned(), message });
    }

    fn stranger(&mut self, key: &str, word: &str, known: &[&str]) {
        let hint = nearest(word, known.iter().copied());
        let hint = hint.map_or_else(
            || format!("; it can be {}", known.join(", ")),
            |it| format!("; did you mean {it}?"),
        );
        self.note(key, format!("{} is not known{hint}", quoted(word)));
    }

    fn show(&mut self, value: &str) -> Vec<&'static str> {
        let mut shown = Vec::new();
        for word in words(value) {
            match PANELS.iter().find(|it| **it == word) {
                Some(panel) => shown.push(*panel),
                None => self.stranger("show", word, &PANELS),
            }
        }
        shown
    }

    fn lock(&mut self, value: &str, spec: Option<&Spec>) -> Vec<String> {
        let ids = spec
            .into_iter()
            .flat_map(|it| it.params.iter().map(|it| it.id).chain(it.inputs.iter().map(|it| it.id)));
        let known: Vec<&str> = LOCKS.into_iter().chain(ids).collect();
        let (locked, strangers): (Vec<&str>, Vec<&str>) = words(value).partition(|it| known.contains(it));
        for word in strangers.into_iter().filter(|_| spec.is_some()) {
            self.stranger("lock", word, &known);
        }
        locked.into_iter().map(str::to_owned).collect()
    }

    fn one_of(&mut self, key: &str, value: &str, known: &[&str]) {
        if !known.contains(&value) {
            self.stranger(key, value, known);
        }
    }
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embeds_own_keys_are_no_part_of_the_state() {
        let read = read("#/HuberLoss?show=chart,readout&theme=dark&lock=delta");
        let experiment = read.experiment.unwrap();
        // Without them nothing is asked for: the worked example, whole.
        assert_eq!(experiment, crate::experiment::address::example(experiment.loss));
        assert_eq!(
            (read.frame.show.clone(), read.frame.lock.clone()),
            (vec!["chart", "readout"], vec!["delta".to_owned()])
        );
        assert_eq!(read.notices, []);
        assert_eq!(read.frame.write(&experiment), "/HuberLoss?show=chart,readout&theme=dark&lock=delta");
        assert_eq!(bare("/HuberLoss?delta=2&show=chart&input=1"), "/HuberLoss?delta=2&input=1");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let first = read("/HuberLoss?input=1,2&target=0,0&delta=2&show=editor&lock=target");
        let fragment = first.frame.write(first.experiment.as_ref().unwrap());
        assert_eq!(read(&fragment), first);
        assert_eq!(fragment, "/HuberLoss?input=1,2&target=0,0&delta=2&show=editor&lock=target");
    }

    #[test]
    fn what_is_chosen_is_read_as_it_was() {
        let locks = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let huber = read("/HuberLoss").experiment.unwrap();
        for (frame, keys) in [
            (Frame::new(&[], &[], "auto", "now"), ""),
            (Frame::new(&PANELS, &[], "auto", "now"), ""),
            (
                Frame::new(&["chart", "readout"], &locks(&["delta", "input"]), "dark", "click"),
                "&show=chart,readout&lock=delta,input&theme=dark&load=click",
            ),
        ] {
            let fragment = frame.whole(&huber);
            assert!(fragment.starts_with("/HuberLoss?input=") && fragment.ends_with(keys), "{fragment}");
            assert_eq!(
                read(&fragment),
                Framed { experiment: Some(huber.clone()), frame, notices: vec![] },
                "{fragment}"
            );
        }
    }

    #[test]
    fn unknown_words_are_named_and_the_rest_holds() {
        let read = read("/HuberLoss?show=chrat,editor&lock=detla,input&theme=darj&load=sometime");
        assert_eq!((read.frame.show, read.frame.lock), (vec!["editor"], vec!["input".to_owned()]));
        let said: Vec<String> = read.notices.iter().map(|it| format!("{}: {}", it.key, it.message)).collect();
        for (said, part) in said.iter().zip([
            "did you mean chart?",
            "did you mean delta?",
            "did you mean dark?",
            "now, click",
        ]) {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(said.len(), 4, "{said:?}");
    }

    #[test]
    fn without_a_known_panel_all_are_shown() {
        for fragment in ["/HuberLoss", "/HuberLoss?show=", "/HuberLoss?show=nothing"] {
            assert_eq!(read(fragment).frame.show, PANELS, "{fragment}");
        }
    }

    #[test]
    fn an_embed_without_a_loss_says_so() {
        for (fragment, part) in [
            ("", "names no loss"),
            ("/questions", "names no loss"),
            ("/HuperLoss", "HuberLoss"),
            ("/Huber%4", ""),
        ] {
            let read = read(fragment);
            assert_eq!(read.experiment, None, "{fragment}");
            assert!(read.notices[0].message.contains(part), "{:?}", read.notices);
        }
    }

    #[test]
    fn a_picture_that_is_not_shown_is_not_open() {
        let view = |fragment| read(fragment).experiment.unwrap().shown_view();
        assert_eq!(view("/CrossEntropyLoss"), View::Picture);
        assert_eq!(view("/CrossEntropyLoss?show=chart,readout"), View::Curve);
        assert_eq!(view("/CrossEntropyLoss?view=batch&show=chart"), View::Batch);
        assert_eq!(view("/CrossEntropyLoss?view=curve&show=picture"), View::Picture);
        let read = read("/HuberLoss?show=picture");
        assert!(read.frame.show.contains(&"chart") && read.notices.len() == 1, "{read:?}");
    }

    #[test]
    fn a_step_that_changes_what_is_locked_is_refused() {
        let now = read("/HuberLoss?input=1&target=0").experiment.unwrap();
        let next = read("/HuberLoss?input=2&target=0&delta=2").experiment.unwrap();
        let refusal = |lock: &str| read(&format!("/HuberLoss?lock={lock}")).frame.refusal(&now, &next);
        assert_eq!(refusal("target,reduction"), None);
        assert_eq!(refusal("delta"), Some("delta cannot be changed here".to_owned()));
        assert_eq!(refusal("settings"), Some("delta cannot be changed here".to_owned()));
        assert_eq!(refusal("input"), Some("input cannot be changed here".to_owned()));
        assert!(refusal("all").is_some());
    }
}
