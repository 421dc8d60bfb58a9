//! A picture of a state to keep and to show: both charts, the names and numbers around them, and the address, as one SVG
//! that needs nothing else.

mod words;

use super::scene::{Moving, Still, height_name};
use super::{Experiment, View, number, overlay_name};
use crate::experiment::samples::Samples;
use crate::experiment::windows::Windows;
use crate::loss::marks::Best;
use crate::plot::draw::{X_PARTS, Y_PARTS};
use crate::plot::svg::{INSET, chart};
use crate::plot::ticks::{label, step, ticks, within};
use crate::plot::{Palette, Window};
use words::{Anchor, MONO, SANS, SERIF, Words, cut, hex, pieces};

/// How large every picture is.
pub const SIZE: (u32, u32) = (1200, 800);

/// Where the charts lie: left, top, width, height.
const LOSS: [u32; 4] = [84, 236, 1084, 328];
const GRADIENT: [u32; 4] = [84, 590, 1084, 112];

const LEFT: f64 = 48.0;
const RIGHT: f64 = 1152.0;

/// What a picture says beside its numbers.
pub struct Captions {
    /// The call of the constructor.
    pub call: String,
    /// The name of the element that the chart moves.
    pub element: String,
    /// The link to the state.
    pub link: String,
}

/// The state as an SVG file.
pub fn svg(experiment: &Experiment, captions: &Captions, palette: &Palette) -> String {
    // A picture of the loss's own is a thing of the page: here its state is seen along the chosen element.
    let view = if experiment.shown_view() == View::Batch { View::Batch } else { View::Curve };
    let state = Experiment { view: Some(view), ..experiment.clone() };
    let state = Experiment { view: Some(state.shown_view()), ..state };
    let windows = Windows::of(&state, None);
    let samples = Samples::take(&state.held(), &windows.loss);
    let (still, moving) = (Still::of(&samples, &windows), Moving::of(&samples, &state, None));
    let mut words = Words::new(palette);
    head(&mut words, &state, captions);
    let loss = Plot { place: LOSS, window: windows.loss };
    let gradient = Plot { place: GRADIENT, window: windows.gradient };
    let mut drawn = chart(&still.loss, &moving.loss, palette, (LOSS[0], LOSS[1]), (LOSS[2], LOSS[3]));
    drawn += &chart(
        &still.gradient,
        &moving.gradient,
        palette,
        (GRADIENT[0], GRADIENT[1]),
        (GRADIENT[2], GRADIENT[3]),
    );
    axes(&mut words, &loss, &gradient, &state, captions);
    if let Best::Point(best) = samples.marks.best {
        loss.best(&mut words, best);
    }
    if let (Some(at), Some(with)) = (still.overlay, &state.with) {
        let (x, y) = loss.at(at);
        words.halo(&overlay_name(with), (x + 14.0, y + 6.0), palette.quiet, Anchor::Start);
    }
    loss.dot(&mut words, moving.point);
    if let Some(slope) = moving.slope {
        gradient.slope(&mut words, (moving.point.0, slope));
    }
    foot(&mut words, &captions.link);
    let title = format!("{}, loss {}", experiment.loss.spec.title, outputs(experiment));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n<title>{2}</title>\n<desc>{3}</desc>\n<rect width=\"{0}\" height=\"{1}\" fill=\"{4}\"/>\n{drawn}{5}</svg>\n",
        SIZE.0,
        SIZE.1,
        words::escaped(&title),
        words::escaped(&captions.link),
        hex(palette.paper),
        words.text(),
    )
}

/// Name, call, and the numbers that it is all about.
fn head(words: &mut Words, state: &Experiment, captions: &Captions) {
    let palette = words.palette;
    let title = state.loss.spec.title;
    let size = if title.chars().count() > 26 { 36.0 } else { 46.0 };
    words.say(title, (LEFT, 84.0), size, SERIF, palette.ink, Anchor::Start);
    words.brand((RIGHT, 80.0));
    words.say(&cut(&captions.call, 88), (LEFT, 122.0), 20.0, MONO, palette.quiet, Anchor::Start);
    let gradient = state.evaluate().ok().and_then(|it| state.gradient(&it));
    let mut parts = vec![("loss", 22.0, SANS, palette.loss), ("\u{2002}", 22.0, SANS, palette.ink)];
    let loss = outputs(state);
    parts.push((&loss, 34.0, MONO, palette.loss));
    let unit = format!("\u{2002}{}", cut(&state.unit, 16));
    if !state.unit.is_empty() {
        parts.push((&unit, 20.0, SANS, palette.quiet));
    }
    let of = format!("\u{2003}gradient of {}\u{2002}", cut(&captions.element, 40));
    let slope = gradient.map_or_else(String::new, |it| number::fixed(it, 4));
    if gradient.is_some() {
        parts.extend([(of.as_str(), 22.0, SANS, palette.gradient), (&slope, 34.0, MONO, palette.gradient)]);
    }
    words.line(&parts, (LEFT, 178.0));
}

/// The loss to four decimals: one number, or the first of many.
fn outputs(state: &Experiment) -> String {
    let output = state.evaluate().map(|it| it.output).unwrap_or_default();
    let shown: Vec<String> = output.floats().iter().take(3).map(|it| number::fixed(*it, 4)).collect();
    format!("{}{}", shown.join(", "), if output.len() > 3 { ", …" } else { "" })
}

fn axes(words: &mut Words, loss: &Plot, gradient: &Plot, state: &Experiment, captions: &Captions) {
    let palette = words.palette;
    let of = height_name(state.shown_view(), &cut(&captions.element, 60));
    let above = |plot: &Plot| (f64::from(plot.place[0]) + INSET, f64::from(plot.place[1]) - 6.0);
    words.say(&of, above(loss), 17.0, SANS, palette.loss, Anchor::Start);
    let slope = "gradient: the slope of the curve";
    words.say(slope, above(gradient), 17.0, SANS, palette.gradient, Anchor::Start);
    for plot in [loss, gradient] {
        plot.ticks_up(words);
    }
    gradient.ticks_across(words);
}

/// The brand is at the top; below stands where to find this.
fn foot(words: &mut Words, link: &str) {
    let lines = pieces(link, 128, 2);
    let first = if lines.len() > 1 { 762.0 } else { 772.0 };
    for (place, line) in lines.iter().enumerate() {
        let at = (LEFT, first + 20.0 * place as f64);
        words.say(line, at, 14.0, MONO, words.palette.quiet, Anchor::Start);
    }
}

/// A chart of the picture: where it lies and what it shows.
struct Plot {
    place: [u32; 4],
    window: Window,
}

impl Plot {
    /// Where a point of the plane lies; what is beyond the top or the bottom lies on the edge.
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [left, top, width, height] = self.place.map(f64::from);
        let down = within(self.window.down(y), 0.0, 1.0);
        (
            left + INSET + self.window.across(x) * (width - 2.0 * INSET),
            top + INSET + if down.is_nan() { 0.0 } else { down } * (height - 2.0 * INSET),
        )
    }

    fn shows(&self, x: f64) -> bool {
        (0.0..=1.0).contains(&self.window.across(x))
    }

    fn ticks_up(&self, words: &mut Words) {
        let (window, left) = (&self.window, f64::from(self.place[0]));
        let most = if self.place[3] < 200 { 3 } else { Y_PARTS };
        let size = step(window.y().1 - window.y().0, most);
        for tick in ticks(window.y(), most) {
            let (_, y) = self.at((window.x().0, tick));
            words.say(
                &label(tick, size),
                (left - 4.0, y + 5.0),
                15.0,
                MONO,
                words.palette.quiet,
                Anchor::End,
            );
        }
    }

    fn ticks_across(&self, words: &mut Words) {
        let (window, below) = (&self.window, f64::from(self.place[1] + self.place[3]) + 18.0);
        let size = step(window.x().1 - window.x().0, X_PARTS);
        for tick in ticks(window.x(), X_PARTS) {
            let (x, _) = self.at((tick, 0.0));
            words.say(&label(tick, size), (x, below), 15.0, MONO, words.palette.quiet, Anchor::Middle);
        }
    }

    /// The best value: a diamond on the axis, with its number.
    fn best(&self, words: &mut Words, best: f64) {
        if self.shows(best) {
            let at = self.at((best, self.window.y().0));
            words.diamond(at, words.palette.target);
            let name = format!("best {}", number::brief(best));
            words.halo(&name, (at.0, at.1 - 18.0), words.palette.target, Anchor::Middle);
        }
    }

    /// The chosen element, with its number.
    fn dot(&self, words: &mut Words, point: (f64, f64)) {
        if self.shows(point.0) && !point.1.is_nan() {
            let at = self.at(point);
            words.dot(at, 11.0, words.palette.prediction);
            let below = at.1 < f64::from(self.place[1]) + 40.0;
            let at = (at.0, if below { at.1 + 34.0 } else { at.1 - 20.0 });
            words.halo(&number::brief(point.0), at, words.palette.prediction, Anchor::Middle);
        }
    }

    fn slope(&self, words: &mut Words, point: (f64, f64)) {
        if self.shows(point.0) {
            let at = self.at(point);
            words.dot(at, 7.0, words.palette.gradient);
            let left = self.window.across(point.0) > 0.7;
            let (x, anchor) = if left { (at.0 - 14.0, Anchor::End) } else { (at.0 + 14.0, Anchor::Start) };
            words.halo(&number::fixed(point.1, 4), (x, at.1 - 8.0), words.palette.gradient, anchor);
        }
    }
}

#[cfg(test)]
mod tests;
