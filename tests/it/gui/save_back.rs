//! Saving into the owner's own workbook from the window: the receipt, what is refused, what others saved meanwhile, copies, and recovery.

use std::fs;

use plandesk::app::open::open_files;

use super::*;

fn opened(folder: &Path, answers: Vec<PathBuf>) -> (Gui, PathBuf) {
    let path = folder.join("plan.xlsx");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx"), &path).unwrap();
    let mut gui = window_of(Folder::at(&folder.join("config")), answers, vec![path.clone()]);
    settle(&mut gui);
    (gui, path)
}

fn edit(gui: &mut Gui, reference: &str, role: Role, text: &str) {
    go(gui, reference, role);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
}

fn save(gui: &mut Gui) {
    ctrl(gui, Key::S);
    settle(gui);
}

/// What the workbook itself holds.
fn held(path: &Path, reference: &str, role: Role) -> String {
    let document = open_files(&[path.to_path_buf()], &[], &|_| true).unwrap().document;
    let table = document.of_kind(TableKind::Plan).next().unwrap();
    table.cell(&table.rows[position(table, reference).unwrap()], role).unwrap().text.to_string()
}

/// Somebody else saves a cell of it.
fn theirs(path: &Path, reference: &str, role: Role, text: &str) {
    let bytes = fs::read(path).unwrap();
    let opened = open_files(&[path.to_path_buf()], &[], &|_| true).unwrap();
    let mut now = opened.document.clone();
    let table = now.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
    let (row, column) = (position(table, reference).unwrap(), table.role_position(role).unwrap());
    table.rows[row].cells[column] = table.columns[column].enter(text);
    let wanted = plandesk::app::write_back::ToWrite {
        base: &opened.document.tables,
        now: &now,
        outside: &[],
        allowed: plandesk::workbook::patch::Allowed::default(),
        over_theirs: None,
    };
    fs::write(path, plandesk::app::write_back::write_back("plan.xlsx", &bytes, &wanted, &|_| true).unwrap().bytes).unwrap();
}

#[test]
fn an_edit_goes_home_with_a_receipt_and_a_copy_of_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    let before = fs::read(&path).unwrap();
    edit(&mut gui, "1.1.1", Role::Lead, "Tess Ilkley");
    assert_eq!(gui.state().state.workspace.title(), "• plan.xlsx - plandesk");
    save(&mut gui);
    assert_eq!(gui.state().state.workspace.title(), "plan.xlsx - plandesk");
    assert!(sees(&gui, "As in the workbook") && sees_part(&gui, "1 cell written to plan.xlsx, nothing else changed"));
    assert_eq!(held(&path, "1.1.1", Role::Lead), "Tess Ilkley");
    let copy = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let copy: Vec<PathBuf> = copy.filter(|path| path.to_string_lossy().contains("plan (before plandesk, ")).collect();
    assert_eq!((copy.len(), fs::read(&copy[0]).unwrap() == before), (1, true));
    choose(&mut gui, "File", "What was saved…");
    assert!(sees(&gui, "What was saved") && sees_part(&gui, "is now “Tess Ilkley”") && sees_part(&gui, "saved-cells.jsonl"));
    press(&mut gui, &[Key::Enter]);
    let log = fs::read_to_string(folder.path().join("config/saved-cells.jsonl")).unwrap();
    assert!(log.lines().count() == 1 && log.contains("Tess Ilkley"), "{log}");
    ctrl(&mut gui, Key::Z);
    assert_eq!(gui.state().state.workspace.title(), "• plan.xlsx - plandesk", "what was taken back is to be saved again");
    save(&mut gui);
    assert_ne!(held(&path, "1.1.1", Role::Lead), "Tess Ilkley");
    save(&mut gui);
    assert!(sees(&gui, "There was nothing to be saved"));
}

#[test]
fn rows_that_were_added_and_deleted_go_home_and_later_edits_find_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    go(&mut gui, "1.1.1", Role::Action);
    gui.get_all_by_label_contains("Add row below").next().unwrap().click();
    settle(&mut gui);
    type_text(&mut gui, "Sow the verge");
    press(&mut gui, &[Key::Enter]);
    let added = plan(&gui).rows.iter().find(|row| row.cells.iter().any(|cell| &*cell.text == "Sow the verge")).unwrap().cells[0].clone();
    assert!(!added.is_blank(), "a ref is proposed");
    go(&mut gui, "1.2.1", Role::Action);
    ctrl(&mut gui, Key::Minus);
    save(&mut gui);
    assert_eq!(held(&path, &added.text, Role::Action), "Sow the verge");
    let document = open_files(std::slice::from_ref(&path), &[], &|_| true).unwrap().document;
    assert_eq!(position(document.of_kind(TableKind::Plan).next().unwrap(), "1.2.1"), None);
    edit(&mut gui, "2.1.1", Role::Lead, "Wilf Amberley");
    edit(&mut gui, &added.text, Role::Lead, "Tess Ilkley");
    save(&mut gui);
    assert_eq!([held(&path, "2.1.1", Role::Lead), held(&path, &added.text, Role::Lead)], ["Wilf Amberley", "Tess Ilkley"]);
    assert!(sees_part(&gui, "2 cells written to plan.xlsx, nothing else changed"));
}

#[test]
fn what_others_saved_meanwhile_stays_beside_what_was_edited_here() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    edit(&mut gui, "1.1.1", Role::Lead, "Mine");
    theirs(&path, "2.1.1", Role::Lead, "Theirs");
    save(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else") && sees_part(&gui, "is now “Theirs”"));
    assert_eq!(held(&path, "1.1.1", Role::Lead), held(&path, "1.1.1", Role::Lead));
    assert!(sees_part(&gui, "None of them is one that you changed, so both can stay."));
    click(&mut gui, "Keep both");
    settle(&mut gui);
    assert_eq!([held(&path, "1.1.1", Role::Lead), held(&path, "2.1.1", Role::Lead)], ["Mine", "Theirs"]);
    assert_eq!([cell(&gui, "1.1.1", Role::Lead), cell(&gui, "2.1.1", Role::Lead)], ["Mine", "Theirs"]);
    assert_eq!(gui.state().state.workspace.title(), "plan.xlsx - plandesk");
    edit(&mut gui, "1.1.1", Role::Lead, "Later");
    save(&mut gui);
    assert_eq!(held(&path, "1.1.1", Role::Lead), "Later", "its own saves are no changes of others");
}

#[test]
fn a_cell_that_both_changed_is_shown_and_chosen() {
    for (button, expected) in [("Keep both", "Theirs"), ("Keep mine", "Mine")] {
        let folder = tempfile::tempdir().unwrap();
        let (mut gui, path) = opened(folder.path(), Vec::new());
        edit(&mut gui, "1.1.1", Role::Lead, "Mine");
        theirs(&path, "1.1.1", Role::Lead, "Theirs");
        save(&mut gui);
        assert!(sees_part(&gui, "yours “Mine”, theirs “Theirs”"), "{button}");
        click(&mut gui, button);
        settle(&mut gui);
        assert_eq!([held(&path, "1.1.1", Role::Lead), cell(&gui, "1.1.1", Role::Lead)], [expected, expected], "{button}");
    }
}

#[test]
fn theirs_are_taken_as_one_step_that_undo_takes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    edit(&mut gui, "1.1.1", Role::Lead, "Mine");
    theirs(&path, "2.1.1", Role::Lead, "Theirs");
    save(&mut gui);
    click(&mut gui, "Take theirs…");
    click(&mut gui, "Take theirs");
    settle(&mut gui);
    assert_eq!(cell(&gui, "2.1.1", Role::Lead), "Theirs");
    assert_ne!(cell(&gui, "1.1.1", Role::Lead), "Mine");
    ctrl(&mut gui, Key::Z);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Mine");
    save(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else"), "what came back is not what is in the file");
    click(&mut gui, "Keep both");
    settle(&mut gui);
    assert_eq!((held(&path, "1.1.1", Role::Lead).as_str(), held(&path, "2.1.1", Role::Lead).as_str()), ("Mine", "Theirs"));
}

#[test]
fn a_copy_under_another_name_holds_the_edits_and_is_saved_into_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.xlsx");
    let (mut gui, path) = opened(folder.path(), vec![copy.clone()]);
    let before = fs::read(&path).unwrap();
    edit(&mut gui, "1.1.1", Role::Lead, "Tess Ilkley");
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert_eq!((fs::read(&path).unwrap() == before, held(&copy, "1.1.1", Role::Lead).as_str()), (true, "Tess Ilkley"));
    assert_eq!(gui.state().state.workspace.title(), "copy.xlsx - plandesk");
    edit(&mut gui, "2.1.1", Role::Lead, "Wilf Amberley");
    save(&mut gui);
    assert_eq!((fs::read(&path).unwrap() == before, held(&copy, "2.1.1", Role::Lead).as_str()), (true, "Wilf Amberley"));
}

#[test]
fn other_formats_say_what_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    fs::write(&path, "Ref,Action,Lead,Status\n1.1,Sow the field,Tess,Complete\n1.2,Cut the hedge,Wilf,Delayed\n").unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path.clone()]);
    settle(&mut gui);
    edit(&mut gui, "1.1", Role::Lead, "Mine");
    save(&mut gui);
    assert!(sees_part(&gui, "edits can be written only into Excel workbooks (.xlsx, .xlsm)"));
    assert!(gui.state().state.workspace.is_unsaved());
}
