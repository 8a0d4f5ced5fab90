//! Counts that were formulas in a workbook: in its return they count today's rows, or say that they do not.

use plandesk::{
    app::open::open_bytes,
    insight::AsOf,
    model::{Document, Role, TableKind},
    returns,
    workbook::{self, Content, Page},
};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

const PLAN: [[&str; 6]; 9] = [
    ["Ref", "Action", "Department", "End", "RAG status", "Comment"],
    ["1.1", "Plant forty street trees", "Parks", "31/03/2027", "Complete", "Forty stand"],
    ["1.2", "Open the orchard", "Parks", "30/06/2027", "In progress", "Path laid"],
    ["1.3", "Mend the play area", "Parks", "30/09/2027", "Minor problems", "Waiting for swings"],
    ["1.4", "Resurface the towpath", "Parks", "30/09/2027", "In progress", "Tender is out"],
    ["2.1", "Insulate lofts", "Housing", "31/12/2027", "In progress", "Half of them done"],
    ["2.2", "Buy back homes", "Housing", "31/03/2028", "Not started", ""],
    ["2.3", "Publish the damp promise", "Housing", "30/06/2028", "Complete", "Published in May"],
    ["2.4", "Train the tenancy team", "Housing", "30/06/2028", "In progress", "Two of five days held"],
];
const WORDS: [&str; 5] = ["Complete", "In progress", "Minor problems", "Major problems", "Not started"];

/// A cell of a summary: words, a number that was typed, or one that a formula gave.
enum Held {
    Words(&'static str),
    Typed(f64),
    Given(f64),
    Share(f64),
}
use Held::{Given, Share, Typed, Words};

fn lay(sheet: &mut Worksheet, rows: &[Vec<Held>]) {
    let share = Format::new().set_num_format("0%");
    let formula = |number: &f64| Formula::new("=COUNTA(Plan!A1:A2)").set_result(number.to_string());
    for (row, cells) in (0..).zip(rows) {
        for (column, held) in (0..).zip(cells) {
            match held {
                Words("") => continue,
                Words(words) => sheet.write(row, column, *words),
                Typed(number) => sheet.write(row, column, *number),
                Given(number) => sheet.write_formula(row, column, formula(number)),
                Share(number) => sheet.write_formula_with_format(row, column, formula(number), &share),
            }
            .unwrap();
        }
    }
}

/// A workbook with the plan and a summary before it, in which the first action that is in progress was completed since.
fn document(summary: &[Vec<Held>], above: &[Vec<Held>]) -> Document {
    let mut workbook = Workbook::new();
    lay(workbook.add_worksheet().set_name("Summary").unwrap(), summary);
    let page = workbook.add_worksheet().set_name("Plan").unwrap();
    lay(page, above);
    let top = above.len() as u32 + u32::from(!above.is_empty());
    for (row, line) in (top..).zip(PLAN) {
        for (column, text) in (0..).zip(line) {
            page.write(row, column, text).unwrap();
        }
    }
    let mut document = open_bytes("Plan.xlsx", &workbook.save_to_buffer().unwrap(), &|_| true).unwrap().document;
    let plan = document.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
    let column = plan.role_position(Role::Status).unwrap();
    let row = plan.rows.iter_mut().find(|row| row.cells.get(column).is_some_and(|cell| &*cell.text == "In progress")).unwrap();
    row.cells[column] = plan.columns[column].kind.enter("Complete");
    document
}

/// What stands on a sheet of the document's return, a line a row, each formula by what it gives, in brackets.
fn written(document: &Document, sheet: &str) -> Vec<String> {
    let (pages, _) = returns::pages(document, AsOf::default());
    told(pages.iter().find(|page| page.name == sheet).unwrap())
}

fn told(page: &Page<'_>) -> Vec<String> {
    let shown = page.cells.iter().filter(|cell| !page.hidden_rows.contains(&cell.row) && !page.hidden_columns.contains(&cell.column));
    let text = |content: &Content<'_>| match content {
        Content::Text(text) => (*text).to_owned(),
        Content::Owned(text) | Content::Link { text, .. } => text.clone(),
        Content::Stored(stored) => stored.number.to_string(),
        Content::Formula { now, .. } => format!("[{}]", now.number),
        Content::Blank => unreachable!(),
    };
    let mut lines: Vec<(u32, String)> = Vec::new();
    for cell in shown.filter(|cell| cell.content != Content::Blank) {
        match lines.last_mut().filter(|(row, _)| *row == cell.row) {
            Some((_, line)) => *line = format!("{line} | {}", text(&cell.content)),
            None => lines.push((cell.row, text(&cell.content))),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn one_column_counts_todays_rows_with_its_total() {
    let mut rows = vec![vec![Words("Status"), Words("How many")]];
    rows.extend(WORDS.into_iter().zip([2.0, 4.0, 1.0, 0.0, 1.0]).map(|(word, count)| vec![Words(word), Given(count)]));
    rows.push(vec![Words("Total"), Given(8.0)]);
    let document = document(&rows, &[]);
    let lines = written(&document, "Summary");
    let told = ["Complete | [3]", "In progress | [3]", "Minor problems | [1]", "Major problems | [0]", "Not started | [1]", "Total | [8]"];
    assert_eq!(lines[1..], told);
    // Read again it is a formula still, and says what the cover says.
    let (pages, properties) = returns::pages(&document, AsOf::default());
    let summary = pages.iter().find(|page| page.name == "Summary").unwrap();
    let counts = |formula: &str| formula.contains("COUNTIF('Plan'!$E$") && formula.contains("\"Complete\"");
    assert!(summary.cells.iter().any(|cell| matches!(&cell.content, Content::Formula { formula, .. } if counts(formula))));
    let again = open_bytes("Return.xlsx", &workbook::save(&pages, &properties, &mut |_| true).unwrap(), &|_| true).unwrap().document;
    let summary = again.tables.iter().find(|table| table.sheet == "Summary").unwrap();
    assert!(summary.rows[0].cells[1].formula && &*summary.rows[0].cells[1].text == "3");
}

#[test]
fn a_column_a_department_counts_that_department() {
    let counts = [[1.0, 1.0, 2.0], [2.0, 2.0, 4.0], [1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 1.0, 1.0]];
    let mut rows = vec![vec![Words("Status"), Words("Parks"), Words("Housing"), Words("All actions")]];
    rows.extend(WORDS.into_iter().zip(counts).map(|(word, counts)| [Words(word)].into_iter().chain(counts.map(Given)).collect()));
    rows.push(vec![Words("Total"), Given(4.0), Given(4.0), Given(8.0)]);
    let lines = written(&document(&rows, &[]), "Summary");
    let told = [
        "Complete | [2] | [1] | [3]",
        "In progress | [1] | [2] | [3]",
        "Minor problems | [1] | [0] | [1]",
        "Major problems | [0] | [0] | [0]",
        "Not started | [0] | [1] | [1]",
        "Total | [4] | [4] | [8]",
    ];
    assert_eq!(lines[1..], told);
}

#[test]
fn shares_beside_counts_and_below_them_follow() {
    let counts = [2.0, 4.0, 1.0, 0.0, 1.0];
    let mut rows = vec![vec![Words("Status"), Words("Actions"), Words("% of actions")]];
    rows.extend(WORDS.into_iter().zip(counts).map(|(word, count)| vec![Words(word), Given(count), Share(count / 8.0)]));
    rows.push(vec![Words("Total"), Given(8.0), Share(1.0)]);
    rows.push(vec![Words("% complete"), Share(0.25)]);
    let lines = written(&document(&rows, &[]), "Summary");
    let told = [
        "Complete | [3] | [0.375]",
        "In progress | [3] | [0.375]",
        "Minor problems | [1] | [0.125]",
        "Major problems | [0] | [0]",
        "Not started | [1] | [0.125]",
        "Total | [8] | [1]",
        "% complete | [0.375]",
    ];
    assert_eq!(lines[1..], told);
}

#[test]
fn shares_alone_are_of_the_plan() {
    let mut rows = vec![vec![Words("Status"), Words("Share")]];
    rows.extend(WORDS.into_iter().zip([0.25, 0.5, 0.125, 0.0, 0.125]).map(|(word, share)| vec![Words(word), Share(share)]));
    let lines = written(&document(&rows, &[]), "Summary");
    assert_eq!(lines[1..4], ["Complete | 0.375", "In progress | 0.375", "Minor problems | 0.125"]);
}

#[test]
fn a_summary_laid_across_counts_each_of_its_rows() {
    let headings = ["Department", "Complete", "In progress", "Minor problems", "Not started", "Total", "% complete"];
    let rows = vec![
        headings.map(Words).into(),
        vec![Words("Parks"), Given(1.0), Given(2.0), Given(1.0), Given(0.0), Given(4.0), Share(0.25)],
        vec![Words("Housing"), Given(1.0), Given(2.0), Given(0.0), Given(1.0), Given(4.0), Share(0.25)],
        vec![Words("Council"), Given(2.0), Given(4.0), Given(1.0), Given(1.0), Given(8.0), Share(0.25)],
    ];
    let lines = written(&document(&rows, &[]), "Summary");
    let told = [
        "Parks | [2] | [1] | [1] | [0] | [4] | [0.5]",
        "Housing | [1] | [2] | [0] | [1] | [4] | [0.25]",
        "Council | [3] | [3] | [1] | [1] | [8] | [0.375]",
    ];
    assert_eq!(lines[lines.len() - 3..], told, "{lines:?}");
}

#[test]
fn how_far_each_department_is_follows() {
    let rows = vec![
        ["Department", "Number of actions", "Complete", "% complete"].map(Words).into(),
        vec![Words("Parks"), Given(4.0), Given(1.0), Share(0.25)],
        vec![Words("Housing"), Given(4.0), Given(1.0), Share(0.25)],
    ];
    let lines = written(&document(&rows, &[]), "Summary");
    assert_eq!(lines[lines.len() - 2..], ["Parks | 4 | [2] | [0.5]", "Housing | 4 | [1] | [0.25]"], "{lines:?}");
}

#[test]
fn of_a_tracker_only_the_last_period_is_of_now() {
    let mut rows = vec![["Status", "Q1 2026/27", "Q2 2026/27", "Q3 2026/27"].map(Words).into()];
    let counts = [[0.0, 1.0, 2.0], [3.0, 4.0, 4.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [4.0, 2.0, 1.0]];
    rows.extend(WORDS.into_iter().zip(counts).map(|(word, [a, b, c])| vec![Words(word), Typed(a), Given(b), Given(c)]));
    let document = document(&rows, &[]);
    let lines = written(&document, "Summary");
    let at = lines.iter().position(|line| line.starts_with("Complete")).unwrap();
    assert_eq!(lines[at..at + 2], ["Complete | 0 | 1 | [3]", "In progress | 3 | 4 | [3]"], "{lines:?}");
    // What the last period counts is now, so what has changed has changed since the one before.
    let cover = written(&document, "Cover");
    assert!(cover.iter().any(|line| line.contains("Change since Q2 2026/27")), "{cover:?}");
}

#[test]
fn a_count_that_cannot_be_told_is_said_to_be_of_before() {
    let mut rows = vec![["Status", "Due this quarter", "Due next quarter"].map(Words).into()];
    rows.extend(WORDS.into_iter().zip([1.0, 2.0, 1.0, 0.0, 0.0]).map(|(word, count)| vec![Words(word), Given(count), Given(1.0)]));
    let lines = written(&document(&rows, &[]), "Summary");
    assert_eq!(lines[1], "Complete | 1 (as last worked out) | 1 (as last worked out)");
}

#[test]
fn a_figure_that_is_no_count_stays() {
    let mut rows = vec![["Status", "How many", "Average days open"].map(Words).into()];
    rows.extend(WORDS.into_iter().zip([2.0, 4.0, 1.0, 0.0, 1.0]).map(|(word, count)| vec![Words(word), Given(count), Given(count * 31.5)]));
    let lines = written(&document(&rows, &[]), "Summary");
    assert_eq!(lines[1..3], ["Complete | [3] | 63", "In progress | [3] | 126"]);
}

#[test]
fn counts_above_the_plan_are_of_now() {
    let above = vec![
        vec![Words("Owner:"), Words("Parks and housing board")],
        vec![Words("Complete:"), Given(2.0)],
        vec![Words("Total actions:"), Given(8.0)],
        vec![Words("% complete:"), Share(0.25)],
    ];
    let document = document(&[vec![Words("What this is for")]], &above);
    let cover = written(&document, "Cover");
    let begins = |text: &str| cover.iter().any(|line| line.starts_with(text));
    assert!(begins("Complete | [3]") && begins("Total actions | 8") && begins("% complete | 0.375"), "{cover:?}");
}

#[test]
fn counts_above_each_department_are_of_its_sheet() {
    let mut workbook = Workbook::new();
    for (sheet, rows) in [("Parks", 1..5), ("Housing", 5..9)] {
        let page = workbook.add_worksheet().set_name(sheet).unwrap();
        let complete = PLAN[rows.clone()].iter().filter(|row| row[4] == "Complete").count();
        lay(page, &[vec![Words("Service:"), Words(sheet)], vec![Words("Complete:"), Given(complete as f64)]]);
        for (row, line) in (3..).zip([0].into_iter().chain(rows)) {
            page.write_row(row, 0, PLAN[line]).unwrap();
        }
    }
    let mut document = open_bytes("Plan.xlsx", &workbook.save_to_buffer().unwrap(), &|_| true).unwrap().document;
    assert_eq!(document.tables.len(), 1);
    let plan = &mut document.tables[0];
    let column = plan.role_position(Role::Status).unwrap();
    plan.rows.last_mut().unwrap().cells[column] = plan.columns[column].kind.enter("Complete");
    let complete = |sheet: &str| {
        written(&document, sheet)
            .into_iter()
            .skip_while(|line| !line.starts_with("Table") && sheet == "Cover")
            .find(|line| line.starts_with("Complete") && !line.contains("board"))
    };
    assert_eq!(complete("Housing").as_deref(), Some("Complete: | [2]"), "{:?}", written(&document, "Housing"));
    assert_eq!(complete("Cover").as_deref(), Some("Complete | [1]"), "{:?}", written(&document, "Cover"));
    assert_eq!(returns::counted_anew(&document), 2);
}
