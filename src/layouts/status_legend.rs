//! What letters, numbers and symbols in a status column mean, where the sheet's own key or the column's heading says so.

use std::collections::HashMap;

use super::{
    colours::{by_hue, is_sign},
    content::is_mark,
    heading_text::lower_part,
    outline::Outline,
    words::spelt_out,
};
use crate::{
    model::{Cell, Column, Role, Status, Table, Value},
    workbook::{RawCell, RawRow, RawSheet},
};

/// The longest code, in characters.
const LONGEST: usize = 3;
/// The longest text that may be one, in bytes.
const LONGEST_CODE: usize = 24;
/// How many rows above and below a table are searched for its key.
const NEAR: usize = 40;
/// How many cells of a row are searched for it.
const WIDEST: usize = 1_000;
/// The longest line of a key, in bytes.
const LONGEST_LINE: usize = 400;

/// How many lines of a key are kept.
const MOST_LINES: usize = 40;

/// The statuses that codes stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Codes {
    of: HashMap<String, Status>,
    /// The lines of the key, in order: each code with what is said of it.
    lines: Vec<KeyLine>,
}

/// A line of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeyLine {
    pub code: Box<str>,
    pub words: Box<str>,
    pub status: Status,
}

impl Codes {
    /// Learns from what stands outside the tables of a sheet: `C = Complete`, `● Complete`, or a code with its meaning beside it.
    pub(super) fn of(grid: &RawSheet, outlines: &[&Outline]) -> Self {
        let mut codes = Self::default();
        let inside = |row: u32, column: u16| outlines.iter().any(|outline| outline.holds(row, column) && row >= outline.body());
        for row in grid.edges() {
            codes.learn_row(&row.cells.iter().filter(|cell| !inside(row.row, cell.column)).collect::<Vec<_>>());
        }
        codes.tell_red_from_amber();
        codes
    }

    /// Where a key's words for red and amber say the same, red is the worse.
    fn tell_red_from_amber(&mut self) {
        for (red, amber) in [("r", "a"), ("red", "amber")] {
            if self.of.contains_key(red) && self.of.get(red) == self.of.get(amber) {
                self.of.insert(red.to_owned(), Status::MajorProblems);
            }
        }
    }

    fn learn_row(&mut self, cells: &[&RawCell]) {
        // A sign that means by its colour means nothing by its form.
        let coloured = |cell: &RawCell| cell.font.colour().and_then(by_hue).is_some() && !cell.text.starts_with(char::is_alphanumeric);
        for (at, cell) in cells.iter().enumerate().take(WIDEST).filter(|(_, cell)| !coloured(cell)) {
            self.learn_lines(&cell.text);
            let beside = cells.get(at + 1).filter(|next| next.column == cell.column + 1);
            if let Some(status) = beside.and_then(|next| meaning(&next.text)) {
                self.learn(&cell.text, status, &cells[at + 1].text);
            }
        }
    }

    /// Learns from what stands above, below and beside the rows of a table.
    pub(super) fn around(grid: &RawSheet, rows: (u32, u32), columns: (u16, u16)) -> Self {
        let (from, to) = (grid.rows.partition_point(|row| row.row < rows.0), grid.rows.partition_point(|row| row.row <= rows.1));
        let near = grid.rows[from.saturating_sub(NEAR)..from].iter().chain(grid.rows[to..].iter().take(NEAR));
        let mut codes = Self::default();
        near.for_each(|row| codes.learn_row(&row.cells.iter().collect::<Vec<_>>()));
        let beside = |cell: &&RawCell| !(columns.0..=columns.1).contains(&cell.column);
        let within = grid.rows[from.saturating_sub(1)..to].iter().take(NEAR);
        within.for_each(|row| codes.learn_row(&row.cells.iter().filter(beside).collect::<Vec<_>>()));
        codes
    }

    /// Whether a text is one of the codes.
    pub(super) fn knows(&self, text: &str) -> bool {
        !self.of.is_empty() && text.len() <= 12 && self.of.contains_key(&plain_code(text))
    }

    /// Learns from every line of a text, which may hold a whole key.
    fn learn_lines(&mut self, text: &str) {
        if text.len() <= LONGEST_LINE {
            text.replace("   ", "\n").split([',', ';', '\n', '|']).for_each(|part| self.learn_line(part));
        }
    }

    /// Learns from `C = Complete` and `● Complete`; what stands before the code, as in `Key: C = Complete`, says nothing.
    fn learn_line(&mut self, line: &str) {
        let line = line.trim();
        for sign in [" = ", "=", " – ", " - ", ": "] {
            if let Some((before, after)) = line.split_once(sign) {
                let code = before.rsplit([' ', ':', '(']).next().unwrap_or("");
                if let (false, Some(status)) = (code.is_empty(), meaning(after)) {
                    self.learn(code, status, after);
                    return;
                }
            }
        }
        // `◔ ◑ ◕ In progress`: each symbol says it.
        let words = line.trim_start_matches(|c: char| !c.is_alphanumeric() && (!c.is_ascii() || c == ' '));
        if let Some(status) = meaning(words).filter(|_| words.len() < line.len()) {
            line[..line.len() - words.len()].split_whitespace().for_each(|symbol| self.learn(symbol, status, words));
        }
    }

    fn learn(&mut self, code: &str, status: Status, words: &str) {
        let plain = plain_code(code);
        if !(1..=LONGEST).contains(&plain.chars().count()) || self.of.contains_key(&plain) {
            return;
        }
        self.of.insert(plain, status);
        if self.lines.len() < MOST_LINES {
            self.lines.push(KeyLine { code: code.trim().into(), words: words.trim().trim_end_matches(['.', ',', ';']).into(), status });
        }
    }

    /// The lines of the key, each with the status its code stands for.
    pub(super) fn lines(&self) -> impl Iterator<Item = KeyLine> + '_ {
        self.lines
            .iter()
            .map(|line| KeyLine { status: self.of.get(&plain_code(&line.code)).copied().unwrap_or(line.status), ..line.clone() })
    }

    /// Gives their statuses to the cells of a column that hold a code, or an answer to what its heading asks.
    pub(super) fn read<'cells>(&self, heading: &str, cells: impl Iterator<Item = &'cells mut Cell>) {
        let asked = Asked::of(heading);
        if self.of.is_empty() && asked.is_none() {
            return;
        }
        let cells: Vec<&mut Cell> = cells.filter(|cell| !cell.text.is_empty() && cell.text.len() <= LONGEST_CODE).collect();
        // Beside ticks a cross says no; where there are crosses alone, they are what marks a cell.
        let crosses_mark = !cells.iter().any(|cell| YES.contains(&&*plain_code(&cell.text)));
        for cell in cells {
            let code = plain_code(&cell.text);
            let said = if crosses_mark && code == CROSS { YES[0] } else { &code };
            if let Some(status) = self.of.get(&code).copied().or_else(|| asked?.status(said)) {
                (cell.value, cell.format) = (Value::Status(status), None);
            }
        }
    }
}

/// What says yes and no to what a heading asks, in words, as a checkbox does, and in signs.
const YES: [&str; 10] = ["yes", "y", "true", "1", "✓", "✔", "✔\u{fe0f}", "☑", "✅", "done"];
const NO: [&str; 13] = ["no", "n", "false", "0", "✗", "✘", "☒", "☐", "❌", "✖", "×", CROSS, "not done"];
/// The letter that is typed for a cross.
const CROSS: &str = "x";

/// What a heading asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// How high confidence is.
    Confidence,
    /// `On target?`
    OnTrack,
    /// `Complete?`
    Done,
}

impl Asked {
    fn of(heading: &str) -> Option<Self> {
        let heading = spelt_out(heading);
        let asks = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        if asks(&["confidence"]) {
            Some(Self::Confidence)
        } else if asks(&["track", "target", "schedule"]) {
            Some(Self::OnTrack)
        } else if asks(&["complete", "completion", "done", "achieved", "implemented", "delivered", "met", "finished", "closed"]) {
            Some(Self::Done)
        } else {
            None
        }
    }

    /// The status an answer states.
    fn status(self, said: &str) -> Option<Status> {
        Some(match (self, said) {
            (Self::Confidence, "high") => Status::InProgress,
            (Self::Confidence, "medium") => Status::MinorProblems,
            (Self::Confidence, "low") => Status::MajorProblems,
            (Self::OnTrack, said) if YES.contains(&said) => Status::InProgress,
            (Self::OnTrack, said) if NO.contains(&said) => Status::MinorProblems,
            (Self::Done, said) if YES.contains(&said) => Status::Complete,
            (Self::Done, said) if NO.contains(&said) => Status::NotStarted,
            (Self::Confidence | Self::OnTrack | Self::Done, _) => return None,
        })
    }
}

/// The statuses that are told by which column is ticked, where each has one of its own.
pub(super) fn read_ticks(table: &mut Table) {
    let status = |column: &Column| if column.role == Some(Role::Status) { Status::parse(lower_part(&column.heading)) } else { None };
    let ticked: Vec<(usize, Status)> = table.columns.iter().enumerate().filter_map(|(at, column)| Some((at, status(column)?))).collect();
    if ticked.len() < 2 {
        return;
    }
    for row in table.rows.iter_mut() {
        for (at, status) in &ticked {
            if let Some(cell) = row.cells.get_mut(*at).filter(|cell| is_mark(&cell.text)) {
                (cell.value, cell.format) = (Value::Status(*status), None);
            }
        }
    }
}

/// How many codes a line explains: one in `0 = Not started`, two in `☺ going well   ☹ off course`.
fn explained(text: &str) -> usize {
    let mut codes = Codes::default();
    codes.learn_lines(text);
    codes.of.len()
}

/// Whether a line explains several codes.
pub(super) fn is_key_line(text: &str) -> bool {
    explained(text) >= 2
}

/// Whether a row says what a sign means, and nothing else: `●` beside `On track`.
pub(super) fn is_sign_line(row: &RawRow) -> bool {
    let [sign, words] = &row.cells[..] else { return false };
    words.column == sign.column + 1 && is_sign(&sign.text) && meaning(&words.text).is_some()
}

/// Whether a line explains a code.
pub(super) fn explains(text: &str) -> bool {
    explained(text) > 0
}

fn plain_code(text: &str) -> String {
    text.trim().trim_matches(['(', ')', '.']).to_lowercase()
}

/// The status a line of a key means: all of it, or the longest of its first words that is one.
fn meaning(text: &str) -> Option<Status> {
    let text = text.trim();
    if text.len() > 120 || text.chars().count() <= LONGEST {
        return None;
    }
    let clause = text.split(['(', ',', ';', ':', '.']).next().unwrap_or("");
    let words: Vec<&str> = clause.split_whitespace().collect();
    Status::parse(text).or_else(|| (1..=words.len().min(4)).rev().find_map(|count| Status::parse(&words[..count].join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &[&str], text: &str, heading: &str) -> Option<Status> {
        let cell = |(text, column): (&&str, u16)| RawCell { column, text: (*text).into(), ..RawCell::default() };
        let rows = vec![RawRow { row: 0, cells: key.iter().zip(0..).map(cell).collect() }];
        let mut cell = Cell::text(text);
        Codes::of(&RawSheet { rows, ..RawSheet::default() }, &[]).read(heading, std::iter::once(&mut cell));
        cell.status()
    }

    #[test]
    fn a_key_says_what_codes_mean() {
        let line = &["Key: C = Complete, O = Ongoing; N = Not started"][..];
        for (key, text, status) in [
            (line, "o", Some(Status::InProgress)),
            (line, "N", Some(Status::NotStarted)),
            (&["● Complete"], "●", Some(Status::Complete)),
            (&["2", "In progress (on time)"], "2", Some(Status::InProgress)),
            (&["✓ On track"], "✓", Some(Status::InProgress)),
            (&["N = number of homes"], "N", None),
        ] {
            assert_eq!(read(key, text, "Status"), status, "{text}");
        }
    }

    #[test]
    fn yes_and_no_answer_the_heading() {
        for (heading, text, status) in [
            ("Complete? (Yes/No)", "Yes", Some(Status::Complete)),
            ("Done?", "N", Some(Status::NotStarted)),
            ("On target?", "No", Some(Status::MinorProblems)),
            ("Status", "Yes", None),
            ("Delivery confidence", "Medium", Some(Status::MinorProblems)),
            ("Risk", "High", None),
            ("Complete?", "TRUE", Some(Status::Complete)),
            ("Achieved", "FALSE", Some(Status::NotStarted)),
            ("Done?", "✗", Some(Status::NotStarted)),
            ("Done?", "x", Some(Status::Complete)),
            ("Status", "TRUE", None),
        ] {
            assert_eq!(read(&[], text, heading), status, "{heading}");
        }
    }
}
