//! The law of returns: writing a document as a return and reading that gives the same content again.

use std::sync::Arc;

use plandesk::{
    insight::AsOf,
    layouts::Reading,
    model::{
        Cell, Column, ColumnId, Document, Field, General, Polarity, Role, Row, RowId, RowKind, Rule, Shortfall, Status, Summary, Table,
        TableId, TableKind, kinds::Kind, show_number,
    },
    notes::Note,
    returns,
    workbook::{self, Properties},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Writes a document as a return and reads it again.
fn round_trip(document: &Document) -> (Document, Vec<Note>) {
    let (pages, properties) = returns::pages(document, AsOf::default());
    let bytes = workbook::save(&pages, &properties, &mut |_| true).unwrap();
    let (grids, mut notes) = workbook::open("plan.xlsx", &bytes, &|_| true).unwrap();
    let Reading { tables, notes: more, loose, .. } = crate::read_workbook(grids);
    notes.extend(more);
    (Document { loose, ..Document::of(tables) }, notes)
}

/// The first lines in which two documents differ: written, then read.
fn difference(written: &Document, read: &Document) -> Option<String> {
    let [written, read] = [written, read].map(|document| serde_json::to_string_pretty(document).unwrap());
    let pairs: Vec<_> = written.lines().zip(read.lines()).collect();
    let at = pairs.iter().position(|(a, b)| a != b).or((written != read).then_some(pairs.len()))?;
    let part = |text: &str| text.lines().skip(at.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
    Some(format!("WRITTEN\n{}\nREAD\n{}", part(&written), part(&read)))
}

fn opened(bytes: &[u8]) -> Document {
    let (grids, _) = workbook::open("plan.xlsx", bytes, &|_| true).unwrap();
    let Reading { tables, loose, .. } = crate::read_workbook(grids);
    Document { loose, ..Document::of(tables) }
}

#[test]
fn the_sample_and_the_fixtures_come_back_whole() {
    for (name, bytes) in [
        ("sample", &include_bytes!("../../assets/sample.xlsx")[..]),
        ("recommendations", include_bytes!("../fixtures/recommendations.xlsx")),
        ("registers", include_bytes!("../fixtures/registers.xlsx")),
    ] {
        let document = opened(bytes);
        let (again, notes) = round_trip(&document);
        assert_eq!(difference(&document.content(), &again.content()), None, "{name}");
        assert_eq!(notes, [], "{name}");
    }
}

#[test]
fn several_documents_in_one_come_back_whole() {
    let mut document = opened(include_bytes!("../../assets/sample.xlsx"));
    document.append(opened(include_bytes!("../fixtures/recommendations.xlsx")).tables);
    document.append(opened(include_bytes!("../fixtures/registers.xlsx")).tables);
    let (again, notes) = round_trip(&document);
    let names = |document: &Document| document.tables.iter().map(|table| table.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&document));
    // Two workbooks may each have an “Action Plan”: the second sheet gets a number, its table keeps its name.
    let mut expected = document.content();
    for (table, read) in expected.tables.iter_mut().zip(&again.tables) {
        table.sheet.clone_from(&read.sheet);
    }
    assert_eq!(difference(&expected, &again.content()), None);
    assert_eq!(notes, []);
}

/// Words of an owner, which may begin like a formula and run over lines. Texts have no blank ends, since a reader trims labels.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-z]{2,9}",
        1 => select(vec!["50%", "\u{2191}", "caf\u{e9}", "\u{1f600}", "A&B", "<b>", "_x000D_", "\"quoted\"", "(n.b. 2)"]).prop_map(str::to_owned),
    ];
    let lead = prop_oneof![6 => Just(""), 1 => select(vec!["=", "+", "-", "@", "'", "i) "])];
    (lead, vec(word, 1..7), prop_oneof![4 => Just(" "), 1 => Just("\n")])
        .prop_map(|(lead, words, between)| format!("{lead}{}", words.join(between)))
}

fn text_cell() -> impl Strategy<Value = Cell> {
    words().prop_map(|text| Kind::Paragraph.read(text.into(), None))
}

fn stored(kind: Kind, number: f64, format: &str) -> Cell {
    let held = plandesk::model::Stored { number, format: Arc::from(format) };
    kind.read(show_number(number, format).into(), Some(held))
}

fn date_cell() -> impl Strategy<Value = Cell> {
    let texts = ["On-going", "December 201", "2021-22", "March 2018", "Complete"];
    prop_oneof![
        6 => (41_000_u32..46_000, select(vec!["mmm-yy", "dd/mm/yyyy", "d mmmm yyyy", "[$-809]dd mmm yyyy"]))
            .prop_map(|(day, format)| stored(Kind::Date, f64::from(day), format)),
        3 => select(texts.to_vec()).prop_map(|text| Kind::Date.read(text.into(), None)),
        1 => Just(Cell::default()),
    ]
}

fn status_cell() -> impl Strategy<Value = Cell> {
    let words = ["Complete", "- Complete", "In Progress", "Not started", "Minor Problem", "Major Problems", "on hold"];
    prop_oneof![9 => select(words.to_vec()).prop_map(|text| Kind::Status.read(text.into(), None)), 1 => Just(Cell::default())]
}

fn figure_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => (0_u32..120).prop_map(|percent| stored(Kind::Figure, f64::from(percent) / 100.0, "0%")),
        2 => (0_u32..9_000).prop_map(|hundredths| stored(Kind::Figure, f64::from(hundredths) / 100.0, General)),
        2 => select(vec!["new", "\u{2191}", "\u{2193} 9%", "Maintain", "37% 0%", "79%", "40"])
            .prop_map(|text| Kind::Figure.read(text.into(), None)),
        1 => Just(Cell::default()),
    ]
}

fn column(heading: &str, role: Option<Role>, kind: Kind) -> Column {
    Column { id: ColumnId(0), heading: heading.into(), role, kind, width: 120.0, ..Column::default() }
}

fn table(kind: TableKind, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let columns = columns.into_iter().zip(1..).map(|(column, id)| Column { id: ColumnId(id), ..column }).collect();
    let rows = rows.into_iter().zip(1..).map(|(row, id)| Row { id: RowId(id), ..row }).collect::<Vec<_>>();
    Table { id: TableId(1), name: name.to_owned(), sheet: name.to_owned(), ..Table::new(kind, columns, rows) }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { kind, cells, ..Row::default() }
}

fn title() -> impl Strategy<Value = Option<Field>> {
    option::of(text_cell().prop_map(|cell| Field { cell, ..Field::default() }))
}

/// The plan's columns after the ref and the action, in an owner's order; some owners have no start, lead or comment.
fn plan_columns() -> impl Strategy<Value = Vec<Column>> {
    let all = [
        column("Start:", Some(Role::Start), Kind::Date),
        column("End:", Some(Role::End), Kind::Date),
        column("Measure/outcome:", Some(Role::Measure), Kind::Paragraph),
        column("Lead officer", Some(Role::Lead), Kind::Paragraph),
        column("RAG Status", Some(Role::Status), Kind::Status),
        column("Comment:", Some(Role::Comment), Kind::Paragraph),
        column("Budget code", None, Kind::Paragraph),
    ];
    proptest::sample::subsequence(all.to_vec(), 1..=all.len())
        .prop_shuffle()
        .prop_map(|rest| {
            let mut columns = vec![column("Ref:", Some(Role::Ref), Kind::Ref), column("Action:", Some(Role::Action), Kind::Paragraph)];
            columns.extend(rest);
            columns
        })
        // A header row names at least one thing beside the action: without it no reader knows a plan.
        .prop_filter("a heading of a plan", |columns| columns.iter().skip(2).any(|column| column.role.is_some()))
}

fn cell_of(column: &Column) -> BoxedStrategy<Cell> {
    match column.kind {
        Kind::Date => date_cell().boxed(),
        Kind::Status => status_cell().boxed(),
        Kind::Figure => figure_cell().boxed(),
        Kind::Number => (0_u32..99).prop_map(|number| stored(Kind::Number, f64::from(number), General)).boxed(),
        Kind::Ref | Kind::Paragraph => prop_oneof![4 => text_cell(), 1 => Just(Cell::default())].boxed(),
    }
}

/// An action and the lines that continue it. Left out, because a sheet cannot tell them back: an action with neither ref nor
/// words, a line with a ref of its own, and a line of which every cell is blank and none is merged.
fn action(columns: Vec<Column>) -> impl Strategy<Value = Vec<Row>> {
    let entry: Vec<_> = columns.iter().skip(2).map(cell_of).collect();
    let line = columns.iter().skip(2).map(|column| prop_oneof![cell_of(column), Just(Cell::merged())]).collect::<Vec<_>>();
    (text_cell(), entry, vec((any::<bool>(), line), 0..3)).prop_map(|(action, rest, lines)| {
        let mut rows = vec![row(RowKind::Entry, [Cell::default(), action].into_iter().chain(rest).collect())];
        for (joined, rest) in lines {
            let lead = if joined || rest.iter().all(Cell::is_blank) { Cell::merged() } else { Cell::default() };
            // A merge reaches down from the line above: below a blank reach it is blank itself.
            rows.push(row(RowKind::Line, [lead.clone(), lead].into_iter().chain(rest).collect()));
        }
        rows
    })
}

/// Sections of groups of actions, numbered as owners number them.
fn plan_rows(columns: Vec<Column>) -> impl Strategy<Value = Vec<Row>> {
    let width = columns.len();
    let group = (option::weighted(0.8, words()), vec(action(columns), 1..4));
    let section = (option::of((text_cell(), option::of(text_cell()))), vec(group, 1..3));
    let labels = select(vec![["Approach", "Objective"], ["Recommendation 2", "Comments from Service"]]);
    (labels, vec(section, 1..4)).prop_map(move |([label, detail], sections)| {
        let mut rows = Vec::new();
        for ((section, groups), s) in sections.into_iter().zip(1..) {
            if let Some((title, words)) = section {
                let mut fields = vec![Field { label: label.into(), cell: title, ..Field::default() }];
                fields.extend(words.map(|cell| Field { label: detail.into(), cell, ..Field::default() }));
                rows.push(Row { fields, ..row(RowKind::Section, Vec::new()) });
            }
            for ((heading, actions), g) in groups.into_iter().zip(1..) {
                if let Some(heading) = heading {
                    let mut cells = vec![Cell::default(); width];
                    (cells[0], cells[1]) = (Cell::text(format!("{s}.{g}")), Cell::text(heading));
                    rows.push(row(RowKind::Group, cells));
                }
                for (mut lines, a) in actions.into_iter().zip(1..) {
                    lines[0].cells[0] = Cell::text(format!("{s}.{g}.{a}"));
                    rows.append(&mut lines);
                }
            }
        }
        rows
    })
}

fn plan() -> impl Strategy<Value = Table> {
    let field = select(vec!["Name", "Owner", "Duration", "Board responsible for monitoring plan"]);
    let fields = vec((field, prop_oneof![text_cell(), Just(Cell::default())]), 0..4);
    let review = option::of((41_000_u32..46_000).prop_map(|day| stored(Kind::Date, f64::from(day), "mmm-yy")));
    let statuses = proptest::sample::subsequence(Status::ALL.to_vec(), 0..=7).prop_shuffle();
    let summary = option::of((words(), statuses, vec(select(vec!["5 (-3)", "0", "15(-9)", "14 (+11)", ""]), 7)));
    let rows = plan_columns().prop_flat_map(|columns| (Just(columns.clone()), plan_rows(columns)));
    (title(), fields, review, summary, rows).prop_map(|(title, fields, review, summary, (columns, rows))| {
        let mut fields: Vec<Field> =
            fields.into_iter().map(|(label, cell)| Field { label: label.into(), cell, ..Field::default() }).collect();
        fields.extend(review.map(|cell| Field { label: "Review date".into(), cell, ..Field::default() }));
        let line = |(status, text): (Status, &str)| Field {
            label: status.word().into(),
            cell: Kind::Number.read(text.into(), None),
            ..Field::default()
        };
        let summary = summary
            .map(|(title, statuses, texts)| Summary { title: title.into(), lines: statuses.into_iter().zip(texts).map(line).collect() });
        Table { title, fields, summary, ..table(TableKind::Plan, "Action Plan", columns, rows) }
    })
}

fn history() -> impl Strategy<Value = Table> {
    (title(), 2_usize..6, vec(0_u32..30, 42)).prop_map(|(title, periods, counts)| {
        let headings = ["Aug 17", "Nov 17", "Feb 18", "May-18", "Q2 2018-19"];
        let mut columns = vec![column("", Some(Role::Status), Kind::Status)];
        columns.extend(headings[..periods.min(5)].iter().map(|heading| column(heading, Some(Role::Period), Kind::Number)));
        let rows = Status::ALL.into_iter().enumerate().map(|(at, status)| {
            let numbers = (1..columns.len()).map(|n| stored(Kind::Number, f64::from(counts[at * 5 + n - 1]), General));
            row(RowKind::Entry, [Kind::Status.read(status.word().into(), None)].into_iter().chain(numbers).collect())
        });
        let rows = rows.collect();
        Table { title, ..table(TableKind::History, "Progress Tracker", columns, rows) }
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let polarity = select(vec![Polarity::FromTarget, Polarity::HigherIsBetter, Polarity::LowerIsBetter, Polarity::Maintain]);
    (polarity, select(vec![Shortfall::Relative, Shortfall::Points]), 0_u32..300).prop_map(|(polarity, shortfall, tolerance)| Rule {
        polarity,
        shortfall,
        tolerance: f64::from(tolerance) / 10.0,
    })
}

/// KPIs, some with a second line. Every one has its wording: a row without is read as a line of the KPI above.
fn kpis() -> impl Strategy<Value = Table> {
    let entry = (text_cell(), figure_cell(), figure_cell(), option::weighted(0.2, rule()), option::weighted(0.2, 1_u32..99));
    (title(), any::<bool>(), vec(entry, 1..12)).prop_map(|(title, numbered, entries)| {
        let mut columns = vec![
            column("#", Some(Role::Ref), Kind::Ref),
            column("KPI", Some(Role::Kpi), Kind::Paragraph),
            column("Current Performance", Some(Role::Current), Kind::Figure),
            column("Target (end of year)", Some(Role::Target), Kind::Figure),
        ];
        columns.drain(..usize::from(!numbered));
        let (mut rows, mut rules) = (Vec::new(), std::collections::BTreeMap::new());
        for ((kpi, current, target, rule, second), number) in entries.into_iter().zip(1_u32..) {
            let reference = numbered.then(|| stored(Kind::Ref, f64::from(number), General));
            rows.push(row(RowKind::Entry, reference.into_iter().chain([kpi, current, target]).collect()));
            rules.extend(rule.map(|rule| (RowId(rows.len() as u32), rule)));
            if let Some(second) = second {
                let joined = numbered.then(Cell::merged).into_iter().chain([Cell::merged()]);
                let current = stored(Kind::Figure, f64::from(second) / 100.0, "0.0%");
                rows.push(row(RowKind::Line, joined.chain([current, Cell::default()]).collect()));
            }
        }
        Table { title, rules, ..table(TableKind::Kpi, "KPIs 2023-24", columns, rows) }
    })
}

/// Two registers on one sheet: with a header row, and below a banner of its own without one. The rows are whole, since a
/// reader sees a column only where something stands, and numbered, since words alone over words would be a header row.
fn registers() -> impl Strategy<Value = Vec<Table>> {
    let rows = || vec((text_cell(), 0_u32..25), 1..5);
    let banner = || text_cell().prop_map(|cell| Field { cell, ..Field::default() });
    (rows(), banner(), rows(), banner()).prop_map(|(risks, first, scores, second)| {
        let rows = |rows: Vec<(Cell, u32)>| {
            let cells = rows.into_iter().map(|(text, score)| vec![text, stored(Kind::Number, f64::from(score), General)]);
            cells.map(|cells| row(RowKind::Entry, cells)).collect::<Vec<_>>()
        };
        let columns = |headings: [&str; 2], roles: [Option<Role>; 2]| {
            let kinds = [Kind::Paragraph, Kind::Number];
            headings.into_iter().zip(roles).zip(kinds).map(|((heading, role), kind)| column(heading, role, kind)).collect()
        };
        let mut tables = vec![
            Table {
                title: Some(first),
                ..table(TableKind::Register, "Risks", columns(["Risk Title", "Score"], [Some(Role::Risk), Some(Role::Score)]), rows(risks))
            },
            Table { title: Some(second), ..table(TableKind::Register, "Risks", columns(["", ""], [None, None]), rows(scores)) },
        ];
        for table in &mut tables {
            table.name = table.title.as_ref().map(|title| title.cell.text.to_string()).unwrap();
        }
        tables
    })
}

fn document() -> impl Strategy<Value = Document> {
    (option::weighted(0.9, plan()), option::of(history()), option::of(kpis()), option::of(registers())).prop_map(
        |(plan, history, kpis, registers)| {
            let mut document = Document::default();
            document.append(plan.into_iter().chain(history).chain(kpis).chain(registers.into_iter().flatten()).collect());
            document
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_return_read_again_is_the_document(document in document()) {
        let (again, notes) = round_trip(&document);
        prop_assert_eq!(difference(&document.content(), &again.content()), None);
        prop_assert_eq!(notes, vec![]);
    }
}

#[test]
fn the_workbook_says_what_it_is() {
    let document = opened(include_bytes!("../../assets/sample.xlsx"));
    let (_, properties) = returns::pages(&document, AsOf::default());
    let Properties { title, subject, author, .. } = properties;
    assert!(!title.is_empty() && !author.is_empty());
    assert_eq!(subject, "Plan return");
}
