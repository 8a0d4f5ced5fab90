//! The law of undo: whatever was done, undoing all of it gives the first document back, and redoing it the last.

use std::collections::HashSet;

use plandesk::{
    app::{
        command::{CellCommand, Cursor, FindCommand, PeriodCommand},
        find::Query,
        jobs::Wake,
        range::{Corner, Reach, Selection},
        state::State,
    },
    edit::{Change, FieldPlace},
    model::{Polarity, Remark, Rule, Shortfall, Status, Table},
    notes::{Code, Note, Place, Severity},
    store,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// One thing done somewhere; the numbers choose a table, a row and a column among those there are.
#[derive(Clone, Debug)]
struct Act {
    place: (usize, usize, usize),
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Type(&'static str),
    TypeField(&'static str),
    Rule(f64),
    Width(f32),
    Run(Command),
    /// Moves the row to stand before another, or last.
    Place(u8),
    /// Something done with what is selected from there to a place some rows and columns on.
    OnCells((usize, usize), Reach, CellCommand),
    /// Carries what is selected on by some rows or columns.
    Fill((usize, usize), (usize, usize)),
    ReplaceAll(&'static str, &'static str),
}

fn on_cells() -> impl Strategy<Value = What> {
    let texts = ["", "Complete", "Aug-19\t95%\t7\nx", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "\"one\ntwo\"\tx\t\t=1+1"];
    let paste = select(texts.to_vec()).prop_map(|text| CellCommand::Paste(text.to_owned()));
    let fixed = [
        CellCommand::Clear,
        CellCommand::Cut,
        CellCommand::FillDown,
        CellCommand::FillRight,
        CellCommand::Today,
        CellCommand::PutInAll("Dec-20".to_owned()),
        CellCommand::SetStatus(Status::MinorProblems),
        CellCommand::SetLead(Some("Tess".to_owned())),
        CellCommand::MoveDates(Some(-5)),
    ];
    let what = prop_oneof![2 => paste, 3 => select(fixed.to_vec())];
    let reach = select(vec![Reach::Cells, Reach::Cells, Reach::Cells, Reach::Rows, Reach::Columns, Reach::All]);
    prop_oneof![
        4 => ((0_usize..6, 0_usize..4), reach, what).prop_map(|(on, reach, what)| What::OnCells(on, reach, what)),
        1 => ((0_usize..3, 0_usize..2), (0_usize..6, 0_usize..4)).prop_map(|(on, to)| What::Fill(on, to)),
        1 => (select(vec!["e", "Comm", "1"]), select(vec!["", "x", "2"])).prop_map(|(words, with)| What::ReplaceAll(words, with)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let texts = ["", "Complete", "Aug-19", "95%", "↓ 9%", "December 201", "=1+1", "one\ntwo", "7", "1.2.1", "See 1.2.1 and KPI3"];
    let commands = [
        Command::Row(RowCommand::AddAction),
        Command::Row(RowCommand::AddLine),
        Command::Row(RowCommand::AddGroup),
        Command::Row(RowCommand::AddSection),
        Command::Row(RowCommand::Delete),
        Command::Row(RowCommand::Delete),
        Command::Row(RowCommand::MoveUp),
        Command::Row(RowCommand::MoveDown),
        Command::Row(RowCommand::Duplicate),
        Command::Row(RowCommand::Duplicate),
        Command::Row(RowCommand::RenumberRefs),
        Command::Row(RowCommand::LeaveRefs),
        Command::Row(RowCommand::AddUpdate(String::new())),
        Command::Row(RowCommand::AddUpdate("Begun".to_owned())),
        Command::Period(PeriodCommand::AskToRecord),
        Command::Period(PeriodCommand::Record),
        Command::View(ViewCommand::MoveColumnLeft),
        Command::View(ViewCommand::MoveColumnRight),
        Command::Edit(EditCommand::Undo),
        Command::Edit(EditCommand::Redo),
    ];
    let what = prop_oneof![
        4 => select(texts.to_vec()).prop_map(What::Type),
        1 => select(texts.to_vec()).prop_map(What::TypeField),
        1 => (0.0..50.0).prop_map(What::Rule),
        1 => (30.0_f32..900.0).prop_map(What::Width),
        6 => select(commands.to_vec()).prop_map(What::Run),
        2 => any::<u8>().prop_map(What::Place),
        6 => on_cells(),
    ];
    (any::<(u8, u8, u8)>(), what).prop_map(|((table, row, column), what)| Act { place: (table.into(), row.into(), column.into()), what })
}

/// Does it, as the window would.
fn perform(state: &mut State, act: &Act) {
    let (table, row, column) = act.place;
    let table = &state.workspace.document().tables[table % state.workspace.document().tables.len()];
    let id = table.id;
    let held = (!table.rows.is_empty()).then(|| &table.rows[row % table.rows.len()]);
    let at = column % table.columns.len();
    let column = &table.columns[at];
    let edit = |change| Command::Edit(EditCommand::Make("Edit".to_owned(), vec![change]));
    let row = if table.rows.is_empty() { 0 } else { row % table.rows.len() };
    let corner = |(rows, columns): (usize, usize)| Corner {
        row: table.rows.get((row + rows).min(table.rows.len().saturating_sub(1))).map(|row| row.id).unwrap_or_default(),
        column: table.columns[(at + columns).min(table.columns.len() - 1)].id,
    };
    let select = |on: (usize, usize), reach: Reach| Selection { table: id, from: corner((0, 0)), to: corner(on), reach };
    let mut first = Vec::new();
    let command = match &act.what {
        What::OnCells(on, reach, command) => {
            first.push(Command::Cells(CellCommand::Select(select(*on, *reach))));
            Some(Command::Cells(command.clone()))
        }
        What::Fill(on, to) => {
            first.push(Command::Cells(CellCommand::Select(select(*on, Reach::Cells))));
            Some(Command::Cells(CellCommand::FillTo(corner((on.0 + to.0, on.1 + to.1)))))
        }
        What::ReplaceAll(words, with) => {
            let query = Query { text: (*words).to_owned(), ..Query::default() };
            first.push(Command::Find(FindCommand::For(query)));
            Some(Command::Find(FindCommand::ReplaceAll((*with).to_owned())))
        }
        What::Run(command) => Some(command.clone()),
        What::Place(to) => held.map(|row| {
            let before = table.rows.get(usize::from(*to) % (table.rows.len() + 1)).map(|row| row.id);
            Command::Row(RowCommand::Place { row: row.id, before })
        }),
        What::Width(width) => Some(edit(Change::SetWidth { table: id, column: column.id, width: *width })),
        What::TypeField(text) => held.map(|row| {
            let field = if row.fields.is_empty() { FieldPlace::Header(at) } else { FieldPlace::Section(row.id, at % row.fields.len()) };
            edit(Change::SetField { table: id, field, cell: plandesk::model::Cell::text(*text) })
        }),
        What::Type(text) => {
            held.map(|row| edit(Change::SetCell { table: id, row: row.id, column: column.id, cell: column.kind.enter(text) }))
        }
        What::Rule(tolerance) => held.map(|row| {
            let rule = Rule { polarity: Polarity::LowerIsBetter, shortfall: Shortfall::Points, tolerance: *tolerance };
            edit(Change::SetRule { table: id, row: row.id, rule: Some(rule) })
        }),
    };
    let cursor = held.map(|row| Cursor { table: id, row: row.id, column: row.fields.is_empty().then_some(column.id) });
    state.run(Command::View(ViewCommand::Show(View::Table(id))));
    cursor.into_iter().for_each(|cursor| state.run(Command::View(ViewCommand::Select(cursor))));
    first.into_iter().chain(command).for_each(|command| state.run(command));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_undone_is_the_first_document_and_all_redone_the_last(acts in vec(act(), 1..25)) {
        let mut state = State::new(Folder::nowhere(), Wake::default());
        let first = state.workspace.document().clone();
        acts.iter().for_each(|act| perform(&mut state, act));
        for table in &state.workspace.document().tables {
            for row in table.rows.iter().filter(|row| row.fields.is_empty()) {
                prop_assert_eq!(row.cells.len(), table.columns.len(), "each row has a cell a column");
            }
        }
        // Edits undone on the way are made again first, so that the last document holds them all.
        while state.workspace.history().next_redo().is_some() {
            state.run(Command::Edit(EditCommand::Redo));
        }
        let last = state.workspace.document().clone();
        let mut steps = 0;
        while state.workspace.history().next_undo().is_some() {
            state.run(Command::Edit(EditCommand::Undo));
            steps += 1;
        }
        prop_assert!(*state.workspace.document() == first, "undone");
        prop_assert!(!state.workspace.is_unsaved());
        for _ in 0..steps {
            state.run(Command::Edit(EditCommand::Redo));
        }
        prop_assert!(*state.workspace.document() == last, "redone");
    }

    #[test]
    fn no_id_is_used_twice(acts in vec((act(), any::<u8>()), 1..40)) {
        let mut state = State::new(Folder::nowhere(), Wake::default());
        let mut used = Used::default();
        used.see(&state, false);
        for (act, chance) in &acts {
            match chance {
                0..=90 => state.run(Command::Row(RowCommand::Delete)),
                91..=110 => {
                    state.run(Command::Import(ImportCommand::PasteTable("Ref\tAction\tStatus\n1\tSow\tComplete\n2\tReap\tNot started".to_owned())));
                    accept(&mut state);
                }
                111..=125 => {
                    state.run(Command::Import(ImportCommand::Review));
                    accept(&mut state);
                }
                // What was saved is opened again, as in another year.
                126..=140 => {
                    let bytes = store::encode(state.workspace.document(), state.workspace.read_notes()).unwrap();
                    state.workspace.read_again(store::decode(&bytes).unwrap().0);
                }
                _ => perform(&mut state, act),
            }
            let again = matches!(act.what, What::Run(Command::Edit(EditCommand::Undo | EditCommand::Redo))) && *chance > 140;
            let twice = used.see(&state, again);
            prop_assert!(twice.is_empty(), "{twice:?} after {act:?} ({chance})");
        }
    }
}

/// Every id that was in a document, and those that are in it.
#[derive(Default)]
struct Used {
    present: HashSet<[u32; 3]>,
    ever: HashSet<[u32; 3]>,
}

impl Used {
    /// The ids that came anew though they had been there before; those that undo and redo bring back may.
    fn see(&mut self, state: &State, again: bool) -> Vec<[u32; 3]> {
        let of_table = |table: &Table| {
            let rows = table.rows.iter().map(|row| [table.id.0, 1, row.id.0]);
            let columns = table.columns.iter().map(|column| [table.id.0, 2, column.id.0]);
            rows.chain(columns).chain([[table.id.0, 0, 0]]).collect::<Vec<_>>()
        };
        let all: Vec<[u32; 3]> = state.workspace.document().tables.iter().flat_map(of_table).collect();
        let now: HashSet<[u32; 3]> = all.iter().copied().collect();
        assert_eq!(now.len(), all.len(), "each once");
        let twice = now.difference(&self.present).filter(|id| self.ever.contains(*id) && !again).copied().collect();
        self.ever.extend(&now);
        self.present = now;
        twice
    }
}

/// Accepts the import that is being read, once it is.
fn accept(state: &mut State) {
    while state.tasks.job().is_some() {
        state.poll();
    }
    state.run(Command::Import(ImportCommand::Accept));
}

#[test]
fn what_hangs_on_a_deleted_row_goes_with_it_and_comes_back() {
    let mut state = State::new(Folder::nowhere(), Wake::default());
    let table = state.workspace.document().of_kind(TableKind::Plan).next().unwrap();
    let (id, last, before) = (table.id, table.rows.len() - 1, table.rows[table.rows.len() - 2].id);
    let (row, column) = (table.rows[last].id, table.columns[1].id);
    let mut document = (**state.workspace.document()).clone();
    let remark = |row, text: &str| Remark { row, column, text: text.into() };
    document.tables.iter_mut().find(|table| table.id == id).unwrap().remarks =
        vec![remark(before, "First"), remark(row, "Not for the board"), remark(before, "Last")];
    let note = Note::new(Severity::Warning, Code::CellError, Place::row(document.table(id).unwrap(), last), "Gone with its row", "");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.plandesk");
    std::fs::write(&file, store::encode(&document, &[note]).unwrap()).unwrap();
    state.run(Command::File(FileCommand::OpenFiles(vec![file])));
    while state.tasks.job().is_some() {
        state.poll();
    }
    let whole = state.workspace.document().clone();
    let noted = |state: &State| state.workspace.notes().any(|note| note.message == "Gone with its row");
    state.run(Command::View(ViewCommand::Show(View::Table(id))));
    state.run(Command::View(ViewCommand::Select(Cursor { table: id, row, column: None })));
    state.run(Command::Row(RowCommand::Delete));
    state.run(Command::Row(RowCommand::AddAction));
    let table = state.workspace.document().table(id).unwrap();
    let texts: Vec<&str> = table.remarks.iter().map(|remark| &*remark.text).collect();
    assert_eq!((texts, table.rows.iter().any(|held| held.id == row)), (vec!["First", "Last"], false));
    assert!(!noted(&state));
    let saved = store::encode(state.workspace.document(), state.workspace.read_notes()).unwrap();
    let saved = String::from_utf8(saved).unwrap();
    assert!(!saved.contains("Not for the board") && !saved.contains("Gone with its row"), "nothing of it is kept in a file");
    state.run(Command::Edit(EditCommand::Undo));
    state.run(Command::Edit(EditCommand::Undo));
    assert_eq!(*state.workspace.document(), whole);
    assert!(noted(&state));
}

#[test]
fn a_new_kpi_is_not_rated_by_the_rule_of_one_deleted() {
    let mut state = State::new(Folder::nowhere(), Wake::default());
    let table = state.workspace.document().of_kind(TableKind::Kpi).next().unwrap();
    let (id, last) = (table.id, table.rows.last().unwrap().id);
    let rule = Rule { tolerance: 1.0, ..Rule::default() };
    let before = state.workspace.document().clone();
    state.run(Command::Edit(EditCommand::Make("Rule".to_owned(), vec![Change::SetRule { table: id, row: last, rule: Some(rule) }])));
    state.run(Command::View(ViewCommand::Show(View::Table(id))));
    state.run(Command::View(ViewCommand::Select(Cursor { table: id, row: last, column: None })));
    state.run(Command::Row(RowCommand::Delete));
    state.run(Command::Row(RowCommand::AddAction));
    let table = state.workspace.document().table(id).unwrap();
    assert_eq!(table.rules.get(&table.rows.last().unwrap().id), None);
    state.run(Command::Edit(EditCommand::Undo));
    state.run(Command::Edit(EditCommand::Undo));
    assert_eq!(state.workspace.document().table(id).unwrap().rules.get(&last), Some(&rule));
    state.run(Command::Edit(EditCommand::Undo));
    assert_eq!(*state.workspace.document(), before);
}
