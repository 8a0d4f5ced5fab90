//! Tests of keeping: when work is written, what comes back of it, and what it costs.

use std::{
    io::ErrorKind,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    app::{
        autosave::journal_writer::{Batch, JournalWriter, Message, Pace, Snapshot},
        command::{Command, EditCommand, FileCommand, RecoveryCommand},
        jobs::Wake,
    },
    edit::Change,
    model::{Cell, Column, ColumnId, Document, Row, RowId, RowKind, Table, TableId, TableKind},
    store::{Folder, Session, Taken, faults::Fault},
};

const FAST: Pace = Pace { rest: Duration::from_millis(20), longest: Duration::from_millis(200) };

fn state(folder: &Folder, takes_over: bool) -> State {
    let mut state = State::new(folder.clone(), Wake::default());
    state.begin_keeping(takes_over);
    state.tasks.autosave.pace = FAST;
    state
}

fn set(state: &State, row: usize, text: &str) -> Change {
    let table = state.workspace.document.of_kind(TableKind::Plan).next().unwrap();
    Change::SetCell { table: table.id, row: table.rows[row].id, column: table.columns[1].id, cell: Cell::text(text) }
}

fn edit(state: &mut State, text: &str) {
    let change = set(state, 2, text);
    state.run(Command::Edit(EditCommand::Make(format!("Edit to {text}"), vec![change])));
}

fn text_of(state: &State) -> String {
    state.workspace.document.of_kind(TableKind::Plan).next().unwrap().rows[2].cells[1].text.to_string()
}

fn kept(folder: &Path) -> usize {
    let all = std::fs::read_dir(folder.join("unsaved")).unwrap();
    all.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "journal")).count()
}

/// Waits until something is so, as the keeper writes in its own time.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// Waits until the journal says what the state holds.
fn written(state: &State) {
    until("it is kept", || state.tasks.is_kept());
    let kept = Replayed::of(state.tasks.autosave.journal().unwrap().read().unwrap());
    assert_eq!((kept.document, kept.session.texts), ((*state.workspace.document).clone(), state.workspace.typed.texts.clone()));
}

#[test]
fn changes_are_kept_at_rest_or_after_a_while_and_forgotten_when_that_is_said() {
    let temporary = tempfile::tempdir().unwrap();
    let Taken { journal, .. } = Journal::take(&Folder::at(temporary.path())).unwrap();
    let journal = Arc::new(journal);
    let document = Arc::new(Document::default());
    let session = |rest: Duration, longest: Duration| {
        let keeper = JournalWriter::start(journal.clone(), Arc::default(), Wake::default(), Pace { rest, longest });
        for number in 1..4 {
            let document = Arc::downgrade(&document);
            let snapshot = Snapshot { number, document, history: Default::default(), notes_from: Default::default() };
            let (session, entries, snapshot) = (Session::unknown("Plan"), Vec::new(), Some(snapshot));
            keeper.tell(Message::Keep(Box::new(Batch { number, session, at_once: false, entries, snapshot })));
        }
        keeper
    };
    const NEVER: Duration = Duration::from_hours(1);
    // Dropped, it has heard all that it was told.
    drop(session(NEVER, NEVER));
    assert_eq!(kept(temporary.path()), 0, "it is being worked on");
    let keeper = session(Duration::ZERO, NEVER);
    until("work that rests is kept", || kept(temporary.path()) == 1);
    keeper.tell(Message::Forget);
    until("it is forgotten", || kept(temporary.path()) == 0);
    drop(keeper);
    let keeper = session(NEVER, Duration::ZERO);
    until("work that never rests is kept too", || kept(temporary.path()) == 1);
    keeper.tell(Message::Forget);
    until("it is forgotten", || kept(temporary.path()) == 0);
}

#[test]
fn a_document_without_unsaved_changes_leaves_nothing_behind() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let mut state = state(&folder, false);
    edit(&mut state, "New");
    written(&state);
    state.run(Command::Edit(EditCommand::Undo));
    state.run(Command::File(FileCommand::Quit));
    state.tasks.close_kept();
    assert!(state.tasks.closing && kept(temporary.path()) == 0);
}

#[test]
fn what_is_handed_on_comes_back_at_the_same_cell_saved_or_not() {
    for unsaved in [true, false] {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let mut first = state(&folder, false);
        let table = first.workspace.document.of_kind(TableKind::Kpi).next().unwrap();
        let cursor = Cursor { table: table.id, row: table.rows[1].id, column: Some(table.columns[1].id) };
        (first.view.shown, first.view.cursor) = (View::Table(cursor.table), Some(cursor));
        if unsaved {
            edit(&mut first, "New");
        }
        first.hand_on();
        let (document, history) = (first.workspace.document.clone(), first.workspace.history.clone());
        drop(first);
        let mut second = state(&folder, true);
        assert_eq!(
            (&second.workspace.document, second.view.cursor, second.workspace.is_unsaved(), &second.prompts.ask),
            (&document, Some(cursor), unsaved, &None)
        );
        assert_eq!(second.workspace.history.next_undo(), history.next_undo());
        second.hand_on();
        drop(second);
        let third = state(&folder, false);
        assert_eq!(third.prompts.ask.is_some(), unsaved, "what was not lost is not offered");
    }
}

#[test]
fn steps_and_what_is_typed_come_back_after_an_end_without_warning() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let mut first = state(&folder, false);
    let before = text_of(&first);
    edit(&mut first, "One");
    written(&first);
    for text in ["Two", "Three", "Four"] {
        edit(&mut first, text);
    }
    first.run(Command::Edit(EditCommand::Undo));
    written(&first);
    let texts = vec![OpenText::Marking { text: "OFFICIAL".to_owned() }];
    first.set_texts(texts.clone());
    written(&first);
    let history = first.workspace.history.clone();
    // Nothing is written when the process is ended from outside.
    first.tasks.autosave.stop();
    drop(first);
    let mut second = state(&folder, false);
    assert_eq!(second.prompts.ask, Some(Ask::KeptWork));
    second.run(Command::Recovery(RecoveryCommand::Restore));
    assert_eq!((text_of(&second).as_str(), &second.workspace.typed.again), ("Three", &texts));
    assert_eq!((second.workspace.history.done(), second.workspace.history.next_redo()), (history.done(), history.next_redo()));
    second.run(Command::Edit(EditCommand::Redo));
    assert_eq!(text_of(&second), "Four");
    for _ in 0..4 {
        second.run(Command::Edit(EditCommand::Undo));
    }
    assert_eq!(text_of(&second), before);
    assert!(!second.workspace.history.is_unsaved(), "it is as it was opened");
}

#[test]
fn a_file_that_was_saved_right_before_the_end_is_no_change_of_others() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(&temporary.path().join("config"));
    let path = temporary.path().join("mine.plandesk");
    let mut first = state(&folder, false);
    first.run(Command::File(FileCommand::SaveTo(path.clone())));
    until("it is saved", || {
        first.poll();
        first.tasks.job.is_none()
    });
    edit(&mut first, "Last");
    first.hand_on();
    // It came to the rename, and no further.
    store::write(&path, &store::encode(&first.workspace.document, &first.workspace.read_notes).unwrap()).unwrap();
    drop(first);
    let mut second = state(&folder, false);
    second.run(Command::Recovery(RecoveryCommand::Restore));
    assert!(!second.workspace.is_unsaved() && text_of(&second) == "Last");
    edit(&mut second, "Later");
    second.run(Command::File(FileCommand::Save));
    until("it is saved", || {
        second.poll();
        second.tasks.job.is_none()
    });
    assert_eq!((second.workspace.is_unsaved(), &second.prompts.ask), (false, &None));
}

/// Saves a document in a file, edits it, and ends its window so that the next one goes on with the edit.
fn hand_on_unsaved(folder: &Folder, path: &Path) {
    let mut first = state(folder, false);
    first.run(Command::File(FileCommand::SaveTo(path.to_path_buf())));
    until("it is saved", || {
        first.poll();
        first.tasks.job.is_none()
    });
    edit(&mut first, "Mine");
    first.hand_on();
}

#[test]
fn a_window_that_takes_over_holds_the_file_that_it_was_started_with() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(&temporary.path().join("config"));
    let path = temporary.path().join("mine.plandesk");
    hand_on_unsaved(&folder, &path);
    let mut second = State::new(folder, Wake::default());
    second.run(Command::File(FileCommand::OpenFiles(vec![path])));
    second.begin_keeping(true);
    assert!(!second.workspace.read_only && second.workspace.own.lock.is_some() && text_of(&second) == "Mine");
}

#[test]
fn a_file_that_others_saved_before_work_came_back_is_asked_about() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(&temporary.path().join("config"));
    let path = temporary.path().join("mine.plandesk");
    hand_on_unsaved(&folder, &path);
    let theirs = store::encode(&Document::default(), &[]).unwrap();
    std::fs::write(&path, &theirs).unwrap();
    let mut second = state(&folder, false);
    second.run(Command::Recovery(RecoveryCommand::Restore));
    second.run(Command::File(FileCommand::Save));
    until("it is compared", || {
        second.poll();
        second.tasks.job.is_none()
    });
    assert_eq!((second.prompts.ask.as_ref(), std::fs::read(&path).unwrap()), (Some(&Ask::Conflict), theirs));
}

#[test]
fn what_was_saved_is_not_offered_and_what_came_after_is() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(&temporary.path().join("config"));
    let path = temporary.path().join("mine.plandesk");
    let mut first = state(&folder, false);
    edit(&mut first, "One");
    written(&first);
    first.run(Command::File(FileCommand::SaveTo(path.clone())));
    until("it is saved", || {
        first.poll();
        !first.workspace.is_unsaved()
    });
    let journal = first.tasks.autosave.journal().unwrap();
    until("that is kept too", || !journal.read().unwrap().session.unsaved);
    let length = journal.length();
    edit(&mut first, "Two");
    written(&first);
    assert!(journal.length() - length < 2000, "it is added to what there was");
    drop((first, journal));
    let mut second = state(&folder, false);
    second.run(Command::Recovery(RecoveryCommand::Restore));
    assert_eq!((text_of(&second).as_str(), second.workspace.path.as_deref()), ("Two", Some(&*path)));
    second.run(Command::Edit(EditCommand::Undo));
    assert!(!second.workspace.is_unsaved(), "that is the state that was saved");
    drop(second);
}

/// A document of so many rows, as it was opened.
fn large(state: &mut State, rows: u32) {
    let row =
        |id: u32| Row { id: RowId(id), kind: RowKind::Entry, cells: vec![Cell::text("1"), Cell::text("Plant trees")], ..Row::default() };
    let column = |id: u32| Column { id: ColumnId(id), ..Column::default() };
    let table =
        Table { id: TableId(1), ..Table::new(TableKind::Plan, vec![column(1), column(2)], (1..=rows).map(row).collect::<Vec<_>>()) };
    state.take(Opened { document: Document::of(vec![table]), ..Opened::default() }, None, "Plan".to_owned());
}

#[test]
fn an_edit_costs_the_same_bytes_in_a_small_and_in_a_large_document() {
    let cost = |rows: u32| {
        let temporary = tempfile::tempdir().unwrap();
        let mut state = state(&Folder::at(temporary.path()), false);
        large(&mut state, rows);
        edit(&mut state, "First");
        written(&state);
        let journal = state.tasks.autosave.journal().unwrap();
        let before = journal.length();
        edit(&mut state, "Second");
        written(&state);
        journal.length() - before
    };
    let (small, large) = (cost(100), cost(100_000));
    assert!(large < 1000 && small.abs_diff(large) <= 16, "{small} and {large} bytes");
}

#[test]
fn a_journal_that_has_grown_begins_anew_with_the_same_history() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let mut first = state(&folder, false);
    large(&mut first, 10);
    let long = "words ".repeat(20_000);
    let journal = first.tasks.autosave.journal().unwrap();
    let (mut shorter, mut length) = (false, 0);
    for number in 0..60 {
        edit(&mut first, &format!("{number} {long}"));
        first.run(Command::Edit(EditCommand::Undo));
        edit(&mut first, &number.to_string());
        written(&first);
        shorter |= journal.length() < length;
        length = journal.length();
    }
    assert!(shorter && length < 4 << 20, "{length} bytes");
    let replayed = Replayed::of(journal.read().unwrap());
    assert_eq!((replayed.document, replayed.history.done()), ((*first.workspace.document).clone(), first.workspace.history.done()));
}

#[test]
fn nothing_is_missing_once_a_disk_that_failed_works_again() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    // Which call fails: of the beginning, then of what is added.
    for number in 1..=12 {
        let mut first = state(&folder, false);
        edit(&mut first, "Begun");
        if number > 6 {
            written(&first);
        }
        let fault = Fault::plan(&temporary.path().join("unsaved"), 1 + number % 6, ErrorKind::StorageFull);
        edit(&mut first, "Added");
        until("it fails or is kept", || {
            first.poll();
            let kept = first.tasks.autosave.journal().unwrap().read().ok().map(Replayed::of);
            fault.is_met() || kept.is_some_and(|kept| kept.document == *first.workspace.document)
        });
        drop(fault);
        edit(&mut first, "Later");
        until("it is kept again", || {
            first.poll();
            let kept = first.tasks.autosave.journal().unwrap().read().ok().map(Replayed::of);
            kept.is_some_and(|kept| {
                kept.document == *first.workspace.document && kept.history.done() == first.workspace.history.done() && !kept.torn
            })
        });
        first.tasks.close_kept();
    }
}
