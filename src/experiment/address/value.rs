//! Tensors and arguments as an address writes them: `1,2;3,4`, `1x4:0,0,0,1`, `int64:0,1`, `True`, `mean`.

use super::percent::encode;
use crate::experiment::layout::{separator, shape, within_bounds};
use crate::experiment::{number, paste, random};
use crate::loss::args::Value;
use crate::loss::spec::{Param, ParamKind};
use crate::loss::tensor::{Data, Dtype, Tensor, count, list};

/// Reads a tensor from decoded text. `default` gives the dtype of a shape, where the text names none.
pub fn read_tensor(text: &str, default: impl Fn(&[usize]) -> Dtype) -> Result<Tensor, String> {
    if let Some(drawn) = random::read(text) {
        let drawn = drawn?;
        let dtype = default(drawn.shape());
        return Ok(if dtype.is_float() { drawn.to(dtype) } else { drawn });
    }
    let (prefixes, numbers) = text.rsplit_once(':').unwrap_or(("", text));
    let (mut dtype, mut sizes) = (None, None);
    for prefix in prefixes.split(':').map(str::trim).filter(|it| !it.is_empty()) {
        match (Dtype::parse(prefix), read_shape(prefix)) {
            (Some(named), _) if dtype.is_none() => dtype = Some(named),
            (None, Some(written)) if sizes.is_none() => sizes = Some(within_bounds(written)?),
            _ => return Err(format!("{} is neither a dtype nor a shape", number::quoted(prefix))),
        }
    }
    if numbers.trim_start().starts_with(['[', '(']) {
        let tensor = paste::parse(numbers)?.tensor;
        let dtype = dtype.unwrap_or_else(|| default(tensor.shape()));
        return Ok(tensor.to(dtype));
    }
    let (pieces, separators) = pieces(numbers);
    let sizes = match sizes {
        Some(sizes) if count(&sizes) == Some(pieces.len()) => sizes,
        Some(sizes) => {
            let needed = count(&sizes).unwrap_or(0);
            return Err(format!("the shape {} needs {needed} numbers, not {}", list(&sizes), pieces.len()));
        }
        None if pieces.is_empty() => return Err("no numbers: an empty tensor is written 0:".to_owned()),
        None => within_bounds(shape(&separators)?)?,
    };
    let made = match dtype {
        Some(dtype) => of_dtype(&sizes, &pieces, dtype)?,
        // Where the numbers say otherwise the loss must answer for itself.
        None => of_dtype(&sizes, &pieces, default(&sizes))
            .or_else(|_| of_dtype(&sizes, &pieces, Dtype::Float64))?,
    };
    made.ok_or_else(|| "the numbers do not fill the shape".to_owned())
}

fn of_dtype(shape: &[usize], pieces: &[&str], dtype: Dtype) -> Result<Option<Tensor>, String> {
    if dtype.is_float() {
        let numbers = pieces.iter().map(|it| real(it)).collect::<Result<Vec<_>, _>>()?;
        let rounded = match dtype {
            Dtype::Float32 => numbers.iter().map(|it| f64::from(*it as f32)).collect(),
            _ => numbers,
        };
        return Ok(Tensor::new(shape, rounded).map(|it| it.to(dtype)));
    }
    let ints = pieces.iter().map(|it| whole(it, dtype)).collect::<Result<Vec<_>, _>>()?;
    Ok(Tensor::int(shape, ints).map(|it| it.to(dtype)))
}

/// A number of a tensor; Python's `True` is 1.
fn real(text: &str) -> Result<f64, String> {
    match flag(text) {
        Some(flag) => Ok(f64::from(u8::from(flag))),
        None if text.trim().is_empty() => Err("a number is missing".to_owned()),
        None => number::parse(text),
    }
}

/// A whole number that the dtype holds.
fn whole(text: &str, dtype: Dtype) -> Result<i64, String> {
    let exact = text.trim().parse::<i64>().ok();
    let int = match exact {
        Some(int) => int,
        None => {
            let x = real(text)?;
            if x.fract() != 0.0 || x.abs() >= 9.0e15 {
                return Err(format!("{} is not a whole number", number::quoted(text.trim())));
            }
            x as i64
        }
    };
    let (least, most) = match dtype {
        Dtype::Int32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Dtype::Int16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Dtype::Int8 => (i64::from(i8::MIN), i64::from(i8::MAX)),
        Dtype::Uint8 => (0, i64::from(u8::MAX)),
        Dtype::Bool => return Ok(i64::from(int != 0)),
        _ => return Ok(int),
    };
    let fits = (least..=most).contains(&int);
    fits.then_some(int).ok_or_else(|| format!("{int} does not fit {}", dtype.name()))
}

/// Writes a tensor; `default` is the dtype that `read_tensor` would take for its shape.
pub fn write_tensor(tensor: &Tensor, default: Dtype) -> String {
    let mut text = String::new();
    if tensor.dtype() != default {
        text.push_str(tensor.dtype().name());
        text.push(':');
    }
    let sizes = tensor.shape();
    let says_its_shape = sizes.first().is_none_or(|it| *it > 1) && !sizes.contains(&0);
    if !says_its_shape {
        text.push_str(&sizes.iter().map(usize::to_string).collect::<Vec<_>>().join("x"));
        text.push(':');
    }
    for place in 0..tensor.len() {
        if place > 0 {
            match separator(sizes, place) {
                0 => text.push(','),
                axis => text.push_str(&";".repeat(axis)),
            }
        }
        match tensor.data() {
            Data::Float(values) => text.extend(values.get(place).map(|it| number::show(*it))),
            Data::Int(values) => text.extend(values.get(place).map(i64::to_string)),
        }
    }
    text
}

/// `3`, `1x4`.
fn read_shape(text: &str) -> Option<Vec<usize>> {
    text.split('x').map(|it| it.parse().ok()).collect()
}

/// The numbers' texts and the separators between them; nothing for empty text.
fn pieces(text: &str) -> (Vec<&str>, Vec<usize>) {
    let (mut pieces, mut separators) = (Vec::new(), Vec::new());
    if text.trim().is_empty() {
        return (pieces, separators);
    }
    let mut rest = text;
    while let Some(end) = rest.find([',', ';']) {
        let (piece, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        pieces.push(piece);
        let after = tail.trim_start_matches(';');
        separators.push(tail.len() - after.len());
        rest = if after.len() == tail.len() { tail.strip_prefix(',').unwrap_or_default() } else { after };
    }
    pieces.push(rest);
    (pieces, separators)
}

/// Reads a constructor argument as its description asks. Whether the loss takes it, the loss says.
pub fn read_value(param: &Param, text: &str) -> Result<Value, String> {
    let text = text.trim();
    let none = text.eq_ignore_ascii_case("none");
    match &param.kind {
        ParamKind::Choice { choices, .. } => {
            let word = text.trim_matches(['\'', '"']);
            // None is the word of a choice where there is such a one.
            let known = choices.iter().find(|it| it.eq_ignore_ascii_case(word)).filter(|_| none);
            Ok(match known {
                Some(known) => Value::Text((*known).to_owned()),
                None if none => Value::None,
                None => Value::Text(word.to_owned()),
            })
        }
        _ if none => Ok(Value::None),
        ParamKind::Flag { .. } => match (flag(text), text) {
            (Some(flag), _) => Ok(Value::Flag(flag)),
            // Nothing: an attribute without a value, as HTML switches things on.
            (None, "1" | "") => Ok(Value::Flag(true)),
            (None, "0") => Ok(Value::Flag(false)),
            (None, _) => Err(format!("{} is neither True nor False", number::quoted(text))),
        },
        ParamKind::Real { .. } => {
            flag(text).map_or_else(|| number::parse(text).map(Value::Real), |it| Ok(Value::Flag(it)))
        }
        ParamKind::Int { .. } => match (flag(text), text.parse().ok()) {
            (Some(flag), _) => Ok(Value::Flag(flag)),
            (None, Some(int)) => Ok(Value::Int(int)),
            (None, None) => number::parse(text).map(Value::Real),
        },
        ParamKind::Tensor { .. } => read_tensor(text, |_| Dtype::Float64).map(Value::Tensor),
    }
}

/// Writes a constructor argument, percent-encoded.
pub fn write_value(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Flag(true) => "True".to_owned(),
        Value::Flag(false) => "False".to_owned(),
        Value::Int(x) => x.to_string(),
        Value::Real(x) => number::show(*x),
        Value::Text(text) => encode(text, ""),
        Value::Tensor(tensor) => write_tensor(tensor, Dtype::Float64),
    }
}

/// Python's booleans, in any case.
fn flag(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Tensor, String> {
        read_tensor(text, |_| Dtype::Float64)
    }

    #[test]
    fn shapes_are_read_from_separators_or_in_front() {
        for (text, sizes) in [
            ("3", &[][..]),
            ("1,2", &[2]),
            ("1:3", &[1]),
            ("1,2;3,4", &[2, 2]),
            ("1;2", &[2, 1]),
            ("1,2;;3,4", &[2, 1, 2]),
            ("1x4:0,0,0,1", &[1, 4]),
            ("0x3:", &[0, 3]),
            ("0:", &[0]),
            ("float64:1x2:0,1", &[1, 2]),
            ("[[1, 2], [3, 4]]", &[2, 2]),
        ] {
            assert_eq!(read(text).map(|it| it.shape().to_vec()).as_deref(), Ok(sizes), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, why) in [
            ("1,,2", "a number is missing"),
            ("1,x", "“x” is not a number"),
            ("", "no numbers: an empty tensor is written 0:"),
            ("2x2:1,2,3", "the shape [2, 2] needs 4 numbers, not 3"),
            ("1,2;3", "row 2 has 1 number where row 1 has 2"),
            ("int7:1", "“int7” is neither a dtype nor a shape"),
            ("int64:0.5,1", "“0.5” is not a whole number"),
            ("uint8:300,1", "300 does not fit uint8"),
            ("0x999999999:", "the shape [0, 999999999] is more than 100000 numbers"),
        ] {
            assert_eq!(read(text), Err(why.to_owned()), "{text}");
        }
    }

    #[test]
    fn tensors_survive_writing() {
        let float = |sizes: &[usize], data: &[f64]| Tensor::new(sizes, data.to_vec()).unwrap_or_default();
        for (tensor, text) in [
            (Tensor::scalar(-0.0), "-0"),
            (Tensor::vector([f64::NAN, f64::NEG_INFINITY]), "nan,-inf"),
            (Tensor::vector([1e300]), "1:1e300"),
            (float(&[2, 0], &[]), "2x0:"),
            (float(&[2, 1, 2], &[1.0, 2.0, 3.0, 4.0]), "1,2;;3,4"),
            (float(&[1, 2], &[1.0, 2.0]), "1x2:1,2"),
            (Tensor::int([2], vec![i64::MAX, -7]).unwrap_or_default(), "int64:9223372036854775807,-7"),
            (Tensor::int([2], vec![1, 0]).unwrap_or_default().to(Dtype::Bool), "bool:1,0"),
        ] {
            assert_eq!(write_tensor(&tensor, Dtype::Float64), text);
            assert_eq!(read(text), Ok(tensor));
        }
    }

    #[test]
    fn numbers_that_are_no_class_make_a_float_tensor() {
        let read = |text: &str| read_tensor(text, |_| Dtype::Int64).map(|it| it.dtype());
        assert_eq!(read("0,1"), Ok(Dtype::Int64));
        assert_eq!(read("0.0,1e0"), Ok(Dtype::Int64));
        assert_eq!(read("0.5,1"), Ok(Dtype::Float64));
        assert_eq!(read("nan,1"), Ok(Dtype::Float64));
    }
}
