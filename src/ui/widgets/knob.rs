//! A thing to drag that is also a native slider: pointer, touch, keyboard and screen reader alike.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::press::Press;
use super::slider::Slider;
use crate::ui::dom::{El, el, percent};
use crate::ui::reactive::*;

/// What a hand does to a knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// The pointer came down; nothing has moved yet.
    Start,
    /// It has moved this far from where it came down, in CSS pixels.
    Move(Move),
    /// It was lifted.
    End,
    /// Escape, or the system took the pointer away.
    Cancel,
    /// That many steps by keyboard; fractions are finer ones.
    Step(f64),
    /// To the start or the end of the range.
    Edge(bool),
    /// Straight to a value, from assistive technology.
    Set(f64),
}

/// A move of the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    pub dx: f64,
    pub dy: f64,
    /// Alt is held: do not snap.
    pub free: bool,
    /// How near, in CSS pixels, counts as "on" something: wider for a finger.
    pub reach: f64,
}

/// A knob at a place of its parent, given as fractions from the left and from the top.
///
/// `value`, `range` and `text` are what a screen reader is told; what a gesture means, the caller decides.
pub struct Knob {
    /// Classes of the visible part.
    pub class: &'static str,
    pub label: Signal<String>,
    pub value: Signal<f64>,
    pub range: Signal<(f64, f64)>,
    pub text: Signal<String>,
    pub x: Signal<f64>,
    pub y: Signal<f64>,
    /// Whether it turns up and down.
    pub vertical: bool,
    pub on: Callback<Gesture>,
}

impl Knob {
    /// The knob, to stand over what it moves.
    pub fn view(self) -> El {
        let Self { class, label, value, range, text, x, y, vertical, on } = self;
        let press = Press::new();
        let held = RwSignal::new(false);

        let down = move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            event.prevent_default();
            if let Some(nearer) = nearer(&event) {
                // The same event, for the one that was meant.
                let again = PointerEvent::new_with_event_init_dict("pointerdown", event.unchecked_ref());
                let _ = again.and_then(|it| nearer.dispatch_event(&it));
                return;
            }
            if let Some(knob) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok())
                && let Ok(Some(input)) = knob.query_selector("input")
            {
                let _ = input.unchecked_into::<HtmlElement>().focus();
            }
            press.start(&event);
            held.set(true);
            on.run(Gesture::Start);
        };
        let moved = move |event: PointerEvent| {
            if let Some(by) = press.moved(&event) {
                on.run(Gesture::Move(by));
            }
        };
        let finish = move |gesture: Gesture| {
            if press.is_down() {
                press.end();
                held.set(false);
                on.run(gesture);
            }
        };
        let escape = move |event: KeyboardEvent| {
            if press.is_down() && event.key() == "Escape" {
                finish(Gesture::Cancel);
            }
        };

        el("span.knob")
            .add_class(class)
            .class("held", move || held.get())
            .style("left", move || percent(x.get()))
            .style("top", move || percent(y.get()))
            .on("pointerdown", down)
            .on("pointermove", moved)
            .on("pointerup", move |_: PointerEvent| finish(Gesture::End))
            .on("pointercancel", move |_: PointerEvent| finish(Gesture::Cancel))
            .on("keydown", escape)
            .with((el("i.face"), Slider { label, value, range, text, vertical, on }.view()))
    }
}

/// The knob beside this one whose middle is nearer to where the pointer came down: their areas may lie over each other.
fn nearer(event: &PointerEvent) -> Option<Element> {
    let distance = |knob: &Element| {
        let area = knob.get_bounding_client_rect();
        let (x, y) = (area.x() + area.width() / 2.0, area.y() + area.height() / 2.0);
        (f64::from(event.client_x()) - x).hypot(f64::from(event.client_y()) - y)
    };
    let own: Element = event.current_target()?.dyn_into().ok()?;
    let first = own.parent_element()?.first_element_child();
    let beside = std::iter::successors(first, Element::next_element_sibling);
    // Only a hand's press is passed on, and only once.
    let nearer = |it: &Element| {
        event.is_trusted() && it.class_list().contains("knob") && distance(it) < distance(&own)
    };
    beside.filter(nearer).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
