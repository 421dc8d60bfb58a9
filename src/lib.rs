//! Losslens: PyTorch's loss functions, understood by moving them.
//!
//! The page is one use of this crate. Without its default features it is a library: every loss of `torch.nn`
//! and four of torchvision on plain data in row-major `f64`, with PyTorch's values, gradients, conventions at kinks, errors
//! and warnings, and no Python.
//!
//! ```toml
//! losslens = { path = "../losslens", default-features = false }
//! ```
//!
//! A loss as a struct of its arguments, where one knows which loss it is:
//!
//! ```
//! use losslens::loss::torch::Huber;
//! use losslens::loss::{Reduction, Tensor, Typed, Want};
//!
//! let (input, target) = (Tensor::vector([2.5, 0.0]), Tensor::vector([2.0, 8.0]));
//! let answer = Huber { delta: 1.0 }.evaluate(Reduction::Mean, &[&input, &target], Want::ALL)?;
//! // By hand: ½ · 0.5² and 8 − ½, halved; the second slope is cut off at delta.
//! assert_eq!(answer.output, Tensor::scalar(0.5 * (0.125 + 7.5)));
//! assert_eq!(answer.grads[0], Some(Tensor::vector([0.25, -0.5])));
//! # Ok::<(), losslens::loss::Error>(())
//! ```
//!
//! Or by PyTorch's names, where that is data:
//!
//! ```
//! use losslens::loss::{Args, Loss, Tensor, Want};
//!
//! let loss = Loss::known("HuberLoss").ok_or("no such loss")?;
//! let args = Args::new(loss.spec, [("delta", 1.0.into()), ("reduction", "none".into())])?;
//! let (input, target) = (Tensor::vector([2.5, 0.0]), Tensor::vector([2.0, 8.0]));
//! let answer = loss.evaluate(&args, &[&input, &target], Want::ALL)?;
//! assert_eq!(answer.output, Tensor::vector([0.125, 7.5]));
//!
//! // What PyTorch refuses is refused in its words.
//! let args = Args::new(loss.spec, [("delta", 0.0.into())])?;
//! let refused = loss.evaluate(&args, &[&input, &target], Want::ALL).unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "RuntimeError: huber_loss does not support non-positive values for delta."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`loss`]: tensors, arguments, the losses, their descriptions. No call panics, whatever it is given.
//! - [`random`]: PyTorch's random numbers of a seed, bit for bit.
//! - [`codec`]: calls and answers as JSON.
//! - [`experiment`]: the state of the page: addresses, pasted numbers, curves, undo.
//! - [`plot`], [`figure`]: pictures as plain values.
//!
//! The numbers are those of PyTorch 2.15 on a CPU, in float64; `CONTRIBUTING.md` says who is right about one.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

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
