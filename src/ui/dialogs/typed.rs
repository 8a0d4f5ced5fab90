//! A file's name typed in the window, where no file dialog can be had. Asks before a file is replaced, and opens and writes none itself.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Id, TextEdit, text::CCursor, text_selection::CCursorRange, widgets::text_edit::TextEditState};

use super::{
    choose,
    files::{Asked, cancelled},
    sheet,
};
use crate::{
    app::{
        command::{Command, FileCommand},
        state::Ask,
    },
    ui::theme::Theme,
};

/// The name being typed, and what for.
#[derive(Debug)]
pub struct Typing {
    ask: Ask,
    /// Where a name without a folder goes.
    folder: PathBuf,
    text: String,
    /// The file that is there already, once it was told that it will be replaced.
    replaced: Option<PathBuf>,
    /// Why what was typed is not taken.
    why: String,
    begun: bool,
}

impl Typing {
    /// Begins with the name a question offers, in the folder a dialog would have begun in.
    pub fn of(ask: Ask, folder: Option<PathBuf>) -> Self {
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let name = Asked::of(&ask).map_or("", |asked| asked.name);
        let text = folder.join(name).display().to_string();
        Self { ask, folder, text, replaced: None, why: String::new(), begun: false }
    }

    /// The command that the typed name answers with; none where it is told first what is amiss or would be replaced.
    fn accept(&mut self) -> Option<Command> {
        let (path, asked) = (self.path()?, Asked::of(&self.ask)?);
        let Some(what) = asked.writes else {
            if !path.is_file() {
                self.why = format!("There is no file {}.", path.display());
                return None;
            }
            return asked.answer(vec![path]);
        };
        // A name of another kind of file is asked about later.
        let path = what.named(path.clone()).unwrap_or(path);
        if path.is_dir() {
            self.why = format!("{} is a folder. Type a name behind it.", path.display());
            return None;
        }
        if path.exists() && self.replaced.as_ref() != Some(&path) {
            self.why = format!("{} is there already. Press Enter again to replace it, or type another name.", path.display());
            self.replaced = Some(path);
            return None;
        }
        asked.answer(vec![path])
    }

    /// What was typed, as a path.
    fn path(&self) -> Option<PathBuf> {
        let typed = self.text.trim().trim_matches('"');
        let home = typed.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
        let path = home.unwrap_or_else(|| self.folder.join(Path::new(typed)));
        (!typed.is_empty()).then_some(path)
    }
}

/// Draws the sheet; the command it ends in, once it does.
pub(super) fn show(ctx: &Context, theme: &Theme, typing: &mut Typing) -> Option<Command> {
    let words = "There is no file dialog on this desktop. Type where the file is, or shall be.";
    let field = Id::unique("typed file name");
    let ask = typing.ask.clone();
    let asked = Asked::of(&ask)?;
    let mut chosen = Vec::new();
    let before = typing.text.clone();
    sheet(ctx, "typed name", asked.title, words, |ui| {
        let begun = std::mem::replace(&mut typing.begun, true);
        if !begun {
            let mut state = TextEditState::default();
            state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(typing.text.chars().count()))));
            state.store(ctx, field);
        }
        let edit = ui.add(TextEdit::singleline(&mut typing.text).id(field).desired_width(f32::INFINITY));
        if !begun || ui.memory(|memory| memory.focused().is_none()) {
            edit.request_focus();
        }
        ui.ctx().accesskit_node_builder(edit.id, |node| node.set_label("File name"));
        ui.end_row();
        let why = ui.label(&typing.why);
        ui.ctx().accesskit_node_builder(why.id, |node| node.set_live(eframe::egui::accesskit::Live::Polite));
        ui.end_row();
        let first = asked.answer(vec![PathBuf::new()]).unwrap_or(Command::File(FileCommand::KeepWorking));
        choose(ui, theme, &[first, Command::File(FileCommand::KeepWorking)], &Command::File(FileCommand::KeepWorking), &mut chosen);
    });
    if typing.text != before {
        (typing.replaced, typing.why) = (None, String::new());
    }
    match chosen.pop()? {
        Command::File(FileCommand::KeepWorking) => Some(cancelled(&typing.ask)),
        _ => typing.accept(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typing(ask: Ask, folder: &Path, text: &str) -> Typing {
        Typing { text: text.to_owned(), ..Typing::of(ask, Some(folder.to_owned())) }
    }

    #[test]
    fn a_typed_name_becomes_a_path_and_a_file_is_replaced_only_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let save = || Ask::WhereToSave("Plan.plandesk".to_owned());
        assert_eq!(Typing::of(save(), Some(folder.path().to_owned())).text, at("Plan.plandesk").display().to_string());
        assert_eq!(typing(save(), folder.path(), " mine ").accept(), Some(Command::File(FileCommand::SaveTo(at("mine.plandesk")))));
        assert_eq!(typing(save(), folder.path(), "").accept(), None);
        assert_eq!(
            typing(save(), folder.path(), &at("x.xlsx").display().to_string()).accept(),
            Some(Command::File(FileCommand::SaveTo(at("x.xlsx"))))
        );
        std::fs::write(at("mine.plandesk"), "old").unwrap();
        let mut taken = typing(save(), folder.path(), "mine");
        assert!(taken.accept().is_none() && taken.why.contains("mine.plandesk is there already"), "{}", taken.why);
        assert_eq!(taken.accept(), Some(Command::File(FileCommand::SaveTo(at("mine.plandesk")))));
        let mut none = typing(Ask::FilesToOpen, folder.path(), "none.xlsx");
        assert!(none.accept().is_none() && none.why.starts_with("There is no file"), "{}", none.why);
        assert_eq!(
            typing(Ask::FilesToOpen, folder.path(), "mine.plandesk").accept(),
            Some(Command::File(FileCommand::OpenFiles(vec![at("mine.plandesk")])))
        );
    }
}
