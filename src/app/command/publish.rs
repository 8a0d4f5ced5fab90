//! The actions on what leaves the program, each with what it has to say of itself.

use std::path::PathBuf;

use super::{
    about::{About, about},
    keys::ctrl,
};
use crate::{
    app::{export::Format, file_extension::PictureKind},
    insight::Question,
    notes::Place,
    returns::Template,
};

/// One action on a return, a page to print or a chart's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishCommand {
    Export,
    /// The same, to be written as a PDF.
    ExportPdf,
    /// Asks where the return goes instead of where it was refused.
    ExportElsewhere(String),
    ExportTo(PathBuf),
    /// Writes the return under a name that was offered instead of the chosen one, once it is said what is in it.
    ExportInstead(PathBuf),
    /// Whether what is hidden in the workbook is to be in what is about to be written.
    WithHidden(bool),
    /// Which return is about to be written.
    ChooseReturn(&'static Template),
    /// What it is written as.
    ChooseFormat(Format),
    /// What it is held against.
    CompareWith(Compare),
    /// The older workbook that it is held against.
    CompareWithFile(PathBuf),
    /// Back to what is about to be written.
    BackToReturn,
    /// Passes over a question that is answered with no, and says why; no words take that back.
    PassOver(Question, String),
    /// Leaves the return for the cell that a question is about.
    GoToGap(Place),
    /// Goes on to where the return is written.
    WriteReturn,
    /// Writes the return over a file that is there.
    Replace(PathBuf),
    /// Prints what is in view, by way of a PDF.
    Print,
    /// Goes on to the page that is printed.
    PrintPage,
    /// Saves a chart's picture: its kind, a file name to begin with, and its bytes.
    SavePicture(PictureKind, String, Vec<u8>),
    PictureTo(PathBuf),
    /// Saves it under a name that was offered instead of the chosen one; one that is taken is asked about.
    PictureInstead(PathBuf),
}

/// What a return is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Nothing,
    /// One of those that are offered, the newest being 0.
    Frozen(usize),
    /// A workbook that is asked for.
    OlderWorkbook,
}

impl PublishCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Export => about("Export return…")
                .tooltip("Write a return for the board, as an Excel workbook or a PDF")
                .keys(ctrl("E"))
                .letter('E')
                .heard_while_typing(),
            Self::ExportPdf => about("Export as PDF…").tooltip("Write a return on pages of paper, for a board's papers").letter('D'),
            Self::ExportElsewhere(_) => about("Export under another name…"),
            Self::ExportTo(_) => about("Export return…"),
            Self::ExportInstead(_) => about("Export the return"),
            Self::WithHidden(_) => about("With what is hidden in the workbook"),
            Self::ChooseReturn(template) => about(template.name),
            Self::ChooseFormat(format) => about(format.name()),
            Self::CompareWith(Compare::Nothing) => about("No earlier return"),
            Self::CompareWith(Compare::Frozen(_)) => about("Compare with it"),
            Self::CompareWith(Compare::OlderWorkbook) => about("An older workbook…"),
            Self::CompareWithFile(_) => about("Compare with this workbook"),
            Self::BackToReturn => about("Back to the return"),
            Self::PassOver(..) => about("Pass it over"),
            Self::GoToGap(_) => about("Go to cell"),
            Self::WriteReturn => about("Write the return…"),
            Self::Replace(_) => about("Replace it"),
            Self::Print => about("Print…")
                .tooltip("Open the table or the summary in view as a PDF, which what shows PDFs here prints")
                .keys(ctrl("P"))
                .letter('P')
                .heard_while_typing(),
            Self::PrintPage => about("Print the pages"),
            Self::SavePicture(..) | Self::PictureTo(_) | Self::PictureInstead(_) => about("Save the picture"),
        }
    }
}
