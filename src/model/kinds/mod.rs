//! The kinds of column, one file each: how a text is read, what typing makes of it, which editor it wants.

mod amount;
mod bounds;
mod date;
mod date_forms;
mod figure;
mod number;
mod status;
mod text;

use serde::{Deserialize, Serialize};

use super::{Cell, Status, Stored, Value};

pub use date::{following, moved, moved_to, parse_when, write_date};
pub use date_forms::{ambiguous_day_month, leading_numbers, listed_dates};
pub use number::{Decimal, decimal_of};

/// What a column's cells are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A reference such as 1.2.1: text, even when it looks like a number.
    Ref,
    /// Words, over several lines.
    #[default]
    Paragraph,
    /// A date in any form a plan uses.
    Date,
    /// A RAG status.
    Status,
    /// A KPI value or target.
    Figure,
    /// A count or a score.
    Number,
}

/// The editor a cell is typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// One line of text.
    Line,
    /// Text over several lines.
    Paragraph,
    /// One line of text with a calendar beside it.
    Date,
    /// A choice of statuses.
    Statuses,
}

/// Which side a cell's text keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    Left,
    Centre,
    Right,
}

impl Kind {
    /// What a text read from a workbook, or its stored number, is understood to be.
    #[must_use]
    pub fn value(self, text: &str, stored: Option<&Stored>) -> Value {
        if text.is_empty() {
            return Value::Blank;
        }
        match self {
            Self::Ref | Self::Paragraph => text::value(stored),
            Self::Date => date::value(text, stored),
            Self::Status => status::value(text, stored),
            Self::Figure => figure::value(text, stored),
            Self::Number => number::value(text, stored),
        }
    }

    /// What a text is understood to be in a table whose figures have a decimal comma.
    #[must_use]
    pub fn value_with_commas(self, text: &str) -> Value {
        match self {
            Self::Figure => figure::parse(text, Decimal::Comma).map_or(Value::Text, Value::Figure),
            Self::Number => number::spelled(text, Decimal::Comma).map_or_else(|| self.value(text, None), Value::Number),
            Self::Ref | Self::Paragraph | Self::Date | Self::Status => self.value(text, None),
        }
    }

    /// A cell as read from a workbook.
    #[must_use]
    pub fn read(self, text: Box<str>, stored: Option<Stored>) -> Cell {
        let value = self.value(&text, stored.as_ref());
        Cell { text, value, format: stored.map(|stored| stored.format), formula: false }
    }

    /// The cell that typing a text makes: dates and figures become real ones where they are clear, all else stays as typed.
    #[must_use]
    pub fn enter(self, typed: &str) -> Cell {
        let typed = typed.trim_end();
        match self {
            Self::Ref | Self::Paragraph => Cell::text(typed),
            Self::Date => date::enter(typed),
            Self::Status => status::enter(typed),
            Self::Figure => figure::enter(typed),
            Self::Number => number::enter(typed),
        }
    }

    /// The editor its cells open.
    #[must_use]
    pub fn editor(self) -> Editor {
        match self {
            Self::Ref | Self::Figure | Self::Number => Editor::Line,
            Self::Paragraph => Editor::Paragraph,
            Self::Date => Editor::Date,
            Self::Status => Editor::Statuses,
        }
    }

    /// The side its texts keep to.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Ref | Self::Paragraph | Self::Date => Side::Left,
            Self::Status => Side::Centre,
            Self::Figure | Self::Number => Side::Right,
        }
    }

    /// Whether a filled cell was not understood as what its column holds, and is kept as text.
    #[must_use]
    pub fn is_kept_as_text(self, cell: &Cell) -> bool {
        let number = matches!(self, Self::Figure | Self::Number) && cell.value == Value::Text;
        number || self.doubt(cell).is_some()
    }

    /// Why a cell's text was not understood as what its column holds; `None` when it was, or when nothing is asked of it.
    #[must_use]
    pub fn doubt(self, cell: &Cell) -> Option<String> {
        match (self, cell.value) {
            (_, Value::Text) | (Self::Date, Value::Number(_)) => {}
            _ => return None,
        }
        match self {
            // `TBC` says that there is no date yet.
            Self::Date if date::is_undated(&cell.text) => None,
            Self::Date => Some(format!("“{}” is not a date that can be told", cell.text)),
            Self::Status => Some(format!("“{}” is not one of the statuses {}", cell.text, status_words())),
            Self::Ref | Self::Paragraph | Self::Figure | Self::Number => None,
        }
    }
}

/// The status words, for a message.
fn status_words() -> String {
    Status::ALL.map(Status::word).join(", ")
}
