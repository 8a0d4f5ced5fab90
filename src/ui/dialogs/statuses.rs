//! The sheet of a plan's statuses: its words, letters and colours, and what each stands for. Holds a draft until it is kept.

use eframe::egui::{
    Align, Button, ComboBox, Context, Frame, Grid, Id, Key, Label, Layout, Modal, Popup, RichText, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, accesskit::Role as AccessRole, vec2,
};

use crate::{
    app::{
        command::{Command, EditCommand, FileCommand},
        scales::{self, Edited},
        state::State,
    },
    model::{ColumnId, Meaning, Scale, Step, Table, TableId, is_word},
    ui::{
        focus,
        grid::shapes,
        theme::{self, Theme},
        type_ahead::{Letters, of_words},
    },
};

/// The widest and the highest the sheet gets, in points.
const WIDTH: f32 = 860.0;
const LIST_HEIGHT: f32 = 420.0;
/// The height of a line of it, in points.
const LINE: f32 = 28.0;

/// The scale while it is edited.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    table: TableId,
    column: ColumnId,
    words: Vec<Edited>,
    /// A word that is to be added.
    added: String,
    begun: bool,
}

impl Draft {
    fn of(table: &Table, column: usize) -> Self {
        let words = scales::words(table, column);
        Self { table: table.id, column: table.columns[column].id, words, added: String::new(), begun: false }
    }

    fn scale(&self) -> Scale {
        Scale::of(self.words.iter().map(|word| word.step.clone()))
    }

    /// Adds the word that was typed, where it is none of those there are.
    fn add(&mut self) {
        let text = self.added.trim();
        if is_word(text) && !self.words.iter().any(|word| word.step.text.eq_ignore_ascii_case(text)) {
            self.words.push(Edited { step: Step { text: text.into(), ..Step::default() }, cells: 0 });
        }
        self.added.clear();
    }
}

/// What a line of the sheet was asked to do.
enum Asked {
    Raise(usize),
    Lower(usize),
    Remove(usize),
}

/// Shows the statuses of the table in view.
pub(super) fn show(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let close = Command::File(FileCommand::KeepWorking);
    let Some(table) = state.table() else { return commands.push(close) };
    let columns = scales::columns(table);
    let Some(&first) = columns.first() else { return commands.push(close) };
    let id = Id::unique("draft of statuses");
    let held: Option<Draft> = ctx.data(|data| data.get_temp(id));
    let mut draft = held.filter(|draft| draft.table == table.id).unwrap_or_else(|| Draft::of(table, first));
    let title = format!("Statuses of {}", table.title());
    let words = "What each word, letter or sign stands for. Until that is said, it counts as no status. All cells with the word follow.";
    let before = commands.len();
    let shown = Modal::new(Id::unique("statuses")).frame(Frame::window(&ctx.global_style())).show(ctx, |ui| {
        let room = ctx.content_rect();
        ui.set_width(WIDTH.min(room.width() - 48.0));
        ui.label(RichText::new(&title).font(theme::semibold(theme::TITLE_SIZE)));
        ui.add(Label::new(RichText::new(words).color(theme.muted)).wrap());
        which_column(ui, table, &columns, &mut draft);
        ui.add_space(4.0);
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT.min(room.height() - 260.0).max(LINE * 3.0))
            .show(ui, |ui| list(ui, theme, &mut draft));
        add(ui, &mut draft);
        ui.add_space(8.0);
        buttons(ui, theme, &draft, commands);
    });
    ctx.accesskit_node_builder(shown.response.id, |node| {
        node.set_role(AccessRole::Dialog);
        node.set_modal();
        node.set_label(title.clone());
        node.set_description(words.to_owned());
    });
    ctx.data_mut(|data| {
        if commands.len() > before {
            data.remove::<Draft>(id);
        } else {
            data.insert_temp(id, draft);
        }
    });
}

/// Which of several columns of statuses is shown; another one begins with what it has.
fn which_column(ui: &mut Ui, table: &Table, columns: &[usize], draft: &mut Draft) {
    if columns.len() < 2 {
        return;
    }
    let present = table.column_position(draft.column).unwrap_or(columns[0]);
    let mut chosen = present;
    ui.horizontal(|ui| {
        let name = ui.label("Column");
        let shown = ComboBox::from_id_salt("column of statuses").selected_text(table.heading(present)).width(200.0).show_ui(ui, |ui| {
            let headings: Vec<String> = columns.iter().map(|&at| table.heading(at)).collect();
            let letters = Letters::hear(ui, &of_words(headings.iter().map(String::as_str)));
            for (place, (&at, heading)) in columns.iter().zip(&headings).enumerate() {
                letters.follow(place, &ui.selectable_value(&mut chosen, at, heading));
            }
        });
        shown.response.labelled_by(name.id);
    });
    if chosen != present {
        *draft = Draft::of(table, chosen);
    }
}

/// The words, one a line.
fn list(ui: &mut Ui, theme: &Theme, draft: &mut Draft) {
    let mut asked = None;
    let last = draft.words.len().saturating_sub(1);
    Grid::new("statuses").num_columns(6).spacing(vec2(12.0, 4.0)).show(ui, |ui| {
        for heading in ["Word", "Stands for", "Also written", "Colour", "Cells", "Order"] {
            ui.label(RichText::new(heading).small().color(theme.muted));
        }
        ui.end_row();
        for (at, word) in draft.words.iter_mut().enumerate() {
            let text = word.step.text.to_string();
            ui.push_id(("status", at), |ui| {
                let left = Layout::left_to_right(Align::Center);
                ui.allocate_ui_with_layout(vec2(190.0, LINE), left, |ui| {
                    ui.set_min_size(vec2(190.0, LINE));
                    ui.add(Label::new(RichText::new(&text).strong()).truncate())
                })
                .inner
            });
            let meaning = meaning(ui, theme, at, &text, &mut word.step.meaning);
            if !draft.begun && (word.step.meaning == Meaning::Untold || at == last) {
                meaning.request_focus();
                draft.begun = true;
            }
            also(ui, at, &text, &mut word.step.also);
            colour(ui, theme, at, &text, &mut word.step.colour);
            ui.label(word.cells.to_string());
            asked = order(ui, at, last, &text, word.cells).or(asked.take());
            ui.end_row();
        }
    });
    match asked {
        Some(Asked::Raise(at)) => draft.words.swap(at - 1, at),
        Some(Asked::Lower(at)) => draft.words.swap(at, at + 1),
        Some(Asked::Remove(at)) => drop(draft.words.remove(at)),
        None => {}
    }
}

/// What a word stands for.
fn meaning(ui: &mut Ui, theme: &Theme, at: usize, text: &str, meaning: &mut Meaning) -> eframe::egui::Response {
    let present = *meaning;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, LINE), Sense::HOVER);
        if let Some(status) = present.status() {
            shapes::status(ui.painter(), rect.center(), 6.5, status, theme.status(status).mark);
        }
        let words = RichText::new(present.word());
        let words = if present == Meaning::Untold { words.color(theme.minor_problems.mark) } else { words };
        let shown = ComboBox::from_id_salt(("meaning", at)).selected_text(words).width(150.0).height(320.0).show_ui(ui, |ui| {
            let letters = Letters::hear(ui, &of_words(Meaning::ALL.iter().map(|meaning| meaning.word())));
            for (place, choice) in Meaning::ALL.into_iter().enumerate() {
                letters.follow(place, &ui.selectable_value(meaning, choice, choice.word()));
            }
        });
        shown.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("{text} stands for: {}", present.word())));
        shown.response
    })
    .inner
}

/// What else is written for it.
fn also(ui: &mut Ui, at: usize, text: &str, also: &mut Box<str>) {
    let mut typed = also.to_string();
    let field = TextEdit::singleline(&mut typed).id_salt(("also", at)).desired_width(150.0).char_limit(60);
    let field = ui.add(field);
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(format!("Also written for {text}")));
    if field.changed() {
        *also = typed.into();
    }
}

/// The colour its owner paints it in, and whether there is one.
fn colour(ui: &mut Ui, theme: &Theme, at: usize, text: &str, colour: &mut Option<u32>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut has = colour.is_some();
        let check = ui.checkbox(&mut has, "");
        ui.ctx().accesskit_node_builder(check.id, |node| node.set_label(format!("{text} has a colour of its own")));
        if check.changed() {
            *colour = has.then_some(0xBF_BFBF);
        }
        match colour {
            Some(rgb) => {
                let [_, red, green, blue] = rgb.to_be_bytes();
                let mut parts = [red, green, blue];
                let button = ui.push_id(("colour", at), |ui| ui.color_edit_button_srgb(&mut parts)).inner;
                ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("Colour of {text}, #{rgb:06X}")));
                *rgb = u32::from_be_bytes([0, parts[0], parts[1], parts[2]]);
            }
            None => {
                let (rect, _) = ui.allocate_exact_size(vec2(40.0, 18.0), Sense::HOVER);
                ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.0, theme.hairline), StrokeKind::Inside);
            }
        }
    });
}

/// The buttons that move a word in the order, and take away one that stands in no cell.
fn order(ui: &mut Ui, at: usize, last: usize, text: &str, cells: usize) -> Option<Asked> {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut press = |enabled: bool, sign: &str, words: String| {
            let button = ui.add_enabled(enabled, Button::new(sign).min_size(vec2(28.0, LINE)));
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(words.clone()));
            button.on_hover_text(words).clicked()
        };
        let raised = press(at > 0, "↑", format!("Move {text} up")).then_some(Asked::Raise(at));
        let lowered = press(at < last, "↓", format!("Move {text} down")).then_some(Asked::Lower(at));
        let removed = press(cells == 0, "✕", format!("Take {text} away")).then_some(Asked::Remove(at));
        raised.or(lowered).or(removed)
    })
    .inner
}

/// A field for a word that no cell holds yet.
fn add(ui: &mut Ui, draft: &mut Draft) {
    ui.horizontal(|ui| {
        let field = ui.add(TextEdit::singleline(&mut draft.added).hint_text("Another word").desired_width(190.0).char_limit(60));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Another word".to_owned()));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.button("Add").clicked() || entered {
            draft.add();
            field.request_focus();
        }
    });
}

/// The buttons that keep the draft or leave it. Escape leaves it, unless a list or a colour is open.
fn buttons(ui: &mut Ui, theme: &Theme, draft: &Draft, commands: &mut Vec<Command>) {
    let keep = Command::Edit(EditCommand::SetStatuses(draft.table, draft.column, draft.scale()));
    let leave = Command::File(FileCommand::KeepWorking);
    ui.horizontal(|ui| {
        let words = RichText::new(keep.text()).font(theme::semibold(14.0)).color(theme.on_accent);
        let button = ui.add(Button::new(words).fill(theme.accent).min_size(vec2(0.0, 32.0)));
        focus::around(ui, &button);
        if button.clicked() {
            commands.push(keep);
        } else if ui.add(Button::new(leave.text()).min_size(vec2(0.0, 32.0))).clicked()
            || (!Popup::is_any_open(ui.ctx()) && ui.input(|input| input.key_pressed(Key::Escape)))
        {
            commands.push(leave);
        }
    });
}
