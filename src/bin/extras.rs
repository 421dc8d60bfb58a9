//! What a first look does not need: the figures of the texts and the dialogs. A module of its own, which the page
//! loads when one of them is wanted.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::extras();
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn main() {
    println!("The figures of Losslens run in a browser: `make serve` builds and serves it.");
}
