//! Text as shapes, in the font of the page.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder, Tag};
use rustybuzz::{Face, UnicodeBuffer, Variation};
use tiny_skia::{Path, PathBuilder};

use super::sheet::Place;

/// The fonts of the page, as published with it.
pub const SERIF: &[u8] = include_bytes!("../../../public/fonts/source-serif-4.woff2");
pub const SANS: &[u8] = include_bytes!("../../../public/fonts/inter.woff2");

/// A font at some weight.
pub struct Typeface<'f>(Face<'f>);

/// Unpacks a font.
///
/// # Errors
/// What is wrong with it.
pub fn unpacked(font: &[u8]) -> Result<Vec<u8>, String> {
    wuff::decompress_woff2(font).map_err(|error| format!("a font of the page: {error:?}"))
}

impl<'f> Typeface<'f> {
    /// The font in an unpacked file, as bold as wanted.
    ///
    /// # Errors
    /// Where it is no font.
    pub fn new(font: &'f [u8], weight: f32) -> Result<Self, String> {
        let mut face = Face::from_slice(font, 0).ok_or("a font of the page is none")?;
        face.set_variations(&[Variation { tag: Tag::from_bytes(b"wght"), value: weight }]);
        Ok(Self(face))
    }

    /// The text as a shape that begins at a point of the base line, and how wide it is.
    ///
    /// # Errors
    /// A letter that the font lacks.
    pub fn set(&self, text: &str, size: f32, at: Place) -> Result<(Option<Path>, f32), String> {
        let scale = size / self.0.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        let glyphs = rustybuzz::shape(&self.0, &[], buffer);
        let mut pen = Pen { path: PathBuilder::new(), at, scale };
        for (glyph, room) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            let id = u16::try_from(glyph.glyph_id).unwrap_or_default();
            if id == 0 {
                let rest = text.get(glyph.cluster as usize..).unwrap_or(text);
                return Err(format!("the font lacks the first letter of “{rest}”"));
            }
            self.0.outline_glyph(GlyphId(id), &mut pen);
            pen.at.0 += room.x_advance as f32 * scale;
        }
        let width = pen.at.0 - at.0;
        Ok((pen.path.finish(), width))
    }

    /// How wide the text is.
    ///
    /// # Errors
    /// As `set`.
    pub fn width(&self, text: &str, size: f32) -> Result<f32, String> {
        self.set(text, size, (0.0, 0.0)).map(|it| it.1)
    }

    /// The text in lines that are no wider than `room`, unless a word alone is.
    ///
    /// # Errors
    /// As `set`.
    pub fn lines(&self, text: &str, size: f32, room: f32) -> Result<Vec<String>, String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words(text) {
            if let Some(last) = lines.last_mut() {
                let longer = format!("{last}{word}");
                if self.width(longer.trim_end(), size)? <= room {
                    *last = longer;
                    continue;
                }
            }
            lines.push(word.to_owned());
        }
        Ok(lines.into_iter().map(|it| it.trim_end().to_owned()).collect())
    }
}

/// The parts that may stand on different lines, with what follows them: after a space, a dash or a hyphen.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '–', '-'])
}

/// Draws glyphs, whose y counts upwards.
struct Pen {
    path: PathBuilder,
    at: Place,
    scale: f32,
}

impl Pen {
    fn to(&self, x: f32, y: f32) -> Place {
        (self.at.0 + x * self.scale, self.at.1 - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.to(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.to(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.to(x1, y1), self.to(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.to(x1, y1), self.to(x2, y2), self.to(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_dashes_and_lose_nothing() {
        let font = unpacked(SERIF).unwrap();
        let face = Typeface::new(&font, 600.0).unwrap();
        let lines = face.lines("Kullback–Leibler divergence", 80.0, 520.0).unwrap();
        assert_eq!(lines, ["Kullback–", "Leibler", "divergence"]);
        assert_eq!(face.lines("one two", 10.0, 500.0).unwrap(), ["one two"]);
        assert!(face.width("m", 20.0).unwrap() > face.width("i", 20.0).unwrap());
        let bold = Typeface::new(&font, 700.0).unwrap();
        assert!(bold.width("weight", 20.0).unwrap() > face.width("weight", 20.0).unwrap());
    }

    #[test]
    fn a_letter_that_is_missing_is_named() {
        let font = unpacked(SERIF).unwrap();
        let error = Typeface::new(&font, 400.0).unwrap().width("損 loss", 20.0).unwrap_err();
        assert!(error.contains("損"), "{error}");
    }
}
