//! The lattice of CTC: all paths that spell the labels, added up forwards and backwards
//! (Graves et al. 2006, equations 6 to 11).

mod logs;
mod scaled;

use logs::Logs;
use scaled::Scaled;

/// The lattice of one sample. Its buffers are used again for the next.
#[derive(Debug, Default)]
pub struct Lattice {
    states: States,
    logs: Logs,
    scaled: Scaled,
    /// Which of the two the frames allow.
    is_scaled: bool,
}

/// The states that a path moves through: a blank, then each label and a blank.
#[derive(Debug, Default)]
struct States {
    /// The class of each state.
    classes: Vec<usize>,
    /// Whether a path may come from two states before, leaving out the blank between two different labels.
    skips: Vec<bool>,
}

impl Lattice {
    /// Lays out the states of some labels.
    pub fn lay(&mut self, blank: usize, labels: &[usize]) {
        let States { classes, skips } = &mut self.states;
        classes.clear();
        classes.push(blank);
        classes.extend(labels.iter().flat_map(|it| [*it, blank]));
        skips.clear();
        skips.extend((0..classes.len()).map(|s| s > 1 && classes.get(s - 2) != classes.get(s)));
    }

    /// The loss: −ln of the probability of all paths. `frame` gives the log-probabilities of each frame, one for
    /// each class.
    pub fn forward<'a>(&mut self, frames: usize, frame: impl Fn(usize) -> &'a [f64]) -> f64 {
        if frames == 0 {
            return if self.states.classes.len() == 1 { -0.0 } else { f64::INFINITY };
        }
        self.is_scaled = scaled::is_safe((0..frames).map(&frame));
        if self.is_scaled {
            self.scaled.forward(&self.states, (0..frames).map(frame))
        } else {
            self.logs.forward(&self.states, frames, frame)
        }
    }

    /// Passes on each frame's probabilities and, class by class, the share of the paths that pass through them,
    /// from the last frame to the first. `loss` is what `forward` gave for the same labels and frames.
    pub fn backward<'a>(
        &mut self,
        frames: usize,
        frame: impl Fn(usize) -> &'a [f64],
        loss: f64,
        pass: impl FnMut(usize, &[f64], &[f64]),
    ) {
        // Where no path is, the shares are those of logarithms: not numbers.
        if self.is_scaled && loss.is_finite() {
            self.scaled.backward(&self.states, frames, pass);
        } else {
            if self.is_scaled {
                self.logs.forward(&self.states, frames, &frame);
            }
            self.logs.backward(&self.states, frames, frame, loss, pass);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames from a generator of Knuth's, as a row for each.
    fn frames(seed: u64, count: usize, classes: usize) -> Vec<Vec<f64>> {
        let mut bits = seed;
        let mut next = || {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (bits >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut row = || -> Vec<f64> {
            let row: Vec<f64> = (0..classes).map(|_| next() * 6.0).collect();
            let whole = row.iter().map(|it| it.exp()).sum::<f64>().ln();
            row.iter().map(|it| it - whole).collect()
        };
        (0..count).map(|_| row()).collect()
    }

    /// Plain numbers and logarithms are two ways to one sum.
    #[test]
    fn both_ways_agree() {
        for (seed, count, labels) in
            [(1, 12, &[1, 2, 2][..]), (2, 5, &[1, 2, 2]), (3, 3, &[1, 2, 2]), (4, 7, &[]), (5, 9, &[0, 3])]
        {
            let rows = frames(seed, count, 4);
            let frame = |t: usize| rows[t].as_slice();
            let mut lattice = Lattice::default();
            lattice.lay(0, labels);
            assert!(scaled::is_safe(rows.iter().map(Vec::as_slice)));
            let loss = lattice.forward(count, frame);
            let by_logs = lattice.logs.forward(&lattice.states, count, frame);
            assert!(
                loss == by_logs || (loss - by_logs).abs() < 1e-13 * by_logs.abs(),
                "{labels:?}: {loss} {by_logs}"
            );
            let mut shares = Vec::new();
            lattice.backward(count, frame, loss, |t, p, posterior| {
                shares.push((t, p.to_vec(), posterior.to_vec()))
            });
            let mut k = 0;
            lattice.logs.backward(&lattice.states, count, frame, by_logs, |t, p, posterior| {
                assert_eq!((t, p), (shares[k].0, shares[k].1.as_slice()));
                for (a, b) in posterior.iter().zip(&shares[k].2) {
                    assert!((a - b).abs() < 1e-13 || a.is_nan() && b.is_nan(), "{labels:?} {t}: {a} {b}");
                }
                k += 1;
            });
            assert_eq!(k, count);
        }
    }

    #[test]
    fn what_may_vanish_is_left_to_logarithms() {
        assert!(!scaled::is_safe([[-400.0, 0.0].as_slice(), [0.0, -400.0].as_slice()].into_iter()));
        assert!(!scaled::is_safe([[f64::NEG_INFINITY, 0.0].as_slice()].into_iter()));
        assert!(!scaled::is_safe([[f64::NAN, 0.0].as_slice()].into_iter()));
        assert!(!scaled::is_safe([[1000.0, 1000.0].as_slice()].into_iter()));
    }
}
