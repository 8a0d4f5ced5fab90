//! The chart of a progress tracker: its status counts stacked, one column a period.

use super::{
    chart_data::{ChartData, Datum, Figures},
    placement::Placement,
    sheet::Sheet,
    style::fill,
};
use crate::{
    model::{Cell, Role, Row, RowKind, Status, Table, Unit, kinds::Kind},
    workbook::{Area, PageChart, PageChartKind, Series},
};

/// The height of a row of the usual height, in pixels.
const ROW_PIXELS: u32 = 20;
/// How wide charts stand side by side, and between two of them.
const PAGE_PIXELS: u32 = 1_080;
const BETWEEN: u32 = 16;

/// Adds the chart below the table; none where there is no period or no status.
pub(crate) fn add_chart(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement, data: &mut ChartData) {
    let (Some(header), Some((first, last))) = (placement.header, periods(table)) else { return };
    let rows = statuses(table);
    if rows.is_empty() {
        return;
    }
    // A count typed as text is a count to its owner, but not to Excel.
    let numbers =
        rows.iter().all(|&(at, _)| table.rows[at].cells[first..=last].iter().all(|cell| cell.is_blank() || cell.stored().is_some()));
    let across = |row| Area { first_row: row, first_column: first as u16, last_row: row, last_column: last as u16 };
    let areas: Vec<Area> = if numbers {
        [across(header)].into_iter().chain(rows.iter().map(|&(at, _)| across(placement.rows[at]))).collect()
    } else {
        data.add(figures(table, &rows, (first, last)))
    };
    let series = rows.iter().zip(&areas[1..]).map(|(&(_, status), values)| Series {
        name: status.word().to_owned(),
        categories: areas[0],
        values: *values,
        colour: fill(status),
    });
    let chart = PageChart {
        kind: PageChartKind::StackedColumns,
        title: "Status at each return".to_owned(),
        alt_text: alt_text(table, &rows, (first, last)),
        row: sheet.next,
        column: 0,
        width: 760,
        height: 340,
        series: series.collect(),
        data_sheet: (!numbers).then(|| data.name().to_owned()),
        category_title: "Return".to_owned(),
        value_title: "Status lines".to_owned(),
        value_format: "0".to_owned(),
        from_zero: true,
        left: 0,
    };
    place_side_by_side(sheet, vec![chart]);
}

/// What the chart shows, in words.
fn alt_text(table: &Table, rows: &[(usize, Status)], (first, last): (usize, usize)) -> String {
    let (from, to) = (table.heading(first), table.heading(last));
    let count = |cell: &Cell| if cell.is_blank() { "0".to_owned() } else { cell.text.to_string() };
    let now: Vec<String> = rows.iter().map(|&(at, status)| format!("{} {}", status.word(), count(&table.rows[at].cells[last]))).collect();
    format!("Stacked columns of status counts over {} periods, from {from} to {to}. At {to}: {}.", last - first + 1, now.join(", "))
}

/// The counts as figures of their own, for a chart that cannot take them from the table.
fn figures(table: &Table, rows: &[(usize, Status)], (first, last): (usize, usize)) -> Figures {
    let count = |at: usize, column: usize| table.rows[at].cells[column].amount().unwrap_or(0.0);
    let counts = |column: usize| rows.iter().map(|&(at, _)| Some(Datum { number: count(at, column), formula: None })).collect();
    Figures {
        title: table.name.clone(),
        headings: ["Return"].into_iter().chain(rows.iter().map(|(_, status)| status.word())).map(str::to_owned).collect(),
        rows: (first..=last).map(|column| (table.heading(column), counts(column))).collect(),
        unit: Unit::Plain,
    }
}

/// Puts charts side by side at the next free row, on to the next where the page is full, and moves on below them.
pub(crate) fn place_side_by_side(sheet: &mut Sheet<'_>, charts: Vec<PageChart>) {
    let (mut left, mut tallest) = (0, 0);
    for mut chart in charts {
        if left > 0 && left + chart.width > PAGE_PIXELS {
            sheet.next += tallest;
            (left, tallest) = (0, 0);
        }
        (chart.row, chart.left) = (sheet.next, left);
        left += chart.width + BETWEEN;
        tallest = tallest.max(chart.height.div_ceil(ROW_PIXELS) + 1);
        // No printed page ends within a chart.
        sheet.page.kept_together.push((sheet.next, sheet.next + tallest - 1));
        sheet.page.charts.push(chart);
    }
    sheet.next += tallest + u32::from(tallest > 0);
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

/// The rows that count a status in every column, with the status.
fn statuses(table: &Table) -> Vec<(usize, Status)> {
    let whole = |row: &Row| row.kind == RowKind::Entry && row.cells.len() == table.columns.len();
    let rows = table.rows.iter().enumerate().filter(|(_, row)| whole(row));
    rows.filter_map(|(at, row)| table.status_of(row).map(|status| (at, status))).collect()
}
