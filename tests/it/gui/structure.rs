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
    let before = gui.state().state.document.clone();
    let rows = outline(gui);
    act(gui);
    let (after, outlined) = (gui.state().state.document.clone(), outline(gui));
    assert!(after != before && gui.state().state.is_unsaved());
    ctrl(gui, Key::Z);
    assert_eq!(gui.state().state.document, before);
    assert!(!gui.state().state.is_unsaved());
    ctrl(gui, Key::Y);
    assert_eq!(gui.state().state.document, after);
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
    type_text(&mut gui, "1.1.3");
    press(&mut gui, &[Key::Tab]);
    type_text(&mut gui, "Thank every host");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Action, 1.1.3: Thank every host"));
    assert!(sees(&gui, "35 actions, 35 status lines, 1 without a status") && sees(&gui, "Good Neighbours Plan 35"));
    go(&mut gui, "1.1.3", Role::Status);
    type_text(&mut gui, "n");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "35 actions, 36 status lines") && sees(&gui, "Not started 6"));
}

#[test]
fn rows_are_deleted_and_moved_with_what_belongs_to_them() {
    let mut gui = window();
    let whole = outline(&gui).len();
    let deletes: [(&str, usize); 4] = [("1.1.1", 1), ("1.2.1", 2), ("2.3.4", 3), ("1.2", 1)];
    for (reference, rows) in deletes {
        let was = at(&gui, reference);
        go(&mut gui, reference, Role::End);
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
    assert_eq!(here(&gui), "Action, 1.1");
    for _ in 0..plan(&gui).rows.len() + 2 {
        ctrl(&mut gui, Key::Minus);
    }
    assert!(plan(&gui).rows.is_empty());
    ctrl(&mut gui, Key::Plus);
    assert_eq!(plan(&gui).rows.len(), 1);
    for _ in 0..80 {
        ctrl(&mut gui, Key::Z);
    }
    assert!(!gui.state().state.is_unsaved() && sees(&gui, "34 actions, 35 status lines"));
}

#[test]
fn a_column_is_made_wider_by_its_edge() {
    let mut gui = window();
    let heading = gui.get_by_label("Lead officer").rect();
    let (from, to) = (heading.right_center(), heading.right_center() + eframe::egui::vec2(60.0, 0.0));
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
    assert!(sees(&gui, "Q2"), "the period in the heading of the current values");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowRight]);
    assert!(here(&gui).starts_with("Q2, "));
    ctrl(&mut gui, Key::Z);
    assert!(!sees(&gui, "Q2"));
    press(&mut gui, &[Key::ArrowDown]);
    assert_ne!(here(&gui), "");
}
