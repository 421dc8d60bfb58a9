//! Writing: the shortest digits that read back as the same number, and fixed decimals.

/// From here on a double has no digit to round away.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The shortest digits with one before the point, as `{:e}` has them: `1.5e-7`, `NaN`, `-inf`.
pub fn shortest(x: f64) -> String {
    match () {
        () if x.is_nan() => "NaN".to_owned(),
        () if x.is_infinite() => if x > 0.0 { "inf" } else { "-inf" }.to_owned(),
        // To the browser −0 is 0.
        () if x == 0.0 => if x.is_sign_negative() { "-0e0" } else { "0e0" }.to_owned(),
        () => digits(x),
    }
}

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn digits(x: f64) -> String {
    #[wasm_bindgen::prelude::wasm_bindgen]
    extern "C" {
        /// Without an argument: as many digits as it takes. (js_sys has it with one.)
        #[wasm_bindgen(js_namespace = ["Number", "prototype", "toExponential"], js_name = call)]
        fn to_exponential(x: f64) -> String;
    }
    to_exponential(x).replace('+', "")
}

#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn digits(x: f64) -> String {
    format!("{x:e}")
}

/// Sign, digits without their point, and the exponent of the first one.
fn parts(shortest: &str) -> Option<(&str, String, i32)> {
    let (digits, exponent) = shortest.split_once('e')?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |it| ("-", it));
    Some((sign, digits.chars().filter(|it| *it != '.').collect(), exponent.parse().ok()?))
}

/// The shortest digits without an exponent, as `{}` has them: `1500`, `0.00015`, `NaN`, `-inf`.
pub fn plain(x: f64) -> String {
    let text = shortest(x);
    let Some((sign, digits, exponent)) = parts(&text) else { return text };
    let count = digits.len() as i32;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", zeros(-exponent - 1));
    }
    let split = usize::try_from(exponent + 1).unwrap_or(0).min(digits.len());
    let (whole, fraction) = digits.split_at_checked(split).unwrap_or((&digits, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{}{point}{fraction}", zeros(exponent + 1 - count))
}

/// The number to that many decimals, at most 22: the nearest, and between two the even one, as `{:.4}` has it. A
/// number so large that it has no digit to round away is shown with its shortest digits.
pub fn fixed(x: f64, decimals: usize) -> String {
    let decimals = decimals.min(22);
    let scale = 10_f64.powi(decimals as i32);
    let scaled = x.abs() * scale;
    let digits = match scaled < WHOLE {
        true => nearest(x.abs(), scale, scaled).to_string(),
        false if !x.is_finite() => return plain(x),
        false => {
            let text = plain(x.abs());
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            whole.to_owned() + &padded(fraction, decimals)
        }
    };
    let digits = "0".repeat((decimals + 1).saturating_sub(digits.len())) + &digits;
    let (whole, fraction) = digits.split_at_checked(digits.len() - decimals).unwrap_or((&digits, ""));
    let point = if decimals > 0 { "." } else { "" };
    format!("{}{whole}{point}{fraction}", if x.is_sign_negative() { "-" } else { "" })
}

/// The whole number nearest to `x · scale`, whose rounded product is `scaled`.
fn nearest(x: f64, scale: f64, scaled: f64) -> u64 {
    let whole = scaled.round_ties_even();
    // What the product lost decides between two that are as near.
    let lost = lost(x, scale, scaled);
    let whole = match scaled - whole {
        0.5 if lost > 0.0 => whole + 1.0,
        -0.5 if lost < 0.0 => whole - 1.0,
        _ => whole,
    };
    whole as u64
}

/// What rounding took from the product `a · b` (Dekker 1971).
fn lost(a: f64, b: f64, product: f64) -> f64 {
    let halves = |it: f64| {
        let high = 134_217_729.0 * it;
        let high = high - (high - it);
        (high, it - high)
    };
    let ((a, a_low), (b, b_low)) = (halves(a), halves(b));
    ((a * b - product) + a * b_low + a_low * b) + a_low * b_low
}

/// The digits cut or filled up with zeros to that many.
fn padded(digits: &str, count: usize) -> String {
    digits.chars().chain(std::iter::repeat('0')).take(count).collect()
}

/// One digit before the point, that many after it and an exponent: `1.5312e-7`, as `{:.4e}` has it, but that the
/// shortest digits are rounded, a half away from zero.
pub fn scientific(x: f64, decimals: usize) -> String {
    let text = shortest(x);
    let Some((sign, digits, exponent)) = parts(&text) else { return text };
    // Seventeen digits at most.
    let kept: u64 = padded(&digits, decimals + 1).parse().unwrap_or(0);
    let up = digits.as_bytes().get(decimals + 1).is_some_and(|it| *it >= b'5');
    let rounded = padded(&(kept + u64::from(up)).to_string(), decimals + 1);
    let carried = up && rounded.starts_with('1') && !digits.starts_with('1');
    let (first, rest) = rounded.split_at_checked(1).unwrap_or((&rounded, ""));
    let point = if decimals > 0 { "." } else { "" };
    format!("{sign}{first}{point}{rest}e{}", exponent + i32::from(carried))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits of every size, from a generator of Knuth's.
    fn numbers() -> impl Iterator<Item = f64> {
        let mut bits = 1_u64;
        (0..100_000).map(move |_| {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            f64::from_bits(bits)
        })
    }

    const AWKWARD: [f64; 24] = [
        0.0,
        -0.0,
        0.5,
        1.5,
        2.5,
        -2.5,
        0.125,
        0.375,
        1.53125,
        0.15,
        0.25,
        0.35,
        1.005,
        2.675,
        1e-5,
        4.9e-324,
        99999.5,
        0.00005,
        0.00015,
        1e7,
        9007199254740991.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];

    #[test]
    fn the_shortest_digits_are_those_of_the_standard_library() {
        for x in numbers().take(20_000).chain(AWKWARD).chain([1e21, 1.5e300, f64::MAX, 123.0, 1200.0]) {
            assert_eq!(shortest(x), format!("{x:e}"));
            assert_eq!(plain(x), format!("{x}"));
        }
    }

    #[test]
    fn fixed_decimals_are_those_of_the_standard_library() {
        let halves = (0..20_000).map(|it| f64::from(it) / 1000.0 + 0.0005);
        // Most random bits are of no size at which decimals matter; their mantissas are, at every size that is.
        let sizes = numbers().enumerate().map(|(place, it)| {
            let mantissa = f64::from_bits(it.to_bits() & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000);
            mantissa * 10_f64.powi(place as i32 % 16 - 8)
        });
        for x in AWKWARD.into_iter().chain(halves).chain(sizes) {
            for decimals in [0, 1, 2, 3, 4, 6] {
                assert_eq!(fixed(x, decimals), format!("{x:.decimals$}"), "{x:e} to {decimals}");
            }
        }
    }

    #[test]
    fn scientific_decimals_but_for_halves() {
        for x in numbers().take(20_000).chain(AWKWARD).chain([9.99999, 99999.5, 1e-7, -2.5e10, 1.999996]) {
            let shortest = format!("{x:e}");
            let digits = shortest.split('e').next().map_or(0, |it| it.trim_start_matches('-').len());
            if digits != 7 && x.abs() != 4.9e-324 {
                assert_eq!(scientific(x, 4), format!("{x:.4e}"), "{x:e}");
            }
        }
        assert_eq!((scientific(1.25e9, 1), scientific(9.96, 1)), ("1.3e9".into(), "1.0e1".into()));
    }
}
