//! The bar above the grid that says which rows are kept out of sight and how many, and lets them be chosen.

use eframe::egui::{Button, ComboBox, Frame, Id, Margin, RichText, TextEdit, Ui, vec2};

use crate::{
    app::{
        arrangement::{OutOfSight, leads},
        command::{Command, ViewCommand},
        state::State,
    },
    insight::Judged,
    model::{Role, Status, Table},
    store::Filter,
    ui::{
        theme::{self, Theme},
        type_ahead::{Letters, of_words},
    },
};

/// Draws the bar, where it is wanted or something is out of sight.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, commands: &mut Vec<Command>) {
    let out = state.out_of_sight();
    if !state.view.has_filter_bar() && out.rows.is_empty() {
        return;
    }
    let usual = Filter::default();
    let filter = state.arrangement().map_or(&usual, |arrangement| &arrangement.filter);
    let mut wanted = filter.clone();
    let margin = Margin { left: 16, right: 16, top: 6, bottom: 6 };
    Frame::new().fill(theme.panel).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            let has = |role: Role| table.role_position(role).is_some();
            let words = TextEdit::singleline(&mut wanted.text).hint_text("Words in the row").desired_width(150.0).min_size(vec2(0.0, 26.0));
            ui.add(words.id(words_id())).on_hover_text("Only rows in which these words stand");
            if has(Role::Status) || has(Role::Progress) {
                statuses(ui, theme, state, table, &mut wanted);
            }
            if has(Role::Lead) {
                lead(ui, table, &mut wanted);
            }
            let judged = state.workspace.insight().plan(table.id).and_then(|plan| plan.judged).filter(|_| has(Role::End)).map(Judged::when);
            if let Some(when) = &judged {
                let about = format!("Only what is past its end date {when}, and not complete");
                toggle(ui, theme, "Overdue", &about, &mut wanted.overdue);
            }
            toggle(
                ui,
                theme,
                "Changed",
                "Only what was edited since the last return was written, or since it was opened",
                &mut wanted.changed,
            );
            ui.label(RichText::new(count(out)).color(theme.muted));
            if let Some(when) = judged.filter(|_| filter.overdue) {
                super::judged::show(ui, theme, &format!("· overdue {when}"), commands);
            }
            if !filter.is_open() || out.folded > 0 {
                let show_all =
                    ui.add(Button::new("Show all").min_size(vec2(0.0, 26.0))).on_hover_text("Take the filter away and open all headings");
                if show_all.clicked() {
                    commands.extend([Command::View(ViewCommand::ClearFilter), Command::View(ViewCommand::UnfoldAll)]);
                    return;
                }
            }
            if wanted != *filter {
                commands.push(Command::View(ViewCommand::SetFilter(wanted)));
            }
        });
    });
}

/// What the words to filter by are typed in.
#[must_use]
pub(crate) fn words_id() -> Id {
    Id::unique("filter words")
}

/// How much is in sight: `12 of 34 rows shown, 22 filtered out`.
fn count(out: &OutOfSight) -> String {
    let shown = out.actions - out.filtered - out.folded;
    let mut words = format!("{shown} of {} shown", out.actions);
    for (count, what) in [(out.filtered, "filtered out"), (out.folded, "under closed headings")] {
        if count > 0 {
            words.push_str(&format!(", {count} {what}"));
        }
    }
    words
}

/// The statuses to filter by: the five of the RAG key, and of the others those there are or that are filtered by.
fn statuses(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, wanted: &mut Filter) {
    let counts = state.workspace.insight().plan(table.id).map(|plan| plan.counts.lines);
    let held = |status: Status| counts.is_some_and(|counts| counts.get(status) > 0);
    let listed: Vec<Status> = Status::ALL
        .into_iter()
        .filter(|status| !status.is_stopped() || held(*status) || wanted.statuses.contains(&Some(*status)))
        .collect();
    for status in listed.into_iter().map(Some).chain([None]) {
        let word = status.map_or("No status", Status::word);
        let mut on = wanted.statuses.contains(&status);
        if toggle(ui, theme, word, &format!("Only rows with the status {}", word.to_lowercase()), &mut on) {
            if on {
                wanted.statuses.insert(status);
            } else {
                wanted.statuses.remove(&status);
            }
        }
    }
}

fn lead(ui: &mut Ui, table: &Table, wanted: &mut Filter) {
    let shown = if wanted.lead.is_empty() { "Any lead" } else { &*wanted.lead }.to_owned();
    let mut chosen = wanted.lead.clone();
    let choice = ComboBox::from_id_salt("lead filter").selected_text(shown).width(150.0).truncate().show_ui(ui, |ui| {
        let names = leads(table);
        let letters = Letters::hear(ui, &of_words(names.iter().copied()));
        ui.selectable_value(&mut chosen, String::new(), "Any lead");
        for (at, name) in names.into_iter().enumerate() {
            letters.follow(at, &ui.selectable_value(&mut chosen, name.to_owned(), name));
        }
    });
    choice.response.on_hover_text("Only rows this person or team leads");
    wanted.lead = chosen;
}

/// A button that stays pressed; true when it was clicked.
fn toggle(ui: &mut Ui, theme: &Theme, word: &str, about: &str, on: &mut bool) -> bool {
    let text = RichText::new(word).font(theme::plain(13.0));
    let button = Button::selectable(*on, text)
        .min_size(vec2(0.0, 26.0))
        .stroke(eframe::egui::Stroke::new(1.0, theme.hairline))
        .frame_when_inactive(true);
    let clicked = ui.add(button).on_hover_text(about).clicked();
    *on ^= clicked;
    clicked
}
