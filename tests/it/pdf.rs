//! Returns as PDFs: what a screen reader is told of them, and what the command line writes.

#[path = "../../src/paper/read_back.rs"]
pub(crate) mod read_back;

use std::{fs, path::Path, process::Command};

use plandesk::{
    app::{
        export::{Wished, export_pdf},
        open::{Opened, open_sample},
    },
    insight::AsOf,
    model::TableKind,
    paper::PaperError,
    returns,
};
use read_back::{Pdf, Tag};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx");

fn made(opened: &Opened, code: &str) -> Pdf {
    let wished = Wished { template: returns::template(code).unwrap(), as_of: AsOf::default(), ..Wished::default() };
    Pdf::read(&export_pdf(&opened.document, wished, &mut |_| true).unwrap())
}

fn all<'tags>(tags: &'tags [Tag], kind: &str) -> Vec<&'tags Tag> {
    let mut found = Vec::new();
    tags.iter().for_each(|tag| tag.all(kind, &mut found));
    found
}

fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_board_return_is_read_in_order_with_headings_tables_and_figures() {
    let opened = open_sample();
    let pdf = made(&opened, "board");
    assert_eq!(pdf.language(), "en-GB");
    let tags = pdf.tags();
    let titles: Vec<String> = all(&tags, "H2").iter().map(|tag| tag.words()).collect();
    assert_eq!(titles, ["Headline", "Exceptions", "Good Neighbours Plan", "KPIs", "Progress Tracker", "Notes"]);
    assert_eq!(all(&tags, "H1").len(), 1);
    assert!(all(&tags, "H3").iter().any(|tag| tag.words().starts_with("Approach: ")));
    let bookmarks: Vec<String> = pdf.bookmarks().into_iter().filter(|(depth, _)| *depth == 1).map(|(_, text)| text).collect();
    assert_eq!(bookmarks, titles);
    let figures = all(&tags, "Figure");
    assert!(figures[0].about.contains("complete 14") && figures.iter().all(|figure| !figure.about.is_empty()), "{figures:?}");
    for table in all(&tags, "Table") {
        let heads = all(std::slice::from_ref(table), "TH");
        assert!(heads.iter().any(|head| head.about == "Column") && heads.iter().any(|head| head.about == "Row"), "{table:?}");
        // Each row has a cell a column, or one that reaches over all.
        let columns = heads.iter().filter(|head| head.about == "Column").count();
        for row in all(std::slice::from_ref(table), "TR") {
            assert!(row.below.len() == columns || (row.below.len() == 1 && row.below[0].about == "Row"), "{row:?}");
        }
    }
    let words = packed(&tags.iter().map(Tag::words).collect::<Vec<_>>().join(" "));
    let plan = opened.document.of_kind(TableKind::Plan).next().unwrap();
    let mut last = 0;
    for row in plan.rows.iter().filter(|row| row.kind == plandesk::model::RowKind::Entry) {
        let action = packed(&format!("{} {}", row.cells[0].text, row.cells[1].text));
        let at = words.rfind(&action).unwrap_or_else(|| panic!("{action} is missing"));
        assert!(at > last, "{action} is out of order");
        last = at;
    }
}

#[test]
fn colour_never_stands_alone() {
    let tags = made(&open_sample(), "board").tags();
    let words = tags.iter().map(Tag::words).collect::<Vec<_>>().join(" ");
    for word in ["Minor problems", "In progress", "Complete", "Not started", "Off target", "Near target", "On target", "Not rated"] {
        assert!(words.contains(word), "{word}");
    }
}

#[test]
fn one_page_is_one_page_and_counts_what_it_leaves_out() {
    let opened = open_sample();
    let pdf = made(&opened, "one-page");
    assert_eq!(pdf.page_count(), 1);
    let words = pdf.tags().iter().map(Tag::words).collect::<Vec<_>>().join(" ");
    assert!(words.contains("more KPIs") && words.contains("Overdue by lead"), "{words}");
}

#[test]
fn a_return_that_is_cancelled_is_none() {
    let opened = open_sample();
    let mut left = 5;
    let stopped = export_pdf(&opened.document, Wished::default(), &mut |_| {
        left -= 1;
        left > 0
    });
    assert!(matches!(stopped, Err(PaperError::Cancelled)));
}

fn convert(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plandesk"));
    let output = program.current_dir(folder).env("PLANDESK_CONFIG", folder.join("config")).arg("convert").args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

#[test]
fn convert_writes_a_pdf_by_the_ending_and_replaces_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    for code in returns::ALL.iter().map(|template| template.code) {
        let to = format!("{code}.pdf");
        let (done, said) = convert(folder.path(), &[SAMPLE, "-o", &to, "--return", code, "--as-of", "2019-01-31"]);
        assert!(done && said.contains("Wrote"), "{said}");
        assert!(Pdf::read(&fs::read(folder.path().join(&to)).unwrap()).page_count() > 0);
        // Its own earlier one is replaced.
        assert!(convert(folder.path(), &[SAMPLE, "-o", &to, "--return", code]).0);
    }
    fs::write(folder.path().join("theirs.pdf"), b"%PDF-1.7\nnotes").unwrap();
    let (done, said) = convert(folder.path(), &[SAMPLE, "-o", "theirs.pdf"]);
    assert!(!done && said.contains("no PDF that plandesk wrote"), "{said}");
    assert_eq!(fs::read(folder.path().join("theirs.pdf")).unwrap(), b"%PDF-1.7\nnotes");
    assert!(convert(folder.path(), &[SAMPLE, "-o", "theirs.pdf", "--force"]).0);
    assert!(convert(folder.path(), &[SAMPLE, "-o", "one.xlsx", "--return", "one-page"]).0);
    assert!(fs::read(folder.path().join("one.xlsx")).unwrap().starts_with(b"PK"), "the same return is a workbook by its ending");
}

#[test]
fn what_is_hidden_is_in_no_pdf() {
    let mut opened = open_sample();
    let plan = opened.document.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
    let at = (0..plan.rows.len()).find(|&at| plan.rows[at].kind == plandesk::model::RowKind::Entry).unwrap();
    plan.rows[at].hidden = true;
    plan.rows[at].cells[1].text = "Secret talks".into();
    for template in returns::ALL {
        let says = |with_hidden| {
            let wished = Wished { template, with_hidden, ..Wished::default() };
            Pdf::read(&export_pdf(&opened.document, wished, &mut |_| true).unwrap()).page_texts().concat().contains("Secret talks")
        };
        assert!(!says(false), "{}", template.code);
        assert!(template.code != "board" || says(true), "it is in it where that is chosen");
    }
}
