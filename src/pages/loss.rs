//! The page of a loss as a file of its own: its head, its formula and its lesson.

use super::shell::{Below, below, escaped};
use crate::lessons::Lesson;
use crate::loss::spec::Spec;

/// A line with the formula, then the text, for the app to put where they belong.
pub fn fragment(lesson: &Lesson) -> String {
    format!("{}\n{}", lesson.formula.replace('\n', " "), lesson.explanation)
}

/// The site's page with the lesson in it.
///
/// # Errors
/// What the site's page lacks.
pub fn page(shell: &str, spec: &Spec, lesson: &Lesson) -> Result<String, String> {
    let text = article(spec, lesson);
    below(shell, &Below { route: spec.torch, title: spec.title, description: spec.brief, text: &text })
}

fn article(spec: &Spec, lesson: &Lesson) -> String {
    format!(
        r#"<article class="loss-page"><header class="head"><div><p class="eyebrow">{group}</p><div class="title"><h1>{title}</h1><code class="signature">nn.{torch}()</code></div><p class="lede">{brief}</p></div><div class="formula">{formula}</div></header><section class="prose">{text}</section></article>"#,
        group = spec.group.title(),
        title = spec.title,
        torch = spec.torch,
        brief = escaped(spec.brief),
        formula = lesson.formula,
        text = lesson.explanation,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::Loss;

    #[test]
    fn the_formula_stands_in_the_head_and_the_lesson_below() {
        let lesson = Lesson { formula: "<math></math>".into(), explanation: "<p>Half of MSE.</p>".into() };
        let article = article(Loss::find("HuberLoss").unwrap().spec, &lesson);
        assert!(article.contains("<h1>Huber loss</h1>") && article.contains("nn.HuberLoss()"), "{article}");
        assert!(article.find("<math>") < article.find("<p>Half"), "{article}");
    }
}
