//! A thing to drag that is also a native slider: pointer, touch, keyboard and screen reader alike.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::slider::Slider;

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

#[derive(Clone, Copy)]
struct Press {
    x: f64,
    y: f64,
    moving: bool,
    touch: bool,
}

/// A knob at a place of its parent, given as fractions from the left and from the top.
///
/// `value`, `range` and `text` are what a screen reader is told; what a gesture means, the caller decides.
#[component]
pub fn Knob(
    /// Classes of the visible part.
    class: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<f64>,
    #[prop(into)] range: Signal<(f64, f64)>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] x: Signal<f64>,
    #[prop(into)] y: Signal<f64>,
    /// Whether it turns up and down.
    #[prop(optional)]
    vertical: bool,
    /// More sliders for the same thing: a point has two.
    #[prop(optional)]
    children: Option<Children>,
    on: Callback<Gesture>,
) -> impl IntoView {
    let press = StoredValue::new(None::<Press>);
    let held = RwSignal::new(false);

    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some(knob) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
            // Refused for a pointer that is already gone; the drag then ends with it.
            let _ = knob.set_pointer_capture(event.pointer_id());
            if let Ok(Some(input)) = knob.query_selector("input") {
                let _ = input.unchecked_into::<HtmlElement>().focus();
            }
        }
        let touch = event.pointer_type() == "touch";
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        press.set_value(Some(Press { x, y, moving: false, touch }));
        held.set(true);
        on.run(Gesture::Start);
    };
    let moved = move |event: PointerEvent| {
        let Some(mut start) = press.get_value() else { return };
        let dx = f64::from(event.client_x()) - start.x;
        let dy = f64::from(event.client_y()) - start.y;
        let slop = if start.touch { 8.0 } else { 3.0 };
        if !start.moving && dx.hypot(dy) < slop {
            return;
        }
        if !start.moving {
            // The slop is not part of the move, so the first move does not jump.
            start = Press { x: start.x + dx, y: start.y + dy, moving: true, ..start };
            press.set_value(Some(start));
        }
        let reach = if start.touch { 10.0 } else { 6.0 };
        let (dx, dy) = (f64::from(event.client_x()) - start.x, f64::from(event.client_y()) - start.y);
        on.run(Gesture::Move(Move { dx, dy, free: event.alt_key(), reach }));
    };
    let finish = move |gesture: Gesture| {
        if press.get_value().is_some() {
            press.set_value(None);
            held.set(false);
            on.run(gesture);
        }
    };
    let escape = move |event: KeyboardEvent| {
        if press.get_value().is_some() && event.key() == "Escape" {
            finish(Gesture::Cancel);
        }
    };

    view! {
        <span
            class=format!("knob {class}")
            class:held=move || held.get()
            style:left=move || format!("{:.3}%", x.get() * 100.0)
            style:top=move || format!("{:.3}%", y.get() * 100.0)
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| finish(Gesture::End)
            on:pointercancel=move |_| finish(Gesture::Cancel)
            on:keydown=escape
        >
            <i class="face"></i>
            <Slider label value range text vertical on/>
            {children.map(|it| it())}
        </span>
    }
}
