//! Typing dates, figures and numbers, and what follows at once.

use super::*;
use plandesk::model::{Cell, Value, When};

/// Types over a cell and returns what it then holds.
fn typed(gui: &mut Gui, reference: &str, role: Role, text: &str) -> Cell {
    go(gui, reference, role);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
    let table = gui.state().state.table().unwrap();
    table.cell(&table.rows[position(table, reference).unwrap()], role).unwrap().clone()
}

#[test]
fn dates_are_understood_in_every_form_and_kept_as_typed() {
    let mut gui = window();
    for (text, shown, date) in [
        ("aug-19", "Aug-19", Some("2019-08-01")),
        ("31/3/2019", "31/03/2019", Some("2019-03-31")),
        ("1 May 2019", "1 May 2019", Some("2019-05-01")),
        ("December 2019", "December 2019", Some("2019-12-01")),
        ("2021-22", "2021-22", Some("2021-04-01")),
        ("On-going", "On-going", None),
    ] {
        let cell = typed(&mut gui, "1.1.1", Role::End, text);
        assert_eq!(&*cell.text, shown);
        let first = cell.when().and_then(When::first_day).map(|day| day.to_string());
        assert_eq!(first.as_deref(), date, "{text}");
        assert!(cell.when().is_some() && sees(&gui, &format!("End, 1.1.1: {shown}")), "{text}");
    }
}

#[test]
fn a_date_that_cannot_be_told_is_kept_with_a_note() {
    let mut gui = window();
    let before = gui.state().state.workspace.notes().count();
    let cell = typed(&mut gui, "1.1.1", Role::End, "December 201");
    assert_eq!((&*cell.text, cell.value), ("December 201", Value::Text));
    assert!(sees(&gui, &format!("Notes {}", before + 1)));
    ctrl_shift(&mut gui, Key::M);
    assert!(sees_part(&gui, "“December 201” is not a date that can be told"));
    let node = gui.get_by_label("End, 1.1.1: December 201");
    assert!(node.accesskit_node().description().is_some_and(|words| words.contains("not a date")), "its cell says so too");
    ctrl(&mut gui, Key::Z);
    assert!(!sees_part(&gui, "“December 201”"));
}

#[test]
fn an_end_moved_past_the_review_date_is_no_longer_overdue() {
    let mut gui = window();
    assert!(sees(&gui, "10 lines are past their end date"));
    typed(&mut gui, "1.1.2", Role::End, "Sep-19");
    assert!(sees(&gui, "9 lines are past their end date"));
}

#[test]
fn a_figure_changes_its_rating_and_the_chart_at_once() {
    let mut gui = window();
    click(&mut gui, "KPIs 2023-24 13");
    assert!(sees(&gui, "13 KPIs: 2 green, 3 amber, 5 red, 3 not comparable"));
    assert!(sees_part(&gui, "current 79%, target 90%, off target"));
    let cell = typed(&mut gui, "3", Role::Current, "95%");
    assert_eq!(cell.amount(), Some(0.95));
    assert!(sees(&gui, "13 KPIs: 3 green, 3 amber, 4 red, 3 not comparable"));
    assert!(sees_part(&gui, "current 95%, target 90%, on target"), "the chart follows");
    assert!(gui.query_all_by_label_contains("Current Performance, 3: 95% (On target)").next().is_some());
    for (text, words) in [("82%", "near target"), ("new", "not rated"), ("9%", "off target"), ("", "not rated")] {
        if text.is_empty() {
            go(&mut gui, "3", Role::Current);
            press(&mut gui, &[Key::Delete]);
        } else {
            typed(&mut gui, "3", Role::Current, text);
        }
        let shown = if text.is_empty() { "none" } else { text };
        assert!(sees_part(&gui, &format!("current {shown}, target 90%, {words}")), "{text}");
    }
}

#[test]
fn the_tracker_follows_the_plan() {
    let mut gui = window();
    show_table(&mut gui, "Progress Tracker");
    assert!(sees_part(&gui, "Jan-19: 35 in all") && !sees_part(&gui, "Now: "));
    go(&mut gui, "1.1.2", Role::Status);
    type_text(&mut gui, "c");
    press(&mut gui, &[Key::Enter]);
    show_table(&mut gui, "Progress Tracker");
    assert!(sees_part(&gui, "35 in all, not started 5, minor problems 1, in progress 14, complete 15"));
}

#[test]
fn what_the_workbook_says_of_a_cell_is_kept_and_offered() {
    let extras = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes/29_extras.xlsx");
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![extras.into()]);
    settle(&mut gui);
    let table = plan(&gui);
    let remark = &table.remarks[0];
    let (row, remarked) = (table.position(remark.row).unwrap(), remark.text.to_string());
    let reference = table.cell(&table.rows[row], Role::Ref).unwrap().text.to_string();
    go(&mut gui, &reference, Role::Priority);
    ctrl_shift(&mut gui, Key::D);
    assert!(sees_part(&gui, &remarked), "the note attached in the workbook: {remarked}");
    let grid = plandesk::ui::grid::id();
    gui.ctx.memory_mut(|memory| memory.request_focus(grid));
    gui.run();
    press(&mut gui, &[Key::Delete, Key::F2]);
    assert!(sees(&gui, "Choose High") && sees(&gui, "Choose Low"), "the list of the workbook is offered");
    press(&mut gui, &[Key::ArrowDown, Key::Enter]);
    assert_eq!(cell(&gui, &reference, Role::Priority), "Medium");
    // What is not in the list is put in where it is chosen as it is.
    go(&mut gui, &reference, Role::Priority);
    type_text(&mut gui, "Urgent");
    press(&mut gui, &[Key::ArrowDown, Key::Enter]);
    assert_eq!(cell(&gui, &reference, Role::Priority), "Urgent");
}

#[test]
fn what_is_hidden_in_the_workbook_is_marked() {
    let hidden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes/28_hidden.xlsx");
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![hidden.into()]);
    settle(&mut gui);
    let column = plan(&gui).columns.iter().find(|column| column.hidden).unwrap().heading.to_string();
    assert!(sees(&gui, &format!("{column} (hidden)")), "{column}");
    let row = plan(&gui).rows.iter().find(|row| row.hidden).unwrap();
    let reference = plan(&gui).cell(row, Role::Ref).unwrap().text.to_string();
    go(&mut gui, &reference, Role::Action);
    ctrl_shift(&mut gui, Key::D);
    assert!(sees_part(&gui, "This row is hidden in its workbook"));
}
