//! The page of a loss as a file of its own: its head, its formula and its lesson.

use super::leaf::Leaf;
use super::og::{Art, Foot, Picture};
use super::shell::escaped;
use crate::lessons::Lesson;
use crate::loss::spec::Spec;
use crate::loss::torch::Loss;

/// A line with the formula, then the text, for the app to put where they belong.
pub fn fragment(lesson: &Lesson) -> String {
    format!("{}\n{}", lesson.formula.replace('\n', " "), lesson.explanation)
}

/// The page of a loss, with what a link to it unfolds to.
pub fn leaf(loss: &'static Loss, lesson: &Lesson) -> Leaf {
    let Spec { torch, title, brief, .. } = loss.spec;
    let art = Art::of_loss(loss);
    let shown = match &art {
        Art::Chart { .. } => "its curve",
        Art::Icon(_) => "a picture of what it does",
    };
    Leaf {
        route: (*torch).to_owned(),
        title: (*title).to_owned(),
        description: (*brief).to_owned(),
        text: article(loss.spec, lesson),
        alt: format!("{title}: {shown}. {brief}"),
        picture: Picture { title: (*title).to_owned(), foot: Foot::Text((*brief).to_owned()), art },
    }
}

fn article(spec: &Spec, lesson: &Lesson) -> String {
    format!(
        r#"<article class="loss-page"><header class="head"><div><div class="title-top"><p class="eyebrow">{group}</p></div><div class="title"><h1>{title}</h1><code class="signature">{call}</code></div><p class="lede">{brief}</p></div><div class="formula">{formula}</div></header><section class="prose">{text}</section></article>"#,
        group = spec.group.title(),
        title = spec.title,
        call = call(spec),
        brief = escaped(spec.brief),
        formula = lesson.formula,
        text = lesson.explanation,
    )
}

/// The shortest call: of a class without arguments, of a function with its inputs.
fn call(spec: &Spec) -> String {
    if spec.group.is_of_functions() {
        let inputs: Vec<&str> = spec.inputs.iter().map(|it| it.id).collect();
        return format!("{}.{}({})", spec.group.module(), spec.torch, inputs.join(", "));
    }
    format!("nn.{}()", spec.torch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_stands_in_the_head_and_the_lesson_below() {
        let lesson = Lesson { formula: "<math></math>".into(), explanation: "<p>Half of MSE.</p>".into() };
        let article = article(Loss::find("HuberLoss").unwrap().spec, &lesson);
        assert!(article.contains("<h1>Huber loss</h1>") && article.contains("nn.HuberLoss()"), "{article}");
        assert!(article.find("<math>") < article.find("<p>Half"), "{article}");
    }

    #[test]
    fn a_function_is_called_with_its_inputs() {
        let spec = Loss::find("sigmoid_focal_loss").unwrap().spec;
        assert_eq!(call(spec), "torchvision.ops.sigmoid_focal_loss(inputs, targets)");
    }
}
