//! Typing in lists of choices: letters find the choice they begin as one string, and nothing is guessed.

use rust_xlsxwriter::{DataValidation, Workbook};

use super::*;

/// Types a text letter by letter, each in a frame of its own or all in one.
fn letters(gui: &mut Gui, text: &str, at_once: bool) {
    if at_once {
        return in_one_frame(gui, text.chars().map(|letter| Event::Text(letter.to_string())).collect());
    }
    text.chars().for_each(|letter| type_text(gui, &letter.to_string()));
}

/// What the field of the open list holds.
fn typed(gui: &Gui, label: &str) -> Option<String> {
    gui.query_all_by_label(label).next().and_then(|node| node.value())
}

/// The choice that is marked in the open list.
fn marked(gui: &Gui) -> Option<String> {
    let options = gui.query_all_by_role(accesskit::Role::ListBoxOption);
    let mut marked = options.filter(|node| node.accesskit_node().is_selected() == Some(true));
    marked.next().and_then(|node| node.accesskit_node().label()).map(|label| label.trim_start_matches("Choose ").to_owned())
}

/// A plan whose status and priority columns offer their owner's words.
fn own_words(folder: &Path) -> Gui {
    let path = folder.join("plan.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [
        ["Ref", "Action", "Start", "End", "Lead officer", "RAG Status", "Priority"],
        ["1.1", "Plant a hedge", "Apr-24", "Mar-25", "Wilf Amberley", "On Track", "High"],
        ["1.2", "Mend the gate", "Apr-24", "Mar-25", "Tess Pike", "Done", "Low"],
        ["1.3", "Paint the shed", "Apr-24", "Mar-25", "Tess Pike", "Yet to start", "Medium"],
    ];
    for (row, texts) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(texts) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    let list = |words: &[&str]| DataValidation::new().allow_list_strings(words).unwrap();
    sheet.add_data_validation(1, 5, 20, 5, &list(&["Yet to start", "On Track", "Behind", "On hold", "Done"])).unwrap();
    sheet.add_data_validation(1, 6, 20, 6, &list(&["High", "Medium", "Low"])).unwrap();
    workbook.save(&path).unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path]);
    settle(&mut gui);
    gui
}

#[test]
fn letters_find_a_status_as_one_string_by_any_word_for_it() {
    for at_once in [false, true] {
        let mut gui = window();
        for (text, expected) in [
            ("complete", "Complete"),
            ("amb", "Minor Problem"),
            ("in p", "In Progress"),
            ("r", "Major problems"),
            ("NOT", "Not started"),
            ("- compl", "Complete"),
            (" in-p", "In Progress"),
            ("major", "Major problems"),
            ("green", "In Progress"),
            ("done", "Complete"),
        ] {
            go(&mut gui, "1.1.2", Role::Status);
            letters(&mut gui, text, at_once);
            assert_eq!(typed(&gui, "Editing RAG Status").as_deref(), Some(text), "what is typed is seen");
            assert_eq!(marked(&gui).as_deref(), Some(expected), "{text}");
            press(&mut gui, &[Key::Enter]);
            assert_eq!(cell(&gui, "1.1.2", Role::Status), expected, "{text}");
        }
    }
}

#[test]
fn a_pause_between_letters_changes_nothing() {
    let mut gui = window();
    go(&mut gui, "1.1.2", Role::Status);
    for letter in "complete".chars() {
        type_text(&mut gui, &letter.to_string());
        gui.run_steps(200);
    }
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Complete");
}

#[test]
fn what_is_no_choice_or_may_be_several_leaves_the_cell_and_says_so() {
    for (text, said) in [
        ("zz", "Unchanged: “zz” is none of the choices"),
        ("m", "Unchanged: “m” fits Major problems and Minor Problem"),
        ("completely", "Unchanged: “completely” is none of the choices"),
        ("87%", "Unchanged: “87%” is none of the choices"),
        ("-", "Unchanged: “-” is none of the choices"),
    ] {
        for key in [Key::Enter, Key::Tab, Key::ArrowRight, Key::ArrowLeft] {
            let mut gui = window();
            let before = gui.state().state.workspace.document().clone();
            go(&mut gui, "1.1.2", Role::Status);
            letters(&mut gui, text, true);
            assert_eq!(marked(&gui), None, "{text}: nothing is marked that was not meant");
            press(&mut gui, &[key]);
            assert!(sees(&gui, said), "{text}: {}", gui.state().state.prompts.said());
            assert_eq!(*gui.state().state.workspace.document(), before, "{text}, {key:?}");
            assert!(!gui.state().state.workspace.is_unsaved() && typed(&gui, "Editing RAG Status").is_none());
        }
    }
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.2", Role::Status);
    type_text(&mut gui, "m");
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    assert!(*gui.state().state.workspace.document() == before && sees_part(&gui, "fits Major problems and Minor Problem"));
    go(&mut gui, "1.1.1", Role::Status);
    shift(&mut gui, Key::ArrowDown);
    type_text(&mut gui, "m");
    ctrl(&mut gui, Key::Enter);
    assert!(*gui.state().state.workspace.document() == before);
}

#[test]
fn a_blank_status_stays_blank_until_something_is_chosen() {
    let mut gui = window();
    go(&mut gui, "1.1.2", Role::Status);
    press(&mut gui, &[Key::Delete]);
    for keys in [&[Key::Enter][..], &[Key::Backspace, Key::Enter], &[Key::Tab]] {
        go(&mut gui, "1.1.2", Role::Status);
        type_text(&mut gui, if keys.len() > 1 { "x" } else { " " });
        press(&mut gui, keys);
        assert_eq!(cell(&gui, "1.1.2", Role::Status), "", "{keys:?}");
    }
}

#[test]
fn letters_are_taken_back_and_the_arrows_choose_among_what_fits() {
    let mut gui = window();
    go(&mut gui, "1.1.2", Role::Status);
    letters(&mut gui, "complx", false);
    assert_eq!(marked(&gui), None);
    press(&mut gui, &[Key::Backspace]);
    assert_eq!((typed(&gui, "Editing RAG Status").as_deref(), marked(&gui).as_deref()), (Some("compl"), Some("Complete")));
    for _ in 0..5 {
        press(&mut gui, &[Key::Backspace]);
    }
    assert_eq!(marked(&gui).as_deref(), Some("In Progress"), "with nothing typed, what the cell holds");
    press(&mut gui, &[Key::Enter]);
    assert!(!gui.state().state.workspace.is_unsaved());
    go(&mut gui, "1.1.2", Role::Status);
    in_one_frame(
        &mut gui,
        vec![
            Event::Text("m".into()),
            Event::Text("a".into()),
            down(Key::Backspace),
            down(Key::ArrowDown),
            down(Key::ArrowDown),
            down(Key::Enter),
        ],
    );
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Minor Problem", "the second that fits");
    go(&mut gui, "1.1.2", Role::Status);
    press(&mut gui, &[Key::F2]);
    letters(&mut gui, "amber", true);
    press(&mut gui, &[Key::Escape]);
    assert!(cell(&gui, "1.1.2", Role::Status) == "Minor Problem" && typed(&gui, "Editing RAG Status").is_none());
}

#[test]
fn arrows_enter_what_was_typed_as_they_do_in_a_worksheet() {
    for (key, next) in [(Key::Tab, Role::Comment), (Key::ArrowRight, Role::Comment), (Key::ArrowLeft, Role::Lead)] {
        let mut gui = window();
        go(&mut gui, "1.1.2", Role::Status);
        in_one_frame(
            &mut gui,
            "comp".chars().map(|letter| Event::Text(letter.to_string())).chain([down(key), Event::Text("x".into())]).collect(),
        );
        assert_eq!(cell(&gui, "1.1.2", Role::Status), "Complete", "{key:?}");
        press(&mut gui, &[Key::Enter]);
        assert_eq!(cell(&gui, "1.1.2", next), "x", "what came after it is typed in the next cell");
    }
}

#[test]
fn the_owners_own_words_are_found_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = own_words(folder.path());
    for (text, expected) in [
        ("complete", "Done"),
        ("amb", "Behind"),
        ("on t", "On Track"),
        ("yet", "Yet to start"),
        ("on hold", "On hold"),
        ("r", "Major problems"),
    ] {
        go(&mut gui, "1.1", Role::Status);
        letters(&mut gui, text, false);
        assert_eq!(marked(&gui).as_deref(), Some(expected), "{text}");
        press(&mut gui, &[Key::Enter]);
        assert_eq!(cell(&gui, "1.1", Role::Status), expected, "{text}");
    }
    go(&mut gui, "1.1", Role::Status);
    letters(&mut gui, "on", false);
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1", Role::Status), "Major problems");
    assert!(sees(&gui, "Unchanged: “on” fits On Track and On hold"));
    go(&mut gui, "1.1", Role::Priority);
    letters(&mut gui, "me", false);
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1", Role::Priority), "Medium");
    go(&mut gui, "1.1", Role::Status);
    gui.event(Event::Paste("done".to_owned()));
    gui.run();
    assert_eq!(cell(&gui, "1.1", Role::Status), "Done", "what is pasted is its owner's word too");
    assert_eq!(
        plan(&gui).status_of(&plan(&gui).rows[position(plan(&gui), "1.1").unwrap()]).map(plandesk::model::Status::word),
        Some("Complete")
    );
}

#[test]
fn what_is_not_in_a_list_is_put_in_only_where_it_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = own_words(folder.path());
    go(&mut gui, "1.1", Role::Priority);
    letters(&mut gui, "Urgent", false);
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1", Role::Priority), "High");
    assert!(sees(&gui, "Unchanged: “Urgent” is none of the choices"));
    go(&mut gui, "1.1", Role::Priority);
    letters(&mut gui, "Urgent", false);
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(marked(&gui).as_deref(), Some("“Urgent” as it is"));
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1", Role::Priority), "Urgent");
    go(&mut gui, "1.1", Role::Status);
    letters(&mut gui, "Zigzagging", false);
    click(&mut gui, "Choose “Zigzagging” as it is");
    assert_eq!(cell(&gui, "1.1", Role::Status), "Zigzagging");
    assert_eq!(plan(&gui).status_of(&plan(&gui).rows[position(plan(&gui), "1.1").unwrap()]), None);
    press(&mut gui, &[Key::F2]);
    assert_eq!(marked(&gui), None, "it is none of the choices");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1", Role::Status), "Zigzagging", "and is not replaced by one");
}

#[test]
fn letters_find_a_choice_in_a_drop_down_too() {
    for (text, keys, expected) in [
        ("minor", &[Key::Enter][..], "Minor Problem"),
        ("in compl", &[Key::Enter], "In Progress"),
        ("not s", &[Key::Enter], "Not started"),
        ("m", &[Key::Enter], "In Progress"),
        ("compx", &[Key::Backspace, Key::Enter], "Complete"),
    ] {
        let mut gui = window();
        go(&mut gui, "1.1.2", Role::Status);
        ctrl_shift(&mut gui, Key::D);
        gui.get_by_role(accesskit::Role::ComboBox).click();
        gui.run();
        let keys_of = |letter: char| {
            vec![
                Event::Key {
                    key: if letter == ' ' { Key::Space } else { Key::A },
                    physical_key: None,
                    pressed: true,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                },
                Event::Text(letter.to_string()),
            ]
        };
        in_one_frame(&mut gui, text.chars().flat_map(keys_of).collect());
        gui.run();
        assert!(sees(&gui, &format!("Typed: {text}")), "{text}");
        press(&mut gui, keys);
        assert_eq!(cell(&gui, "1.1.2", Role::Status), expected, "{text}");
    }
}
