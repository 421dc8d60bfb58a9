//! Pieces that figures share: a number to turn, a number to read, and the way to the bench.

use web_sys::HtmlElement;

use crate::experiment::{Experiment, address, number};
use crate::figure::dial::Dial;
use crate::ui::bench::Bench;
use crate::ui::dom::{El, button, el, percent};
use crate::ui::reactive::*;
use crate::ui::widgets::{Gesture, Knob, PIXELS_PER_STEP, Scrub};

/// A number under a hand, with the number that it had when the hand took it.
#[derive(Clone, Copy)]
pub struct Turn {
    pub dial: &'static Dial,
    pub value: Signal<f64>,
    pub set: Callback<f64>,
    before: StoredValue<f64>,
}

impl Turn {
    pub fn new(dial: &'static Dial, value: Signal<f64>, set: impl Fn(f64) + 'static) -> Self {
        Self { dial, value, set: Callback::new(set), before: StoredValue::new(dial.first) }
    }

    /// A dial with a signal of its own.
    pub fn own(dial: &'static Dial) -> Self {
        let value = RwSignal::new(dial.first);
        Self::new(dial, value.into(), move |it| value.set(it))
    }

    /// Lets a gesture act; the range is so many CSS pixels long, and `upwards` where it stands.
    pub fn act(self, gesture: Gesture, pixels: f64, upwards: bool) {
        let Self { dial, value, set, before } = self;
        let now = value.get_untracked();
        let to = |it: f64| {
            let it = dial.at(it);
            if it != now {
                set.run(it);
            }
        };
        match gesture {
            Gesture::Start => before.set_value(now),
            Gesture::Move(by) => {
                let moved = if upwards { -by.dy } else { by.dx };
                to(before.get_value() + moved * (dial.to - dial.from) / pixels.max(1.0));
            }
            Gesture::End => {}
            Gesture::Cancel => set.run(before.get_value()),
            Gesture::Step(steps) => {
                to(now + dial.step * if steps.abs() < 1.0 { steps.signum() } else { steps })
            }
            Gesture::Edge(last) => to(if last { dial.to } else { dial.from }),
            Gesture::Set(value) => to(value),
        }
    }

    /// A line with the dial's name, its track and its number; all three turn it.
    pub fn view(self) -> El {
        let Self { dial, value, .. } = self;
        let track = el("span.track");
        let width = width(&track);
        let text = Signal::derive(move || number::brief(value.get()));
        let knob = Knob {
            class: "circle",
            label: Signal::stored(dial.label.to_owned()),
            value,
            range: Signal::stored((dial.from, dial.to)),
            text,
            x: Signal::derive(move || (value.get() - dial.from) / (dial.to - dial.from)),
            y: Signal::stored(0.5),
            vertical: false,
            on: Callback::new(move |gesture| self.act(gesture, width(), false)),
        };
        let fill =
            el("i.fill").style("width", move || percent((value.get() - dial.from) / (dial.to - dial.from)));
        el("div.dial").add_class(dial.class).with((
            el("span.dial-label").with(dial.label),
            track.with((fill, knob.view())),
            self.scrub(),
        ))
    }

    /// The number alone, to scrub or to type.
    pub fn scrub(self) -> El {
        let Self { dial, value, set, .. } = self;
        let text = Signal::derive(move || number::brief(value.get()));
        let scrubbed = (dial.to - dial.from) / dial.step * PIXELS_PER_STEP;
        let commit = move |text: String| {
            let typed = number::parse(&text)?;
            let refused =
                || format!("a number from {} to {}", number::show(dial.from), number::show(dial.to));
            if !(dial.from..=dial.to).contains(&typed) {
                return Err(refused());
            }
            set.run(dial.at(typed));
            Ok(())
        };
        Scrub {
            class: "dial-number",
            label: Signal::stored(dial.label.to_owned()),
            value,
            range: Signal::stored((dial.from, dial.to)),
            text,
            on: Callback::new(move |gesture| self.act(gesture, scrubbed, false)),
            on_commit: Callback::new(commit),
        }
        .view()
    }
}

/// A number that tests and readers ask for: short to read, in full for both.
pub fn figure(class: &str, role: &str, value: impl Fn() -> f64 + Clone + 'static) -> El {
    let shown = value.clone();
    let full = move || number::show(value());
    el("output")
        .add_class(class)
        .set("data-role", role)
        .bind("data-value", full.clone())
        .bind("title", full)
        .say(move || number::fixed(shown(), 4))
}

/// Puts a bench back to the state that its figure opened with; hidden while it is there.
pub fn again(bench: Bench) -> El {
    let first = StoredValue::new(bench.now());
    let moved = Memo::new(move |_| *bench.experiment.read() != first.get_value());
    button("quiet", move || bench.show(first.get_value()))
        .bind("hidden", move || !moved.get())
        .with("Start again")
}

/// The width of an element in CSS pixels, whenever it is asked for.
pub fn width(element: &El) -> impl Fn() -> f64 + Copy + 'static {
    let element = StoredValue::new(element.cast::<HtmlElement>());
    move || f64::from(element.get_value().client_width())
}

/// The way to the bench at a state.
pub fn open(state: impl Fn() -> Experiment + 'static) -> El {
    el("a.open-bench").bind("href", move || format!("#{}", address::write(&state()))).with("on the bench")
}

/// What the figure shows, for whoever does not see it.
pub fn summary(text: impl Fn() -> String + 'static) -> El {
    el("p.hidden").set("data-role", "summary").say(text)
}
