//! Work that a window which ended unasked has left, later starts, and what the program says about itself.

use plandesk::app::{Renderer, about::DrawnBy};

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
    assert!(gui.state().state.title().starts_with('•') && !sees(&gui, "Your work is still here"));
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
    assert!(!gui.state().state.is_unsaved());
    drop(gui);
    assert!(!sees(&begun(&folder), "Your work is still here"));
}

#[test]
fn files_of_a_later_start_are_opened_here_and_unsaved_work_is_asked_about() {
    let mut gui = window();
    gui.state().calls.put(Vec::new());
    gui.run();
    assert_eq!(gui.state().state.name, "Good Neighbours Plan (sample)", "the window only comes forward");
    gui.state().calls.put(vec![PathBuf::from(RECOMMENDATIONS)]);
    settle(&mut gui);
    assert_eq!(gui.state().state.name, "recommendations");
    click(&mut gui, "View");
    press(&mut gui, &[Key::Escape]);
    gui.state_mut().state.run(Command::AddAction);
    gui.state().calls.put(vec![PathBuf::from(SAMPLE)]);
    gui.run();
    assert!(sees(&gui, "Save your changes?"));
}

#[test]
fn about_says_what_draws_and_where_things_are() {
    let temporary = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(temporary.path()), Vec::new(), Vec::new());
    gui.state_mut().state.drawn_by = Some(DrawnBy { renderer: Renderer::Dx12Software, device: "Basic Driver".to_owned(), software: true });
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
