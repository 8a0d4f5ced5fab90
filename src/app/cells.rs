//! Doing what a command says with the selected cells: each is one step. Knows no pixel and no clipboard.

use super::{
    command::CellCommand,
    cursor::cursor_in,
    range::{Area, Copied, Corner, Reach, Selection, cell_at, fill, holds, html, paste::paste, put, tsv},
    state::{Ask, State},
};
use crate::{
    edit::Change,
    model::{Role, Table},
    publish::Hidden,
};

impl State {
    /// What is selected of the table in view, as long as the cursor is in it.
    #[must_use]
    pub fn selected(&self) -> Option<Selection> {
        let (table, selection, cursor) = (self.table()?, self.view.selection?, self.view.cursor?);
        let (row, column) = (table.position(cursor.row)?, cursor.column.and_then(|id| table.column_position(id)));
        let area = selection.area(table).filter(|area| cursor.table == table.id && area.rows.contains(&row))?;
        column.is_none_or(|column| area.columns.contains(&column)).then_some(selection)
    }

    /// The selected cells; the cursor's cell where no more is selected.
    #[must_use]
    pub fn area(&self) -> Option<(&Table, Area)> {
        let table = self.table()?;
        if let Some(area) = self.selected().and_then(|selection| selection.area(table)) {
            return Some((table, area));
        }
        let cursor = self.view.cursor.filter(|cursor| cursor.table == table.id)?;
        Some((table, Area::of_cell(table, table.position(cursor.row)?, table.column_position(cursor.column?)?)))
    }

    /// Counts what is selected.
    pub(super) fn tally_selection(&mut self) {
        let mut tally = std::mem::take(&mut self.view.tally);
        tally.update(self.workspace.revision, self.selected().zip(self.table()));
        self.view.tally = tally;
    }

    /// Does what a command says with the selected cells.
    pub(super) fn run_on_cells(&mut self, command: CellCommand) {
        match command {
            CellCommand::Select(selection) => self.select(selection),
            CellCommand::MoveWithin(cursor) => self.view.cursor = Some(cursor),
            CellCommand::SelectAll => self.reach(Reach::All),
            CellCommand::SelectRow => self.reach(Reach::Rows),
            CellCommand::SelectColumn => self.reach(Reach::Columns),
            CellCommand::Copy => self.copy(),
            CellCommand::Cut => {
                self.copy();
                self.on_cells("Cut", |table, area| put::text(table, area, ""));
            }
            CellCommand::Paste(text) => self.paste(&text),
            CellCommand::Clear => self.on_cells("Clear", |table, area| put::text(table, area, "")),
            CellCommand::PutInAll(text) => self.on_cells("Edit", |table, area| put::text(table, area, &text)),
            CellCommand::FillDown => self.on_cells("Fill", fill::down),
            CellCommand::FillRight => self.on_cells("Fill", fill::right),
            CellCommand::FillTo(corner) => self.fill_to(corner),
            CellCommand::Today => {
                let today = jiff::Zoned::now().date();
                self.on_cells("Date", |table, area| put::day(table, area, today));
            }
            CellCommand::SetStatus(status) => {
                let column = self.table().and_then(|table| table.columns.get(table.role_position(Role::Status)?));
                let word = column.map_or(status.word(), |column| column.word_for(status)).to_owned();
                self.on_role(Role::Status, "Set status of", &word);
            }
            CellCommand::SetLead(None) if self.area().is_some() => self.prompts.ask = Some(Ask::Lead),
            CellCommand::SetLead(Some(name)) => {
                self.prompts.ask = None;
                self.on_role(Role::Lead, "Set lead of", &name);
            }
            CellCommand::MoveDates(None) if self.area().is_some() => self.prompts.ask = Some(Ask::Months),
            CellCommand::MoveDates(Some(months)) => {
                self.prompts.ask = None;
                self.move_dates(months);
            }
            CellCommand::SetLead(None) | CellCommand::MoveDates(None) => "Select the rows first".clone_into(&mut self.prompts.said),
        }
    }

    fn select(&mut self, selection: Selection) {
        let Some(table) = self.workspace.document.table(selection.table) else { return };
        let Some(row) = table.row(selection.from.row) else { return };
        let begun = cursor_in(table, row, Some(selection.from.column));
        // A cursor in an approach has no column, and keeps its place.
        let inside =
            self.view.cursor.is_some_and(|cursor| (cursor.table, cursor.row) == (begun.table, begun.row) && cursor.column == begun.column);
        if !inside {
            self.view.cursor = Some(begun);
        }
        // What is no more than the cursor's cell is no selection.
        let one = selection.reach == Reach::Cells && selection.area(table).is_some_and(|area| area.is_one(table));
        self.view.selection = (!one).then_some(selection);
    }

    /// Makes the selection reach over whole rows, whole columns or all.
    fn reach(&mut self, reach: Reach) {
        let Some(table) = self.table() else { return };
        let selected = self.selected();
        let row = self.view.cursor.filter(|cursor| cursor.table == table.id).map(|cursor| cursor.row);
        let column = self.view.cursor.and_then(|cursor| cursor.column).filter(|id| table.column_position(*id).is_some());
        let first = table.rows.first().map(|row| row.id).zip(table.columns.first().map(|column| column.id));
        let Some((first_row, first_column)) = first else { return };
        let from = Corner { row: row.unwrap_or(first_row), column: column.unwrap_or(first_column) };
        let (id, from, to) = (table.id, from, selected.map_or(from, |selection| selection.to));
        let from = selected.map_or(from, |selection| selection.from);
        // Whole rows of whole columns are all there is.
        let reach = match (selected.map(|selection| selection.reach), reach) {
            (Some(Reach::Rows), Reach::Columns) | (Some(Reach::Columns), Reach::Rows) | (Some(Reach::All), _) => Reach::All,
            _ => reach,
        };
        if row.is_none() {
            self.view.cursor = table.rows.first().map(|row| cursor_in(table, row, Some(first_column)));
        }
        self.view.selection = Some(Selection { table: id, from, to, reach });
    }

    /// Makes changes to the selected cells as one step.
    fn on_cells(&mut self, what: &str, change: impl FnOnce(&Table, &Area) -> Vec<Change>) {
        let Some((table, area)) = self.area() else { return };
        let changes = self.in_sight(table, change(table, &area));
        let name = put::name(what, table, &changes);
        if !changes.is_empty() {
            self.edit(name, changes);
        }
    }

    /// Puts a text into the column of a role in every selected row.
    fn on_role(&mut self, role: Role, what: &str, text: &str) {
        let Some((table, area)) = self.area() else {
            "Select the rows first".clone_into(&mut self.prompts.said);
            return;
        };
        if table.role_position(role).is_none() {
            "This table has no such column".clone_into(&mut self.prompts.said);
            return;
        }
        let changes = self.in_sight(table, put::in_role(table, &area, role, text));
        let name = format!("{what} {}", rows(changes.len()));
        if changes.is_empty() {
            "They are so already".clone_into(&mut self.prompts.said);
        } else {
            self.edit(name, changes);
        }
    }

    fn move_dates(&mut self, months: i32) {
        let Some((table, area)) = self.area() else { return };
        let (changes, left) = put::months(table, &area, months);
        let changes = self.in_sight(table, changes);
        let by = if months.abs() == 1 { "1 month".to_owned() } else { format!("{} months", months.abs()) };
        let dates = if changes.len() == 1 { "1 date".to_owned() } else { format!("{} dates", changes.len()) };
        let name = format!("Move {dates} {by} {}", if months < 0 { "back" } else { "on" });
        let kept = match left {
            0 => String::new(),
            1 => "; 1 date in words was left as it was".to_owned(),
            _ => format!("; {left} dates in words were left as they were"),
        };
        if changes.is_empty() {
            self.prompts.said = format!("No date was moved{kept}");
        } else {
            self.edit(name, changes);
            self.prompts.said.push_str(&kept);
        }
    }

    /// The rows of an area that are in sight and have a cell in its columns.
    fn lines<'a>(&'a self, table: &'a Table, area: &'a Area) -> impl Iterator<Item = usize> + 'a {
        area.lines(table).filter(|&row| self.is_in_sight(row))
    }

    fn copy(&mut self) {
        let Some((table, area)) = self.area() else { return };
        let text = |row: usize, column: usize| {
            let cell = cell_at(table, row, column).filter(|_| holds(table, row, column));
            cell.map_or_else(String::new, |cell| cell.text.to_string())
        };
        let lines: Vec<usize> = self.lines(table, &area).collect();
        let block = |columns: &[usize], lines: &[usize], hidden: &dyn Fn(usize, usize) -> bool| -> tsv::Block {
            let cell = |row: usize, column: usize| if hidden(row, column) { String::new() } else { text(row, column) };
            lines.iter().map(|&row| columns.iter().map(|&column| cell(row, column)).collect()).collect()
        };
        let all: Vec<usize> = area.columns.clone().collect();
        // Pasted here, hidden cells go with the others; other programs get none of them.
        let rows = block(&all, &lines, &|_, _| false);
        let outgoing = Outgoing::of(table, &all, &lines);
        let hidden = |row, column| outgoing.hidden.cell(row, column) && !outgoing.chosen;
        let outside = block(&outgoing.columns, &outgoing.rows, &hidden);
        let html = html::write(table, &outgoing.columns, &outgoing.rows, &hidden);
        let copied = Copied { text: tsv::write(&outside), html, rows };
        let cells = outside.iter().map(Vec::len).sum::<usize>();
        let marking = self.marking();
        if let Some(said) = outgoing.said(cells, &marking) {
            self.prompts.said = said;
        }
        self.view.copied = Some(copied.clone());
        self.view.to_clipboard = Some(copied);
    }

    fn paste(&mut self, text: &str) {
        let Some((table, area)) = self.area() else { return };
        // What was copied here is known cell by cell, also a single one of several lines.
        let own = self.view.copied.as_ref().filter(|copied| copied.text.replace("\r\n", "\n") == text.replace("\r\n", "\n"));
        let block = own.map_or_else(|| tsv::read(text), |copied| copied.rows.clone());
        let pasted = paste(table, &area, &block, |row| self.is_in_sight(row));
        let (id, remarks, corners) = (table.id, pasted.remarks(), pasted.corners);
        let one = pasted.changes.len() == 1 && pasted.cells == 1;
        let name = if one { put::name("Paste into", table, &pasted.changes) } else { format!("Paste {} cells", pasted.cells) };
        if !pasted.changes.is_empty() {
            self.edit(name, pasted.changes);
        }
        self.prompts.said.push_str(&remarks);
        let Some((table, (from, to))) = self.workspace.document.table(id).zip(corners) else { return };
        let selection = Area { rows: from.0..to.0 + 1, columns: from.1..to.1 + 1 }.selection(table);
        selection.into_iter().for_each(|selection| self.select(selection));
    }

    fn fill_to(&mut self, corner: Corner) {
        let Some((table, area)) = self.area() else { return };
        let Some(target) = table.position(corner.row).zip(table.column_position(corner.column)) else { return };
        let Some((changes, whole)) = fill::to(table, &area, target) else { return };
        let changes = self.in_sight(table, changes);
        let (name, selection) = (put::name("Fill", table, &changes), whole.selection(table));
        if !changes.is_empty() {
            self.edit(name, changes);
        }
        selection.into_iter().for_each(|selection| self.select(selection));
    }
}

/// What of the selected cells goes to other programs.
struct Outgoing {
    hidden: Hidden,
    columns: Vec<usize>,
    rows: Vec<usize>,
    /// Whether nothing but hidden cells was selected, so that they were meant.
    chosen: bool,
    left_out: usize,
}

impl Outgoing {
    fn of(table: &Table, columns: &[usize], rows: &[usize]) -> Self {
        let hidden = Hidden::of(table);
        let mut seen = rows.iter().flat_map(|&row| columns.iter().map(move |&column| (row, column)));
        let chosen = seen.all(|(row, column)| hidden.cell(row, column));
        let out = |flags: &[bool], at: usize| !chosen && flags.get(at).copied().unwrap_or(false);
        let kept_columns: Vec<usize> = columns.iter().copied().filter(|&at| !out(&hidden.columns, at)).collect();
        let kept_rows: Vec<usize> = rows.iter().copied().filter(|&at| !out(&hidden.rows, at)).collect();
        let left_out = rows.len() * columns.len() - kept_rows.len() * kept_columns.len();
        Self { columns: kept_columns, rows: kept_rows, chosen, left_out, hidden }
    }

    /// What is said of it; nothing of a single cell that says nothing of itself.
    fn said(&self, cells: usize, marking: &str) -> Option<String> {
        let mut said = if cells == 1 { "Copied 1 cell".to_owned() } else { format!("Copied {cells} cells") };
        if self.chosen {
            said.push_str(if cells == 1 { ", which is hidden in the workbook" } else { ", which are hidden in the workbook" });
        } else if self.left_out > 0 {
            said.push_str(&format!("; {} hidden in the workbook left out", self.left_out));
        }
        if !marking.is_empty() {
            said.push_str(&format!(", from a plan marked {marking}"));
        }
        (cells > 1 || self.chosen || self.left_out > 0 || !marking.is_empty()).then_some(said)
    }
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}
