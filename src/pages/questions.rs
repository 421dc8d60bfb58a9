//! The page of questions with a list of them, and each question as a page of its own.

use super::leaf::Leaf;
use super::og::{Art, Foot, Picture};
use super::shell::escaped;
use crate::figure::compare::Case;
use crate::lessons::Text;
use crate::loss::torch::{LOSSES, Loss};

/// What the page of all questions is about.
const BRIEF: &str =
    "What people ask about PyTorch’s losses again and again, each answer with something to move.";

/// A description says at least so many bytes, sentence by sentence.
const ENOUGH: usize = 60;

/// A question and its answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Question<'t> {
    pub id: &'t str,
    /// The question as markup.
    heading: &'t str,
    /// The answer as markup.
    answer: &'t str,
}

/// The text before the first question, and all of them.
pub fn read(text: &Text) -> (&str, Vec<Question<'_>>) {
    let mut parts = text.html.split("<h2 id=\"");
    let opening = parts.next().unwrap_or_default();
    let question = |part| {
        let (id, rest) = str::split_once(part, "\">")?;
        let (heading, answer) = rest.split_once("</h2>")?;
        Some(Question { id, heading, answer: answer.trim() })
    };
    (opening, parts.filter_map(question).collect())
}

/// The page of all questions, without what stands on every page.
pub fn page(text: &Text) -> String {
    let (opening, questions) = read(text);
    let entry =
        |it: &Question| format!(r##"<li><a href="#/questions/{}">{}</a></li>"##, it.id, escaped(&it.title()));
    let entries: String = questions.iter().map(entry).collect();
    let whole = |it: &Question| {
        let Question { id, heading, answer } = it;
        format!(
            r##"<h2 id="{id}">{heading} <a class="own-link" href="#/questions/{id}" aria-label="Link to this question">#</a></h2>
{answer}
"##
        )
    };
    let answers: String = questions.iter().map(whole).collect();
    format!(
        r#"<div class="with-contents"><details class="contents"><summary>All questions</summary><nav aria-label="Questions"><ol>{entries}</ol></nav></details><div class="prose">{opening}{answers}</div></div>"#
    )
}

/// The page of all questions, and one for each.
///
/// # Errors
/// What a question lacks.
pub fn leaves(text: &Text) -> Result<Vec<Leaf>, String> {
    let art = Case::find("softmax-twice").map(Art::of_case).ok_or("no comparison to draw")?;
    let all = Leaf {
        route: "questions".to_owned(),
        title: text.title.clone(),
        description: BRIEF.to_owned(),
        text: format!("<article>{}</article>", page(text)),
        picture: Picture { title: text.title.clone(), foot: Foot::Text(BRIEF.to_owned()), art },
        alt: format!("{}, beside the curves of two calls that look alike.", text.title),
    };
    let (_, questions) = read(text);
    let own = questions.iter().map(|it| it.leaf(&text.title));
    std::iter::once(Ok(all)).chain(own).collect()
}

impl Question<'_> {
    /// The question as text.
    pub fn title(&self) -> String {
        plain(self.heading)
    }

    /// The first sentence of the answer, and the next where that is a word or two.
    pub fn description(&self) -> String {
        let first = self.answer.split("</p>").next().map(plain).unwrap_or_default();
        let mut told = String::new();
        for sentence in first.split_inclusive(". ") {
            told += sentence;
            if told.len() >= ENOUGH {
                break;
            }
        }
        told.trim_end().to_owned()
    }

    fn leaf(&self, all: &str) -> Result<Leaf, String> {
        let (title, description) = (self.title(), self.description());
        let (foot, art, shown) = match attribute(self.answer, "of").and_then(Case::find) {
            Some(case) => {
                let dials: Vec<f64> = case.dials.iter().map(|it| it.first).collect();
                let keys = (case.sides)(&dials).map(|it| it.title.to_owned());
                let shown = format!("the losses of two calls: {}; {}", keys[0], keys[1]);
                (Foot::Keys(keys), Art::of_case(case), shown)
            }
            None => {
                let loss = self.loss().ok_or_else(|| format!("{}: about no loss", self.id))?;
                let shown = format!("a picture of {}", loss.spec.title);
                (Foot::Text(description.clone()), Art::of_loss(loss), shown)
            }
        };
        let text = format!(
            r##"<article><div class="prose"><p class="eyebrow"><a href="#/questions">{}</a></p><h1>{}</h1>
{}</div></article>"##,
            escaped(all),
            self.heading,
            self.answer
        );
        let alt = format!("{title} Beside it {shown}.");
        let picture = Picture { title: title.clone(), foot, art };
        Ok(Leaf { route: format!("questions/{}", self.id), title, description, text, picture, alt })
    }

    /// The loss that it is about: of its figure, or the first that it links to or names.
    fn loss(&self) -> Option<&'static Loss> {
        let of_figure = attribute(self.answer, "figure").and_then(|it| match it {
            "paths" => Loss::find("CTCLoss"),
            "split" => Loss::find("KLDivLoss"),
            "counts" => Loss::find("PoissonNLLLoss"),
            _ => None,
        });
        let text = format!("{}{}", self.heading, self.answer);
        let named = || {
            let found = LOSSES.iter().filter_map(|it| Some((text.find(it.spec.torch)?, it)));
            found.min_by_key(|it| it.0).map(|it| it.1)
        };
        of_figure.or_else(named)
    }
}

/// What the first figure says of itself.
fn attribute<'t>(html: &'t str, name: &str) -> Option<&'t str> {
    html.split_once("<figure ")?
        .1
        .split('>')
        .next()?
        .split_once(&format!("data-{name}=\""))?
        .1
        .split('"')
        .next()
}

/// The words of some markup, without what explains them.
fn plain(html: &str) -> String {
    const TIP: &str = "<span class=\"meaning\"";
    let mut parts = html.split(TIP);
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|it| it.split_once("</span>").map_or("", |it| it.1));
    let html: String = std::iter::once(first.as_str()).chain(rest).collect();
    let text: String = html
        .split('<')
        .enumerate()
        .filter_map(|(place, it)| if place == 0 { Some(it) } else { it.split_once('>').map(|it| it.1) })
        .collect();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.into_iter().fold(text, |text, (from, to)| text.replace(from, to));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"<h1>Two</h1>
<p>Read on.</p>
<h2 id="first">Is a <span class="term" tabindex="0">kink<span class="meaning" role="tooltip">a bend</span></span> &lt; 1?</h2>
<p>Yes. <code>MSELoss</code> says that it always is, whatever the number is that comes out of it. More.</p>
<figure data-figure="compare" data-of="stuck"><figcaption>Move.</figcaption></figure>
<h2 id="second">And?</h2>
<p>HuberLoss.</p>"#;

    fn text() -> Text {
        Text { title: "Two".to_owned(), html: TEXT.to_owned(), script: String::new() }
    }

    #[test]
    fn a_question_is_read_as_text() {
        let text = text();
        let (opening, questions) = read(&text);
        assert!(opening.contains("Read on."));
        assert_eq!(questions.len(), 2);
        assert_eq!(questions[0].title(), "Is a kink < 1?");
        let wanted = "Yes. MSELoss says that it always is, whatever the number is that comes out of it.";
        assert_eq!(questions[0].description(), wanted);
        assert_eq!(questions[1].loss().unwrap().spec.torch, "HuberLoss");
    }

    #[test]
    fn the_page_lists_what_is_on_it() {
        let page = page(&text());
        assert!(page.contains("All questions"), "{page}");
        assert!(page.contains(r##"<li><a href="#/questions/first">Is a kink &lt; 1?</a></li>"##), "{page}");
        assert!(page.contains(r##" <a class="own-link" href="#/questions/second""##), "{page}");
    }

    #[test]
    fn a_question_has_a_page_with_its_own_text() {
        let leaves = leaves(&text()).unwrap();
        assert_eq!(leaves[1].route, "questions/first");
        assert!(leaves[1].text.contains("data-of=\"stuck\"") && !leaves[1].text.contains("HuberLoss"));
        assert_eq!(leaves[1].picture_file(), "og/questions/first.png");
        assert_eq!(leaves[1].up(), "../../");
    }
}
