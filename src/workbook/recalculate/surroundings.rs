//! Owns what a formula can name: sheets, defined names and tables; it never evaluates anything.

use std::collections::HashMap;

use super::areas::{Area, LAST_COLUMN, LAST_ROW};
use super::{Book, SheetCells, TableArea};

/// Sheets, names and tables by their names in lower case, and how much of each sheet is in use.
pub(super) struct Surroundings<'a> {
    pub(super) book: &'a Book,
    sheets: HashMap<String, usize>,
    /// The last row and the last column in use on any sheet.
    last: (u32, u32),
    names: HashMap<(Option<usize>, String), &'a str>,
    tables: HashMap<String, &'a TableArea>,
}

/// The rows of a table that a reference means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Data,
    All,
    Headings,
    Totals,
    This,
}

/// A table reference taken apart.
struct Wanted<'t> {
    rows: Option<Rows>,
    columns: Option<(&'t str, &'t str)>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let last = book.sheets.iter().map(extent).fold((0, 0), |last, next| (last.0.max(next.0), last.1.max(next.1)));
        let mut made = Self { book, last, sheets: HashMap::new(), names: HashMap::new(), tables: HashMap::new() };
        for (number, sheet) in book.sheets.iter().enumerate() {
            made.sheets.entry(sheet.name.to_lowercase()).or_insert(number);
        }
        for (name, scope, formula) in &book.names {
            let formula = formula.strip_prefix('=').unwrap_or(formula);
            made.names.entry((*scope, name.to_lowercase())).or_insert(formula);
        }
        for table in &book.tables {
            made.tables.entry(table.name.to_lowercase()).or_insert(table);
        }
        made
    }

    /// The sheet of a name, whatever its case.
    pub(super) fn sheet(&self, name: &str) -> Option<usize> {
        self.sheets.get(&name.to_lowercase()).copied()
    }

    /// What a defined name stands for, seen from a sheet.
    pub(super) fn name(&self, sheet: usize, name: &str) -> Option<&'a str> {
        let name = name.to_lowercase();
        let own = self.names.get(&(Some(sheet), name.clone()));
        own.or_else(|| self.names.get(&(None, name))).copied()
    }

    /// Whether a table has this name.
    pub(super) fn has_table(&self, name: &str) -> bool {
        self.tables.contains_key(&name.to_lowercase())
    }

    /// The cells that a table reference means, seen from a cell; `inside` is what stands in its brackets.
    pub(super) fn table(&self, name: &str, inside: &str, from: (usize, u32, u32)) -> Result<Area, String> {
        let table = match name.is_empty() {
            true => self.book.tables.iter().find(|table| whole(table).contains(from.0, from.1, from.2)),
            false => self.tables.get(&name.to_lowercase()).copied(),
        };
        let table = table.ok_or_else(|| format!("it names a table that is not in the workbook, {name:?}"))?;
        let mut wanted = Wanted { rows: None, columns: None };
        wanted.read(inside)?;
        let rows = table_rows(table, wanted.rows.unwrap_or(Rows::Data), from)?;
        if rows.0 > rows.1 {
            return Err(format!("it names the table {:?}, which ends before it starts", table.name));
        }
        let columns = match &wanted.columns {
            None => (table.columns.0.min(LAST_COLUMN), table.columns.1.clamp(table.columns.0.min(LAST_COLUMN), LAST_COLUMN)),
            Some((first, last)) => {
                let (first, last) = (table_column(table, first)?, table_column(table, last)?);
                (first.min(last), first.max(last))
            }
        };
        Ok(Area { sheet: table.sheet, first_row: rows.0, last_row: rows.1, first_column: columns.0, last_column: columns.1 })
    }

    /// An area without the rows and columns after the last in use on any sheet, so that equal areas stay equal.
    pub(super) fn used(&self, area: &Area) -> Area {
        Area {
            last_row: area.last_row.min(self.last.0.max(area.first_row)),
            last_column: area.last_column.min(self.last.1.max(area.first_column)),
            ..*area
        }
    }
}

fn extent(sheet: &SheetCells) -> (u32, u32) {
    let last = |found: Option<u32>, most: u32| found.unwrap_or(0).min(most);
    let row = sheet.cells.iter().map(|cell| cell.row).max();
    (last(row, LAST_ROW), last(sheet.cells.iter().map(|cell| cell.column).max(), LAST_COLUMN))
}

fn whole(table: &TableArea) -> Area {
    Area {
        sheet: table.sheet,
        first_row: table.rows.0,
        last_row: table.rows.1.min(LAST_ROW),
        first_column: table.columns.0,
        last_column: table.columns.1.min(LAST_COLUMN),
    }
}

fn table_rows(table: &TableArea, rows: Rows, from: (usize, u32, u32)) -> Result<(u32, u32), String> {
    let (first, last) = (table.rows.0, table.rows.1.min(LAST_ROW));
    let data = (first.saturating_add(table.heading_rows), last.saturating_sub(table.total_rows));
    let missing = |what: &str| format!("it needs the {what} of the table {:?}, which has none", table.name);
    match rows {
        Rows::All => Ok((first, last)),
        Rows::Data if data.0 <= data.1 => Ok(data),
        Rows::Data => Err(missing("rows")),
        Rows::Headings if table.heading_rows > 0 => Ok((first, first)),
        Rows::Headings => Err(missing("headings")),
        Rows::Totals if table.total_rows > 0 => Ok((last, last)),
        Rows::Totals => Err(missing("totals")),
        Rows::This if from.0 == table.sheet && (data.0..=data.1).contains(&from.1) => Ok((from.1, from.1)),
        Rows::This => Err(format!("it means its own row of the table {:?}, but is not in one", table.name)),
    }
}

fn table_column(table: &TableArea, name: &str) -> Result<u32, String> {
    let plain = unescaped(name);
    let wanted = plain.to_lowercase();
    let at = table.headings.iter().position(|heading| heading.to_lowercase() == wanted);
    at.and_then(|at| table.columns.0.checked_add(u32::try_from(at).ok()?))
        .filter(|column| *column <= table.columns.1)
        .ok_or_else(|| format!("it names a column that the table {:?} does not have, {plain:?}", table.name))
}

/// A column's name without the apostrophes that a formula puts before special characters.
fn unescaped(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        let escaped = if character == '\'' { characters.next() } else { None };
        plain.push(escaped.unwrap_or(character));
    }
    plain
}

impl<'t> Wanted<'t> {
    /// Reads what stands in a table's brackets: `Cost`, `#All`, `@Cost`, `[#This Row],[Cost]`, `[From]:[To]` and so on.
    fn read(&mut self, inside: &'t str) -> Result<(), String> {
        let inside = inside.trim();
        let inside = match inside.strip_prefix('@') {
            Some(rest) => {
                self.take(Rows::This);
                rest.trim()
            }
            None => inside,
        };
        if inside.is_empty() {
            return Ok(());
        }
        if !inside.starts_with('[') {
            return self.one(inside);
        }
        let mut rest = inside;
        let mut first: Option<&'t str> = None;
        loop {
            let (item, after) = bracketed(rest)?;
            match first.take() {
                Some(from) => self.columns = Some((from, item)),
                None => self.one(item)?,
            }
            let after = after.trim_start();
            if after.is_empty() {
                return Ok(());
            }
            if after.starts_with(':') {
                first = Some(item);
            } else if !after.starts_with(',') {
                return unknown();
            }
            rest = after.get(1..).unwrap_or_default().trim_start();
        }
    }

    fn one(&mut self, item: &'t str) -> Result<(), String> {
        let Some(special) = item.strip_prefix('#') else {
            if self.columns.is_some() {
                return unknown();
            }
            self.columns = Some((item, item));
            return Ok(());
        };
        self.take(match special.trim().to_ascii_lowercase().as_str() {
            "all" => Rows::All,
            "data" => Rows::Data,
            "headers" => Rows::Headings,
            "totals" => Rows::Totals,
            "this row" => Rows::This,
            _ => return unknown(),
        });
        Ok(())
    }

    /// Two kinds of rows together, such as headings and data, are taken for the whole table, of which they are part;
    /// comparing with the value before shows where that is wrong.
    fn take(&mut self, rows: Rows) {
        self.rows = Some(if self.rows.is_some_and(|before| before != rows) { Rows::All } else { rows });
    }
}

fn unknown<T>() -> Result<T, String> {
    Err("it names a table in a way not known here".to_string())
}

/// What stands in the brackets at the start of a text, and what comes after them.
fn bracketed(text: &str) -> Result<(&str, &str), String> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\'' => escaped = true,
            ']' => return Ok((text.get(1..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())),
            _ if at == 0 && letter != '[' => return unknown(),
            _ => {}
        }
    }
    unknown()
}
