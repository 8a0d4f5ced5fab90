//! The sheet that closes a period, or records one: its name and date, what is recorded where, and which return is written. Writes nothing.

use std::path::Path;

use eframe::egui::{Align2, Button, Context, Grid, Id, Key, Label, Response, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::{Enter, choose, choose_by, sheet, sheet_so_wide};
use crate::{
    app::{
        close_period::another_place,
        closing::{Closing, Draft, Line, Place, Purpose, Recording, TableWish},
        command::{Command, FileCommand, PeriodCommand},
        publishing::replace_words,
        state::State,
        today,
    },
    model::{When, kinds::parse_when},
    returns::{self, Template},
    ui::{
        find_bar::select_all,
        focus,
        theme::{self, Theme},
    },
};

/// The widest the sheet gets, in points.
const WIDTH: f32 = 720.0;
/// What the title, the fields and the buttons take of the height.
const AROUND: f32 = 250.0;
/// How many values of a table are listed.
const LISTED: usize = 12;

/// Shows it, with what was chosen of it so far.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let leave = Command::File(FileCommand::KeepWorking);
    let Some(closing) = state.prompts.closing() else { return commands.push(leave) };
    let (title, words, go_on) = match closing.purpose {
        Purpose::Close => (
            "Close the period",
            "Records how the plan stands, writes the return, and freezes it so that the next can be compared with it. Nothing is recorded \
             until the return is written.",
            Command::Period(PeriodCommand::Write),
        ),
        Purpose::Record(_) => {
            ("Record a period", "Keeps how things stand now in a column of this table.", Command::Period(PeriodCommand::Record))
        }
    };
    let mut draft = closing.draft.clone();
    let before = commands.len();
    sheet_so_wide(WIDTH, ctx, "closing", title, words, |ui| {
        ui.vertical(|ui| {
            named(ui, closing, &mut draft);
            ui.add_space(6.0);
            let height = (ctx.content_rect().height() - AROUND).clamp(120.0, 460.0);
            ScrollArea::vertical().id_salt("closing").max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(
                ui,
                |ui| {
                    recorded(ui, theme, closing, &mut draft);
                    if closing.purpose == Purpose::Close {
                        returned(ui, theme, (state, closing), &mut draft);
                    }
                },
            );
            for doubt in closing.doubts(state.workspace.document(), today()) {
                ui.add(Label::new(RichText::new(doubt).color(theme.minor_problems.mark)).wrap());
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| match closing.why_not() {
                None => choose_by(ui, theme, Enter::IsForWhatHasIt, &[go_on, leave.clone()], &leave, commands),
                Some(why_not) => {
                    ui.add_enabled(false, Button::new(go_on.text()).min_size(vec2(0.0, 32.0)));
                    let button = ui.add(Button::new(leave.text()).min_size(vec2(0.0, 32.0)));
                    focus::around(ui, &button);
                    if button.clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                        commands.push(leave.clone());
                    }
                    ui.label(RichText::new(why_not).color(theme.muted));
                }
            });
        });
    });
    // What was typed in this pass is taken in before it is gone on with.
    if draft != closing.draft && !commands[before..].contains(&leave) {
        commands.insert(before, Command::Period(PeriodCommand::Choose(Box::new(draft))));
    }
    if commands[before..].iter().any(|command| !matches!(command, Command::Period(PeriodCommand::Choose(_)))) {
        ctx.data_mut(|data| data.remove::<bool>(begun()));
    }
}

/// Whether the sheet has taken the keyboard.
fn begun() -> Id {
    Id::unique("closing has begun")
}

/// The name of the period and its date.
fn named(ui: &mut Ui, closing: &Closing, draft: &mut Draft) {
    let id = Id::unique("name of the period");
    let begins = ui.data(|data| data.get_temp::<bool>(begun())).is_none();
    if begins {
        select_all(ui, id, &draft.name);
        ui.data_mut(|data| data.insert_temp(begun(), true));
    }
    ui.horizontal_wrapped(|ui| {
        ui.label("Period");
        let name = field(ui, (id, 190.0), "Period", "Q3 2026/27", &mut draft.name);
        if begins {
            name.request_focus();
        }
        if closing.purpose == Purpose::Close {
            ui.add_space(12.0);
            ui.label("As at");
            field(ui, (Id::unique("date of the period"), 110.0), "As at", "dd/mm/yyyy", &mut draft.date);
            let typed = parse_when(&draft.date).and_then(When::last_day);
            ui.weak(typed.map_or_else(|| "not a date yet".to_owned(), |day| day.strftime("%-d %B %Y").to_string()));
        }
    });
}

/// A field for one line, named for screen readers.
fn field(ui: &mut Ui, (id, width): (Id, f32), label: &str, hint: &str, text: &mut String) -> Response {
    let edit = TextEdit::singleline(text).id(id).hint_text(hint).desired_width(width).char_limit(80);
    let response = ui.add(edit.min_size(vec2(0.0, 30.0)).align(Align2::LEFT_CENTER));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label.to_owned()));
    focus::ring(ui, &response);
    response
}

/// What is recorded in each table.
fn recorded(ui: &mut Ui, theme: &Theme, closing: &Closing, draft: &mut Draft) {
    if closing.lines.is_empty() {
        let words = "There is no tracker here, and no KPI table with current values: nothing is recorded.";
        ui.add(Label::new(RichText::new(words).color(theme.muted)).wrap());
    } else if closing.purpose == Purpose::Close {
        ui.label(RichText::new("Record in").font(theme::semibold(14.0)));
    }
    for (line, wish) in closing.lines.iter().zip(&mut draft.tables) {
        ui.push_id(("line", line.table.0), |ui| table(ui, theme, (closing.purpose, line), wish));
        ui.add_space(6.0);
    }
}

fn table(ui: &mut Ui, theme: &Theme, (purpose, line): (Purpose, &Line), wish: &mut TableWish) {
    let can = line.recording.is_ok();
    ui.horizontal_wrapped(|ui| {
        if purpose == Purpose::Close {
            let mut record = wish.record && can;
            let check = ui.add_enabled_ui(can, |ui| ui.checkbox(&mut record, &line.title)).inner;
            check.widget_info(|| WidgetInfo::selected(Role::CheckBox, can, record, format!("Record in {}", line.title)));
            focus::ring(ui, &check);
            if check.changed() {
                wish.record = record;
            }
        } else {
            ui.label(&line.title);
        }
        if wish.record && can {
            ui.label("under");
            let mut heading = line.heading.clone();
            let id = Id::unique(("heading of the period", line.table.0));
            if field(ui, (id, 150.0), &format!("Heading in {}", line.title), "Heading", &mut heading).changed() {
                wish.heading = Some(heading);
            }
        }
    });
    ui.indent("told", |ui| match &line.recording {
        Err(why) => {
            ui.add(Label::new(RichText::new(format!("Not recorded: {why}.")).color(theme.muted)).wrap());
        }
        Ok(recording) if wish.record => told(ui, theme, recording, wish),
        Ok(_) => {}
    });
}

/// Where a period goes in a table, and what stands there before and after.
fn told(ui: &mut Ui, theme: &Theme, recording: &Recording, wish: &mut TableWish) {
    let heading = &recording.heading;
    let place = match recording.place {
        _ if recording.is_there() => format!("{heading} holds these values already."),
        Place::New { .. } => format!("A new column, {heading}."),
        Place::Ready(_) => format!("The empty column {heading} that is there."),
        Place::Over(_) => format!("{heading} is filled already: these values would give way."),
    };
    ui.add(Label::new(RichText::new(place).color(theme.muted)).wrap());
    if recording.replaces() {
        let check = ui.checkbox(&mut wish.replace, format!("Replace what {heading} holds"));
        focus::ring(ui, &check);
    }
    if !recording.is_there() {
        Grid::new("values").num_columns(3).spacing(vec2(16.0, 1.0)).show(ui, |ui| {
            for value in recording.values.iter().take(LISTED) {
                ui.add(Label::new(RichText::new(&value.label).color(theme.text)).truncate());
                ui.label(RichText::new(&*value.cell.text).strong());
                let was =
                    if recording.replaces() && !value.is_there() { format!("was {}", or_nothing(&value.before)) } else { String::new() };
                ui.label(RichText::new(was).color(theme.muted));
                ui.end_row();
            }
        });
        if let Some(more) = recording.values.len().checked_sub(LISTED).filter(|more| *more > 0) {
            ui.label(RichText::new(format!("and {more} more")).color(theme.muted));
        }
    }
    for left in &recording.left {
        ui.add(Label::new(RichText::new(left).color(theme.muted)).wrap());
    }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Which return is written, and what it is compared with.
fn returned(ui: &mut Ui, theme: &Theme, (state, closing): (&State, &Closing), draft: &mut Draft) {
    ui.add_space(4.0);
    ui.label(RichText::new("Write the return").font(theme::semibold(14.0)));
    for template in returns::ALL {
        choice(ui, template, &mut draft.template);
    }
    let document = state.workspace.document();
    if closing.has_hidden {
        let check = ui.checkbox(&mut draft.with_hidden, "With what is hidden in the workbook");
        focus::ring(ui, &check);
    }
    let compared = state.remembered.baseline_of(document).map_or_else(
        || "It is compared with no earlier return: none is frozen yet.".to_owned(),
        |baseline| format!("It is compared with {}.", baseline.title()),
    );
    ui.add(Label::new(RichText::new(compared).color(theme.muted)).wrap());
}

/// One return, with what it is when the pointer rests on it.
fn choice(ui: &mut Ui, template: &'static Template, chosen: &mut &'static Template) {
    let choice = ui.radio(*chosen == template, template.name).on_hover_text(template.about);
    focus::ring(ui, &choice);
    if choice.clicked() {
        *chosen = template;
    }
}

/// Asks whether a file that is there may be lost.
pub(super) fn replace(ctx: &Context, theme: &Theme, path: &Path, why: &str, commands: &mut Vec<Command>) {
    sheet(ctx, "replace to close", "Replace this file?", &replace_words(path, why), |ui| {
        let leave = Command::File(FileCommand::KeepWorking);
        let another = another_place(path);
        choose(ui, theme, &[another, Command::Period(PeriodCommand::Replace(path.to_path_buf())), leave.clone()], &leave, commands);
    });
}
