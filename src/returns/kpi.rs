//! The chart of a KPI table: each current value as a column against its target as a mark.

use super::{
    chart_data::{ChartData, Figures},
    history::place,
    placement::Placement,
    sheet::Sheet,
};
use crate::{
    model::{Cell, Figure, Role, RowKind, Table, Unit},
    workbook::{Area, PageChart, PageChartKind, Series},
};

const CURRENT: u32 = 0x0044_72C4;
const TARGET: u32 = 0x0026_2626;
/// The longest name of a KPI on the chart's axis.
const LONGEST_NAME: usize = 40;

/// A KPI with a single number for its current value and for its target, both in one unit.
struct Point<'doc> {
    row: usize,
    name: String,
    unit: Unit,
    current: (&'doc Cell, f64),
    target: (&'doc Cell, f64),
}

/// Adds the chart below the table; none where no KPI has two numbers to compare.
pub(crate) fn add_chart(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement, data: &mut ChartData) {
    let points = points(table);
    let Some(first) = points.first() else { return };
    let own = own_cells(table, placement, &points);
    let data_sheet = own.is_none().then(|| data.name().to_owned());
    let areas = own.unwrap_or_else(|| data.add(figures(table, &points)));
    let [categories, currents, targets] = areas[..] else { return };
    let told: Vec<String> =
        points.iter().map(|point| format!("{}: {} against {}", point.name, point.current.0.text, point.target.0.text)).collect();
    let chart = PageChart {
        kind: PageChartKind::BarsAgainstTarget,
        title: "Current performance against target".to_owned(),
        alt_text: format!("Columns of current values with a mark at each target, for {} KPIs. {}.", points.len(), told.join("; ")),
        row: sheet.next,
        column: 0,
        width: 900,
        height: 400,
        series: vec![
            Series { name: "Current".to_owned(), categories, values: currents, colour: CURRENT },
            Series { name: "Target".to_owned(), categories, values: targets, colour: TARGET },
        ],
        data_sheet,
        category_title: "KPI".to_owned(),
        value_title: "Value".to_owned(),
        value_format: if first.unit == Unit::Percent { "0%" } else { "General" }.to_owned(),
    };
    place(sheet, chart);
}

/// What can be drawn. Percentages and other numbers share no axis: where there are both, the percentages are drawn.
fn points(table: &Table) -> Vec<Point<'_>> {
    let rows = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry);
    let mut points: Vec<Point<'_>> = rows
        .filter_map(|(at, row)| {
            let (current, unit) = amount(table.cell(row, Role::Current)?)?;
            let (target, target_unit) = amount(table.cell(row, Role::Target)?)?;
            unit.joins(target_unit).then(|| Point { row: at, name: name(table, at), unit, current, target })
        })
        .collect();
    if points.iter().any(|point| point.unit == Unit::Percent) {
        points.retain(|point| point.unit == Unit::Percent);
    }
    points
}

fn amount(cell: &Cell) -> Option<((&Cell, f64), Unit)> {
    match cell.figure()? {
        Figure::Amount { amount, unit, arrow: None } => Some(((cell, amount), unit)),
        Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. } | Figure::Direction(_) | Figure::New | Figure::Several => None,
    }
}

/// A KPI's number, or its first words where it has none.
fn name(table: &Table, at: usize) -> String {
    let row = &table.rows[at];
    let named = [Role::Ref, Role::Kpi].into_iter().filter_map(|role| table.cell(row, role));
    let text = named.map(|cell| &*cell.text).find(|text| !text.is_empty()).unwrap_or("");
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(LONGEST_NAME) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line.to_owned(),
    }
}

/// The table's own cells as categories, current values and targets, where every row between the first and last point is one.
fn own_cells(table: &Table, placement: &Placement, points: &[Point<'_>]) -> Option<Vec<Area>> {
    let rows = (points.first()?.row, points.last()?.row);
    let whole = rows.1 - rows.0 + 1 == points.len();
    let numbers = points.iter().all(|point| point.current.0.format.is_some() && point.target.0.format.is_some());
    let reference = table.role_position(Role::Ref)?;
    (whole && numbers).then_some(())?;
    let columns = [reference, table.role_position(Role::Current)?, table.role_position(Role::Target)?];
    Some(columns.map(|column| placement.column(column, rows)).into())
}

/// The points as figures of their own, for a chart that cannot take them from the table.
fn figures(table: &Table, points: &[Point<'_>]) -> Figures {
    Figures {
        title: table.name.clone(),
        headings: ["KPI", "Current", "Target"].map(str::to_owned).into(),
        rows: points.iter().map(|point| (point.name.clone(), vec![point.current.1, point.target.1])).collect(),
        unit: points[0].unit,
    }
}
