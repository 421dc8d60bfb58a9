//! Losslens: PyTorch's loss functions, understood by moving them.

pub mod codec;
pub mod experiment;
pub mod lessons;
pub mod loss;
#[cfg(not(target_arch = "wasm32"))]
pub mod pages;
pub mod plot;
#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod ui;
