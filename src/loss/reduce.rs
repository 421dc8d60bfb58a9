//! Reduction: the only place that divides by n.

use super::call::Reduction;
use super::evaluation::Units;
use super::numeric::sum;
use super::tensor::Tensor;

/// The divisor of a reduction by count.
pub fn by_count(reduction: Reduction, count: usize) -> Option<f64> {
    (reduction == Reduction::Mean).then_some(count as f64)
}

/// The divisor of a reduction by the sum of the units' weights.
pub fn by_weight(reduction: Reduction, weights: &[f64]) -> Option<f64> {
    (reduction == Reduction::Mean).then(|| sum(weights))
}

/// What the gradient of every unit is multiplied by.
pub fn upstream(divisor: Option<f64>) -> f64 {
    divisor.map_or(1.0, |it| 1.0 / it)
}

/// The output of the units: themselves for reduction none, otherwise one number.
///
/// A mean over lengths divides each unit by its own length first (CTCLoss); a mixture of two means divides
/// each part separately, as PyTorch does for smoothed labels, so that 0/0 stays NaN.
pub fn output(reduction: Reduction, units: &Units) -> Tensor {
    if reduction == Reduction::None {
        return Tensor::new(units.shape.clone(), units.values.clone()).unwrap_or_default();
    }
    let divide = |total: f64| units.divisor.map_or(total, |it| total / it);
    Tensor::scalar(match &units.parts {
        Some(parts) => parts.iter().map(|(share, terms)| share * divide(sum(terms))).sum(),
        None => divide(dividend(units)),
    })
}

/// The sum that is divided.
pub fn dividend(units: &Units) -> f64 {
    match units.lengths.as_deref().filter(|_| units.divisor.is_some()) {
        Some(lengths) => sum(&units.values.iter().zip(lengths).map(|(it, by)| it / by).collect::<Vec<_>>()),
        None => sum(&units.values),
    }
}

/// What one unit's loss is multiplied by on its way into the output.
pub fn share(units: &Units, unit: usize) -> f64 {
    let at = |list: &Option<Vec<f64>>| list.as_ref().and_then(|it| it.get(unit).copied());
    match units.divisor {
        Some(divisor) => 1.0 / divisor / at(&units.lengths).unwrap_or(1.0),
        None => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(values: &[f64], divisor: Option<f64>) -> Units {
        Units { values: values.to_vec(), shape: vec![values.len()], divisor, ..Units::default() }
    }

    #[test]
    fn an_empty_mean_is_nan_and_an_empty_sum_is_zero() {
        assert!(
            output(Reduction::Mean, &units(&[], by_count(Reduction::Mean, 0)))
                .get(0)
                .is_some_and(f64::is_nan)
        );
        assert_eq!(output(Reduction::Sum, &units(&[], by_count(Reduction::Sum, 0))), Tensor::scalar(0.0));
    }

    #[test]
    fn lengths_divide_only_a_mean() {
        let mut batch = units(&[6.0, 4.0], Some(2.0));
        batch.lengths = Some(vec![3.0, 4.0]);
        assert_eq!(output(Reduction::Mean, &batch), Tensor::scalar(1.5));
        batch.divisor = None;
        assert_eq!(output(Reduction::Sum, &batch), Tensor::scalar(10.0));
    }

    #[test]
    fn parts_are_divided_separately() {
        let mut batch = units(&[1.0], Some(0.0));
        batch.parts = Some([(0.9, vec![0.0]), (0.1, vec![1.0])]);
        assert!(output(Reduction::Mean, &batch).get(0).is_some_and(f64::is_nan));
    }
}
