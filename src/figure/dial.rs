//! A number that a figure lets one turn.

use crate::plot::ticks::within;

/// What it is, and where it can stand.
#[derive(Debug)]
pub struct Dial {
    /// What it is called.
    pub label: &'static str,
    /// The class of its colour.
    pub class: &'static str,
    /// The lowest value.
    pub from: f64,
    /// The highest value.
    pub to: f64,
    /// What one press of an arrow key is worth; dragging stops at multiples of it.
    pub step: f64,
    /// Where it stands before anybody touches it.
    pub first: f64,
}

impl Dial {
    /// The nearest number that it can stand at.
    pub fn at(&self, x: f64) -> f64 {
        let steps = ((x - self.from) / self.step).round();
        let snapped = self.from + steps * self.step;
        // Without the dust of binary fractions.
        let decimals = (1.0 / self.step).max(1.0).ceil() * 10.0;
        within((snapped * decimals).round() / decimals, self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::Dial;

    #[test]
    fn it_stands_on_round_numbers_within_its_range() {
        let dial = Dial { label: "", class: "", from: -4.0, to: 12.0, step: 0.1, first: 0.0 };
        assert_eq!(
            [dial.at(0.30000000000000004), dial.at(99.0), dial.at(-99.0), dial.at(7.26)],
            [0.3, 12.0, -4.0, 7.3]
        );
        assert!(dial.at(f64::NAN).is_nan());
    }
}
