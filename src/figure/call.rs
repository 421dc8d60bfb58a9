//! A call of the bench by its address, and what PyTorch answers to it.

use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};
use crate::loss::numeric::sum;
use crate::loss::torch::LOSSES;

/// The state of an address that this program has written itself.
pub fn state(address: &str) -> Experiment {
    let read = address::read(address);
    debug_assert!(read.notices.is_empty(), "{address}: {:?}", read.notices);
    match read.route {
        Route::Loss(state) => *state,
        // The tests visit every figure, so that no address leads here.
        Route::Text(_) => address::example(&LOSSES[0]),
    }
}

/// Its loss, without a reduction their sum; NaN where PyTorch refuses the call.
pub fn loss(state: &Experiment) -> f64 {
    state.evaluate().map_or(f64::NAN, |it| sum(&it.output.floats()))
}

/// The gradient of the reduced loss by the first input, element by element; empty where there is none.
pub fn gradient(state: &Experiment) -> Vec<f64> {
    let first = state.evaluate().unwrap_or_default().grads.into_iter().next().flatten();
    first.map_or_else(Vec::new, |it| it.floats().into_owned())
}
