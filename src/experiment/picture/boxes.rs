//! Two boxes of a photo: what they share, what lies around both, and where each side is pushed.

use super::Row;
use super::plane::Point;
use crate::experiment::{At, Experiment};
use crate::loss::torch::{Parts, parts};
use crate::plot::Window;

/// Width by height of the picture.
const ASPECT: f64 = 5.0 / 3.0;

/// Within this middle part of the window boxes may wander without the window following.
const MIDDLE: f64 = 0.94;

/// Left, top, right, bottom. Down is more, as in photos.
pub type Sides = [f64; 4];

/// One pair of boxes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// What the model drew.
    pub predicted: Sides,
    /// What was there.
    pub truth: Sides,
    /// What the loss is made of.
    pub parts: Parts,
    /// The pair's own loss.
    pub loss: f64,
    /// Its gradient by the sides of the predicted box.
    pub slopes: Sides,
}

/// The chosen pair, if the loss takes it.
pub fn pair(experiment: &Experiment) -> Option<Pair> {
    let row = Row::of(experiment);
    let [predicted, truth] = [0, 1].map(|input| sides(experiment, row, input));
    let spec = experiment.loss.spec;
    let eps = experiment.args.real(spec.param("eps")?).ok()?;
    let answer = experiment.unit(row.index)?.evaluate().ok()?;
    let slopes = answer.grads.first()?.as_ref()?.floats().into_owned();
    Some(Pair {
        predicted,
        truth,
        parts: parts(spec, eps, predicted, truth)?,
        loss: answer.units.values.first().copied()?,
        slopes: slopes.try_into().ok()?,
    })
}

fn sides(experiment: &Experiment, row: Row, input: usize) -> Sides {
    row.values(experiment, input).try_into().unwrap_or([f64::NAN; 4])
}

impl Pair {
    /// What both have in common, if anything.
    pub fn shared(&self) -> Option<Sides> {
        let ([a, b, c, d], [e, f, g, h]) = (self.predicted, self.truth);
        let shared = [a.max(e), b.max(f), c.min(g), d.min(h)];
        (shared[0] < shared[2] && shared[1] < shared[3]).then_some(shared)
    }

    /// The smallest box around both.
    pub fn around(&self) -> Sides {
        let ([a, b, c, d], [e, f, g, h]) = (self.predicted, self.truth);
        [a.min(e), b.min(f), c.max(g), d.max(h)]
    }

    /// All sides, also of a box that is the wrong way round.
    fn bounds(&self) -> Sides {
        let sides = |axis: usize| {
            let [own, other] = [self.predicted, self.truth];
            [own[axis], own[axis + 2], other[axis], other[axis + 2]]
        };
        let low = |axis| sides(axis).into_iter().fold(f64::INFINITY, f64::min);
        let high = |axis| sides(axis).into_iter().fold(f64::NEG_INFINITY, f64::max);
        [low(0), low(1), high(0), high(1)]
    }

    /// The push of each corner of the predicted box, minus the gradient; of 1 − IoU alone, where that is asked.
    pub fn pushes(&self, plain: bool) -> [(Point, Point); 4] {
        let ([x1, y1, x2, y2], [a, b, c, d]) =
            (self.predicted, if plain { self.parts.plain } else { self.slopes });
        [([x1, y1], [-a, -b]), ([x2, y1], [-c, -b]), ([x1, y2], [-a, -d]), ([x2, y2], [-c, -d])]
    }

    /// How hard the predicted box is pushed in all: the length of that gradient.
    pub fn push(&self, plain: bool) -> f64 {
        let slopes = if plain { self.parts.plain } else { self.slopes };
        slopes.iter().map(|it| it * it).sum::<f64>().sqrt()
    }

    /// What the picture spans at rest. The last window stays while both boxes are well inside and not lost in it.
    pub fn window(&self, last: Option<Window>) -> Window {
        let bounds = self.bounds();
        let fitted = fitted(bounds);
        let kept = last.filter(|it| {
            let inside = |share: f64| (share - 0.5).abs() <= MIDDLE / 2.0;
            let [left, top, right, bottom] = bounds;
            let size = |it: &Window| it.x().1 - it.x().0;
            [left, right].into_iter().all(|x| inside(it.across(x)))
                && [top, bottom].into_iter().all(|y| inside(it.down(y)))
                && (0.5..2.2).contains(&(size(it) / size(&fitted)))
        });
        kept.unwrap_or(fitted)
    }
}

fn fitted([left, top, right, bottom]: Sides) -> Window {
    let half = ((bottom - top) / 2.0).max((right - left) / 2.0 / ASPECT) * 1.35;
    if !(half.is_finite() && half > 0.0) {
        return Window::new((-4.0, 4.0), (-3.0, 3.0));
    }
    let around = |low: f64, high: f64, half: f64| ((low + high) / 2.0 - half, (low + high) / 2.0 + half);
    Window::new(around(left, right, half * ASPECT), around(top, bottom, half))
}

/// What of a box one takes hold of: a corner, or its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The places of two sides, one across and one down.
    Corner(usize, usize),
    /// The box as it is.
    Middle,
}

impl Hold {
    /// Every one.
    pub const ALL: [Hold; 5] =
        [Hold::Middle, Hold::Corner(0, 1), Hold::Corner(2, 1), Hold::Corner(0, 3), Hold::Corner(2, 3)];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Hold::Corner(0, 1) => "top left",
            Hold::Corner(2, 1) => "top right",
            Hold::Corner(0, _) => "bottom left",
            Hold::Corner(..) => "bottom right",
            Hold::Middle => "middle",
        }
    }

    /// Where it is.
    pub fn place(self, experiment: &Experiment, input: usize) -> Point {
        let [x1, y1, x2, y2] = sides(experiment, Row::of(experiment), input);
        match self {
            Hold::Corner(x, y) => [if x == 0 { x1 } else { x2 }, if y == 1 { y1 } else { y2 }],
            Hold::Middle => [(x1 + x2) / 2.0, (y1 + y2) / 2.0],
        }
    }

    /// The element that a hand on it chooses, for each direction.
    pub fn elements(self, experiment: &Experiment, input: usize) -> [At; 2] {
        let row = Row::of(experiment);
        let (x, y) = match self {
            Hold::Corner(x, y) => (x, y),
            Hold::Middle => (2, 3),
        };
        [row.at(input, x), row.at(input, y)]
    }

    /// The experiment with the box held there and taken to a place.
    pub fn moved(self, experiment: &Experiment, input: usize, [x, y]: Point) -> Experiment {
        let [first, second] = self.elements(experiment, input);
        match self {
            Hold::Corner(..) => experiment.with_number(first, x).with_number(second, y),
            Hold::Middle => {
                let (row, from) = (Row::of(experiment), self.place(experiment, input));
                let by = [x - from[0], y - from[1]];
                let old = sides(experiment, row, input);
                old.iter().enumerate().fold(experiment.clone(), |next, (side, value)| {
                    next.with_number(row.at(input, side), dustless(value + by[side % 2]))
                })
            }
        }
    }

    /// What a drag snaps to in each direction: where sides of both boxes lie on one line, or both middles.
    pub fn sticky(self, experiment: &Experiment, input: usize) -> [Vec<f64>; 2] {
        let row = Row::of(experiment);
        let (own, other) = (sides(experiment, row, input), sides(experiment, row, 1 - input.min(1)));
        [0, 1].map(|axis| {
            let (low, high) = (other[axis], other[axis + 2]);
            let half = (own[axis + 2] - own[axis]) / 2.0;
            match self {
                Hold::Corner(..) => vec![low, high],
                Hold::Middle => [low + half, (low + high) / 2.0, high - half].map(dustless).to_vec(),
            }
        })
    }
}

/// A sum of round numbers without the dust of adding.
fn dustless(x: f64) -> f64 {
    let round = (x * 1e9).round() / 1e9;
    if round.is_finite() { round } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart() -> Pair {
        Pair { predicted: [20.0, 52.0, 40.0, 72.0], truth: [70.0, 60.0, 90.0, 80.0], ..Pair::default() }
    }

    #[test]
    fn boxes_share_and_are_enclosed() {
        assert_eq!(apart().shared(), None);
        assert_eq!(apart().around(), [20.0, 52.0, 90.0, 80.0]);
        let pair = Pair { predicted: [60.0, 52.0, 80.0, 72.0], ..apart() };
        assert_eq!(pair.shared(), Some([70.0, 60.0, 80.0, 72.0]));
    }

    #[test]
    fn the_window_holds_both_and_stays() {
        let window = apart().window(None);
        assert!(window.x().0 < 20.0 && window.x().1 > 90.0 && window.y().0 < 52.0 && window.y().1 > 80.0);
        let nearer = Pair { predicted: [30.0, 52.0, 50.0, 72.0], ..apart() };
        assert_eq!(nearer.window(Some(window)), window);
        let turned = Pair { predicted: [40.0, 52.0, 20.0, 72.0], ..apart() };
        assert_eq!(turned.window(None), window);
        let away = Pair { predicted: [-90.0, 52.0, -70.0, 72.0], ..apart() };
        assert_ne!(away.window(Some(window)), window);
    }
}
