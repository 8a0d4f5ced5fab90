//! The sheet of what the last save wrote into the owner's workbooks, and what it did not. Writes nothing.

use eframe::egui::{Context, Label, RichText, ScrollArea};

use super::{choose, wide_sheet};
use crate::{
    app::{
        command::{Command, FileCommand},
        state::State,
    },
    ui::theme::{self, Theme},
};

/// Shows what was written, workbook by workbook.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let close = Command::File(FileCommand::CloseReceipt);
    let words = state.audit_words();
    wide_sheet(ctx, "receipt", "What was saved", &words, |ui| {
        ui.vertical(|ui| {
            let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 520.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                for (summary, sections) in state.receipt_sections() {
                    ui.label(RichText::new(summary).font(theme::semibold(15.0)));
                    for (title, lines) in sections {
                        ui.add_space(4.0);
                        ui.label(RichText::new(title).font(theme::semibold(14.0)).color(theme.muted));
                        for line in lines {
                            ui.add(Label::new(RichText::new(line).color(theme.text)).wrap());
                        }
                    }
                    ui.add_space(8.0);
                }
            });
            ui.add_space(8.0);
            let over = state.refused_formulas().then_some(Command::File(FileCommand::SaveOverFormulas));
            let all: Vec<Command> = std::iter::once(close.clone()).chain(over).collect();
            ui.horizontal(|ui| choose(ui, theme, &all, &close, commands));
        });
    });
}
