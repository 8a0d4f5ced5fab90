//! The editors by kind: the calendar of a date, names of leads, numbered lists, and undo within a text.

use eframe::egui::ImeEvent;

use super::*;

#[test]
fn a_day_is_chosen_in_the_calendar_by_keys() {
    let mut gui = window();
    for (keys, expected) in [
        (&[Key::ArrowRight, Key::ArrowDown][..], "09/03/2018"),
        (&[Key::PageDown], "Apr-18"),
        (&[Key::PageUp, Key::PageUp], "Jan-18"),
        (&[Key::ArrowLeft, Key::PageUp], "28/01/2018"),
    ] {
        go(&mut gui, "1.1.1", Role::End);
        press(&mut gui, &[Key::F2]);
        assert!(sees(&gui, "Choose 31 March 2018"), "the month the cell states");
        press(&mut gui, keys);
        press(&mut gui, &[Key::Enter]);
        assert_eq!(cell(&gui, "1.1.1", Role::End), expected, "{keys:?}");
        assert!(!sees(&gui, "Choose 31 March 2018"));
        ctrl(&mut gui, Key::Z);
    }
    press(&mut gui, &[Key::F2, Key::ArrowRight, Key::Escape]);
    assert!(!gui.state().state.workspace.is_unsaved(), "Escape leaves the date");
}

#[test]
fn a_day_is_chosen_in_the_calendar_by_the_pointer() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::End);
    press(&mut gui, &[Key::F2]);
    click(&mut gui, "Next month");
    assert!(sees(&gui, "Editing End"), "turning the month keeps the edit");
    click(&mut gui, "Choose 17 April 2018");
    assert_eq!(cell(&gui, "1.1.1", Role::End), "17/04/2018");
}

#[test]
fn a_date_can_be_typed_beside_the_calendar() {
    let mut gui = window();
    for text in ["Ongoing", "TBC", "December 2017", "Aug-17"] {
        go(&mut gui, "1.1.1", Role::End);
        type_text(&mut gui, text);
        // The caret is the text's once something is typed.
        press(&mut gui, &[Key::ArrowLeft, Key::ArrowRight]);
        press(&mut gui, &[Key::Enter]);
        assert_eq!(cell(&gui, "1.1.1", Role::End), text);
    }
}

#[test]
fn leads_are_completed_one_at_a_time() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "libr");
    assert!(sees(&gui, "Choose Library Service Lead"));
    press(&mut gui, &[Key::ArrowDown, Key::Enter]);
    assert!(sees(&gui, "Editing Lead officer"), "completing a name keeps the edit");
    type_text(&mut gui, "; link w");
    press(&mut gui, &[Key::ArrowDown, Key::Tab]);
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Library Service Lead; Link Worker");
    go(&mut gui, "1.1.2", Role::Lead);
    type_text(&mut gui, "Lib");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Lib", "what was typed is kept where no name is chosen");
    go(&mut gui, "1.1.2", Role::Lead);
    type_text(&mut gui, "lib");
    click(&mut gui, "Choose Library Service Lead");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Library Service Lead");
}

#[test]
fn a_numbered_measure_goes_on_with_the_next_numeral() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Measure);
    type_text(&mut gui, "i) Hosts found");
    held(&mut gui, Modifiers::ALT, Key::Enter);
    type_text(&mut gui, "Hosts stay");
    held(&mut gui, Modifiers::ALT, Key::Enter);
    type_text(&mut gui, "Hosts say so");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Measure), "i) Hosts found\nii) Hosts stay\niii) Hosts say so");
}

#[test]
fn undo_within_the_editor_is_of_its_text() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    press(&mut gui, &[Key::F2]);
    gui.run_steps(90);
    type_text(&mut gui, " and others");
    gui.run_steps(90);
    ctrl(&mut gui, Key::Z);
    assert!(sees(&gui, "Editing Lead officer"));
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager");
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn what_an_input_method_composes_is_typed_over_a_cell() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    let ime = |gui: &mut Gui, event| {
        gui.event(Event::Ime(event));
        gui.run();
    };
    for text in ["´", "é"] {
        ime(&mut gui, ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    }
    ime(&mut gui, ImeEvent::Commit("été".to_owned()));
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "été");
}

#[test]
fn ctrl_and_semicolon_is_today() {
    let mut gui = window();
    go(&mut gui, "1.1.2", Role::End);
    type_text(&mut gui, &plandesk::app::range::put::as_typed(jiff::Zoned::now().date()));
    press(&mut gui, &[Key::Enter]);
    go(&mut gui, "1.1.1", Role::End);
    ctrl(&mut gui, Key::Semicolon);
    assert_eq!(cell(&gui, "1.1.1", Role::End), cell(&gui, "1.1.2", Role::End));
    assert_ne!(cell(&gui, "1.1.1", Role::End), "Mar-18");
}
