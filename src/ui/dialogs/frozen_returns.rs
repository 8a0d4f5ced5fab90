//! The sheet of the returns that were frozen: when, in which file, and which the next is compared with. Changes none itself.

use eframe::egui::{Button, Context, Id, Key, Label, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{Enter, choose_by, sheet_so_wide};
use crate::{
    app::{
        command::{Command, FileCommand, PeriodCommand},
        state::State,
    },
    model::FrozenReturn,
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// The widest the sheet gets, in points.
const WIDTH: f32 = 760.0;
/// How much of a checksum is shown.
const SUM: usize = 16;

/// Shows them, the newest first.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let close = Command::File(FileCommand::CloseReceipt);
    let document = state.workspace.document();
    let baseline = state.remembered.baseline_of(document);
    let words = "How the plan stood at each return. The next return is compared with the one that is chosen here; the Changes return lists what \
                 moved since.";
    sheet_so_wide(WIDTH, ctx, "frozen returns", "Frozen returns", words, |ui| {
        ui.vertical(|ui| {
            let height = (ctx.content_rect().height() - 220.0).clamp(120.0, 480.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
                for (at, frozen) in document.frozen.iter().enumerate().rev() {
                    let is_baseline = baseline.is_some_and(|baseline| std::ptr::eq(baseline, frozen));
                    ui.push_id(("frozen", at), |ui| entry(ui, theme, (at, frozen, is_baseline), commands));
                    ui.add_space(6.0);
                }
                if document.frozen.is_empty() {
                    ui.label(RichText::new("None is left.").color(theme.muted));
                }
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| choose_by(ui, theme, Enter::IsForWhatHasIt, std::slice::from_ref(&close), &close, commands));
        });
    });
}

fn entry(ui: &mut Ui, theme: &Theme, (at, frozen, is_baseline): (usize, &FrozenReturn, bool), commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let radio = ui.radio(is_baseline, "");
        ui.ctx().accesskit_node_builder(radio.id, |node| node.set_label(format!("Compare with {}", frozen.name)));
        focus::ring(ui, &radio);
        if radio.on_hover_text("Compare the next return with this one").clicked() {
            commands.push(Command::Period(PeriodCommand::CompareWith(Some(at))));
        }
        name(ui, (at, frozen), commands);
        let delete = ui.add(Button::new(PeriodCommand::Delete(at).about().text).min_size(vec2(0.0, 28.0)));
        ui.ctx().accesskit_node_builder(delete.id, |node| node.set_label(format!("Delete {}", frozen.name)));
        focus::ring(ui, &delete);
        if delete.clicked() {
            commands.push(Command::Period(PeriodCommand::Delete(at)));
        }
    });
    ui.add(Label::new(RichText::new(told(frozen)).color(theme.muted)).wrap());
    if !frozen.file.is_empty() {
        let sum = frozen.sha256.get(..SUM).unwrap_or(&frozen.sha256);
        let line = RichText::new(format!("{}, SHA-256 {sum}…", frozen.file)).font(theme::semibold(12.0)).color(theme.muted);
        ui.add(Label::new(line).wrap()).on_hover_text(&*frozen.sha256);
    }
}

/// What it is called, which can be typed over.
fn name(ui: &mut Ui, (at, frozen): (usize, &FrozenReturn), commands: &mut Vec<Command>) {
    let id = Id::unique(("name of a frozen return", at));
    let held = ui.data(|data| data.get_temp::<String>(id));
    let mut text = held.unwrap_or_else(|| frozen.name.to_string());
    let field = ui.add(TextEdit::singleline(&mut text).id(id).desired_width(220.0).char_limit(80).min_size(vec2(0.0, 28.0)));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(format!("Name of {}", frozen.name)));
    focus::ring(ui, &field);
    let entered = field.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape));
    if entered && text.trim() != &*frozen.name {
        commands.push(Command::Period(PeriodCommand::Rename(at, text.clone())));
    }
    let is_open = field.has_focus();
    ui.data_mut(|data| {
        if is_open {
            data.insert_temp(id, text);
        } else {
            data.remove::<String>(id);
        }
    });
}

/// When it was frozen, and how much is in it.
fn told(frozen: &FrozenReturn) -> String {
    let day = |day: jiff::civil::Date| day.strftime("%-d %B %Y").to_string();
    let as_at = frozen.as_at.map(|as_at| format!("As at {}", day(as_at)));
    let on = frozen.frozen_on.map(|on| format!("frozen on {}", day(on)));
    let actions: usize = frozen.plans.iter().map(|plan| plan.actions.len()).sum();
    let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let held = format!("{} and {}", count(actions, "action"), count(frozen.kpis.len(), "KPI"));
    [as_at, on, Some(held)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
