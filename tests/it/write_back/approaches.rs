//! New approaches, written into the workbook: laid out like another of the same table, with their words in the place of those.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use plandesk::{
    app::{
        command::{Command, EditCommand, FileCommand},
        jobs::Wake,
        open::open_bytes,
        rows,
        state::State,
        write_back::*,
    },
    edit::{Change, FieldPlace, apply},
    model::{Cell, Document, Role, Row, RowId, RowKind, Table, TableId},
    store::Folder,
    workbook::{self, patch::Allowed},
};

use super::update::part;

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn read(bytes: &[u8]) -> Document {
    open_bytes("Plan.xlsx", bytes, &|_| true).unwrap().document
}

fn saved(base: &[Table], now: &Document, bytes: &[u8]) -> WrittenBack {
    let wanted = ToWrite { base, now, outside: &[], allowed: Allowed::default(), over_theirs: None };
    write_back("Plan.xlsx", bytes, &wanted, &|_| true).unwrap()
}

fn make(document: &mut Document, changes: Vec<Change>) {
    for change in changes {
        apply(document, change).expect("each change finds its place");
    }
}

/// Adds an approach below the row at a position, with words for each of its fields and two actions.
fn add_approach(document: &mut Document, table: TableId, below: usize, words: &[&str]) -> RowId {
    let held = document.table(table).unwrap();
    let (changes, approach) = rows::add(held, held.rows[below].id, RowKind::Section).unwrap();
    make(document, changes);
    for (at, words) in words.iter().enumerate() {
        say(document, table, approach, at, words);
    }
    for words in ["Second of the new", "First of the new"] {
        let (changes, action) = rows::add(document.table(table).unwrap(), approach, RowKind::Entry).unwrap();
        make(document, changes);
        let held = document.table(table).unwrap();
        let column = &held.columns[held.role_position(Role::Action).unwrap()];
        let change = Change::SetCell { table, row: action, column: column.id, cell: column.enter(words) };
        make(document, vec![change]);
    }
    approach
}

fn say(document: &mut Document, table: TableId, row: RowId, at: usize, words: &str) {
    make(document, vec![Change::SetField { table, field: FieldPlace::Section(row, at), cell: Cell::text(words) }]);
}

/// What the rows of a table say.
fn said(table: &Table) -> Vec<(RowKind, Vec<String>)> {
    let row = |row: &Row| {
        let fields = row.fields.iter().map(|field| format!("{}: {}", field.label, field.cell.text));
        (row.kind, fields.chain(row.cells.iter().map(|cell| cell.text.to_string())).collect())
    };
    table.rows.iter().map(row).collect()
}

/// Writes an approach into a workbook and asserts that it is read as it was meant, that nothing else changed and that it can be edited.
fn assert_written(bytes: &[u8], below: impl Fn(&Table) -> usize, words: &[&str]) -> Vec<u8> {
    let before = read(bytes);
    let plan = before.tables.iter().find(|table| table.rows.iter().any(|row| row.kind == RowKind::Section)).unwrap();
    let mut now = before.clone();
    let approach = add_approach(&mut now, plan.id, below(plan), words);
    let written = saved(&before.tables, &now, bytes);
    assert!(written.receipt.is_whole(), "{:?}", written.receipt);
    // The status of the new actions is painted as others of it are.
    let changed: Vec<&String> = written.receipt.changed.iter().filter(|part| *part != "xl/styles.xml").collect();
    assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
    let after = read(&written.bytes);
    assert_eq!(before.tables.len(), after.tables.len());
    for (meant, read) in now.tables.iter().zip(&after.tables) {
        assert_eq!(said(meant), said(read), "{}", meant.name);
    }
    // The base of what is edited next is the workbook as it stands.
    let held = |tables: &[Table]| {
        let table = tables.iter().find(|table| table.name == plan.name).unwrap();
        let place = |row: &Row| (row.source, row.fields.iter().map(|field| field.source).collect::<Vec<_>>());
        (table.heading_row, table.rows.iter().map(place).collect::<Vec<_>>(), said(table))
    };
    assert_eq!(held(&written.base), held(&after.tables));
    let again = saved(&written.base, &now, &written.bytes);
    assert!(again.receipt.is_empty() && again.bytes == written.bytes, "{:?}", again.receipt);
    for (at, words) in words.iter().enumerate() {
        let mut later = now.clone();
        say(&mut later, plan.id, approach, at, &format!("{words} again"));
        let edited = saved(&written.base, &later, &written.bytes);
        let source = written.base.iter().find_map(|table| table.row(approach)).unwrap().fields[at].source.unwrap();
        let place = plandesk::model::place_of(&plan.sheet, source.0, source.1);
        assert_eq!(edited.receipt.written.iter().map(|cell| &*cell.place).collect::<Vec<_>>(), [&*place]);
        assert_eq!(said(read(&edited.bytes).table(plan.id).unwrap()), said(later.table(plan.id).unwrap()));
    }
    written.bytes
}

/// The merged cells of the first sheet, one-based rows.
fn merges(bytes: &[u8]) -> Vec<(u32, u16, u32, u16)> {
    let sheet = workbook::open("Plan.xlsx", bytes, &|_| true).unwrap().0.swap_remove(0);
    sheet.merges.iter().map(|merge| (merge.first.0 + 1, merge.first.1, merge.last.0 + 1, merge.last.1)).collect()
}

fn last(table: &Table) -> usize {
    table.rows.len() - 1
}

#[test]
fn an_approach_with_labels_beside_its_words_and_headings_of_its_own_is_written() {
    let sample = file("assets/sample.xlsx");
    let words = ["Quiet corners", "Make places to rest"];
    let written = assert_written(&sample, |_| 0, &words);
    // As the approaches of the sample it stands below a blank row: its label, its objective and the headings, merged as theirs are.
    let merged = merges(&written);
    assert!(merged.contains(&(31, 1, 31, 7)) && merged.contains(&(32, 1, 32, 7)), "{merged:?}");
    assert_eq!(merged.len(), merges(&sample).len() + 2);
    let sheet = part(&written, "xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains(&format!("<mergeCells count=\"{}\">", merged.len())));
    assert_written(&sample, last, &words);
}

#[test]
fn an_approach_that_is_one_banner_is_written() {
    let banners = file("tests/fixtures/shapes/05_banner_sections.xlsx");
    let written = assert_written(&banners, |_| 3, &["Clean rivers", "Every brook runs clear"]);
    let merged = merges(&written);
    assert!(merged.contains(&(12, 0, 12, 6)) && merged.contains(&(13, 0, 13, 6)), "{merged:?}");
    assert_written(&banners, last, &["Clean rivers", "Every brook runs clear"]);
    assert_written(&file("tests/fixtures/shapes/04_repeated_header.xlsx"), |_| 2, &["Theme 4 - Clean rivers"]);
    assert_written(&file("tests/fixtures/shapes/05b_loose_sections.xlsx"), |_| 2, &["Priority 4 - Clean rivers"]);
}

#[test]
fn an_approach_below_one_without_actions_comes_behind_its_headings() {
    let sample = file("assets/sample.xlsx");
    let before = read(&sample);
    let plan = before.tables.iter().find(|table| table.rows.iter().any(|row| row.kind == RowKind::Section)).unwrap();
    let mut now = before.clone();
    let heading = plan.rows.iter().rposition(|row| row.kind == RowKind::Section).unwrap();
    let all: Vec<usize> = (heading + 1..plan.rows.len()).collect();
    make(&mut now, rows::delete_each(plan, &all));
    let emptied = saved(&before.tables, &now, &sample);
    let mut later = now.clone();
    add_approach(&mut later, plan.id, heading, &["Quiet corners", "Make places to rest"]);
    let written = saved(&emptied.base, &later, &emptied.bytes);
    assert!(written.receipt.is_whole(), "{:?}", written.receipt);
    assert_eq!(said(read(&written.bytes).table(plan.id).unwrap()), said(later.table(plan.id).unwrap()));
}

#[test]
fn what_is_added_on_a_sheet_without_approaches_of_its_own_keeps_to_it() {
    let departments = file("tests/fixtures/shapes/11_sheet_per_department.xlsx");
    let before = read(&departments);
    let plan = before.tables.iter().find(|table| table.rows.iter().any(|row| row.kind == RowKind::Section)).unwrap();
    let other = plan.rows.iter().position(|row| row.source > 0 && row.sheet.is_some()).expect("rows of another sheet");
    let sheet = plan.rows[other].sheet.clone().unwrap();
    let mut now = before.clone();
    let (changes, action) = rows::add(plan, plan.rows[other].id, RowKind::Entry).unwrap();
    make(&mut now, changes);
    let (changes, _) = rows::add(now.table(plan.id).unwrap(), action, RowKind::Section).unwrap();
    make(&mut now, changes);
    let written = saved(&before.tables, &now, &departments);
    // Its approaches are the names of its sheets, which no row is laid out like.
    let why: Vec<&str> = written.receipt.unwritable.iter().map(|refused| &*refused.why).collect();
    assert!(matches!(&why[..], [why] if why.contains("is laid out by its owner")), "{why:?}");
    let mut later = now.clone();
    let column = &plan.columns[plan.role_position(Role::Action).unwrap()];
    make(&mut later, vec![Change::SetCell { table: plan.id, row: action, column: column.id, cell: column.enter("Said later") }]);
    let edited = saved(&written.base, &later, &written.bytes);
    let places: Vec<&str> = edited.receipt.written.iter().map(|cell| &*cell.place).collect();
    assert_eq!(places, [plandesk::model::place_of(&sheet, plan.rows[other].source, column.source)]);
}

#[test]
fn words_that_others_changed_in_the_approach_that_is_copied_do_not_come_along() {
    let banners = file("tests/fixtures/shapes/05_banner_sections.xlsx");
    let before = read(&banners);
    let plan = before.tables.iter().find(|table| table.rows.iter().any(|row| row.kind == RowKind::Section)).unwrap();
    let mut theirs = before.clone();
    let last = plan.rows.iter().rev().find(|row| row.kind == RowKind::Section).unwrap();
    say(&mut theirs, plan.id, last.id, 0, "Fuller streets");
    say(&mut theirs, plan.id, last.id, 1, "No shop stands empty");
    let theirs = saved(&before.tables, &theirs, &banners);
    let mut now = before.clone();
    let approach = add_approach(&mut now, plan.id, plan.rows.len() - 1, &["Clean rivers", "Every brook runs clear"]);
    let outside = &[];
    let wanted = ToWrite { base: &before.tables, now: &now, outside, allowed: Allowed::default(), over_theirs: Some(false) };
    let written = write_back("Plan.xlsx", &theirs.bytes, &wanted, &|_| true).unwrap();
    assert!(written.receipt.is_whole(), "{:?}", written.receipt);
    let read = read(&written.bytes);
    let sections: Vec<Vec<&str>> = read
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .filter(|row| row.kind == RowKind::Section)
        .map(|row| row.fields.iter().map(|field| &*field.cell.text).collect())
        .collect();
    assert_eq!(sections[sections.len() - 2..], [["Fuller streets", "No shop stands empty"], ["Clean rivers", "Every brook runs clear"]]);
    let labels = |table: &Table, row: RowId| table.row(row).unwrap().fields.iter().map(|field| field.label.clone()).collect::<Vec<_>>();
    let added = read.table(plan.id).unwrap().rows.iter().rev().find(|row| row.kind == RowKind::Section).unwrap();
    assert_eq!(labels(read.table(plan.id).unwrap(), added.id), labels(now.table(plan.id).unwrap(), approach));
}

fn settle(state: &mut State) {
    let end = Instant::now() + Duration::from_secs(30);
    state.poll();
    while state.tasks.job().is_some() {
        assert!(Instant::now() < end);
        std::thread::yield_now();
        state.poll();
    }
}

#[test]
fn an_approach_that_was_saved_is_edited_taken_back_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.xlsx");
    fs::write(&path, file("assets/sample.xlsx")).unwrap();
    let mut state = State::new(Folder::at(&folder.path().join("config")), Wake::default());
    state.run(Command::File(FileCommand::OpenFiles(vec![path.clone()])));
    settle(&mut state);
    let before = state.workspace.document().clone();
    let plan = before.tables.iter().find(|table| table.rows.iter().any(|row| row.kind == RowKind::Section)).unwrap();
    let (changes, approach) = rows::add(plan, plan.rows[0].id, RowKind::Section).unwrap();
    let say = |at: usize, words: &str| {
        let change = Change::SetField { table: plan.id, field: FieldPlace::Section(approach, at), cell: Cell::text(words) };
        Command::Edit(EditCommand::Make("Words".to_owned(), vec![change]))
    };
    let save = |state: &mut State| {
        state.run(Command::File(FileCommand::Save));
        settle(state);
        assert_eq!((state.prompts.failed(), state.prompts.ask()), (None, None), "{:?}", state.receipt_sections());
        let read = read(&fs::read(&path).unwrap());
        let (meant, held) = (state.workspace.document().table(plan.id).unwrap(), read.table(plan.id).unwrap());
        assert_eq!(said(meant), said(held));
        let places = |table: &Table| {
            table.rows.iter().map(|row| (row.source, row.fields.iter().map(|field| field.source).collect::<Vec<_>>())).collect::<Vec<_>>()
        };
        assert_eq!(places(meant), places(held));
        state.receipt_sections()[0].0.clone()
    };
    state.run(Command::Edit(EditCommand::Make("Add".to_owned(), changes)));
    state.run(say(0, "Quiet corners"));
    state.run(say(1, "Make places to rest"));
    assert_eq!(save(&mut state), "2 cells written to Plan.xlsx, nothing else changed");
    state.run(say(1, "Make places to sit"));
    assert_eq!(save(&mut state), "1 cell written to Plan.xlsx, nothing else changed");
    (0..4).for_each(|_| state.run(Command::Edit(EditCommand::Undo)));
    assert_eq!(said(state.workspace.document().table(plan.id).unwrap()), said(plan));
    save(&mut state);
    (0..4).for_each(|_| state.run(Command::Edit(EditCommand::Redo)));
    save(&mut state);
    assert_eq!(state.workspace.document().table(plan.id).unwrap().row(approach).unwrap().fields[1].cell.text, "Make places to sit".into());
}
