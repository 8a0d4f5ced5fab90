//! The charts of a KPI table: a small one a unit and direction, each KPI as a bar with its target as a mark; below them what no chart shows, and why.

use super::{
    beside::Beside,
    chart_data::{ChartData, Datum, Figures},
    history::place_side_by_side,
    parts::Part,
    placement::Placement,
    sheet::Sheet,
    style::Style,
};
use crate::{
    insight::KpiStanding,
    model::{Cell, ColumnId, Polarity, Role, Row, RowKind, Table, Unit, column_letters},
    workbook::{
        Content, PageChart, PageChartKind, Series,
        keys::{Part as KeyPart, RowKey},
        sentinels, worked_out,
    },
};

const CURRENT: u32 = 0x0044_72C4;
const TARGET: u32 = 0x0026_2626;
/// The longest name of a KPI on the chart's axis, in characters.
const LONGEST_NAME: usize = 44;
/// The most KPIs of one chart: their names stand side by side below it.
const MOST: usize = 7;
/// Figures of one unit differ by no more than this within a chart, or the smaller could not be seen.
const SPAN: f64 = 20.0;
/// The width of a chart without its bars, and of a bar with the name below it, in pixels.
const WIDTHS: (u32, u32) = (110, 136);
const HEIGHT: u32 = 300;
/// What a description may say in Excel, with some room for its end, in UTF-16 units.
const DESCRIPTION: usize = 230;

/// A KPI with a number that can be drawn.
struct Bar<'kpi> {
    row: &'kpi Row,
    kpi: &'kpi KpiStanding,
    amount: f64,
    target: Option<f64>,
}

/// What the bars of one chart have in common.
#[derive(Clone, PartialEq)]
struct Kind {
    /// As it stands beside the axis: `%`, `£`, `days`.
    unit: String,
    polarity: Polarity,
    /// Whether amounts are shares, which are shown as per cent.
    share: bool,
}

/// Adds the charts and the list below the part of a table; nothing below one without KPIs.
pub(crate) fn add_charts(sheet: &mut Sheet<'_>, part: &Part<'_>, beside: &Beside<'_>, placement: &Placement, data: &mut ChartData) {
    let table = part.table;
    let rows = table.rows[part.rows.clone()].iter().map(|row| &**row).filter(|row| row.kind == RowKind::Entry);
    let kpis: Vec<(&Row, &KpiStanding)> = rows.filter_map(|row| Some((row, beside.kpi(row.id)?))).collect();
    let bars: Vec<Bar<'_>> = kpis.iter().filter_map(|(row, kpi)| bar(row, kpi)).collect();
    let cells = Cells::of(sheet, part, placement);
    let charts = charts(table, bars).iter().map(|(kind, bars)| chart(table, (kind, bars), &cells, data)).collect();
    place_side_by_side(sheet, charts);
    lay_not_charted(sheet, table, &kpis);
}

fn bar<'kpi>(row: &'kpi Row, kpi: &'kpi KpiStanding) -> Option<Bar<'kpi>> {
    let amount = kpi.amount.filter(|amount| amount.is_finite())?;
    Some(Bar { row, kpi, amount, target: kpi.target_amount.filter(|target| target.is_finite()) })
}

/// The bars chart by chart: by what they have in common, then by how large they are, at most so many a chart.
fn charts<'kpi>(table: &Table, bars: Vec<Bar<'kpi>>) -> Vec<(Kind, Vec<Bar<'kpi>>)> {
    let mut groups: Vec<(Kind, Vec<Bar<'kpi>>)> = Vec::new();
    for bar in bars {
        let kind = kind(table, &bar);
        match groups.iter_mut().find(|(held, _)| *held == kind) {
            Some((_, bars)) => bars.push(bar),
            None => groups.push((kind, vec![bar])),
        }
    }
    let mut charts = Vec::new();
    for (kind, bars) in groups {
        let apart = if kind.share { vec![bars] } else { by_size(bars) };
        for mut bars in apart {
            // Charts of about the same size rather than a full one and a rest.
            let each = bars.len().div_ceil(bars.len().div_ceil(MOST).max(1)).max(1);
            while !bars.is_empty() {
                let rest = bars.split_off(each.min(bars.len()));
                charts.push((kind.clone(), std::mem::replace(&mut bars, rest)));
            }
        }
    }
    charts
}

/// What of a bar it shares an axis by.
fn kind(table: &Table, bar: &Bar<'_>) -> Kind {
    let stated = table.cell(bar.row, Role::Unit).map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let share = bar.kpi.unit == Unit::Percent;
    let unit = match bar.kpi.unit {
        Unit::Percent => "%".to_owned(),
        unit => stated.map_or_else(|| unit_word(unit), str::to_owned),
    };
    Kind { unit, polarity: bar.kpi.rated.polarity, share }
}

fn unit_word(unit: Unit) -> String {
    match unit {
        Unit::Plain => "number".to_owned(),
        Unit::Percent => "%".to_owned(),
        Unit::Points => "points".to_owned(),
        Unit::Money(currency) => currency.sign().to_string(),
        Unit::Time(time) => format!("{}s", time.word()),
        Unit::OutOf(most) => format!("out of {most}"),
    }
}

/// Bars in groups whose largest is at most so many times their smallest, each in the order of the table.
fn by_size(bars: Vec<Bar<'_>>) -> Vec<Vec<Bar<'_>>> {
    let size = |bar: &Bar<'_>| bar.amount.abs().max(bar.target.map_or(0.0, f64::abs));
    let mut sizes: Vec<f64> = bars.iter().map(size).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    // The largest of each group, from the smallest group on.
    let mut ends: Vec<f64> = Vec::new();
    let mut smallest = f64::INFINITY;
    for (at, size) in sizes.iter().enumerate() {
        smallest = smallest.min(*size);
        if at > 0 && *size > smallest * SPAN {
            ends.push(sizes[at - 1]);
            smallest = *size;
        }
    }
    let mut groups: Vec<Vec<Bar<'_>>> = (0..=ends.len()).map(|_| Vec::new()).collect();
    for bar in bars {
        let at = ends.partition_point(|end| *end < size(&bar));
        groups[at].push(bar);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn chart(table: &Table, (kind, bars): (&Kind, &[Bar<'_>]), cells: &Cells, data: &mut ChartData) -> PageChart {
    let title = title(kind, bars);
    let rows = bars.iter().map(|bar| {
        let target = bar.target.map(|target| cells.datum(table, bar, bar.kpi.rated.target, target));
        (name(bar.kpi), vec![Some(cells.datum(table, bar, bar.kpi.rated.current, bar.amount)), target])
    });
    let figures = Figures {
        title: format!("{}: {title}", table.name),
        headings: ["KPI", "Current", "Target"].map(str::to_owned).into(),
        rows: rows.collect(),
        unit: if kind.share { Unit::Percent } else { Unit::Plain },
    };
    let areas = data.add(figures);
    let series = ["Current", "Target"].into_iter().zip([CURRENT, TARGET]).zip(&areas[1..]);
    let series = series.map(|((name, colour), values)| Series { name: name.to_owned(), categories: areas[0], values: *values, colour });
    PageChart {
        kind: PageChartKind::BarsAgainstTarget,
        title,
        alt_text: description(kind, bars),
        row: 0,
        column: 0,
        left: 0,
        width: WIDTHS.0 + WIDTHS.1 * bars.len().max(2) as u32,
        height: HEIGHT,
        series: series.collect(),
        data_sheet: Some(data.name().to_owned()),
        category_title: "KPI".to_owned(),
        value_title: format!("{}{}", kind.unit, better(kind.polarity)),
        value_format: if kind.share { "0%" } else { "#,##0.##" }.to_owned(),
        from_zero: bars.iter().all(|bar| bar.amount >= 0.0 && bar.target.is_none_or(|target| target >= 0.0)),
    }
}

fn better(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::HigherIsBetter => ", higher is better",
        Polarity::LowerIsBetter => ", lower is better",
        Polarity::Maintain => ", to be kept at the target",
        Polarity::FromTarget => "",
    }
}

/// `KPIs in %, higher is better: current against target`.
fn title(kind: &Kind, bars: &[Bar<'_>]) -> String {
    let marks = if bars.iter().any(|bar| bar.target.is_some()) { ": current against target" } else { ": current, without a target" };
    format!("KPIs in {}{}{marks}", kind.unit, better(kind.polarity))
}

/// What a chart shows in words, as many of its KPIs as a description holds.
fn description(kind: &Kind, bars: &[Bar<'_>]) -> String {
    let mut words = format!("Columns of current values in {}{}, a mark at each target. ", kind.unit, better(kind.polarity));
    for (at, bar) in bars.iter().enumerate() {
        let target = if bar.kpi.target.is_empty() { "no target" } else { &bar.kpi.target };
        let said = format!("{}: {} against {target}; ", name(bar.kpi), bar.kpi.current);
        if words.encode_utf16().count() + said.encode_utf16().count() > DESCRIPTION {
            words += &format!("and {} more; ", bars.len() - at);
            break;
        }
        words += &said;
    }
    format!("{}.", words.trim_end_matches([' ', ';']))
}

/// A KPI's ref and name on one line, as much as stands below a bar.
fn name(kpi: &KpiStanding) -> String {
    let words: Vec<&str> = kpi.name.split_whitespace().collect();
    let whole = match &*kpi.reference {
        "" => words.join(" "),
        reference => format!("{reference} {}", words.join(" ")),
    };
    match whole.char_indices().nth(LONGEST_NAME) {
        Some((cut, _)) => {
            let cut = whole[..cut].rfind(' ').filter(|space| *space > LONGEST_NAME / 2).unwrap_or(cut);
            format!("{}…", whole[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–']))
        }
        None => whole,
    }
}

/// Where a table's cells stand, for formulas that find a KPI by its key wherever it is sorted to.
struct Cells {
    sheet: String,
    keys: u16,
    rows: (u32, u32),
}

impl Cells {
    fn of(sheet: &Sheet<'_>, part: &Part<'_>, placement: &Placement) -> Self {
        let rows = &placement.rows[part.rows.clone()];
        let rows = (rows.first().copied().unwrap_or(0), placement.last);
        Self { sheet: sheet.page.name.replace('\'', "''"), keys: sheet.keys, rows }
    }

    /// A number of a KPI, live where its own cell holds it as a number.
    fn datum(&self, table: &Table, bar: &Bar<'_>, column: Option<ColumnId>, number: f64) -> Datum {
        let at = column.and_then(|column| table.column_position(column));
        let stored = at.and_then(|at| bar.row.cells.get(at)).and_then(Cell::stored);
        let is_own = stored.is_some_and(|stored| (stored.number - number).abs() <= 1e-9 * number.abs().max(1.0));
        let formula = at.filter(|_| is_own).map(|at| {
            let key = RowKey { table: table.id, part: KeyPart::Row(bar.row.kind, bar.row.id) };
            // The sums of what was worked out stand behind the key; a tilde is written twice where signs stand for others.
            let range = |column: u32| {
                let letters = column_letters(column);
                format!("'{}'!${letters}${}:${letters}${}", self.sheet, self.rows.0 + 1, self.rows.1 + 1)
            };
            format!("=INDEX({},MATCH(\"{key}~~*\",{},0))", range(at as u32), range(u32::from(self.keys)))
        });
        Datum { number, formula }
    }
}

/// Lists below the charts which KPIs they do not show, or without a target, each with the reason.
fn lay_not_charted(sheet: &mut Sheet<'_>, table: &Table, kpis: &[(&Row, &KpiStanding)]) {
    let left: Vec<String> = kpis.iter().filter_map(|(_, kpi)| Some(format!("{}: {}", kpi.title(), why_not(kpi)?))).collect();
    if left.is_empty() {
        return;
    }
    let said = [sentinels::NOT_CHARTED.to_owned()].into_iter().chain(left);
    for (at, text) in said.enumerate() {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let sums = worked_out::sums([&*text]);
        let last = sheet.keys.saturating_sub(1);
        sheet.put(sheet.next, 0, Content::Owned(text), if at == 0 { Style::Group } else { Style::Value });
        sheet.merge_across(sheet.next, 0, last);
        sheet.key_beside(sheet.next, table.id, KeyPart::Said, &sums);
        sheet.next += 1;
    }
    sheet.next += 1;
}

/// Why a KPI is not on a chart, or its target is not.
fn why_not(kpi: &KpiStanding) -> Option<String> {
    let quoted = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (kpi.amount, kpi.target_amount) {
        (None, _) if kpi.current.is_empty() => Some("not charted, as it states no current figure".to_owned()),
        (None, _) => Some(format!("not charted, as its current figure “{}” is no single number", quoted(&kpi.current))),
        (Some(_), Some(_)) => None,
        (Some(_), None) if kpi.target.is_empty() => Some("charted without a target, as it states none".to_owned()),
        (Some(_), None) => {
            Some(format!("charted without a target, as its target “{}” is no single number in the unit of its figure", quoted(&kpi.target)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(amounts: &[f64]) -> Vec<Vec<f64>> {
        let document = crate::insight::seed::document();
        let insight = crate::insight::Insight::of(&document, crate::insight::AsOf::default());
        let kpis = crate::insight::kpi_standings(&document, &insight);
        let row = Row::default();
        let bars = amounts.iter().map(|amount| Bar { row: &row, kpi: &kpis[0], amount: *amount, target: None }).collect();
        by_size(bars).iter().map(|bars| bars.iter().map(|bar| bar.amount).collect()).collect()
    }

    #[test]
    fn figures_of_very_different_size_share_no_axis() {
        assert_eq!(sized(&[118_500.0, 26.0, 9.0, 120_000.0, -75.0, 0.0]), [vec![26.0, 9.0, -75.0, 0.0], vec![118_500.0, 120_000.0]]);
        assert_eq!(sized(&[1.0, 10.0, 19.0]), [vec![1.0, 10.0, 19.0]]);
        assert_eq!(sized(&[0.0]), [vec![0.0]]);
    }
}
