//! The true classes of a row, whichever way its target says them: one index, a list up to the first −1, or a number
//! for each class.

use super::picture::Row;
use super::{At, Experiment};
use crate::loss::spec::Domain;
use crate::loss::tensor::Tensor;

/// What stands in a list behind its last label.
const END: i64 = -1;

/// The classes of a list, in its order, up to the first number below 0, as PyTorch reads it.
fn listed(list: &[i64]) -> impl Iterator<Item = usize> {
    list.iter().map_while(|it| usize::try_from(*it).ok())
}

/// A list of that width.
fn list(labels: impl IntoIterator<Item = usize>, width: usize) -> impl Iterator<Item = i64> {
    labels.into_iter().map(|it| it as i64).chain(std::iter::repeat(END)).take(width)
}

/// The list of one label, without a batch axis.
pub fn only(label: usize, width: usize) -> Tensor {
    Tensor::int([width], list([label], width).collect()).unwrap_or_default()
}

/// Lists of labels for another number of classes: those that are gone leave their list.
pub fn resize(lists: &Tensor, classes: usize) -> Tensor {
    let width = lists.shape().last().copied().unwrap_or(1);
    let rows = lists.ints().unwrap_or_default().chunks(width.max(1));
    let resized = rows.flat_map(|it| list(listed(it).filter(|it| *it < classes), classes));
    let mut shape = lists.shape().to_vec();
    shape.iter_mut().next_back().into_iter().for_each(|it| *it = classes);
    Tensor::int(shape, resized.collect()).unwrap_or_default()
}

/// Rows of a 0 or 1 for each class as lists.
pub fn lists(marks: &Tensor) -> Tensor {
    let width = marks.shape().last().copied().unwrap_or(1);
    let values = marks.floats();
    let rows = values.chunks(width.max(1)).flat_map(|row| {
        let is_true = row.iter().enumerate().filter(|it| *it.1 > 0.5);
        list(is_true.map(|it| it.0).collect::<Vec<_>>(), row.len())
    });
    Tensor::int(marks.shape(), rows.collect()).unwrap_or_default()
}

/// Lists as rows of a 0 or 1 for each class.
pub fn marks(lists: &Tensor) -> Tensor {
    let width = lists.shape().last().copied().unwrap_or(1);
    let mut marks = Tensor::zeros_in(None, lists.shape());
    for (row, list) in lists.ints().unwrap_or_default().chunks(width.max(1)).enumerate() {
        for label in listed(list).filter(|it| *it < width) {
            marks.set(row * width + label, 1.0);
        }
    }
    marks
}

impl Experiment {
    /// Whether a class of a row is true: more so than not where the target is a number for each.
    pub fn is_true(&self, row: Row, class: usize) -> bool {
        let Some(target) = self.inputs.get(1) else { return false };
        match self.domain(1) {
            Domain::Labels => self.list(row).contains(&class),
            Domain::Class => target.get(row.index) == Some(class as f64),
            _ => target.get(row.at(1, class).place).is_some_and(|it| it > 0.5),
        }
    }

    /// The list of a row's labels.
    pub fn list(&self, row: Row) -> Vec<usize> {
        let lists = self.inputs.get(1).and_then(Tensor::ints).unwrap_or_default();
        lists.chunks(row.width).nth(row.index).map(|it| listed(it).collect()).unwrap_or_default()
    }

    /// The same state with a class of a row made true, or false where it was true; where only one can be true, it is
    /// that one.
    pub fn toggled(&self, row: Row, class: usize) -> Self {
        let is_true = self.is_true(row, class);
        match self.domain(1) {
            Domain::Class => self.with_number(At { input: 1, place: row.index }, class as f64),
            Domain::Labels => {
                let mut labels = self.list(row);
                labels.retain(|it| *it != class);
                // In the order of the classes, unless the reader has one of their own.
                let place = labels.iter().rposition(|it| *it < class).map_or(0, |it| it + 1);
                if !is_true {
                    labels.insert(place, class);
                }
                let mut next = self.clone();
                if let Some(target) = next.inputs.get_mut(1) {
                    for (column, label) in list(labels, row.width).enumerate() {
                        target.set(row.at(1, column).place, label as f64);
                    }
                }
                next
            }
            _ => self.with_number(row.at(1, class), if is_true { 0.0 } else { 1.0 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists_of(rows: [[i64; 4]; 2]) -> Tensor {
        Tensor::int([2, 4], rows.concat()).unwrap_or_default()
    }

    #[test]
    fn a_list_ends_at_its_first_minus_one() {
        let tensor = lists_of([[3, 0, -1, 2], [-1, 1, 1, 1]]);
        assert_eq!(marks(&tensor).floats().as_ref(), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(lists(&marks(&tensor)), lists_of([[0, 3, -1, -1], [-1; 4]]));
    }

    #[test]
    fn classes_that_are_gone_leave_the_list() {
        let less = resize(&lists_of([[3, 0, 1, 2], [2, -1, -1, -1]]), 3);
        assert_eq!((less.shape(), less.ints()), (&[2, 3][..], Some(&[0, 1, 2, 2, -1, -1][..])));
        let more = resize(&lists_of([[3, 0, 1, 2], [2, -1, -1, -1]]), 5);
        assert_eq!(more.ints(), Some(&[3, 0, 1, 2, -1, 2, -1, -1, -1, -1][..]));
    }

    #[test]
    fn a_label_comes_and_goes() {
        use crate::experiment::address::{Route, read};
        for (address, there, gone) in [
            ("MultiLabelMarginLoss?input=1,2,3&target=2,0,-1", "2,0,1", "2,-1,-1"),
            ("MultiLabelSoftMarginLoss?input=1,2,3&target=1,0,1", "1,1,1", "0,0,1"),
            ("MultiMarginLoss?input=1,2,3&target=0", "1", "0"),
        ] {
            let Route::Loss(state) = read(address).route else { panic!("{address}") };
            let row = Row::of(&state);
            assert!(state.is_true(row, 0) && !state.is_true(row, 1));
            let target = |it: Experiment| crate::experiment::address::write(&it);
            let (there, gone) = (format!("target={there}"), format!("target={gone}"));
            assert!(
                target(state.toggled(row, 1)).contains(&there),
                "{address} {}",
                target(state.toggled(row, 1))
            );
            assert!(target(state.toggled(row, 0)).contains(&gone), "{address}");
        }
    }
}
