//! Where a new row is typed in, what it begins with, and what becomes of the rows below an approach that is deleted.

use eframe::egui::PointerButton;
use plandesk::model::{RowKind, Status};

use super::*;

/// The status an action states.
fn status(gui: &Gui, reference: &str) -> Option<Status> {
    plan(gui).status_of(&plan(gui).rows[position(plan(gui), reference).unwrap()])
}

/// The approach a ref stands under, by its name.
fn approach_of(gui: &Gui, reference: &str) -> String {
    let at = position(plan(gui), reference).unwrap();
    let above = plan(gui).rows[..at].iter().rfind(|row| row.kind == RowKind::Section);
    above.map_or_else(String::new, |row| plan(gui).name_of(row))
}

/// The names of the approaches, in their order.
fn approaches(gui: &Gui) -> Vec<String> {
    plan(gui).rows.iter().filter(|row| row.kind == RowKind::Section).map(|row| plan(gui).name_of(row)).collect()
}

fn go_to_approach(gui: &mut Gui, name: &str) {
    let table = plan(gui);
    let row = table.rows.iter().position(|row| row.kind == RowKind::Section && table.name_of(row) == name).unwrap();
    ctrl(gui, Key::Home);
    go_to_row(gui, row);
}

#[test]
fn a_new_action_is_typed_in_its_words_and_is_not_started() {
    let mut gui = window();
    go(&mut gui, "1.1.2", Role::Lead);
    for reference in ["1.1.3", "1.1.4"] {
        ctrl(&mut gui, Key::Plus);
        assert_eq!(here(&gui), format!("Action, {reference}"));
        assert_eq!((cell(&gui, reference, Role::Status).as_str(), status(&gui, reference)), ("Not started", Some(Status::NotStarted)));
        assert_eq!(cell(&gui, reference, Role::Action), "");
    }
    alt_shift(&mut gui, Key::G);
    type_text(&mut gui, "Hedges");
    press(&mut gui, &[Key::Enter]);
    assert!(sees_part(&gui, ": Hedges"), "a group is typed in its words");
    ctrl(&mut gui, Key::N);
    click(&mut gui, "Discard changes");
    assert_eq!((here(&gui).as_str(), status(&gui, "1.1.1")), ("Action, 1.1.1", Some(Status::NotStarted)));
}

#[test]
fn a_new_approach_is_typed_in_its_first_words() {
    let mut gui = window();
    click(&mut gui, "Approach: Street by Street");
    press(&mut gui, &[Key::ArrowRight]);
    assert_eq!(here(&gui), "Objective");
    alt_shift(&mut gui, Key::A);
    assert_eq!(here(&gui), "Approach");
    type_text(&mut gui, "Over the fence");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(approaches(&gui)[1], "Over the fence");
}

#[test]
fn a_new_row_of_another_table_is_typed_in_its_words_and_has_no_status() {
    let mut gui = window();
    click(&mut gui, "KPIs 2023-24 13");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown]);
    ctrl(&mut gui, Key::Plus);
    type_text(&mut gui, "Hedges planted");
    press(&mut gui, &[Key::Enter]);
    let table = gui.state().state.table().unwrap();
    let column = table.role_position(Role::Kpi).unwrap();
    let added = table.rows.iter().filter(|row| row.source == 0).collect::<Vec<_>>();
    assert_eq!((added.len(), &*added[0].cells[column].text), (1, "Hedges planted"));
    assert_eq!(added[0].cells.iter().filter(|cell| cell.status().is_some()).count(), 0);
}

#[test]
fn a_row_added_under_a_filter_can_be_seen() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Complete");
    ctrl(&mut gui, Key::Plus);
    assert_eq!(here(&gui), "Action, 1.1.3");
    type_text(&mut gui, "Plant a hedge");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Action, 1.1.3: Plant a hedge"));
}

#[test]
fn pasted_rows_keep_what_was_pasted() {
    let mut gui = window();
    go(&mut gui, "4.3.1", Role::Ref);
    gui.event(Event::Paste("4.3.1\tOne\n4.3.2\tTwo\n".to_owned()));
    gui.run();
    assert_eq!(cell(&gui, "4.3.2", Role::Status), "");
}

#[test]
fn deleting_an_approach_asks_what_becomes_of_the_rows_below_it() {
    let names = approaches(&window());
    let (first, second) = (names[0].clone(), names[1].clone());
    let under_second = "2.1.1";
    let (keep, above, all) = ("Keep the approach", "Move them under the approach above", "Delete them too");
    for (button, left) in [(keep, Some(&second)), (above, Some(&first)), (all, None)] {
        let mut gui = window();
        let before = gui.state().state.workspace.document().clone();
        go_to_approach(&mut gui, &second);
        ctrl(&mut gui, Key::Minus);
        assert!(
            sees(&gui, "What becomes of the rows below?") && *gui.state().state.workspace.document() == before,
            "nothing is done unasked"
        );
        assert!(sees_part(&gui, &format!("“{second}” has ")) && sees_part(&gui, &format!("The approach above is “{first}”.")));
        click(&mut gui, button);
        assert!(!sees(&gui, "What becomes of the rows below?"));
        match left {
            Some(name) => assert_eq!(approach_of(&gui, under_second), *name, "{button}"),
            None => assert_eq!(position(plan(&gui), under_second), None),
        }
        assert_eq!(approaches(&gui).contains(&second), button == keep);
        assert!(position(plan(&gui), "1.1.1").is_some() && position(plan(&gui), "3.1.1").is_some(), "others are as they were");
        if button == keep {
            assert!(!gui.state().state.workspace.is_unsaved());
        } else {
            ctrl(&mut gui, Key::Z);
            assert!(*gui.state().state.workspace.document() == before, "one step: {button}");
        }
    }
}

#[test]
fn the_question_is_answered_by_keys() {
    let second = approaches(&window())[1].clone();
    for (keys, is_left, is_kept) in
        [(&[Key::Enter][..], true, false), (&[Key::Escape], true, true), (&[Key::Tab, Key::Enter], false, false)]
    {
        let mut gui = window();
        go_to_approach(&mut gui, &second);
        ctrl(&mut gui, Key::Minus);
        press(&mut gui, keys);
        assert!(!sees(&gui, "What becomes of the rows below?"), "{keys:?}");
        assert_eq!((position(plan(&gui), "2.1.1").is_some(), approaches(&gui).contains(&second)), (is_left, is_kept), "{keys:?}");
    }
}

#[test]
fn the_first_approach_and_the_only_one_are_asked_about_too() {
    let mut gui = window();
    let names = approaches(&gui);
    go_to_approach(&mut gui, &names[0]);
    click(&mut gui, "Row");
    gui.get_all_by_label_contains("Delete row").next().unwrap().click();
    gui.run();
    assert!(sees_part(&gui, &format!("The approach below is “{}”.", names[1])));
    click(&mut gui, "Move them under the approach below");
    assert_eq!((approach_of(&gui, "1.1.1"), approach_of(&gui, "2.1.1")), (names[1].clone(), names[1].clone()));
    assert!(position(plan(&gui), "1.1.1") < position(plan(&gui), "2.1.1"), "they come first");
    for name in &names[1..3] {
        go_to_approach(&mut gui, name);
        ctrl(&mut gui, Key::Minus);
        press(&mut gui, &[Key::Enter]);
    }
    assert_eq!(approaches(&gui).len(), 1);
    let last = approaches(&gui)[0].clone();
    go_to_approach(&mut gui, &last);
    ctrl(&mut gui, Key::Minus);
    click(&mut gui, "Leave them without an approach");
    assert!(approaches(&gui).is_empty() && position(plan(&gui), "1.1.1").is_some() && position(plan(&gui), "4.3.1").is_some());
    (0..4).for_each(|_| ctrl(&mut gui, Key::Z));
    assert!(!gui.state().state.workspace.is_unsaved() && approaches(&gui) == names);
}

#[test]
fn an_approach_among_several_selected_rows_is_asked_about_unless_all_of_it_is_selected() {
    let mut gui = window();
    let names = approaches(&gui);
    let heading = plan(&gui).rows.iter().rposition(|row| row.kind == RowKind::Section && plan(&gui).name_of(row) == names[1]).unwrap();
    let select = |gui: &mut Gui, from: usize, to: usize| {
        ctrl(gui, Key::Home);
        go_to_row(gui, to);
        shift(gui, Key::Space);
        (from..to).for_each(|_| shift(gui, Key::ArrowUp));
    };
    let rows = plan(&gui).rows.len();
    select(&mut gui, heading - 1, heading + 1);
    ctrl(&mut gui, Key::Minus);
    assert!(sees(&gui, "What becomes of the rows below?") && plan(&gui).rows.len() == rows);
    click(&mut gui, "Move them under the approach above");
    assert_eq!(approach_of(&gui, "2.1.1"), names[0]);
    ctrl(&mut gui, Key::Z);
    let end = plan(&gui).rows.iter().enumerate().skip(heading + 1).find(|(_, row)| row.kind == RowKind::Section).unwrap().0;
    select(&mut gui, heading, end - 1);
    ctrl(&mut gui, Key::Minus);
    assert!(!sees(&gui, "What becomes of the rows below?"), "all of it was selected");
    assert!(position(plan(&gui), "2.1.1").is_none() && position(plan(&gui), "3.1.1").is_some());
    ctrl(&mut gui, Key::Z);
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn rows_out_of_sight_are_told_of_and_go_where_it_is_chosen() {
    let mut gui = window();
    let names = approaches(&gui);
    go_to_approach(&mut gui, &names[1]);
    alt_shift(&mut gui, Key::ArrowLeft);
    ctrl(&mut gui, Key::Minus);
    assert!(sees_part(&gui, " out of sight. The approach above is"));
    click(&mut gui, "Delete them too");
    assert!(position(plan(&gui), "2.1.1").is_none() && position(plan(&gui), "2.4.1").is_none() && position(plan(&gui), "3.1.1").is_some());
}

#[test]
fn an_approach_is_deleted_by_its_right_click_menu_too() {
    let mut gui = window();
    let pos = gui.get_by_label("Approach: Street by Street").rect().center();
    for pressed in [true, false] {
        gui.event(Event::PointerButton { pos, button: PointerButton::Secondary, pressed, modifiers: Modifiers::NONE });
    }
    gui.run();
    gui.get_all_by_label_contains("Delete row").last().unwrap().click();
    gui.run();
    assert!(sees(&gui, "What becomes of the rows below?"));
    press(&mut gui, &[Key::Escape]);
    go(&mut gui, "1.2", Role::Action);
    ctrl(&mut gui, Key::Minus);
    assert!(sees(&gui, "Deleted 1.2; its actions are under 1.1 now; Undo brings it back"), "{}", gui.state().state.prompts.said());
}
