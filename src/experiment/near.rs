//! The nearest of several names, for "did you mean".

/// Longer texts are nobody's slip of the finger.
const LONGEST: usize = 40;

/// The name that fewest edits lead to from what was written, if that is few beside its length.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.to_ascii_lowercase().chars().take(LONGEST + 1).collect();
    if written.len() > LONGEST {
        return None;
    }
    let candidates = names.into_iter().map(|name| {
        let letters: Vec<char> = name.to_ascii_lowercase().chars().collect();
        (edits(&written, &letters), letters.len(), name)
    });
    candidates.filter(|it| it.0 * 2 <= it.1).min_by_key(|it| it.0).map(|it| it.2)
}

/// The number of letters to insert, remove or replace (Levenshtein), row by row.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.iter().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for (pair, other) in row.windows(2).zip(to) {
            if let [corner, above] = pair {
                left = (corner + usize::from(letter != other)).min(above + 1).min(left + 1);
                next.push(left);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name() {
        let names = ["HuberLoss", "MSELoss", "L1Loss"];
        assert_eq!(nearest("HubrLoss", names), Some("HuberLoss"));
        assert_eq!(nearest("huberloss", names), Some("HuberLoss"));
        assert_eq!(nearest("L2Loss", names), Some("L1Loss"));
        assert_eq!(nearest("gardening", names), None);
        assert_eq!(nearest(&"L".repeat(100_000), names), None);
        assert_eq!(nearest("", names), None);
    }
}
