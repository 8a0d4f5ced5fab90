//! An outline after its owner corrected where its table stands: its columns named anew. Never undoes a role its owner chose.

use super::{
    across,
    content::ColumnContent,
    header::{Label, header_at, kind_of},
    outline::{Heading, Outline, grid_of},
    roles::name_columns,
    words::Subject,
};
use crate::{model::TableKind, workbook::RawSheet};

/// Names the columns of an outline by its rows, columns, headings and kind as they are now.
pub fn rename(grids: &[RawSheet], outline: &mut Outline) {
    let Some(grid) = grid_of(outline, grids) else { return };
    settle(outline);
    let mut labels = headings(grid, outline);
    let rows = (outline.body(), outline.last.0);
    for column in outline.first.1..=outline.last.1 {
        let content = || ColumnContent::of(grid, column, rows);
        if labels.iter().all(|label| label.column != column) && content().filled > 0 {
            labels.push(Label { column, parent: "".into(), child: "".into() });
        }
    }
    labels.sort_by_key(|label| label.column);
    let subject = match outline.kind {
        TableKind::Plan => Some(Subject::Plan),
        TableKind::Kpi => Some(Subject::Kpi),
        TableKind::Register => kind_of(&labels).1.filter(|subject| *subject == Subject::Risk),
        TableKind::History => None,
    };
    let named = name_columns(grid, &labels, outline.kind, subject, rows);
    let chosen: Vec<Heading> = std::mem::replace(&mut outline.columns, named).into_iter().filter(Heading::is_chosen).collect();
    across::mark_one(grid, outline);
    chosen.into_iter().for_each(|heading| outline.choose(heading.column, heading.role));
}

/// Keeps the rows of an outline in order: what stands above, its own first row, its headings, its last row.
fn settle(outline: &mut Outline) {
    outline.last = (outline.last.0.max(outline.first.0), outline.last.1.max(outline.first.1));
    outline.header = outline.header.map(|(first, last)| {
        let first = first.clamp(outline.first.0, outline.last.0);
        (first, last.clamp(first, outline.last.0))
    });
    outline.above = outline.above.min(outline.first.0);
}

/// The headings over an outline's columns: as they would be read there, otherwise row by row.
pub(super) fn headings(grid: &RawSheet, outline: &Outline) -> Vec<Label> {
    let Some((first, last)) = outline.header else { return Vec::new() };
    let own = |label: &Label| (outline.first.1..=outline.last.1).contains(&label.column);
    if let Some(at) = grid.position(first) {
        let read = header_at(grid, at);
        if (read.first, read.last) == (first, last) {
            return read.labels.into_iter().filter(own).collect();
        }
    }
    let label = |column: u16| {
        let mut texts = (first..=last).filter_map(|row| heading(grid, row, column)).collect::<Vec<_>>();
        texts.dedup();
        let child = texts.pop()?;
        Some(Label { column, parent: texts.pop().unwrap_or_default().into(), child: child.into() })
    };
    (outline.first.1..=outline.last.1).filter_map(label).collect()
}

/// The words over a column in a row: its own cell's, or those of a merge that reaches over it.
fn heading(grid: &RawSheet, row: u32, column: u16) -> Option<&str> {
    let text = |row: u32, column: u16| grid.position(row).map(|at| grid.rows[at].text(column)).filter(|text| !text.is_empty());
    let over = || {
        let covers = |merge: &&crate::workbook::Merge| {
            (merge.first.0..=merge.last.0).contains(&row) && (merge.first.1..=merge.last.1).contains(&column)
        };
        grid.merges.iter().find(covers).and_then(|merge| text(merge.first.0, merge.first.1))
    };
    text(row, column).or_else(over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, model::Role, workbook};

    fn grids() -> Vec<RawSheet> {
        vec![workbook::pasted("Plan", "Ref\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\tBob\tNot started\nEnd\tnote\t\t")]
    }

    #[test]
    fn a_chosen_role_stays_when_the_rows_are_corrected() {
        let grids = grids();
        let mut outline = layouts::outline(&grids).remove(0);
        outline.choose(2, None);
        outline.last.0 = 2;
        outline.first.1 = 1;
        rename(&grids, &mut outline);
        let roles: Vec<(u16, Option<Role>)> = outline.columns.iter().map(|heading| (heading.column, heading.role)).collect();
        assert_eq!(roles, [(1, Some(Role::Action)), (2, None), (3, Some(Role::Status))]);
    }

    #[test]
    fn without_headings_the_columns_are_those_that_are_filled() {
        let grids = grids();
        let mut outline = layouts::outline(&grids).remove(0);
        outline.header = None;
        outline.first.0 = 1;
        outline.last.1 = 9;
        rename(&grids, &mut outline);
        assert_eq!(
            outline.columns.iter().map(|heading| (heading.column, &*heading.words)).collect::<Vec<_>>(),
            [(0, ""), (1, ""), (2, ""), (3, "")]
        );
    }
}
