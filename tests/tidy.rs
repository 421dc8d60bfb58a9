//! What the house rules say about the text of the sources: length, first line, layers, panics, leftovers.

use std::{fs, path::Path};

/// A rule: the path of a file, its text, and what is wrong with it, a line each.
type Rule = fn(&str, &str) -> Vec<String>;

const RULES: [Rule; 5] =
    [is_short, opens_with_its_purpose, keeps_to_its_layer, does_not_panic, leaves_nothing];

#[test]
fn the_sources_are_tidy() {
    let mut files = Vec::new();
    for top in ["src", "style", "public", "scripts", "tests", "examples", "benches", "index.html"] {
        collect(Path::new(top), &mut files);
    }
    assert!(files.iter().any(|(path, _)| path == "src/loss/torch/mod.rs"), "the walk misses files");
    let complaints: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| {
            let found = RULES.iter().flat_map(move |rule| rule(path, text));
            found.map(move |complaint| format!("{path}: {complaint}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    let long = "//! Long.\n".repeat(401);
    let leftover = concat!("/", "/ TO", "DO: think\n");
    for (rule, path, bad) in [
        (is_short as Rule, "src/a.rs", long.as_str()),
        (is_short, "style/a.css", &long),
        (opens_with_its_purpose, "src/a.rs", "use std::fmt;\n"),
        (keeps_to_its_layer, "src/plot/a.rs", "use leptos::prelude::*;\n"),
        (keeps_to_its_layer, "src/experiment/a.rs", "let it: web_sys::Element;\n"),
        (keeps_to_its_layer, "src/loss/a.rs", "use serde_json::Value;\n"),
        (keeps_to_its_layer, "src/loss/a.rs", "let it = crate::experiment::Experiment::new();\n"),
        (keeps_to_its_layer, "src/loss/torch/a.rs", "use super::super::super::plot;\n"),
        (does_not_panic, "src/a.rs", "let it = it.unwrap();\n#[cfg(test)]\nmod tests {}\n"),
        (does_not_panic, "src/a.rs", "#[cfg(test)]\nconst A: u8 = 1;\nfn b() {\n    unreachable!()\n}\n"),
        (leaves_nothing, "tests/a.rs", leftover),
        (leaves_nothing, "src/a.rs", concat!("#[al", "low(dead_code)]\n")),
    ] {
        assert!(!rule(path, bad).is_empty(), "{path}: {bad}");
    }
}

#[test]
fn what_is_good_passes() {
    let good = "//! Good; never a panic!\nuse crate::loss::spec::Spec;\nuse super::reduce;\n\
        fn a(it: Option<u8>) -> u8 {\n    it.unwrap_or(0) // unwrap() would panic\n}\n\
        #[cfg(test)]\nmod tests {\n    fn b() {\n        Some(1).unwrap();\n    }\n}\n";
    for rule in RULES {
        assert_eq!(rule("src/loss/a.rs", good), Vec::<String>::new());
    }
    assert!(keeps_to_its_layer("src/ui/a.rs", "use leptos::prelude::*;\n").is_empty());
}

fn is_short(path: &str, text: &str) -> Vec<String> {
    let ruled = ["src/", "style/", "scripts/"].iter().any(|it| path.starts_with(it)) || path.ends_with(".js");
    let lines = text.lines().count();
    if ruled && lines > 400 { vec![format!("{lines} lines; split it")] } else { vec![] }
}

fn opens_with_its_purpose(path: &str, text: &str) -> Vec<String> {
    let ruled = path.starts_with("src/") && path.ends_with(".rs");
    if ruled && !text.starts_with("//! ") { vec!["does not open with `//! `".into()] } else { vec![] }
}

/// Browser crates in the user interface alone, but for decimals and what random numbers ask of the platform; in the core nothing but the standard library and itself.
fn keeps_to_its_layer(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/") || !path.ends_with(".rs") {
        return vec![];
    }
    let mut forbidden = Vec::new();
    if !path.starts_with("src/ui/")
        && path != "src/main.rs"
        && path != "src/random/platform.rs"
        && !path.starts_with("src/decimal/")
    {
        let browser = ["leptos", "reactive_graph", "any_spawner", "web_sys", "js_sys"];
        forbidden.extend(browser.map(str::to_owned));
    }
    if path.starts_with("src/loss/") {
        forbidden.extend(dependencies().into_iter().map(|it| format!("{it}::")));
        for module in modules().into_iter().filter(|it| it != "loss" && it != "decimal") {
            forbidden.extend([format!("crate::{module}"), format!("super::{module}")]);
        }
    }
    offences(text, &forbidden)
}

fn does_not_panic(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/") || !path.ends_with(".rs") || path.ends_with("/tests.rs") {
        return vec![];
    }
    let program = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    offences(program, &[".unwrap()", ".expect(", "panic!", "todo!", "unreachable!", "unimplemented!"])
}

fn leaves_nothing(_: &str, text: &str) -> Vec<String> {
    // Split, so that this file keeps its own rule.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("db", "g!"), concat!("#[ig", "nore")];
    let marks = marks.into_iter().chain([concat!("#[al", "low"), concat!("#![al", "low")]);
    marks.filter(|it| text.contains(it)).map(|it| format!("has {it}")).collect()
}

/// The lines of code, comments aside, that contain one of `words`.
fn offences(text: &str, words: &[impl AsRef<str>]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        for word in words.iter().map(AsRef::as_ref).filter(|it| contains_word(code, it)) {
            found.push(format!("line {}: {word}", number + 1));
        }
    }
    found
}

/// Whether `word` stands in `code` and not as the end or the beginning of a longer name.
fn contains_word(code: &str, word: &str) -> bool {
    let name = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let open = |edge: bool, neighbor| !(edge && name(neighbor));
    code.match_indices(word).any(|(at, _)| {
        open(name(word.chars().next()), code[..at].chars().next_back())
            && open(name(word.chars().next_back()), code[at + word.len()..].chars().next())
    })
}

/// The names of all dependencies in Cargo.toml, as Rust writes them.
fn dependencies() -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in include_str!("../Cargo.toml").lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.contains("dependencies");
        } else if inside && let Some((name, _)) = line.split_once(" = ") {
            names.push(name.replace('-', "_"));
        }
    }
    names
}

/// The modules that src/lib.rs declares.
fn modules() -> Vec<String> {
    let lines = include_str!("../src/lib.rs").lines();
    lines.filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// The text files at and under `path`, relative to the package, where tests run.
fn collect(path: &Path, files: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten().map(|it| it.path()) {
            if !entry.ends_with("node_modules") {
                collect(&entry, files);
            }
        }
    } else if let Ok(text) = fs::read_to_string(path) {
        files.push((path.to_string_lossy().replace('\\', "/"), text));
    }
}
