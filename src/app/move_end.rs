//! Moving the end of an action to another day, as on the timeline. Makes the change and applies none.

use jiff::civil::Date;

use super::range::put::{as_typed, change};
use crate::{
    edit::Change,
    model::{ColumnId, RowId, Table, kinds},
};

/// The step that moves an action's end to a day, in the form its owner writes it, with its name; `None` where the cell is gone or says that
/// day already.
#[must_use]
pub fn move_end(table: &Table, row: RowId, column: ColumnId, to: Date) -> Option<(String, Change)> {
    let (at, column) = (table.position(row)?, table.column_position(column)?);
    let held = table.rows[at].cells.get(column)?;
    // What stands in words, as `2021-22`, becomes the day.
    let cell = kinds::moved_to(held, to).unwrap_or_else(|| table.columns[column].enter(&as_typed(to)));
    let name = format!("Move the end of {} to {}", table.name_of(&table.rows[at]), cell.text);
    Some((name, change(table, at, column, cell)?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        app::open::open_sample,
        model::{Role, RowKind, TableKind, kinds::Kind},
    };

    #[test]
    fn an_end_keeps_the_form_it_is_written_in() {
        let document = open_sample().document;
        let mut plan = document.of_kind(TableKind::Plan).next().unwrap().clone();
        let end = plan.role_position(Role::End).unwrap();
        let at = (0..plan.rows.len()).find(|&at| plan.rows[at].kind == RowKind::Entry).unwrap();
        for (text, to, expected) in [
            ("Sep-18", date(2018, 11, 30), "Nov-18"),
            ("30/09/2018", date(2018, 10, 5), "05/10/2018"),
            ("2021-22", date(2023, 3, 31), "31/03/2023"),
        ] {
            plan.rows[at].cells[end] = Kind::Date.enter(text);
            let (name, moved) = move_end(&plan, plan.rows[at].id, plan.columns[end].id, to).unwrap();
            let Change::SetCell { cell, .. } = moved else { unreachable!("a cell is set") };
            assert_eq!(&*cell.text, expected, "{text}");
            assert!(name.ends_with(expected), "{name}");
            plan.rows[at].cells[end] = cell;
            assert!(move_end(&plan, plan.rows[at].id, plan.columns[end].id, to).is_none(), "it is there already");
        }
    }
}
