//! Numbers in lines: CSV, columns and rows of a spreadsheet, one number a line.

use std::borrow::Cow;

use super::{Numbers, Token, check_count};
use crate::experiment::{layout, number};

/// What stands between the numbers of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Spaces,
    Commas,
    /// A tab or a semicolon; a comma is then a decimal comma.
    Mark(char),
    /// Commas or spaces; a semicolon ends a row.
    RowsEnd,
}

/// Reads lines of numbers. A single row or a single column is a vector.
pub fn read(text: &str) -> Result<Numbers<'_>, String> {
    let between = between(text);
    let lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim_matches(' ')));
    let lines: Vec<_> = lines.filter(|it| !it.1.trim().is_empty() && !it.1.starts_with('#')).collect();
    refuse_header(&lines, between)?;
    let (mut tokens, mut separators) = (Vec::new(), Vec::new());
    for (line, text) in lines {
        let mut place = 0;
        for row in rows(text, between) {
            for (column, text) in cells(row, between).into_iter().enumerate() {
                if !tokens.is_empty() {
                    separators.push(usize::from(column == 0));
                }
                place += 1;
                tokens.push(Token { text, line, place });
            }
        }
    }
    check_count(tokens.len())?;
    let shape = match layout::shape(&separators)?.as_slice() {
        [] => vec![tokens.len()],
        [rows, 1] => vec![*rows],
        more => more.to_vec(),
    };
    Ok(Numbers { tokens, shape, dtype: None })
}

/// Tabs before semicolons before commas before spaces.
fn between(text: &str) -> Between {
    if text.contains('\t') {
        return Between::Mark('\t');
    }
    if text.contains(';') {
        // `1,5;2,5` are decimal commas; `1, 2; 3, 4` and `1 2; 3 4` are rows.
        let decimal = |cell: &str| {
            let cell = cell.trim();
            !cell.contains(char::is_whitespace)
                && (!cell.contains(',') || (cell.matches(',').count() == 1 && !cell.contains('.')))
        };
        return if text.split([';', '\n']).all(decimal) { Between::Mark(';') } else { Between::RowsEnd };
    }
    if text.contains(',') { Between::Commas } else { Between::Spaces }
}

fn rows(line: &str, between: Between) -> Vec<&str> {
    match between {
        Between::RowsEnd => line.split(';').filter(|it| !it.trim().is_empty()).collect(),
        _ => vec![line],
    }
}

/// The cells of a row; a separator at its end adds none.
fn cells(row: &str, between: Between) -> Vec<Cow<'_, str>> {
    let split: Vec<&str> = match between {
        Between::Mark(mark) => row.split(mark).collect(),
        Between::Commas => row.split(',').collect(),
        Between::RowsEnd if row.contains(',') => row.split(',').collect(),
        Between::Spaces | Between::RowsEnd => row.split_whitespace().collect(),
    };
    let decimal = |cell: &str| matches!(between, Between::Mark(_)) && cell.matches(',').count() == 1;
    let mut cells: Vec<Cow<'_, str>> = Vec::with_capacity(split.len());
    for text in split {
        let text = text.trim().trim_matches('"').trim();
        let comma = decimal(text) && !text.contains('.');
        cells.push(if comma { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(text) });
    }
    while cells.len() > 1 && cells.last().is_some_and(|it| it.is_empty()) {
        cells.pop();
    }
    cells
}

/// A first line of words is the caption of the columns.
fn refuse_header(lines: &[(usize, &str)], between: Between) -> Result<(), String> {
    let [(line, first), _, ..] = lines else { return Ok(()) };
    let cells = cells(first, between);
    let is_word = |cell: &Cow<'_, str>| {
        let letter = |it: char| it.is_ascii_alphabetic() || !it.is_ascii();
        cell.starts_with(letter) && super::whole(cell).is_none() && number::parse(cell).is_err()
    };
    if cells.iter().all(is_word) {
        let header = number::quoted(first);
        return Err(format!("line {line} is a header ({header}): paste the numbers without it"));
    }
    Ok(())
}
