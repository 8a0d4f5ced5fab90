//! What was noticed in the reading of an import, on the right below the controls. Edits nothing.

use eframe::egui::{Id, Key, Label, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::{heading, keys, words};
use crate::{
    app::import::Import,
    ui::theme::{self, Theme},
};

/// How many notes are listed.
const MOST: usize = 100;
/// How far an arrow key scrolls, in points.
const LINE: f32 = 30.0;

/// Draws the list, which the keys scroll.
pub(super) fn show(ui: &mut Ui, theme: &Theme, import: &Import) {
    let count = import.notes().count();
    if count == 0 {
        return heading(ui, theme, "No notes from this reading");
    }
    let title = words::count(count, "note from this reading", "notes from this reading");
    let top = ui.cursor().min;
    let list = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        heading(ui, theme, &title);
        for note in import.notes().take(MOST) {
            let words = ui.add(Label::new(RichText::new(&note.message).small()).wrap());
            if !note.hint.is_empty() {
                words.on_hover_text(&note.hint);
            }
            ui.add(Label::new(RichText::new(&note.place.address).font(theme::plain(11.0)).color(theme.muted)).wrap());
            ui.add_space(5.0);
        }
        if count > MOST {
            ui.label(RichText::new(format!("and {} more", words::figure(count - MOST))).small().color(theme.muted));
        }
    });
    let id = Id::unique("plandesk import notes");
    let place = list.response.rect.expand(4.0);
    let response = ui.interact(place, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, format!("{title}: the arrow keys scroll")));
    keys::ring(ui, theme, id, place);
    if response.gained_focus() {
        ui.scroll_to_rect(Rect::from_min_size(top, vec2(1.0, 3.0 * LINE)), None);
    }
    let page = ui.clip_rect().height() - LINE;
    for (key, _) in keys::taken(ui, id) {
        let down = match key {
            Key::ArrowUp => -LINE,
            Key::ArrowDown => LINE,
            Key::PageUp => -page,
            Key::PageDown => page,
            _ => continue,
        };
        ui.scroll_with_delta(vec2(0.0, -down));
    }
}
