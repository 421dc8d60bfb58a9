//! Mounts the app; natively, only says where it lives.

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::mount();
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn main() {
    println!("Losslens runs in a browser: `make serve` builds and serves it.");
}
