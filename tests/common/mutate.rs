//! Texts and JSON that are almost right: what a fuzzer puts in.

use serde_json::{Value as Json, json};

use super::random::Random;

/// Numbers and words at which readers and losses have edges.
const WORDS: [&str; 40] = [
    "0",
    "-1",
    "1",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "5e-324",
    "-0",
    "9223372036854775807",
    "18446744073709551616",
    "1e-400",
    "0.1",
    "−2",
    "None",
    "True",
    "mean",
    "batchmean",
    ",",
    ";",
    ";;",
    ":",
    "&",
    "=",
    "?",
    "%",
    "%E2%80",
    "é",
    "😀",
    "int64:",
    "bool:",
    "0x3:",
    "1x4x1:",
    "100000x1:",
    "[",
    "]",
    "(",
    "tensor([",
    "\n",
    "\t",
];

/// The text with a few things done to it; `others` are there to be spliced in, `words` to be inserted.
pub fn text(from: &str, others: &[String], words: &[String], random: &mut Random) -> String {
    let mut bytes = from.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let (a, b) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let (from, to) = (a.min(b), a.max(b));
        match random.below(9) {
            0 => {
                bytes.drain(from..to.min(from + 12));
            }
            1 => {
                let piece = bytes[from..to.min(from + 40)].to_vec();
                let most = if random.below(50) == 0 { 2000 } else { 3 };
                for _ in 0..=random.below(most) {
                    bytes.splice(from..from, piece.iter().copied());
                }
            }
            2 => bytes.insert(from, random.bits() as u8),
            3 => {
                if let Some(byte) = bytes.get_mut(from) {
                    *byte ^= 1 << random.below(8);
                }
            }
            4 if !others.is_empty() => {
                let other = others[random.below(others.len())].as_bytes();
                let start = random.below(other.len() + 1);
                bytes.splice(from..to, other[start..].iter().copied());
            }
            5 | 6 if !words.is_empty() => {
                let word = words[random.below(words.len())].as_bytes();
                bytes.splice(from..from, word.iter().copied());
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())].as_bytes();
                bytes.splice(from..to.min(from + random.below(4)), word.iter().copied());
            }
        }
        bytes.truncate(100_000);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Changes one place of the JSON, wherever that is.
pub fn json(value: &mut Json, random: &mut Random) {
    let down = random.below(8) > 0;
    match value {
        Json::Object(object) if down && !object.is_empty() => {
            let place = random.below(object.len());
            let key = object.keys().nth(place).cloned().unwrap_or_default();
            match random.below(12) {
                0 => drop(object.remove(&key)),
                1 => drop(object.insert(WORDS[random.below(WORDS.len())].to_owned(), odd(random))),
                _ => object.values_mut().skip(place).take(1).for_each(|it| json(it, random)),
            }
        }
        Json::Array(list) if down && !list.is_empty() => {
            let place = random.below(list.len());
            match random.below(8) {
                0 => drop(list.remove(place)),
                1 => list.insert(place, list[place].clone()),
                2 => list.swap(0, place),
                _ => json(&mut list[place], random),
            }
        }
        _ => *value = odd(random),
    }
}

fn odd(random: &mut Random) -> Json {
    match random.below(13) {
        0 => json!(null),
        1 => json!(random.below(2) == 0),
        2 => json!(WORDS[random.below(WORDS.len())]),
        3 => json!(["NaN", "Infinity", "-Infinity"][random.below(3)]),
        4 => json!([1e308, -1e308, 5e-324, -0.0, 0.5, 1e16][random.below(6)]),
        5 => json!([i64::MAX, i64::MIN, 1 << 53, 1 << 33, 100_000, 256][random.below(6)]),
        6 => json!({ "shape": [], "data": [random.below(3)] }),
        7 => json!({ "shape": [random.below(4), 0, 1_u64 << random.below(60)], "data": [] }),
        8 => {
            let (a, b) = (1_u64 << random.below(60), 1_u64 << random.below(60));
            json!({ "shape": if random.below(2) == 0 { json!([a, b, 0]) } else { json!([a, 0]) }, "data": [] })
        }
        9 => json!([random.below(4), random.below(4)]),
        10 => tensor(random),
        _ => json!(random.below(7) as i64 - 2),
    }
}

/// A tensor of any small shape and dtype, or a long one that broadcasts.
fn tensor(random: &mut Random) -> Json {
    let size = |random: &mut Random| [0, 1, 1, 2, 3, 4, 5, 17][random.below(8)];
    let mut shape: Vec<usize> = (0..random.below(4)).map(|_| size(random)).collect();
    if random.below(6) == 0 {
        shape = if random.below(2) == 0 { vec![900, 1] } else { vec![900] };
    }
    let dtypes = ["float64", "float32", "int64", "int32", "int16", "int8", "uint8", "bool"];
    let count: usize = shape.iter().product();
    let data: Vec<Json> = (0..count).map(|_| json!(random.below(7) as i64 - 2)).collect();
    json!({ "shape": shape, "data": data, "dtype": dtypes[random.below(dtypes.len())] })
}
