//! The embed: the bench and everything that it needs in one file, which asks for nothing else.

use std::{fs, io::Write, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use super::{named, pictures, wasm, write};
use crate::plot::icon::Frame;

const PAGE: &str = include_str!("embed.html");

/// The site's own page, which has the panel for trouble, too.
const SITE: &str = include_str!("../../index.html");

/// No fonts, and no text that would need them.
const SHEETS: [&str; 10] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/start.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/bench.css"),
    include_str!("../../style/editor.css"),
    include_str!("../../style/chart.css"),
    include_str!("../../style/picture.css"),
    include_str!("../../style/late.css"),
    include_str!("../../style/home.css"),
    include_str!("../../style/frame.css"),
];

/// Makes `embed.html` of the two files that Trunk has built of the program `frame`, which then go.
///
/// # Errors
/// A sentence for the terminal, naming the file.
pub fn finish(folder: &Path) -> Result<(), String> {
    let (script, program) = (folder.join("frame.js"), folder.join("frame_bg.wasm"));
    let glue = fs::read_to_string(&script).map_err(|error| named(&script, &error))?;
    let module = fs::read(&program).map_err(|error| named(&program, &error))?;
    let module = wasm::without_custom_sections(&module).ok_or_else(|| named(&program, &"not WebAssembly"))?;
    write(&folder.join("embed.html"), &page(&glue, &module)?)?;
    for file in [script, program] {
        fs::remove_file(&file).map_err(|error| named(&file, &error))?;
    }
    Ok(())
}

/// The page of a program: its glue, a classic script that declares `wasm_bindgen`, and its module.
fn page(glue: &str, module: &[u8]) -> Result<String, String> {
    let style = SHEETS.join("\n");
    let scripts = [
        ("{ask}", include_str!("../../public/losslens.js")),
        ("{frame}", include_str!("../../public/frame.js")),
        ("{start}", include_str!("../../public/start.js")),
        ("{glue}", glue),
    ];
    let mut allowed = String::from("'wasm-unsafe-eval'");
    for (place, text) in scripts {
        // What would end the element, or begin a comment that hides its end.
        if text.contains("</script") || text.contains("<!--") {
            return Err(format!("the script for {place} of embed.html cannot stand within a page"));
        }
        allowed += &format!(" {}", source(text));
    }
    let policy = format!(
        "default-src 'none'; script-src {allowed}; style-src {}; img-src data: blob:; base-uri 'none'; form-action 'none'",
        source(&style)
    );
    let Frame { width, height } = Frame::CARD;
    let trouble = SITE.find("<div class=\"trouble\"").zip(SITE.find("</body>"));
    let trouble =
        trouble.and_then(|(from, to)| SITE.get(from..to)).ok_or("no panel for trouble in index.html")?;
    let page = PAGE
        .replace("{trouble}", trouble.trim_end())
        .replace("{policy}", &policy)
        .replace("{width}", &width.to_string())
        .replace("{height}", &height.to_string())
        .replace("{pictures}", &pictures::cards())
        .replace("{program}", &packed(module)?)
        .replace("{style}", &style);
    Ok(scripts.into_iter().fold(page, |page, (place, text)| page.replacen(place, text, 1)))
}

/// Compressed, in letters: the page is as small without a server that compresses.
fn packed(module: &[u8]) -> Result<String, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(module).and_then(|()| encoder.finish());
    packed.map(|it| STANDARD.encode(it)).map_err(|error| format!("frame_bg.wasm: {error}"))
}

/// What a policy calls a script or a sheet within the page.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_in_the_page_and_nothing_is_asked_for() {
        let page = page("let wasm_bindgen = 1;", b"\0asm").unwrap();
        for part in ["let wasm_bindgen = 1;", "window.losslens = ", "HuberLoss-card", ".loss-chart"] {
            assert!(page.contains(part), "{part}");
        }
        for part in [" src=", "url(", "@import", " style=", "{ask}", "{glue}", "{program}", "{policy}"] {
            assert!(!page.contains(part), "{part}");
        }
    }

    #[test]
    fn its_policy_allows_its_scripts_by_their_hashes() {
        // printf 'let wasm_bindgen = 1;' | openssl dgst -sha256 -binary | base64
        let page = page("let wasm_bindgen = 1;", b"\0asm").unwrap();
        assert_eq!(page.matches("'sha256-").count(), 5);
        assert!(page.contains(&source("let wasm_bindgen = 1;")));
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
        let (_, inside) = page.split_once("<style>").unwrap();
        assert!(page.contains(&source(inside.split_once("</style>").unwrap().0)));
    }

    #[test]
    fn a_script_that_would_end_early_is_an_error() {
        assert!(page("'</script>'", b"").unwrap_err().contains("glue"));
    }
}
