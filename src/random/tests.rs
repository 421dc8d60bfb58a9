//! The generator against what PyTorch 2.15.0 answered on a CPU with AVX2, and against itself at the edges.

use super::{Generator, LARGEST};

/// The first six of `torch.randn(3, 5)`, then `rand(4)`, `randint(0, 5, (8,))`, `random_(5)` of 3 after `randn(3, 5)`, and
/// `randperm(8)`, each after `torch.manual_seed(seed)`. Floats with nine digits, which name a float32.
struct Recorded {
    seed: u64,
    randn: [f64; 6],
    rand: [f64; 4],
    randint: [f64; 8],
    random: [f64; 3],
    randperm: [f64; 8],
}

const RECORDED: [Recorded; 3] = [
    Recorded {
        seed: 0,
        randn: [1.54099607, -0.293428898, -2.17878938, 0.568431258, -1.08452237, -1.39859545],
        rand: [0.49625659, 0.768221796, 0.0884774327, 0.132030487],
        randint: [4.0, 4.0, 3.0, 0.0, 3.0, 4.0, 2.0, 3.0],
        random: [3.0, 0.0, 0.0],
        randperm: [4.0, 0.0, 7.0, 3.0, 2.0, 5.0, 1.0, 6.0],
    },
    Recorded {
        seed: 1,
        randn: [0.661352158, 0.266924113, 0.0616772585, 0.621317327, -0.451905966, -0.16613023],
        rand: [0.7576316, 0.279310882, 0.403069258, 0.734684467],
        randint: [0.0, 4.0, 4.0, 3.0, 3.0, 3.0, 1.0, 1.0],
        random: [2.0, 3.0, 2.0],
        randperm: [5.0, 4.0, 2.0, 6.0, 7.0, 3.0, 1.0, 0.0],
    },
    Recorded {
        seed: 42,
        randn: [0.336690366, 0.128809407, 0.234462366, 0.23033303, -1.12285638, -0.186328292],
        rand: [0.882269263, 0.915003955, 0.38286376, 0.959305644],
        randint: [2.0, 2.0, 1.0, 4.0, 1.0, 0.0, 0.0, 4.0],
        random: [0.0, 4.0, 3.0],
        randperm: [6.0, 3.0, 0.0, 7.0, 2.0, 1.0, 4.0, 5.0],
    },
];

/// `torch.randn(100, 128)`: the first four, the last two, and `.double().sum()`. Every partial sum is exact in a double, so
/// that the sum holds all 12,800 numbers to their last bits.
const LONG: [(u64, [f64; 4], [f64; 2], f64); 3] = [
    (
        0,
        [-1.12583983, -1.1523602, -0.250578582, -0.433878809],
        [0.568978488, 0.0698967576],
        -182.8848947370425,
    ),
    (
        1,
        [-1.5255959, -0.750231802, -0.653980911, -1.60948479],
        [-0.224576026, 0.309085786],
        -61.27779355797884,
    ),
    (42, [1.92691529, 1.48728406, 0.900717199, -2.10552096], [0.378080755, -1.60775506], 103.62937216653518),
];

/// The article's samples, seed 0, as printed: `randn(3, 5)` twice is input and target of its squared error; the other short
/// samples share these numbers.
const ARTICLE: [&str; 30] = [
    "1.5409961",
    "-0.2934289",
    "-2.1787894",
    "0.5684313",
    "-1.0845224",
    "-1.3985955",
    "0.4033468",
    "0.8380263",
    "-0.7192576",
    "-0.4033435",
    "-0.5966353",
    "0.1820365",
    "-0.8566746",
    "1.1006042",
    "-1.0711874",
    "0.1227012",
    "-0.5663175",
    "0.3731146",
    "-0.8919953",
    "-1.5091077",
    "0.3703935",
    "1.4565026",
    "0.9398099",
    "0.7748488",
    "0.1918694",
    "1.2637948",
    "-1.2904351",
    "-0.7911027",
    "-0.0208795",
    "-0.7184801",
];

/// The article's triplets, `randn(100, 128)` three times: the first five of each, and its sum.
const TRIPLETS: [([&str; 5], &str); 3] = [
    (["-1.1258398", "-1.1523602", "-0.2505786", "-0.4338788", "0.8487104"], "-182.8848947"),
    (["-0.3937416", "0.3877297", "2.4843578", "-0.0018837", "2.1566043"], "-61.6116459"),
    (["1.1034777", "0.9218322", "0.7674033", "-0.2560798", "0.0501094"], "-95.5179952"),
];

fn seeded(seed: u64) -> Generator {
    Generator::new(seed)
}

/// The nearest float32 to every number, exactly.
fn singles(values: &[f64]) -> Vec<f64> {
    values.iter().map(|it| f64::from(*it as f32)).collect()
}

fn printed(values: &[f64]) -> Vec<String> {
    values.iter().map(|it| format!("{it:.7}")).collect()
}

#[test]
fn recorded_calls() {
    for it in RECORDED {
        for n in [3, 10, 12, 15] {
            let length = n.min(6);
            assert_eq!(
                seeded(it.seed).randn(n)[..length],
                singles(&it.randn)[..length],
                "{n} of {}",
                it.seed
            );
        }
        assert_eq!(seeded(it.seed).rand(4), singles(&it.rand));
        assert_eq!(seeded(it.seed).randint(0, 5, 8).unwrap(), it.randint);
        let mut after = seeded(it.seed);
        after.randn(15);
        assert_eq!(after.random_(5, 3).unwrap(), it.random);
        assert_eq!(seeded(it.seed).randperm(8), it.randperm);
    }
}

#[test]
fn recorded_long_calls() {
    for (seed, first, last, sum) in LONG {
        let values = seeded(seed).randn(12_800);
        assert_eq!(values[..4], singles(&first));
        assert_eq!(values[12_798..], singles(&last));
        assert_eq!(values.iter().sum::<f64>(), sum);
        assert_eq!(values.iter().rev().sum::<f64>(), sum, "the sum is exact in any order");
    }
}

#[test]
fn the_article_s_samples() {
    // (b), (h), (j): two of 15; (f): two of 10; (i): three of 3; (l): two of 6.
    for (n, calls) in [(15, 2), (10, 2), (3, 3), (6, 2)] {
        let mut generator = seeded(0);
        let values: Vec<f64> = (0..calls).flat_map(|_| generator.randn(n)).collect();
        assert_eq!(printed(&values), ARTICLE[..n * calls]);
    }
}

#[test]
fn the_article_s_triplets() {
    let mut generator = seeded(0);
    for (first, sum) in TRIPLETS {
        let values = generator.randn(12_800);
        assert_eq!(printed(&values[..5]), first);
        assert_eq!(format!("{:.7}", values.iter().sum::<f64>()), sum);
    }
}

#[test]
fn the_spare_half_waits_for_the_next_short_call() {
    let six = seeded(0).randn(6);
    let mut generator = seeded(0);
    let three = generator.randn(3);
    let mut other = generator.clone();
    assert_eq!([three, generator.randn(3)].concat(), six);
    // Nothing else takes it.
    other.rand(2);
    other.randn(16);
    other.randn(0);
    other.randint(0, 9, 1).unwrap();
    assert_eq!(other.randn(1), six[3..4]);
}

/// By the algorithm, as described: the first block of `randn(17)` and `randn(24)` keeps what the last 16 do not cover, and
/// those come from as many draws more.
#[test]
fn lengths_around_a_block() {
    let sixteen = seeded(0).randn(16);
    assert_ne!(sixteen[..15], seeded(0).randn(15));
    for n in [17, 24, 31] {
        let values = seeded(0).randn(n);
        assert_eq!(values.len(), n);
        assert_eq!(values[..n - 16], sixteen[..n - 16]);
        let mut after = seeded(0);
        after.rand(n);
        assert_eq!(values[n - 16..], after.randn(16));
    }
    let two_blocks = seeded(0).randn(32);
    assert_eq!(two_blocks[..16], sixteen);
    // The first of randn(100, 128) are those of any two blocks.
    assert_eq!(two_blocks, seeded(0).randn(12_800)[..32]);
}

#[test]
fn float64_is_the_same_number_with_more_digits() {
    for seed in 0..100 {
        assert_eq!(singles(&seeded(seed).randn_float64(15)), seeded(seed).randn(15));
    }
    let long = seeded(0).randn_float64(40);
    assert_eq!(long.len(), 40);
    // A block by hand: the pair of the first and the ninth uniform number.
    let uniform = seeded(0).rand_float64(40);
    let radius = (-2.0 * (1.0 - uniform[0]).ln()).sqrt();
    let angle = std::f64::consts::TAU * uniform[8];
    assert_eq!([long[0], long[8]], [radius * angle.cos(), radius * angle.sin()]);
}

#[test]
fn wide_ranges_take_two_draws() {
    let narrow = (1 << 28) - 1;
    let words = |seed| {
        let mut twister = super::Twister::new(seed);
        [twister.word(), twister.word()].map(u64::from)
    };
    let [first, second] = words(7);
    assert_eq!(seeded(7).randint(0, narrow, 2).unwrap(), [first, second].map(|it| (it % 0xfff_ffff) as f64));
    assert_eq!(seeded(7).randint(0, 1 << 28, 1).unwrap(), [(second & 0xfff_ffff) as f64]);
    let wide = ((first << 32 | second) % (1 << 40)) as f64;
    assert_eq!(seeded(7).randint(-5, (1 << 40) - 5, 1).unwrap(), [wide - 5.0]);
}

#[test]
fn an_empty_range_is_refused_in_pytorch_s_words() {
    let mut generator = seeded(0);
    let message = "RuntimeError: random_ expects 'from' to be less than 'to', but got from=5 >= to=5";
    assert_eq!(generator.randint(5, 5, 0).unwrap_err().to_string(), message);
    assert!(generator.random_(0, 3).is_err());
    assert!(generator.randint(i64::MAX, i64::MIN, 3).is_err());
    assert_eq!(generator.rand(4), seeded(0).rand(4), "and nothing is drawn");
}

#[test]
fn any_length_and_range() {
    let mut generator = seeded(u64::MAX);
    for n in [0, LARGEST + 1, usize::MAX] {
        let drawn =
            [generator.rand(n), generator.randn(n), generator.rand_float64(n), generator.randn_float64(n)];
        assert!(drawn.iter().all(Vec::is_empty));
        assert!(generator.randint(0, 5, n).unwrap().is_empty());
        assert!(generator.randperm(n).is_empty());
    }
    assert_eq!(generator.rand(1), seeded(u64::MAX).rand(1), "nothing was drawn");
    assert_eq!(generator.randperm(1), [0.0]);
    let widest = generator.randint(i64::MIN, i64::MAX, 1000).unwrap();
    assert!(widest.iter().any(|it| *it < 0.0) && widest.iter().any(|it| *it > 0.0));
    let mut permutation = generator.randperm(1000);
    permutation.sort_by(f64::total_cmp);
    assert!(permutation.iter().enumerate().all(|(place, it)| *it == place as f64));
}
