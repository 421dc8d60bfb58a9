//! Percent-encoding: read everywhere, written only where an address needs it.

/// The text with every well-formed `%` sequence decoded as UTF-8. Malformed ones stay; `+` is a plus.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('%') {
        let (plain, escaped) = rest.split_at_checked(start).unwrap_or((rest, ""));
        decoded.push_str(plain);
        let run: Vec<u8> = escaped.as_bytes().chunks(3).map_while(byte).collect();
        for chunk in run.utf8_chunks() {
            decoded.push_str(chunk.valid());
            chunk.invalid().iter().for_each(|it| decoded.push_str(&format!("%{it:02X}")));
        }
        // A `%` that begins no sequence stands for itself.
        let used = run.len() * 3;
        rest = if used == 0 { escaped.strip_prefix('%').unwrap_or_default() } else { skip(escaped, used) };
        if used == 0 {
            decoded.push('%');
        }
    }
    decoded + rest
}

/// The byte that three characters `%A9` stand for.
fn byte(sequence: &[u8]) -> Option<u8> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    match sequence {
        [b'%', high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    }
}

fn skip(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

/// The text with everything encoded that could end a value, break a link in prose, or is not ASCII; the
/// characters in `also` too.
pub fn encode(text: &str, also: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for letter in text.chars() {
        let safe = letter.is_ascii_alphanumeric() || "-_.,;:$/@~".contains(letter);
        if safe && !also.contains(letter) {
            encoded.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_is_well_formed() {
        for (text, plain) in [
            ("a%20b+c", "a b+c"),
            ("%E2%80%93,b", "–,b"),
            ("%e2%80%93", "–"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%%41", "%A"),
            ("%FF%41", "%FFA"),
            ("%E2%80x", "%E2%80x"),
            ("%é%41", "%éA"),
        ] {
            assert_eq!(decode(text), plain, "{text}");
        }
    }

    #[test]
    fn what_is_encoded_decodes() {
        for text in ["flat", "a, b; c", "100 % & more = ?#", "–é😀", "%41", "$100k", "(x) [y] \"z\"\n\0"]
        {
            assert_eq!(decode(&encode(text, ",;")), text);
        }
        assert_eq!(encode("$100k", ",;"), "$100k");
        assert_eq!(encode("a,b", ",;"), "a%2Cb");
        assert_eq!(encode("1,2;3:4", ""), "1,2;3:4");
        assert_eq!(encode("–", ""), "%E2%80%93");
    }
}
