//! OpenDocument spreadsheets (.ods): cells with the text their owner sees, read in one pass. Never follows a linked table.

use std::{collections::HashMap, sync::Arc};

use super::{
    OpenError, Progress, Read,
    cells::{Filler, MOST_PLACES, Shown, iso_serial, plain},
    ods_filter,
    ods_styles::Styles,
};
use crate::{
    model::{
        Named, Stored,
        excel::{MOST_COLUMNS, MOST_ROWS},
        show_number,
    },
    workbook::{
        Attached, Merge, Offered, Painted, RawCell, RawSheet,
        package::{Beside, Budget, Package},
        parts::{Element, Filter, RawLook, XmlStep, labelled, recheck, walk, walk_while},
    },
};

/// After so many rows of a repeated one it is asked whether to go on.
const ASKED: u32 = 1024;
/// Blank cells that are repeated more often paint the sheet's ground, not a value's place.
const MOST_BLANKS: u32 = 256;

/// Reads every sheet of a package.
pub(crate) fn read(file: &str, package: &Package, progress: &Progress<'_>) -> Read {
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    let mut encrypted = false;
    walk(manifest, |step| encrypted |= matches!(step, XmlStep::Open(element) if element.name() == "encryption-data"));
    if encrypted {
        return Err(OpenError::Password);
    }
    let content = package.part("content.xml").ok_or(OpenError::NotAWorkbook)?;
    let styles = Styles::read(&[package.part("styles.xml").unwrap_or_default(), content]);
    let mut reader = Reader { styles, ..Reader::new(progress) };
    walk_while(content, |step| {
        reader.see(step);
        reader.stopped.is_none()
    });
    if let Some(error) = reader.stopped {
        return Err(error);
    }
    let mut notes = Vec::new();
    let (mut grids, mut shown, mut budget) = (Vec::new(), Shown::default(), reader.budget);
    let label = Arc::new(labelled(user_defined(package.part("meta.xml").unwrap_or_default())));
    let filtered = reader.sheets.iter().any(|sheet| !sheet.grid.hidden.filtered.is_empty());
    let filters = if filtered { ods_filter::filters(content) } else { Vec::new() };
    let page_texts = page_texts(package.part("styles.xml").unwrap_or_default());
    for mut sheet in reader.sheets {
        // Which sheet has which pages is not asked: a marking on one is that of all.
        (sheet.grid.page_texts, sheet.grid.label) = (page_texts.clone(), Arc::clone(&label));
        sheet.grid.attached.sort_by_key(|attached| (attached.row, attached.column));
        let mut filler = Filler::new(sheet.grid, &[], &mut shown, &mut budget);
        filler.without_value(sheet.without_value, &sheet.valueless);
        for (row, cell) in sheet.cells {
            match cell {
                Ready::Cell(cell) => filler.put_counted(row, cell),
                Ready::Error(column, text) => filler.error(row, column, text),
            }
        }
        let mut grid = filler.finish(&mut notes);
        if !grid.hidden.filtered.is_empty() {
            let own: Vec<Filter> = filters.iter().filter(|(sheet, _)| *sheet == grid.sheet).map(|(_, filter)| filter.clone()).collect();
            recheck(&mut grid, &own);
        }
        grids.push(grid);
    }
    notes.extend(budget.notes(file));
    Ok((grids, notes))
}

/// The texts in the headers and footers of the pages there are, a paragraph each.
fn page_texts(styles: &[u8]) -> Vec<String> {
    const MOST: usize = 100;
    const PARTS: [&str; 6] = ["header", "footer", "header-left", "footer-left", "header-first", "footer-first"];
    let (mut texts, mut within) = (Vec::new(), false);
    walk(styles, |step| match step {
        XmlStep::Open(element) if PARTS.contains(&element.name()) => {
            within = element.get("display").is_none_or(|display| display != "false");
        }
        XmlStep::Open(element) if element.name() == "p" && within && texts.len() < MOST => texts.push(String::new()),
        XmlStep::Text(text) if within => texts.last_mut().into_iter().for_each(|last: &mut String| last.push_str(text)),
        XmlStep::Close(name) if PARTS.contains(&name) => within = false,
        _ => {}
    });
    texts
}

/// The properties that its owner or another program added.
fn user_defined(meta: &[u8]) -> Vec<Named> {
    let (mut found, mut within): (Vec<(String, String)>, bool) = (Vec::new(), false);
    walk(meta, |step| match step {
        XmlStep::Open(element) if element.name() == "user-defined" => {
            within = true;
            found.push((element.get("name").unwrap_or_default(), String::new()));
        }
        XmlStep::Text(text) if within => found.last_mut().into_iter().for_each(|(_, value)| value.push_str(text)),
        XmlStep::Close("user-defined") => within = false,
        _ => {}
    });
    found.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// A sheet while it is read.
#[derive(Default)]
struct OdsSheet {
    grid: RawSheet,
    cells: Vec<(u32, Ready)>,
    /// The styles of the columns' cells, with the column each begins at.
    columns: Vec<(u32, String)>,
    next_column: u32,
    row: u32,
    offered: HashMap<String, Vec<Merge>>,
    /// How many formulas have no stored value, and where the first of them stand.
    without_value: usize,
    valueless: Vec<(u32, u16)>,
}

enum Ready {
    Cell(RawCell),
    Error(u16, Box<str>),
}

/// A cell as it is written.
#[derive(Clone, Default)]
struct Written {
    repeated: u32,
    style: Option<String>,
    number: Option<f64>,
    /// The format its kind of value has where its style names none.
    usual: Option<&'static str>,
    text: String,
    note: String,
    author: String,
    error: bool,
    formula: bool,
    /// Whether it says what kind its value is of.
    typed: bool,
    spans: (u32, u32),
    choices: Option<String>,
    paragraphs: usize,
}

/// Where text belongs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Belongs {
    #[default]
    Nowhere,
    Cell,
    Note,
    Author,
}

struct Reader<'a> {
    styles: Styles,
    progress: &'a Progress<'a>,
    sheets: Vec<OdsSheet>,
    sheet: Option<OdsSheet>,
    row: Vec<Written>,
    row_repeated: u32,
    cell: Option<Written>,
    belongs: Belongs,
    in_note: bool,
    /// How deep within drawn objects.
    aside: u32,
    choices: HashMap<String, Vec<Box<str>>>,
    budget: Budget,
    stopped: Option<OpenError>,
}

impl<'a> Reader<'a> {
    fn new(progress: &'a Progress<'a>) -> Self {
        Self {
            styles: Styles::default(),
            progress,
            sheets: Vec::new(),
            sheet: None,
            row: Vec::new(),
            row_repeated: 1,
            cell: None,
            belongs: Belongs::Nowhere,
            in_note: false,
            aside: 0,
            choices: HashMap::new(),
            budget: Budget::default(),
            stopped: None,
        }
    }

    fn see(&mut self, step: XmlStep<'_>) {
        // What is drawn over a sheet may hold tables of its own.
        const ASIDE: [&str; 6] = ["frame", "custom-shape", "g", "control", "object", "shapes"];
        match &step {
            XmlStep::Open(element) if !self.in_note && ASIDE.contains(&element.name()) => self.aside += 1,
            XmlStep::Close(name) if !self.in_note && ASIDE.contains(name) => self.aside = self.aside.saturating_sub(1),
            _ if self.aside > 0 => {}
            _ => self.see_sheet(step),
        }
    }

    fn see_sheet(&mut self, step: XmlStep<'_>) {
        match step {
            XmlStep::Open(element) => self.open(&element),
            XmlStep::Text(text) => self.text(text),
            XmlStep::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "content-validation" => {
                if let (Some(name), Some(condition)) = (element.get("name"), element.get("condition")) {
                    let choices = listed(&condition);
                    if self.budget.take(Beside::Choices, choices.len().max(1)) {
                        self.choices.insert(name, choices);
                    }
                }
            }
            "table" => self.table(element),
            "table-column" => {
                let Some(sheet) = &mut self.sheet else { return };
                let first = sheet.next_column;
                sheet.next_column = first.saturating_add(repeated(element, "number-columns-repeated")).min(MOST_COLUMNS);
                if first < MOST_COLUMNS {
                    sheet.columns.extend(element.get("default-cell-style-name").map(|style| (first, style)));
                }
                // What is hidden to the end of the sheet is its unused rest.
                if is_hidden(element) && sheet.next_column < MOST_COLUMNS {
                    sheet.grid.hidden.columns.extend((first..sheet.next_column).map(|column| column as u16));
                }
            }
            "table-row" => {
                self.row_repeated = repeated(element, "number-rows-repeated");
                self.row.clear();
                let Some(sheet) = &mut self.sheet else { return };
                let hidden = &mut sheet.grid.hidden;
                if is_hidden(element) && sheet.row.saturating_add(self.row_repeated) < MOST_ROWS {
                    let filtered = element.get("visibility").is_some_and(|visibility| visibility == "filter");
                    let rows = if filtered { &mut hidden.filtered } else { &mut hidden.rows };
                    if self.budget.take(Beside::Hidden, self.row_repeated as usize) {
                        rows.extend(sheet.row..sheet.row + self.row_repeated);
                    }
                }
            }
            "table-cell" | "covered-table-cell" if self.sheet.is_some() => self.cell = Some(written(element)),
            "annotation" => self.in_note = true,
            "creator" if self.in_note => self.belongs = Belongs::Author,
            "p" => self.paragraph(),
            "s" => self.text(&" ".repeat(repeated(element, "c").min(100) as usize)),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn table(&mut self, element: &Element<'_>) {
        if !(self.progress)(0.5) {
            self.stopped = Some(OpenError::Cancelled);
        }
        let mut grid = RawSheet { sheet: element.get("name").unwrap_or_default(), colours_read: true, ..RawSheet::default() };
        grid.hidden.sheet = element.get("style-name").is_some_and(|style| self.styles.is_hidden(&style));
        self.sheet = Some(OdsSheet { grid, ..OdsSheet::default() });
    }

    fn paragraph(&mut self) {
        let Some(cell) = &mut self.cell else { return };
        let into = if self.in_note { &mut cell.note } else { &mut cell.text };
        if !into.is_empty() || (!self.in_note && cell.paragraphs > 0) {
            into.push('\n');
        }
        cell.paragraphs += usize::from(!self.in_note);
        self.belongs = if self.in_note { Belongs::Note } else { Belongs::Cell };
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        match self.belongs {
            Belongs::Cell => cell.text.push_str(text),
            Belongs::Note => cell.note.push_str(text),
            Belongs::Author => cell.author.push_str(text),
            Belongs::Nowhere => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "creator" => self.belongs = Belongs::Nowhere,
            "annotation" => self.in_note = false,
            "table-cell" | "covered-table-cell" => self.row.extend(self.cell.take()),
            "table-row" => self.end_row(),
            "table" => {
                let Some(mut sheet) = self.sheet.take() else { return };
                for (name, ranges) in std::mem::take(&mut sheet.offered) {
                    let choices = self.choices.get(&name).cloned().unwrap_or_default();
                    if !choices.is_empty() {
                        sheet.grid.offered.push(Offered { ranges, choices });
                    }
                }
                sheet.grid.offered.sort_by_key(|offered| offered.ranges.first().map(|range| range.first));
                self.sheets.push(sheet);
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let Some(sheet) = &mut self.sheet else { return };
        let (first, repeated) = (sheet.row, self.row_repeated.min(MOST_ROWS.saturating_sub(sheet.row)));
        sheet.row = first + repeated;
        let mut column = 0_u32;
        let mut row: Vec<(u32, Written)> = Vec::with_capacity(self.row.len());
        for cell in self.row.drain(..) {
            let at = column;
            column = column.saturating_add(cell.repeated);
            if at < MOST_COLUMNS {
                row.push((at, cell));
            }
        }
        for (column, cell) in row.iter().filter(|(_, cell)| cell.formula && !cell.typed && cell.is_blank()) {
            let columns = cell.repeated.min(MOST_COLUMNS - column);
            sheet.without_value = sheet.without_value.saturating_add(repeated as usize * columns as usize);
            if sheet.valueless.len() < MOST_PLACES {
                sheet.valueless.push((first, *column as u16));
            }
        }
        // Blank rows at the end are repeated a million times; what they offer or paint is no value's place.
        let filled = row.iter().any(|(_, cell)| !cell.is_blank());
        for row_at in first..first + if filled { repeated } else { repeated.min(MOST_BLANKS) } {
            if !filled && repeated > MOST_BLANKS {
                break;
            }
            if row_at.is_multiple_of(ASKED) && !(self.progress)(0.5) {
                self.stopped = Some(OpenError::Cancelled);
                return;
            }
            for (column, cell) in &row {
                let count = cell.repeated.min(MOST_COLUMNS - column);
                sheet.place(row_at, *column, count, cell, &self.styles, &mut self.budget);
            }
            if let Err(error) = self.budget.check() {
                self.stopped = Some(error);
                return;
            }
        }
    }
}

impl Written {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.number.is_none() && self.note.is_empty()
    }
}

impl OdsSheet {
    /// Puts a cell and its repetitions in a row.
    fn place(&mut self, row: u32, first: u32, count: u32, cell: &Written, styles: &Styles, budget: &mut Budget) {
        if cell.is_blank() && count > MOST_BLANKS {
            return;
        }
        for column in first..first + count {
            let of_column =
                || self.columns[..self.columns.partition_point(|(from, _)| *from <= column)].last().map(|(_, style)| style.as_str());
            let look = cell.style.as_deref().or_else(of_column).map(|style| styles.look(style)).unwrap_or_default();
            self.one(row, column as u16, cell, look, budget);
        }
        if let Some(name) = &cell.choices {
            let ranges = self.offered.entry(name.clone()).or_default();
            let (left, right) = (first as u16, (first + count - 1) as u16);
            match ranges.iter_mut().rev().take(8).find(|range| range.last.0 + 1 == row && (range.first.1, range.last.1) == (left, right)) {
                Some(above) => above.last.0 = row,
                None if budget.take(Beside::Offered, 1) => ranges.push(Merge { first: (row, left), last: (row, right) }),
                None => {}
            }
        }
    }

    fn one(&mut self, row: u32, column: u16, cell: &Written, look: RawLook, budget: &mut Budget) {
        if cell.spans != (1, 1) {
            let bottom = row.saturating_add(cell.spans.0 - 1).min(MOST_ROWS - 1);
            let right = u32::from(column).saturating_add(cell.spans.1 - 1).min(MOST_COLUMNS - 1) as u16;
            if budget.take(Beside::Merges, usize::from(right - column) + 1) {
                self.grid.merges.push(Merge { first: (row, column), last: (bottom, right) });
            }
        }
        if !cell.note.trim().is_empty() {
            let (words, author) = (cell.note.trim(), cell.author.trim());
            let text = if author.is_empty() { words.to_owned() } else { format!("{author}: {words}") };
            if budget.take(Beside::AttachedText, text.len()) && budget.take(Beside::Attached, 1) {
                self.grid.attached.push(Attached { row, column, text: text.into() });
            }
        }
        let text = look.font.drawn(plain(&cell.text));
        let blank = text.trim().is_empty();
        let begins = self.cells.last().is_none_or(|(last, _)| *last != row);
        if cell.error && !blank {
            if budget.spend(&text, begins) {
                self.cells.push((row, Ready::Error(column, text)));
            }
            return;
        }
        let plain_style = look.format.is_empty() || *look.format == *crate::model::General;
        let format = cell.usual.filter(|_| plain_style).map_or(look.format, Into::into);
        let stored = cell.number.map(|number| Stored { number, format });
        let text = match &stored {
            Some(stored) if blank => show_number(stored.number, &stored.format).into(),
            _ => text,
        };
        if text.trim().is_empty() {
            self.grid.painted.extend(look.fill.map(|fill| Painted { row, column, fill }));
            return;
        }
        let cell = RawCell {
            column,
            text,
            stored,
            fill: look.fill,
            bold: look.bold,
            font: look.font,
            formula: cell.formula,
            ..RawCell::default()
        };
        if budget.spend(&cell.text, begins) {
            self.cells.push((row, Ready::Cell(cell)));
        }
    }
}

fn repeated(element: &Element<'_>, name: &str) -> u32 {
    element.number(name).unwrap_or(1).max(1)
}

fn is_hidden(element: &Element<'_>) -> bool {
    element.get("visibility").is_some_and(|visibility| visibility == "collapse" || visibility == "filter")
}

/// What a cell's element states.
fn written(element: &Element<'_>) -> Written {
    let number = match element.get("value-type").as_deref() {
        Some("float" | "percentage" | "currency") => element.number("value"),
        Some("date") => element.get("date-value").and_then(|date| iso_serial(&date)),
        Some("time") => element.get("time-value").and_then(|time| days_of(&time)),
        _ => None,
    };
    let usual = match element.get("value-type").as_deref() {
        Some("date") => Some("dd/mm/yyyy"),
        Some("percentage") => Some("0%"),
        _ => None,
    };
    Written {
        repeated: repeated(element, "number-columns-repeated"),
        style: element.get("style-name"),
        number,
        usual,
        error: element.says("value-type", "error"),
        formula: element.get("formula").is_some(),
        typed: element.get("value-type").is_some(),
        spans: (repeated(element, "number-rows-spanned"), repeated(element, "number-columns-spanned")),
        choices: element.get("content-validation-name"),
        ..Written::default()
    }
}

/// A stretch of time such as `PT10H30M00S`, in days.
fn days_of(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut rest = text.trim_start_matches('-').strip_prefix("PT")?;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let number: f64 = rest[..end].replace(',', ".").parse().ok()?;
        seconds += number
            * match rest.as_bytes()[end] {
                b'H' => 3600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = &rest[end + 1..];
    }
    Some(if text.starts_with('-') { -seconds } else { seconds } / 86_400.0)
}

/// The choices of a condition such as `of:cell-content-is-in-list("Red";"Amber")`.
fn listed(condition: &str) -> Vec<Box<str>> {
    let Some((_, list)) = condition.split_once("cell-content-is-in-list(") else { return Vec::new() };
    // Quoted texts stand between every other pair of marks.
    list.split('"').skip(1).step_by(2).map(str::trim).filter(|choice| !choice.is_empty()).map(Box::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_and_the_properties_are_read() {
        let styles = b"<style:master-page><style:header><style:region-center><text:p>OFFICIAL-<text:span>SENSITIVE</text:span></text:p>\
            </style:region-center></style:header><style:footer style:display=\"false\"><text:p>Draft</text:p></style:footer></style:master-page>";
        assert_eq!(page_texts(styles), ["OFFICIAL-SENSITIVE"]);
        let meta = b"<meta:user-defined meta:name=\"MSIP_Label_1_Name\">General</meta:user-defined><dc:title>Plan</dc:title>";
        assert_eq!(user_defined(meta), [("MSIP_Label_1_Name".into(), "General".into())]);
    }

    #[test]
    fn stretches_of_time_and_lists_are_read() {
        assert_eq!(days_of("PT12H30M00S"), Some(12.5 / 24.0));
        assert_eq!((days_of("PT1X"), days_of("soon")), (None, None));
        let choices = listed("of:cell-content-is-in-list(\"Red\";\"Amber, late\";\"\")");
        assert_eq!(choices, ["Red".into(), Box::<str>::from("Amber, late")]);
        assert!(listed("of:cell-content-is-in-list([$Lists.$A$1:$A$3])").is_empty());
    }
}
