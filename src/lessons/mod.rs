//! What each loss means: Markdown with TeX, one file per loss, and what makes HTML and MathML of it.
//!
//! It runs natively, when the site is built (`pages`): nothing of it is in the program that the browser gets.

mod code;
#[cfg(test)]
pub mod html;
mod markdown;
mod math;
mod states;

use std::{fs, path::Path};

use math::Math;

use crate::loss::torch::Loss;

/// A lesson, as trusted HTML: MathML and classes, no style attributes, no scripts.
#[derive(Debug)]
pub struct Lesson {
    /// The loss of one element or row, before any reduction: a `<math>` element.
    pub formula: String,
    /// What it does and what to beware of.
    pub explanation: String,
}

/// Reads the lesson of the loss with this name in `torch.nn`: a formula between two lines `$$`, then the text.
///
/// # Errors
/// A sentence for the terminal that names the file.
pub fn read(torch_name: &str) -> Result<Lesson, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lessons").join(format!("{torch_name}.md"));
    let read = || {
        let source = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        lesson(torch_name, &source)
    };
    read().map_err(|error| format!("{}: {error}", file.display()))
}

/// A page that is all text: its title, and itself as trusted HTML like that of a lesson.
#[derive(Debug)]
pub struct Text {
    pub title: String,
    pub html: String,
}

/// Reads the text of that name: a line `# Title`, then the text.
///
/// # Errors
/// A sentence for the terminal that names the file.
pub fn text(name: &str) -> Result<Text, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lessons").join(format!("{name}.md"));
    let read = || {
        let source = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let title = source.lines().next().and_then(|it| it.strip_prefix("# ")).ok_or("no title")?;
        // Every state in it names its loss.
        let html = markdown::prose(&Math::new()?, &states::expand("", &source)?)?;
        Ok(Text { title: title.to_owned(), html })
    };
    read().map_err(|error: String| format!("{}: {error}", file.display()))
}

/// What every lesson has, in this order. Before the references come the programs of `code`.
const HEADINGS: [&str; 6] =
    ["What it measures", "See it", "When to use it", "What goes wrong", "Relatives", "References"];

fn lesson(torch_name: &str, source: &str) -> Result<Lesson, String> {
    let math = Math::new()?;
    let loss = Loss::find(torch_name).ok_or("no loss of that name")?;
    let parts: Vec<&str> = source.splitn(3, "$$").collect();
    match parts[..] {
        [before, formula, text] if before.trim().is_empty() => {
            let found: Vec<&str> = text.lines().filter_map(|it| it.strip_prefix("## ")).collect();
            if found != HEADINGS {
                return Err(format!("its headings are {found:?}, not {HEADINGS:?}"));
            }
            let text = states::expand(torch_name, text)?;
            let html = markdown::prose(&math, &text)?;
            let end = "<h2>References</h2>";
            let code = format!("<h2>In code</h2>\n{}\n{end}", code::programs(loss)?);
            Ok(Lesson { formula: math.display(formula)?, explanation: html.replace(end, &code) })
        }
        _ => Err("a lesson opens with its formula between two lines `$$`".to_owned()),
    }
}

/// A few sentences as lessons are written, about the loss with this name: HTML, its states linked and its numbers found.
///
/// # Errors
/// As `read`, without a file's name.
pub fn remark(torch_name: &str, text: &str) -> Result<String, String> {
    let text = states::expand(torch_name, text).map_err(|error| format!("{torch_name}: {error}"))?;
    markdown::prose(&Math::new()?, &text)
}

#[cfg(test)]
mod tests {
    use super::html::{balanced, tags, text};
    use super::*;
    use crate::experiment::address;
    use crate::loss::torch::LOSSES;

    fn lessons() -> impl Iterator<Item = (&'static str, Lesson)> {
        LOSSES.iter().map(|it| (it.spec.torch, read(it.spec.torch).unwrap()))
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(read("NoLoss").unwrap_err().contains("NoLoss.md"));
        assert!(lesson("MSELoss", "text first $$ x $$").unwrap_err().contains("opens with its formula"));
        let headings: String = HEADINGS.iter().map(|it| format!("## {it}\n")).collect();
        assert!(lesson("MSELoss", "$$ x $$ text").unwrap_err().contains("headings"));
        let bad = format!("$$ \\nonsense $$\n{headings}");
        assert!(lesson("MSELoss", &bad).unwrap_err().contains("nonsense"));
    }

    #[test]
    fn a_lesson_is_a_formula_and_sections_of_a_few_words() {
        for (name, lesson) in lessons() {
            assert!(lesson.formula.starts_with("<math display=\"block\">"), "{name}");
            assert!(lesson.formula.ends_with("</math>"), "{name}");
            assert!(lesson.explanation.starts_with("<h2>What it measures</h2>"), "{name}");
            let words = text(&prose(&lesson.explanation)).split_whitespace().count();
            assert!((250..=650).contains(&words), "{name}: {words} words");
            let tried =
                lesson.explanation.split("<h2>").nth(2).map_or(0, |it| it.matches("href=\"#/").count());
            assert!(tried >= 3, "{name} has {tried} states to try");
        }
    }

    #[test]
    fn a_word_of_the_field_is_explained_where_it_comes_first() {
        let math = Math::new().unwrap();
        let html = markdown::prose(&math, "A kink < a [logit](#/x), a kink.").unwrap();
        assert_eq!(html.matches("class=\"term\"").count(), 2, "{html}");
        assert!(html.starts_with("<p>A <span class=\"term\" tabindex=\"0\">kink<span"), "{html}");
        assert!(html.contains("</span></span> &lt; a <a href"), "{html}");
    }

    #[test]
    fn every_idea_of_the_formula_has_its_color() {
        for (name, lesson) in lessons() {
            for idea in ["pred", "target", "loss"] {
                assert!(lesson.formula.contains(&format!("class=\"{idea}\"")), "{name}: {idea}");
            }
        }
    }

    #[test]
    fn nothing_is_left_of_the_source_and_nothing_that_the_policy_refuses() {
        for (name, Lesson { formula, explanation }) in lessons() {
            for html in [&formula, &explanation] {
                for trace in ["$", "\\", "{.", "{loss", "{grad", "](", "`", "**"] {
                    assert!(!text(&prose(html)).contains(trace), "{name}: {trace} in {html}");
                }
                assert!(!html.contains("<script"), "{name}");
                for refused in [" style=", " on", "merror"] {
                    assert!(!tags(html).any(|tag| tag.contains(refused)), "{name}: {refused} in {html}");
                }
            }
        }
    }

    #[test]
    fn tags_are_balanced() {
        assert!(balanced("<p><b>x</b><mspace width=\"1em\"/></p>"));
        assert!(!balanced("<p><b>x</p></b>") && !balanced("<p>") && !balanced("</p>"));
        for (name, lesson) in lessons() {
            assert!(balanced(&lesson.formula) && balanced(&lesson.explanation), "{name}");
        }
    }

    #[test]
    fn links_lead_to_losses() {
        for (name, lesson) in lessons() {
            for link in lesson.explanation.split("href=\"").skip(1) {
                let target = link.split('"').next().unwrap_or_default().replace("&amp;", "&");
                let read = address::read(&target);
                assert!(target.starts_with("#/") && read.notices.is_empty(), "{name}: {target} {read:?}");
                assert!(matches!(read.route, address::Route::Loss(_)), "{name}: {target}");
            }
        }
    }

    /// What is not code.
    fn prose(html: &str) -> String {
        html.split("<pre>").map(|it| it.rsplit("</pre>").next().unwrap_or_default()).collect()
    }
}
