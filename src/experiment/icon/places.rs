//! Pictures of things that stand apart: scores in order, distances to a fence, points of a plane, ways through frames.

use super::{chosen, number};
use crate::experiment::picture::margins::margins as margins_of;
use crate::experiment::picture::{angle, plane};
use crate::experiment::{At, Experiment};
use crate::loss::distance::Norm;
use crate::loss::marks::Best;
use crate::loss::spec::Domain;
use crate::loss::triplet::Measure;
use crate::plot::Window;
use crate::plot::icon::{Frame, Icon, Ink, Style};

/// Two scores on a line, and how far the chosen one must still go.
pub fn ranking(example: &Experiment, frame: Frame) -> Option<Icon> {
    let unit = chosen(example)?;
    let goal = unit.marks().kinks.first()?.x;
    let (own, other) = (unit.x()?, number(&unit, 1 - unit.at.input.min(1))?);
    let (low, high) = (own.min(other).min(goal), own.max(other).max(goal));
    let room = (high - low).max(1e-9) * 0.7;
    let window = Window::new((low - room, high + room), (0.0, 1.0));
    let place = |x: f64| frame.place(&window, (x, 0.5));
    let radius = frame.either(3.0, 11.0);
    let mut icon = Icon::default();
    icon.line(frame, &window, [(window.x().0, 0.5), (window.x().1, 0.5)], Ink::Axis, Style::Thin);
    let post = place(goal).0;
    icon.path([(post, frame.height * 0.12), (post, frame.height * 0.88)], Ink::Target, Style::Line);
    icon.path([place(own), place(goal)], Ink::Loss, Style::Line);
    icon.circle(place(other), radius, Ink::Prediction, Style::Wash);
    icon.circle(place(other), radius, Ink::Prediction, Style::Thin);
    icon.circle(place(own), radius, Ink::Prediction, Style::Fill);
    Some(icon)
}

/// Distances, each with a stick to where it would cost nothing: to zero, or to the fence.
pub fn fence(example: &Experiment, frame: Frame) -> Option<Icon> {
    let post = chosen(example)?.marks().kinks.iter().map(|it| it.x).fold(f64::NEG_INFINITY, f64::max);
    let shown = if frame.is_roomy() { 0..example.inputs.first()?.len() } else { own(example)? };
    let far = example.inputs.first()?.floats().iter().copied().fold(post, f64::max);
    let window = Window::new((-0.1 * far, 1.1 * far), (0.0, 1.0));
    let mut icon = Icon::default();
    let ends = |x: f64| [frame.place(&window, (x, 0.0)), frame.place(&window, (x, 1.0))];
    icon.path(ends(0.0), Ink::Axis, Style::Thin);
    icon.path(ends(post), Ink::Target, Style::Line);
    if frame.is_roomy() {
        pickets(&mut icon, frame, &window, post);
    }
    let count = shown.len();
    for (row, place) in shown.enumerate() {
        let unit = Experiment { at: At::default(), ..example.unit(place)? };
        let x = number(&unit, 0)?;
        let y = 1.0 - (row as f64 + 0.5) / count as f64;
        let free = match unit.marks().best {
            Best::Between(from, _) if x < from => from,
            Best::Between(..) => x,
            _ => 0.0,
        };
        icon.path([(x, y), (free, y)].map(|it| frame.place(&window, it)), Ink::Loss, Style::Line);
        icon.circle(frame.place(&window, (x, y)), frame.either(3.0, 5.5), Ink::Prediction, Style::Fill);
    }
    Some(icon)
}

/// The scores of a row below each other, up to where they cost nothing, and what is beyond.
pub fn margins(example: &Experiment, frame: Frame) -> Option<Icon> {
    let shown = margins_of(example);
    let free = shown.free()?;
    let window = Window::new(shown.span(), (0.0, 1.0));
    let mut icon = Icon::default();
    let post = |x: f64| [0.0, 1.0].map(|y| frame.place(&window, (x, y)));
    icon.rectangle(frame.place(&window, (window.x().0, 0.0)), post(free)[1], Ink::Target, Style::Wash);
    for (_, fence) in shown.fences() {
        icon.path(post(fence), Ink::Target, if frame.is_roomy() { Style::Line } else { Style::Thin });
    }
    let height = |class: usize| 1.0 - (class as f64 + 0.5) / shown.scores.len() as f64;
    for pair in shown.owed() {
        let ends =
            [pair.fence, pair.fence + pair.short].map(|x| frame.place(&window, (x, height(pair.other))));
        icon.path(ends, Ink::Loss, Style::Line);
    }
    for (class, score) in shown.scores.iter().enumerate() {
        let at = frame.place(&window, (*score, height(class)));
        if shown.truth.get(class) == Some(&true) {
            icon.diamond(at, frame.either(2.6, 5.5), Ink::Target, Style::Fill);
        } else {
            icon.circle(at, frame.either(2.2, 5.0), Ink::Prediction, Style::Fill);
        }
    }
    Some(icon)
}

/// The rest of the fence, on the far side of its first post.
fn pickets(icon: &mut Icon, frame: Frame, window: &Window, post: f64) {
    let (left, _) = frame.place(window, (post, 0.0));
    let (top, bottom) = (3.0, frame.height - 3.0);
    for more in [7.0, 14.0] {
        icon.path([(left + more, top), (left + more, bottom)], Ink::Target, Style::Thin);
    }
    for rail in [0.3, 0.7] {
        let y = top + rail * (bottom - top);
        icon.path([(left, y), (left + 14.0, y)], Ink::Target, Style::Thin);
    }
}

/// The chosen unit alone.
fn own(example: &Experiment) -> Option<std::ops::Range<usize>> {
    let unit = example.unit_of(example.at)?;
    Some(unit..unit + 1)
}

/// Two arrows from one point, the angle between them, and the directions that cost nothing.
pub fn arrows(example: &Experiment, frame: Frame) -> Option<Icon> {
    let pair = angle::pair(&chosen(example)?)?;
    let longest = pair.tips.iter().map(|it| it[0].hypot(it[1])).fold(0.0, f64::max);
    let window = frame.even((0.0, 0.0), longest * 1.9);
    let place = |[x, y]: plane::Point| frame.place(&window, (x, y));
    let mut icon = Icon::default();
    icon.area(
        pair.free(longest * 0.85).into_iter().step_by(6).map(place).collect::<Vec<_>>(),
        Ink::Target,
        Style::Wash,
    );
    icon.path(
        pair.arc(longest * 0.4).into_iter().step_by(6).map(place).collect::<Vec<_>>(),
        Ink::Loss,
        Style::Line,
    );
    for tip in pair.tips {
        icon.path([[0.0; 2], tip].map(place), Ink::Prediction, Style::Line);
        icon.circle(place(tip), frame.either(2.2, 4.0), Ink::Prediction, Style::Fill);
    }
    Some(icon)
}

/// Anchor, positive and negative of one triplet: a ring through the positive, and one beyond which nothing is owed.
pub fn plane(example: &Experiment, frame: Frame) -> Option<Icon> {
    let triple = plane::plane(&chosen(example)?)?;
    let [anchor, positive, negative] = triple.points;
    let ring = |distance: f64| -> Vec<plane::Point> {
        // Corners and middles of the sides are enough for those that are no circles.
        plane::ring(triple.measure, anchor, distance, 0.0).into_iter().step_by(15).collect()
    };
    let radius = |ring: &[plane::Point]| ring.iter().map(|it| (it[0] - anchor[0]).abs()).fold(0.0, f64::max);
    // What is owed is what the negative lacks to this ring.
    let (outer, inner) = (ring(triple.clear()), ring(triple.near));
    let window = frame.even((anchor[0], anchor[1]), 2.1 * radius(&outer));
    let place = |[x, y]: plane::Point| frame.place(&window, (x, y));
    let length = place([anchor[0] + 1.0, 0.0]).0 - place([anchor[0], 0.0]).0;
    let is_round = matches!(triple.measure, Measure::Squares | Measure::Norm { norm: Norm::Root, .. });
    let dot = frame.either(2.2, 5.0);
    let mut icon = Icon::default();
    for (ring, ink, style) in
        [(&outer, Ink::Loss, Style::Wash), (&outer, Ink::Loss, Style::Thin), (&inner, Ink::Axis, Style::Thin)]
    {
        if is_round {
            icon.circle(place(anchor), radius(ring) * length, ink, style);
        } else {
            icon.area(ring.iter().copied().map(place).collect::<Vec<_>>(), ink, style);
        }
    }
    icon.circle(place(anchor), dot, Ink::Prediction, Style::Fill);
    icon.diamond(place(positive), dot * 1.15, Ink::Target, Style::Fill);
    let owed = triple.clear() / triple.far.max(1e-9);
    let goal = [0, 1].map(|it| anchor[it] + (negative[it] - anchor[it]) * owed);
    icon.path([place(negative), place(goal)], Ink::Loss, Style::Line);
    icon.circle(place(negative), dot, Ink::Surface, Style::Fill);
    icon.circle(place(negative), dot, Ink::Prediction, Style::Thin);
    Some(icon)
}

/// The ways to spell a sequence over the frames, and one of them: where there is a choice, the likeliest next step.
pub fn lattice(example: &Experiment, frame: Frame) -> Option<Icon> {
    let spec = example.loss.spec;
    let target = spec.inputs.iter().position(|it| it.domain == Domain::Class)?;
    let letters = example.inputs.get(target)?.ints()?.to_vec();
    let scores = example.inputs.first()?;
    let classes = scores.shape().last().copied().filter(|it| *it > 0)?;
    let ways = Ways { letters, frames: scores.len() / classes };
    let window = Window::new((-0.3, ways.frames as f64 - 0.7), (0.6 - ways.states() as f64, 0.4));
    let place = |time: usize, state: usize| frame.place(&window, (time as f64, -(state as f64)));
    let mut icon = Icon::default();
    for time in 0..ways.frames.saturating_sub(1).min(if frame.is_roomy() { usize::MAX } else { 0 }) {
        for (from, to) in ways.steps(time) {
            icon.path([place(time, from), place(time + 1, to)], Ink::Axis, Style::Thin);
        }
    }
    for time in 0..ways.frames {
        for state in (0..ways.states()).filter(|it| ways.leads_through(time, *it)) {
            let letter = state % 2 == 1;
            let ink = if letter { Ink::Target } else { Ink::Quiet };
            icon.circle(place(time, state), frame.either(0.7, 2.2), ink, Style::Fill);
        }
    }
    let floats = scores.floats();
    let way = ways.likely(|time, class| floats.get(time * classes + class).copied());
    let way: Vec<_> = way.into_iter().enumerate().map(|(time, state)| place(time, state)).collect();
    icon.path(way, Ink::Loss, Style::Line);
    Some(icon)
}

/// The states of CTC: a blank before, between and after the letters, so letter i is state 2i + 1.
struct Ways {
    letters: Vec<i64>,
    frames: usize,
}

impl Ways {
    fn states(&self) -> usize {
        2 * self.letters.len() + 1
    }

    fn letter(&self, state: usize) -> Option<i64> {
        self.letters.get(state / 2).copied().filter(|_| state % 2 == 1)
    }

    /// Whether one frame may lead from a state to another: stay, go on, or skip a blank between unequal letters.
    fn may_step(&self, from: usize, to: usize) -> bool {
        match to.checked_sub(from) {
            Some(0 | 1) => true,
            Some(2) => self.letter(to).is_some() && self.letter(to) != self.letter(from),
            _ => false,
        }
    }

    fn leads_through(&self, time: usize, state: usize) -> bool {
        self.starts(time, state) && self.ends(time, state)
    }

    fn starts(&self, time: usize, state: usize) -> bool {
        match time.checked_sub(1) {
            None => state < 2,
            Some(before) => (0..=state).any(|it| self.may_step(it, state) && self.starts(before, it)),
        }
    }

    fn ends(&self, time: usize, state: usize) -> bool {
        if time + 1 >= self.frames {
            return state + 2 >= self.states();
        }
        (state..self.states()).any(|it| self.may_step(state, it) && self.ends(time + 1, it))
    }

    /// The steps from one frame to the next that lie on some way.
    fn steps(&self, time: usize) -> Vec<(usize, usize)> {
        let pairs = (0..self.states()).flat_map(|from| (from..self.states()).map(move |to| (from, to)));
        pairs
            .filter(|(from, to)| self.may_step(*from, *to))
            .filter(|(from, to)| self.leads_through(time, *from) && self.leads_through(time + 1, *to))
            .collect()
    }

    /// A way whose every step is the likeliest of those that can still spell the sequence.
    fn likely(&self, score: impl Fn(usize, usize) -> Option<f64>) -> Vec<usize> {
        let mut way: Vec<usize> = Vec::new();
        for time in 0..self.frames {
            let open = |it: &usize| match way.last() {
                Some(last) => self.may_step(*last, *it) && self.ends(time, *it),
                None => *it < 2 && self.ends(time, *it),
            };
            // Class 0 is the blank.
            let class = |state: usize| usize::try_from(self.letter(state).unwrap_or(0)).unwrap_or(0);
            let likely = |it: usize| score(time, class(it)).unwrap_or(f64::NEG_INFINITY);
            let next = (0..self.states()).filter(open).max_by(|a, b| likely(*a).total_cmp(&likely(*b)));
            way.extend(next);
        }
        way
    }
}

#[cfg(test)]
mod tests {
    use super::Ways;

    /// "bee" over six frames: the most probable labels of the worked example, b b e – e e.
    #[test]
    fn a_blank_stands_between_equal_letters() {
        let ways = Ways { letters: vec![1, 2, 2], frames: 6 };
        let frames = [[2, 7, 1], [3, 4, 3], [1, 1, 8], [6, 1, 3], [2, 1, 7], [4, 1, 5]];
        assert_eq!(ways.likely(|time, class| Some(f64::from(frames[time][class]))), [1, 1, 3, 4, 5, 5]);
        assert!(!ways.may_step(3, 5));
        assert!(ways.may_step(1, 3));
    }

    /// As many frames as letters and one blank leave one way.
    #[test]
    fn a_tight_sequence_has_one_way() {
        let ways = Ways { letters: vec![1, 2, 2], frames: 4 };
        let through: Vec<usize> =
            (0..4).map(|time| (0..7).filter(|it| ways.leads_through(time, *it)).count()).collect();
        assert_eq!(through, [1, 1, 1, 1]);
    }
}
