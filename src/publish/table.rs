//! One table without what its owner hid of it: sheets, columns, rows and the words above them. Keeps no hidden word.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::account::sheet_out;
use crate::model::{Cell, ColumnId, Field, Hiding, Role, Row, RowId, RowKind, Table, Value, listed};

/// The table as it is in sight; none where nothing of it is. What is left out is named.
pub(crate) fn seen(table: &Table, left_out: &mut Vec<String>) -> Option<Table> {
    let sight = Sight::of(table);
    left_out.extend(sight.sheets_out.iter().map(|sheet| sheet_out(sheet)));
    if sight.sheets_in.is_empty() {
        return None;
    }
    sight.name_rows(left_out);
    let goes = sight.columns_out(left_out);
    let mut seen = Table { rows: sight.rows().into(), hidden: Vec::new(), ..table.clone() };
    if goes.contains(&true) {
        leave_columns_out(&mut seen, &goes);
    }
    leave_words_out(&mut seen, left_out);
    if !sight.sheets_in.iter().any(|sheet| **sheet == *table.sheet) {
        move_to_sheet(&mut seen, sight.sheets_in[0]);
    }
    let rows: HashSet<RowId> = seen.rows.iter().map(|row| row.id).collect();
    let columns: HashSet<ColumnId> = seen.columns.iter().map(|column| column.id).collect();
    seen.rules.retain(|row, _| rows.contains(row));
    seen.remarks.retain(|remark| rows.contains(&remark.row) && columns.contains(&remark.column));
    keep_choices_in_sight(&mut seen);
    (!seen.columns.is_empty() || table.columns.is_empty()).then_some(seen)
}

/// Which cells of a table are hidden in its workbook.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// By position.
    pub rows: Vec<bool>,
    pub columns: Vec<bool>,
    /// The rows of a column that only some of its sheets hide.
    apart: HashSet<(usize, usize)>,
}

impl Hidden {
    /// What is hidden of a table: by hand, with its sheet, or as a line added here to an action that is.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let sight = Sight::of(table);
        let mut apart = HashSet::new();
        for (sheet, column) in sight.by_sheet() {
            apart.extend((0..sight.sheets.len()).filter(|&at| sight.sheets[at] == sheet).map(|at| (at, column)));
        }
        Self { apart, columns: table.columns.iter().map(|column| column.hidden).collect(), rows: sight.hidden.clone() }
    }

    /// Whether a cell is hidden.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> bool {
        let any = |flags: &[bool], at: usize| flags.get(at).copied().unwrap_or(false);
        any(&self.rows, row) || any(&self.columns, column) || self.apart.contains(&(row, column))
    }
}

/// What of a table is in sight.
struct Sight<'table> {
    table: &'table Table,
    /// The sheet of each row, by its place among all sheets.
    sheets: Vec<&'table str>,
    hidden: Vec<bool>,
    /// The sheets in sight and those hidden, in order.
    sheets_in: Vec<&'table str>,
    sheets_out: Vec<&'table str>,
}

impl<'table> Sight<'table> {
    fn of(table: &'table Table) -> Self {
        let out: Vec<&Arc<str>> = table.hidden.iter().filter(|hiding| hiding.column.is_none()).map(|hiding| &hiding.sheet).collect();
        let (mut sheet, mut above) = (&*table.sheet, false);
        let (mut sheets, mut hidden) = (Vec::with_capacity(table.rows.len()), Vec::with_capacity(table.rows.len()));
        for row in &table.rows {
            match &row.sheet {
                Some(own) => sheet = own,
                // The rows of the first sheet name none; one that was added here is of the sheet of those above it.
                None if row.source > 0 => sheet = &table.sheet,
                None => {}
            }
            above = row.hidden || (above && row.kind == RowKind::Line && row.source == 0);
            sheets.push(sheet);
            hidden.push(above || out.iter().any(|out| ***out == *sheet));
        }
        let mut all = if table.rows.is_empty() { vec![&*table.sheet] } else { sheets.clone() };
        let mut known = HashSet::new();
        all.retain(|sheet| known.insert(*sheet));
        let sheets_in = all.into_iter().filter(|sheet| !out.iter().any(|out| ***out == **sheet)).collect();
        Self { table, sheets, hidden, sheets_in, sheets_out: out.into_iter().map(|sheet| &**sheet).collect() }
    }

    /// Names the rows left out of the sheets in sight.
    fn name_rows(&self, left_out: &mut Vec<String>) {
        let rows = &self.table.rows;
        let totals = rows.iter().zip(&self.hidden).any(|(row, hidden)| row.kind == RowKind::Total && !hidden);
        let counted = if totals { ", which its totals still count" } else { "" };
        for sheet in &self.sheets_in {
            let out = (0..rows.len()).filter(|&at| self.hidden[at] && self.sheets[at] == *sheet);
            let (numbers, added): (Vec<u32>, Vec<u32>) = out.map(|at| rows[at].source).partition(|source| *source > 0);
            if !numbers.is_empty() {
                left_out.push(format!("{} of “{sheet}”{counted}", self.table.sheet_rows(&numbers)));
            }
            match added.len() {
                0 => {}
                1 => left_out.push(format!("a line added to them in “{sheet}”")),
                count => left_out.push(format!("{count} lines added to them in “{sheet}”")),
            }
        }
    }

    /// The columns that are hidden on every sheet in sight.
    fn columns_out(&self, left_out: &mut Vec<String>) -> Vec<bool> {
        let table = self.table;
        let hides = |id: ColumnId, sheet: &str| table.hidden.iter().any(|hiding| hiding.column == Some(id) && *hiding.sheet == *sheet);
        let name = |at: usize| table.sheet_column(at);
        let mut goes = Vec::with_capacity(table.columns.len());
        for (at, column) in table.columns.iter().enumerate() {
            let on: Vec<String> = self.sheets_in.iter().filter(|sheet| hides(column.id, sheet)).map(|sheet| format!("“{sheet}”")).collect();
            goes.push(column.hidden || on.len() == self.sheets_in.len());
            if !goes[at] && !on.is_empty() {
                left_out.push(format!("the column {} on {}", name(at), listed(&on)));
            }
        }
        let named: Vec<String> = (0..goes.len()).filter(|&at| goes[at]).map(name).collect();
        if !named.is_empty() {
            let word = if named.len() == 1 { "the column" } else { "the columns" };
            left_out.push(format!("{word} {} of “{}”", listed(&named), table.name));
        }
        goes
    }

    /// The columns that are hidden on one sheet, with that.
    fn by_sheet(&self) -> Vec<(&'table str, usize)> {
        let of = |hiding: &'table Hiding| Some((&*hiding.sheet, self.table.column_position(hiding.column?)?));
        self.table.hidden.iter().filter_map(of).collect()
    }

    /// The rows in sight. A line whose action is hidden becomes an action, with what the merged cells over it show.
    fn rows(&self) -> Vec<Row> {
        let by_sheet = self.by_sheet();
        let mut seen: Vec<Row> = Vec::new();
        let mut above: Option<Row> = None;
        for (at, row) in self.table.rows.iter().enumerate() {
            let action = above.take().filter(|action| row.kind == RowKind::Line && action.is_line());
            let mut row = row.clone();
            if let Some(action) = action {
                row.cells = over(&action.cells, row.cells);
                row.kind = action.kind;
            }
            if self.hidden[at] {
                above = Some(row);
                continue;
            }
            for (_, column) in by_sheet.iter().filter(|(sheet, _)| *sheet == self.sheets[at]) {
                row.cells.get_mut(*column).into_iter().for_each(|cell| *cell = Cell::default());
            }
            let words = row.fields.len();
            row.fields.retain(|field| !field.hidden);
            if words == 0 || !row.fields.is_empty() {
                seen.push(row);
            }
        }
        seen
    }
}

/// The cells of a line, where it goes on with those above it, as those are.
fn over(above: &[Cell], cells: Vec<Cell>) -> Vec<Cell> {
    let above = above.iter().map(Some).chain(std::iter::repeat(None));
    let seen = |(cell, above): (Cell, Option<&Cell>)| match above {
        Some(above) if cell.value == Value::Merged => above.clone(),
        _ => cell,
    };
    cells.into_iter().zip(above).map(seen).collect()
}

/// Takes out columns, and the rows that held nothing else.
fn leave_columns_out(seen: &mut Table, goes: &[bool]) {
    let mut place = goes.iter();
    seen.columns.retain(|_| !place.next().copied().unwrap_or(false));
    seen.rows.retain_mut(|row| {
        let filled = |row: &Row| row.cells.iter().any(|cell| !cell.is_blank());
        let was = filled(row);
        let mut place = goes.iter();
        row.cells.retain(|_| !place.next().copied().unwrap_or(false));
        !was || filled(row) || row.cells.iter().any(|cell| cell.value == Value::Merged)
    });
}

/// Takes out the words above the table that are hidden, and a name that is among them.
fn leave_words_out(seen: &mut Table, left_out: &mut Vec<String>) {
    let mut labels: Vec<String> = Vec::new();
    if let Some(title) = seen.title.take_if(|title| title.hidden) {
        labels.push("the banner".to_owned());
        if *seen.name == *title.cell.text {
            seen.name.clone_from(&seen.sheet);
        }
    }
    let mut stays = |field: &Field| {
        if field.hidden {
            labels.push(if field.label.is_empty() { "a line".to_owned() } else { format!("“{}”", field.label) });
        }
        !field.hidden
    };
    seen.fields.retain(&mut stays);
    if let Some(summary) = &mut seen.summary {
        summary.lines.retain(&mut stays);
    }
    seen.summary.take_if(|summary| summary.lines.is_empty());
    if !labels.is_empty() {
        left_out.push(format!("above “{}”: {}", seen.name, listed(&labels)));
    }
}

/// Gives a plan whose first sheet is hidden to the first one in sight.
fn move_to_sheet(seen: &mut Table, sheet: &str) {
    if seen.name == seen.sheet {
        sheet.clone_into(&mut seen.name);
    }
    sheet.clone_into(&mut seen.sheet);
}

/// The words a column offers may come from a hidden list: they stay where they are statuses, and where they stand in a cell in sight.
fn keep_choices_in_sight(seen: &mut Table) {
    let mut held: HashMap<usize, HashSet<&str>> = HashMap::new();
    let offers = |column: &crate::model::Column| column.role != Some(Role::Status) && !column.choices.is_empty();
    for at in (0..seen.columns.len()).filter(|&at| offers(&seen.columns[at])) {
        held.insert(at, seen.rows.iter().filter_map(|row| Some(&*row.cells.get(at)?.text)).collect());
    }
    for (at, texts) in held {
        seen.columns[at].choices.retain(|choice| texts.contains(&**choice));
    }
}
