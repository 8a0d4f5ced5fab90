//! What of a workbook decides whether everyone can read it: the cells, tables, links and looks of each sheet. Judges nothing.

use super::looks::{Looks, Repainted};
use crate::{
    model::{Label, Marking, Stands},
    workbook::{
        Merge, OpenError,
        package::Package,
        parts::{Book, Element, SharedTexts, XmlStep, cell_at, label, page_texts, range, relations, walk, walk_while},
    },
};

/// From how many things of one kind on (merges, links, places with letters set high) the rest of a sheet is not remembered.
const MOST: usize = 10_000;
/// The width of a column of which nothing is said, in characters.
const USUAL_WIDTH: f64 = 8.43;

/// A workbook as the checks see it.
pub(super) struct Facts {
    pub sheets: Vec<SheetFacts>,
    pub looks: Looks,
    /// The sheet in front when it is opened.
    pub front: usize,
    pub title: String,
    pub author: String,
    pub language: String,
    pub macros: bool,
    /// The protective marking that it carries; empty for none.
    pub marking: String,
    texts: SharedTexts,
    /// The shared texts with letters set high, by their places.
    raised: Vec<usize>,
}

/// A sheet of it.
#[derive(Default)]
pub(super) struct SheetFacts {
    pub name: String,
    pub hidden: bool,
    /// In order.
    pub rows: Vec<RowFacts>,
    pub merges: Vec<Merge>,
    pub tables: Vec<TableFacts>,
    pub links: Vec<LinkFacts>,
    /// The texts of its headers and footers.
    pub page_texts: Vec<String>,
    /// What floats over its cells, in words: `a drawing`.
    pub floating: Vec<&'static str>,
    /// The cells whose colour is worked out with nothing in words beside it: scales, bars and signs.
    pub scales: Vec<Merge>,
    /// The cells painted by a rule, and how.
    pub painted: Vec<(Merge, Repainted)>,
    pub filter: bool,
    pub frozen: bool,
    pub hidden_columns: bool,
    /// Whether its first column is out of sight.
    pub first_hidden: bool,
    /// The cell that is selected, and the one that is seen at the top left: zero-based.
    pub cursor: (u32, u16),
    pub top_left: (u32, u16),
    /// The first and the last column with a width, in characters.
    widths: Vec<(u16, u16, f64)>,
}

/// A row with its cells, in order.
#[derive(Default)]
pub(super) struct RowFacts {
    /// Zero-based.
    pub row: u32,
    pub hidden: bool,
    pub cells: Vec<CellFacts>,
}

/// A cell that is filled.
pub(super) struct CellFacts {
    pub column: u16,
    pub look: usize,
    pub is_number: bool,
    held: Held,
}

enum Held {
    Shared(usize),
    Own(Box<str>),
}

/// A cell with its row.
pub(super) type Placed<'facts> = (u32, &'facts CellFacts);

/// A table as it is marked in the workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TableFacts {
    pub name: String,
    pub area: Option<Merge>,
    /// How many header rows it says it has.
    pub headers: u32,
    pub columns: Vec<String>,
    pub filter: bool,
    /// The style that colours it; empty for none.
    pub style: String,
}

/// A link of some cells.
pub(super) struct LinkFacts {
    pub area: Merge,
    /// The place within the workbook that it leads to; none where it leads outside.
    pub inside: Option<String>,
}

impl Facts {
    /// Reads a workbook's parts. `wanted` is asked at each sheet and every few hundred rows, and returns false to cancel.
    pub(super) fn read(bytes: &[u8], wanted: &dyn Fn() -> bool) -> Result<Self, OpenError> {
        let package = Package::open(bytes, wanted)?;
        let book = Book::read(&package)?;
        let strings = relations(&package, &book.part).into_iter().find(|relation| relation.kind == "sharedStrings");
        let strings = strings.and_then(|relation| package.part(&relation.target)).unwrap_or_default();
        let mut facts = Self {
            sheets: Vec::new(),
            looks: Looks::read(&package, &book),
            front: front(package.part(&book.part).unwrap_or_default()),
            title: core(&package, "title"),
            author: core(&package, "creator"),
            language: core(&package, "language"),
            macros: package.names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")),
            marking: String::new(),
            texts: SharedTexts::read(strings),
            raised: raised(strings),
        };
        for sheet in book.sheets.iter().filter(|sheet| sheet.part.is_some()) {
            let mut read = SheetFacts { name: sheet.name.clone(), hidden: sheet.hidden, ..SheetFacts::default() };
            let part = sheet.part.as_deref().unwrap_or_default();
            read_sheet(&mut read, &facts.looks, package.part(part).unwrap_or_default(), wanted);
            for relation in relations(&package, part) {
                match &*relation.kind {
                    "table" => read.tables.push(table(package.part(&relation.target).unwrap_or_default())),
                    "drawing" => read.floating.push("a drawing"),
                    "comments" => read.floating.push("notes attached to cells"),
                    "threadedComment" => read.floating.push("comments"),
                    "image" => read.floating.push("a picture"),
                    "oleObject" => read.floating.push("an embedded file"),
                    "control" | "ctrlProp" => read.floating.push("a button or another control"),
                    _ => {}
                }
            }
            if !wanted() {
                return Err(OpenError::Cancelled);
            }
            facts.sheets.push(read);
        }
        facts.marking = marking(&facts, label(&package));
        Ok(facts)
    }

    /// The text of a cell.
    pub(super) fn text<'facts>(&'facts self, cell: &'facts CellFacts) -> &'facts str {
        match &cell.held {
            Held::Shared(at) => self.texts.get(*at).unwrap_or_default(),
            Held::Own(text) => text,
        }
    }

    /// Whether letters of a cell are set high, as the number of a footnote is.
    pub(super) fn is_raised(&self, cell: &CellFacts) -> bool {
        let shared = matches!(cell.held, Held::Shared(at) if self.raised.binary_search(&at).is_ok());
        shared || self.looks.of(cell.look).raised
    }

    /// Whether anything is to be read in a cell.
    pub(super) fn is_filled(&self, cell: &CellFacts) -> bool {
        !self.text(cell).trim().is_empty()
    }
}

impl SheetFacts {
    /// Every cell with its row.
    pub(super) fn cells(&self) -> impl Iterator<Item = Placed<'_>> {
        self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell)))
    }

    /// A cell by its place.
    pub(super) fn cell(&self, row: u32, column: u16) -> Option<&CellFacts> {
        let cells = &self.row(row)?.cells;
        cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &cells[at])
    }

    /// The cells of a row.
    pub(super) fn row(&self, row: u32) -> Option<&RowFacts> {
        self.rows.binary_search_by_key(&row, |held| held.row).ok().map(|at| &self.rows[at])
    }

    /// The table that a cell is in.
    pub(super) fn table_at(&self, row: u32, column: u16) -> Option<&TableFacts> {
        self.tables.iter().find(|table| table.area.is_some_and(|area| holds(&area, row, column)))
    }

    /// The width of a column, in characters.
    pub(super) fn width(&self, column: u16) -> f64 {
        self.widths.iter().find(|(first, last, _)| (*first..=*last).contains(&column)).map_or(USUAL_WIDTH, |(.., width)| *width)
    }
}

/// Whether an area holds a cell.
pub(super) fn holds(area: &Merge, row: u32, column: u16) -> bool {
    (area.first.0..=area.last.0).contains(&row) && (area.first.1..=area.last.1).contains(&column)
}

/// The sheet that is in front.
fn front(book: &[u8]) -> usize {
    let mut front = 0;
    walk(book, |step| {
        if let XmlStep::Open(element) = step
            && element.name() == "workbookView"
        {
            front = element.number("activeTab").unwrap_or(0);
        }
    });
    front
}

/// A text of the document's properties.
fn core(package: &Package, wanted: &str) -> String {
    let (mut text, mut inside) = (String::new(), false);
    walk(package.part("docProps/core.xml").unwrap_or_default(), |step| match step {
        XmlStep::Open(element) => inside = element.name() == wanted,
        XmlStep::Text(more) if inside => text.push_str(more),
        XmlStep::Text(_) => {}
        XmlStep::Close(_) => inside = false,
    });
    text.trim().to_owned()
}

/// The places of the shared texts with letters set high.
fn raised(strings: &[u8]) -> Vec<usize> {
    if memchr::memmem::find(strings, b"superscript").is_none() {
        return Vec::new();
    }
    let (mut at, mut found) = (0, Vec::new());
    walk(strings, |step| match step {
        XmlStep::Open(element) if element.name() == "vertAlign" && element.says("val", "superscript") && found.len() < MOST => {
            found.push(at);
        }
        XmlStep::Close("si") => at += 1,
        _ => {}
    });
    found.dedup();
    found
}

/// The marking in the texts of pages, in cells outside the tables and in a label.
fn marking(facts: &Facts, label: Label) -> String {
    let mut lines: Vec<Box<str>> = Vec::new();
    for sheet in &facts.sheets {
        let pages = sheet.page_texts.iter().filter_map(|text| Marking::in_text(text, Stands::OnPage));
        let outside = sheet.cells().filter(|(row, cell)| sheet.table_at(*row, cell.column).is_none());
        let alone = outside.filter_map(|(_, cell)| Marking::in_text(facts.text(cell), Stands::Alone));
        lines.extend(pages.chain(alone).map(Into::into));
    }
    Marking::of(lines, label).map_or_else(String::new, |marking| marking.told())
}

/// A table's part.
fn table(part: &[u8]) -> TableFacts {
    let mut table = TableFacts { headers: 1, ..TableFacts::default() };
    walk(part, |step| {
        if let XmlStep::Open(element) = step {
            match element.name() {
                // An extension has an element of this name without a range.
                "table" if element.get("ref").is_some() => {
                    table.name = element.get("displayName").or_else(|| element.get("name")).unwrap_or_default();
                    table.area = element.get("ref").and_then(|text| range(&text));
                    table.headers = element.number("headerRowCount").unwrap_or(1);
                }
                "tableColumn" => table.columns.push(element.get("name").unwrap_or_default()),
                "autoFilter" => table.filter = true,
                "tableStyleInfo" => table.style = element.get("name").filter(|name| name != "None").unwrap_or_default(),
                _ => {}
            }
        }
    });
    table
}

/// What is being read of a cell.
#[derive(Default)]
struct Reading {
    kind: String,
    text: String,
    inside: bool,
    /// Whether a header or footer is being read.
    on_page: bool,
    /// Where the rules that are being read hold.
    rules: Vec<Merge>,
}

fn read_sheet(sheet: &mut SheetFacts, looks: &Looks, part: &[u8], wanted: &dyn Fn() -> bool) {
    const STEP: usize = 500;
    let mut reading = Reading::default();
    walk_while(part, |step| {
        match step {
            XmlStep::Open(element) => open(sheet, looks, &mut reading, &element),
            XmlStep::Text(text) if reading.inside || reading.on_page => reading.text.push_str(text),
            XmlStep::Text(_) => {}
            XmlStep::Close("row") => return !sheet.rows.len().is_multiple_of(STEP) || wanted(),
            XmlStep::Close(name) => close(sheet, &mut reading, name),
        }
        true
    });
    sheet.rows.iter_mut().for_each(|row| row.cells.sort_by_key(|cell| cell.column));
    sheet.rows.sort_by_key(|row| row.row);
}

fn open(sheet: &mut SheetFacts, looks: &Looks, reading: &mut Reading, element: &Element<'_>) {
    let area = || element.get("ref").and_then(|text| range(&text));
    match element.name() {
        "row" => {
            let after = sheet.rows.last().map_or(0, |row| row.row + 1);
            let row = element.number::<u32>("r").map_or(after, |row| row.saturating_sub(1));
            sheet.rows.push(RowFacts { row, hidden: element.is("hidden"), cells: Vec::new() });
        }
        "c" => open_cell(sheet, reading, element),
        "v" | "t" => reading.inside = !reading.on_page,
        "col" => {
            let first = element.number::<u16>("min").unwrap_or(1).saturating_sub(1);
            let last = element.number::<u16>("max").unwrap_or(first + 1).saturating_sub(1);
            sheet.hidden_columns |= element.is("hidden");
            sheet.first_hidden |= element.is("hidden") && first == 0;
            if sheet.widths.len() < MOST {
                sheet.widths.push((first, last, element.get("width").and_then(|width| width.parse().ok()).unwrap_or(USUAL_WIDTH)));
            }
        }
        "mergeCell" => sheet.merges.extend(area().filter(|_| sheet.merges.len() < MOST)),
        "hyperlink" => {
            if let Some(area) = area().filter(|_| sheet.links.len() < MOST) {
                let outside = element.get("id").is_some();
                sheet.links.push(LinkFacts { area, inside: element.get("location").filter(|_| !outside) });
            }
        }
        "autoFilter" => sheet.filter = true,
        "pane" => sheet.frozen |= element.get("state").is_some_and(|state| state.starts_with("frozen")),
        "sheetView" => sheet.top_left = element.get("topLeftCell").and_then(|text| cell_at(&text)).unwrap_or_default(),
        "selection" => sheet.cursor = element.get("activeCell").and_then(|text| cell_at(&text)).unwrap_or_default(),
        name if name.ends_with("Header") || name.ends_with("Footer") => {
            (reading.on_page, reading.text) = (name != "headerFooter", String::new());
        }
        "conditionalFormatting" => {
            reading.rules = element.get("sqref").unwrap_or_default().split_whitespace().filter_map(range).take(MOST).collect();
        }
        "colorScale" | "dataBar" | "iconSet" => sheet.scales.extend(reading.rules.iter().take(MOST)),
        "cfRule" => {
            if let Some(paint) = element.number("dxfId").and_then(|at: usize| looks.repainted(at)).filter(|_| sheet.painted.len() < MOST) {
                sheet.painted.extend(reading.rules.iter().map(|area| (*area, paint)));
            }
        }
        _ => {}
    }
}

fn open_cell(sheet: &mut SheetFacts, reading: &mut Reading, element: &Element<'_>) {
    reading.kind = element.get("t").unwrap_or_default();
    reading.text.clear();
    let Some(row) = sheet.rows.last_mut() else { return };
    let after = row.cells.last().map_or(0, |cell| cell.column.saturating_add(1));
    let column = element.get("r").and_then(|text| cell_at(&text)).map_or(after, |(_, column)| column);
    let look = element.number("s").unwrap_or(0);
    row.cells.push(CellFacts { column, look, is_number: false, held: Held::Own(Box::default()) });
}

fn close(sheet: &mut SheetFacts, reading: &mut Reading, name: &str) {
    match name {
        "v" | "t" => reading.inside = false,
        "c" => {
            let Some(cell) = sheet.rows.last_mut().and_then(|row| row.cells.last_mut()) else { return };
            let text = std::mem::take(&mut reading.text);
            cell.is_number = matches!(&*reading.kind, "" | "n") && !text.is_empty();
            cell.held = match (&*reading.kind, text.trim().parse()) {
                ("s", Ok(at)) => Held::Shared(at),
                _ => Held::Own(text.into()),
            };
        }
        name if reading.on_page && (name.ends_with("Header") || name.ends_with("Footer")) => {
            sheet.page_texts.extend(written_on_page(&reading.text));
            (reading.on_page, reading.text) = (false, String::new());
        }
        _ => {}
    }
}

/// What a header or footer holds: its texts, or that it has a field such as the page's number.
fn written_on_page(text: &str) -> Vec<String> {
    let texts = page_texts(text);
    if texts.is_empty() && !text.trim().is_empty() { vec!["a page number or another field".to_owned()] } else { texts }
}
