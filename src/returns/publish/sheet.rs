//! One published sheet: a title in A1, what it holds below, then one marked table at the left edge. Knows no plan.

use std::collections::HashSet;

use super::super::style::{Style, looks};
use crate::{
    model::{General, Stored, kinds::Side},
    workbook::{Area, Content, Look, MadeFor, Page, PageCell, too_high},
};

/// What stands in a blank cell: nothing is recorded.
pub(super) const NOT_AVAILABLE: &str = "[x]";
/// What stands in a cell that has no meaning in its row.
pub(super) const NOT_APPLICABLE: &str = "[z]";
/// The longest heading that an Excel table takes, in UTF-16 units, with some room for a number behind it.
const LONGEST_HEADING: usize = 245;
/// The width of the first column at least, in which the title stands too, and of any other, in characters.
const FIRST: f64 = 34.0;
const LEAST: f64 = 12.0;
/// The widest columns, by the longest text of a column in letters.
const WIDTHS: [(usize, f64); 4] = [(200, 42.0), (700, 60.0), (1_500, 80.0), (usize::MAX, 100.0)];
/// A date in full, and a month.
pub(super) const DAY: &str = "d mmmm yyyy";
pub(super) const MONTH: &str = "mmmm yyyy";
/// How wide those are, in characters.
const DATE: usize = 18;

/// The looks of a published sheet: dark letters on white, wrapped.
#[derive(Clone, Copy)]
enum Plain {
    Title,
    Said,
    Heading,
    Body,
    Link,
}

impl Plain {
    fn looks() -> Vec<Look> {
        let wrap = Look { wrap: true, ..Look::default() };
        let body = Look { border: true, ..wrap.clone() };
        let link = looks()[Style::Link.look()].clone();
        vec![
            Look { bold: true, size: 16, ..wrap.clone() },
            Look { size: 11, side: Some(Side::Left), ..wrap },
            Look { bold: true, side: Some(Side::Left), ..body.clone() },
            body,
            link,
        ]
    }
}

/// A sheet while it is put together.
pub(super) struct Sheet<'doc> {
    pub name: String,
    /// What it holds, for the list of sheets.
    pub holds: String,
    pub rows: Vec<Vec<Content<'doc>>>,
    title: String,
    said: Vec<String>,
    headings: Vec<String>,
}

impl<'doc> Sheet<'doc> {
    pub(super) fn new(name: String, title: String) -> Self {
        Self { name, holds: title.clone(), rows: Vec::new(), title, said: Vec::new(), headings: Vec::new() }
    }

    /// Adds a sentence below the title.
    pub(super) fn say(&mut self, sentence: String) {
        self.said.push(sentence);
    }

    /// Sets the headings; each is made one that no other column has.
    pub(super) fn headings(&mut self, headings: impl IntoIterator<Item = impl Into<String>>) {
        let mut seen: HashSet<String> = HashSet::new();
        self.headings = headings.into_iter().zip(1..).map(|(heading, number)| unlike(&heading.into(), number, &mut seen)).collect();
    }

    /// Takes out the columns in which no row has anything, and tells their headings.
    pub(super) fn drop_blank_columns(&mut self) -> Vec<String> {
        let blank = |at: usize| self.rows.iter().all(|row| row.get(at).is_none_or(is_blank));
        let kept: Vec<bool> = (0..self.headings.len()).map(|at| !blank(at)).collect();
        if kept.iter().all(|kept| !kept) {
            return Vec::new();
        }
        let mut dropped = Vec::new();
        let mut at = 0;
        self.headings.retain(|heading| {
            at += 1;
            if !kept[at - 1] {
                dropped.push(heading.clone());
            }
            kept[at - 1]
        });
        for row in &mut self.rows {
            let mut at = 0;
            row.retain(|_| {
                at += 1;
                kept.get(at - 1).copied().unwrap_or(false)
            });
        }
        dropped
    }

    /// Whether it uses the shorthand for what is not recorded, and for what does not apply.
    pub(super) fn shorthand(&self) -> (bool, bool) {
        let any = |is: &dyn Fn(&Content<'_>) -> bool| self.rows.iter().flatten().any(is);
        let is = |shorthand: &'static str| move |content: &Content<'_>| matches!(content, Content::Text(text) if *text == shorthand);
        let not_available = is(NOT_AVAILABLE);
        (any(&|content| is_blank(content) || not_available(content)) || self.rows.is_empty(), any(&is(NOT_APPLICABLE)))
    }

    /// The page, with the marking where there is one.
    pub(super) fn page(mut self, marking: &str) -> Page<'doc> {
        self.fill();
        let mut page = Page {
            name: self.name,
            looks: Plain::looks(),
            made_for: MadeFor::Publication,
            widths: widths(&self.headings, &self.rows),
            ..Page::default()
        };
        let marked =
            (!marking.is_empty()).then(|| format!("Marked {marking}. Not to be published before the marking is reviewed and taken off."));
        let above = std::iter::once((self.title, Plain::Title)).chain(self.said.into_iter().chain(marked).map(|said| (said, Plain::Said)));
        let mut next = 0;
        for (said, look) in above {
            page.cells.push(PageCell { row: next, column: 0, content: Content::Owned(said), look: look as usize });
            next += 1;
        }
        let first_row = next;
        for (heading, column) in self.headings.into_iter().zip(0_u16..) {
            page.cells.push(PageCell { row: first_row, column, content: Content::Owned(heading), look: Plain::Heading as usize });
        }
        let last_column = page.cells.last().map_or(0, |cell| cell.column);
        for row in self.rows {
            next += 1;
            for (content, column) in row.into_iter().zip(0_u16..) {
                let look = if matches!(content, Content::Link { .. }) { Plain::Link } else { Plain::Body };
                page.cells.push(PageCell { row: next, column, content, look: look as usize });
            }
        }
        page.tables.push(Area { first_row, first_column: 0, last_row: next, last_column });
        page.repeat_rows = Some((first_row, first_row));
        page
    }

    /// Writes shorthand into blank cells, explains what shorthand it uses, and what no row can show.
    fn fill(&mut self) {
        if self.rows.is_empty() {
            self.rows.push(vec![Content::Blank; self.headings.len()]);
        }
        let columns = self.headings.len();
        for row in &mut self.rows {
            row.resize(columns, Content::Blank);
            row.iter_mut().filter(|content| is_blank(content)).for_each(|content| *content = text(NOT_AVAILABLE));
        }
        let words = match self.shorthand() {
            (true, true) => "[x] stands for what is not recorded, and [z] for what does not apply.",
            (true, false) => "[x] stands for what is not recorded.",
            (false, true) => "[z] stands for what does not apply.",
            (false, false) => "",
        };
        if !words.is_empty() {
            self.say(words.to_owned());
        }
        if self.is_too_high() {
            self.say("Some text is longer than a row can show: select its cell to read all of it.".to_owned());
        }
    }

    /// Whether some text needs more than the highest row.
    fn is_too_high(&self) -> bool {
        let long = self.rows.iter().zip(0..).flat_map(|(row, at)| {
            let long = row.iter().zip(0..).filter(|(content, _)| letters(content) > WIDTHS[1].0);
            long.map(move |(content, column)| PageCell { row: at, column, content: content.clone(), look: Plain::Body as usize })
        });
        let cells = long.collect();
        let page = Page { looks: Plain::looks(), widths: widths(&self.headings, &self.rows), cells, ..Page::default() };
        !too_high(&page).is_empty()
    }
}

/// A fixed text as what a cell holds.
pub(super) fn text(text: &'static str) -> Content<'static> {
    Content::Text(text)
}

/// A count as what a cell holds.
pub(super) fn count<'doc>(count: usize) -> Content<'doc> {
    Content::Stored(Stored { number: count as f64, format: General.into() })
}

/// Whether nothing stands in a cell.
pub(super) fn is_blank(content: &Content<'_>) -> bool {
    match content {
        Content::Blank => true,
        Content::Text(text) => text.trim().is_empty(),
        Content::Owned(text) | Content::Link { text, .. } => text.trim().is_empty(),
        Content::Stored(_) | Content::Formula { .. } => false,
    }
}

/// A heading that no other column has, on one line and not too long.
fn unlike(heading: &str, number: usize, seen: &mut HashSet<String>) -> String {
    let mut heading = super::one_line(heading);
    if heading.is_empty() {
        heading = format!("Column {number}");
    }
    if heading.encode_utf16().count() > LONGEST_HEADING {
        let cut: String = heading.chars().take(LONGEST_HEADING / 2).collect();
        heading = format!("{}…", cut.trim_end());
    }
    let numbered = |times: usize| if times == 1 { heading.clone() } else { format!("{heading} ({times})") };
    (1..).map(numbered).find(|heading| seen.insert(heading.to_lowercase())).expect("there are more numbers than columns")
}

/// How many letters a text has.
fn letters(content: &Content<'_>) -> usize {
    match content {
        Content::Text(text) => text.chars().count(),
        Content::Owned(text) | Content::Link { text, .. } => text.chars().count(),
        Content::Stored(stored) if [DAY, MONTH].contains(&&*stored.format) => DATE,
        Content::Stored(_) | Content::Formula { .. } | Content::Blank => 0,
    }
}

/// The widths of the columns, in characters: what their texts need, within reason.
fn widths(headings: &[String], rows: &[Vec<Content<'_>>]) -> Vec<f64> {
    let longest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(letters).max().unwrap_or(0);
    let width = |(heading, at): (&String, usize)| {
        let word = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) as f64 + 3.0;
        let longest = longest(at);
        let most = WIDTHS.iter().find(|(letters, _)| longest <= *letters).map_or(LEAST, |(_, width)| *width);
        let least = if at == 0 { FIRST } else { LEAST };
        (longest as f64 + 2.0).min(most).max(word.min(most.max(LEAST))).max(least)
    };
    headings.iter().zip(0..).map(width).collect()
}
