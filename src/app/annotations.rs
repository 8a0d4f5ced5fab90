//! Going to the place a note is on, and from one such cell to the next. Finds no notes itself.

use std::collections::HashMap;

use super::{
    command::View,
    cursor::cursor_in,
    state::{Prompts, Remembered, ViewState, Workspace},
    view_settings::unhide_cursor,
    visibility::bring_into_sight,
};
use crate::{model::RowId, notes::Place};

/// Goes to the place a note is on.
pub(super) fn go_to(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered, place: &Place) {
    let Some(table) = place.table.and_then(|id| workspace.document.table(id)) else {
        prompts.said = format!("{} is not in a table", place.address);
        return;
    };
    view.shown = View::Table(table.id);
    let row = place.row.or_else(|| table.rows.iter().find(|row| row.is_line()).map(|row| row.id));
    let Some(row) = row.and_then(|id| table.row(id)) else { return };
    let cursor = cursor_in(table, row, place.column);
    view.select(cursor);
    bring_into_sight(workspace, view, prompts, remembered, cursor);
    unhide_cursor(workspace, view, prompts, remembered);
}

/// Moves the cursor to the next cell with a note in the table in view, or the one before, and says the note. After the last comes the first.
pub(super) fn go_to_note(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered, next: bool) {
    let Some(table) = view.table(&workspace.document) else {
        prompts.say("Open a table to go through its notes");
        return;
    };
    // In reading order; cells with several notes are gone to once.
    let mut cells: Vec<((usize, usize), String)> = Vec::new();
    let rows: HashMap<RowId, usize> = table.rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let mut noted: Vec<_> = workspace
        .noted(table)
        .filter_map(|noted| {
            let column = noted.column.and_then(|id| table.column_position(id));
            Some(((*rows.get(&noted.row)?, column.unwrap_or(0)), noted.words))
        })
        .collect();
    noted.sort_by_key(|(place, _)| *place);
    for (place, words) in noted {
        match cells.last_mut().filter(|(last, _)| *last == place) {
            Some((_, said)) => *said = format!("{said}; {words}"),
            None => cells.push((place, words.to_owned())),
        }
    }
    let here = view.cursor.filter(|cursor| cursor.table == table.id).and_then(|cursor| {
        let column = cursor.column.and_then(|id| table.column_position(id)).unwrap_or(0);
        Some((table.position(cursor.row)?, column))
    });
    let onward = |place: (usize, usize)| here.is_none_or(|here| if next { place > here } else { place < here });
    let found = if next {
        cells.iter().find(|(place, _)| onward(*place)).or(cells.first())
    } else {
        cells.iter().rfind(|(place, _)| onward(*place)).or(cells.last())
    };
    let Some(((row, column), words)) = found else {
        prompts.say("There are no notes on this table's cells");
        return;
    };
    let at = cells.iter().position(|(place, _)| *place == (*row, *column)).map_or(0, |at| at + 1);
    let said = format!("Note {at} of {}: {words}", cells.len());
    let cursor = cursor_in(table, &table.rows[*row], table.columns.get(*column).map(|column| column.id));
    (view.cursor, prompts.said) = (Some(cursor), said);
    unhide_cursor(workspace, view, prompts, remembered);
}
