//! The export window: which return, what it is held against, what will be in it, its pages, and what is asked of it. Writes nothing.

use eframe::egui::{
    ComboBox, Context, CornerRadius, FontId, Id, Label, RadioButton, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui,
    Vec2, WidgetInfo, vec2,
};

use super::{export_preview, leaving, sheet_so_wide};
use crate::{
    app::{
        command::{Command, Compare, PublishCommand},
        export::Format,
        publishing::{Leaving, Prepared},
    },
    insight::{Answer, Check, Gap},
    returns::{self, Template},
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// The width of the choices on the left.
const CHOICES: f32 = 268.0;
/// The widest that the window is.
const WIDEST: f32 = 1100.0;
/// What the buttons, the title and the margins take of the height.
const AROUND: f32 = 190.0;

/// What of the return is in view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Contents,
    Pages,
    Checklist,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Contents, Self::Pages, Self::Checklist];

    fn title(self, leaving: &Leaving) -> String {
        match self {
            Self::Contents => "What will be in the return".to_owned(),
            Self::Pages => "Its pages".to_owned(),
            Self::Checklist => match leaving.open_questions() {
                0 => "Checklist".to_owned(),
                1 => "Checklist: 1 to look at".to_owned(),
                count => format!("Checklist: {count} to look at"),
            },
        }
    }
}

/// Shows it.
pub(super) fn show(ctx: &Context, theme: &Theme, leaving: &Leaving, commands: &mut Vec<Command>) {
    let empty = "All of it is hidden in the workbook. Unhide what belongs in it, or have it in.";
    let words = if leaving.is_empty() && leaving.has_choice() { empty } else { "" };
    sheet_so_wide(WIDEST, ctx, "leaving", "Export a return", words, |ui| {
        ui.vertical(|ui| {
            let height = (ctx.content_rect().height() - AROUND).clamp(220.0, 640.0);
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(CHOICES);
                    let scroll = ScrollArea::vertical().id_salt("choices").max_height(height).min_scrolled_height(height);
                    scroll.auto_shrink([false, false]).show(ui, |ui| choices(ui, theme, leaving, commands));
                });
                ui.add_space(12.0);
                ui.vertical(|ui| {
                    let tab = tabs(ui, theme, leaving);
                    ui.add_space(4.0);
                    body(ui, theme, leaving, (tab, height - 40.0), commands);
                });
            });
            ui.add_space(8.0);
            leaving::buttons(ui, theme, leaving, Command::Publish(PublishCommand::WriteReturn), commands);
        });
    });
}

/// Which return it is, what it is held against, and whether what is hidden is in it.
fn choices(ui: &mut Ui, theme: &Theme, leaving: &Leaving, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    heading(ui, "Which return");
    for template in returns::ALL {
        choice(ui, theme, (template, leaving.template == template), commands);
    }
    ui.add_space(8.0);
    heading(ui, "Written as");
    ui.horizontal(|ui| {
        for format in Format::ALL {
            let radio = RadioButton::new(leaving.format == format, format.name());
            let response = ui.add_enabled(format.takes(leaving.template), radio);
            focus::ring(ui, &response);
            if response.clicked() {
                commands.push(Command::Publish(PublishCommand::ChooseFormat(format)));
            }
        }
    });
    ui.add_space(8.0);
    heading(ui, "Compared with");
    compared_with(ui, leaving, commands);
    if leaving.has_choice() {
        ui.add_space(8.0);
        leaving::with_hidden(ui, leaving, commands);
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::semibold(14.0)));
}

/// One return as a card that is chosen, with what it is below its name. Painted, so that a screen reader meets one button of that name.
fn choice(ui: &mut Ui, theme: &Theme, (template, is_chosen): (&'static Template, bool), commands: &mut Vec<Command>) {
    const INSIDE: Vec2 = vec2(8.0, 5.0);
    let width = ui.available_width() - 12.0;
    let name = ui.painter().layout_no_wrap(template.name.to_owned(), theme::semibold(14.0), theme.text);
    let about = ui.painter().layout(template.about.to_owned(), FontId::proportional(12.0), theme.muted, width - 2.0 * INSIDE.x);
    let size = vec2(width, name.size().y + 1.0 + about.size().y + 2.0 * INSIDE.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, template.name));
    let stroke = if is_chosen { Stroke::new(2.0, theme.accent) } else { Stroke::new(1.0, theme.outline) };
    let fill = if response.hovered() { theme.hovered } else { theme.background };
    ui.painter().rect(rect, CornerRadius::same(4), fill, stroke, StrokeKind::Inside);
    let below = rect.min + INSIDE + vec2(0.0, name.size().y + 1.0);
    ui.painter().galley(rect.min + INSIDE, name, theme.text);
    ui.painter().galley(below, about, theme.muted);
    focus::ring(ui, &response);
    if response.clicked() {
        commands.push(Command::Publish(PublishCommand::ChooseReturn(template)));
    }
}

fn compared_with(ui: &mut Ui, leaving: &Leaving, commands: &mut Vec<Command>) {
    let nothing = || Command::Publish(PublishCommand::CompareWith(Compare::Nothing)).text();
    let chosen = leaving.baseline.as_ref().map_or_else(|| nothing().to_owned(), |baseline| baseline.title());
    let mut picked = None;
    let list = ComboBox::from_id_salt("baseline").width(CHOICES - 8.0).selected_text(chosen.clone()).show_ui(ui, |ui| {
        if ui.selectable_label(leaving.baseline.is_none(), nothing()).clicked() {
            picked = Some(Compare::Nothing);
        }
        for (at, baseline) in leaving.baselines.iter().enumerate() {
            if ui.selectable_label(leaving.baseline.as_ref() == Some(baseline), baseline.title()).clicked() {
                picked = Some(Compare::Frozen(at));
            }
        }
        let older = Command::Publish(PublishCommand::CompareWith(Compare::OlderWorkbook));
        if ui.selectable_label(false, older.text()).clicked() {
            picked = Some(Compare::OlderWorkbook);
        }
    });
    list.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Compared with: {chosen}")));
    focus::ring(ui, &list.response);
    commands.extend(picked.map(|what| Command::Publish(PublishCommand::CompareWith(what))));
}

/// What is in view, chosen by tabs; which it is.
fn tabs(ui: &mut Ui, theme: &Theme, leaving: &Leaving) -> Tab {
    let id = Id::unique("export tab");
    let mut chosen = ui.data(|data| data.get_temp::<u8>(id)).and_then(|at| Tab::ALL.get(usize::from(at)).copied()).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        for (tab, at) in Tab::ALL.into_iter().zip(0_u8..) {
            let is_chosen = tab == chosen;
            let words = RichText::new(tab.title(leaving)).font(theme::semibold(14.0));
            let words = words.color(if is_chosen { theme.accent } else { theme.muted });
            let response = ui.add(Label::new(words).sense(Sense::click()).selectable(false));
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, tab.title(leaving)));
            if is_chosen {
                ui.painter().hline(response.rect.x_range(), response.rect.bottom() + 3.0, Stroke::new(2.0, theme.accent));
            }
            focus::ring(ui, &response);
            if response.clicked() {
                chosen = tab;
                ui.data_mut(|data| data.insert_temp(id, at));
            }
        }
    });
    chosen
}

fn body(ui: &mut Ui, theme: &Theme, leaving: &Leaving, (tab, height): (Tab, f32), commands: &mut Vec<Command>) {
    match (tab, leaving.prepared.as_deref()) {
        (Tab::Contents, _) => leaving::account(ui, theme, leaving, height),
        (Tab::Pages | Tab::Checklist, None) => {
            ui.set_min_height(height);
            ui.label(RichText::new("Working out what it will be…").color(theme.muted));
        }
        (Tab::Pages, Some(prepared)) if leaving.format == Format::Pdf => contents(ui, theme, prepared, height),
        (Tab::Pages, Some(prepared)) => export_preview::show(ui, theme, &prepared.sheets, height),
        (Tab::Checklist, Some(prepared)) => checklist(ui, theme, (leaving, prepared, height), commands),
    }
}

/// The headings of the PDF with their pages.
fn contents(ui: &mut Ui, theme: &Theme, prepared: &Prepared, height: f32) {
    ScrollArea::vertical().id_salt("contents").max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(ui, |ui| {
        let pages = if prepared.pages == 1 { "1 page".to_owned() } else { format!("{} pages", prepared.pages) };
        ui.label(RichText::new(format!("{pages} of A4, with headings, tables and figures that a screen reader reads")).color(theme.muted));
        ui.add_space(4.0);
        for (words, page) in &prepared.contents {
            ui.add(Label::new(RichText::new(format!("{words}, page {page}")).color(theme.text)).wrap());
        }
    });
}

/// The questions with their answers, what says no and where, and why one is passed over.
fn checklist(ui: &mut Ui, theme: &Theme, (leaving, prepared, height): (&Leaving, &Prepared, f32), commands: &mut Vec<Command>) {
    ScrollArea::vertical().id_salt("checklist").max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for check in &prepared.checks {
            question(ui, theme, (leaving, check), commands);
            ui.add_space(8.0);
        }
    });
}

/// How many of the things that say no are listed.
const LISTED: usize = 12;

fn question(ui: &mut Ui, theme: &Theme, (leaving, check): (&Leaving, &Check), commands: &mut Vec<Command>) {
    let reason = leaving.reason(check.question);
    let said = match check.answer {
        Answer::Yes => "Yes.".to_owned(),
        Answer::No if !reason.is_empty() => "No, passed over.".to_owned(),
        Answer::No if check.gaps.len() == 1 => "No.".to_owned(),
        Answer::No => format!("No, {} places.", check.gaps.len()),
        Answer::Unknown(why) => format!("This cannot be told. {why}"),
    };
    let line = format!("{} {said}", check.question.words());
    let colour = if check.answer == Answer::No && reason.is_empty() { theme.major_problems.mark } else { theme.text };
    ui.add(Label::new(RichText::new(line).font(theme::semibold(14.0)).color(colour)).wrap());
    if check.answer != Answer::No {
        return;
    }
    for gap in check.gaps.iter().take(LISTED) {
        gap_line(ui, theme, gap, commands);
    }
    if check.gaps.len() > LISTED {
        ui.label(RichText::new(format!("and {} more", check.gaps.len() - LISTED)).color(theme.muted));
    }
    let mut words = reason.to_owned();
    let hint = "Why it goes nevertheless; this is kept in the return's notes";
    let field = TextEdit::singleline(&mut words).hint_text(hint).desired_width(ui.available_width() - 24.0);
    let response = ui.add(field.id(Id::unique(("pass over", check.question.code()))));
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, format!("Why “{}” is passed over", check.question.words())));
    focus::ring(ui, &response);
    if response.changed() {
        commands.push(Command::Publish(PublishCommand::PassOver(check.question, words)));
    }
}

/// One thing that says no: words that lead to its cell.
fn gap_line(ui: &mut Ui, theme: &Theme, gap: &Gap, commands: &mut Vec<Command>) {
    let Some(place) = &gap.place else {
        ui.add(Label::new(RichText::new(&gap.words).color(theme.text)).wrap());
        return;
    };
    let words = RichText::new(format!("{}  ({})", gap.words, place.address)).color(theme.accent).underline();
    let response = ui.add(Label::new(words).wrap().sense(Sense::click()).selectable(false));
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{} ({})", gap.words, place.address)));
    focus::ring(ui, &response);
    if response.clicked() {
        commands.push(Command::Publish(PublishCommand::GoToGap(place.clone())));
    }
    ui.allocate_space(vec2(0.0, 1.0));
}
