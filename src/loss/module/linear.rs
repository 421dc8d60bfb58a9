//! A linear layer, x Wᵀ + b, forwards and backwards.

use crate::loss::error::Error;
use crate::loss::tensor::{Dtype, Tensor, torch_size};

/// The layer's parameters: a weight of shape (out, in), and perhaps a bias of shape (out).
#[derive(Clone, Copy, Debug)]
pub struct Linear<'a> {
    weight: &'a Tensor,
    bias: Option<&'a Tensor>,
}

/// The gradients of a layer: by the rows that went in, by the weight, by the bias.
#[derive(Clone, Debug)]
pub struct Slopes {
    pub rows: Vec<Vec<f64>>,
    pub weight: Tensor,
    pub bias: Option<Tensor>,
}

impl<'a> Linear<'a> {
    pub fn new(weight: &'a Tensor, bias: Option<&'a Tensor>) -> Self {
        Self { weight, bias }
    }

    /// The rows that come out for rows that go in.
    pub fn forward(self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let (weight, width) = self.parts();
        let out = self.weight.shape().first().copied().unwrap_or(0);
        let bias = |k: usize| self.bias.and_then(|it| it.get(k)).unwrap_or(0.0);
        let number = |row: &[f64], k: usize| {
            let weights = weight.get(k * width..(k + 1) * width).unwrap_or_default();
            row.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() + bias(k)
        };
        rows.iter().map(|row| (0..out).map(|k| number(row, k)).collect()).collect()
    }

    /// The gradients, given the rows that went in and the gradient by those that came out.
    pub fn backward(self, rows: &[Vec<f64>], slopes: &[Vec<f64>]) -> Slopes {
        let (weight, width) = self.parts();
        let mut by_weight = vec![0.0; weight.len()];
        let mut by_bias = vec![0.0; self.bias.map_or(0, Tensor::len)];
        let mut by_rows = Vec::with_capacity(rows.len());
        for (row, slopes) in rows.iter().zip(slopes) {
            let mut by_row = vec![0.0; width];
            for (k, slope) in slopes.iter().enumerate() {
                let span = k * width..(k + 1) * width;
                let weights = weight.get(span.clone()).unwrap_or_default();
                by_row.iter_mut().zip(weights).for_each(|(by, w)| *by += slope * w);
                let by = by_weight.get_mut(span).unwrap_or_default();
                by.iter_mut().zip(row).for_each(|(by, x)| *by += slope * x);
            }
            by_bias.iter_mut().zip(slopes).for_each(|(by, slope)| *by += slope);
            by_rows.push(by_row);
        }
        let like = |tensor: &Tensor, values| Tensor::new(tensor.shape(), values).unwrap_or_default();
        Slopes {
            rows: by_rows,
            weight: like(self.weight, by_weight),
            bias: self.bias.map(|it| like(it, by_bias)),
        }
    }

    /// PyTorch's refusals of `rows` rows of this input: of another width, and of integers. Without a bias it multiplies
    /// by another routine, which looks at the width first.
    pub fn check(self, input: &Tensor, rows: usize) -> Result<(), Error> {
        let (out, width) = match *self.weight.shape() {
            [out, width] => (out, width),
            _ => (0, 0),
        };
        let got = input.shape().last().copied().unwrap_or(0);
        let routine = if self.bias.is_some() { "addmm" } else { "mm" };
        let fits = (got == width).then_some(()).ok_or_else(|| {
            Error::runtime(format!(
                "{routine}: mat1 and mat2 shapes cannot be multiplied ({rows}x{got} and {width}x{out})"
            ))
        });
        let dtype = input.dtype();
        match self.bias {
            _ if dtype.is_float() => fits,
            Some(_) => Err(Error::runtime(format!(
                "mat1 and mat2 must have the same dtype, but got {} and {}",
                dtype.scalar_type(),
                self.weight.dtype().scalar_type()
            ))),
            None => fits.and_then(|()| {
                Err(Error::runtime(format!(
                    "expected m1 and m2 to have the same dtype, but got: {} != double",
                    if dtype == Dtype::Int64 { "long int" } else { dtype.name() }
                )))
            }),
        }
    }

    fn parts(self) -> (std::borrow::Cow<'a, [f64]>, usize) {
        (self.weight.floats(), self.weight.shape().last().copied().unwrap_or(0))
    }
}

/// PyTorch's refusal to load a parameter whose shape is not the layer's.
pub fn check_shape(name: &str, parameter: &Tensor, shape: &[usize]) -> Result<(), Error> {
    if parameter.shape() == shape {
        return Ok(());
    }
    Err(Error::runtime(format!(
        "size mismatch for {name}: copying a param with shape {} from checkpoint, the shape in current model is {}.",
        torch_size(parameter.shape()),
        torch_size(shape)
    )))
}

/// The rows of a tensor of shape (N, width) or (width).
pub fn rows(tensor: &Tensor) -> Vec<Vec<f64>> {
    let width = tensor.shape().last().copied().unwrap_or(1);
    let count = if tensor.dim() > 1 { tensor.shape().first().copied().unwrap_or(0) } else { 1 };
    let values = tensor.floats();
    (0..count).map(|it| values.get(it * width..(it + 1) * width).unwrap_or_default().to_vec()).collect()
}

/// Rows as a tensor of that shape.
pub fn stacked(rows: Vec<Vec<f64>>, shape: &[usize]) -> Tensor {
    Tensor::new(shape, rows.concat()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: (1, 2) with weights (3, 4) and bias 5 is 3 + 8 + 5; a slope of 2 goes back as 2 (3, 4), 2 (1, 2) and 2.
    #[test]
    fn forwards_and_backwards() {
        let (weight, bias) = (Tensor::new([1, 2], vec![3.0, 4.0]).unwrap(), Tensor::vector([5.0]));
        let layer = Linear::new(&weight, Some(&bias));
        let rows = [vec![1.0, 2.0]];
        assert_eq!(layer.forward(&rows), [[16.0]]);
        let slopes = layer.backward(&rows, &[vec![2.0]]);
        assert_eq!(slopes.rows, [[6.0, 8.0]]);
        assert_eq!((slopes.weight.floats()[1], slopes.bias.unwrap().get(0)), (4.0, Some(2.0)));
    }
}
