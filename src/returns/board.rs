//! The return for a board: a cover, then each table on its sheet, then the rating rules and the figures behind the charts.

use super::{
    Template,
    beside::Beside,
    changes,
    chart_data::ChartData,
    counting::Counting,
    cover, exceptions, history, kpi, live_counts, long_rows,
    loose::Loose,
    names::Names,
    notes,
    parts::{Part, parts},
    placement::Placed,
    plan, properties, reading, rules, scales,
    sheet::Sheet,
    table,
};
use crate::{
    insight::Report,
    model::{Table, TableKind},
    workbook::{Page, Properties, sentinels},
};

/// The return for a board.
pub(super) const TEMPLATE: Template = Template {
    code: "board",
    name: "Board return",
    file: "return",
    about: "A cover with the headline, the exceptions, the plan, its KPIs with charts, its tracker, what changed, and notes.",
    pages: Some(pages),
    paper: super::paper::board,
};

/// A section's label and words take two columns, whatever its table has.
const LEAST_COLUMNS: usize = 2;

pub(super) fn pages<'doc>(report: &Report<'doc>) -> (Vec<Page<'doc>>, Properties) {
    let document = report.document;
    let mut names = Names::default();
    let groups = sheets(&document.tables);
    // The owner's sheets have first claim on a name; the sheets added here are known by their words.
    let tabled: Vec<String> = groups.iter().map(|parts| names.give(parts[0].sheet)).collect();
    let mut loose = Loose::of(document);
    let added = [sentinels::COVER, sentinels::RULES, sentinels::SCALES, sentinels::CHART_DATA, sentinels::READING];
    let [cover_name, rules_name, scales_name, data_name, reading_name] = added.map(|name| names.give(name));
    let mut data = ChartData::new(data_name);
    let (mut placed, mut laid) = (Vec::new(), Vec::new());
    for (parts, name) in groups.into_iter().zip(tabled) {
        laid.push(lay_sheet(parts, name, report, (&mut loose, &mut data), &mut placed));
    }
    laid.extend(loose.pages(&mut names));
    let counting = Counting::of(&placed);
    live_counts::recalculate(&mut laid, document, &placed, &counting);
    let [before, after] = worked_out(report, &mut names);
    let others: Vec<&str> = before.iter().chain(&after).map(|page| &*page.name).collect();
    let mut pages = vec![cover::page(report, (&placed, &counting), &others, cover_name)];
    pages.extend(before);
    pages.append(&mut laid);
    pages.extend(after);
    pages.extend(rules::page(&placed, rules_name));
    pages.extend(scales::page(&placed, scales_name));
    pages.extend(data.page());
    pages.extend(reading::page(&placed, !document.loose.is_empty(), reading_name));
    long_rows::mark(&mut pages);
    (pages, properties::of(document, "Plan return"))
}

/// The sheets that are worked out, before the tables and after them; none where there is nothing to work out.
fn worked_out<'doc>(report: &Report<'_>, names: &mut Names) -> [Vec<Page<'doc>>; 2] {
    let has = |kinds: &[TableKind]| report.document.tables.iter().any(|table| kinds.contains(&table.kind));
    if !has(&[TableKind::Plan, TableKind::Kpi]) {
        return [Vec::new(), Vec::new()];
    }
    let exceptions = exceptions::page(report, names.give(sentinels::EXCEPTIONS));
    let changes = report.changes.is_some().then(|| changes::page(report, names.give(sentinels::CHANGES)));
    let notes = notes::page(report, names.give(sentinels::NOTES));
    [vec![exceptions], changes.into_iter().chain([notes]).collect()]
}

/// The tables sheet by sheet, in order. Tables share a sheet only where a reader can tell one's end from the next one's begin.
fn sheets(tables: &[Table]) -> Vec<Vec<Part<'_>>> {
    let mut sheets: Vec<Vec<Part<'_>>> = Vec::new();
    for part in tables.iter().flat_map(parts) {
        let joins = |above: &Vec<Part<'_>>| {
            let last = &above[above.len() - 1];
            let kinds = match (last.table.kind, part.table.kind) {
                (TableKind::Register, TableKind::Register) => true,
                (TableKind::Kpi, TableKind::History) => above.len() == 1,
                _ => false,
            };
            last.sheet == part.sheet && kinds && part.title.is_some()
        };
        match sheets.last_mut().filter(|above| joins(above)) {
            Some(above) => above.push(part),
            None => sheets.push(vec![part]),
        }
    }
    sheets
}

fn lay_sheet<'doc>(
    parts: Vec<Part<'doc>>,
    name: String,
    report: &Report<'_>,
    (loose, data): (&mut Loose<'doc>, &mut ChartData),
    placed: &mut Vec<Placed<'doc>>,
) -> Page<'doc> {
    let beside = |part: &Part<'_>| Beside::of(part.table, &report.kpis);
    let widest = parts.iter().map(|part| part.table.columns.len() + beside(part).columns()).max().unwrap_or(0);
    let mut sheet = Sheet::keyed(name, widest.max(loose.width(parts[0].sheet)).max(LEAST_COLUMNS));
    let on = parts[0].sheet;
    let mut first = true;
    for part in parts {
        loose.lay_above(&mut sheet, on, top(&part));
        let beside = beside(&part);
        let placement = table::lay(&mut sheet, &part, &beside);
        if std::mem::take(&mut first) {
            plan::set_panes(&mut sheet, part.table, &placement);
        }
        sheet.next += 1;
        match part.table.kind {
            TableKind::Kpi => kpi::add_charts(&mut sheet, &part, &beside, &placement, data),
            TableKind::History => history::add_chart(&mut sheet, part.table, &placement, data),
            TableKind::Plan | TableKind::Register => {}
        }
        placed.push(Placed { part, sheet: sheet.page.name.clone(), placement });
    }
    loose.lay_above(&mut sheet, on, u32::MAX);
    sheet.page
}

/// The first row of its sheet that a part was read from, zero-based; 0 where it was not read from any.
fn top(part: &Part<'_>) -> u32 {
    let rows = part.table.rows[part.rows.clone()].iter().filter_map(|row| Some(part.table.source_cell(row, None)?.0));
    let title = part.title.and_then(|title| title.source).map(|(row, _)| row);
    rows.chain(title).min().unwrap_or(0)
}
