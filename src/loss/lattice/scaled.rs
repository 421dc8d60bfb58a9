//! The sums in plain numbers, each frame scaled to one: a logarithm a frame, where `logs` takes one for each state.

use super::States;

/// What a frame's probabilities may differ by, in logarithms and all frames together, so that nothing vanishes:
/// e⁻⁶⁰⁰ is far from the smallest double.
const REACH: f64 = 600.0;

/// Whether no path's share can vanish beside another's. At most three ways lead on from a state, ln 3 < 1.1.
pub fn is_safe<'a>(frames: impl Iterator<Item = &'a [f64]>) -> bool {
    let mut reach = 0.0;
    for frame in frames {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for log in frame {
            if log.is_nan() || log.abs() >= REACH {
                return false;
            }
            (least, most) = (least.min(*log), most.max(*log));
        }
        reach += most - least + 1.1;
    }
    reach < REACH
}

/// The sums of one sample.
#[derive(Debug, Default)]
pub struct Scaled {
    /// The probabilities of each frame, class by class.
    p: Vec<f64>,
    /// For each frame and state the probability of all paths that begin and end there, over the frame's scale.
    alpha: Vec<f64>,
    /// What each frame was divided by.
    scales: Vec<f64>,
    /// What is left of the paths at the end, over the last frame's scale.
    left: f64,
    /// For two frames and each state the probability of all paths from there to the end, scaled alike.
    beta: [Vec<f64>; 2],
    posterior: Vec<f64>,
}

impl Scaled {
    /// The loss. There is at least one frame, and all are safe.
    pub fn forward<'a>(&mut self, states: &States, frames: impl Iterator<Item = &'a [f64]>) -> f64 {
        let Self { p, alpha, scales, left, .. } = self;
        let width = states.classes.len();
        for buffer in [&mut *p, alpha, scales] {
            buffer.clear();
        }
        let mut log_total = 0.0;
        for (t, frame) in frames.enumerate() {
            let row = p.len();
            p.extend(frame.iter().map(|it| it.exp()));
            let row = p.get(row..).unwrap_or(&[]);
            let start = alpha.len();
            // The states of the frame before, a path's last two among them.
            let (mut one, mut two, mut scale) = (0.0, 0.0, 0.0);
            for (s, (class, skips)) in states.classes.iter().zip(&states.skips).enumerate() {
                let stay = match t {
                    0 if s < 2 => 1.0,
                    0 => 0.0,
                    _ => alpha.get(start - width + s).copied().unwrap_or(0.0),
                };
                let before = if t == 0 { stay } else { stay + one + if *skips { two } else { 0.0 } };
                (one, two) = (stay, one);
                let here = before * row.get(*class).copied().unwrap_or(0.0);
                scale += here;
                alpha.push(here);
            }
            alpha.get_mut(start..).unwrap_or(&mut []).iter_mut().for_each(|it| *it /= scale);
            scales.push(scale);
            log_total += scale.ln();
        }
        *left = match alpha.as_slice() {
            [.., label, blank] if width > 1 => label + blank,
            [.., blank] => *blank,
            [] => 0.0,
        };
        -(log_total + left.ln())
    }

    /// See `Lattice::backward`.
    pub fn backward(&mut self, states: &States, frames: usize, mut pass: impl FnMut(usize, &[f64], &[f64])) {
        let Self { p, alpha, scales, left, beta: [now, next], posterior } = self;
        let width = states.classes.len();
        let classes = p.len() / frames.max(1);
        for buffer in [&mut *now, &mut *next] {
            buffer.clear();
            buffer.resize(width, 0.0);
        }
        for t in (0..frames).rev() {
            let last = t + 1 == frames;
            let row = p.get(t * classes..(t + 1) * classes).unwrap_or(&[]);
            let scale = scales.get(t).copied().unwrap_or(1.0);
            let alpha = alpha.get(t * width..).unwrap_or(&[]);
            posterior.clear();
            posterior.resize(classes, 0.0);
            std::mem::swap(now, next);
            // The states of the frame to come, and whether a path may go to the second.
            let (mut one, mut two, mut skips_one, mut skips_two) = (0.0, 0.0, false, false);
            let both = now.iter_mut().zip(&*next).zip(alpha);
            for (s, (((now, stay), alpha), (class, skips))) in
                both.zip(states.classes.iter().zip(&states.skips)).enumerate().rev()
            {
                let after = match last {
                    true if s + 2 < width => 0.0,
                    true => 1.0,
                    false => stay + one + if skips_two { two } else { 0.0 },
                };
                (one, two, skips_one, skips_two) = (*stay, one, *skips, skips_one);
                *now = after * row.get(*class).copied().unwrap_or(0.0) / scale;
                let Some(share) = posterior.get_mut(*class) else { continue };
                let through = alpha * after / *left;
                if !last {
                    *share += through;
                } else if s + 2 >= width {
                    // PyTorch takes the last two states for two classes, which a blank among the labels belies.
                    *share = through;
                }
            }
            pass(t, row, posterior);
        }
    }
}
