//! Every call to the disk fails or is cut short in turn, in saving, exporting, keeping, remembering and opening: all of the old or all of the new is there.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    SAMPLE,
    command::{Command, EditCommand, FileCommand, PublishCommand},
    jobs::Wake,
    open::{open_bytes, open_files, open_sample},
    state::{Ask, State},
};
use crate::{
    edit::Change,
    model::{Cell, TableKind},
    store::{self, Appearance, FirstCopy, Folder, Journal, Session, Settings, document_bytes, faults::Fault},
};

/// What the disk answers; the last stands for a file that is shorter than it was while it is read.
const KINDS: [ErrorKind; 2] = [ErrorKind::StorageFull, ErrorKind::UnexpectedEof];
/// More calls than anything here makes.
const MOST: usize = 60;

/// Does something in a folder with the first call failing, then the second, until it is done without one having failed.
fn each(name: &str, prepare: impl Fn(&Path), act: impl Fn(&Path, bool)) {
    for kind in KINDS {
        let met = (1..=MOST).take_while(|number| {
            let temporary = tempfile::tempdir().unwrap();
            prepare(temporary.path());
            let fault = Fault::plan(temporary.path(), *number, kind);
            act(temporary.path(), false);
            let met = fault.is_met();
            drop(fault);
            // What is left of it is no obstacle; not each time, as it takes its time.
            if number % 3 == 1 || !met {
                act(temporary.path(), true);
            }
            met
        });
        let met = met.count();
        assert!((1..MOST).contains(&met), "{name}, {kind}: {met} calls");
    }
}

fn state_with(folder: &Path, open: Option<PathBuf>) -> State {
    let mut state = State::new(Folder::at(&folder.join("config")), Wake::this_thread());
    if let Some(path) = open {
        state.run(Command::File(FileCommand::OpenFiles(vec![path])));
        settle(&mut state);
    }
    state
}

fn settle(state: &mut State) {
    let end = Instant::now() + Duration::from_secs(30);
    state.poll();
    while state.tasks.job.is_some() {
        assert!(Instant::now() < end);
        std::thread::park_timeout(end.saturating_duration_since(Instant::now()));
        state.poll();
    }
}

fn edit(state: &mut State) {
    let table = state.workspace.document.of_kind(TableKind::Plan).next().unwrap();
    let (table, row, column) = (table.id, table.rows[2].id, table.columns[1].id);
    state.run(Command::Edit(EditCommand::Make("Edit".to_owned(), vec![Change::SetCell { table, row, column, cell: Cell::text("New") }])));
}

fn check_words(words: &str, file: &str) {
    assert!(words.contains(file) && words.lines().count() == 1 && words.ends_with('.'), "{words}");
    assert!(!words.contains("Os {") && !words.contains("Error"), "{words}");
}

/// What was read of a file, where it can be.
fn document(path: &Path) -> Option<crate::model::Document> {
    Some(store::decode(&fs::read(path).ok()?).expect("a file that is there is whole").0)
}

#[test]
fn a_save_leaves_the_old_file_or_the_new_one() {
    let old = open_sample();
    let bytes = store::encode(&old.document, &[]).unwrap();
    each(
        "saving",
        |folder| fs::write(folder.join("mine.plandesk"), &bytes).unwrap(),
        |folder, works| {
            let path = folder.join("mine.plandesk");
            let mut state = state_with(folder, None);
            // It is opened before anything fails.
            let opened = open_files(std::slice::from_ref(&path), &[], &|_| true);
            let Ok(opened) = opened else { return check_words(&opened.unwrap_err().to_string(), "mine.plandesk") };
            state.take(opened, Some(path.clone()), "mine".to_owned());
            edit(&mut state);
            state.run(Command::File(FileCommand::Save));
            settle(&mut state);
            let held = document(&path).unwrap();
            if state.workspace.is_unsaved() {
                assert!(!works && held == old.document);
                match (&state.prompts.failed, &state.prompts.ask) {
                    (Some(words), _) => check_words(words, "mine.plandesk"),
                    // A file of which only half could be read is another.
                    (None, ask) => assert_eq!(*ask, Some(Ask::Conflict)),
                }
            } else {
                assert_eq!(held, *state.workspace.document);
            }
            assert_eq!(state.workspace.document.tables[0].rows.len(), old.document.tables[0].rows.len());
        },
    );
}

/// Edits a workbook in a folder and saves it; nothing where it could not be opened.
fn save_into_workbook(folder: &Path) -> Option<State> {
    let path = folder.join("plan.xlsx");
    let mut state = state_with(folder, None);
    match open_files(std::slice::from_ref(&path), &[], &|_| true) {
        Ok(opened) => state.take(opened, None, "plan".to_owned()),
        Err(error) => {
            check_words(&error.to_string(), "plan.xlsx");
            return None;
        }
    }
    edit(&mut state);
    state.run(Command::File(FileCommand::Save));
    settle(&mut state);
    Some(state)
}

/// What the edited cell holds in a workbook.
fn edited_cell(workbook: &[u8]) -> String {
    let document = open_bytes("plan.xlsx", workbook, &|_| true).unwrap().document;
    document.of_kind(TableKind::Plan).next().unwrap().rows[2].cells[1].text.to_string()
}

#[test]
fn a_save_into_a_workbook_leaves_the_old_one_or_the_new_one_with_a_copy_of_the_old() {
    each(
        "saving into a workbook",
        |folder| fs::write(folder.join("plan.xlsx"), SAMPLE).unwrap(),
        |folder, works| {
            let Some(state) = save_into_workbook(folder) else { return assert!(!works) };
            let held = fs::read(folder.join("plan.xlsx")).unwrap();
            if state.workspace.is_unsaved() {
                assert!(!works && held == SAMPLE);
                match (&state.prompts.failed, &state.prompts.ask) {
                    (Some(words), _) => check_words(words, "plan.xlsx"),
                    // A file of which only half could be read is another.
                    (None, ask) => assert_eq!(*ask, Some(Ask::Conflict)),
                }
            } else {
                assert_eq!(edited_cell(&held), "New");
            }
            let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
            let copies: Vec<PathBuf> = names.filter(|path| path.to_string_lossy().contains("before plandesk")).collect();
            assert!(copies.len() == 1 || (copies.is_empty() && held == SAMPLE));
            assert!(copies.iter().all(|copy| fs::read(copy).unwrap() == SAMPLE));
        },
    );
}

#[test]
fn a_workbook_that_others_hold_is_left_and_another_name_is_offered() {
    let mut refused = 0;
    for number in 1..MOST {
        let temporary = tempfile::tempdir().unwrap();
        fs::write(temporary.path().join("plan.xlsx"), SAMPLE).unwrap();
        let fault = Fault::plan(temporary.path(), number, ErrorKind::ResourceBusy);
        let state = save_into_workbook(temporary.path());
        if !fault.is_met() {
            break;
        }
        drop(fault);
        let Some(state) = state.filter(|state| state.workspace.is_unsaved()) else { continue };
        let words = state.prompts.failed.as_deref().unwrap();
        assert!(words.contains("it is open in another program"), "{words}");
        refused += 1;
        assert_eq!(fs::read(temporary.path().join("plan.xlsx")).unwrap(), SAMPLE);
        let elsewhere = Command::File(FileCommand::SaveElsewhere("plan (2).xlsx".to_owned()));
        assert_eq!(state.prompts.instead, Some(elsewhere), "{words}");
    }
    assert!(refused >= 3, "{refused}: reading, writing beside it and taking its place");
}

#[test]
fn without_a_place_for_the_first_copy_nothing_is_saved_and_without_a_wish_for_one_none_is_made() {
    let save = |first_copy: FirstCopy| {
        let temporary = tempfile::tempdir().unwrap();
        fs::write(temporary.path().join("plan.xlsx"), SAMPLE).unwrap();
        let settings = Settings { first_copy, ..Settings::default() };
        settings.save(&Folder::at(&temporary.path().join("config"))).unwrap();
        let state = save_into_workbook(temporary.path()).unwrap();
        let held = fs::read(temporary.path().join("plan.xlsx")).unwrap();
        let names: Vec<_> = fs::read_dir(temporary.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        (state, held, names.len())
    };
    let (state, held, _) = save(FirstCopy::Folder("none".into()));
    let words = state.prompts.failed.as_deref().unwrap();
    assert!(held == SAMPLE && state.workspace.is_unsaved() && words.contains("nothing was saved"), "{words}");
    check_words(words, "plan.xlsx");
    let (state, held, files) = save(FirstCopy::None);
    assert_eq!((state.workspace.is_unsaved(), &*edited_cell(&held), files), (false, "New", 2), "the workbook and what is remembered");
}

#[test]
fn a_first_save_leaves_no_file_or_a_whole_one() {
    each(
        "saving a new file",
        |_| {},
        |folder, works| {
            let path = folder.join("mine.plandesk");
            let mut state = state_with(folder, None);
            edit(&mut state);
            state.run(Command::File(FileCommand::SaveTo(path.clone())));
            settle(&mut state);
            let held = document(&path);
            assert!(held.as_ref() == Some(&*state.workspace.document) || (!works && held.is_none() && state.workspace.is_unsaved()));
            state.prompts.failed.iter().for_each(|words| check_words(words, "mine.plandesk"));
        },
    );
}

#[test]
fn an_export_leaves_the_old_return_or_the_new_one() {
    let old = b"an earlier file";
    each(
        "exporting",
        |folder| fs::write(folder.join("return.xlsx"), old).unwrap(),
        |folder, works| {
            let path = folder.join("return.xlsx");
            let mut state = state_with(folder, None);
            edit(&mut state);
            state.run(Command::Publish(PublishCommand::Replace(path.clone())));
            settle(&mut state);
            let held = fs::read(&path).unwrap();
            let is_new = || open_bytes("return.xlsx", &held, &|_| true).unwrap().document.content() == state.workspace.document.content();
            assert!((held == old && !works) || is_new());
            state.prompts.failed.iter().for_each(|words| check_words(words, "return.xlsx"));
        },
    );
}

#[test]
fn a_journal_is_read_as_it_was_or_as_it_is() {
    let sample = open_sample();
    let bytes = document_bytes(&sample.document, &[]).unwrap();
    let session = |name: &str| Session::unknown(name);
    each(
        "keeping",
        |folder| Journal::take(&Folder::at(folder)).unwrap().journal.begin(&session("Old"), &bytes, &[b"1".to_vec()]).unwrap(),
        |folder, works| {
            let Some(taken) = Journal::take(&Folder::at(folder)) else { return assert!(!works) };
            // One that cannot be read just now is set aside, and not lost.
            if taken.left.is_none() {
                let kept = fs::read_dir(folder.join("unsaved")).unwrap().map(|file| file.unwrap().file_name());
                assert!(kept.filter_map(|name| name.into_string().ok()).any(|name| name.contains("damaged") || name == "1.journal"));
                return;
            }
            let begun = taken.journal.begin(&session("New"), &bytes, &[b"1".to_vec()]).is_ok();
            let added = begun && taken.journal.add(&session("Newer"), &[b"2".to_vec()]).is_ok();
            assert!(added || !works);
            let Ok(kept) = taken.journal.read() else { return };
            let whole = (kept.session.name.as_str(), kept.events.len());
            assert!(kept.torn || matches!(whole, ("Old" | "New", 1) | ("Newer", 2)), "{whole:?}");
            assert!(!added || kept.torn || whole == ("Newer", 2));
            assert_eq!(kept.document, sample.document);
            drop(taken);
            // Whatever failed, the next start finds it.
            let again = Journal::take(&Folder::at(folder)).unwrap();
            assert!(again.left.is_some() || !again.aside.is_empty());
        },
    );
}

#[test]
fn settings_are_the_old_ones_or_the_new_ones() {
    let with = |theme| Settings { theme, ..Settings::default() };
    each(
        "remembering",
        |folder| with(Appearance::Dark).save(&Folder::at(folder)).unwrap(),
        |folder, works| {
            let saved = with(Appearance::Light).save(&Folder::at(folder));
            assert!(saved.is_ok() || !works);
            let bytes = fs::read(folder.join("settings.json")).unwrap();
            let held: Settings = serde_json::from_slice(&bytes).expect("it is whole");
            assert!(matches!((held.theme, saved.is_ok()), (Appearance::Light, _) | (Appearance::Dark, false)));
            assert!([Appearance::Light, Appearance::Dark, Appearance::System].contains(&Settings::load(&Folder::at(folder)).theme));
        },
    );
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_what_is_open_stays() {
    let old = open_sample();
    let bytes = store::encode(&old.document, &[]).unwrap();
    each(
        "opening",
        |folder| fs::write(folder.join("mine.plandesk"), &bytes).unwrap(),
        |folder, works| {
            let state = state_with(folder, Some(folder.join("mine.plandesk")));
            match &state.prompts.failed {
                Some(words) => {
                    assert!(!works && state.workspace.path.is_none());
                    check_words(words, "mine.plandesk");
                }
                None => assert_eq!(*state.workspace.document, old.document),
            }
        },
    );
}
