//! Workbooks with a password to open: asked for, saved under it again, and never in the clear unasked.

use std::fs;

use plandesk::{
    app::{
        open::open_locked_files,
        passwords::{Password, Passwords},
    },
    workbook,
};

use super::*;

const SECRET: &str = "L\u{e2}n y M\u{f4}r 7";

/// A workbook under a password.
fn locked(folder: &Path) -> PathBuf {
    let path = folder.join("plan.xlsx");
    let clear = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx")).unwrap();
    fs::write(&path, workbook::locked(&clear, Some(SECRET)).unwrap()).unwrap();
    path
}

fn opened(folder: &Path, answers: Vec<PathBuf>) -> (Gui, PathBuf) {
    let path = locked(folder);
    let mut gui = window_of(Folder::at(&folder.join("config")), answers, vec![path.clone()]);
    settle(&mut gui);
    (gui, path)
}

fn answer(gui: &mut Gui, password: &str) {
    type_text(gui, password);
    press(gui, &[Key::Enter]);
    settle(gui);
}

fn is_locked(path: &Path) -> bool {
    matches!(workbook::unlocked(&fs::read(path).unwrap(), None), Err(workbook::OpenError::Password))
}

/// What a workbook under the password holds.
fn held(path: &Path, reference: &str, role: Role) -> String {
    let passwords = Passwords::of_any(Some(Password::new(SECRET.to_owned())));
    let document = open_locked_files(&[path.to_path_buf()], &[], &passwords, &|_| true).unwrap().document;
    let table = document.of_kind(TableKind::Plan).next().unwrap();
    table.cell(&table.rows[position(table, reference).unwrap()], role).unwrap().text.to_string()
}

#[test]
fn a_password_is_asked_for_and_an_edit_is_saved_under_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    assert!(sees(&gui, "What is the password?") && sees_part(&gui, "has a password to open"));
    answer(&mut gui, "wrong");
    assert!(sees_part(&gui, "That is not the password"));
    answer(&mut gui, SECRET);
    assert_eq!(gui.state().state.workspace.title(), "plan.xlsx - plandesk");
    assert!(gui.state().state.workspace.notes().any(|note| note.message.contains("saved under it again")));
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees_part(&gui, "1 cell written to plan.xlsx, nothing else changed"));
    assert!(is_locked(&path));
    assert_eq!(held(&path, "1.1.1", Role::Lead), "Tess Ilkley");
    for entry in fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        assert!(is_locked(&entry), "{}", entry.display());
    }
    let before = fs::read(&path).unwrap();
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert_eq!(fs::read(&path).unwrap(), before, "nothing to be saved leaves the bytes as they are");
}

#[test]
fn who_does_not_know_the_password_keeps_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, _) = opened(folder.path(), Vec::new());
    let before = gui.state().state.workspace.document().clone();
    press(&mut gui, &[Key::Escape]);
    settle(&mut gui);
    assert!(!sees(&gui, "What is the password?"));
    assert_eq!(*gui.state().state.workspace.document(), before);
}

#[test]
fn a_copy_is_under_the_password_and_a_file_without_one_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, clear) = (folder.path().join("copy.xlsx"), folder.path().join("plan.plandesk"));
    let answers = vec![folder.path().join("copy"), clear.clone(), clear.clone()];
    let (mut gui, _) = opened(folder.path(), answers);
    answer(&mut gui, SECRET);
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert!(is_locked(&copy), "a name without an ending is a workbook's");
    assert_eq!(held(&copy, "1.1.1", Role::Lead), "Tess Ilkley");
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "Save without the password?"));
    press(&mut gui, &[Key::Enter]);
    settle(&mut gui);
    assert!(!clear.exists(), "Enter keeps working");
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    click(&mut gui, "Save without the password");
    settle(&mut gui);
    assert!(clear.exists());
}

#[test]
fn a_password_that_others_changed_is_asked_for_and_their_changes_are_met() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), Vec::new());
    answer(&mut gui, SECRET);
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    let clear = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx")).unwrap();
    fs::write(&path, workbook::locked(&clear, Some("another")).unwrap()).unwrap();
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees_part(&gui, "That is not the password"));
    answer(&mut gui, "another");
    assert!(sees(&gui, "The file was changed by somebody else"));
    click(&mut gui, "Keep both");
    settle(&mut gui);
    let passwords = Passwords::of_any(Some(Password::new("another".to_owned())));
    let document = open_locked_files(&[path], &[], &passwords, &|_| true).unwrap().document;
    let table = document.of_kind(TableKind::Plan).next().unwrap();
    let lead = table.cell(&table.rows[position(table, "1.1.1").unwrap()], Role::Lead).unwrap();
    assert_eq!(&*lead.text, "Tess Ilkley");
}

#[test]
fn a_file_without_a_password_is_asked_about_under_whatever_name_it_was_offered() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, _) = opened(folder.path(), vec![folder.path().join("plan.csv")]);
    answer(&mut gui, SECRET);
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    click(&mut gui, "Save as a plandesk file");
    settle(&mut gui);
    assert!(sees(&gui, "Save without the password?"));
    assert!(!folder.path().join("plan.plandesk").exists());
}
