//! Listed changes found in a document and made there, each as the edit a user would make. What cannot be found is refused by name.

use std::{cell::RefCell, collections::HashMap};

use serde_json::Value as Json;

use super::{
    RefusedWish,
    wish::{RowName, Wish},
};
use crate::{
    app::{receipt::Receipt, rows, write_back::OutsideCell},
    edit::{Change, FieldPlace, apply},
    model::{
        Addresses, Cell, Column, Document, Role, RowId, RowKind, Table, TableId, TableKind, in_plain_form, kinds::Kind, plain_reference,
    },
    workbook::patch::NewContent,
    writeback::Target,
};

/// The rows that have each ref.
type Refs = HashMap<String, Vec<(RowKind, RowId)>>;

/// What an edit is of, by which a refusal finds the change it came from.
type Of = (TableId, RowId, String);

/// The changes made in a copy of the document.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub document: Document,
    /// The cells outside its tables.
    pub outside: Vec<OutsideCell>,
    /// Those that cannot be made, by their places in the list.
    refused: Vec<(usize, String)>,
    /// The rows of each table by their refs, until one of these changes.
    refs: RefCell<HashMap<TableId, Refs>>,
    /// Which change an edit came from.
    edits: HashMap<Of, usize>,
    places: HashMap<String, usize>,
    /// The changes that add, delete or move rows, each with its sheet.
    row_wishes: Vec<(usize, String)>,
}

/// Makes the changes in a copy of a document. Places are those of the workbook as it was read, refs those of the moment.
pub(super) fn resolve(base: &Document, wishes: &[Json]) -> Resolved {
    let mut resolved = Resolved { document: base.clone(), ..Resolved::default() };
    let addresses = base.addresses();
    for (at, wish) in wishes.iter().enumerate() {
        if let Err(why) = Wish::of(wish).and_then(|wish| resolved.make((base, &addresses), at, wish)) {
            resolved.refused.push((at, why));
        }
    }
    resolved
}

impl Resolved {
    /// The changes that were not written, in the order they were listed.
    pub(super) fn refusals(&self, receipt: &Receipt, wishes: &[Json]) -> Vec<RefusedWish> {
        let mut refused = self.refused.clone();
        for edit in &receipt.refused {
            let row = match edit.edited.target {
                Target::Cell(row, _) => self.edits.get(&(edit.edited.table, row, edit.edited.heading.clone())),
                Target::Header(_) | Target::Section(..) | Target::Summary(_) | Target::Heading(_) | Target::Title | Target::Outside => None,
            };
            let whole = match edit.edited.target {
                Target::Cell(row, _) | Target::Section(row, _) => self.edits.get(&(edit.edited.table, row, String::new())),
                Target::Header(_) | Target::Summary(_) | Target::Heading(_) | Target::Title | Target::Outside => None,
            };
            let at = self.places.get(&edit.place).or(row).or(whole);
            if let Some(at) = at
                && !refused.iter().any(|(held, _)| held == at)
            {
                refused.push((*at, edit.why.clone()));
            }
        }
        for (at, sheet) in &self.row_wishes {
            let why = receipt.refused_rows.iter().find(|(refused, _)| refused == sheet).map(|(_, why)| why.clone());
            refused.extend(why.map(|why| (*at, why)));
        }
        refused.sort_by_key(|(at, _)| *at);
        refused.into_iter().map(|(at, why)| RefusedWish { change: wishes[at].clone(), why }).collect()
    }

    fn make(&mut self, base: (&Document, &Addresses<'_>), at: usize, wish: Wish) -> Result<(), String> {
        match wish {
            Wish::Place { place, value } => self.set_place(base, at, &place, &value),
            Wish::Cell { row, column, value } => {
                let (table, row) = self.row(&row)?;
                let column = table.column_named(&column)?;
                let cell = entered(&table.columns[column], &value);
                let of = (table.id, row, table.heading(column));
                let change = Change::SetCell { table: table.id, row, column: table.columns[column].id, cell };
                self.edits.insert(of, at);
                self.apply(vec![change])
            }
            Wish::InsertAfter { row, cells } => {
                let (table, below) = self.row(&row)?;
                let kind = table.row(below).map_or(RowKind::Entry, |row| if row.kind == RowKind::Line { RowKind::Entry } else { row.kind });
                let (mut changes, id) = rows::add(table, below, kind).ok_or("no row can stand there")?;
                for (column, value) in &cells {
                    let column = table.column_named(column)?;
                    let cell = entered(&table.columns[column], value);
                    changes.push(Change::SetCell { table: table.id, row: id, column: table.columns[column].id, cell });
                }
                let (of, sheet) = ((table.id, id, String::new()), table.sheet.clone());
                self.row_wish(at, of, sheet);
                self.apply(changes)
            }
            Wish::Delete { row } => {
                let (table, row) = self.row(&row)?;
                let changes = rows::delete(table, row).ok_or("the row is gone")?;
                let (of, sheet) = ((table.id, row, String::new()), table.sheet.clone());
                self.row_wish(at, of, sheet);
                self.apply(changes)
            }
            Wish::Move { row, after } => {
                let (table, moved) = self.row(&row)?;
                let (_, anchor) = self.row(&RowName { table: row.table, reference: after })?;
                let end = rows::block(table, table.position(anchor).ok_or("the row is gone")?).end;
                let before = table.rows.get(end).map(|row| row.id);
                if moved == anchor {
                    return Err("a row cannot stand after itself".to_owned());
                }
                let own = rows::block(table, table.position(moved).ok_or("the row is gone")?);
                if own.start == end {
                    return Ok(());
                }
                let changes = rows::place(table, moved, before).ok_or("the row cannot stand there")?;
                let (of, sheet) = ((table.id, moved, String::new()), table.sheet.clone());
                self.row_wish(at, of, sheet);
                self.apply(changes)
            }
        }
    }

    fn row_wish(&mut self, at: usize, of: Of, sheet: String) {
        self.edits.insert(of, at);
        self.row_wishes.push((at, sheet));
    }

    fn apply(&mut self, changes: Vec<Change>) -> Result<(), String> {
        let only_cells = |change: &Change| match change {
            Change::SetCell { table, column, .. } => {
                let held = self.document.table(*table).and_then(|held| held.columns.get(held.column_position(*column)?));
                held.is_some_and(|column| column.role != Some(Role::Ref))
            }
            _ => false,
        };
        if !changes.iter().all(only_cells) {
            self.refs.borrow_mut().clear();
        }
        let made = changes.into_iter().filter_map(|change| apply(&mut self.document, change)).count();
        if made > 0 { Ok(()) } else { Err("its place is gone".to_owned()) }
    }

    /// Sets the cell at a place of the workbook as it was read.
    fn set_place(&mut self, (base, addresses): (&Document, &Addresses<'_>), at: usize, place: &str, value: &str) -> Result<(), String> {
        let place = unquoted(place);
        let (sheet, row, column) = split(&place).ok_or_else(|| format!("“{place}” is no place such as Plan!G19"))?;
        self.places.insert(place.clone(), at);
        if let Some((table, row, column)) = addresses.cell_at(&place) {
            let cell = entered(&table.columns[column], value);
            let (table, row, column) = (table.id, table.rows[row].id, table.columns[column].id);
            return self.apply(vec![Change::SetCell { table, row, column, cell }]);
        }
        for table in base.tables.iter().filter(|table| table.sheet == sheet) {
            let is_there = |source: Option<(u32, u32)>| source == Some((row, column));
            let header = table.fields.iter().position(|field| is_there(field.source)).map(FieldPlace::Header);
            let section = || {
                table.rows.iter().find_map(|row| {
                    let field = row.fields.iter().position(|field| is_there(field.source))?;
                    Some(FieldPlace::Section(row.id, field))
                })
            };
            if let Some(field) = header.or_else(section) {
                let cell = typed(value);
                return self.apply(vec![Change::SetField { table: table.id, field, cell }]);
            }
        }
        self.outside.retain(|cell| (cell.sheet.as_str(), cell.row, cell.column) != (&sheet, row, column));
        self.outside.push(OutsideCell { sheet, row, column, content: content(value) });
        Ok(())
    }

    /// The row that a change names.
    fn row(&self, name: &RowName) -> Result<(&Table, RowId), String> {
        let table = self.table(name.table.as_deref())?;
        let column = table.role_position(Role::Ref).ok_or_else(|| format!("“{}” has no column of refs", table.name))?;
        let wanted = plain_reference(&name.reference);
        let mut refs = self.refs.borrow_mut();
        let refs = refs.entry(table.id).or_insert_with(|| refs_of(table, column));
        let named = |kinds: &[RowKind]| -> Vec<RowId> {
            let rows = refs.get(&wanted).into_iter().flatten();
            rows.filter(|(kind, _)| kinds.contains(kind)).map(|(_, row)| *row).collect()
        };
        let mut found = named(&[RowKind::Entry]);
        if found.is_empty() {
            found = named(&[RowKind::Group, RowKind::Section]);
        }
        match found[..] {
            [] => Err(format!("“{}” has no row with the ref {}", table.name, name.reference)),
            [row] => Ok((table, row)),
            _ => Err(format!("“{}” has {} rows with the ref {}; name the cell by its place", table.name, found.len(), name.reference)),
        }
    }

    fn table(&self, name: Option<&str>) -> Result<&Table, String> {
        let Some(name) = name else {
            let mut plans = self.document.of_kind(TableKind::Plan);
            return plans.next().filter(|_| plans.next().is_none()).ok_or_else(|| "“table” is missing".to_owned());
        };
        let wanted = in_plain_form(name);
        let of = |called: &dyn Fn(&Table) -> String| self.document.tables.iter().find(|table| in_plain_form(&called(table)) == wanted);
        let named =
            of(&|table| table.name.clone()).or_else(|| of(&|table| table.sheet.clone())).or_else(|| of(&|table| table.title().to_owned()));
        named.ok_or_else(|| {
            let names: Vec<&str> = self.document.tables.iter().map(|table| table.name.as_str()).take(10).collect();
            format!("there is no table “{name}”; there is {}", names.join(", "))
        })
    }
}

fn refs_of(table: &Table, column: usize) -> Refs {
    let mut refs = Refs::new();
    for row in &table.rows {
        if let Some(cell) = row.cells.get(column).filter(|cell| !cell.is_blank()) {
            refs.entry(plain_reference(&cell.text)).or_default().push((row.kind, row.id));
        }
    }
    refs
}

/// The cell that typing a value into a column makes.
fn entered(column: &Column, value: &str) -> Cell {
    column.enter(value)
}

/// The cell that typing a value outside a column makes: a day where it is written as one, else words.
fn typed(value: &str) -> Cell {
    let day = is_iso(value).then(|| Kind::Date.enter(value));
    day.unwrap_or_else(|| Cell::text(value))
}

fn content(value: &str) -> NewContent {
    let cell = typed(value);
    let number = || value.trim().parse::<f64>().ok().filter(|number| number.is_finite() && !value.trim().starts_with(['+', '.']));
    match cell.stored() {
        _ if value.is_empty() => NewContent::Blank,
        Some(stored) => NewContent::Number { number: stored.number, format: stored.format },
        None => match number() {
            Some(number) => NewContent::Number { number, format: crate::model::General.into() },
            None => NewContent::Text(value.to_owned()),
        },
    }
}

fn is_iso(value: &str) -> bool {
    value.len() == 10 && jiff::civil::Date::strptime("%Y-%m-%d", value).is_ok()
}

/// A place without the quotes that Excel puts around the names of sheets, and without dollars.
fn unquoted(place: &str) -> String {
    let Some((sheet, cell)) = place.rsplit_once('!') else { return place.to_owned() };
    let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    let sheet = bare.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    format!("{sheet}!{}", cell.replace('$', "").to_ascii_uppercase())
}

/// The sheet, and the zero-based row and column, of a place.
fn split(place: &str) -> Option<(String, u32, u32)> {
    let (sheet, cell) = place.rsplit_once('!')?;
    let (row, column) = crate::workbook::cell_at(cell)?;
    Some((sheet.to_owned(), row, u32::from(column)))
}
