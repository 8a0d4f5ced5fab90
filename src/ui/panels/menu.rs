//! The menu bar.

use std::path::{Path, PathBuf};

use eframe::egui::{
    Button, MenuBar, Ui,
    containers::menu::{MenuButton, SubMenuButton},
};

use crate::{
    app::{
        command::{Command, EditCommand, FileCommand, Menu, MenuEntry, ViewCommand, Within},
        state::State,
    },
    store::shortened,
    ui::{access_keys::Letters, entries, focus},
};

/// What a menu is drawn from and into.
struct Drawing<'a> {
    state: &'a State,
    letters: &'a mut Letters,
    commands: &'a mut Vec<Command>,
}

/// Draws the menus.
pub(crate) fn show(ui: &mut Ui, state: &State, letters: &mut Letters, commands: &mut Vec<Command>) {
    let mut drawing = Drawing { state, letters, commands };
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            drawing.letters.before_bar(ui, menu);
            let words = drawing.letters.words(ui, menu.word(), menu.letter());
            let add = |ui: &mut Ui| entries::scrolled(ui, |ui| drawing.entries(ui, menu.entries(), 1));
            let (response, inner) = MenuButton::from_button(Button::new(words)).ui(ui, add);
            focus::ring(ui, &response);
            drawing.letters.after_bar(ui, menu, &response, inner.is_some());
        }
    });
    drawing.letters.end(ui);
}

impl Drawing<'_> {
    fn entries(&mut self, ui: &mut Ui, all: &[MenuEntry], depth: usize) {
        self.letters.drawn(depth);
        for entry in all {
            match entry {
                MenuEntry::Do(command) => self.command(ui, command, depth),
                MenuEntry::Within(within, letter) => self.within(ui, *within, *letter, depth),
                MenuEntry::Line => {
                    ui.separator();
                }
            }
        }
    }

    fn command(&mut self, ui: &mut Ui, command: &Command, depth: usize) {
        let words = self.words(command);
        // Every one in a menu has a letter, which a test holds it to; no key is the other.
        let letter = command.about().letter.unwrap_or_default();
        self.entry(ui, command.clone(), &words, None, letter, depth);
    }

    fn entry(&mut self, ui: &mut Ui, command: Command, words: &str, about: Option<String>, letter: char, depth: usize) {
        let why_not = self.state.why_not(&command);
        let marked = self.is_marked(&command);
        let by_letter = self.letters.chooses(ui, depth, letter) && why_not.is_none();
        let words = self.letters.words(ui, words, letter);
        let before = self.commands.len();
        let response = entries::entry(ui, &|_| why_not, command.clone(), words, marked, self.commands);
        self.letters.after_entry(ui, &response, letter);
        if let Some(about) = about {
            response.on_hover_text(about);
        }
        if by_letter {
            self.commands.truncate(before);
            self.commands.push(command);
            self.letters.chosen(ui);
        }
    }

    /// What it says: undo and redo say of what.
    fn words(&self, command: &Command) -> String {
        let step = match command {
            Command::Edit(EditCommand::Undo) => self.state.workspace.history().next_undo(),
            Command::Edit(EditCommand::Redo) => self.state.workspace.history().next_redo(),
            _ => None,
        };
        step.map_or_else(|| command.text().to_owned(), |step| format!("{}: {}", command.text(), step.name))
    }

    /// Whether it is the choice that holds now.
    fn is_marked(&self, command: &Command) -> bool {
        let settings = self.state.remembered.settings();
        match command {
            Command::View(ViewCommand::ToggleCompact) => settings.compact_rows,
            Command::View(ViewCommand::SetTextSize(size)) => settings.text_size == *size,
            Command::View(ViewCommand::SetAppearance(appearance)) => settings.theme == *appearance,
            Command::View(ViewCommand::DrawWith(renderer)) => settings.renderer == *renderer,
            _ => false,
        }
    }

    /// A menu within a menu.
    fn within(&mut self, ui: &mut Ui, within: Within, letter: char, depth: usize) {
        self.letters.before_within(ui, depth, letter);
        let words = self.letters.words(ui, within.words(), letter);
        let (response, _) = SubMenuButton::new(words).ui(ui, |ui| match within {
            Within::Recent => self.recent(ui, depth + 1),
            other => self.entries(ui, other.entries(), depth + 1),
        });
        focus::ring(ui, &response);
        self.letters.after_within(ui, &response, letter);
    }

    /// The files opened last. None of them is looked for: a share that is not connected would hold the window up.
    fn recent(&mut self, ui: &mut Ui, depth: usize) {
        self.letters.drawn(depth);
        for (path, digit) in self.state.remembered.recent().all().iter().zip("1234567890".chars()) {
            let mut name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let alike = |other: &&PathBuf| other.file_name() == path.file_name();
            if self.state.remembered.recent().all().iter().filter(alike).count() > 1
                && let Some(folder) = path.parent().and_then(Path::file_name)
            {
                name = format!("{name} in {}", folder.to_string_lossy());
            }
            self.entry(
                ui,
                Command::File(FileCommand::OpenFiles(vec![path.clone()])),
                &format!("{digit}  {name}"),
                Some(shortened(path)),
                digit,
                depth,
            );
        }
        if self.state.remembered.recent().all().is_empty() {
            ui.weak("Nothing was opened yet");
        }
    }
}
