//! What a return says of its own tables, so that they are found whatever their words are. Tables someone changed since are left to judgement.

use super::outline::{Heading, Outline};
use crate::{
    model::{Role, TableKind},
    workbook::{Grid, GridRow, marks},
};

/// Why a column of a return has its role.
const WHY: &str = "The return says so";

/// Whether a sheet states where the tables of a return are.
#[must_use]
pub fn recognise(grid: &Grid) -> bool {
    grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == marks::READING_LINE)
}

/// Puts the tables that a return states in place of those found, wherever their headings still stand as stated.
pub fn apply(grids: &[Grid], outlines: &mut Vec<Outline>) {
    let Some(statement) = grids.iter().find(|grid| recognise(grid)) else { return };
    let stated: Vec<Outline> = statement.rows.iter().filter_map(|row| outline(statement, row)).collect();
    for grid in grids {
        let own: Vec<&Outline> = stated.iter().filter(|outline| outline.sheet == grid.sheet).collect();
        let mut placed: Vec<Outline> = Vec::new();
        for (at, outline) in own.iter().enumerate() {
            let from = placed.last().map_or(0, |before| before.body());
            let Some(down) = moved(grid, outline, from, placed.last(), &own[..at]) else { break };
            placed.push(down);
        }
        if placed.is_empty() || placed.len() < own.len() {
            continue;
        }
        stretch(grid, &mut placed, outlines);
        outlines.retain(|found| !placed.iter().any(|outline| outline.overlaps(found)));
        outlines.append(&mut placed);
    }
    let sheet = |outline: &Outline| grids.iter().position(|grid| grid.sheet == outline.sheet);
    outlines.sort_by_key(|outline| (sheet(outline), outline.first));
}

/// A table as a row and the headings below it state it.
fn outline(statement: &Grid, place: &GridRow) -> Option<Outline> {
    let headings = statement.position(place.row + 1).map(|at| &statement.rows[at]);
    let number = |column: u16| place.text(column).parse::<u32>().ok()?.checked_sub(1);
    let kinds = [TableKind::Plan, TableKind::Kpi, TableKind::History, TableKind::Register];
    let kind = kinds.into_iter().find(|kind| kind.code() == place.text(1))?;
    let columns: Vec<Heading> = (0_u16..)
        .zip(marks::READING_PLACE..)
        .map(|(column, at)| (column, place.text(at), headings.map_or("", |row| row.text(at))))
        .take_while(|(_, role, _)| !role.is_empty())
        .map(|(column, role, words)| {
            let role = Role::ALL.into_iter().find(|known| known.code() == role);
            Heading { column, words: words.into(), role, surety: 1.0, why: WHY.into() }
        })
        .collect();
    let header = number(4).map(|row| (row, row));
    let last = (number(5)?, columns.last()?.column);
    let (above, first) = (number(2)?, number(3)?);
    let rises = above <= first && header.is_none_or(|(row, _)| first <= row) && first <= last.0;
    rises.then(|| Outline { sheet: place.text(0).to_owned(), kind, header, first: (first, 0), last, above, columns, joins: false })
}

/// The table where its headings stand now, below the tables before it; one without headings moves as the one before it.
fn moved(grid: &Grid, stated: &Outline, from: u32, before: Option<&Outline>, earlier: &[&Outline]) -> Option<Outline> {
    let down = match stated.header {
        Some((header, _)) => {
            let below = grid.rows.iter().skip_while(|row| row.row < from);
            i64::from(below.into_iter().find(|row| heads(row, stated))?.row) - i64::from(header)
        }
        None => before.zip(earlier.last()).map_or(0, |(now, then)| i64::from(now.first.0) - i64::from(then.first.0)),
    };
    let row = |row: u32| u32::try_from(i64::from(row) + down).ok();
    let mut outline = stated.clone();
    outline.above = row(outline.above)?;
    outline.first.0 = row(outline.first.0)?;
    outline.last.0 = row(outline.last.0)?;
    outline.header = match outline.header {
        Some((first, last)) => Some((row(first)?, row(last)?)),
        None => None,
    };
    Some(outline)
}

/// Whether a row's cells are exactly the headings of a table.
fn heads(row: &GridRow, stated: &Outline) -> bool {
    let words = stated.columns.iter().map(|heading| (heading.column, &*heading.words)).filter(|(_, words)| !words.is_empty());
    row.cells.iter().map(|cell| (cell.column, &*cell.text)).eq(words)
}

/// Lets each table reach over the rows put in or typed below it since, up to what is said above the next.
fn stretch(grid: &Grid, placed: &mut [Outline], found: &[Outline]) {
    for at in 0..placed.len() {
        let end = placed.get(at + 1).map_or(u32::MAX, |next| next.above);
        let outline = &placed[at];
        let seen = found.iter().filter(|found| found.overlaps(outline)).map(|found| found.last.0).max().unwrap_or(0);
        let mut last = outline.last.0.max(seen.min(end.saturating_sub(1)));
        let below = grid.rows.partition_point(|row| row.row <= last);
        for row in grid.rows[below..].iter().take_while(|row| row.row < end) {
            if row.row != last + 1 {
                break;
            }
            last = row.row;
        }
        placed[at].last.0 = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, workbook};

    const STATED: &[&[&str]] = &[
        &[marks::READING_LINE],
        &["KPIs", "kpi", "1", "3", "3", "4", "kpi", "current", "other"],
        &["", "", "", "", "", "", "What we count", "So far", "Kept by"],
        &["KPIs", "register", "6", "6", "", "7", "other", "other"],
    ];

    /// What is read of a sheet whose return states two tables on it.
    fn read(rows: &[&[&str]]) -> Vec<Outline> {
        let sheet = |name: &str, rows: &[&[&str]]| {
            let text: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
            workbook::pasted(name, &text.join("\n"))
        };
        layouts::outline(&[sheet("KPIs", rows), sheet(marks::READING, STATED)])
    }

    #[test]
    fn tables_that_judgement_would_not_find_stand_as_stated() {
        let sheet: &[&[&str]] =
            &[&["The year"], &[""], &["What we count", "So far", "Kept by"], &["Trees"], &[""], &["Loose words"], &["and more", "words"]];
        let read = read(sheet);
        assert_eq!(
            read.iter().map(|outline| (outline.kind, outline.first.0, outline.last.0)).collect::<Vec<_>>(),
            [(TableKind::Kpi, 2, 3), (TableKind::Register, 5, 6)]
        );
        assert_eq!((read[0].above, read[0].column_of(Role::Current)), (0, Some(1)));
    }

    #[test]
    fn rows_put_in_since_are_the_tables_own() {
        let sheet: &[&[&str]] = &[
            &["A line put in"],
            &["The year"],
            &[""],
            &["What we count", "So far", "Kept by"],
            &["Trees", "4"],
            &["Hedges", "5"],
            &[""],
            &["Loose words"],
            &["and more", "words"],
            &["and one more"],
        ];
        let read = read(sheet);
        assert_eq!(read.iter().map(|outline| (outline.first.0, outline.last.0)).collect::<Vec<_>>(), [(3, 5), (6, 9)]);
    }

    #[test]
    fn a_table_with_another_heading_is_left_to_judgement() {
        let sheet: &[&[&str]] = &[&["The year"], &[""], &["KPI", "Current", "Target"], &["Trees", "4", "5"], &["Hedges", "5", "9"]];
        let read = read(sheet);
        assert!(read.len() == 1 && read[0].columns.iter().all(|heading| &*heading.why != WHY), "{read:?}");
    }
}
