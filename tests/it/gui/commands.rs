//! The law of undo: whatever was done, undoing all of it gives the first document back, and redoing it the last.

use plandesk::{
    app::{
        command::{Cursor, Find, OnCells},
        find::Query,
        jobs::Wake,
        range::{Corner, Reach, Selection},
        state::State,
    },
    edit::{Change, FieldPlace},
    model::{Polarity, Rule, Shortfall, Status},
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
    OnCells((usize, usize), Reach, OnCells),
    /// Carries what is selected on by some rows or columns.
    Fill((usize, usize), (usize, usize)),
    ReplaceAll(&'static str, &'static str),
}

fn on_cells() -> impl Strategy<Value = What> {
    let texts = ["", "Complete", "Aug-19\t95%\t7\nx", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "\"one\ntwo\"\tx\t\t=1+1"];
    let paste = select(texts.to_vec()).prop_map(|text| OnCells::Paste(text.to_owned()));
    let fixed = [
        OnCells::Clear,
        OnCells::Cut,
        OnCells::FillDown,
        OnCells::FillRight,
        OnCells::Today,
        OnCells::PutInAll("Dec-20".to_owned()),
        OnCells::SetStatus(Status::MinorProblems),
        OnCells::SetLead(Some("Tess".to_owned())),
        OnCells::MoveDates(Some(-5)),
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
        Command::AddAction,
        Command::AddLine,
        Command::AddGroup,
        Command::AddSection,
        Command::DeleteRow,
        Command::DeleteRow,
        Command::MoveRowUp,
        Command::MoveRowDown,
        Command::DuplicateRow,
        Command::DuplicateRow,
        Command::RenumberRefs,
        Command::LeaveRefs,
        Command::AddUpdate(String::new()),
        Command::AddUpdate("Begun".to_owned()),
        Command::RecordPeriod,
        Command::MoveColumnLeft,
        Command::MoveColumnRight,
        Command::Undo,
        Command::Redo,
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
    let table = &state.document.tables[table % state.document.tables.len()];
    let id = table.id;
    let held = (!table.rows.is_empty()).then(|| &table.rows[row % table.rows.len()]);
    let at = column % table.columns.len();
    let column = &table.columns[at];
    let edit = |change| Command::Edit("Edit".to_owned(), vec![change]);
    let row = if table.rows.is_empty() { 0 } else { row % table.rows.len() };
    let corner = |(rows, columns): (usize, usize)| Corner {
        row: table.rows.get((row + rows).min(table.rows.len().saturating_sub(1))).map(|row| row.id).unwrap_or_default(),
        column: table.columns[(at + columns).min(table.columns.len() - 1)].id,
    };
    let select = |on: (usize, usize), reach: Reach| Selection { table: id, from: corner((0, 0)), to: corner(on), reach };
    let mut first = Vec::new();
    let command = match &act.what {
        What::OnCells(on, reach, command) => {
            first.push(Command::Cells(OnCells::Select(select(*on, *reach))));
            Some(Command::Cells(command.clone()))
        }
        What::Fill(on, to) => {
            first.push(Command::Cells(OnCells::Select(select(*on, Reach::Cells))));
            Some(Command::Cells(OnCells::FillTo(corner((on.0 + to.0, on.1 + to.1)))))
        }
        What::ReplaceAll(words, with) => {
            let query = Query { text: (*words).to_owned(), ..Query::default() };
            first.push(Command::Find(Find::For(query)));
            Some(Command::Find(Find::ReplaceAll((*with).to_owned())))
        }
        What::Run(command) => Some(command.clone()),
        What::Place(to) => held.map(|row| {
            let before = table.rows.get(usize::from(*to) % (table.rows.len() + 1)).map(|row| row.id);
            Command::PlaceRow { row: row.id, before }
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
    state.run(Command::Show(View::Table(id)));
    cursor.into_iter().for_each(|cursor| state.run(Command::Select(cursor)));
    first.into_iter().chain(command).for_each(|command| state.run(command));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_undone_is_the_first_document_and_all_redone_the_last(acts in vec(act(), 1..25)) {
        let mut state = State::new(Folder::nowhere(), Wake::default());
        let first = state.document.clone();
        acts.iter().for_each(|act| perform(&mut state, act));
        for table in &state.document.tables {
            for row in table.rows.iter().filter(|row| row.fields.is_empty()) {
                prop_assert_eq!(row.cells.len(), table.columns.len(), "each row has a cell a column");
            }
        }
        // Edits undone on the way are made again first, so that the last document holds them all.
        while state.history.next_redo().is_some() {
            state.run(Command::Redo);
        }
        let last = state.document.clone();
        let mut steps = 0;
        while state.history.next_undo().is_some() {
            state.run(Command::Undo);
            steps += 1;
        }
        prop_assert!(state.document == first, "undone");
        prop_assert!(!state.is_unsaved());
        for _ in 0..steps {
            state.run(Command::Redo);
        }
        prop_assert!(state.document == last, "redone");
    }
}

#[test]
fn a_new_kpi_is_not_rated_by_the_rule_of_one_deleted() {
    let mut state = State::new(Folder::nowhere(), Wake::default());
    let table = state.document.of_kind(TableKind::Kpi).next().unwrap();
    let (id, last) = (table.id, table.rows.last().unwrap().id);
    let rule = Rule { tolerance: 1.0, ..Rule::default() };
    let before = state.document.clone();
    state.run(Command::Edit("Rule".to_owned(), vec![Change::SetRule { table: id, row: last, rule: Some(rule) }]));
    state.run(Command::Show(View::Table(id)));
    state.run(Command::Select(Cursor { table: id, row: last, column: None }));
    state.run(Command::DeleteRow);
    state.run(Command::AddAction);
    let table = state.document.table(id).unwrap();
    assert_eq!(table.rule(table.rows.last().unwrap().id), Rule::default());
    state.run(Command::Undo);
    state.run(Command::Undo);
    assert_eq!(state.document.table(id).unwrap().rule(last), rule);
    state.run(Command::Undo);
    assert_eq!(state.document, before);
}
