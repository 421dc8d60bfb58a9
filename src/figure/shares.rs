//! Bars that share one whole: what one gains, the others lose in their proportion.

/// The same shares with one of them set; the others keep their proportion to each other.
pub fn with_share(shares: &[f64], place: usize, to: f64) -> Vec<f64> {
    let to = if to.is_nan() { 0.0 } else { to.clamp(0.0, 1.0) };
    let others: f64 = shares.iter().enumerate().filter(|it| it.0 != place).map(|it| it.1).sum();
    let count = shares.len().saturating_sub(1).max(1) as f64;
    let share = |(k, old): (usize, &f64)| match k == place {
        true => to,
        false if others > 0.0 => old / others * (1.0 - to),
        false => (1.0 - to) / count,
    };
    shares.iter().enumerate().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::with_share;

    #[test]
    fn they_stay_a_whole() {
        assert_eq!(with_share(&[0.5, 0.25, 0.25], 0, 0.0), [0.0, 0.5, 0.5]);
        assert_eq!(with_share(&[1.0, 0.0, 0.0], 0, 0.5), [0.5, 0.25, 0.25]);
        assert_eq!(with_share(&[0.2, 0.8], 1, f64::NAN), [1.0, 0.0]);
    }
}
