//! What leaves the program: the sheet before a return, prints, pictures and the clipboard, without what the workbook hides.

use super::*;

/// A plan with a hidden column, a row hidden by hand, two rows that a filter hides and a hidden sheet; marked on its pages.
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{FilterCondition, Workbook};
    let mut book = Workbook::new();
    let plan = book.add_worksheet().set_name("Action Plan").unwrap();
    plan.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Comment", "Budget note"]).unwrap();
    let statuses = ["Complete", "In progress", "Complete", "Not started", "Complete"];
    for (row, status) in (1..).zip(statuses) {
        let words =
            [format!("1.{row}"), format!("Plant hedge {row}"), "Jo".to_owned(), status.to_owned(), String::new(), format!("Secret {row}")];
        plan.write_row(row, 0, words).unwrap();
    }
    plan.autofilter(0, 0, 5, 5).unwrap();
    plan.filter_column(3, &FilterCondition::new().add_list_filter("Complete")).unwrap();
    plan.set_row_hidden(3).unwrap();
    plan.set_column_hidden(5).unwrap();
    plan.set_header("&COFFICIAL-SENSITIVE");
    let apart = book.add_worksheet().set_name("Conduct plan").unwrap();
    apart.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Comment"]).unwrap();
    apart.write_row(1, 0, ["C1", "Interview the manager", "Al", "In progress", "Private"]).unwrap();
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

#[test]
fn the_sheet_before_a_return_is_reached_by_keys_and_the_choice_is_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = opened(folder.path(), vec![path.clone()]);
    go(&mut gui, "1.1", Role::Action);
    ctrl(&mut gui, Key::E);
    assert!(sees(&gui, "What will be in the return") && sees(&gui, "“Action Plan”: 4 actions"));
    let focused =
        |gui: &Gui| gui.query_all_by(|node| node.is_focused()).filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>();
    for _ in 0..4 {
        eprintln!("{:?} {:?}", focused(&gui), gui.ctx.memory(|memory| memory.focused()));
        press(&mut gui, &[Key::Tab]);
    }
}
