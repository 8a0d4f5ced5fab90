//! The tables of inputs of a form: which rows of the plan fill each, and which column fills which. Fills none itself.

use eframe::egui::{ComboBox, Grid, RichText, ScrollArea, Ui, WidgetInfo, accesskit::Role as AccessRole};

use crate::{
    app::{
        command::{Command, FormCommand},
        fill_template::{FormEdit, OpenForm, RowsWanted},
    },
    ui::{
        theme::{self, Theme},
        type_ahead::{Letters, of_words},
    },
};

/// What leaves a table or a column as it is.
const NOTHING: &str = "Leave as it is";

/// Lists the tables of inputs.
pub(super) fn show(ui: &mut Ui, theme: &Theme, form: &OpenForm, height: f32, commands: &mut Vec<Command>) {
    let (tables, names) = (form.tables(), form.table_names());
    if tables.is_empty() {
        ui.label(RichText::new("The form has no rows of inputs below each other.").color(theme.muted));
        return;
    }
    ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show(ui, |ui| {
        for (at, table) in tables.iter().enumerate() {
            ui.push_id(at, |ui| {
                ui.label(RichText::new(&table.words).font(theme::semibold(15.0)));
                let rows = form.rows_of(at);
                ui.horizontal_wrapped(|ui| {
                    let present = rows.as_ref().map(|rows| rows.from);
                    let chosen = choice(ui, &format!("{} is filled from", table.words), "from", present, &names, 220.0);
                    commands.extend(chosen.map(|from| Command::Form(FormCommand::Edit(FormEdit::Rows(at, from)))));
                    if let Some(rows) = &rows {
                        commands.extend(which(ui, at, &table.words, rows.only).map(|edit| Command::Form(FormCommand::Edit(edit))));
                    }
                });
                form.rows_said(at).into_iter().for_each(|said| _ = ui.label(RichText::new(said).color(theme.muted)));
                if let Some(rows) = rows {
                    let headings = form.headings(rows.from);
                    Grid::new("columns").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
                        for ((letters, heading), present) in table.columns.iter().zip(rows.columns) {
                            ui.label(format!("{letters}  {heading}"));
                            let chosen = choice(ui, &format!("{heading} is filled by"), letters, present, &headings, 240.0);
                            let edit = chosen.map(|column| FormEdit::Column(at, letters.clone(), column));
                            commands.extend(edit.map(|edit| Command::Form(FormCommand::Edit(edit))));
                            ui.end_row();
                        }
                    });
                }
                ui.add_space(10.0);
            });
        }
    });
}

/// Which rows fill a table.
fn which(ui: &mut Ui, table: usize, words: &str, present: RowsWanted) -> Option<FormEdit> {
    let mut chosen = None;
    let shown = ComboBox::from_id_salt("which rows").selected_text(present.words()).width(190.0).show_ui(ui, |ui| {
        let letters = Letters::hear(ui, &of_words(RowsWanted::ALL.map(RowsWanted::words)));
        for (place, wanted) in RowsWanted::ALL.into_iter().enumerate() {
            let response = ui.selectable_label(wanted == present, wanted.words());
            letters.follow(place, &response);
            if response.clicked() {
                chosen = Some(FormEdit::Only(table, wanted));
                ui.close();
            }
        }
    });
    if chosen.is_some() {
        shown.response.request_focus();
    }
    shown.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("Rows of {words}: {}", present.words())));
    chosen
}

/// A choice of names with none before them; what was chosen, where something was.
fn choice(ui: &mut Ui, label: &str, salt: &str, present: Option<usize>, names: &[String], width: f32) -> Option<Option<usize>> {
    let shown_now = present.and_then(|at| names.get(at)).map_or(NOTHING, String::as_str).to_owned();
    let mut chosen = None;
    let shown =
        ComboBox::from_id_salt(("choice", salt)).selected_text(&shown_now).width(width).height(320.0).truncate().show_ui(ui, |ui| {
            let all: Vec<&str> = std::iter::once(NOTHING).chain(names.iter().map(String::as_str)).collect();
            let letters = Letters::hear(ui, &of_words(all.iter().copied()));
            for (place, name) in all.into_iter().enumerate() {
                let response = ui.selectable_label(present.map_or(0, |at| at + 1) == place, name);
                letters.follow(place, &response);
                if response.clicked() {
                    chosen = Some(place.checked_sub(1));
                    ui.close();
                }
            }
        });
    if chosen.is_some() {
        shown.response.request_focus();
    }
    shown.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("{label}: {shown_now}")));
    chosen
}
