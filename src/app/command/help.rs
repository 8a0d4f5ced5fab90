//! The actions that help, tell and say, each with what it has to say of itself.

use super::{
    about::{About, about},
    keys::{ctrl_shift, plain},
};

/// One action that shows something about the program, or says something to its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpCommand {
    ShowPalette,
    ShowShortcuts,
    ShowLog,
    ShowAbout,
    /// Closes what stands over the window: the palette, the list of shortcuts, what is said about the program.
    Close,
    /// Something to say in the status bar.
    Say(String),
    Fail(String),
}

impl HelpCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::ShowPalette => about("Find a command…").keys(ctrl_shift("P")).letter('F').heard_while_typing(),
            Self::ShowShortcuts => about("Keyboard shortcuts").keys(plain("F1")).letter('K').heard_while_typing(),
            Self::ShowLog => about("Show log").tooltip("Open the text file in which plandesk writes what went wrong").letter('L'),
            Self::ShowAbout => about("About plandesk").letter('A'),
            Self::Close => about("Close this"),
            Self::Say(_) | Self::Fail(_) => about("Message"),
        }
    }
}
