//! The app with the losses that hold layers and those beyond `torch.nn`. `public/start.js` knows which of its programs an
//! address needs.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::mount();
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn main() {
    println!("Losslens runs in a browser: `make serve` builds and serves it.");
}
