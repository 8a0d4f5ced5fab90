//! Buttons with icons from the bundled icon font, each with its words for the pointer and for screen readers.

use eframe::egui::{Button, Response, RichText, Role, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::theme;
use crate::app::command::{Command, Pane, View};

/// The icon of a command that stands on the toolbar.
#[must_use]
pub fn of(command: &Command) -> Icon {
    match command {
        Command::Open => Icon::FolderOpen,
        Command::Save => Icon::Save,
        Command::ExportReturn => Icon::FileOutput,
        Command::Undo => Icon::Undo2,
        Command::Redo => Icon::Redo2,
        Command::AddAction => Icon::Plus,
        Command::DeleteRow => Icon::Trash2,
        Command::MoveRowUp => Icon::ArrowUp,
        Command::MoveRowDown => Icon::ArrowDown,
        Command::TogglePane(Pane::Notes) => Icon::StickyNote,
        Command::TogglePane(Pane::Details) => Icon::PanelRight,
        Command::ToggleCharts => Icon::ChartColumn,
        Command::Show(View::Summary) => Icon::LayoutDashboard,
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
