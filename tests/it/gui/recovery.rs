//! Work that a window which ended unasked has left, later starts, and what the program says about itself.

use plandesk::{app::about::DrawnBy, store::Renderer};

use super::*;

/// A window whose program ends with an edit in it.
fn ended(folder: &Folder) {
    let mut gui = begun(folder);
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    go(&mut gui, "1.3.2", Role::Lead);
    assert!(gui.state_mut().state.hand_on());
}

/// A window that keeps its work in a folder.
fn begun(folder: &Folder) -> Gui {
    let mut gui = window_of(folder.clone(), Vec::new(), Vec::new());
    gui.state_mut().state.begin_keeping(false);
    gui.state_mut().state.tasks.set_pace(Duration::from_millis(1), Duration::from_millis(5));
    gui.run();
    gui
}

#[test]
fn unsaved_work_is_offered_after_a_fault_and_comes_back_at_its_cell() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    ended(&folder);
    let mut gui = begun(&folder);
    assert!(sees(&gui, "Your work is still here"));
    assert!(sees_part(&gui, "plandesk closed unexpectedly. Your unsaved changes to “Good Neighbours Plan (sample)” of "));
    click(&mut gui, "Restore");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Tess Ilkley");
    assert_eq!(here(&gui), "Lead officer, 1.3.2");
    assert!(gui.state().state.workspace.title().starts_with('•') && !sees(&gui, "Your work is still here"));
    drop(gui);
    assert!(sees(&begun(&folder), "Your work is still here"), "what was brought back and not saved is still kept");
}

#[test]
fn kept_work_is_discarded_or_left_for_another_start() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    ended(&folder);
    let mut gui = begun(&folder);
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "Your work is still here") && cell(&gui, "1.1.1", Role::Lead) != "Tess Ilkley");
    drop(gui);
    let mut gui = begun(&folder);
    click(&mut gui, "Discard them");
    assert!(!gui.state().state.workspace.is_unsaved());
    drop(gui);
    assert!(!sees(&begun(&folder), "Your work is still here"));
}

/// Waits until what is typed and done is kept.
fn rest(gui: &mut Gui) {
    gui.run();
    until(gui, "it is kept", |gui| gui.state().state.tasks.is_kept());
    gui.run();
}

/// The journal of the first place, as it would be found if the window were ended now.
fn copied(from: &Path) -> (tempfile::TempDir, Folder) {
    let to = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(to.path().join("unsaved")).unwrap();
    std::fs::copy(from.join("unsaved/1.journal"), to.path().join("unsaved/1.journal")).unwrap();
    let folder = Folder::at(to.path());
    (to, folder)
}

#[test]
fn what_is_typed_is_unsaved_and_comes_back_in_its_open_editor_with_the_steps_before_it() {
    let temporary = tempfile::tempdir().unwrap();
    let mut gui = begun(&Folder::at(temporary.path()));
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess Ilkley");
    press(&mut gui, &[Key::Enter]);
    go(&mut gui, "1.1.2", Role::Comment);
    let before = cell(&gui, "1.1.2", Role::Comment);
    press(&mut gui, &[Key::F2]);
    type_text(&mut gui, " and half a senten");
    rest(&mut gui);
    let (_kept, folder) = copied(temporary.path());
    let mut again = begun(&folder);
    click(&mut again, "Restore");
    again.run();
    let editor = again.get_by_label("Editing Comment").value();
    assert_eq!(editor, Some(format!("{before} and half a senten")));
    assert_eq!(cell(&again, "1.1.2", Role::Comment), before, "it stands in no cell yet");
    type_text(&mut again, "ce");
    press(&mut again, &[Key::Enter]);
    assert_eq!(cell(&again, "1.1.2", Role::Comment), format!("{before} and half a sentence"));
    ctrl(&mut again, Key::Z);
    ctrl(&mut again, Key::Z);
    assert_eq!(cell(&again, "1.1.1", Role::Lead), cell(&window(), "1.1.1", Role::Lead), "steps of before are undone too");
    assert!(!again.state().state.workspace.is_unsaved());
}

#[test]
fn the_status_bar_says_unsaved_while_a_text_is_being_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::nowhere(), vec![folder.path().join("mine.plandesk")], Vec::new());
    ctrl_shift(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "Saved"));
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Te");
    assert!(sees(&gui, "Unsaved changes") && gui.state().state.workspace.title().starts_with('•'));
    press(&mut gui, &[Key::Escape]);
    assert!(sees(&gui, "Saved") && !sees(&gui, "Unsaved changes"));
    type_text(&mut gui, "Te");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Unsaved changes"));
}

#[test]
fn fields_of_the_summary_and_an_update_being_written_come_back_too() {
    let temporary = tempfile::tempdir().unwrap();
    let mut gui = begun(&Folder::at(temporary.path()));
    click(&mut gui, "Summary");
    type_in_field(&mut gui, "Morwenna Pike", "Owen Marlp");
    rest(&mut gui);
    let (_kept, folder) = copied(temporary.path());
    let mut again = begun(&folder);
    click(&mut again, "Restore");
    again.run();
    let field = again.get_all_by_role(accesskit::Role::TextInput).find(|node| node.value().as_deref() == Some("Owen Marlp")).unwrap();
    assert!(field.is_focused());
    type_text(&mut again, "it");
    press(&mut again, &[Key::Enter]);
    assert_eq!(&*again.state().state.workspace.document().field("Owner").unwrap().cell.text, "Owen Marlpit");
    // An update, in the details.
    press(&mut gui, &[Key::Escape]);
    go(&mut gui, "1.1.2", Role::Comment);
    ctrl_shift(&mut gui, Key::U);
    gui.run();
    type_text(&mut gui, "Hedge plan");
    rest(&mut gui);
    let (_kept, folder) = copied(temporary.path());
    let mut again = begun(&folder);
    click(&mut again, "Restore");
    again.run();
    assert_eq!(again.get_by_label("New update").value().as_deref(), Some("Hedge plan"));
    type_text(&mut again, "ted");
    press(&mut again, &[Key::Enter]);
    assert!(cell(&again, "1.1.2", Role::Comment).ends_with("Hedge planted"), "{}", cell(&again, "1.1.2", Role::Comment));
}

#[test]
fn a_journal_cut_off_is_said_to_be_offered_as_far_as_it_goes_and_kept_aside() {
    let temporary = tempfile::tempdir().unwrap();
    let mut gui = begun(&Folder::at(temporary.path()));
    for (text, reference) in [("Tess Ilkley", "1.1.1"), ("Wilf Amberley", "1.1.2")] {
        go(&mut gui, reference, Role::Lead);
        type_text(&mut gui, text);
        press(&mut gui, &[Key::Enter]);
        rest(&mut gui);
    }
    let (kept, folder) = copied(temporary.path());
    let journal = kept.path().join("unsaved/1.journal");
    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &whole[..whole.len() - 200]).unwrap();
    let mut again = begun(&folder);
    assert!(sees_part(&again, "Some of what was kept is damaged and cannot be read"));
    click(&mut again, "Restore");
    assert_eq!(cell(&again, "1.1.1", Role::Lead), "Tess Ilkley");
    assert!(sees_part(&again, "Your work is here as far as it could be read; a copy of what was kept is in "));
    assert_eq!(std::fs::read(kept.path().join("unsaved/1.damaged-1")).unwrap(), &whole[..whole.len() - 200]);
    std::fs::write(kept.path().join("unsaved/2.journal"), "nothing of ours").unwrap();
    let gui = begun(&folder);
    assert!(sees_part(&gui, "Unsaved work that an earlier window left cannot be read. It is kept as it is: "));
    assert_eq!(std::fs::read(kept.path().join("unsaved/2.damaged-1")).unwrap(), b"nothing of ours");
}

#[test]
fn files_of_a_later_start_are_opened_here_and_unsaved_work_is_asked_about() {
    let mut gui = window();
    gui.state().calls.put(Vec::new());
    gui.run();
    assert_eq!(gui.state().state.workspace.title(), "Good Neighbours Plan (sample) - plandesk", "the window only comes forward");
    gui.state().calls.put(vec![PathBuf::from(RECOMMENDATIONS)]);
    settle(&mut gui);
    assert_eq!(gui.state().state.workspace.title(), "recommendations.xlsx - plandesk");
    click(&mut gui, "View");
    press(&mut gui, &[Key::Escape]);
    ctrl(&mut gui, Key::Plus);
    gui.state().calls.put(vec![PathBuf::from(SAMPLE)]);
    gui.run();
    assert!(sees(&gui, "Save your changes?"));
}

#[test]
fn about_says_what_draws_and_where_things_are() {
    let temporary = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(temporary.path()), Vec::new(), Vec::new());
    gui.state_mut().state.view.tell_drawn_by(DrawnBy {
        renderer: Renderer::Dx12Software,
        device: "Basic Driver".to_owned(),
        software: true,
    });
    go(&mut gui, "1.1.1", Role::Lead);
    choose(&mut gui, "Help", "About plandesk");
    assert!(sees(&gui, "Direct3D 12 (Basic Driver), drawn by the processor, without a graphics card"));
    assert!(sees(&gui, env!("CARGO_PKG_VERSION")) && sees(&gui, "MIT or Apache 2.0, as you choose"));
    assert!(sees(&gui, &temporary.path().display().to_string()));
    assert!(sees(&gui, &temporary.path().join("plandesk.log.txt").display().to_string()));
    press(&mut gui, &[Key::Enter]);
    assert!(!sees(&gui, "MIT or Apache 2.0, as you choose"), "Enter closes it");
    choose(&mut gui, "Help", "Show log");
    assert!(sees(&gui, "There is no log yet"));
}

#[test]
fn what_draws_the_window_is_chosen_for_the_next_start() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let mut gui = window_of(folder.clone(), Vec::new(), Vec::new());
    click(&mut gui, "View");
    click_containing(&mut gui, "Drawn with");
    click(&mut gui, "OpenGL without a graphics card");
    assert!(sees(&gui, "From the next start on, the window is drawn that way"));
    assert_eq!(plandesk::store::Settings::load(&folder).renderer, Some(Renderer::OpenglSoftware));
}
