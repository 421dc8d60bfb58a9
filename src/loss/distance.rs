//! The distance of two vectors as `torch.pairwise_distance` has it, ‖u − v + eps‖ₚ, and its gradient.

/// A norm by its exponent p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Norm {
    /// p = 0: how many entries are not zero. PyTorch gives it no gradient.
    Count,
    /// p = 1.
    Sum,
    /// p = 2, without any scaling against overflow.
    Root,
    /// p = ∞: the largest magnitude.
    Largest,
    /// p = −∞: the smallest magnitude.
    Smallest,
    /// The largest magnitude as `amax` has it: refused where there is no entry, and no entry is one that is NaN.
    Amax,
    /// Any other p, negative ones and NaN included.
    Power(f64),
}

impl Norm {
    /// The norm of that exponent.
    pub fn new(p: f64) -> Self {
        match p {
            0.0 => Norm::Count,
            1.0 => Norm::Sum,
            2.0 => Norm::Root,
            f64::INFINITY => Norm::Largest,
            f64::NEG_INFINITY => Norm::Smallest,
            _ => Norm::Power(p),
        }
    }

    /// The norm of a vector; 0 for an empty one.
    pub fn of(self, vector: impl Iterator<Item = f64>) -> f64 {
        let nan_or = |pick: fn(f64, f64) -> f64| {
            move |best: f64, z: f64| if best.is_nan() || z.is_nan() { f64::NAN } else { pick(best, z.abs()) }
        };
        match self {
            Norm::Count => vector.filter(|z| *z != 0.0).count() as f64,
            Norm::Sum => vector.map(f64::abs).fold(0.0, |a, b| a + b),
            Norm::Root => vector.map(|z| z * z).fold(0.0, |a, b| a + b).sqrt(),
            Norm::Largest | Norm::Amax => vector.fold(0.0, nan_or(f64::max)),
            Norm::Smallest => vector.fold(f64::INFINITY, nan_or(f64::min)),
            Norm::Power(p) => vector.map(|z| z.abs().powf(p)).fold(0.0, |a, b| a + b).powf(1.0 / p),
        }
    }

    /// Whether an entry is the one, or one of those, whose magnitude the norm is.
    fn reaches(self, z: f64, norm: f64) -> bool {
        z.abs() == norm || (z.is_nan() && self != Norm::Amax)
    }

    /// The slopes of the norm by the entry `z` of a vector, times `up`, by the cases and with the order of
    /// factors that PyTorch's `norm_backward` has. `ties` counts the entries that reach an extreme norm.
    #[inline]
    fn slope(self, z: f64, norm: f64, ties: f64, up: f64) -> f64 {
        let unless_zero = |x: f64, value: f64| if x == 0.0 { 0.0 } else { value };
        match self {
            Norm::Count => 0.0,
            Norm::Sum => sign(z) * up,
            Norm::Root => z * unless_zero(norm, up / norm),
            Norm::Largest | Norm::Smallest | Norm::Amax => {
                sign(z) * (up / ties * f64::from(u8::from(self.reaches(z, norm))))
            }
            Norm::Power(p) if p < 1.0 => {
                sign(z) * unless_zero(z, z.abs().powf(p - 1.0)) * up * norm.powf(1.0 - p)
            }
            Norm::Power(p) if p < 2.0 => {
                sign(z) * z.abs().powf(p - 1.0) * unless_zero(norm, up / norm.powf(p - 1.0))
            }
            Norm::Power(p) => z * z.abs().powf(p - 2.0) * unless_zero(norm, up / norm.powf(p - 1.0)),
        }
    }
}

/// The sign of a number; 0 for zeros and NaN.
fn sign(z: f64) -> f64 {
    f64::from(i8::from(z > 0.0) - i8::from(z < 0.0))
}

/// u − v + eps, where a vector of one entry stands for all.
pub fn difference<'a>(u: &'a [f64], v: &'a [f64], eps: f64) -> impl Iterator<Item = f64> + Clone + 'a {
    let (stay_u, stay_v) = (u.len() == 1, v.len() == 1);
    let width = if stay_u { v.len() } else { u.len() };
    let entry =
        |x: &[f64], stay: bool, k: usize| x.get(if stay { 0 } else { k }).copied().unwrap_or(f64::NAN);
    (0..width).map(move |k| entry(u, stay_u, k) - entry(v, stay_v, k) + eps)
}

/// ‖u − v + eps‖.
pub fn distance(norm: Norm, u: &[f64], v: &[f64], eps: f64) -> f64 {
    if u.len() == v.len() {
        norm.of(u.iter().zip(v).map(|(u, v)| u - v + eps))
    } else {
        norm.of(difference(u, v, eps))
    }
}

/// Adds the gradient of ‖u − v + eps‖, which is `distance`, times `up` to the slopes of u and of v; either is
/// empty where nobody asks.
pub fn push(
    norm: Norm,
    (u, v, eps): (&[f64], &[f64], f64),
    distance: f64,
    up: f64,
    by_u: &mut [f64],
    by_v: &mut [f64],
) {
    match norm {
        Norm::Sum | Norm::Root if up == 0.0 && distance.is_finite() => {}
        Norm::Root => {
            let scale = if distance == 0.0 { 0.0 } else { up / distance };
            add(u, v, eps, by_u, |z| z * scale);
            add(u, v, eps, by_v, |z| -z * scale);
        }
        _ => {
            let extreme = matches!(norm, Norm::Largest | Norm::Smallest | Norm::Amax);
            let reaching = || difference(u, v, eps).filter(|z| norm.reaches(*z, distance)).count();
            let ties = if extreme { reaching() as f64 } else { 1.0 };
            add(u, v, eps, by_u, |z| norm.slope(z, distance, ties, up));
            add(u, v, eps, by_v, |z| -norm.slope(z, distance, ties, up));
        }
    }
}

/// Adds a function of each entry of u − v + eps to slopes, which are as long as u or v, or empty.
fn add(u: &[f64], v: &[f64], eps: f64, slopes: &mut [f64], of: impl Fn(f64) -> f64) {
    if u.len() == v.len() {
        for ((slope, u), v) in slopes.iter_mut().zip(u).zip(v) {
            *slope += of(u - v + eps);
        }
    } else {
        let stay = slopes.len() == 1;
        for (k, z) in difference(u, v, eps).enumerate() {
            if let Some(slope) = slopes.get_mut(if stay { 0 } else { k }) {
                *slope += of(z);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of (3, −4) the norms are 2, 7, 5 and 4.
    #[test]
    fn norms_of_three_and_four() {
        for (p, norm) in [(0.0, 2.0), (1.0, 7.0), (2.0, 5.0), (f64::INFINITY, 4.0), (f64::NEG_INFINITY, 3.0)]
        {
            assert_eq!(Norm::new(p).of([3.0, -4.0].into_iter()), norm);
        }
    }

    /// By hand: the gradient of √(3² + 4²) is (3, −4) / 5; a vector of one entry gathers both.
    #[test]
    fn gradient_of_a_root() {
        let (mut by_u, mut by_v) = ([0.0; 2], [0.0; 1]);
        push(Norm::Root, (&[4.0, -3.0], &[1.0], 0.0), 5.0, 1.0, &mut by_u, &mut by_v);
        let off = by_u.iter().chain(&by_v).zip([0.6, -0.8, 0.2]).map(|(got, want)| (got - want).abs());
        assert!(off.fold(0.0, f64::max) < 1e-15);
    }
}
