//! Owns the values that formulas work with and how one kind is taken for another; it never looks at a cell.

use std::cmp::Ordering;

use super::{Stored, numbers};

/// An error as a formula gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    Null,
    Divided,
    Value,
    Reference,
    Name,
    Number,
    Missing,
    /// One that formulas do not give here, such as `#SPILL!`.
    Other,
}

/// Every fault that is written as itself.
pub(super) const FAULTS: [(&str, Fault); 7] = [
    ("#NULL!", Fault::Null),
    ("#DIV/0!", Fault::Divided),
    ("#VALUE!", Fault::Value),
    ("#REF!", Fault::Reference),
    ("#NAME?", Fault::Name),
    ("#NUM!", Fault::Number),
    ("#N/A", Fault::Missing),
];

impl Fault {
    /// The fault of a text such as `#N/A`.
    pub(super) fn read(text: &str) -> Self {
        FAULTS.iter().find(|(written, _)| written.eq_ignore_ascii_case(text)).map_or(Self::Other, |found| found.1)
    }

    /// How Excel writes it; nothing for one that is not given here.
    pub(super) fn written(self) -> Option<&'static str> {
        FAULTS.iter().find(|(_, fault)| *fault == self).map(|found| found.0)
    }
}

/// Why a part of a formula has no value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stop {
    /// Its value is an error, which other parts may catch.
    Fault(Fault),
    /// It is not worked out here, so that the whole formula keeps its value.
    Kept(String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A formula that is not worked out, and why.
pub(super) fn kept<T>(why: &str) -> Result<T, Stop> {
    Err(Stop::Kept(why.to_string()))
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Number(f64),
    Text(String),
    Truth(bool),
    Error(Fault),
}

/// A value looked at where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum View<'v> {
    Blank,
    Number(f64),
    Text(&'v str),
    Truth(bool),
    Error(Fault),
}

impl<'v> View<'v> {
    pub(super) fn of(stored: &'v Stored) -> Self {
        match stored {
            Stored::Blank => Self::Blank,
            Stored::Number(number) => Self::Number(*number),
            Stored::Text(text) => Self::Text(text),
            Stored::Truth(truth) => Self::Truth(*truth),
            Stored::Error(error) => Self::Error(Fault::read(error)),
        }
    }

    pub(super) fn owned(self) -> Value {
        match self {
            Self::Blank => Value::Blank,
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(text.to_string()),
            Self::Truth(truth) => Value::Truth(truth),
            Self::Error(fault) => Value::Error(fault),
        }
    }
}

impl Value {
    pub(super) fn view(&self) -> View<'_> {
        match self {
            Self::Blank => View::Blank,
            Self::Number(number) => View::Number(*number),
            Self::Text(text) => View::Text(text),
            Self::Truth(truth) => View::Truth(*truth),
            Self::Error(fault) => View::Error(*fault),
        }
    }

    pub(super) fn text_of(text: &str) -> Self {
        Self::Text(text.to_string())
    }

    /// The value taken for a number, as in `"7"+1`.
    pub(super) fn number(&self, date_1904: bool) -> Result<f64, Stop> {
        match self {
            Self::Blank => Ok(0.0),
            Self::Number(number) => Ok(*number),
            Self::Truth(truth) => Ok(f64::from(u8::from(*truth))),
            Self::Text(text) => numbers::read(text, date_1904),
            Self::Error(fault) => Err((*fault).into()),
        }
    }

    /// The value taken for text, as in `A1&""`.
    pub(super) fn text(&self) -> Result<String, Stop> {
        match self {
            Self::Blank => Ok(String::new()),
            Self::Number(number) => numbers::written(*number),
            Self::Truth(truth) => Ok(if *truth { "TRUE" } else { "FALSE" }.to_string()),
            Self::Text(text) => Ok(text.clone()),
            Self::Error(fault) => Err((*fault).into()),
        }
    }

    /// The value taken for a condition.
    pub(super) fn truth(&self) -> Result<bool, Stop> {
        match self {
            Self::Blank => Ok(false),
            Self::Number(number) => Ok(*number != 0.0),
            Self::Truth(truth) => Ok(*truth),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Self::Text(_) => Err(Fault::Value.into()),
            Self::Error(fault) => Err((*fault).into()),
        }
    }
}

/// Whether two texts are the same but for upper and lower case.
pub(super) fn same_text(one: &str, two: &str) -> bool {
    one.eq_ignore_ascii_case(two) || (!(one.is_ascii() && two.is_ascii()) && one.to_lowercase() == two.to_lowercase())
}

/// How Excel orders two texts, where that is the same on every computer.
pub(super) fn text_order(one: &str, two: &str) -> Result<Ordering, Stop> {
    if same_text(one, two) {
        return Ok(Ordering::Equal);
    }
    let (mut one, mut two) = (one.chars().flat_map(char::to_lowercase), two.chars().flat_map(char::to_lowercase));
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    loop {
        match (one.next(), two.next()) {
            (None, None) => return Ok(Ordering::Equal),
            (None, Some(_)) => return Ok(Ordering::Less),
            (Some(_), None) => return Ok(Ordering::Greater),
            // The order of languages passes over these at first.
            (Some('-' | '\''), _) | (_, Some('-' | '\'')) => break,
            (Some(first), Some(second)) if first == second => {}
            (Some(first), Some(second)) if plain(first) && plain(second) => return Ok(first.cmp(&second)),
            _ => break,
        }
    }
    kept("it puts texts in order, in which signs and accents go by the language of the computer")
}

/// Whether two numbers are the same in the fifteen digits that Excel compares.
pub(super) fn same_number(one: f64, two: f64) -> bool {
    one == two || ((one - two).abs() <= one.abs().max(two.abs()) * 1e-14 && numbers::to_digits(one) == numbers::to_digits(two))
}

/// How Excel orders two values: numbers, then texts, then truths; a blank is what the other one would be empty.
pub(super) fn order(one: View<'_>, two: View<'_>) -> Result<Ordering, Stop> {
    let class = |view: &View<'_>| match view {
        View::Blank | View::Number(_) | View::Error(_) => 0,
        View::Text(_) => 1,
        View::Truth(_) => 2,
    };
    match (one, two) {
        (View::Error(fault), _) | (_, View::Error(fault)) => Err(fault.into()),
        (View::Blank, View::Blank) => Ok(Ordering::Equal),
        (View::Blank, View::Text(text)) => Ok(0.cmp(&text.len())),
        (View::Text(text), View::Blank) => Ok(text.len().cmp(&0)),
        (View::Blank, View::Truth(truth)) => Ok(false.cmp(&truth)),
        (View::Truth(truth), View::Blank) => Ok(truth.cmp(&false)),
        (View::Blank, View::Number(number)) => Ok(0.0_f64.partial_cmp(&number).unwrap_or(Ordering::Equal)),
        (View::Number(number), View::Blank) => Ok(number.partial_cmp(&0.0).unwrap_or(Ordering::Equal)),
        (View::Number(one), View::Number(two)) if same_number(one, two) => Ok(Ordering::Equal),
        (View::Number(one), View::Number(two)) => Ok(one.partial_cmp(&two).unwrap_or(Ordering::Equal)),
        (View::Text(one), View::Text(two)) => text_order(one, two),
        (View::Truth(one), View::Truth(two)) => Ok(one.cmp(&two)),
        _ => Ok(class(&one).cmp(&class(&two))),
    }
}

/// Whether two values are equal, as `=` says.
pub(super) fn equal(one: View<'_>, two: View<'_>) -> Result<bool, Stop> {
    match (one, two) {
        (View::Text(one), View::Text(two)) => Ok(same_text(one, two)),
        _ => Ok(order(one, two)? == Ordering::Equal),
    }
}

/// Values in rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) cells: Vec<Value>,
}

impl Grid {
    /// A value, one row or one column standing for all; beyond it `#N/A`, as in Excel.
    pub(super) fn at(&self, row: usize, column: usize) -> &Value {
        let row = if self.rows == 1 { 0 } else { row };
        let column = if self.columns == 1 { 0 } else { column };
        match row < self.rows && column < self.columns {
            true => self.cells.get(row * self.columns + column).unwrap_or(&Value::Error(Fault::Missing)),
            false => &Value::Error(Fault::Missing),
        }
    }
}
