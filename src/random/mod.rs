//! PyTorch's random numbers on a CPU, bit for bit: what `torch.manual_seed(0)` and `torch.randn(3, 5)` give there.

mod integer;
mod normal;
mod platform;
mod single;
#[cfg(test)]
mod tests;
mod twister;

use crate::loss::error::Error;
use twister::Twister;

/// The most elements that one call draws, 128 MB of them. A longer call gives none, so that no count exhausts the memory.
pub const LARGEST: usize = 1 << 24;

/// PyTorch's default generator on a CPU, `at::CPUGeneratorImpl`. Calls are methods, and each continues where the one
/// before it stopped, as in PyTorch.
///
/// A call takes a number of elements and gives a flat list in row-major order: `torch.randn(3, 5)` is `randn(15)`. The
/// numbers are PyTorch's of the default dtype, float32 or int64, each held exactly in a double; the methods that end in
/// `_float64` are calls with `dtype=torch.float64`. No call panics; one for more than [`LARGEST`] elements gives none and
/// draws nothing.
///
/// ```
/// use losslens::random::Generator;
///
/// // torch.manual_seed(0); torch.randn(3); torch.randint(0, 10, (5,))
/// let mut generator = Generator::new(0);
/// assert_eq!(generator.randn(3), [1.5409960746765137, -0.293428897857666, -2.1787893772125244]);
/// assert_eq!(generator.randint(0, 10, 5)?, [7.0, 3.0, 1.0, 6.0, 6.0]);
/// # Ok::<(), losslens::loss::Error>(())
/// ```
///
/// PyTorch chooses its arithmetic by processor. This is its choice for x86-64 with AVX2; elsewhere its own `randn` of 16 or
/// more float32 elements differs from this one in the last bits.
#[derive(Clone, Debug)]
pub struct Generator {
    twister: Twister,
    /// The half of a pair of normal numbers that the last short `randn` left for the next. Nothing else uses or clears it.
    spare: Option<f64>,
}

impl Generator {
    /// The generator after `torch.manual_seed(seed)`. PyTorch uses the low 32 bits of a seed alone.
    pub fn new(seed: u64) -> Self {
        Self { twister: Twister::new(seed), spare: None }
    }

    /// `torch.rand(n)`: uniform multiples of 2^-24 in [0, 1).
    pub fn rand(&mut self, n: usize) -> Vec<f64> {
        (0..drawn(n)).map(|_| f64::from(self.twister.uniform32())).collect()
    }

    /// `torch.rand(n, dtype=torch.float64)`: uniform multiples of 2^-53 in [0, 1).
    pub fn rand_float64(&mut self, n: usize) -> Vec<f64> {
        (0..drawn(n)).map(|_| self.twister.uniform64()).collect()
    }

    /// `torch.randn(n)`: normal numbers of mean 0 and variance 1, between -8.6 and 8.6.
    ///
    /// From 16 elements on PyTorch uses another algorithm, with other numbers, between -5.8 and 5.8: `randn(16)` does not
    /// begin as `randn(15)`.
    pub fn randn(&mut self, n: usize) -> Vec<f64> {
        let n = drawn(n);
        if n < normal::BLOCK {
            // Rounded after it was drawn: the spare half is kept as a double.
            return self.randn_scalar(n).into_iter().map(|it| f64::from(it as f32)).collect();
        }
        let values = normal::blocks(n, || self.twister.uniform32(), single::normals);
        values.into_iter().map(f64::from).collect()
    }

    /// `torch.randn(n, dtype=torch.float64)`: normal numbers of mean 0 and variance 1.
    ///
    /// The last bit is the one of the platform's logarithm, sine and cosine, as it is in PyTorch: on wasm32 it is another
    /// one in 4 % of the numbers. In float32 rounding hides it.
    pub fn randn_float64(&mut self, n: usize) -> Vec<f64> {
        let n = drawn(n);
        if n < normal::BLOCK {
            return self.randn_scalar(n);
        }
        normal::blocks(n, || self.twister.uniform64(), normal::normals)
    }

    /// `torch.randint(low, high, (n,))`: whole numbers in [low, high). Beyond 2^53 they are rounded to a double.
    ///
    /// An empty range is a `RuntimeError`.
    pub fn randint(&mut self, low: i64, high: i64, n: usize) -> Result<Vec<f64>, Error> {
        integer::between(&mut self.twister, low, high, drawn(n))
    }

    /// `torch.empty(n, dtype=torch.long).random_(high)`: whole numbers in [0, high), the ones of `randint(0, high, n)`.
    pub fn random_(&mut self, high: i64, n: usize) -> Result<Vec<f64>, Error> {
        self.randint(0, high, n)
    }

    /// `torch.randperm(n)`: the numbers from 0 to n - 1 in random order.
    pub fn randperm(&mut self, n: usize) -> Vec<f64> {
        integer::permutation(&mut self.twister, drawn(n))
    }

    fn randn_scalar(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| normal::next(&mut self.twister, &mut self.spare)).collect()
    }
}

fn drawn(n: usize) -> usize {
    if n > LARGEST { 0 } else { n }
}
