//! Every action a user can take, by what it is about; what one has to say of itself stands beside its variant, in the file of its group.

mod about;
mod cells;
mod edit;
mod file;
mod find;
mod help;
mod import;
mod keys;
mod menu;
mod publish;
mod recovery;
mod row;
mod view;

pub use self::{
    about::{About, Need},
    cells::CellCommand,
    edit::EditCommand,
    file::FileCommand,
    find::FindCommand,
    help::HelpCommand,
    import::ImportCommand,
    keys::Shortcut,
    menu::{Menu, MenuEntry, Within},
    publish::{Compare, PublishCommand},
    recovery::RecoveryCommand,
    row::RowCommand,
    view::ViewCommand,
};

pub use super::cursor::{Cursor, Pane, View};

use crate::{
    model::Status,
    store::{Appearance, TextSize},
};

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    File(FileCommand),
    Publish(PublishCommand),
    Recovery(RecoveryCommand),
    Edit(EditCommand),
    Cells(CellCommand),
    Find(FindCommand),
    Row(RowCommand),
    View(ViewCommand),
    Import(ImportCommand),
    Help(HelpCommand),
}

/// The commands with a place in a menu, in menu order.
pub const ALL: &[Command] = &[
    Command::File(FileCommand::New),
    Command::File(FileCommand::Open),
    Command::File(FileCommand::OpenSample),
    Command::Import(ImportCommand::Review),
    Command::Import(ImportCommand::AddFromWorkbook),
    Command::File(FileCommand::Save),
    Command::File(FileCommand::SaveAs),
    Command::File(FileCommand::ShowReceipt),
    Command::Publish(PublishCommand::Export),
    Command::Publish(PublishCommand::ExportPdf),
    Command::Publish(PublishCommand::Print),
    Command::File(FileCommand::Quit),
    Command::Edit(EditCommand::Undo),
    Command::Edit(EditCommand::Redo),
    Command::Cells(CellCommand::Cut),
    Command::Cells(CellCommand::Copy),
    Command::Cells(CellCommand::Paste(String::new())),
    Command::Import(ImportCommand::PasteTable(String::new())),
    Command::Cells(CellCommand::Clear),
    Command::Cells(CellCommand::FillDown),
    Command::Cells(CellCommand::FillRight),
    Command::Cells(CellCommand::Today),
    Command::Cells(CellCommand::SelectAll),
    Command::Cells(CellCommand::SelectRow),
    Command::Cells(CellCommand::SelectColumn),
    Command::Find(FindCommand::Open),
    Command::Find(FindCommand::OpenReplace),
    Command::Find(FindCommand::Next),
    Command::Find(FindCommand::Previous),
    Command::Cells(CellCommand::SetStatus(Status::NotStarted)),
    Command::Cells(CellCommand::SetStatus(Status::MajorProblems)),
    Command::Cells(CellCommand::SetStatus(Status::MinorProblems)),
    Command::Cells(CellCommand::SetStatus(Status::InProgress)),
    Command::Cells(CellCommand::SetStatus(Status::Complete)),
    Command::Cells(CellCommand::SetStatus(Status::OnHold)),
    Command::Cells(CellCommand::SetStatus(Status::Cancelled)),
    Command::Edit(EditCommand::AskStatuses),
    Command::Cells(CellCommand::SetLead(None)),
    Command::Cells(CellCommand::MoveDates(None)),
    Command::Row(RowCommand::AddAction),
    Command::Row(RowCommand::AddLine),
    Command::Row(RowCommand::AddGroup),
    Command::Row(RowCommand::AddSection),
    Command::Row(RowCommand::Delete),
    Command::Row(RowCommand::MoveUp),
    Command::Row(RowCommand::MoveDown),
    Command::Row(RowCommand::Duplicate),
    Command::Row(RowCommand::RenumberRefs),
    Command::Row(RowCommand::AddUpdate(String::new())),
    Command::Row(RowCommand::TurnDirection),
    Command::Edit(EditCommand::RecordPeriod),
    Command::Edit(EditCommand::WriteCounts),
    Command::View(ViewCommand::Show(View::Summary)),
    Command::View(ViewCommand::Next),
    Command::View(ViewCommand::Previous),
    Command::View(ViewCommand::TogglePane(Pane::Details)),
    Command::View(ViewCommand::TogglePane(Pane::Notes)),
    Command::View(ViewCommand::ToggleCharts),
    Command::View(ViewCommand::ToggleFilterBar),
    Command::View(ViewCommand::ClearFilter),
    Command::View(ViewCommand::AskAsOf),
    Command::View(ViewCommand::FoldHere),
    Command::View(ViewCommand::FoldAll),
    Command::View(ViewCommand::UnfoldAll),
    Command::View(ViewCommand::NextNote),
    Command::View(ViewCommand::PreviousNote),
    Command::View(ViewCommand::FitColumn(None)),
    Command::View(ViewCommand::FreezeTo(None)),
    Command::View(ViewCommand::Unfreeze),
    Command::View(ViewCommand::HideColumn(None)),
    Command::View(ViewCommand::ShowColumns),
    Command::View(ViewCommand::MoveColumnLeft),
    Command::View(ViewCommand::MoveColumnRight),
    Command::View(ViewCommand::ToggleCompact),
    Command::View(ViewCommand::ZoomIn),
    Command::View(ViewCommand::ZoomOut),
    Command::View(ViewCommand::ZoomUsual),
    Command::View(ViewCommand::SetTextSize(TextSize::Small)),
    Command::View(ViewCommand::SetTextSize(TextSize::Usual)),
    Command::View(ViewCommand::SetTextSize(TextSize::Large)),
    Command::View(ViewCommand::SetTextSize(TextSize::Largest)),
    Command::View(ViewCommand::SetAppearance(Appearance::Light)),
    Command::View(ViewCommand::SetAppearance(Appearance::Dark)),
    Command::View(ViewCommand::SetAppearance(Appearance::HighContrast)),
    Command::View(ViewCommand::SetAppearance(Appearance::System)),
    Command::Help(HelpCommand::ShowPalette),
    Command::Help(HelpCommand::ShowShortcuts),
    Command::Help(HelpCommand::ShowLog),
    Command::Help(HelpCommand::ShowAbout),
];

impl Command {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::File(command) => command.about(),
            Self::Publish(command) => command.about(),
            Self::Recovery(command) => command.about(),
            Self::Edit(command) => command.about(),
            Self::Cells(command) => command.about(),
            Self::Find(command) => command.about(),
            Self::Row(command) => command.about(),
            Self::View(command) => command.about(),
            Self::Import(command) => command.about(),
            Self::Help(command) => command.about(),
        }
    }

    /// Its words in a menu or on a button.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.about().text
    }

    /// The keys for it.
    #[must_use]
    pub fn shortcut(&self) -> Option<Shortcut> {
        self.about().shortcut
    }

    /// What it does, with its keys, for a tooltip.
    #[must_use]
    pub fn tooltip(&self) -> String {
        self.about().whole_tooltip()
    }

    /// Whether it waits until an import under review is accepted or cancelled: what changes the document, or leads away from the review.
    #[must_use]
    pub fn waits_for_review(&self) -> bool {
        match self {
            Self::Edit(_) | Self::Cells(_) | Self::Find(_) | Self::Row(_) => true,
            Self::File(_) | Self::Publish(_) | Self::Recovery(_) | Self::Help(_) => false,
            Self::View(command) => match command {
                ViewCommand::Show(_)
                | ViewCommand::Next
                | ViewCommand::Previous
                | ViewCommand::GoTo(_)
                | ViewCommand::NextNote
                | ViewCommand::PreviousNote
                | ViewCommand::ToggleFilterBar
                | ViewCommand::SetFilter(_)
                | ViewCommand::ClearFilter
                | ViewCommand::Fold(_)
                | ViewCommand::FoldHere
                | ViewCommand::FoldAll
                | ViewCommand::UnfoldAll
                | ViewCommand::Sort(..)
                | ViewCommand::MoveColumnLeft
                | ViewCommand::MoveColumnRight
                | ViewCommand::PlaceColumn { .. }
                | ViewCommand::FitColumn(_) => true,
                ViewCommand::Select(_)
                | ViewCommand::SetAsOf(_)
                | ViewCommand::AskAsOf
                | ViewCommand::TogglePane(_)
                | ViewCommand::ToggleCharts
                | ViewCommand::SetAppearance(_)
                | ViewCommand::SetTextSize(_)
                | ViewCommand::ZoomIn
                | ViewCommand::ZoomOut
                | ViewCommand::ZoomUsual
                | ViewCommand::ToggleCompact
                | ViewCommand::FreezeTo(_)
                | ViewCommand::Unfreeze
                | ViewCommand::HideColumn(_)
                | ViewCommand::ShowColumns
                | ViewCommand::DrawWith(_) => false,
            },
            Self::Import(command) => match command {
                ImportCommand::Review => true,
                ImportCommand::ReviewWorkbook(_)
                | ImportCommand::AddFromWorkbook
                | ImportCommand::AddFiles(_)
                | ImportCommand::PasteTable(_)
                | ImportCommand::LookAt(_)
                | ImportCommand::Correct(..)
                | ImportCommand::ReadAsTable
                | ImportCommand::Remember(_)
                | ImportCommand::ForgetMapping
                | ImportCommand::Accept
                | ImportCommand::Cancel
                | ImportCommand::Discard
                | ImportCommand::KeepReviewing => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_keys_or_words() {
        let (mut keys, mut words) = (HashSet::new(), HashSet::new());
        for command in ALL {
            assert!(words.insert(command.text()), "{}", command.text());
            if let Some(shortcut) = command.shortcut() {
                assert!(keys.insert(shortcut), "{}", shortcut.words());
            }
        }
    }
}
