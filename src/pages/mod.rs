//! The site generator: finishes, natively, the folder that Trunk has built.

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
use shell::Below;

/// The pages of text that are Markdown, each with what a search engine says of it.
const TEXTS: [(&str, &str); 3] = [
    (
        "questions",
        "What people ask about PyTorch's losses again and again, each answer with something to move.",
    ),
    ("article", "A tutorial's twelve PyTorch losses with numbers to move, and what it gets wrong."),
    ("start", "What a loss is, against cost, objective and reward, and why no model improves without one."),
];

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
    page = page.replace("<html ", &format!("<html data-version=\"{}\" ", version(folder)?));
    if release && !policy::has_reload_script(&page) {
        page = policy::protect(&page).map_err(|error| named(&index, &error))?;
        strip_modules(folder)?;
    }
    write(&folder.join("pictures.svg"), &pictures::pictures())?;
    let title = shell::title(&page)?;
    write(&folder.join("home.html"), &format!("{title}\n{}", home::home()))?;
    for (route, description) in TEXTS {
        let text = lessons::text(route)?;
        let prose = format!(r#"<div class="prose">{}</div>"#, text.html);
        write_text(folder, &page, &Below { route, title: &text.title, description, text: &prose })?;
    }
    let text = which::which()?;
    let which = Below { route: "which", title: which::TITLE, description: which::BRIEF, text: &text };
    write_text(folder, &page, &which)?;
    for spec in LOSSES.iter().map(|it| it.spec) {
        let lesson = lessons::read(spec.torch)?;
        let folder = folder.join(spec.torch);
        fs::create_dir_all(&folder).map_err(|error| named(&folder, &error))?;
        write(&folder.join("lesson.html"), &loss::fragment(&lesson))?;
        let page = loss::page(&page, spec, &lesson).map_err(|error| named(&index, &error))?;
        write(&folder.join("index.html"), &page)?;
    }
    let page = shell::framed(&page, "home", &home::home()).map_err(|error| named(&index, &error))?;
    write(&index, &page)
}

/// A page of text: for the app a file with its title and itself, and a page of its own.
fn write_text(folder: &Path, shell: &str, it: &Below) -> Result<(), String> {
    write(&folder.join(format!("{}.html", it.route)), &format!("{} · Losslens\n{}", it.title, it.text))?;
    let text = format!("<article>{}</article>", it.text);
    let page = shell::below(shell, &Below { text: &text, ..*it }).map_err(|error| named(folder, &error))?;
    let own = folder.join(it.route);
    fs::create_dir_all(&own).map_err(|error| named(&own, &error))?;
    write(&own.join("index.html"), &page)
}

/// A number that changes with the figures' module, whose name stays: a browser that has an old one asks for the new.
fn version(folder: &Path) -> Result<String, String> {
    let file = folder.join("figures_bg.wasm");
    let module = fs::read(&file).map_err(|error| named(&file, &error))?;
    // FNV-1a, 64 bits.
    let hash = module.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(format!("{hash:016x}"))
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
        fs::write(folder.join("figures_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();

        finish(&folder, false).unwrap();
        assert!(!fs::read_to_string(&file).unwrap().contains("Content-Security-Policy"));
        finish(&folder, true).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("Content-Security-Policy"));
        assert_eq!(fs::read(&module).unwrap(), b"\0asm\x01\0\0\0");
        for text in crate::experiment::address::TEXTS.into_iter().skip(1) {
            let read = |name: String| fs::read_to_string(folder.join(name)).unwrap();
            assert!(read(format!("{text}.html")).contains(" · Losslens\n"), "{text}");
            assert!(read(format!("{text}/index.html")).contains(&format!("data-route=\"{text}\"")), "{text}");
        }

        fs::remove_dir_all(&folder).unwrap();
        assert!(finish(&folder, true).unwrap_err().contains("index.html"));
    }
}
