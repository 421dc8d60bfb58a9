//! The lattice of CTC: all paths that spell the labels, added up forwards and backwards in logarithms
//! (Graves et al. 2006, equations 6 to 11).

/// The states that a path moves through: a blank, then each label and a blank.
#[derive(Debug, Default)]
pub struct Lattice {
    /// The class of each state.
    states: Vec<usize>,
    /// Whether a path may come from two states before, leaving out the blank between two different labels.
    skips: Vec<bool>,
    /// For each frame and state ln of the probability of all paths that begin and end there.
    alpha: Vec<f64>,
    /// For two frames and each state ln of the probability of all paths from there to the end.
    beta: [Vec<f64>; 2],
    /// For each class the share of the paths that pass through it in one frame.
    posterior: Vec<f64>,
}

impl Lattice {
    /// Lays out the states of some labels.
    pub fn lay(&mut self, blank: usize, labels: &[usize]) {
        self.states.clear();
        self.states.push(blank);
        self.states.extend(labels.iter().flat_map(|it| [*it, blank]));
        let states = &self.states;
        self.skips.clear();
        self.skips.extend((0..states.len()).map(|s| s > 1 && states.get(s - 2) != states.get(s)));
    }

    /// The loss: −ln of the probability of all paths. `frame` gives the log-probabilities of each frame, one for
    /// each class.
    pub fn forward<'a>(&mut self, frames: usize, frame: impl Fn(usize) -> &'a [f64]) -> f64 {
        let Self { states, skips, alpha, .. } = self;
        let width = states.len();
        if frames == 0 {
            return if width == 1 { -0.0 } else { f64::INFINITY };
        }
        alpha.clear();
        let logs = |row: &'a [f64]| states.iter().map(|class| row.get(*class).copied().unwrap_or(f64::NAN));
        alpha.extend(logs(frame(0)).enumerate().map(|(s, log)| if s < 2 { log } else { f64::NEG_INFINITY }));
        for t in 1..frames {
            let before = alpha.len() - width;
            // The last two states seen: a path comes from one of them, or stays.
            let (mut one, mut two) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
            for ((log, skip), s) in logs(frame(t)).zip(&*skips).zip(before..) {
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

    /// Passes on each frame's posterior, from the last frame to the first. `loss` is what `forward` gave for the
    /// same labels and frames.
    pub fn backward<'a>(
        &mut self,
        frames: usize,
        frame: impl Fn(usize) -> &'a [f64],
        loss: f64,
        mut pass: impl FnMut(usize, &[f64]),
    ) {
        let Self { states, skips, alpha, beta: [now, next], posterior } = self;
        let width = states.len();
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
                both.zip(states.iter().zip(&*skips)).enumerate().rev()
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
            pass(t, posterior);
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
