//! Addresses as parts and formulas write them, with the bytes at which their numbers stand. Knows nothing of moves.

/// The numbers of rows and columns of a sheet.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// One number of an address: a row's or a column's, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coordinate {
    pub at: u32,
    /// Whether a `$` stands before it.
    pub fixed: bool,
    /// Where its digits or letters stand.
    pub start: usize,
    pub end: usize,
}

/// A cell, a whole row or a whole column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Corner {
    pub row: Option<Coordinate>,
    pub column: Option<Coordinate>,
}

/// How a range is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `A1` or `A1:B2`.
    Cells,
    /// `A1:A1`, a cell with a colon.
    Pair,
    /// `A:B`
    Columns,
    /// `1:2`
    Rows,
}

/// A range of cells, zero-based and in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
    pub form: Form,
}

impl Area {
    pub(super) fn holds(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }

    /// One cell.
    pub(super) fn of_cell(row: u32, column: u32) -> Self {
        Self { rows: (row, row), columns: (column, column), form: Form::Cells }
    }

    pub(super) fn is_cell(&self) -> bool {
        self.rows.0 == self.rows.1 && self.columns.0 == self.columns.1
    }

    /// As its part writes it.
    pub(super) fn written(&self) -> String {
        let from = cell_name(self.rows.0, self.columns.0);
        match self.form {
            Form::Columns => format!("{}:{}", column_name(self.columns.0), column_name(self.columns.1)),
            Form::Rows => format!("{}:{}", self.rows.0 + 1, self.rows.1 + 1),
            Form::Cells if self.is_cell() => from,
            Form::Cells | Form::Pair => format!("{from}:{}", cell_name(self.rows.1, self.columns.1)),
        }
    }
}

/// The letters of a column.
pub(super) fn column_name(column: u32) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// A cell's address.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// Reads `$A$1`, `$A` or `$1`, all of a text, whose first byte stands at `base`.
pub(super) fn corner(text: &[u8], base: usize) -> Option<Corner> {
    let mut at = 0;
    let dollar = |at: &mut usize| {
        let fixed = text.get(*at) == Some(&b'$');
        *at += usize::from(fixed);
        fixed
    };
    let first_fixed = dollar(&mut at);
    let letters = at;
    let mut number = 0u32;
    while let Some(letter) = text.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
        number = number * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        at += 1;
        if at - letters > 3 {
            return None;
        }
    }
    let has_column = at > letters;
    if has_column && number > COLUMNS {
        return None;
    }
    let column = has_column.then(|| Coordinate { at: number - 1, fixed: first_fixed, start: base + letters, end: base + at });
    let fixed = if has_column {
        if at == text.len() {
            return Some(Corner { row: None, column });
        }
        dollar(&mut at)
    } else {
        first_fixed
    };
    let digits = at;
    let mut number = 0u32;
    while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
        number = number * 10 + u32::from(digit - b'0');
        at += 1;
        if number > ROWS {
            return None;
        }
    }
    if at == digits || at != text.len() || number == 0 || text[digits] == b'0' {
        return None;
    }
    Some(Corner { row: Some(Coordinate { at: number - 1, fixed, start: base + digits, end: base + at }), column })
}

/// A single cell such as `B7` or `$B$7`: its row and column.
pub(super) fn cell(text: &str) -> Option<(u32, u32)> {
    let corner = corner(text.trim().as_bytes(), 0)?;
    Some((corner.row?.at, corner.column?.at))
}

/// A range such as `B7`, `B7:D9`, `B:D` or `7:9`.
pub(super) fn area(text: &str) -> Option<Area> {
    let text = text.trim();
    let (from, to) = match text.split_once(':') {
        Some((from, to)) => (corner(from.as_bytes(), 0)?, corner(to.as_bytes(), 0)?),
        None => {
            let one = corner(text.as_bytes(), 0)?;
            one.row.zip(one.column)?;
            (one, one)
        }
    };
    let span = |from: Option<Coordinate>, to: Option<Coordinate>, limit: u32| match (from, to) {
        (Some(from), Some(to)) => Some((from.at.min(to.at), from.at.max(to.at))),
        (None, None) => Some((0, limit - 1)),
        (Some(_), None) | (None, Some(_)) => None,
    };
    let (rows, columns) = (span(from.row, to.row, ROWS)?, span(from.column, to.column, COLUMNS)?);
    let form = match (from.row, from.column) {
        (None, _) => Form::Columns,
        (_, None) => Form::Rows,
        (Some(_), Some(_)) if rows.0 == rows.1 && columns.0 == columns.1 && text.contains(':') => Form::Pair,
        (Some(_), Some(_)) => Form::Cells,
    };
    Some(Area { rows, columns, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        for text in ["A1", "B7:D9", "B:D", "7:9", "XFD1048576", "A1:XFD1048576", "A1:A1048576", "A1:A1"] {
            assert_eq!(area(text).expect(text).written(), text);
        }
        assert_eq!(area("$D$9:B7").expect("a range").written(), "B7:D9");
        for none in ["", "B", "7", "XFE1", "A1048577", "A0", "A01", "ABCD1", "1A", "A1:B", "A1:", "$", "$$A1", "A99999999999"] {
            assert_eq!(area(none), None, "{none}");
        }
    }
}
