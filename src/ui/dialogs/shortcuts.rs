//! The sheet of all shortcuts: the commands' by their menus, then the grid's own. Takes no shortcut itself.

use eframe::egui::{Key, Label, Modifiers, RichText, Sense, Ui, accesskit::Role, vec2};

use super::{
    help::{self, Finder},
    matching,
};
use crate::{
    app::command::{ALL, Menu},
    ui::{
        grid::key_list::{IN_EDITOR, IN_GRID, IN_LIST, Keys},
        theme::{self, Theme},
    },
};

/// How far an arrow key scrolls, in points.
const LINE: f32 = 60.0;

/// What a group of shortcuts is called, with its keys and what they do.
type Group = (&'static str, Vec<(String, String)>);

/// Draws the sheet.
pub(super) fn show(finder: &mut Finder, ui: &mut Ui, theme: &Theme) {
    let mut scrolled = 0.0;
    for (key, by) in [(Key::ArrowUp, -LINE), (Key::ArrowDown, LINE), (Key::PageUp, -5.0 * LINE), (Key::PageDown, 5.0 * LINE)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            scrolled += by;
        }
    }
    help::field(ui, &mut finder.typed, "Keyboard shortcuts");
    ui.add_space(8.0);
    help::list(ui, |ui| {
        if scrolled != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -scrolled));
        }
        let mut any = false;
        for (title, keys) in groups() {
            let found: Vec<_> =
                keys.iter().filter(|(keys, what)| matching::fits(&finder.typed, what, &format!("{title} {keys}")).is_some()).collect();
            if found.is_empty() {
                continue;
            }
            any = true;
            ui.add_space(8.0);
            ui.label(RichText::new(title).font(theme::semibold(13.0)));
            ui.add_space(4.0);
            found.into_iter().for_each(|(keys, what)| line(ui, theme, keys, what));
        }
        if !any {
            ui.weak("No shortcut fits. Try fewer words.");
        }
    });
    ui.add_space(8.0);
    ui.add(Label::new(RichText::new("The arrow keys scroll, Escape closes").small().color(theme.muted)));
}

/// All shortcuts.
fn groups() -> Vec<Group> {
    let of_menu = |menu: Menu| -> Group {
        let commands = ALL.iter().filter(|command| command.menu() == Some(menu));
        let keys = commands.filter_map(|command| Some((command.shortcut()?.words(), command.text().trim_end_matches('…').to_owned())));
        (menu.word(), keys.collect())
    };
    let own = |title: &'static str, list: &[Keys]| -> Group {
        (title, list.iter().map(|keys| (keys.keys.join("  "), keys.what.to_owned())).collect())
    };
    let of_grid = [own("In the grid", IN_GRID), own("Typing in a cell", IN_EDITOR), own("In a cell's list", IN_LIST)];
    let window = (
        "Everywhere",
        vec![
            ("Tab  Shift+Tab".to_owned(), "Go to the next button or field, or the one before".to_owned()),
            ("Alt  F10".to_owned(), "Go to the menus and show their letters".to_owned()),
            ("Alt+letter".to_owned(), "Open the menu; then a letter alone chooses in it".to_owned()),
            ("Ctrl+wheel".to_owned(), "Zoom the grid".to_owned()),
        ],
    );
    Menu::ALL.map(of_menu).into_iter().chain(of_grid).chain([window]).collect()
}

/// One shortcut.
fn line(ui: &mut Ui, theme: &Theme, keys: &str, what: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, 24.0), Sense::HOVER);
    let painter = ui.painter();
    let middle = |galley: &eframe::egui::Galley| rect.center().y - galley.size().y / 2.0;
    let shown = painter.layout_no_wrap(keys.to_owned(), theme::plain(theme::GRID_SIZE), theme.text);
    let told = painter.layout_no_wrap(what.to_owned(), theme::plain(theme::GRID_SIZE), theme.muted);
    painter.galley(eframe::egui::pos2(rect.left() + 8.0, middle(&shown)), shown, theme.text);
    painter.galley(eframe::egui::pos2(rect.left() + 200.0, middle(&told)), told, theme.muted);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        crate::ui::grid::place(node, rect);
        node.set_role(Role::ListItem);
        node.set_label(format!("{what}: {keys}"));
    });
}
