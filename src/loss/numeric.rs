//! Numerically careful pieces that several losses share, and numbers as PyTorch prints them.

use crate::decimal;

/// The sum, added pairwise as PyTorch does: the rounding error grows with log n, not with n.
///
/// Where the pairs end, four sums run side by side: one alone would wait for itself at every number.
pub fn sum(values: &[f64]) -> f64 {
    if let Some((left, right)) = values.split_at_checked(values.len() / 2)
        && values.len() > 256
    {
        return sum(left) + sum(right);
    }
    let (fours, rest) = values.as_chunks::<4>();
    let [a, b, c, d] = fours.iter().fold([0.0; 4], |sums, four| std::array::from_fn(|k| sums[k] + four[k]));
    rest.iter().fold((a + b) + (c + d), |total, it| total + it)
}

/// Puts a few hundred numbers in order, NaN last or first by its sign. (Shell's sort: a tenth of the size of the standard
/// library's, which is made for more.)
pub fn sort(values: &mut [f64]) {
    for gap in [301, 132, 57, 23, 10, 4, 1] {
        for end in gap..values.len() {
            let mut place = end;
            while let Some(before) = place.checked_sub(gap)
                && values[before].total_cmp(&values[place]).is_gt()
            {
                values.swap(before, place);
                place = before;
            }
        }
    }
}

/// −1, 0 or 1. Of NaN it is 0, as `torch.sign` has it.
pub fn sign(x: f64) -> f64 {
    f64::from(i8::from(x > 0.0) - i8::from(x < 0.0))
}

/// `max(0, x)`, where NaN stays NaN, as `torch.clamp_min`.
pub fn clamp_min_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// `1 / (1 + e^-x)`, without overflow on either side.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `ln(1 + e^x)`, without overflow and without cancellation.
pub fn log1p_exp(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// `x ln y`, and 0 where x is 0, whatever y is (but NaN where y is NaN), as `torch.xlogy`.
pub fn xlogy(x: f64, y: f64) -> f64 {
    if y.is_nan() {
        f64::NAN
    } else if x == 0.0 {
        0.0
    } else {
        x * y.ln()
    }
}

/// `x_i − ln Σ e^x`, without overflow.
pub fn log_softmax(x: &[f64]) -> Vec<f64> {
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let log_sum = x.iter().map(|it| (it - most).exp()).sum::<f64>().ln();
    x.iter().map(|it| it - most - log_sum).collect()
}

/// `e^x_i / Σ e^x`, without overflow.
pub fn softmax(x: &[f64]) -> Vec<f64> {
    log_softmax(x).into_iter().map(f64::exp).collect()
}

/// A float as Python's `repr` writes it: `1.0`, `1e-05`, `inf`.
pub fn python(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = decimal::shortest(x);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if x == 0.0 || (-4..16).contains(&exponent) {
        let digits = decimal::plain(x);
        if digits.contains('.') { digits } else { digits + ".0" }
    } else {
        format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
    }
}

/// A float as a C++ stream writes it, with six significant digits: `1.1`, `2`, `1e-07`.
pub fn stream(x: f64) -> String {
    if !x.is_finite() {
        return python(x);
    }
    let scientific = decimal::scientific(x, 5);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if (-4..6).contains(&exponent) {
        trim(&decimal::fixed(x, usize::try_from(5 - exponent).unwrap_or(0)))
    } else {
        format!("{}e{}{:02}", trim(digits), if exponent < 0 { '-' } else { '+' }, exponent.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut values: Vec<f64> = (0..1000).map(|it| f64::from(it * 7919 % 1009) / 3.0 - 150.0).collect();
        values.extend([f64::NAN, f64::INFINITY, -0.0, 0.0, f64::NEG_INFINITY]);
        let mut expected = values.clone();
        expected.sort_unstable_by(f64::total_cmp);
        sort(&mut values);
        let bits = |it: &[f64]| it.iter().map(|it| it.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&values), bits(&expected));
    }

    #[test]
    fn sum_is_pairwise() {
        // Left to right, every one of the 4096 ones would vanish beside 1e16.
        let mut values = vec![1.0; 4097];
        values[0] = 1e16;
        assert!(sum(&values) >= 1e16 + 4000.0);
    }

    #[test]
    fn sign_and_clamp_at_the_edges() {
        assert_eq!((sign(-2.0), sign(-0.0), sign(3.0), sign(f64::NAN)), (-1.0, 0.0, 1.0, 0.0));
        assert_eq!((clamp_min_zero(-2.0), clamp_min_zero(3.0)), (0.0, 3.0));
        assert!(clamp_min_zero(f64::NAN).is_nan());
    }

    #[test]
    fn sigmoid_saturates_quietly() {
        assert_eq!((sigmoid(-1000.0), sigmoid(0.0), sigmoid(1000.0)), (0.0, 0.5, 1.0));
    }

    #[test]
    fn log1p_exp_keeps_its_digits() {
        assert_eq!(log1p_exp(1000.0), 1000.0);
        assert_eq!(log1p_exp(-40.0), 4.248354255291589e-18);
    }

    #[test]
    fn xlogy_at_zero() {
        assert_eq!(xlogy(0.0, 0.0), 0.0);
        assert!(xlogy(0.0, f64::NAN).is_nan());
    }

    #[test]
    fn floats_print_as_in_python() {
        for (x, text) in [
            (0.0, "0.0"),
            (-1.0, "-1.0"),
            (1e-5, "1e-05"),
            (1e16, "1e+16"),
            (0.1, "0.1"),
            (-1e-300, "-1e-300"),
        ] {
            assert_eq!(python(x), text);
        }
    }

    #[test]
    fn floats_print_as_in_a_stream() {
        for (x, text) in [(1.1, "1.1"), (2.0, "2"), (1e-7, "1e-07"), (123456789.0, "1.23457e+08")] {
            assert_eq!(stream(x), text);
        }
    }
}
