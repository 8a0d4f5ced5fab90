//! The words by which a form asks for a cell: to its left, above it, and beside it. Judges none of them.

use std::collections::BTreeSet;

use crate::{
    model::in_plain_form,
    workbook::patch::form::{Form, FormSheet, FormValue},
};

/// How far is looked to the left and above, and how many blank cells may lie between.
const LEFT: u32 = 16;
const ABOVE: u32 = 200;
const GAP: u32 = 3;
/// Within how many columns a row says that it is an example.
const EXAMPLE_WITHIN: u32 = 8;
/// The most labels of each side.
const MOST: usize = 3;
/// The longest text that names a cell; longer ones are guidance.
const LONGEST_NAME: usize = 160;

/// What is said around a cell, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    pub left: Vec<String>,
    pub above: Vec<String>,
    /// To the right, and below.
    pub beside: Vec<String>,
    /// Whether it is one of several open cells of its row, under headings.
    pub in_table: bool,
}

/// A sheet with its open cells, while labels are looked for.
pub(super) struct Around<'a> {
    pub form: &'a Form,
    pub at: usize,
    pub sheet: &'a FormSheet,
    pub open: &'a BTreeSet<(u32, u32)>,
}

impl Around<'_> {
    /// What is said around a cell.
    pub(super) fn of(&self, place: (u32, u32)) -> Labels {
        let (last_row, last_column) = self.sheet.merge_at(place).map_or(place, |merge| (merge.last.0, u32::from(merge.last.1)));
        let beside = [self.words((place.0, last_column + 1)), self.words((last_row + 1, place.1))];
        Labels {
            left: self.left(place),
            above: self.above(place),
            beside: beside.into_iter().flatten().collect(),
            in_table: self.is_in_table(place, last_column),
        }
    }

    /// The words of a cell that is no input; of a merge, those of its first cell.
    pub(super) fn words(&self, place: (u32, u32)) -> Option<String> {
        let first = self.sheet.first_of(place);
        if self.open.contains(&first) {
            return None;
        }
        let cell = self.sheet.cells.get(&first).filter(|cell| matches!(cell.value, FormValue::Text(_)))?;
        let text = self.form.shown(cell);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty() && !is_marker(&words)).then_some(words)
    }

    fn left(&self, (row, column): (u32, u32)) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for column in (column.saturating_sub(LEFT)..column).rev() {
            let first = self.sheet.first_of((row, column));
            if found.len() < MOST && seen.insert(first) {
                found.extend(self.words(first));
            }
        }
        found
    }

    /// The headings of its column: the texts that stand together above it, past other inputs.
    fn above(&self, (row, column): (u32, u32)) -> Vec<String> {
        let (mut found, mut gap) = (Vec::new(), 0);
        let mut seen = BTreeSet::new();
        for row in (row.saturating_sub(ABOVE)..row).rev() {
            let first = self.sheet.first_of((row, column));
            if !seen.insert(first) {
                continue;
            }
            // Other inputs, and answers that are locked by now.
            if found.is_empty() && (self.open.contains(&first) || self.sheet.validation(first).is_some()) {
                gap = 0;
                continue;
            }
            let holds_answer =
                self.sheet.cells.get(&first).is_some_and(|cell| cell.formula.is_some()) || self.sheet.validation(first).is_some();
            if self.is_example(row) {
                continue;
            }
            let is_marked = self.sheet.cells.get(&first).is_some_and(|cell| is_marker(&self.form.shown(cell)));
            match self.words(first).filter(|_| !holds_answer) {
                Some(words) => {
                    found.push(words);
                    gap = 0;
                }
                None if is_marked && found.is_empty() => {}
                None if found.is_empty() && gap < GAP => gap += 1,
                None => break,
            }
            if found.len() == MOST {
                break;
            }
        }
        found
    }

    /// Whether a row shows how others are to be filled in.
    fn is_example(&self, row: u32) -> bool {
        let cells = self.sheet.cells.range((row, 0)..(row, EXAMPLE_WITHIN));
        let begins = |text: String| {
            let plain = in_plain_form(&text);
            plain == "example"
                || plain == "e.g."
                || ["example:", "example of", "example -", "example –"].iter().any(|start| plain.starts_with(start))
        };
        cells.filter(|(_, cell)| matches!(cell.value, FormValue::Text(_))).any(|(_, cell)| begins(self.form.shown(cell)))
    }

    fn is_in_table(&self, (row, column): (u32, u32), last_column: u32) -> bool {
        let beside = |column: u32| self.open.contains(&self.sheet.first_of((row, column)));
        beside(last_column + 1) || column.checked_sub(1).is_some_and(beside) || self.is_below_heading((row, column))
    }

    /// Whether it is one of several open cells below each other, right under a heading.
    fn is_below_heading(&self, (row, column): (u32, u32)) -> bool {
        let is_open = |row: u32| self.open.contains(&self.sheet.first_of((row, column)));
        let first = (row.saturating_sub(ABOVE)..row).rev().take_while(|row| is_open(*row)).last().unwrap_or(row);
        let heading = first.checked_sub(1).map(|row| self.sheet.first_of((row, column)));
        let worked_out = |place: &(u32, u32)| self.sheet.cells.get(place).is_some_and(|cell| cell.formula.is_some());
        (first < row || is_open(row + 1)) && heading.is_some_and(|place| self.words(place).is_some() && !worked_out(&place))
    }
}

impl Labels {
    /// The nearest words to the left that are more than a number of a question.
    pub(super) fn name_at_left(&self) -> Option<&str> {
        self.left.iter().map(String::as_str).find(|words| !is_numbering(words))
    }

    /// The heading of its column, in a table; the title of the block it ends, elsewhere.
    pub(super) fn heading(&self) -> Option<&str> {
        let short = |words: &&String| words.chars().count() <= LONGEST_NAME;
        let found = if self.in_table { self.above.first() } else { self.above.iter().rev().find(short).or(self.above.first()) };
        found.map(String::as_str)
    }

    /// What the cell is called: its row and its column in a table, else the words it stands beside or under.
    pub(super) fn name(&self) -> String {
        let left = self.name_at_left();
        let context = || {
            let mut all = self.left.iter().map(String::as_str).filter(|words| !is_numbering(words));
            all.nth(1).filter(|words| words.chars().count() <= LONGEST_NAME)
        };
        let name = match (left, self.heading()) {
            (Some(left), Some(heading)) if self.in_table => format!("{}: {heading}", left.trim_end_matches(':')),
            (Some(left), _) => match context() {
                Some(context) => format!("{}, {}", left.trim_end_matches(':'), context.trim_end_matches(':')),
                None => left.to_owned(),
            },
            (None, Some(heading)) => heading.to_owned(),
            (None, None) => String::new(),
        };
        shortened(&name)
    }

    /// Everything that is said, for what it says beside a name.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.left.iter().chain(&self.above).chain(&self.beside).map(String::as_str)
    }
}

/// A text that only programs read, such as `PF-USER_SPEND-START`.
fn is_marker(text: &str) -> bool {
    let text = text.trim();
    text.len() > 6
        && !text.contains(' ')
        && text.contains(['_', '-'])
        && !text.chars().any(char::is_lowercase)
        && text.matches(['_', '-']).count() > 1
}

/// The number of a question or a row: `A4`, `B2.a`, `1`.
pub(super) fn is_numbering(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 5 && text.chars().filter(|c| c.is_alphabetic()).count() <= 2 && text.chars().any(|c| c.is_ascii_digit())
        || text.chars().filter(|c| c.is_alphabetic()).count() == 0
}

/// A label as it is compared: without what is in brackets, marks, and case.
pub(super) fn plain_label(text: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && (c.is_alphanumeric() || matches!(c, '%' | '£' | '&' | '.' | '/')) => plain.push(c),
            _ => plain.push(' '),
        }
    }
    in_plain_form(plain.trim_matches(|c: char| c.is_whitespace() || c == '.'))
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST_NAME).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_what_stands_around() {
        let labels = |left: &[&str], above: &[&str], in_table| {
            let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            Labels { left: own(left), above: own(above), beside: Vec::new(), in_table }
        };
        assert_eq!(labels(&["Email", "Contact for the return", "A4"], &[], false).name(), "Email, Contact for the return");
        assert_eq!(labels(&["Library hub"], &["RAG rating", "Progress"], true).name(), "Library hub: RAG rating");
        assert_eq!(labels(&[], &["Enter numbers only", "What is it?", "Current underspend"], false).name(), "Current underspend");
        assert!(is_numbering("B2.a") && is_numbering("12") && !is_numbering("KPI3") && is_numbering("—"));
        assert!(is_marker("PF-USER_SPEND-START") && !is_marker("S151 sign-off") && !is_marker("RAG_A"));
        assert_eq!(plain_label("Total spend (£000): *"), "total spend");
    }
}
