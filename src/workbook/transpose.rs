//! Parts of a sheet turned on their side: rows become columns, and columns rows. Addresses stay those of the workbook.

use std::collections::{HashMap, HashSet};

use super::raw_sheet::{Attached, Hidden, Merge, Painted, RawCell, RawRow, RawSheet};

/// The last row that can become a column.
const LAST: u32 = u16::MAX as u32;

/// Where a cell stands once its sheet is turned.
fn swapped((row, column): (u32, u16)) -> (u32, u16) {
    (u32::from(column), row.min(LAST) as u16)
}

impl RawSheet {
    /// The cells where some rows and columns cross, both in order, turned; with what else is known of them.
    #[must_use]
    pub fn turned(&self, rows: &[u32], columns: &[u16]) -> Self {
        let ends = (rows.first().copied().unwrap_or(0), rows.last().copied().unwrap_or(0));
        let within = |(row, column): (u32, u16)| row <= LAST && rows.binary_search(&row).is_ok() && columns.binary_search(&column).is_ok();
        let mut lines: HashMap<u16, Vec<RawCell>> = HashMap::new();
        for row in rows.iter().filter_map(|row| self.position(*row)).map(|at| &self.rows[at]) {
            for cell in row.cells.iter().filter(|cell| within((row.row, cell.column))) {
                lines.entry(cell.column).or_default().push(RawCell { column: row.row as u16, ..cell.clone() });
            }
        }
        let mut lines: Vec<RawRow> = lines.into_iter().map(|(column, cells)| RawRow { row: u32::from(column), cells }).collect();
        lines.sort_by_key(|row| row.row);
        let merges = &self.merges[self.merges.partition_point(|merge| merge.first.0 < ends.0)..];
        let merges = merges.iter().take_while(|merge| merge.first.0 <= ends.1).filter(|merge| within(merge.first) && within(merge.last));
        let mut merges: Vec<Merge> = merges.map(|merge| Merge { first: swapped(merge.first), last: swapped(merge.last) }).collect();
        merges.sort_by_key(|merge| merge.first);
        let painted = &self.painted[self.painted.partition_point(|painted| painted.row < ends.0)..];
        let painted = painted.iter().take_while(|painted| painted.row <= ends.1).filter(|painted| within((painted.row, painted.column)));
        let mut painted: Vec<Painted> = painted
            .map(|held| {
                let (row, column) = swapped((held.row, held.column));
                Painted { row, column, fill: held.fill }
            })
            .collect();
        painted.sort_by_key(|painted| (painted.row, painted.column));
        let attached = self.attached.iter().filter(|attached| within((attached.row, attached.column)));
        let mut attached: Vec<Attached> = attached.map(turned_note).collect();
        attached.sort_by_key(|held| (held.row, held.column));
        let hidden = Hidden {
            sheet: self.hidden.sheet,
            very: self.hidden.very,
            rows: self.hidden.columns.iter().map(|column| u32::from(*column)).collect(),
            columns: rows.iter().filter(|row| **row <= LAST && self.hidden.row(**row)).map(|row| *row as u16).collect(),
            ..Self::default().hidden
        };
        Self {
            sheet: self.sheet.clone(),
            turned: !self.turned,
            rows: lines,
            merges,
            painted,
            attached,
            hidden,
            colours_read: self.colours_read,
            ..Self::default()
        }
    }

    /// The same, taken out of the sheet.
    #[must_use]
    pub fn take_turned(&mut self, rows: &[u32], columns: &[u16]) -> Self {
        let block = self.turned(rows, columns);
        let taken: HashSet<(u32, u16)> =
            block.rows.iter().flat_map(|row| row.cells.iter().map(|cell| swapped((row.row, cell.column)))).collect();
        for &number in rows {
            let Some(at) = self.position(number) else { continue };
            self.rows[at].cells.retain(|cell| !taken.contains(&(number, cell.column)));
        }
        let noted: HashSet<(u32, u16)> = block.attached.iter().map(|held| swapped((held.row, held.column))).collect();
        self.attached.retain(|held| !noted.contains(&(held.row, held.column)));
        block
    }

    /// Puts what was left of a turned part back where it stood.
    pub fn put_back(&mut self, block: Self) {
        for row in block.rows {
            for cell in row.cells {
                let (number, column) = swapped((row.row, cell.column));
                let Some(at) = self.position(number) else { continue };
                let cells = &mut self.rows[at].cells;
                let place = cells.partition_point(|other| other.column < column);
                cells.insert(place, RawCell { column, ..cell });
            }
        }
        self.attached.extend(block.attached.iter().map(turned_note));
        self.attached.sort_by_key(|held| (held.row, held.column));
    }
}

fn turned_note(held: &Attached) -> Attached {
    let (row, column) = swapped((held.row, held.column));
    Attached { row, column, text: held.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook;

    #[test]
    fn what_is_taken_out_turned_comes_back_to_its_place() {
        let mut sheet = workbook::pasted("Plan", "a\tb\tc\nd\t\te\nf\tg\th");
        sheet.attached.push(Attached { row: 2, column: 1, text: "seen".into() });
        let whole = sheet.clone();
        let block = sheet.take_turned(&[0, 2], &[0, 1]);
        let texts: Vec<(u32, u16, &str)> =
            block.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell.column, &*cell.text))).collect();
        assert_eq!(texts, [(0, 0, "a"), (0, 2, "f"), (1, 0, "b"), (1, 2, "g")]);
        assert_eq!((block.place(1, 2), sheet.filled(), sheet.attached.len()), ("Plan!B3".to_owned(), 4, 0));
        sheet.put_back(block);
        assert_eq!(sheet, whole);
    }
}
