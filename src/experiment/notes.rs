//! What PyTorch computes in silence and should perhaps not have: said beside the numbers, computed all the same.

use super::{Experiment, number};
use crate::loss::spec::{Domain, Family};
#[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
use crate::loss::{
    spec::{Input, Param},
    tensor::Tensor,
    torch::TripletMarginWithDistance,
    triplet::Measure,
};

impl Experiment {
    /// One sentence for each input that holds what its loss was not made for, naming the first such number, and one for
    /// a margin that no angle reaches.
    pub fn notes(&self) -> Vec<String> {
        #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
        if self.compares_angles() {
            let angles = [self.without_direction(), self.margin_out_of_reach()];
            return self.odd_numbers().into_iter().chain(angles.into_iter().flatten()).collect();
        }
        self.odd_numbers()
    }

    /// Whether only the directions of its vectors count.
    #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
    fn compares_angles(&self) -> bool {
        match self.loss.spec.family {
            Family::Pair => self.loss.spec.inputs.iter().any(|it| it.domain == Domain::Sign),
            Family::Triplet => TripletMarginWithDistance::measure(&self.args) == Ok(Measure::Cosine),
            _ => false,
        }
    }

    #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
    fn without_direction(&self) -> Option<String> {
        let vectors = |it: &(&Input, &Tensor)| it.0.domain == Domain::Real;
        let odd = |it: &(&Input, &Tensor)| {
            let width = it.1.shape().last().copied().unwrap_or(1).max(1);
            it.1.floats().chunks(width).any(|vector| vector.iter().all(|x| *x == 0.0))
        };
        let (input, _) = self.loss.spec.inputs.iter().zip(&self.inputs).filter(vectors).find(odd)?;
        Some(format!(
            "{} holds a vector of zeros, which has no direction: PyTorch takes its cosine with any other for 0, in silence.",
            input.id
        ))
    }

    #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
    fn margin_out_of_reach(&self) -> Option<String> {
        let margin = self.args.real(self.loss.spec.param("margin")?).ok()?;
        let why = match self.loss.spec.family {
            Family::Pair if margin >= 1.0 => "no cosine is above 1, so a different pair never costs anything",
            Family::Pair if margin < -1.0 => {
                "no cosine is below −1, so a different pair always costs something"
            }
            Family::Triplet if margin > 2.0 => {
                "distances of angles end at 2, so that no triplet is ever free of cost"
            }
            _ => return None,
        };
        Some(format!("margin is {}: {why}. PyTorch does not check.", number::show(margin)))
    }

    fn odd_numbers(&self) -> Vec<String> {
        let inputs = self.loss.spec.inputs.iter().zip(&self.inputs);
        #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
        let first = self.below_zero();
        #[cfg(all(feature = "without-late", feature = "without-beyond"))]
        let first = Vec::new();
        let compares = matches!(self.loss.spec.family, Family::Rowwise | Family::Tagged);
        let notes = inputs.filter_map(|(input, tensor)| {
            #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
            if input.domain == Domain::Side {
                return turned(input, tensor);
            }
            #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
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
    #[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
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
#[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
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
#[cfg(not(all(feature = "without-late", feature = "without-beyond")))]
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

    /// What is said of an address, in one line.
    fn said(address: &str) -> String {
        let read = crate::experiment::address::read(address);
        match read.route {
            crate::experiment::address::Route::Loss(state) => state.notes().join(" "),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn angles_of_nothing_and_margins_beyond_them_are_said() {
        let pair =
            |more: &str| said(&format!("/CosineEmbeddingLoss?input1=1,0&input2=0.6,0.8&target=-1{more}"));
        assert_eq!(pair(""), "");
        assert!(pair("&margin=1").starts_with("margin is 1: no cosine is above 1"));
        assert!(pair("&margin=-1.5").starts_with("margin is -1.5: no cosine is below −1"));
        assert_eq!(pair("&margin=-1"), "");
        let zeros = said("/CosineEmbeddingLoss?input1=1,0&input2=0,0&target=-1");
        assert!(zeros.starts_with("input2 holds a vector of zeros"));

        let faces = |anchor: &str, more: &str| {
            said(&format!(
                "/TripletMarginWithDistanceLoss?anchor={anchor}&positive=1,1&negative=0,1&distance_function={more}"
            ))
        };
        assert!(faces("0,0", "cosine").starts_with("anchor holds a vector of zeros"));
        assert!(faces("1,0", "cosine&margin=2.5").starts_with("margin is 2.5: distances of angles end at 2"));
        for fine in [faces("1,0", "cosine&margin=2"), faces("0,0", "manhattan&margin=2.5")] {
            assert_eq!(fine, "");
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
