//! A table where its owner says one stands, though the program found none there: its outline, and the room others make for it.

use super::{
    blocks, correct, find,
    header::{header_at, kind_of},
    is_added,
    outline::Outline,
};
use crate::{
    model::TableKind,
    workbook::{RawRow, RawSheet},
};

/// The outline of a table in the filled cells of an area, both ends included: headed by its first row, of the kind that it looks like.
/// `None` where there are no headings with a row below them, and on a sheet that a return adds. `others` are the tables there are.
#[must_use]
pub fn draw(grids: &[RawSheet], others: &[Outline], sheet: &str, first: (u32, u16), last: (u32, u16)) -> Option<Outline> {
    let grid = grids.iter().find(|grid| grid.sheet == sheet && !is_added(grid))?;
    let (first, last) = filled(grid, first, last)?;
    let at = grid.position(first.0)?;
    let read = header_at(grid, at);
    let header = if read.first == first.0 && read.last < last.0 { (read.first, read.last) } else { (first.0, first.0) };
    if header.1 >= last.0 {
        return None;
    }
    let mut outline = Outline {
        sheet: sheet.to_owned(),
        kind: TableKind::Register,
        header: Some(header),
        first,
        last,
        above: above(grid, others, first.0),
        columns: Vec::new(),
        joins: false,
        turned: Vec::new(),
        left_out: None,
        key: None,
        given: (0, 0),
    };
    outline.kind = kind(grid, &outline, at);
    correct::rename(grids, &mut outline);
    Some(outline)
}

/// The first row of what is said above a table that begins at a row: from the end of the table before, unless it is said of one below.
fn above(grid: &RawSheet, others: &[Outline], first: u32) -> u32 {
    let own = || others.iter().filter(|other| other.sheet == grid.sheet);
    if own().any(|other| other.above < first && first < other.first.0) {
        return first;
    }
    let free = own().filter(|other| other.first.0 < first).map(|other| other.last.0 + 1).max().unwrap_or(0);
    grid.rows.iter().map(|row| row.row).find(|row| *row >= free).map_or(first, |row| row.min(first))
}

/// What a drawn table holds: by its headings, otherwise by what stands below them.
fn kind(grid: &RawSheet, outline: &Outline, at: usize) -> TableKind {
    match kind_of(&correct::headings(grid, outline)) {
        (TableKind::Register, None) if find::history(grid, at).is_some() => TableKind::History,
        (TableKind::Register, None) => {
            let columns: Vec<u16> = (outline.first.1..=outline.last.1).collect();
            blocks::kind_by_content(grid, &columns, (outline.body(), outline.last.0)).0
        }
        (kind, _) => kind,
    }
}

/// The columns of a row's cells within two, both included.
fn columns_within(row: &RawRow, (first, last): (u16, u16)) -> impl DoubleEndedIterator<Item = u16> {
    row.cells.iter().map(|cell| cell.column).filter(move |column| (first..=last).contains(column))
}

/// The filled part of an area: its first and last cell.
fn filled(grid: &RawSheet, first: (u32, u16), last: (u32, u16)) -> Option<((u32, u16), (u32, u16))> {
    let from = grid.rows.partition_point(|row| row.row < first.0);
    let own = |row: &RawRow| {
        let mut columns = columns_within(row, (first.1, last.1));
        let left = columns.next()?;
        Some((row.row, left, columns.next_back().unwrap_or(left)))
    };
    let rows: Vec<(u32, u16, u16)> = grid.rows[from..].iter().take_while(|row| row.row <= last.0).filter_map(own).collect();
    let left = rows.iter().map(|(_, left, _)| *left).min()?;
    let right = rows.iter().map(|(_, _, right)| *right).max()?;
    Some(((rows.first()?.0, left), (rows.last()?.0, right)))
}

/// The last row of an outline before the first one that is blank in its columns.
#[must_use]
pub fn end(grid: &RawSheet, outline: &Outline) -> u32 {
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().zip(outline.body()..);
    let own = rows.take_while(|(row, at)| row.row == *at && columns_within(row, (outline.first.1, outline.last.1)).next().is_some());
    own.last().map_or(outline.last.0, |(row, _)| row.row)
}

/// Takes the cells of a drawn table out of another outline, which then ends above it, left of it or right of it. False where it has
/// no place beside it.
pub fn make_room(outline: &mut Outline, drawn: &Outline) -> bool {
    if !outline.overlaps(drawn) {
        return true;
    }
    if drawn.first.0 > outline.header.map_or(outline.first.0, |(_, last)| last) {
        outline.last.0 = drawn.first.0 - 1;
    } else if drawn.first.1 > outline.first.1 {
        outline.last.1 = drawn.first.1 - 1;
    } else if drawn.last.1 < outline.last.1 {
        outline.first.1 = drawn.last.1 + 1;
    } else {
        return false;
    }
    let columns = outline.first.1..=outline.last.1;
    outline.columns.retain(|heading| columns.contains(&heading.column));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Role, workbook};

    const TWO: &str = "Ref\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\tBob\tNot started\n\nWho\tWhat they owe\tUntil\n\
                       Ann\tA gate\tMay\nBob\tA hedge\tJune";

    fn area(outline: &Outline) -> ((u32, u16), (u32, u16)) {
        (outline.first, outline.last)
    }

    #[test]
    fn an_area_is_read_by_its_filled_cells_under_its_first_row() {
        let grids = vec![workbook::pasted("Plan", TWO)];
        let drawn = draw(&grids, &[], "Plan", (3, 0), (9, 7)).unwrap();
        assert_eq!((area(&drawn), drawn.header), (((4, 0), (6, 2)), Some((4, 4))));
        assert_eq!(drawn.fingerprint(), ["Who", "What they owe", "Until"]);
        let plan = draw(&grids, &[], "Plan", (0, 0), (2, 3)).unwrap();
        assert_eq!((plan.kind, plan.column_of(Role::Status)), (TableKind::Plan, Some(3)));
        assert_eq!((end(&grids[0], &drawn), end(&grids[0], &plan)), (6, 2));
        for (sheet, first, last) in
            [("Plan", (3, 0), (3, 3)), ("Plan", (0, 0), (0, 3)), ("Plan", (8, 0), (20, 3)), ("Other", (0, 0), (9, 9))]
        {
            assert_eq!(draw(&grids, &[], sheet, first, last), None, "{sheet} {first:?} {last:?}");
        }
    }

    #[test]
    fn what_stands_above_is_said_of_it_up_to_the_table_before() {
        let text = "The year\nRef\tAction\tLead\n1\tBuild\tAnn\n\nOwed\nWho\tWhat\tUntil\nAnn\tA gate\tMay";
        let grids = vec![workbook::pasted("Plan", text)];
        let before = draw(&grids, &[], "Plan", (1, 0), (2, 2)).unwrap();
        let above = |others: &[Outline]| draw(&grids, others, "Plan", (5, 0), (6, 2)).unwrap().above;
        assert_eq!((before.above, above(&[]), above(&[before])), (0, 0, 4));
        let below = draw(&grids, &[], "Plan", (5, 0), (6, 2)).unwrap();
        assert_eq!(draw(&grids, &[below], "Plan", (1, 0), (2, 2)).unwrap().above, 1, "the title is that of the table below");
    }

    #[test]
    fn others_end_where_it_begins() {
        let grids = vec![workbook::pasted("Plan", TWO)];
        let plan = draw(&grids, &[], "Plan", (0, 0), (6, 3)).unwrap();
        let room = |first: (u32, u16), last: (u32, u16)| {
            let mut plan = plan.clone();
            let drawn = Outline { first, last, ..plan.clone() };
            make_room(&mut plan, &drawn).then(|| (area(&plan), plan.columns.len()))
        };
        assert_eq!(room((4, 0), (6, 2)), Some((((0, 0), (3, 3)), 4)));
        assert_eq!(room((0, 2), (6, 3)), Some((((0, 0), (6, 1)), 2)));
        assert_eq!(room((0, 0), (2, 0)), Some((((0, 1), (6, 3)), 3)));
        assert_eq!(room((0, 0), (6, 3)), None);
        assert_eq!(room((7, 0), (9, 3)), Some((((0, 0), (6, 3)), 4)));
    }
}
