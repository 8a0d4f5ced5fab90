//! Where a workbook is marked: in its pages' headers and footers, in a banner, in a label of its properties. Takes no cell.

use super::outline::Outline;
use crate::{
    model::{Marking, Stands},
    notes::{Code, Note, Place, Severity},
    workbook::{RawRow, RawSheet},
};

/// In how many of a sheet's first rows a marking may share its row with other words.
const TOP: usize = 4;
/// How near two markings of a column stand that are a list to choose from.
const NEAR: u32 = 3;

/// A marking in a cell.
struct Cell {
    row: u32,
    column: u16,
    words: Box<str>,
}

/// The marking of a workbook's sheets, and a note that says where it stands.
pub(super) fn find(grids: &[RawSheet], outlines: &[Outline]) -> Option<(Marking, Note)> {
    let (mut lines, mut place): (Vec<Box<str>>, Option<String>) = (Vec::new(), None);
    for grid in grids {
        for text in &grid.page_texts {
            if let Some(words) = Marking::in_text(text, Stands::OnPage) {
                place.get_or_insert_with(|| grid.sheet.clone());
                lines.push(words.into());
            }
        }
        for cell in cells(grid, outlines) {
            place.get_or_insert_with(|| grid.place(cell.row, cell.column));
            lines.push(cell.words);
        }
    }
    let label = grids.first().map(|grid| (*grid.label).clone()).unwrap_or_default();
    let marking = Marking::of(lines, label)?;
    let message = format!("Marked {}. The marking is carried into everything that is written from here.", marking.told());
    let place = Place::address(place.or_else(|| Some(grids.first()?.sheet.clone())).unwrap_or_default());
    Some((marking, Note::new(Severity::Info, Code::ProtectiveMarking, place, message, "")))
}

/// The cells of a sheet that are a marking.
fn cells(grid: &RawSheet, outlines: &[Outline]) -> Vec<Cell> {
    let own: Vec<&Outline> = outlines.iter().filter(|outline| outline.sheet == grid.sheet).collect();
    let mut found: Vec<Cell> = Vec::new();
    for (at, row) in grid.edges().enumerate() {
        for (place, cell) in row.cells.iter().enumerate() {
            let in_table = own.iter().any(|outline| outline.holds(row.row, cell.column));
            let words = if row.cells.len() == 1 {
                Marking::in_text(&cell.text, if in_table { Stands::InTable } else { Stands::Alone }).map(Box::from)
            } else if in_table {
                None
            } else {
                labelled(row, place).or_else(|| Marking::in_text(&cell.text, Stands::InTable).filter(|_| at < TOP).map(Box::from))
            };
            found.extend(words.map(|words| Cell { row: row.row, column: cell.column, words }));
        }
    }
    without_lists(found)
}

/// A marking beside its label: `Classification`, then `OFFICIAL`.
fn labelled(row: &RawRow, place: usize) -> Option<Box<str>> {
    let label = &row.cells[place.checked_sub(1)?].text;
    let both = format!("{}: {}", label.trim().trim_end_matches(':'), row.cells[place].text);
    let told = Marking::is_label(label).then(|| Marking::in_text(&both, Stands::Alone)).flatten();
    told.map(Box::from)
}

/// Without the classifications that a list offers one below another.
fn without_lists(found: Vec<Cell>) -> Vec<Cell> {
    let other = |one: &Cell, other: &Cell| {
        let both = [one, other].iter().all(|cell| Marking::is_classification(&cell.words));
        both && one.column == other.column && one.row.abs_diff(other.row) <= NEAR && !one.words.eq_ignore_ascii_case(&other.words)
    };
    let listed: Vec<bool> = (0..found.len())
        .map(|at| found[at.saturating_sub(NEAR as usize)..].iter().take(2 * NEAR as usize + 1).any(|near| other(&found[at], near)))
        .collect();
    found.into_iter().zip(listed).filter(|(_, listed)| !listed).map(|(cell, _)| cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook;

    fn words(rows: &[&str]) -> Option<String> {
        let grids = [workbook::pasted("Plan", &rows.join("\n"))];
        let outlines = crate::layouts::outline(&grids);
        find(&grids, &outlines).map(|(marking, _)| marking.words())
    }

    const PLAN: [&str; 3] = ["Ref\tAction\tLead officer\tStatus", "1\tPlant trees\tJo\tComplete", "2\tMend the wall\tAl\tIn progress"];

    #[test]
    fn a_banner_and_a_labelled_cell_are_markings() {
        let with = |above: &[&str]| words(&[above, &[""], &PLAN].concat());
        assert_eq!(with(&["OFFICIAL-SENSITIVE"]).as_deref(), Some("OFFICIAL-SENSITIVE"));
        assert_eq!(with(&["Climate plan", "Restricted"]).as_deref(), Some("Restricted"));
        assert_eq!(with(&["Climate plan\t\tOFFICIAL", "Owner:\tJo Bloggs"]).as_deref(), Some("OFFICIAL"));
        assert_eq!(with(&["Climate plan", "Classification:\tOfficial", "Owner:\tJo Bloggs"]).as_deref(), Some("Official"));
        assert_eq!(with(&["Climate plan", "Owner:\tJo Bloggs"]), None);
    }

    #[test]
    fn a_column_or_a_list_of_classifications_is_none() {
        assert_eq!(words(&["Document\tClassification\tOwner", "Plan\tOFFICIAL\tJo", "Budget\tSECRET\tAl"]), None);
        let list = words(&[&PLAN[..], &["", "", "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET"]].concat());
        assert_eq!(list, None);
    }
}
