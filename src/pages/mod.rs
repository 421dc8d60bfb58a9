//! The site generator: finishes, natively, the folder that Trunk has built.

mod embed;
mod home;
mod loss;
mod pictures;
mod policy;
mod shell;
mod wasm;
mod which;

use std::{fs, path::Path};

use crate::lessons;
use crate::loss::torch::LOSSES;

/// Finishes the site in `folder`, which holds the `index.html` of a Trunk build: writes the pages and lessons of the
/// losses, and their pictures.
///
/// In a release the pages get their Content-Security-Policy. A debug build has none, and neither has
/// `trunk serve --release`: both carry Trunk's inline reload script.
///
/// # Errors
/// A sentence for the terminal, naming the file.
pub fn finish(folder: &Path, release: bool) -> Result<(), String> {
    let index = folder.join("index.html");
    let mut page = fs::read_to_string(&index).map_err(|error| named(&index, &error))?;
    page = page.replace("<html ", &format!("<html data-version=\"{}\" ", version(folder)));
    if release && !policy::has_reload_script(&page) {
        page = policy::protect(&page).map_err(|error| named(&index, &error))?;
        strip_modules(folder)?;
    }
    // `make python` needs the pages alone, and builds no programs; `make size` misses an embed that is not there.
    if folder.join("frame.js").exists() {
        embed::finish(folder)?;
    }
    write(&folder.join("pictures.svg"), &pictures::pictures())?;
    let title = shell::title(&page)?;
    write(&folder.join("home.html"), &format!("{title}\n{}", home::home()))?;
    let text = lessons::text("questions")?;
    let questions = format!("{} · Losslens\n<div class=\"prose\">{}</div>", text.title, text.html);
    write(&folder.join("questions.html"), &questions)?;
    for spec in LOSSES.iter().map(|it| it.spec) {
        let lesson = lessons::read(spec.torch)?;
        let folder = folder.join(spec.torch);
        fs::create_dir_all(&folder).map_err(|error| named(&folder, &error))?;
        write(&folder.join("lesson.html"), &loss::fragment(&lesson))?;
        let page = loss::page(&page, spec, &lesson).map_err(|error| named(&index, &error))?;
        write(&folder.join("index.html"), &page)?;
    }
    let text = which::which()?;
    write(&folder.join("which.html"), &format!("{} · Losslens\n{text}", which::TITLE))?;
    fs::create_dir_all(folder.join("which")).map_err(|error| named(folder, &error))?;
    let own = which::page(&page, &text).map_err(|error| named(&index, &error))?;
    write(&folder.join("which/index.html"), &own)?;
    let page = shell::framed(&page, "home", &home::home()).map_err(|error| named(&index, &error))?;
    write(&index, &page)
}

/// A number that changes with the modules whose names stay: a browser that has an old one asks for the new.
fn version(folder: &Path) -> String {
    // FNV-1a, 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for name in ["figures_bg.wasm", "evaluate_bg.wasm"] {
        for byte in fs::read(folder.join(name)).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| named(path, &error))
}

/// Trunk strips nothing, and leaves the names of all functions in the module.
fn strip_modules(folder: &Path) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| named(folder, &error))?;
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    for file in files.filter(|it| it.extension().is_some_and(|it| it == "wasm")) {
        let module = fs::read(&file).map_err(|error| named(&file, &error))?;
        let stripped =
            wasm::without_custom_sections(&module).ok_or_else(|| named(&file, &"not WebAssembly"))?;
        fs::write(&file, stripped).map_err(|error| named(&file, &error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_release_is_given_a_policy() {
        let folder = std::env::temp_dir().join(format!("losslens-pages-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("index.html");
        fs::write(&file, include_str!("../../index.html")).unwrap();
        let module = folder.join("app.wasm");
        fs::write(&module, b"\0asm\x01\0\0\0\0\x01x").unwrap();
        let built = || {
            for name in ["figures_bg.wasm", "evaluate_bg.wasm", "frame_bg.wasm"] {
                fs::write(folder.join(name), b"\0asm\x01\0\0\0").unwrap();
            }
            fs::write(folder.join("frame.js"), "let wasm_bindgen;").unwrap();
        };

        built();
        finish(&folder, false).unwrap();
        assert!(folder.join("embed.html").exists() && !folder.join("frame_bg.wasm").exists());
        assert!(!fs::read_to_string(&file).unwrap().contains("Content-Security-Policy"));
        built();
        finish(&folder, true).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("Content-Security-Policy"));
        assert_eq!(fs::read(&module).unwrap(), b"\0asm\x01\0\0\0");

        fs::remove_dir_all(&folder).unwrap();
        assert!(finish(&folder, true).unwrap_err().contains("index.html"));
    }
}
