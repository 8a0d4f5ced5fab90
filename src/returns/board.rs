//! The return for a board: a cover, then each table on its sheet, then the rating rules and the figures behind the charts.

use super::{
    Template,
    chart_data::ChartData,
    cover, history, kpi,
    names::Names,
    plan, reading, rules,
    sheet::Sheet,
    table::{self, Spot},
};
use crate::{
    insight::AsOf,
    model::{Document, Table, TableKind},
    workbook::{Page, Properties, marks},
};

/// The return for a board.
pub const TEMPLATE: Template =
    Template { name: "Board return", about: "A cover with the status counts, then the plan, its tracker and its KPIs with charts.", pages };

/// A table and where it came to stand.
pub struct Placed<'doc> {
    pub table: &'doc Table,
    /// The name of its sheet as written.
    pub sheet: String,
    pub spot: Spot,
}

fn pages(document: &Document, as_of: AsOf) -> (Vec<Page<'_>>, Properties) {
    let mut names = Names::default();
    let groups = sheets(&document.tables);
    // The owner's sheets have first claim on a name; the sheets added here are known by their words.
    let tabled: Vec<String> = groups.iter().map(|tables| names.give(&tables[0].sheet)).collect();
    let added = [marks::COVER, marks::RULES, marks::CHART_DATA, marks::READING];
    let [cover_name, rules_name, data_name, reading_name] = added.map(|name| names.give(name));
    let mut data = ChartData::new(data_name);
    let (mut placed, mut laid) = (Vec::new(), Vec::new());
    for (tables, name) in groups.into_iter().zip(tabled) {
        laid.push(lay_sheet(tables, name, &mut data, &mut placed));
    }
    let mut pages = vec![cover::page(document, &placed, cover_name, as_of)];
    pages.append(&mut laid);
    pages.extend(rules::page(&placed, rules_name));
    pages.extend(data.page());
    pages.extend(reading::page(&placed, reading_name));
    (pages, properties(document))
}

/// The tables sheet by sheet, in order. Tables share a sheet only where a reader can tell one's end from the next one's begin.
fn sheets(tables: &[Table]) -> Vec<Vec<&Table>> {
    let mut sheets: Vec<Vec<&Table>> = Vec::new();
    for table in tables {
        let joins = |above: &Vec<&Table>| {
            let last = above[above.len() - 1];
            let kinds = match (last.kind, table.kind) {
                (TableKind::Register, TableKind::Register) => true,
                (TableKind::Kpi, TableKind::History) => above.len() == 1,
                _ => false,
            };
            last.sheet == table.sheet && kinds && table.title.is_some()
        };
        match sheets.last_mut().filter(|above| joins(above)) {
            Some(above) => above.push(table),
            None => sheets.push(vec![table]),
        }
    }
    sheets
}

fn lay_sheet<'doc>(tables: Vec<&'doc Table>, name: String, data: &mut ChartData, placed: &mut Vec<Placed<'doc>>) -> Page<'doc> {
    let mut sheet = Sheet::new(name);
    for table in tables {
        let first = sheet.page.cells.is_empty();
        let spot = table::lay(&mut sheet, table);
        if first {
            plan::set_panes(&mut sheet, table, &spot);
        }
        sheet.next += 1;
        match table.kind {
            TableKind::Kpi => kpi::add_chart(&mut sheet, table, &spot, data),
            TableKind::History => history::add_chart(&mut sheet, table, &spot, data),
            TableKind::Plan | TableKind::Register => {}
        }
        placed.push(Placed { table, sheet: sheet.page.name.clone(), spot });
    }
    sheet.page
}

fn properties(document: &Document) -> Properties {
    let owner = document.field("Owner").map_or("", |field| &field.cell.text);
    Properties {
        title: document.name().to_owned(),
        subject: "Plan return".to_owned(),
        author: owner.to_owned(),
        comment: "Written by plandesk".to_owned(),
    }
}
