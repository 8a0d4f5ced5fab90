//! What stays in view and what repeats in print: the first header row of a sheet, the ref column and the filter.

use super::{placement::Placement, sheet::Sheet};
use crate::{
    model::{Role, Table, TableKind},
    workbook::Area,
};

/// Sets the panes, the filter and the repeated row of a sheet by its first table.
pub(crate) fn set_panes(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement) {
    let Some(header) = placement.header else { return };
    let beside = match table.kind {
        TableKind::Plan | TableKind::Kpi => table.role_position(Role::Ref),
        TableKind::History => Some(0),
        TableKind::Register => None,
    };
    sheet.page.freeze = Some((header + 1, beside.map_or(0, |at| at as u16 + 1)));
    sheet.page.repeat_rows = Some((header, header));
    sheet.page.autofilter = match table.kind {
        TableKind::Plan | TableKind::Kpi => {
            // The hidden keys are sorted with their rows.
            Some(Area { first_row: header, first_column: 0, last_row: placement.last.max(header), last_column: sheet.keys })
        }
        TableKind::History | TableKind::Register => None,
    };
}
