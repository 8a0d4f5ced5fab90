//! The texts that stand outside an owner's tables: put back above and below them, and on sheets of their own as they stood.

use super::{names::Names, sheet::Sheet, style::Style};
use crate::{
    model::{Document, LooseText, TableId},
    workbook::{Letters, Page, keys::Part, room},
};

/// The narrowest and the widest column of a sheet without tables, in characters.
const NARROWEST: f64 = 9.0;
const WIDEST: f64 = 60.0;

/// The table that the keys of loose texts name; no table has it.
const NO_TABLE: TableId = TableId(1);

/// The loose texts of a document that are not laid out yet, by their sheets.
pub(crate) struct Loose<'doc> {
    sheets: Vec<(&'doc str, Vec<&'doc LooseText>)>,
}

impl<'doc> Loose<'doc> {
    pub(crate) fn of(document: &'doc Document) -> Self {
        let mut sheets: Vec<(&str, Vec<&LooseText>)> = Vec::new();
        for text in &document.loose {
            match sheets.iter_mut().find(|(sheet, _)| *sheet == &*text.sheet) {
                Some((_, texts)) => texts.push(text),
                None => sheets.push((&text.sheet, vec![text])),
            }
        }
        sheets.iter_mut().for_each(|(_, texts)| texts.sort_by_key(|text| (text.row, text.column)));
        Self { sheets }
    }

    /// How many columns the texts of a sheet take.
    pub(crate) fn width(&self, sheet: &str) -> usize {
        let texts = self.sheets.iter().filter(|(held, _)| *held == sheet).flat_map(|(_, texts)| texts);
        texts.map(|text| usize::from(text.column) + 1).max().unwrap_or(0)
    }

    /// Lays the texts of a sheet out that stood above a row, with a blank row below them.
    pub(crate) fn lay_above(&mut self, sheet: &mut Sheet<'doc>, on: &str, row: u32) {
        let Some((_, texts)) = self.sheets.iter_mut().find(|(held, _)| *held == on) else { return };
        let below = texts.partition_point(|text| text.row < row);
        let above: Vec<&LooseText> = texts.drain(..below).collect();
        if let Some(first) = above.first() {
            let base = sheet.next;
            lay(sheet, &above, first.row, base);
            sheet.next += 1;
        }
    }

    /// The sheets that hold no table, each text at its own place.
    pub(crate) fn pages(self, names: &mut Names) -> Vec<Page<'doc>> {
        let left = self.sheets.into_iter().filter(|(_, texts)| !texts.is_empty());
        let page = |(sheet, texts): (&str, Vec<&'doc LooseText>)| {
            let width = texts.iter().map(|text| usize::from(text.column) + 1).max().unwrap_or(0);
            let mut page = Sheet::keyed(names.give(sheet), width);
            let first = texts[0].row;
            widen(&mut page, &texts);
            lay(&mut page, &texts, first, first);
            page.page
        };
        left.map(page).collect()
    }
}

/// Puts texts into the rows they stood in, counted from a first row that comes to stand at another.
fn lay<'doc>(sheet: &mut Sheet<'doc>, texts: &[&'doc LooseText], first: u32, base: u32) {
    for row in texts.chunk_by(|a, b| a.row == b.row) {
        let at = base + (row[0].row - first);
        for (number, text) in row.iter().enumerate() {
            sheet.cell(at, text.column, &text.cell, Style::Loose);
            // A text goes on over the blank cells beside it, up to the next; the hidden keys would cut it off.
            let next = row.get(number + 1).map_or(sheet.keys, |next| next.column);
            sheet.merge_across(at, text.column, next.saturating_sub(1));
        }
        sheet.key(at, NO_TABLE, Part::Text);
        sheet.next = at + 1;
    }
}

/// Makes the columns of a sheet without tables wide enough for most texts; longer ones are wrapped.
fn widen(sheet: &mut Sheet<'_>, texts: &[&LooseText]) {
    for text in texts {
        let pixels = text.cell.text.lines().map(|line| Letters::USUAL.width(line)).fold(0.0, f64::max);
        sheet.widen(usize::from(text.column), (pixels * 1.05 / room(1.0) + 1.0).clamp(NARROWEST, WIDEST));
    }
}
