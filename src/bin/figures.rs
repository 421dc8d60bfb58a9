//! The figures of the lessons: a module of its own, which the page loads when one of them comes near.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::figure::mount();
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn main() {
    println!("The figures of Losslens run in a browser: `make serve` builds and serves it.");
}
