//! Normal numbers by Box and Muller's method: pair by pair for short tensors, in blocks of 16 for the others.

use std::f64::consts::TAU;

use super::platform;
use super::twister::Twister;

/// PyTorch takes the blocks from so many elements on.
pub(super) const BLOCK: usize = 16;

/// The next normal number of a short tensor, computed in double whatever the tensor's dtype.
///
/// Numbers come in pairs; `spare` holds the second one until it is asked for, in a later call perhaps.
pub(super) fn next(twister: &mut Twister, spare: &mut Option<f64>) -> f64 {
    if let Some(value) = spare.take() {
        return value;
    }
    let angle = TAU * twister.uniform64();
    let radius = (-2.0 * platform::ln_1p(-twister.uniform64())).sqrt();
    // Adding the mean turns -0 into 0.
    *spare = Some(radius * platform::sin(angle) + 0.0);
    radius * platform::cos(angle) + 0.0
}

/// The normal numbers of a tensor of at least 16 elements: uniform ones first, and then block by block `pair` of the
/// two numbers that stand eight apart. Where the blocks do not come out even, the last 16 numbers are drawn again.
pub(super) fn blocks<T: Copy>(n: usize, mut uniform: impl FnMut() -> T, pair: fn(T, T) -> [T; 2]) -> Vec<T> {
    let mut values: Vec<T> = (0..n).map(|_| uniform()).collect();
    let (blocks, rest) = values.as_chunks_mut::<BLOCK>();
    for block in blocks {
        transform(block, pair);
    }
    if !rest.is_empty()
        && let Some(last) = values.last_chunk_mut::<BLOCK>()
    {
        last.fill_with(uniform);
        transform(last, pair);
    }
    values
}

/// A pair of normal numbers in double.
pub(super) fn normals(first: f64, second: f64) -> [f64; 2] {
    let radius = (-2.0 * (1.0 - first).ln()).sqrt();
    let angle = TAU * second;
    [radius * angle.cos() + 0.0, radius * angle.sin() + 0.0]
}

fn transform<T: Copy>(block: &mut [T; BLOCK], pair: fn(T, T) -> [T; 2]) {
    let (left, right) = block.split_at_mut(BLOCK / 2);
    for (left, right) in left.iter_mut().zip(right) {
        [*left, *right] = pair(*left, *right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pair shows which two numbers it was given: a hundred times the one, and the other.
    fn mark(first: i32, second: i32) -> [i32; 2] {
        [100 * first + second, -1]
    }

    fn counted(n: usize) -> Vec<i32> {
        let mut count = -1;
        let count_up = || {
            count += 1;
            count
        };
        blocks(n, count_up, mark)
    }

    #[test]
    fn pairs_stand_eight_apart() {
        let values = counted(32);
        assert_eq!(values[..3], [8, 109, 210]);
        assert_eq!(values[16..18], [16 * 100 + 24, 17 * 100 + 25]);
        assert_eq!(values[8..16], [-1; 8]);
    }

    #[test]
    fn the_last_sixteen_are_drawn_again() {
        // 17 draws, and 16 more: the numbers from 17 on.
        let values = counted(17);
        assert_eq!(values[0], 8);
        assert_eq!(values[1], 17 * 100 + 25);
        assert_eq!(values[9..], [-1; 8]);
    }

    #[test]
    fn radius_zero_gives_zero_without_a_sign() {
        assert!(normals(0.0, 0.5).iter().all(|it| it.to_bits() == 0));
    }
}
