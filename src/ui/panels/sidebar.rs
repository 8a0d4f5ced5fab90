//! The list on the left: the summary, each table with its counts, and the notes.

use eframe::egui::{Align2, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use crate::{
    app::{
        command::{Command, Pane, View, ViewCommand},
        state::State,
    },
    model::{Table, TableKind},
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// Draws the list.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if row(ui, theme, Icon::LayoutDashboard, "Summary", "", state.view.shown() == View::Summary).clicked() {
            commands.push(Command::View(ViewCommand::Show(View::Summary)));
        }
        for kind in TableKind::ALL {
            let (heading, icon) = match kind {
                TableKind::Plan => ("Plans", Icon::ListChecks),
                TableKind::Kpi => ("KPIs", Icon::Target),
                TableKind::History => ("Progress", Icon::History),
                TableKind::Register => ("Registers", Icon::Table2),
            };
            let mut tables = state.workspace.document().of_kind(kind).peekable();
            if tables.peek().is_some() {
                title(ui, theme, heading);
            }
            for table in tables {
                let view = View::Table(table.id);
                if row(ui, theme, icon, name_of(table), &count(state, table), state.view.shown() == view).clicked() {
                    commands.push(Command::View(ViewCommand::Show(view)));
                }
            }
        }
        title(ui, theme, "Checks");
        let notes = state.workspace.notes().len();
        if row(ui, theme, Icon::StickyNote, "Notes", &notes.to_string(), state.view.pane() == Some(Pane::Notes)).clicked() {
            commands.push(Command::View(ViewCommand::TogglePane(Pane::Notes)));
        }
    });
}

/// What a table is called: a plan by its title, as plans from several workbooks often stand on sheets of the same name.
pub(crate) fn name_of(table: &Table) -> &str {
    match table.kind {
        TableKind::Plan => table.title(),
        TableKind::Kpi | TableKind::History | TableKind::Register => &table.name,
    }
}

/// What is counted beside a table's name.
fn count(state: &State, table: &Table) -> String {
    match table.kind {
        TableKind::Plan => state.workspace.insight().plan(table.id).map_or_else(String::new, |plan| plan.counts.action_count.to_string()),
        TableKind::History => table.columns.len().saturating_sub(1).to_string(),
        TableKind::Kpi | TableKind::Register => table.rows.len().to_string(),
    }
}

/// The heading of some entries.
pub(crate) fn title(ui: &mut Ui, theme: &Theme, words: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::HOVER);
    ui.painter().text(rect.left_bottom() + vec2(10.0, -5.0), Align2::LEFT_BOTTOM, words, theme::semibold(12.0), theme.muted);
}

/// What an entry of a list stands on: whether it is chosen, under the pointer, or has the keyboard.
pub(crate) fn ground(ui: &Ui, theme: &Theme, response: &Response, selected: bool) {
    let ground = match (selected, response.hovered()) {
        (true, _) => theme.selected,
        (false, true) => theme.hovered,
        (false, false) => theme.panel,
    };
    ui.painter().rect_filled(response.rect, 6.0, ground);
    focus::ring(ui, response);
}

/// One entry: an icon, a name and a count.
pub(crate) fn row(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, count: &str, selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
    let response = response.on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("{name} {count}").trim_end()));
    ground(ui, theme, &response, selected);
    let painter = ui.painter();
    let colour = if selected { theme.accent } else { theme.text };
    let middle = rect.left_center();
    painter.text(middle + vec2(20.0, 0.0), Align2::CENTER_CENTER, char::from(icon).to_string(), theme::icons(16.0), colour);
    let number = painter.layout_no_wrap(count.to_owned(), theme::plain(12.0), theme.muted);
    let room = rect.width() - 38.0 - 18.0 - number.size().x;
    let mut job = eframe::egui::text::LayoutJob::simple_singleline(name.to_owned(), theme::plain(14.0), colour);
    job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room);
    let words = painter.layout_job(job);
    painter.galley(middle + vec2(38.0, -words.size().y / 2.0), words, colour);
    let at = rect.right_center() - vec2(10.0 + number.size().x, number.size().y / 2.0);
    painter.galley(at, number, theme.muted);
    response
}
