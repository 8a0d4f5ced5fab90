//! The tracker that sheets of one plan, a period each, make together: how many lines had each status at each. Counts alone, judges nothing.

use super::order::order;
use crate::model::{Cell, Column, ColumnId, Role, Row, RowId, RowKind, Status, Table, TableKind, kinds::Kind};

/// What the tracker and its sheet are called.
const NAME: &str = "Progress tracker";

/// The tracker of a plan and the sheets that hold it as it stood earlier; `None` where none of them states a status.
pub(super) fn tracker(plan: &Table, earlier: &[&Table]) -> Option<Table> {
    let mut periods: Vec<&Table> = earlier.to_vec();
    periods.sort_by_key(|table| order(&table.sheet));
    periods.push(plan);
    let counts: Vec<Vec<usize>> = periods.iter().map(|table| counts(table)).collect();
    if counts.iter().any(|counts| counts.iter().sum::<usize>() == 0) {
        return None;
    }
    let names: Vec<&str> = periods.iter().map(|table| &*table.sheet).collect();
    let headings = headings(&names).into_iter().map(|heading| (heading, Role::Period, Kind::Number));
    let first = ("Status".to_owned(), Role::Status, Kind::Status);
    let column = |((heading, role, kind), at): ((String, Role, Kind), u32)| Column {
        id: ColumnId(at + 1),
        heading: heading.into(),
        role: Some(role),
        kind,
        width: if role == Role::Status { 180.0 } else { 88.0 },
        source: at,
        ..Column::default()
    };
    let columns = [first].into_iter().chain(headings).zip(0..).map(column).collect();
    let row = |(status, at): (Status, usize)| {
        let numbers = counts.iter().map(|counts| Kind::Number.enter(&counts[at].to_string()));
        let cells: Vec<Cell> = [Kind::Status.enter(status.word())].into_iter().chain(numbers).collect();
        Row { id: RowId(at as u32 + 1), kind: RowKind::Entry, cells, ..Row::default() }
    };
    let rows: Vec<Row> = Status::ALL.into_iter().zip(0..).map(row).collect();
    Some(Table { name: NAME.to_owned(), sheet: NAME.to_owned(), ..Table::new(TableKind::History, columns, rows) })
}

/// How many lines of a table state each status.
fn counts(table: &Table) -> Vec<usize> {
    let mut counts = vec![0; Status::ALL.len()];
    for status in table.rows.iter().filter(|row| row.is_line()).filter_map(|row| table.status_of(row)) {
        let at = Status::ALL.iter().position(|other| *other == status);
        at.into_iter().for_each(|at| counts[at] += 1);
    }
    counts
}

/// The names of the sheets without the words that all of them begin or end with, as long as each still tells its time.
fn headings(names: &[&str]) -> Vec<String> {
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split_whitespace().collect()).collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let same = |at: &dyn Fn(&Vec<&str>) -> usize| words.iter().all(|own| own[at(own)] == words[0][at(&words[0])]);
    let before = (0..shortest).take_while(|&at| same(&|_| at)).count();
    let behind = (1..=shortest - before).take_while(|&at| same(&|own| own.len() - at)).count();
    let cut: Vec<String> = words.iter().map(|own| own[before..own.len() - behind].join(" ")).collect();
    let told = cut.iter().zip(names).all(|(cut, name)| order(cut).is_some() || order(name).is_none());
    if told && cut.iter().all(|cut| !cut.is_empty()) { cut } else { names.iter().map(|name| (*name).to_owned()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_the_time_alone() {
        assert_eq!(headings(&["Action plan Q1", "Action plan Q2"]), ["Q1", "Q2"]);
        assert_eq!(headings(&["Q1 2026-27", "Q2 2026-27"]), ["Q1", "Q2"]);
        assert_eq!(headings(&["Sept 2025", "Action plan"]), ["Sept 2025", "Action plan"]);
        assert_eq!(headings(&["Plan Q1", "Plan"]), ["Plan Q1", "Plan"]);
    }
}
