//! Ways to spell a word over frames, and what CTC makes of them when every letter is as likely as any other.

use super::call;
use super::dial::Dial;
use crate::experiment::Experiment;
use crate::experiment::number::show;
use crate::experiment::picture::lattice::Lattice;

/// How many frames there are to spell in.
pub static FRAMES: Dial =
    Dial { label: "frames T", class: "plain", from: 1.0, to: 10.0, step: 1.0, first: 3.0 };

/// A word to spell.
#[derive(Debug)]
pub struct Word {
    /// As one writes it.
    pub text: &'static str,
    /// Its letters as classes; 0 is the blank.
    pub letters: &'static [usize],
    /// What the classes are.
    pub alphabet: &'static [char],
}

/// The words to choose from.
pub static WORDS: [Word; 4] = [
    Word { text: "aa", letters: &[1, 1], alphabet: &['–', 'a'] },
    Word { text: "ab", letters: &[1, 2], alphabet: &['–', 'a', 'b'] },
    Word { text: "bee", letters: &[1, 2, 2], alphabet: &['–', 'b', 'e'] },
    Word { text: "seen", letters: &[1, 2, 2, 3], alphabet: &['–', 's', 'e', 'n'] },
];

/// More of them than this are counted and not written out.
const WRITTEN: usize = 12;

impl Word {
    /// How many ways there are to spell it in that many frames.
    pub fn count(&self, frames: usize) -> u64 {
        let uniform = vec![vec![0.0; self.alphabet.len()]; frames];
        Lattice::new(&uniform, self.letters, 0).paths
    }

    /// The ways, as one writes them: `b–e–e`. Only the first few where there are many.
    pub fn spellings(&self, frames: usize) -> Vec<String> {
        let mut found = Vec::new();
        self.spell(frames, 0, None, &mut String::new(), &mut found);
        found
    }

    /// Goes on from a place in the word, after a class that may be repeated.
    fn spell(
        &self,
        left: usize,
        place: usize,
        last: Option<usize>,
        written: &mut String,
        found: &mut Vec<String>,
    ) {
        if found.len() > WRITTEN || left + place < self.letters.len() {
            return;
        }
        if left == 0 {
            found.push(written.clone());
            return;
        }
        let next = self.letters.get(place).copied().filter(|it| last != Some(*it));
        let repeated = last.filter(|it| *it != 0);
        for (class, place) in
            [next.map(|it| (it, place + 1)), repeated.map(|it| (it, place)), Some((0, place))]
                .into_iter()
                .flatten()
        {
            written.push(self.alphabet.get(class).copied().unwrap_or('?'));
            self.spell(left - 1, place, Some(class), written, found);
            written.pop();
        }
    }

    /// The call on the bench.
    pub fn state(&self, frames: usize) -> Experiment {
        let classes = self.alphabet.len();
        let each = show(-(classes as f64).ln());
        let letters = self.letters.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
        let address = format!(
            "/CTCLoss?log_probs={frames}x{classes}:{}&targets={letters}&input_lengths={frames}&target_lengths={}&reduction=sum",
            vec![each; frames * classes].join(","),
            self.letters.len(),
        );
        call::state(&address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sequence of classes, its repeats and then its blanks taken out.
    fn brute_force(word: &Word, frames: usize) -> usize {
        let classes = word.alphabet.len();
        let spells = |mut code: usize| {
            let mut path = Vec::new();
            for _ in 0..frames {
                path.push(code % classes);
                code /= classes;
            }
            path.dedup();
            path.retain(|it| *it != 0);
            path == word.letters
        };
        (0..classes.pow(frames as u32)).filter(|it| spells(*it)).count()
    }

    #[test]
    fn counts_and_losses_agree_with_brute_force() {
        for word in &WORDS {
            for frames in 1..=7 {
                let count = brute_force(word, frames);
                assert_eq!(word.count(frames), count as u64, "{} in {frames}", word.text);
                // Every path has the same probability.
                let all = count as f64 / (word.alphabet.len() as f64).powi(frames as i32);
                let loss = call::loss(&word.state(frames));
                assert!(
                    loss == -all.ln() || (loss + all.ln()).abs() < 1e-12,
                    "{} in {frames}: {loss}",
                    word.text
                );
                let spelled = word.spellings(frames);
                assert_eq!(spelled.len(), count.min(WRITTEN + 1), "{} in {frames}: {spelled:?}", word.text);
            }
        }
    }

    /// The thread's own: ten frames and four letters, none of them twice in a row.
    #[test]
    fn two_equal_letters_need_a_blank_between_them() {
        assert_eq!(WORDS[0].spellings(3), ["a–a"]);
        assert_eq!(WORDS[1].spellings(2), ["ab"]);
        let word = Word { text: "abcd", letters: &[1, 2, 3, 4], alphabet: &['–', 'a', 'b', 'c', 'd'] };
        assert_eq!(word.count(10), 3003);
    }
}
