//! Names that complete what is typed, one at a time where several stand in a cell. Offers, and never corrects.

use eframe::egui::{Align2, Area, Frame, Order, Rect, Ui};

use super::list::choice_row;
use crate::{
    insight::BETWEEN_LEADS,
    ui::{grid::id, theme::Theme},
};

/// How many names are offered at once.
const MOST: usize = 6;

/// The names there are, and those offered for what is being typed.
#[derive(Debug)]
pub(super) struct Names {
    all: Vec<String>,
    offered: Vec<String>,
    marked: Option<usize>,
}

impl Names {
    pub(super) fn of(all: Vec<String>) -> Self {
        Self { all, offered: Vec::new(), marked: None }
    }

    /// Whether names are offered.
    pub(super) fn is_open(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Offers the names with a word that begins as the name at the caret does.
    pub(super) fn look_up(&mut self, text: &str, caret: usize) {
        let (start, end) = piece(text, caret);
        let typed = text[start..end].trim().to_lowercase();
        let others: Vec<&str> = text[..start].split(BETWEEN_LEADS).chain(text[end..].split(BETWEEN_LEADS)).map(str::trim).collect();
        let fits = |name: &&String| {
            let lower = name.to_lowercase();
            let begins = lower.starts_with(&typed) || lower.match_indices(&typed).any(|(at, _)| lower[..at].ends_with([' ', '(', '&']));
            begins && lower != typed && !others.contains(&name.as_str())
        };
        self.offered = if typed.is_empty() { Vec::new() } else { self.all.iter().filter(fits).take(MOST).cloned().collect() };
        self.marked = None;
    }

    /// Moves the mark down or up; above the first, nothing is marked.
    pub(super) fn mark(&mut self, down: bool) {
        let last = self.offered.len().saturating_sub(1);
        self.marked = match (self.marked, down) {
            (None, true) => Some(0),
            (Some(at), true) => Some((at + 1).min(last)),
            (None | Some(0), false) => None,
            (Some(at), false) => Some(at - 1),
        };
    }

    /// The text with the marked name in place of the one being typed, and where the caret then stands; `None` when none is marked.
    pub(super) fn complete(&mut self, text: &str, caret: usize) -> Option<(String, usize)> {
        let name = self.offered.get(self.marked?)?.clone();
        (self.offered, self.marked) = (Vec::new(), None);
        let (start, end) = piece(text, caret);
        let start = start + text[start..end].len() - text[start..end].trim_start().len();
        let before = format!("{}{name}", &text[..start]);
        let caret = before.chars().count();
        Some((format!("{before}{}", &text[end..]), caret))
    }

    /// Draws the names below the field; returns where they stand, and whether one was clicked, which is then the marked one.
    pub(super) fn show(&mut self, ui: &Ui, theme: &Theme, field: Rect) -> (Option<Rect>, bool) {
        if !self.is_open() {
            return (None, false);
        }
        let mut clicked = None;
        let below = field.bottom() + 200.0 < ui.ctx().content_rect().bottom();
        let (pivot, at) = if below { (Align2::LEFT_TOP, field.left_bottom()) } else { (Align2::LEFT_BOTTOM, field.left_top()) };
        let area = Area::new(id().with("names")).order(Order::Foreground).pivot(pivot).fixed_pos(at).constrain(true);
        let list = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (at, name) in self.offered.iter().enumerate() {
                    let response = choice_row(ui, theme, name, None, (None, None), self.marked == Some(at));
                    if self.marked == Some(at) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        clicked = Some(at);
                    }
                }
            });
        });
        self.marked = clicked.or(self.marked);
        (Some(list.response.rect), clicked.is_some())
    }
}

/// The name at the caret, from the mark before it to the mark behind it, in bytes.
fn piece(text: &str, caret: usize) -> (usize, usize) {
    let at = text.char_indices().nth(caret).map_or(text.len(), |(at, _)| at);
    let start = text[..at].rfind(BETWEEN_LEADS).map_or(0, |mark| mark + 1);
    let end = text[at..].find(BETWEEN_LEADS).map_or(text.len(), |mark| at + mark);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_one_at_a_time() {
        let all = ["Policy Officer (Homes and Care)", "Library Service Lead", "Link Worker"].map(str::to_owned).to_vec();
        for (text, caret, offered, completed) in [
            ("lib", 3, 1, "Library Service Lead"),
            ("Link Worker; pol", 16, 1, "Link Worker; Policy Officer (Homes and Care)"),
            ("li, Link Worker", 2, 1, "Library Service Lead, Link Worker"),
            ("Tess\nlead", 9, 1, "Tess\nLibrary Service Lead"),
            ("l", 1, 2, "Library Service Lead"),
            ("Link Worker", 11, 0, ""),
            ("Link Worker, ", 13, 0, ""),
        ] {
            let mut names = Names::of(all.clone());
            names.look_up(text, caret);
            assert_eq!(names.offered.len(), offered, "{text}");
            assert_eq!(names.complete(text, caret), None, "nothing is taken unasked");
            names.mark(true);
            assert_eq!(names.complete(text, caret).map(|(text, _)| text).unwrap_or_default(), completed, "{text}");
        }
    }
}
