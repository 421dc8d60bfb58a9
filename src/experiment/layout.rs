//! From numbers with separators between them to the shape of a tensor, and how large one may be.

use crate::loss::spec::Family;
use crate::loss::tensor::{Tensor, count, list};

/// The most numbers that one tensor of a page may hold.
pub const MOST_NUMBERS: usize = 100_000;

/// The most numbers that tensors together may broadcast to.
const MOST_BROADCAST: usize = 20_000_000;

/// The most axes that a tensor of a page may have.
pub const MOST_AXES: usize = 8;

/// The shape of numbers that are written in order, from the separator before each number but the first:
/// 0 goes on along the last axis, 1 along the axis before it, and so on.
///
/// One number without separators has no axes. Ragged rows and too many axes are refused in words.
pub fn shape(separators: &[usize]) -> Result<Vec<usize>, String> {
    let Some(most) = separators.iter().copied().max() else { return Ok(Vec::new()) };
    if most >= MOST_AXES {
        return Err(format!("that is more than {MOST_AXES} axes"));
    }
    let mut shape = Vec::new();
    let mut inner = 1;
    for level in 0..=most {
        let block = equal_blocks(separators, level)?;
        shape.insert(0, block / inner);
        inner = block;
    }
    Ok(shape)
}

/// The number of numbers between separators above a level, which must be the same everywhere.
fn equal_blocks(separators: &[usize], level: usize) -> Result<usize, String> {
    let mut first = None;
    let mut length = 1;
    let mut row = 1;
    for separator in separators.iter().copied().chain([usize::MAX]) {
        if separator <= level {
            length += 1;
            continue;
        }
        match first {
            None => first = Some(length),
            Some(wanted) if wanted != length => {
                let block = if level == 0 { "row" } else { "block" };
                let numbers = if length == 1 { "number" } else { "numbers" };
                return Err(format!("{block} {row} has {length} {numbers} where {block} 1 has {wanted}"));
            }
            Some(_) => {}
        }
        length = 1;
        row += 1;
    }
    Ok(first.unwrap_or(1))
}

/// The separator before the number at a place of a tensor, as `shape` reads it.
pub fn separator(shape: &[usize], place: usize) -> usize {
    let mut block = 1_usize;
    let whole = |size: &&usize| {
        block = block.saturating_mul(**size).max(1);
        place.is_multiple_of(block)
    };
    shape.iter().rev().take_while(whole).count()
}

/// The shape, unless nobody can look at so much, or memory cannot hold it.
pub fn within_bounds(shape: Vec<usize>) -> Result<Vec<usize>, String> {
    let filled: Vec<usize> = shape.iter().map(|it| (*it).max(1)).collect();
    if shape.len() > MOST_AXES {
        Err(format!("that is more than {MOST_AXES} axes"))
    } else if count(&filled).is_none_or(|it| it > MOST_NUMBERS) {
        Err(format!("the shape {} is more than {MOST_NUMBERS} numbers", list(&shape)))
    } else {
        Ok(shape)
    }
}

/// Whether inputs broadcast to more than a page can hold.
pub fn is_too_large(family: Family, inputs: &[Tensor]) -> bool {
    let dim = inputs.first().map_or(0, Tensor::dim);
    // Labels are aligned with their rows at the first axis and never broadcast.
    let broadcast = |it: &&Tensor| match family {
        Family::Pointwise | Family::Tagged | Family::Triplet => true,
        Family::Rowwise | Family::Pair => it.dim() == dim,
        Family::Sequence | Family::Layered => false,
    };
    let inputs: Vec<&Tensor> = inputs.iter().filter(broadcast).collect();
    let size = |tensor: &Tensor, axis: usize| tensor.shape().iter().rev().nth(axis).copied().unwrap_or(1);
    let axes = inputs.iter().map(|it| it.dim()).max().unwrap_or(0);
    let widest = |axis: usize| inputs.iter().map(|it| size(it, axis)).max().unwrap_or(1).max(1);
    let whole: Vec<usize> = (0..axes).map(widest).collect();
    count(&whole).is_none_or(|it| it > MOST_BROADCAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_give_the_shape() {
        for (separators, wanted) in [
            (&[][..], &[][..]),
            (&[0], &[2]),
            (&[1], &[2, 1]),
            (&[0, 1, 0], &[2, 2]),
            (&[0, 2, 0], &[2, 1, 2]),
            (&[1, 2, 1], &[2, 2, 1]),
        ] {
            assert_eq!(shape(separators).as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn the_shape_gives_the_separators() {
        for sizes in [&[2, 3][..], &[4], &[2, 1, 2], &[3, 1], &[2, 2, 2]] {
            let count: usize = sizes.iter().product();
            let separators: Vec<usize> = (1..count).map(|place| separator(sizes, place)).collect();
            assert_eq!(shape(&separators).as_deref(), Ok(sizes));
        }
    }

    #[test]
    fn ragged_rows_are_told() {
        let told = |separators: &[usize]| shape(separators).err();
        assert_eq!(told(&[0, 0, 1, 0]).as_deref(), Some("row 2 has 2 numbers where row 1 has 3"));
        assert_eq!(told(&[0, 1]).as_deref(), Some("row 2 has 1 number where row 1 has 2"));
        assert_eq!(told(&[1, 2]).as_deref(), Some("block 2 has 1 number where block 1 has 2"));
        assert!(told(&[MOST_AXES]).is_some());
    }
}
