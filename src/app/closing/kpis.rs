//! The current values of a KPI table for a period. Edits nothing, and works out no figure.

use super::{
    heading::Named,
    recording::{Recorded, Recording, held, place, sequence_of},
    sequence::Sequence,
};
use crate::model::{Cell, Figure, Role, Table, Value};

/// The rows that hold figures.
fn lines(table: &Table) -> Vec<usize> {
    (0..table.rows.len()).filter(|at| table.rows[*at].is_line()).collect()
}

/// The periods of a KPI table.
pub(super) fn sequence(table: &Table) -> Sequence {
    let columns = (0..table.columns.len()).filter(|at| table.columns[*at].role == Some(Role::Period));
    sequence_of(table, columns, |cell| !cell.is_blank() && !cell.formula, &lines(table))
}

/// Whether a KPI table keeps periods in columns of their own.
pub(super) fn keeps_periods(table: &Table) -> bool {
    table.role_position(Role::Period).is_some()
}

/// The period that the heading of the current values names: `Q2` of `Current performance (Q2 figures)`.
pub(super) fn current_period(table: &Table) -> Option<Named> {
    let heading = table.heading(table.role_position(Role::Current)?);
    let bracketed = heading.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').to_owned());
    Named::read(&bracketed.unwrap_or(heading))
}

/// The current values of a KPI table, under a heading.
///
/// # Errors
/// Why they cannot be recorded, and what to do.
pub(super) fn recording(table: &Table, (heading, in_workbook): (&str, bool)) -> Result<Recording, &'static str> {
    let Some(current) = table.role_position(Role::Current) else {
        return Err("it has no column of current values: what it reports stands in its period columns already");
    };
    let spot = sequence(table).spot(heading).or(Some(super::sequence::Spot::Beside { column: table.columns[current].id, before: true }));
    let place = place(table, spot, in_workbook)?;
    let rows = lines(table);
    if rows.iter().any(|row| held(table, *row, place.column()).is_some_and(|cell| cell.formula)) {
        return Err("formulas of the workbook work out that column. Type their values over them in Excel to keep them");
    }
    let is_new = |cell: &Cell| matches!(cell.value, Value::Figure(Figure::New));
    let (mut values, mut new) = (Vec::new(), 0_usize);
    for row in rows {
        let Some(cell) = table.rows[row].cells.get(current).filter(|cell| !cell.is_blank()) else { continue };
        let before = held(table, row, place.column());
        if is_new(cell) {
            new += 1;
        } else if before.is_some() || place.column().is_none() {
            values.push(Recorded {
                row: table.rows[row].id,
                label: table.name_of(&table.rows[row]),
                before: before.map_or_else(String::new, |cell| cell.text.to_string()),
                cell: Cell { formula: false, ..cell.clone() },
            });
        }
    }
    if values.is_empty() {
        return Err("none of its KPIs has a current value");
    }
    let left = (new > 0).then(|| {
        format!("{new} of its KPIs {} new and {} no figure yet", if new == 1 { "is" } else { "are" }, if new == 1 { "has" } else { "have" })
    });
    Ok(Recording {
        table: table.id,
        name: table.title().to_owned(),
        heading: heading.trim().to_owned(),
        place,
        values,
        left: left.into_iter().collect(),
    })
}
