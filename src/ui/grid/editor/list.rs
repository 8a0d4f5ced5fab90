//! The list of choices below a cell: typed letters find the choice they begin, arrows and the pointer choose too. Guesses nothing.

use eframe::egui::{
    Align2, Area, Event, Frame, Id, ImeEvent, Key, Modifiers, Order, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    accesskit::Role as AccessRole, pos2, vec2,
};

use super::{EVERY_KEY, EditKey, Then, ending};
use crate::{
    app::command::Command,
    model::{
        Cell, Column, Status,
        choice::{Choice, Fit, compared, fits},
        kinds::Kind,
    },
    ui::{
        grid::{GridView, PAD_X, PAD_Y, Shown, access, galleys::LINE, id, moves::GridMove, shapes},
        theme::{self, Theme},
    },
};

/// The side of the square in an owner's colour, in points.
const SWATCH: f32 = 14.0;
/// How high the list may be, in points.
const HIGHEST: f32 = 300.0;

/// What can be chosen, what was typed to find it, and what is marked.
#[derive(Debug)]
pub(super) struct List {
    choices: Vec<Choice>,
    /// The one that is marked at first: what the cell holds, or the first of all for a blank one that was opened.
    present: Option<usize>,
    /// The same where it is what the cell holds but for its letters' case, which then stays its owner's.
    held: Option<usize>,
    typed: String,
    fits: Vec<Fit>,
    /// Whether what is typed may be put in as it is, though it is none of the choices.
    as_it_is: bool,
    /// The marked row of the list.
    mark: Option<usize>,
}

/// What the list ends in.
#[derive(Debug)]
pub(super) enum Chosen {
    Text(String),
    /// The cell stays as it is.
    Nothing,
    /// The same, as what was typed is no choice or may be several; in words.
    Unknown(String),
}

impl List {
    /// The list of a column, for a cell of it that is opened or typed over.
    pub(super) fn of(column: &Column, cell: &Cell, typed_over: bool) -> Self {
        let choices = column.offered();
        let same = choices.iter().position(|choice| choice.text == cell.text);
        let status = || choices.iter().position(|choice| choice.status.is_some() && choice.status == cell.status());
        let held = choices.iter().position(|choice| !cell.is_blank() && compared(&choice.text) == compared(&cell.text));
        let present = if cell.is_blank() { Some(0).filter(|_| !typed_over) } else { same.or(held).or_else(status) };
        let mut list = Self { choices, present, held, typed: String::new(), fits: Vec::new(), as_it_is: false, mark: None };
        list.find(column);
        list
    }

    /// Whether anything was typed to find a choice.
    pub(super) fn is_typed(&self) -> bool {
        !self.typed.trim().is_empty()
    }

    /// What was typed to find a choice.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    /// Puts in what was typed before.
    pub(super) fn type_again(&mut self, typed: String, column: &Column) {
        self.typed = typed;
        self.find(column);
    }

    /// Whether one of the choices is marked.
    pub(super) fn is_marked(&self) -> bool {
        self.mark.is_some()
    }

    /// Finds what fits the letters typed so far. Only the one that fits is marked; before anything is typed, what the cell holds.
    fn find(&mut self, column: &Column) {
        self.fits = if self.is_typed() {
            fits(&self.choices, &self.typed)
        } else {
            (0..self.choices.len()).map(|at| Fit { at, by: None }).collect()
        };
        let typed = self.typed.trim();
        let stays = || *column.enter(typed).text == *typed && !self.choices.iter().any(|choice| *choice.text == *typed);
        // A status that is found leaves nothing to be put in as it is.
        self.as_it_is = self.is_typed() && (column.kind != Kind::Status || self.fits.is_empty()) && stays();
        self.mark = match &self.fits[..] {
            _ if !self.is_typed() => self.present,
            [_] => Some(0),
            _ => None,
        };
    }

    fn rows(&self) -> usize {
        self.fits.len() + usize::from(self.as_it_is)
    }

    fn step(&mut self, down: bool) {
        let last = self.rows().saturating_sub(1);
        let to = match self.mark {
            None => 0,
            Some(at) if down => (at + 1).min(last),
            Some(at) => at.saturating_sub(1),
        };
        self.mark = Some(to).filter(|_| self.rows() > 0);
    }

    /// What ending the edit puts into the cell, or into others than the one it is of.
    pub(super) fn chosen(&self, others: bool) -> Chosen {
        match self.mark {
            Some(at) => match self.fits.get(at) {
                Some(fit) if self.held == Some(fit.at) && !others => Chosen::Nothing,
                Some(fit) => Chosen::Text(self.choices[fit.at].text.to_string()),
                None => Chosen::Text(self.typed.trim().to_owned()),
            },
            None if !self.is_typed() => Chosen::Nothing,
            None => Chosen::Unknown(format!("Unchanged: {}", self.why_not())),
        }
    }

    /// Why what was typed is no choice.
    fn why_not(&self) -> String {
        let typed = self.typed.trim();
        let words: Vec<&str> = self.fits.iter().map(|fit| &*self.choices[fit.at].text).collect();
        match &words[..] {
            [] => format!("“{typed}” is none of the choices"),
            [first, second] => format!("“{typed}” fits {first} and {second}"),
            several => format!("“{typed}” fits {} choices", several.len()),
        }
    }

    /// Does what one key or text asks; what ends the edit is returned.
    fn hear(&mut self, event: &Event, column: &Column, opened_by_typing: bool) -> Heard {
        let typed = self.typed.len();
        match event {
            Event::Text(text) | Event::Ime(ImeEvent::Commit(text)) if !text.chars().any(char::is_control) => self.typed.push_str(text),
            Event::Paste(text) => self.typed.push_str(text.lines().next().unwrap_or_default()),
            Event::Key { key, pressed: true, modifiers, .. } => match (*key, *modifiers) {
                (Key::Backspace, Modifiers::NONE | Modifiers::SHIFT) => {
                    self.typed.pop();
                }
                (Key::Backspace, held) if held.command => self.typed.clear(),
                (Key::ArrowUp, Modifiers::NONE) => self.step(false),
                (Key::ArrowDown, Modifiers::NONE) => self.step(true),
                (Key::Home, Modifiers::NONE) => self.mark = Some(0).filter(|_| self.rows() > 0),
                (Key::End, Modifiers::NONE) => self.mark = self.fits.len().checked_sub(1).or(self.mark),
                // As in a worksheet, what was typed over a cell is entered by an arrow too.
                (Key::ArrowLeft | Key::ArrowRight, Modifiers::NONE) if opened_by_typing => {
                    return Heard::End(EditKey::Keep(Then::Go(GridMove::Tab, *key == Key::ArrowLeft)));
                }
                (key, held) => return ending(key, held).map_or(Heard::Nothing, Heard::End),
            },
            _ => return Heard::Nothing,
        }
        if self.typed.len() != typed {
            self.find(column);
        }
        Heard::Done
    }
}

enum Heard {
    Nothing,
    Done,
    End(EditKey),
}

/// Hears the keys, draws the list, and ends the edit when something is chosen or left.
pub(super) fn choose(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, rect: Rect, commands: &mut Vec<Command>) {
    let scale = view.scaled(1.0);
    let Some(editing) = &mut view.editing else { return };
    let (Some(list), Some(column)) = (&mut editing.list, editing.column) else { return };
    let of = &shown.table.columns[column];
    let before = (list.mark, list.typed.len());
    let mut end = None;
    ui.input_mut(|input| {
        input.events.retain(|event| match if end.is_some() { Heard::Nothing } else { list.hear(event, of, editing.typed) } {
            Heard::Nothing => true,
            Heard::Done => false,
            Heard::End(key) => {
                end = Some(key);
                false
            }
        });
    });
    let response = ui.interact(rect, id(), Sense::click());
    ui.memory_mut(|memory| {
        memory.request_focus(id());
        memory.set_focus_lock_filter(id(), EVERY_KEY);
    });
    if !list.typed.is_empty() {
        draw_typed(ui, theme, &list.typed, rect, scale);
    }
    // Below the line that is typed in, as a cell may be higher than the window.
    let line = rect.with_max_y(rect.bottom().min(rect.top() + (LINE + 2.0 * PAD_Y) * scale));
    let moved = !editing.begun || before != (list.mark, list.typed.len());
    let (place, picked, marked) = draw(ui, theme, list, line, moved);
    if editing.places.last().is_none_or(|before| before.size() != place.size()) {
        // It is kept within the window by the size it had last.
        ui.ctx().request_repaint();
    }
    editing.places = vec![rect, place];
    editing.begun = true;
    let (name, typed) = (shown.table.heading(column), list.typed.clone());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        access::place(node, rect);
        node.set_role(AccessRole::EditableComboBox);
        node.set_label(format!("Editing {name}"));
        node.set_value(typed);
        node.set_expanded(true);
        if let Some(marked) = marked {
            node.set_active_descendant(marked.accesskit_id());
        }
    });
    // As in a worksheet: a choice from a list that was opened stays in its cell, one that was typed goes on.
    let stays = !editing.typed;
    match end {
        Some(EditKey::Keep(Then::Go(GridMove::Enter, _))) if stays => view.commit(shown, Then::Stay, commands),
        Some(EditKey::Keep(then)) => view.commit(shown, then, commands),
        Some(_) => view.editing = None,
        None if picked => view.commit(shown, Then::Stay, commands),
        None => {}
    }
}

/// The letters typed so far, over the cell, with a caret behind them.
fn draw_typed(ui: &Ui, theme: &Theme, typed: &str, rect: Rect, scale: f32) {
    let painter = ui.painter();
    let text = painter.layout_no_wrap(typed.to_owned(), theme::plain(theme::GRID_SIZE * scale), theme.text);
    let (size, pad) = (text.size(), vec2(PAD_X, PAD_Y) * scale);
    let place = Rect::from_min_size(rect.min, vec2(rect.width(), size.y + 2.0 * pad.y));
    painter.rect(place, 2.0, theme.background, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    // Of a long text the end is seen, where the caret is.
    let left = (place.left() + pad.x).min(place.right() - pad.x - size.x - 2.0);
    let at = pos2(left, place.top() + pad.y);
    painter.with_clip_rect(place.shrink(2.0)).galley(at, text, theme.text);
    painter.vline(left + size.x + 1.0, at.y..=at.y + size.y, Stroke::new(1.5, theme.accent));
}

/// Draws the list below a line, above it where there is no room; returns where it stands, whether a choice was clicked, and what is marked.
fn draw(ui: &Ui, theme: &Theme, list: &mut List, line: Rect, moved: bool) -> (Rect, bool, Option<Id>) {
    let below = line.bottom() + HIGHEST + 20.0 < ui.ctx().content_rect().bottom();
    let (pivot, at) = if below { (Align2::LEFT_TOP, line.left_bottom()) } else { (Align2::LEFT_BOTTOM, line.left_top()) };
    let (mut picked, mut marked) = (None, None);
    let area = Area::new(id().with("statuses")).order(Order::Foreground).pivot(pivot).fixed_pos(at).constrain(true);
    let shown = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ScrollArea::vertical().max_height(HIGHEST).min_scrolled_height(HIGHEST).show(ui, |ui| {
                for row in 0..list.rows() {
                    let (words, stated, by) = match list.fits.get(row) {
                        Some(fit) => {
                            let choice = &list.choices[fit.at];
                            (choice.text.to_string(), (choice.status, choice.colour), fit.by)
                        }
                        None => (format!("“{}” as it is", list.typed.trim()), (None, None), None),
                    };
                    let is_marked = list.mark == Some(row);
                    let response = choice_row(ui, theme, &words, by, stated, is_marked);
                    if is_marked {
                        marked = Some(response.id);
                        if moved {
                            response.scroll_to_me(None);
                        }
                    }
                    if response.clicked() {
                        picked = Some(row);
                    }
                }
                if list.is_typed() && list.mark.is_none() {
                    ui.weak(if list.fits.is_empty() { "No choice begins so." } else { "Type on, or choose." });
                }
            });
        })
    });
    list.mark = picked.or(list.mark);
    (shown.response.rect, picked.is_some(), marked)
}

/// One choice of a list, with another word for it where that is what was typed, and with the status it states and its owner's colour for it.
pub(super) fn choice_row(
    ui: &mut Ui,
    theme: &Theme,
    words: &str,
    by: Option<&str>,
    (status, colour): (Option<Status>, Option<u32>),
    marked: bool,
) -> Response {
    let text = ui.painter().layout_no_wrap(words.to_owned(), theme::plain(theme::GRID_SIZE), theme.text);
    let by = by.map(|by| ui.painter().layout_no_wrap(by.to_owned(), theme::plain(theme::SMALL_SIZE), theme.muted));
    let aside = by.as_ref().map_or(0.0, |by| by.size().x + 12.0) + colour.map_or(0.0, |_| SWATCH + 12.0);
    let (rect, response) = ui.allocate_exact_size(vec2((text.size().x + aside + 48.0).clamp(180.0, 420.0), 28.0), Sense::CLICK);
    let fill = status.map_or(theme.selected, |status| theme.status(status).fill);
    let ground = if marked || response.hovered() { fill } else { theme.background };
    ui.painter().rect_filled(rect, 4.0, ground);
    if marked {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
    if let Some(status) = status {
        shapes::status(ui.painter(), rect.left_center() + vec2(16.0, 0.0), 6.5, status, theme.status(status).mark);
    }
    if let Some(colour) = colour {
        let swatch = Rect::from_center_size(rect.right_center() - vec2(12.0 + SWATCH / 2.0, 0.0), vec2(SWATCH, SWATCH));
        ui.painter().rect(swatch, 3.0, theme::own(colour), Stroke::new(1.0, theme.outline), StrokeKind::Inside);
    }
    let at = rect.left_center() + vec2(if status.is_some() { 32.0 } else { 12.0 }, -text.size().y / 2.0);
    let end = at.x + text.size().x + 12.0;
    let painter = ui.painter().with_clip_rect(rect);
    painter.galley(at, text, theme.text);
    if let Some(by) = by {
        painter.galley(pos2(end, rect.center().y - by.size().y / 2.0), by, theme.muted);
    }
    ui.ctx().accesskit_node_builder(response.id, |node| {
        access::place(node, rect);
        node.set_role(AccessRole::ListBoxOption);
        node.set_label(format!("Choose {words}"));
        node.set_selected(marked);
    });
    response
}
