//! The menus, and which of them every action stands in. Draws none.

use super::Command;

/// The menu a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Row,
    View,
    Help,
}

impl Menu {
    /// Every menu, from the left.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Row, Self::View, Self::Help];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Row => "Row",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

impl Command {
    /// The menu it stands in, or would.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table of one line a command")]
    pub fn menu(&self) -> Menu {
        match self {
            Self::Undo | Self::Redo | Self::Edit(..) | Self::PasteTable(_) | Self::RecordPeriod | Self::Cells(_) | Self::Find(_) => {
                Menu::Edit
            }
            Self::AddAction
            | Self::AddLine
            | Self::AddGroup
            | Self::AddSection
            | Self::DeleteRow
            | Self::MoveRowUp
            | Self::MoveRowDown
            | Self::PlaceRow { .. }
            | Self::DuplicateRow
            | Self::RenumberRefs
            | Self::LeaveRefs
            | Self::AddUpdate(_) => Menu::Row,
            Self::Show(_)
            | Self::NextView
            | Self::PreviousView
            | Self::GoTo(_)
            | Self::Select(_)
            | Self::SetAsOf(_)
            | Self::ToggleFilterBar
            | Self::SetFilter(_)
            | Self::ClearFilter
            | Self::Fold(_)
            | Self::FoldHere
            | Self::FoldAll
            | Self::UnfoldAll
            | Self::Sort(..)
            | Self::TogglePane(_)
            | Self::ToggleCharts
            | Self::SetAppearance(_)
            | Self::SetTextSize(_)
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomUsual
            | Self::ToggleCompact
            | Self::FreezeTo(_)
            | Self::Unfreeze
            | Self::MoveColumnLeft
            | Self::MoveColumnRight
            | Self::PlaceColumn { .. }
            | Self::HideColumn(_)
            | Self::ShowColumns
            | Self::FitColumn(_)
            | Self::NextNote
            | Self::PreviousNote
            | Self::DrawWith(_) => Menu::View,
            Self::ShowPalette | Self::ShowShortcuts | Self::ShowLog | Self::ShowAbout | Self::CloseHelp | Self::Say(_) | Self::Fail(_) => {
                Menu::Help
            }
            Self::Open
            | Self::OpenFiles(_)
            | Self::OpenSample
            | Self::ReviewImport
            | Self::ReviewWorkbook(_)
            | Self::AddFromWorkbook
            | Self::AddFiles(_)
            | Self::LookAt(_)
            | Self::CorrectImport(..)
            | Self::ReadAsTable
            | Self::RememberImport(_)
            | Self::ForgetMapping
            | Self::AcceptImport
            | Self::CancelImport
            | Self::Save
            | Self::SaveAs
            | Self::SaveTo(_)
            | Self::ExportReturn
            | Self::ExportTo(_)
            | Self::SavePicture(..)
            | Self::PictureTo(_)
            | Self::Quit
            | Self::DiscardAndContinue
            | Self::SaveAndContinue
            | Self::KeepWorking
            | Self::DiscardImport
            | Self::KeepReviewing
            | Self::RestoreKept
            | Self::DiscardKept
            | Self::LeaveKept
            | Self::CancelJob
            | Self::DismissError => Menu::File,
        }
    }
}
