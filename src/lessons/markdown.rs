//! Markdown with inline `$…$` to HTML. `[word]{.pred}` gives a word the colour of an idea; in TeX `\pred{…}` does.

use pulldown_cmark::{Event, Options, Parser, html};

use super::math::{IDEAS, Math};

/// The text as HTML.
///
/// # Errors
/// What is wrong with a formula.
pub fn prose(math: &Math, text: &str) -> Result<String, String> {
    let text = spans(text);
    let mut events = Vec::new();
    for event in Parser::new_ext(text.trim(), Options::ENABLE_MATH) {
        events.push(match event {
            Event::InlineMath(tex) => Event::InlineHtml(math.inline(&tex)?.into()),
            // Lines of the source are no lines of the page.
            Event::SoftBreak => Event::Text(" ".into()),
            other => other,
        });
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    Ok(out.trim().to_owned())
}

/// `[word]{.pred}` as a span of that class.
fn spans(text: &str) -> String {
    let mut out = text.to_owned();
    for (idea, _) in IDEAS {
        let end = format!("]{{.{idea}}}");
        while let Some(at) = out.find(&end) {
            let Some(start) = out.get(..at).and_then(|before| before.rfind('[')) else { break };
            let word = out.get(start + 1..at).unwrap_or_default().to_owned();
            out.replace_range(start..at + end.len(), &format!("<span class=\"{idea}\">{word}</span>"));
        }
    }
    out
}
