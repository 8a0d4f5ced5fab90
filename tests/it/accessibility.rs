//! The published return and its checker: every shape of workbook meets all 19 essentials, and a workbook that breaks one is caught.

use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Read, Write},
};

use plandesk::{
    app::{
        export::{Wished, accessibility_of, export},
        open::open_bytes,
    },
    insight::AsOf,
    model::Document,
    returns,
    workbook::{
        self, Page, Properties,
        accessibility::{Accessibility, Essential, MISSPELT, Standing, accessibility, misspelt},
    },
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn read(name: &str, bytes: &[u8]) -> Document {
    open_bytes(name, bytes, &|_| true).unwrap().document
}

/// The published return of a document.
fn published(document: &Document) -> Vec<u8> {
    let as_of = AsOf { given: None, today: Some(jiff::civil::date(2026, 11, 27)) };
    export(document, Wished { template: returns::publication(), as_of, ..Wished::default() }, &mut |_| true).unwrap()
}

fn checked(bytes: &[u8]) -> Accessibility {
    accessibility(bytes, &|| true).unwrap()
}

/// The numbers of the essentials that are not met.
fn broken(checked: &Accessibility) -> Vec<usize> {
    checked.essentials.iter().filter(|essential| !essential.is_met()).map(|essential| essential.number).collect()
}

fn sample() -> Document {
    read("sample.xlsx", include_bytes!("../../assets/sample.xlsx"))
}

#[test]
fn every_shape_of_workbook_is_published_with_19_of_19() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !["xlsx", "xls", "ods", "csv", "tsv"].contains(&ending) {
            continue;
        }
        let name = path.display().to_string();
        let checked = checked(&published(&read(&name, &fs::read(&path).unwrap())));
        assert!(broken(&checked).is_empty(), "{name}: {}", checked.lines().join("\n"));
        let advised: Vec<_> = checked.advised.iter().filter(|advised| !advised.is_met()).collect();
        assert!(advised.is_empty(), "{name}: {advised:?}");
        assert_eq!(checked.essentials.len(), 19);
        count += 1;
    }
    assert!(count >= 70, "only {count} shapes were found");
}

#[test]
fn the_sample_and_a_document_with_nothing_in_it_are_published_whole() {
    for document in [sample(), Document::default()] {
        let checked = checked(&published(&document));
        assert_eq!(checked.summary(), "19 of 19 essentials of accessible spreadsheets are met", "{}", checked.lines().join("\n"));
    }
    // Other returns are not held to it.
    assert_eq!(accessibility_of(returns::board(), &[], &|| true), None);
}

/// The published sample with a text of one of its parts, where it first stands, in another's place.
fn changed(part: &str, from: &str, to: &str) -> Vec<u8> {
    let bytes = published(&sample());
    let mut read = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for at in 0..read.len() {
        let mut file = read.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if name == part {
            found = text.contains(from);
            text = text.replacen(from, to, 1);
        }
        written.start_file(name, SimpleFileOptions::default()).unwrap();
        written.write_all(text.as_bytes()).unwrap();
    }
    assert!(found, "“{from}” is not in {part}");
    written.finish().unwrap().into_inner()
}

/// A change of a part, and the essentials that are no longer met with it.
type Case = (&'static [usize], &'static str, &'static str, &'static str);

#[test]
fn a_workbook_that_breaks_an_essential_is_caught() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    const TEXTS: &str = "xl/sharedStrings.xml";
    const TABLE: &str = "xl/tables/table2.xml";
    let cases: [Case; 23] = [
        (&[1], "xl/worksheets/_rels/sheet2.xml.rels", "relationships/table\"", "relationships/other\""),
        (&[2], SHEET, "</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"),
        (&[3], TABLE, "ref=\"A3:C16\"", "ref=\"A3:C18\""),
        (&[4], TABLE, "name=\"Now\"", "name=\"Then\""),
        (&[4], TABLE, "ref=", "headerRowCount=\"0\" ref="),
        (&[4], TEXTS, "<t>What is counted</t>", "<t>Now</t>"),
        (&[5], "xl/styles.xml", "wrapText=\"1\"", "wrapText=\"0\""),
        (&[6], SHEET, "<c r=\"C5\"", "<c r=\"Z5\""),
        (&[4, 6], "xl/tables/table8.xml", "name=\"Note or shorthand\"", "name=\"Note\""),
        (&[7], TEXTS, "Lines with a status [note 1]", "Lines with a status [note 9]"),
        (&[7], TEXTS, "<t>Actions</t>", "<t>Actions†</t>"),
        (&[8], TEXTS, "<t>Summary</t>", "<t>Click here</t>"),
        (&[8], "xl/worksheets/sheet1.xml", "location=\"'Summary'!A1\"", "location=\"'Gone'!A1\""),
        (&[9], SHEET, "<c r=\"A1\"", "<c r=\"B1\""),
        (&[10], SHEET, "<tableParts", "<headerFooter><oddFooter>&amp;RPage &amp;P</oddFooter></headerFooter><tableParts"),
        (
            &[11],
            SHEET,
            "</sheetData>",
            "</sheetData><conditionalFormatting sqref=\"C5:C9\"><cfRule type=\"colorScale\" priority=\"1\"><colorScale/></cfRule></conditionalFormatting>",
        ),
        (&[12], "xl/styles.xml", "<sz val=\"16\"/><color theme=\"1\"/>", "<sz val=\"16\"/><color rgb=\"FFBBBBBB\"/>"),
        (&[8, 13], "xl/workbook.xml", "name=\"Notes\"", "name=\"SUMMARY\""),
        (&[15], SHEET, "<col min=\"1\" max=\"1\"", "<col min=\"1\" max=\"1\" hidden=\"1\""),
        (&[4, 16], TABLE, "ref=\"A3:C16\"", "ref=\"B3:C16\""),
        (&[17], TEXTS, "<t>This sheet holds one table of the plan's", "<t>This sheet has recieved the plan's"),
        (&[18], "docProps/core.xml", "<dc:language>en-GB</dc:language>", ""),
        (&[19], "xl/workbook.xml", "<workbookView ", "<workbookView activeTab=\"2\" "),
    ];
    let mut wrong = Vec::new();
    for (expected, part, from, to) in cases {
        let checked = checked(&changed(part, from, to));
        if broken(&checked) != expected {
            let places = checked.essentials.iter().filter(|essential| !essential.is_met()).flat_map(Essential::lines);
            wrong.push(format!("{expected:?} {part}: {to}\n{}", places.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let blank = Page { name: "Blank".to_owned(), ..Page::default() };
    let blank = broken(&checked(&workbook::save(&[blank], &Properties::default(), &mut |_| true).unwrap()));
    let all: BTreeSet<usize> = cases.iter().flat_map(|(numbers, ..)| numbers.iter().copied()).chain(blank).collect();
    assert_eq!(all.len(), 19, "an essential has no workbook that breaks it: {all:?}");
}

#[test]
fn a_marked_document_is_not_to_be_published_and_says_so() {
    let mut document = sample();
    document.marking = plandesk::model::Marking::of(["OFFICIAL-SENSITIVE".into()], plandesk::model::Label::default());
    let bytes = published(&document);
    let checked = checked(&bytes);
    assert_eq!(checked.marking, "OFFICIAL-SENSITIVE");
    assert!(checked.lines().iter().any(|line| line.contains("do not publish it")));
    // The marking stands on every sheet, as there are no headers to put it in.
    let (grids, _) = workbook::open("out.xlsx", &bytes, &|_| true).unwrap();
    for grid in &grids {
        assert!(grid.rows.iter().take(5).any(|row| row.text(0).starts_with("Marked OFFICIAL-SENSITIVE")), "{}", grid.sheet);
    }
}

#[test]
fn what_an_owner_misspells_is_named_and_not_held_against_the_workbook() {
    let mut document = sample();
    let plan = &mut document.tables[0];
    let at = plan.rows.iter().position(|row| row.cells.len() > 1).unwrap();
    plan.rows[at].cells[1] = plandesk::model::Cell::text("We recieve letters");
    let checked = checked(&published(&document));
    let Standing::MetAs(said) = &checked.essentials[16].standing else { unreachable!("it is met in a sense") };
    assert!(said.contains("“recieve” (receive)") && said.contains("spelling"), "{said}");
    for (wrong, right) in MISSPELT {
        assert_eq!(misspelt(right).count(), 0, "{right} is listed as misspelt");
        assert_eq!(misspelt(wrong).count(), 1, "{wrong} is not found");
    }
}

#[test]
fn one_page_is_one_sheet_of_paper_that_counts_what_it_leaves_out() {
    let document = sample();
    let template = returns::template("one-page").unwrap();
    let report = plandesk::insight::Report::of(&document, AsOf::default(), None);
    let (pages, _) = (template.pages)(&report);
    let texts: Vec<String> = pages[0]
        .cells
        .iter()
        .filter_map(|cell| match &cell.content {
            workbook::Content::Owned(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(pages.len(), 1);
    // Twenty-one KPIs, of which seventeen stand there.
    assert!(texts.iter().any(|text| text == "and 4 more in the board return"), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("3: Share of young people") && text.ends_with('…')), "{texts:?}");
    // At four fifths of its size it stands on the paper, so that ten points are printed as eight.
    let width: f64 = pages[0].widths.iter().map(|width| width * 7.0 + 5.0).sum();
    assert!(width / 96.0 * 0.8 <= 11.69 - 0.8, "{width} pixels");
    let bytes = workbook::save(&pages, &Properties::default(), &mut |_| true).unwrap();
    let mut sheet = String::new();
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToPage=\"1\"") && !sheet.contains("fitToHeight=\"0\""));
}
