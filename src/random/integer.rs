//! Whole numbers in a range, and permutations.

use super::twister::Twister;
use crate::loss::error::Error;

/// Ranges from here on are drawn from 64 bits. Older versions of PyTorch changed over at 2^32.
const WIDE: u64 = 1 << 28;

/// `n` whole numbers in [low, high): the remainder of one draw each.
pub(super) fn between(twister: &mut Twister, low: i64, high: i64, n: usize) -> Result<Vec<f64>, Error> {
    if low >= high {
        let message = format!("random_ expects 'from' to be less than 'to', but got from={low} >= to={high}");
        return Err(Error::runtime(message));
    }
    // Wrapping, for the range may be wider than an i64; as an u64 it is right, and never 0.
    let range = high.wrapping_sub(low) as u64;
    let mut draw = || if range >= WIDE { twister.long_word() } else { u64::from(twister.word()) };
    Ok((0..n).map(|_| low.wrapping_add((draw() % range) as i64) as f64).collect())
}

/// The numbers from 0 to n - 1, each exchanged in turn for one of those from it on.
///
/// PyTorch draws 64 bits from 2^32 / 20 elements on; so many are never asked for here.
pub(super) fn permutation(twister: &mut Twister, n: usize) -> Vec<f64> {
    let mut values: Vec<f64> = (0..n).map(|it| it as f64).collect();
    for start in 0..n.saturating_sub(1) {
        let chosen = start + twister.word() as usize % (n - start);
        values.swap(start, chosen);
    }
    values
}
