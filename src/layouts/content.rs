//! What stands in a column, counted over its first rows: dates, statuses, numbers, long words. Judges nothing.

use super::colours::by_hue;
use crate::{
    model::{Status, is_date_format, kinds::parse_when},
    workbook::{Merge, RawCell, RawSheet},
};

/// The most columns of a table that are judged by what stands in them; those to the right of them are kept as they are.
pub(super) const MOST_JUDGED: usize = 1_000;
/// How many filled cells of a column are looked at.
pub(super) const SAMPLE: usize = 120;
/// How many rows are searched for them.
const ROWS: usize = 4000;
/// How many merges are asked whether they share a cell between rows.
const MERGES: usize = 20_000;

/// What the cells of a column are, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ColumnContent {
    pub filled: usize,
    pub dates: usize,
    pub numbers: usize,
    pub percents: usize,
    pub money: usize,
    pub statuses: usize,
    pub refs: usize,
    /// `High`, `Medium`, `Low`.
    pub levels: usize,
    /// Words in all.
    pub words: usize,
    /// Texts of more than six words.
    pub long: usize,
    /// Texts of two to six words.
    pub short: usize,
    /// Filled or blank cells that are painted.
    pub painted: usize,
    /// Filled cells in the colour of a status.
    pub coloured: usize,
    /// How many different statuses those colours are.
    pub hues: usize,
    /// Single marks such as a tick.
    pub marks: usize,
    /// Filled cells that reach over several rows, or say again what the one above says.
    pub shared: usize,
    /// Names of people or of the posts they hold.
    pub people: usize,
    /// Words for which way is good: `Higher`, `Maximise`.
    pub ways: usize,
    /// Arrows and the words for them.
    pub arrows: usize,
}

impl ColumnContent {
    /// Counts what stands in a column between two sheet rows, both included.
    pub(super) fn of(grid: &RawSheet, column: u16, rows: (u32, u32)) -> Self {
        let mut content = Self::default();
        let from = grid.rows.partition_point(|row| row.row < rows.0);
        let cells = grid.rows[from..].iter().take(ROWS).take_while(|row| row.row <= rows.1).filter_map(|row| row.cell(column));
        let mut hues: Vec<Status> = Vec::new();
        let mut above = "";
        for cell in cells.take(SAMPLE) {
            content.count(cell);
            content.shared += usize::from(*cell.text == *above);
            above = &cell.text;
            if let Some(status) = cell.fill.and_then(by_hue) {
                content.coloured += 1;
                hues.extend((!hues.contains(&status)).then_some(status));
            }
        }
        let tall = |merge: &&Merge| merge.first.1 == column && merge.last.1 == column && merge.last.0 > merge.first.0;
        let merges = &grid.merges[grid.merges.partition_point(|merge| merge.first.0 < rows.0)..];
        content.shared += merges.iter().take(MERGES).take_while(|merge| merge.first.0 <= rows.1).filter(tall).count();
        let from = grid.painted.partition_point(|painted| painted.row < rows.0);
        let blank = grid.painted[from..].iter().take_while(|painted| painted.row <= rows.1).take(ROWS);
        for painted in blank.filter(|painted| painted.column == column) {
            content.painted += 1;
            if let Some(status) = by_hue(painted.fill) {
                content.coloured += 1;
                hues.extend((!hues.contains(&status)).then_some(status));
            }
        }
        content.hues = hues.len();
        content
    }

    fn count(&mut self, cell: &RawCell) {
        self.filled += 1;
        self.painted += usize::from(cell.fill.is_some());
        let text = cell.text.trim();
        let words = text.split_whitespace().count();
        if let Some(stored) = &cell.stored {
            if is_date_format(&stored.format) {
                self.dates += 1;
            } else {
                self.numbers += 1;
                self.words += 1;
                // A bare year is a date where a date is asked for.
                self.dates += usize::from(
                    (1990.0..2100.0).contains(&stored.number) && stored.number.fract() == 0.0 && *stored.format == *crate::model::General,
                );
                self.percents += usize::from(stored.format.contains('%'));
                self.money += usize::from(stored.format.contains(['£', '$', '€']) || text.contains(['£', '$', '€']));
                self.refs += usize::from(stored.number >= 0.0 && stored.number < 500.0);
            }
            return;
        }
        self.numbers += usize::from(!text.contains('.') && text.len() <= 14 && text.replace(',', "").parse::<f64>().is_ok());
        self.dates += usize::from(!text.bytes().all(|byte| byte.is_ascii_digit()) && parse_when(text).is_some());
        if Status::parse(text).is_some() {
            self.statuses += 1;
        }
        self.percents += usize::from(text.ends_with('%') && text.len() <= 7);
        self.money += usize::from(text.starts_with(['£', '$', '€']));
        self.refs += usize::from(is_ref(text));
        self.levels += usize::from(matches!(
            text.to_ascii_lowercase().as_str(),
            "high" | "medium" | "low" | "h" | "m" | "l" | "very high" | "very low" | "med"
        ));
        let lower = text.to_lowercase();
        self.people += usize::from(words <= 8 && is_person(text, &lower));
        self.ways += usize::from(WAYS.iter().any(|way| lower.trim_end_matches(" is better") == *way));
        self.arrows += usize::from(words == 1 && text.chars().all(|c| ARROWS.contains(c)) || TRAVEL.contains(&&*lower));
        self.marks += usize::from(is_mark(text));
        self.words += words;
        self.long += usize::from(words > 6);
        self.short += usize::from((2..=6).contains(&words) && text.bytes().any(|byte| byte.is_ascii_alphabetic()));
    }

    /// Whether at least this share of the filled cells is counted.
    pub(super) fn mostly(&self, counted: usize, share: f32) -> bool {
        self.filled > 0 && counted as f32 >= share * self.filled as f32
    }
}

/// Whether a text only marks a cell: a tick, a cross, a dot, `Y`.
pub(super) fn is_mark(text: &str) -> bool {
    let mut characters = text.trim().chars();
    let mark = |c: char| !c.is_alphanumeric() && !c.is_ascii() || matches!(c, 'x' | 'X' | 'y' | 'Y' | '*' | '1');
    characters.next().is_some_and(mark) && characters.all(|c| c == '\u{fe0f}')
}

/// Words for which way is good.
const WAYS: [&str; 20] = [
    "high", "low", "higher", "lower", "h", "l", "bigger", "smaller", "maximise", "minimise", "increase", "decrease", "reduce", "maintain",
    "up", "down", "more", "less", "large", "small",
];
const ARROWS: &str = "↑↓→←↗↘↔⬆⬇➡▲▼◄►▶◀△▽⇧⇩⇨↕";
/// Words for whether a figure got better.
const TRAVEL: [&str; 22] = [
    "improving",
    "declining",
    "stable",
    "no change",
    "static",
    "better",
    "worse",
    "same",
    "improved",
    "declined",
    "worsening",
    "worsened",
    "deteriorating",
    "deteriorated",
    "unchanged",
    "steady",
    "rising",
    "falling",
    "increasing",
    "decreasing",
    "improvement",
    "decline",
];
/// Words of the posts that people hold.
const POSTS: [&str; 26] = [
    "officer",
    "manager",
    "head of",
    "director",
    "lead",
    "team",
    "coordinator",
    "co-ordinator",
    "cllr",
    "councillor",
    "mr ",
    "mrs ",
    "ms ",
    "dr ",
    "surveyor",
    "engineer",
    "planner",
    "supervisor",
    "adviser",
    "advisor",
    "executive",
    "clerk",
    "warden",
    "principal",
    "chief ",
    "service manager",
];

/// Whether a text names somebody: by a post, or by an initial and a surname.
fn is_person(text: &str, lower: &str) -> bool {
    let mut words = text.split_whitespace();
    let initial = words.next().is_some_and(|first| {
        matches!(first.trim_end_matches('.').len(), 1..=2) && first.starts_with(|c: char| c.is_ascii_uppercase()) && first.ends_with('.')
    }) && words.next().is_some_and(|name| name.starts_with(|c: char| c.is_uppercase()));
    initial || POSTS.iter().any(|post| lower.contains(post))
}

/// Whether a text is a reference such as 1.2.1, A3, KPI12 or HS/04.
pub(super) fn is_ref(text: &str) -> bool {
    // `AFI 1` is written apart.
    let apart = text.split_once(' ').filter(|(letters, rest)| {
        letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let together = apart.map(|(letters, number)| format!("{letters}{number}"));
    let text = together.as_deref().unwrap_or(text);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/' | b')' | b'(' | b'#');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    (1..=12).contains(&text.len()) && digits > 0 && letters <= 6 && text.bytes().all(fits) && !text.ends_with('%')
}
/// Whether the rows below some headings are a summary: at least three that begin with a status, none of them twice, with numbers beside.
pub(super) fn counts_statuses(grid: &RawSheet, columns: (u16, u16), body: usize) -> bool {
    let rows = grid.rows.get(body..).unwrap_or_default().iter().take(Status::ALL.len() * 2);
    let mut stated = Vec::new();
    for row in rows {
        let mut cells = row.cells.iter().filter(|cell| (columns.0..=columns.1).contains(&cell.column));
        let Some(status) = cells.next().and_then(|cell| Status::parse(&cell.text)) else { break };
        if stated.contains(&status) || !cells.all(|cell| cell.stored.is_some()) {
            return false;
        }
        stated.push(status);
    }
    stated.len() >= 3
}
