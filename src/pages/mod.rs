//! The site generator: finishes, natively, the folder that Trunk has built.

mod embed;
mod home;
mod leaf;
mod loss;
mod og;
mod pictures;
mod policy;
mod questions;
mod sheets;
mod shell;
mod stills;
#[cfg(test)]
mod tests;
mod texts;
mod wasm;
mod which;

use std::{fs, path::Path};

pub use leaf::Address;

use crate::lessons;
use crate::loss::spec::Name;
use crate::loss::torch::{BEYOND, LATE, LOSSES};
use leaf::Leaf;
use og::Studio;

/// What puts the examples of a text to work.
const AUTHORS: &str = include_str!("../../public/authors.js");

/// The programs beside the first, and the losses that each has.
const PROGRAMS: [(&str, &[Name]); 2] = [("late", LATE), ("beyond", BEYOND)];

/// Finishes the site in `folder`, which holds the `index.html` of a Trunk build: writes the pages and lessons of the
/// losses, the questions, and their pictures. `address` is where the site will be found.
///
/// In a release the pages get their Content-Security-Policy, and the pictures of links are drawn. A debug build has
/// neither, and neither has `trunk serve --release`: both carry Trunk's inline reload script.
///
/// # Errors
/// A sentence for the terminal, naming the file.
pub fn finish(folder: &Path, release: bool, address: &Address) -> Result<(), String> {
    let index = folder.join("index.html");
    let mut page = fs::read_to_string(&index).map_err(|error| named(&index, &error))?;
    let names = |part: &[Name]| part.iter().map(|it| it.torch).collect::<Vec<_>>().join(" ");
    let mut marks = format!("<html data-version=\"{}\" ", version(folder));
    for (program, part) in PROGRAMS {
        marks += &format!("data-{program}=\"{}\" ", names(part));
    }
    page = page.replace("<html ", &marks);
    let release = release && !policy::has_reload_script(&page);
    if release {
        page = sheets::join(folder, &page)?;
        page = policy::protect(&page).map_err(|error| named(&index, &error))?;
        strip_modules(folder)?;
    }
    // `make python` needs the pages alone, and builds no programs; `make size` misses an embed that is not there.
    if folder.join("frame.js").exists() {
        embed::finish(folder)?;
    }
    write(&folder.join("menu.svg"), pictures::menu())?;
    write(&folder.join("cards.svg"), pictures::cards())?;
    let home = home::leaf(&page).map_err(|error| named(&index, &error))?;
    write(&folder.join("home.html"), format!("{}\n{}", home.title, home.text))?;
    let text = lessons::text("questions")?;
    write(&folder.join("questions.html"), format!("{} · Losslens\n{}", text.title, questions::page(&text)))?;
    let which = which::which()?;
    write(&folder.join("which.html"), format!("{} · Losslens\n{which}", which::TITLE))?;
    let mut leaves = vec![home, which::leaf(&which)?];
    leaves.extend(questions::leaves(&text)?);
    for (leaf, script) in texts::leaves()? {
        if !script.is_empty() {
            write(&folder.join(format!("{}.js", leaf.route)), format!("{AUTHORS}\n{script}"))?;
        }
        let page = format!("{} · Losslens\n{}", leaf.title, leaf.text);
        write(&folder.join(format!("{}.html", leaf.route)), page)?;
        leaves.push(leaf);
    }
    for loss in LOSSES {
        let lesson = lessons::read(loss.spec.torch)?;
        write(&folder.join(loss.spec.torch).join("lesson.html"), loss::fragment(&lesson))?;
        leaves.push(loss::leaf(loss, &lesson));
    }
    for leaf in &mut leaves {
        leaf.text = stills::put(&leaf.text);
    }
    for leaf in &leaves {
        let own = own(&page, leaf, address).map_err(|error| named(&index, &error))?;
        write(&folder.join(&leaf.route).join("index.html"), &own)?;
    }
    write(&folder.join("robots.txt"), leaf::robots(address))?;
    if let Some(map) = leaf::sitemap(&leaves, address) {
        write(&folder.join("sitemap.xml"), &map)?;
    }
    if release { draw(folder, &leaves) } else { Ok(()) }
}

/// The file of a page.
fn own(page: &str, leaf: &Leaf, address: &Address) -> Result<String, String> {
    if leaf.route.is_empty() {
        return shell::introduced(&shell::framed(page, "home", &leaf.text)?, leaf, address);
    }
    let other = PROGRAMS.iter().find(|it| it.1.iter().any(|loss| loss.torch == leaf.route));
    match other {
        Some((program, _)) => shell::below(&shell::started_by(page, program)?, leaf, address),
        None => shell::below(page, leaf, address),
    }
}

/// Draws what links unfold to.
fn draw(folder: &Path, leaves: &[Leaf]) -> Result<(), String> {
    let studio = Studio::open()?;
    for leaf in leaves {
        write(&folder.join(leaf.picture_file()), studio.png(&leaf.picture)?)?;
    }
    Ok(())
}

/// A number that changes with the modules whose names stay: a browser that has an old one asks for the new.
fn version(folder: &Path) -> String {
    let modules = ["late_bg.wasm", "beyond_bg.wasm", "extras_bg.wasm", "evaluate_bg.wasm"];
    let bytes = modules.map(|it| fs::read(folder.join(it)).unwrap_or_default()).concat();
    format!("{:016x}", hash(&bytes))
}

/// FNV-1a, 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// Writes a file, and makes its folder where there is none yet.
fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content));
    written.map_err(|error| named(path, &error))
}

/// Trunk strips nothing, and leaves the names of all functions in the module.
fn strip_modules(folder: &Path) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| named(folder, &error))?;
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    for file in files.filter(|it| it.extension().is_some_and(|it| it == "wasm")) {
        let module = fs::read(&file).map_err(|error| named(&file, &error))?;
        let stripped =
            wasm::without_custom_sections(&module).ok_or_else(|| named(&file, &"not WebAssembly"))?;
        write(&file, &stripped)?;
    }
    Ok(())
}
