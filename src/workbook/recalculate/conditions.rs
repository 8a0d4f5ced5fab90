//! Owns conditions such as `">5"` and `"Jan*"`, and which cells meet them; it never adds anything up.

use std::collections::HashMap;

use super::areas::Area;
use super::numbers;
use super::sheets::Sheets;
use super::value::{Fault, Stop, Value, View, kept, same_text, text_order};
use crate::workbook::comparison::Comparison;

/// What a condition compares with.
#[derive(Clone, Debug, PartialEq)]
enum Compared {
    /// Nothing at all: `=` and `<>`.
    Nothing,
    Number(f64),
    /// Text without wildcards, in lower case.
    Text(String),
    Pattern(Pattern),
    Truth(bool),
    Error(Fault),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    comparison: Comparison,
    compared: Compared,
    /// Whether no text at all is meant by an empty text.
    empty_text: bool,
}

impl Condition {
    /// Reads a condition as `COUNTIF` and its like are given one.
    pub(super) fn read(value: &Value, date_1904: bool) -> Result<Self, Stop> {
        let equal = |compared| Ok(Self { comparison: Comparison::Equal, compared, empty_text: false });
        let text = match value {
            // A blank cell is taken for 0.
            Value::Blank => return equal(Compared::Number(0.0)),
            Value::Number(number) => return equal(Compared::Number(*number)),
            Value::Truth(truth) => return equal(Compared::Truth(*truth)),
            Value::Error(fault) => return equal(Compared::Error(*fault)),
            Value::Text(text) => text.as_str(),
        };
        let (comparison, rest) = Comparison::leading(text).unwrap_or((Comparison::Equal, text));
        Ok(Self { comparison, compared: compared(rest, comparison, date_1904)?, empty_text: text.is_empty() })
    }

    /// Whether a blank cell meets it.
    pub(super) fn takes_blank(&self) -> bool {
        match (self.comparison, &self.compared) {
            (Comparison::Equal, Compared::Nothing) => true,
            (Comparison::Unequal, compared) => *compared != Compared::Nothing,
            _ => false,
        }
    }

    /// Whether a cell meets it.
    pub(super) fn takes(&self, view: View<'_>) -> Result<bool, Stop> {
        if view == View::Blank {
            return Ok(self.takes_blank());
        }
        match self.comparison {
            Comparison::Equal => self.is(view),
            Comparison::Unequal => {
                if let (Compared::Number(number), View::Text(text)) = (&self.compared, view)
                    && numbers::plain(text) == Some(*number)
                {
                    return kept("it compares with a number that is also stored as text");
                }
                self.is(view).map(|is| !is)
            }
            by_order => Ok(match (&self.compared, view) {
                (Compared::Number(number), View::Number(found)) => found.partial_cmp(number).is_some_and(|order| by_order.takes(order)),
                (Compared::Text(text), View::Text(found)) => by_order.takes(text_order(found, text)?),
                (Compared::Truth(truth), View::Truth(found)) => by_order.takes(found.cmp(truth)),
                _ => false,
            }),
        }
    }

    fn is(&self, view: View<'_>) -> Result<bool, Stop> {
        Ok(match (&self.compared, view) {
            (Compared::Nothing, View::Text(text)) => self.empty_text && text.is_empty(),
            (Compared::Number(number), View::Number(found)) => found == *number,
            (Compared::Number(number), View::Text(text)) => numbers::plain(text) == Some(*number),
            (Compared::Text(text), View::Text(found)) => same_text(text, found),
            (Compared::Pattern(pattern), View::Text(found)) => pattern.fits(found),
            (Compared::Truth(truth), View::Truth(found)) => *truth == found,
            (Compared::Error(fault), View::Error(found)) => *fault == found,
            _ => false,
        })
    }
}

fn compared(text: &str, comparison: Comparison, date_1904: bool) -> Result<Compared, Stop> {
    let by_order = comparison.is_by_order();
    if text.is_empty() {
        return if by_order { kept("its condition compares with nothing") } else { Ok(Compared::Nothing) };
    }
    match numbers::read(text, date_1904) {
        Ok(number) => return Ok(Compared::Number(number)),
        Err(Stop::Kept(why)) => return Err(Stop::Kept(why)),
        Err(Stop::Fault(_)) => {}
    }
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Ok(Compared::Truth(text.eq_ignore_ascii_case("true")));
    }
    if text.starts_with('#') && Fault::read(text) != Fault::Other {
        return Ok(Compared::Error(Fault::read(text)));
    }
    match Pattern::read(text) {
        Some(_) if by_order => kept("its condition puts a pattern in order"),
        Some(pattern) => Ok(Compared::Pattern(pattern)),
        None => Ok(Compared::Text(text.to_lowercase())),
    }
}

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Letter(char),
    One,
    Any,
}

/// A text with wildcards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern(Vec<Piece>);

impl Pattern {
    /// Nothing for a text without `*`, `?` and `~`.
    pub(super) fn read(text: &str) -> Option<Self> {
        if !text.contains(['*', '?', '~']) {
            return None;
        }
        let mut pieces = Vec::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '*' if pieces.last() == Some(&Piece::Any) => {}
                '*' => pieces.push(Piece::Any),
                '?' => pieces.push(Piece::One),
                '~' => {
                    let literal = letters.next_if(|next| matches!(next, '*' | '?' | '~')).unwrap_or('~');
                    pieces.push(Piece::Letter(literal));
                }
                _ => pieces.extend(letter.to_lowercase().map(Piece::Letter)),
            }
        }
        Some(Self(pieces))
    }

    /// Whether a whole text fits, whatever its case.
    pub(super) fn fits(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        self.fits_letters(&letters)
    }

    fn fits_letters(&self, letters: &[char]) -> bool {
        let (mut piece, mut at) = (0, 0);
        // Where to go on when what follows the last `*` does not fit.
        let mut again: Option<(usize, usize)> = None;
        while at < letters.len() {
            match self.0.get(piece) {
                Some(Piece::Any) => {
                    again = Some((piece + 1, at));
                    piece += 1;
                    continue;
                }
                Some(Piece::One) => {}
                Some(Piece::Letter(letter)) if letters.get(at) == Some(letter) => {}
                _ => {
                    let Some((after, from)) = again else { return false };
                    again = Some((after, from + 1));
                    (piece, at) = (after, from + 1);
                    continue;
                }
            }
            piece += 1;
            at += 1;
        }
        self.0.iter().skip(piece).all(|piece| *piece == Piece::Any)
    }

    /// Where a text has a part that fits, counted from 0 in letters, from a letter on.
    pub(super) fn found_in(&self, text: &str, from: usize) -> Option<usize> {
        let letters: Vec<char> = text.chars().map(lower_letter).collect();
        let mut open = self.clone();
        if open.0.last() != Some(&Piece::Any) {
            open.0.push(Piece::Any);
        }
        (from..=letters.len()).find(|&at| letters.get(at..).is_some_and(|rest| open.fits_letters(rest)))
    }
}

/// A letter in lower case, where that is one letter as well.
pub(super) fn lower_letter(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}

/// Which cells of an area meet a condition: those listed or, the other way round, all but those.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub(super) cells: Vec<u64>,
    pub(super) all_but: bool,
}

/// An area's values by what they are. Cells are counted row by row from 0.
#[derive(Default)]
pub(super) struct Index {
    /// By number, then by cell.
    numbers: Vec<(f64, u64)>,
    /// By text in lower case.
    texts: HashMap<String, Vec<u64>>,
    /// Texts that are taken for numbers.
    numeric: Vec<(f64, u64)>,
    truths: [Vec<u64>; 2],
    errors: HashMap<Fault, Vec<u64>>,
    filled: u64,
}

impl Index {
    pub(super) fn of(sheets: &Sheets<'_>, area: &Area) -> Result<Self, Stop> {
        let mut made = Self::default();
        let mut groups: Vec<(String, Vec<u64>)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        sheets.each(area, &mut |row, column, view| {
            let at = place(area, row, column);
            made.filled += 1;
            match view {
                View::Blank => {}
                View::Number(number) => made.numbers.push((number, at)),
                View::Truth(truth) => made.truths[usize::from(truth)].push(at),
                View::Error(fault) => made.errors.entry(fault).or_default().push(at),
                View::Text(text) => {
                    if let Some(group) = known.get(text).and_then(|&group| groups.get_mut(group)) {
                        group.1.push(at);
                    } else {
                        known.insert(text.to_string(), groups.len());
                        groups.push((text.to_string(), vec![at]));
                    }
                }
            }
            Ok(())
        })?;
        made.numbers.sort_unstable_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
        for (text, mut cells) in groups {
            if let Some(number) = numbers::plain(&text) {
                made.numeric.extend(cells.iter().map(|&cell| (number, cell)));
            }
            made.texts.entry(text.to_lowercase()).or_default().append(&mut cells);
        }
        made.texts.values_mut().filter(|cells| !cells.is_sorted()).for_each(|cells| cells.sort_unstable());
        Ok(made)
    }

    pub(super) fn filled(&self) -> u64 {
        self.filled
    }

    /// The cells that meet a condition.
    pub(super) fn met(&self, condition: &Condition) -> Result<Met, Stop> {
        let unequal = condition.comparison == Comparison::Unequal;
        if condition.comparison.is_by_order() {
            return Ok(Met { cells: self.ordered(condition)?, all_but: false });
        }
        let mut cells = Vec::new();
        match &condition.compared {
            Compared::Nothing => {
                // Blank are all cells but the filled ones.
                let kinds = self.truths.iter().chain(self.errors.values()).flatten();
                cells.extend(self.numbers.iter().map(|found| found.1).chain(kinds.copied()));
                let texts = self.texts.iter().filter(|(text, _)| !(condition.empty_text && text.is_empty()));
                cells.extend(texts.flat_map(|(_, cells)| cells));
                return Ok(Met { cells, all_but: !unequal });
            }
            Compared::Number(number) => {
                cells.extend(equal_numbers(&self.numbers, *number).iter().map(|found| found.1));
                let texts = self.numeric.iter().filter(|found| found.0 == *number).map(|found| found.1);
                let before = cells.len();
                cells.extend(texts);
                if unequal && cells.len() > before {
                    return kept("it compares with a number that is also stored as text");
                }
            }
            Compared::Text(text) => cells.extend(self.texts.get(text).into_iter().flatten()),
            Compared::Pattern(pattern) => {
                cells.extend(self.texts.iter().filter(|(text, _)| pattern.fits(text)).flat_map(|(_, cells)| cells));
            }
            Compared::Truth(truth) => cells.extend(&self.truths[usize::from(*truth)]),
            Compared::Error(fault) => cells.extend(self.errors.get(fault).into_iter().flatten()),
        }
        Ok(Met { cells, all_but: unequal })
    }

    fn ordered(&self, condition: &Condition) -> Result<Vec<u64>, Stop> {
        let mut cells = Vec::new();
        match &condition.compared {
            Compared::Number(number) => {
                let below = self.numbers.partition_point(|found| found.0 < *number);
                let up_to = self.numbers.partition_point(|found| found.0 <= *number);
                let range = match condition.comparison {
                    Comparison::Less => 0..below,
                    Comparison::LessOrEqual => 0..up_to,
                    Comparison::Greater => up_to..self.numbers.len(),
                    _ => below..self.numbers.len(),
                };
                cells.extend(self.numbers.get(range).unwrap_or_default().iter().map(|found| found.1));
            }
            Compared::Text(_) => {
                for (text, found) in &self.texts {
                    if condition.takes(View::Text(text))? {
                        cells.extend(found);
                    }
                }
            }
            Compared::Truth(_) => {
                for truth in [false, true] {
                    if condition.takes(View::Truth(truth))? {
                        cells.extend(&self.truths[usize::from(truth)]);
                    }
                }
            }
            _ => {}
        }
        Ok(cells)
    }

    /// The first and the last cell that holds a value, as looking up without wildcards finds it.
    pub(super) fn ends(&self, sought: View<'_>) -> Option<(u64, u64)> {
        let ends = |cells: &Vec<u64>| Some((*cells.first()?, *cells.last()?));
        match sought {
            View::Number(number) => {
                let found = equal_numbers(&self.numbers, number);
                Some((found.first()?.1, found.last()?.1))
            }
            View::Text(text) => ends(self.texts.get(&text.to_lowercase())?),
            View::Truth(truth) => ends(&self.truths[usize::from(truth)]),
            _ => None,
        }
    }
}

fn equal_numbers(numbers: &[(f64, u64)], number: f64) -> &[(f64, u64)] {
    let first = numbers.partition_point(|found| found.0 < number);
    let last = numbers.partition_point(|found| found.0 <= number);
    numbers.get(first..last).unwrap_or_default()
}

/// A cell's place in an area, counted row by row.
pub(super) fn place(area: &Area, row: u32, column: u32) -> u64 {
    u64::from(row - area.first_row) * area.columns() + u64::from(column - area.first_column)
}
