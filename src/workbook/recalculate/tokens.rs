//! Owns the cutting of a formula's text into its smallest parts; it never asks what they stand for.

use super::areas::{LAST_COLUMN, LAST_ROW};
use super::value::FAULTS;
use crate::workbook::comparison::Comparison;

/// One end of a range in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Zero-based.
    pub(super) at: u32,
    /// Whether it has its dollar sign.
    pub(super) fixed: bool,
}

/// The cells of a reference; without rows or columns it means all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) rows: Option<(End, End)>,
    pub(super) columns: Option<(End, End)>,
}

/// A sheet as a reference names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetName<'t> {
    text: &'t str,
    quoted: bool,
}

impl SheetName<'_> {
    /// The name without its quotation marks.
    pub(super) fn plain(&self) -> String {
        if self.quoted { self.text.replace("''", "'") } else { self.text.to_string() }
    }
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Compare(Comparison),
    Join,
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

/// Operators as they are written, but for comparisons.
const OPERATORS: [(&str, Operator); 6] = [
    ("&", Operator::Join),
    ("+", Operator::Plus),
    ("-", Operator::Minus),
    ("*", Operator::Times),
    ("/", Operator::Over),
    ("^", Operator::Power),
];

/// A part of a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    Number(f64),
    /// What stands between quotation marks, doubled ones as they are.
    Text(&'t str),
    Fault(&'t str),
    Cells(Option<SheetName<'t>>, Cells),
    Name(Option<SheetName<'t>>, &'t str),
    /// A table's name and what stands in its brackets.
    Table(&'t str, &'t str),
    /// A function's name; its opening bracket belongs to it.
    Function(&'t str),
    /// Cells of another workbook.
    External,
    /// Cells of several sheets at once.
    Through,
    /// The cells that a formula spills into.
    Spill,
    Operator(Operator),
    Percent,
    Colon,
    At,
    Comma,
    Semicolon,
    Open,
    Close,
    OpenBrace,
    CloseBrace,
}

/// The parts of a text, one after the other; an error where one cannot be told.
pub(super) struct Tokens<'t> {
    rest: &'t str,
}

/// The text cannot be cut into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

type Cut<'t> = Result<Token<'t>, Unreadable>;

impl<'t> Iterator for Tokens<'t> {
    type Item = Cut<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        let first = self.rest.chars().next()?;
        let token = self.token(first);
        if token.is_err() {
            self.rest = "";
        }
        Some(token)
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$' | '\\' | '?')
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn token(&mut self, first: char) -> Cut<'t> {
        let single = match first {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '{' => Some(Token::OpenBrace),
            '}' => Some(Token::CloseBrace),
            ',' => Some(Token::Comma),
            ';' => Some(Token::Semicolon),
            ':' => Some(Token::Colon),
            '@' => Some(Token::At),
            '%' => Some(Token::Percent),
            _ => None,
        };
        if let Some(token) = single {
            self.take(1);
            return Ok(token);
        }
        match first {
            '"' => Ok(Token::Text(self.quoted('"')?)),
            '\'' => {
                let text = self.quoted('\'')?;
                self.sheet(SheetName { text, quoted: true })
            }
            '[' => self.bracket(),
            '#' => Ok(self.fault().unwrap_or_else(|| {
                self.take(1);
                Token::Spill
            })),
            '0'..='9' | '.' => self.number(),
            _ if in_word(first) => self.word(),
            _ => {
                let (operator, rest) = match Comparison::leading(self.rest) {
                    Some((comparison, rest)) => (Operator::Compare(comparison), rest),
                    None => OPERATORS.iter().find_map(|(sign, found)| Some((*found, self.rest.strip_prefix(sign)?))).ok_or(Unreadable)?,
                };
                self.rest = rest;
                Ok(Token::Operator(operator))
            }
        }
    }

    /// What stands between two marks; a doubled mark does not end it.
    fn quoted(&mut self, mark: char) -> Result<&'t str, Unreadable> {
        let mut at = 1;
        loop {
            let end = self.rest.get(at..).and_then(|rest| rest.find(mark)).ok_or(Unreadable)? + at;
            if self.rest.get(end + 1..).is_some_and(|rest| rest.starts_with(mark)) {
                at = end + 2;
                continue;
            }
            let whole = self.take(end + 1);
            return whole.get(1..end).ok_or(Unreadable);
        }
    }

    fn fault(&mut self) -> Option<Token<'t>> {
        let is = |written: &str| self.rest.get(..written.len()).is_some_and(|start| start.eq_ignore_ascii_case(written));
        let length = FAULTS.iter().map(|(written, _)| *written).find(|written| is(written))?.len();
        Some(Token::Fault(self.take(length)))
    }

    fn word_length(&self) -> usize {
        self.rest.find(|letter| !in_word(letter)).unwrap_or(self.rest.len())
    }

    fn number(&mut self) -> Cut<'t> {
        if let Some(cells) = self.range() {
            return Ok(Token::Cells(None, cells));
        }
        let bytes = self.rest.as_bytes();
        let digits = |from: usize| from + bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = digits(0);
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let from = if matches!(bytes.get(end + 1), Some(b'+' | b'-')) { end + 2 } else { end + 1 };
            if digits(from) > from {
                end = digits(from);
            }
        }
        let number = self.take(end).parse::<f64>().ok().filter(|number| number.is_finite()).ok_or(Unreadable)?;
        if self.rest.starts_with(in_word) { Err(Unreadable) } else { Ok(Token::Number(number)) }
    }

    fn word(&mut self) -> Cut<'t> {
        let length = self.word_length();
        let (word, after) = self.rest.split_at_checked(length).ok_or(Unreadable)?;
        match after.chars().next() {
            Some('(') => {
                self.take(length + 1);
                return Ok(Token::Function(word));
            }
            Some('!') => {
                self.take(length);
                return self.sheet(SheetName { text: word, quoted: false });
            }
            Some('[') => {
                self.take(length);
                return Ok(Token::Table(word, self.inside()?));
            }
            Some(':') if through(after) => {
                self.take(length + 1);
                self.word_and_mark();
                self.skip_cells();
                return Ok(Token::Through);
            }
            _ => {}
        }
        if let Some(cells) = self.range() {
            return Ok(Token::Cells(None, cells));
        }
        Ok(Token::Name(None, self.take(length)))
    }

    fn word_and_mark(&mut self) {
        let length = self.word_length();
        self.take(length + 1);
    }

    /// Passes over the cells or the name after another workbook's sheet.
    fn skip_cells(&mut self) {
        if self.range().is_none() && self.fault().is_none() {
            let length = self.word_length();
            self.take(length);
        }
    }

    /// What comes after a sheet's name.
    fn sheet(&mut self, sheet: SheetName<'t>) -> Cut<'t> {
        if !self.rest.starts_with('!') {
            return Err(Unreadable);
        }
        self.take(1);
        if sheet.text.contains('[') || sheet.text.contains(':') {
            self.skip_cells();
            return Ok(if sheet.text.contains('[') { Token::External } else { Token::Through });
        }
        if let Some(fault) = self.fault() {
            return Ok(fault);
        }
        if let Some(cells) = self.range() {
            return Ok(Token::Cells(Some(sheet), cells));
        }
        let length = self.word_length();
        if length == 0 { Err(Unreadable) } else { Ok(Token::Name(Some(sheet), self.take(length))) }
    }

    /// What starts with a square bracket: another workbook's cells, or a column of the table that the formula stands in.
    fn bracket(&mut self) -> Cut<'t> {
        let inside = self.inside()?;
        let length = self.word_length();
        if self.rest.get(length..).is_some_and(|after| after.starts_with('!')) {
            self.take(length + 1);
            self.skip_cells();
            return Ok(Token::External);
        }
        if length == 0 { Ok(Token::Table("", inside)) } else { Err(Unreadable) }
    }

    /// What stands in square brackets, which may have others within.
    fn inside(&mut self) -> Result<&'t str, Unreadable> {
        let (mut depth, mut escaped) = (0_u32, false);
        for (at, letter) in self.rest.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\'' => escaped = true,
                '[' => depth += 1,
                ']' if depth == 1 => {
                    let whole = self.take(at + 1);
                    return whole.get(1..at).ok_or(Unreadable);
                }
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Err(Unreadable)
    }

    /// A cell or a range, if one comes next.
    fn range(&mut self) -> Option<Cells> {
        let length = self.word_length();
        let (first, after) = self.rest.split_at_checked(length)?;
        let first = part(first)?;
        let second = after.strip_prefix(':').and_then(|after| {
            let end = after.find(|letter| !in_word(letter)).unwrap_or(after.len());
            // A function, a table or a sheet is another thing than a cell.
            let other = after.get(end..).is_some_and(|after| after.starts_with(['(', '[', '!']));
            if other { None } else { Some((part(after.get(..end)?)?, end)) }
        });
        let cells = match (first, second) {
            ((Some(column), Some(row)), Some(((Some(last_column), Some(last_row)), length))) => {
                Some((Cells { rows: Some((row, last_row)), columns: Some((column, last_column)) }, length + 1))
            }
            ((Some(column), None), Some(((Some(last), None), length))) => {
                Some((Cells { rows: None, columns: Some((column, last)) }, length + 1))
            }
            ((None, Some(row)), Some(((None, Some(last)), length))) => Some((Cells { rows: Some((row, last)), columns: None }, length + 1)),
            ((Some(column), Some(row)), _) => Some((Cells { rows: Some((row, row)), columns: Some((column, column)) }, 0)),
            _ => None,
        };
        let (cells, more) = cells?;
        self.take(length + more);
        Some(cells)
    }
}

/// Whether a colon is followed by a sheet's name, so that the word before it was one.
fn through(after: &str) -> bool {
    let after = after.get(1..).unwrap_or_default();
    let end = after.find(|letter| !in_word(letter)).unwrap_or(after.len());
    end > 0 && after.get(end..).is_some_and(|after| after.starts_with('!'))
}

/// A column, a row or both, such as `$A$1`, `A` or `$1`.
fn part(word: &str) -> Option<(Option<End>, Option<End>)> {
    if word.len() > 13 {
        return None;
    }
    let (fixed, rest) = word.strip_prefix('$').map_or((false, word), |rest| (true, rest));
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 {
        return Some((None, Some(End { at: row(rest)?, fixed })));
    }
    if letters > 3 {
        return None;
    }
    let (name, rest) = rest.split_at(letters);
    let at = name.bytes().fold(0_u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1) - 1;
    let column = Some(End { at, fixed }).filter(|end| end.at <= LAST_COLUMN)?;
    if rest.is_empty() {
        return Some((Some(column), None));
    }
    let (fixed, rest) = rest.strip_prefix('$').map_or((false, rest), |rest| (true, rest));
    Some((Some(column), Some(End { at: row(rest)?, fixed })))
}

fn row(digits: &str) -> Option<u32> {
    let right = (1..=7).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = if right { digits.parse::<u32>().ok()? } else { 0 };
    number.checked_sub(1).filter(|row| *row <= LAST_ROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text).map(|token| token.unwrap()).collect()
    }

    #[test]
    fn references_are_told_from_names_and_functions() {
        assert!(matches!(cut("$A$1:B2")[..], [Token::Cells(None, _)]));
        assert!(matches!(cut("A:A")[..], [Token::Cells(None, Cells { rows: None, .. })]));
        assert!(matches!(cut("$1:3")[..], [Token::Cells(None, Cells { columns: None, .. })]));
        assert!(matches!(cut("1:3")[..], [Token::Cells(None, Cells { columns: None, .. })]));
        assert!(matches!(cut("'a''b'!A1")[..], [Token::Cells(Some(_), _)]));
        assert!(matches!(cut("LOG10(A1)")[..], [Token::Function("LOG10"), Token::Cells(..), Token::Close]));
        assert!(matches!(cut("ABCD1")[..], [Token::Name(None, "ABCD1")]));
        assert!(matches!(cut("S:S!A1")[..], [Token::Through]));
        assert!(matches!(cut("'[x]y'!A1+[1]z!B:B")[..], [Token::External, Token::Operator(_), Token::External]));
        assert!(matches!(cut("T[[#This Row],[a']b]]")[..], [Token::Table("T", "[#This Row],[a']b]")]));
        assert!(matches!(cut("[@Cost]*2")[..], [Token::Table("", "@Cost"), Token::Operator(_), Token::Number(_)]));
        assert!(matches!(cut("A1:INDEX(B:B,2)")[..], [Token::Cells(..), Token::Colon, Token::Function(_), ..]));
        assert!(matches!(cut("S!#REF!")[..], [Token::Fault(_)]));
        assert!(matches!(cut("A1<>\"a\"\"b\"")[..], [_, Token::Operator(Operator::Compare(Comparison::Unequal)), Token::Text("a\"\"b")]));
    }
}
