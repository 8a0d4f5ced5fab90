//! Tests of the journal: who finds what a window left, what is added, and what becomes of damage.

use super::*;
use crate::model::{Table, TableId, TableKind};

fn session(name: &str, unsaved: bool) -> Session {
    Session { unsaved, table: Some(TableId(3)), at: jiff::civil::date(2026, 5, 4).at(14, 32, 0, 0), ..Session::unknown(name) }
}

fn document(name: &str) -> Document {
    Document::of(vec![Table { name: name.to_owned(), ..Table::new(TableKind::Register, Vec::new(), Vec::new()) }])
}

fn begin(journal: &Journal, name: &str, unsaved: bool) {
    journal.begin(&session(name, unsaved), &document_bytes(&document(name), &[]).unwrap(), &[]).unwrap();
}

fn name_of(left: Option<Left>) -> Option<String> {
    left.map(|left| left.session.name)
}

#[test]
fn what_a_window_left_is_found_once_by_the_next() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let first = Journal::take(&folder).unwrap();
    assert_eq!(first.left, None);
    begin(&first.journal, "Plan", true);
    let second = Journal::take(&folder).unwrap();
    assert_eq!(second.left, None, "the first window lives, and keeps its own");
    begin(&second.journal, "Other", true);
    drop(first);
    let third = Journal::take(&folder).unwrap();
    assert_eq!(name_of(third.left).as_deref(), Some("Plan"));
    assert_eq!(Journal::take(&folder).unwrap().left, None, "the third window has it now");
    let kept = third.journal.read().unwrap();
    assert_eq!((kept.session, kept.document, kept.torn), (session("Plan", true), document("Plan"), false));
    third.journal.remove();
    drop((second, third.journal));
    assert_eq!(name_of(Journal::take(&folder).unwrap().left).as_deref(), Some("Other"));
}

#[test]
fn what_is_added_is_read_in_its_order_and_costs_its_own_bytes() {
    let temporary = tempfile::tempdir().unwrap();
    let journal = Journal::take(&Folder::at(temporary.path())).unwrap().journal;
    begin(&journal, "Plan", true);
    let before = journal.length();
    journal.add(&session("Plan", true), &[b"\"one\"".to_vec(), b"\"two\"".to_vec()]).unwrap();
    journal.add(&Session { name: "Later".to_owned(), ..session("Plan", true) }, &[b"\"three\"".to_vec()]).unwrap();
    assert!(journal.length() - before < 1000);
    assert_eq!(journal.length(), fs::metadata(journal.file()).unwrap().len());
    let kept = journal.read().unwrap();
    assert_eq!((kept.session.name.as_str(), kept.torn), ("Later", false));
    assert_eq!(kept.events, [&b"\"one\""[..], b"\"two\"", b"\"three\""]);
}

#[test]
fn a_journal_cut_off_or_damaged_anywhere_is_read_as_far_as_it_goes_and_said_to_be_torn() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let journal = Journal::take(&folder).unwrap().journal;
    begin(&journal, "Plan", true);
    let base = usize::try_from(journal.length()).unwrap();
    let events: Vec<Vec<u8>> = (0..5).map(|number| format!("\"{number}\"").into_bytes()).collect();
    events.iter().for_each(|event| journal.add(&session("Plan", true), std::slice::from_ref(event)).unwrap());
    let whole = fs::read(journal.file()).unwrap();
    for at in base..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        for (bytes, what) in [(&whole[..at], "cut"), (&damaged, "damaged")] {
            fs::write(journal.file(), bytes).unwrap();
            let kept = journal.read().unwrap();
            assert_eq!(kept.document, document("Plan"));
            assert_eq!(kept.events, events[..kept.events.len()], "{what} at {at}");
            let ends_with_a_line = what == "cut" && bytes.last() == Some(&b'\n');
            assert!(kept.torn || ends_with_a_line, "{what} at {at}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_kept_aside_and_said() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let unsaved = temporary.path().join(FOLDER);
    drop(Journal::take(&folder));
    for (name, bytes) in [("1.journal", "torn in the middl"), ("2.kept", "{\"name\":\"Plan\"")] {
        fs::write(unsaved.join(name), bytes).unwrap();
    }
    let taken = Journal::take(&folder).unwrap();
    assert_eq!(taken.left, None);
    assert_eq!(taken.aside, [unsaved.join("1.damaged-1"), unsaved.join("2.damaged-1")]);
    begin(&taken.journal, "Plan", true);
    assert_eq!(fs::read(unsaved.join("1.damaged-1")).unwrap(), b"torn in the middl");
    assert_eq!(taken.journal.copy_aside(), Some(unsaved.join("1.damaged-2")));
}

#[test]
fn a_document_whose_text_was_damaged_is_offered_as_torn() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let taken = Journal::take(&folder).unwrap();
    begin(&taken.journal, "Plan", true);
    let path = taken.journal.file();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"name\":\"Plan\",\"kind\"", "\"name\":\"Plam\",\"kind\"", 1)).unwrap();
    drop(taken);
    let again = Journal::take(&folder).unwrap();
    assert!(again.left.unwrap().torn && again.aside.is_empty());
    assert_eq!(again.journal.read().unwrap().document.tables[0].name, "Plam");
}

#[test]
fn work_kept_by_an_older_version_is_offered() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    drop(Journal::take(&folder));
    let head = r#"{"name":"Plan","path":null,"unsaved":true,"at":"2026-05-04T14:32:00","table":3,"row":null,"column":null}"#;
    let mut bytes = format!("{head}\n").into_bytes();
    bytes.extend(encode(&document("Plan"), &[]).unwrap());
    let path = temporary.path().join(FOLDER).join("1.kept");
    fs::write(&path, bytes).unwrap();
    let taken = Journal::take(&folder).unwrap();
    assert_eq!(taken.left, Some(Left { session: session("Plan", true), torn: false }));
    assert_eq!(taken.journal.read().unwrap().document, document("Plan"));
    begin(&taken.journal, "Plan", true);
    assert!(!path.exists(), "it has been taken over");
}

#[test]
fn work_put_off_waits_for_another_start() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    begin(&Journal::take(&folder).unwrap().journal, "Plan", true);
    let taken = Journal::take(&folder).unwrap();
    assert!(taken.left.is_some());
    begin(&taken.journal.leave().unwrap(), "New", true);
    assert_eq!(name_of(Journal::take(&folder).unwrap().left).as_deref(), Some("Plan"));
}

#[test]
fn what_was_only_handed_on_is_not_offered() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    begin(&Journal::take(&folder).unwrap().journal, "Plan", false);
    assert_eq!(Journal::handed_on(&folder).unwrap().1.session, session("Plan", false));
    assert_eq!(Journal::take(&folder).unwrap().left, None);
    assert!(Journal::handed_on(&folder).is_none());
    assert!(Journal::take(&Folder::nowhere()).is_none());
}

#[test]
fn a_file_that_another_wrote_to_is_not_added_to() {
    let temporary = tempfile::tempdir().unwrap();
    let journal = Journal::take(&Folder::at(temporary.path())).unwrap().journal;
    begin(&journal, "Plan", true);
    fs::write(journal.file(), "other").unwrap();
    assert!(journal.add(&session("Plan", true), &[]).is_err());
}

#[test]
fn pages_that_a_window_which_ended_left_go_at_the_next_start() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    let taken = Journal::take(&folder).unwrap();
    let mut noted = Vec::new();
    let page = super::super::TempFile::write("Plan", b"<p>", |path| {
        noted.push(path.to_path_buf());
        taken.journal.note_printed(&noted);
    })
    .unwrap();
    let path = page.path().to_path_buf();
    let other = temporary.path().join("letter.html");
    fs::write(&other, "mine").unwrap();
    taken.journal.note_printed(&[path.clone(), other.clone()]);
    assert!(Journal::take(&folder).is_some() && path.exists(), "the window lives");
    #[expect(clippy::mem_forget, reason = "as if the process had been ended: nothing of it is dropped")]
    std::mem::forget(page);
    let lock = temporary.path().join(FOLDER).join("1.lock");
    let list = temporary.path().join(FOLDER).join("2.printed");
    fs::copy(lock.with_extension("printed"), &list).unwrap();
    drop(Journal::take(&folder));
    assert!(!path.exists() && other.exists() && !list.exists());
}
