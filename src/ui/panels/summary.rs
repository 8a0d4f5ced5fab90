//! The summary: each plan's header, its counts beside what it states, what is overdue, and the KPIs' ratings.

use eframe::egui::{
    Align, Align2, Frame, Grid, Key, Layout, Link, Margin, Response, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use crate::{
    app::{
        command::{Command, EditCommand, HelpCommand, View, ViewCommand},
        state::State,
    },
    edit::{Change, FieldPlace},
    insight::{Overdue, PlanStanding, Rating, Tally},
    model::{
        Cell, Document, Marking, Role, Status, Table, TableId, TableKind, Value, When,
        kinds::{Kind, parse_when},
    },
    notes::Place,
    store::OpenText,
    ui::{
        focus,
        grid::{rating_tone, shapes},
        theme::{self, Theme},
    },
};

/// What is being typed in the summary, until it is kept.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// A header field: its table and place, and its text.
    field: Option<(TableId, usize, String)>,
    /// The protective marking.
    marking: Option<String>,
    /// The day that ends are judged by.
    day: Option<String>,
    /// Whether the keyboard is to go to what was opened again.
    again: bool,
}

impl Draft {
    /// What is typed and does not stand in the document.
    pub(crate) fn open_texts(&self, document: &Document) -> Vec<OpenText> {
        let field = self.field.as_ref().filter(|(table, at, text)| {
            let held = document.table(*table).and_then(|table| table.fields.get(*at));
            held.is_some_and(|field| *field.cell.text != **text)
        });
        let field = field.map(|(table, at, text)| OpenText::Header { table: *table, at: *at, text: text.clone() });
        let held = document.marking.as_ref().map_or_else(String::new, Marking::words);
        let marking = self.marking.clone().filter(|text| *text != held).map(|text| OpenText::Marking { text });
        field.into_iter().chain(marking).collect()
    }

    /// Opens a header field again with what was typed in it.
    pub(crate) fn reopen_field(&mut self, table: TableId, at: usize, text: String) {
        (self.field, self.again) = (Some((table, at, text)), true);
    }

    /// The same of the protective marking.
    pub(crate) fn reopen_marking(&mut self, text: String) {
        (self.marking, self.again) = (Some(text), true);
    }
}

/// Draws the summary.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, draft: &mut Draft, commands: &mut Vec<Command>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 18)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(1180.0));
            ui.label(RichText::new(state.workspace.document().name()).font(theme::semibold(22.0)));
            if state.workspace.document().tables.is_empty() {
                ui.weak("Nothing is open. Open a workbook from the File menu, or drop one on this window.");
            } else {
                marking(ui, theme, state, draft, commands);
            }
            for standing in &state.workspace.insight().plans {
                if let Some(table) = state.workspace.document().table(standing.table) {
                    plan(ui, theme, state, table, standing, draft, commands);
                }
            }
            for table in state.workspace.document().of_kind(TableKind::Kpi) {
                kpis(ui, theme, state, table, commands);
            }
            overdue(ui, theme, state, draft, commands);
        });
    });
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(14.0);
    ui.label(RichText::new(words).font(theme::semibold(16.0)));
}

fn plan(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, standing: &PlanStanding, draft: &mut Draft, commands: &mut Vec<Command>) {
    if state.workspace.insight().plans.len() > 1 || state.workspace.document().name() != table.title() {
        heading(ui, table.title());
    }
    header(ui, theme, table, draft, commands);
    ui.add_space(8.0);
    let counts = &standing.counts;
    ui.label(format!("{}{}", super::table_title::status_lines(counts), state.workspace.insight().hidden_words(table.id)));
    let done = done(&counts.lines);
    if !done.is_empty() {
        ui.label(RichText::new(done).color(theme.muted));
    }
    let since = standing.deltas.as_ref().map(|deltas| deltas.since.clone());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(28.0, 4.0);
        Grid::new(("counts", table.id)).min_col_width(70.0).show(ui, |ui| {
            let titles = [
                "Status",
                "Lines",
                "Actions",
                &since.as_ref().map_or_else(String::new, |since| format!("Since {since}")),
                "Stated in the plan",
            ];
            for (at, title) in titles.iter().enumerate() {
                let stated = at == 4 && standing.stated.is_empty();
                cell(ui, at > 0, |ui| ui.label(RichText::new(if stated { "" } else { title }).small().color(theme.muted)));
            }
            ui.end_row();
            for (status, _) in counts.lines.listed() {
                status_name(ui, theme, status);
                cell(ui, true, |ui| ui.label(counts.lines.get(status).to_string()));
                cell(ui, true, |ui| ui.label(counts.actions.get(status).to_string()));
                let delta = standing.deltas.as_ref().map_or_else(String::new, |deltas| signed(deltas.get(status)));
                cell(ui, true, |ui| ui.label(delta));
                let stated = standing.stated.iter().find(|stated| stated.status == status);
                let words = stated.map_or_else(String::new, |stated| match stated.delta {
                    Some(delta) => format!("{} ({})", stated.count, signed(delta)),
                    None => stated.count.to_string(),
                });
                let differs = stated.is_some_and(|stated| {
                    stated.count != counts.lines.get(status)
                        || stated.delta.is_some_and(|delta| standing.deltas.as_ref().is_some_and(|deltas| deltas.get(status) != delta))
                });
                let words = if differs {
                    RichText::new(format!("{words}  differs")).color(theme.minor_problems.mark)
                } else {
                    RichText::new(words)
                };
                cell(ui, true, |ui| ui.label(words));
                ui.end_row();
            }
            if counts.without_status > 0 {
                ui.label("No status");
                cell(ui, true, |ui| ui.label(counts.without_status.to_string()));
                ui.end_row();
            }
        });
    });
    if ui.add(Link::new(format!("Go to {}", table.title()))).clicked() {
        commands.push(Command::View(ViewCommand::Show(View::Table(table.id))));
    }
}

/// How many lines are complete, of how many, in per cent; nothing where there are none. What is cancelled is none of them.
fn done(lines: &Tally) -> String {
    let (done, of) = lines.done();
    if of == 0 {
        return String::new();
    }
    let without = match lines.get(Status::Cancelled) {
        0 => String::new(),
        cancelled => format!("; {cancelled} cancelled, left out of it"),
    };
    format!("{done} of {of} status lines complete, {} %{without}", (done * 100 + of / 2) / of)
}

/// A cell of a small table, to the right where it holds a figure.
fn cell<R>(ui: &mut Ui, right: bool, add: impl FnOnce(&mut Ui) -> R) {
    if right {
        ui.with_layout(Layout::right_to_left(Align::Center), add);
    } else {
        add(ui);
    }
}

fn signed(change: i64) -> String {
    match change {
        0 => "0".to_owned(),
        change if change > 0 => format!("+{change}"),
        change => format!("−{}", change.abs()),
    }
}

fn status_name(ui: &mut Ui, theme: &Theme, status: Status) {
    let tone = theme.status(status);
    let galley = ui.painter().layout_no_wrap(status.word().to_owned(), theme::plain(14.0), theme.text);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 34.0, 26.0), Sense::HOVER);
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, status.word()));
    ui.painter().rect_filled(rect, 13.0, tone.fill);
    shapes::status(ui.painter(), rect.left_center() + vec2(14.0, 0.0), 6.0, status, tone.mark);
    ui.painter().galley(rect.left_center() + vec2(25.0, -galley.size().y / 2.0), galley, theme.text);
}

/// The header fields, each of which can be typed in.
fn header(ui: &mut Ui, theme: &Theme, table: &Table, draft: &mut Draft, commands: &mut Vec<Command>) {
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    for (at, field) in table.fields.iter().enumerate() {
        let mine = matches!(&draft.field, Some((id, place, _)) if *id == table.id && *place == at);
        let mut text =
            if mine { draft.field.as_ref().map_or_else(String::new, |(_, _, text)| text.clone()) } else { field.cell.text.to_string() };
        let edit = labelled(ui, theme, &field.label, &mut text, "");
        if mine && std::mem::take(&mut draft.again) {
            edit.request_focus();
        }
        if edit.changed() {
            draft.field = Some((table.id, at, text));
        }
        if edit.lost_focus() && mine {
            let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
            let kept = keep(table, draft);
            commands.extend(kept.filter(|_| !cancelled));
        }
    }
}

/// A field to type in beside its label.
fn labelled(ui: &mut Ui, theme: &Theme, label: &str, text: &mut String, hint: &str) -> Response {
    let field = |ui: &mut Ui| {
        let label = RichText::new(label).color(theme.muted);
        let room = Layout::left_to_right(Align::Center);
        let label = ui.allocate_ui_with_layout(vec2(250.0, 28.0), room, |ui| {
            ui.set_min_width(250.0);
            ui.add(eframe::egui::Label::new(label).truncate())
        });
        let edit = TextEdit::singleline(text).desired_width(ui.available_width().min(560.0)).align(Align2::LEFT_CENTER).hint_text(hint);
        ui.add(edit).labelled_by(label.inner.id)
    };
    ui.horizontal(field).inner
}

/// The protective marking, which can be typed in.
fn marking(ui: &mut Ui, theme: &Theme, state: &State, draft: &mut Draft, commands: &mut Vec<Command>) {
    ui.add_space(6.0);
    let mut text = draft.marking.clone().unwrap_or_else(|| state.workspace.marking());
    let edit = labelled(ui, theme, "Protective marking", &mut text, "None");
    if draft.marking.is_some() && std::mem::take(&mut draft.again) {
        edit.request_focus();
    }
    if edit.changed() {
        draft.marking = Some(text);
    }
    if edit.lost_focus() {
        let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
        commands.extend(keep_marking(state.workspace.document(), draft).filter(|_| !cancelled));
    }
}

/// Ends the typing of a marking; the edit that keeps it, when it changes something.
pub(crate) fn keep_marking(document: &Document, draft: &mut Draft) -> Option<Command> {
    let text = draft.marking.take()?;
    let held = document.marking.as_ref();
    if held.map_or_else(String::new, Marking::words) == text.trim() {
        return None;
    }
    let label = held.map(|marking| marking.label.clone()).unwrap_or_default();
    let typed = (!text.trim().is_empty()).then(|| Marking { lines: vec![text.trim().into()], label });
    Some(Command::Edit(EditCommand::Make("Edit the protective marking".to_owned(), vec![Change::SetMarking(typed)])))
}

/// Ends the typing in a header field of a table; the edit that keeps it, when it changes something.
pub(crate) fn keep(table: &Table, draft: &mut Draft) -> Option<Command> {
    let (_, at, text) = draft.field.take_if(|(id, ..)| *id == table.id)?;
    let field = table.fields.get(at).filter(|field| *field.cell.text != *text)?;
    let change = Change::SetField { table: table.id, field: FieldPlace::Header(at), cell: typed(&field.label, &field.cell, &text) };
    Some(Command::Edit(EditCommand::Make(format!("Edit {}", field.label.to_lowercase()), vec![change])))
}

/// A typed header value: a date where the label or the old value is one.
fn typed(label: &str, old: &Cell, text: &str) -> Cell {
    let dated = matches!(old.value, Value::When(_)) || (label.to_lowercase().ends_with("date") && parse_when(text).is_some());
    if dated { Kind::Date.enter(text) } else { Cell::text(text) }
}

fn kpis(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, commands: &mut Vec<Command>) {
    heading(ui, &table.name);
    let counts = state.workspace.insight().rating_counts(table.id);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        for (rating, count) in Rating::ALL.into_iter().zip(counts) {
            let tone = rating_tone(theme, rating);
            let words = format!("{} {count}", rating.word());
            let galley = ui.painter().layout_no_wrap(words.clone(), theme::plain(14.0), theme.text);
            let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 38.0, 28.0), Sense::HOVER);
            response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &words));
            ui.painter().rect_filled(rect, 14.0, tone.fill);
            shapes::rating(ui.painter(), rect.left_center() + vec2(15.0, 0.0), 6.0, rating, tone.mark);
            ui.painter().galley(rect.left_center() + vec2(27.0, -galley.size().y / 2.0), galley, theme.text);
        }
        if ui.add(Link::new(format!("Go to {}", table.name))).clicked() {
            commands.push(Command::View(ViewCommand::Show(View::Table(table.id))));
        }
    });
    for row in &table.rows {
        let Some(rated) = state.workspace.insight().rating(table.id, row.id).filter(|rated| rated.rating != Rating::Green) else {
            continue;
        };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
        if response.hovered() {
            ui.painter().rect_filled(rect, 4.0, theme.hovered);
        }
        focus::ring(ui, &response);
        let name = table.name_of(row);
        let words = format!("{name}: {}", rated.why);
        response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Link, true, &words));
        shapes::rating(ui.painter(), rect.left_center() + vec2(12.0, 0.0), 6.0, rated.rating, rating_tone(theme, rated.rating).mark);
        let mut job = LayoutJob::simple_singleline(words, theme::plain(14.0), theme.text);
        job.wrap = TextWrapping::truncate_at_width(rect.width() - 32.0);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(rect.left_center() + vec2(28.0, -galley.size().y / 2.0), galley, theme.text);
        if response.clicked() {
            let at = table.position(row.id).unwrap_or(0);
            let column = table.role_position(Role::Current).unwrap_or(0);
            commands.push(Command::View(ViewCommand::GoTo(Place::cell(table, at, column))));
        }
    }
}

/// The unfinished lines past their end, and the day that is judged at, which can be typed.
fn overdue(ui: &mut Ui, theme: &Theme, state: &State, draft: &mut Draft, commands: &mut Vec<Command>) {
    let groups = state.workspace.insight().overdue_by_day(state.workspace.document());
    if groups.len() > 1 {
        heading(ui, "Overdue");
        judged(ui, theme, state, "Judge every plan at", draft, commands);
    }
    for group in &groups {
        heading(ui, &group.title);
        if groups.len() == 1 {
            judged(ui, theme, state, "Change to", draft, commands);
        }
        if group.late.is_empty() {
            ui.weak("No unfinished line is past its end date.");
        }
        let shown = &group.late[..group.late.len().min(MOST_LATE)];
        let width = |late: &&Overdue| ui.painter().layout_no_wrap(late.name.clone(), theme::plain(14.0), theme.text).size().x;
        let room = ui.available_width().min(WIDEST_LATE) - STATUS_ROOM - END_ROOM - 2.0 * LATE_GAP;
        let names = shown.iter().map(width).fold(SHORT_NAME, f32::max).min(room.max(SHORT_NAME));
        for late in shown {
            if late_line(ui, theme, late, names) {
                commands.push(Command::View(ViewCommand::GoTo(late.place.clone())));
            }
        }
        if group.late.len() > MOST_LATE {
            ui.weak(format!("and {} more; the filter of the plan shows them all.", group.late.len() - MOST_LATE));
        }
    }
}

/// How many late lines are listed at most.
const MOST_LATE: usize = 200;
/// How wide a late line is at most, in points, and the room in it: of a short name, of a status, of an end, and before and after a name.
const WIDEST_LATE: f32 = 900.0;
const SHORT_NAME: f32 = 66.0;
const STATUS_ROOM: f32 = 130.0;
const END_ROOM: f32 = 190.0;
const LATE_GAP: f32 = 28.0;

/// The day that ends are judged at, to be typed over.
fn judged(ui: &mut Ui, theme: &Theme, state: &State, words: &str, draft: &mut Draft, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(words).color(theme.muted));
        let day = state.workspace.insight().as_of.map_or_else(String::new, |day| day.strftime("%d/%m/%Y").to_string());
        let mine = draft.day.is_some();
        let mut text = draft.day.clone().unwrap_or(day);
        let edit = ui
            .add(TextEdit::singleline(&mut text).desired_width(110.0).align(Align2::LEFT_CENTER).hint_text("dd/mm/yyyy"))
            .labelled_by(label.id);
        if edit.changed() {
            draft.day = Some(text.clone());
        }
        if edit.lost_focus() && mine {
            draft.day = None;
            // A month is judged at its last day, as a review date is.
            let day = parse_when(&text).and_then(When::last_day);
            commands.push(if day.is_none() && !text.trim().is_empty() {
                Command::Help(HelpCommand::Say(format!("“{text}” is not a date that can be told")))
            } else {
                Command::View(ViewCommand::SetAsOf(day))
            });
        }
        if state.view.as_of().is_some() && ui.add(Link::new(Command::View(ViewCommand::SetAsOf(None)).text())).clicked() {
            commands.push(Command::View(ViewCommand::SetAsOf(None)));
        }
    });
}

/// One line past its end, in which names have so much room; true when it was clicked.
fn late_line(ui: &mut Ui, theme: &Theme, late: &Overdue, names: f32) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(WIDEST_LATE), 28.0), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, theme.hovered);
    }
    focus::ring(ui, &response);
    let status = late.status.map_or("no status", Status::word);
    let words = format!("{}  ended {}, {}", late.name, late.end_text, status.to_lowercase());
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Link, true, &words));
    if let Some(status) = late.status {
        shapes::status(ui.painter(), rect.left_center() + vec2(12.0, 0.0), 6.0, status, theme.status(status).mark);
    }
    let ended = format!("ended {}", late.end_text);
    let mut x = LATE_GAP;
    for (words, colour, room, gap) in
        [(&*late.name, theme.accent, names, LATE_GAP), (status, theme.text, STATUS_ROOM, 0.0), (&*ended, theme.muted, END_ROOM, 0.0)]
    {
        let mut job = LayoutJob::simple_singleline(words.to_owned(), theme::plain(14.0), colour);
        job.wrap = TextWrapping::truncate_at_width(room);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(rect.left_center() + vec2(x, -galley.size().y / 2.0), galley, colour);
        x += room + gap;
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.hairline));
    response.clicked()
}
