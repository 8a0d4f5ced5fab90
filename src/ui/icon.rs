//! Buttons with icons from the bundled icon font, each with its words for the pointer and for screen readers.

use eframe::egui::{Button, Response, RichText, Role, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::theme;
use crate::app::command::{Command, EditCommand, FileCommand, Pane, PublishCommand, RowCommand, View, ViewCommand};

/// The icon of a command that stands on the toolbar.
#[must_use]
pub fn of(command: &Command) -> Icon {
    match command {
        Command::File(FileCommand::Open) => Icon::FolderOpen,
        Command::File(FileCommand::Save) => Icon::Save,
        Command::Publish(PublishCommand::Export) => Icon::FileOutput,
        Command::Edit(EditCommand::Undo) => Icon::Undo2,
        Command::Edit(EditCommand::Redo) => Icon::Redo2,
        Command::Row(RowCommand::AddAction) => Icon::Plus,
        Command::Row(RowCommand::Delete) => Icon::Trash2,
        Command::Row(RowCommand::MoveUp) => Icon::ArrowUp,
        Command::Row(RowCommand::MoveDown) => Icon::ArrowDown,
        Command::View(ViewCommand::TogglePane(Pane::Notes)) => Icon::StickyNote,
        Command::View(ViewCommand::TogglePane(Pane::Details)) => Icon::PanelRight,
        Command::View(ViewCommand::ToggleCharts) => Icon::ChartColumn,
        Command::View(ViewCommand::Show(View::Summary)) => Icon::LayoutDashboard,
        _ => Icon::Circle,
    }
}

/// An icon as text.
#[must_use]
pub fn text(icon: Icon, size: f32) -> RichText {
    RichText::new(char::from(icon).to_string()).font(theme::icons(size))
}

/// A square button of an icon; its words are its tooltip and its name. `why_not` greys it and says why.
pub fn button(ui: &mut Ui, command: &Command, why_not: Option<&str>, selected: bool) -> Response {
    let enabled = why_not.is_none();
    let button = Button::new(text(of(command), 17.0)).min_size(vec2(32.0, 32.0)).selected(selected).frame_when_inactive(selected);
    let response = ui.add_enabled(enabled, button);
    let words = command.text().trim_end_matches('…');
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, words));
    response.on_hover_text(command.tooltip()).on_disabled_hover_ui(|ui| {
        ui.label(command.tooltip());
        ui.weak(why_not.unwrap_or_default());
    })
}
