//! Doubles as decimal text and back. Natively the standard library does it, on the page the browser: the library's
//! algorithms and their tables are a twentieth of the program, and the browser has its own.

mod read;
mod write;

pub use read::read;
pub use write::{fixed, plain, scientific, shortest};
