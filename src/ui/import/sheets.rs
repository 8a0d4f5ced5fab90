//! The lists on the left of an import: the workbooks of the document, and the sheets of this one, each with the tables found in it.

use eframe::egui::{Align2, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::words;
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Import, ReviewPlace},
        state::State,
    },
    ui::{
        panels::sidebar,
        theme::{self, Theme},
    },
};

/// Draws the lists.
pub(super) fn show(ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        workbooks(ui, theme, state, import, commands);
        for (at, grid) in import.grids.iter().enumerate() {
            let own = || (0..import.tables.len()).filter(move |&table| import.tables[table].outline.sheet == grid.sheet);
            let first = own().next();
            let bare = first.is_none() && import.look.sheet == at;
            if sheet(ui, theme, &grid.sheet, grid.hidden.sheet, bare).clicked() {
                commands.push(Command::Import(ImportCommand::LookAt(ReviewPlace { sheet: at, table: first, ..ReviewPlace::default() })));
            }
            for table in own() {
                let draft = &import.tables[table];
                let kind = draft.outline.kind;
                let rows = import.rows_of(table);
                let (icon, count) = match rows {
                    _ if draft.left_out => (Icon::CircleSlash, "left out".to_owned()),
                    Some(rows) => (words::icon(kind), words::figure(rows)),
                    None => (words::icon(kind), String::new()),
                };
                let selected = import.look.table == Some(table);
                let name = name(import, table, own().count() > 1);
                if sidebar::row(ui, theme, icon, &name, &count, selected).clicked() {
                    commands.push(Command::Import(ImportCommand::LookAt(ReviewPlace {
                        sheet: at,
                        table: Some(table),
                        ..ReviewPlace::default()
                    })));
                }
            }
            if first.is_none() {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::HOVER);
                let words = if grid.rows.is_empty() { "empty" } else { "no table" };
                ui.painter().text(rect.left_center() + vec2(20.0, 0.0), Align2::LEFT_CENTER, words, theme::plain(12.0), theme.muted);
            }
            ui.add_space(6.0);
        }
    });
}

/// The workbooks that the document was read from, where this is one of several.
fn workbooks(ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
    let all = state.workspace.workbooks();
    if all.len() < 2 || !all.contains(&&import.source) {
        return;
    }
    sidebar::title(ui, theme, "Workbooks of this document");
    for source in all {
        let here = *source == import.source;
        let response = sidebar::row(ui, theme, Icon::FileSpreadsheet, &source.name(), "", here);
        if response.clicked() && !here {
            commands.push(Command::Import(ImportCommand::ReviewWorkbook(source.clone())));
        }
    }
    sidebar::title(ui, theme, "Sheets of this workbook");
}

/// What a table is called in the list: one of several by its banner, or by where it begins.
fn name(import: &Import, table: usize, one_of_several: bool) -> String {
    let outline = &import.tables[table].outline;
    let kind = words::kind(outline.kind);
    let banner = import.became(table).and_then(|table| table.title.as_ref()).map(|banner| banner.cell.text.to_string());
    match banner {
        _ if !one_of_several => kind.to_owned(),
        Some(banner) => banner,
        None => format!("{kind}, row {}", u64::from(outline.first.0) + 1),
    }
}

/// A sheet's name.
fn sheet(ui: &mut Ui, theme: &Theme, name: &str, hidden: bool, selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    let mark = if hidden { " (hidden)" } else { "" };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("Sheet {name}{mark}")));
    sidebar::ground(ui, theme, &response, selected);
    let painter = ui.painter();
    let mut left = 8.0;
    if hidden {
        let icon = char::from(Icon::EyeOff).to_string();
        painter.text(rect.left_center() + vec2(14.0, 0.0), Align2::CENTER_CENTER, icon, theme::icons(13.0), theme.muted);
        left = 26.0;
    }
    let font = theme::semibold(12.0);
    let galley = super::sheet::line(ui, &format!("{name}{mark}"), font, rect.width() - left - 8.0);
    ui.painter().galley(rect.left_center() + vec2(left, -galley.size().y / 2.0), galley, theme.muted);
    response.on_hover_text(if hidden { format!("{name}: this sheet is hidden in the workbook") } else { name.to_owned() })
}
