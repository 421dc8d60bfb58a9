//! Random numbers by their call: `randn(0, 3, 5)` is `torch.manual_seed(0); torch.randn(3, 5)`, digit for digit.

use super::Experiment;
use super::layout::within_bounds;
use super::number::{parse, quoted};
use crate::loss::numeric::{log_softmax, sigmoid, softmax};
use crate::loss::spec::Domain;
use crate::loss::tensor::{Tensor, count};
use crate::random::Generator;

/// What can be called, and which of its arguments come before the shape: the seed first.
const CALLS: [(&str, usize); 3] = [("randn(", 1), ("rand(", 1), ("randint(", 3)];

/// Reads such a call, with `torch.` in front or not, and a softmax, a log-softmax or a sigmoid of it; `None` where the
/// text is none.
pub fn read(text: &str) -> Option<Result<Tensor, String>> {
    let text = text.trim();
    let text = text.strip_prefix("torch.").unwrap_or(text);
    let (name, fixed) = CALLS.into_iter().find(|it| text.starts_with(it.0))?;
    let (inside, after) = text.strip_prefix(name)?.split_once(')')?;
    Some(draw(name, fixed, inside).and_then(|drawn| passed(drawn, after.trim())))
}

fn draw(name: &str, fixed: usize, inside: &str) -> Result<Tensor, String> {
    let mut numbers = Vec::new();
    for text in inside.split(',') {
        let number = parse(text)?;
        // Beyond it not every whole number is a double.
        if number.trunc() != number || number.abs() > 9e15 {
            return Err(format!("{} is not a whole number", quoted(text.trim())));
        }
        numbers.push(number as i64);
    }
    let (Some(seed), Some(ends), Some(sizes)) =
        (numbers.first(), numbers.get(1..fixed), numbers.get(fixed..))
    else {
        return Err(format!(
            "{name}…) takes a seed first: {name}0, {})",
            if fixed > 1 { "0, 5, 3" } else { "3, 5" }
        ));
    };
    let sizes = sizes
        .iter()
        .map(|it| usize::try_from(*it).map_err(|_| format!("a size of {it}")))
        .collect::<Result<Vec<_>, _>>()?;
    let sizes = within_bounds(sizes)?;
    let n = count(&sizes).unwrap_or(0);
    let mut generator = Generator::new(*seed as u64);
    let floats = match (name, ends) {
        ("randn(", _) => generator.randn(n),
        (_, [low, high]) => {
            let drawn = generator.randint(*low, *high, n).map_err(|it| it.message)?;
            return Ok(Tensor::int(sizes, drawn.iter().map(|it| *it as i64).collect()).unwrap_or_default());
        }
        _ => generator.rand(n),
    };
    Ok(Tensor::new(sizes, floats).unwrap_or_default())
}

/// What stands behind the call.
fn passed(drawn: Tensor, after: &str) -> Result<Tensor, String> {
    let width = drawn.shape().last().copied().unwrap_or(1).max(1);
    let rows = |of: fn(&[f64]) -> Vec<f64>| drawn.floats().chunks(width).flat_map(of).collect::<Vec<_>>();
    let values = match after.split('(').next().unwrap_or_default() {
        "" => return Ok(drawn),
        ".softmax" => rows(softmax),
        ".log_softmax" => rows(log_softmax),
        ".sigmoid" => rows(|it| it.iter().map(|it| sigmoid(*it)).collect()),
        _ => {
            return Err(format!(
                "{} is none of .softmax(-1), .log_softmax(-1) and .sigmoid()",
                quoted(after)
            ));
        }
    };
    Ok(Tensor::new(drawn.shape(), values).unwrap_or_default())
}

/// The call whose numbers suit an input, in its shape.
pub fn suggest(experiment: &Experiment, input: usize) -> String {
    let sizes: Vec<String> =
        experiment.inputs.get(input).map_or(&[][..], Tensor::shape).iter().map(usize::to_string).collect();
    let call = |front: &str, back: &str| format!("{front}0, {}){back}", sizes.join(", "));
    match experiment.loss.spec.inputs.get(input).map(|it| it.domain) {
        Some(Domain::Unit | Domain::Variance | Domain::Distance) => call("rand(", ""),
        Some(Domain::LogProbability) => call("randn(", ".log_softmax(-1)"),
        Some(Domain::Probability) => call("randn(", ".softmax(-1)"),
        _ => call("randn(", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::{example, write};
    use crate::experiment::paste;
    use crate::loss::torch::LOSSES;

    /// As PyTorch prints `torch.manual_seed(0); torch.randn(3)`, and `torch.randn(3, 5)`, whose 15 numbers begin alike.
    #[test]
    fn the_numbers_are_pytorchs() {
        for text in ["randn(0, 3)", "torch.randn(0,3)", " randn(0, 3, 5) "] {
            let drawn = read(text).unwrap().unwrap();
            let shown: Vec<String> = drawn.floats().iter().take(3).map(|it| format!("{it:.4}")).collect();
            assert_eq!(shown, ["1.5410", "-0.2934", "-2.1788"], "{text}");
        }
        assert_eq!(read("randn(0, 3, 5)").unwrap().unwrap().shape(), [3, 5]);
        assert!(read("randint(0, 0, 5, 3)").unwrap().unwrap().ints().is_some());
        let row = read("randn(1, 2, 3).log_softmax(-1)").unwrap().unwrap();
        assert!((row.floats()[..3].iter().map(|it| it.exp()).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        for (text, why) in [
            ("randn()", "type a number"),
            ("randn(x, 3)", "not a number"),
            ("randn(0, 1.5)", "not a whole number"),
            ("randn(0, -1)", "size"),
            ("randn(0, 99999999, 99999999)", ""),
            ("randint(0, 3)", "seed first"),
            ("randint(0, 5, 5, 3)", "from"),
            ("randn(0, 3).tanh()", "none of"),
        ] {
            let answer = read(text).unwrap();
            assert!(answer.clone().is_err_and(|it| it.contains(why)), "{text}: {answer:?}");
        }
        for text in ["1, 2", "[randn]", "randn", "rand 3", "tensor(1)"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_suggestion_can_be_pasted_and_is_accepted() {
        for loss in LOSSES {
            let now = example(loss);
            let pasted = paste::parse(&suggest(&now, 0)).unwrap();
            let next = crate::experiment::edit::set_input(&now, 0, pasted);
            assert!(next.is_ok_and(|it| !write(&it).is_empty()), "{}", loss.spec.torch);
        }
    }
}
