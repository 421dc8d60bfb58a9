//! What each loss means: Markdown with TeX, one file per loss, and what makes HTML and MathML of it.
//!
//! It runs natively, when the site is built (`pages`): nothing of it is in the program that the browser gets.

mod article;
mod code;
mod examples;
#[cfg(test)]
pub mod html;
mod markdown;
mod math;
mod states;

pub use code::programs_of;

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
    /// What stands in the tab, and above the text.
    pub title: String,
    /// The text, its title included.
    pub html: String,
    /// The scripts of the examples in it; none where it has none.
    pub script: String,
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
        let html = markdown::prose(&Math::new()?, &article::expand(&states::expand("", &source)?)?)?;
        let (html, script) = examples::expand(&html)?;
        Ok(Text { title: title.to_owned(), html, script })
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
            let html = alive(&markdown::prose(&math, &text)?);
            let end = "<h2>References</h2>";
            let code = format!("<h2>In code</h2>\n{}\n{end}", code::programs(loss)?);
            Ok(Lesson { formula: math.display(formula)?, explanation: html.replace(end, &code) })
        }
        _ => Err("a lesson opens with its formula between two lines `$$`".to_owned()),
    }
}

/// Paragraphs with numbers of the bench are places like those of figures.
fn alive(html: &str) -> String {
    let paragraph = |(place, part): (usize, &str)| {
        let told = part.split("</p>").next().is_some_and(|it| it.contains(" data-told="));
        match (place, told) {
            (0, _) => part.to_owned(),
            (_, true) => format!("<p data-figure=\"told\">{part}"),
            (_, false) => format!("<p>{part}"),
        }
    };
    html.split("<p>").enumerate().map(paragraph).collect()
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
            assert!(
                lesson.explanation.starts_with("<blockquote>\n<p><strong>Guess first.</strong>"),
                "{name}"
            );
            let words = text(&prose(&lesson.explanation)).split_whitespace().count();
            assert!((350..=900).contains(&words), "{name}: {words} words");
            let tried =
                lesson.explanation.split("<h2>").nth(2).map_or(0, |it| it.matches("href=\"#/").count());
            assert!(tried >= 3, "{name} has {tried} states to try");
        }
    }

    /// What solves the task of each loss; of CrossEntropyLoss's nothing does (figure/task.rs has its floor).
    const SOLUTIONS: [(&str, &str); 26] = [
        ("L1Loss", "input.2=2"),
        ("MSELoss", "input.3=8"),
        ("SmoothL1Loss", "input.3=7.5"),
        ("HuberLoss", "input.3=8"),
        ("BCELoss", "input.3=0.95"),
        ("BCEWithLogitsLoss", "input.3=7"),
        ("NLLLoss", "input.2.2=0"),
        ("PoissonNLLLoss", "input.3=2.1972"),
        ("GaussianNLLLoss", "var.2=9"),
        ("SoftMarginLoss", "input.3=3"),
        ("KLDivLoss", "input.0.0=-0.3566749&input.0.1=-1.6094379&input.0.2=-2.3025850"),
        ("HingeEmbeddingLoss", "input.2=1.2"),
        ("MarginRankingLoss", "input1.1=3.25"),
        ("TripletMarginLoss", "negative.1.0=3"),
        ("TripletMarginWithDistanceLoss", "negative.1.0=3"),
        ("CosineEmbeddingLoss", "input2.1.0=0&input2.1.1=1"),
        ("MultiMarginLoss", "input.2.2=4"),
        ("MultiLabelMarginLoss", "input.0.3=-1.5"),
        ("MultiLabelSoftMarginLoss", "input.0.2=2&input.0.3=-3"),
        ("sigmoid_focal_loss", "inputs.6=1"),
        ("generalized_box_iou_loss", "boxes1.1.0=70&boxes1.1.2=90"),
        ("distance_box_iou_loss", "boxes1.2.0=90&boxes1.2.1=10&boxes1.2.2=110&boxes1.2.3=50"),
        ("complete_box_iou_loss", "boxes1.2.0=90&boxes1.2.1=10&boxes1.2.2=110&boxes1.2.3=50"),
        ("LinearCrossEntropyLoss", "input.2.0=2.6"),
        ("AdaptiveLogSoftmaxWithLoss", "input.2.2=2.5"),
        ("CTCLoss", "log_probs.3.0=-0.0001&log_probs.3.1=-10&log_probs.3.2=-10"),
    ];

    #[test]
    fn every_task_is_a_task_and_can_be_solved() {
        use crate::experiment::At;
        use crate::figure::task::{Goal, Progress};
        for (name, lesson) in lessons() {
            let (_, figure) = lesson.explanation.split_once("data-figure=\"task\"").unwrap();
            let attribute = |name: &str| {
                let (_, rest) = figure.split_once(&format!(" data-{name}=\"")).unwrap();
                rest.split('"').next().unwrap().replace("&lt;", "<")
            };
            let goal =
                Goal::read(&attribute("goal")).unwrap_or_else(|| panic!("{name}: {}", attribute("goal")));
            assert_eq!(attribute("of"), format!("/{name}"));
            let place = |it: &str| {
                let (input, place) = it.split_once('.').unwrap();
                At { input: input.parse().unwrap(), place: place.parse().unwrap() }
            };
            let only: Vec<At> = attribute("touch").split(',').map(place).collect();
            let first = address::example(Loss::find(name).unwrap());
            assert!(matches!(goal.check(&first, &first, &only), Progress::NotYet(_)), "{name}");
            if let Some((_, solution)) = SOLUTIONS.iter().find(|it| it.0 == name) {
                let solved = states::changed(name, solution).unwrap();
                let solved = crate::experiment::Experiment { at: first.at, ..solved };
                let progress = goal.check(&first, &solved, &only);
                assert!(matches!(progress, Progress::Done(_)), "{name}: {progress:?}");
            }
        }
    }

    /// What a figure lets learn must learn: the loss falls with each of its first steps, and in two hundred it neither
    /// rises nor runs away. BCELoss is refused on the way, as its caption says.
    #[test]
    fn at_its_rate_every_loss_learns() {
        use crate::figure::descent::{RATE, Stop, stop, take};
        for (name, lesson) in lessons() {
            let Some((_, figure)) = lesson.explanation.split_once("data-figure=\"descent\"") else {
                continue;
            };
            let tag = figure.split('>').next().unwrap();
            assert!(tag.contains(&format!("data-of=\"/{name}\"")), "{name}: {tag}");
            let rate = tag
                .split_once("data-rate=\"")
                .map_or(RATE, |it| it.1.split('"').next().unwrap().parse().unwrap());
            let mut now = address::example(Loss::find(name).unwrap());
            let (mut costs, mut refused) = (vec![], String::new());
            for _ in 0..200 {
                match now.evaluate() {
                    Ok(it) => costs.push(it.output.get(0).unwrap()),
                    Err(it) => {
                        refused = it.message;
                        break;
                    }
                }
                let next = take(&now, rate);
                match stop(&now, &next) {
                    Some(Stop::Arrived) => break,
                    Some(Stop::TooFar) => panic!("{name} runs away"),
                    None => now = next,
                }
            }
            assert!(costs.windows(2).take(3).all(|it| it[1] < it[0]), "{name}: {costs:?}");
            assert!(costs.windows(2).all(|it| it[1] <= it[0] + 0.3), "{name}: {costs:?}");
            assert_eq!(refused.is_empty(), name != "BCELoss", "{name}: {refused}");
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
    fn a_formula_keeps_the_punctuation_behind_it() {
        let html = markdown::prose(&Math::new().unwrap(), "Of $x$, and $y$ too.").unwrap();
        assert!(html.contains("</math>,</span> and <math") && balanced(&html), "{html}");
        assert_eq!(html.matches("class=\"whole\"").count(), 1, "{html}");
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
                for trace in ["$", "\\", "{.", "{loss", "{grad", "{told", "](", "`", "**"] {
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
        html.split("<pre ").map(|it| it.rsplit("</pre>").next().unwrap_or_default()).collect()
    }
}
