//! The user interface: the only code that names Leptos, web_sys or plotters_canvas.

use leptos::prelude::*;

/// Puts the app into the page.
pub fn mount() {
    mount_to_body(|| view! { <main><h1>"Losslens"</h1></main> });
}
