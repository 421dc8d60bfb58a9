//! Numbers in brackets: Python's lists and tuples, and what NumPy and PyTorch print.

use std::borrow::Cow;

use super::{Numbers, Token, check_count};
use crate::experiment::layout::{self, MOST_AXES};
use crate::experiment::number::quoted;
use crate::loss::tensor::{Dtype, count};

/// The most brackets that may be open at once, those of calls included.
const MOST_OPEN: usize = 32;

/// What an open bracket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// A list, a tuple or a row.
    List(char),
    /// The call around it: `tensor(`, `np.float64(`.
    Call,
    /// `size=(`: what is in it is a shape.
    Size,
}

/// Reads nested lists and whatever calls and keywords are around them.
pub fn read(text: &str) -> Result<Numbers<'_>, String> {
    let mut reader = Reader::default();
    let body = text.trim_start().strip_prefix("Parameter containing:").unwrap_or(text);
    for (line, text) in body.lines().enumerate() {
        reader.line = line + 1;
        reader.place = 0;
        reader.read_line(text)?;
        reader.comma = false;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    separators: Vec<usize>,
    /// How deep the first number is nested.
    depth: Option<usize>,
    open: Vec<Open>,
    /// How many lists were opened at each depth.
    lists: Vec<usize>,
    /// The highest separator since the last number.
    pending: usize,
    /// Whether a semicolon has ended a row, so that there is one axis more than brackets.
    rows: bool,
    /// Whether the last thing of the line was a comma.
    comma: bool,
    /// Whether the last thing was the opening of a list, and whether any list was empty.
    fresh: bool,
    empty: bool,
    size: Option<Vec<usize>>,
    dtype: Option<Dtype>,
    line: usize,
    place: usize,
}

impl<'a> Reader<'a> {
    fn read_line(&mut self, text: &'a str) -> Result<(), String> {
        let mark = |it: char| it.is_whitespace() || ",;[]()".contains(it);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if !mark(first) {
                let end = rest.find(mark).unwrap_or(rest.len());
                let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
                rest = if tail.starts_with('(') && !starts_a_number(word) {
                    self.call(word)?;
                    tail.strip_prefix('(').unwrap_or_default()
                } else {
                    self.word(word)?;
                    tail
                };
                continue;
            }
            self.mark(first)?;
            rest = rest.strip_prefix(first).unwrap_or_default();
        }
        Ok(())
    }

    fn call(&mut self, word: &str) -> Result<(), String> {
        if self.open.len() >= MOST_OPEN {
            return Err(format!("that is more than {MOST_OPEN} brackets within each other"));
        }
        let size = word.ends_with("size=") || word.ends_with("shape=");
        self.open.push(if size { Open::Size } else { Open::Call });
        if size {
            self.size = Some(Vec::new());
        }
        self.comma = false;
        Ok(())
    }

    /// A keyword, which may name the dtype; a piece of an assignment; or a number.
    fn word(&mut self, word: &'a str) -> Result<(), String> {
        self.comma = false;
        if self.open.last() == Some(&Open::Size) {
            let size = word.parse::<usize>().map_err(|_| format!("{} is no size", quoted(word)))?;
            self.size.get_or_insert_default().push(size);
            return Ok(());
        }
        if let Some((_, value)) = word.split_once('=') {
            let name = value.trim_matches(['\'', '"']);
            let name = ["np.", "numpy."].into_iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name);
            let named = word.starts_with("dtype=").then(|| Dtype::parse(name));
            self.dtype = named.flatten().or(self.dtype);
            return Ok(());
        }
        // `x = tensor(…)`: the name that is assigned to.
        if self.open.is_empty() && self.tokens.is_empty() && !starts_a_number(word) && self.lists.is_empty() {
            return Ok(());
        }
        self.number(word)
    }

    fn number(&mut self, text: &'a str) -> Result<(), String> {
        self.place += 1;
        let (line, place) = (self.line, self.place);
        let depth = self.depth();
        let first = *self.depth.get_or_insert(depth);
        if depth != first {
            let text = quoted(text);
            return Err(format!(
                "line {line}, number {place}: {text} is nested {depth} deep, the first number {first} deep"
            ));
        }
        if !self.tokens.is_empty() {
            self.separators.push(self.pending);
        }
        self.pending = 0;
        self.fresh = false;
        self.tokens.push(Token { text: Cow::Borrowed(text), line, place });
        Ok(())
    }

    fn depth(&self) -> usize {
        self.open.iter().filter(|it| matches!(it, Open::List(_))).count()
    }

    fn mark(&mut self, mark: char) -> Result<(), String> {
        match mark {
            '[' | '(' => self.open_list(mark)?,
            ']' | ')' => self.close(mark)?,
            ',' if self.comma && self.open.last() != Some(&Open::Size) => self.number("")?,
            ',' => self.comma = true,
            ';' if self.depth() == 1 => {
                self.rows = true;
                self.pending = self.pending.max(1);
            }
            _ => {}
        }
        Ok(())
    }

    fn open_list(&mut self, mark: char) -> Result<(), String> {
        self.comma = false;
        let depth = self.depth();
        if depth >= MOST_AXES {
            return Err(format!("that is more than {MOST_AXES} axes"));
        }
        self.open.push(Open::List(mark));
        self.lists.resize(self.lists.len().max(depth + 1), 0);
        if let Some(count) = self.lists.get_mut(depth) {
            *count += 1;
        }
        self.fresh = true;
        Ok(())
    }

    fn close(&mut self, mark: char) -> Result<(), String> {
        self.comma = false;
        let line = self.line;
        let open = self.open.pop().ok_or_else(|| format!("line {line}: “{mark}” closes nothing"))?;
        let (opener, is_list) = match open {
            Open::List(opener) => (opener, true),
            Open::Call | Open::Size => ('(', false),
        };
        if (opener == '[') != (mark == ']') {
            return Err(format!("line {line}: “{mark}” closes “{opener}”"));
        }
        if is_list {
            self.empty |= self.fresh;
            self.fresh = false;
            // A list that closes at the depth of the numbers ends a row, one further out ends a block.
            let numbers = self.depth.unwrap_or(0);
            self.pending = self.pending.max(numbers.saturating_sub(self.depth()));
        }
        Ok(())
    }

    fn finish(self) -> Result<Numbers<'a>, String> {
        match self.open.len() {
            0 => {}
            1 => return Err("1 bracket is not closed".to_owned()),
            more => return Err(format!("{more} brackets are not closed")),
        }
        check_count(self.tokens.len())?;
        if self.tokens.is_empty() {
            let shape = match self.size {
                Some(size) if count(&size) == Some(0) && size.len() <= MOST_AXES => size,
                _ => empty_shape(&self.lists)?,
            };
            return Ok(Numbers { tokens: self.tokens, shape, dtype: self.dtype });
        }
        if self.empty {
            return Err("one of the lists is empty, others are not".to_owned());
        }
        let mut shape = layout::shape(&self.separators)?;
        let axes = self.depth.unwrap_or(0) + usize::from(self.rows);
        // Outer lists with one list in them leave no separator.
        while shape.len() < axes {
            shape.insert(0, 1);
        }
        Ok(Numbers { tokens: self.tokens, shape, dtype: self.dtype })
    }
}

/// The shape of lists that hold no number: how many lists each depth has beside the one around it.
fn empty_shape(lists: &[usize]) -> Result<Vec<usize>, String> {
    if lists.is_empty() {
        return Err("there are no numbers yet".to_owned());
    }
    let mut shape = Vec::new();
    // Several lists beside each other are the rows of one.
    if let Some(outer) = lists.first().filter(|it| **it > 1) {
        shape.push(*outer);
    }
    for pair in lists.windows(2) {
        if let [outer, inner] = pair {
            shape.push(inner.checked_div(*outer).unwrap_or(0));
        }
    }
    shape.push(0);
    layout::within_bounds(shape)
}

fn starts_a_number(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_digit() || "+-−.".contains(it))
}
