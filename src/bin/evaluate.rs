//! PyTorch's answers for scripts, `window.losslens.evaluate`: a module of its own, which the page loads when it is idle.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A case as JSON, and its answer.
    #[wasm_bindgen]
    pub fn evaluate(case: &str) -> String {
        losslens::codec::outcome_text(case)
    }
}

fn main() {}
