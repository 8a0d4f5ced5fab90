//! The sheet of rating rules of a return: gives each KPI the rule stated for it. Rows that name no KPI are left in the sheet.

use crate::{
    model::{Polarity, Role, Row, RowId, Rule, Shortfall, Table},
    workbook::{
        RawRow, RawSheet,
        keys::{Keys, Part, RowKey},
        sentinels,
    },
};

/// Whether a sheet states rating rules as a return does.
#[must_use]
pub(super) fn recognise(grid: &RawSheet) -> bool {
    grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == sentinels::RULES_LINE)
}

/// Takes every rule it understands out of the sheet and gives it to its KPI.
pub(super) fn read(grid: &mut RawSheet, tables: &mut [Table]) {
    let keys = std::mem::take(&mut grid.keys);
    for (at, row) in grid.rows.iter_mut().enumerate() {
        let heads = sentinels::RULE_HEADINGS.iter().zip(0..).all(|(heading, column)| row.text(column) == *heading);
        if at == 0 || heads {
            row.take_all();
        } else if let (Some((table, id)), Some(rule)) = (keyed(&keys, row, tables).or_else(|| kpi(row, tables)), rule(row)) {
            tables[table].rules.insert(id, rule);
            row.cells.retain(|cell| usize::from(cell.column) >= sentinels::RULE_HEADINGS.len());
        }
    }
    grid.rows.retain(|row| !row.is_blank());
}

/// The KPI a rule is for by its key.
fn keyed(keys: &Keys, row: &RawRow, tables: &[Table]) -> Option<(usize, RowId)> {
    let RowKey { table, part: Part::Row(_, id) } = keys.row(row.row)? else { return None };
    let at = tables.iter().position(|held| held.id == table)?;
    tables[at].row(id).map(|row| (at, row.id))
}

/// The KPI a rule without a key is for: the one at its place, unless rows have moved since; then the one of its name on that sheet.
fn kpi(row: &RawRow, tables: &[Table]) -> Option<(usize, RowId)> {
    let (sheet, cell) = row.text(0).rsplit_once('!')?;
    let source: u32 = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let name = row.text(1);
    let is_called = |table: &Table, row: &Row| {
        let wording = table.cell(row, Role::Kpi).filter(|cell| !cell.is_blank());
        wording.map_or_else(|| table.name_of(row) == name, |cell| *cell.text == *name)
    };
    let on_sheet = || tables.iter().enumerate().filter(|(_, table)| table.sheet == sheet);
    let rows = || on_sheet().flat_map(|(at, table)| table.rows.iter().map(move |row| (at, table, row)));
    let placed = rows().find(|(_, table, row)| row.source == source && is_called(table, row));
    let named = placed.or_else(|| rows().find(|(_, table, row)| is_called(table, row)));
    named.map(|(at, _, row)| (at, row.id))
}

fn rule(row: &RawRow) -> Option<Rule> {
    let polarity = match sentinels::POLARITIES.iter().position(|word| word.eq_ignore_ascii_case(row.text(2).trim()))? {
        0 => Polarity::FromTarget,
        1 => Polarity::HigherIsBetter,
        2 => Polarity::LowerIsBetter,
        _ => Polarity::Maintain,
    };
    let shortfall = match sentinels::SHORTFALLS.iter().position(|word| word.eq_ignore_ascii_case(row.text(3).trim()))? {
        0 => Shortfall::Relative,
        _ => Shortfall::Points,
    };
    let tolerance = row.cell(4)?.stored.as_ref()?.number;
    (tolerance >= 0.0).then_some(Rule { polarity, shortfall, tolerance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Cell, Column, ColumnId, RowKind, Stored, TableId, TableKind},
        workbook::RawCell,
    };

    fn kpis(wordings: &[&str]) -> Table {
        let column = Column { id: ColumnId(1), heading: "KPI".into(), role: Some(Role::Kpi), kind: Role::Kpi.kind(), ..Column::default() };
        let row = |(wording, id): (&&str, u32)| Row {
            id: RowId(id),
            kind: RowKind::Entry,
            cells: vec![Cell::text(*wording)],
            source: id + 1,
            ..Row::default()
        };
        let rows: Vec<Row> = wordings.iter().zip(1..).map(row).collect();
        Table { id: TableId(1), name: "KPIs".to_owned(), sheet: "KPIs".to_owned(), ..Table::new(TableKind::Kpi, vec![column], rows) }
    }

    fn sheet(rules: &[[&str; 4]]) -> RawSheet {
        let texts = |row, texts: &[&str]| {
            let cells =
                texts.iter().zip(0..).map(|(text, column)| RawCell { column, text: (*text).into(), stored: None, ..RawCell::default() });
            RawRow { row, cells: cells.collect() }
        };
        let mut rows = vec![texts(0, &[sentinels::RULES_LINE]), texts(2, &sentinels::RULE_HEADINGS)];
        for (rule, at) in rules.iter().zip(3..) {
            let mut row = texts(at, rule);
            let stored = Some(Stored { number: 5.0, format: "General".into() });
            row.cells.push(RawCell { column: 4, text: "5".into(), stored, ..RawCell::default() });
            rows.push(row);
        }
        RawSheet { sheet: sentinels::RULES.to_owned(), rows, ..RawSheet::default() }
    }

    #[test]
    fn a_rule_finds_its_kpi_though_rows_have_moved() {
        let mut tables = [kpis(&["One put in since", "Homes made warmer", "Carers asked"])];
        let mut grid = sheet(&[["KPIs!A2", "Homes made warmer", "higher", "Points"]]);
        assert!(recognise(&grid));
        read(&mut grid, &mut tables);
        let rule = Rule { polarity: Polarity::HigherIsBetter, shortfall: Shortfall::Points, tolerance: 5.0 };
        assert_eq!((grid.filled(), tables[0].rules.iter().collect::<Vec<_>>()), (0, vec![(&RowId(2), &rule)]));
    }

    #[test]
    fn a_rule_that_is_not_understood_stays_in_the_sheet() {
        let mut tables = [kpis(&["Homes made warmer"])];
        let mut grid = sheet(&[["KPIs!A2", "Gone", "Higher", "Points"], ["KPIs!A2", "Homes made warmer", "Sideways", "Points"]]);
        read(&mut grid, &mut tables);
        assert_eq!((grid.filled(), tables[0].rules.len()), (10, 0));
    }
}
