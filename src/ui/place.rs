//! Where the page is: the fragment of the address, read on every change and written at rest.

use wasm_bindgen::JsValue;

use super::announce;
use super::bench::Bench;
use crate::experiment::address::{self, Notice, Route};
use crate::ui::reactive::*;

/// A page of text, or a loss with its bench.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Text(&'static str),
    Loss(Bench),
}

/// Handles to where the page is and what could not be read of the address.
#[derive(Clone, Copy)]
pub struct Location {
    pub place: RwSignal<Place>,
    pub notices: RwSignal<Vec<Notice>>,
}

impl Location {
    /// Reads the address now, and again whenever it changes.
    pub fn follow() -> Self {
        let read = address::read(&fragment());
        let location = Self { place: RwSignal::new(open(read.route)), notices: RwSignal::new(read.notices) };
        let handle = window_event_listener("hashchange", move |_| location.arrive());
        on_cleanup(move || handle.remove());
        effect(Box::new(move || {
            if let Place::Loss(bench) = location.place.get() {
                let here = address::write(&bench.resting.read());
                // The page may be on its way to the program of another loss.
                if !address::is_elsewhere(&fragment()) {
                    replace(&here);
                }
                // The other program follows; in a frame that forbids an address, by the event alone.
                announce("losslens:rest", &here);
            }
        }));
        location
    }

    /// The address was changed from outside: a link, Back, or the address bar.
    fn arrive(self) {
        if address::is_elsewhere(&fragment()) {
            // The start-up script then starts the other program, at the top of its page.
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
                let _ = window.location().reload();
            }
            return;
        }
        let read = address::read(&fragment());
        let place = self.place.get_untracked();
        match (place, read.route) {
            // The same loss: one step that undo takes back.
            (Place::Loss(bench), Route::Loss(next)) if bench.now().loss == next.loss => {
                bench.follow_link(*next)
            }
            // Another part of the same text, which the start-up script brings into sight.
            (Place::Text(here), Route::Text(there)) if here == there => {}
            (_, route) => {
                self.place.set(open(route));
                if let Some(window) = web_sys::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            }
        }
        self.notices.set(read.notices);
    }
}

fn open(route: Route) -> Place {
    match route {
        Route::Text(name) => Place::Text(name),
        Route::Loss(experiment) => Place::Loss(Bench::new(*experiment)),
    }
}

/// The fragment without its `#`.
pub fn fragment() -> String {
    let href = web_sys::window().and_then(|it| it.location().href().ok()).unwrap_or_default();
    href.split_once('#').map_or_else(String::new, |it| it.1.to_owned())
}

/// Writes the fragment without a step of history. In a frame that forbids it, the address stays as it is.
pub fn replace(fragment: &str) {
    if fragment != self::fragment()
        && let Some(history) = web_sys::window().and_then(|it| it.history().ok())
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}
