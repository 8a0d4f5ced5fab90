//! Cards: labels with their values beside them, again and again below one another. Says where they stand, and reads none.

use std::collections::HashMap;

use super::{
    heading_text::plain,
    outline::{Outline, grid_of},
    words::known,
};
use crate::{
    model::{Role, TableKind, listed},
    notes::{Code, Note, Place, Severity},
    workbook::{RawCell, RawRow, RawSheet},
};

/// How many rows of a sheet are searched, and how wide a row of a card is at most.
const ROWS: usize = 5_000;
const WIDEST: usize = 8;
/// How many labels cards have at least.
const LEAST: usize = 3;
/// The longest label, in bytes.
const LONGEST: usize = 40;
/// What actions have, whose labels tell cards from other forms.
const TELLING: [Role; 8] = [Role::Action, Role::Lead, Role::Start, Role::End, Role::Status, Role::Comment, Role::Measure, Role::Progress];

/// A label of cards.
struct Label<'grid> {
    text: &'grid str,
    count: usize,
    /// Where it stands first.
    first: (u32, u16),
}

/// The note on the cards of a sheet, if it holds some.
pub(super) fn note(grid: &RawSheet, outlines: &[&Outline]) -> Option<Note> {
    let kinds = [TableKind::Plan, TableKind::Kpi, TableKind::History];
    let taken = |row: u32| outlines.iter().any(|outline| kinds.contains(&outline.kind) && (outline.above..=outline.last.0).contains(&row));
    let rows = grid.rows.iter().take(ROWS).filter(|row| row.cells.len() <= WIDEST && !taken(row.row));
    let mut repeated = repeated(rows)?;
    repeated.sort_by_key(|label| label.first);
    let cards = repeated.iter().map(|label| label.count).max().unwrap_or(0);
    let names: Vec<String> = repeated.iter().take(6).map(|label| label.text.trim().trim_end_matches(':').to_owned()).collect();
    let (row, column) = repeated[0].first;
    let message = format!("{cards} cards stand one below the other, each with {}; they were not read as actions.", listed(&names));
    let hint = "Put them into a table in Excel, with a column for each label and a row for each card, and open it again";
    Some(Note::new(Severity::Warning, Code::CardsNotRead, Place::address(grid.place(row, column)), message, hint))
}

/// The labels that stand in some rows again and again, where they are those of actions.
fn repeated<'grid>(rows: impl Iterator<Item = &'grid RawRow>) -> Option<Vec<Label<'grid>>> {
    let mut labels: HashMap<String, Label<'_>> = HashMap::new();
    for row in rows {
        for cell in labels_of(row) {
            let label = labels.entry(plain(&cell.text)).or_insert(Label { text: &cell.text, count: 0, first: (row.row, cell.column) });
            label.count += 1;
        }
    }
    let repeated: Vec<Label<'_>> = labels.into_values().filter(|label| label.count > 1).collect();
    let telling = repeated.iter().filter(|label| known(label.text).is_some_and(|role| TELLING.contains(&role))).count();
    (repeated.len() >= LEAST && telling >= LEAST).then_some(repeated)
}

/// Leaves out what was taken for tables and is cards: nearly all of its cells are labels with their values beside them.
pub(super) fn leave_out(outlines: &mut Vec<Outline>, grids: &[RawSheet]) {
    outlines.retain(|outline| {
        let judged = outline.key.is_none() && matches!(outline.kind, TableKind::Plan | TableKind::Kpi);
        !judged || grid_of(outline, grids).is_none_or(|grid| !are_cards(grid, outline))
    });
}

fn are_cards(grid: &RawSheet, outline: &Outline) -> bool {
    let from = grid.rows.partition_point(|row| row.row < outline.first.0);
    let rows = || grid.rows[from..].iter().take(ROWS).take_while(|row| row.row <= outline.last.0);
    let labelled = |row: &&RawRow| row.cells.len() <= WIDEST && labels_of(row).count() * 2 == row.cells.len();
    // Most tables are told by their first rows.
    let first = rows().take(LEAST).filter(labelled).count();
    first > 0 && rows().filter(labelled).count() * 5 >= rows().count() * 4 && repeated(rows()).is_some()
}

/// The cells of a row that label the one beside them.
fn labels_of(row: &RawRow) -> impl Iterator<Item = &RawCell> {
    let labels = |cell: &RawCell| cell.stored.is_none() && cell.text.len() <= LONGEST && known(&cell.text).is_some();
    row.cells
        .windows(2)
        .filter(move |pair| pair[1].column <= pair[0].column + 2 && labels(&pair[0]) && !labels(&pair[1]))
        .map(|pair| &pair[0])
}
