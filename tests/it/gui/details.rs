//! The details of an action: its fields, its comment as a log, its KPIs, and what was changed.

use super::*;

/// A window with the details of an action in view.
fn details_of(reference: &str) -> Gui {
    let mut gui = window();
    go(&mut gui, reference, Role::Status);
    ctrl_shift(&mut gui, Key::D);
    assert!(sees(&gui, &format!("Action {reference}")));
    gui
}

fn field(gui: &Gui, value: &str) -> eframe::egui::Rect {
    gui.get_all_by_role(accesskit::Role::TextInput).find(|node| node.value().as_deref() == Some(value)).unwrap().rect()
}

#[test]
fn short_fields_are_typed_in_the_details_and_long_ones_lead_to_their_cell() {
    let mut gui = details_of("1.1.2");
    assert!(field(&gui, "Sep-18").left() > 900.0);
    type_in_field(&mut gui, "Sep-18", "Sep-19");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::End), "Sep-19");
    assert!(sees(&gui, "9 lines are past their end date"));
    type_in_field(&mut gui, "Sep-19", "Sep-20");
    press(&mut gui, &[Key::Escape]);
    assert_eq!(cell(&gui, "1.1.2", Role::End), "Sep-19");
    click(&mut gui, "Extend Doorstep Hosts to more streets");
    assert_eq!(here(&gui), "Action, 1.1.2");
}

#[test]
fn the_comment_is_a_log_with_the_newest_on_top() {
    let gui = details_of("2.3.3");
    let (dated, before) = (gui.get_by_label("28/01/19").rect(), gui.get_by_label("Before the first date").rect());
    assert!(dated.bottom() <= before.top());
}

#[test]
fn an_update_is_dated_appended_and_undone_in_one_step() {
    let mut gui = details_of("2.3.3");
    let (before, cursor) = (cell(&gui, "2.3.3", Role::Comment), gui.state().state.view.cursor());
    ctrl_shift(&mut gui, Key::U);
    assert!(sees(&gui, "New update"));
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "New update") && !gui.state().state.workspace.is_unsaved());
    ctrl_shift(&mut gui, Key::U);
    in_one_frame(&mut gui, vec![Event::Text("The hall is in the plans".to_owned()), down(Key::Enter)]);
    let after = cell(&gui, "2.3.3", Role::Comment);
    let today = jiff::Zoned::now().date().strftime("%d/%m/%y").to_string();
    assert_eq!(after, format!("{before}\n{today} The hall is in the plans"));
    assert_eq!(gui.state().state.view.cursor(), cursor, "none of the keys reached the grid");
    assert!(!sees_part(&gui, "Editing "));
    assert!(sees(&gui, &today) && sees(&gui, "28/01/19"), "the new entry stands beside the old");
    assert!(sees_part(&gui, "Comment: added") && sees(&gui, "Add an update to 2.3.3"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(cell(&gui, "2.3.3", Role::Comment), before);
    assert!(sees(&gui, "None since it was opened"));
}

#[test]
fn changes_are_listed_with_what_stood_there_before() {
    let mut gui = details_of("1.1.2");
    assert!(sees(&gui, "None since it was opened"));
    go(&mut gui, "1.1.2", Role::Lead);
    for name in ["Tess", "Owen"] {
        type_text(&mut gui, name);
        press(&mut gui, &[Key::Escape]);
        type_text(&mut gui, name);
        press(&mut gui, &[Key::Tab]);
        press(&mut gui, &[Key::ArrowLeft]);
    }
    let (last, first) = ("Lead officer: “Tess” → “Owen”", "Lead officer: “Community Life Manager” → “Tess”");
    assert!(gui.get_by_label(last).rect().top() < gui.get_by_label(first).rect().top(), "the latest first");
}

#[test]
fn linked_kpis_are_one_click_away() {
    let mut gui = details_of("1.1.2");
    assert!(sees(&gui, "No linked KPIs"));
    go(&mut gui, "1.1.2", Role::Measure);
    type_text(&mut gui, "Feeds KPI3");
    press(&mut gui, &[Key::Tab]);
    assert!(!sees(&gui, "No linked KPIs"));
    click_containing(&mut gui, "3 Share of young people leaving care whose pathway plan is current: 79%");
    assert!(here(&gui).starts_with("Current Performance, 3"));
}

#[test]
fn a_tolerance_that_cannot_be_told_leaves_a_kpi_unrated_until_a_rule_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kpis.csv");
    let kpis = "Ref,KPI,Target,Current,Tolerance\nK1,Homes let,420,400,a bit\nK2,Homes built,9000,8600,500\n";
    std::fs::write(&path, kpis).unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path]);
    settle(&mut gui);
    ctrl_shift(&mut gui, Key::D);
    go(&mut gui, "K2", Role::Current);
    assert!(sees_part(&gui, "8600 falls short of the target of 9000 by 400, within the 500 allowed"));
    assert!(!gui.state().state.workspace.is_unsaved(), "a rule that is shown is not changed by it");
    go(&mut gui, "K1", Role::Current);
    assert!(sees_part(&gui, "The tolerance “a bit” is not one amount"));
    click(&mut gui, "Rate by this rule");
    assert!(sees_part(&gui, "400 falls short of the target of 420 by 4.76% of it, within the 10% allowed"));
    ctrl(&mut gui, Key::Z);
    assert!(sees_part(&gui, "The tolerance “a bit” is not one amount"));
}
