//! The validations of a sheet as they are written: which cells each is for and what it takes. Judges no value.

use crate::workbook::{
    Merge,
    parts::{Element, XmlStep, ranges, walk},
};

/// The most validations of a sheet, and the most ranges of all of them; Excel keeps far fewer.
const MOST: usize = 5_000;
const MOST_RANGES: usize = 20_000;
/// The longest formula of one, in bytes.
const LONGEST_FORMULA: usize = 8_192;

/// What a validation is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ValidationKind {
    /// Anything: it only shows a prompt.
    #[default]
    Any,
    Whole,
    Decimal,
    List,
    Date,
    Time,
    TextLength,
    Custom,
}

/// How a value stands to the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Bounds {
    #[default]
    Between,
    NotBetween,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What Excel does with a value that it does not take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnError {
    #[default]
    Refuses,
    /// It asks, and takes the value when told to.
    Warns,
}

/// A validation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Validation {
    pub ranges: Vec<Merge>,
    pub kind: ValidationKind,
    pub bounds: Bounds,
    /// Its formulas, or the list of a list, as they stand in the first cell of its first range.
    pub first: String,
    pub second: String,
    pub takes_blank: bool,
    pub on_error: OnError,
    /// What its makers say of it: beside the cell, and where a value is refused.
    pub prompt: String,
    pub error: String,
}

impl Validation {
    fn of(element: &Element<'_>) -> Self {
        let said = |title: &str, text: &str| {
            let words = [element.get(title), element.get(text)].into_iter().flatten();
            words.filter(|words| !words.trim().is_empty()).collect::<Vec<_>>().join(": ")
        };
        Self {
            ranges: ranges(&element.get("sqref").unwrap_or_default()),
            kind: kind(element.get("type").as_deref().unwrap_or_default()),
            bounds: bounds(element.get("operator").as_deref().unwrap_or_default()),
            takes_blank: element.is("allowBlank"),
            on_error: match element.get("errorStyle").as_deref() {
                Some("warning" | "information") => OnError::Warns,
                _ => OnError::Refuses,
            },
            prompt: said("promptTitle", "prompt"),
            error: said("errorTitle", "error"),
            ..Self::default()
        }
    }

    /// Whether it is for a cell.
    pub(crate) fn covers(&self, (row, column): (u32, u32)) -> bool {
        self.ranges.iter().any(|range| super::super::facts::within(range, (row, column)))
    }

    /// The cell that its formulas are written for.
    pub(super) fn anchor(&self) -> (u32, u32) {
        self.ranges.first().map_or((0, 0), |range| (range.first.0, u32::from(range.first.1)))
    }
}

fn kind(name: &str) -> ValidationKind {
    match name {
        "whole" => ValidationKind::Whole,
        "decimal" => ValidationKind::Decimal,
        "list" => ValidationKind::List,
        "date" => ValidationKind::Date,
        "time" => ValidationKind::Time,
        "textLength" => ValidationKind::TextLength,
        "custom" => ValidationKind::Custom,
        _ => ValidationKind::Any,
    }
}

fn bounds(name: &str) -> Bounds {
    match name {
        "notBetween" => Bounds::NotBetween,
        "equal" => Bounds::Equal,
        "notEqual" => Bounds::NotEqual,
        "lessThan" => Bounds::Less,
        "lessThanOrEqual" => Bounds::LessOrEqual,
        "greaterThan" => Bounds::Greater,
        "greaterThanOrEqual" => Bounds::GreaterOrEqual,
        _ => Bounds::Between,
    }
}

/// Where text belongs just now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    First,
    Second,
    Ranges,
}

/// The validations in what stands behind the cells of a sheet, those of the newer kind too.
pub(super) fn read(tail: &[u8]) -> Vec<Validation> {
    let (mut all, mut open, mut into, mut room): (Vec<Validation>, Option<Validation>, _, _) =
        (Vec::new(), None, Into::Nothing, MOST_RANGES);
    walk(tail, |step| match step {
        XmlStep::Open(element) => match element.name() {
            "dataValidation" => open = (all.len() < MOST).then(|| Validation::of(&element)),
            "formula1" => into = Into::First,
            "formula2" => into = Into::Second,
            "sqref" => into = Into::Ranges,
            _ => {}
        },
        XmlStep::Text(text) => {
            let Some(open) = &mut open else { return };
            match into {
                Into::Nothing => {}
                Into::First => push(&mut open.first, text),
                Into::Second => push(&mut open.second, text),
                Into::Ranges => open.ranges.extend(ranges(text)),
            }
        }
        XmlStep::Close("dataValidation") => {
            let found = open.take().filter(|found| !found.ranges.is_empty() && found.ranges.len() <= room);
            room -= found.as_ref().map_or(0, |found| found.ranges.len());
            all.extend(found);
        }
        XmlStep::Close("formula1" | "formula2" | "sqref") => into = Into::Nothing,
        XmlStep::Close(_) => {}
    });
    all
}

fn push(formula: &mut String, text: &str) {
    if formula.len() + text.len() <= LONGEST_FORMULA {
        formula.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validations_of_both_kinds_are_read() {
        let tail = "</sheetData><dataValidations><dataValidation type=\"whole\" operator=\"greaterThan\" allowBlank=\"1\" errorStyle=\"warning\" \
            errorTitle=\"Spend\" error=\"in £000\" prompt=\"Maximum 20 words\" sqref=\"B2:B3 D5\"><formula1>$A$1&lt;&gt;2</formula1></dataValidation>\
            </dataValidations><extLst><ext><x14:dataValidations><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f>\
            </x14:formula1><xm:sqref>E8:F9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>";
        let all = read(tail.as_bytes());
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].kind, all[0].bounds, all[0].on_error), (ValidationKind::Whole, Bounds::Greater, OnError::Warns));
        assert_eq!((&*all[0].first, &*all[0].error, &*all[0].prompt), ("$A$1<>2", "Spend: in £000", "Maximum 20 words"));
        assert!(all[0].covers((4, 3)) && !all[0].covers((4, 4)) && all[0].takes_blank && all[0].anchor() == (1, 1));
        assert_eq!((all[1].kind, &*all[1].first), (ValidationKind::List, "Lists!$A$1:$A$3"));
        assert!(all[1].covers((8, 5)) && !all[1].takes_blank);
    }
}
