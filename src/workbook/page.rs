//! A sheet to write, as plain data: what stands where and how it looks. Knows nothing of plans or of the library that writes it.

use crate::model::{Named, Stored, kinds::Side};

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    pub bold: bool,
    pub underline: bool,
    /// In points; 0 for the usual size.
    pub size: u8,
    pub colour: Option<u32>,
    pub fill: Option<u32>,
    pub wrap: bool,
    /// Which side the text keeps to; by what it is where none is given.
    pub side: Option<Side>,
    pub border: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<'doc> {
    Text(&'doc str),
    Owned(String),
    /// A text that leads to the first cell of a sheet.
    Link {
        text: String,
        sheet: String,
    },
    Stored(Stored),
    /// A formula with what it gives now.
    Formula {
        formula: String,
        now: Stored,
    },
    Blank,
}

/// One cell to write; `look` is an index into the page's looks.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCell<'doc> {
    pub row: u32,
    pub column: u16,
    pub content: Content<'doc>,
    pub look: usize,
}

/// A rectangle of cells, both ends included, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub first_row: u32,
    pub first_column: u16,
    pub last_row: u32,
    pub last_column: u16,
}

/// A list a cell's value is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    pub area: Area,
    pub values: Vec<String>,
}

/// Cells that are coloured by their own words: a conditional format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloured {
    pub area: Area,
    /// In capitals or not is all the same; what stands around a word is not.
    pub words: Vec<String>,
    /// An index into the page's looks.
    pub look: usize,
}

/// Cells that are coloured by the numbers they hold: a conditional format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Banded {
    pub area: Area,
    /// The lowest and the highest number, both included.
    pub from: f64,
    pub to: f64,
    /// An index into the page's looks.
    pub look: usize,
}

/// One series of a native chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub categories: Area,
    pub values: Area,
    pub colour: u32,
}

/// A note beside a cell, which a reader sees on asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRemark {
    pub row: u32,
    pub column: u16,
    pub text: &'static str,
}

/// How a native chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageChartKind {
    StackedColumns,
    /// One bar of all series, one behind the other.
    StackedBar,
    /// Bars with the last series drawn as target marks.
    BarsAgainstTarget,
}

/// A native chart beside or below the cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageChart {
    pub kind: PageChartKind,
    pub title: String,
    /// Read out by a screen reader.
    pub alt_text: String,
    pub row: u32,
    pub column: u16,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub series: Vec<Series>,
    /// Where the series' cells stand, when on another page.
    pub data_sheet: Option<String>,
    /// What the categories are, below their axis.
    pub category_title: String,
    /// What the values are, beside their axis.
    pub value_title: String,
    /// The number format of the values' axis.
    pub value_format: String,
    /// Whether the values' axis begins at zero; it must not where a value is below.
    pub from_zero: bool,
    /// How far right of the beginning of its column, in pixels.
    pub left: u32,
}

/// What a sheet is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MadeFor {
    /// To be worked in, sorted and filtered, and printed on as many sheets of paper as it takes.
    #[default]
    Work,
    /// To be published for everyone to read: with no header or footer, and no filters.
    Publication,
    /// To be read on one sheet of A4 on its side, however much stands on it.
    OnePage,
}

/// A sheet to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<'doc> {
    pub name: String,
    pub looks: Vec<Look>,
    /// In rising row order.
    pub cells: Vec<PageCell<'doc>>,
    pub merges: Vec<Area>,
    /// Column widths in characters, from the first column.
    pub widths: Vec<f64>,
    /// In rising order.
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u16>,
    pub choices: Vec<Choices>,
    pub coloured: Vec<Coloured>,
    pub banded: Vec<Banded>,
    /// Rows and columns that stay in view.
    pub freeze: Option<(u32, u16)>,
    pub autofilter: Option<Area>,
    /// Tables of Excel's own, each with one row of headings at its top, no two of which are the same, and no merged cells.
    pub tables: Vec<Area>,
    /// The rows that no end of a printed page parts, each from a first to a last, in rising order.
    pub kept_together: Vec<(u32, u32)>,
    /// Notes beside cells.
    pub remarks: Vec<PageRemark>,
    /// The rows repeated at the top of each printed page, both included.
    pub repeat_rows: Option<(u32, u32)>,
    pub charts: Vec<PageChart>,
    /// Whether it is out of sight until someone asks for it.
    pub hidden: bool,
    pub made_for: MadeFor,
}

/// What a workbook says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    pub title: String,
    pub subject: String,
    pub author: String,
    pub comment: String,
    /// The protective marking that stands on every page; empty for none.
    pub marking: String,
    /// Properties of the program's own or of a label, by name.
    pub custom: Vec<(String, String)>,
    /// The sensitivity labels of the newer place, each with its attributes.
    pub labels: Vec<Vec<Named>>,
}
