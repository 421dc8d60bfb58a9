//! The page of a loss as a file of its own: it reads without scripts, and becomes the app where they run.

use crate::lessons::Lesson;
use crate::loss::spec::Spec;

/// A line with the formula, then the text, for the app to put where they belong.
pub fn fragment(lesson: &Lesson) -> String {
    format!("{}\n{}", lesson.formula.replace('\n', " "), lesson.explanation)
}

/// The site's page with the lesson in the place of the frame that stands there while the app loads.
///
/// # Errors
/// What the site's page lacks.
pub fn page(shell: &str, spec: &Spec, lesson: &Lesson) -> Result<String, String> {
    let page = below(shell);
    let page = swap(&page, "<title>", "</title>", &format!("{} · Losslens", spec.title))?;
    let page = swap(&page, r#"<meta name="description" content=""#, "\">", &escaped(spec.brief))?;
    let page = page.replacen("<html ", &format!(r#"<html data-loss="{}" "#, spec.torch), 1);
    swap(&page, "<!--frame-->", "<!--/frame-->", &article(spec, lesson))
}

fn article(spec: &Spec, lesson: &Lesson) -> String {
    // Without scripts nobody reads fragments: a link leads to the other page as well as to its state.
    let text = lesson.explanation.split("href=\"#/").enumerate().map(|(place, part)| {
        match part.split_once(['"', '?']) {
            Some((name, _)) if place > 0 => format!("href=\"../{name}/#/{part}"),
            _ => part.to_owned(),
        }
    });
    format!(
        r#"<article class="loss-page"><header class="head"><div><p class="eyebrow">{group}</p><div class="title"><h1>{title}</h1><code class="signature">nn.{torch}()</code></div><p class="lede">{brief}</p></div><div class="formula">{formula}</div></header><section class="prose">{text}</section></article>"#,
        group = spec.group.title(),
        title = spec.title,
        torch = spec.torch,
        brief = escaped(spec.brief),
        formula = lesson.formula,
        text = text.collect::<String>(),
    )
}

/// The page as it reads in a folder below: the site's files lie one folder up.
fn below(page: &str) -> String {
    let own = |address: &str| !address.starts_with('#') && !address.contains(':');
    ["href=\"", "src=\""].into_iter().fold(page.to_owned(), |page, attribute| {
        let mut parts = page.split(attribute);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| {
            out + attribute + if own(part.split('"').next().unwrap_or("#")) { "../" } else { "" } + part
        })
    })
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

fn swap(page: &str, from: &str, to: &str, with: &str) -> Result<String, String> {
    let found = page.split_once(from).and_then(|(before, rest)| Some((before, rest.split_once(to)?.1)));
    let (before, after) = found.ok_or_else(|| format!("no {from} … {to} in the page"))?;
    Ok(format!("{before}{from}{with}{to}{after}"))
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::Loss;

    const SHELL: &str = r##"<!doctype html><html lang="en"><head><title>Losslens</title>
<meta name="description" content="Drag."><script src="./start.js"></script><link href="fonts/a.woff2">
</head><body><a href="#/">home</a><a href="https://pytorch.org">PyTorch</a><main><!--frame--><p>wait</p><!--/frame--></main></body>"##;

    fn huber() -> String {
        let lesson = Lesson {
            formula: "<math></math>".into(),
            explanation: r##"<p>See <a href="#/MSELoss?input=1">MSE</a>.</p>"##.into(),
        };
        page(SHELL, Loss::find("HuberLoss").unwrap().spec, &lesson).unwrap()
    }

    #[test]
    fn files_are_found_from_below() {
        let page = huber();
        assert!(
            page.contains(r#"src=".././start.js""#) && page.contains(r#"href="../fonts/a.woff2""#),
            "{page}"
        );
        assert!(page.contains(r##"href="#/""##) && page.contains(r#"href="https://pytorch.org""#), "{page}");
    }

    #[test]
    fn it_says_which_loss_it_is() {
        let page = huber();
        for part in
            [r#"<html data-loss="HuberLoss" lang="en">"#, "<title>Huber", "<h1>Huber", "<math></math>"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("wait") && !page.contains("Drag."));
        assert!(page.contains(r##"href="../MSELoss/#/MSELoss?input=1""##), "{page}");
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        let lesson = Lesson { formula: String::new(), explanation: String::new() };
        let error = page("<title></title>", Loss::find("HuberLoss").unwrap().spec, &lesson).unwrap_err();
        assert!(error.contains("description"), "{error}");
    }
}
