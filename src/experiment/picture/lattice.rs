//! The lattice of CTC: every way to spell the target over the frames, and how likely each step of it is.
//!
//! States stand for blank, first letter, blank, second letter, …, blank. From frame to frame a path stays, goes one
//! state on, or skips a blank between two different letters. (Graves et al. 2006, section 4.1: α and β.)

use crate::experiment::{At, Experiment};
use crate::loss::spec::{Domain, ParamKind};

/// One step that some path takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The frame that it leaves.
    pub frame: usize,
    /// The state that it leaves.
    pub from: usize,
    /// The state that it reaches.
    pub to: usize,
    /// The share of all paths' probability that takes it.
    pub share: f64,
}

/// Frames across, states down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lattice {
    /// The class that each state stands for.
    pub states: Vec<usize>,
    /// How many frames there are.
    pub frames: usize,
    /// How many classes a frame scores.
    pub classes: usize,
    /// Frame by frame the share of all paths' probability that passes through each state; `None` where no path
    /// does.
    pub shares: Vec<Vec<Option<f64>>>,
    /// The steps between the states.
    pub edges: Vec<Edge>,
    /// How many paths there are.
    pub paths: u64,
    /// The logarithm of the probability of all of them together.
    pub log_total: f64,
}

impl Lattice {
    /// The lattice of one sequence: `log_probs` of each frame, the letters to spell, and which class is blank.
    pub fn new(log_probs: &[Vec<f64>], letters: &[usize], blank: usize) -> Self {
        let states: Vec<usize> = letters.iter().flat_map(|letter| [blank, *letter]).chain([blank]).collect();
        let frames = log_probs.len();
        let score = |frame: usize, state: usize| {
            let row = log_probs.get(frame).map_or(&[][..], Vec::as_slice);
            states.get(state).and_then(|it| row.get(*it)).copied().unwrap_or(f64::NEG_INFINITY)
        };
        let walk = Walk { states: &states, blank, frames };
        // Scored with zeros, the logarithm of a sum over paths is that of their number.
        let (counts, likely) = (walk.both(&|_, _| 0.0), walk.both(&score));
        let share = |log: f64| {
            let share = (log - likely.total).exp();
            if share.is_nan() { 0.0 } else { share }
        };
        let through = |frame: usize, state: usize| {
            let log = at(&likely.into, frame, state) + at(&likely.out, frame, state) - score(frame, state);
            walk.is_open(&counts, frame, state).then(|| share(log))
        };
        let shares =
            (0..frames).map(|frame| (0..states.len()).map(|it| through(frame, it)).collect()).collect();
        let steps = (1..frames).flat_map(|next| (0..states.len()).map(move |to| (next - 1, to)));
        let steps = steps.flat_map(|(frame, to)| walk.before(to).map(move |from| (frame, from, to)));
        let edges = steps
            .filter(|(frame, from, to)| {
                walk.is_open(&counts, *frame, *from) && walk.is_open(&counts, frame + 1, *to)
            })
            .map(|(frame, from, to)| {
                let log = at(&likely.into, frame, from) + at(&likely.out, frame + 1, to);
                Edge { frame, from, to, share: share(log) }
            })
            .collect();
        Self {
            frames,
            classes: log_probs.first().map_or(0, Vec::len),
            shares,
            edges,
            paths: counts.total.exp().round() as u64,
            log_total: likely.total,
            states,
        }
    }

    /// The lattice of an experiment with one sequence.
    pub fn of(experiment: &Experiment) -> Self {
        let Some(log_probs) = experiment.inputs.first() else { return Self::default() };
        let width = log_probs.shape().last().copied().unwrap_or(1).max(1);
        let whole = |x: f64| if x > 0.0 { x as usize } else { 0 };
        let mut lengths = experiment
            .loss
            .spec
            .inputs
            .iter()
            .zip(&experiment.inputs)
            .filter(|it| it.0.domain == Domain::Length);
        let mut length = || lengths.next().and_then(|it| it.1.get(0)).map_or(usize::MAX, whole);
        let (frames, letters) = (length(), length());
        let rows: Vec<Vec<f64>> =
            log_probs.floats().chunks(width).take(frames).map(<[f64]>::to_vec).collect();
        let targets = experiment.inputs.get(1).map(|it| it.floats().into_owned()).unwrap_or_default();
        let targets: Vec<usize> = targets.into_iter().take(letters).map(whole).collect();
        Self::new(&rows, &targets, blank(experiment))
    }

    /// The element of the log-probabilities that a cell stands on.
    pub fn element(&self, frame: usize, state: usize) -> At {
        let class = self.states.get(state).copied().unwrap_or(0);
        At { input: 0, place: frame * self.classes + class }
    }
}

/// The class that stands for "nothing": the one integer that the loss can be told.
fn blank(experiment: &Experiment) -> usize {
    let mut params = experiment.loss.spec.params.iter();
    let param = params.find(|it| matches!(it.kind, ParamKind::Int { .. }));
    let blank = param.and_then(|it| experiment.args.int(it).ok()).unwrap_or(0);
    usize::try_from(blank).unwrap_or(0)
}

/// The states that paths go through, and how.
#[derive(Clone, Copy)]
struct Walk<'a> {
    states: &'a [usize],
    blank: usize,
    frames: usize,
}

/// Logarithms of sums over paths.
struct Sums {
    /// Over all beginnings up to a state of a frame, that state's own score included.
    into: Vec<Vec<f64>>,
    /// Over all endings from there, its own score included too.
    out: Vec<Vec<f64>>,
    total: f64,
}

impl Walk<'_> {
    /// The states that a path may come from.
    fn before(self, to: usize) -> impl Iterator<Item = usize> {
        let class = move |state: usize| self.states.get(state);
        let skips = to >= 2 && class(to) != Some(&self.blank) && class(to) != class(to - 2);
        (to.saturating_sub(if skips { 2 } else { 1 }))..=to
    }

    /// The sums over beginnings, frame by frame.
    fn forward(self, score: &dyn Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for frame in 0..self.frames {
            let last = rows.last();
            let here = |state: usize| match last {
                None if state < 2 => 0.0,
                None => f64::NEG_INFINITY,
                Some(last) => log_sum(self.before(state).filter_map(|it| last.get(it).copied())),
            };
            let row = (0..self.states.len()).map(|state| here(state) + score(frame, state)).collect();
            rows.push(row);
        }
        rows
    }

    /// Endings are the beginnings of everything read backwards: the rules of a step are the same both ways.
    fn both(self, score: &dyn Fn(usize, usize) -> f64) -> Sums {
        let (frames, states) = (self.frames, self.states.len());
        let reversed: Vec<usize> = self.states.iter().rev().copied().collect();
        let mut out = Walk { states: &reversed, ..self }
            .forward(&|frame, state| score(frames - 1 - frame, states - 1 - state));
        out.reverse();
        out.iter_mut().for_each(|it| it.reverse());
        let into = self.forward(score);
        let ends = (states.saturating_sub(2)..states).filter_map(|it| into.last()?.get(it).copied());
        Sums { total: log_sum(ends), into, out }
    }

    /// Whether any path passes there, however unlikely.
    fn is_open(self, counts: &Sums, frame: usize, state: usize) -> bool {
        at(&counts.into, frame, state) + at(&counts.out, frame, state) > f64::NEG_INFINITY
    }
}

fn at(rows: &[Vec<f64>], frame: usize, state: usize) -> f64 {
    rows.get(frame).and_then(|it| it.get(state)).copied().unwrap_or(f64::NEG_INFINITY)
}

/// `ln Σ e^x`; minus infinity for nothing.
fn log_sum(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + values.iter().map(|it| (it - most).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example: "bee" over six frames, as probabilities of –, b, e.
    const BEE: [[f64; 3]; 6] = [
        [0.2, 0.7, 0.1],
        [0.3, 0.4, 0.3],
        [0.1, 0.1, 0.8],
        [0.6, 0.1, 0.3],
        [0.2, 0.1, 0.7],
        [0.4, 0.1, 0.5],
    ];

    fn frames(count: usize) -> Vec<Vec<f64>> {
        BEE.iter().take(count).map(|frame| frame.iter().map(|it| it.ln()).collect()).collect()
    }

    /// Every string of classes, collapsed as CTC does: repeats first, then blanks.
    fn spelled(frames: usize, letters: &[usize]) -> Vec<Vec<usize>> {
        let strings = (0..3_usize.pow(frames as u32))
            .map(|code| (0..frames).map(|it| code / 3_usize.pow(it as u32) % 3).collect::<Vec<_>>());
        strings
            .filter(|string| {
                let mut word = string.clone();
                word.dedup();
                word.retain(|it| *it != 0);
                word == letters
            })
            .collect()
    }

    #[test]
    fn agrees_with_every_path_written_out() {
        for letters in [&[1, 2, 2][..], &[1, 2], &[2, 2], &[1], &[]] {
            for count in 1..=6 {
                let lattice = Lattice::new(&frames(count), letters, 0);
                let paths = spelled(count, letters);
                let probability =
                    |path: &Vec<usize>| -> f64 { path.iter().zip(BEE).map(|(k, row)| row[*k]).product() };
                let total: f64 = paths.iter().map(probability).sum();
                assert_eq!(lattice.paths, paths.len() as u64, "{letters:?} over {count} frames");
                assert!((lattice.log_total.exp() - total).abs() < 1e-14);
                for frame in 0..count {
                    for class in 0..3 {
                        let with: f64 = paths.iter().filter(|it| it[frame] == class).map(probability).sum();
                        let states = lattice.states.iter().zip(&lattice.shares[frame]);
                        let share: f64 = states.filter(|it| *it.0 == class).filter_map(|it| *it.1).sum();
                        let expected = if total > 0.0 { with / total } else { 0.0 };
                        assert!((share - expected).abs() < 1e-12);
                    }
                }
                for frame in 1..count {
                    let steps: f64 =
                        lattice.edges.iter().filter(|it| it.frame + 1 == frame).map(|it| it.share).sum();
                    assert!((steps - if total > 0.0 { 1.0 } else { 0.0 }).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn frames_run_out() {
        // The worked example's numbers: paths and loss for 6, 5, 4 and 3 frames.
        for (count, paths, loss) in [(6, 28, 1.1755), (5, 7, 1.2853), (4, 1, 5.0672), (3, 0, f64::INFINITY)] {
            let lattice = Lattice::new(&frames(count), &[1, 2, 2], 0);
            assert_eq!(lattice.paths, paths);
            assert!(-lattice.log_total == loss || (-lattice.log_total - loss).abs() < 5e-5);
        }
    }

    #[test]
    fn a_path_of_probability_nothing_is_still_open() {
        let mut log_probs = frames(4);
        log_probs[1][2] = f64::NEG_INFINITY;
        let lattice = Lattice::new(&log_probs, &[1, 2, 2], 0);
        assert_eq!((lattice.paths, lattice.log_total), (1, f64::NEG_INFINITY));
        assert_eq!(lattice.shares[1][3], Some(0.0));
    }
}
