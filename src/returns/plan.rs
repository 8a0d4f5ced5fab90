//! What stays in view and what repeats in print: the first header row of a sheet and the ref column. Which tables are Excel's own, with their filters.

use super::{
    beside::Beside,
    placement::{Block, Placement},
    sheet::Sheet,
};
use crate::{
    model::{Role, Table, TableKind},
    workbook::Area,
};

/// Sets the panes and the repeated row of a sheet by its first table.
pub(crate) fn set_panes(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement) {
    let Some(header) = placement.header else { return };
    let beside = match table.kind {
        TableKind::Plan | TableKind::Kpi => table.role_position(Role::Ref),
        TableKind::History => Some(0),
        TableKind::Register => None,
    };
    sheet.page.freeze = Some((header + 1, beside.map_or(0, |at| at as u16 + 1)));
    sheet.page.repeat_rows = Some((header, header));
}

/// Makes tables of Excel's own of what stands below each header row: they filter and sort each by itself, and leave the headings between
/// them where they are. Where lines are merged with their action or headings stand among the rows, nothing may be sorted; a plan or KPIs
/// then have one filter over all of the sheet. The hidden keys are part of either, as they are sorted with their rows.
pub(crate) fn set_filters(sheet: &mut Sheet<'_>, table: &Table, beside: &Beside<'_>, placement: &Placement) {
    let filled: Vec<&Block> = placement.blocks.iter().filter(|block| block.header < block.last).collect();
    // Between the columns of the table and the keys there must be none without a heading.
    let whole = table.columns.len() + beside.columns() == usize::from(sheet.keys);
    if whole && headed_apart(table) && !filled.is_empty() && filled.iter().all(|block| block.sorts) {
        let area = |block: &&Block| Area { first_row: block.header, first_column: 0, last_row: block.last, last_column: sheet.keys };
        sheet.page.tables.extend(filled.iter().map(area));
        return;
    }
    let Some(header) = placement.header else { return };
    if matches!(table.kind, TableKind::Plan | TableKind::Kpi) && sheet.page.tables.is_empty() {
        let area = Area { first_row: header, first_column: 0, last_row: placement.last.max(header), last_column: sheet.keys };
        sheet.page.autofilter.get_or_insert(area);
    }
}

/// Whether each column has a heading of its own, as Excel asks of a table.
fn headed_apart(table: &Table) -> bool {
    let headings: Vec<String> = table.columns.iter().map(|column| column.heading.to_lowercase()).collect();
    let apart = |at: usize| !headings[at].trim().is_empty() && !headings[..at].contains(&headings[at]);
    (0..headings.len()).all(apart)
}
