//! The Mersenne Twister MT19937, and the uniform numbers that PyTorch makes of its words.

/// Words of state, and how far ahead the word lies that is mixed in (Matsumoto and Nishimura, 1998).
const WORDS: usize = 624;
const AHEAD: usize = 397;

/// The generator's state. A word is twisted when its turn comes, not all of them every 624 draws: the numbers are the same.
#[derive(Clone, Debug)]
pub(super) struct Twister {
    state: [u32; WORDS],
    at: usize,
}

impl Twister {
    /// The state after `init_genrand`, which takes 32 bits: the seed's high half has no effect, in PyTorch neither.
    pub(super) fn new(seed: u64) -> Self {
        let mut next = seed as u32;
        let mut index = 0;
        let state = [(); WORDS].map(|()| {
            let word = next;
            index += 1;
            next = 1_812_433_253_u32.wrapping_mul(word ^ (word >> 30)).wrapping_add(index);
            word
        });
        Self { state, at: 0 }
    }

    /// The next word, `random()`.
    pub(super) fn word(&mut self) -> u32 {
        let at = self.at % WORDS;
        let next = (at + 1) % WORDS;
        let joined = (self.state[at] & 0x8000_0000) | (self.state[next] & 0x7fff_ffff);
        let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
        let mut word = self.state[(at + AHEAD) % WORDS] ^ (joined >> 1) ^ twist;
        self.state[at] = word;
        self.at = next;
        // Tempering.
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// Two words, `random64()`: the first is the high half.
    pub(super) fn long_word(&mut self) -> u64 {
        let high = self.word();
        u64::from(high) << 32 | u64::from(self.word())
    }

    /// The low 24 bits of a word as a fraction: exact, in [0, 1).
    pub(super) fn uniform32(&mut self) -> f32 {
        const UNIT: f32 = 1.0 / (1 << 24) as f32;
        (self.word() & 0xff_ffff) as f32 * UNIT
    }

    /// The low 53 bits of a long word as a fraction: exact, in [0, 1).
    pub(super) fn uniform64(&mut self) -> f64 {
        const RANGE: u64 = 1 << 53;
        (self.long_word() % RANGE) as f64 / RANGE as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The C++ standard requires it of `std::mt19937`, [rand.predef].
    #[test]
    fn the_ten_thousandth_word() {
        let mut twister = Twister::new(5489);
        let words: Vec<u32> = (0..10_000).map(|_| twister.word()).collect();
        assert_eq!(words.first(), Some(&3_499_211_612));
        assert_eq!(words.last(), Some(&4_123_659_995));
    }

    #[test]
    fn the_first_word_is_the_high_half() {
        let (mut one, mut two) = (Twister::new(1), Twister::new(1));
        let (high, low) = (two.word(), two.word());
        assert_eq!(one.long_word(), (u64::from(high) << 32) + u64::from(low));
    }

    #[test]
    fn only_the_low_half_of_a_seed_counts() {
        assert_eq!(Twister::new(5).word(), Twister::new((1 << 32) + 5).word());
        assert_ne!(Twister::new(5).word(), Twister::new(6).word());
    }
}
