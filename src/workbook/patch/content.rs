//! What is written into a cell, and the XML of it. Knows no other cell.

use std::sync::Arc;

use super::tag::Tag;
use crate::{
    model::{date_from_serial, excel::LONGEST_TEXT, show_number},
    workbook::escaped::escaped,
};

/// What a cell is to hold.
#[derive(Clone, Debug, PartialEq)]
pub enum NewContent {
    /// Nothing; how it looks stays.
    Blank,
    Text(String),
    Truth(bool),
    /// A number with the Excel number format it is to be shown in; dates count from 30 December 1899.
    Number {
        number: f64,
        format: Arc<str>,
    },
}

/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;

impl NewContent {
    /// What its owner reads of it in a number format.
    pub(super) fn shown(&self, format: &str) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Number { number, .. } => show_number(*number, format),
        }
    }

    /// Why no cell can hold it, in words that follow what it is about.
    pub(super) fn refused(&self) -> Option<&'static str> {
        match self {
            Self::Text(text) if text.encode_utf16().count() > LONGEST_TEXT => Some("the text is longer than a cell of Excel can hold"),
            Self::Number { number, .. } if !number.is_finite() => Some("the number is too large for Excel"),
            Self::Blank | Self::Text(_) | Self::Truth(_) | Self::Number { .. } => None,
        }
    }
}

/// Whether a number format shows a day.
pub(super) fn is_date(format: &str) -> bool {
    crate::model::is_date_format(format)
}

/// The cell with other content: its place and look stay, and all that belonged to what it held goes.
pub(super) fn cell(tag: &Tag, content: &NewContent, is_1904: bool) -> String {
    let mut tag = tag.clone();
    let iso = tag.get("t").as_deref() == Some("d");
    let prefix = tag.prefix().to_owned();
    let name = tag.name().to_owned();
    tag.remove(&["t", "cm", "vm", "ph"]);
    let (kind, inner) = match content {
        NewContent::Blank => {
            tag.set_empty(true);
            return tag.as_str().to_owned();
        }
        NewContent::Text(text) => {
            (Some("inlineStr"), format!("<{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is>", escaped(text)))
        }
        NewContent::Truth(truth) => (Some("b"), format!("<{prefix}v>{}</{prefix}v>", u8::from(*truth))),
        NewContent::Number { number, format } if is_date(format) && iso => match date_from_serial(*number) {
            Some(date) => (Some("d"), format!("<{prefix}v>{date}</{prefix}v>")),
            None => (None, format!("<{prefix}v>{number}</{prefix}v>")),
        },
        NewContent::Number { number, format } => (None, format!("<{prefix}v>{}</{prefix}v>", stored(*number, format, is_1904))),
    };
    kind.into_iter().for_each(|kind| tag.set("t", kind));
    tag.set_empty(false);
    format!("{}{inner}</{name}>", tag.as_str())
}

/// A number as a workbook stores it: days count from another day in some.
pub(super) fn stored(number: f64, format: &str, is_1904: bool) -> f64 {
    if is_1904 && is_date(format) { number - DAYS_TO_1904 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_look_and_its_prefix() {
        let tag = Tag::new("<x:c r=\"B2\" s=\"4\" t=\"s\" cm=\"1\">");
        let text = cell(&tag, &NewContent::Text("a < b\n_x0041_\u{1}".to_owned()), false);
        let expected =
            "<x:c r=\"B2\" s=\"4\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">a &lt; b\n_x005F_x0041__x0001_</x:t></x:is></x:c>";
        assert_eq!(text, expected);
        assert_eq!(cell(&tag, &NewContent::Blank, false), "<x:c r=\"B2\" s=\"4\"/>");
        let date = NewContent::Number { number: 46_112.0, format: "dd/mm/yyyy".into() };
        assert_eq!(cell(&Tag::new("<c r=\"A1\"/>"), &date, true), "<c r=\"A1\"><v>44650</v></c>");
        assert_eq!(cell(&Tag::new("<c r=\"A1\" t=\"d\">"), &date, false), "<c r=\"A1\" t=\"d\"><v>2026-03-31</v></c>");
        let share = NewContent::Number { number: 0.75, format: "0%".into() };
        assert_eq!(cell(&Tag::new("<c r=\"A1\" t=\"str\">"), &share, true), "<c r=\"A1\"><v>0.75</v></c>");
    }
}
