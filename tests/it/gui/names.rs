//! What a file is called: names of other kinds of file, what the title says is on the disk, and names typed without a file dialog.

use std::fs;

use plandesk::app::open::open_files;

use super::*;

/// A window without file dialogs, which begins in a folder.
fn without_dialogs(folder: &Path) -> Gui {
    let mut gui = built(vec2(1280.0, 720.0), 1.0, |ctx| Window::new(ctx, Folder::nowhere(), Files::Typed(None), Vec::new()));
    gui.state_mut().state.remembered.keep_folder(&Command::File(FileCommand::SaveTo(folder.join("before.plandesk"))));
    gui.run();
    gui
}

/// Types over the name in the sheet and presses Enter.
fn name(gui: &mut Gui, name: &str) {
    ctrl(gui, Key::A);
    type_text(gui, name);
    press(gui, &[Key::Enter]);
}

fn edit(gui: &mut Gui, text: &str) {
    go(gui, "1.1.1", Role::Lead);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
}

/// What a folder holds, in order, but for what says that a document in it is open.
fn files(folder: &Path) -> Vec<String> {
    let all = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = all.filter(|name| !name.starts_with("~$")).collect();
    names.sort();
    names
}

#[test]
fn a_workbooks_name_is_never_saved_under_in_silence() {
    for chosen in ["plan.xlsx", "plan.xlsx.plandesk", "plan.XLS"] {
        for (button, written) in
            [("Save as a plandesk file", Some("plan.plandesk")), ("Export the return", Some("plan.xlsx")), ("Keep working", None)]
        {
            let folder = tempfile::tempdir().unwrap();
            let mut gui = window_of(Folder::nowhere(), vec![folder.path().join(chosen)], Vec::new());
            edit(&mut gui, "Tess");
            ctrl_shift(&mut gui, Key::S);
            settle(&mut gui);
            assert!(sees(&gui, "Which file shall be written?") && files(folder.path()).is_empty(), "{chosen}");
            assert!(sees_part(&gui, "“plan.plandesk”") && sees_part(&gui, "“plan.xlsx”"), "both are named");
            click(&mut gui, button);
            if button == "Export the return" {
                click(&mut gui, "Write the return…");
            }
            settle(&mut gui);
            assert_eq!(files(folder.path()), written.into_iter().collect::<Vec<_>>(), "{chosen}, {button}");
            let saved = button == "Save as a plandesk file";
            assert_eq!(gui.state().state.workspace.is_unsaved(), !saved);
            let title = if saved { "plan - plandesk" } else { "• Good Neighbours Plan (sample) - plandesk" };
            assert_eq!(gui.state().state.workspace.title(), title);
            assert_eq!(sees(&gui, "Saved plan.plandesk"), saved);
            assert_eq!(sees(&gui, "Saved"), saved);
        }
    }
}

#[test]
fn a_name_that_is_offered_and_taken_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.plandesk"), "old").unwrap();
    // The dialog is asked once more, and answered with another name.
    let answers = vec![folder.path().join("plan.xlsx"), folder.path().join("other")];
    let mut gui = window_of(Folder::nowhere(), answers, Vec::new());
    ctrl_shift(&mut gui, Key::S);
    click(&mut gui, "Save as a plandesk file");
    settle(&mut gui);
    assert_eq!(fs::read(folder.path().join("plan.plandesk")).unwrap(), b"old");
    assert_eq!(files(folder.path()), ["other.plandesk", "plan.plandesk"]);
}

#[test]
fn closing_goes_on_once_the_plan_is_saved_and_not_once_its_return_is_exported() {
    for (button, closes) in [("Save as a plandesk file", true), ("Export the return", false)] {
        let folder = tempfile::tempdir().unwrap();
        let mut gui = window_of(Folder::nowhere(), vec![folder.path().join("plan.xlsx")], Vec::new());
        edit(&mut gui, "Tess");
        ctrl(&mut gui, Key::Q);
        click(&mut gui, "Save changes");
        click(&mut gui, button);
        if !closes {
            click(&mut gui, "Write the return…");
        }
        let is_written = |gui: &Gui| ["Saved", "Exported"].iter().any(|what| gui.state().state.prompts.said().starts_with(what));
        until(&mut gui, button, is_written);
        assert_eq!(gui.state().state.tasks.is_closing(), closes, "{button}");
    }
}

#[test]
fn a_return_never_takes_the_place_of_the_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.xlsx");
    fs::copy(SAMPLE, &path).unwrap();
    let before = fs::read(&path).unwrap();
    let answers = vec![path.clone(), folder.path().join("return.xlsx"), folder.path().join("plan")];
    let mut gui = window_of(Folder::nowhere(), answers, vec![path.clone()]);
    settle(&mut gui);
    assert_eq!(gui.state().state.workspace.title(), "plan.xlsx - plandesk");
    assert!(sees(&gui, "As in the workbook"));
    ctrl(&mut gui, Key::E);
    click(&mut gui, "Write the return…");
    settle(&mut gui);
    assert!(sees_part(&gui, "plan.xlsx: this plan was read from it, and a return never takes its place"));
    click(&mut gui, "Export under another name…");
    settle(&mut gui);
    assert_eq!((fs::read(&path).unwrap(), files(folder.path())), (before, vec!["plan.xlsx".to_owned(), "return.xlsx".to_owned()]));
    assert_eq!(gui.state().state.workspace.title(), "plan.xlsx - plandesk", "a return is no save");
}

#[test]
fn a_file_that_is_gone_is_not_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "Saved"));
    fs::remove_file(&path).unwrap();
    ctrl(&mut gui, Key::Q);
    assert!(sees_part(&gui, "The file of “mine” is no longer there.") && !gui.state().state.tasks.is_closing());
    click(&mut gui, "Keep working");
    assert_eq!(gui.state().state.workspace.title(), "• mine (its file is gone) - plandesk");
    assert!(sees(&gui, "File is gone") && !sees(&gui, "Saved"));
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(path.exists() && gui.state().state.workspace.title() == "mine - plandesk");
}

#[test]
fn without_a_file_dialog_names_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut gui = without_dialogs(folder.path());
    edit(&mut gui, "Tess");
    ctrl_shift(&mut gui, Key::S);
    assert!(sees(&gui, "Save as") && sees_part(&gui, "There is no file dialog on this desktop."));
    assert_eq!(gui.get_by_label("File name").value().as_deref(), Some(&*at("Good Neighbours Plan.plandesk").display().to_string()));
    name(&mut gui, "mine");
    settle(&mut gui);
    assert_eq!(
        (files(folder.path()), gui.state().state.workspace.title()),
        (vec!["mine.plandesk".to_owned()], "mine - plandesk".to_owned())
    );
    ctrl_shift(&mut gui, Key::S);
    name(&mut gui, "mine.xlsx");
    assert!(sees(&gui, "Which file shall be written?"));
    click(&mut gui, "Keep working");
    ctrl(&mut gui, Key::E);
    click(&mut gui, "Write the return…");
    name(&mut gui, &at("return.xlsx").display().to_string());
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to return.xlsx"));
    // What is there is replaced only once that was told.
    fs::write(at("return.xlsx"), "old").unwrap();
    ctrl(&mut gui, Key::E);
    click(&mut gui, "Write the return…");
    name(&mut gui, "return");
    assert!(sees_part(&gui, "return.xlsx is there already.") && fs::read(at("return.xlsx")).unwrap() == b"old");
    press(&mut gui, &[Key::Enter]);
    settle(&mut gui);
    assert_eq!(fs::read(at("return.xlsx")).unwrap(), b"old", "it is no return of this plan");
    click(&mut gui, "Replace it");
    settle(&mut gui);
    assert!(open_files(&[at("return.xlsx")], &[], &|_| true).is_ok());
    click(&mut gui, "KPIs 2023-24 13");
    click(&mut gui, "Save as PNG");
    name(&mut gui, "chart");
    assert!(fs::read(at("chart.png")).unwrap().starts_with(b"\x89PNG"));
    ctrl(&mut gui, Key::O);
    name(&mut gui, "none.xlsx");
    assert!(sees_part(&gui, "There is no file"));
    name(&mut gui, "mine.plandesk");
    settle(&mut gui);
    assert!(!sees(&gui, "File name") && gui.state().state.workspace.title() == "mine - plandesk");
    ctrl(&mut gui, Key::O);
    press(&mut gui, &[Key::Escape]);
    assert!(!sees_part(&gui, "There is no file dialog"));
}
