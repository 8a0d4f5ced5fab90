//! Adding a dated update to an action's comment, in the habit its owner dates them in. What stands there is kept.

use jiff::civil::Date;

use super::{
    command::Pane,
    editing::edit,
    state::{Prompts, ViewState, Workspace},
};
use crate::{
    edit::Change,
    insight::log_entries,
    model::{
        Cell, Grain, Role, RowKind, Table, Value, When,
        kinds::{parse_when, write_date},
    },
};

/// Adds an update to the comment of the action the cursor is in; without words, asks for them in the details.
pub(super) fn add_update(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, words: &str) {
    let Some((table, at)) = view.cursor_row(&workspace.document) else {
        prompts.say("Choose an action first, then add an update to it");
        return;
    };
    let Some((row, column)) = comment_at(table, at) else {
        prompts.say("There is no comment here to add an update to");
        return;
    };
    let words = words.trim();
    if words.is_empty() {
        view.pane = Some(Pane::Details);
        view.updates_asked += 1;
        return;
    }
    let (name, changes) = update(table, (row, column), words);
    edit(workspace, prompts, name, changes);
}

/// The edit that adds an update of today to a comment, and its name.
#[must_use]
pub fn update(table: &Table, (row, column): (usize, usize), words: &str) -> (String, Vec<Change>) {
    let held = &table.rows[row];
    let today = jiff::Zoned::now().date();
    let text = updated(&held.cells[column].text, words.trim(), today, &habit(table, column));
    let name = format!("Add an update to {}", table.entry_of(row).map_or_else(String::new, |row| table.name_of(row)));
    (name, vec![Change::SetCell { table: table.id, row: held.id, column: table.columns[column].id, cell: Cell::text(text) }])
}

/// The row and column of the comment that an update of the row at a position goes to.
#[must_use]
pub fn comment_at(table: &Table, at: usize) -> Option<(usize, usize)> {
    let column = table.role_position(Role::Comment)?;
    let mut row = at;
    while row > 0 && table.rows[row].kind == RowKind::Line && table.rows[row].cells.get(column)?.value == Value::Merged {
        row -= 1;
    }
    table.rows[row].is_line().then_some((row, column))
}

/// How the plan's latest dated update is headed; empty where none is.
fn habit(table: &Table, column: usize) -> String {
    let comments = table.rows.iter().filter_map(|row| row.cells.get(column));
    let dated = comments.flat_map(|cell| log_entries(&cell.text)).filter(|entry| entry.date.is_some());
    dated.max_by_key(|entry| entry.date).map_or_else(String::new, |entry| entry.head.to_owned())
}

/// A comment with an update of a day, headed as its own latest is, else as `habit` is: at its end, or on top where the newest stand on top.
fn updated(comment: &str, words: &str, today: Date, habit: &str) -> String {
    let entries = log_entries(comment);
    let dates: Vec<Date> = entries.iter().filter_map(|entry| entry.date).collect();
    let own = entries.iter().filter(|entry| entry.date.is_some()).max_by_key(|entry| entry.date).map(|entry| entry.head);
    let update = format!("{} {words}", stamp(own.unwrap_or(habit), today));
    let on_top = entries.len() == dates.len() && dates.first() > dates.last();
    match comment.trim_end() {
        "" => update,
        old if on_top => format!("{update}\n{old}"),
        old => format!("{old}\n{update}"),
    }
}

/// A day as another head is written: `(Oct 2023)` as `(Nov 2026)`.
fn stamp(like: &str, today: Date) -> String {
    let bare = like.trim_matches(|c: char| !c.is_alphanumeric());
    match parse_when(bare) {
        Some(When::On { grain, .. }) if grain != Grain::Year => like.replacen(bare, &write_date(today, grain, bare), 1),
        _ => format!("{}:", write_date(today, Grain::Day, "1 Jan 2026")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_dated_as_the_others_are_and_keeps_them() {
        let today = Date::constant(2026, 11, 24);
        for (comment, habit, expected) in [
            ("", "", "24 Nov 2026: Done"),
            ("Begun", "", "Begun\n24 Nov 2026: Done"),
            ("Begun", "(Oct 2023)", "Begun\n(Nov 2026) Done"),
            ("(Oct 2023) begun", "28/01/19:", "(Oct 2023) begun\n(Nov 2026) Done"),
            ("First. 18/1/19 Then", "", "First. 18/1/19 Then\n24/11/26 Done"),
            ("28/01/19: on hold\n3/11/18: begun", "", "24/11/26: Done\n28/01/19: on hold\n3/11/18: begun"),
            ("3/11/18: begun\n28/01/19: on hold\n", "", "3/11/18: begun\n28/01/19: on hold\n24/11/26: Done"),
            ("4 January 19 - begun", "", "4 January 19 - begun\n24 November 2026 - Done"),
        ] {
            let text = updated(comment, "Done", today, habit);
            assert_eq!(text, expected, "{comment}");
            let latest = log_entries(&text).into_iter().max_by_key(|entry| entry.date).map(|entry| entry.words().to_owned());
            assert_eq!(latest.as_deref(), Some("Done"), "{comment}");
        }
    }
}
