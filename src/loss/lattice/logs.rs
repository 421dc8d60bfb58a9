//! The sums in logarithms, for frames of any numbers.

use super::States;

/// The sums of one sample.
#[derive(Debug, Default)]
pub struct Logs {
    /// For each frame and state ln of the probability of all paths that begin and end there.
    alpha: Vec<f64>,
    /// For two frames and each state ln of the probability of all paths from there to the end.
    beta: [Vec<f64>; 2],
    /// For each class the share of the paths that pass through it in one frame, and its probability.
    posterior: Vec<f64>,
    p: Vec<f64>,
}

impl Logs {
    /// The loss. There is at least one frame.
    pub fn forward<'a>(&mut self, states: &States, frames: usize, frame: impl Fn(usize) -> &'a [f64]) -> f64 {
        let (alpha, States { classes, skips }) = (&mut self.alpha, states);
        let width = classes.len();
        alpha.clear();
        let logs = |row: &'a [f64]| classes.iter().map(|class| row.get(*class).copied().unwrap_or(f64::NAN));
        alpha.extend(logs(frame(0)).enumerate().map(|(s, log)| if s < 2 { log } else { f64::NEG_INFINITY }));
        for t in 1..frames {
            let before = alpha.len() - width;
            // The last two states seen: a path comes from one of them, or stays.
            let (mut one, mut two) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
            for ((log, skip), s) in logs(frame(t)).zip(skips).zip(before..) {
                let stay = alpha.get(s).copied().unwrap_or(f64::NAN);
                alpha.push(log_add(stay, one, if *skip { two } else { f64::NEG_INFINITY }) + log);
                (one, two) = (stay, one);
            }
        }
        match alpha.as_slice() {
            [.., label, blank] if width > 1 => -log_add(*blank, *label, f64::NEG_INFINITY),
            [.., blank] => -blank,
            [] => f64::NAN,
        }
    }

    /// See `Lattice::backward`.
    pub fn backward<'a>(
        &mut self,
        states: &States,
        frames: usize,
        frame: impl Fn(usize) -> &'a [f64],
        loss: f64,
        mut pass: impl FnMut(usize, &[f64], &[f64]),
    ) {
        let Self { alpha, beta: [now, next], posterior, p } = self;
        let States { classes, skips } = states;
        let width = classes.len();
        for buffer in [&mut *now, &mut *next] {
            buffer.clear();
            buffer.resize(width, f64::NEG_INFINITY);
        }
        for t in (0..frames).rev() {
            let (row, last) = (frame(t), t + 1 == frames);
            posterior.clear();
            // A class that no path passes through: e to the power of −∞ + loss − log, which is not always 0.
            posterior.extend(
                row.iter().map(|log| if (f64::NEG_INFINITY + loss - log).is_nan() { f64::NAN } else { 0.0 }),
            );
            std::mem::swap(now, next);
            let alpha = alpha.get(t * width..).unwrap_or(&[]);
            // The last two states seen, the ones to come, and whether a path may go to the second.
            let (mut one, mut two, mut skips_one, mut skips_two) =
                (f64::NEG_INFINITY, f64::NEG_INFINITY, false, false);
            let both = now.iter_mut().zip(&*next).zip(alpha);
            for (s, (((now, stay), alpha), (class, skips))) in
                both.zip(classes.iter().zip(skips)).enumerate().rev()
            {
                let log = row.get(*class).copied().unwrap_or(f64::NAN);
                let after = match last {
                    true if s + 2 < width => f64::NEG_INFINITY,
                    true => 0.0,
                    false => log_add(*stay, one, if skips_two { two } else { f64::NEG_INFINITY }),
                };
                (one, two, skips_one, skips_two) = (*stay, one, *skips, skips_one);
                *now = after + log;
                let Some(share) = posterior.get_mut(*class) else { continue };
                let through = alpha + *now + loss - log;
                // Most states are out of reach; e to such a power is 0, and slow to find out.
                let through = if through < -746.0 { 0.0 } else { through.exp() };
                if !last {
                    *share += through;
                } else if s + 2 >= width {
                    // PyTorch takes the last two states for two classes, which a blank among the labels belies.
                    *share = through;
                }
            }
            p.clear();
            p.extend(row.iter().map(|it| it.exp()));
            pass(t, p, posterior);
        }
    }
}

/// ln (eᵃ + eᵇ + eᶜ), where a NaN stays one and nothing but −∞ is −∞.
fn log_add(a: f64, b: f64, c: f64) -> f64 {
    let mut most = a;
    for it in [b, c] {
        if it > most {
            most = it;
        }
    }
    if most == f64::NEG_INFINITY {
        most = 0.0;
    }
    // At least one of the three needs no exponential, nor do states out of reach, of which there are many.
    let share = |x: f64| match x {
        f64::NEG_INFINITY => 0.0,
        x if x == most && x.is_finite() => 1.0,
        x => (x - most).exp(),
    };
    let sum = share(a) + share(b) + share(c);
    if sum == 1.0 { most } else { sum.ln() + most }
}
