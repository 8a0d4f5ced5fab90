//! Doing what a command says with the selected cells: each is one step. Knows no pixel and no clipboard.

use super::{
    command::CellCommand,
    cursor::cursor_in,
    editing::edit,
    range::{Area, Copied, Corner, Reach, Selection, cell_at, fill, holds, html, paste::paste, put, tsv},
    state::{Ask, Prompts, ViewState, Workspace},
};
use crate::{
    edit::Change,
    model::{Role, Table},
    publish::Hidden,
};

/// Does what a command says with the selected cells.
pub(super) fn run(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, command: CellCommand) {
    match command {
        CellCommand::Select(selection) => select(workspace, view, selection),
        CellCommand::MoveWithin(cursor) => view.cursor = Some(cursor),
        CellCommand::SelectAll => reach(workspace, view, Reach::All),
        CellCommand::SelectRow => reach(workspace, view, Reach::Rows),
        CellCommand::SelectColumn => reach(workspace, view, Reach::Columns),
        CellCommand::Copy => copy(workspace, view, prompts),
        CellCommand::Cut => {
            copy(workspace, view, prompts);
            on_cells(workspace, view, prompts, "Cut", |table, area| put::text(table, area, ""));
        }
        CellCommand::Paste(text) => paste_text(workspace, view, prompts, &text),
        CellCommand::Clear => on_cells(workspace, view, prompts, "Clear", |table, area| put::text(table, area, "")),
        CellCommand::PutInAll(text) => on_cells(workspace, view, prompts, "Edit", |table, area| put::text(table, area, &text)),
        CellCommand::FillDown => on_cells(workspace, view, prompts, "Fill", fill::down),
        CellCommand::FillRight => on_cells(workspace, view, prompts, "Fill", fill::right),
        CellCommand::FillTo(corner) => fill_to(workspace, view, prompts, corner),
        CellCommand::Today => {
            let today = jiff::Zoned::now().date();
            on_cells(workspace, view, prompts, "Date", |table, area| put::day(table, area, today));
        }
        CellCommand::SetStatus(status) => {
            let column = view.table(&workspace.document).and_then(|table| table.columns.get(table.role_position(Role::Status)?));
            let word = column.map_or(status.word(), |column| column.word_for(status)).to_owned();
            on_role(workspace, view, prompts, Role::Status, "Set status of", &word);
        }
        CellCommand::SetLead(None) if view.area(&workspace.document).is_some() => prompts.ask = Some(Ask::Lead),
        CellCommand::SetLead(Some(name)) => {
            prompts.ask = None;
            on_role(workspace, view, prompts, Role::Lead, "Set lead of", &name);
        }
        CellCommand::MoveDates(None) if view.area(&workspace.document).is_some() => prompts.ask = Some(Ask::Months),
        CellCommand::MoveDates(Some(months)) => {
            prompts.ask = None;
            move_dates(workspace, view, prompts, months);
        }
        CellCommand::SetLead(None) | CellCommand::MoveDates(None) => prompts.say("Select the rows first"),
    }
}

fn select(workspace: &Workspace, view: &mut ViewState, selection: Selection) {
    let Some(table) = workspace.document.table(selection.table) else { return };
    let Some(row) = table.row(selection.from.row) else { return };
    let begun = cursor_in(table, row, Some(selection.from.column));
    // A cursor in an approach has no column, and keeps its place.
    let inside = view.cursor.is_some_and(|cursor| (cursor.table, cursor.row) == (begun.table, begun.row) && cursor.column == begun.column);
    if !inside {
        view.cursor = Some(begun);
    }
    // What is no more than the cursor's cell is no selection.
    let one = selection.reach == Reach::Cells && selection.area(table).is_some_and(|area| area.is_one(table));
    view.selection = (!one).then_some(selection);
}

/// Makes the selection reach over whole rows, whole columns or all.
fn reach(workspace: &Workspace, view: &mut ViewState, reach: Reach) {
    let Some(table) = view.table(&workspace.document) else { return };
    let selected = view.selected(&workspace.document);
    let row = view.cursor.filter(|cursor| cursor.table == table.id).map(|cursor| cursor.row);
    let column = view.cursor.and_then(|cursor| cursor.column).filter(|id| table.column_position(*id).is_some());
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
        view.cursor = table.rows.first().map(|row| cursor_in(table, row, Some(first_column)));
    }
    view.selection = Some(Selection { table: id, from, to, reach });
}

/// Makes changes to the selected cells as one step.
fn on_cells(
    workspace: &mut Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    what: &str,
    change: impl FnOnce(&Table, &Area) -> Vec<Change>,
) {
    let Some((table, area)) = view.area(&workspace.document) else { return };
    let changes = view.in_sight(table, change(table, &area));
    let name = put::name(what, table, &changes);
    if !changes.is_empty() {
        edit(workspace, prompts, name, changes);
    }
}

/// Puts a text into the column of a role in every selected row.
fn on_role(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, role: Role, what: &str, text: &str) {
    let Some((table, area)) = view.area(&workspace.document) else {
        prompts.say("Select the rows first");
        return;
    };
    if table.role_position(role).is_none() {
        prompts.say("This table has no such column");
        return;
    }
    let changes = view.in_sight(table, put::in_role(table, &area, role, text));
    let name = format!("{what} {}", rows(changes.len()));
    if changes.is_empty() {
        prompts.say("They are so already");
    } else {
        edit(workspace, prompts, name, changes);
    }
}

fn move_dates(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, months: i32) {
    let Some((table, area)) = view.area(&workspace.document) else { return };
    let (changes, left) = put::months(table, &area, months);
    let changes = view.in_sight(table, changes);
    let by = if months.abs() == 1 { "1 month".to_owned() } else { format!("{} months", months.abs()) };
    let dates = if changes.len() == 1 { "1 date".to_owned() } else { format!("{} dates", changes.len()) };
    let name = format!("Move {dates} {by} {}", if months < 0 { "back" } else { "on" });
    let kept = match left {
        0 => String::new(),
        1 => "; 1 date in words was left as it was".to_owned(),
        _ => format!("; {left} dates in words were left as they were"),
    };
    if changes.is_empty() {
        prompts.said = format!("No date was moved{kept}");
    } else {
        edit(workspace, prompts, name, changes);
        prompts.said.push_str(&kept);
    }
}

fn copy(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts) {
    let Some((table, area)) = view.area(&workspace.document) else { return };
    let text = |row: usize, column: usize| {
        let cell = cell_at(table, row, column).filter(|_| holds(table, row, column));
        cell.map_or_else(String::new, |cell| cell.text.to_string())
    };
    let lines: Vec<usize> = area.lines(table).filter(|&row| view.is_in_sight(row)).collect();
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
    let marking = workspace.marking();
    if let Some(said) = outgoing.said(cells, &marking) {
        prompts.said = said;
    }
    view.copied = Some(copied.clone());
    view.to_clipboard = Some(copied);
}

fn paste_text(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, text: &str) {
    let Some((table, area)) = view.area(&workspace.document) else { return };
    // What was copied here is known cell by cell, also a single one of several lines.
    let own = view.copied.as_ref().filter(|copied| copied.text.replace("\r\n", "\n") == text.replace("\r\n", "\n"));
    let block = own.map_or_else(|| tsv::read(text), |copied| copied.rows.clone());
    let pasted = paste(table, &area, &block, |row| view.is_in_sight(row));
    let (id, remarks, corners) = (table.id, pasted.remarks(), pasted.corners);
    let one = pasted.changes.len() == 1 && pasted.cells == 1;
    let name = if one { put::name("Paste into", table, &pasted.changes) } else { format!("Paste {} cells", pasted.cells) };
    if !pasted.changes.is_empty() {
        edit(workspace, prompts, name, pasted.changes);
    }
    prompts.said.push_str(&remarks);
    let Some((table, (from, to))) = workspace.document.table(id).zip(corners) else { return };
    let selection = Area { rows: from.0..to.0 + 1, columns: from.1..to.1 + 1 }.selection(table);
    selection.into_iter().for_each(|selection| select(workspace, view, selection));
}

fn fill_to(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, corner: Corner) {
    let Some((table, area)) = view.area(&workspace.document) else { return };
    let Some(target) = table.position(corner.row).zip(table.column_position(corner.column)) else { return };
    let Some((changes, whole)) = fill::to(table, &area, target) else { return };
    let changes = view.in_sight(table, changes);
    let (name, selection) = (put::name("Fill", table, &changes), whole.selection(table));
    if !changes.is_empty() {
        edit(workspace, prompts, name, changes);
    }
    selection.into_iter().for_each(|selection| select(workspace, view, selection));
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
