//! Markdown with inline `$…$` to HTML. `[word]{.pred}` gives a word the colour of an idea; in TeX `\pred{…}` does.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use super::math::{IDEAS, Math};
use crate::experiment::terms::TERMS;

/// The text as HTML.
///
/// # Errors
/// What is wrong with a formula.
pub fn prose(math: &Math, text: &str) -> Result<String, String> {
    let text = spans(text);
    let mut events = Vec::new();
    let mut unexplained = TERMS.to_vec();
    let mut is_code = false;
    for event in Parser::new_ext(
        text.trim(),
        Options::ENABLE_MATH | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_SMART_PUNCTUATION,
    ) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        events.push(match event {
            Event::Text(text) if is_code => Event::Text(text),
            Event::InlineMath(tex) => Event::InlineHtml(math.inline(&tex)?.into()),
            // Lines of the source are no lines of the page.
            Event::SoftBreak => Event::Text(" ".into()),
            Event::Text(text) => match explained(&text, &mut unexplained) {
                Some(markup) => Event::InlineHtml(markup.into()),
                None => Event::Text(text),
            },
            other => other,
        });
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    Ok(whole(out.trim()))
}

/// A formula and the punctuation behind it stay on one line: a browser may break between them.
fn whole(html: &str) -> String {
    let mut parts = html.split("</math>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "</math>";
        let mark = part.chars().next().filter(|it| ".,;:)".contains(*it));
        match (mark, out.rfind("<math")) {
            (Some(mark), Some(start)) => {
                out.insert_str(start, "<span class=\"whole\">");
                out.push(mark);
                out += "</span>";
                out += part.get(1..).unwrap_or_default();
            }
            _ => out += part,
        }
    }
    out
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

/// The text with the first of the words that are still to be explained made to explain itself.
fn explained(text: &str, terms: &mut Vec<(&str, &str)>) -> Option<String> {
    let found = |(word, _): &(&str, &str)| Some((text.find(word)?, word.len()));
    let (place, (start, length)) =
        terms.iter().enumerate().filter_map(|(k, it)| Some((k, found(it)?))).min_by_key(|it| it.1)?;
    let (word, meaning) = terms.remove(place);
    let (before, after) = (text.get(..start)?, text.get(start + length..)?);
    let rest = explained(after, terms).unwrap_or_else(|| escaped(after));
    let tip = format!("<span class=\"meaning\" role=\"tooltip\">{meaning}</span>");
    Some(format!("{}<span class=\"term\" tabindex=\"0\">{word}{tip}</span>{rest}", escaped(before)))
}

/// Text as HTML, which stands between tags.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
