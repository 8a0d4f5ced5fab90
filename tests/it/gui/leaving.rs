//! What leaves the window: the sheet before a return, prints, pictures and the clipboard, without what the workbook hides.

use super::*;

/// A plan with a hidden column, a row hidden by hand, two rows that a filter hides and a hidden sheet; marked on its pages.
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{FilterCondition, Workbook};
    let mut book = Workbook::new();
    let plan = book.add_worksheet().set_name("Action Plan").unwrap();
    plan.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Budget note", "Comment"]).unwrap();
    let statuses = ["Complete", "In progress", "Complete", "Not started", "Complete"];
    for (row, status) in (1..).zip(statuses) {
        let words = [format!("1.{row}"), format!("Plant hedge {row}"), "Jo".into(), status.into(), format!("Secret {row}"), "Seen".into()];
        plan.write_row(row, 0, words).unwrap();
    }
    plan.autofilter(0, 0, 5, 5).unwrap();
    plan.filter_column(3, &FilterCondition::new().add_list_filter("Complete")).unwrap();
    plan.set_row_hidden(3).unwrap();
    plan.set_column_hidden(4).unwrap();
    plan.set_header("&COFFICIAL-SENSITIVE");
    let apart = book.add_worksheet().set_name("Conduct plan").unwrap();
    apart.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Comment"]).unwrap();
    apart.write_row(1, 0, ["C1", "Interview the manager", "Al", "In progress", "Secret"]).unwrap();
    apart.set_very_hidden(true);
    book.save_to_buffer().unwrap()
}

fn opened(folder: &Path, answers: Vec<PathBuf>) -> Gui {
    let path = folder.join("plan.xlsx");
    std::fs::write(&path, workbook()).unwrap();
    let mut gui = window_of(Folder::nowhere(), answers, vec![path]);
    settle(&mut gui);
    gui
}

/// The names of the tables, columns and rows that a return holds.
fn held(path: &Path) -> (Vec<String>, usize, usize) {
    let document = plandesk::app::open::open_files(&[path.to_path_buf()], &[], &|_| true).unwrap().document;
    let names = document.tables.iter().map(|table| table.name.clone()).collect();
    (names, document.tables[0].columns.len(), document.tables[0].rows.len())
}

fn focused(gui: &Gui) -> String {
    let node = in_focus(gui);
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn the_sheet_before_a_return_says_what_is_in_it_and_is_worked_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    go(&mut gui, "1.1", Role::Action);
    ctrl(&mut gui, Key::E);
    for words in [
        "What will be in the return",
        "“Action Plan”: 4 actions",
        "Left out, because it is hidden in the workbook",
        "row 4 of “Action Plan”",
        "the column E (“Budget note”) of “Action Plan”",
        "the sheet “Conduct plan”",
        "rows 3 and 5 of “Action Plan” (2 of its 4 actions)",
        "OFFICIAL-SENSITIVE",
    ] {
        assert!(sees(&gui, words), "{words}");
    }
    // The button that goes on has the keyboard; Tab leads round to the choice.
    assert_eq!(focused(&gui), "Write the return…");
    for _ in 0..14 {
        if focused(&gui) != "With what is hidden in the workbook" {
            press(&mut gui, &[Key::Tab]);
        }
    }
    assert_eq!(focused(&gui), "With what is hidden in the workbook");
    press(&mut gui, &[Key::Space]);
    assert!(sees(&gui, "“Action Plan”: 5 actions") && sees(&gui, "In it, although hidden in the workbook"));
    press(&mut gui, &[Key::Space]);
    for _ in 0..14 {
        if focused(&gui) != "Write the return…" {
            press(&mut gui, &[Key::Tab]);
        }
    }
    assert_eq!(focused(&gui), "Write the return…");
    press(&mut gui, &[Key::Enter]);
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to return.xlsx"));
    assert_eq!(held(&path), (vec!["Action Plan".to_owned()], 5, 4));
    ctrl(&mut gui, Key::E);
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "What will be in the return"));
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(here(&gui), "Action, 1.2", "the keyboard is in the grid again");
}

#[test]
fn what_is_hidden_is_in_a_return_where_that_is_chosen_and_not_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone(), path.clone()]);
    ctrl(&mut gui, Key::E);
    click(&mut gui, "With what is hidden in the workbook");
    click(&mut gui, "Write the return…");
    settle(&mut gui);
    assert_eq!(held(&path), (vec!["Action Plan".to_owned(), "Conduct plan".to_owned()], 6, 5));
    export(&mut gui);
    assert!(sees(&gui, "Exported the return to return.xlsx"), "its own earlier return is replaced unasked");
    assert_eq!(held(&path), (vec!["Action Plan".to_owned()], 5, 4));
}

#[test]
fn what_only_the_window_puts_away_is_in_the_return_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    go(&mut gui, "1.1", Role::Lead);
    choose_deep(&mut gui, "View", "Columns", "Hide column");
    ctrl_shift(&mut gui, Key::L);
    type_text(&mut gui, "hedge 1");
    ctrl(&mut gui, Key::E);
    assert!(sees(&gui, "“Lead officer” of “Action Plan”") && sees(&gui, "the rows of “Action Plan” that its filter here does not show"));
    click(&mut gui, "Write the return…");
    settle(&mut gui);
    assert_eq!(held(&path), (vec!["Action Plan".to_owned()], 5, 4));
}

#[test]
fn another_file_is_replaced_only_when_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::copy(SAMPLE, at("budget.xlsx")).unwrap();
    let before = std::fs::read(at("budget.xlsx")).unwrap();
    let mut gui = window_of(Folder::nowhere(), vec![at("budget.xlsx"), at("budget"), at("other.xlsx"), at("budget.xlsx")], Vec::new());
    export(&mut gui);
    assert!(sees(&gui, "Replace this file?") && sees_part(&gui, "budget.xlsx: a file of this name is already there"));
    click(&mut gui, "Keep working");
    assert_eq!(std::fs::read(at("budget.xlsx")).unwrap(), before);
    export(&mut gui);
    assert!(sees(&gui, "Replace this file?"), "also where the ending is added to the name");
    click(&mut gui, "Export under another name…");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to other.xlsx"));
    assert_eq!(std::fs::read(at("budget.xlsx")).unwrap(), before);
    export(&mut gui);
    click(&mut gui, "Replace it");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to budget.xlsx"));
    assert_ne!(std::fs::read(at("budget.xlsx")).unwrap(), before);
}

#[test]
fn a_return_never_takes_the_place_of_its_own_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone(), folder.path().join("return.xlsx")]);
    let before = std::fs::read(&path).unwrap();
    export(&mut gui);
    assert!(sees_part(&gui, "and a return never takes its place"));
    click(&mut gui, "Export under another name…");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to return.xlsx"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_table_with_hidden_rows_says_so_before_it_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = opened(folder.path(), Vec::new());
    ctrl(&mut gui, Key::P);
    assert!(sees(&gui, "What will be printed") && sees(&gui, "row 4 of “Action Plan”"));
    assert!(!sees_part(&gui, "Conduct plan”: "), "only what is in view");
    click(&mut gui, "Print the pages");
    settle(&mut gui);
    assert!(sees(&gui, "The pages open in what shows PDFs here, which prints them"));
}

#[test]
fn copied_cells_leave_out_what_is_hidden_unless_that_alone_is_selected() {
    let copied = cells::copied;
    let folder = tempfile::tempdir().unwrap();
    let mut gui = opened(folder.path(), Vec::new());
    go(&mut gui, "1.2", Role::Status);
    for key in [Key::ArrowRight, Key::ArrowRight, Key::ArrowDown, Key::ArrowDown] {
        shift(&mut gui, key);
    }
    assert_eq!(copied(&mut gui), "In progress\tSeen\nNot started\tSeen\n");
    assert_eq!(
        gui.state().state.prompts.said(),
        "Copied 4 cells; 5 hidden in the workbook left out, from a plan marked OFFICIAL-SENSITIVE"
    );
    go(&mut gui, "1.3", Role::Action);
    assert_eq!(copied(&mut gui), "Plant hedge 3");
    assert!(gui.state().state.prompts.said().contains("which is hidden in the workbook"), "{}", gui.state().state.prompts.said());
    // Pasted here, hidden cells go with the others, each into its own column.
    go(&mut gui, "1.4", Role::Status);
    for key in [Key::ArrowRight, Key::ArrowRight] {
        shift(&mut gui, key);
    }
    let text = copied(&mut gui);
    assert_eq!(text, "Not started\tSeen\n");
    go(&mut gui, "1.5", Role::Status);
    gui.event(Event::Paste(text));
    gui.run();
    let table = plan(&gui);
    let texts: Vec<&str> = table.rows[4].cells[3..].iter().map(|cell| &*cell.text).collect();
    assert_eq!(texts, ["Not started", "Secret 4", "Seen"]);
}

#[test]
fn the_marking_stands_on_the_summary_and_can_be_changed_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    click(&mut gui, "Summary");
    assert!(sees(&gui, "Protective marking"));
    type_in_field(&mut gui, "OFFICIAL-SENSITIVE", "OFFICIAL");
    // Also while it is still being typed.
    export(&mut gui);
    let read = plandesk::app::open::open_files(&[path], &[], &|_| true).unwrap().document;
    assert_eq!(read.marking.map(|marking| marking.words()).as_deref(), Some("OFFICIAL"));
    ctrl(&mut gui, Key::Z);
    assert_eq!(gui.state().state.workspace.marking(), "OFFICIAL-SENSITIVE");
}

#[test]
fn another_return_is_chosen_and_a_question_is_passed_over_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("exceptions.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    ctrl(&mut gui, Key::E);
    settle(&mut gui);
    click(&mut gui, "Exceptions");
    settle(&mut gui);
    click(&mut gui, "Its pages");
    until(&mut gui, "the pages are shown", |gui| sees(gui, "Preview of the sheet Exceptions"));
    gui.run();
    assert!(sees(&gui, "Preview of the sheet Exceptions") && !sees(&gui, "Preview of the sheet Cover"));
    click(&mut gui, "With what is hidden in the workbook");
    until(&mut gui, "the questions are answered", |gui| sees(gui, "Checklist: 1 to look at"));
    gui.run();
    click(&mut gui, "Checklist: 1 to look at");
    click(&mut gui, "Why “Is what the workbook hides left out?” is passed over");
    type_text(&mut gui, "The board may see it");
    assert!(sees(&gui, "Checklist"), "nothing is left to look at");
    click(&mut gui, "Board return");
    until(&mut gui, "the return is prepared anew", |gui| sees_part(gui, "No, passed over"));
    gui.run();
    click(&mut gui, "Write the return…");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to exceptions.xlsx"));
    let (grids, _) = plandesk::workbook::open("return.xlsx", &std::fs::read(&path).unwrap(), &|_| true).unwrap();
    let notes = grids.iter().find(|grid| grid.sheet == "Notes").unwrap();
    let passed = "Is what the workbook hides left out? No, and it was passed over: The board may see it";
    assert!(notes.rows.iter().any(|row| row.text(0) == passed), "{notes:?}");
}

#[test]
fn a_return_is_exported_as_a_pdf_from_the_menu() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.pdf");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    choose(&mut gui, "File", "Export as PDF…");
    click(&mut gui, "Write the return…");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to return.pdf"));
    let pdf = crate::pdf::read_back::Pdf::read(&std::fs::read(&path).unwrap());
    let words = pdf.page_texts().concat();
    assert!(words.contains("Plant hedge 1") && !words.contains("Secret") && words.contains("OFFICIAL-SENSITIVE"), "{words}");
}
