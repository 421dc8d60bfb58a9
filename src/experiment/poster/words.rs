//! Words and small marks of a picture, as SVG. Fonts are the reader's own: a picture that carried them would be ten times
//! as large.

use plotters::style::RGBColor;

use crate::decimal;
use crate::plot::Palette;

pub const SERIF: &str = "Source Serif 4,Charter,Georgia,serif";
pub const SANS: &str = "Inter,system-ui,Helvetica,Arial,sans-serif";
pub const MONO: &str = "JetBrains Mono,ui-monospace,Menlo,Consolas,monospace";

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A part of a line: the words, their size, font and colour.
pub type Part<'a> = (&'a str, f64, &'static str, RGBColor);

type Place = (f64, f64);

/// What has been said so far.
pub struct Words<'p> {
    pub palette: &'p Palette,
    text: String,
}

impl<'p> Words<'p> {
    pub fn new(palette: &'p Palette) -> Self {
        Self { palette, text: String::new() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn say(&mut self, words: &str, at: Place, size: f64, font: &str, colour: RGBColor, anchor: Anchor) {
        let weight = if font == SERIF { " font-weight=\"600\"" } else { "" };
        self.text += &format!(
            "<text {}{} fill=\"{}\"{weight} font-family=\"{font}\" font-size=\"{}\">{}</text>\n",
            place(at),
            attribute(anchor),
            hex(colour),
            length(size),
            escaped(words)
        );
    }

    /// Parts in one line, each where the one before ends.
    pub fn line(&mut self, parts: &[Part], at: Place) {
        let part = |(words, size, font, colour): &Part| {
            format!(
                "<tspan fill=\"{}\" font-family=\"{font}\" font-size=\"{}\">{}</tspan>",
                hex(*colour),
                length(*size),
                escaped(words)
            )
        };
        let parts: String = parts.iter().map(part).collect();
        self.text += &format!("<text {} xml:space=\"preserve\">{parts}</text>\n", place(at));
    }

    /// A number over a chart, with the ground of the chart around it.
    pub fn halo(&mut self, words: &str, at: Place, colour: RGBColor, anchor: Anchor) {
        self.text += &format!(
            "<text {}{} fill=\"{}\" stroke=\"{}\" stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\" font-weight=\"600\" font-family=\"{SANS}\" font-size=\"18\">{}</text>\n",
            place(at),
            attribute(anchor),
            hex(colour),
            hex(self.palette.surface),
            escaped(words)
        );
    }

    pub fn dot(&mut self, (x, y): Place, radius: f64, colour: RGBColor) {
        self.text += &format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3\"/>\n",
            length(x),
            length(y),
            length(radius),
            hex(colour),
            hex(self.palette.surface)
        );
    }

    pub fn diamond(&mut self, (x, y): Place, colour: RGBColor) {
        let (x, y) = (length(x), length(y));
        self.text += &format!("<path d=\"M{x} {y}m0-9l9 9l-9 9l-9-9z\" fill=\"{}\"/>\n", hex(colour));
    }

    /// The mark of the site and its name, which end near a place.
    pub fn brand(&mut self, (x, y): Place) {
        let Palette { ink, loss, prediction, .. } = *self.palette;
        self.text += &format!(
            "<g transform=\"translate({} {})\" fill=\"none\"><circle cx=\"13\" cy=\"13\" r=\"11.5\" stroke=\"{}\" stroke-width=\"1.6\"/><path d=\"M5 8C8 20 18 20 21 8\" stroke=\"{}\" stroke-width=\"2.2\"/><circle cx=\"13\" cy=\"17\" r=\"2.6\" fill=\"{}\"/></g>\n",
            length(x - 144.0),
            length(y - 21.0),
            hex(ink),
            hex(loss),
            hex(prediction)
        );
        self.say("Losslens", (x - 108.0, y), 24.0, SERIF, ink, Anchor::Start);
    }
}

fn place((x, y): Place) -> String {
    format!("x=\"{}\" y=\"{}\"", length(x), length(y))
}

fn attribute(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    }
}

fn length(x: f64) -> String {
    decimal::fixed(x, 1)
}

/// A colour as SVG writes it.
pub fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text that is markup nowhere. Characters that XML knows not at all would make the whole file unreadable.
pub fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            it => safe.push(it),
        }
    }
    safe
}

/// Text of at most so many letters; dots say that there is more.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Text in lines of equal length, not more than so many.
pub fn pieces(text: &str, length: usize, most: usize) -> Vec<String> {
    let text: Vec<char> = cut(text, length * most - 1).chars().collect();
    text.chunks(length.max(1)).map(|it| it.iter().collect()).collect()
}
