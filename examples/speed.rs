//! The calls of the benchmark as a module for a browser, which has the clock. `make bench` builds it as it builds the
//! benchmark, and `tests/browser/src/bin/speed.rs` measures it. It calls nothing of the browser and needs no
//! glue.

#[cfg(target_arch = "wasm32")]
#[path = "../benches/calls/mod.rs"]
mod calls;

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use super::calls::{Call, SIZES, losses};

    thread_local! {
        static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
    }

    fn torch(place: usize) -> &'static str {
        losses().nth(place).map_or("", |it| it.spec.torch)
    }

    /// Where the name of a loss lies.
    #[unsafe(no_mangle)]
    pub extern "C" fn name(place: usize) -> *const u8 {
        torch(place).as_ptr()
    }

    /// How long it is: 0 behind the last loss.
    #[unsafe(no_mangle)]
    pub extern "C" fn name_length(place: usize) -> usize {
        torch(place).len()
    }

    /// About how many elements the first input has: 0 behind the last size.
    #[unsafe(no_mangle)]
    pub extern "C" fn size(place: usize) -> usize {
        SIZES.get(place).copied().unwrap_or(0)
    }

    /// Makes a call of a loss ready.
    #[unsafe(no_mangle)]
    pub extern "C" fn prepare(loss: usize, size: usize) {
        CALL.set(losses().nth(loss).map(|it| Call::new(it, size)));
    }

    /// Makes it that many times; says of how many elements its first input is.
    #[unsafe(no_mangle)]
    pub extern "C" fn run(times: usize) -> usize {
        CALL.with_borrow_mut(|call| {
            let Some(call) = call else { return 0 };
            (0..times).for_each(|_| call.run());
            call.elements()
        })
    }
}

fn main() {}
