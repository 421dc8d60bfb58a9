//! Examples in a text: a block of code called `live` stands there at work, above its own source.

/// What stands around such a block in HTML.
const BLOCK: (&str, &str) = ("<pre><code class=\"language-live\">", "</code></pre>");

/// The HTML with each example as a figure, and the scripts of all of them, which the page's policy refuses inline.
///
/// # Errors
/// A tag that has no end.
pub fn expand(html: &str) -> Result<(String, String), String> {
    let mut parts = html.split(BLOCK.0);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut scripts = String::new();
    for part in parts {
        let (code, rest) = part.split_once(BLOCK.1).ok_or("an example without its end")?;
        let code = code.trim_end();
        let (markup, script) = parted(&plain(code))?;
        scripts += &script;
        out += &format!(
            r#"<figure class="example"><template>{markup}</template><pre tabindex="0"><code>{code}</code></pre><p class="example-copy"><span role="status"></span><button type="button" class="quiet">Copy</button></p></figure>"#
        );
        out += rest;
    }
    Ok((out, scripts))
}

/// The source without its scripts, and those that it carries within itself, each with names of its own.
fn parted(source: &str) -> Result<(String, String), String> {
    let mut markup = source.to_owned();
    let mut scripts = String::new();
    while let Some((before, rest)) = markup.split_once("<script") {
        let (script, after) = rest.split_once("</script>").ok_or("a script without its end")?;
        if let Some(own) = script.strip_prefix(">\n") {
            scripts += &format!("(() => {{\n{own}}})();\n");
        }
        markup = format!("{before}{after}");
    }
    Ok((markup.trim().to_owned(), scripts))
}

/// Code of HTML as what it says.
fn plain(code: &str) -> String {
    code.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_at_work_above_its_source() {
        let html = "<p>a</p>\n<pre><code class=\"language-live\">&lt;b&gt;x &amp;amp; y&lt;/b&gt;\n\n&lt;script src=&quot;a.js&quot;&gt;&lt;/script&gt;\n&lt;script&gt;\n  f('&amp;');\n&lt;/script&gt;\n</code></pre>\n<p>b</p>";
        let (html, script) = expand(html).unwrap();
        assert!(html.contains("<template><b>x &amp; y</b></template>"), "{html}");
        assert!(html.contains("<code>&lt;b&gt;x &amp;amp; y&lt;/b&gt;"), "{html}");
        assert!(html.starts_with("<p>a</p>") && html.ends_with("<p>b</p>"), "{html}");
        assert_eq!(script, "(() => {\n  f('&');\n})();\n");
    }

    #[test]
    fn a_text_without_examples_stays() {
        let html = "<p>a</p><pre><code>x</code></pre>";
        assert_eq!(expand(html).unwrap(), (html.to_owned(), String::new()));
    }

    #[test]
    fn what_has_no_end_is_an_error() {
        assert!(expand("<pre><code class=\"language-live\">x").is_err());
        assert!(expand("<pre><code class=\"language-live\">&lt;script&gt;\nx</code></pre>").is_err());
    }
}
