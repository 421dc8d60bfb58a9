//! Losslens: PyTorch's loss functions, understood by moving them.
#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod ui;
