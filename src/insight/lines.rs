//! The lines of a plan that state a status, each with the dates and the comments that hold for it. Reads them, never judges them.

use std::ops::Range;

use crate::model::{Cell, Role, Status, Table, Value, When};

/// A line that states a status. Rows and columns are positions in its table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The row and the column the status stands in.
    pub at: usize,
    pub column: usize,
    pub status: Status,
    /// The row of the action it belongs to.
    pub entry: usize,
    pub start: Option<Held>,
    pub end: Option<Held>,
    /// The rows the status holds for: its own and those below that state none.
    pub rows: Range<usize>,
}

/// A date that holds for a line, where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub when: When,
    pub row: usize,
    pub column: usize,
}

/// Every line of a table that states a status, in order.
pub(super) fn lines(table: &Table) -> Vec<Line> {
    let statuses = [columns_of(table, Role::Status), table.role_position(Role::End).into_iter().collect()].concat();
    let start = table.role_position(Role::Start);
    let mut held: [Option<Held>; 2] = [None; 2];
    let mut lines: Vec<Line> = Vec::new();
    let mut entry = 0;
    // Whether the last line found still reaches down to this row.
    let mut open = false;
    for (at, row) in table.rows.iter().enumerate() {
        if !row.is_line() {
            (held, open) = ([None; 2], false);
            continue;
        }
        if row.kind == crate::model::RowKind::Entry {
            (held, open, entry) = ([None; 2], false, at);
        }
        // Where an end was revised, the last that was agreed holds.
        let end = table.end_position(row).or_else(|| table.role_position(Role::End));
        for (held, column) in held.iter_mut().zip([start, end]) {
            let Some((column, cell)) = column.and_then(|column| Some((column, row.cells.get(column)?))) else { continue };
            match cell.value {
                // A line without dates of its own has those of the line above.
                Value::Merged | Value::Blank => {}
                _ => *held = cell.when().map(|when| Held { when, row: at, column }),
            }
        }
        let states = |column: usize| row.cells.get(column).and_then(Cell::status);
        // Of several columns, the one that says what all of them together state.
        let stated = statuses.iter().find_map(|&column| Some((column, states(column)?))).and_then(|first| {
            let status = table.status_of(row)?;
            statuses.iter().find(|&&column| states(column) == Some(status)).map_or(Some(first), |&column| Some((column, status)))
        });
        if let Some((column, status)) = stated {
            open = true;
            lines.push(Line { at, column, status, entry, start: held[0], end: held[1], rows: at..at + 1 });
        } else if let Some(line) = lines.last_mut().filter(|_| open) {
            line.rows.end = at + 1;
        }
    }
    lines
}

/// The columns of a role.
pub(super) fn columns_of(table: &Table, role: Role) -> Vec<usize> {
    table.columns.iter().enumerate().filter(|(_, column)| column.role == Some(role)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn a_line_has_the_dates_of_its_action_and_reaches_over_lines_without_a_status() {
        let table = seed::plan();
        let lines = lines(&table);
        assert_eq!(lines.len(), 35);
        let of = |reference: &str| lines.iter().filter(|line| table.name_of(&table.rows[line.entry]) == reference).collect::<Vec<_>>();
        let two = of("1.2.1");
        assert_eq!((two.len(), two[1].end.map(|end| end.row)), (2, Some(two[0].at)));
        assert_eq!(of("2.3.4")[0].rows.len(), 3);
        assert_eq!(of("1.1.1")[0].rows.len(), 1);
    }
}
