//! The inputs of a form one by one: what each is called, what fills it, and what would stand there. Fills none itself.

use eframe::egui::{
    Align, ComboBox, Id, Label, Layout, Rect, RichText, ScrollArea, TextEdit, Ui, UiBuilder, WidgetInfo, accesskit::Role as AccessRole,
    vec2,
};

use super::{LINE, typed};
use crate::{
    app::{
        command::{Command, FormCommand},
        fill_template::{FormEdit, FormInput, FormResult, Offer, OpenForm},
    },
    ui::{
        theme::Theme,
        type_ahead::{Letters, of_words},
    },
};

/// What leaves an input as it is, and what opens a field for words.
const LEAVE: &str = "Leave as it is";
const WORDS: &str = "Fixed words…";

/// Lists the inputs that fit what is looked for.
pub(super) fn show(ui: &mut Ui, theme: &Theme, form: &OpenForm, find: &mut String, height: f32, commands: &mut Vec<Command>) {
    let inputs = form.inputs();
    ui.horizontal(|ui| {
        let label = ui.label("Find an input");
        ui.add(TextEdit::singleline(find).hint_text("A word of its label, or its place").desired_width(280.0)).labelled_by(label.id);
    });
    let wanted = find.to_lowercase();
    let found: Vec<&FormInput> = inputs
        .iter()
        .filter(|input| wanted.is_empty() || input.label.to_lowercase().contains(&wanted) || input.place.to_lowercase().contains(&wanted))
        .collect();
    if found.is_empty() {
        let words = if inputs.is_empty() {
            "No open cell was found: the form locks all of them, or says nowhere which are to be filled."
        } else {
            "No input is called so."
        };
        ui.label(RichText::new(words).color(theme.muted));
        return;
    }
    let offers = form.offers();
    ScrollArea::vertical().max_height((height - LINE).max(LINE * 3.0)).auto_shrink([false, false]).show_viewport(ui, |ui, seen| {
        let step = LINE + ui.spacing().item_spacing.y;
        ui.set_height(step * found.len() as f32);
        // One more on each side, so that Tab leads on to what is out of sight.
        let first = ((seen.min.y / step).floor().max(0.0) as usize).saturating_sub(1);
        let last = ((seen.max.y / step).ceil().max(0.0) as usize + 1).min(found.len());
        let top = ui.max_rect().top() + step * first as f32;
        let lines = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + step * last.saturating_sub(first) as f32);
        ui.scope_builder(UiBuilder::new().max_rect(lines), |ui| {
            for input in found.get(first..last).unwrap_or_default() {
                line(ui, theme, form, input, &offers, commands);
            }
        });
    });
}

fn line(ui: &mut Ui, theme: &Theme, form: &OpenForm, input: &FormInput, offers: &[Offer], commands: &mut Vec<Command>) {
    let width = ui.available_width();
    ui.push_id(&input.place, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(LINE);
            let words = if input.label.is_empty() { input.place.clone() } else { format!("{}  {}", cell(&input.place), input.label) };
            let label = Label::new(RichText::new(words).color(theme.text)).truncate();
            let takes =
                if input.holds.is_empty() { input.takes.clone() } else { format!("{}; it holds “{}”", input.takes, input.holds) };
            part(ui, width * 0.40, |ui| ui.add(label).on_hover_text(format!("{}: {}. Takes {takes}.", input.place, input.label)));
            part(ui, width * 0.32, |ui| source(ui, form, input, offers, width * 0.32, commands));
            part(ui, width * 0.24, |ui| result(ui, theme, form, input));
        });
    });
}

/// A part of a line as wide as the same part of every other.
fn part<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) {
    ui.allocate_ui_with_layout(vec2(width, LINE), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        add(ui)
    });
}

/// What fills an input.
fn source(ui: &mut Ui, form: &OpenForm, input: &FormInput, offers: &[Offer], width: f32, commands: &mut Vec<Command>) {
    let (at, words, proposed) = form.filled_by(&input.place);
    let mark = if proposed { " (proposed)" } else { "" };
    let present = match (at, words) {
        (Some(at), _) => format!("{}{mark}", offers[at].words),
        (None, Some(_)) => WORDS.trim_end_matches('…').to_owned(),
        (None, None) => form.filled_in_words(&input.place).map_or_else(|| LEAVE.to_owned(), |words| format!("{words}{mark}")),
    };
    let room = if words.is_some() { width * 0.45 } else { width - 12.0 };
    let mut chosen = None;
    let shown = ComboBox::from_id_salt("source").selected_text(&present).width(room).height(360.0).truncate().show_ui(ui, |ui| {
        let all = [LEAVE, WORDS].into_iter().chain(offers.iter().map(|offer| offer.words.as_str()));
        let all: Vec<&str> = all.collect();
        let letters = Letters::hear(ui, &of_words(all.iter().copied()));
        for (place, choice) in all.into_iter().enumerate() {
            let is = at.is_some_and(|at| at + 2 == place) || (place == 1 && words.is_some()) || (place == 0 && present == LEAVE);
            let response = ui.selectable_label(is, choice);
            letters.follow(place, &response);
            if response.clicked() {
                chosen = Some(place);
                ui.close();
            }
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("{} is filled by: {present}", name(input))));
    if shown.response.gained_focus() {
        shown.response.scroll_to_me(None);
    }
    let begins = Id::unique(("begins to type", input.place.as_str()));
    match chosen {
        // Its field has the keyboard once it is there.
        Some(1) => ui.data_mut(|data| _ = data.insert_temp(begins, true)),
        Some(_) => shown.response.request_focus(),
        None => {}
    }
    let edit = chosen.map(|place| match place {
        0 => FormEdit::Map(input.place.clone(), None),
        1 => FormEdit::Words(input.place.clone(), words.unwrap_or_default().to_owned()),
        offer => FormEdit::Map(input.place.clone(), Some(offer - 2)),
    });
    commands.extend(edit.map(|edit| Command::Form(FormCommand::Edit(edit))));
    if let Some(words) = words {
        let edit = |typed| FormEdit::Words(input.place.clone(), typed);
        let field = typed(ui, &format!("words {}", input.place), words, width * 0.45, edit, commands);
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(format!("Words of {}", name(input))));
        if ui.data_mut(|data| data.remove_temp::<bool>(begins)).is_some() {
            field.request_focus();
        }
    }
}

/// What would stand in an input, or why nothing does.
fn result(ui: &mut Ui, theme: &Theme, form: &OpenForm, input: &FormInput) {
    let (words, colour, whole) = match form.result(&input.place) {
        Some(FormResult::Written(after)) => (format!("→ {after}"), theme.text, after.clone()),
        Some(FormResult::NotWritten(rule)) => (format!("✕ {rule}"), theme.major_problems.mark, rule.clone()),
        None if input.holds.is_empty() => ("blank".to_owned(), theme.muted, input.takes.clone()),
        None => (format!("holds {}", input.holds), theme.muted, input.holds.clone()),
    };
    ui.add(Label::new(RichText::new(words.replace('\n', " ")).color(colour)).truncate()).on_hover_text(whole);
}

/// The cell of a place, without its sheet where that is long.
fn cell(place: &str) -> &str {
    if place.chars().count() <= 16 { place } else { place.rsplit_once('!').map_or(place, |(_, cell)| cell) }
}

fn name(input: &FormInput) -> String {
    if input.label.is_empty() { input.place.clone() } else { format!("{}, {}", input.label, input.place) }
}
