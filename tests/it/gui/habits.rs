//! What the users of Windows are used to: a new plan, printing, recent files, read-only files, files open in Excel, contrasts of the system.

use std::fs;

use super::*;

fn edit(gui: &mut Gui, text: &str) {
    go(gui, "1.1.1", Role::Lead);
    type_text(gui, text);
    press(gui, &[Key::Enter]);
}

fn own_file(path: &Path) {
    let sample = plandesk::app::open::open_sample();
    fs::write(path, plandesk::store::encode(&sample.document, &sample.notes).unwrap()).unwrap();
}

fn mark_read_only(path: &Path) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn a_new_plan_is_typed_in_at_once() {
    let mut gui = window();
    ctrl(&mut gui, Key::N);
    assert_eq!(gui.state().state.workspace.title(), "Untitled plan - plandesk");
    for heading in ["Ref", "Action", "Start", "End", "Measure/outcome", "Lead officer", "RAG Status", "Comment"] {
        assert!(plan(&gui).columns.iter().any(|column| &*column.heading == heading), "{heading}");
    }
    assert_eq!(here(&gui), "Action, 1.1.1");
    type_text(&mut gui, "Plant trees");
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Action), "Plant trees");
    assert!(gui.state().state.workspace.is_unsaved());
}

#[test]
fn a_new_plan_asks_about_unsaved_work_first() {
    let mut gui = window();
    edit(&mut gui, "Tess");
    ctrl(&mut gui, Key::N);
    assert!(sees(&gui, "Save your changes?"));
    click(&mut gui, "Keep working");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Tess");
    ctrl(&mut gui, Key::N);
    click(&mut gui, "Discard changes");
    assert_eq!(gui.state().state.workspace.title(), "Untitled plan - plandesk");
}

#[test]
fn printing_says_what_happens() {
    let mut gui = window();
    for _ in 0..2 {
        ctrl(&mut gui, Key::P);
        settle(&mut gui);
        assert!(sees(&gui, "The pages open in what shows PDFs here, which prints them"));
        click(&mut gui, "Summary");
    }
    assert!(!gui.state().state.workspace.is_unsaved());
}

#[test]
fn a_recent_file_that_is_gone_is_said_to_be_and_can_be_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.plandesk");
    own_file(&path);
    let config = Folder::at(&folder.path().join("config"));
    let mut gui = window_of(config.clone(), Vec::new(), vec![path.clone()]);
    settle(&mut gui);
    fs::remove_file(&path).unwrap();
    let open = |gui: &mut Gui| {
        held(gui, Modifiers::ALT, Key::F);
        gui.run();
        press(gui, &[Key::R]);
        gui.run();
        press(gui, &[Key::Num1]);
        settle(gui);
    };
    open(&mut gui);
    assert!(sees_part(&gui, "mine.plandesk: it is no longer there."));
    click(&mut gui, "Close");
    assert_eq!(gui.state().state.remembered.recent().all(), std::slice::from_ref(&path), "its share may only be away");
    open(&mut gui);
    click(&mut gui, "Remove from recent files");
    assert!(sees(&gui, "mine.plandesk is no longer among the recent files"));
    let again = window_of(config, Vec::new(), Vec::new());
    assert!(again.state().state.remembered.recent().all().is_empty());
}

#[test]
fn a_read_only_file_says_so_and_its_changes_go_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("mine.plandesk"), folder.path().join("copy.plandesk"));
    own_file(&path);
    mark_read_only(&path);
    let before = fs::read(&path).unwrap();
    let mut gui = window_of(Folder::nowhere(), vec![other.clone()], vec![path.clone()]);
    settle(&mut gui);
    assert_eq!(gui.state().state.workspace.title(), "mine (read-only) - plandesk");
    assert!(sees(&gui, "Read-only"));
    edit(&mut gui, "Tess");
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees_part(&gui, "the file is read-only, so it stays as it is."));
    assert!(gui.state().state.workspace.is_unsaved());
    assert_eq!(gui.state().state.prompts.instead(), Some(&Command::File(FileCommand::SaveElsewhere("mine.plandesk".to_owned()))));
    click(&mut gui, "Save as…");
    settle(&mut gui);
    assert!(other.exists() && !gui.state().state.workspace.is_unsaved());
    assert_eq!(gui.state().state.workspace.title(), "copy - plandesk");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn closing_goes_on_once_read_only_work_is_saved_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("mine.plandesk"), folder.path().join("copy.plandesk"));
    own_file(&path);
    mark_read_only(&path);
    let mut gui = window_of(Folder::nowhere(), vec![other.clone()], vec![path]);
    settle(&mut gui);
    edit(&mut gui, "Tess");
    ctrl(&mut gui, Key::Q);
    click(&mut gui, "Save changes");
    assert!(!gui.state().state.tasks.is_closing());
    gui.get_by_label("Save as…").click();
    until(&mut gui, "it closes", |gui| gui.state().state.tasks.is_closing());
    assert!(other.exists());
}

#[test]
fn a_return_that_cannot_be_replaced_is_offered_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("return.xlsx"), "held").unwrap();
    mark_read_only(&at("return.xlsx"));
    let mut gui = window_of(Folder::nowhere(), vec![at("return.xlsx"), at("return (2).xlsx")], Vec::new());
    export(&mut gui);
    assert!(sees_part(&gui, "return.xlsx: the file is read-only."));
    assert_eq!(gui.state().state.prompts.instead(), Some(&Command::Publish(PublishCommand::ExportElsewhere("return (2).xlsx".to_owned()))));
    click(&mut gui, "Export under another name…");
    settle(&mut gui);
    assert!(sees(&gui, "Exported the return to return (2).xlsx"));
    assert_eq!(fs::read(at("return.xlsx")).unwrap(), b"held");
}

#[test]
fn whoever_has_a_workbook_open_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan für 2026 (final).xlsx");
    fs::copy(SAMPLE, &path).unwrap();
    let mut owner = vec![10];
    owner.extend(b"Jane Smith");
    owner.resize(0x37, b' ');
    owner.extend([10, 0]);
    owner.extend("Jane Smith".encode_utf16().flat_map(u16::to_le_bytes));
    owner.resize(165, b' ');
    fs::write(folder.path().join("~$Plan für 2026 (final).xlsx"), owner).unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path]);
    settle(&mut gui);
    assert!(sees(&gui, "Jane Smith has Plan für 2026 (final).xlsx open in Excel. What is not saved there is not here."));
    click(&mut gui, "Go on with it");
    assert!(!sees_part(&gui, "Jane Smith has Plan"));
    ctrl_shift(&mut gui, Key::M);
    assert!(sees_part(&gui, "Jane Smith had this workbook open in Excel when it was read."));
}

#[test]
fn a_folder_or_another_file_dropped_on_the_window_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.docx");
    fs::write(&letter, b"PK\x03\x04 not a workbook").unwrap();
    let picture = folder.path().join("photo.jpg");
    fs::write(&picture, b"\xFF\xD8\xFF\xE0 and so on").unwrap();
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    drop_on(&mut gui, &[folder.path()]);
    assert!(sees_part(&gui, "it is a folder. Choose a file in it."));
    press(&mut gui, &[Key::Escape]);
    for path in [&letter, &picture] {
        drop_on(&mut gui, &[Path::new(SAMPLE), path]);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(sees(&gui, "That did not work") && sees_part(&gui, &name), "{name}: {:?}", gui.state().state.prompts.said());
        press(&mut gui, &[Key::Escape]);
    }
    assert_eq!(*gui.state().state.workspace.document(), before);
}

#[test]
fn a_file_dialog_begins_where_the_last_one_ended_even_in_another_run() {
    let folder = tempfile::tempdir().unwrap();
    let config = Folder::at(&folder.path().join("config"));
    let mut gui = window_of(config.clone(), vec![folder.path().join("return.xlsx")], Vec::new());
    export(&mut gui);
    let again = window_of(config, Vec::new(), Vec::new());
    assert_eq!(again.state().state.remembered.settings().folder.as_deref(), Some(folder.path()));
}

#[test]
fn the_contrasts_and_the_theme_of_the_system_are_followed_while_it_runs() {
    let mut gui = window();
    let background = |gui: &Gui| gui.ctx.global_style().visuals.window_fill;
    assert_eq!(background(&gui), plandesk::ui::theme::LIGHT.background, "light where the system says nothing");
    gui.input_mut().system_theme = Some(eframe::egui::Theme::Dark);
    gui.run();
    assert_eq!(background(&gui), plandesk::ui::theme::DARK.background);
    gui.state_mut().state.view.tell_high_contrast(true);
    gui.run();
    assert_eq!(background(&gui), plandesk::ui::theme::HIGH_CONTRAST.background);
    choose_deep(&mut gui, "View", "Theme", "Light theme");
    assert_eq!(background(&gui), plandesk::ui::theme::LIGHT.background, "a choice of the user's own holds");
}
