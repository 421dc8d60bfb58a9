//! A pointer that is down on something: where it came down, and how far it has moved since.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::knob::Move;
use crate::ui::reactive::*;

/// The press under way, if any. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Press(StoredValue<Option<Held>>);

#[derive(Clone, Copy)]
struct Held {
    x: f64,
    y: f64,
    moving: bool,
    touch: bool,
}

impl Press {
    /// Nothing is pressed yet.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The pointer came down: the element under it hears of the pointer until it is lifted, wherever it goes.
    pub fn start(self, event: &PointerEvent) {
        if let Some(element) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
            // Refused for a pointer that is already gone; the drag then ends with it.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        let touch = event.pointer_type() == "touch";
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.0.set_value(Some(Held { x, y, moving: false, touch }));
    }

    /// How far it has moved. A hand is never quite still: the first few pixels are no move, nor part of one.
    pub fn moved(self, event: &PointerEvent) -> Option<Move> {
        let mut held = self.0.get_value()?;
        let dx = f64::from(event.client_x()) - held.x;
        let dy = f64::from(event.client_y()) - held.y;
        let slop = if held.touch { 8.0 } else { 3.0 };
        let distance = dx.hypot(dy);
        if !held.moving && distance < slop {
            return None;
        }
        if !held.moving {
            let part = slop / distance;
            held = Held { x: held.x + dx * part, y: held.y + dy * part, moving: true, ..held };
            self.0.set_value(Some(held));
        }
        Some(Move {
            dx: f64::from(event.client_x()) - held.x,
            dy: f64::from(event.client_y()) - held.y,
            free: event.alt_key(),
            reach: if held.touch { 10.0 } else { 6.0 },
        })
    }

    /// Whether the pointer is down.
    pub fn is_down(self) -> bool {
        self.0.get_value().is_some()
    }

    /// Whether it has moved since it came down.
    pub fn has_moved(self) -> bool {
        self.0.get_value().is_some_and(|it| it.moving)
    }

    /// The press is over.
    pub fn end(self) {
        self.0.set_value(None);
    }
}
