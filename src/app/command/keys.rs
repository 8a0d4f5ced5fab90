//! The keys of every action, and how they are written. Hears none of them.

use super::{Command, Pane};

/// A key with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    /// The key's name as shown: `S`, `Plus`, `Up`.
    pub key: &'static str,
}

impl Shortcut {
    /// As shown in a menu: `Ctrl+Shift+S`.
    #[must_use]
    pub fn words(self) -> String {
        let held = [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")];
        let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, word)| word).collect();
        format!("{held}{}", if self.key == "Semicolon" { ";" } else { self.key })
    }
}

pub(super) const fn plain(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: false, alt: false, shift: false, key })
}

pub(super) const fn shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: false, alt: false, shift: true, key })
}

pub(super) const fn ctrl(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: true, alt: false, shift: false, key })
}

pub(super) const fn ctrl_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: true, alt: false, shift: true, key })
}

pub(super) const fn ctrl_alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: true, alt: true, shift: false, key })
}

pub(super) const fn alt_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { ctrl: false, alt: true, shift: true, key })
}

impl Command {
    /// The keys for it.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table of one line a command")]
    pub fn shortcut(&self) -> Option<Shortcut> {
        match self {
            Self::New => ctrl("N"),
            Self::Open => ctrl("O"),
            Self::ReviewImport => ctrl("I"),
            Self::Save => ctrl("S"),
            Self::SaveAs => ctrl_shift("S"),
            Self::ExportReturn => ctrl("E"),
            Self::Print => ctrl("P"),
            Self::Quit => ctrl("Q"),
            Self::Undo => ctrl("Z"),
            Self::Redo => ctrl("Y"),
            Self::AddAction => ctrl("Plus"),
            Self::AddLine => alt_shift("L"),
            Self::AddGroup => alt_shift("G"),
            Self::AddSection => alt_shift("A"),
            Self::DeleteRow => ctrl("Minus"),
            Self::MoveRowUp => alt_shift("Up"),
            Self::MoveRowDown => alt_shift("Down"),
            Self::DuplicateRow => alt_shift("D"),
            Self::AddUpdate(_) => ctrl_shift("U"),
            Self::NextView => ctrl("PageDown"),
            Self::PreviousView => ctrl("PageUp"),
            Self::TogglePane(Pane::Details) => ctrl_shift("D"),
            Self::TogglePane(Pane::Notes) => ctrl_shift("M"),
            Self::ToggleCharts => ctrl_shift("K"),
            Self::ToggleFilterBar => ctrl_shift("L"),
            Self::FoldHere => alt_shift("Left"),
            Self::Cells(command) => command.shortcut(),
            Self::Find(command) => command.shortcut(),
            Self::ZoomIn => ctrl_alt("Plus"),
            Self::ZoomOut => ctrl_alt("Minus"),
            Self::ZoomUsual => ctrl_alt("0"),
            Self::NextNote => plain("F7"),
            Self::PreviousNote => shift("F7"),
            Self::ShowPalette => ctrl_shift("P"),
            Self::ShowShortcuts => plain("F1"),
            Self::OpenFiles(_)
            | Self::OpenSample
            | Self::ReviewWorkbook(_)
            | Self::ReadAsTable
            | Self::DiscardImport
            | Self::KeepReviewing
            | Self::AddFromWorkbook
            | Self::AddFiles(_)
            | Self::PasteTable(_)
            | Self::LookAt(_)
            | Self::CorrectImport(..)
            | Self::RememberImport(_)
            | Self::ForgetMapping
            | Self::AcceptImport
            | Self::CancelImport
            | Self::SaveTo(_)
            | Self::WriteInstead(..)
            | Self::SaveElsewhere(_)
            | Self::ExportTo(_)
            | Self::WithHidden(_)
            | Self::WriteReturn
            | Self::PrintPage
            | Self::Replace(_)
            | Self::ExportElsewhere(_)
            | Self::ForgetRecent(_)
            | Self::CloseHeld
            | Self::SavePicture(..)
            | Self::PictureTo(_)
            | Self::DiscardAndContinue
            | Self::SaveAndContinue
            | Self::KeepWorking
            | Self::KeepMine
            | Self::SaveAgain
            | Self::SaveBeside
            | Self::TakeTheirs
            | Self::TakeTheirsNow
            | Self::CancelJob
            | Self::DismissError
            | Self::Edit(..)
            | Self::DeleteHeading(_)
            | Self::PlaceRow { .. }
            | Self::RenumberRefs
            | Self::LeaveRefs
            | Self::RecordPeriod
            | Self::Show(_)
            | Self::GoTo(_)
            | Self::Select(_)
            | Self::SetAsOf(_)
            | Self::AskAsOf
            | Self::SetFilter(_)
            | Self::ClearFilter
            | Self::Fold(_)
            | Self::FoldAll
            | Self::UnfoldAll
            | Self::Sort(..)
            | Self::SetAppearance(_)
            | Self::SetTextSize(_)
            | Self::ToggleCompact
            | Self::FreezeTo(_)
            | Self::Unfreeze
            | Self::MoveColumnLeft
            | Self::MoveColumnRight
            | Self::PlaceColumn { .. }
            | Self::HideColumn(_)
            | Self::ShowColumns
            | Self::FitColumn(_)
            | Self::ShowLog
            | Self::ShowAbout
            | Self::DrawWith(_)
            | Self::RestoreKept
            | Self::DiscardKept
            | Self::LeaveKept
            | Self::CloseHelp
            | Self::Say(_)
            | Self::Fail(_) => None,
        }
    }
}
