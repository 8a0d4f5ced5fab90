//! How an owner corrected the reading of a workbook, and finding the same tables in one of the same shape. Stores nothing itself.

use serde::{Deserialize, Serialize};

use super::{
    correct::rename,
    heading_text::plain,
    outline::{Outline, grid_of},
};
use crate::workbook::RawSheet;

/// One table as its owner wants it read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    pub outline: Outline,
    /// Whether it is left out.
    #[serde(default)]
    pub left_out: bool,
    /// Whether its owner set its last row, which then does not follow the sheet.
    #[serde(default)]
    pub last_set: bool,
    /// Whether it is read otherwise than the program would.
    #[serde(default)]
    pub corrected: bool,
    /// Whether its owner drew it where the program finds no table.
    #[serde(default)]
    pub drawn: bool,
    /// What it is known again by.
    heads: Vec<Head>,
}

/// One heading by its place below the first heading row and right of the first column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    below: u32,
    right: i32,
    words: Box<str>,
}

/// A workbook's corrections under a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    pub name: String,
    pub tables: Vec<Correction>,
}

impl Correction {
    /// An outline as it stands in its sheet, as the program reads it.
    #[must_use]
    pub fn new(grids: &[RawSheet], outline: Outline) -> Self {
        let heads = grid_of(&outline, grids).map_or_else(Vec::new, |grid| heads(grid, &outline, outline.corner()));
        Self { left_out: outline.left_out.is_some(), outline, last_set: false, corrected: false, drawn: false, heads }
    }
}

impl Mapping {
    /// Replaces outlines by the remembered ones when every one of them is found; false when the workbook has another shape.
    pub fn apply(&self, grids: &[RawSheet], outlines: &mut Vec<Outline>) -> bool {
        let Some(fitted) = self.fit(grids, outlines) else { return false };
        *outlines = fitted
            .into_iter()
            .filter(|correction| !correction.left_out || correction.outline.left_out.is_some())
            .map(|correction| correction.outline)
            .collect();
        true
    }

    /// The remembered tables where they stand now, with those of the automatic outlines that overlap none of them; `None` when one
    /// of them is not there.
    #[must_use]
    pub fn fit(&self, grids: &[RawSheet], automatic: &[Outline]) -> Option<Vec<Correction>> {
        let mut fitted: Vec<Correction> = Vec::new();
        for remembered in &self.tables {
            let found = remembered.find(grids, automatic, &fitted)?;
            fitted.push(found);
        }
        if !fitted.iter().any(|correction| correction.corrected) {
            return None;
        }
        make_room(&mut fitted);
        let overlaps = |outline: &Outline| fitted.iter().any(|held| held.outline.overlaps(outline));
        let rest: Vec<&Outline> = automatic.iter().filter(|outline| !overlaps(outline)).collect();
        fitted.extend(rest.into_iter().map(|outline| Correction::new(grids, outline.clone())));
        let sheet = |outline: &Outline| grids.iter().position(|grid| grid.sheet == outline.sheet);
        fitted.sort_by_key(|correction| (sheet(&correction.outline), correction.outline.first));
        Some(fitted)
    }
}

/// Has the tables that the program finds end where the drawn ones begin.
fn make_room(fitted: &mut [Correction]) {
    let drawn: Vec<Outline> = fitted.iter().filter(|held| held.drawn && !held.left_out).map(|held| held.outline.clone()).collect();
    for held in fitted.iter_mut().filter(|held| !held.drawn && !held.left_out) {
        held.left_out = !drawn.iter().all(|drawn| super::manual_tables::make_room(&mut held.outline, drawn));
    }
}

impl Correction {
    /// Finds the table again: on the sheet of its name, or on the only one.
    fn find(&self, grids: &[RawSheet], automatic: &[Outline], taken: &[Self]) -> Option<Self> {
        let grid = grid_of(&self.outline, grids).or(if let [only] = grids { Some(only) } else { None })?;
        let own = || automatic.iter().filter(|outline| outline.sheet == grid.sheet);
        let corner = self.outline.corner();
        let place = if self.outline.header.is_some() {
            let begins = |place: &(u32, u16)| own().any(|outline| outline.header.is_some_and(|(first, _)| first == place.0));
            // What was drawn may stand within what the program finds, which then makes room.
            let holds = |other: &Self, place: &(u32, u16)| other.drawn == self.drawn && other.outline.holds(place.0, place.1);
            let is_taken = |place: &(u32, u16)| {
                let mut others = taken.iter().filter(|other| other.outline.sheet == grid.sheet);
                others.any(|other| other.outline.corner() == *place || holds(other, place))
            };
            let mut places: Vec<(u32, u16)> = self.places(grid).into_iter().filter(|place| !is_taken(place)).collect();
            places.sort_by_key(|place| (begins(place) == self.drawn, *place));
            *places.first()?
        } else if self.drawn {
            let rows = || grid.rows.iter().filter(|row| (self.outline.first.0..=self.outline.last.0).contains(&row.row));
            let filled = self.outline.columns.iter().all(|heading| rows().any(|row| row.cell(heading.column).is_some()));
            filled.then_some(corner)?
        } else {
            let columns = |outline: &Outline| outline.columns.iter().map(|heading| heading.column).collect::<Vec<_>>();
            let same = own().find(|outline| outline.header.is_none() && columns(outline) == columns(&self.outline))?;
            (same.first.0, self.outline.first.1)
        };
        let mut outline = self.moved(&grid.sheet, (i64::from(place.0) - i64::from(corner.0), i32::from(place.1) - i32::from(corner.1)))?;
        let present = own().find(|other| other.overlaps(&outline));
        let mut left_out = self.left_out;
        if let Some(present) = present.filter(|_| !self.corrected) {
            outline = present.clone();
            left_out = present.left_out.is_some();
        } else {
            let follows = if self.drawn { Some(super::manual_tables::end(grid, &outline)) } else { present.map(|present| present.last.0) };
            if let Some(last) = follows.filter(|last| !self.last_set && *last >= outline.body()) {
                outline.last.0 = last;
            }
            let roles = std::mem::take(&mut outline.columns);
            rename(grids, &mut outline);
            for heading in &mut outline.columns {
                if let Some(known) = roles.iter().find(|known| known.column == heading.column) {
                    (heading.role, heading.surety, heading.why) = (known.role, known.surety, known.why);
                }
            }
        }
        Some(Self { outline, left_out, ..self.clone() })
    }

    /// The places where its headings stand in a sheet: the row of the first, and the first column.
    fn places(&self, grid: &RawSheet) -> Vec<(u32, u16)> {
        let Some(first) = self.heads.iter().find(|head| head.below == 0) else { return Vec::new() };
        let starts = grid.rows.iter().flat_map(|row| {
            let same = row.cells.iter().filter(|cell| *plain(&cell.text) == *first.words);
            same.filter_map(|cell| u16::try_from(i32::from(cell.column) - first.right).ok()).map(|column| (row.row, column))
        });
        starts.filter(|place| heads(grid, &self.outline, *place) == self.heads).collect()
    }

    /// The outline moved down and to the right.
    fn moved(&self, sheet: &str, (down, right): (i64, i32)) -> Option<Outline> {
        let row = |row: u32| u32::try_from(i64::from(row) + down).ok();
        let column = |column: u16| u16::try_from(i32::from(column) + right).ok();
        let mut outline = Outline { sheet: sheet.to_owned(), ..self.outline.clone() };
        outline.first = (row(outline.first.0)?, column(outline.first.1)?);
        outline.last = (row(outline.last.0)?, column(outline.last.1)?);
        outline.above = row(outline.above).unwrap_or(0);
        if let Some((first, last)) = outline.header {
            outline.header = Some((row(first)?, row(last)?));
        }
        for heading in &mut outline.columns {
            heading.column = column(heading.column)?;
        }
        for heading in &mut outline.turned {
            heading.column = u16::try_from(row(u32::from(heading.column))?).ok()?;
        }
        Some(outline)
    }
}

/// The headings of an outline whose first one would stand at a place, with a column on either side, so that a column added there is noticed.
fn heads(grid: &RawSheet, outline: &Outline, place: (u32, u16)) -> Vec<Head> {
    let Some((first, last)) = outline.header else { return Vec::new() };
    let width = outline.last.1 - outline.first.1;
    let columns = place.1.saturating_sub(1)..=place.1.saturating_add(width).saturating_add(1);
    let rows = grid.rows.iter().skip_while(|row| row.row < place.0).take_while(|row| row.row <= place.0 + (last - first));
    rows.flat_map(|row| row.cells.iter().map(move |cell| (row.row, cell)))
        .filter(|(_, cell)| columns.contains(&cell.column))
        .map(|(row, cell)| Head {
            below: row - place.0,
            right: i32::from(cell.column) - i32::from(place.1),
            words: plain(&cell.text).into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, model::Role, workbook};

    const TEXT: &str = "Ref\tAction (all)\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\tBob\tNot started\n3\tSweep\tBob\tComplete";

    fn remembered(last_set: bool) -> Mapping {
        let grids = vec![workbook::pasted("Plan", TEXT)];
        let mut outline = layouts::outline(&grids).remove(0);
        outline.choose(2, Some(Role::Theme));
        Mapping { name: "Plan".to_owned(), tables: vec![Correction { last_set, corrected: true, ..Correction::new(&grids, outline) }] }
    }

    fn applied(mapping: &Mapping, sheet: &str, text: &str) -> Option<Outline> {
        let grids = vec![workbook::pasted(sheet, text)];
        let mut outlines = layouts::outline(&grids);
        mapping.apply(&grids, &mut outlines).then(|| outlines.remove(0))
    }

    #[test]
    fn the_same_headings_are_found_where_they_moved_and_the_last_row_follows() {
        let moved = format!("The plan\n\n{}\n4\tMow\tAnn\tComplete", TEXT.replace("Action (all)", "ACTION:"));
        let outline = applied(&remembered(false), "Renamed", &moved).unwrap();
        assert_eq!((outline.header, outline.last), (Some((2, 2)), (6, 3)));
        assert_eq!((outline.column_of(Role::Theme), outline.column_of(Role::Action)), (Some(2), Some(1)));
        assert_eq!(applied(&remembered(true), "Plan", &moved).unwrap().last, (5, 3), "a last row that was set only moves");
    }

    #[test]
    fn another_shape_is_left_alone() {
        for other in
            [TEXT.replace("Lead", "Owner"), TEXT.replace("Status", "Status\tComment"), TEXT.replace("Ref\t", "\tRef\t"), String::new()]
        {
            let same = applied(&remembered(false), "Plan", &other);
            assert!(same.is_none() || other.starts_with('\t'), "{other}");
        }
    }

    #[test]
    fn what_is_left_out_stays_out() {
        let mut mapping = remembered(false);
        mapping.tables[0].left_out = true;
        let grids = vec![workbook::pasted("Plan", TEXT)];
        let mut outlines = layouts::outline(&grids);
        assert!(mapping.apply(&grids, &mut outlines) && outlines.is_empty());
    }
}
