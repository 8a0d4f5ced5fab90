//! The sheet of statuses: what the words of each column of statuses stand for, in their owner's words and colours.

use super::{placement::Placed, sheet::Sheet, style::Style};
use crate::{
    model::Column,
    workbook::{
        Content, Page,
        keys::{Part, column_key},
        sentinels,
    },
};

/// The sheet; none where no plan has a scale of its own. It is shown where letters or signs have meanings to be looked up.
pub(super) fn page<'doc>(placed: &[Placed<'doc>], name: String) -> Option<Page<'doc>> {
    let mut sheet = Sheet::keyed(name, sentinels::SCALE_HEADINGS.len());
    for (column, width) in [30.0, 26.0, 30.0, 20.0, 12.0, 16.0, 8.0].into_iter().enumerate() {
        sheet.widen(column, width);
    }
    sheet.text(0, 0, sentinels::SCALE_LINE, Style::Heading);
    for (column, heading) in (0..).zip(sentinels::SCALE_HEADINGS) {
        sheet.text(2, column, heading, Style::Header);
    }
    let mut next = 3;
    let mut explains = false;
    for placed in placed.iter().filter(|placed| placed.part.first) {
        let table = placed.part.table;
        for (at, column) in table.columns.iter().enumerate() {
            for step in column.scale.steps() {
                sheet.put(next, 0, Content::Owned(format!("{}: {}", table.name, table.heading(at))), Style::Body);
                sheet.text(next, 1, &step.text, Style::Body);
                sheet.text(next, 2, &step.also, Style::Body);
                let style = step.meaning.status().map_or(Style::Centre, Style::Status);
                sheet.text(next, 3, step.meaning.word(), style);
                if let Some(colour) = step.colour {
                    sheet.put(next, 4, Content::Owned(format!("#{colour:06X}")), Style::Centre);
                    sheet.paint_last(colour);
                }
                if offers(column, &step.text) {
                    sheet.text(next, 5, sentinels::OFFERED, Style::Centre);
                }
                sheet.put(next, 6, Content::Owned(column_key(column.id)), Style::Remark);
                sheet.key(next, table.id, Part::Above);
                explains |= !step.also.is_empty();
                next += 1;
            }
        }
    }
    sheet.page.hidden_columns.push(6);
    sheet.page.hidden_columns.sort_unstable();
    sheet.page.freeze = Some((3, 0));
    sheet.page.hidden = !explains;
    (next > 3).then_some(sheet.page)
}

/// Whether its owner's workbook offers a word in a column.
fn offers(column: &Column, text: &str) -> bool {
    column.choices.iter().any(|choice| **choice == *text)
}
