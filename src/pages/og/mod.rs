//! The pictures that links unfold to: 1200 × 630, drawn by the plot code, with the words that matter in large letters.

mod art;
mod file;
mod sheet;
mod text;

pub use art::Art;

use plotters::style::RGBColor;
use tiny_skia::PathBuilder;

use crate::plot::Palette;
use sheet::{Area, Place, Sheet};
use text::Typeface;

/// How large every picture is.
pub const SIZE: (u32, u32) = (1200, 630);

const PAPER: RGBColor = Palette::LIGHT.paper;
const INK: RGBColor = Palette::LIGHT.ink;
/// A colour of words that nothing else needs: that of `style/tokens.css`.
const INK_2: RGBColor = RGBColor(0x4c, 0x4a, 0x55);

const MARGIN: f32 = 56.0;
/// Where the chart lies.
const CARD: Area = Area { left: 600.0, top: 48.0, width: 552.0, height: 412.0 };
/// Words are as large as fits beside it, in so many lines.
const NAME_SIZES: [(f32, usize); 8] =
    [(104.0, 2), (92.0, 3), (84.0, 3), (76.0, 4), (72.0, 4), (64.0, 5), (56.0, 5), (50.0, 6)];
/// The base lines of what stands below.
const FOOT: [f32; 2] = [530.0, 582.0];
const FOOT_SIZE: f32 = 38.0;
const KEY_SIZE: f32 = 35.0;

/// A picture: the name of a page, what the page is about, and what is drawn.
pub struct Picture {
    pub title: String,
    pub foot: Foot,
    pub art: Art,
}

/// What stands below.
pub enum Foot {
    /// A sentence or two.
    Text(String),
    /// What the whole line of the chart is, and what the dashed one.
    Keys([String; 2]),
}

/// Draws pictures.
pub struct Studio {
    serif: Vec<u8>,
    sans: Vec<u8>,
}

impl Studio {
    /// # Errors
    /// What is wrong with a font.
    pub fn open() -> Result<Self, String> {
        Ok(Self { serif: text::unpacked(text::SERIF)?, sans: text::unpacked(text::SANS)? })
    }

    /// The picture as a PNG.
    ///
    /// # Errors
    /// A letter that the font lacks, or words that do not fit.
    pub fn png(&self, picture: &Picture) -> Result<Vec<u8>, String> {
        let draw = || {
            let mut sheet = Sheet::blank(SIZE, PAPER).ok_or("no room")?;
            let (bold, plain) = (Typeface::new(&self.serif, 600.0)?, Typeface::new(&self.serif, 400.0)?);
            brand(&mut sheet, &bold)?;
            name(&mut sheet, &bold, &picture.title)?;
            frame(&mut sheet);
            picture.art.draw(&mut sheet, CARD.within(8.0))?;
            match &picture.foot {
                Foot::Text(text) => sentence(&mut sheet, &plain, text)?,
                Foot::Keys(keys) => self::keys(&mut sheet, &Typeface::new(&self.sans, 450.0)?, keys)?,
            }
            file::png(SIZE, sheet.pixels())
        };
        draw().map_err(|error: String| format!("the picture of “{}”: {error}", picture.title))
    }
}

fn say(
    sheet: &mut Sheet,
    face: &Typeface,
    text: &str,
    size: f32,
    at: Place,
    colour: RGBColor,
) -> Result<(), String> {
    if let (Some(path), _) = face.set(text, size, at)? {
        sheet.fill(&path, colour, 1.0);
    }
    Ok(())
}

/// The mark of public/icon.svg and the name beside it.
fn brand(sheet: &mut Sheet, face: &Typeface) -> Result<(), String> {
    let scale = 1.7;
    let at = |x: f32, y: f32| (MARGIN + x * scale, 48.0 + y * scale);
    if let Some(ring) = sheet::circle(at(13.0, 13.0), 11.5 * scale) {
        sheet.line(&ring, INK, 1.0, 1.6 * scale, None);
    }
    let mut bowl = PathBuilder::new();
    let ((x0, y0), (x1, y1), (x2, y2), (x3, y3)) =
        (at(5.0, 8.0), at(8.0, 20.0), at(18.0, 20.0), at(21.0, 8.0));
    bowl.move_to(x0, y0);
    bowl.cubic_to(x1, y1, x2, y2, x3, y3);
    if let Some(bowl) = bowl.finish() {
        sheet.line(&bowl, Palette::LIGHT.loss, 1.0, 2.2 * scale, None);
    }
    if let Some(ball) = sheet::circle(at(13.0, 17.0), 2.6 * scale) {
        sheet.fill(&ball, Palette::LIGHT.prediction, 1.0);
    }
    say(sheet, face, "Losslens", 34.0, (MARGIN + 58.0, 82.0), INK)
}

/// The name, in the middle of the height that the chart leaves below the brand.
fn name(sheet: &mut Sheet, face: &Typeface, title: &str) -> Result<(), String> {
    let room = CARD.left - MARGIN - 28.0;
    let (top, bottom) = (112.0, CARD.top + CARD.height);
    for (size, most) in NAME_SIZES {
        let lines = face.lines(title, size, room)?;
        let height = size * 1.08;
        let widths = lines.iter().map(|it| face.width(it, size)).collect::<Result<Vec<f32>, String>>()?;
        if lines.len() > most || widths.iter().any(|it| *it > room) {
            continue;
        }
        let spare = bottom - top - height * lines.len() as f32;
        for (place, line) in lines.iter().enumerate() {
            let base = top + spare.max(0.0) / 2.0 + height * (place as f32 + 0.78);
            say(sheet, face, line, size, (MARGIN - size * 0.04, base), INK)?;
        }
        return Ok(());
    }
    Err("the name does not fit".to_owned())
}

/// The ground of the chart.
fn frame(sheet: &mut Sheet) {
    if let Some(card) = sheet::rounded(CARD, 18.0) {
        sheet.line(&card, Palette::LIGHT.line, 1.0, 4.0, None);
        sheet.fill(&card, Palette::LIGHT.surface, 1.0);
    }
}

/// Two lines; what does not fit is left out, which the dots say.
fn sentence(sheet: &mut Sheet, face: &Typeface, text: &str) -> Result<(), String> {
    let room = SIZE.0 as f32 - 2.0 * MARGIN;
    let mut lines = face.lines(text, FOOT_SIZE, room)?;
    while lines.len() > FOOT.len() {
        let shown = lines.get(..FOOT.len()).unwrap_or_default().join(" ");
        lines = face.lines(&format!("{}…", without_last_word(&shown)), FOOT_SIZE, room)?;
    }
    for (line, base) in lines.iter().zip(FOOT) {
        say(sheet, face, line, FOOT_SIZE, (MARGIN, base), INK_2)?;
    }
    Ok(())
}

fn without_last_word(text: &str) -> &str {
    text.trim_end().rsplit_once(' ').map_or("", |it| it.0).trim_end_matches([',', ';', ':', '.'])
}

fn keys(sheet: &mut Sheet, face: &Typeface, keys: &[String; 2]) -> Result<(), String> {
    let inks = [(Palette::LIGHT.loss, None), (Palette::LIGHT.quiet, Some(14.0))];
    for ((key, base), (colour, dash)) in keys.iter().zip(FOOT).zip(inks) {
        let height = base - 12.0;
        if let Some(line) = sheet::path([(MARGIN + 4.0, height), (MARGIN + 70.0, height)], false) {
            sheet.line(&line, colour, 1.0, 6.0, dash);
        }
        say(sheet, face, key, KEY_SIZE, (MARGIN + 96.0, base), INK_2)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
