//! The sheet that asks which date ends are judged at.

use eframe::egui::{Context, Id, TextEdit};

use super::{choose, sheet};
use crate::{
    app::{command::Command, state::State},
    model::{When, kinds::parse_when},
    ui::theme::Theme,
};

/// Asks which date ends are judged at, beginning with the present one.
pub fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let when = state.insight.judged_when().unwrap_or_else(|| "at no date yet".to_owned());
    let words = format!("What is overdue is judged {when}. Another date changes what counts as overdue, and nothing in the plan.");
    sheet(ctx, "as of", "Which date are ends judged at?", &words, |ui| {
        let id = Id::unique("date that ends are judged at");
        let held = ui.data(|data| data.get_temp::<String>(id));
        let present = || state.insight.as_of.map_or_else(String::new, |day| day.strftime("%d/%m/%Y").to_string());
        let mut text = held.clone().unwrap_or_else(present);
        let field = ui.add(TextEdit::singleline(&mut text).hint_text("dd/mm/yyyy").desired_width(96.0));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Date".to_owned()));
        if held.is_none() {
            field.request_focus();
        }
        let own = state.as_of.map(|_| Command::SetAsOf(None));
        // A month is judged at its last day, as a review date is.
        let typed = parse_when(&text).and_then(When::last_day).map(|day| Command::SetAsOf(Some(day)));
        if typed.is_none() {
            ui.weak("not a date yet");
        }
        let all: Vec<Command> = typed.into_iter().chain(own).chain([Command::KeepWorking]).collect();
        let before = commands.len();
        choose(ui, theme, &all, &Command::KeepWorking, commands);
        ui.data_mut(|data| {
            if commands.len() > before {
                data.remove::<String>(id);
            } else {
                data.insert_temp(id, text);
            }
        });
    });
}
