//! Leptos, as much of it as runs here: its signals, and its helpers for the browser.
//!
//! The crate `leptos` itself adds views, which `dom` makes otherwise, and server functions, whose classes stay in the
//! module although nobody calls them. And its signals are compiled anew for every type of value, a seventh of the whole
//! program. Here all values are of one type to them, and handles know which.

mod handle;
mod signal;
mod stored;

pub use any_spawner::Executor;
pub use leptos_dom::helpers::{
    IntervalHandle, debounce, document, request_animation_frame, set_interval_with_handle, set_timeout,
    window_event_listener_untyped as window_event_listener,
};
pub use reactive_graph::graph::untrack;
pub use reactive_graph::owner::{Owner, on_cleanup, provide_context, use_context};

pub use signal::{Memo, RwSignal};
pub use stored::{Callback, Signal, StoredValue};

use reactive_graph::effect::RenderEffect;

/// Runs now, and after every turn of the browser in which a signal changed that it read, for as long as the owner
/// lives.
pub fn effect(mut work: Box<dyn FnMut()>) {
    StoredValue::new(RenderEffect::new(move |_: Option<()>| work()));
}
