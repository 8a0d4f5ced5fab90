//! The fields of a row: short ones are typed or chosen here, long ones lead to their cell.

use eframe::egui::{Align2, Button, ComboBox, Id, Key, Label, RichText, TextEdit, Ui};

use super::DetailsPanel;
use crate::{
    app::command::{Command, Cursor, EditCommand, ViewCommand},
    edit::Change,
    model::{Cell, Role, Row, RowKind, Table, Value, choice::compared, kinds::Editor},
    ui::{theme::Theme, type_ahead::Letters},
};

/// Draws a row's fields, but for the comment that is shown as a log.
pub(super) fn show(
    panel: &mut DetailsPanel,
    ui: &mut Ui,
    theme: &Theme,
    table: &Table,
    row: &Row,
    comment: Option<(usize, usize)>,
    commands: &mut Vec<Command>,
) {
    for field in &row.fields {
        label(ui, theme, &field.label);
        jump(
            ui,
            theme,
            &field.cell.text,
            || Command::View(ViewCommand::Select(Cursor { table: table.id, row: row.id, column: None })),
            commands,
        );
    }
    let log = comment.filter(|&(at, _)| table.rows[at].id == row.id).map(|(_, column)| column);
    for (at, cell) in row.cells.iter().enumerate() {
        let group = row.kind == RowKind::Group && !matches!(table.columns[at].role, Some(Role::Ref | Role::Action));
        if cell.value == Value::Merged || log == Some(at) || (group && cell.is_blank()) {
            continue;
        }
        let name = label(ui, theme, &table.heading(at));
        match table.columns[at].kind.editor() {
            Editor::Line | Editor::Date => line(panel, ui, table, row, at, name, commands),
            Editor::Statuses => statuses(ui, table, row, at, name, commands),
            Editor::Paragraph => {
                let cursor = Cursor { table: table.id, row: row.id, column: Some(table.columns[at].id) };
                jump(ui, theme, &cell.text, || Command::View(ViewCommand::Select(cursor)), commands);
            }
        }
        if cell.formula {
            ui.label(RichText::new("From a formula: the value its workbook last worked out").small().color(theme.muted));
        }
        let remark = table.remarks.iter().find(|remark| remark.row == row.id && remark.column == table.columns[at].id);
        if let Some(remark) = remark {
            ui.add(Label::new(RichText::new(format!("Note in the workbook: {}", remark.text)).small().color(theme.muted)).wrap());
        }
    }
}

fn label(ui: &mut Ui, theme: &Theme, words: &str) -> Id {
    ui.add_space(4.0);
    ui.label(RichText::new(words).small().color(theme.muted)).id
}

/// A text that leads to its cell.
fn jump(ui: &mut Ui, theme: &Theme, text: &str, to: impl FnOnce() -> Command, commands: &mut Vec<Command>) {
    let words = if text.is_empty() { RichText::new("Blank").color(theme.muted) } else { RichText::new(text) };
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 0.0;
        if ui.add(Button::new(words).wrap().frame(false)).on_hover_text("Go to this cell").clicked() {
            commands.push(to());
        }
    });
}

/// A short text, typed here and kept when the keyboard leaves it.
fn line(panel: &mut DetailsPanel, ui: &mut Ui, table: &Table, row: &Row, at: usize, name: Id, commands: &mut Vec<Command>) {
    let place = (table.id, row.id, table.columns[at].id);
    let draft = panel.field.as_ref().filter(|(held, _)| *held == place).map(|(_, text)| text.clone());
    let mine = draft.is_some();
    let mut text = draft.unwrap_or_else(|| row.cells[at].text.to_string());
    let edit = TextEdit::singleline(&mut text).id_salt(("detail", place)).desired_width(f32::INFINITY).align(Align2::LEFT_CENTER);
    let edit = ui.add(edit).labelled_by(name);
    if edit.changed() {
        panel.field = Some((place, text));
    }
    if mine && std::mem::take(&mut panel.again) {
        edit.request_focus();
    }
    let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    if edit.lost_focus() && mine {
        let kept = keep(panel, table);
        commands.extend(kept.filter(|_| !cancelled));
    }
}

/// Ends the typing in a field of a table; the edit that keeps it, when it changes something.
pub(crate) fn keep(panel: &mut DetailsPanel, table: &Table) -> Option<Command> {
    let ((_, row, column), text) = panel.field.take_if(|((id, ..), _)| *id == table.id)?;
    let (row, at) = (table.row(row)?, table.column_position(column)?);
    set(table, row, at, table.columns[at].enter(&text))
}

fn statuses(ui: &mut Ui, table: &Table, row: &Row, at: usize, name: Id, commands: &mut Vec<Command>) {
    let (cell, column) = (&row.cells[at], &table.columns[at]);
    let chosen = ComboBox::from_id_salt(("detail", row.id, at)).selected_text(&*cell.text).width(180.0).show_ui(ui, |ui| {
        let choices = column.offered();
        let letters = Letters::hear(ui, &choices);
        let mut clicked = None;
        for (at, choice) in choices.into_iter().enumerate() {
            let is_held = choice.text == cell.text || choice.status.is_some() && choice.status == cell.status();
            let response = ui.selectable_label(is_held, &*choice.text);
            letters.follow(at, &response);
            if response.clicked() {
                clicked = Some(choice);
            }
        }
        clicked
    });
    chosen.response.labelled_by(name);
    // A word that stands there already keeps its owner's letters.
    let other = chosen.inner.flatten().filter(|choice| compared(&choice.text) != compared(&cell.text));
    commands.extend(other.and_then(|choice| set(table, row, at, column.enter(&choice.text))));
}

/// The edit that puts a cell where another text stands.
fn set(table: &Table, row: &Row, at: usize, cell: Cell) -> Option<Command> {
    (row.cells.get(at)?.text != cell.text).then(|| {
        let of = table.position(row.id).and_then(|at| table.entry_of(at)).filter(|_| row.kind == RowKind::Line).unwrap_or(row);
        let name = format!("Edit {} of {}", table.heading(at), table.name_of(of));
        Command::Edit(EditCommand::Make(name, vec![Change::SetCell { table: table.id, row: row.id, column: table.columns[at].id, cell }]))
    })
}
