//! What a paper is made of: blocks of words, tables and figures, with the colours they are drawn in. Lays nothing out.

use crate::model::{Sign, kinds::Side};

/// A colour, 0xRRGGBB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Colour(pub u32);

/// Which way the pages lie. Every page is A4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// The colours of what is no block's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub text: Colour,
    pub muted: Colour,
    pub accent: Colour,
    pub hairline: Colour,
    /// Behind headings of tables.
    pub panel: Colour,
}

/// A document for paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// What the file is called by those who open it, and the first heading.
    pub title: String,
    /// Empty where nobody is named.
    pub author: String,
    /// As in `en-GB`.
    pub language: String,
    /// The protective marking at the top and bottom of every page; empty where there is none.
    pub marking: String,
    /// What stands at the top of every page but the first.
    pub running: String,
    /// By which a file that was written from it is known again; empty where nothing tells.
    pub identity: String,
    pub orientation: Orientation,
    pub palette: Palette,
    pub blocks: Vec<Block>,
}

/// A part of a paper, from the top down.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading and a bookmark. Level 1 is the paper's title; no level is passed over, however it is asked for.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        look: Look,
        text: String,
    },
    /// Points, one a line.
    List(Vec<String>),
    /// Names with what belongs to them, such as an owner.
    Facts(Vec<(String, String)>),
    Table(Table),
    Figure(Figure),
    /// Figures in boxes, side by side.
    Tiles(Vec<Tile>),
    /// Blocks side by side, read column by column. They stand below one another where a page is too short for them.
    Columns(Vec<Vec<Block>>),
    PageBreak,
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// Smaller and greyer: what explains or bounds what stands above it.
    Muted,
    Strong,
}

/// A table, whose header row stands on each page it reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows, for those who cannot see it.
    pub summary: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    pub width: Width,
    pub side: Side,
    /// Whether its cells name their rows.
    pub names_row: bool,
}

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// As wide as its longest line, within reason.
    Fit,
    /// A share of what is left beside the others, the larger the more stands in it.
    Share(f32),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A cell a column; those that are missing are blank.
    Cells(Vec<Cell>),
    /// A heading over the rows below it, as wide as the table.
    Band(String),
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    /// The shape before its text, so that colour never stands alone.
    pub sign: Option<Signed>,
    pub fill: Option<Colour>,
    pub strong: bool,
}

/// A shape in a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    pub sign: Sign,
    pub colour: Colour,
}

/// A drawing with what it shows in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub drawing: Drawing,
    pub alt: String,
}

/// Plain shapes in a frame. Lengths are in points, from the frame's upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    pub shapes: Vec<Shape>,
}

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: Colour,
    },
    Line {
        points: Vec<(f32, f32)>,
        colour: Colour,
        width: f32,
    },
    Sign {
        x: f32,
        y: f32,
        radius: f32,
        signed: Signed,
    },
    /// One line of text whose side lies at `x` and whose middle at `y`; shortened with `…` where it is wider than `most`.
    Text {
        x: f32,
        y: f32,
        text: String,
        size: f32,
        strong: bool,
        colour: Colour,
        side: Side,
        most: f32,
    },
}

/// A figure in a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What is counted or measured.
    pub label: String,
    pub figure: String,
    pub sign: Option<Signed>,
    /// What the sign says, and what else belongs to the figure.
    pub about: String,
}

impl Paper {
    /// How wide and high a page is, in points.
    #[must_use]
    pub(super) fn page_size(&self) -> (f32, f32) {
        match self.orientation {
            Orientation::Portrait => (595.28, 841.89),
            Orientation::Landscape => (841.89, 595.28),
        }
    }
}

impl Orientation {
    /// How wide a block is on its page, in points.
    #[must_use]
    pub fn width(self) -> f32 {
        match self {
            Self::Portrait => 595.28 - 2.0 * Self::SIDE,
            Self::Landscape => 841.89 - 2.0 * Self::SIDE,
        }
    }

    /// The margin on either side.
    pub(super) const SIDE: f32 = 40.0;

    /// How wide each of several columns is, in points.
    #[must_use]
    pub fn column_width(self, count: usize) -> f32 {
        column_width(self.width(), count)
    }
}

/// The space between two columns.
pub(super) const COLUMN_GAP: f32 = 20.0;

pub(super) fn column_width(width: f32, count: usize) -> f32 {
    let count = count.max(1) as f32;
    (width - COLUMN_GAP * (count - 1.0)) / count
}

impl Cell {
    /// A cell of words alone.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same in strong letters.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }
}

impl Column {
    /// A column of words that shares the room that is left.
    #[must_use]
    pub fn shared(heading: impl Into<String>, share: f32) -> Self {
        Self { heading: heading.into(), width: Width::Share(share), side: Side::Left, names_row: false }
    }

    /// A column as wide as what stands in it.
    #[must_use]
    pub fn fitted(heading: impl Into<String>, side: Side) -> Self {
        Self { heading: heading.into(), width: Width::Fit, side, names_row: false }
    }

    /// The same, whose cells name their rows.
    #[must_use]
    pub fn naming(self) -> Self {
        Self { names_row: true, ..self }
    }
}
