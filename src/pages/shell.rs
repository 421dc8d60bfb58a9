//! The site's page with a text of its own in it: one that reads without scripts, and becomes the app where they run.

/// A page in a folder of its own.
pub struct Below<'a> {
    /// The folder, and what the address of the app says: `HuberLoss`.
    pub route: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    /// The text that stands there while the app loads.
    pub text: &'a str,
}

/// The site's page as it stands in a folder below, with that text in the place of the frame.
///
/// # Errors
/// What the site's page lacks.
pub fn below(shell: &str, it: &Below) -> Result<String, String> {
    let page = one_folder_down(shell);
    let page = swap(&page, "<title>", "</title>", &format!("{} · Losslens", escaped(it.title)))?;
    let page = swap(&page, r#"<meta name="description" content=""#, "\">", &escaped(it.description))?;
    let page = page.replacen("<html ", &format!(r#"<html data-route="{}" "#, it.route), 1);
    swap(&page, "<!--frame-->", "<!--/frame-->", &leading(it.text))
}

/// The site's page with the text of that name in the place of the frame that stands there while the app loads.
///
/// # Errors
/// What the site's page lacks.
pub fn framed(page: &str, name: &str, text: &str) -> Result<String, String> {
    let article = format!(r#"<article data-text="{name}">{text}</article>"#);
    swap(page, "<!--frame-->", "<!--/frame-->", &article)
}

/// What stands in the tab of the site's page.
///
/// # Errors
/// Where it has none.
pub fn title(page: &str) -> Result<&str, String> {
    let found = page.split_once("<title>").and_then(|it| it.1.split_once("</title>"));
    found.map(|it| it.0).ok_or_else(|| "no title in the page".to_owned())
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Without scripts nobody reads fragments: a link leads to the other page as well as to its state or its part.
fn leading(text: &str) -> String {
    let parts = text.split("href=\"#/").enumerate();
    parts
        .map(|(place, part)| match part.split_once(['"', '?', '/']) {
            Some((name, _)) if place > 0 => format!("href=\"../{name}/#/{part}"),
            _ => part.to_owned(),
        })
        .collect()
}

/// The site's files lie one folder up.
fn one_folder_down(page: &str) -> String {
    let own = |address: &str| !address.starts_with('#') && !address.contains(':');
    ["href=\"", "src=\""].into_iter().fold(page.to_owned(), |page, attribute| {
        let mut parts = page.split(attribute);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| {
            out + attribute + if own(part.split('"').next().unwrap_or("#")) { "../" } else { "" } + part
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

    const SHELL: &str = r##"<!doctype html><html lang="en"><head><title>Losslens</title>
<meta name="description" content="Drag."><script src="./start.js"></script><link href="fonts/a.woff2">
</head><body><a href="#/">home</a><a href="https://pytorch.org">PyTorch</a><main><!--frame--><p>wait</p><!--/frame--></main></body>"##;

    fn huber() -> Below<'static> {
        Below {
            route: "HuberLoss",
            title: "Huber",
            description: "Below δ & beyond.",
            text: r##"<p>See <a href="#/MSELoss?input=1">MSE</a> and <a href="#/article/mse">its sample</a>.</p>"##,
        }
    }

    #[test]
    fn files_are_found_from_below() {
        let page = below(SHELL, &huber()).unwrap();
        assert!(
            page.contains(r#"src=".././start.js""#) && page.contains(r#"href="../fonts/a.woff2""#),
            "{page}"
        );
        assert!(page.contains(r##"href="#/""##) && page.contains(r#"href="https://pytorch.org""#), "{page}");
    }

    #[test]
    fn it_says_which_page_it_is() {
        let page = below(SHELL, &huber()).unwrap();
        for part in [
            r#"<html data-route="HuberLoss" lang="en">"#,
            "<title>Huber · Losslens<",
            r#"content="Below δ &amp; beyond.""#,
            r##"href="../MSELoss/#/MSELoss?input=1""##,
            r##"href="../article/#/article/mse""##,
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("wait") && !page.contains("Drag."));
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        let error = below("<title></title>", &huber()).unwrap_err();
        assert!(error.contains("description"), "{error}");
    }
}
