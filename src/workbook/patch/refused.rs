//! Why something is not written into an owner's workbook, in words that follow the place or the file it is about.

use crate::{
    model::column_letters,
    workbook::{Merge, OpenError},
};

/// Why a workbook is not written at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    #[error("{0}")]
    Open(#[from] OpenError),
    #[error("only Excel workbooks (.xlsx, .xlsm) can be written in place. Save your work as .plandesk, or export a return")]
    Format,
    #[error("it is packed in a way that cannot be changed in place. Save it again in Excel, or save your work as .plandesk")]
    Packing,
    #[error("its sheet “{0}” cannot be changed in place. Save it again in Excel, or save your work as .plandesk")]
    Sheet(String),
    #[error("the rows of “{sheet}” cannot be moved there: {why}")]
    Rows { sheet: String, why: String },
    #[error("no column can be put into “{sheet}”: {why}")]
    Columns { sheet: String, why: String },
    #[error("it has a digital signature, which any change breaks. Save a copy under another name, or say that the signature may go")]
    Signed,
    #[error("what would be written cannot be read again, so the workbook was left as it is. Please report this")]
    Unverified,
    #[error("saving was cancelled")]
    Cancelled,
}

/// Why an edit is not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no such sheet of cells in the workbook")]
    NoSheet,
    #[error("a formula stands there (={0}). Keep the formula, or say that it is to be replaced")]
    Formula(String),
    #[error("the formula there is shared with cells below or beside it. Change it in Excel")]
    SharedFormula,
    #[error("one formula fills {range}. Change it in Excel", range = address(.0))]
    Array(Merge),
    #[error("the cell is merged into {first}. Edit {first}", first = corner(.0.first))]
    Covered(Merge),
    #[error("it is a heading of an Excel table, which must be renamed in Excel")]
    TableHeader,
    #[error("the sheet is protected and the cell is locked. Unprotect the sheet in Excel (Review > Unprotect Sheet)")]
    Protected,
    #[error("the cell holds more than that (“{text}”), and it cannot be told which words of it are meant. Change it in Excel", text = short(.0))]
    HoldsMore(String),
    #[error("{0}")]
    Content(&'static str),
}

fn corner((row, column): (u32, u16)) -> String {
    format!("{}{}", column_letters(u32::from(column)), row + 1)
}

/// The beginning of a text that fits a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn address(area: &Merge) -> String {
    format!("{}:{}", corner(area.first), corner(area.last))
}
