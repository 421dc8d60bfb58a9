//! What PyTorch computes in silence and should perhaps not have: said beside the numbers, computed all the same.

use super::{Experiment, number};
use crate::loss::spec::{Domain, Family};
#[cfg(not(feature = "without-late"))]
use crate::loss::spec::{Input, Param};
use crate::loss::tensor::Tensor;

impl Experiment {
    /// One sentence for each input that holds what its loss was not made for, naming the first such number.
    pub fn notes(&self) -> Vec<String> {
        let inputs = self.loss.spec.inputs.iter().zip(&self.inputs);
        #[cfg(not(feature = "without-late"))]
        let first = self.below_zero();
        #[cfg(feature = "without-late")]
        let first = Vec::new();
        let compares = matches!(self.loss.spec.family, Family::Rowwise | Family::Tagged);
        let notes = inputs.filter_map(|(input, tensor)| {
            #[cfg(not(feature = "without-late"))]
            if input.domain == Domain::Side {
                return turned(input, tensor);
            }
            if input.domain.is_labels() {
                return lists(input.id, tensor);
            }
            let floats = tensor.floats();
            if input.domain == Domain::Real && compares && floats.iter().any(|it| it.is_nan()) {
                return Some(format!(
                    "{} holds nan: PyTorch leaves out each comparison with it, in silence.",
                    input.id
                ));
            }
            let wanted = wanted(input.domain).filter(|_| tensor.dtype().is_float())?;
            let odd = floats.iter().copied().find(|it| !fits(input.domain, *it))?;
            Some(format!(
                "{} holds {}: it should be {wanted}. PyTorch does not check, and computes this in silence.",
                input.id,
                number::show(odd)
            ))
        });
        first.into_iter().chain(notes).collect()
    }

    /// What arguments of functions mean below 0, where their sliders do not reach.
    #[cfg(not(feature = "without-late"))]
    fn below_zero(&self) -> Vec<String> {
        let spec = self.loss.spec;
        let note = |param: &Param| {
            let value = self.args.get(param.id)?.real().filter(|it| *it < 0.0)?;
            Some(format!("{} is {}. {}", param.id, number::show(value), param.doc))
        };
        if spec.group.is_of_functions() { spec.params.iter().filter_map(note).collect() } else { Vec::new() }
    }
}

/// The first box whose sides are the wrong way round.
#[cfg(not(feature = "without-late"))]
fn turned(input: &Input, tensor: &Tensor) -> Option<String> {
    let sides = tensor.floats();
    let boxes = sides.chunks(4).filter_map(|it| <[f64; 4]>::try_from(it).ok());
    let (low, high, names) = boxes
        .flat_map(|[x1, y1, x2, y2]| [(x1, x2, ["x1", "x2"]), (y1, y2, ["y1", "y2"])])
        .find(|it| it.1 < it.0)?;
    let [first, second] = names;
    Some(format!(
        "{} has {first} = {} and {second} = {}: {second} should be larger. torchvision does not check, and computes with a \
         size below 0 in silence.",
        input.id,
        number::show(low),
        number::show(high)
    ))
}

/// What PyTorch reads otherwise than it may be meant, in the first list that is such.
fn lists(id: &str, lists: &Tensor) -> Option<String> {
    let width = lists.shape().last().copied().unwrap_or(1).max(1);
    lists.ints()?.chunks(width).enumerate().find_map(|(row, list)| {
        let (read, rest) = list.split_at(list.iter().position(|it| *it < 0).unwrap_or(list.len()));
        let twice = read.iter().enumerate().find(|(place, it)| read.iter().take(*place).any(|other| other == *it));
        let behind = rest.iter().find(|it| **it >= 0);
        match (twice, behind) {
            (Some((_, label)), _) => {
                Some(format!("{id} lists {label} twice in row {row}: PyTorch counts it twice, in silence."))
            }
            (_, Some(label)) => Some(format!(
                "{id} holds {label} behind a −1 in row {row}: PyTorch reads no further than the first −1, in silence."
            )),
            _ if read.is_empty() => {
                Some(format!("{id} names no class in row {row}: its loss is 0, whatever the scores."))
            }
            _ => None,
        }
    })
}

/// What numbers of a domain should be, where PyTorch accepts others.
fn wanted(domain: Domain) -> Option<&'static str> {
    match domain {
        Domain::Sign => Some("1 or −1"),
        Domain::Probability => Some("a probability, from 0 to 1"),
        Domain::LogProbability => Some("a log-probability, at most 0"),
        Domain::Count => Some("a count, 0 or more"),
        Domain::Distance => Some("a distance, 0 or more"),
        _ => None,
    }
}

fn fits(domain: Domain, x: f64) -> bool {
    match domain {
        Domain::Sign => x == 1.0 || x == -1.0,
        Domain::Probability => (0.0..=1.0).contains(&x),
        Domain::LogProbability => x <= 0.0,
        Domain::Count | Domain::Distance => x >= 0.0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::experiment::address::{Route, example, read};
    use crate::experiment::{At, Experiment};
    use crate::loss::spec::Domain;
    use crate::loss::torch::LOSSES;

    #[test]
    fn no_example_needs_a_note() {
        for loss in LOSSES {
            assert_eq!(example(loss).notes(), Vec::<String>::new(), "{}", loss.spec.torch);
        }
    }

    #[test]
    fn lists_that_are_read_otherwise_are_said() {
        for (query, said) in [
            ("MultiLabelMarginLoss?input=1,2,3&target=1,0,1", "target lists 1 twice in row 0"),
            (
                "MultiLabelMarginLoss?input=1,2,3;1,2,3&target=1,-1,-1;0,-1,2",
                "target holds 2 behind a −1 in row 1",
            ),
            ("MultiLabelMarginLoss?input=1,2,3&target=-1,-1,-1", "target names no class in row 0"),
            ("MultiMarginLoss?input=1,nan,3&target=0", "input holds nan"),
            ("MultiLabelSoftMarginLoss?input=1,2&target=1,-1", "target holds -1: it should be a probability"),
        ] {
            let Route::Loss(state) = read(query).route else { panic!("{query}") };
            assert!(
                matches!(&*state.notes(), [note] if note.starts_with(said)),
                "{query} {:?}",
                state.notes()
            );
        }
    }

    #[test]
    fn a_box_the_wrong_way_round_is_said() {
        let boxes = LOSSES.iter().filter(|it| it.spec.inputs.iter().all(|it| it.domain == Domain::Side));
        let mut said = 0;
        for loss in boxes {
            // Of the first box, x2.
            let odd = example(loss).with_number(At { input: 0, place: 2 }, -1.0);
            let note = odd.notes().concat();
            assert!(note.starts_with("boxes1 has x1 = 16 and x2 = -1: x2 should be larger."), "{note}");
            said += 1;
        }
        assert_eq!(said, 3);
    }

    #[test]
    fn an_alpha_of_minus_one_is_said() {
        let focal = LOSSES.iter().find(|it| it.spec.param("alpha").is_some()).unwrap();
        let off = example(focal).with_arg(focal.spec.param("alpha").unwrap(), (-1.0).into());
        let note = off.notes().concat();
        assert_eq!(note, "alpha is -1. The weight of yes; no gets the rest of 1. At −1 neither is weighted.");
    }

    #[test]
    fn a_label_of_0_among_signs_is_said() {
        let mut said = 0;
        for loss in LOSSES {
            let Some(input) = loss.spec.inputs.iter().position(|it| it.domain == Domain::Sign) else {
                continue;
            };
            let odd: Experiment = example(loss).with_number(At { input, place: 0 }, 0.0);
            assert!(odd.notes().iter().any(|it| it.starts_with("target holds 0: it should be 1 or −1.")));
            said += 1;
        }
        assert!(said > 0);
    }
}
