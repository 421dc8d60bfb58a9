//! Pasted numbers: lists, NumPy's and PyTorch's printouts, CSV, and cells of a spreadsheet.

mod brackets;
mod lines;

use std::borrow::Cow;

use super::layout::MOST_NUMBERS;
use super::number;
use super::random;
use crate::loss::tensor::{Dtype, Tensor};

/// The longest text that is looked at, in bytes.
const MOST_BYTES: usize = 2_000_000;

/// What was pasted.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// int64 where every number was written as an integer, so that class indices can be told; else float64.
    pub tensor: Tensor,
}

/// Reads pasted text, or says which part of it is no number and where.
pub fn parse(text: &str) -> Result<Pasted, String> {
    if text.len() > MOST_BYTES {
        let size = text.len() as f64 / 1e6;
        let most = MOST_BYTES / 1_000_000;
        return Err(format!("that is {} MB; at most {most} MB can be pasted", number::fixed(size, 1)));
    }
    let text = text.trim_start_matches('\u{feff}');
    if let Some(drawn) = random::read(text) {
        return drawn.map(|tensor| Pasted { tensor });
    }
    if text.trim().is_empty() {
        return Err("there are no numbers yet".to_owned());
    }
    let shortened = text.as_bytes().windows(3).any(|it| it == b"...").then_some("...");
    if let Some(dots) = shortened.or(text.contains('…').then_some("…")) {
        return Err(format!(
            "the printout was shortened with “{dots}”; print all of it \
             (torch.set_printoptions(profile='full'), np.set_printoptions(threshold=sys.maxsize))"
        ));
    }
    let read = if text.contains(['[', '(']) { brackets::read(text)? } else { lines::read(text)? };
    read.tensor().map(|tensor| Pasted { tensor })
}

/// A piece of the text that should be a number, and where it stands, counted from 1.
#[derive(Clone, Debug)]
struct Token<'a> {
    text: Cow<'a, str>,
    line: usize,
    /// Among the numbers of its line.
    place: usize,
}

/// The numbers of a text, not yet read, with the shape that they are written in.
#[derive(Debug)]
struct Numbers<'a> {
    tokens: Vec<Token<'a>>,
    shape: Vec<usize>,
    /// The dtype that a printout names.
    dtype: Option<Dtype>,
}

impl Numbers<'_> {
    fn tensor(&self) -> Result<Tensor, String> {
        let ints: Option<Vec<i64>> = self.tokens.iter().map(|it| whole(&it.text)).collect();
        let made = match ints {
            Some(ints) if self.dtype.is_none_or(|it| !it.is_float()) && !ints.is_empty() => {
                Tensor::int(self.shape.clone(), ints)
            }
            _ => {
                let numbers = self.tokens.iter().map(Token::number).collect::<Result<Vec<_>, _>>()?;
                Tensor::new(self.shape.clone(), numbers)
            }
        };
        made.ok_or_else(|| "the numbers do not fill the shape".to_owned())
    }
}

impl Token<'_> {
    fn number(&self) -> Result<f64, String> {
        let read = whole(&self.text).map_or_else(|| number::parse(&self.text), |it| Ok(it as f64));
        read.map_err(|_| {
            let what = match self.text.is_empty() {
                true => "a number is missing".to_owned(),
                false => format!("{} is not a number", number::quoted(&self.text)),
            };
            format!("line {}, number {}: {what}", self.line, self.place)
        })
    }
}

/// An integer as written, or Python's `True` and `False`.
fn whole(text: &str) -> Option<i64> {
    match text {
        "True" | "true" | "TRUE" => Some(1),
        "False" | "false" | "FALSE" => Some(0),
        // −0 is a float: an integer would lose its sign.
        "-0" | "−0" => None,
        _ => text.replace('−', "-").parse().ok(),
    }
}

/// Refuses more numbers than a page can hold.
fn check_count(count: usize) -> Result<(), String> {
    if count > MOST_NUMBERS {
        return Err(format!("these are {count} numbers; at most {MOST_NUMBERS} can be pasted"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(text: &str) -> (Vec<usize>, Vec<f64>) {
        let tensor = parse(text).unwrap_or_else(|why| panic!("{text}: {why}")).tensor;
        assert!(tensor.dtype().is_float(), "{text}");
        (tensor.shape().to_vec(), tensor.floats().into_owned())
    }

    fn ints(text: &str) -> (Vec<usize>, Vec<i64>) {
        let tensor = parse(text).unwrap_or_else(|why| panic!("{text}: {why}")).tensor;
        (tensor.shape().to_vec(), tensor.ints().map(<[i64]>::to_vec).unwrap_or_default())
    }

    fn why(text: &str) -> String {
        parse(text).expect_err(text)
    }

    #[test]
    fn lists_and_printouts() {
        for (text, shape, data) in [
            ("[1, 2.5, -3]", &[3][..], &[1.0, 2.5, -3.0][..]),
            ("[[1.0, 2], [3, 4]]", &[2, 2], &[1.0, 2.0, 3.0, 4.0]),
            ("[[1. 2.]\n [3. 4.]]", &[2, 2], &[1.0, 2.0, 3.0, 4.0]),
            ("array([[1., 2.],\n       [3., 4.]], dtype=float32)", &[2, 2], &[1.0, 2.0, 3.0, 4.0]),
            ("tensor([1., 2.], device='cuda:0', grad_fn=<MeanBackward0>)", &[2], &[1.0, 2.0]),
            ("torch.tensor([[1, 2]], dtype=torch.float32, requires_grad=True)", &[1, 2], &[1.0, 2.0]),
            ("x = np.array([[1.5], [2]])", &[2, 1], &[1.5, 2.0]),
            ("Parameter containing:\ntensor([0.5, 1.0], requires_grad=True)", &[2], &[0.5, 1.0]),
            ("tensor(3.5)", &[], &[3.5]),
            ("[np.float64(1.5), np.float64(2.0)]", &[2], &[1.5, 2.0]),
            ("[tensor(1.), tensor(2., grad_fn=<X>)]", &[2], &[1.0, 2.0]),
            ("(1.5, 2)", &[2], &[1.5, 2.0]),
            ("[1 2.5; 3 4]", &[2, 2], &[1.0, 2.5, 3.0, 4.0]),
            ("[1.5, 2]\n[3, 4]", &[2, 2], &[1.5, 2.0, 3.0, 4.0]),
            ("[[[1.5]], [[2]]]", &[2, 1, 1], &[1.5, 2.0]),
            ("[[[1.5, 2]]]", &[1, 1, 2], &[1.5, 2.0]),
            ("[]", &[0], &[]),
            ("[[], []]", &[2, 0], &[]),
            ("tensor([], size=(0, 3))", &[0, 3], &[]),
            ("[-0, inf]", &[2], &[-0.0, f64::INFINITY]),
        ] {
            assert_eq!(floats(text), (shape.to_vec(), data.to_vec()), "{text}");
        }
        assert!(floats("[nan, 1.0]").1.first().is_some_and(|it| it.is_nan()));
    }

    #[test]
    fn integers_stay_integers() {
        for (text, shape, data) in [
            ("[0, 1, 2]", &[3][..], &[0, 1, 2][..]),
            ("tensor([0, 2], dtype=torch.int64)", &[2], &[0, 2]),
            ("tensor([True, False])", &[2], &[1, 0]),
            ("0 1\n2 0", &[2, 2], &[0, 1, 2, 0]),
            ("3", &[1], &[3]),
        ] {
            assert_eq!(ints(text), (shape.to_vec(), data.to_vec()), "{text}");
        }
    }

    #[test]
    fn tables() {
        for (text, shape, data) in [
            ("1.5\n2\n3", &[3][..], &[1.5, 2.0, 3.0][..]),
            ("1.5, 2, 3", &[3], &[1.5, 2.0, 3.0]),
            ("1,2\r\n3,4.5\r\n", &[2, 2], &[1.0, 2.0, 3.0, 4.5]),
            ("1\t2,5\n3\t4", &[2, 2], &[1.0, 2.5, 3.0, 4.0]),
            ("1,5;2,5", &[2], &[1.5, 2.5]),
            ("1,5;2\n3;4,25", &[2, 2], &[1.5, 2.0, 3.0, 4.25]),
            ("1, 2.5; 3, 4", &[2, 2], &[1.0, 2.5, 3.0, 4.0]),
            ("1.5 2   3", &[3], &[1.5, 2.0, 3.0]),
            ("# x y\n1.5 2\n\n3 4\n", &[2, 2], &[1.5, 2.0, 3.0, 4.0]),
            ("\"1.5\",\"2\"", &[2], &[1.5, 2.0]),
            ("1.5\t\n2\t\n", &[2], &[1.5, 2.0]),
            ("−1.5 2e3", &[2], &[-1.5, 2000.0]),
        ] {
            assert_eq!(floats(text), (shape.to_vec(), data.to_vec()), "{text}");
        }
    }

    #[test]
    fn complaints_name_the_token_and_the_place() {
        for (text, wanted) in [
            ("[1, 2, abc]", "line 1, number 3: “abc” is not a number"),
            ("[[1, 2],\n [3, 4x]]", "line 2, number 2: “4x” is not a number"),
            ("1\n2\nthree", "line 3, number 1: “three” is not a number"),
            ("price,rooms\n1,2", "line 1 is a header (“price,rooms”): paste the numbers without it"),
            ("1,,2", "line 1, number 2: a number is missing"),
            ("[1,,2]", "line 1, number 2: a number is missing"),
            ("[[1, 2, 3], [4, 5]]", "row 2 has 2 numbers where row 1 has 3"),
            ("1 2 3\n4 5", "row 2 has 2 numbers where row 1 has 3"),
            ("[[1, 2], []]", "one of the lists is empty, others are not"),
            ("[1, [2]]", "line 1, number 2: “2” is nested 2 deep, the first number 1 deep"),
            ("[1, 2", "1 bracket is not closed"),
            ("[1, 2]]", "line 1: “]” closes nothing"),
            ("[1, 2)", "line 1: “)” closes “[”"),
            ("[[[[[[[[[1]]]]]]]]]", "that is more than 8 axes"),
            ("  \n ", "there are no numbers yet"),
            ("{\"a\": 1}", "line 1, number 1: “{\"a\":” is not a number"),
        ] {
            assert_eq!(why(text), wanted, "{text}");
        }
        assert!(why("tensor([0.1, 0.2,  ..., 0.3])").starts_with("the printout was shortened with “...”"));
    }

    #[test]
    fn too_much_is_counted() {
        assert_eq!(why(&"1 ".repeat(100_001)), "these are 100001 numbers; at most 100000 can be pasted");
        assert_eq!(
            why(&format!("[{}1]", "1,".repeat(150_000))),
            "these are 150001 numbers; at most 100000 can be pasted"
        );
        assert_eq!(why(&"1".repeat(2_500_000)), "that is 2.5 MB; at most 2 MB can be pasted");
        assert_eq!(parse(&"1\n".repeat(100_000)).map(|it| it.tensor.len()), Ok(100_000));
    }

    /// No text of brackets, numbers and separators does anything but answer.
    #[test]
    fn garbage_is_refused_or_read() {
        let pieces = [
            "[", "]", "(", ")", ",", ";", "\n", "\t", " ", "1", "-2.5", "nan", "dtype=", "size=", "tensor",
            "é", "=", "\"", "#",
        ];
        let mut state = 3_u64;
        for _ in 0..5000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            if let Ok(pasted) = parse(&text) {
                assert_eq!(pasted.tensor.shape().iter().product::<usize>(), pasted.tensor.len(), "{text}");
            }
        }
        for text in ["[", "[][", "a(1", "]", "(", "1;,"] {
            assert!(parse(&text.repeat(20_000)).is_err(), "{text}");
        }
    }
}
