//! What is selected by keys and pointer, and what the window says of it.

use eframe::egui::{PointerButton, Pos2, vec2};

use super::*;

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Drags the pointer from one place to another, and lets go.
pub(crate) fn drag(gui: &mut Gui, from: Pos2, to: Pos2) {
    for events in [vec![Event::PointerMoved(from), button(from, true)], vec![Event::PointerMoved(from + (to - from) * 0.5)]] {
        gui.input_mut().events.extend(events);
        gui.step();
    }
    gui.input_mut().events.push(Event::PointerMoved(to));
    gui.step();
    gui.step();
    gui.input_mut().events.push(button(to, false));
    gui.run();
}

#[test]
fn shift_and_arrows_select_and_a_plain_arrow_lets_go() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    shift(&mut gui, Key::ArrowDown);
    shift(&mut gui, Key::ArrowRight);
    assert_eq!(selected(&gui).len(), 4);
    assert!(selected(&gui).contains(&"RAG Status, 1.1.2".to_owned()));
    assert_eq!(here(&gui), "Lead officer, 1.1.1", "the cursor stays where it began");
    assert!(sees(&gui, "4 cells selected"));
    let grid = gui.get_by_role(accesskit::Role::Grid);
    let told = grid.accesskit_node().description();
    assert_eq!(told.as_deref(), Some("Selected from Lead officer, 1.1.1 to RAG Status, 1.1.2"));
    shift(&mut gui, Key::ArrowLeft);
    assert!(sees(&gui, "2 cells selected"));
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(selected(&gui), ["Lead officer, 1.1.2"]);
    assert!(!sees_part(&gui, "cells selected"));
}

#[test]
fn rows_columns_and_all_are_selected() {
    let mut gui = window();
    let columns = plan(&gui).columns.len();
    go(&mut gui, "1.1.1", Role::Lead);
    held(&mut gui, Modifiers::SHIFT, Key::Space);
    assert!(sees(&gui, &format!("{columns} cells selected")));
    shift(&mut gui, Key::ArrowDown);
    assert!(sees(&gui, &format!("{} cells selected", 2 * columns)));
    go(&mut gui, "1.1.1", Role::Status);
    ctrl(&mut gui, Key::Space);
    assert!(sees(&gui, "35 cells selected"), "one status a line, and none of the headings");
    ctrl(&mut gui, Key::A);
    let words = gui.state().state.view.tally().words.clone();
    assert!(words.split(' ').next().unwrap().parse::<usize>().unwrap() > 250, "{words}");
    click(&mut gui, "Lead officer");
    assert_eq!(gui.state().state.area().unwrap().1.columns.len(), 1, "a heading selects its column");
    // Shift+Space leaves no blank behind.
    in_one_frame(
        &mut gui,
        vec![
            Event::Key { key: Key::Space, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::SHIFT },
            Event::Text(" ".to_owned()),
        ],
    );
    assert!(!sees(&gui, "Editing Lead officer") && !gui.state().state.workspace.is_unsaved());
}

#[test]
fn a_merged_cell_is_selected_whole() {
    let mut gui = window();
    go(&mut gui, "1.2.1", Role::Lead);
    shift(&mut gui, Key::ArrowRight);
    let area = gui.state().state.area().unwrap().1;
    assert_eq!((area.rows.len(), area.columns.len()), (2, 2));
}

#[test]
fn the_pointer_selects_by_dragging_and_with_shift() {
    let mut gui = window();
    let centre = |gui: &Gui, label: &str| gui.get_by_label(label).rect().center();
    let from = centre(&gui, "Lead officer, 1.1.1: Community Life Manager");
    let to = centre(&gui, "RAG Status, 1.1.2: In Progress");
    drag(&mut gui, from, to);
    assert_eq!(selected(&gui).len(), 4);
    assert_eq!(here(&gui), "Lead officer, 1.1.1");
    click(&mut gui, "RAG Status, 1.1.1: Complete");
    assert_eq!(selected(&gui), ["RAG Status, 1.1.1"]);
    gui.get_by_label("RAG Status, 1.1.2: In Progress").click_modifiers(Modifiers::SHIFT);
    gui.run();
    assert_eq!(selected(&gui).len(), 2, "{:?}", selected(&gui));
    // Beyond the cells it scrolls.
    drag(&mut gui, from, from + vec2(0.0, 900.0));
    assert!(gui.state().state.area().unwrap().1.rows.len() > 4);
}

#[test]
fn ctrl_and_arrows_go_to_the_edge_of_what_is_filled() {
    let mut gui = window();
    let steps: &[(Modifiers, Key, &str)] = &[
        (Modifiers::COMMAND, Key::ArrowDown, "Ref, 4.3.1"),
        (Modifiers::COMMAND, Key::ArrowUp, "Ref, 1.1"),
        (Modifiers::COMMAND, Key::ArrowRight, "Action, 1.1"),
        (Modifiers::NONE, Key::ArrowDown, "Action, 1.1.1"),
        (Modifiers::COMMAND, Key::ArrowLeft, "Ref, 1.1.1"),
        (Modifiers::COMMAND, Key::End, "Comment, 4.3.1"),
        (Modifiers::COMMAND, Key::Home, "Approach"),
    ];
    go(&mut gui, "1.1.1", Role::Ref);
    for (at, &(modifiers, key, expected)) in steps.iter().enumerate() {
        held(&mut gui, modifiers, key);
        assert_eq!(here(&gui), expected, "after step {at}, {key:?}");
    }
    go(&mut gui, "1.1.1", Role::Status);
    ctrl_shift(&mut gui, Key::ArrowDown);
    let area = gui.state().state.area().unwrap().1;
    assert_eq!(area.rows.end, plan(&gui).rows.len(), "headings without a status do not stop it");
}

#[test]
fn tab_and_enter_go_around_within_a_selection() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    shift(&mut gui, Key::ArrowDown);
    shift(&mut gui, Key::ArrowRight);
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut gui, &[Key::Tab]);
        seen.push(here(&gui));
    }
    assert_eq!(seen, ["RAG Status, 1.1.1", "Lead officer, 1.1.2", "RAG Status, 1.1.2", "Lead officer, 1.1.1"]);
    press(&mut gui, &[Key::Enter, Key::Enter]);
    assert_eq!(here(&gui), "RAG Status, 1.1.1");
    held(&mut gui, Modifiers::SHIFT, Key::Tab);
    assert_eq!(here(&gui), "Lead officer, 1.1.1");
    type_text(&mut gui, "Tess");
    press(&mut gui, &[Key::Enter]);
    assert_eq!((here(&gui).as_str(), selected(&gui).len()), ("Lead officer, 1.1.2", 4), "typing keeps what is selected");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Tess");
}

#[test]
fn numbers_are_counted_and_summed() {
    let mut gui = window();
    show_table(&mut gui, "Progress Tracker");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowRight]);
    shift(&mut gui, Key::ArrowDown);
    assert!(sees_part(&gui, "2 cells selected, 2 numbers, sum "), "{}", gui.state().state.view.tally().words);
}
