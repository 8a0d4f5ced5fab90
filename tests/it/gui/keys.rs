//! Every key of the grid and its editors.

use eframe::egui::PointerButton;

use super::*;

#[test]
fn a_status_is_chosen_by_keys_and_the_counts_follow() {
    let mut gui = window();
    assert!(sees(&gui, "Complete 14"));
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    press(&mut gui, &[Key::F2]);
    assert!(sees(&gui, "Choose Complete"));
    press(&mut gui, &[Key::ArrowDown, Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Complete");
    assert_eq!(here(&gui), "RAG Status, 1.1.2", "the choice stays in its cell");
    assert!(sees(&gui, "Complete 15") && sees(&gui, "In progress 14"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "In Progress");
    ctrl(&mut gui, Key::Y);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Complete");
}

#[test]
fn a_status_is_chosen_by_letter_by_pointer_and_left_by_escape() {
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    type_text(&mut gui, "n");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Not started");
    assert_eq!(here(&gui), "Action, 1.2", "a group has no status");
    press(&mut gui, &[Key::ArrowUp, Key::F2]);
    click(&mut gui, "Choose Major problems");
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Major problems");
    press(&mut gui, &[Key::F2, Key::ArrowDown, Key::ArrowDown, Key::Escape]);
    assert!(!sees(&gui, "Choose Complete"));
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Major problems");
    press(&mut gui, &[Key::Delete]);
    assert!(sees(&gui, "RAG Status, 1.1.2: blank"));
}

#[test]
fn typing_replaces_a_cell_and_escape_leaves_it() {
    let mut gui = window();
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    type_text(&mut gui, "N");
    type_text(&mut gui, "ew lead");
    press(&mut gui, &[Key::Escape]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager");
    type_text(&mut gui, "New lead");
    press(&mut gui, &[Key::Tab]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "New lead");
    assert_eq!(here(&gui), "RAG Status, 1.1.1");
    assert!(gui.state().state.workspace.title().starts_with('•'), "the title shows unsaved work");
    press(&mut gui, &[Key::ArrowLeft, Key::Delete]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "");
    ctrl(&mut gui, Key::Z);
    ctrl(&mut gui, Key::Z);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager");
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn keys_move_the_cursor_over_headings_and_merged_lines() {
    let none = Modifiers::NONE;
    let steps: &[(Modifiers, Key, &str)] = &[
        (none, Key::ArrowRight, "Comment, 1.1.2"),
        (none, Key::ArrowRight, "Comment, 1.1.2"),
        (Modifiers::SHIFT, Key::Tab, "RAG Status, 1.1.2"),
        (none, Key::ArrowDown, "Action, 1.2"),
        (none, Key::ArrowDown, "RAG Status, 1.2.1"),
        (none, Key::Enter, "RAG Status, 1.2.1, further line"),
        (none, Key::ArrowDown, "RAG Status, 1.2.2"),
        (Modifiers::SHIFT, Key::Enter, "RAG Status, 1.2.1, further line"),
        (none, Key::ArrowLeft, "Lead officer, 1.2.1"),
        (none, Key::ArrowDown, "Lead officer, 1.2.2"),
        (none, Key::ArrowUp, "Lead officer, 1.2.1"),
        (none, Key::Home, "Ref, 1.2.1"),
        (none, Key::ArrowLeft, "Ref, 1.2.1"),
        (none, Key::Tab, "Action, 1.2.1"),
        (none, Key::End, "Comment, 1.2.1"),
        (Modifiers::COMMAND, Key::Home, "Approach"),
        (none, Key::ArrowRight, "Objective"),
        (none, Key::ArrowDown, "Ref, 1.1"),
        (Modifiers::COMMAND, Key::End, "Comment, 4.3.1"),
        (none, Key::ArrowDown, "Comment, 4.3.1"),
    ];
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    for (at, &(modifiers, key, expected)) in steps.iter().enumerate() {
        held(&mut gui, modifiers, key);
        assert_eq!(here(&gui), expected, "after step {at}, {key:?}");
    }
    go(&mut gui, "2.3.4", Role::Measure);
    for (key, expected) in [
        (Key::ArrowDown, "Measure/outcome, 2.3.4, further line"),
        (Key::ArrowDown, "Measure/outcome, 2.3.4, further line"),
        (Key::ArrowDown, "Action, 2.4"),
        (Key::ArrowUp, "Measure/outcome, 2.3.4, further line"),
        (Key::Home, "Ref, 2.3.4"),
        (Key::ArrowUp, "Ref, 2.3.3"),
        (Key::ArrowDown, "Ref, 2.3.4"),
        (Key::ArrowDown, "Ref, 2.4"),
    ] {
        press(&mut gui, &[key]);
        assert_eq!(here(&gui), expected, "{key:?}");
    }
}

#[test]
fn a_page_down_reaches_the_end_and_the_cursor_stays_in_view() {
    let mut gui = window();
    click(&mut gui, "Ref, 1.1.1: 1.1.1");
    let mut seen = vec![here(&gui)];
    for _ in 0..40 {
        press(&mut gui, &[Key::PageDown]);
        assert_ne!(here(&gui), "", "after {seen:?}");
        seen.push(here(&gui));
    }
    assert_eq!(here(&gui), "Ref, 4.3.1");
    for _ in 0..40 {
        press(&mut gui, &[Key::PageUp]);
    }
    assert_eq!(here(&gui), "Approach");
}

#[test]
fn keys_in_one_frame_are_all_heard_in_order() {
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    press(&mut gui, &[Key::F2]);
    in_one_frame(&mut gui, vec![down(Key::ArrowUp), down(Key::Enter)]);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Minor Problem");
    click(&mut gui, "Ref, 1.1.1: 1.1.1");
    in_one_frame(&mut gui, vec![down(Key::ArrowRight), down(Key::ArrowRight), down(Key::ArrowDown)]);
    assert_eq!(here(&gui), "Start, 1.1.2");
    in_one_frame(&mut gui, vec![down(Key::End), down(Key::ArrowLeft), down(Key::ArrowLeft), Event::Text("Z".to_owned())]);
    type_text(&mut gui, "oe");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Zoe");
    go(&mut gui, "1.1.1", Role::Lead);
    in_one_frame(&mut gui, vec![Event::Text("Q".to_owned()), down(Key::Enter)]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Q");
    in_one_frame(&mut gui, vec![down(Key::ArrowUp), down(Key::Delete)]);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "1.1.2", Role::Lead)), (String::new(), "Zoe".to_owned()));
}

#[test]
fn alt_enter_breaks_a_line_and_a_click_elsewhere_keeps_the_edit() {
    let mut gui = window();
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    press(&mut gui, &[Key::F2]);
    held(&mut gui, Modifiers::ALT, Key::Enter);
    type_text(&mut gui, "and Tess");
    assert!(sees(&gui, "Editing Lead officer"));
    click(&mut gui, "Ref, 1.1.2: 1.1.2");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager\nand Tess");
    assert!(!sees(&gui, "Editing Lead officer"));
    assert_eq!(here(&gui), "Ref, 1.1.2");
}

#[test]
fn a_double_click_opens_the_editor() {
    let mut gui = window();
    for (label, editor) in [
        ("Lead officer, 1.1.1: Community Life Manager", "Editing Lead officer"),
        ("RAG Status, 1.1.1: Complete", "Choose Complete"),
        ("Approach: Street by Street", "Editing Words"),
        ("Action, 1.1: Shared hobbies", "Editing Action"),
    ] {
        let pos = gui.get_by_label(label).rect().center();
        for _ in 0..2 {
            let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
            gui.input_mut().events.extend([Event::PointerMoved(pos), button(true), button(false)]);
            gui.step();
        }
        gui.run();
        assert!(sees(&gui, editor), "{label}");
        press(&mut gui, &[Key::Escape]);
        assert!(!sees(&gui, editor), "{label}");
        gui.run_steps(40);
    }
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn cells_are_copied_cut_and_pasted() {
    let mut gui = window();
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    gui.event(Event::Copy);
    gui.step();
    let copied = |gui: &Gui| format!("{:?}", gui.output().platform_output.commands);
    assert!(copied(&gui).contains("Community Life Manager"));
    press(&mut gui, &[Key::ArrowDown]);
    gui.event(Event::Paste("Tess Ilkley\n".to_owned()));
    gui.run();
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Tess Ilkley");
    gui.event(Event::Cut);
    gui.step();
    assert!(copied(&gui).contains("Tess Ilkley"));
    gui.run();
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "");
    press(&mut gui, &[Key::ArrowRight]);
    gui.event(Event::Paste(" complete ".to_owned()));
    gui.run();
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Complete");
}

#[test]
fn the_words_of_an_approach_and_a_group_are_edited_in_place() {
    let mut gui = window();
    click(&mut gui, "Approach: Street by Street");
    type_text(&mut gui, "Door to Door");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Approach: Door to Door"));
    press(&mut gui, &[Key::ArrowRight]);
    type_text(&mut gui, "Hobbies");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Action, 1.1: Hobbies"));
    ctrl(&mut gui, Key::Z);
    ctrl(&mut gui, Key::Z);
    assert!(sees(&gui, "Approach: Street by Street") && sees(&gui, "Action, 1.1: Shared hobbies"));
}

#[test]
fn fast_typing_loses_nothing() {
    let stroke = |key: Key, text: Option<&str>| {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
        [event(true)].into_iter().chain(text.map(|text| Event::Text(text.to_owned()))).chain([event(false)]).collect::<Vec<_>>()
    };
    // However many strokes fall into one frame.
    for in_a_frame in 1..=12 {
        let mut gui = window();
        go(&mut gui, "1.1.1", Role::Ref);
        ctrl(&mut gui, Key::Plus);
        press(&mut gui, &[Key::Home]);
        let strokes = [
            (Key::Num1, Some("1")),
            (Key::Period, Some(".")),
            (Key::Num1, Some("1")),
            (Key::Period, Some(".")),
            (Key::Num9, Some("9")),
            (Key::Tab, None),
            (Key::A, Some("a")),
            (Key::B, Some("b")),
            (Key::Tab, None),
            (Key::Num9, Some("9")),
            (Key::Tab, None),
            (Key::Num8, Some("8")),
            (Key::Enter, None),
        ];
        for some in strokes.chunks(in_a_frame) {
            gui.input_mut().events.extend(some.iter().flat_map(|(key, text)| stroke(*key, *text)));
            gui.step();
        }
        gui.run();
        let added = &plan(&gui).rows[position(plan(&gui), "1.1.1").unwrap() + 1];
        let texts: Vec<&str> = added.cells.iter().take(4).map(|cell| &*cell.text).collect();
        assert_eq!(texts, ["1.1.9", "ab", "9", "8"], "{in_a_frame} strokes in a frame");
    }
}
