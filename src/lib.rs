//! Losslens: PyTorch's loss functions, understood by moving them.

pub mod codec;
mod decimal;
pub mod experiment;
pub mod figure;
#[cfg(all(not(target_arch = "wasm32"), feature = "site"))]
pub mod lessons;
pub mod loss;
#[cfg(all(not(target_arch = "wasm32"), feature = "site"))]
pub mod pages;
pub mod plot;
pub mod random;
#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod ui;
