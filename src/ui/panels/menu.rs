//! The menu bar.

use eframe::egui::{Button, MenuBar, Ui};

use crate::{
    app::{
        command::{Appearance, Command, Find, OnCells, Pane, View},
        state::State,
    },
    model::Status,
};

/// Draws the menus.
pub fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| file(ui, state, commands));
        ui.menu_button("Edit", |ui| edit(ui, state, commands));
        ui.menu_button("Row", |ui| {
            items(ui, &[Command::AddAction, Command::AddLine, Command::AddGroup, Command::AddSection], commands);
            ui.separator();
            items(ui, &[Command::MoveRowUp, Command::MoveRowDown], commands);
            ui.separator();
            ui.menu_button("Set status of selected rows", |ui| {
                items(ui, &Status::ALL.map(|status| Command::Cells(OnCells::SetStatus(status))), commands)
            });
            items(ui, &[Command::Cells(OnCells::SetLead(None)), Command::Cells(OnCells::MoveDates(None))], commands);
            ui.separator();
            items(ui, &[Command::DeleteRow], commands);
        });
        ui.menu_button("View", |ui| {
            items(ui, &[Command::Show(View::Summary)], commands);
            ui.separator();
            items(ui, &[Command::TogglePane(Pane::Details), Command::TogglePane(Pane::Notes), Command::ToggleCharts], commands);
            ui.separator();
            items(ui, &[Command::ToggleFilterBar, Command::ClearFilter], commands);
            items(ui, &[Command::FoldHere, Command::FoldAll, Command::UnfoldAll], commands);
            ui.separator();
            for appearance in [Appearance::Light, Appearance::Dark, Appearance::System] {
                let command = Command::SetAppearance(appearance);
                if ui.add(Button::new(command.text()).selected(state.appearance == appearance)).clicked() {
                    commands.push(command);
                }
            }
        });
    });
}

fn file(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    items(ui, &[Command::Open], commands);
    ui.menu_button("Open recent", |ui| {
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
    items(ui, &[Command::OpenSample], commands);
    ui.separator();
    items(ui, &[Command::ReviewImport, Command::AddFromWorkbook], commands);
    ui.separator();
    items(ui, &[Command::Save, Command::SaveAs], commands);
    ui.separator();
    items(ui, &[Command::ExportReturn], commands);
    ui.separator();
    items(ui, &[Command::Quit], commands);
}

fn edit(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let steps = [(Command::Undo, state.history.next_undo()), (Command::Redo, state.history.next_redo())];
    for (command, step) in steps {
        let words = step.map_or_else(|| command.text().to_owned(), |step| format!("{}: {}", command.text(), step.name));
        let keys = command.shortcut().map_or_else(String::new, |keys| keys.words());
        if ui.add_enabled(step.is_some(), Button::new(words).shortcut_text(keys)).clicked() {
            commands.push(command);
        }
    }
    ui.separator();
    let clipboard = [
        Command::Cells(OnCells::Cut),
        Command::Cells(OnCells::Copy),
        Command::Cells(OnCells::Paste(String::new())),
        Command::PasteTable(String::new()),
        Command::Cells(OnCells::Clear),
    ];
    items(ui, &clipboard, commands);
    ui.separator();
    items(ui, &[Command::Cells(OnCells::FillDown), Command::Cells(OnCells::FillRight), Command::Cells(OnCells::Today)], commands);
    ui.separator();
    items(ui, &[Command::Cells(OnCells::SelectAll), Command::Cells(OnCells::SelectRow), Command::Cells(OnCells::SelectColumn)], commands);
    ui.separator();
    items(
        ui,
        &[Command::Find(Find::Open), Command::Find(Find::OpenReplace), Command::Find(Find::Next), Command::Find(Find::Previous)],
        commands,
    );
    ui.separator();
    items(ui, &[Command::RecordPeriod], commands);
}

fn items(ui: &mut Ui, all: &[Command], commands: &mut Vec<Command>) {
    for command in all {
        let keys = command.shortcut().map_or_else(String::new, |keys| keys.words());
        if ui.add(Button::new(command.text()).shortcut_text(keys)).clicked() {
            commands.push(command.clone());
        }
    }
}
