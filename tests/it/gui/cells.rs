//! Copying, pasting, clearing and filling many cells, each as one step.

use super::{selection::drag, *};
use plandesk::model::RowKind;

/// Undoes one step, which must give back the document as it was.
fn undone(gui: &mut Gui, before: &Arc<plandesk::model::Document>) {
    ctrl(gui, Key::Z);
    assert!(*gui.state().state.workspace.document() == *before, "one undo takes it back");
}

fn paste(gui: &mut Gui, text: &str) {
    gui.event(Event::Paste(text.to_owned()));
    gui.run();
}

/// The texts copied in the last frame.
pub(crate) fn copied(gui: &mut Gui) -> String {
    gui.event(Event::Copy);
    gui.step();
    let copied = gui.output().platform_output.commands.iter().find_map(|command| match command {
        eframe::egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    gui.run();
    copied.unwrap_or_default()
}

#[test]
fn a_range_is_copied_as_excel_copies_it() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    press(&mut gui, &[Key::F2]);
    held(&mut gui, Modifiers::ALT, Key::Enter);
    type_text(&mut gui, "and \"Tess\"");
    press(&mut gui, &[Key::Tab, Key::ArrowLeft]);
    shift(&mut gui, Key::ArrowRight);
    shift(&mut gui, Key::ArrowDown);
    shift(&mut gui, Key::ArrowDown);
    shift(&mut gui, Key::ArrowDown);
    let text = copied(&mut gui);
    assert!(text.starts_with("\"Community Life Manager\nand \"\"Tess\"\"\"\tComplete\n"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains('\t')).count(), 4, "the group between has no such cells: {text}");
    let (table, area) = gui.state().state.area().unwrap();
    let (columns, rows): (Vec<usize>, Vec<usize>) = (area.columns.clone().collect(), area.lines(table).collect());
    let html = plandesk::app::range::html::write(table, &columns, &rows, &|_, _| false);
    assert!(html.contains("background:#00B0F0") && html.contains("<br") && html.contains("&quot;Tess&quot;"), "{html}");
}

#[test]
fn a_block_is_read_by_its_columns_and_is_one_step() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Start);
    paste(&mut gui, "1/4/2019\tDec-19\t\"two\nlines\"\tTess\tg\r\nsoon\t2020-21\n");
    assert_eq!(cell(&gui, "1.1.1", Role::Start), "01/04/2019");
    assert_eq!(cell(&gui, "1.1.1", Role::End), "Dec-19");
    assert_eq!(cell(&gui, "1.1.1", Role::Measure), "two\nlines");
    assert_eq!(cell(&gui, "1.1.1", Role::Status), "In progress");
    assert_eq!((cell(&gui, "1.1.2", Role::Start), cell(&gui, "1.1.2", Role::Lead)), ("soon".to_owned(), String::new()));
    assert!(sees(&gui, "Paste 10 cells; 1 cell was kept as text"), "{}", gui.state().state.prompts.said());
    assert!(sees(&gui, "10 cells selected"), "what was pasted is selected");
    undone(&mut gui, &before);
}

#[test]
fn one_value_fills_a_selection_and_a_block_repeats() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Status);
    ctrl_shift(&mut gui, Key::ArrowDown);
    paste(&mut gui, "Complete");
    let count = plan(&gui).rows.iter().filter(|row| plan(&gui).cell(row, Role::Status).is_some_and(|cell| &*cell.text == "Complete"));
    assert_eq!(count.count(), 35);
    assert!(sees(&gui, "Complete 35"));
    undone(&mut gui, &before);
    go(&mut gui, "1.2.2", Role::Lead);
    for _ in 0..4 {
        shift(&mut gui, Key::ArrowDown);
    }
    let lines: Vec<usize> = gui.state().state.area().map(|(table, area)| area.lines(table).collect()).unwrap();
    assert_eq!(lines.len(), 4, "the heading between is passed over");
    paste(&mut gui, "A\nB\n");
    let table = plan(&gui);
    let leads: Vec<&str> = lines.iter().map(|&row| &*table.cell(&table.rows[row], Role::Lead).unwrap().text).collect();
    assert_eq!(leads, ["A", "B", "A", "B"]);
    undone(&mut gui, &before);
}

#[test]
fn rows_are_added_where_a_paste_runs_past_the_end() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "4.3.1", Role::Ref);
    paste(&mut gui, "4.3.1\tOne\n4.3.2\tTwo\n4.3.3\tThree\n");
    let table = plan(&gui);
    let last = table.rows.last().unwrap();
    assert_eq!((last.kind, table.name_of(last).as_str(), last.cells.len()), (RowKind::Entry, "4.3.3", table.columns.len()));
    assert!(sees_part(&gui, "; 2 rows were added"));
    assert_eq!(cell(&gui, "4.3.2", Role::Action), "Two");
    undone(&mut gui, &before);
    ctrl(&mut gui, Key::Y);
    assert_eq!(cell(&gui, "4.3.3", Role::Action), "Three");
}

#[test]
fn a_copy_of_a_cell_of_several_lines_is_pasted_into_one() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    press(&mut gui, &[Key::F2]);
    held(&mut gui, Modifiers::ALT, Key::Enter);
    type_text(&mut gui, "and Tess");
    press(&mut gui, &[Key::Enter, Key::ArrowUp]);
    let text = copied(&mut gui);
    assert_eq!(text, "Community Life Manager\nand Tess");
    press(&mut gui, &[Key::ArrowDown]);
    paste(&mut gui, &text);
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), text);
}

#[test]
fn a_selection_is_cleared_and_cut_as_one_step() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Lead);
    shift(&mut gui, Key::ArrowDown);
    shift(&mut gui, Key::ArrowRight);
    press(&mut gui, &[Key::Delete]);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "1.1.2", Role::Status)), (String::new(), String::new()));
    assert!(sees(&gui, "Clear 4 cells"));
    undone(&mut gui, &before);
    gui.event(Event::Cut);
    gui.run();
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "");
    undone(&mut gui, &before);
    assert_eq!(selected(&gui).len(), 4, "what was selected still is");
}

#[test]
fn cells_are_filled_down_and_right() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess");
    press(&mut gui, &[Key::Enter, Key::ArrowUp]);
    shift(&mut gui, Key::ArrowDown);
    ctrl(&mut gui, Key::D);
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Tess");
    go(&mut gui, "1.2.1", Role::Lead);
    ctrl(&mut gui, Key::D);
    assert_eq!(cell(&gui, "1.2.1", Role::Lead), "Tess", "a single cell takes what stands above it, past the heading");
    for _ in 0..3 {
        ctrl(&mut gui, Key::Z);
    }
    assert!(*gui.state().state.workspace.document() == before);
    go(&mut gui, "1.1.1", Role::Start);
    let start = cell(&gui, "1.1.1", Role::Start);
    shift(&mut gui, Key::ArrowRight);
    ctrl(&mut gui, Key::R);
    assert_eq!(cell(&gui, "1.1.1", Role::End), start);
    undone(&mut gui, &before);
}

#[test]
fn the_corner_fills_a_series_from_two_cells_and_copies_one() {
    let mut gui = window();
    show_table(&mut gui, "Progress Tracker");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowRight]);
    for (text, key) in [("10", Key::Enter), ("12", Key::ArrowUp)] {
        type_text(&mut gui, text);
        press(&mut gui, &[Key::Enter]);
        if key == Key::ArrowUp {
            press(&mut gui, &[Key::ArrowUp, Key::ArrowUp]);
        }
    }
    let before = gui.state().state.workspace.document().clone();
    let column = |gui: &Gui| {
        let state = &gui.state().state;
        let (table, area) = state.area().unwrap();
        table.rows.iter().skip(area.rows.start).take(4).map(|row| row.cells[area.columns.start].text.to_string()).collect::<Vec<_>>()
    };
    shift(&mut gui, Key::ArrowDown);
    let handle = gui.get_by_label("Fill handle").rect().center();
    drag(&mut gui, handle, handle + vec2(0.0, 66.0));
    assert_eq!(column(&gui), ["10", "12", "14", "16"]);
    undone(&mut gui, &before);
    press(&mut gui, &[Key::ArrowDown, Key::ArrowUp]);
    let handle = gui.get_by_label("Fill handle").rect().center();
    drag(&mut gui, handle, handle + vec2(0.0, 98.0));
    assert_eq!(column(&gui), ["10", "10", "10", "10"]);
    undone(&mut gui, &before);
}

#[test]
fn a_value_is_put_into_every_selected_cell() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Lead);
    shift(&mut gui, Key::ArrowDown);
    type_text(&mut gui, "Tess");
    ctrl(&mut gui, Key::Enter);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "1.1.2", Role::Lead)), ("Tess".to_owned(), "Tess".to_owned()));
    assert_eq!(selected(&gui).len(), 2);
    undone(&mut gui, &before);
    let today = jiff::Zoned::now().date().strftime("%d/%m/%Y").to_string();
    go(&mut gui, "1.1.1", Role::Start);
    shift(&mut gui, Key::ArrowRight);
    ctrl(&mut gui, Key::Semicolon);
    assert_eq!((cell(&gui, "1.1.1", Role::Start), cell(&gui, "1.1.1", Role::End)), (today.clone(), today.clone()));
    undone(&mut gui, &before);
    go(&mut gui, "1.1.1", Role::Comment);
    press(&mut gui, &[Key::F2]);
    ctrl(&mut gui, Key::A);
    ctrl(&mut gui, Key::Semicolon);
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Comment), today, "in the editor too");
}

#[test]
fn a_field_of_all_selected_rows_is_set_at_once() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    go(&mut gui, "1.1.1", Role::Action);
    shift(&mut gui, Key::ArrowDown);
    gui.get_by_label_contains("Action, 1.1.2").click_secondary();
    gui.run();
    assert!(selected(&gui).len() == 2, "a right click leaves what is selected");
    click_containing(&mut gui, "Set status of selected rows");
    click_containing(&mut gui, "Set to major problems");
    assert_eq!(cell(&gui, "1.1.1", Role::Status), "Major problems");
    assert_eq!(cell(&gui, "1.1.2", Role::Status), "Major problems");
    assert!(sees(&gui, "Set status of 2 rows"));
    undone(&mut gui, &before);
    choose(&mut gui, "Row", "Set lead of selected rows…");
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "1.1.2", Role::Lead)), ("Tess Ilkley".into(), "Tess Ilkley".into()));
    undone(&mut gui, &before);
    choose(&mut gui, "Row", "Move dates of selected rows…");
    click(&mut gui, "Move dates");
    assert_eq!(cell(&gui, "1.1.2", Role::End), "Oct-18", "a month on from Sep-18");
    undone(&mut gui, &before);
    choose(&mut gui, "Row", "Move dates of selected rows…");
    ctrl(&mut gui, Key::A);
    type_text(&mut gui, "-2");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.2", Role::End), "Jul-18");
    undone(&mut gui, &before);
    choose(&mut gui, "Row", "Move dates of selected rows…");
    press(&mut gui, &[Key::Escape]);
    assert!(*gui.state().state.workspace.document() == before && !sees(&gui, "Move dates"));
}

#[test]
fn all_selected_rows_are_deleted_at_once() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    let rows = plan(&gui).rows.len();
    go(&mut gui, "1.1.1", Role::Lead);
    held(&mut gui, Modifiers::SHIFT, Key::Space);
    shift(&mut gui, Key::ArrowDown);
    ctrl(&mut gui, Key::Minus);
    assert_eq!(plan(&gui).rows.len(), rows - 2);
    assert!(sees(&gui, "Delete 2 rows") && here(&gui) == "Action, 1.2");
    undone(&mut gui, &before);
}

#[test]
fn what_is_out_of_sight_is_neither_copied_nor_written_over() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Not started");
    let not_started = |gui: &Gui| {
        let table = plan(gui);
        table.rows.iter().filter(|row| table.status_of(row) == Some(plandesk::model::Status::NotStarted)).count()
    };
    let count = not_started(&gui);
    let reference = plan(&gui).rows.iter().find(|row| plan(&gui).status_of(row) == Some(plandesk::model::Status::NotStarted)).unwrap();
    let reference = plan(&gui).cell(reference, Role::Ref).unwrap().text.to_string();
    go(&mut gui, &reference, Role::Status);
    ctrl(&mut gui, Key::Space);
    assert_eq!(copied(&mut gui).lines().count(), count);
    let before = gui.state().state.workspace.document().clone();
    paste(&mut gui, "Major problems");
    assert_eq!(not_started(&gui), 0);
    let changed = plan(&gui).rows.iter().zip(&before.of_kind(TableKind::Plan).next().unwrap().rows).filter(|(now, then)| now != then);
    assert_eq!(changed.count(), count, "only what was seen");
}
