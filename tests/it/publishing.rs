//! What may leave the program: no word that an owner hid in a workbook, however it was hidden, and its marking on everything.

use std::io::{Cursor, Read};

use plandesk::insight::{AsOf, Insight};
use plandesk::{
    app::{
        export::{Wished, export, return_name},
        open::{Opened, open_bytes},
    },
    model::{Label, Marking, RowKind},
    notes::Code,
    publish::publish,
    returns, workbook,
};
use rust_xlsxwriter::{DataValidation, DocProperties, FilterCondition, Format, Note, Workbook, Worksheet};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const HEADINGS: [&str; 6] = ["Ref", "Action", "Lead officer", "End", "RAG status", "Comment"];

/// A plan's headings in a row, and its actions below, each with its words.
fn plan(sheet: &mut Worksheet, top: u32, actions: &[&str]) {
    sheet.write_row(top, 0, HEADINGS).unwrap();
    for (number, words) in (1..).zip(actions) {
        action(sheet, top + number, &format!("1.{number}"), words);
    }
}

fn action(sheet: &mut Worksheet, row: u32, reference: &str, words: &str) {
    sheet.write_row(row, 0, [reference, words, "Jo Bloggs", "31/03/2027", "In progress", "Work goes on"]).unwrap();
}

fn read(book: &mut Workbook) -> Opened {
    open_bytes("plan.xlsx", &book.save_to_buffer().unwrap(), &|_| true).unwrap()
}

/// The text of every part of a workbook.
fn parts(bytes: &[u8]) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        all.push_str(&format!("\n--- {name}\n{}", String::from_utf8_lossy(&text)));
    }
    all
}

fn part(bytes: &[u8], name: &str) -> String {
    let all = parts(bytes);
    let from = all.find(&format!("\n--- {name}\n")).unwrap_or(all.len());
    all[from..].split("\n--- ").nth(1).unwrap_or_default().to_owned()
}

fn written(opened: &Opened, with_hidden: bool) -> Vec<u8> {
    export(&opened.document, Wished { with_hidden, ..Wished::default() }, &mut |_| true).unwrap()
}

/// Writes the return of a workbook, in which every hidden word has `Secret` in it and every other one has not.
fn check(name: &str, build: impl FnOnce(&mut Workbook)) -> (Opened, String) {
    let mut book = Workbook::new();
    build(&mut book);
    let opened = read(&mut book);
    let whole = parts(&written(&opened, true));
    assert!(whole.contains("Secret") && whole.contains("Plant"), "{name}: nothing was read of it");
    let seen = parts(&written(&opened, false));
    let leak = seen.find("Secret").map(|at| &seen[at.saturating_sub(120)..(at + 60).min(seen.len())]);
    assert_eq!(leak, None, "{name}");
    assert!(seen.contains("Plant"), "{name}: what is in sight is in it");
    assert!(
        !return_name(&publish(&opened.document, &opened.notes, false).document, returns::board(), plandesk::app::export::Format::Workbook)
            .contains("Secret"),
        "{name}: the file's name"
    );
    let account = publish(&opened.document, &opened.notes, false).account;
    assert!(!account.hidden.is_empty(), "{name}: what is left out is named");
    (opened, account.hidden.join("; "))
}

#[test]
fn hidden_columns_and_rows_are_left_out_and_named() {
    let (opened, named) = check("a column and a row", |book| {
        let sheet = book.add_worksheet().set_name("Plan").unwrap();
        plan(sheet, 0, &["Plant trees", "Secret talks", "Plant hedges"]);
        sheet.write_row(0, 6, ["Secretary note"]).unwrap();
        for row in 1..4 {
            sheet.write(row, 6, format!("Secret {row}")).unwrap();
        }
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(6).unwrap();
    });
    assert_eq!(named, "row 3 of “Plan”; the column G (“Secretary note”) of “Plan”");
    let codes: Vec<Code> = opened.notes.iter().map(|note| note.code).collect();
    assert!(codes.contains(&Code::HiddenColumns) && codes.contains(&Code::HiddenRows), "{codes:?}");
    check("no width and no height", |book| {
        let sheet = book.add_worksheet();
        plan(sheet, 0, &["Plant trees", "Secret talks"]);
        sheet.write(0, 6, "Secret").unwrap().write(1, 6, "Secret").unwrap();
        sheet.set_row_height(2, 0).unwrap().set_column_width(6, 0).unwrap();
    });
    check("closed groups", |book| {
        let sheet = book.add_worksheet();
        plan(sheet, 0, &["Plant trees", "Secret talks", "Secret deal", "Plant hedges"]);
        sheet.write(0, 6, "Secret").unwrap().write(1, 6, "Secret").unwrap();
        sheet.group_rows_collapsed(2, 3).unwrap().group_columns_collapsed(6, 6).unwrap();
    });
}

#[test]
fn hidden_sheets_are_left_out_with_what_they_lend_to_others() {
    for very in [false, true] {
        let (_, named) = check("a sheet with a plan", |book| {
            plan(book.add_worksheet().set_name("Plan").unwrap(), 0, &["Plant trees"]);
            let sheet = book.add_worksheet().set_name("Secret plan").unwrap();
            plan(sheet, 0, &["Secret talks"]);
            sheet.write(0, 5, "Secret comments are kept here").unwrap();
            if very {
                sheet.set_very_hidden(true);
            } else {
                sheet.set_hidden(true);
            }
        });
        assert_eq!(named, "the sheet “Secret plan”");
    }
    check("a cover that gives its fields to the plan", |book| {
        plan(book.add_worksheet().set_name("Plan").unwrap(), 0, &["Plant trees"]);
        let cover = book.add_worksheet().set_name("Front").unwrap();
        for (row, (label, value)) in (0..).zip([("Name:", "Secret plan"), ("Owner:", "Secret Smith"), ("Review date:", "Jan-19")]) {
            cover.write(row, 0, label).unwrap().write(row, 1, value).unwrap();
        }
        cover.set_hidden(true);
    });
    check("one sheet of a plan over several", |book| {
        for (name, words) in [("Parks", "Plant trees"), ("Homes", "Secret talks"), ("Roads", "Plant verges")] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            plan(sheet, 0, &[words]);
            sheet.set_hidden(words.starts_with("Secret"));
        }
    });
    let (_, named) = check("the first sheet of a plan over several, and a column of one", |book| {
        for (name, words) in [("Secret team", "Secret talks"), ("Parks", "Plant trees"), ("Roads", "Plant verges")] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            plan(sheet, 0, &[words]);
            sheet.set_hidden(words.starts_with("Secret"));
            if name == "Roads" {
                sheet.write(1, 5, "Secret comment").unwrap();
                sheet.set_column_hidden(5).unwrap();
            }
        }
        book.worksheet_from_index(1).unwrap().set_active(true);
    });
    assert!(named.contains("the sheet “Secret team”") && named.contains("the column F (“Comment”) on “Roads”"), "{named}");
}

#[test]
fn words_above_and_between_the_rows_are_left_out_where_they_are_hidden() {
    check("a banner, a field and a section", |book| {
        let sheet = book.add_worksheet().set_name("Plan").unwrap();
        sheet.write(0, 0, "Secret plan for the hall").unwrap();
        sheet.write(1, 0, "Owner:").unwrap().write(1, 1, "Secret Smith").unwrap();
        plan(sheet, 3, &["Plant trees"]);
        sheet.merge_range(5, 0, 5, 5, "Approach: Secret approach", &Format::new().set_bold()).unwrap();
        action(sheet, 6, "2.1", "Plant hedges");
        for row in [0, 1, 5] {
            sheet.set_row_hidden(row).unwrap();
        }
    });
    check("a group whose words stand in a hidden column", |book| {
        let sheet = book.add_worksheet().set_name("Plan").unwrap();
        plan(sheet, 0, &["Plant trees", "Plant hedges"]);
        sheet.write_with_format(3, 0, "Secret group", &Format::new().set_bold()).unwrap();
        action(sheet, 4, "2.1", "Plant verges");
        sheet.set_column_hidden(0).unwrap();
    });
}

#[test]
fn merged_cells_show_what_their_owner_sees() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 5, "Plan for trees", &format).unwrap();
    plan(sheet, 2, &["Plant trees"]);
    sheet.merge_range(4, 0, 5, 0, "1.2", &format).unwrap();
    sheet.merge_range(4, 1, 5, 1, "Plant hedges", &format).unwrap();
    sheet.write_row(4, 2, ["Secret Smith", "31/03/2027", "Complete", "Secret talks"]).unwrap();
    sheet.write_row(5, 2, ["Al Green", "31/03/2028", "In progress", "In sight"]).unwrap();
    sheet.set_row_hidden(4).unwrap();
    // The banner reaches over columns that are in sight.
    sheet.set_column_hidden(0).unwrap();
    let opened = read(&mut book);
    let seen = publish(&opened.document, &opened.notes, false).document;
    let table = &seen.tables[0];
    assert_eq!(table.title(), "Plan for trees");
    let line = table.rows.last().unwrap();
    let texts: Vec<&str> = line.cells.iter().map(|cell| &*cell.text).collect();
    assert_eq!(line.kind, RowKind::Entry, "what is left of an action is one");
    assert_eq!(texts, ["Plant hedges", "Al Green", "31/03/2028", "In progress", "In sight"]);
}

#[test]
fn nothing_hidden_comes_by_notes_lists_rules_or_charts() {
    let (opened, _) = check("notes on cells and lists", |book| {
        let sheet = book.add_worksheet().set_name("Plan").unwrap();
        plan(sheet, 0, &["Plant trees", "Secret talks"]);
        sheet.write(0, 6, "Secret").unwrap().write(1, 6, "Secret").unwrap();
        sheet.insert_note(1, 6, &Note::new("Secret note")).unwrap();
        let list = DataValidation::new().allow_list_strings(&["Jo Bloggs", "Secret Smith"]).unwrap();
        sheet.add_data_validation(1, 2, 2, 2, &list).unwrap();
        sheet.set_row_hidden(2).unwrap().set_column_hidden(6).unwrap();
    });
    let seen = publish(&opened.document, &opened.notes, false).document;
    assert!(seen.tables[0].remarks.is_empty());
    let lead = seen.tables[0].columns.iter().find(|column| &*column.heading == "Lead officer").unwrap();
    assert_eq!(lead.choices, ["Jo Bloggs".into()], "{:?}", lead.choices);
    check("the figures behind a chart", |book| {
        let sheet = book.add_worksheet().set_name("KPIs").unwrap();
        sheet.write_row(0, 0, ["Ref", "KPI", "Current", "Target", "2024/25"]).unwrap();
        for (row, kpi) in (1..).zip(["Plant trees", "Secret share", "Plant hedges"]) {
            sheet.write_row(row, 0, [format!("K{row}"), kpi.to_owned()]).unwrap();
            sheet.write_row(row, 2, [12.0 + f64::from(row), 20.0, 7.0]).unwrap();
        }
        sheet.write(1, 0, "").unwrap();
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(4).unwrap();
    });
}

/// A plan of which a filter keeps two actions out of sight, and a hand a third.
fn filtered() -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    plan(sheet, 0, &["Plant trees", "Plant hedges", "Secret talks", "Plant verges"]);
    for (row, status) in (1..).zip(["Complete", "In progress", "Complete", "Not started"]) {
        sheet.write(row, 4, status).unwrap();
    }
    sheet.autofilter(0, 0, 4, 5).unwrap();
    sheet.filter_column(4, &FilterCondition::new().add_list_filter("Complete")).unwrap();
    sheet.set_row_hidden(3).unwrap();
    book
}

#[test]
fn rows_that_only_a_filter_hides_are_in_it_and_counted() {
    let opened = read(&mut filtered());
    let published = publish(&opened.document, &opened.notes, false);
    assert_eq!(published.account.tables, ["“Plan”: 3 actions"]);
    assert_eq!(published.account.hidden, ["row 4 of “Plan”"]);
    assert_eq!(published.account.filtered, ["rows 3 and 5 of “Plan” (2 of its 3 actions)"]);
    let seen = parts(&written(&opened, false));
    assert!(seen.contains("Plant hedges") && seen.contains("Plant verges") && !seen.contains("Secret"));
    let said = plandesk::app::report::text(&opened.document, &opened.notes, &Insight::of(&opened.document, AsOf::default()));
    assert!(said.contains("4 actions in 4 lines, of them 1 hidden in the workbook and 2 out of sight by a filter there"), "{said}");
    let json = crate::json_report(&opened, &Insight::of(&opened.document, AsOf::default()));
    assert_eq!((&json["counts"]["actions"], &json["counts"]["hidden"], &json["counts"]["filtered"]), (&4.into(), &1.into(), &2.into()));
    let rows = &json["tables"][0]["rows"];
    assert_eq!((&rows[1]["filtered"], &rows[2]["hidden"], &rows[0]["hidden"]), (&true.into(), &true.into(), &serde_json::Value::Null));
}

#[test]
fn a_row_added_to_a_hidden_action_is_hidden_with_it() {
    use plandesk::model::Row;
    let mut opened = read(&mut filtered());
    let table = &mut opened.document.tables[0];
    let line = Row { cells: table.rows[2].cells.clone(), ..table.blank_row(table.next_row_id(), RowKind::Line) };
    table.rows.insert(3, line);
    assert!(!parts(&written(&opened, false)).contains("Secret"));
    assert_eq!(publish(&opened.document, &[], false).account.hidden, ["row 4 of “Plan”", "a line added to them in “Plan”"]);
}

/// A marked plan: on its first page alone, and by a label in both places.
fn marked() -> Vec<u8> {
    let mut book = Workbook::new();
    let id = "MSIP_Label_0a1b-2c3d";
    let properties = [("Name", "OFFICIAL-SENSITIVE"), ("Enabled", "true"), ("SiteId", "9f8e")];
    let label = properties.iter().fold(DocProperties::new(), |own, (name, value)| own.set_custom_property(format!("{id}_{name}"), *value));
    book.set_properties(&label);
    plan(book.add_worksheet().set_name("Plan").unwrap().set_footer("&LNot for publication&RPage &P"), 0, &["Plant trees"]);
    let bytes = book.save_to_buffer().unwrap();
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut with = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        with.raw_copy_file(zip.by_index(at).unwrap()).unwrap();
    }
    with.start_file("docMetadata/LabelInfo.xml", SimpleFileOptions::default()).unwrap();
    let part = "<clbl:labelList xmlns:clbl=\"http://schemas.microsoft.com/office/2020/mipLabelMetadata\">\
        <clbl:label id=\"{0a1b-2c3d}\" enabled=\"1\" method=\"Privileged\" siteId=\"{9f8e}\" removed=\"0\"/></clbl:labelList>";
    std::io::Write::write_all(&mut with, part.as_bytes()).unwrap();
    with.finish().unwrap().into_inner()
}

#[test]
fn a_marking_is_carried_into_everything_and_back_out_of_it() {
    let opened = open_bytes("plan.xlsx", &marked(), &|_| true).unwrap();
    const WORDS: &str = "OFFICIAL-SENSITIVE | Not for publication";
    let marking = opened.document.marking.clone().unwrap();
    assert_eq!(marking.words(), WORDS);
    assert!(opened.notes.iter().any(|note| note.code == Code::ProtectiveMarking && note.message.contains(WORDS)));
    let bytes = written(&opened, false);
    for sheet in 1..=3 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(sheet.contains(&format!("<oddHeader>&amp;C&amp;B{WORDS}&amp;B</oddHeader>")), "{sheet}");
        assert!(sheet.contains(&format!("<oddFooter>&amp;L&amp;A&amp;C&amp;B{WORDS}")), "{sheet}");
    }
    assert!(part(&bytes, "xl/sharedStrings.xml").contains(WORDS), "the cover says it");
    let custom = part(&bytes, "docProps/custom.xml");
    assert!(custom.contains("name=\"MSIP_Label_0a1b-2c3d_Name\"") && custom.contains("<vt:lpwstr>OFFICIAL-SENSITIVE</vt:lpwstr>"));
    let label = part(&bytes, "docMetadata/LabelInfo.xml");
    assert!(
        label.contains("<clbl:label id=\"{0a1b-2c3d}\" enabled=\"1\" method=\"Privileged\" siteId=\"{9f8e}\" removed=\"0\"/>"),
        "{label}"
    );
    assert!(part(&bytes, "_rels/.rels").contains("classificationlabels\" Target=\"docMetadata/LabelInfo.xml\""));
    assert!(part(&bytes, "[Content_Types].xml").contains("PartName=\"/docMetadata/LabelInfo.xml\""));
    let again = open_bytes("return.xlsx", &bytes, &|_| true).unwrap();
    assert_eq!(again.document.marking.as_ref(), Some(&Marking { lines: again.document.marking.clone().unwrap().lines, ..marking.clone() }));
    assert_eq!(again.document.marking.as_ref().map(Marking::words).as_deref(), Some(WORDS));
    assert_eq!(again.document.content().tables, opened.document.content().tables, "the cover's line is no word of a plan");
    let kept = plandesk::store::encode(&opened.document, &[]).unwrap();
    assert_eq!(open_bytes("plan.plandesk", &kept, &|_| true).unwrap().document.marking, Some(marking));
}

#[test]
fn every_header_and_footer_is_looked_at_and_an_unmarked_plan_stays_so() {
    let mut plain = Workbook::new();
    plan(plain.add_worksheet().set_header("&CWrenbridge Council").set_footer("&RPage &P of &N"), 0, &["Plant trees"]);
    let opened = read(&mut plain);
    assert_eq!(opened.document.marking, None);
    let bytes = written(&opened, false);
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("oddHeader"));
    assert!(!parts(&bytes).contains("LabelInfo"));
    for place in ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"] {
        let bytes = plain.save_to_buffer().unwrap();
        let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut with = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            if file.name().unwrap() != "xl/worksheets/sheet1.xml" {
                with.raw_copy_file(file).unwrap();
                continue;
            }
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            let from = text.find("<headerFooter>").unwrap();
            let end = text.find("</headerFooter>").unwrap();
            text.replace_range(
                from..end,
                &format!("<headerFooter differentOddEven=\"1\"><{place}>&amp;L&amp;\"Arial,Bold\"&amp;14RESTRICTED</{place}>"),
            );
            with.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut with, text.as_bytes()).unwrap();
        }
        let opened = open_bytes("plan.xlsx", &with.finish().unwrap().into_inner(), &|_| true).unwrap();
        assert_eq!(opened.document.marking.map(|marking| marking.words()).as_deref(), Some("RESTRICTED"), "{place}");
    }
}

#[test]
fn a_marking_in_a_banner_names_no_plan() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    sheet.write(0, 0, "OFFICIAL - SENSITIVE: COMMERCIAL").unwrap();
    sheet.write(1, 0, "Tree plan 2027").unwrap();
    plan(sheet, 3, &["Plant trees"]);
    let opened = read(&mut book);
    assert_eq!(opened.document.name(), "Tree plan 2027");
    assert_eq!(opened.document.marking.as_ref().map(Marking::words).as_deref(), Some("OFFICIAL - SENSITIVE: COMMERCIAL"));
    let again = open_bytes("return.xlsx", &written(&opened, false), &|_| true).unwrap();
    assert_eq!(again.document.content().tables, opened.document.content().tables);
}

#[test]
fn a_marking_that_a_header_cannot_hold_is_cut_and_never_read_as_codes() {
    let mut opened = read(&mut filtered());
    let line: String = format!("NOT FOR PUBLICATION & {}", "R&D 12 ".repeat(60));
    opened.document.marking = Marking::of([line.into()], Label::default());
    let bytes = written(&opened, false);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("NOT FOR PUBLICATION &amp;&amp; R&amp;&amp;D 12"), "{sheet}");
    let (grids, _) = workbook::open("return.xlsx", &bytes, &|_| true).unwrap();
    assert!(grids[0].page_texts[0].starts_with("NOT FOR PUBLICATION & R&D 12"), "{:?}", grids[0].page_texts);
}
