//! What a return works out beside the columns of a KPI table: rating, reason, the figure before and how it moved. Known again by its keys, and never read back.

use std::collections::HashMap;

use super::{sheet::Sheet, style::Style};
use crate::{
    insight::{KpiStanding, Rating},
    model::{Row, RowId, Table, TableKind},
    workbook::{Area, Coloured, Content, worked_out},
};

/// How many columns there are beside a table of KPIs, and how many of them are about the rating.
const COLUMNS: usize = 4;
const RATING: usize = 2;
/// Their headings and widths, in characters.
const HEADINGS: [(&str, f64); COLUMNS] = [("Rating worked out", 13.0), ("Why", 34.0), ("Figure before", 16.0), ("Movement", 13.0)];
/// Put behind a heading that the table has already.
const ALSO: &str = " (worked out)";

/// What stands beside one table; nothing beside one that has no KPIs.
pub(crate) struct Beside<'kpi> {
    kpis: HashMap<RowId, &'kpi KpiStanding>,
    columns: usize,
}

impl<'kpi> Beside<'kpi> {
    /// How the KPIs of a table stand.
    pub(crate) fn of(table: &Table, kpis: &'kpi [KpiStanding]) -> Self {
        let own = kpis.iter().filter(|kpi| table.kind == TableKind::Kpi && kpi.place.table == Some(table.id));
        let kpis: HashMap<RowId, &KpiStanding> = own.filter_map(|kpi| Some((kpi.place.row?, kpi))).collect();
        // The figure before and the movement stand only where any KPI has them.
        let moved = kpis.values().any(|kpi| !kpi.previous.is_empty() || !kpi.travel_words().is_empty());
        let columns = match (kpis.is_empty(), moved) {
            (true, _) => 0,
            (false, true) => COLUMNS,
            (false, false) => RATING,
        };
        Self { kpis, columns }
    }

    /// How many columns it takes.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// How a row's KPI stands.
    pub(super) fn kpi(&self, row: RowId) -> Option<&'kpi KpiStanding> {
        self.kpis.get(&row).copied()
    }

    /// Makes its columns wide enough, and puts their keys into the hidden row above the table.
    pub(super) fn lay_keys(&self, sheet: &mut Sheet<'_>, row: u32, first: usize) {
        for (number, (_, width)) in HEADINGS.iter().enumerate().take(self.columns()) {
            sheet.widen(first + number, *width);
            sheet.put(row, (first + number) as u16, Content::Owned(worked_out::column_key(number)), Style::Remark);
        }
    }

    /// Puts its headings beside those of the table; returns their sums.
    pub(super) fn lay_headings(&self, sheet: &mut Sheet<'_>, row: u32, table: &Table) -> String {
        let has = |heading: &str| table.columns.iter().any(|column| column.heading.trim().eq_ignore_ascii_case(heading));
        let headings = HEADINGS.iter().take(self.columns());
        let headings: Vec<String> =
            headings.map(|(heading, _)| if has(heading) { format!("{heading}{ALSO}") } else { (*heading).to_owned() }).collect();
        let sums = worked_out::sums(headings.iter().map(String::as_str));
        for (heading, column) in headings.into_iter().zip(table.columns.len() as u16..) {
            sheet.put(row, column, Content::Owned(heading), Style::Header);
        }
        sums
    }

    /// Puts what was worked out of a row beside it; returns its sums.
    pub(super) fn lay_row(&self, sheet: &mut Sheet<'_>, number: u32, row: &Row, first: usize) -> String {
        let Some(kpi) = self.kpi(row.id) else { return String::new() };
        let before = if kpi.previous.is_empty() || kpi.since.is_empty() {
            kpi.previous.clone()
        } else {
            format!("{} ({})", kpi.previous, kpi.since)
        };
        let texts = [kpi.rated.rating.word().to_owned(), kpi.rated.why.clone(), before, kpi.travel_words()];
        let sums = worked_out::sums(texts.iter().map(String::as_str));
        let styles = [Style::Centre, Style::Body, Style::Body, Style::Centre];
        for ((text, style), column) in texts.into_iter().zip(styles).zip(first as u16..).take(self.columns) {
            let content = if text.is_empty() { Content::Blank } else { Content::Owned(text) };
            sheet.put(number, column, content, style);
        }
        sums
    }

    /// Colours the ratings between two sheet rows by their words.
    pub(super) fn colour(&self, sheet: &mut Sheet<'_>, first: usize, (first_row, last_row): (u32, u32)) {
        if self.columns() == 0 || first_row > last_row {
            return;
        }
        let column = first as u16;
        let area = Area { first_row, first_column: column, last_row, last_column: column };
        let rules = Rating::ALL.map(|rating| Coloured { area, words: vec![rating.word().to_owned()], look: Style::Rating(rating).look() });
        sheet.page.coloured.extend(rules);
    }
}
