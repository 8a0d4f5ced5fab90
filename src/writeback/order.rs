//! How the rows of a sheet are to stand: which of those there are go, move or get a new one below them. Knows no cell.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::{
    sheet_of,
    template::{Template, spans, templates},
};
use crate::{
    model::{Row, RowId, RowKind, Table, TableId, in_pieces},
    workbook::patch::{NewOrder, PlacedRow, longest_rising},
};

/// A row as it is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// One that stood at this place, zero-based.
    Old(u32),
    /// A new one, which looks like the one that stood at this place.
    New { row: (TableId, RowId), like: u32 },
    /// One of a new approach: a copy, between two columns, of the one of another approach that stood at this place.
    Copy { row: (TableId, RowId), like: RowId, of: u32, columns: (u32, u32) },
    /// A blank one above a new approach, which looks like the one that stood at this place.
    Blank { like: u32 },
}

/// The rows of a part of a sheet as they are to stand; all others follow them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowOrder {
    /// The first and the last of the rows that are ordered, zero-based.
    first: u32,
    last: u32,
    rows: Vec<Placed>,
    places: HashMap<u32, u32>,
    new_places: HashMap<(TableId, RowId), u32>,
    /// Where the rows of new approaches stand, by those that they are copies of.
    copies: HashMap<((TableId, RowId), u32), u32>,
}

impl RowOrder {
    fn new(first: u32, last: u32, rows: Vec<Placed>) -> Self {
        let mut order = Self { first, last, rows, ..Self::default() };
        for (place, row) in (first..).zip(&order.rows) {
            match row {
                Placed::Old(old) => drop(order.places.insert(*old, place)),
                Placed::New { row, .. } => drop(order.new_places.insert(*row, place)),
                Placed::Copy { row, of, .. } => {
                    order.new_places.entry(*row).or_insert(place);
                    order.copies.insert((*row, *of), place);
                }
                Placed::Blank { .. } => {}
            }
        }
        order
    }

    /// The first of the rows that are ordered, zero-based.
    #[must_use]
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The rows that are to stand in their place.
    #[must_use]
    pub fn rows(&self) -> &[Placed] {
        &self.rows
    }

    /// The same as an edit of the workbook.
    pub(super) fn new_order(&self) -> NewOrder {
        let placed = |row: &Placed| match row {
            Placed::Old(old) => PlacedRow::Old(*old),
            Placed::New { like, .. } | Placed::Blank { like } => PlacedRow::New { like: *like },
            Placed::Copy { of, columns, .. } => PlacedRow::Copy { of: *of, columns: *columns },
        };
        NewOrder { first: self.first, count: self.last - self.first + 1, rows: self.rows.iter().map(placed).collect() }
    }

    /// Where a row of the sheet is to stand, zero-based; nothing where it goes.
    #[must_use]
    pub fn place(&self, row: u32) -> Option<u32> {
        if row < self.first {
            return Some(row);
        }
        if row <= self.last {
            return self.places.get(&row).copied();
        }
        let now = self.first + u32::try_from(self.rows.len()).ok()?;
        now.checked_add(row - self.last - 1)
    }

    /// The rows that stand before or behind others than they did: where each stood, and where it is to stand.
    #[must_use]
    pub fn moved(&self) -> Vec<(u32, u32)> {
        let old: Vec<u32> = self.rows.iter().filter_map(|row| if let Placed::Old(old) = row { Some(*old) } else { None }).collect();
        let standing: HashSet<u32> = longest_rising(&old).into_iter().collect();
        old.into_iter().filter(|old| !standing.contains(old)).filter_map(|old| Some((old, self.place(old)?))).collect()
    }

    /// Where a new row is to stand, zero-based.
    #[must_use]
    pub fn new_place(&self, row: (TableId, RowId)) -> Option<u32> {
        self.new_places.get(&row).copied()
    }

    /// Where the copy of a row stands that belongs to a new approach.
    pub(super) fn copy_place(&self, row: (TableId, RowId), of: u32) -> Option<u32> {
        self.copies.get(&(row, of)).copied()
    }

    /// The approach that a new one is laid out like.
    pub(super) fn template(&self, row: (TableId, RowId)) -> Option<RowId> {
        let place = self.new_places.get(&row)?;
        match self.rows.get(usize::try_from(place - self.first).ok()?)? {
            Placed::Copy { like, .. } => Some(*like),
            Placed::Old(_) | Placed::New { .. } | Placed::Blank { .. } => None,
        }
    }

    /// This order and that of another table of the sheet, whose rows stand apart from these.
    pub(super) fn and(self, other: Self) -> Self {
        let (upper, lower) = if self.first <= other.first { (self, other) } else { (other, self) };
        // Rows that stay at the end of the upper may be those of the lower, as nothing tells where an approach without actions ends.
        let (mut kept, mut last) = (&*upper.rows, upper.last);
        while last >= lower.first && last > upper.first && kept.last() == Some(&Placed::Old(last)) {
            (kept, last) = (&kept[..kept.len() - 1], last - 1);
        }
        if lower.first <= last {
            // Two tables beside each other cannot both order the rows of the sheet.
            return upper;
        }
        let between = (last + 1..lower.first).map(Placed::Old);
        let rows = kept.iter().copied().chain(between).chain(lower.rows.iter().copied()).collect();
        Self::new(upper.first, lower.last, rows)
    }
}

/// A row of a table as it is to stand.
struct Standing {
    row: RowId,
    /// Where it stood, zero-based; nothing for a new one.
    place: Option<u32>,
    /// The place of one that a new row looks like, where there is one of its kind.
    like: Option<u32>,
    /// What a new approach is laid out like.
    template: Option<Template>,
}

/// How the rows of each sheet that a table stands on are to stand, where that changes. A new approach that is laid out like none has no
/// place.
pub(super) fn orders(before: &Table, after: &Table) -> Vec<(String, RowOrder)> {
    if before.turned {
        // Its rows are columns of the sheet, which stay where they are.
        return Vec::new();
    }
    if stay(before, after) {
        return Vec::new();
    }
    let mut sheets: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in before.rows.iter().filter(|row| row.source > 0) {
        sheets.entry(sheet_of(before, row)).or_default().push(row);
    }
    let mut templates = templates(before, after);
    let mut now: BTreeMap<&str, Vec<Standing>> = BTreeMap::new();
    let mut sheet = before.rows.first().map_or(&*before.sheet, |row| sheet_of(before, row));
    let mut alike = Alike { before, sheet, met: Default::default() };
    for row in &after.rows {
        let held = before.row(row.id).filter(|held| held.source > 0);
        let template = templates.remove(&row.id);
        if row.kind == RowKind::Section && template.is_none() && before.row(row.id).is_none() {
            continue;
        }
        sheet = held.map_or(sheet, |held| sheet_of(before, held));
        let place = held.map(|held| held.source - 1);
        place.into_iter().for_each(|place| alike.see(sheet, row.kind, place));
        let like = if place.is_none() { alike.of(row.kind) } else { None };
        now.entry(sheet).or_default().push(Standing { row: row.id, place, like, template });
    }
    let mut orders = Vec::new();
    for (sheet, rows) in sheets {
        let was = spans(&rows);
        let is = now.remove(sheet).unwrap_or_default();
        if !is.iter().map(|row| row.place).eq(was.iter().map(|span| Some(span.start))) {
            orders.extend(order(after.id, &was, reach(&rows, &was), &is).map(|order| (sheet.to_owned(), order)));
        }
    }
    orders
}

/// Whether the rows stand as they were read, each in its place of the sheet.
fn stay(before: &Table, after: &Table) -> bool {
    before.rows.len() == after.rows.len()
        && after.rows.unshared(&before.rows).all(|(at, row)| before.rows[at].id == row.id)
        && in_pieces(before.rows.len(), |rows| before.rows.range(rows).is_some_and(|rows| rows.iter().all(|row| row.source > 0)))
            .into_iter()
            .all(|placed| placed)
}

/// The rows that new ones look like: of the same kind, so that a new action below a heading looks like an action.
struct Alike<'a> {
    before: &'a Table,
    sheet: &'a str,
    /// For each kind, the place of the last row met, or that of the first of the sheet where none was.
    met: [Option<Option<u32>>; RowKind::ALL.len()],
}

impl<'a> Alike<'a> {
    fn see(&mut self, sheet: &'a str, kind: RowKind, place: u32) {
        if sheet != self.sheet {
            (self.sheet, self.met) = (sheet, Default::default());
        }
        self.met[kind as usize] = Some(Some(place));
    }

    fn of(&mut self, kind: RowKind) -> Option<u32> {
        let Self { before, sheet, met } = self;
        let first = || before.rows.iter().find(|row| row.kind == kind && row.source > 0 && sheet_of(before, row) == *sheet);
        *met[kind as usize].get_or_insert_with(|| first().map(|row| row.source - 1))
    }
}

/// Where an approach ends that is the last row of its table: no row tells where its headings are, so that they stand as in the others.
fn reach(rows: &[&Row], spans: &[Range<u32>]) -> u32 {
    let Some((last, span)) = rows.last().zip(spans.last()).filter(|(last, _)| last.kind == RowKind::Section) else { return 0 };
    let others = rows.iter().zip(spans).rev().skip(1);
    let alike = others.filter(|(row, _)| row.kind == RowKind::Section && row.fields.len() == last.fields.len());
    span.start + alike.map(|(_, span)| span.end - span.start).min().unwrap_or(0)
}

/// The order of a sheet's rows: the spans of those that were, up to where the last reaches, and as they are now.
fn order(table: TableId, was: &[Range<u32>], reach: u32, is: &[Standing]) -> Option<RowOrder> {
    let (first, end) = (was.iter().map(|span| span.start).min()?, was.iter().map(|span| span.end).max()?);
    // What others may have put below the last approach stays when that goes.
    let (lowest, last) = (was.last()?.start, end.max(reach) - 1);
    let ends: HashMap<u32, u32> = was.iter().map(|span| (span.start, span.end)).collect();
    let whole = |start: u32| (start..ends.get(&start).copied().unwrap_or(start + 1)).map(Placed::Old);
    let kept: Vec<u32> = is.iter().filter_map(|row| row.place).collect();
    let standing: HashSet<u32> = longest_rising(&kept).into_iter().collect();
    // What comes behind each row that stands, and in front of the first.
    let mut behind: HashMap<Option<u32>, Vec<Placed>> = HashMap::new();
    let (mut anchor, mut above) = (None, None);
    for Standing { row, place, like, template } in is {
        match (place, template) {
            (Some(place), _) if standing.contains(place) => (anchor, above) = (Some(*place), Some(*place)),
            (Some(place), _) => {
                behind.entry(anchor).or_default().extend(whole(*place));
                above = Some(*place);
            }
            (None, Some(template)) => {
                let rows = behind.entry(anchor).or_default();
                rows.extend(template.blank.clone().map(|like| Placed::Blank { like }));
                let copy = |of| Placed::Copy { row: (table, *row), like: template.row, of, columns: template.columns };
                rows.extend(template.rows.clone().map(copy));
            }
            (None, None) => {
                let like = like.or(above).or_else(|| kept.first().copied()).unwrap_or(first);
                behind.entry(anchor).or_default().push(Placed::New { row: (table, *row), like });
            }
        }
    }
    let gone: HashSet<u32> = was.iter().filter(|span| !standing.contains(&span.start)).cloned().flatten().collect();
    // What comes behind a row stands below all that goes with it.
    let lower = |(start, end): (&u32, &u32)| (if *start == lowest { (*end).max(reach) } else { *end } - 1, *start);
    let last_of: HashMap<u32, u32> = ends.iter().filter(|(start, _)| standing.contains(start)).map(lower).collect();
    let mut rows = behind.remove(&None).unwrap_or_default();
    for place in first..=last {
        if !gone.contains(&place) {
            rows.push(Placed::Old(place));
        }
        let behind = last_of.get(&place).and_then(|start| behind.remove(&Some(*start)));
        rows.extend(behind.unwrap_or_default());
    }
    Some(RowOrder::new(first, last, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: TableId = TableId(1);

    /// Rows that stood at these places, or are new.
    fn standing(rows: &[(u32, Option<u32>)]) -> Vec<Standing> {
        rows.iter().map(|(id, place)| Standing { row: RowId(*id), place: *place, like: None, template: None }).collect()
    }

    fn ordered(was: &[u32], is: &[Option<u32>]) -> Vec<Option<u32>> {
        let is = standing(&(1..).zip(is.iter().copied()).collect::<Vec<_>>());
        let placed = |placed: &Placed| match placed {
            Placed::Old(place) => Some(*place),
            Placed::New { .. } | Placed::Copy { .. } | Placed::Blank { .. } => None,
        };
        let was: Vec<Range<u32>> = was.iter().map(|place| *place..place + 1).collect();
        order(TABLE, &was, 0, &is).unwrap().rows.iter().map(placed).collect()
    }

    #[test]
    fn rows_go_move_and_come_between_others_of_the_sheet() {
        let was = [5, 6, 8, 9];
        assert_eq!(ordered(&was, &[Some(5), None, Some(6), Some(8), Some(9)]), [Some(5), None, Some(6), Some(7), Some(8), Some(9)]);
        assert_eq!(ordered(&was, &[Some(5), Some(8), Some(9)]), [Some(5), Some(7), Some(8), Some(9)]);
        assert_eq!(ordered(&was, &[Some(9), Some(5), Some(6), Some(8)]), [Some(9), Some(5), Some(6), Some(7), Some(8)]);
        assert_eq!(ordered(&was, &[Some(5), Some(6), Some(9), None, Some(8)]), [Some(5), Some(6), Some(9), None, Some(7), Some(8)]);
        assert_eq!(ordered(&was, &[None, Some(5), Some(6), Some(8), Some(9)]), [None, Some(5), Some(6), Some(7), Some(8), Some(9)]);
    }

    #[test]
    fn an_approach_goes_with_its_objective_and_its_headings() {
        // Two approaches of three rows each, with an action below each; the second comes first.
        let is = standing(&[(3, Some(14)), (4, Some(17)), (1, Some(10)), (2, Some(13))]);
        let order = order(TABLE, &[10..13, 13..14, 14..17, 17..18], 0, &is).unwrap();
        assert_eq!(order.rows(), [14, 15, 16, 17, 10, 11, 12, 13].map(Placed::Old));
        // The first goes, and its action stays.
        let is = standing(&[(2, Some(13)), (3, Some(14)), (4, Some(17))]);
        let order = super::order(TABLE, &[10..13, 13..14, 14..17, 17..18], 0, &is).unwrap();
        assert_eq!(order.rows(), [13, 14, 15, 16, 17].map(Placed::Old));
    }

    #[test]
    fn a_new_approach_is_a_copy_of_another_behind_as_many_blank_rows() {
        let mut is = standing(&[(1, Some(10)), (2, Some(13)), (7, None), (8, None), (3, Some(15)), (4, Some(18))]);
        is[2].template = Some(Template { row: RowId(1), rows: 10..13, blank: 14..15, columns: (0, 5) });
        is[3].like = Some(13);
        let order = order(TABLE, &[10..13, 13..14, 15..18, 18..19], 0, &is).unwrap();
        let copy = |of| Placed::Copy { row: (TABLE, RowId(7)), like: RowId(1), of, columns: (0, 5) };
        let new = [Placed::Blank { like: 14 }, copy(10), copy(11), copy(12), Placed::New { row: (TABLE, RowId(8)), like: 13 }];
        assert_eq!(order.rows()[4..9], new);
        assert_eq!((order.new_place((TABLE, RowId(7))), order.template((TABLE, RowId(7)))), (Some(15), Some(RowId(1))));
        assert_eq!((order.copy_place((TABLE, RowId(7)), 12), order.place(15)), (Some(17), Some(20)));
    }

    #[test]
    fn what_comes_behind_an_approach_without_actions_comes_behind_its_headings() {
        let row = |kind: RowKind, source: u32| Row { kind, source, ..Row::default() };
        let all = [row(RowKind::Section, 11), row(RowKind::Entry, 14), row(RowKind::Section, 16)];
        let rows: Vec<&Row> = all.iter().collect();
        let was = spans(&rows);
        assert_eq!((&*was, reach(&rows, &was)), (&[10..13, 13..14, 15..16][..], 18));
        let is = standing(&[(1, Some(10)), (2, Some(13)), (3, Some(15)), (4, None)]);
        let order = order(TABLE, &was, 18, &is).unwrap();
        assert_eq!(order.rows()[5..8], [Placed::Old(15), Placed::Old(16), Placed::Old(17)]);
        assert_eq!(order.new_place((TABLE, RowId(4))), Some(18));
        // When it goes, what stands below it stays.
        let is = standing(&[(1, Some(10)), (2, Some(13))]);
        assert_eq!(super::order(TABLE, &was, 18, &is).unwrap().rows()[4..], [14, 16, 17].map(Placed::Old));
    }

    #[test]
    fn the_orders_of_two_tables_are_one() {
        let upper = || RowOrder::new(5, 9, [6, 5, 7, 8, 9].map(Placed::Old).to_vec());
        let lower = |first: u32| RowOrder::new(first, first + 1, [first + 1, first].map(Placed::Old).to_vec());
        assert_eq!(upper().and(lower(11)).rows(), [6, 5, 7, 8, 9, 10, 12, 11].map(Placed::Old));
        assert_eq!(lower(8).and(upper()).rows(), [6, 5, 7, 9, 8].map(Placed::Old));
        assert_eq!(upper().and(lower(6)), upper());
    }

    #[test]
    fn places_follow_what_comes_and_goes() {
        let is = standing(&[(1, Some(5)), (9, None), (3, Some(8)), (4, Some(9))]);
        let order = order(TABLE, &[5..6, 6..7, 8..9, 9..10], 0, &is).unwrap();
        assert_eq!([4, 5, 6, 7, 8, 9, 20].map(|row| order.place(row)), [Some(4), Some(5), None, Some(7), Some(8), Some(9), Some(20)]);
        assert_eq!(order.new_place((TABLE, RowId(9))), Some(6));
        assert_eq!(order.rows()[1], Placed::New { row: (TABLE, RowId(9)), like: 5 });
        assert_eq!(longest_rising(&[3, 1, 2, 9, 4, 5]), [1, 2, 4, 5]);
    }
}
