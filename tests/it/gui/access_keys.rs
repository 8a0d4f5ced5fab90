//! The menus by keys: Alt, its letters, the letters within an open menu, and the way back to the grid.

use super::*;

const LEAD: &str = "Lead officer, 1.1.1: Community Life Manager";

fn alt(gui: &mut Gui, key: Key) {
    held(gui, Modifiers::ALT, key);
}

/// A key with the text that some systems send beside it.
fn typed(gui: &mut Gui, modifiers: Modifiers, key: Key, text: &str) {
    let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    in_one_frame(gui, vec![event, Event::Text(text.to_owned())]);
}

fn tap_alt(gui: &mut Gui) {
    for (pressed, modifiers) in [(true, Modifiers::ALT), (false, Modifiers::NONE)] {
        let event = Event::Key { key: Key::AltLeft, physical_key: None, pressed, repeat: false, modifiers };
        in_one_frame(gui, vec![event]);
    }
}

fn focused(gui: &Gui) -> String {
    let node = in_focus(gui);
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn in_grid(gui: &Gui) -> bool {
    gui.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id()))
}

#[test]
fn alt_and_a_letter_open_each_menu_and_escape_leads_back_to_the_grid() {
    let mut gui = window();
    for (key, text, entry) in [
        (Key::F, "f", "New plan"),
        (Key::E, "e", "Select whole rows"),
        (Key::R, "r", "Add group heading"),
        (Key::V, "v", "Compact rows"),
        (Key::H, "h", "Keyboard shortcuts"),
    ] {
        click(&mut gui, LEAD);
        assert!(in_grid(&gui));
        typed(&mut gui, Modifiers::ALT, key, text);
        gui.run();
        assert!(sees_part(&gui, entry), "{entry}");
        assert!(!in_grid(&gui), "{entry}");
        press(&mut gui, &[Key::Escape]);
        gui.run();
        assert!(!sees_part(&gui, entry), "{entry}");
        assert!(in_grid(&gui), "after {entry}");
        assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager", "nothing was typed");
    }
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(here(&gui), "Lead officer, 1.1.2", "the grid has the keys again");
}

#[test]
fn a_letter_chooses_in_the_menu_that_is_open() {
    let mut gui = window();
    click(&mut gui, LEAD);
    let before = plan(&gui).rows.len();
    alt(&mut gui, Key::R);
    gui.run();
    typed(&mut gui, Modifiers::NONE, Key::A, "a");
    gui.run();
    assert_eq!(plan(&gui).rows.len(), before + 1);
    assert!(!sees_part(&gui, "Add group heading"), "the menu is closed");
    assert!(in_grid(&gui));
    assert_eq!(gui.state().state.workspace.history().next_undo().unwrap().name, "Add row below");
    alt(&mut gui, Key::V);
    gui.run();
    typed(&mut gui, Modifiers::NONE, Key::E, "e");
    gui.run();
    assert!(sees(&gui, "High contrast theme"), "a menu within the menu");
    typed(&mut gui, Modifiers::NONE, Key::D, "d");
    gui.run();
    assert!(gui.ctx.global_style().visuals.dark_mode);
    assert!(!sees(&gui, "High contrast theme") && !sees_part(&gui, "Compact rows"));
    assert!(gui.state().state.view.pane().is_none(), "the letter was not the one of the outer menu, Details");
}

#[test]
fn a_letter_of_what_cannot_be_done_does_nothing() {
    let mut gui = window();
    alt(&mut gui, Key::E);
    gui.run();
    let before = gui.state().state.workspace.document().clone();
    typed(&mut gui, Modifiers::NONE, Key::U, "u");
    typed(&mut gui, Modifiers::NONE, Key::Q, "q");
    assert_eq!(*gui.state().state.workspace.document(), before);
    assert!(sees_part(&gui, "Select whole rows"), "the menu is still open");
}

#[test]
fn alt_alone_leads_to_the_menus_and_back() {
    let mut gui = window();
    click(&mut gui, LEAD);
    tap_alt(&mut gui);
    gui.run();
    assert_eq!(focused(&gui), "File");
    press(&mut gui, &[Key::ArrowRight]);
    assert_eq!(focused(&gui), "Edit");
    tap_alt(&mut gui);
    gui.run();
    assert!(in_grid(&gui));
    press(&mut gui, &[Key::F10]);
    gui.run();
    assert_eq!(focused(&gui), "File");
    typed(&mut gui, Modifiers::NONE, Key::H, "h");
    gui.run();
    assert!(sees_part(&gui, "Keyboard shortcuts"));
    press(&mut gui, &[Key::Escape]);
    gui.run();
    assert!(in_grid(&gui));
}

#[test]
fn arrows_lead_from_menu_to_menu_and_the_first_entry_has_the_keyboard() {
    let mut gui = window();
    alt(&mut gui, Key::F);
    gui.run();
    assert!(focused(&gui).starts_with("New plan"), "{}", focused(&gui));
    press(&mut gui, &[Key::ArrowRight]);
    gui.run();
    assert!(sees_part(&gui, "Select whole rows") && !sees_part(&gui, "New plan"));
    press(&mut gui, &[Key::ArrowLeft]);
    gui.run();
    press(&mut gui, &[Key::ArrowLeft]);
    gui.run();
    assert!(sees_part(&gui, "Keyboard shortcuts"), "left of the first is the last");
}

#[test]
fn the_keys_of_the_grid_with_alt_are_still_the_grids() {
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    for (key, pressed) in [(Key::AltLeft, true), (Key::ArrowDown, true), (Key::ArrowDown, false), (Key::AltLeft, false)] {
        let modifiers = if key == Key::AltLeft && !pressed { Modifiers::NONE } else { Modifiers::ALT };
        in_one_frame(&mut gui, vec![Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }]);
    }
    assert!(sees(&gui, "Choose Major problems"), "the list of the cell is open");
    press(&mut gui, &[Key::Escape]);
    let before = plan(&gui).rows.len();
    for (key, pressed) in [(Key::AltLeft, true), (Key::L, true), (Key::L, false), (Key::AltLeft, false)] {
        let modifiers = if key == Key::AltLeft && !pressed { Modifiers::SHIFT } else { Modifiers::ALT | Modifiers::SHIFT };
        in_one_frame(&mut gui, vec![Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }]);
    }
    assert_eq!(plan(&gui).rows.len(), before + 1, "Alt+Shift+L adds a line");
    assert!(!sees_part(&gui, "Select whole rows"));
}

#[test]
fn letters_do_not_open_menus_behind_a_sheet() {
    let mut gui = window();
    gui.state_mut().state.run(Command::Help(HelpCommand::Fail("It is broken. Mend it.".to_owned())));
    gui.run();
    alt(&mut gui, Key::F);
    assert!(!sees_part(&gui, "New plan") && sees(&gui, "That did not work"));
}

#[test]
fn a_screen_reader_is_told_the_letters() {
    let mut gui = window();
    let key = |gui: &Gui, label: &str| gui.get_by_label_contains(label).accesskit_node().data().access_key().map(str::to_owned);
    assert_eq!(key(&gui, "File").as_deref(), Some("Alt+F"));
    alt(&mut gui, Key::F);
    gui.run();
    assert_eq!(key(&gui, "Save as…").as_deref(), Some("A"));
}
