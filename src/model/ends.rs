//! When an action of a plan is to end, and whether it was done, where several columns hold dates. Reads no clock.

use super::{Cell, Role, Row, Table, When};

impl Table {
    /// The position of the column whose date decides when a row is to end: that of its end where it holds a date, otherwise the last of
    /// the earlier ends that does. `None` where none does.
    #[must_use]
    pub fn end_position(&self, row: &Row) -> Option<usize> {
        let dated = |at: &usize| row.cells.get(*at).is_some_and(|cell| cell.when().is_some());
        let of = |role: Role| (0..self.columns.len()).filter(move |at| self.columns[*at].role == Some(role));
        of(Role::End).find(dated).or_else(|| of(Role::EarlierEnd).rfind(dated))
    }

    /// The cell that says when a row is to end, with its column and its date.
    #[must_use]
    pub fn end_of<'row>(&self, row: &'row Row) -> Option<(usize, &'row Cell, When)> {
        let column = self.end_position(row)?;
        let cell = row.cells.get(column)?;
        Some((column, cell, cell.when()?))
    }

    /// When a row was done, where a column says so.
    #[must_use]
    pub fn completed_on(&self, row: &Row) -> Option<When> {
        self.cell(row, Role::Completed)?.when()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, RowKind, TableKind, kinds::Kind};

    fn table() -> Table {
        let column = |role| Column { role: Some(role), kind: Kind::Date, ..Column::default() };
        Table::new(TableKind::Plan, [Role::EarlierEnd, Role::EarlierEnd, Role::End, Role::Completed].map(column).to_vec(), Vec::new())
    }

    fn row(texts: [&str; 4]) -> Row {
        Row { kind: RowKind::Entry, cells: texts.map(|text| Kind::Date.read(text.into(), None)).to_vec(), ..Row::default() }
    }

    #[test]
    fn the_last_end_that_was_agreed_decides() {
        let end = |texts| table().end_of(&row(texts)).map(|(_, cell, _)| cell.text.to_string());
        assert_eq!(end(["31/03/2026", "30/06/2026", "30/09/2026", ""]).as_deref(), Some("30/09/2026"));
        assert_eq!(end(["31/03/2026", "30/06/2026", "", ""]).as_deref(), Some("30/06/2026"));
        assert_eq!(end(["31/03/2026", "", "TBC", ""]).as_deref(), Some("31/03/2026"));
        assert_eq!(end(["", "", "", "31/03/2026"]), None);
    }

    #[test]
    fn a_day_of_completion_is_a_date() {
        let done = |text| table().completed_on(&row(["", "", "", text])).is_some();
        assert_eq!((done("28/03/2026"), done("not yet"), done("")), (true, false, false));
    }
}
