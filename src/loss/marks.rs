//! What a curve must show beside its points: where it bends, where it is lowest, what it never reaches.

/// A bend of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink {
    /// Where it is.
    pub x: f64,
    /// Whether the gradient jumps there; otherwise only its slope does.
    pub jump: bool,
}

/// Where the loss is least along one element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Best {
    /// Nowhere in particular, or not known.
    #[default]
    Unknown,
    /// At one value.
    Point(f64),
    /// Anywhere between two values, either of which may be infinite.
    Between(f64, f64),
    /// The further down, the better.
    Lowest,
    /// The further up, the better.
    Highest,
}

/// Everything to mark on one curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Where the curve bends.
    pub kinks: Vec<Kink>,
    /// Where it is lowest.
    pub best: Best,
    /// A loss that the curve nears but never passes.
    pub floor: Option<f64>,
}

impl Marks {
    /// A curve that is least at one value and bends nowhere.
    pub fn least_at(x: f64) -> Self {
        Self { best: Best::Point(x), ..Self::default() }
    }

    /// A curve that falls to zero at `x` and stays there.
    pub fn flat_above(x: f64) -> Self {
        Self { best: Best::Between(x, f64::INFINITY), ..Self::default() }.jumping_at([x])
    }

    /// A curve that is zero up to `x` and rises from there.
    pub fn flat_below(x: f64) -> Self {
        Self { best: Best::Between(f64::NEG_INFINITY, x), ..Self::default() }.jumping_at([x])
    }

    /// A straight line of that slope: the lowest end is the best one.
    pub fn line(slope: f64) -> Self {
        let best = match slope {
            _ if slope > 0.0 => Best::Lowest,
            _ if slope < 0.0 => Best::Highest,
            _ => Best::Unknown,
        };
        Self { best, ..Self::default() }
    }

    /// Adds bends without a jump of the gradient.
    pub fn bending_at(self, xs: impl IntoIterator<Item = f64>) -> Self {
        self.with(xs, false)
    }

    /// Adds bends at which the gradient jumps.
    pub fn jumping_at(self, xs: impl IntoIterator<Item = f64>) -> Self {
        self.with(xs, true)
    }

    fn with(mut self, xs: impl IntoIterator<Item = f64>, jump: bool) -> Self {
        self.kinks.extend(xs.into_iter().map(|x| Kink { x, jump }));
        self
    }
}
