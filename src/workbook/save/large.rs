//! Pages of many cells: which of them the library writes, and the rows with all others, piece by piece. Holds no text twice.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    finish::height_words,
    library::{LibraryRow, LibrarySheet},
    needs_quoting,
    shared::SharedTexts,
};
use crate::{
    model::{
        column_letters,
        excel::{LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, MOST_STYLES},
    },
    workbook::{
        page::{Area, Content, Page, PageCell},
        row_heights::RowHeight,
    },
};

/// From how many cells on a page is large: fewer are written by the library before one could look up.
pub(super) const LARGE: usize = 20_000;
/// About how many cells are packed at a time.
const PIECE: usize = 1 << 14;

/// A page whose cells are written here, but for those the library has to know: of each style one, of each edge of the sheet one, those it
/// draws in charts, formulas and links. What the library writes besides, such as the cells below a merge, stays.
pub(super) struct LargePage<'page> {
    /// Its place among the pages.
    pub place: usize,
    page: &'page Page<'page>,
    /// What is written of each cell.
    cells: Vec<Planned>,
    /// For each style a cell the library writes in it.
    samples: Vec<(u32, u16)>,
}

/// What is written of a cell, with the places of its style and its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Planned {
    ByLibrary,
    Text { style: u16, text: u32 },
    Number { style: u16 },
    Blank { style: u16 },
}

/// What tells a cell's style, and whether it has a text.
#[derive(PartialEq, Eq, Hash)]
enum Dress<'page> {
    Text { look: usize, quoted: bool },
    Number { look: usize, format: &'page Arc<str> },
    Blank { look: usize },
}

impl<'page> LargePage<'page> {
    /// Plans a page of at least so many cells; `None` where it is smaller, or its cells are not in rising order. `charted` are the cells
    /// of it that charts draw.
    pub(super) fn plan(
        place: usize,
        page: &'page Page<'page>,
        least: usize,
        charted: &[Area],
        texts: &mut SharedTexts<'page>,
    ) -> Option<Self> {
        if page.cells.len() < least || !page.cells.is_sorted_by(|a, b| (a.row, a.column) < (b.row, b.column)) {
            return None;
        }
        let edges = [page.cells.len() - 1, edge(page, |cell| cell.column), edge(page, |cell| u16::MAX - cell.column)];
        let mut large = Self { place, page, cells: Vec::with_capacity(page.cells.len()), samples: Vec::new() };
        let mut styles: HashMap<Dress<'page>, u16> = HashMap::new();
        for (at, cell) in page.cells.iter().enumerate() {
            let shown = at == 0 || edges.contains(&at) || charted.iter().any(|area| holds(area, cell));
            let planned = match dress(cell).filter(|_| !shown) {
                Some(dress) => match styles.get(&dress) {
                    Some(style) => planned(*style, cell, texts),
                    None => {
                        if styles.len() < MOST_STYLES {
                            styles.insert(dress, styles.len() as u16);
                            large.samples.push((cell.row, cell.column));
                        }
                        Planned::ByLibrary
                    }
                },
                None => Planned::ByLibrary,
            };
            large.cells.push(planned);
        }
        Some(large)
    }

    /// The cells the library writes.
    pub(super) fn by_library(&self) -> impl Iterator<Item = &'page PageCell<'page>> {
        self.page.cells.iter().zip(&self.cells).filter(|(_, planned)| **planned == Planned::ByLibrary).map(|(cell, _)| cell)
    }
}

/// The first cell whose figure is the lowest.
fn edge(page: &Page<'_>, figure: impl Fn(&PageCell<'_>) -> u16) -> usize {
    (0..page.cells.len()).min_by_key(|at| figure(&page.cells[*at])).unwrap_or(0)
}

fn holds(area: &Area, cell: &PageCell<'_>) -> bool {
    (area.first_row..=area.last_row).contains(&cell.row) && (area.first_column..=area.last_column).contains(&cell.column)
}

/// How a cell is dressed; `None` for what is left to the library: formulas, links, and what Excel does not hold, which it refuses.
fn dress<'page>(cell: &'page PageCell<'page>) -> Option<Dress<'page>> {
    let look = cell.look;
    if cell.row >= MOST_ROWS || u32::from(cell.column) >= MOST_COLUMNS {
        return None;
    }
    match &cell.content {
        Content::Stored(stored) => stored.number.is_finite().then_some(Dress::Number { look, format: &stored.format }),
        Content::Formula { .. } | Content::Link { .. } => None,
        Content::Blank => Some(Dress::Blank { look }),
        Content::Text(_) | Content::Owned(_) => match text_of(cell) {
            "" => Some(Dress::Blank { look }),
            text if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT => None,
            text => Some(Dress::Text { look, quoted: needs_quoting(text) }),
        },
    }
}

fn text_of<'page>(cell: &'page PageCell<'page>) -> &'page str {
    match &cell.content {
        Content::Text(text) => text,
        Content::Owned(text) => text,
        Content::Stored(_) | Content::Formula { .. } | Content::Link { .. } | Content::Blank => "",
    }
}

fn planned<'page>(style: u16, cell: &'page PageCell<'page>, texts: &mut SharedTexts<'page>) -> Planned {
    match (&cell.content, text_of(cell)) {
        (Content::Stored(_), _) => Planned::Number { style },
        (_, "") => Planned::Blank { style },
        (_, text) => Planned::Text { style, text: texts.number(text) },
    }
}

/// The part of a large page, to be written piece by piece.
pub(super) struct SheetText<'page, 'part> {
    large: &'page LargePage<'page>,
    library: LibrarySheet<'part>,
    /// How many texts of the library stand before those of the pages.
    first_text: u32,
    heights: &'page [RowHeight],
    /// Each as a cell says it.
    styles: Vec<String>,
    letters: Vec<String>,
    /// The rows of each.
    pieces: Vec<Range<u32>>,
}

impl<'page, 'part> SheetText<'page, 'part> {
    /// Fits a page into the part that the library wrote of it; `None` where that is not as it writes them.
    pub(super) fn new(large: &'page LargePage<'page>, part: &'part str, first_text: u32, heights: &'page [RowHeight]) -> Option<Self> {
        let library = LibrarySheet::read(part)?;
        let styles = large.samples.iter().map(|(row, column)| Some(format!("\" s=\"{}", library.style(*row, *column)?)));
        let styles = styles.collect::<Option<Vec<_>>>()?;
        let columns = large.page.cells.iter().map(|cell| u32::from(cell.column) + 1).max().unwrap_or(0);
        let mut ends: Vec<u32> = large.page.cells.iter().step_by(PIECE).skip(1).map(|cell| cell.row).collect();
        ends.dedup();
        let pieces = [0].into_iter().chain(ends.clone()).zip(ends.into_iter().chain([u32::MAX])).map(|(from, to)| from..to).collect();
        Some(Self { large, library, first_text, heights, styles, letters: (0..columns).map(column_letters).collect(), pieces })
    }

    /// How many pieces it has.
    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Writes a piece; how many rows it has.
    pub(super) fn write(&self, piece: usize, into: &mut Vec<u8>) -> usize {
        let rows = self.pieces[piece].clone();
        if piece == 0 {
            into.extend_from_slice(self.library.head.as_bytes());
        }
        let cells = &self.large.page.cells;
        let mut cells = cells.partition_point(|cell| cell.row < rows.start)..cells.partition_point(|cell| cell.row < rows.end);
        let held = &self.library.rows;
        let mut held = &held[held.partition_point(|held| held.row < rows.start)..held.partition_point(|held| held.row < rows.end)];
        let mut count = 0;
        while let Some(row) =
            self.large.page.cells[cells.clone()].first().map(|cell| cell.row).into_iter().chain(held.first().map(|held| held.row)).min()
        {
            let here = self.large.page.cells[cells.clone()].iter().take_while(|cell| cell.row == row).count();
            let library = held.split_first().filter(|(first, _)| first.row == row);
            self.write_row(row, cells.start..cells.start + here, library.map(|(first, _)| first), into);
            cells.start += here;
            held = library.map_or(held, |(_, rest)| rest);
            count += usize::from(here > 0);
        }
        if piece + 1 == self.pieces.len() {
            into.extend_from_slice(self.library.tail.as_bytes());
        }
        count
    }

    /// Writes a row: its cells, and between them those the library wrote.
    fn write_row(&self, row: u32, cells: Range<usize>, library: Option<&LibraryRow<'_>>, into: &mut Vec<u8>) {
        let number = (row + 1).to_string();
        into.extend_from_slice(b"<row r=\"");
        into.extend_from_slice(number.as_bytes());
        into.push(b'"');
        if let Ok(at) = self.heights.binary_search_by_key(&row, |height| height.row) {
            into.extend_from_slice(height_words(&self.heights[at]).as_bytes());
        }
        into.extend_from_slice(library.map_or("", |library| &library.attributes).as_bytes());
        into.push(b'>');
        let mut theirs = library.into_iter().flat_map(LibraryRow::cells).peekable();
        for at in cells {
            let (cell, planned) = (&self.large.page.cells[at], self.large.cells[at]);
            while let Some((_, text)) = theirs.next_if(|(column, _)| *column < cell.column) {
                into.extend_from_slice(text.as_bytes());
            }
            if planned != Planned::ByLibrary {
                // Below a merge the library has a cell of its own.
                theirs.next_if(|(column, _)| *column == cell.column);
                self.write_cell(cell, planned, &number, into);
            }
        }
        theirs.for_each(|(_, text)| into.extend_from_slice(text.as_bytes()));
        into.extend_from_slice(b"</row>");
    }

    fn write_cell(&self, cell: &PageCell<'_>, planned: Planned, row: &str, into: &mut Vec<u8>) {
        let mut begin = |style: u16, rest: &str| {
            into.extend_from_slice(b"<c r=\"");
            for text in [&self.letters[usize::from(cell.column)], row, &self.styles[usize::from(style)], rest] {
                into.extend_from_slice(text.as_bytes());
            }
        };
        match (planned, &cell.content) {
            (Planned::Text { style, text }, _) => {
                begin(style, "\" t=\"s\"><v>");
                into.extend_from_slice((self.first_text + text).to_string().as_bytes());
                into.extend_from_slice(b"</v></c>");
            }
            (Planned::Number { style }, Content::Stored(stored)) => {
                begin(style, "\"><v>");
                into.extend_from_slice(stored.number.to_string().as_bytes());
                into.extend_from_slice(b"</v></c>");
            }
            (Planned::Blank { style } | Planned::Number { style }, _) => begin(style, "\"/>"),
            (Planned::ByLibrary, _) => {}
        }
    }
}
