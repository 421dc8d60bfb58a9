//! Words of the field that a reader may not know, each explained in at most twelve others.

/// The words, and what they mean.
pub const TERMS: [(&str, &str); 5] = [
    ("gradient", "How fast the loss grows as this number grows: its slope."),
    ("logit", "A score before sigmoid or softmax make a probability of it."),
    ("log-probability", "The logarithm of a probability: 0 is certain, lower is less likely."),
    ("reduction", "How the losses of all elements become one number, or do not."),
    ("kink", "Where two pieces of the curve meet, and its formula changes."),
];

/// What a word means, where it is one of them.
pub fn meaning(word: &str) -> Option<&'static str> {
    TERMS.iter().find(|it| it.0 == word).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::TERMS;

    #[test]
    fn twelve_words_are_enough() {
        for (word, meaning) in TERMS {
            assert!(meaning.split(' ').count() <= 12, "{word}");
        }
    }
}
