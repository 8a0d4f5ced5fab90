//! The import under review: correcting what a column is and where a table stands, accepting as one step, and remembering it.

use eframe::egui::{Vec2, ViewportEvent, ViewportId};
use plandesk::{
    app::import::{Correct, Extent},
    model::TableKind,
    notes::Code,
};

use super::*;

/// A window whose document's workbook is under review.
fn reviewing(folder: Folder, open: Vec<PathBuf>) -> Gui {
    let mut gui = window_of(folder, Vec::new(), open);
    settle(&mut gui);
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    gui
}

fn import(gui: &Gui) -> &plandesk::app::import::Import {
    gui.state().state.review.import().expect("an import is under review")
}

/// Chooses a role for a column in its drop-down.
fn choose_role(gui: &mut Gui, column: &str, role: &str) {
    let list = format!("Role of column {column},");
    // The keyboard brings it into view.
    gui.get_by_label_contains(&list).focus();
    gui.run();
    gui.get_by_label_contains(&list).click();
    gui.run();
    gui.get_by_role_and_label(accesskit::Role::Button, role).scroll_to_me();
    gui.run();
    gui.get_by_role_and_label(accesskit::Role::Button, role).click();
    gui.run();
}

/// A workbook of one plan with a heading nobody knows.
fn workbook(folder: &Path, name: &str, rows: usize) -> PathBuf {
    let lines = (1..=rows).map(|row| format!("{row},Action number {row},Ann,Zone {row},Complete,01/04/2024\n"));
    let path = folder.join(name);
    std::fs::write(&path, format!("Ref,Action,Lead,Quux,Status,End date\n{}", lines.collect::<String>())).unwrap();
    path
}

#[test]
fn a_role_changed_in_its_drop_down_is_accepted_as_one_step() {
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    let before = gui.state().state.workspace.document().clone();
    assert!(sees(&gui, "Import of sample.xlsx") && sees_part(&gui, "512 cells: 469 in tables, 43 in fields, 0 in notes, 0 unread"));
    assert!(sees(&gui, "Role of column F, Lead officer: Lead officer, sure"));
    choose_role(&mut gui, "F", "Theme or objective");
    assert!(sees(&gui, "Role of column F, Lead officer: Theme or objective, sure"));
    let column = |gui: &Gui| import(gui).became(0).unwrap().columns[5].role;
    assert_eq!(column(&gui), Some(Role::Theme), "the preview follows");
    assert_eq!(*gui.state().state.workspace.document(), before, "the document is as it was until the import is accepted");
    click(&mut gui, "Accept import");
    assert!(gui.state().state.review.import().is_none());
    assert_eq!(plan(&gui).columns[5].role, Some(Role::Theme));
    assert_eq!(gui.state().state.workspace.history().next_undo().unwrap().name, "Import of sample.xlsx");
    let after = gui.state().state.workspace.document().clone();
    ctrl(&mut gui, Key::Z);
    assert_eq!(*gui.state().state.workspace.document(), before);
    assert!(gui.state().state.workspace.history().next_undo().is_none() && !gui.state().state.workspace.is_unsaved());
    ctrl(&mut gui, Key::Y);
    assert_eq!(*gui.state().state.workspace.document(), after);
}

#[test]
fn a_role_is_chosen_with_the_keyboard_alone() {
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    gui.get_by_label_contains("Role of column B,").focus();
    gui.run();
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Owner's own column"), "the list is open");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    assert_eq!(import(&gui).became(0).unwrap().columns[1].role, Some(Role::Theme), "the second in the list");
    let focused = in_focus(&gui).and_then(|node| node.accesskit_node().label());
    assert!(
        focused.as_ref().is_some_and(|label| label.starts_with("Role of column B,")),
        "the keyboard is back at the drop-down: {focused:?}"
    );
    press(&mut gui, &[Key::Enter, Key::ArrowUp, Key::Escape]);
    assert_eq!(import(&gui).became(0).unwrap().columns[1].role, Some(Role::Theme));
    assert!(!sees(&gui, "Owner's own column"));
}

#[test]
fn an_extent_a_kind_and_a_table_left_out_are_corrected_from_the_panel() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 6)]);
    let rows = |gui: &Gui| import(gui).became(0).map(|table| table.rows.len());
    assert_eq!(rows(&gui), Some(6));
    click(&mut gui, "Last row, one less");
    assert_eq!(rows(&gui), Some(5));
    assert!(sees(&gui, "Last row: 6") && sees(&gui, "1 note from this reading"), "what is cut off is a note");
    click(&mut gui, "Last column, one less");
    assert_eq!(import(&gui).became(0).unwrap().columns.len(), 5);
    gui.get_by_label("Kind of table: Plan").click();
    gui.run();
    gui.get_by_role_and_label(accesskit::Role::Button, "Register").click();
    gui.run();
    assert_eq!(import(&gui).became(0).unwrap().kind, TableKind::Register);
    click(&mut gui, "Undo its corrections");
    assert_eq!((rows(&gui), import(&gui).became(0).unwrap().kind), (Some(6), TableKind::Plan));
    click(&mut gui, "Leave this table out");
    assert_eq!(rows(&gui), None);
    assert!(sees(&gui, "This table is left out. Its cells are kept in notes."));
    click(&mut gui, "Accept import");
    assert!(gui.state().state.review.import().is_some(), "there is nothing to accept");
    click(&mut gui, "Take this table in again");
    assert_eq!(rows(&gui), Some(6));
}

#[test]
fn the_frame_of_a_table_can_be_dragged() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 6)]);
    let (last, wanted) = (gui.get_by_label("B7: Action number 6").rect(), gui.get_by_label("B4: Action number 3").rect());
    gui.drag_at(last.center_bottom());
    gui.run();
    gui.hover_at(wanted.center());
    gui.run();
    gui.drop_at(wanted.center());
    gui.run();
    assert_eq!(import(&gui).tables[0].outline.last, (3, 5));
    assert_eq!(import(&gui).became(0).unwrap().rows.len(), 3);
}

#[test]
fn a_row_of_the_preview_and_its_sheet_row_are_shown_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 60)]);
    click_containing(&mut gui, "Preview row 5:");
    assert_eq!(import(&gui).look.cell, Some((5, 0)));
    click(&mut gui, "B3: Action number 2");
    assert_eq!(import(&gui).look.cell, Some((2, 1)));
    let selected = gui.get_by_label_contains("Preview row 2:");
    assert_eq!(selected.accesskit_node().is_selected(), Some(true));
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowRight]);
    assert_eq!(import(&gui).look.cell, Some((4, 2)), "the arrow keys move over the sheet");
    press(&mut gui, &[Key::PageDown, Key::PageDown]);
    let (row, _) = import(&gui).look.cell.unwrap();
    assert!(row > 15 && sees(&gui, &format!("C{}: Ann", row + 1)), "and it scrolls along, a page at a time: {row}");
}

#[test]
fn cancel_leaves_all_as_it_was() {
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    let before = gui.state().state.workspace.document().clone();
    choose_role(&mut gui, "B", "Description");
    gui.state_mut().state.run(Command::Edit(EditCommand::Undo));
    gui.run();
    assert!(sees(&gui, "Accept or cancel the import first"), "the document waits");
    let others = [
        Command::Row(RowCommand::AddAction),
        Command::Row(RowCommand::Duplicate),
        Command::Row(RowCommand::RenumberRefs),
        Command::Row(RowCommand::AddUpdate("x".to_owned())),
        Command::View(ViewCommand::FoldAll),
    ];
    for command in others {
        gui.state_mut().state.run(Command::Help(HelpCommand::Say(String::new())));
        gui.state_mut().state.run(command.clone());
        gui.run();
        assert!(sees(&gui, "Accept or cancel the import first"), "{} waits too", command.text());
    }
    click(&mut gui, "Cancel import");
    assert!(sees(&gui, "Import cancelled; the document is as it was"));
    assert_eq!(*gui.state().state.workspace.document(), before);
    assert!(!gui.state().state.workspace.is_unsaved() && gui.state().state.review.import().is_none());
}

#[test]
fn edits_that_would_be_replaced_are_said_before() {
    let warning = "This document was edited since it was read. Accepting replaces those edits; undo brings them back.";
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    assert!(!sees(&gui, warning));
    click(&mut gui, "Cancel import");
    go(&mut gui, "1.1.1", Role::Action);
    ctrl(&mut gui, Key::Plus);
    let edited = gui.state().state.workspace.document().clone();
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    assert!(sees(&gui, warning));
    click(&mut gui, "Accept import");
    assert_ne!(*gui.state().state.workspace.document(), edited);
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    assert!(!sees(&gui, warning), "what was just read is not edited");
    click(&mut gui, "Cancel import");
    ctrl(&mut gui, Key::Z);
    assert_eq!(*gui.state().state.workspace.document(), edited);
}

#[test]
fn a_pasted_table_is_reviewed_and_added() {
    let mut gui = window();
    click(&mut gui, "Summary");
    let tables = gui.state().state.workspace.document().tables.len();
    gui.event(Event::Paste("Ref\tAction\tStatus\n9.1\tMow the green\tComplete\n9.2\tPaint the gate\tNot started".to_owned()));
    settle(&mut gui);
    assert!(sees(&gui, "Import of Pasted table"));
    click(&mut gui, "Accept import");
    assert_eq!(gui.state().state.workspace.document().tables.len(), tables + 1);
    assert_eq!(gui.state().state.workspace.document().tables[tables].rows.len(), 2);
    ctrl(&mut gui, Key::Z);
    assert_eq!(gui.state().state.workspace.document().tables.len(), tables);
    // Asked for in the menu, with the grid in focus.
    choose(&mut gui, "Edit", "Paste as a table…");
    gui.event(Event::Paste("Ref\tAction\tStatus\n9.1\tMow the green\tComplete".to_owned()));
    settle(&mut gui);
    assert!(sees(&gui, "Import of Pasted table"));
}

#[test]
fn tables_of_another_workbook_are_added() {
    let mut gui = window_of(Folder::nowhere(), vec![RECOMMENDATIONS.into()], Vec::new());
    let tables = gui.state().state.workspace.document().tables.len();
    choose(&mut gui, "File", "Add tables from a workbook…");
    settle(&mut gui);
    gui.run();
    settle(&mut gui);
    assert!(sees(&gui, "Import of recommendations.xlsx"));
    click(&mut gui, "Accept import");
    assert_eq!(gui.state().state.workspace.document().tables.len(), tables + 1);
}

#[test]
fn a_mapping_is_remembered_applied_and_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let folder = || Folder::at(&home.path().join("config"));
    let mut gui = reviewing(folder(), vec![workbook(home.path(), "Spring.csv", 4)]);
    choose_role(&mut gui, "D", "Theme or objective");
    assert!(gui.state().state.review.import().unwrap().remember.as_deref() == Some("Spring"));
    click(&mut gui, "Accept import");
    drop(gui);
    let autumn = workbook(home.path(), "Autumn.csv", 9);
    let mut gui = window_of(folder(), Vec::new(), vec![autumn.clone()]);
    settle(&mut gui);
    let theme = |gui: &Gui| plan(gui).columns[3].role;
    assert_eq!((theme(&gui), plan(&gui).rows.len()), (Some(Role::Theme), 9));
    assert!(gui.state().state.workspace.notes().any(|note| note.code == Code::MappingApplied && note.message.contains("“Spring”")));
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    assert!(sees(&gui, "Read by the mapping “Spring”"));
    click(&mut gui, "Forget this mapping");
    assert!(!sees(&gui, "Read by the mapping “Spring”"));
    click(&mut gui, "Cancel import");
    drop_on(&mut gui, &[&autumn]);
    assert_ne!(theme(&gui), Some(Role::Theme));
}

#[test]
fn a_reading_that_is_a_guess_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Words.csv");
    std::fs::write(&path, "one line of words\nanother line of words\n").unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path]);
    settle(&mut gui);
    assert!(sees(&gui, "Some columns are guesses: check them in Review import (Ctrl+I)"));
}

#[test]
fn every_control_of_the_review_is_reached_with_tab() {
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    let mut seen = Vec::new();
    for _ in 0..120 {
        press(&mut gui, &[Key::Tab]);
        let focused = in_focus(&gui).and_then(|node| node.accesskit_node().label());
        seen.extend(focused);
    }
    for part in
        ["Accept import", "Cancel import", "Role of column H", "Last row, one less", "Kind of table", "Sheet Action Plan", "as it is"]
    {
        assert!(seen.iter().any(|label| label.contains(part)), "{part} in {seen:?}");
    }
}

#[test]
fn a_large_workbook_is_read_again_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Large.csv", 2000)]);
    let mut extent = import(&gui).tables[0].extent();
    for last in [900, 400] {
        extent = Extent { last: (last, extent.last.1), ..extent };
        gui.state_mut().state.run(Command::Import(ImportCommand::Correct(0, Correct::Extent(extent))));
    }
    until(&mut gui, "it is read again", |gui| import(gui).is_up_to_date());
    assert_eq!(import(&gui).became(0).unwrap().rows.len(), 400, "the newest correction counts");
}

#[test]
fn nothing_is_drawn_over_the_edge_of_a_small_window() {
    let mut gui = reviewing(Folder::nowhere(), Vec::new());
    gui.set_size(Vec2::new(1280.0, 720.0));
    gui.run();
    for label in ["Accept import", "Cancel import", "Leave this table out", "Headings from, one more", "Kind of table: Plan"] {
        let rect = gui.get_by_label(label).rect();
        assert!(rect.right() <= 1280.0 && rect.bottom() <= 720.0, "{label} at {rect}");
    }
}

/// A plan with a list below it, which the program reads as rows of the plan or as nothing.
fn with_a_list(folder: &Path, name: &str, owed: usize) -> PathBuf {
    let path = folder.join(name);
    let owed: String = (1..=owed).map(|at| format!("Bob,Hedge {at},June\n")).collect();
    let plan = "Ref,Action,Lead,Status\n1,Build the hall,Ann,Complete\n2,Plant the verge,Bob,Not started\n";
    std::fs::write(&path, format!("{plan}JournalWriter,Thing kept,Until\n{owed}")).unwrap();
    path
}

/// Selects cells of the sheet by dragging from one to another.
fn drag(gui: &mut Gui, from: &str, to: &str) {
    let (from, to) = (gui.get_by_label(from).rect(), gui.get_by_label(to).rect());
    gui.drag_at(from.center());
    gui.run();
    gui.hover_at(to.center());
    gui.run();
    gui.drop_at(to.center());
    gui.run();
}

fn focused(gui: &Gui) -> String {
    let focused = in_focus(gui);
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

/// Tab until something with these words has the keyboard.
fn tab_to(gui: &mut Gui, words: &str) {
    for _ in 0..120 {
        press(gui, &[Key::Tab]);
        if focused(gui).contains(words) {
            return;
        }
    }
    unreachable!("Tab does not lead to {words}");
}

/// How many rows each table under review became.
fn rows(gui: &Gui) -> Vec<usize> {
    (0..import(gui).tables.len()).map(|table| import(gui).became(table).map_or(0, |table| table.rows.len())).collect()
}

#[test]
fn a_table_is_drawn_removed_and_remembered() {
    let home = tempfile::tempdir().unwrap();
    let folder = || Folder::at(&home.path().join("config"));
    let mut gui = reviewing(folder(), vec![with_a_list(home.path(), "Spring.csv", 3)]);
    let before = rows(&gui);
    assert_eq!(import(&gui).tables.len(), 1, "the list is not seen for a table");
    drag(&mut gui, "A4: JournalWriter", "C7: June");
    assert!(sees(&gui, "A4 to C7"));
    assert_eq!(gui.get_by_label("B6: Hedge 2").accesskit_node().is_selected(), Some(true));
    click(&mut gui, "Read as a table");
    assert_eq!(rows(&gui), [2, 3], "the plan ends where the list begins");
    assert!(sees_part(&gui, "2 tables from 1 sheet") && sees(&gui, "Role of column B, Thing kept: Owner's own column, guess"));
    assert!(sees_part(&gui, "Preview row 3: Row, JournalWriter Bob, Thing kept Hedge 3, Until June"));
    assert_eq!(import(&gui).reading.accounted.unread, 0);
    click(&mut gui, "Remove this table");
    assert_eq!(rows(&gui), before, "the plan has its rows back");
    assert!(!gui.state().state.review.is_unaccepted(), "and all is as it was read");
    drag(&mut gui, "A4: JournalWriter", "C7: June");
    click(&mut gui, "Read as a table");
    choose_role(&mut gui, "B", "Description");
    click(&mut gui, "Accept import");
    assert_eq!(gui.state().state.workspace.document().tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [2, 3]);
    ctrl(&mut gui, Key::Z);
    assert_eq!(gui.state().state.workspace.document().tables.len(), 1, "one step");
    drop(gui);
    let mut gui = reviewing(folder(), vec![with_a_list(home.path(), "Autumn.csv", 5)]);
    assert_eq!(gui.state().state.workspace.document().tables.len(), 2, "it is read so when it is opened");
    assert!(sees(&gui, "Read by the mapping “Spring”"));
    assert_eq!((rows(&gui), import(&gui).became(1).unwrap().columns[1].role), (vec![2, 5], Some(Role::Description)));
    click(&mut gui, "Register, row 4 5");
    click(&mut gui, "Remove this table");
    assert_eq!(rows(&gui), [before[0] + 2], "the plan has its rows back here too");
}

#[test]
fn a_table_is_drawn_with_the_keyboard_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![with_a_list(home.path(), "Spring.csv", 3)]);
    press(&mut gui, &[Key::F6]);
    assert!(focused(&gui).contains("as it is"));
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown]);
    assert!(import(&gui).look.from.is_none());
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowRight, Key::ArrowRight] {
        held(&mut gui, Modifiers::SHIFT, key);
    }
    assert!(sees(&gui, "A4 to C7"));
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "A4 to C7"), "Escape ends the selection");
    held(&mut gui, Modifiers::SHIFT, Key::Home);
    for _ in 0..3 {
        held(&mut gui, Modifiers::SHIFT, Key::ArrowUp);
    }
    assert!(sees(&gui, "A4 to C7"));
    tab_to(&mut gui, "Read as a table");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(rows(&gui), [2, 3]);
    assert_eq!(focused(&gui), "A4: JournalWriter", "the keyboard is back in the sheet, at the table");
}

#[test]
fn cells_that_are_no_table_are_said_to_be_none() {
    let home = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![with_a_list(home.path(), "Spring.csv", 3)]);
    let before = import(&gui).tables.clone();
    assert!(gui.get_by_label("Read as a table").accesskit_node().is_disabled(), "nothing is selected yet");
    click(&mut gui, "A7: Bob");
    press(&mut gui, &[Key::ArrowDown]);
    held(&mut gui, Modifiers::SHIFT, Key::ArrowDown);
    click(&mut gui, "Read as a table");
    assert!(sees(&gui, "No table can be read there: select its headings and at least one row below them"));
    assert_eq!(import(&gui).tables, before);
}

#[test]
fn the_other_workbooks_of_a_document_are_one_click_away() {
    let mut gui = reviewing(Folder::nowhere(), vec![SAMPLE.into(), RECOMMENDATIONS.into()]);
    assert!(sees(&gui, "Import of sample.xlsx") && sees_part(&gui, "workbook 1 of 2"));
    click(&mut gui, "recommendations.xlsx");
    settle(&mut gui);
    assert!(
        sees(&gui, "Import of recommendations.xlsx") && sees_part(&gui, "workbook 2 of 2"),
        "nothing was corrected, so nothing is asked"
    );
    let tables = gui.state().state.workspace.document().tables.len();
    choose_role(&mut gui, "A", "Description");
    click(&mut gui, "sample.xlsx");
    assert!(sees(&gui, "Discard your corrections?"));
    press(&mut gui, &[Key::Escape]);
    assert!(import(&gui).is_corrected() && sees(&gui, "Import of recommendations.xlsx"));
    click(&mut gui, "sample.xlsx");
    click(&mut gui, "Discard");
    settle(&mut gui);
    assert!(sees(&gui, "Import of sample.xlsx") && !import(&gui).is_corrected());
    click(&mut gui, "Accept import");
    assert_eq!(gui.state().state.workspace.document().tables.len(), tables, "the other workbook's tables stay");
}

#[test]
fn workbooks_to_be_added_are_reviewed_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["North.csv", "South.csv"].map(|name| workbook(folder.path(), name, 3));
    let mut gui = window();
    let tables = gui.state().state.workspace.document().tables.len();
    gui.state_mut().state.run(Command::Import(ImportCommand::AddFiles(paths.to_vec())));
    settle(&mut gui);
    assert!(sees(&gui, "Import of North.csv") && sees_part(&gui, "then 1 more workbook"));
    click(&mut gui, "Accept import");
    settle(&mut gui);
    assert!(sees(&gui, "Import of South.csv") && !sees_part(&gui, "more workbook"));
    click(&mut gui, "Accept import");
    assert_eq!(gui.state().state.workspace.document().tables.len(), tables + 2);
}

#[test]
fn corrections_are_asked_about_before_they_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    type Leave = fn(&mut Gui, PathBuf);
    let leaves: [(&str, Leave); 4] = [
        ("another file", |gui, path| drop_on(gui, &[&path])),
        ("the sample", |gui, _| choose(gui, "File", "Open the sample plan")),
        ("a table pasted", |gui, _| gui.event(Event::Paste("Ref\tAction\tStatus\n1\tMow\tComplete".to_owned()))),
        ("another workbook's tables", |gui, path| gui.state_mut().state.run(Command::Import(ImportCommand::AddFiles(vec![path])))),
    ];
    for (what, leave) in leaves {
        let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 6)]);
        click(&mut gui, "Last row, one less");
        let other = workbook(folder.path(), "Other.csv", 2);
        leave(&mut gui, other.clone());
        gui.run();
        assert!(sees(&gui, "Discard your corrections?"), "{what}");
        click(&mut gui, "Keep reviewing");
        assert_eq!(rows(&gui), [5], "{what}");
        leave(&mut gui, other);
        gui.run();
        // With the keyboard in it, Enter means that button and no other.
        tab_to(&mut gui, "Discard");
        press(&mut gui, &[Key::Enter]);
        settle(&mut gui);
        assert!(gui.state().state.review.import().is_none_or(|import| import.name != "Zones.csv"), "{what}");
        assert!(!sees(&gui, "Discard your corrections?") && gui.state().state.prompts.failed().is_none(), "{what}");
    }
}

#[test]
fn closing_asks_about_corrections_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 6)]);
    click(&mut gui, "Last row, one less");
    ctrl(&mut gui, Key::Q);
    assert!(sees(&gui, "Discard your corrections?") && !gui.state().state.tasks.is_closing());
    press(&mut gui, &[Key::Enter]);
    assert!(!gui.state().state.tasks.is_closing() && import(&gui).is_corrected());
    let root = gui.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
    root.events.push(ViewportEvent::Close);
    gui.run();
    assert!(sees(&gui, "Discard your corrections?"), "the window's own button asks too");
    click(&mut gui, "Keep reviewing");
    click(&mut gui, "Undo its corrections");
    gui.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    gui.step();
    assert!(gui.state().state.tasks.is_closing(), "nothing is asked when nothing is corrected");
}

#[test]
fn a_pasted_table_is_not_lost_without_asking() {
    let mut gui = window();
    click(&mut gui, "Summary");
    gui.event(Event::Paste("Ref\tAction\tStatus\n1\tMow\tComplete".to_owned()));
    settle(&mut gui);
    choose(&mut gui, "File", "Open the sample plan");
    assert!(sees(&gui, "Discard this import?"));
}

#[test]
fn the_preview_is_walked_through_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 60)]);
    tab_to(&mut gui, "Preview of Zones: 60 rows");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown]);
    assert_eq!(import(&gui).look.cell, Some((3, 0)));
    assert_eq!(gui.get_by_label_contains("Preview row 3:").accesskit_node().is_selected(), Some(true));
    assert_eq!(gui.get_by_label("A4: 3").accesskit_node().is_selected(), Some(true), "its sheet row is shown with it");
    press(&mut gui, &[Key::End]);
    assert!(sees_part(&gui, "Preview row 60:") && sees(&gui, "A61: 60"), "and both scroll along");
    press(&mut gui, &[Key::PageUp, Key::ArrowUp, Key::F6]);
    assert_eq!((focused(&gui), import(&gui).look.cell), ("A52: 51".to_owned(), Some((51, 0))));
    press(&mut gui, &[Key::F6]);
    assert!(focused(&gui).starts_with("Preview row 51: Action, Ref 51"));
}

#[test]
fn accepting_one_workbook_keeps_what_was_noticed_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("Odd.csv");
    std::fs::write(&other, "Ref,Action,Status\n1,Mow,Complete\n2,Sow,Complete\n\n\nNote: kept by the clerk\n").unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![workbook(folder.path(), "Zones.csv", 6), other]);
    let unplaced = |gui: &Gui| gui.state().state.workspace.read_notes().iter().filter(|note| note.place.table.is_none()).count();
    let before = unplaced(&gui);
    assert!(before > 0, "the other workbook has a note that is in no table");
    click(&mut gui, "Last row, one less");
    click(&mut gui, "Accept import");
    assert_eq!(unplaced(&gui), before + 1, "with one for the row that was cut off");
}

#[test]
fn long_names_leave_room_for_the_buttons() {
    let home = tempfile::tempdir().unwrap();
    let name = format!("{}.csv", "Neighbourhoods and communities strategy action plan ".repeat(4));
    let mut gui = reviewing(Folder::at(&home.path().join("config")), vec![workbook(home.path(), &name, 6), SAMPLE.into()]);
    click(&mut gui, "Last row, one less");
    click(&mut gui, "Accept import");
    ctrl(&mut gui, Key::Plus);
    let (pills, address) = (gui.get_by_label_contains("Complete 5").rect(), gui.get_by_label_contains(" (6)").rect());
    assert!(pills.right() <= address.left(), "the status bar has room for a long address");
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    let within = |label: &str| {
        let rect = gui.get_by_label_contains(label).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= 1280.0 && rect.bottom() <= 720.0, "{label} at {rect}");
        rect
    };
    let [name, size, mapping, forget] =
        ["Import of Neighbourhoods", "workbook 1 of 2", "Read by the mapping", "Forget this mapping"].map(within);
    assert!(name.right() <= size.left() && size.right() <= mapping.left() && mapping.right() <= forget.left());
    for label in ["Accept import", "Cancel import", "This document was edited since it was read"] {
        within(label);
    }
}

#[test]
fn the_notes_are_scrolled_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Zones.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Zones").unwrap();
    for (row, cells) in (0..).zip([["Ref", "Action", "Lead", "Status"], ["1", "Dig", "Ann", "Complete"], ["2", "Rake", "Bob", "Complete"]])
    {
        sheet.write_row(row, 0, cells).unwrap();
    }
    for row in 5..65 {
        sheet.insert_note(row, 8, &rust_xlsxwriter::Note::new(format!("Remark number {row}"))).unwrap();
    }
    workbook.save(&path).unwrap();
    let mut gui = reviewing(Folder::nowhere(), vec![path]);
    tab_to(&mut gui, "notes from this reading: the arrow keys scroll");
    let top = |gui: &Gui| gui.get_by_label("Zones!I9").rect().top();
    let before = top(&gui);
    press(&mut gui, &[Key::ArrowDown]);
    let line = top(&gui);
    press(&mut gui, &[Key::PageDown]);
    assert!(line < before && top(&gui) < line - 200.0, "{before}, {line}, {}", top(&gui));
}
