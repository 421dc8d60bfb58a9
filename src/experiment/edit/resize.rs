//! Tensors of another size, and rows that stay distributions.

use crate::loss::numeric::{log_softmax, sum};
use crate::loss::tensor::{Data, Tensor, count};

/// How far the shares of a row may be from adding up to one: printed with four digits, they often are.
const NEARLY: f64 = 1e-3;

/// The tensor cut along an axis, or lengthened by repeating its last entries; `filler` where there are none.
pub fn resize(tensor: &Tensor, axis: usize, size: usize, filler: f64) -> Tensor {
    let Some(old) = tensor.shape().get(axis).copied() else { return tensor.clone() };
    let mut shape = tensor.shape().to_vec();
    if let Some(slot) = shape.get_mut(axis) {
        *slot = size;
    }
    let inner: usize = tensor.shape().iter().skip(axis + 1).product();
    let outer: usize = tensor.shape().iter().take(axis).product();
    let source = |o: usize, k: usize, i: usize| {
        let last = old.checked_sub(1)?;
        Some((o * old + k.min(last)) * inner + i)
    };
    let places =
        (0..outer).flat_map(move |o| (0..size).flat_map(move |k| (0..inner).map(move |i| source(o, k, i))));
    gathered(tensor, &shape, places, filler)
}

/// The tensor in another shape: along each axis as `resize` does, or, with other axes, its entries in order,
/// the last one repeated.
pub fn fit(tensor: &Tensor, shape: &[usize], filler: f64) -> Tensor {
    if tensor.dim() == shape.len() {
        let resized = |tensor: Tensor, (axis, size): (usize, &usize)| resize(&tensor, axis, *size, filler);
        return shape.iter().enumerate().fold(tensor.clone(), resized);
    }
    let last = tensor.len().checked_sub(1);
    let places = (0..count(shape).unwrap_or(0)).map(|it| last.map(|last| it.min(last)));
    gathered(tensor, shape, places, filler)
}

/// Entries of a tensor in a new order and shape; a place that is not there holds the filler.
fn gathered(
    tensor: &Tensor,
    shape: &[usize],
    places: impl Iterator<Item = Option<usize>>,
    filler: f64,
) -> Tensor {
    let made = match tensor.data() {
        Data::Float(values) => {
            let entry = |it: Option<usize>| it.and_then(|it| values.get(it).copied()).unwrap_or(filler);
            Tensor::new(shape, places.map(entry).collect())
        }
        Data::Int(values) => {
            let entry =
                |it: Option<usize>| it.and_then(|it| values.get(it).copied()).unwrap_or(filler as i64);
            Tensor::int(shape, places.map(entry).collect())
        }
    };
    made.unwrap_or_default().to(tensor.dtype())
}

/// The tensor with every row along an axis a distribution again, where that row was one before: of
/// probabilities, or of their logarithms.
pub fn renormalise(tensor: &Tensor, before: &Tensor, axis: usize) -> Tensor {
    let mut was = rows(before, axis).into_iter();
    along(tensor, axis, |row| {
        let before = was.next().unwrap_or_default();
        let total = sum(row);
        if adds_up(&before) && before.iter().all(|it| *it >= 0.0) {
            let even = 1.0 / row.len().max(1) as f64;
            row.iter().map(|it| if total > 0.0 { it / total } else { even }).collect()
        } else if adds_up(&shares(&before)) {
            let normalised = log_softmax(row);
            let even = -(row.len().max(1) as f64).ln();
            // All of it may have been on the class that is gone.
            if normalised.iter().any(|it| it.is_nan()) { vec![even; row.len()] } else { normalised }
        } else {
            row.to_vec()
        }
    })
}

/// The gradient of the scores that a log-softmax made rows of, from that of the rows: g − eˣ Σ g. Of a row that is no
/// distribution there are no such scores: its gradient stays.
pub fn gradient_of_scores(logs: &Tensor, gradient: &Tensor, axis: usize) -> Tensor {
    let mut rows_of = rows(logs, axis).into_iter().map(|it| shares(&it));
    along(gradient, axis, |row| match rows_of.next() {
        Some(shares) if adds_up(&shares) => {
            let total = sum(row);
            row.iter().zip(&shares).map(|(it, share)| it - share * total).collect()
        }
        _ => row.to_vec(),
    })
}

fn shares(logs: &[f64]) -> Vec<f64> {
    logs.iter().map(|it| it.exp()).collect()
}

fn adds_up(shares: &[f64]) -> bool {
    (sum(shares) - 1.0).abs() < NEARLY
}

/// The tensor with a function applied to every row along an axis.
pub fn along(tensor: &Tensor, axis: usize, mut function: impl FnMut(&[f64]) -> Vec<f64>) -> Tensor {
    let mut changed = tensor.clone();
    let (size, inner) = (tensor.shape().get(axis).copied().unwrap_or(1), inner(tensor, axis));
    for (k, row) in rows(tensor, axis).into_iter().enumerate() {
        let start = k / inner * inner * size + k % inner;
        for (place, value) in function(&row).into_iter().enumerate() {
            changed.set(start + place * inner, value);
        }
    }
    changed
}

/// The rows along an axis.
fn rows(tensor: &Tensor, axis: usize) -> Vec<Vec<f64>> {
    let (size, inner) = (tensor.shape().get(axis).copied().unwrap_or(1), inner(tensor, axis));
    let values = tensor.floats();
    let count = tensor.len().checked_div(size).unwrap_or(0);
    let start = |k: usize| k / inner * inner * size + k % inner;
    let row = |k: usize| (0..size).filter_map(|it| values.get(start(k) + it * inner).copied()).collect();
    (0..count).map(row).collect()
}

fn inner(tensor: &Tensor, axis: usize) -> usize {
    tensor.shape().iter().skip(axis + 1).product::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> Tensor {
        Tensor::new([2, 2], vec![0.5, 0.5, 0.75, 0.25]).unwrap_or_default()
    }

    #[test]
    fn the_last_entries_are_repeated() {
        assert_eq!(resize(&matrix(), 1, 3, 0.0).floats().as_ref(), [0.5, 0.5, 0.5, 0.75, 0.25, 0.25]);
        assert_eq!(resize(&matrix(), 0, 1, 0.0).floats().as_ref(), [0.5, 0.5]);
        let empty = Tensor::new([0, 2], vec![]).unwrap_or_default();
        assert_eq!(resize(&empty, 0, 1, 7.0).floats().as_ref(), [7.0, 7.0]);
        assert_eq!(fit(&matrix(), &[5], 0.0).floats().as_ref(), [0.5, 0.5, 0.75, 0.25, 0.25]);
        assert_eq!(fit(&Tensor::scalar(3.0), &[2], 0.0).floats().as_ref(), [3.0, 3.0]);
    }

    #[test]
    fn rows_stay_distributions() {
        let grown = renormalise(&resize(&matrix(), 1, 3, 0.0), &matrix(), 1);
        assert_eq!(grown.floats().as_ref(), [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.6, 0.2, 0.2]);
        let logs = Tensor::vector([0.75_f64.ln(), 0.25_f64.ln()]);
        let cut = renormalise(&resize(&logs, 0, 1, 0.0), &logs, 0);
        assert_eq!(cut.floats().as_ref(), [0.0]);
        let certain = Tensor::vector([0.0, 0.0, 1.0]);
        let cut = renormalise(&resize(&certain, 0, 2, 0.0), &certain, 0);
        assert_eq!(cut.floats().as_ref(), [0.5, 0.5]);
        let raw = Tensor::vector([3.0, 4.0]);
        assert_eq!(renormalise(&raw, &raw, 0), raw);
    }
}
