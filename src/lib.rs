//! Losslens: PyTorch's loss functions, understood by moving them.

pub mod codec;
pub mod experiment;
pub mod loss;
#[cfg(not(target_arch = "wasm32"))]
pub mod pages;
#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod ui;
