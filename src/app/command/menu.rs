//! The menus: what stands in each, with the letter that chooses it, and which of them every action belongs to. Draws none.

use super::{
    CellCommand, Command, EditCommand, FileCommand, FindCommand, HelpCommand, ImportCommand, Pane, PublishCommand, RowCommand, View,
    ViewCommand,
};
use crate::{
    model::Status,
    store::{Appearance, Renderer, TextSize},
};

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

    /// The letter that opens it with Alt.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::File => 'F',
            Self::Edit => 'E',
            Self::Row => 'R',
            Self::View => 'V',
            Self::Help => 'H',
        }
    }

    /// What stands in it.
    #[must_use]
    pub fn entries(self) -> &'static [MenuEntry] {
        match self {
            Self::File => FILE,
            Self::Edit => EDIT,
            Self::Row => ROW,
            Self::View => VIEW,
            Self::Help => HELP,
        }
    }
}

/// One thing in a menu. Its letter stands in the words it chooses, and once in a menu; a command has its own.
#[derive(Clone, Debug, PartialEq)]
pub enum MenuEntry {
    Do(Command),
    Within(Within, char),
    /// A line between entries.
    Line,
}

/// A menu within a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The files opened last, which are chosen by their number.
    Recent,
    Status,
    Columns,
    Zoom,
    TextSize,
    Theme,
    Renderer,
}

impl Within {
    /// Every menu within a menu.
    pub const ALL: [Self; 7] = [Self::Recent, Self::Status, Self::Columns, Self::Zoom, Self::TextSize, Self::Theme, Self::Renderer];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Recent => "Open recent",
            Self::Status => "Set status of selected rows",
            Self::Columns => "Columns",
            Self::Zoom => "Zoom",
            Self::TextSize => "Text size",
            Self::Theme => "Theme",
            Self::Renderer => "Drawn with",
        }
    }

    /// What stands in it, beside the recent files.
    #[must_use]
    pub fn entries(self) -> &'static [MenuEntry] {
        match self {
            Self::Recent => &[],
            Self::Status => STATUS,
            Self::Columns => COLUMNS,
            Self::Zoom => ZOOM,
            Self::TextSize => TEXT_SIZE,
            Self::Theme => THEME,
            Self::Renderer if cfg!(windows) => RENDERER_ON_WINDOWS,
            Self::Renderer => RENDERER,
        }
    }
}

const FILE: &[MenuEntry] = &[
    MenuEntry::Do(Command::File(FileCommand::New)),
    MenuEntry::Do(Command::File(FileCommand::Open)),
    MenuEntry::Within(Within::Recent, 'R'),
    MenuEntry::Do(Command::File(FileCommand::OpenSample)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Import(ImportCommand::Review)),
    MenuEntry::Do(Command::Import(ImportCommand::AddFromWorkbook)),
    MenuEntry::Line,
    MenuEntry::Do(Command::File(FileCommand::Save)),
    MenuEntry::Do(Command::File(FileCommand::SaveAs)),
    MenuEntry::Do(Command::File(FileCommand::ShowReceipt)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Publish(PublishCommand::Export)),
    MenuEntry::Do(Command::Publish(PublishCommand::ExportPdf)),
    MenuEntry::Do(Command::Publish(PublishCommand::Print)),
    MenuEntry::Line,
    MenuEntry::Do(Command::File(FileCommand::Quit)),
];

const EDIT: &[MenuEntry] = &[
    MenuEntry::Do(Command::Edit(EditCommand::Undo)),
    MenuEntry::Do(Command::Edit(EditCommand::Redo)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(CellCommand::Cut)),
    MenuEntry::Do(Command::Cells(CellCommand::Copy)),
    MenuEntry::Do(Command::Cells(CellCommand::Paste(String::new()))),
    MenuEntry::Do(Command::Import(ImportCommand::PasteTable(String::new()))),
    MenuEntry::Do(Command::Cells(CellCommand::Clear)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(CellCommand::FillDown)),
    MenuEntry::Do(Command::Cells(CellCommand::FillRight)),
    MenuEntry::Do(Command::Cells(CellCommand::Today)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(CellCommand::SelectAll)),
    MenuEntry::Do(Command::Cells(CellCommand::SelectRow)),
    MenuEntry::Do(Command::Cells(CellCommand::SelectColumn)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Find(FindCommand::Open)),
    MenuEntry::Do(Command::Find(FindCommand::OpenReplace)),
    MenuEntry::Do(Command::Find(FindCommand::Next)),
    MenuEntry::Do(Command::Find(FindCommand::Previous)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Edit(EditCommand::RecordPeriod)),
    MenuEntry::Do(Command::Edit(EditCommand::WriteCounts)),
];

const ROW: &[MenuEntry] = &[
    MenuEntry::Do(Command::Row(RowCommand::AddAction)),
    MenuEntry::Do(Command::Row(RowCommand::AddLine)),
    MenuEntry::Do(Command::Row(RowCommand::AddGroup)),
    MenuEntry::Do(Command::Row(RowCommand::AddSection)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Row(RowCommand::Duplicate)),
    MenuEntry::Do(Command::Row(RowCommand::MoveUp)),
    MenuEntry::Do(Command::Row(RowCommand::MoveDown)),
    MenuEntry::Do(Command::Row(RowCommand::RenumberRefs)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Row(RowCommand::AddUpdate(String::new()))),
    MenuEntry::Do(Command::Row(RowCommand::TurnDirection)),
    MenuEntry::Line,
    MenuEntry::Within(Within::Status, 'S'),
    MenuEntry::Do(Command::Edit(EditCommand::AskStatuses)),
    MenuEntry::Do(Command::Cells(CellCommand::SetLead(None))),
    MenuEntry::Do(Command::Cells(CellCommand::MoveDates(None))),
    MenuEntry::Line,
    MenuEntry::Do(Command::Row(RowCommand::Delete)),
];

const VIEW: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::Show(View::Summary))),
    MenuEntry::Do(Command::View(ViewCommand::Next)),
    MenuEntry::Do(Command::View(ViewCommand::Previous)),
    MenuEntry::Line,
    MenuEntry::Do(Command::View(ViewCommand::TogglePane(Pane::Details))),
    MenuEntry::Do(Command::View(ViewCommand::TogglePane(Pane::Notes))),
    MenuEntry::Do(Command::View(ViewCommand::ToggleCharts)),
    MenuEntry::Line,
    MenuEntry::Do(Command::View(ViewCommand::ToggleFilterBar)),
    MenuEntry::Do(Command::View(ViewCommand::ClearFilter)),
    MenuEntry::Do(Command::View(ViewCommand::AskAsOf)),
    MenuEntry::Do(Command::View(ViewCommand::FoldHere)),
    MenuEntry::Do(Command::View(ViewCommand::FoldAll)),
    MenuEntry::Do(Command::View(ViewCommand::UnfoldAll)),
    MenuEntry::Line,
    MenuEntry::Do(Command::View(ViewCommand::NextNote)),
    MenuEntry::Do(Command::View(ViewCommand::PreviousNote)),
    MenuEntry::Line,
    MenuEntry::Within(Within::Columns, 'U'),
    MenuEntry::Do(Command::View(ViewCommand::ToggleCompact)),
    MenuEntry::Within(Within::Zoom, 'Z'),
    MenuEntry::Within(Within::TextSize, 'T'),
    MenuEntry::Within(Within::Theme, 'E'),
    MenuEntry::Within(Within::Renderer, 'W'),
];

const HELP: &[MenuEntry] = &[
    MenuEntry::Do(Command::Help(HelpCommand::ShowPalette)),
    MenuEntry::Do(Command::Help(HelpCommand::ShowShortcuts)),
    MenuEntry::Line,
    MenuEntry::Do(Command::Help(HelpCommand::ShowLog)),
    MenuEntry::Do(Command::Help(HelpCommand::ShowAbout)),
];

const STATUS: &[MenuEntry] = &[
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::NotStarted))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::MajorProblems))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::MinorProblems))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::InProgress))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::Complete))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::OnHold))),
    MenuEntry::Do(Command::Cells(CellCommand::SetStatus(Status::Cancelled))),
];

const COLUMNS: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::FitColumn(None))),
    MenuEntry::Do(Command::View(ViewCommand::FreezeTo(None))),
    MenuEntry::Do(Command::View(ViewCommand::Unfreeze)),
    MenuEntry::Do(Command::View(ViewCommand::HideColumn(None))),
    MenuEntry::Do(Command::View(ViewCommand::ShowColumns)),
    MenuEntry::Do(Command::View(ViewCommand::MoveColumnLeft)),
    MenuEntry::Do(Command::View(ViewCommand::MoveColumnRight)),
];

const ZOOM: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::ZoomIn)),
    MenuEntry::Do(Command::View(ViewCommand::ZoomOut)),
    MenuEntry::Do(Command::View(ViewCommand::ZoomUsual)),
];

const TEXT_SIZE: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::SetTextSize(TextSize::Small))),
    MenuEntry::Do(Command::View(ViewCommand::SetTextSize(TextSize::Usual))),
    MenuEntry::Do(Command::View(ViewCommand::SetTextSize(TextSize::Large))),
    MenuEntry::Do(Command::View(ViewCommand::SetTextSize(TextSize::Largest))),
];

const THEME: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::SetAppearance(Appearance::Light))),
    MenuEntry::Do(Command::View(ViewCommand::SetAppearance(Appearance::Dark))),
    MenuEntry::Do(Command::View(ViewCommand::SetAppearance(Appearance::HighContrast))),
    MenuEntry::Do(Command::View(ViewCommand::SetAppearance(Appearance::System))),
];

const RENDERER: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(None))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Vulkan)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Opengl)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Processor)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::VulkanSoftware)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::OpenglSoftware)))),
];

const RENDERER_ON_WINDOWS: &[MenuEntry] = &[
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(None))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Dx12)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Vulkan)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Opengl)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Processor)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::Dx12Software)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::VulkanSoftware)))),
    MenuEntry::Do(Command::View(ViewCommand::DrawWith(Some(Renderer::OpenglSoftware)))),
];

impl Command {
    /// The menu it stands in, itself or in a menu within it.
    #[must_use]
    pub fn menu(&self) -> Option<Menu> {
        let holds = |entries: &[MenuEntry]| entries.iter().any(|entry| matches!(entry, MenuEntry::Do(command) if command == self));
        Menu::ALL.into_iter().find(|menu| {
            let within = menu.entries().iter().any(|entry| matches!(entry, MenuEntry::Within(within, _) if holds(within.entries())));
            within || holds(menu.entries())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{super::ALL, *};

    fn all_entries() -> Vec<&'static [MenuEntry]> {
        Menu::ALL.map(Menu::entries).into_iter().chain(Within::ALL.map(Within::entries)).collect()
    }

    #[test]
    fn a_letter_stands_in_its_words_and_chooses_one_thing_in_a_menu() {
        let bar = Menu::ALL.map(|menu| (menu.word(), menu.letter()));
        let of = |entry: &MenuEntry| match entry {
            MenuEntry::Do(command) => Some((command.text(), command.about().letter.unwrap())),
            MenuEntry::Within(within, letter) => Some((within.words(), *letter)),
            MenuEntry::Line => None,
        };
        let menus = all_entries().into_iter().map(|entries| entries.iter().filter_map(of).collect::<Vec<_>>());
        for menu in menus.chain([bar.to_vec()]) {
            let mut seen = HashSet::new();
            for (words, letter) in menu {
                assert!(words.to_uppercase().contains(letter), "{letter} in “{words}”");
                assert!(seen.insert(letter), "{letter} of “{words}” is taken");
            }
        }
    }

    #[test]
    fn every_command_with_a_place_stands_in_its_menu_once() {
        let done = |entries: &[MenuEntry]| -> Vec<Command> {
            entries.iter().filter_map(|entry| if let MenuEntry::Do(command) = entry { Some(command.clone()) } else { None }).collect()
        };
        let all: Vec<Command> = all_entries().into_iter().flat_map(done).collect();
        for command in ALL {
            assert_eq!(all.iter().filter(|other| *other == command).count(), 1, "{command:?}");
        }
        assert_eq!(Command::Edit(EditCommand::Undo).menu(), Some(Menu::Edit));
        assert_eq!(Command::View(ViewCommand::SetAppearance(Appearance::Dark)).menu(), Some(Menu::View), "in a menu within it");
    }
}
