//! The menu bar.

use std::iter;

use eframe::egui::{MenuBar, Ui};

use crate::{
    app::{
        Appearance, Renderer, TextSize,
        command::{Command, Find, Menu, OnCells, Pane, View},
        state::State,
    },
    model::Status,
    ui::{entries, focus},
};

/// Draws the menus.
pub fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            menu_of(ui, menu.word(), |ui| {
                entries::scrolled(ui, |ui| match menu {
                    Menu::File => file(ui, state, commands),
                    Menu::Edit => edit(ui, state, commands),
                    Menu::Row => row(ui, state, commands),
                    Menu::View => view(ui, state, commands),
                    Menu::Help => {
                        items(ui, state, &[Command::ShowPalette, Command::ShowShortcuts, Command::ShowLog, Command::ShowAbout], commands)
                    }
                });
            });
        }
    });
}

fn file(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    items(ui, state, &[Command::Open], commands);
    menu_of(ui, "Open recent", |ui| {
        for path in state.recent.files() {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                commands.push(Command::OpenFiles(vec![path.clone()]));
            }
        }
        if state.recent.files().is_empty() {
            ui.weak("Nothing was opened yet");
        }
    });
    items(ui, state, &[Command::OpenSample], commands);
    ui.separator();
    items(ui, state, &[Command::ReviewImport, Command::AddFromWorkbook], commands);
    ui.separator();
    items(ui, state, &[Command::Save, Command::SaveAs], commands);
    ui.separator();
    items(ui, state, &[Command::ExportReturn], commands);
    ui.separator();
    items(ui, state, &[Command::Quit], commands);
}

fn edit(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let steps = [(Command::Undo, state.history.next_undo()), (Command::Redo, state.history.next_redo())];
    for (command, step) in steps {
        let words = step.map_or_else(|| command.text().to_owned(), |step| format!("{}: {}", command.text(), step.name));
        entries::entry(ui, &|command| state.why_not(command), command, &words, false, commands);
    }
    ui.separator();
    let clipboard = [
        Command::Cells(OnCells::Cut),
        Command::Cells(OnCells::Copy),
        Command::Cells(OnCells::Paste(String::new())),
        Command::PasteTable(String::new()),
        Command::Cells(OnCells::Clear),
    ];
    items(ui, state, &clipboard, commands);
    ui.separator();
    items(ui, state, &[Command::Cells(OnCells::FillDown), Command::Cells(OnCells::FillRight), Command::Cells(OnCells::Today)], commands);
    ui.separator();
    items(
        ui,
        state,
        &[Command::Cells(OnCells::SelectAll), Command::Cells(OnCells::SelectRow), Command::Cells(OnCells::SelectColumn)],
        commands,
    );
    ui.separator();
    items(
        ui,
        state,
        &[Command::Find(Find::Open), Command::Find(Find::OpenReplace), Command::Find(Find::Next), Command::Find(Find::Previous)],
        commands,
    );
    ui.separator();
    items(ui, state, &[Command::RecordPeriod], commands);
}

fn row(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    items(ui, state, &[Command::AddAction, Command::AddLine, Command::AddGroup, Command::AddSection], commands);
    ui.separator();
    items(ui, state, &[Command::DuplicateRow, Command::MoveRowUp, Command::MoveRowDown, Command::RenumberRefs], commands);
    ui.separator();
    items(ui, state, &[Command::AddUpdate(String::new())], commands);
    ui.separator();
    menu_of(ui, "Set status of selected rows", |ui| {
        items(ui, state, &Status::ALL.map(|status| Command::Cells(OnCells::SetStatus(status))), commands)
    });
    items(ui, state, &[Command::Cells(OnCells::SetLead(None)), Command::Cells(OnCells::MoveDates(None))], commands);
    ui.separator();
    items(ui, state, &[Command::DeleteRow], commands);
}

fn view(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    items(ui, state, &[Command::Show(View::Summary), Command::NextView, Command::PreviousView], commands);
    ui.separator();
    items(ui, state, &[Command::TogglePane(Pane::Details), Command::TogglePane(Pane::Notes), Command::ToggleCharts], commands);
    ui.separator();
    items(ui, state, &[Command::ToggleFilterBar, Command::ClearFilter], commands);
    items(ui, state, &[Command::FoldHere, Command::FoldAll, Command::UnfoldAll], commands);
    ui.separator();
    items(ui, state, &[Command::NextNote, Command::PreviousNote], commands);
    ui.separator();
    menu_of(ui, "Columns", |ui| {
        items(ui, state, &[Command::FitColumn(None)], commands);
        items(ui, state, &[Command::FreezeTo(None), Command::Unfreeze], commands);
        items(ui, state, &[Command::HideColumn(None), Command::ShowColumns], commands);
        items(ui, state, &[Command::MoveColumnLeft, Command::MoveColumnRight], commands);
    });
    marked(ui, state, Command::ToggleCompact, state.settings.compact_rows, commands);
    menu_of(ui, "Zoom", |ui| items(ui, state, &[Command::ZoomIn, Command::ZoomOut, Command::ZoomUsual], commands));
    menu_of(ui, "Text size", |ui| {
        for size in TextSize::ALL {
            marked(ui, state, Command::SetTextSize(size), state.settings.text_size == size, commands);
        }
    });
    menu_of(ui, "Theme", |ui| {
        for appearance in Appearance::ALL {
            marked(ui, state, Command::SetAppearance(appearance), state.settings.theme == appearance, commands);
        }
    });
    menu_of(ui, "Drawn with", |ui| {
        for renderer in iter::once(None).chain(Renderer::here().iter().copied().map(Some)) {
            marked(ui, state, Command::DrawWith(renderer), state.settings.renderer == renderer, commands);
        }
    });
}

/// A menu, in the bar or within another.
fn menu_of(ui: &mut Ui, words: &str, add: impl FnOnce(&mut Ui)) {
    let menu = ui.menu_button(words, add);
    focus::ring(ui, &menu.response);
}

fn items(ui: &mut Ui, state: &State, all: &[Command], commands: &mut Vec<Command>) {
    entries::entries(ui, &|command| state.why_not(command), all, commands);
}

/// A choice that is marked while it is made.
fn marked(ui: &mut Ui, state: &State, command: Command, selected: bool, commands: &mut Vec<Command>) {
    let words = command.text();
    entries::entry(ui, &|command| state.why_not(command), command, words, selected, commands);
}
