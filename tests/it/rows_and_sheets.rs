//! What rows and sheets are by those around them: lines, headings, examples, footers, copies, summaries and cards, from workbooks made here.

use jiff::civil::Date;
use plandesk::{
    app::open::{Opened, open_bytes},
    insight::{AsOf, Insight},
    model::{RowKind, TableKind},
    notes::{Code, Note},
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// The day that everything is judged at.
const DAY: Date = Date::constant(2026, 11, 26);
const HEADINGS: &str = "Ref|Action|Lead|Due|Status";

/// Writes rows of cells parted by a bar: whole numbers as numbers, `+` before a text for bold, and `=` for what is ticked by a box.
fn fill(sheet: &mut Worksheet, rows: &[&str]) {
    let bold = Format::new().set_bold();
    for (row, line) in (0..).zip(rows) {
        for (column, text) in (0..).zip(line.split('|')).filter(|(_, text)| !text.is_empty()) {
            match (text.parse::<f64>(), text.strip_prefix('+')) {
                (Ok(number), _) => sheet.write_number(row, column, number),
                (_, Some(text)) => sheet.write_string_with_format(row, column, text, &bold),
                (_, None) if text == "=" => sheet.write_boolean(row, column, false),
                _ => sheet.write_string(row, column, text),
            }
            .unwrap();
        }
    }
}

fn book(sheets: &[(&str, &[&str])]) -> Opened {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        // Old sheets are hidden ones.
        let sheet = book.add_worksheet().set_name(name.trim_start_matches('!')).unwrap();
        sheet.set_hidden(name.starts_with('!'));
        fill(sheet, rows);
    }
    open_bytes("plan.xlsx", &book.save_to_buffer().unwrap(), &|_| true).unwrap()
}

fn plan(rows: &[&str]) -> Opened {
    book(&[("Plan", &[&[HEADINGS][..], rows].concat())])
}

fn insight(opened: &Opened) -> Insight {
    Insight::of(&opened.document, AsOf { given: Some(DAY), ..AsOf::default() })
}

/// How many actions there are, and how many of them state no status.
fn actions(opened: &Opened) -> (usize, usize) {
    let counts = insight(opened).counts;
    (counts.action_count, counts.without_status)
}

fn overdue(opened: &Opened) -> Vec<String> {
    insight(opened).overdue.into_iter().map(|late| late.name).collect()
}

fn notes(opened: &Opened, code: Code) -> Vec<Note> {
    opened.notes.iter().cloned().chain(insight(opened).notes).filter(|note| note.code == code).collect()
}

fn kinds(opened: &Opened) -> String {
    let letter = |kind| match kind {
        RowKind::Section => 's',
        RowKind::Group => 'g',
        RowKind::Entry => 'e',
        RowKind::Line => 'l',
        RowKind::Total => 't',
    };
    opened.document.tables[0].rows.iter().map(|row| letter(row.kind)).collect()
}

#[test]
fn refs_tell_headings_from_the_actions_below_them() {
    for rows in [
        &["A|Parks", "A1|Plant a wood|Ann|May 2027|Green", "A2|Dig a lake|Bob|May 2027|Red", "B|Pools", "B1|Tile it|Cy|May 2027|Amber"][..],
        &[
            "A|Parks|Parks team",
            "A1|Plant a wood|Ann|May 2027|Green",
            "A2|Dig a lake|Bob|May 2027|Red",
            "B|Pools",
            "B1|Tile|Cy|May 2027|Amber",
        ],
        &["PK|Parks", "PK1|Plant|Ann|May 2027|Green", "PK2|Dig|Bob|May 2027|Red", "PL|Pools", "PL1|Tile it|Cy|May 2027|Amber"],
        &[
            "+1|+Parks|Ann|May 2027|Green",
            "1.1|Plant a wood|Ann|May 2027|Green",
            "1.2|Dig a lake|Bob|May 2027|Red",
            "+2|+Pools|Cy|May 2027|Amber",
            "2.1|Tile it|Cy|May 2027|Amber",
        ],
    ] {
        let opened = plan(rows);
        assert_eq!((&*kinds(&opened), actions(&opened)), ("geege", (3, 0)), "{rows:?}");
    }
}

#[test]
fn rows_that_are_set_in_have_a_heading_above_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, &["Task|Owner|Finish|Status", "Parks|||", "", "", "Pools|||", ""]);
    let set_in = Format::new().set_indent(1);
    for (row, name) in [(2, "Plant a wood"), (3, "Dig a lake"), (5, "Tile it")] {
        sheet.write_with_format(row, 0, name, &set_in).unwrap();
        for (column, text) in (1..).zip(["Ann", "May 2027", "Green"]) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let opened = open_bytes("plan.xlsx", &book.save_to_buffer().unwrap(), &|_| true).unwrap();
    assert_eq!(actions(&opened), (3, 0));
}

#[test]
fn rows_that_say_the_action_above_again_are_its_lines() {
    let opened = plan(&[
        "1.1|Plant a wood|Ann|May 2027|Green",
        "1.1|Plant a wood|Bob|June 2027|Red",
        "1.1|Plant  a wood|Cy||",
        "1.2|Plant a wood|Ann|May 2027|Green",
        "1.3|Dig a lake|Ann|May 2027|Green",
        "1.3|Fill the lake|Ann|May 2027|Green",
    ]);
    assert_eq!((&*kinds(&opened), actions(&opened)), ("elleee", (4, 0)));
    assert_eq!(notes(&opened, Code::DuplicateRef).len(), 1, "1.3 is the ref of two different actions");
}

#[test]
fn what_is_typed_ahead_or_filled_down_is_no_action() {
    let mut numbered = vec!["1|Plant a wood|Ann|May 2027|Green", "2|Dig a lake|Bob|May 2027|Red"];
    numbered.extend(["3", "4", "5", "6", "7"]);
    let mut chosen = numbered[..2].to_vec();
    chosen.extend(["3||||Not started", "4||||Not started", "5||||Not started"]);
    let mut boxes = numbered[..2].to_vec();
    boxes.extend(["|||||=", "|||||=", "|||||=", "|||||="]);
    for rows in [numbered, chosen, boxes] {
        let opened = plan(&rows);
        assert_eq!((actions(&opened), opened.accounted.unread), ((2, 0), 0), "{rows:?}");
        let outside = notes(&opened, Code::OutsideTables);
        assert_eq!((outside.len(), outside[0].cells.len()), (1, rows.len() - 2), "{rows:?}");
    }
}

#[test]
fn examples_and_footers_are_set_aside() {
    let two = ["1|Plant a wood|Ann|May 2027|Green", "2|Dig a lake|Bob|May 2027|Red", "3|Mow|Cy|May 2027|Red"];
    for example in
        ["eg|Hold a fair|A Person|01/05/2025|Red", "0|Example - hold a fair|A Person|01/05/2025|Red", "Example 1|Hold a fair|||Red"]
    {
        let opened = plan(&[&[example][..], &two].concat());
        assert_eq!((actions(&opened), overdue(&opened)), ((3, 0), vec![]), "{example}");
        assert!(notes(&opened, Code::OutsideTables)[0].message.contains("example"));
    }
    for footer in
        [&["Total: 3 actions"][..], &["Agreed by the board in May"], &["|Actions done|2", "|Actions left|1"], &["Total actions|3"]]
    {
        let opened = plan(&[&two[..], footer].concat());
        assert_eq!((actions(&opened), opened.accounted.unread), ((3, 0), 0), "{footer:?}");
    }
}

#[test]
fn labelled_values_among_rows_are_said_of_their_section() {
    let opened = plan(&[
        "+Parks",
        "Project name:|More trees",
        "Sponsor:|Ann",
        "1|Plant a wood|Ann|May 2027|Green",
        "+Pools",
        "Project name:|Warm water",
        "Sponsor:|Bob",
        "2|Tile it|Bob|May 2027|Red",
    ]);
    assert_eq!((&*kinds(&opened), actions(&opened)), ("sese", (2, 0)));
    let fields: Vec<&str> = opened.document.tables[0].rows[2].fields.iter().map(|field| &*field.cell.text).collect();
    assert_eq!(fields, ["Pools", "Warm water", "Bob"]);
}

#[test]
fn a_name_alone_is_a_heading_only_by_a_second_sign() {
    let opened = book(&[(
        "Pledges",
        &[
            "Pledge|Who|When|Status|Note",
            "+Parks",
            "Plant a wood of one thousand trees|Ann|May 2027|Green|a",
            "Open the lake to all who swim",
            "Mow less|Bob|May 2027|Red|b",
            "+Pools",
            "Keep the water warm in winter|Cy|May 2027|Amber|c",
            "Agree the new rules",
        ],
    )]);
    assert_eq!((&*kinds(&opened), actions(&opened).0), ("seeesee", 5));
}

#[test]
fn refs_begin_anew_in_each_theme_and_are_named_with_it() {
    let opened = book(&[(
        "Plan",
        &[
            "Audit|Rec no|Agreed action|Manager|Due|Status",
            "Stores|1|Count them|Ann|May 2026|Red",
            "Stores|2|Lock them|Ann|May 2027|Red",
            "Vehicles|1|Log each trip|Bob|May 2026|Red",
        ],
    )]);
    assert_eq!(notes(&opened, Code::DuplicateRef).len(), 0);
    assert_eq!(overdue(&opened), ["1 (Stores)", "1 (Vehicles)"]);
}

const OLD: [&str; 4] = [HEADINGS, "1|Plant a wood|Ann|May 2026|Amber", "2|Dig a lake|Bob|May 2026|Red", "3|Mow|Cy|May 2027|Green"];
const NEW: [&str; 4] = [HEADINGS, "1|Plant a wood|Ann|May 2026|Blue", "2|Dig a lake|Bob|May 2026|Red", "3|Mow|Cy|May 2027|Blue"];

#[test]
fn the_latest_of_several_periods_counts_and_the_others_are_its_tracker() {
    for names in [["Q1 25-26", "Q2 25-26"], ["March 2026", "Plan"], ["Plan v1", "Plan v2"]] {
        let opened = book(&[(names[0], &OLD), (names[1], &NEW)]);
        assert_eq!((actions(&opened), overdue(&opened)), ((3, 0), vec!["2".to_owned()]), "{names:?}");
        let tables: Vec<TableKind> = opened.document.tables.iter().map(|table| table.kind).collect();
        assert_eq!((tables, opened.accounted.unread), (vec![TableKind::Plan, TableKind::History], 0), "{names:?}");
        let tracker = &insight(&opened).trackers[0];
        let complete: Vec<usize> = tracker.periods.iter().map(|period| period.counts.get(plandesk::model::Status::Complete)).collect();
        assert_eq!(complete, [0, 2], "{names:?}");
        assert_eq!(notes(&opened, Code::TrackerCounts).len() + notes(&opened, Code::StatusUnknown).len(), 0);
        assert!(notes(&opened, Code::CopyLeftOut)[0].message.contains("not counted twice"));
    }
}

#[test]
fn an_old_copy_is_left_out_and_other_plans_are_not() {
    for (names, kept) in [(["!Old plan", "Plan"], "Plan"), (["Plan", "Plan (archived)"], "Plan"), (["Plan", "!Sheet3"], "Plan")] {
        let rows = if names[0] == kept { [&NEW, &OLD] } else { [&OLD, &NEW] };
        let opened = book(&[(names[0], rows[0]), (names[1], rows[1])]);
        assert_eq!((actions(&opened), &*opened.document.tables[0].sheet), ((3, 0), kept), "{names:?}");
        assert_eq!((notes(&opened, Code::CopyLeftOut).len(), notes(&opened, Code::HiddenSheet).len()), (1, 0), "{names:?}");
    }
    let other = [HEADINGS, "1|Plant a wood|Dee|June 2026|Amber", "2|Dig a lake|Eve|June 2026|Red", "3|Mow|Fay|June 2027|Green"];
    let opened = book(&[("East school", &OLD), ("West school", &other)]);
    assert_eq!(actions(&opened), (6, 0), "the same actions of others are other actions");
}

#[test]
fn a_summary_on_its_own_sheet_is_held_against_the_plan() {
    for summary in [
        &["RAG|No. of actions", "Red|1", "Amber|3", "Green|0", "Blue|2", "Total|6"][..],
        &["|Red|Amber|Green|Blue", "Actions|1|3|0|2"],
        &["Board report", "", "Status|Number|%||Lead|Open", "Red|1|5||Ann|1", "Amber|3|5||Bob|2", "Green|0|5||Cy|0", "Blue|2|5||Dee|0"],
    ] {
        let opened = book(&[("Board", summary), ("Plan", &NEW)]);
        let said = notes(&opened, Code::SummaryCount);
        assert_eq!(said.len(), 1, "{summary:?}: {said:?}");
        assert!(said[0].message.contains("says 3 Amber") && notes(&opened, Code::StatusUnknown).is_empty(), "{said:?}");
    }
}

#[test]
fn small_tables_are_parted_where_words_stand_between_numbers() {
    let status = ["Status|Count", "Complete|2", "On track|0", "Late|1"];
    let lead = ["Lead|Open", "Ann|1", "Bob|2", "Cy|0"];
    let below: Vec<&str> = status.iter().chain(&[""]).chain(&lead).copied().collect();
    let tables = |opened: &Opened| opened.document.tables.iter().filter(|table| table.sheet == "Board").count();
    let opened = book(&[("Board", &below), ("Plan", &NEW)]);
    assert_eq!((tables(&opened), notes(&opened, Code::StatusUnknown).len()), (2, 0));
    let beside: Vec<String> = status.iter().zip(&lead).map(|(left, right)| format!("{left}||{right}")).collect();
    let beside: Vec<&str> = beside.iter().map(|line| &**line).collect();
    assert_eq!(tables(&book(&[("Board", &beside), ("Plan", &NEW)])), 2);
}

#[test]
fn cards_are_said_to_be_cards() {
    let card = ["Action:|Plant a wood", "Lead:|Ann", "Due date:|May 2027", "Status:|Green", ""];
    let opened = book(&[("Cards", &[card, card, card].concat())]);
    let said = notes(&opened, Code::CardsNotRead);
    assert_eq!((said.len(), &*said[0].place.address, opened.accounted.unread), (1, "Cards!A1", 0));
    let wide = ["Action|Plant a wood|Lead|Ann", "Start|May 2026|End|May 2027", "Status|Green|Priority|High", "Comments|Begun", ""];
    let opened = book(&[("Cards", &[wide, wide, wide].concat())]);
    assert_eq!((actions(&opened).0, notes(&opened, Code::CardsNotRead).len(), opened.accounted.unread), (0, 1, 0));
}

#[test]
fn commitments_lead_to_their_indicators_and_the_last_of_two_dates_counts() {
    let opened = book(&[
        (
            "Promises",
            &[
                "Our commitment|KPI|By when",
                "+Parks",
                "Plant a wood|KPI1; KPI2|",
                "Open the lake||May 2026, July 2026",
                "+Pools",
                "Tile it||",
            ],
        ),
        ("KPIs", &["#|KPI|Current|Target", "1|Trees planted this year|5|9", "2|Parks with a lake|1|2"]),
    ]);
    assert_eq!((actions(&opened).0, kinds(&opened).as_str()), (3, "seese"));
    assert_eq!(notes(&opened, Code::SeveralDates).len(), 1);
    assert_eq!(insight(&opened).overdue[0].end, Date::constant(2026, 7, 31));
    let [promises, kpis] = [0, 1].map(|at| &opened.document.tables[at]);
    let links = plandesk::insight::kpi_links(&opened.document, promises, [&promises.rows[1]]);
    assert_eq!(links.iter().map(|link| link.row).collect::<Vec<_>>(), [kpis.rows[0].id, kpis.rows[1].id]);
    let back = plandesk::insight::speaking_of(&opened.document, kpis, &kpis.rows[1]);
    assert_eq!(back.iter().map(|link| link.row).collect::<Vec<_>>(), [promises.rows[1].id]);
}
