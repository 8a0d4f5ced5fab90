//! The document's file while it is open: changed by others, moved, deleted, and open in two windows.

use std::fs;

use plandesk::app::open::open_files;

use super::*;

fn edit(gui: &mut Gui, text: &str) {
    go(gui, "1.1.1", Role::Lead);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
}

fn own_file(path: &Path, lead: &str) {
    let mut sample = plandesk::app::open::open_sample();
    let table = sample.document.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
    let (row, column) = (position(table, "1.1.1").unwrap(), table.role_position(Role::Lead).unwrap());
    table.rows[row].cells[column] = plandesk::model::Cell::text(lead);
    fs::write(path, plandesk::store::encode(&sample.document, &sample.notes).unwrap()).unwrap();
}

fn opened(path: &Path, answers: Vec<PathBuf>) -> Gui {
    let mut gui = window_of(Folder::nowhere(), answers, vec![path.to_path_buf()]);
    settle(&mut gui);
    gui
}

fn lead_in(path: &Path) -> String {
    let document = open_files(&[path.to_path_buf()], &[], &|_| true).unwrap().document;
    let table = document.of_kind(TableKind::Plan).next().unwrap();
    table.cell(&table.rows[position(table, "1.1.1").unwrap()], Role::Lead).unwrap().text.to_string()
}

fn save(gui: &mut Gui) {
    ctrl(gui, Key::S);
    settle(gui);
}

/// A window with an edit of its own on a file that somebody else has changed meanwhile, when it is saved.
fn in_conflict(folder: &Path) -> (Gui, PathBuf) {
    let path = folder.join("mine.plandesk");
    own_file(&path, "Before");
    let mut gui = opened(&path, Vec::new());
    edit(&mut gui, "Mine");
    own_file(&path, "Theirs");
    save(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else"));
    assert!(sees_part(&gui, "another person or program saved it at "));
    assert_eq!(lead_in(&path), "Theirs", "nothing is overwritten in silence");
    (gui, path)
}

#[test]
fn mine_is_kept_when_that_is_chosen_and_asked_again_when_it_changes_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = in_conflict(folder.path());
    own_file(&path, "Theirs again");
    click(&mut gui, "Keep mine");
    settle(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else") && lead_in(&path) == "Theirs again");
    click(&mut gui, "Keep mine");
    settle(&mut gui);
    assert_eq!((lead_in(&path).as_str(), gui.state().state.workspace.title().as_str()), ("Mine", "mine - plandesk"));
    edit(&mut gui, "Later");
    save(&mut gui);
    assert_eq!(lead_in(&path), "Later", "its own saves are no changes of others");
}

#[test]
fn saved_beside_both_stay_and_the_document_is_in_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = in_conflict(folder.path());
    assert!(sees_part(&gui, "Beside it, yours are saved as mine (2).plandesk."));
    press(&mut gui, &[Key::Enter]);
    settle(&mut gui);
    let beside = folder.path().join("mine (2).plandesk");
    assert_eq!((lead_in(&path).as_str(), lead_in(&beside).as_str()), ("Theirs", "Mine"));
    assert_eq!(gui.state().state.workspace.title(), "mine (2) - plandesk");
    edit(&mut gui, "Later");
    save(&mut gui);
    assert_eq!((lead_in(&path).as_str(), lead_in(&beside).as_str()), ("Theirs", "Later"));
}

#[test]
fn theirs_is_taken_once_that_is_sure_and_undo_brings_mine_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = in_conflict(folder.path());
    click(&mut gui, "Take theirs…");
    assert!(sees(&gui, "Take the file as it is on the disk?") && cell(&gui, "1.1.1", Role::Lead) == "Mine");
    click(&mut gui, "Take theirs");
    settle(&mut gui);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), gui.state().state.workspace.title().as_str()), ("Theirs", "mine - plandesk"));
    ctrl(&mut gui, Key::Z);
    assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), gui.state().state.workspace.is_unsaved()), ("Mine", true));
    save(&mut gui);
    assert_eq!(lead_in(&path), "Mine", "what was taken is known, so it is no change any more");
}

#[test]
fn work_goes_on_where_nothing_is_chosen_and_saving_asks_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = in_conflict(folder.path());
    press(&mut gui, &[Key::Escape]);
    assert_eq!((lead_in(&path).as_str(), cell(&gui, "1.1.1", Role::Lead).as_str()), ("Theirs", "Mine"));
    assert!(gui.state().state.workspace.title().starts_with("• mine (its file was changed)"));
    save(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else"));
}

#[test]
fn closing_goes_on_once_it_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    let mut gui = opened(&path, Vec::new());
    edit(&mut gui, "Mine");
    own_file(&path, "Theirs");
    ctrl(&mut gui, Key::Q);
    click(&mut gui, "Save changes");
    settle(&mut gui);
    assert!(sees(&gui, "The file was changed by somebody else") && !gui.state().state.tasks.is_closing());
    gui.get_by_label("Save beside it").click();
    until(&mut gui, "it closes", |gui| gui.state().state.tasks.is_closing());
    assert_eq!(lead_in(&folder.path().join("mine (2).plandesk")), "Mine");
}

#[test]
fn the_same_bytes_written_again_by_others_are_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    let mut gui = opened(&path, Vec::new());
    edit(&mut gui, "Mine");
    own_file(&path, "Before");
    save(&mut gui);
    assert_eq!((lead_in(&path).as_str(), gui.state().state.workspace.title().as_str()), ("Mine", "mine - plandesk"));
}

#[test]
fn a_file_that_was_moved_is_said_when_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    own_file(&at("mine.plandesk"), "Before");
    let mut gui = opened(&at("mine.plandesk"), vec![at("here.plandesk")]);
    edit(&mut gui, "Mine");
    fs::rename(at("mine.plandesk"), at("moved.plandesk")).unwrap();
    save(&mut gui);
    assert!(sees(&gui, "The file is no longer there") && !at("mine.plandesk").exists());
    click(&mut gui, "Save as…");
    settle(&mut gui);
    assert_eq!((lead_in(&at("here.plandesk")).as_str(), lead_in(&at("moved.plandesk")).as_str()), ("Mine", "Before"));
    edit(&mut gui, "Later");
    fs::remove_file(at("here.plandesk")).unwrap();
    save(&mut gui);
    click(&mut gui, "Save it there again");
    settle(&mut gui);
    assert_eq!(lead_in(&at("here.plandesk")), "Later");
}

#[test]
fn a_change_is_said_when_the_window_comes_forward() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    let mut gui = opened(&path, Vec::new());
    own_file(&path, "Theirs");
    for focused in [false, true] {
        gui.event(Event::WindowFocused(focused));
        gui.run();
    }
    let said = "mine.plandesk was changed by another person or program since it was opened here.";
    until(&mut gui, said, |gui| sees(gui, said));
    assert!(sees(&gui, "File was changed"));
    click(&mut gui, "Open it again");
    settle(&mut gui);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Theirs");
    assert!(sees(&gui, "Saved"));
}

#[test]
fn a_second_window_says_who_has_the_file_and_writes_it_once_it_is_closed_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    let mut first = opened(&path, Vec::new());
    let mut second = opened(&path, Vec::new());
    assert!(sees_part(&second, "another window of plandesk on this computer has it open. Here it is read-only"));
    assert_eq!(second.state().state.workspace.title(), "mine (read-only) - plandesk");
    edit(&mut second, "Second");
    save(&mut second);
    assert!(sees_part(&second, "another window of plandesk on this computer has it open. Close it there"));
    press(&mut second, &[Key::Escape]);
    edit(&mut first, "First");
    save(&mut first);
    assert_eq!(lead_in(&path), "First");
    drop(first);
    save(&mut second);
    assert!(sees(&second, "The file was changed by somebody else"), "what the first saved is not lost either");
    click(&mut second, "Save beside it");
    settle(&mut second);
    assert_eq!(second.state().state.workspace.title(), "mine (2) - plandesk");
    drop(second);
    let mut names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into()).collect();
    names.sort();
    assert_eq!(names, ["mine (2).plandesk", "mine.plandesk"], "nothing else is left");
}

#[test]
fn a_colleague_on_another_computer_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    fs::write(folder.path().join("~$mine.plandesk"), r#"{"plandesk":1,"name":"jsmith","computer":"PC-12"}"#).unwrap();
    let mut gui = opened(&path, Vec::new());
    assert!(sees(&gui, "mine.plandesk: jsmith has it open in plandesk on PC-12. Here it is read-only until it is closed there."));
    fs::remove_file(folder.path().join("~$mine.plandesk")).unwrap();
    click(&mut gui, "Open it again");
    settle(&mut gui);
    assert_eq!(gui.state().state.workspace.title(), "mine - plandesk");
}

#[test]
fn what_a_window_that_was_ended_left_beside_a_file_keeps_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path, "Before");
    let beside = folder.path().join("~$mine.plandesk");
    let holder = plandesk::store::FileLock::take(&path).unwrap().unwrap();
    let left = fs::read(&beside).unwrap();
    drop(holder);
    fs::write(&beside, left).unwrap();
    let gui = opened(&path, Vec::new());
    assert_eq!(gui.state().state.workspace.title(), "mine - plandesk");
    drop(gui);
    assert!(!beside.exists());
}
