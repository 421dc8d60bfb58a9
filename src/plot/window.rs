//! The part of the plane that a chart shows.

use super::ticks;
use crate::loss::numeric::sort;

/// A rectangle of the plane. Invariant: finite, and larger than nothing both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    x: (f64, f64),
    y: (f64, f64),
}

/// The largest magnitude that a window reaches: its width must be finite too.
const MOST: f64 = 1e300;

impl Window {
    /// A window of those edges; edges that make none are replaced by the nearest that do.
    pub fn new(x: (f64, f64), y: (f64, f64)) -> Self {
        Self { x: proper(x), y: proper(y) }
    }

    /// The left and the right edge.
    pub fn x(&self) -> (f64, f64) {
        self.x
    }

    /// The lower and the upper edge.
    pub fn y(&self) -> (f64, f64) {
        self.y
    }

    /// Where an x lies, from 0 at the left edge to 1 at the right one, and beyond.
    pub fn across(&self, x: f64) -> f64 {
        (x - self.x.0) / (self.x.1 - self.x.0)
    }

    /// Where a y lies, from 0 at the top edge to 1 at the bottom one, and beyond.
    pub fn down(&self, y: f64) -> f64 {
        (self.y.1 - y) / (self.y.1 - self.y.0)
    }

    /// Whether an x lies in the middle part of the window, of that share of its width.
    pub fn is_in_middle(&self, x: f64, share: f64) -> bool {
        (self.across(x) - 0.5).abs() <= share / 2.0
    }

    /// The window of the same width with that x in the middle, its edges on round numbers.
    pub fn recentred(&self, x: f64) -> Self {
        let half = (self.x.1 - self.x.0) / 2.0;
        let step = ticks::step(half * 2.0, 8);
        let middle = (x / step).round() * step;
        Self::new((middle - half, middle + half), self.y)
    }

    /// The same x, and y from what is to be seen: the values' bulk and the one value that must be in view.
    ///
    /// The top is cut where a few values tower over the rest, but never below twice the value in view.
    pub fn fitted(x: (f64, f64), values: impl IntoIterator<Item = f64>, now: f64) -> Self {
        let mut values: Vec<f64> =
            values.into_iter().filter(|it| it.is_finite() && it.abs() < MOST).collect();
        sort(&mut values);
        let (Some(low), Some(high)) = (values.first().copied(), values.last().copied()) else {
            return Self::new(x, (0.0, 1.0));
        };
        let bulk = values.get(values.len() * 9 / 10).copied().unwrap_or(high);
        let wanted = if now.is_finite() { low + (now - low) * 2.0 } else { bulk };
        let top = if high - low > 3.0 * (bulk - low) { bulk.max(wanted).min(high) } else { high };
        let low = if low >= 0.0 && low < 0.4 * top { 0.0 } else { low };
        let room = (top - low) * 0.08;
        let step = ticks::step(top - low + room, 5);
        let bottom = if low == 0.0 { 0.0 } else { ((low - room) / step).floor() * step };
        Self::new(x, (bottom, ((top + room) / step).ceil() * step))
    }
}

fn proper((from, to): (f64, f64)) -> (f64, f64) {
    let tame = |it: f64| if it.is_finite() { it.clamp(-MOST, MOST) } else { 0.0 };
    let (from, to) = (tame(from), tame(to));
    let (from, to) = (from.min(to), from.max(to));
    let least = from.abs().max(to.abs()) * 1e-9 + f64::MIN_POSITIVE * 1e9;
    if to - from > least { (from, to) } else { (from - least.max(0.5), to + least.max(0.5)) }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn always_shows_something() {
        for edge in [f64::NAN, f64::INFINITY, 1e308, 0.0, -1e308, 5e-324] {
            for other in [f64::NAN, f64::NEG_INFINITY, 1e308, 0.0, 1.0] {
                let window = Window::new((edge, other), (other, edge));
                let (from, to) = window.x();
                assert!(from < to && (to - from).is_finite(), "{edge} {other}: {window:?}");
            }
        }
    }

    #[test]
    fn recentring_keeps_the_width() {
        let window = Window::new((2.0, 14.0), (0.0, 12.0)).recentred(13.7);
        assert_eq!(window.x().1 - window.x().0, 12.0);
        assert!(window.is_in_middle(13.7, 0.84));
    }

    #[test]
    fn a_tower_does_not_flatten_the_rest() {
        let values = (0..100).map(|it| if it > 95 { 1e12 } else { f64::from(it) / 10.0 });
        let (bottom, top) = Window::fitted((0.0, 1.0), values, 3.0).y();
        assert_eq!(bottom, 0.0);
        assert!(top < 20.0, "{top}");
    }
}
