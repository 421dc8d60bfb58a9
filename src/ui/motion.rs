//! Whether the reader wants things to move.

/// Whether the system asks for less motion. Asked each time, because it can change.
pub fn is_reduced() -> bool {
    let query =
        web_sys::window().and_then(|it| it.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|it| it.matches())
}
