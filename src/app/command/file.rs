//! The actions on files, each with what it has to say of itself.

use std::path::PathBuf;

use super::{
    about::{About, Need, about},
    keys::{ctrl, ctrl_shift},
};
use crate::app::passwords::Password;

/// One action on a file, or on what is asked and said of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileCommand {
    New,
    Open,
    OpenFiles(Vec<PathBuf>),
    OpenSample,
    Save,
    SaveAs,
    /// Asks where to save instead of where it was refused, with a file name to begin with.
    SaveElsewhere(String),
    SaveTo(PathBuf),
    /// Saves under a name that was offered instead of the chosen one; one that is taken is asked about.
    SaveInstead(PathBuf),
    /// Takes a file that is gone off the list of recent ones.
    ForgetRecent(PathBuf),
    /// Closes the bar that says who had a workbook open.
    CloseHeld,
    Quit,
    /// Goes on with what was asked about, leaving unsaved work behind.
    DiscardAndContinue,
    /// Saves first, then goes on with what was asked about.
    SaveAndContinue,
    /// Stays with the document.
    KeepWorking,
    /// Writes over a file that others have changed.
    KeepMine,
    /// Writes the edits into a workbook that others have changed, but for the cells that they changed as well.
    SaveIntoTheirs,
    /// Writes a file again that is gone.
    SaveAgain,
    /// Writes beside it, in a file of a name that is free.
    SaveBeside,
    /// Shows what the last save wrote, and what it did not.
    ShowReceipt,
    CloseReceipt,
    /// Saves over the formulas that were in the way.
    SaveOverFormulas,
    /// Saves into a workbook whose digital signature no longer holds then.
    SaveUnsigned,
    /// Writes a file without a password of a workbook that has one.
    SaveInTheClear(PathBuf),
    /// Goes on with a workbook whose password was typed.
    Unlock(Password),
    /// Asks whether the file takes the place of what is open.
    TakeTheirs,
    /// Puts the file in the place of what is open.
    TakeTheirsNow,
    CancelJob,
    DismissError,
}

impl FileCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::New => {
                about("New plan").tooltip("Begin a plan with one action to type in").keys(ctrl("N")).letter('N').heard_while_typing()
            }
            Self::Open => about("Open…").tooltip("Open a workbook or a plandesk file").keys(ctrl("O")).letter('O').heard_while_typing(),
            Self::OpenFiles(_) => about("Open…"),
            Self::OpenSample => about("Open the sample plan").letter('M'),
            Self::Save => about("Save").tooltip("Save this document").keys(ctrl("S")).letter('S').heard_while_typing(),
            Self::SaveTo(_) => about("Save"),
            Self::SaveAs => about("Save as…").keys(ctrl_shift("S")).letter('A').heard_while_typing(),
            Self::SaveElsewhere(_) => about("Save as…"),
            Self::SaveInstead(_) => about("Save as a plandesk file"),
            Self::ForgetRecent(_) => about("Remove from recent files"),
            Self::CloseHeld => about("Go on with it").tooltip("Close this message; it stays among the notes"),
            Self::Quit => about("Close plandesk").keys(ctrl("Q")).letter('C').heard_while_typing(),
            Self::DiscardAndContinue => about("Discard changes"),
            Self::SaveAndContinue => about("Save changes"),
            Self::KeepWorking => about("Keep working"),
            Self::KeepMine => about("Keep mine"),
            Self::SaveIntoTheirs => about("Keep both").tooltip("Save your changes into it; where both changed a cell, theirs stays"),
            Self::SaveAgain => about("Save it there again"),
            Self::SaveBeside => about("Save beside it"),
            Self::ShowReceipt => {
                about("What was saved…").tooltip("The cells the last save wrote, before and after").letter('W').needs(&[Need::Receipt])
            }
            Self::SaveOverFormulas => about("Replace the formulas").tooltip("Write what you typed in the place of the formulas"),
            Self::CloseReceipt => about("Close"),
            Self::SaveUnsigned => about("Save without the signature"),
            Self::SaveInTheClear(_) => about("Save without the password"),
            Self::Unlock(_) => about("Open with this password"),
            Self::TakeTheirs => about("Take theirs…"),
            Self::TakeTheirsNow => about("Take theirs"),
            Self::CancelJob => about("Cancel"),
            Self::DismissError => about("Close"),
        }
    }
}
