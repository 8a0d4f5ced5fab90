//! The line at the bottom: counts by status, what was done last, where the cursor is, and whether all is saved.

use eframe::egui::{Align, Label, Layout, ProgressBar, RichText, Sense, Ui, Vec2, accesskit::Live, vec2};

use crate::{
    app::{
        command::{Command, FileCommand},
        state::State,
    },
    model::{Status, TableKind},
    ui::{
        grid::shapes,
        theme::{self, Theme},
    },
};

/// Below this width the statuses are told by shape and count alone, in points.
const SHORT: f32 = 860.0;

/// Draws the line.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        if let Some(job) = state.tasks.job() {
            ui.add(ProgressBar::new(job.progress.done()).desired_width(180.0).show_percentage());
            if ui.button("Cancel").clicked() {
                commands.push(Command::File(FileCommand::CancelJob));
            }
            // Last, as the names of many files are longer than the window is wide.
            ui.add(Label::new(&job.name).truncate());
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
            return;
        }
        let table = state.table().filter(|table| table.kind == TableKind::Plan);
        let plan = table.and_then(|table| state.workspace.insight().plan(table.id));
        let counts = plan.map_or(&state.workspace.insight().counts, |plan| &plan.counts);
        ui.spacing_mut().item_spacing.x = 14.0;
        // A narrow window has room for the shapes and the counts.
        let short = ui.available_width() < SHORT;
        for (status, count) in counts.lines.listed() {
            pill(ui, theme, status, count, short);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if state.table().is_some() {
                ui.weak(format!("{} %", state.remembered.settings().zoom.percent())).on_hover_text("Zoom of the grid: Ctrl+wheel");
            }
            ui.weak(state.standing());
            if state.workspace.is_read_only() {
                ui.weak("Read-only").on_hover_text("This file may not be written: save under another name");
            }
            if !state.view.tally().words.is_empty() {
                ui.label(RichText::new(&state.view.tally().words).strong());
            } else if let Some(cursor) = state.view.cursor()
                && let Some(table) = state.table().filter(|table| table.id == cursor.table)
                && let Some(row) = table.row(cursor.row)
            {
                let column = cursor.column.and_then(|id| table.column_position(id));
                // A sheet may have a long name.
                ui.scope(|ui| {
                    ui.set_max_width(ui.available_width() * 0.5);
                    ui.add(Label::new(RichText::new(table.place(row, column)).weak()).truncate());
                });
            }
            // A narrow window leaves none.
            let room = (ui.available_size() - vec2(8.0, 0.0)).max(Vec2::ZERO);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                let receipt = state.has_receipt_said();
                let label = Label::new(state.prompts.said()).truncate();
                let said = ui.add(if receipt { label.sense(Sense::click()) } else { label });
                if receipt && said.clone().on_hover_text("Show each cell that was written").clicked() {
                    commands.push(Command::File(FileCommand::ShowReceipt));
                }
                // A screen reader says what was done.
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
            });
        });
    });
}

/// A status with its shape and count; its word is left to the tooltip where it is short.
fn pill(ui: &mut Ui, theme: &Theme, status: Status, count: usize, short: bool) {
    let tone = theme.status(status);
    let words = format!("{} {count}", status.word());
    let shown = if short { count.to_string() } else { words.clone() };
    let galley = ui.painter().layout_no_wrap(shown, theme::plain(12.0), theme.text);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 18.0, 22.0), Sense::HOVER);
    shapes::status(ui.painter(), rect.left_center() + vec2(7.0, 0.0), 5.5, status, tone.mark);
    ui.painter().galley(rect.left_center() + vec2(18.0, -galley.size().y / 2.0), galley, theme.text);
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &words));
    response.on_hover_text(format!("{count} lines are {}", status.word().to_lowercase()));
}
