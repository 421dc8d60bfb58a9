//! Leptos, as much of it as runs here: its signals, and its helpers for the browser.
//!
//! The crate `leptos` itself adds views, which `dom` makes otherwise, and server functions, whose classes stay in the
//! module although nobody calls them.

pub use any_spawner::Executor;
pub use leptos_dom::helpers::{
    IntervalHandle, debounce, document, request_animation_frame, set_interval_with_handle, set_timeout,
    window_event_listener_untyped as window_event_listener,
};
pub use reactive_graph::callback::{Callable, Callback};
pub use reactive_graph::computed::Memo;
pub use reactive_graph::effect::{Effect, RenderEffect};
pub use reactive_graph::graph::untrack;
pub use reactive_graph::owner::{LocalStorage, Owner, StoredValue, on_cleanup, provide_context, use_context};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::RwSignal;
pub use reactive_graph::wrappers::read::Signal;
