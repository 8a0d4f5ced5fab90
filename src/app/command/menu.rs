//! The menus: what stands in each, with the letter that chooses it, and which of them every action belongs to. Draws none.

use super::{Command, Find, OnCells, Pane, View};
use crate::{
    app::{Appearance, Renderer, TextSize},
    model::Status,
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

/// One thing in a menu. A letter stands in the words it chooses, and once in a menu.
#[derive(Clone, Debug, PartialEq)]
pub enum MenuEntry {
    Do(Command, char),
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
    MenuEntry::Do(Command::New, 'N'),
    MenuEntry::Do(Command::Open, 'O'),
    MenuEntry::Within(Within::Recent, 'R'),
    MenuEntry::Do(Command::OpenSample, 'M'),
    MenuEntry::Line,
    MenuEntry::Do(Command::ReviewImport, 'I'),
    MenuEntry::Do(Command::AddFromWorkbook, 'T'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Save, 'S'),
    MenuEntry::Do(Command::SaveAs, 'A'),
    MenuEntry::Line,
    MenuEntry::Do(Command::ExportReturn, 'E'),
    MenuEntry::Do(Command::Print, 'P'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Quit, 'C'),
];

const EDIT: &[MenuEntry] = &[
    MenuEntry::Do(Command::Undo, 'U'),
    MenuEntry::Do(Command::Redo, 'R'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(OnCells::Cut), 'T'),
    MenuEntry::Do(Command::Cells(OnCells::Copy), 'C'),
    MenuEntry::Do(Command::Cells(OnCells::Paste(String::new())), 'P'),
    MenuEntry::Do(Command::PasteTable(String::new()), 'B'),
    MenuEntry::Do(Command::Cells(OnCells::Clear), 'L'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(OnCells::FillDown), 'D'),
    MenuEntry::Do(Command::Cells(OnCells::FillRight), 'G'),
    MenuEntry::Do(Command::Cells(OnCells::Today), 'Y'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Cells(OnCells::SelectAll), 'A'),
    MenuEntry::Do(Command::Cells(OnCells::SelectRow), 'W'),
    MenuEntry::Do(Command::Cells(OnCells::SelectColumn), 'M'),
    MenuEntry::Line,
    MenuEntry::Do(Command::Find(Find::Open), 'F'),
    MenuEntry::Do(Command::Find(Find::OpenReplace), 'E'),
    MenuEntry::Do(Command::Find(Find::Next), 'N'),
    MenuEntry::Do(Command::Find(Find::Previous), 'V'),
    MenuEntry::Line,
    MenuEntry::Do(Command::RecordPeriod, 'O'),
];

const ROW: &[MenuEntry] = &[
    MenuEntry::Do(Command::AddAction, 'A'),
    MenuEntry::Do(Command::AddLine, 'C'),
    MenuEntry::Do(Command::AddGroup, 'G'),
    MenuEntry::Do(Command::AddSection, 'P'),
    MenuEntry::Line,
    MenuEntry::Do(Command::DuplicateRow, 'U'),
    MenuEntry::Do(Command::MoveRowUp, 'M'),
    MenuEntry::Do(Command::MoveRowDown, 'W'),
    MenuEntry::Do(Command::RenumberRefs, 'R'),
    MenuEntry::Line,
    MenuEntry::Do(Command::AddUpdate(String::new()), 'T'),
    MenuEntry::Line,
    MenuEntry::Within(Within::Status, 'S'),
    MenuEntry::Do(Command::Cells(OnCells::SetLead(None)), 'L'),
    MenuEntry::Do(Command::Cells(OnCells::MoveDates(None)), 'E'),
    MenuEntry::Line,
    MenuEntry::Do(Command::DeleteRow, 'D'),
];

const VIEW: &[MenuEntry] = &[
    MenuEntry::Do(Command::Show(View::Summary), 'S'),
    MenuEntry::Do(Command::NextView, 'B'),
    MenuEntry::Do(Command::PreviousView, 'V'),
    MenuEntry::Line,
    MenuEntry::Do(Command::TogglePane(Pane::Details), 'D'),
    MenuEntry::Do(Command::TogglePane(Pane::Notes), 'N'),
    MenuEntry::Do(Command::ToggleCharts, 'C'),
    MenuEntry::Line,
    MenuEntry::Do(Command::ToggleFilterBar, 'F'),
    MenuEntry::Do(Command::ClearFilter, 'A'),
    MenuEntry::Do(Command::AskAsOf, 'J'),
    MenuEntry::Do(Command::FoldHere, 'H'),
    MenuEntry::Do(Command::FoldAll, 'L'),
    MenuEntry::Do(Command::UnfoldAll, 'O'),
    MenuEntry::Line,
    MenuEntry::Do(Command::NextNote, 'X'),
    MenuEntry::Do(Command::PreviousNote, 'P'),
    MenuEntry::Line,
    MenuEntry::Within(Within::Columns, 'U'),
    MenuEntry::Do(Command::ToggleCompact, 'M'),
    MenuEntry::Within(Within::Zoom, 'Z'),
    MenuEntry::Within(Within::TextSize, 'T'),
    MenuEntry::Within(Within::Theme, 'E'),
    MenuEntry::Within(Within::Renderer, 'W'),
];

const HELP: &[MenuEntry] = &[
    MenuEntry::Do(Command::ShowPalette, 'F'),
    MenuEntry::Do(Command::ShowShortcuts, 'K'),
    MenuEntry::Line,
    MenuEntry::Do(Command::ShowLog, 'L'),
    MenuEntry::Do(Command::ShowAbout, 'A'),
];

const STATUS: &[MenuEntry] = &[
    MenuEntry::Do(Command::Cells(OnCells::SetStatus(Status::NotStarted)), 'N'),
    MenuEntry::Do(Command::Cells(OnCells::SetStatus(Status::MajorProblems)), 'J'),
    MenuEntry::Do(Command::Cells(OnCells::SetStatus(Status::MinorProblems)), 'M'),
    MenuEntry::Do(Command::Cells(OnCells::SetStatus(Status::InProgress)), 'I'),
    MenuEntry::Do(Command::Cells(OnCells::SetStatus(Status::Complete)), 'C'),
];

const COLUMNS: &[MenuEntry] = &[
    MenuEntry::Do(Command::FitColumn(None), 'F'),
    MenuEntry::Do(Command::FreezeTo(None), 'Z'),
    MenuEntry::Do(Command::Unfreeze, 'U'),
    MenuEntry::Do(Command::HideColumn(None), 'H'),
    MenuEntry::Do(Command::ShowColumns, 'S'),
    MenuEntry::Do(Command::MoveColumnLeft, 'L'),
    MenuEntry::Do(Command::MoveColumnRight, 'R'),
];

const ZOOM: &[MenuEntry] =
    &[MenuEntry::Do(Command::ZoomIn, 'I'), MenuEntry::Do(Command::ZoomOut, 'O'), MenuEntry::Do(Command::ZoomUsual, '1')];

const TEXT_SIZE: &[MenuEntry] = &[
    MenuEntry::Do(Command::SetTextSize(TextSize::Small), 'S'),
    MenuEntry::Do(Command::SetTextSize(TextSize::Usual), 'U'),
    MenuEntry::Do(Command::SetTextSize(TextSize::Large), 'L'),
    MenuEntry::Do(Command::SetTextSize(TextSize::Largest), 'G'),
];

const THEME: &[MenuEntry] = &[
    MenuEntry::Do(Command::SetAppearance(Appearance::Light), 'L'),
    MenuEntry::Do(Command::SetAppearance(Appearance::Dark), 'D'),
    MenuEntry::Do(Command::SetAppearance(Appearance::HighContrast), 'H'),
    MenuEntry::Do(Command::SetAppearance(Appearance::System), 'S'),
];

const RENDERER: &[MenuEntry] = &[
    MenuEntry::Do(Command::DrawWith(None), 'W'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Vulkan)), 'V'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Opengl)), 'O'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::VulkanSoftware)), 'U'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::OpenglSoftware)), 'P'),
];

const RENDERER_ON_WINDOWS: &[MenuEntry] = &[
    MenuEntry::Do(Command::DrawWith(None), 'W'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Dx12)), 'D'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Dx12Software)), '1'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Vulkan)), 'V'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::Opengl)), 'O'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::VulkanSoftware)), 'U'),
    MenuEntry::Do(Command::DrawWith(Some(Renderer::OpenglSoftware)), 'P'),
];

impl Command {
    /// The menu it stands in, itself or in a menu within it.
    #[must_use]
    pub fn menu(&self) -> Option<Menu> {
        let holds = |entries: &[MenuEntry]| entries.iter().any(|entry| matches!(entry, MenuEntry::Do(command, _) if command == self));
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
            MenuEntry::Do(command, letter) => Some((command.text(), *letter)),
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
            entries.iter().filter_map(|entry| if let MenuEntry::Do(command, _) = entry { Some(command.clone()) } else { None }).collect()
        };
        let all: Vec<Command> = all_entries().into_iter().flat_map(done).collect();
        for command in ALL {
            assert_eq!(all.iter().filter(|other| *other == command).count(), 1, "{command:?}");
        }
        assert_eq!(Command::Undo.menu(), Some(Menu::Edit));
        assert_eq!(Command::SetAppearance(Appearance::Dark).menu(), Some(Menu::View), "in a menu within it");
    }
}
