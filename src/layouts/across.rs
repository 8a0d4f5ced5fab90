//! A table whose rows are periods and whose columns are indicators, which is kept as it stands: said, so that nobody waits for ratings.

use super::{heading_text::plain, words::is_period};
use crate::{
    model::{Cell, Row, Table, TableKind, Value},
    notes::{Code, Note, Place, Severity},
};

/// How many rows are looked at.
const SAMPLE: usize = 60;
/// Words in the first cell of a row that holds the targets.
const TARGETS: [&str; 6] = ["target", "targets", "annual target", "goal", "baseline", "standard"];

/// The note on a register with a row a period and a column an indicator.
pub fn note(table: &Table) -> Option<Note> {
    if table.kind != TableKind::Register || table.columns.len() < 3 {
        return None;
    }
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.is_line()).take(SAMPLE).collect();
    let first = |row: &&&Row| row.cells.first().is_some_and(|cell| is_period(&cell.text));
    let periods = rows.iter().filter(first).count();
    let aims = rows.iter().filter(|row| row.cells.first().is_some_and(|cell| TARGETS.contains(&&*plain(&cell.text)))).count();
    if periods < 3 || periods + aims < rows.len() {
        return None;
    }
    // Each of the other columns is headed by words and holds numbers.
    let is_number =
        |cell: &&Cell| matches!(cell.value, Value::Number(_) | Value::Figure(_)) || cell.amount().is_some() || has_digits(&cell.text);
    let measures = (1..table.columns.len()).filter(|&at| {
        let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank()).collect();
        let headed = table.columns[at].heading.chars().any(char::is_alphabetic);
        headed && !cells.is_empty() && cells.iter().filter(|cell| is_number(cell)).count() * 5 >= cells.len() * 4
    });
    let measures = measures.count();
    if measures < 2 || measures * 3 < (table.columns.len() - 1) * 2 {
        return None;
    }
    let message = format!(
        "The {measures} indicators of “{}” stand in its columns and its periods in the rows, so they are not rated as KPIs.",
        table.name
    );
    let hint = "Copy the table in Excel and paste it with Paste special > Transpose, so that each KPI has a row.";
    Some(Note::new(Severity::Info, Code::KpisAcross, Place::table(table), message, hint))
}

/// Whether a text is a number with its unit.
fn has_digits(text: &str) -> bool {
    text.len() <= 12 && text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | '-' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, ColumnId, RowId};

    fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
        let columns =
            headings.iter().zip(1..).map(|(heading, id)| Column { id: ColumnId(id), heading: (*heading).into(), ..Column::default() });
        let row = |(texts, id): (&&[&str], u32)| Row {
            id: RowId(id),
            cells: texts.iter().map(|text| Cell::text(*text)).collect(),
            ..Row::default()
        };
        Table::new(TableKind::Register, columns.collect(), rows.iter().zip(1..).map(row).collect::<Vec<_>>())
    }

    #[test]
    fn periods_down_and_indicators_across_are_said() {
        let rows: [&[&str]; 4] =
            [&["Target", "95%", "10"], &["Apr 2026", "94%", "9"], &["May 2026", "96%", "12"], &["Jun 2026", "97%", "8"]];
        assert!(note(&table(&["Month", "Bins on time", "Days to mend"], &rows)).is_some());
        let rows: [&[&str]; 3] = [&["Apr 2026", "Opened", "Al"], &["May 2026", "Closed", "Bo"], &["Jun 2026", "Opened", "Al"]];
        assert!(note(&table(&["Month", "What happened", "Who"], &rows)).is_none());
    }
}
