//! What each loss means, in a formula and a paragraph. build.rs makes both from the Markdown beside this file.

/// A lesson, as trusted HTML: MathML and classes, no style attributes, no scripts.
#[derive(Debug)]
pub struct Lesson {
    /// The loss of one element or row, before any reduction: a `<math>` element.
    pub formula: &'static str,
    /// What it does and what to beware of: a paragraph.
    pub explanation: &'static str,
}

/// The lesson of the loss with this name in `torch.nn`.
pub fn of(torch_name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|(name, _)| *name == torch_name).map(|(_, lesson)| lesson)
}

/// By the name of the file.
static LESSONS: &[(&str, Lesson)] = &include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::{LOSSES, Loss};

    #[test]
    fn every_loss_has_a_lesson() {
        for loss in &LOSSES {
            assert!(of(loss.spec.torch).is_some(), "src/lessons/{}.md is missing", loss.spec.torch);
        }
    }

    #[test]
    fn a_lesson_is_a_formula_and_a_short_paragraph() {
        for (name, lesson) in LESSONS {
            assert!(lesson.formula.starts_with("<math display=\"block\">"), "{name}");
            assert!(lesson.formula.ends_with("</math>"), "{name}");
            assert!(lesson.explanation.starts_with("<p>") && lesson.explanation.ends_with("</p>"), "{name}");
            let words = text(lesson.explanation).split_whitespace().count();
            assert!((60..=120).contains(&words), "{name}: {words} words");
        }
    }

    #[test]
    fn every_idea_of_the_formula_has_its_color() {
        for (name, lesson) in LESSONS {
            for idea in ["pred", "target", "loss"] {
                assert!(lesson.formula.contains(&format!("class=\"{idea}\"")), "{name}: {idea}");
            }
        }
    }

    #[test]
    fn nothing_is_left_of_the_source_and_nothing_that_the_policy_refuses() {
        for (name, Lesson { formula, explanation }) in LESSONS {
            for html in [formula, explanation] {
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
        for (name, lesson) in LESSONS {
            assert!(balanced(lesson.formula) && balanced(lesson.explanation), "{name}");
        }
    }

    #[test]
    fn links_lead_to_losses() {
        for (name, lesson) in LESSONS {
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
