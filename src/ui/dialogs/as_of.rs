//! The sheet that asks which date ends are judged at.

use eframe::egui::{Align2, Context, Id, TextEdit, Ui, vec2};

use super::{choose, sheet};
use crate::{
    app::{
        command::{Command, FileCommand, ViewCommand},
        state::State,
    },
    model::{When, kinds::parse_when},
    ui::{find_bar::select_all, theme::Theme},
};

/// Asks which date ends are judged at, beginning with the present one.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let when = state.workspace.insight().judged_when().unwrap_or_else(|| "at no date yet".to_owned());
    let words = format!("What is overdue is judged {when}. Another date changes what counts as overdue, and nothing in the plan.");
    sheet(ctx, "as of", "Which date are ends judged at?", &words, |ui| {
        ui.vertical(|ui| asked(ui, theme, state, commands));
    });
}

/// The date, and the buttons below it. What was typed is forgotten when one of them is chosen.
fn asked(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let id = Id::unique("date that ends are judged at");
    let held = ui.data(|data| data.get_temp::<String>(id));
    let begins = held.is_none();
    let mut text =
        held.unwrap_or_else(|| state.workspace.insight().as_of.map_or_else(String::new, |day| day.strftime("%d/%m/%Y").to_string()));
    if begins {
        select_all(ui, id, &text);
    }
    // A month is judged at its last day, as a review date is.
    let mut typed = None;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut text).id(id).hint_text("dd/mm/yyyy").desired_width(110.0);
        let field = ui.add(field.min_size(vec2(0.0, 32.0)).align(Align2::LEFT_CENTER));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Date".to_owned()));
        if begins {
            field.request_focus();
        }
        typed = parse_when(&text).and_then(When::last_day);
        ui.weak(typed.map_or_else(|| "not a date yet".to_owned(), |day| day.strftime("%-d %B %Y").to_string()));
    });
    ui.add_space(8.0);
    let own = state.view.as_of().map(|_| Command::View(ViewCommand::SetAsOf(None)));
    // The first is what Enter chooses: what is no date changes nothing.
    let first = typed.map(|day| Command::View(ViewCommand::SetAsOf(Some(day))));
    let all: Vec<Command> = match first {
        Some(first) => [first].into_iter().chain(own).chain([Command::File(FileCommand::KeepWorking)]).collect(),
        None => [Command::File(FileCommand::KeepWorking)].into_iter().chain(own).collect(),
    };
    let before = commands.len();
    ui.horizontal(|ui| choose(ui, theme, &all, &Command::File(FileCommand::KeepWorking), commands));
    ui.data_mut(|data| {
        if commands.len() > before {
            data.remove::<String>(id);
        } else {
            data.insert_temp(id, text);
        }
    });
}
