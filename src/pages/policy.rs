//! The Content-Security-Policy of the release pages.

/// What a page may load: itself, its own files, its embed, WebAssembly, and pictures that it makes. Nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; \
    frame-src 'self'; base-uri 'none'; \
    form-action 'none'";

const CHARSET: &str = r#"<meta charset="utf-8">"#;

/// Whether Trunk has put the reload script of `trunk serve` into the page.
pub fn has_reload_script(page: &str) -> bool {
    page.contains(".well-known/trunk/ws")
}

/// Returns the page with its policy, which holds for everything after it: it stands before every link and script.
///
/// # Errors
/// The page has no charset to put the policy behind, or something inline that the policy would refuse.
pub fn protect(page: &str) -> Result<String, String> {
    if let Some(found) = inline(page) {
        return Err(format!("the Content-Security-Policy would refuse what is inline here: {found}"));
    }
    let Some((before, after)) = page.split_once(CHARSET) else {
        return Err(format!("no {CHARSET} to put the Content-Security-Policy behind"));
    };
    if before.contains("<link") || before.contains("<script") {
        return Err(format!("{CHARSET} must stand before every link and script"));
    }
    Ok(format!(r#"{before}{CHARSET}<meta http-equiv="Content-Security-Policy" content="{POLICY}">{after}"#))
}

/// The first tag of the page that carries script or style of its own: an inline script, a style sheet, a style
/// attribute, an event handler.
fn inline(page: &str) -> Option<&str> {
    let tags = page.match_indices('<').filter_map(|(start, _)| {
        let end = page.get(start..)?.find('>')?;
        page.get(start..=start + end)
    });
    tags.into_iter().find(|tag| {
        let script = tag.starts_with("<script") && !tag.contains(" src=");
        script || tag.starts_with("<style") || tag.contains(" style=") || tag.contains(" on")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8"><script src="start.js"></script></head>
<body><p>Runs on Losslens.</p></body></html>"#;

    #[test]
    fn the_policy_stands_before_the_first_script() {
        let page = protect(PAGE).unwrap();
        assert!(page.find("Content-Security-Policy") < page.find("<script"));
        assert!(page.contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(page.ends_with("</body></html>"));
    }

    #[test]
    fn what_the_policy_would_refuse_is_an_error() {
        for tag in [
            "<script>f()</script>",
            r#"<script type="module">f()</script>"#,
            "<style>p{}</style>",
            r#"<p style="color:red">"#,
            r#"<p onclick="f()">"#,
        ] {
            let error = protect(&PAGE.replace("<p>", tag)).unwrap_err();
            assert!(error.contains("inline"), "{tag}: {error}");
        }
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        assert!(protect("<head></head>").is_err());
        assert!(protect(&PAGE.replace("<head>", r#"<head><link rel="icon" href="icon.svg">"#)).is_err());
    }

    #[test]
    fn the_page_in_the_repository_can_carry_it() {
        assert_eq!(inline(include_str!("../../index.html")), None);
    }
}
