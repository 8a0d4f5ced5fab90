//! The sheet of rating rules, for KPIs that have one of their own: which KPI, which way is better, how far amber goes.

use super::{placement::Placed, sheet::Sheet, style::Style};
use crate::{
    model::{General, Polarity, Role, Shortfall, Stored, place_of},
    workbook::{Content, Page, keys::Part, sentinels},
};

/// The sheet; none where every KPI is rated by the usual rule.
pub(crate) fn page<'doc>(placed: &[Placed<'doc>], name: String) -> Option<Page<'doc>> {
    let mut sheet = Sheet::keyed(name, sentinels::RULE_HEADINGS.len());
    for (column, width) in [26.0, 60.0, 24.0, 18.0, 16.0].into_iter().enumerate() {
        sheet.widen(column, width);
    }
    sheet.text(0, 0, sentinels::RULES_LINE, Style::Heading);
    for (column, heading) in (0..).zip(sentinels::RULE_HEADINGS) {
        sheet.text(2, column, heading, Style::Header);
    }
    let mut next = 3;
    for Placed { part, sheet: on, placement } in placed.iter().filter(|placed| !placed.part.table.rules.is_empty()) {
        let table = part.table;
        for (row, at) in table.rows.iter().zip(&placement.rows) {
            let Some(rule) = table.rules.get(&row.id) else { continue };
            sheet.put(next, 0, Content::Owned(place_of(on, *at, 0)), Style::Body);
            let wording = table.cell(row, Role::Kpi).filter(|cell| !cell.is_blank());
            sheet.put(next, 1, Content::Owned(wording.map_or_else(|| table.name_of(row), |cell| cell.text.to_string())), Style::Body);
            sheet.text(next, 2, polarity(rule.polarity), Style::Body);
            sheet.text(next, 3, shortfall(rule.shortfall), Style::Body);
            sheet.put(next, 4, Content::Stored(Stored { number: rule.tolerance, format: General.into() }), Style::Centre);
            sheet.key(next, table.id, Part::Row(row.kind, row.id));
            next += 1;
        }
    }
    sheet.page.freeze = Some((3, 0));
    (next > 3).then_some(sheet.page)
}

fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::FromTarget => sentinels::POLARITIES[0],
        Polarity::HigherIsBetter => sentinels::POLARITIES[1],
        Polarity::LowerIsBetter => sentinels::POLARITIES[2],
        Polarity::Maintain => sentinels::POLARITIES[3],
    }
}

fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Relative => sentinels::SHORTFALLS[0],
        Shortfall::Points => sentinels::SHORTFALLS[1],
    }
}
