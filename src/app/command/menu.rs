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
    pub fn entries(self) -> &'static [Entry] {
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
pub enum Entry {
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
    pub fn entries(self) -> &'static [Entry] {
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

const FILE: &[Entry] = &[
    Entry::Do(Command::New, 'N'),
    Entry::Do(Command::Open, 'O'),
    Entry::Within(Within::Recent, 'R'),
    Entry::Do(Command::OpenSample, 'M'),
    Entry::Line,
    Entry::Do(Command::ReviewImport, 'I'),
    Entry::Do(Command::AddFromWorkbook, 'T'),
    Entry::Line,
    Entry::Do(Command::Save, 'S'),
    Entry::Do(Command::SaveAs, 'A'),
    Entry::Line,
    Entry::Do(Command::ExportReturn, 'E'),
    Entry::Do(Command::Print, 'P'),
    Entry::Line,
    Entry::Do(Command::Quit, 'C'),
];

const EDIT: &[Entry] = &[
    Entry::Do(Command::Undo, 'U'),
    Entry::Do(Command::Redo, 'R'),
    Entry::Line,
    Entry::Do(Command::Cells(OnCells::Cut), 'T'),
    Entry::Do(Command::Cells(OnCells::Copy), 'C'),
    Entry::Do(Command::Cells(OnCells::Paste(String::new())), 'P'),
    Entry::Do(Command::PasteTable(String::new()), 'B'),
    Entry::Do(Command::Cells(OnCells::Clear), 'L'),
    Entry::Line,
    Entry::Do(Command::Cells(OnCells::FillDown), 'D'),
    Entry::Do(Command::Cells(OnCells::FillRight), 'G'),
    Entry::Do(Command::Cells(OnCells::Today), 'Y'),
    Entry::Line,
    Entry::Do(Command::Cells(OnCells::SelectAll), 'A'),
    Entry::Do(Command::Cells(OnCells::SelectRow), 'W'),
    Entry::Do(Command::Cells(OnCells::SelectColumn), 'M'),
    Entry::Line,
    Entry::Do(Command::Find(Find::Open), 'F'),
    Entry::Do(Command::Find(Find::OpenReplace), 'E'),
    Entry::Do(Command::Find(Find::Next), 'N'),
    Entry::Do(Command::Find(Find::Previous), 'V'),
    Entry::Line,
    Entry::Do(Command::RecordPeriod, 'O'),
];

const ROW: &[Entry] = &[
    Entry::Do(Command::AddAction, 'A'),
    Entry::Do(Command::AddLine, 'C'),
    Entry::Do(Command::AddGroup, 'G'),
    Entry::Do(Command::AddSection, 'P'),
    Entry::Line,
    Entry::Do(Command::DuplicateRow, 'U'),
    Entry::Do(Command::MoveRowUp, 'M'),
    Entry::Do(Command::MoveRowDown, 'W'),
    Entry::Do(Command::RenumberRefs, 'R'),
    Entry::Line,
    Entry::Do(Command::AddUpdate(String::new()), 'T'),
    Entry::Line,
    Entry::Within(Within::Status, 'S'),
    Entry::Do(Command::Cells(OnCells::SetLead(None)), 'L'),
    Entry::Do(Command::Cells(OnCells::MoveDates(None)), 'E'),
    Entry::Line,
    Entry::Do(Command::DeleteRow, 'D'),
];

const VIEW: &[Entry] = &[
    Entry::Do(Command::Show(View::Summary), 'S'),
    Entry::Do(Command::NextView, 'B'),
    Entry::Do(Command::PreviousView, 'V'),
    Entry::Line,
    Entry::Do(Command::TogglePane(Pane::Details), 'D'),
    Entry::Do(Command::TogglePane(Pane::Notes), 'N'),
    Entry::Do(Command::ToggleCharts, 'C'),
    Entry::Line,
    Entry::Do(Command::ToggleFilterBar, 'F'),
    Entry::Do(Command::ClearFilter, 'A'),
    Entry::Do(Command::AskAsOf, 'J'),
    Entry::Do(Command::FoldHere, 'H'),
    Entry::Do(Command::FoldAll, 'L'),
    Entry::Do(Command::UnfoldAll, 'O'),
    Entry::Line,
    Entry::Do(Command::NextNote, 'X'),
    Entry::Do(Command::PreviousNote, 'P'),
    Entry::Line,
    Entry::Within(Within::Columns, 'U'),
    Entry::Do(Command::ToggleCompact, 'M'),
    Entry::Within(Within::Zoom, 'Z'),
    Entry::Within(Within::TextSize, 'T'),
    Entry::Within(Within::Theme, 'E'),
    Entry::Within(Within::Renderer, 'W'),
];

const HELP: &[Entry] = &[
    Entry::Do(Command::ShowPalette, 'F'),
    Entry::Do(Command::ShowShortcuts, 'K'),
    Entry::Line,
    Entry::Do(Command::ShowLog, 'L'),
    Entry::Do(Command::ShowAbout, 'A'),
];

const STATUS: &[Entry] = &[
    Entry::Do(Command::Cells(OnCells::SetStatus(Status::NotStarted)), 'N'),
    Entry::Do(Command::Cells(OnCells::SetStatus(Status::MajorProblems)), 'J'),
    Entry::Do(Command::Cells(OnCells::SetStatus(Status::MinorProblems)), 'M'),
    Entry::Do(Command::Cells(OnCells::SetStatus(Status::InProgress)), 'I'),
    Entry::Do(Command::Cells(OnCells::SetStatus(Status::Complete)), 'C'),
];

const COLUMNS: &[Entry] = &[
    Entry::Do(Command::FitColumn(None), 'F'),
    Entry::Do(Command::FreezeTo(None), 'Z'),
    Entry::Do(Command::Unfreeze, 'U'),
    Entry::Do(Command::HideColumn(None), 'H'),
    Entry::Do(Command::ShowColumns, 'S'),
    Entry::Do(Command::MoveColumnLeft, 'L'),
    Entry::Do(Command::MoveColumnRight, 'R'),
];

const ZOOM: &[Entry] = &[Entry::Do(Command::ZoomIn, 'I'), Entry::Do(Command::ZoomOut, 'O'), Entry::Do(Command::ZoomUsual, '1')];

const TEXT_SIZE: &[Entry] = &[
    Entry::Do(Command::SetTextSize(TextSize::Small), 'S'),
    Entry::Do(Command::SetTextSize(TextSize::Usual), 'U'),
    Entry::Do(Command::SetTextSize(TextSize::Large), 'L'),
    Entry::Do(Command::SetTextSize(TextSize::Largest), 'G'),
];

const THEME: &[Entry] = &[
    Entry::Do(Command::SetAppearance(Appearance::Light), 'L'),
    Entry::Do(Command::SetAppearance(Appearance::Dark), 'D'),
    Entry::Do(Command::SetAppearance(Appearance::HighContrast), 'H'),
    Entry::Do(Command::SetAppearance(Appearance::System), 'S'),
];

const RENDERER: &[Entry] = &[
    Entry::Do(Command::DrawWith(None), 'W'),
    Entry::Do(Command::DrawWith(Some(Renderer::Vulkan)), 'V'),
    Entry::Do(Command::DrawWith(Some(Renderer::Opengl)), 'O'),
    Entry::Do(Command::DrawWith(Some(Renderer::VulkanSoftware)), 'U'),
    Entry::Do(Command::DrawWith(Some(Renderer::OpenglSoftware)), 'P'),
];

const RENDERER_ON_WINDOWS: &[Entry] = &[
    Entry::Do(Command::DrawWith(None), 'W'),
    Entry::Do(Command::DrawWith(Some(Renderer::Dx12)), 'D'),
    Entry::Do(Command::DrawWith(Some(Renderer::Dx12Software)), '1'),
    Entry::Do(Command::DrawWith(Some(Renderer::Vulkan)), 'V'),
    Entry::Do(Command::DrawWith(Some(Renderer::Opengl)), 'O'),
    Entry::Do(Command::DrawWith(Some(Renderer::VulkanSoftware)), 'U'),
    Entry::Do(Command::DrawWith(Some(Renderer::OpenglSoftware)), 'P'),
];

impl Command {
    /// The menu it stands in, itself or in a menu within it.
    #[must_use]
    pub fn menu(&self) -> Option<Menu> {
        let holds = |entries: &[Entry]| entries.iter().any(|entry| matches!(entry, Entry::Do(command, _) if command == self));
        Menu::ALL.into_iter().find(|menu| {
            let within = menu.entries().iter().any(|entry| matches!(entry, Entry::Within(within, _) if holds(within.entries())));
            within || holds(menu.entries())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{super::ALL, *};

    fn all_entries() -> Vec<&'static [Entry]> {
        Menu::ALL.map(Menu::entries).into_iter().chain(Within::ALL.map(Within::entries)).collect()
    }

    #[test]
    fn a_letter_stands_in_its_words_and_chooses_one_thing_in_a_menu() {
        let bar = Menu::ALL.map(|menu| (menu.word(), menu.letter()));
        let of = |entry: &Entry| match entry {
            Entry::Do(command, letter) => Some((command.text(), *letter)),
            Entry::Within(within, letter) => Some((within.words(), *letter)),
            Entry::Line => None,
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
        let done = |entries: &[Entry]| -> Vec<Command> {
            entries.iter().filter_map(|entry| if let Entry::Do(command, _) = entry { Some(command.clone()) } else { None }).collect()
        };
        let all: Vec<Command> = all_entries().into_iter().flat_map(done).collect();
        for command in ALL {
            assert_eq!(all.iter().filter(|other| *other == command).count(), 1, "{command:?}");
        }
        assert_eq!(Command::Undo.menu(), Some(Menu::Edit));
        assert_eq!(Command::SetAppearance(Appearance::Dark).menu(), Some(Menu::View), "in a menu within it");
    }
}
