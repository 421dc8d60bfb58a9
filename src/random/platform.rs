//! Logarithm, sine and cosine of the platform: natively of the standard library, on the page of the browser. Their last
//! bits may differ, which rounding to float32 hides; and what the browser has need not be in the program.

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
mod own {
    pub fn ln_1p(x: f64) -> f64 {
        x.ln_1p()
    }

    pub fn sin(x: f64) -> f64 {
        x.sin()
    }

    pub fn cos(x: f64) -> f64 {
        x.cos()
    }
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
pub use own::{cos, ln_1p, sin};

#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub use js_sys::Math::{cos, log1p as ln_1p, sin};
