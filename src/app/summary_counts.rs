//! The counts a plan's own summary states, brought to those that are counted here: as edits, each of one line. Counts nothing itself.

use crate::{
    edit::{Change, FieldPlace},
    insight::PlanStanding,
    model::{Cell, Field, Table},
};

/// The edits that make the summary of a plan state what is counted; none where it does already, or where formulas count by themselves.
#[must_use]
pub fn changes(table: &Table, standing: &PlanStanding) -> Vec<Change> {
    let Some(summary) = &table.summary else { return Vec::new() };
    let change = |stated: &crate::insight::Stated| {
        let field = summary.lines.get(stated.line).filter(|field| !field.cell.formula)?;
        let count = standing.counts.lines.get(stated.status);
        // A change that nothing tells is not stated any more.
        let delta = standing.deltas.as_ref().filter(|_| stated.delta.is_some()).map(|deltas| deltas.get(stated.status));
        let cell = counted(field, count, delta);
        let field = FieldPlace::Summary(stated.line);
        (cell.text != summary.lines[stated.line].cell.text).then_some(Change::SetField { table: table.id, field, cell })
    };
    standing.stated.iter().filter_map(change).collect()
}

/// A count in the form its owner writes it in: `5 (-3)`, `5(-3)` or `5`.
fn counted(field: &Field, count: usize, delta: Option<i64>) -> Cell {
    let text = &field.cell.text;
    if let Some(format) = field.cell.format.as_deref().filter(|_| delta.is_none()) {
        return Cell::number(count as f64, format);
    }
    let space = if text.contains(" (") { " " } else { "" };
    match delta {
        Some(0) => Cell::text(format!("{count}{space}(0)")),
        Some(delta) => Cell::text(format!("{count}{space}({delta:+})")),
        None => Cell::text(count.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_keeps_its_owners_form() {
        let field = |text: &str| Field { cell: Cell::text(text), ..Field::default() };
        for (text, delta, expected) in [
            ("5 (-3)", Some(2), "7 (+2)"),
            ("5(-3)", Some(-1), "7(-1)"),
            ("5 (-3)", Some(0), "7 (0)"),
            ("5 (-3)", None, "7"),
            ("5", None, "7"),
        ] {
            assert_eq!(&*counted(&field(text), 7, delta).text, expected, "{text}");
        }
        let number = Field { cell: Cell::number(5.0, "0"), ..Field::default() };
        assert_eq!(counted(&number, 7, None).stored().map(|stored| stored.number), Some(7.0));
    }
}
