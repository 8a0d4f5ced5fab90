//! One cell: the owner's text, what it was understood to be, and the number format it is stored with.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Figure, Status, Unit, When, number_format::serial_from_date, show_number};

/// What a cell's text was understood to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing stands in the cell.
    #[default]
    Blank,
    /// The cell continues the one above it (a vertical merge).
    Merged,
    /// Words, or something not understood as what its column holds.
    Text,
    Number(f64),
    When(When),
    Status(Status),
    Figure(Figure),
}

/// A number as a workbook stores it, with the format it is shown in.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// A plain number, or days since 30 December 1899 for a date.
    pub number: f64,
    /// An Excel number format such as `0%` or `mmm-yy`.
    pub format: Arc<str>,
}

/// One cell of a table or one value of its header.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// As its owner sees it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub text: Box<str>,
    #[serde(default, skip_serializing_if = "is_blank")]
    pub value: Value,
    /// The Excel number format, for a cell stored as a number or a date; text has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Arc<str>>,
    /// Whether a formula gave it in the workbook it was read from; its text is the value that was last worked out there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub formula: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_blank(value: &Value) -> bool {
    *value == Value::Blank
}

impl Value {
    /// The status, where it is one.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Status(status) => Some(status),
            _ => None,
        }
    }
}

impl Cell {
    /// A cell of plain words; blank when there are none.
    #[must_use]
    pub fn text(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Blank } else { Value::Text };
        Self { text, value, ..Self::default() }
    }

    /// A cell that continues the one above it.
    #[must_use]
    pub fn merged() -> Self {
        Self { value: Value::Merged, ..Self::default() }
    }

    /// A number shown in an Excel number format.
    #[must_use]
    pub fn number(number: f64, format: &str) -> Self {
        Self { text: show_number(number, format).into(), value: Value::Number(number), format: Some(format.into()), formula: false }
    }

    /// Whether nothing is shown in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The status it states, if it states one.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.value.status()
    }

    /// The figure it states, if it states one.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        match self.value {
            Value::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// The share it states, 1 for the whole: of `75%`, of 0.75 and of a bare 75.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        match self.figure()? {
            Figure::Amount { amount, unit: Unit::Plain, .. } if amount > 1.0 => Some(amount / 100.0),
            figure => figure.amount(),
        }
    }

    /// The date or stretch of time it states, if it states one.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        match self.value {
            Value::When(when) => Some(when),
            _ => None,
        }
    }

    /// The plain or KPI number in it, if there is one.
    #[must_use]
    pub fn amount(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) => Some(number),
            Value::Figure(figure) => figure.amount(),
            _ => None,
        }
    }

    /// What a workbook stores for it, when it is stored as a number or a date.
    #[must_use]
    pub fn stored(&self) -> Option<Stored> {
        let format = self.format.clone()?;
        let number = match self.value {
            Value::Number(number) => number,
            Value::When(When::On { date, .. }) => {
                let day = serial_from_date(date);
                // A time of day is in the text alone, so the text is what is written.
                let has_time = format.contains(['h', 'H']) && show_number(day, &format) != *self.text;
                return (!has_time).then_some(Stored { number: day, format });
            }
            Value::Figure(figure) => figure.amount()?,
            Value::Blank | Value::Merged | Value::Text | Value::Status(_) | Value::When(_) => return None,
        };
        Some(Stored { number, format })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Grain, date_from_serial};

    #[test]
    fn a_date_with_a_time_is_written_as_its_text() {
        let dated = |number: f64| {
            let date = date_from_serial(number).unwrap();
            let format = "dd/mm/yyyy hh:mm";
            Cell { value: Value::When(When::On { date, grain: Grain::Day }), ..Cell::number(number, format) }
        };
        assert_eq!(dated(42948.5).stored(), None);
        assert_eq!(dated(42948.0).stored().map(|stored| stored.number), Some(42948.0));
    }
}
