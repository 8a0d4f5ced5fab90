//! Finding a command by typing, the sheet of shortcuts, and going from note to note.

use std::collections::HashSet;

use plandesk::{app::command::ALL, ui::grid::key_list::IN_GRID};

use super::*;

fn f7(gui: &mut Gui) {
    press(gui, &[Key::F7]);
}

#[test]
fn a_command_is_found_by_its_words_and_done_with_enter() {
    let mut gui = window();
    click(&mut gui, "Lead officer, 1.1.2: Community Life Manager");
    let before = plan(&gui).rows.len();
    ctrl_shift(&mut gui, Key::P);
    assert!(sees(&gui, "Find a command") && sees(&gui, "Save, Ctrl+S"));
    type_text(&mut gui, "row del");
    assert!(!sees(&gui, "Save, Ctrl+S"));
    press(&mut gui, &[Key::Enter]);
    assert!(plan(&gui).rows.len() < before, "the row is gone");
    assert!(!sees(&gui, "Find a command"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(plan(&gui).rows.len(), before);
    press(&mut gui, &[Key::ArrowDown]);
    assert_ne!(here(&gui), "", "the keyboard is in the grid again");
}

#[test]
fn what_cannot_be_done_is_greyed_with_why_and_escape_closes() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::P);
    type_text(&mut gui, "delete");
    let entry = gui.get_by_label("Delete row, Ctrl+Minus, Choose a row first");
    assert!(entry.accesskit_node().is_disabled());
    let before = gui.state().state.workspace.document().clone();
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Find a command") && *gui.state().state.workspace.document() == before);
    type_text(&mut gui, " qqq");
    assert!(sees(&gui, "No command fits. Try fewer words."));
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "Find a command"));
}

#[test]
fn arrows_choose_in_the_palette_and_tables_are_found_too() {
    let mut gui = window();
    let chosen = |gui: &Gui| {
        let chosen = gui.query_all_by_role(accesskit::Role::ListBoxOption).find(|node| node.accesskit_node().is_selected() == Some(true));
        chosen.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    ctrl_shift(&mut gui, Key::P);
    let first = chosen(&gui);
    press(&mut gui, &[Key::ArrowUp]);
    let last = chosen(&gui);
    assert_ne!(first, last, "up from the first is the last");
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(chosen(&gui), first);
    type_text(&mut gui, "text");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown]);
    assert!(sees(&gui, "Largest text"));
    press(&mut gui, &[Key::Escape]);
    ctrl_shift(&mut gui, Key::P);
    type_text(&mut gui, "go kpis");
    assert_eq!(chosen(&gui), "Go to KPIs 2023-24");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(gui.state().state.table().unwrap().kind, TableKind::Kpi);
}

#[test]
fn f1_lists_every_shortcut_and_finds_among_them() {
    let mut gui = window();
    press(&mut gui, &[Key::F1]);
    for command in ALL {
        if let Some(keys) = command.shortcut() {
            assert!(sees(&gui, &format!("{}: {}", command.text().trim_end_matches('…'), keys.words())), "{}", command.text());
        }
    }
    assert!(sees(&gui, "Edit the cell, or open its list: F2  Alt+Down") && sees(&gui, "Begin a new line: Alt+Enter"));
    type_text(&mut gui, "alt+down");
    assert!(sees(&gui, "Edit the cell, or open its list: F2  Alt+Down") && !sees(&gui, "Save: Ctrl+S"));
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "Keyboard shortcuts"));
    click(&mut gui, "View");
    press(&mut gui, &[Key::Escape, Key::F1, Key::Escape]);
    ctrl_shift(&mut gui, Key::K);
    assert!(gui.state().state.view.shows_charts(TableKind::Plan), "keys mean commands again");
    choose(&mut gui, "Help", "Keyboard shortcuts");
    assert!(sees(&gui, "Save: Ctrl+S"));
}

/// The event of keys as they are shown.
fn stroke(name: &str) -> (Modifiers, Key) {
    let (held, key) = name.rsplit_once('+').unwrap_or(("", name));
    let modifiers = held.split('+').fold(Modifiers::NONE, |held, name| match name {
        "Ctrl" => held | Modifiers::COMMAND,
        "Shift" => held | Modifiers::SHIFT,
        "Alt" => held | Modifiers::ALT,
        _ => held,
    });
    (modifiers, Key::from_name(key).expect(name))
}

#[test]
fn each_key_told_of_the_grid_does_something_there() {
    for name in IN_GRID.iter().flat_map(|keys| keys.keys) {
        let mut gui = window();
        go(&mut gui, "1.3.2", Role::Lead);
        let before = (here(&gui), gui.state().state.selected());
        let (modifiers, key) = stroke(name);
        held(&mut gui, modifiers, key);
        let left = !gui.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id()));
        let opened = sees_part(&gui, "Editing ") || sees_part(&gui, "Choose ");
        assert!(left || opened || before != (here(&gui), gui.state().state.selected()), "{name} does nothing");
    }
}

#[test]
fn f7_goes_from_note_to_note_and_says_each() {
    let mut gui = window();
    let mut seen = Vec::new();
    loop {
        f7(&mut gui);
        let said = gui.state().state.prompts.said().to_owned();
        assert!(sees(&gui, &said), "it is said in the window");
        let cell = gui.query_all_by_role(accesskit::Role::GridCell).find(|node| node.accesskit_node().is_selected() == Some(true)).unwrap();
        let about = cell.accesskit_node().description().unwrap_or_default();
        if seen.iter().any(|(place, _, _)| *place == here(&gui)) {
            break;
        }
        seen.push((here(&gui), said, about));
    }
    assert_eq!(here(&gui), seen[0].0, "after the last comes the first");
    let count = seen.len();
    assert!(count > 3 && seen[0].1.starts_with(&format!("Note 1 of {count}: ")), "{seen:?}");
    for (place, said, about) in &seen {
        let words = said.split_once(": ").unwrap().1.split("; ").next().unwrap();
        assert!(about.contains(words), "{place}: {about} has not {words}");
    }
    held(&mut gui, Modifiers::SHIFT, Key::F7);
    assert_eq!(here(&gui), seen[count - 1].0, "before the first stands the last");
    held(&mut gui, Modifiers::SHIFT, Key::F7);
    assert_eq!(here(&gui), seen[count - 2].0);
    let places: HashSet<_> = seen.iter().map(|(place, ..)| place).collect();
    assert_eq!(places.len(), count);
}

#[test]
fn the_context_menu_shows_the_keys_of_its_entries() {
    let mut gui = window();
    gui.get_by_label("Lead officer, 1.1.1: Community Life Manager").click_secondary();
    gui.run();
    for command in [
        Command::Row(RowCommand::AddAction),
        Command::Row(RowCommand::Delete),
        Command::Row(RowCommand::Duplicate),
        Command::View(ViewCommand::NextNote),
    ] {
        let keys = command.shortcut().map_or_else(String::new, |keys| format!(" {}", keys.words()));
        assert!(sees(&gui, &format!("{}{keys}", command.text())), "{}{keys}", command.text());
    }
}
