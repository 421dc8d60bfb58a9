//! The finished folder: what every page says of itself, and that all it refers to is there.

use std::collections::HashSet;
use std::path::PathBuf;

use super::*;

/// A folder as Trunk leaves it; it goes away with this.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("losslens-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        // Trunk puts its own in the place of these.
        let page = include_str!("../../index.html").lines().filter(|it| !it.contains("data-trunk"));
        fs::write(folder.join("index.html"), page.collect::<Vec<_>>().join("\n")).unwrap();
        copy(&root.join("public"), &folder);
        for name in ["late_bg.wasm", "beyond_bg.wasm", "extras_bg.wasm", "evaluate_bg.wasm", "frame_bg.wasm"]
        {
            fs::write(folder.join(name), b"\0asm\x01\0\0\0\0\x01x").unwrap();
        }
        for name in ["late.js", "beyond.js", "late.css", "dialog.css"] {
            fs::write(folder.join(name), "").unwrap();
        }
        fs::write(folder.join("frame.js"), "let wasm_bindgen;").unwrap();
        Self(folder)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// The folders of all pages, with a slash at the end: `""`, `HuberLoss/`, `questions/stuck/`.
    fn pages(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![String::new()];
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(self.0.join(&at)).unwrap().map(Result::unwrap) {
                let name = entry.file_name().into_string().unwrap();
                match entry.path().is_dir() {
                    true => open.push(format!("{at}{name}/")),
                    false if name == "index.html" => found.push(at.clone()),
                    false => {}
                }
            }
        }
        found.sort();
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            fs::write(target, fs::read(entry.path()).unwrap()).unwrap()
        }
    }
}

/// What stands behind each of these, up to the quotation mark.
fn all<'p>(page: &'p str, before: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|it| it.split('"').next().unwrap()).collect()
}

fn only<'p>(page: &'p str, before: &str) -> &'p str {
    let found = all(page, before);
    assert_eq!(found.len(), 1, "{before}: {found:?}");
    found[0]
}

/// Width and height, from the head of the file.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..16], b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn every_page_unfolds_and_finds_its_files() {
    let folder = Folder::new("release");
    finish(&folder.0, true, &Address::default()).unwrap();
    let pages = folder.pages();
    let questions = include_str!("../lessons/questions.md");
    // Every text, home among them, every loss, every question.
    let texts = crate::experiment::address::TEXTS.len();
    assert_eq!(pages.len(), texts + LOSSES.len() + questions.matches("\n## ").count(), "{pages:?}");
    let mut seen = HashSet::new();
    for place in &pages {
        let page = folder.read(&format!("{place}index.html"));
        assert!(page.contains("http-equiv=\"Content-Security-Policy\""), "{place}");
        let description = only(&page, "<meta name=\"description\" content=\"");
        assert!((20..=240).contains(&description.chars().count()), "{place}: {description}");
        let title = shell::title(&page).unwrap();
        let shown = only(&page, "property=\"og:title\" content=\"");
        for unique in [("title", title), ("description", description), ("shown", shown)] {
            assert!(seen.insert((unique.0, unique.1.to_owned())), "{place}: {unique:?}");
        }
        assert_eq!(only(&page, "property=\"og:description\" content=\""), description, "{place}");
        for name in ["og:type", "og:image:alt"] {
            assert!(!only(&page, &format!("property=\"{name}\" content=\"")).is_empty(), "{place}: {name}");
        }
        assert_eq!(only(&page, "property=\"og:image:width\" content=\""), "1200");
        assert_eq!(only(&page, "property=\"og:image:height\" content=\""), "630");
        assert_eq!(only(&page, "name=\"twitter:card\" content=\""), "summary_large_image");

        let picture = folder.0.join(place).join(only(&page, "property=\"og:image\" content=\""));
        let picture = fs::read(picture).unwrap();
        assert_eq!(size(&picture), og::SIZE, "{place}");
        assert!(picture.len() < 40_000, "{place}: {} bytes", picture.len());

        for address in all(&page, "href=\"").into_iter().chain(all(&page, "src=\"")) {
            let file = address.split(['#', '?']).next().unwrap();
            if file.is_empty() || file.contains(':') {
                continue;
            }
            let file = folder.0.join(place).join(file);
            let file = if file.is_dir() { file.join("index.html") } else { file };
            assert!(file.is_file(), "{place}: {address}");
        }
    }
    assert_eq!(folder.read("robots.txt"), "User-agent: *\nAllow: /\n");
    assert!(!folder.0.join("sitemap.xml").exists());
    assert_eq!(fs::read(folder.0.join("extras_bg.wasm")).unwrap(), b"\0asm\x01\0\0\0");
}

#[test]
fn a_known_address_is_written_out() {
    let folder = Folder::new("debug");
    finish(&folder.0, false, &Address::read("https://a.org/b").unwrap()).unwrap();
    let map = folder.read("sitemap.xml");
    for place in folder.pages() {
        let own = format!("https://a.org/b/{place}");
        assert!(map.contains(&format!("<loc>{own}</loc>")), "{own}");
        let page = folder.read(&format!("{place}index.html"));
        assert_eq!(only(&page, "rel=\"canonical\" href=\""), own);
        assert!(only(&page, "property=\"og:image\" content=\"").starts_with("https://a.org/b/og/"));
        assert!(!page.contains("http-equiv=\"Content-Security-Policy\""), "only a release has a policy");
    }
    assert!(folder.read("robots.txt").ends_with("Sitemap: https://a.org/b/sitemap.xml\n"));
    assert!(!folder.0.join("og").exists(), "only a release has pictures");
}

#[test]
fn a_folder_without_a_page_is_named() {
    let error = finish(Path::new("/nowhere"), true, &Address::default()).unwrap_err();
    assert!(error.contains("index.html"), "{error}");
}
