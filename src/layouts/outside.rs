//! What no table took, as notes and as loose texts: rows that say the same are said of once. Judges no row.

use std::{collections::HashMap, sync::Arc};

use super::{Asides, Reading, hidden::Hides, neighbours::Aside};
use crate::{
    model::{Cell, LooseText, kinds::Kind},
    notes::{Code, Note, Noted, Place, Severity},
    workbook::{RawRow, RawSheet},
};

/// How many rows that follow one another are said of in one note.
const TOGETHER: usize = 4;
/// How many different rows are remembered, to be compared with others.
const COMPARED: usize = 4_000;
/// How many of their texts a note quotes.
const QUOTED: usize = 4;
/// What can be done about a text outside the tables.
const HINT: &str = "It is kept in this note only; move it into a table in Excel if it belongs there.";

/// Notes on what is left of a sheet, and on each attached note whose cell is in no table.
pub(super) fn leave(mut grid: RawSheet, asides: &Asides, reading: &mut Reading, noted: &mut Noted) {
    reading.accounted.in_notes += grid.filled();
    let sheet: Arc<str> = grid.sheet.as_str().into();
    let hides = Hides::of(&grid);
    let rows: Vec<RawRow> = std::mem::take(&mut grid.rows).into_iter().filter(|row| !row.is_blank()).collect();
    noted.extend(notes(&grid, &rows, asides));
    for row in rows {
        reading.loose.extend(row.cells.into_iter().map(|cell| LooseText {
            sheet: Arc::clone(&sheet),
            row: row.row,
            column: cell.column,
            hidden: hides.cell(row.row, cell.column),
            cell: Cell { formula: cell.formula, ..Kind::Paragraph.read(cell.text, cell.stored) },
        }));
    }
    noted.extend(grid.attached.iter().map(|attached| {
        let message = format!("A note is attached to this cell in Excel: “{}”.", attached.text);
        Note::new(Severity::Info, Code::AttachedNote, Place::address(grid.place(attached.row, attached.column)), message, "")
    }));
}

/// The notes on the rows that are left, in their order.
fn notes(grid: &RawSheet, rows: &[RawRow], asides: &Asides) -> Vec<Note> {
    let of_sheet = asides.get(&grid.sheet);
    let aside = |row: &RawRow| of_sheet?.get(&row.row).copied();
    // Rows that say the same, wherever they stand, and those that are no rows of their table for the same reason.
    let mut alike: HashMap<(Option<Aside>, String), usize> = HashMap::new();
    let mut groups: Vec<(Option<Aside>, Vec<&RawRow>)> = Vec::new();
    for row in rows {
        let aside = aside(row);
        let key = (aside, if is_gathered(aside) { String::new() } else { said(row) });
        if let Some(&at) = alike.get(&key) {
            groups[at].1.push(row);
            continue;
        }
        if alike.len() < COMPARED {
            alike.insert(key, groups.len());
        }
        groups.push((aside, vec![row]));
    }
    let mut notes = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let run = run_of(&groups[at..]);
        if run >= TOGETHER {
            let rows: Vec<&RawRow> = groups[at..at + run].iter().map(|(_, rows)| rows[0]).collect();
            notes.push(note(grid, None, &rows, false));
        } else {
            notes.extend(groups[at..at + run].iter().map(|(aside, rows)| note(grid, *aside, rows, !is_gathered(*aside))));
        }
        at += run;
    }
    notes
}

/// How many of these groups are single rows that follow one another and are nothing in particular.
fn run_of(groups: &[(Option<Aside>, Vec<&RawRow>)]) -> usize {
    let single = |group: &(Option<Aside>, Vec<&RawRow>)| group.0.is_none() && group.1.len() == 1;
    if !single(&groups[0]) {
        return 1;
    }
    let follows = |pair: &[(Option<Aside>, Vec<&RawRow>)]| single(&pair[1]) && pair[1].1[0].row == pair[0].1[0].row + 1;
    1 + groups.windows(2).take_while(|pair| follows(pair)).count()
}

/// What a row says.
fn said(row: &RawRow) -> String {
    let texts: Vec<&str> = row.cells.iter().map(|cell| &*cell.text).collect();
    texts.join(" | ")
}

/// Whether rows are told of together whatever they say.
fn is_gathered(aside: Option<Aside>) -> bool {
    matches!(aside, Some(Aside::Numbered | Aside::FilledDown | Aside::Earlier))
}

/// One note on some rows, which may all say the same.
fn note(grid: &RawSheet, aside: Option<Aside>, rows: &[&RawRow], same: bool) -> Note {
    let place = |row: &&RawRow| Place::address(grid.place(row.row, row.first().map_or(0, |cell| cell.column)));
    let quoted: Vec<String> = rows.iter().take(QUOTED).map(|row| format!("“{}”", said(row))).collect();
    let more = if rows.len() > QUOTED { format!(" and {} more", rows.len() - QUOTED) } else { String::new() };
    let (message, hint) = match (aside, rows.len()) {
        (Some(Aside::Example), 1) => (
            format!("Read as an example of how to fill the table in, and not as a row of it: {}.", quoted[0]),
            "Take the word for example out in Excel if it is a row of the table.",
        ),
        (Some(Aside::Example), count) => (
            format!("{count} rows were read as examples of how to fill the table in, and not as rows of it: {}{more}.", quoted.join(", ")),
            "Take the word for example out in Excel if they are rows of the table.",
        ),
        (Some(Aside::Guidance), _) => (format!("Read as guidance on how to fill the table in: {}{more}.", quoted.join(", ")), ""),
        (Some(Aside::Earlier), count) => (
            format!(
                "{} as {} stood in other periods than the latest, so {} not counted again: {}{more}.",
                if count == 1 { "A row holds a KPI".to_owned() } else { format!("{count} rows hold KPIs") },
                if count == 1 { "it" } else { "they" },
                if count == 1 { "it is" } else { "they are" },
                quoted.join(", ")
            ),
            "",
        ),
        (Some(Aside::Numbered), 1) => (format!("A row has a number and nothing else, so it is left out: {}.", quoted[0]), ""),
        (Some(Aside::Numbered), count) => {
            (format!("{count} rows have a number and nothing else, so they are left out: {}{more}.", quoted.join(", ")), "")
        }
        (Some(Aside::FilledDown), 1) => (format!("A row holds nothing of its own, so it is left out: {}.", quoted[0]), ""),
        (Some(Aside::FilledDown), count) => {
            (format!("{count} rows hold nothing but what is filled down, so they are left out: {}{more}.", quoted.join(", ")), "")
        }
        (Some(Aside::Footer) | None, 1) => (format!("Stands outside the tables: {}.", quoted[0]), HINT),
        (Some(Aside::Footer) | None, count) if same => (format!("Stands outside the tables in {count} rows: {}.", quoted[0]), HINT),
        (Some(Aside::Footer) | None, count) => (format!("{count} rows stand outside the tables: {}{more}.", quoted.join(", ")), HINT),
    };
    Note::new(Severity::Info, Code::OutsideTables, place(&rows[0]), message, hint).of_all(rows.iter().map(place))
}
