//! What its owner hid of a table: marks the words that stand in hidden rows, columns and sheets, and notes them. Leaves nothing out.

use std::collections::HashMap;

use crate::{
    model::{Hiding, RowKind, Table, column_letters, listed},
    notes::{Code, Note, Place, Severity},
    workbook::{Hidden, Merge, RawSheet},
};

/// The places of a sheet that are out of sight by hand.
pub(super) struct Hides {
    hidden: Hidden,
    /// The merges by their first cells, where anything is hidden.
    merges: HashMap<(u32, u16), Merge>,
}

/// The note on a hidden sheet that is read.
pub(super) fn sheet_note(grid: &RawSheet) -> Note {
    let so = if grid.hidden.very { "hidden in the workbook, so that Excel does not even list it" } else { "hidden in the workbook" };
    let message = format!("The sheet “{}” is {so}; it was read all the same. {LEFT_OUT}", grid.sheet);
    Note::new(Severity::Info, Code::HiddenSheet, Place::address(&*grid.sheet), message, "")
}

impl Hides {
    pub(super) fn of(grid: &RawSheet) -> Self {
        let any = !grid.hidden.rows.is_empty() || !grid.hidden.columns.is_empty();
        let merges = if any { grid.merges.iter().map(|merge| (merge.first, *merge)).collect() } else { HashMap::new() };
        Self { hidden: grid.hidden.clone(), merges }
    }

    /// Whether the text of a cell is out of sight. That of a merged cell is in sight as long as a row and a column of it are.
    pub(super) fn cell(&self, row: u32, column: u16) -> bool {
        let hidden = &self.hidden;
        let own = Merge { first: (row, column), last: (row, column) };
        let merge = self.merges.get(&(row, column)).unwrap_or(&own);
        let count = |from: usize, to: usize| (to - from) as u64;
        let rows = count(
            hidden.rows.partition_point(|hidden| *hidden < merge.first.0),
            hidden.rows.partition_point(|hidden| *hidden <= merge.last.0),
        );
        let columns = count(
            hidden.columns.partition_point(|hidden| *hidden < merge.first.1),
            hidden.columns.partition_point(|hidden| *hidden <= merge.last.1),
        );
        hidden.sheet || rows > u64::from(merge.last.0 - merge.first.0) || columns > u64::from(merge.last.1 - merge.first.1)
    }
}

/// Marks what is hidden of a table beside its columns, as its sheet has it.
pub(super) fn mark(table: &mut Table, grid: &RawSheet) {
    let hidden = &grid.hidden;
    if hidden.sheet {
        table.hidden.push(Hiding { sheet: table.sheet.as_str().into(), column: None });
    }
    if !hidden.sheet && hidden.rows.is_empty() && hidden.columns.is_empty() && hidden.filtered.is_empty() {
        return;
    }
    let hides = Hides::of(grid);
    let lines = table.summary.iter_mut().flat_map(|summary| &mut summary.lines);
    let above = table.title.iter_mut().chain(&mut table.fields).chain(lines);
    for field in above.chain(table.rows.iter_mut().flat_map(|row| &mut row.fields)) {
        let place = field.source.and_then(|(row, column)| Some((row, u16::try_from(column).ok()?)));
        field.hidden |= place.map_or(hidden.sheet, |(row, column)| hides.cell(row, column));
    }
    for row in table.rows.iter_mut().filter(|row| row.source > 0) {
        // A section is as much in sight as its words are.
        row.hidden |= if row.fields.is_empty() { hidden.is_by_hand(row.source - 1) } else { row.fields.iter().all(|field| field.hidden) };
        row.filtered = hidden.filtered.binary_search(&(row.source - 1)).is_ok();
    }
}

/// What is worth saying of it: which columns and rows are left out of what is written, and which are in it although a filter hides them.
pub(super) fn notes(table: &Table, grid: &RawSheet) -> Vec<Note> {
    let mut notes = Vec::new();
    let hidden: Vec<usize> = (0..table.columns.len()).filter(|&column| table.columns[column].hidden).collect();
    if let Some(&first) = hidden.first() {
        let named = |&at: &usize| table.sheet_column(at);
        let message = format!(
            "Hidden in the workbook: the {} {}. {LEFT_OUT}",
            match (hidden.len(), table.turned) {
                (1, false) => "column",
                (_, false) => "columns",
                (1, true) => "row",
                (_, true) => "rows",
            },
            listed(&hidden.iter().map(named).collect::<Vec<_>>())
        );
        let source = table.columns[first].source;
        let own = if table.turned { (source + 1).to_string() } else { column_letters(source) };
        let place = Place::address(format!("{}!{own}", grid.sheet));
        notes.push(Note::new(Severity::Info, Code::HiddenColumns, place, message, UNHIDE));
    }
    let numbers = |by: &dyn Fn(&crate::model::Row) -> bool| -> Vec<u32> {
        table.rows.iter().filter(|row| row.source > 0 && by(row)).map(|row| row.source).collect()
    };
    let left = table.columns.first().map_or(0, |column| column.source as u16);
    let at = |row: u32| Place::address(grid.place(row.saturating_sub(1), left));
    let by_hand = numbers(&|row| row.hidden);
    if let Some(first) = by_hand.first().filter(|_| !grid.hidden.sheet) {
        let untold = by_hand.iter().any(|row| grid.hidden.untold.binary_search(&(row - 1)).is_ok());
        let untold = if untold { UNTOLD } else { "" };
        let message = format!("Hidden in the workbook: {}. {LEFT_OUT}{untold}", table.sheet_rows(&by_hand));
        let place = at(*first);
        notes.push(Note::new(Severity::Info, Code::HiddenRows, place, message, UNHIDE));
    }
    let filtered = numbers(&|row| row.filtered && row.kind != RowKind::Section);
    if let Some(first) = filtered.first() {
        let message = format!(
            "A filter in the workbook keeps {} out of sight. Unlike what is hidden by hand, these are written.",
            table.sheet_rows(&filtered)
        );
        let place = at(*first);
        notes.push(Note::new(Severity::Info, Code::FilteredRows, place, message, ""));
    }
    notes
}

/// What becomes of what is hidden.
pub(super) const LEFT_OUT: &str = "Left out of returns, printed pages, pictures and the clipboard unless you choose otherwise.";
const UNHIDE: &str = "Unhide it in Excel where it is no secret.";
const UNTOLD: &str = " A filter by icon, by font colour or by another list may be what hides some of it; clear the filter in Excel to see.";
