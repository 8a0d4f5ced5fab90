//! Rows added, deleted and moved, columns made wider: each undone and redone.

use super::*;
use eframe::egui::PointerButton;
use plandesk::model::RowKind;

/// What a user does.
type Act = fn(&mut Gui);

/// What stands in the plan, row by row: its kind and its name.
fn outline(gui: &Gui) -> Vec<(RowKind, String)> {
    let table = plan(gui);
    table.rows.iter().map(|row| (row.kind, table.name_of(row))).collect()
}

/// Does something, then undoes and redoes it; returns where the rows first differ and those of after.
fn changed(gui: &mut Gui, act: impl FnOnce(&mut Gui)) -> (usize, Vec<(RowKind, String)>) {
    let before = gui.state().state.workspace.document().clone();
    let rows = outline(gui);
    act(gui);
    let (after, outlined) = (gui.state().state.workspace.document().clone(), outline(gui));
    assert!(after != before && gui.state().state.workspace.is_unsaved());
    ctrl(gui, Key::Z);
    assert_eq!(*gui.state().state.workspace.document(), before);
    assert!(!gui.state().state.workspace.is_unsaved());
    ctrl(gui, Key::Y);
    assert_eq!(*gui.state().state.workspace.document(), after);
    ctrl(gui, Key::Z);
    let at = rows.iter().zip(&outlined).position(|(a, b)| a != b).unwrap_or(rows.len().min(outlined.len()));
    (at, outlined)
}

fn at(gui: &Gui, reference: &str) -> usize {
    position(plan(gui), reference).unwrap()
}

#[test]
fn rows_of_every_kind_are_added_where_they_belong() {
    let mut gui = window();
    let sections: Vec<usize> =
        plan(&gui).rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Section).map(|(at, _)| at).collect();
    let cases: [(&str, &str, Act, RowKind, usize); 6] = [
        ("1.1.1", "an action", |gui| ctrl(gui, Key::Plus), RowKind::Entry, at(&gui, "1.1.2")),
        ("1.2.1", "an action after all lines", |gui| ctrl(gui, Key::Plus), RowKind::Entry, at(&gui, "1.2.2")),
        ("1.2", "an action under a group", |gui| ctrl(gui, Key::Equals), RowKind::Entry, at(&gui, "1.2.1")),
        ("1.1.1", "a line", |gui| alt_shift(gui, Key::L), RowKind::Line, at(&gui, "1.1.2")),
        ("1.1.1", "a group", |gui| alt_shift(gui, Key::G), RowKind::Group, at(&gui, "1.2")),
        ("1.1.1", "an approach", |gui| alt_shift(gui, Key::A), RowKind::Section, sections[1]),
    ];
    for (reference, what, act, kind, expected) in cases {
        go(&mut gui, reference, Role::Ref);
        let (place, rows) = changed(&mut gui, act);
        assert_eq!((place, rows[place].0), (expected, kind), "{what}");
    }
}

#[test]
fn an_added_action_is_typed_in_at_once_and_counted() {
    let mut gui = window();
    click(&mut gui, "Ref, 1.1.2: 1.1.2");
    ctrl(&mut gui, Key::Plus);
    assert_eq!((here(&gui).as_str(), cell(&gui, "1.1.3", Role::Status).as_str()), ("Action, 1.1.3", "Not started"));
    type_text(&mut gui, "Thank every host");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Action, 1.1.3: Thank every host"));
    assert!(sees(&gui, "35 actions, 36 status lines") && sees(&gui, "Good Neighbours Plan 35") && sees(&gui, "Not started 6"));
    ctrl(&mut gui, Key::Z);
    ctrl(&mut gui, Key::Z);
    assert!(!gui.state().state.workspace.is_unsaved(), "the row and its status are one step");
}

#[test]
fn rows_are_deleted_and_moved_with_what_belongs_to_them() {
    let mut gui = window();
    let whole = outline(&gui).len();
    let deletes: [(&str, usize); 4] = [("1.1.1", 1), ("1.2.1", 2), ("2.3.4", 3), ("1.2", 1)];
    for (reference, rows) in deletes {
        let was = at(&gui, reference);
        go(&mut gui, reference, Role::Ref);
        let (place, left) = changed(&mut gui, |gui| ctrl(gui, Key::Minus));
        assert_eq!((place, left.len()), (was, whole - rows), "{reference}");
    }
    let moves: [(&str, Key, &str); 4] = [
        ("1.2.1", Key::ArrowDown, "1.2 1.2.2 1.2.1  1.2.3"),
        ("1.2.2", Key::ArrowUp, "1.2 1.2.2 1.2.1  1.2.3"),
        ("1.2.1", Key::ArrowUp, "1.2.1  1.2 1.2.2 1.2.3"),
        ("1.2", Key::ArrowUp, "1.2 1.2.1  1.2.2 1.2.3 1.1 1.1.1 1.1.2"),
    ];
    for (reference, key, expected) in moves {
        go(&mut gui, reference, Role::Ref);
        let (_, rows) = changed(&mut gui, |gui| alt_shift(gui, key));
        let names: Vec<String> = rows.into_iter().map(|(kind, name)| if kind == RowKind::Line { String::new() } else { name }).collect();
        assert!(names.join(" ").contains(expected), "{reference} {key:?}: {}", names[..14].join(" "));
    }
}

#[test]
fn after_a_delete_the_cursor_stands_where_it_can_be_seen() {
    let mut gui = window();
    click(&mut gui, "End, 1.1.2: Sep-18");
    ctrl(&mut gui, Key::Minus);
    assert_eq!(here(&gui), "Action, 1.2");
    click(&mut gui, "Approach: Street by Street");
    ctrl(&mut gui, Key::Minus);
    click(&mut gui, "Move them under the approach below");
    assert_eq!(here(&gui), "Approach");
    for _ in 0..plan(&gui).rows.len() + 2 {
        ctrl(&mut gui, Key::Minus);
        if sees(&gui, "What becomes of the rows below?") {
            press(&mut gui, &[Key::Enter]);
        }
    }
    assert!(plan(&gui).rows.is_empty());
    ctrl(&mut gui, Key::Plus);
    assert_eq!(plan(&gui).rows.len(), 1);
    for _ in 0..80 {
        ctrl(&mut gui, Key::Z);
    }
    assert!(!gui.state().state.workspace.is_unsaved() && sees(&gui, "34 actions, 35 status lines"));
}

#[test]
fn a_column_is_made_wider_by_its_edge() {
    let mut gui = window();
    let heading = gui.get_by_label("Lead officer").rect();
    let (from, to) = (heading.right_center(), heading.right_center() + vec2(60.0, 0.0));
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    let (_, _) = changed(&mut gui, |gui| {
        for event in [Event::PointerMoved(from), button(from, true), Event::PointerMoved(to), button(to, false)] {
            gui.event(event);
        }
        gui.run();
        let wider = gui.get_by_label("Lead officer").rect().width();
        assert!((wider - heading.width() - 60.0).abs() < 2.0, "{wider} was {}", heading.width());
    });
    assert_eq!(gui.get_by_label("Lead officer").rect().width(), heading.width());
}

#[test]
fn a_period_is_kept_and_drawn_and_can_be_undone_from_its_column() {
    let mut gui = window();
    click(&mut gui, "KPIs 2021-22 8");
    choose(&mut gui, "Edit", "Record current values as a period");
    assert!(sees(&gui, "Record a period") && sees(&gui, "A new column, Q2."));
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Q2"), "the period in the heading of the current values");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowRight]);
    assert!(here(&gui).starts_with("Q2, "));
    ctrl(&mut gui, Key::Z);
    assert!(!sees(&gui, "Q2"));
    press(&mut gui, &[Key::ArrowDown]);
    assert_ne!(here(&gui), "");
}

#[test]
fn a_new_row_has_the_next_ref_and_what_follows_is_offered_new_ones() {
    let mut gui = window();
    go(&mut gui, "1.2.3", Role::Lead);
    ctrl(&mut gui, Key::Plus);
    assert_eq!(here(&gui), "Action, 1.2.4", "its words are what is typed next");
    assert!(!sees_part(&gui, "Renumber refs in this"), "the last of its group leaves none out of order");
    go(&mut gui, "1.3", Role::Action);
    alt_shift(&mut gui, Key::G);
    assert_eq!(here(&gui), "Action, 1.4");
    ctrl(&mut gui, Key::Plus);
    assert_eq!(here(&gui), "Action, 1.4.1");
    go(&mut gui, "4.3.1", Role::Action);
    alt_shift(&mut gui, Key::A);
    assert_eq!(here(&gui), "Approach");
    alt_shift(&mut gui, Key::G);
    assert_eq!(here(&gui), "Action, 5.1");
}

#[test]
fn an_action_in_between_is_numbered_in_order_and_texts_follow_in_one_step() {
    let mut gui = window();
    let comment = cell(&gui, "2.4.1", Role::Comment);
    assert!(comment.contains("Waiting for 1.2.1 (Street Circles)"));
    go(&mut gui, "1.2.1", Role::Ref);
    alt_shift(&mut gui, Key::ArrowDown);
    assert!(sees(&gui, "Renumber refs in this approach?"));
    let moved = gui.state().state.workspace.document().clone();
    click(&mut gui, "Renumber");
    assert!(!sees_part(&gui, "Renumber refs in this"));
    assert!(cell(&gui, "1.2.1", Role::Action).starts_with("Keep backing"), "the action moved up is now the first");
    assert_eq!(cell(&gui, "2.4.1", Role::Comment), comment.replace("1.2.1", "1.2.2"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(*gui.state().state.workspace.document(), moved, "the refs and the texts come back in one step");
    choose(&mut gui, "Row", "Renumber refs");
    assert_eq!(cell(&gui, "2.4.1", Role::Comment), comment.replace("1.2.1", "1.2.2"));
}

#[test]
fn a_delete_says_what_is_gone_and_offers_to_close_the_gap() {
    let mut gui = window();
    go(&mut gui, "1.2.1", Role::Status);
    ctrl(&mut gui, Key::Minus);
    assert!(sees(&gui, "Deleted 1.2.1 and its continuation line; Undo brings it back"));
    click(&mut gui, "Leave as they are");
    assert!(!sees_part(&gui, "Renumber refs in this"));
    assert_eq!(position(plan(&gui), "1.2.1"), None);
    ctrl(&mut gui, Key::Z);
    assert!(sees(&gui, "RAG Status, 1.2.1: Complete"));
    go(&mut gui, "1.2.3", Role::Status);
    ctrl(&mut gui, Key::Minus);
    assert!(sees(&gui, "Deleted 1.2.3; Undo brings it back") && !sees_part(&gui, "Renumber refs in this"), "nothing follows the last");
}

#[test]
fn a_whole_approach_moves_and_the_plan_is_numbered_anew() {
    let mut gui = window();
    click(&mut gui, "Approach: Street by Street");
    alt_shift(&mut gui, Key::ArrowDown);
    let first = outline(&gui)[0].1.clone();
    assert_eq!(first, "Open Doors");
    assert!(sees(&gui, "Renumber refs in this plan?"));
    click(&mut gui, "Renumber");
    assert!(cell(&gui, "2.1.1", Role::Action).starts_with("Try out the Doorstep Hosts"));
    assert!(cell(&gui, "1.4.1", Role::Comment).contains("Waiting for 2.2.1"));
    ctrl(&mut gui, Key::Z);
    ctrl(&mut gui, Key::Z);
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn an_action_is_duplicated_with_its_lines_not_started_and_without_comments() {
    let mut gui = window();
    let alt_shift = Modifiers::ALT | Modifiers::SHIFT;
    go(&mut gui, "1.2.1", Role::Lead);
    let (at, rows) = changed(&mut gui, |gui| held(gui, alt_shift, Key::D));
    assert_eq!(rows[at], (RowKind::Entry, "1.2.4".to_owned()));
    go(&mut gui, "1.2.1", Role::Lead);
    in_one_frame(
        &mut gui,
        vec![
            Event::Key { key: Key::D, physical_key: None, pressed: true, repeat: false, modifiers: alt_shift },
            Event::Text("D".to_owned()),
        ],
    );
    assert_eq!(here(&gui), "Lead officer, 1.2.4", "the letter of the key is typed nowhere");
    assert_eq!(cell(&gui, "1.2.4", Role::Status), "Not started");
    assert_eq!((cell(&gui, "1.2.4", Role::Comment), cell(&gui, "1.2.4", Role::Lead)), (String::new(), cell(&gui, "1.2.1", Role::Lead)));
    let line = &plan(&gui).rows[position(plan(&gui), "1.2.4").unwrap() + 1];
    assert_eq!((line.kind, plan(&gui).status_of(line).map(plandesk::model::Status::word)), (RowKind::Line, Some("Not started")));
    go(&mut gui, "1.2", Role::Action);
    held(&mut gui, alt_shift, Key::D);
    assert!(sees(&gui, "Only an action is duplicated; the cursor is in a heading"));
}

/// Presses on a row's grip, moves to a place and holds there.
fn drag(gui: &mut Gui, grip: &str, to: eframe::egui::Pos2) {
    let from = gui.get_by_label(grip).rect().center();
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    for event in [Event::PointerMoved(from), button(from, true), Event::PointerMoved(from.lerp(to, 0.5)), Event::PointerMoved(to)] {
        gui.input_mut().events.push(event);
        gui.step();
    }
}

fn release(gui: &mut Gui, pos: eframe::egui::Pos2) {
    gui.input_mut().events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed: false, modifiers: Modifiers::NONE });
    gui.step();
    gui.run();
}

#[test]
fn rows_are_dragged_by_their_grip_and_escape_leaves_them() {
    let mut gui = window();
    let order = |gui: &Gui| outline(gui).into_iter().map(|(_, name)| name).take(12).collect::<Vec<_>>().join(" ");
    let first = order(&gui);
    let end = gui.get_by_label("Ref, 1.1.2: 1.1.2").rect().left_bottom() + vec2(20.0, -4.0);
    drag(&mut gui, "Move 1.1.1", end);
    press(&mut gui, &[Key::Escape]);
    release(&mut gui, end);
    assert_eq!(order(&gui), first, "Escape leaves it");
    drag(&mut gui, "Move 1.1.1", end);
    release(&mut gui, end);
    assert!(order(&gui).contains("1.1 1.1.2 1.1.1 1.2"), "{}", order(&gui));
    assert!(sees(&gui, "Renumber refs in this approach?"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(order(&gui), first);
    go(&mut gui, "1.3", Role::Ref);
    let body = gui.get_by_role(accesskit::Role::Grid).rect();
    let top = eframe::egui::pos2(body.left() + 60.0, body.top() + 4.0);
    drag(&mut gui, "Move 1.3", top);
    // At the edge the rows scroll until the first group is there.
    gui.run_steps(400);
    release(&mut gui, top);
    assert!(order(&gui).contains("Street by Street 1.3 1.3.1"), "a group comes with its actions: {}", order(&gui));
    ctrl(&mut gui, Key::Z);
    assert!(!gui.state().state.workspace.is_unsaved() && order(&gui) == first);
}

#[test]
fn a_click_before_a_row_selects_it_and_with_shift_those_between() {
    let mut gui = window();
    click(&mut gui, "Move 1.1.1");
    let rows = |gui: &Gui| {
        let state = &gui.state().state;
        state
            .selected()
            .filter(|selection| selection.reach == plandesk::app::range::Reach::Rows)
            .and_then(|selection| selection.area(plan(gui)))
            .map(|area| area.rows.len())
    };
    assert_eq!(rows(&gui), Some(1));
    gui.get_by_label("Move 1.1.2").click_modifiers(Modifiers::SHIFT);
    gui.run();
    assert!(rows(&gui) > Some(1), "{:?}", rows(&gui));
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(rows(&gui), None, "the keyboard is in the grid");
}
