//! What closing a period proposes of documents of many forms, and what it would record.

use super::*;
use crate::{
    edit::apply,
    insight::seed,
    model::{Cell, Column, Row, RowId, RowKind, Status, kinds::Kind},
};

const TODAY: Date = Date::constant(2019, 6, 1);

fn with<T>(document: &Document, in_workbook: bool, tell: impl FnOnce(Grounds<'_>) -> T) -> T {
    let insight = Insight::of(document, AsOf::default());
    tell(Grounds { document, insight: &insight, today: TODAY, in_workbook })
}

fn closing(document: &Document) -> Closing {
    with(document, true, |grounds| Closing::of(grounds, Purpose::Close))
}

/// The same after its name was typed.
fn called(document: &Document, name: &str) -> Closing {
    with(document, true, |grounds| {
        let first = Closing::of(grounds, Purpose::Close);
        let draft = Draft { name: name.to_owned(), ..first.draft.clone() };
        first.with(grounds, draft)
    })
}

fn after(document: &Document, closing: &Closing) -> Document {
    let mut document = document.clone();
    for change in closing.changes(&document) {
        apply(&mut document, change).expect("each change finds its place");
    }
    document
}

/// The seed's plan with a tracker of these headings; each row is a label and its values.
fn tracked(headings: &[&str], rows: &[(&str, &[&str])]) -> Document {
    let column = |(heading, id): (&&str, u32)| Column {
        id: ColumnId(id),
        heading: (*heading).into(),
        role: Some(if id == 1 { Role::Status } else { Role::Period }),
        kind: if id == 1 { Kind::Status } else { Kind::Number },
        source: id - 1,
        ..Column::default()
    };
    let columns = ["Status"].iter().chain(headings).zip(1..).map(column).collect();
    let row = |((label, values), at): (&(&str, &[&str]), u32)| {
        let values = values.iter().map(|value| match value.strip_prefix('=') {
            Some(value) => Cell { formula: true, ..Kind::Number.enter(value) },
            None => Kind::Number.enter(value),
        });
        let cells = [Kind::Status.enter(label)].into_iter().chain(values).collect();
        Row { id: RowId(at), kind: RowKind::Entry, cells, source: at + 1, ..Row::default() }
    };
    let rows: Vec<Row> = rows.iter().zip(1..).map(row).collect();
    let tracker = Table {
        id: TableId(50),
        name: "Tracker".to_owned(),
        sheet: "Tracker".to_owned(),
        heading_row: 1,
        ..Table::new(TableKind::History, columns, rows)
    };
    Document::of(vec![seed::plan(), tracker])
}

/// Those of the seed: 5 not started, none with major and one with minor problems, 15 in progress, 14 complete.
fn statuses<'a>(values: [&'a [&'a str]; 5]) -> Vec<(&'a str, &'a [&'a str])> {
    ["Not Started", "Major Problems", "Minor Problems", "In Progress", "Complete"].into_iter().zip(values).collect()
}

fn recording(closing: &Closing) -> &Recording {
    closing.lines[0].recording.as_ref().unwrap()
}

fn values(recording: &Recording) -> Vec<&str> {
    recording.values.iter().map(|value| &*value.cell.text).collect()
}

#[test]
fn the_seed_is_closed_as_the_quarter_after_its_tracker() {
    let document = seed::document();
    let closing = closing(&document);
    assert_eq!((&*closing.draft.name, &*closing.draft.date), ("Apr-19", "30/04/2019"));
    assert_eq!(closing.as_at, Some(Date::constant(2019, 4, 30)));
    let tracker = recording(&closing);
    assert_eq!((&*tracker.heading, values(tracker)), ("Apr-19", vec!["5", "0", "1", "15", "14"]));
    assert!(closing.lines[1..].iter().all(|line| !line.is_tracker) && closing.lines.len() == 3);
    assert_eq!(closing.draft.tables.iter().map(|wish| wish.record).collect::<Vec<_>>(), [true, false, false], "KPIs keep no periods");
    let after = after(&document, &closing);
    let table = &after.tables.iter().find(|table| table.id == tracker.table).unwrap();
    assert_eq!(table.columns.iter().map(|column| &*column.heading).next_back(), Some("Apr-19"));
    let insight = Insight::of(&after, AsOf::default());
    let period = insight.trackers[0].periods.last().unwrap();
    assert_eq!((&*period.heading, period.counts), ("Apr-19", insight.counts.lines));
    assert_eq!(insight.plans[0].deltas.as_ref().unwrap().since, "Jan-19");
}

#[test]
fn the_name_that_is_typed_moves_the_date_until_that_is_typed_too() {
    let document = seed::document();
    for (name, date, heading) in
        [("July 2019", "31/07/2019", "Jul-19"), ("Q1 2019/20", "30/06/2019", "Apr-19"), ("Half-time", "30/04/2019", "Half-time")]
    {
        let closing = called(&document, name);
        assert_eq!((&*closing.draft.date, &*closing.lines[0].heading), (date, heading), "{name}");
    }
    with(&document, true, |grounds| {
        let first = Closing::of(grounds, Purpose::Close);
        let dated = first.with(grounds, Draft { date: "1/5/2019".into(), ..first.draft.clone() });
        let named = dated.with(grounds, Draft { name: "July 2019".into(), ..dated.draft.clone() });
        assert_eq!((&*named.draft.date, named.as_at), ("1/5/2019", Some(Date::constant(2019, 5, 1))));
        let none = first.with(grounds, Draft { date: "soon".into(), ..first.draft.clone() });
        assert_eq!(none.why_not(), Some("Type the date it stands at, such as 31/12/2026"));
        assert_eq!(first.with(grounds, Draft { name: " ".into(), ..first.draft.clone() }).why_not(), Some("Name the period"));
        let late = first.with(grounds, Draft { name: "Jul 2026".into(), ..first.draft.clone() });
        assert!(late.doubts(&document, TODAY)[0].starts_with("31 July 2026 is still to come"));
    });
}

#[test]
fn an_empty_column_that_is_headed_by_the_period_is_filled() {
    let all = statuses([&["6", "", ""], &["0", "", ""], &["2", "", ""], &["14", "", ""], &["13", "", ""]]);
    let document = tracked(&["Q2 2018/19", "Q3 2018/19", "Q4 2018/19"], &all);
    let closing = closing(&document);
    assert_eq!((&*closing.draft.name, &*closing.draft.date), ("Q3 2018/19", "31/12/2018"));
    assert_eq!(recording(&closing).place, Place::Ready(ColumnId(3)));
    let table = &after(&document, &closing).tables[1];
    assert_eq!(table.columns.len(), 4);
    assert_eq!(table.rows.iter().map(|row| &*row.cells[2].text).collect::<Vec<_>>(), ["5", "0", "1", "15", "14"]);
}

#[test]
fn a_filled_column_gives_way_only_when_that_is_chosen_and_formulas_never_do() {
    let all = statuses([&["6", "5"], &["0", "0"], &["2", "2"], &["14", "15"], &["13", "13"]]);
    let document = tracked(&["Oct-18", "Jan-19"], &all);
    let over = called(&document, "Jan-19");
    let held = recording(&over);
    assert_eq!((held.place, held.replaces()), (Place::Over(ColumnId(3)), true));
    assert_eq!(held.values.iter().map(|value| &*value.before).collect::<Vec<_>>(), ["5", "0", "2", "15", "13"]);
    assert!(over.changes(&document).is_empty(), "nothing is replaced unasked");
    let chosen = with(&document, true, |grounds| {
        let mut draft = over.draft.clone();
        draft.tables[0].replace = true;
        over.with(grounds, draft)
    });
    assert_eq!(chosen.changes(&document).len(), 2, "two of five differ");
    let same = tracked(&["Oct-18", "Jan-19"], &statuses([&["6", "5"], &["0", "0"], &["2", "1"], &["14", "15"], &["13", "14"]]));
    assert!(recording(&called(&same, "Jan-19")).is_there());
    let live = tracked(&["Oct-18", "Jan-19"], &statuses([&["6", "=5"], &["0", "=0"], &["2", "=1"], &["14", "=15"], &["13", "=14"]]));
    let running = closing(&live);
    assert_eq!((&*running.draft.name, running.changes(&live)), ("Jan-19", Vec::new()));
    assert!(running.lines[0].recording.as_ref().unwrap_err().starts_with("formulas of the workbook count in that column"));
}

#[test]
fn the_newest_period_stands_first_where_the_others_do() {
    let all = statuses([&["5", "6"], &["0", "0"], &["2", "2"], &["15", "14"], &["13", "13"]]);
    let document = tracked(&["Jan-19", "Oct-18"], &all);
    let table = &after(&document, &closing(&document)).tables[1];
    assert_eq!(table.columns.iter().map(|column| &*column.heading).collect::<Vec<_>>(), ["Status", "Apr-19", "Jan-19", "Oct-18"]);
    assert_eq!(table.rows.iter().map(|row| &*row.cells[1].text).collect::<Vec<_>>(), ["5", "0", "1", "15", "14"]);
}

#[test]
fn sums_are_recorded_where_the_earlier_columns_prove_them_and_nothing_is_guessed() {
    let mut rows = statuses([&["6", "5"], &["0", "0"], &["2", "2"], &["14", "15"], &["13", "13"]]);
    rows.extend::<Vec<(&str, &[&str])>>(vec![
        ("Total", &["35", "35"]),
        ("Total budget", &["90", "80"]),
        ("% complete", &["0.37142", "0.3714"]),
        ("Overdue actions", &["9", "9"]),
        ("KPIs on target", &["4", "5"]),
    ]);
    let document = tracked(&["Oct-18", "Jan-19"], &rows);
    let closing = closing(&document);
    let recorded = recording(&closing);
    let of = |label: &str| recorded.values.iter().find(|value| value.label == label).map(|value| value.cell.text.to_string());
    assert_eq!(of("Total").as_deref(), Some("35"));
    assert_eq!(of("% complete").as_deref(), Some("0.4"));
    let late = Insight::of(&document, AsOf { given: closing.as_at, today: None }).overdue.len();
    assert_eq!(of("Overdue actions"), Some(late.to_string()));
    assert_eq!([of("KPIs on target"), of("Total budget")], [None, None]);
    let left: Vec<&str> = recorded.left.iter().map(String::as_str).collect();
    assert_eq!(
        left,
        ["“Total budget” is left blank: what it counts is not certain", "“KPIs on target” is left blank: what it counts is not certain"]
    );
}

#[test]
fn a_status_without_a_row_is_told() {
    let mut document = tracked(&["Oct-18", "Jan-19"], &statuses([&["6", "5"], &["0", "0"], &["2", "2"], &["14", "15"], &["13", "13"]]));
    let plan = &mut document.tables[0];
    let at = plan.role_position(Role::Status).unwrap();
    let row = (0..plan.rows.len()).find(|row| plan.rows[*row].cells.get(at).is_some_and(|cell| cell.status() == Some(Status::Complete)));
    plan.rows[row.unwrap()].cells[at] = Kind::Status.enter("On hold");
    assert_eq!(recording(&closing(&document)).left, ["1 line is on hold, which has no row there"]);
}

#[test]
fn current_values_go_to_the_period_of_their_table() {
    let mut document = seed::document();
    document.tables.retain(|table| table.kind != TableKind::History);
    let kpis = document.tables.iter_mut().find(|table| table.kind == TableKind::Kpi).unwrap();
    let current = kpis.role_position(Role::Current).unwrap();
    for (heading, step) in [("Q1 2018/19", 0), ("Q2 2018/19", 1), ("Q3 2018/19", 2)] {
        let (id, at) = (kpis.next_column_id(), current + step);
        kpis.columns.insert(at, Column { id, heading: heading.into(), role: Some(Role::Period), kind: Kind::Figure, ..Column::default() });
        let cell = if step < 2 { Kind::Figure.enter("10%") } else { Cell::default() };
        kpis.rows.iter_mut().filter(|row| row.fields.is_empty()).for_each(|row| row.cells.insert(at, cell.clone()));
    }
    let (id, ready) = (kpis.id, kpis.columns[current + 2].id);
    let held: Vec<String> = kpis.rows.iter().map(|row| row.cells[current + 3].text.to_string()).collect();
    let closing = closing(&document);
    assert_eq!((&*closing.draft.name, &*closing.draft.date), ("Q3 2018/19", "31/12/2018"));
    assert!(closing.draft.tables[0].record && !closing.draft.tables[1].record);
    assert_eq!(recording(&closing).place, Place::Ready(ready));
    let after = after(&document, &closing);
    let table = after.table(id).unwrap();
    let now: Vec<String> = table.rows.iter().map(|row| row.cells[current + 2].text.to_string()).collect();
    let filled = |texts: &[String]| texts.iter().filter(|text| !text.is_empty() && *text != "new").cloned().collect::<Vec<_>>();
    assert_eq!(filled(&now), filled(&held));
    assert!(!now.iter().any(|text| text == "new"), "a KPI that is new has no figure");
}

#[test]
fn what_the_workbook_cannot_take_is_said_and_a_document_of_its_own_takes_it() {
    let all = statuses([&["6", "5"], &["0", "0"], &["2", "2"], &["14", "15"], &["13", "13"]]);
    let mut document = tracked(&["Oct-18", "Jan-19"], &all);
    let tracker = &mut document.tables[1];
    tracker.heading_row = 0;
    tracker.rows.iter_mut().for_each(|row| row.source = 0);
    let why = closing(&document).lines[0].recording.clone().unwrap_err();
    assert!(why.starts_with("it was counted here"), "{why}");
    let own = with(&document, false, |grounds| Closing::of(grounds, Purpose::Close));
    assert_eq!(own.changes(&document).len(), 1);
    document.tables[1].turned = true;
    document.tables[1].heading_row = 1;
    assert!(closing(&document).lines[0].recording.clone().unwrap_err().contains("Add the row in Excel"));
}

#[test]
fn without_a_tracker_the_last_return_tells_the_name_and_else_it_is_asked() {
    let mut document = Document::of(vec![seed::plan()]);
    let first = closing(&document);
    assert_eq!((&*first.draft.name, &*first.draft.date, first.lines.len()), ("", "31/01/2019", 0));
    assert_eq!(first.why_not(), Some("Name the period"));
    document.frozen = vec![FrozenReturn { name: "Q4 2018/19".into(), ..FrozenReturn::default() }];
    let next = closing(&document);
    assert_eq!((&*next.draft.name, &*next.draft.date), ("Q1 2019/20", "30/06/2019"));
    assert!(called(&document, "Q4 2018/19").doubts(&document, TODAY)[0].contains("is frozen already"));
}
