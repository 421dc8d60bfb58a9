//! One house, one guess and one price: what Home shows, and where its guess goes when it follows the gradient.

use super::{At, Experiment, number};
use crate::loss::args::Args;
use crate::loss::evaluation::Evaluation;
use crate::loss::tensor::Tensor;
use crate::loss::torch::Loss;
use crate::plot::Window;

/// The losses to choose from: each grows in its own way with the same error.
pub const LOSSES: [&str; 3] = ["L1Loss", "MSELoss", "HuberLoss"];

/// The loss that Home opens with.
pub const FIRST: &str = LOSSES[1];

/// What was guessed.
pub const GUESS: At = At { input: 0, place: 0 };

/// What the house sold for.
pub const PRICE: At = At { input: 1, place: 0 };

/// The share of the gradient that one step of learning takes.
pub const RATE: f64 = 0.1;

/// Beyond this the steps are only running away.
const AWAY: f64 = 1e6;

/// A guess this close is on the price: the sentence, in tenths of a thousand dollars, shows no difference.
const CLOSE: f64 = 5e-4;

/// The chart shows the price and so much on both sides.
const REACH: f64 = 4.0;

/// The height of the chart: one for all losses, so that they can be told apart.
const HEIGHT: f64 = 9.0;

/// A step against the gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The guess before it, in units of $100k.
    pub from: f64,
    /// The learning rate.
    pub rate: f64,
    /// The gradient by the guess.
    pub gradient: f64,
    /// The guess after it, in units of $100k.
    pub to: f64,
}

/// Why learning stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The guess is on the price.
    OnTarget,
    /// The steps run away.
    TooFar,
}

/// The house guessed at $300k that sold for $500k, in units of $100k.
pub fn house(loss: &'static Loss) -> Experiment {
    Experiment {
        loss,
        args: Args::default(),
        inputs: vec![Tensor::vector([3.0]), Tensor::vector([5.0])],
        at: GUESS,
        with: None,
        view: None,
        names: vec!["house".to_owned()],
        classes: Vec::new(),
        unit: "$100k".to_owned(),
    }
}

impl Step {
    /// The step that a guess takes next; `None` where there is no gradient.
    pub fn of(house: &Experiment, rate: f64) -> Option<Self> {
        let gradient = gradient(&house.evaluate().ok()?)?;
        let from = numbers(house).0;
        Some(Self { from, rate, gradient, to: from - rate * gradient })
    }

    /// The state after it.
    pub fn take(self, house: &Experiment) -> Experiment {
        house.with_number(GUESS, self.to)
    }

    /// The step as it is worked out: `new = 3 − 0.1 × (−4) = 3.4`.
    pub fn arithmetic(self) -> String {
        let gradient = number::brief(self.gradient);
        let gradient = if self.gradient < 0.0 { format!("({gradient})") } else { gradient };
        let [from, rate, to] = [self.from, self.rate, self.to].map(number::brief);
        format!("new = {from} − {rate} × {gradient} = {to}")
    }
}

/// Where the guess is after each of the next steps.
pub fn steps(house: &Experiment, rate: f64, count: usize) -> Vec<f64> {
    let mut now = house.clone();
    let mut places = Vec::new();
    for _ in 0..count {
        let Some(step) = Step::of(&now, rate) else { break };
        now = step.take(&now);
        places.push(step.to);
    }
    places
}

/// Whether there is nothing more to learn, or no way back.
pub fn stop(house: &Experiment) -> Option<Stop> {
    let (guess, price) = numbers(house);
    let error = (guess - price).abs();
    if error < CLOSE {
        Some(Stop::OnTarget)
    } else if error < AWAY {
        None
    } else {
        Some(Stop::TooFar)
    }
}

/// The gradient by the guess.
pub fn gradient(evaluation: &Evaluation) -> Option<f64> {
    evaluation.grads.get(GUESS.input)?.as_ref()?.get(GUESS.place)
}

/// The guess and the price.
pub fn numbers(house: &Experiment) -> (f64, f64) {
    let read = |at: At| house.inputs.get(at.input).and_then(|it| it.get(at.place)).unwrap_or(f64::NAN);
    (read(GUESS), read(PRICE))
}

/// Whether the guess is above the price.
pub fn is_over(house: &Experiment) -> bool {
    let (guess, price) = numbers(house);
    guess > price
}

/// What the chart shows. It stays where it was while both numbers are well inside.
pub fn window(house: &Experiment, last: Option<&Window>) -> Window {
    let (guess, price) = numbers(house);
    let shows = |window: &Window| [guess, price].into_iter().all(|it| window.is_in_middle(it, 0.9));
    if let Some(last) = last.filter(|it| shows(it)) {
        return *last;
    }
    let around = |middle: f64, reach: f64| Window::new((middle - reach, middle + reach), (0.0, HEIGHT));
    let usual = around(price.round(), REACH);
    if shows(&usual) {
        return usual;
    }
    let apart = (guess - price).abs();
    around(((guess + price) / 2.0).round(), (apart * 0.7).ceil().max(REACH))
}

/// Units of $100k as one reads a price: `$300k`.
pub fn money(x: f64) -> String {
    let thousands = (x * 1e3).round() / 10.0;
    match number::brief(thousands).strip_prefix('−') {
        Some(digits) => format!("−${digits}k"),
        None => format!("${}k", number::brief(thousands)),
    }
}

/// Reads a price as people write it, in units of $100k: `350`, `$350k`, `350,000`, `0.35M`.
///
/// # Errors
/// A sentence for the reader.
pub fn read_money(text: &str) -> Result<f64, String> {
    let plain: String = text.chars().filter(|it| !it.is_whitespace() && *it != ',' && *it != '$').collect();
    let plain = plain.to_ascii_lowercase();
    let (digits, thousands) = match (plain.strip_suffix('k'), plain.strip_suffix('m')) {
        (Some(digits), _) => (digits, Some(1.0)),
        (_, Some(digits)) => (digits, Some(1000.0)),
        _ => (plain.as_str(), None),
    };
    let number = number::parse(digits)?;
    if !number.is_finite() {
        return Err("a price is a number of dollars".to_owned());
    }
    // Without a unit, 350 can only mean thousands, and 350000 only dollars.
    let thousands = thousands.unwrap_or(if number.abs() < 10_000.0 { 1.0 } else { 1e-3 });
    Ok(number * thousands / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(name: &str) -> Experiment {
        house(Loss::find(name).unwrap())
    }

    /// The design's numbers: losses 2, 4 and 1.5 and gradients −1, −4 and −1 of an error of 2.
    #[test]
    fn three_losses_say_three_things() {
        let expected = [(2.0, -1.0), (4.0, -4.0), (1.5, -1.0)];
        for (name, (loss, gradient)) in LOSSES.into_iter().zip(expected) {
            let house = open(name);
            assert_eq!(house.evaluate().unwrap().output.get(0), Some(loss), "{name}");
            assert_eq!(Step::of(&house, RATE).unwrap().gradient, gradient, "{name}");
        }
    }

    /// By hand: each step of MSE leaves 0.8 of the error, so 3, 3.4, 3.72, 3.976, 4.1808.
    #[test]
    fn steps_go_downhill() {
        let house = open(FIRST);
        for (got, want) in steps(&house, RATE, 4).into_iter().zip([3.4, 3.72, 3.976, 4.1808]) {
            assert!((got - want).abs() < 1e-12, "{got}");
        }
        assert_eq!(Step::of(&house, RATE).unwrap().arithmetic(), "new = 3 − 0.1 × (−4) = 3.4");
    }

    /// L1 takes steps of one length, so at rate 0.3 it ends up rattling between 4.8 and 5.1.
    #[test]
    fn too_long_a_step_rattles() {
        let places = steps(&open(LOSSES[0]), 0.3, 12);
        for (got, want) in places.iter().rev().zip([4.8, 5.1, 4.8, 5.1]) {
            assert!((got - want).abs() < 1e-9, "{places:?}");
        }
    }

    #[test]
    fn learning_stops_on_the_price_or_far_away() {
        let house = open(FIRST);
        assert_eq!(stop(&house), None);
        assert_eq!(stop(&house.with_number(GUESS, 5.0001)), Some(Stop::OnTarget));
        assert_eq!(stop(&house.with_number(GUESS, -2e6)), Some(Stop::TooFar));
        assert_eq!(stop(&house.with_number(GUESS, f64::NAN)), Some(Stop::TooFar));
    }

    #[test]
    fn the_chart_stays_until_something_leaves_it() {
        let house = open(FIRST);
        let first = window(&house, None);
        assert_eq!(first.x(), (1.0, 9.0));
        assert_eq!(window(&house.with_number(PRICE, 8.0), Some(&first)), first);
        assert_eq!(window(&house.with_number(PRICE, 2.0), Some(&first)), first);
        let moved = window(&house.with_number(PRICE, 30.0), Some(&first));
        assert!(moved.is_in_middle(3.0, 0.9) && moved.is_in_middle(30.0, 0.9), "{moved:?}");
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        for text in ["350", "$350k", "350,000", " 0.35 M", "350K", "$ 350 000"] {
            assert_eq!(read_money(text), Ok(3.5), "{text}");
        }
        assert!(read_money("much").is_err());
        assert!(read_money("inf").is_err());
        assert_eq!(
            (money(3.0), money(3.976), money(-0.5)),
            ("$300k".into(), "$397.6k".into(), "−$50k".into())
        );
    }
}
