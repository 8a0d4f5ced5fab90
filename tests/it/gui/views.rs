//! What is in sight: filters, closed headings and sorted rows, by pointer and keys.

use super::*;

/// The refs of the actions drawn, in the order they stand.
fn refs(gui: &Gui) -> Vec<String> {
    let mut cells: Vec<(f32, String)> = gui
        .query_all_by_role(accesskit::Role::GridCell)
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?.strip_prefix("Ref, ")?.to_owned())))
        .collect();
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    cells.into_iter().map(|(_, label)| label.split(':').next().unwrap_or("").to_owned()).collect()
}

#[test]
fn a_filter_says_what_it_hides_and_goes_again() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::L);
    assert!(sees(&gui, "34 of 34 shown"));
    click(&mut gui, "Minor problems");
    assert!(sees(&gui, "1 of 34 shown, 33 filtered out"));
    let shown = refs(&gui);
    assert!(shown.len() < 4, "{shown:?}");
    click(&mut gui, "Complete");
    assert!(sees_part(&gui, "of 34 shown"), "several statuses may be chosen");
    click(&mut gui, "Show all");
    assert!(sees(&gui, "34 of 34 shown"));
    ctrl_shift(&mut gui, Key::L);
    assert!(!sees(&gui, "34 of 34 shown"));
}

#[test]
fn the_cursor_passes_over_what_is_out_of_sight() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Not started");
    click(&mut gui, OVERDUE);
    let shown = plan(&gui);
    let wanted: Vec<String> = {
        let table = shown;
        let entries = table.rows.iter().filter(|row| row.is_line());
        entries.filter(|row| table.status_of(row) == Some(plandesk::model::Status::NotStarted)).map(|row| table.name_of(row)).collect()
    };
    assert_eq!(wanted.len(), 5);
    // A row that a link leads to is brought into sight, so the filter is gone.
    assert!(sees(&gui, "34 of 34 shown"));
    click(&mut gui, "Not started");
    ctrl(&mut gui, Key::Home);
    let mut met = Vec::new();
    for _ in 0..40 {
        press(&mut gui, &[Key::ArrowDown]);
        let here = here(&gui);
        if !met.contains(&here) {
            met.push(here);
        }
    }
    let actions = met.iter().filter(|name| name.matches('.').count() == 2).count();
    assert_eq!(actions, 5, "{met:?}");
}

#[test]
fn what_is_found_out_of_sight_is_brought_into_it() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Major problems");
    assert!(sees(&gui, "0 of 34 shown, 34 filtered out"));
    ctrl(&mut gui, Key::F);
    type_text(&mut gui, "Doorstep");
    assert!(sees(&gui, "34 of 34 shown") && sees_part(&gui, "Action, 1.1.1: Try out the Doorstep"));
}

#[test]
fn a_heading_closes_over_its_rows_and_opens_again() {
    let mut gui = window();
    let before = refs(&gui);
    assert!(before.contains(&"1.1.1".to_owned()));
    click(&mut gui, "Close 1.1");
    let closed = refs(&gui);
    assert!(!closed.contains(&"1.1.1".to_owned()) && closed.contains(&"1.2.1".to_owned()), "{closed:?}");
    assert!(sees(&gui, "32 of 34 shown, 2 under closed headings"));
    click(&mut gui, "Open 1.1");
    assert_eq!(refs(&gui), before);
    choose(&mut gui, "View", "Close all headings");
    assert!(sees(&gui, "0 of 34 shown, 34 under closed headings"));
    click(&mut gui, OVERDUE);
    assert!(sees_part(&gui, "Action, 1.1.2"), "the way to a row opens its headings");
    choose(&mut gui, "View", "Open all headings");
    assert!(!sees_part(&gui, "closed headings"));
}

#[test]
fn rows_are_sorted_within_their_groups_and_undone() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    let table = plan(&gui);
    let status = table.columns[table.role_position(Role::Status).unwrap()].id;
    gui.get_by_role_and_label(accesskit::Role::ColumnHeader, "RAG Status").click_secondary();
    gui.run();
    click(&mut gui, "Sort A to Z");
    assert_ne!(*gui.state().state.workspace.document(), before);
    let table = plan(&gui);
    let groups = table.rows[..].split(|row| !row.is_line());
    for group in groups {
        let entries: Vec<_> = group.iter().filter(|row| row.kind == plandesk::model::RowKind::Entry).collect();
        let statuses: Vec<_> = entries.iter().map(|row| row.cells[table.column_position(status).unwrap()].status()).collect();
        assert!(statuses.iter().flatten().is_sorted(), "{statuses:?}");
    }
    ctrl(&mut gui, Key::Z);
    assert_eq!(*gui.state().state.workspace.document(), before);
}

#[test]
fn a_filter_and_closed_headings_are_there_again_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    click(&mut gui, "Close 1.1");
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Complete");
    let shown = refs(&gui);
    let said = gui.get_by_label_contains("of 34 shown").value().unwrap_or_default();
    assert!(said.contains("under closed headings") && said.contains("filtered out"), "{said}");
    assert!(!gui.state().state.workspace.is_unsaved(), "the document stays as it is");
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert_eq!(refs(&again), shown);
    assert!(sees(&again, &said), "and it is said that not all is shown");
    click(&mut again, "Show all");
    drop(again);
    let last = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!(refs(&last).contains(&"1.1.1".to_owned()) && !sees_part(&last, "of 34 shown"));
}

#[test]
fn what_changed_since_the_last_return_is_known_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let answers = vec![folder.path().join("return.xlsx"), folder.path().join("plan.plandesk")];
    let mut gui = window_of(Folder::at(folder.path()), answers, Vec::new());
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Sam Hart");
    press(&mut gui, &[Key::Enter]);
    export(&mut gui);
    go(&mut gui, "1.3.2", Role::Lead);
    type_text(&mut gui, "Jo Lee");
    press(&mut gui, &[Key::Enter]);
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    drop(gui);
    let file = folder.path().join("plan.plandesk");
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), vec![file]);
    settle(&mut again);
    ctrl_shift(&mut again, Key::L);
    click(&mut again, "Changed");
    assert!(sees(&again, "1 of 34 shown, 33 filtered out"), "what the return holds is not changed");
    assert_eq!(refs(&again), ["1.3", "1.3.2"]);
}

/// The headings from the left.
fn headings(gui: &Gui) -> Vec<String> {
    let all = gui.query_all_by_role(accesskit::Role::ColumnHeader);
    let mut all: Vec<_> = all.filter_map(|node| Some((node.rect().left(), node.accesskit_node().label()?))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, label)| label).collect()
}

#[test]
fn a_column_is_moved_by_its_heading_and_by_the_menu() {
    let mut gui = window();
    let before = (headings(&gui), gui.state().state.workspace.document().clone());
    assert_eq!(before.0[1..4], ["Action", "Start", "End"]);
    let centre = |gui: &Gui, heading: &str| gui.get_by_role_and_label(accesskit::Role::ColumnHeader, heading).rect().center();
    let (from, to) = (centre(&gui, "End"), centre(&gui, "Start") - vec2(20.0, 0.0));
    let button =
        |pos, pressed| Event::PointerButton { pos, button: eframe::egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    for event in [Event::PointerMoved(from), button(from, true), Event::PointerMoved(from.lerp(to, 0.5)), Event::PointerMoved(to)] {
        in_one_frame(&mut gui, vec![event]);
    }
    in_one_frame(&mut gui, vec![button(to, false)]);
    assert_eq!(headings(&gui)[1..4], ["Action", "End", "Start"]);
    assert!(sees(&gui, "End, 1.1.1: Mar-18") && sees(&gui, "Start, 1.1.1: Aug-17"), "the cells came along");
    ctrl(&mut gui, Key::Z);
    assert_eq!((headings(&gui), gui.state().state.workspace.document().clone()), before);
    go(&mut gui, "1.1.1", Role::Start);
    choose_deep(&mut gui, "View", "Columns", "Move column right");
    assert_eq!(headings(&gui)[1..4], ["Action", "End", "Start"]);
    assert_eq!(here(&gui), "Start, 1.1.1", "the cursor stays in its column");
}

#[test]
fn ctrl_and_page_keys_go_from_table_to_table() {
    let mut gui = window();
    let name = |gui: &Gui| gui.state().state.table().map_or("Summary".to_owned(), |table| table.name.clone());
    let first = name(&gui);
    let mut seen = Vec::new();
    for _ in 0..5 {
        ctrl(&mut gui, Key::PageDown);
        seen.push(name(&gui));
    }
    assert_eq!(seen, ["KPIs 2023-24", "KPIs 2021-22", "Progress Tracker", "Summary", first.as_str()]);
    ctrl(&mut gui, Key::PageUp);
    assert_eq!(name(&gui), "Summary");
}

#[test]
fn rows_are_filtered_by_typing_alone() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::L);
    type_text(&mut gui, "doorstep");
    let said = gui.get_by_label_contains("of 34 shown").value().unwrap_or_default();
    assert!(said.contains("filtered out"), "the keyboard is in the filter: {said}");
    assert_eq!(refs(&gui)[..3], ["1.1", "1.1.1", "1.1.2"]);
    press(&mut gui, &[Key::Escape, Key::ArrowDown]);
    assert_ne!(here(&gui), "", "and then in the grid again");
}
