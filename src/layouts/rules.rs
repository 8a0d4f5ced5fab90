//! The sheet of rating rules of a return: gives each KPI the rule stated for it. Rows that name no KPI are left in the sheet.

use crate::{
    model::{Polarity, RowId, Rule, Shortfall, Table},
    workbook::{Grid, GridRow, marks},
};

/// Whether a sheet states rating rules as a return does.
#[must_use]
pub fn recognise(grid: &Grid) -> bool {
    grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == marks::RULES_LINE)
}

/// Takes every rule it understands out of the sheet and gives it to its KPI.
pub fn read(grid: &mut Grid, tables: &mut [Table]) {
    for (at, row) in grid.rows.iter_mut().enumerate() {
        let heads = marks::RULE_HEADINGS.iter().zip(0..).all(|(heading, column)| row.text(column) == *heading);
        if at == 0 || heads {
            row.take_all();
        } else if let (Some((table, id)), Some(rule)) = (kpi(row, tables), rule(row)) {
            tables[table].rules.insert(id, rule);
            row.cells.retain(|cell| usize::from(cell.column) >= marks::RULE_HEADINGS.len());
        }
    }
    grid.rows.retain(|row| !row.is_blank());
}

/// The KPI a rule is for: the one at its place, unless rows have moved since; then the one of its name on that sheet.
fn kpi(row: &GridRow, tables: &[Table]) -> Option<(usize, RowId)> {
    let (sheet, cell) = row.text(0).rsplit_once('!')?;
    let source: u32 = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let name = row.text(1);
    let on_sheet = || tables.iter().enumerate().filter(|(_, table)| table.sheet == sheet);
    let rows = || on_sheet().flat_map(|(at, table)| table.rows.iter().map(move |row| (at, table, row)));
    let placed = rows().find(|(_, table, row)| row.source == source && table.name_of(row) == name);
    let named = placed.or_else(|| rows().find(|(_, table, row)| table.name_of(row) == name));
    named.map(|(at, _, row)| (at, row.id))
}

fn rule(row: &GridRow) -> Option<Rule> {
    let polarity = match marks::POLARITIES.iter().position(|word| word.eq_ignore_ascii_case(row.text(2).trim()))? {
        0 => Polarity::FromTarget,
        1 => Polarity::HigherIsBetter,
        2 => Polarity::LowerIsBetter,
        _ => Polarity::Maintain,
    };
    let shortfall = match marks::SHORTFALLS.iter().position(|word| word.eq_ignore_ascii_case(row.text(3).trim()))? {
        0 => Shortfall::Relative,
        _ => Shortfall::Points,
    };
    let tolerance = row.cell(4)?.stored.as_ref()?.number;
    (tolerance >= 0.0).then_some(Rule { polarity, shortfall, tolerance })
}
