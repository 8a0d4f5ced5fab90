//! What a return says of its own tables, found by their keys or else by their headings; what neither finds is left to judgement.

use std::collections::{HashMap, HashSet};

use super::{
    evidence::Reason,
    outline::{Heading, Outline},
};
use crate::{
    model::{ColumnId, Role, TableId, TableKind},
    workbook::{
        RawRow, RawSheet,
        keys::{self, Part},
        sentinels,
    },
};

/// Whether a table was found by what a return says of it.
#[must_use]
pub(super) fn is_stated(outline: &Outline) -> bool {
    outline.columns.first().is_some_and(|heading| heading.why == Reason::Return)
}

/// Whether a sheet states where the tables of a return are.
#[must_use]
pub(super) fn recognise(grid: &RawSheet) -> bool {
    grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == sentinels::READING_LINE)
}

/// Puts the tables that a return states in place of those found.
pub(super) fn apply(grids: &[RawSheet], outlines: &mut Vec<Outline>) {
    let Some(statement) = grids.iter().find(|grid| recognise(grid)) else { return };
    let stated: Vec<Outline> = statement.rows.iter().filter_map(|row| outline(statement, row)).collect();
    let mut by_sheet: HashMap<&str, Vec<Outline>> = HashMap::new();
    let mut left: Vec<&Outline> = Vec::new();
    let mut used: HashSet<(TableId, &str)> = HashSet::new();
    for table in &stated {
        let keyed = table.key.and_then(|key| {
            // A table on several sheets is stated once for each.
            let joins = used.iter().any(|(held, _)| *held == key);
            let free = grids.iter().filter(|grid| !used.contains(&(key, &*grid.sheet)));
            let grid =
                free.max_by_key(|grid| (grid.keys.of(key).next().is_some() && grid.sheet == table.sheet, grid.keys.of(key).count()))?;
            let outline = Outline { joins, ..by_keys(grid, key, table, outlines)? };
            used.insert((key, &*grid.sheet));
            Some((&*grid.sheet, outline))
        });
        match keyed {
            Some((sheet, outline)) => by_sheet.entry(sheet).or_default().push(outline),
            None => left.push(table),
        }
    }
    outlines.retain(|found| !grids.iter().any(|grid| grid.sheet == found.sheet && holds_text(grid, found)));
    for grid in grids {
        let mut placed = by_sheet.remove(&*grid.sheet).unwrap_or_default();
        // Without keys, tables are sought in order below one another; all are found, or none is.
        let own: Vec<&Outline> = left.iter().copied().filter(|outline| outline.sheet == grid.sheet).collect();
        if placed.is_empty() {
            placed = by_headings(grid, &own, outlines);
        }
        placed.sort_by_key(|outline| outline.first);
        if placed.is_empty() {
            continue;
        }
        stretch(grid, &mut placed, outlines);
        outlines.retain(|found| !placed.iter().any(|outline| outline.overlaps(found)));
        outlines.append(&mut placed);
    }
    let sheet = |outline: &Outline| grids.iter().position(|grid| grid.sheet == outline.sheet);
    outlines.sort_by_key(|outline| (sheet(outline), outline.first));
}

/// Whether a table was found among the texts that stand outside the tables.
fn holds_text(grid: &RawSheet, found: &Outline) -> bool {
    let rows = grid.rows.iter().filter(|row| (found.first.0..=found.last.0).contains(&row.row));
    rows.filter_map(|row| grid.keys.row(row.row)).any(|key| key.part == Part::Text)
}

/// A table as a row and the rows below it state it: its headings, and the keys of its columns.
fn outline(statement: &RawSheet, place: &RawRow) -> Option<Outline> {
    let below = |rows: u32| statement.position(place.row + rows).map(|at| &statement.rows[at]);
    let headings = below(1);
    let number = |column: u16| place.text(column).parse::<u32>().ok()?.checked_sub(1);
    let kinds = [TableKind::Plan, TableKind::Kpi, TableKind::History, TableKind::Register];
    let kind = kinds.into_iter().find(|kind| kind.code() == place.text(1))?;
    let id = |text: &str, letter: char| keys::number(text.strip_prefix(letter)?);
    let key = headings.and_then(|row| id(row.text(0), 't')).map(TableId);
    let keyed = key.and_then(|_| below(2));
    let columns: Vec<Heading> = (0_u16..)
        .zip(sentinels::READING_PLACE..)
        .map(|(column, at)| (column, at, place.text(at)))
        .take_while(|(_, _, role)| !role.is_empty())
        .map(|(column, at, role)| {
            let role = Role::ALL.into_iter().find(|known| known.code() == role);
            let words = headings.map_or("", |row| row.text(at)).into();
            let key = keyed.and_then(|row| id(row.text(at), 'c')).map(ColumnId);
            Heading { column, words, role, surety: 1.0, why: Reason::Return, rival: None, evidence: Vec::new(), key }
        })
        .collect();
    let given = |column: u16| headings.and_then(|row| keys::number(row.text(column))).unwrap_or(0);
    let given = (given(1), given(2));
    let header = number(4).map(|row| (row, row));
    let last = (number(5)?, columns.last()?.column);
    let (above, first) = (number(2)?, number(3)?);
    let rises = above <= first && header.is_none_or(|(row, _)| first <= row) && first <= last.0;
    rises.then(|| Outline {
        sheet: place.text(0).to_owned(),
        kind,
        header,
        first: (first, 0),
        last,
        above,
        columns,
        joins: false,
        turned: Vec::new(),
        left_out: None,
        key,
        given,
    })
}

/// A table by the keys of its rows and columns, wherever they stand now.
fn by_keys(grid: &RawSheet, key: TableId, stated: &Outline, found: &[Outline]) -> Option<Outline> {
    let row_of = |part: fn(&Part) -> bool| grid.keys.of(key).find(|(_, held)| part(held)).map(|(row, _)| row);
    let is_own = |part: &Part| matches!(part, Part::Header | Part::Row(..));
    let own = || grid.keys.of(key).filter(|(_, part)| is_own(part)).map(|(row, _)| row);
    let (first, last) = (own().next()?, own().last()?);
    // Something typed over the hidden key of the headings leaves their words.
    let top = row_of(|part| *part == Part::Columns).unwrap_or(first);
    let unkeyed = || {
        let rows = grid.rows.iter().filter(|row| (top..first).contains(&row.row) && grid.keys.row(row.row).is_none());
        rows.filter(|row| aligned(row, stated).is_some()).map(|row| row.row).next_back()
    };
    let header = row_of(|part| *part == Part::Header).or_else(unkeyed);
    let first = header.map_or(first, |header| header.min(first));
    let words = header.and_then(|row| grid.position(row)).map(|at| &grid.rows[at]);
    let places = grid.keys.columns(key);
    let columns = if places.is_empty() {
        aligned(words?, stated)?
    } else {
        let kept = places.iter().filter_map(|&(column, id)| {
            let heading = stated.columns.iter().find(|heading| heading.key == Some(id))?;
            let words = words.map_or_else(|| heading.words.clone(), |row| row.text(column).into());
            Some(Heading { column, words, ..heading.clone() })
        });
        kept.collect()
    };
    let columns = with_added(grid, columns, words, found);
    let above = row_of(|part| *part == Part::Above).filter(|above| *above < first).unwrap_or(first);
    finished(grid, stated, columns, (header, first, last, above))
}

/// The tables of a sheet by their headings: in their order, each below the one before it; none where one of them is not found.
fn by_headings(grid: &RawSheet, own: &[&Outline], found: &[Outline]) -> Vec<Outline> {
    let mut placed: Vec<Outline> = Vec::new();
    for stated in own {
        let from = placed.last().map_or(0, Outline::body);
        let Some(outline) = below(grid, stated, from, found) else { return Vec::new() };
        placed.push(outline);
    }
    placed
}

/// A table at or below a row: where its headings stand, or below the first gap where it has none.
fn below(grid: &RawSheet, stated: &Outline, from: u32, found: &[Outline]) -> Option<Outline> {
    let rows = &grid.rows[grid.rows.partition_point(|row| row.row < from)..];
    let shifted = |row: u32, down: i64| u32::try_from(i64::from(row) + down).ok();
    let Some((header, _)) = stated.header else {
        let gap = rows.windows(2).find(|pair| pair[1].row > pair[0].row + 1).map(|pair| pair[1].row);
        let above = if from == 0 { rows.first()?.row } else { gap? };
        let down = i64::from(above) - i64::from(stated.above);
        let (first, last) = (shifted(stated.first.0, down)?, shifted(stated.last.0, down)?);
        return finished(grid, stated, stated.columns.clone(), (None, first, last, above));
    };
    let (row, columns) = rows.iter().find_map(|row| {
        let columns = aligned(row, stated)?;
        Some((row, columns))
    })?;
    let down = i64::from(row.row) - i64::from(header);
    let columns = with_added(grid, columns, Some(row), found);
    let [first, last, above] = [stated.first.0, stated.last.0, stated.above].map(|at| shifted(at, down));
    finished(grid, stated, columns, (Some(row.row), first?, last?, above?))
}

/// The stated columns where their headings stand in a row; `None` where fewer than two in three of them do.
fn aligned(row: &RawRow, stated: &Outline) -> Option<Vec<Heading>> {
    let headed: Vec<&Heading> = stated.columns.iter().filter(|heading| !heading.words.is_empty()).collect();
    let mut taken: Vec<u16> = Vec::new();
    let mut places: HashMap<u16, u16> = HashMap::new();
    for heading in &headed {
        let cell = row.cells.iter().find(|cell| cell.text == heading.words && !taken.contains(&cell.column));
        if let Some(cell) = cell {
            taken.push(cell.column);
            places.insert(heading.column, cell.column);
        }
    }
    if headed.is_empty() || places.len() * 3 < headed.len() * 2 {
        return None;
    }
    // A heading that is not there was renamed where a strange one stands in its place, beside the column left of it; else it went.
    let mut shift = 0;
    let columns = stated.columns.iter().filter_map(|heading| {
        if let Some(&column) = places.get(&heading.column) {
            shift = i32::from(column) - i32::from(heading.column);
            return Some(Heading { column, ..heading.clone() });
        }
        let column = u16::try_from(i32::from(heading.column) + shift).ok().filter(|column| !taken.contains(column))?;
        let words = row.text(column);
        (words.is_empty() == heading.words.is_empty()).then(|| Heading { column, words: words.into(), ..heading.clone() })
    });
    let mut columns: Vec<Heading> = columns.collect();
    columns.sort_by_key(|heading| heading.column);
    columns.dedup_by_key(|heading| heading.column);
    Some(columns)
}

/// Adds the columns that others put in or beside: what stands under a heading of its own is a column, with the role it is judged to have
/// unless another has it already.
fn with_added(grid: &RawSheet, mut columns: Vec<Heading>, header: Option<&RawRow>, found: &[Outline]) -> Vec<Heading> {
    let (Some(header), Some(last)) = (header, columns.iter().map(|heading| heading.column).max()) else { return columns };
    let known = |columns: &[Heading], column: u16| columns.iter().any(|heading| heading.column == column);
    let mut right = last;
    for cell in &header.cells {
        // Beyond the last column they follow one another, with the hidden keys between.
        let follows = (right + 1..cell.column).all(|between| grid.keys.stood_in(between));
        if known(&columns, cell.column) || (cell.column > right && !follows) {
            continue;
        }
        right = right.max(cell.column);
        let judged = found.iter().filter(|outline| outline.sheet == grid.sheet && outline.holds(header.row, cell.column));
        let judged = judged.flat_map(|outline| &outline.columns).find(|heading| heading.column == cell.column);
        let role = judged.and_then(|heading| heading.role);
        let free = role.filter(|role| *role == Role::Period || !columns.iter().any(|heading| heading.role == Some(*role)));
        let (surety, why) = judged.map_or((1.0, Reason::AddedToReturn), |heading| (heading.surety, heading.why));
        columns.push(Heading {
            column: cell.column,
            words: cell.text.clone(),
            role: free,
            surety,
            why,
            rival: None,
            evidence: Vec::new(),
            key: None,
        });
    }
    columns.sort_by_key(|heading| heading.column);
    columns
}

/// The outline of a table with these columns; its header row, first and last row and what stands above it are given.
fn finished(
    grid: &RawSheet,
    stated: &Outline,
    columns: Vec<Heading>,
    (header, first, last, above): (Option<u32>, u32, u32, u32),
) -> Option<Outline> {
    let (left, right) = (columns.first()?.column, columns.last()?.column);
    Some(Outline {
        sheet: grid.sheet.clone(),
        kind: stated.kind,
        header: header.map(|row| (row, row)),
        first: (first, left),
        last: (last.max(header.unwrap_or(first)), right),
        above,
        columns,
        joins: false,
        turned: Vec::new(),
        left_out: None,
        key: stated.key,
        given: stated.given,
    })
}

/// Lets each table reach over the rows put in or typed below it since, up to what is said above the next.
fn stretch(grid: &RawSheet, placed: &mut [Outline], found: &[Outline]) {
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
        &[sentinels::READING_LINE],
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
        layouts::outline(&[sheet("KPIs", rows), sheet(sentinels::READING, STATED)])
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
        assert_eq!(read.iter().map(|outline| (outline.first.0, outline.last.0)).collect::<Vec<_>>(), [(3, 5), (7, 9)]);
    }

    #[test]
    fn a_table_with_another_heading_is_left_to_judgement() {
        let sheet: &[&[&str]] = &[&["The year"], &[""], &["KPI", "Current", "Target"], &["Trees", "4", "5"], &["Hedges", "5", "9"]];
        let read = read(sheet);
        assert!(read.len() == 1 && read[0].columns.iter().all(|heading| heading.why != Reason::Return), "{read:?}");
    }
}
