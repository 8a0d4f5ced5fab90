//! The sheet of a central body's form: what fills its cells and tables, how its checks stand, the name it asks for. Fills nothing itself.

mod cells;
mod checks;
mod tables;

use eframe::egui::{
    Button, CollapsingHeader, Context, Frame, Id, Key, Label, Modal, Popup, RichText, ScrollArea, TextEdit, Ui,
    accesskit::Role as AccessRole, vec2,
};

use crate::{
    app::{
        command::{Command, FormCommand},
        fill_template::{FillReport, FormEdit, OpenForm},
        state::State,
    },
    store::shortened,
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// The widest the sheet gets, in points, and the height of a line of it.
const WIDTH: f32 = 1080.0;
const LINE: f32 = 30.0;

/// What of a form is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Cells,
    Tables,
    Checks,
    Name,
}

/// What is looked at while the sheet is open.
#[derive(Clone, Debug, Default)]
struct Looking {
    part: Part,
    /// What inputs are looked for by.
    find: String,
    begun: bool,
}

/// Shows the form that is being filled.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let Some(form) = state.prompts.form() else { return commands.push(Command::Form(FormCommand::Close)) };
    let id = Id::unique("looking at a form");
    let mut looking: Looking = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    // A list that is open hears Escape first, and is closed by the time the buttons are drawn.
    let list_is_open = Popup::is_any_open(ctx);
    let title = format!("Fill {}", shortened(&form.path));
    let words = summary(form);
    let shown = Modal::new(Id::unique("form")).frame(Frame::window(&ctx.global_style())).show(ctx, |ui| {
        let room = ctx.content_rect();
        ui.set_width(WIDTH.min(room.width() - 48.0));
        ui.label(RichText::new(&title).font(theme::semibold(theme::TITLE_SIZE)));
        ui.add(Label::new(RichText::new(&words).color(theme.muted)).wrap());
        ui.add_space(4.0);
        parts(ui, form, &mut looking);
        ui.add_space(4.0);
        let height = (room.height() - 280.0).clamp(LINE * 3.0, 520.0);
        match looking.part {
            Part::Cells => cells::show(ui, theme, form, &mut looking.find, height, commands),
            Part::Tables => tables::show(ui, theme, form, height, commands),
            Part::Checks => checks::show(ui, theme, form, height, commands),
            Part::Name => name(ui, theme, form, commands),
        }
        ui.add_space(8.0);
        hidden(ui, form, commands);
        buttons(ui, theme, form, list_is_open, commands);
    });
    ctx.accesskit_node_builder(shown.response.id, |node| {
        node.set_role(AccessRole::Dialog);
        node.set_modal();
        node.set_label(title.clone());
        node.set_description(words.clone());
    });
    ctx.data_mut(|data| {
        if commands.contains(&Command::Form(FormCommand::Close)) {
            data.remove::<Looking>(id);
        } else {
            data.insert_temp(id, looking);
        }
    });
}

/// How the form stands, in a sentence or two.
fn summary(form: &OpenForm) -> String {
    let begins = if form.remembered { "Filled as before" } else { "Proposed where the form's own labels are certain" };
    let stands = match form.report() {
        None => "It is being tried…".to_owned(),
        Some(report) => {
            let open = match report.open_checks() {
                0 => String::new(),
                1 => ", 1 asks for an explanation".to_owned(),
                count => format!(", {count} ask for an explanation"),
            };
            format!("{}{open}; {} of {} inputs are blank", report.summary(), report.blank.len(), form.inputs().len())
        }
    };
    format!("{begins}. {stands}. Only open cells are written, and the form as it was sent stays as it is.")
}

/// The parts of a form, as a row of choices.
fn parts(ui: &mut Ui, form: &OpenForm, looking: &mut Looking) {
    let checks = form.report().map_or(0, |report| report.checks.len());
    let all = [
        (Part::Cells, format!("Cells ({})", form.inputs().len())),
        (Part::Tables, format!("Tables ({})", form.tables().len())),
        (Part::Checks, format!("Checks ({checks})")),
        (Part::Name, "File name".to_owned()),
    ];
    ui.horizontal(|ui| {
        for (part, words) in all {
            let button = ui.add(Button::selectable(looking.part == part, words).min_size(vec2(0.0, LINE)));
            focus::ring(ui, &button);
            if !looking.begun && part == Part::Cells {
                button.request_focus();
                looking.begun = true;
            }
            if button.clicked() {
                looking.part = part;
            }
        }
    });
}

/// The file name that the form asks for, and what is still to be said of it.
fn name(ui: &mut Ui, theme: &Theme, form: &OpenForm, commands: &mut Vec<Command>) {
    let Some(name) = form.report().and_then(|report| report.name.clone()) else {
        ui.label(RichText::new("The form asks for no file name that could be found in its guidance.").color(theme.muted));
        return;
    };
    ui.label(format!("The form asks to be named {} ({}).", name.pattern, name.place));
    for (letters, stands_for) in form.name_letters() {
        ui.horizontal(|ui| {
            let label = ui.label(format!("{letters} stands for"));
            let edit = |typed| FormEdit::Name(letters.clone(), typed);
            typed(ui, &format!("name {letters}"), &stands_for, 220.0, edit, commands).labelled_by(label.id);
        });
    }
    ui.label(format!("It would be saved as {}.", form.file_name()));
    if !name.whole {
        ui.label(RichText::new("Letters that are not said stay in the name.").color(theme.muted));
    }
}

/// Whether values are taken from what is hidden.
fn hidden(ui: &mut Ui, form: &OpenForm, commands: &mut Vec<Command>) {
    let mut with = form.with_hidden;
    let command = FormCommand::WithHidden(!with);
    let response = ui.checkbox(&mut with, Command::Form(command.clone()).text());
    focus::ring(ui, &response);
    if response.changed() {
        commands.push(Command::Form(command));
    }
}

fn buttons(ui: &mut Ui, theme: &Theme, form: &OpenForm, list_is_open: bool, commands: &mut Vec<Command>) {
    let (save, close) = (Command::Form(FormCommand::Save), Command::Form(FormCommand::Close));
    ui.horizontal(|ui| {
        let words = RichText::new(save.text()).font(theme::semibold(14.0)).color(theme.on_accent);
        let ready = form.report().is_some();
        let button = ui.add_enabled(ready, Button::new(words).fill(theme.accent).min_size(vec2(0.0, 32.0)));
        focus::around(ui, &button);
        if button.clicked() {
            commands.push(save);
        } else if ui.add(Button::new(close.text()).min_size(vec2(0.0, 32.0))).clicked()
            || (!list_is_open && ui.input(|input| input.key_pressed(Key::Escape)))
        {
            commands.push(close);
        }
    });
}

/// A field whose text is taken once the keyboard leaves it.
fn typed(
    ui: &mut Ui,
    salt: &str,
    present: &str,
    width: f32,
    edit: impl FnOnce(String) -> FormEdit,
    commands: &mut Vec<Command>,
) -> eframe::egui::Response {
    let id = Id::unique(("typed in a form", salt));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| present.to_owned());
    let field = ui.add(TextEdit::singleline(&mut text).id_salt(salt).desired_width(width).char_limit(4_000));
    if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
    } else {
        if field.lost_focus() && text != present {
            commands.push(Command::Form(FormCommand::Edit(edit(text))));
        }
        ui.data_mut(|data| data.remove::<String>(id));
    }
    field
}

/// Shows what became of a form that was filled.
pub(super) fn filled(ctx: &Context, theme: &Theme, path: &std::path::Path, report: &FillReport, commands: &mut Vec<Command>) {
    let close = Command::Form(FormCommand::Close);
    let name = match &report.name {
        Some(asked) if path.file_stem().is_none_or(|stem| stem.to_string_lossy() != asked.name) => {
            format!(" Before it is sent, name it {}.", asked.name)
        }
        _ => String::new(),
    };
    let words = format!("{}: {}.{name}", shortened(path), report.summary());
    super::wide_sheet(ctx, "form filled", "What was filled", &words, |ui| {
        ui.vertical(|ui| {
            let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 520.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
                for (at, (title, lines)) in report.sections().into_iter().enumerate() {
                    CollapsingHeader::new(format!("{title} ({})", lines.len())).default_open(at < 3).show(ui, |ui| {
                        for line in lines {
                            ui.add(Label::new(RichText::new(line).color(theme.text)).wrap());
                        }
                    });
                }
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                super::choose_by(ui, theme, super::Enter::IsForWhatHasIt, std::slice::from_ref(&close), &close, commands);
                if ui.add(Button::new("Copy this report").min_size(vec2(0.0, 32.0))).clicked() {
                    ui.ctx().copy_text(report.words());
                }
            });
        });
    });
}
