//! The embed's program: the bench alone, and answers for the page around it. The site generator puts it into
//! `embed.html`.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A case as JSON, and its answer.
    #[wasm_bindgen]
    pub fn evaluate(case: &str) -> String {
        losslens::codec::outcome_text(case)
    }

    /// The fragment of an embed's address, and what it means, as JSON.
    #[wasm_bindgen]
    pub fn state(fragment: &str) -> String {
        losslens::codec::state(&losslens::experiment::address::frame::bare(fragment)).to_string()
    }
}

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::embed::mount();
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn main() {
    println!("The embed of Losslens runs in a browser: `make serve` builds and serves it.");
}
