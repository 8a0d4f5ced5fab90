//! The button at the end of a heading that closes it over its rows and opens it again.

use eframe::egui::{Align2, Rect, Sense, Ui, Vec2, WidgetInfo, pos2};
use lucide_icons::Icon;

use super::{Shown, access};
use crate::{
    app::command::{Command, ViewCommand},
    ui::theme::{Theme, icons},
};

/// The side of the button, in points.
const SIDE: f32 = 28.0;
/// What it takes of a row's width, in points.
pub(super) const ROOM: f32 = 2.0 * SIDE;

/// Draws the button in the row of a heading.
pub(super) fn show(ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, at: usize, row: Rect, commands: &mut Vec<Command>) {
    let held = &shown.table.rows[at];
    let closed = shown.closed.contains(&held.id);
    let target = Rect::from_center_size(pos2(row.right() - SIDE, row.center().y), Vec2::splat(SIDE)).intersect(row);
    if !target.is_positive() {
        return;
    }
    let response = ui.interact(target, access::cell_id(held.id.0, 2_000_000), Sense::CLICK);
    let words = format!("{} {}", if closed { "Open" } else { "Close" }, shown.table.name_of(held));
    response.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Button, true, &words));
    let icon = if closed { Icon::ChevronRight } else { Icon::ChevronDown };
    let colour = if response.hovered() { theme.accent } else { theme.muted };
    ui.painter().with_clip_rect(row).text(target.center(), Align2::CENTER_CENTER, char::from(icon), icons(16.0), colour);
    if response.clicked() {
        commands.push(Command::View(ViewCommand::Fold(held.id)));
    }
    response.on_hover_text(words);
}
