//! The site's page with a text of its own in it: one that reads without scripts, and becomes the app where they run.

use super::leaf::{Address, Leaf};

/// The site's page as it stands in a folder below, with the text of its own in the place of the frame.
///
/// # Errors
/// What the site's page lacks.
pub fn below(shell: &str, it: &Leaf, address: &Address) -> Result<String, String> {
    let up = it.up();
    let page = from_below(shell, &up);
    let page = swap(&page, "<title>", "</title>", &format!("{} · Losslens", escaped(&it.title)))?;
    let page = swap(&page, r#"<meta name="description" content=""#, "\">", &escaped(&it.description))?;
    let page = page.replacen("<html ", &format!(r#"<html data-route="{}" "#, it.route), 1);
    let page = swap(&page, "<!--frame-->", "<!--/frame-->", &leading(&it.text, &up))?;
    introduced(&page, it, address)
}

/// The site's page for another program than the first: it is fetched early, and the first, whose place other files are
/// found by, is not.
///
/// # Errors
/// Where the page names no program.
pub fn started_by(page: &str, program: &str) -> Result<String, String> {
    let version = between(page, "data-version=\"", "\"")?;
    let fetch = format!(
        r#"<link rel="stylesheet" href="late.css?{version}" data-sheet="late.css"><link rel="modulepreload" href="{program}.js?{version}" crossorigin="anonymous"><link rel="preload" href="{program}_bg.wasm?{version}" as="fetch" type="application/wasm" crossorigin="anonymous">"#
    );
    let page = page.replacen(r#"rel="modulepreload" id="app-js""#, r#"rel="alternate" id="app-js""#, 1);
    let page = page.replacen(r#"rel="preload" id="app-wasm""#, r#"rel="alternate" id="app-wasm""#, 1);
    let (before, after) = page.split_once("</head>").ok_or("no </head> in the page")?;
    Ok(format!("{before}{fetch}</head>{after}"))
}

/// The page with what it says of itself to those that show links.
///
/// # Errors
/// Where it has no head.
pub fn introduced(page: &str, it: &Leaf, address: &Address) -> Result<String, String> {
    let (before, after) = page.split_once("</head>").ok_or("no </head> in the page")?;
    Ok(format!("{before}{}</head>{after}", it.metas(address)))
}

/// The site's page with the text of that name in the place of the frame that stands there while the app loads.
///
/// # Errors
/// What the site's page lacks.
pub fn framed(page: &str, name: &str, text: &str) -> Result<String, String> {
    let article = format!(r#"<article data-text="{name}">{}</article>"#, leading(text, ""));
    swap(page, "<!--frame-->", "<!--/frame-->", &article)
}

/// What stands in the tab of the site's page.
///
/// # Errors
/// Where it has none.
pub fn title(page: &str) -> Result<&str, String> {
    between(page, "<title>", "</title>")
}

/// What the site's page is about.
///
/// # Errors
/// Where it does not say.
pub fn description(page: &str) -> Result<&str, String> {
    between(page, r#"<meta name="description" content=""#, "\">")
}

fn between<'p>(page: &'p str, from: &str, to: &str) -> Result<&'p str, String> {
    let found = page.split_once(from).and_then(|it| it.1.split_once(to));
    found.map(|it| it.0).ok_or_else(|| format!("no {from} … {to} in the page"))
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Without scripts nobody reads fragments: a link leads to the other page as well as to its state.
fn leading(text: &str, up: &str) -> String {
    let parts = text.split("href=\"#/").enumerate();
    parts
        .map(|(place, part)| match part.split_once(['"', '?']) {
            Some(("", _)) if place > 0 => format!("href=\"{up}#/{part}"),
            Some((name, _)) if place > 0 => {
                // Each question has a page of its own; of other pages a part is a part.
                let own = name.starts_with("questions/");
                let page = if own { name } else { name.split('/').next().unwrap_or(name) };
                format!("href=\"{up}{page}/#/{part}")
            }
            _ => part.to_owned(),
        })
        .collect()
}

/// The site's files lie some folders up.
fn from_below(page: &str, up: &str) -> String {
    let own = |address: &str| !address.starts_with('#') && !address.contains(':');
    ["href=\"", "src=\""].into_iter().fold(page.to_owned(), |page, attribute| {
        let mut parts = page.split(attribute);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| {
            out + attribute + if own(part.split('"').next().unwrap_or("#")) { up } else { "" } + part
        })
    })
}

fn swap(page: &str, from: &str, to: &str, with: &str) -> Result<String, String> {
    let found = page.split_once(from).and_then(|(before, rest)| Some((before, rest.split_once(to)?.1)));
    let (before, after) = found.ok_or_else(|| format!("no {from} … {to} in the page"))?;
    Ok(format!("{before}{from}{with}{to}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;
    use crate::pages::og::{Art, Foot, Picture};

    #[test]
    fn a_late_loss_fetches_its_own_program_early() {
        let page = r#"<html data-version="7"><head><link rel="modulepreload" id="app-js" href="a.js"><link rel="preload" id="app-wasm" href="a.wasm"></head>"#;
        let page = started_by(page, "late").unwrap();
        let fetched: Vec<&str> = page.split("<link ").filter(|it| it.contains("preload\"")).collect();
        assert!(
            matches!(*fetched, [script, module] if script.contains("late.js?7") && module.contains("late_bg.wasm?7"))
        );
        assert!(page.contains(r#"id="app-js" href="a.js""#));
    }

    const SHELL: &str = r##"<!doctype html><html lang="en"><head><title>Losslens</title>
<meta name="description" content="Drag."><script src="./start.js"></script><link href="fonts/a.woff2">
</head><body><a href="#/">home</a><a href="https://pytorch.org">PyTorch</a><main><!--frame--><p>wait</p><!--/frame--></main></body>"##;

    fn huber(route: &str) -> Leaf {
        Leaf {
            route: route.to_owned(),
            title: "Huber".to_owned(),
            description: "Below δ & beyond.".to_owned(),
            text: r##"<p>See <a href="#/MSELoss?input=1">MSE</a>, <a href="#/questions/one-hot">this</a>, <a href="#/">home</a>.</p>"##.to_owned(),
            picture: Picture {
                title: "Huber".to_owned(),
                foot: Foot::Text(String::new()),
                art: Art::of_loss(&LOSSES[0]),
            },
            alt: "Its \"curve\".".to_owned(),
        }
    }

    fn page(route: &str, address: &str) -> String {
        below(SHELL, &huber(route), &Address::read(address).unwrap()).unwrap()
    }

    #[track_caller]
    fn has(page: &str, parts: &[&str]) {
        for part in parts {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn files_are_found_from_below() {
        has(&page("HuberLoss", ""), &[r#"src=".././start.js""#, r#"href="../fonts/a.woff2""#]);
        has(&page("questions/stuck", ""), &[r#"src="../.././start.js""#, r#"href="../../fonts/a.woff2""#]);
        has(&page("HuberLoss", ""), &[r##"href="#/""##, r#"href="https://pytorch.org""#]);
    }

    #[test]
    fn it_says_which_page_it_is() {
        let page = page("questions/stuck", "");
        has(
            &page,
            &[
                r#"<html data-route="questions/stuck" lang="en">"#,
                "<title>Huber · Losslens<",
                r#"content="Below δ &amp; beyond.""#,
                r##"href="../../MSELoss/#/MSELoss?input=1""##,
                r##"href="../../questions/one-hot/#/questions/one-hot""##,
                r##"href="../../#/""##,
            ],
        );
        assert!(!page.contains("wait") && !page.contains("Drag."));
    }

    #[test]
    fn it_says_what_a_link_to_it_unfolds_to() {
        let unknown = page("HuberLoss", "");
        has(
            &unknown,
            &[
                r#"<meta property="og:title" content="Huber">"#,
                r#"<meta property="og:image" content="../og/HuberLoss.png">"#,
                r#"<meta property="og:image:alt" content="Its &quot;curve&quot;.">"#,
                r#"<meta name="twitter:card" content="summary_large_image">"#,
            ],
        );
        assert!(!unknown.contains("canonical") && !unknown.contains("og:url"));
        has(
            &page("HuberLoss", "https://a.org/b"),
            &[
                r#"<meta property="og:image" content="https://a.org/b/og/HuberLoss.png">"#,
                r#"<link rel="canonical" href="https://a.org/b/HuberLoss/">"#,
            ],
        );
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        let error = below("<title></title>", &huber("HuberLoss"), &Address::default()).unwrap_err();
        assert!(error.contains("description"), "{error}");
    }
}
