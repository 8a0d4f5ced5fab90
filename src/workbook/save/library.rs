//! What the library wrote of a large sheet: what stands around its rows, its rows and the styles of their cells. Writes nothing.

use super::super::cell_at;

/// The part of a sheet as the library wrote it.
pub(super) struct LibrarySheet<'part> {
    /// Up to the first row, and from behind the last on.
    pub head: &'part str,
    pub tail: &'part str,
    /// From the top.
    pub rows: Vec<LibraryRow<'part>>,
}

/// A row the library wrote.
pub(super) struct LibraryRow<'part> {
    /// Zero-based.
    pub row: u32,
    /// Its attributes but for its number and the columns it reaches over, each with a space before it.
    pub attributes: String,
    cells: &'part str,
}

impl<'part> LibrarySheet<'part> {
    /// Takes a part apart; `None` where it is not as the library writes it.
    pub(super) fn read(part: &'part str) -> Option<Self> {
        const OPEN: &str = "<sheetData>";
        let open = part.find(OPEN)? + OPEN.len();
        let close = part.rfind("</sheetData>").filter(|close| *close >= open)?;
        let (mut rows, mut rest) = (Vec::new(), &part[open..close]);
        while !rest.is_empty() {
            let (tag, behind) = rest.strip_prefix("<row ")?.split_once('>')?;
            let (cells, behind) = if tag.ends_with('/') { ("", behind) } else { behind.split_once("</row>")? };
            rest = behind;
            let tag = tag.trim_end_matches('/');
            let number: u32 = attribute(tag, "r")?.parse().ok()?;
            let kept = tag.split_inclusive('"').collect::<Vec<_>>();
            // An attribute is its name with the opening mark and its value with the closing one.
            let kept = kept.chunks(2).filter(|pair| !["r=\"", "spans=\""].contains(&pair[0].trim_start()));
            let attributes = kept.map(|pair| format!(" {}", pair.concat().trim_start())).collect();
            rows.push(LibraryRow { row: number.checked_sub(1)?, attributes, cells });
        }
        Some(Self { head: &part[..open], tail: &part[close..], rows })
    }

    /// The style of a cell the library wrote, as it stands there.
    pub(super) fn style(&self, row: u32, column: u16) -> Option<&'part str> {
        let at = self.rows.binary_search_by_key(&row, |held| held.row).ok()?;
        let (_, cell) = self.rows[at].cells().find(|(held, _)| *held == column)?;
        attribute(cell.split('>').next()?, "s")
    }
}

impl<'part> LibraryRow<'part> {
    /// Its cells as they are written, from the left, each with its column.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u16, &'part str)> + use<'part> {
        let mut rest = self.cells;
        std::iter::from_fn(move || {
            let next = rest.get(1..)?.find("<c ").map_or(rest.len(), |next| next + 1);
            let (cell, behind) = rest.split_at(next);
            rest = behind;
            let (_, column) = cell_at(attribute(cell, "r")?)?;
            Some((column, cell))
        })
    }
}

/// An attribute as it is written.
fn attribute<'part>(tag: &'part str, name: &str) -> Option<&'part str> {
    let found =
        tag.match_indices(name).find(|(at, _)| (*at == 0 || tag.as_bytes()[at - 1] == b' ') && tag[at + name.len()..].starts_with("=\""));
    tag[found?.0 + name.len() + 2..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_are_told_apart() {
        let part = "<worksheet><dimension ref=\"A1:C9\"/><sheetData><row r=\"1\" spans=\"1:3\" ht=\"30\" customHeight=\"1\">\
                    <c r=\"A1\" s=\"4\"><f>\"&lt;c r=\"&amp;A2</f><v>1</v></c><c r=\"C1\"/></row><row r=\"9\" hidden=\"1\"/></sheetData><mergeCells/></worksheet>";
        let sheet = LibrarySheet::read(part).unwrap();
        assert!(sheet.head.ends_with("<sheetData>") && sheet.tail == "</sheetData><mergeCells/></worksheet>");
        let rows: Vec<_> =
            sheet.rows.iter().map(|row| (row.row, &*row.attributes, row.cells().map(|(column, _)| column).collect())).collect();
        assert_eq!(rows, [(0, " ht=\"30\" customHeight=\"1\"", vec![0, 2]), (8, " hidden=\"1\"", vec![])]);
        assert_eq!((sheet.style(0, 0), sheet.style(0, 2), sheet.style(4, 0)), (Some("4"), None, None));
        assert!(LibrarySheet::read("<worksheet><sheetData/></worksheet>").is_none());
    }
}
