//! The user interface: the only code that names Leptos, web_sys or plotters_canvas.

mod bench;
mod canvas;
mod chart;
mod dom;
mod hand;
mod motion;
mod once;
mod theme;
mod widgets;
mod words;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Puts the app into the page.
pub fn mount() {}
