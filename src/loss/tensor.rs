//! A tensor: shape, dtype and data in row-major order, and PyTorch's broadcasting.

use std::borrow::Cow;

pub use super::dtype::Dtype;
use super::error::Error;

/// Row-major elements.
#[derive(Clone, Debug)]
pub enum Data {
    /// Of a float dtype.
    Float(Vec<f64>),
    /// Of an integer dtype, or of booleans.
    Int(Vec<i64>),
}

/// A dense tensor. Invariant: the data holds as many elements as the shape says.
///
/// Equality is that of bits, so that a NaN equals itself and an experiment can be compared.
///
/// ```
/// use losslens::loss::{Dtype, Tensor};
///
/// let matrix = Tensor::new([2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).ok_or("six numbers for six places")?;
/// assert_eq!((matrix.dim(), matrix.len(), matrix.get(5)), (2, 6, Some(6.0)));
/// // A class index is an int64; 0-d and empty tensors are tensors.
/// let labels = Tensor::int([2], vec![0, 2]).ok_or("two numbers for two places")?;
/// assert_eq!(labels.dtype(), Dtype::Int64);
/// assert!(Tensor::scalar(3.0).shape().is_empty());
/// assert_eq!(Tensor::new([2, 0], vec![]).map(|it| it.len()), Some(0));
/// // A count that does not fit is refused.
/// assert_eq!(Tensor::new([2, 2], vec![1.0]), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tensor {
    shape: Vec<usize>,
    dtype: Dtype,
    data: Data,
}

impl Default for Tensor {
    fn default() -> Self {
        Self::scalar(0.0)
    }
}

impl PartialEq for Tensor {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
            && self.dtype == other.dtype
            && match (&self.data, &other.data) {
                (Data::Float(a), Data::Float(b)) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
                }
                (Data::Int(a), Data::Int(b)) => a == b,
                _ => false,
            }
    }
}

impl Tensor {
    /// A float64 tensor of that shape, or `None` where the count does not fit.
    pub fn new(shape: impl Into<Vec<usize>>, data: Vec<f64>) -> Option<Self> {
        let shape = shape.into();
        (count(&shape)? == data.len()).then_some(Self {
            shape,
            dtype: Dtype::Float64,
            data: Data::Float(data),
        })
    }

    /// An int64 tensor of that shape, or `None` where the count does not fit.
    pub fn int(shape: impl Into<Vec<usize>>, data: Vec<i64>) -> Option<Self> {
        let shape = shape.into();
        (count(&shape)? == data.len()).then_some(Self { shape, dtype: Dtype::Int64, data: Data::Int(data) })
    }

    /// A 0-d float64 tensor.
    pub fn scalar(value: f64) -> Self {
        Self { shape: Vec::new(), dtype: Dtype::Float64, data: Data::Float(vec![value]) }
    }

    /// A 1-d float64 tensor.
    pub fn vector(values: impl Into<Vec<f64>>) -> Self {
        let values = values.into();
        Self { shape: vec![values.len()], dtype: Dtype::Float64, data: Data::Float(values) }
    }

    /// A float64 tensor of that shape, filled with whatever was in `buffer` and zeros: the caller writes all of it.
    pub fn room_in(buffer: Option<Tensor>, shape: &[usize]) -> Self {
        let mut data = match buffer.map(|it| it.data) {
            Some(Data::Float(data)) => data,
            _ => Vec::new(),
        };
        data.resize(count(shape).unwrap_or(0), 0.0);
        Self { shape: shape.to_vec(), dtype: Dtype::Float64, data: Data::Float(data) }
    }

    /// A float64 tensor of that shape, filled with zeros; its buffer is taken from `buffer`.
    pub fn zeros_in(buffer: Option<Tensor>, shape: &[usize]) -> Self {
        let mut tensor = Self::room_in(buffer, shape);
        tensor.floats_mut().fill(0.0);
        tensor
    }

    /// The same numbers as another dtype: float to int truncates, as `tensor.to` does.
    pub fn to(&self, dtype: Dtype) -> Self {
        let data = if dtype.is_float() {
            Data::Float(self.floats().into_owned())
        } else {
            match &self.data {
                Data::Int(values) => Data::Int(values.clone()),
                Data::Float(values) => Data::Int(values.iter().map(|it| *it as i64).collect()),
            }
        };
        Self { shape: self.shape.clone(), dtype, data }
    }

    /// The same data in another shape, or `None` where the count does not fit.
    pub fn reshape(&self, shape: impl Into<Vec<usize>>) -> Option<Self> {
        let shape = shape.into();
        (count(&shape)? == self.len()).then(|| Self { shape, ..self.clone() })
    }

    /// The sizes, outermost first; none for a 0-d tensor.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The element type.
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// The number of axes.
    pub fn dim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        match &self.data {
            Data::Float(values) => values.len(),
            Data::Int(values) => values.len(),
        }
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements as they are held.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The elements as floating point numbers.
    pub fn floats(&self) -> Cow<'_, [f64]> {
        match &self.data {
            Data::Float(values) => Cow::Borrowed(values),
            Data::Int(values) => Cow::Owned(values.iter().map(|it| *it as f64).collect()),
        }
    }

    /// The elements of a float tensor, to be written; empty for an int tensor.
    pub fn floats_mut(&mut self) -> &mut [f64] {
        match &mut self.data {
            Data::Float(values) => values,
            Data::Int(_) => &mut [],
        }
    }

    /// The elements of an int tensor; `None` for a float tensor.
    pub fn ints(&self) -> Option<&[i64]> {
        match &self.data {
            Data::Int(values) => Some(values),
            Data::Float(_) => None,
        }
    }

    /// One element by its place in row-major order.
    pub fn get(&self, place: usize) -> Option<f64> {
        match &self.data {
            Data::Float(values) => values.get(place).copied(),
            Data::Int(values) => values.get(place).map(|it| *it as f64),
        }
    }

    /// Writes one element by its place in row-major order; says whether the place exists.
    pub fn set(&mut self, place: usize, value: f64) -> bool {
        let slot = match &mut self.data {
            Data::Float(values) => values.get_mut(place).map(|it| *it = value),
            Data::Int(values) => values.get_mut(place).map(|it| *it = value as i64),
        };
        slot.is_some()
    }

    /// The same elements, repeated to a shape that `broadcast` gave.
    pub fn expand(&self, shape: &[usize]) -> Vec<f64> {
        let source = self.floats();
        places(&self.shape, shape).into_iter().filter_map(|it| source.get(it).copied()).collect()
    }
}

/// The number of elements of a shape, or `None` on overflow.
pub fn count(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1_usize, |total, size| total.checked_mul(*size))
}

/// Makes room for the numbers of a shape, and counts them: PyTorch's errors where there are too many.
pub fn reserve(values: &mut Vec<f64>, shape: &[usize]) -> Result<usize, Error> {
    let count = count(shape).ok_or_else(|| {
        Error::runtime(format!("Storage size calculation overflowed with sizes={}", list(shape)))
    })?;
    values.try_reserve_exact(count.saturating_sub(values.len())).map_err(|_| {
        Error::runtime(format!(
            "DefaultCPUAllocator: can't allocate memory: you tried to allocate {} bytes. Error code 12 (Cannot allocate \
             memory)",
            count as u128 * 8
        ))
    })?;
    Ok(count)
}

/// The shape that both broadcast to, by PyTorch's rule; `a` and `b` in the order that its message names. Of several
/// axes that do not fit it names the last.
pub fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>, Error> {
    let dim = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(dim).map_or(1, |it| shape[it]);
    let sizes: Result<Vec<usize>, Error> = (0..dim)
        .rev()
        .map(|axis| match (size(a, axis), size(b, axis)) {
            (x, y) if x == y => Ok(x),
            (1, y) => Ok(y),
            (x, 1) => Ok(x),
            (x, y) => Err(Error::runtime(format!(
                "The size of tensor a ({x}) must match the size of tensor b ({y}) at non-singleton dimension {axis}"
            ))),
        })
        .collect();
    sizes.map(|mut it| {
        it.reverse();
        it
    })
}

/// Whether an operation in place may write to `out` what broadcasting with `other` gives: PyTorch's errors
/// where it may not.
pub fn broadcast_in_place(out: &[usize], other: &[usize]) -> Result<(), Error> {
    let shape = broadcast(out, other)?;
    if shape == out {
        return Ok(());
    }
    Err(Error::runtime(format!(
        "output with shape {} doesn't match the broadcast shape {}",
        list(out),
        list(&shape)
    )))
}

/// For each element of `to`, its place in a tensor of shape `from`, which broadcasts to it.
pub fn places(from: &[usize], to: &[usize]) -> Vec<usize> {
    // Other sizes may be huge where one is 0.
    if to.contains(&0) {
        return Vec::new();
    }
    let skip = to.len().saturating_sub(from.len());
    let mut strides = vec![0; to.len()];
    let mut step = 1;
    for axis in (0..from.len()).rev() {
        if from[axis] != 1 {
            strides[axis + skip] = step;
        }
        step *= from[axis];
    }
    let mut result = vec![0];
    for (size, stride) in to.iter().zip(&strides) {
        result = result.iter().flat_map(|base| (0..*size).map(move |it| base + it * stride)).collect();
    }
    result
}

/// Adds up a gradient of shape `to` into the shape `from` that was broadcast to it.
pub fn sum_to(grad: &[f64], from: &[usize], to: &[usize]) -> Vec<f64> {
    let mut total = vec![0.0; count(from).unwrap_or(0)];
    for (value, place) in grad.iter().zip(places(from, to)) {
        if let Some(slot) = total.get_mut(place) {
            *slot += value;
        }
    }
    total
}

/// A shape as PyTorch prints it: `torch.Size([2, 3])`.
pub fn torch_size(shape: &[usize]) -> String {
    format!("torch.Size({})", list(shape))
}

/// A shape as a list: `[2, 3]`.
pub fn list(shape: &[usize]) -> String {
    format!("[{}]", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broadcasts_like_pytorch() {
        assert_eq!(broadcast(&[3, 1], &[4]), Ok(vec![3, 4]));
        assert_eq!(broadcast(&[2, 3], &[]), Ok(vec![2, 3]));
        assert_eq!(broadcast(&[0, 3], &[1]), Ok(vec![0, 3]));
        assert_eq!(
            broadcast(&[2, 3], &[4, 3]),
            Err(Error::runtime(
                "The size of tensor a (2) must match the size of tensor b (4) at non-singleton dimension 0"
            ))
        );
    }

    #[test]
    fn expands_and_sums_back() {
        let column = Tensor::new([2, 1], vec![1.0, 2.0]).unwrap_or_default();
        assert_eq!(column.expand(&[2, 3]), [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]);
        assert_eq!(sum_to(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 1], &[2, 3]), [6.0, 15.0]);
        assert_eq!(sum_to(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[3], &[2, 3]), [5.0, 7.0, 9.0]);
    }

    #[test]
    fn an_operation_in_place_does_not_grow_its_output() {
        assert_eq!(broadcast_in_place(&[2, 3], &[3]), Ok(()));
        assert_eq!(
            broadcast_in_place(&[1, 3], &[3, 1]),
            Err(Error::runtime("output with shape [1, 3] doesn't match the broadcast shape [3, 3]"))
        );
    }

    #[test]
    fn a_shape_that_does_not_fit_is_refused() {
        assert_eq!(Tensor::new([2, 2], vec![1.0]), None);
        assert_eq!(count(&[usize::MAX, 2]), None);
        assert_eq!(count(&[usize::MAX, 2, 0]), Some(0));
    }

    #[test]
    fn more_than_the_memory_holds_is_refused() {
        let why = |shape: &[usize]| reserve(&mut Vec::new(), shape).map_err(|it| it.message);
        assert_eq!(why(&[3, 4]), Ok(12));
        assert_eq!(why(&[usize::MAX, 2, 0]), Ok(0));
        let overflow = format!("Storage size calculation overflowed with sizes=[{}, 2]", usize::MAX);
        assert_eq!(why(&[usize::MAX, 2]), Err(overflow));
        assert!(
            why(&[1 << 59]).is_err_and(|it| it.starts_with("DefaultCPUAllocator: can't allocate memory"))
        );
    }

    #[test]
    fn nan_equals_itself() {
        assert_eq!(Tensor::scalar(f64::NAN), Tensor::scalar(f64::NAN));
    }
}
