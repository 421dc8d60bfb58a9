//! Numbers as text: read as Rust and Python read them, shown in full, to fixed decimals, or in brief.

use crate::decimal;
use crate::loss::args::Value;
use crate::loss::numeric::python;
use crate::loss::tensor::{Dtype, Tensor};

/// From this magnitude on, fixed decimals would only be a long row of digits.
const HUGE: f64 = 1e7;

/// The longest piece of somebody's text that a message repeats, in characters.
const QUOTED: usize = 24;

/// Reads one number: digits as Rust and Python write them, `1_000`, `nan`, `inf`, `-Infinity`, a real minus sign.
pub fn parse(text: &str) -> Result<f64, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err("type a number".to_owned());
    }
    let plain = trimmed.replace('−', "-");
    let number = without_underscores(&plain).and_then(|it| decimal::read(&it));
    // One NaN, whatever its sign was: states are compared by their bits.
    number
        .map(|it| if it.is_nan() { f64::NAN } else { it })
        .ok_or_else(|| format!("{} is not a number", quoted(trimmed)))
}

/// Text in quotation marks, cut where it is long.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("“{}…”", text.get(..end).unwrap_or_default()),
        None => format!("“{text}”"),
    }
}

/// The shortest text that reads back as the same number: for boxes, addresses and `data-value`.
///
/// Plain where Python prints it plainly, scientific beyond; the minus is that of ASCII.
pub fn show(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    let scientific = decimal::shortest(x);
    match exponent(&scientific) {
        Some(exponent) if x != 0.0 && !(-4..16).contains(&exponent) => scientific,
        _ => decimal::plain(x),
    }
}

/// A number to that many decimals, with a real minus sign, to be looked at.
///
/// What decimals cannot show (1e308, 3e-17) is scientific with as many digits after the point.
pub fn fixed(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return show(x).replace('-', "−");
    }
    let text = decimal::fixed(x, decimals);
    let vanished = x != 0.0 && !text.contains(|it: char| ('1'..='9').contains(&it));
    let text = match (x == 0.0, vanished || x.abs() >= HUGE) {
        (true, _) => decimal::fixed(0.0, decimals),
        (_, true) => decimal::scientific(x, decimals),
        _ => text,
    };
    text.replace('-', "−")
}

/// A number to at most four decimals, without the zeros that say nothing: `4`, `1.5`, `−0.3333`.
pub fn brief(x: f64) -> String {
    let text = fixed(x, 4);
    let (digits, exponent) = match text.split_once('e') {
        Some((digits, exponent)) => (digits, format!("e{exponent}")),
        None => (text.as_str(), String::new()),
    };
    let digits = match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.'),
        false => digits,
    };
    format!("{digits}{exponent}")
}

/// A constructor argument as Python writes it: `True`, `'mean'`, `2.0`, `tensor([1., 2.])`.
pub fn argument(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Flag(true) => "True".to_owned(),
        Value::Flag(false) => "False".to_owned(),
        Value::Int(x) => x.to_string(),
        Value::Real(x) if x.is_finite() => python(*x),
        Value::Real(x) => format!("float('{}')", python(*x)),
        Value::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Value::Tensor(tensor) => format!("tensor({})", list(tensor)),
    }
}

/// The numbers of a tensor as nested lists.
pub fn list(tensor: &Tensor) -> String {
    nested(tensor, 0, 0, tensor.len())
}

/// The entries from `start` on, `count` of them, as nested lists along the axes from `axis` on.
fn nested(tensor: &Tensor, axis: usize, start: usize, count: usize) -> String {
    let Some(size) = tensor.shape().get(axis).copied() else {
        return entry(tensor, start);
    };
    let step = count.checked_div(size).unwrap_or(0);
    let parts = (0..size).map(|k| nested(tensor, axis + 1, start + k * step, step));
    format!("[{}]", parts.collect::<Vec<_>>().join(", "))
}

/// One entry as PyTorch prints it: `1.` is a float, `1` an integer.
fn entry(tensor: &Tensor, place: usize) -> String {
    match (tensor.ints().and_then(|it| it.get(place)), tensor.get(place)) {
        (Some(x), _) if tensor.dtype() == Dtype::Bool => if *x != 0 { "True" } else { "False" }.to_owned(),
        (Some(x), _) => x.to_string(),
        (None, Some(x)) => python(x).strip_suffix(".0").map_or_else(|| python(x), |it| format!("{it}.")),
        (None, None) => String::new(),
    }
}

/// The power of ten of a number in scientific notation.
fn exponent(scientific: &str) -> Option<i32> {
    scientific.split_once('e')?.1.parse().ok()
}

/// The text without underscores, where each stands between two digits, as both languages ask.
fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit =
        |place: Option<usize>| place.and_then(|it| bytes.get(it)).is_some_and(|it: &u8| it.is_ascii_digit());
    let places = bytes.iter().enumerate().filter(|it| *it.1 == b'_').map(|it| it.0);
    let fits = places.into_iter().all(|it| digit(it.checked_sub(1)) && digit(Some(it + 1)));
    fits.then(|| text.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_rust_and_python_read() {
        for (text, x) in [
            ("3", 3.0),
            (" 1e3 ", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1_000.5", 1000.5),
            ("+2", 2.0),
            ("−2.5", -2.5),
            ("1E−3", 1e-3),
            ("inf", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
        ] {
            assert_eq!(parse(text), Ok(x), "{text}");
        }
        for text in ["nan", "NaN", "-nan"] {
            assert!(parse(text).is_ok_and(|it| it.to_bits() == f64::NAN.to_bits()), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest_by_name() {
        assert_eq!(parse("1.2.3"), Err("“1.2.3” is not a number".to_owned()));
        assert_eq!(parse("  "), Err("type a number".to_owned()));
        for text in ["_1", "1_", "1__0", "1,5", "1 000", "0x10", "e3", ".", "-", "1_e3", "½"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"é".repeat(1000)).is_err_and(|it| it.chars().count() < 60));
    }

    #[test]
    fn shows_what_reads_back() {
        for (x, text) in [
            (0.1, "0.1"),
            (-0.0, "-0"),
            (1e15, "1000000000000000"),
            (1e16, "1e16"),
            (1e-4, "0.0001"),
            (-1.5e-5, "-1.5e-5"),
            (1e308, "1e308"),
            (5e-324, "5e-324"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(show(x), text);
            assert_eq!(parse(text).map(f64::to_bits), Ok(x.to_bits()), "{text}");
        }
    }

    /// Bits of every size, from a generator of Knuth's.
    #[test]
    fn any_number_reads_back() {
        let mut bits = 1_u64;
        for _ in 0..2000 {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let x = f64::from_bits(bits);
            assert!(x.is_nan() || parse(&show(x)).map(f64::to_bits) == Ok(x.to_bits()), "{x:e}");
        }
    }

    #[test]
    fn fixed_decimals_never_mislead() {
        for (x, text) in [
            (1.53125, "1.5312"),
            (-0.25, "−0.2500"),
            (-0.0, "0.0000"),
            (-1e-12, "−1.0000e−12"),
            (3e-17, "3.0000e−17"),
            (1e-4, "0.0001"),
            (1e308, "1.0000e308"),
            (-1000000003995.8029, "−1.0000e12"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "−inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(fixed(x, 4), text);
        }
    }

    #[test]
    fn brief_drops_idle_zeros() {
        for (x, text) in
            [(4.0, "4"), (100.0, "100"), (1.5, "1.5"), (-1.0 / 3.0, "−0.3333"), (2e9, "2e9"), (0.0, "0")]
        {
            assert_eq!(brief(x), text);
        }
    }

    #[test]
    fn arguments_read_as_python() {
        let matrix = Tensor::new([2, 1], vec![1.0, 0.5]).unwrap_or_default();
        let empty = Tensor::new([2, 0], vec![]).unwrap_or_default();
        let ints = Tensor::int([2], vec![1, 2]).unwrap_or_default();
        for (value, text) in [
            (Value::Flag(true), "True"),
            (Value::Text("mean".into()), "'mean'"),
            (Value::Real(2.0), "2.0"),
            (Value::Int(-100), "-100"),
            (Value::Real(f64::INFINITY), "float('inf')"),
            (Value::None, "None"),
            (Value::Tensor(Tensor::vector([1.0, 2.0])), "tensor([1., 2.])"),
            (Value::Tensor(Tensor::scalar(0.5)), "tensor(0.5)"),
            (Value::Tensor(matrix), "tensor([[1.], [0.5]])"),
            (Value::Tensor(empty), "tensor([[], []])"),
            (Value::Tensor(ints), "tensor([1, 2])"),
        ] {
            assert_eq!(argument(&value), text);
        }
    }
}
