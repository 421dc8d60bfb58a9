//! Round numbers: where ticks stand, how they read, and what a dragged value is rounded to.

use crate::decimal;

/// The nearest number from `low` to `high`; NaN stays. (`f64::clamp` panics on odd bounds, and for that message prints
/// numbers with a twentieth of the program.)
pub fn within(x: f64, low: f64, high: f64) -> f64 {
    match () {
        () if x < low => low,
        () if x > high => high,
        () => x,
    }
}

/// The step of 1, 2 or 5 × 10ᵏ that divides a span into at most `most` parts.
pub fn step(span: f64, most: usize) -> f64 {
    let rough = span.abs() / most.max(1) as f64;
    if !(rough.is_finite() && rough > 0.0) {
        return 1.0;
    }
    let power = power_of_ten(rough.log10().floor() as i32);
    let fits = |it: &f64| *it >= rough * (1.0 - 1e-9);
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|it| it * power).find(fits).unwrap_or(10.0 * power)
}

/// The ticks of a range, at most `most` parts apart.
pub fn ticks((from, to): (f64, f64), most: usize) -> Vec<f64> {
    let step = step(to - from, most);
    let (first, last) = ((from / step - 1e-9).ceil(), (to / step + 1e-9).floor());
    if !(first.is_finite() && last.is_finite() && last - first < 100.0) {
        return Vec::new();
    }
    (0..=(last - first) as i64).map(|it| clean((first + it as f64) * step, step)).collect()
}

/// How a tick reads beside its neighbours that stand a step apart: "0.5", "−2", "2e6".
pub fn label(tick: f64, step: f64) -> String {
    let size = tick.abs().max(step);
    let text = if size >= 1e5 || step < 1e-4 {
        decimal::shortest(clean(tick, step))
    } else {
        let decimals = usize::try_from(-(step.log10() + 1e-9).floor() as i32).unwrap_or(0);
        decimal::fixed(clean(tick, step), decimals)
    };
    text.replace('-', "−")
}

/// The nearest multiple of the largest 1, 2 or 5 × 10ᵏ that is at most a pixel and a half, as a decimal without
/// dust: 2.35, not 2.3500000000000001.
pub fn snap(x: f64, pixel: f64) -> f64 {
    let most = pixel.abs() * 1.5;
    if !(most.is_finite() && most > 0.0 && x.is_finite()) {
        return x;
    }
    clean(x, step_below(most))
}

/// The largest 1, 2 or 5 × 10ᵏ that is at most that size.
pub fn step_below(size: f64) -> f64 {
    if !(size.is_finite() && size > 0.0) {
        return 1.0;
    }
    let power = power_of_ten(size.log10().floor() as i32);
    let fits = |it: &f64| *it <= size * (1.0 + 1e-9);
    [5.0, 2.0, 1.0].into_iter().map(|it| it * power).find(fits).unwrap_or(power)
}

/// The multiple of a step nearest to x, read back from its decimal digits.
fn clean(x: f64, step: f64) -> f64 {
    let multiple = (x / step).round();
    let decimals = -(step.log10() + 1e-9).floor() as i32;
    let value = match usize::try_from(decimals) {
        Ok(decimals) => {
            // A whole number over a power of ten, both exact, is the double nearest to its decimals.
            let power = power_of_ten(decimals as i32);
            let whole = (multiple * step * power).round() / power;
            if whole.is_finite() { whole } else { multiple * step }
        }
        Err(_) => multiple * step,
    };
    if value == 0.0 { 0.0 } else { value }
}

/// Exact up to 10²², and the nearest double down to 10⁻²².
fn power_of_ten(exponent: i32) -> f64 {
    let power = 10_f64.powi(exponent.abs());
    if exponent < 0 { 1.0 / power } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks((2.0, 14.0), 8), [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]);
        assert_eq!(ticks((0.0, 0.6), 6), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
        assert_eq!(label(-0.3, 0.1), "−0.3");
        assert_eq!(label(2e6, 1e6), "2e6");
        assert_eq!(label(4.0, 2.0), "4");
    }

    #[test]
    fn nonsense_has_no_ticks() {
        assert!(ticks((f64::NAN, 1.0), 5).is_empty());
        assert!(ticks((1e16, 1e16 + 2.0), 5).len() < 10);
        assert!(ticks((-1e300, 1e300), 5).len() < 10);
    }

    /// The windows of every worked example, on a phone and on a desk: at most four significant digits.
    #[test]
    fn dragged_values_read_well() {
        let windows = [
            (0.0, 6.0),
            (2.0, 14.0),
            (0.0, 1.0),
            (-8.0, 8.0),
            (-4.0, 8.0),
            (-5.0, 0.0),
            (-0.5, 3.5),
            (0.0, 20.0),
        ];
        for (from, to) in windows {
            for pixels in [300.0, 700.0] {
                for place in 0..=1000 {
                    let x = from + (to - from) * f64::from(place) / 1000.0 + 1e-5;
                    let value = snap(x, (to - from) / pixels);
                    let digits = format!("{:e}", value.abs());
                    let digits = digits.split('e').next().map_or(0, |it| it.replace('.', "").len());
                    assert!(digits <= 4, "{value} in {from}..{to} at {pixels}");
                    assert!((value - x).abs() <= (to - from) / pixels, "{value} for {x}");
                }
            }
        }
    }
}
