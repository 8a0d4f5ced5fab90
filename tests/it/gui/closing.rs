//! Closing a period from the window: by keys alone, recorded in the workbook, frozen beside it, and nothing of it where no return is written.

use std::fs;

use plandesk::{
    insight::{AsOf, Report},
    model::FrozenReturn,
    publish::seen,
};

use super::*;

fn opened(folder: &Path, answers: &[&str]) -> (Gui, PathBuf) {
    let path = folder.join("plan.xlsx");
    if !path.exists() {
        fs::copy(SAMPLE, &path).unwrap();
    }
    let answers = answers.iter().map(|name| folder.join(name)).collect();
    let mut gui = window_of(Folder::at(&folder.join("config")), answers, vec![path.clone()]);
    settle(&mut gui);
    (gui, path)
}

fn frozen(gui: &Gui) -> Vec<FrozenReturn> {
    gui.state().state.workspace.document().frozen.clone()
}

fn names(gui: &Gui) -> Vec<String> {
    frozen(gui).iter().map(|frozen| frozen.name.to_string()).collect()
}

/// The headings of the tracker.
fn headings(gui: &Gui) -> Vec<String> {
    let document = gui.state().state.workspace.document();
    let tracker = document.of_kind(TableKind::History).next().unwrap();
    tracker.columns.iter().map(|column| column.heading.to_string()).collect()
}

fn said(gui: &Gui) -> String {
    gui.state().state.prompts.said().to_owned()
}

/// Closes the period as it is proposed, by keys alone.
fn close(gui: &mut Gui) {
    choose(gui, "File", "Close the period…");
    press(gui, &[Key::Enter]);
    settle(gui);
}

#[test]
fn a_period_is_closed_saved_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, path) = opened(folder.path(), &["return.xlsx"]);
    choose(&mut gui, "File", "Close the period…");
    for words in ["Close the period", "A new column, Apr-19.", "30 April 2019", "Board", "Record in Progress Tracker"] {
        assert!(sees_part(&gui, words), "{words}");
    }
    assert_eq!(in_focus(&gui).and_then(|node| node.accesskit_node().label()).as_deref(), Some("Period"));
    assert!(sees_part(&gui, "It is compared with no earlier return"));
    press(&mut gui, &[Key::Enter]);
    settle(&mut gui);
    assert!(said(&gui).starts_with("Closed Apr-19: the return is in return.xlsx; recorded in “Progress Tracker”; Save"), "{}", said(&gui));
    assert_eq!(headings(&gui).last().map(String::as_str), Some("Apr-19"));
    let held = frozen(&gui).pop().unwrap();
    assert_eq!((&*held.name, held.as_at.unwrap().to_string(), &*held.file), ("Apr-19", "2019-04-30".to_owned(), "return.xlsx"));
    let returned = fs::read(folder.path().join("return.xlsx")).unwrap();
    assert_eq!(held.sha256.len(), 64);
    // The return itself holds what was recorded.
    let read = plandesk::app::open::open_files(&[folder.path().join("return.xlsx")], &[], &|_| true).unwrap().document;
    assert!(read.tables.iter().any(|table| table.columns.iter().any(|column| &*column.heading == "Apr-19")), "{}", returned.len());
    let beside = fs::read_to_string(folder.path().join("plan.xlsx.returns.json")).unwrap();
    assert!(beside.contains("\"Apr-19\"") && beside.contains(&*held.sha256));
    ctrl(&mut gui, Key::S);
    settle(&mut gui);
    assert!(sees(&gui, "As in the workbook"), "{}", said(&gui));
    drop(gui);

    let (gui, _) = opened(folder.path(), &[]);
    assert_eq!(headings(&gui).last().map(String::as_str), Some("Apr-19"));
    let again = frozen(&gui).pop().unwrap();
    assert_eq!((&again.name, again.has_ids, &again.sha256), (&held.name, false, &held.sha256));
    let document = gui.state().state.workspace.document();
    let seen = seen(document);
    let report = Report::of(&seen, AsOf { given: again.as_at, today: None }, Some(&again));
    let changes = report.changes.unwrap();
    assert!(changes.actions.is_empty() && changes.kpis.is_empty() && changes.before == changes.now, "{:?}", changes.actions);
    assert!(path.exists());
}

#[test]
fn where_no_return_is_written_nothing_is_recorded_or_frozen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, _) = opened(folder.path(), &["no such folder/return.xlsx", "plan.xlsx"]);
    let before = headings(&gui);
    close(&mut gui);
    assert!(sees(&gui, "That did not work"));
    press(&mut gui, &[Key::Escape]);
    // The workbook itself is never written over.
    close(&mut gui);
    assert!(sees_part(&gui, "this plan was read from it"));
    press(&mut gui, &[Key::Escape]);
    assert_eq!((headings(&gui), names(&gui).len()), (before, 0));
    assert!(!folder.path().join("plan.xlsx.returns.json").exists());
    assert!(gui.state().state.workspace.history().next_undo().is_none());
    // Escape leaves the sheet.
    choose(&mut gui, "File", "Close the period…");
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "Close the period") && names(&gui).is_empty());
}

#[test]
fn undo_takes_a_period_back_as_one_step_beside_the_workbook_too() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, _) = opened(folder.path(), &["return.xlsx"]);
    let before = headings(&gui);
    close(&mut gui);
    let beside = || fs::read_to_string(folder.path().join("plan.xlsx.returns.json")).unwrap();
    assert!(beside().contains("Apr-19"));
    ctrl(&mut gui, Key::Z);
    assert_eq!((headings(&gui), names(&gui).len()), (before, 0));
    assert!(!beside().contains("Apr-19"));
    ctrl(&mut gui, Key::Y);
    assert!(beside().contains("Apr-19") && names(&gui) == ["Apr-19"]);
}

#[test]
fn frozen_returns_are_renamed_deleted_and_chosen_to_be_compared_with() {
    let folder = tempfile::tempdir().unwrap();
    let (mut gui, _) = opened(folder.path(), &["one.xlsx", "two.xlsx"]);
    close(&mut gui);
    close(&mut gui);
    assert_eq!(names(&gui), ["Apr-19", "Jul-19"]);
    choose(&mut gui, "File", "Frozen returns…");
    assert!(sees_part(&gui, "one.xlsx, SHA-256") && sees_part(&gui, "As at 30 April 2019, frozen on"));
    click(&mut gui, "Compare with Apr-19");
    assert!(said(&gui).contains("Returns are compared with Apr-19, as at 30 April 2019"));
    let field = gui.get_by_label("Name of Jul-19");
    field.click();
    gui.run();
    ctrl(&mut gui, Key::A);
    type_text(&mut gui, "Q1 2019/20");
    press(&mut gui, &[Key::Tab]);
    assert_eq!(names(&gui), ["Apr-19", "Q1 2019/20"]);
    click(&mut gui, "Delete Q1 2019/20");
    assert_eq!(names(&gui), ["Apr-19"]);
    press(&mut gui, &[Key::Escape]);
    ctrl(&mut gui, Key::Z);
    assert_eq!(names(&gui), ["Apr-19", "Q1 2019/20"]);
    ctrl(&mut gui, Key::E);
    assert!(sees_part(&gui, "Compared with: Apr-19, as at 30 April 2019"));
}

#[test]
fn a_damaged_file_of_returns_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let beside = folder.path().join("plan.xlsx.returns.json");
    fs::write(&beside, "{\"plandesk_returns\":1,\"ret").unwrap();
    let (mut gui, _) = opened(folder.path(), &["return.xlsx"]);
    assert!(gui.state().state.workspace.notes().any(|note| note.message.contains("plan.xlsx.returns.json, which was left alone")));
    close(&mut gui);
    assert!(said(&gui).contains("kept on this computer alone"), "{}", said(&gui));
    assert_eq!(fs::read_to_string(&beside).unwrap(), "{\"plandesk_returns\":1,\"ret");
    drop(gui);
    assert_eq!(names(&opened(folder.path(), &[]).0), ["Apr-19"]);
}
