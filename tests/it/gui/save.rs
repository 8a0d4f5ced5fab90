//! Saving, closing with unsaved work, exporting, recent files, pictures and the theme.

use plandesk::app::open::open_files;

use super::*;

fn edit(gui: &mut Gui, text: &str) {
    go(gui, "1.1.1", Role::Lead);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
}

#[test]
fn saved_under_a_new_name_it_opens_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    let mut gui = window_of(Folder::at(&folder.path().join("config")), vec![folder.path().join("mine")], Vec::new());
    edit(&mut gui, "Tess Ilkley");
    assert_eq!(gui.state().state.workspace.title(), "• Good Neighbours Plan (sample) - plandesk");
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "Saved mine.plandesk"));
    assert_eq!(gui.state().state.workspace.title(), "mine - plandesk");
    let opened = open_files(std::slice::from_ref(&path), &[], &|_| true).unwrap();
    assert_eq!(opened.document, **gui.state().state.workspace.document());
    click(&mut gui, "File");
    click_containing(&mut gui, "Open recent");
    assert!(sees(&gui, "1  mine.plandesk"));
    press(&mut gui, &[Key::Escape]);
    edit(&mut gui, "Wilf Amberley");
    ctrl(&mut gui, Key::Z);
    assert_eq!(gui.state().state.workspace.title(), "mine - plandesk", "undone back to what was saved");
    ctrl(&mut gui, Key::Y);
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    let document = open_files(&[path], &[], &|_| true).unwrap().document;
    assert_eq!(document, **gui.state().state.workspace.document());
}

#[test]
fn what_is_being_typed_is_saved_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Half a na");
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    let opened = open_files(&[path], &[], &|_| true).unwrap();
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Half a na");
    assert_eq!(opened.document, **gui.state().state.workspace.document());
    go(&mut gui, "1.1.2", Role::Lead);
    type_text(&mut gui, "Somebody");
    ctrl(&mut gui, Key::Q);
    assert!(sees(&gui, "Save your changes?"), "a cell being typed in is unsaved work");
    assert!(!gui.state().state.tasks.is_closing());
}

#[test]
fn a_header_field_being_typed_is_saved_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    click(&mut gui, "Summary");
    type_in_field(&mut gui, "Morwenna Pike", "Owen Marlpit");
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    let opened = open_files(&[path], &[], &|_| true).unwrap();
    assert_eq!(&*opened.document.field("Owner").unwrap().cell.text, "Owen Marlpit");
}

#[test]
fn a_save_that_fails_says_so_and_the_work_stays_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::nowhere(), vec![folder.path().join("none/mine.plandesk")], Vec::new());
    edit(&mut gui, "Tess");
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "That did not work") && sees_part(&gui, "mine.plandesk"));
    assert!(gui.state().state.workspace.is_unsaved());
}

#[test]
fn closing_asks_about_unsaved_work() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    for (button, closes) in [("Keep working", false), ("Discard changes", true), ("Save changes", true)] {
        let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
        edit(&mut gui, "Tess");
        ctrl(&mut gui, Key::Q);
        assert!(sees(&gui, "Save your changes?") && !gui.state().state.tasks.is_closing());
        gui.get_by_label(button).click();
        // A window that closes draws on until it is closed, so this does not wait for rest.
        until(&mut gui, button, |gui| gui.state().state.tasks.is_closing() || (!closes && gui.state().state.tasks.job().is_none()));
        assert_eq!(gui.state().state.tasks.is_closing(), closes, "{button}");
        assert_eq!(path.exists(), button == "Save changes");
        assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Tess", "{button}");
    }
    let mut gui = window();
    gui.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    gui.step();
    assert!(gui.state().state.tasks.is_closing(), "nothing is asked when nothing is unsaved");
}

#[test]
fn a_save_after_an_abandoned_close_does_not_close() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window();
    edit(&mut gui, "Tess");
    ctrl(&mut gui, Key::Q);
    click(&mut gui, "Save changes");
    assert!(!gui.state().state.tasks.is_closing(), "the dialog that asks where was closed");
    gui.state_mut().state.run(Command::File(FileCommand::Save));
    gui.state_mut().state.run(Command::File(FileCommand::SaveTo(folder.path().join("mine.plandesk"))));
    settle(&mut gui);
    assert!(!gui.state().state.workspace.is_unsaved() && !gui.state().state.tasks.is_closing());
}

#[test]
fn the_return_is_written_and_reads_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("return.xlsx");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    edit(&mut gui, "=Tess");
    export(&mut gui);
    assert!(sees(&gui, "Exported the return to return.xlsx"));
    let read = open_files(&[path], &[], &|_| true).unwrap();
    assert_eq!(read.document.content(), gui.state().state.workspace.document().content());
    assert!(gui.state().state.workspace.is_unsaved(), "a return is no save");
}

#[test]
fn a_chart_is_saved_as_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chart.png");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    click(&mut gui, "KPIs 2023-24 13");
    click(&mut gui, "Save as PNG");
    settle(&mut gui);
    assert!(std::fs::read(path).unwrap().starts_with(b"\x89PNG\r\n"));
    assert!(sees(&gui, "Saved the picture to chart.png"));
}

#[test]
fn the_theme_is_changed_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    for (theme, dark) in [("Dark", true), ("Light", false), ("Dark", true)] {
        click(&mut gui, "View");
        click_containing(&mut gui, "Theme");
        click(&mut gui, &format!("{theme} theme"));
        assert_eq!(gui.ctx.global_style().visuals.dark_mode, dark, "{theme}");
    }
    let again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!(again.ctx.global_style().visuals.dark_mode);
}
