//! Makes the lessons: src/lessons/HuberLoss.md becomes HTML with MathML, as `(name, Lesson)` in a list that
//! src/lessons/mod.rs includes.
//!
//! A lesson is a formula between two lines `$$`, then Markdown with inline `$…$`. `[word]{.pred}` gives a word a
//! class; in TeX `\pred{…}`, `\target{…}` and `\loss{…}` do. The page's policy refuses style attributes, so what
//! math-core writes as style becomes the classes of style/math.css.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{Event, Options, Parser, html};
use std::{env, error::Error, fs, path::Path};

const LESSONS: &str = "src/lessons";

/// The ideas that have a colour, and the TeX colour that stands for each on the way through math-core.
const IDEAS: [(&str, &str); 3] = [("pred", "blue"), ("target", "green"), ("loss", "red")];

/// What math-core writes as style, and the classes of style/math.css and style/base.css that say the same.
const STYLES: [(&str, &str); 5] = [
    ("color:#0000FF;", "pred"),
    ("color:#03FF00;", "target"),
    ("color:#FF0000;", "loss"),
    ("text-align: left;justify-items: start;padding-right: 0;", "math-case"),
    ("text-align: left;justify-items: start;padding-right: 0;padding-left:1em;", "math-condition"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={LESSONS}");
    println!("cargo::rerun-if-changed=build.rs");
    let macros = IDEAS.map(|(idea, color)| (idea.to_owned(), format!(r"{{\color{{{color}}}#1}}")));
    let math = LatexToMathML::new(MathCoreConfig { macros: macros.to_vec(), ..MathCoreConfig::default() })
        .map_err(|(error, ..)| error.to_string())?;

    let mut files: Vec<_> = fs::read_dir(LESSONS)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut list = String::from("[\n");
    for file in files.iter().map(fs::DirEntry::path).filter(|it| it.extension().is_some_and(|it| it == "md"))
    {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let (formula, explanation) = lesson(&math, &fs::read_to_string(&file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        list += &format!("({name:?}, Lesson {{ formula: {formula:?}, explanation: {explanation:?} }}),\n");
    }
    list += "]\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("lessons.rs"), list)?;
    Ok(())
}

/// The formula and the explanation of one lesson, as HTML.
fn lesson(math: &LatexToMathML, source: &str) -> Result<(String, String), Box<dyn Error>> {
    let parts: Vec<&str> = source.splitn(3, "$$").collect();
    let [before, formula, text] = parts[..] else {
        return Err("the formula must stand between two lines `$$`".into());
    };
    if !before.trim().is_empty() {
        return Err("nothing may stand before the formula".into());
    }
    Ok((mathml(math, formula, MathDisplay::Block)?, prose(math, text)?))
}

fn prose(math: &LatexToMathML, text: &str) -> Result<String, Box<dyn Error>> {
    let text = spans(text);
    let mut events = Vec::new();
    for event in Parser::new_ext(text.trim(), Options::ENABLE_MATH) {
        events.push(match event {
            Event::InlineMath(tex) => Event::InlineHtml(mathml(math, &tex, MathDisplay::Inline)?.into()),
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

/// The MathML of `tex`, without style attributes.
fn mathml(math: &LatexToMathML, tex: &str, display: MathDisplay) -> Result<String, Box<dyn Error>> {
    let mut out =
        math.convert_with_local_state(tex.trim(), display).map_err(|error| error.to_string())?.mathml;
    for (style, class) in STYLES {
        out = out.replace(&format!(" style=\"{style}\""), &format!(" class=\"{class}\""));
    }
    match out.split_once(" style=") {
        Some((_, rest)) => Err(format!("give this style a class in build.rs: {rest:.80}").into()),
        None => Ok(out),
    }
}
