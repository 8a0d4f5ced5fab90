//! Opening: the sample, files at the start, dropped files, several at once, what cannot be opened, and cancelling.

use std::sync::Arc;

use super::*;

#[test]
fn without_a_file_the_sample_is_open() {
    let gui = window();
    for words in ["34 actions, 35 status lines", "10 lines are past their end date"] {
        assert!(sees(&gui, words), "{words}");
    }
    for words in ["Not started 5", "Major problems 0", "Minor problems 1", "In progress 15", "Complete 14"] {
        assert!(sees(&gui, words), "{words}");
    }
    for table in ["Good Neighbours Plan 34", "Progress Tracker 7", "KPIs 2023-24 13", "KPIs 2021-22 8"] {
        assert!(sees(&gui, table), "{table}");
    }
    assert_eq!(gui.state().state.workspace.title(), "Good Neighbours Plan (sample) - plandesk");
}

#[test]
fn a_file_given_at_the_start_is_opened_in_the_background() {
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![RECOMMENDATIONS.into()]);
    settle(&mut gui);
    assert!(sees(&gui, "21 actions, 2 status lines, 19 without a status") && sees(&gui, "Complete 2"));
    assert_eq!(gui.state().state.workspace.title(), "recommendations.xlsx - plandesk");
    assert_eq!(plan(&gui).rows.iter().filter(|row| row.kind == plandesk::model::RowKind::Section).count(), 6);
}

#[test]
fn dropped_files_make_one_document() {
    let mut gui = window();
    for path in [SAMPLE, RECOMMENDATIONS] {
        gui.input_mut().dropped_files.push(Arc::new(Dropped(path.into())));
    }
    settle(&mut gui);
    assert_eq!(gui.state().state.workspace.document().tables.len(), 5);
    assert!(sees(&gui, "Good Neighbours Plan 34") && sees(&gui, "Neighbourliness Review: Reply from the Service 21"));
    assert_eq!(gui.state().state.workspace.insight().counts.action_count, 55);
}

#[test]
fn what_cannot_be_opened_is_said_and_the_document_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let whole = std::fs::read(SAMPLE).unwrap();
    std::fs::write(at("text.xlsx"), "Ref,Action\n1,Plan").unwrap();
    std::fs::write(at("empty.xlsx"), "").unwrap();
    std::fs::write(at("cut.xlsx"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(at("cut.plandesk"), "{\"plandesk\":1,").unwrap();
    std::fs::create_dir(at("folder.xlsx")).unwrap();
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    for name in ["text.xlsx", "empty.xlsx", "cut.xlsx", "cut.plandesk", "folder.xlsx", "missing.xlsx"] {
        drop_on(&mut gui, &[Path::new(SAMPLE), &at(name)]);
        assert!(sees(&gui, "That did not work") && sees_part(&gui, name), "{name}");
        assert_eq!(*gui.state().state.workspace.document(), before, "{name}");
        assert_eq!(gui.state().state.workspace.title(), "Good Neighbours Plan (sample) - plandesk");
        press(&mut gui, &[Key::Escape]);
        assert!(!sees(&gui, "That did not work"), "{name}");
    }
}

#[test]
fn keys_do_not_reach_what_stands_behind_a_sheet() {
    let mut gui = window();
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    gui.state_mut().state.run(Command::Help(HelpCommand::Fail("It is broken. Mend it.".to_owned())));
    gui.run();
    press(&mut gui, &[Key::Delete, Key::ArrowDown]);
    type_text(&mut gui, "x");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Manager");
    assert!(!sees(&gui, "Editing Lead officer"));
    press(&mut gui, &[Key::Enter]);
    assert!(!sees(&gui, "That did not work"));
    assert_eq!(here(&gui), "Lead officer, 1.1.1", "the key that closes a sheet does nothing else");
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(here(&gui), "Lead officer, 1.1.2", "then the grid has the keys again");
}

#[test]
fn opening_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.plandesk");
    let sample = plandesk::app::open::open_sample();
    std::fs::write(&own, plandesk::store::encode(&sample.document, &sample.notes).unwrap()).unwrap();
    for path in [PathBuf::from(SAMPLE), own] {
        let mut gui = window();
        let before = gui.state().state.workspace.document().clone();
        // So many that the button is there long before the end.
        give(&mut gui, &[&*path; 400]);
        until(&mut gui, "it is opening", |gui| sees_part(gui, "Opening "));
        click(&mut gui, "Cancel");
        settle(&mut gui);
        assert_eq!(
            (gui.state().state.prompts.said(), gui.state().state.prompts.failed()),
            ("Opening cancelled; the document is as it was", None)
        );
        assert_eq!(*gui.state().state.workspace.document(), before);
    }
}
