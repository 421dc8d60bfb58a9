//! Reading: decimal text as the nearest double.

/// Reads what Rust's `f64::from_str` reads: digits with a point and an exponent, `inf`, `Infinity`, `nan`.
pub fn read(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let word = |it: &str| unsigned.eq_ignore_ascii_case(it);
    let size = match unsigned {
        _ if word("nan") => f64::NAN,
        _ if word("inf") || word("infinity") => f64::INFINITY,
        _ if is_decimal(unsigned) => nearest(unsigned)?,
        _ => return None,
    };
    Some(if text.starts_with('-') { -size } else { size })
}

/// Digits, at most one point among or around them, and perhaps an exponent.
fn is_decimal(text: &str) -> bool {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    !(whole.is_empty() && fraction.is_empty() || exponent.is_empty())
        && [whole, fraction, exponent].into_iter().all(all_digits)
}

/// The double nearest to an unsigned decimal number; both languages round to even between two.
#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn nearest(decimal: &str) -> Option<f64> {
    Some(js_sys::Number::parse_float(decimal))
}

/// The double nearest to an unsigned decimal number.
#[cfg(not(all(target_arch = "wasm32", feature = "app")))]
fn nearest(decimal: &str) -> Option<f64> {
    decimal.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard library is the judge of what is a number, natively and so on the page.
    #[test]
    fn reads_what_the_standard_library_reads() {
        let texts = [
            "0",
            "-0",
            "+1",
            "1.",
            ".5",
            "1.5",
            "1e5",
            "1E+5",
            "1e-5",
            "2.5e-3",
            "00012",
            "1e400",
            "-1e400",
            "4.9e-324",
            "inf",
            "-INF",
            "Infinity",
            "+infinity",
            "nan",
            "NaN",
            "-nan",
            "",
            ".",
            "+",
            "-",
            "e5",
            "1e",
            "1e+",
            ".e1",
            "1..2",
            "1.2.3",
            "0x10",
            "1_000",
            " 1",
            "1 ",
            "--1",
            "+-1",
            "infi",
            "1e5.0",
            "½",
            "1f",
            "1e5e5",
            "９",
        ];
        for text in texts {
            let expected = text.parse::<f64>().ok();
            let bits =
                |it: Option<f64>| it.map(|it| if it.is_nan() { f64::NAN.to_bits() } else { it.to_bits() });
            assert_eq!(bits(read(text)), bits(expected), "{text:?}");
        }
    }
}
