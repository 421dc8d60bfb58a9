//! The calls of the benchmark as a module for a browser, which has the clock. `make bench` builds it like the benchmark,
//! and `tests/browser/src/bin/speed.rs` measures it.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
#[path = "../benches/calls/mod.rs"]
mod calls;

#[cfg(all(target_arch = "wasm32", feature = "app"))]
mod exports {
    use super::calls::{self, SIZES};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The names of the losses.
    #[wasm_bindgen]
    pub fn losses() -> Vec<String> {
        calls::losses().map(|it| it.spec.torch.to_owned()).collect()
    }

    /// About how many elements the first input has.
    #[wasm_bindgen]
    pub fn sizes() -> Vec<usize> {
        SIZES.to_vec()
    }

    /// One call, made again and again.
    #[wasm_bindgen]
    pub struct Call(calls::Call);

    #[wasm_bindgen]
    impl Call {
        /// A call of a loss by its name; nothing where there is none.
        pub fn of(name: &str, size: usize) -> Option<Call> {
            let loss = calls::losses().find(|it| it.spec.torch == name)?;
            Some(Self(calls::Call::new(loss, size)))
        }

        /// How many elements the first input really has.
        pub fn elements(&self) -> usize {
            self.0.elements()
        }

        /// Makes it that many times.
        pub fn run(&mut self, times: usize) {
            (0..times).for_each(|_| self.0.run());
        }
    }
}

fn main() {}
