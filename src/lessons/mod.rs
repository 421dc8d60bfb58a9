//! What each loss means: Markdown with TeX, one file per loss, and what makes HTML and MathML of it.
//!
//! It runs natively, when the site is built (`pages`): nothing of it is in the program that the browser gets.

mod markdown;
mod math;

use std::{fs, path::Path};

use math::Math;

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
        lesson(&source)
    };
    read().map_err(|error| format!("{}: {error}", file.display()))
}

fn lesson(source: &str) -> Result<Lesson, String> {
    let math = Math::new()?;
    let parts: Vec<&str> = source.splitn(3, "$$").collect();
    match parts[..] {
        [before, formula, text] if before.trim().is_empty() => {
            Ok(Lesson { formula: math.display(formula)?, explanation: markdown::prose(&math, text)? })
        }
        _ => Err("a lesson opens with its formula between two lines `$$`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::terms::TERMS;
    use crate::loss::torch::{LOSSES, Loss};

    fn lessons() -> impl Iterator<Item = (&'static str, Lesson)> {
        LOSSES.iter().map(|it| (it.spec.torch, read(it.spec.torch).unwrap()))
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(read("NoLoss").unwrap_err().contains("NoLoss.md"));
        assert!(lesson("text first $$ x $$").unwrap_err().contains("opens with its formula"));
        assert!(lesson(r"$$ \nonsense $$ text").unwrap_err().contains("nonsense"));
    }

    #[test]
    fn a_lesson_is_a_formula_and_a_short_paragraph() {
        for (name, lesson) in lessons() {
            assert!(lesson.formula.starts_with("<math display=\"block\">"), "{name}");
            assert!(lesson.formula.ends_with("</math>"), "{name}");
            assert!(lesson.explanation.starts_with("<p>") && lesson.explanation.ends_with("</p>"), "{name}");
            let tips = |text: String, (_, meaning): &(&str, &str)| text.replace(meaning, "");
            let text = TERMS.iter().fold(text(&lesson.explanation), tips);
            let words = text.split_whitespace().count();
            assert!((60..=120).contains(&words), "{name}: {words} words");
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
                for trace in ["$", "\\", "{.", "](", "`", "**", "<script"] {
                    assert!(!html.contains(trace), "{name}: {trace} in {html}");
                }
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
                let target = link.split('"').next().and_then(|it| it.strip_prefix("#/"));
                assert!(target.is_some_and(|it| Loss::find(it).is_some()), "{name}: {target:?}");
            }
        }
    }

    /// What stands between `<` and `>`.
    fn tags(html: &str) -> impl Iterator<Item = &str> {
        html.split('<').skip(1).filter_map(|it| it.split('>').next())
    }

    /// What stands outside of them; a piece of mathematics is about one word.
    fn text(html: &str) -> String {
        html.split('<').filter_map(|it| it.split('>').next_back()).collect()
    }

    fn balanced(html: &str) -> bool {
        let mut open = Vec::new();
        for tag in tags(html).filter(|it| !it.ends_with('/')) {
            match tag.strip_prefix('/') {
                Some(name) if open.pop() != Some(name) => return false,
                Some(_) => {}
                None => open.extend(tag.split(' ').next()),
            }
        }
        open.is_empty()
    }
}
