//! TeX to MathML without style attributes, which the pages' policy refuses.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// The ideas that have a colour, and the TeX colour that stands for each on the way through math-core.
pub const IDEAS: [(&str, &str); 3] = [("pred", "blue"), ("target", "green"), ("loss", "red")];

/// What math-core writes as style, and the classes of style/math.css and style/base.css that say the same.
const STYLES: [(&str, &str); 5] = [
    ("color:#0000FF;", "pred"),
    ("color:#03FF00;", "target"),
    ("color:#FF0000;", "loss"),
    ("text-align: left;justify-items: start;padding-right: 0;", "math-case"),
    ("text-align: left;justify-items: start;padding-right: 0;padding-left:1em;", "math-condition"),
];

/// Knows TeX, and of each idea the macro that colours it: `\pred{x}`.
pub struct Math(LatexToMathML);

impl Math {
    /// # Errors
    /// What math-core says of the macros; they are the same every time.
    pub fn new() -> Result<Self, String> {
        let macros = IDEAS.map(|(idea, color)| (idea.to_owned(), format!(r"{{\color{{{color}}}#1}}")));
        let config = MathCoreConfig { macros: macros.to_vec(), ..MathCoreConfig::default() };
        LatexToMathML::new(config).map(Self).map_err(|(error, ..)| error.to_string())
    }

    /// A formula on a line of its own.
    ///
    /// # Errors
    /// What is wrong with the TeX, or which style has no class yet.
    pub fn display(&self, tex: &str) -> Result<String, String> {
        self.convert(tex, MathDisplay::Block)
    }

    /// A formula in a line of text; errors as above.
    ///
    /// # Errors
    /// As `display`.
    pub fn inline(&self, tex: &str) -> Result<String, String> {
        self.convert(tex, MathDisplay::Inline)
    }

    fn convert(&self, tex: &str, display: MathDisplay) -> Result<String, String> {
        let converted = self.0.convert_with_local_state(tex.trim(), display);
        let mut out = converted.map_err(|error| format!("{tex}: {error}"))?.mathml;
        for (style, class) in STYLES {
            out = out.replace(&format!(" style=\"{style}\""), &format!(" class=\"{class}\""));
        }
        match out.split_once(" style=") {
            Some((_, rest)) => Err(format!("give this style a class in src/lessons/math.rs: {rest:.80}")),
            None => Ok(out),
        }
    }
}
