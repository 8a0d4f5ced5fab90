//! How a table is to be read out of a sheet: where it stands, what it holds and what each column is. Data only; `read` acts on it.

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Reason};
use crate::{
    model::{ColumnId, Role, TableId, TableKind},
    workbook::RawSheet,
};

/// One column of a table to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Zero-based.
    pub column: u16,
    /// Its owner's words: `Timescale: Start` where the heading stands in two rows; empty where there is none.
    pub words: Box<str>,
    /// `None` for the owner's own column.
    pub role: Option<Role>,
    /// How sure the role is, 0 to 1.
    pub surety: f32,
    /// What speaks most for it.
    pub why: Reason,
    /// What else it may be, where that is nearly as likely; `Some(None)` is the owner's own column.
    #[serde(skip)]
    pub rival: Option<Option<Role>>,
    /// All that speaks for and against its roles.
    #[serde(skip)]
    pub evidence: Vec<Evidence>,
    /// The id of the column in the document that a return was written from.
    #[serde(skip)]
    pub key: Option<ColumnId>,
}

/// One table to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub sheet: String,
    pub kind: TableKind,
    /// The zero-based sheet rows of its first headings, both included; `None` where it has no header row.
    pub header: Option<(u32, u32)>,
    /// Its first row and column, zero-based: the header, or a section above it.
    pub first: (u32, u16),
    /// Its last row and column, zero-based and included.
    pub last: (u32, u16),
    /// The first row of what is said above it: a banner, labelled values, a key. Equal to its own first row where nothing is.
    pub above: u32,
    pub columns: Vec<Heading>,
    /// What each of its rows is where it lies on its side, a row a period and a column an indicator; `column` is then the sheet row.
    /// Empty for any other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turned: Vec<Heading>,
    /// Whether its rows follow those of the plan before it, each sheet's under a section of the sheet's name.
    pub joins: bool,
    /// Why it is not read: another sheet holds the same actions.
    #[serde(skip)]
    pub left_out: Option<LeftOut>,
    /// The id of the table in the document that a return was written from; its rows then have keys in the sheet.
    #[serde(skip)]
    pub key: Option<TableId>,
    /// The highest ids of rows and columns that document had given, so that none of them is given again.
    #[serde(skip)]
    pub given: (u32, u32),
}

/// What makes a table one that holds another's actions again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// It is of an earlier time.
    Earlier,
    /// It is hidden, or called old.
    Old,
    /// It holds some of what the other holds.
    Part,
    /// Nothing tells which of the two is the later.
    Untold,
    /// It is of a later time, of which there are no figures yet.
    Ahead,
}

/// Why a table is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub why: Sameness,
    /// The sheet whose actions it holds again, or the period of its indicators.
    pub of: String,
    /// How many of its actions the other holds too,
    pub shared: usize,
    /// and how many it has.
    pub actions: usize,
    /// The period of its indicators; `None` for actions.
    pub called: Option<Box<str>>,
}

impl LeftOut {
    /// Why it is left out, in a sentence about its sheet.
    #[must_use]
    pub fn words(&self, sheet: &str) -> String {
        let Self { why, of, shared, actions, called } = self;
        let sheet = called.as_deref().unwrap_or(sheet);
        let what = if called.is_some() { "KPI" } else { "action" };
        let held = match actions.saturating_sub(*shared) {
            0 if *actions == 1 => format!("1 {what}"),
            0 => format!("{actions} {what}s"),
            more => format!("{shared} of the {actions} {what}s (and {more} of its own)"),
        };
        match why {
            Sameness::Earlier => format!("“{sheet}” holds {held} of “{of}” as they stood earlier, so they are not counted twice."),
            Sameness::Old => format!("“{sheet}” is an old copy of “{of}” with {held}, so it is left out and they are not counted twice."),
            Sameness::Part => format!("“{sheet}” holds {held} that also stand on “{of}”, so they are not counted twice."),
            Sameness::Ahead => format!("“{sheet}” holds {held} of “{of}” without figures yet, so they are not counted twice."),
            Sameness::Untold => {
                format!(
                    "“{sheet}” and “{of}” hold the same actions; “{of}”, in which more is written, counts, and the {held} of the other do not."
                )
            }
        }
    }
}

impl Heading {
    /// Whether its owner chose its role.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.why == Reason::Chosen
    }
}

impl Outline {
    /// The column that plays a role first.
    #[must_use]
    pub fn column_of(&self, role: Role) -> Option<u16> {
        self.columns.iter().find(|heading| heading.role == Some(role)).map(|heading| heading.column)
    }

    /// Whether a cell stands in its rows and columns.
    #[must_use]
    pub fn holds(&self, row: u32, column: u16) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }

    /// Its first row of headings and its first column, by which it is known again.
    #[must_use]
    pub fn corner(&self) -> (u32, u16) {
        (self.header.map_or(self.first.0, |(first, _)| first), self.first.1)
    }

    /// Whether another outline shares a cell with it.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.sheet == other.sheet
            && self.first.0 <= other.last.0
            && other.first.0 <= self.last.0
            && self.first.1 <= other.last.1
            && other.first.1 <= self.last.1
    }

    /// The first row below the header.
    #[must_use]
    pub fn body(&self) -> u32 {
        self.header.map_or(self.first.0, |(_, last)| last + 1)
    }

    /// Gives a column a role by its owner's choice.
    pub fn choose(&mut self, column: u16, role: Option<Role>) {
        if let Some(heading) = self.columns.iter_mut().find(|heading| heading.column == column) {
            (heading.role, heading.surety, heading.why, heading.rival) = (role, 1.0, Reason::Chosen, None);
        }
    }

    /// The texts of its header's cells as they stand in the sheet, by column, to know the table again by.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<&str> {
        self.columns.iter().map(|heading| &*heading.words).collect()
    }
}

/// The outline of a sheet that holds a table, in a list.
#[must_use]
pub(super) fn grid_of<'grids>(outline: &Outline, grids: &'grids [RawSheet]) -> Option<&'grids RawSheet> {
    grids.iter().find(|grid| grid.sheet == outline.sheet)
}
