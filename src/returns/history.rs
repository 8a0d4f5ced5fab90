//! The chart of a progress tracker: its status counts stacked, one column a period.

use super::{sheet::Sheet, style::fill, table::Spot};
use crate::{
    model::{Cell, Role, RowKind, Status, Table, kinds::Kind},
    workbook::{Area, PageChart, PageChartKind, Series},
};

/// The height of a row of the usual height, in pixels.
const ROW_PIXELS: u32 = 20;

/// Adds the chart below the table; none where there is no period or no status.
pub fn add_chart(sheet: &mut Sheet<'_>, table: &Table, spot: &Spot) {
    let (Some(header), Some((first, last))) = (spot.header, periods(table)) else { return };
    let rows = statuses(table);
    if rows.is_empty() {
        return;
    }
    let across = |row| Area { first_row: row, first_column: first as u16, last_row: row, last_column: last as u16 };
    let series = rows.iter().map(|&(at, status)| Series {
        name: status.word().to_owned(),
        categories: across(header),
        values: across(spot.rows[at]),
        colour: fill(status),
    });
    let (from, to) = (table.heading(first), table.heading(last));
    let now: Vec<String> = rows.iter().map(|&(at, status)| format!("{} {}", status.word(), text(table.rows[at].cells.get(last)))).collect();
    let chart = PageChart {
        kind: PageChartKind::StackedColumns,
        title: "Status at each return".to_owned(),
        alt_text: format!(
            "Stacked columns of status counts over {} periods, from {from} to {to}. At {to}: {}.",
            last - first + 1,
            now.join(", ")
        ),
        row: sheet.next,
        column: 0,
        width: 760,
        height: 340,
        series: series.collect(),
        data_sheet: None,
        category_title: "Return".to_owned(),
        value_title: "Status lines".to_owned(),
        value_format: "0".to_owned(),
    };
    place(sheet, chart);
}

/// Puts a chart at the next free row and moves on below it.
pub fn place(sheet: &mut Sheet<'_>, chart: PageChart) {
    sheet.next += chart.height.div_ceil(ROW_PIXELS) + 2;
    sheet.page.charts.push(chart);
}

/// The first and last of the columns of periods that stand side by side.
fn periods(table: &Table) -> Option<(usize, usize)> {
    let is_period = |at: usize| {
        let column = &table.columns[at];
        column.role == Some(Role::Period) || (column.role.is_none() && column.kind == Kind::Number)
    };
    let first = (0..table.columns.len()).find(|&at| is_period(at))?;
    Some((first, (first..table.columns.len()).take_while(|&at| is_period(at)).last()?))
}

/// The rows that count a status, with the status.
fn statuses(table: &Table) -> Vec<(usize, Status)> {
    let rows = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry);
    rows.filter_map(|(at, row)| table.status_of(row).map(|status| (at, status))).collect()
}

fn text(cell: Option<&Cell>) -> &str {
    cell.filter(|cell| !cell.is_blank()).map_or("0", |cell| &cell.text)
}
