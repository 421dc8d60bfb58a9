//! The user interface: the only code that names Leptos, web_sys or plotters_canvas.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Puts the app into `<div id="app">` and says so: public/start.js takes its frame away on `losslens:ready`.
pub fn mount() {
    let Some(place) = document().get_element_by_id("app").and_then(|place| place.dyn_into().ok()) else {
        return;
    };
    leptos::mount::mount_to(place, || view! { <main><h1>"Losslens"</h1></main> }).forget();
    if let Ok(ready) = web_sys::Event::new("losslens:ready") {
        let _ = window().dispatch_event(&ready);
    }
}
