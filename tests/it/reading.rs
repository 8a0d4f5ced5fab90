//! What of a workbook lands in the grids: looks, rules, notes, choices and what is hidden, from workbooks made here.

use std::io::{Cursor, Read, Write};

use plandesk::{
    model::Status,
    notes::{Code, Note},
    workbook::{self, OpenError, Painted, RawCell, RawSheet},
};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, ConditionalFormatIconSet, ConditionalFormatIconType,
    ConditionalFormatText, ConditionalFormatTextRule, DataValidation, Format, Formula, Note as CellNote, Workbook,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn open(bytes: &[u8]) -> (Vec<RawSheet>, Vec<Note>) {
    workbook::open("plan.xlsx", bytes, &|_| true).unwrap()
}

fn cell(grid: &RawSheet, row: u32, column: u16) -> &RawCell {
    grid.rows[grid.position(row).unwrap()].cell(column).unwrap()
}

fn fills(grid: &RawSheet, column: u16) -> Vec<Option<u32>> {
    grid.rows.iter().filter_map(|row| row.cell(column)).map(|cell| cell.fill).collect()
}

/// A workbook with one part changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn fills_and_weights_come_from_styles() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let red = Format::new().set_background_color(Color::RGB(0x00FF_0000));
    sheet.write_with_format(0, 0, "Off track", &red.clone().set_bold()).unwrap();
    sheet.write_with_format(1, 0, "Theme", &Format::new().set_background_color(Color::Theme(6, 3))).unwrap();
    sheet.write_with_format(2, 0, "White", &Format::new().set_background_color(Color::White)).unwrap();
    sheet.write_blank(3, 1, &red).unwrap();
    sheet.merge_range(5, 0, 6, 1, "Merged", &red).unwrap();
    let grid = open(&book.save_to_buffer().unwrap()).0.remove(0);
    assert_eq!(fills(&grid, 0), [Some(0xFF_0000), Some(0xC3_D69B), None, Some(0xFF_0000)]);
    assert!(cell(&grid, 0, 0).bold && !cell(&grid, 1, 0).bold && grid.colours_read);
    assert_eq!(grid.painted, [Painted { row: 3, column: 1, fill: 0xFF_0000 }], "not what a merge covers");
    assert_eq!(grid.merges.len(), 1);
}

#[test]
fn conditional_formats_paint_over_styles() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (word, number)) in (0..).zip([("Red", 1.0), ("amber", 5.0), ("Not started", 9.0)]) {
        sheet.write(row, 0, word).unwrap();
        sheet.write(row, 1, number).unwrap();
        sheet.write(row, 2, "x").unwrap();
    }
    let paint = |rgb: u32| Format::new().set_background_color(Color::RGB(rgb));
    let red = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo("Red")).set_format(paint(0xFF_0000));
    let contains = ConditionalFormatText::new().set_rule(ConditionalFormatTextRule::Contains("start".into())).set_format(paint(0xBF_BFBF));
    let between = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::Between(4, 6)).set_format(paint(0xFF_C000));
    let row = ConditionalFormatFormula::new().set_rule("$A1=\"Red\"").set_format(paint(0x00_00FF));
    sheet.add_conditional_format(0, 0, 9, 0, &red).unwrap();
    sheet.add_conditional_format(0, 0, 9, 0, &contains).unwrap();
    sheet.add_conditional_format(0, 1, 9, 1, &between).unwrap();
    sheet.add_conditional_format(0, 2, 9, 2, &row).unwrap();
    let grid = open(&book.save_to_buffer().unwrap()).0.remove(0);
    assert_eq!(fills(&grid, 0), [Some(0xFF_0000), None, Some(0xBF_BFBF)]);
    assert_eq!(fills(&grid, 1), [None, Some(0xFF_C000), None]);
    assert_eq!(fills(&grid, 2), [Some(0x00_00FF), None, None]);
}

#[test]
fn lights_beside_numbers_are_their_statuses() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Action", "Lead", "RAG", "Score"]).unwrap();
    for (row, (action, number)) in (1..).zip([("Plant trees", 3), ("Sweep leaves", 1), ("Mend gates", 2), ("Paint doors", 3)]) {
        sheet.write_row(row, 0, [action, "Parks"]).unwrap();
        sheet.write(row, 2, number).unwrap();
        sheet.write(row, 3, number * 10).unwrap();
    }
    let lights = |set| ConditionalFormatIconSet::new().set_icon_type(set);
    sheet.add_conditional_format(1, 2, 9, 2, &lights(ConditionalFormatIconType::ThreeTrafficLights)).unwrap();
    sheet.add_conditional_format(1, 3, 9, 3, &lights(ConditionalFormatIconType::ThreeArrows)).unwrap();
    let grid = open(&book.save_to_buffer().unwrap()).0.remove(0);
    assert_eq!(fills(&grid, 2), [None, Some(0x63_BE7B), Some(0xF8_696B), Some(0xFF_EB84), Some(0x63_BE7B)]);
    assert!(fills(&grid, 3).iter().all(Option::is_none), "arrows show a trend, where no status is looked for");
    let plan = crate::read_workbook(vec![grid]).tables.remove(0);
    let statuses: Vec<_> = plan.rows.iter().filter_map(|row| plan.status_of(row)).collect();
    assert_eq!(statuses, [Status::InProgress, Status::MajorProblems, Status::MinorProblems, Status::InProgress]);
}

#[test]
fn what_stands_beside_the_values_is_kept() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    sheet.write(0, 0, "Status").unwrap();
    sheet.write_formula(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write(2, 0, "hidden").unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    sheet.insert_note(0, 0, &CellNote::new("Ask Ana").set_author("Ben").add_author_prefix(false)).unwrap();
    sheet.write_url_with_text(4, 1, "https://example.org/evidence", "Evidence").unwrap();
    let inline = DataValidation::new().allow_list_strings(&["Red", "Amber"]).unwrap();
    sheet.add_data_validation(1, 0, 9, 0, &inline).unwrap();
    let elsewhere = DataValidation::new().allow_list_formula(Formula::new("=Lists!$A$1:$A$3"));
    sheet.add_data_validation(1, 1, 9, 1, &elsewhere).unwrap();
    let named = DataValidation::new().allow_list_formula(Formula::new("=Statuses"));
    sheet.add_data_validation(1, 2, 9, 2, &named).unwrap();
    let lists = book.add_worksheet().set_name("Lists").unwrap();
    lists.write_column(0, 0, ["Open", "Shut", "Stuck"]).unwrap();
    lists.set_hidden(true);
    book.define_name("Statuses", "=Lists!$A$2:$A$3").unwrap();
    let (grids, notes) = open(&book.save_to_buffer().unwrap());
    let plan = &grids[0];
    assert!(cell(plan, 1, 0).formula && !cell(plan, 0, 0).formula && &*cell(plan, 1, 0).text == "2");
    assert_eq!((&plan.hidden.rows[..], &plan.hidden.columns[..], grids[1].hidden.sheet), (&[2][..], &[3][..], true));
    let attached: Vec<(u32, u16, &str)> = plan.attached.iter().map(|attached| (attached.row, attached.column, &*attached.text)).collect();
    assert_eq!(attached, [(0, 0, "Ben: Ask Ana"), (4, 1, "Link: https://example.org/evidence")]);
    let offered: Vec<String> = plan.offered.iter().map(|offered| offered.choices.join("/")).collect();
    assert_eq!(offered, ["Red/Amber", "Open/Shut/Stuck", "Shut/Stuck"]);
    assert_eq!(notes, []);
    let notes = crate::read_workbook(grids).notes;
    assert_eq!(notes.iter().filter(|note| note.code == Code::HiddenSheet).map(|note| &*note.place.address).collect::<Vec<_>>(), ["Lists"]);
}

#[test]
fn an_error_that_is_not_known_leaves_the_rest_of_the_sheet() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_formula(0, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(1, 0, "after").unwrap();
    let bytes = changed(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", |part| part.replace("#DIV/0!", "#SPILL!"));
    let (grids, notes) = open(&bytes);
    assert_eq!((&*cell(&grids[0], 0, 0).text, &*cell(&grids[0], 1, 0).text), ("#SPILL!", "after"));
    assert_eq!((notes.len(), notes[0].code.name(), notes[0].place.address.as_str()), (1, "cell_error", "Sheet1!A1"));
}

#[test]
fn a_sheet_with_an_address_out_of_it_is_not_read() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let bytes = changed(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", |part| part.replace("r=\"A1\"", "r=\"AAAAAA1\""));
    let (grids, notes) = open(&bytes);
    assert_eq!((grids[0].filled(), notes[0].code.name()), (0, "unread_sheet"));
    assert!(notes[0].message.contains("AAAAAA1"));
}

#[test]
fn numbers_show_as_their_owner_sees_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (number, format, _)) in (0..).zip(SHOWN) {
        sheet.write_with_format(row, 0, number, &Format::new().set_num_format(format)).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let grid = open(&bytes).0.remove(0);
    let texts: Vec<&str> = grid.rows.iter().map(|row| &*row.cells[0].text).collect();
    assert_eq!(texts, SHOWN.map(|(_, _, text)| text));
    let days = changed(&bytes, "xl/workbook.xml", |part| part.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    assert_eq!(&*open(&days).0[0].rows[0].cells[0].text, "02/08/2021");
}

const SHOWN: [(f64, &str, &str); 16] = [
    (42948.0, "dd/mm/yyyy", "01/08/2017"),
    (0.79, "0%", "79%"),
    (1234.5, "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-", "£1,234.50"),
    (-1234.5, "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-", "-£1,234.50"),
    (0.0, "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-", "£-"),
    (-5.0, "#,##0_);(#,##0)", "(5)"),
    (5.0, "#,##0_);(#,##0)", "5"),
    (0.25, "# ?/?", "1/4"),
    (1.5, "[h]:mm", "36:00"),
    (12345.0, "0.00E+00", "1.23E+04"),
    (3.0, "@", "3"),
    (42948.5, "dd/mm/yyyy hh:mm", "01/08/2017 12:00"),
    (0.5, "h:mm AM/PM", "12:00 PM"),
    (42948.0, "mmm-yy", "Aug-17"),
    (42948.0, "d-mmm-yy", "1-Aug-17"),
    (12.0, "0 \"days\"", "12 days"),
];

#[test]
fn what_is_no_workbook_says_what_to_do() {
    let said = |name: &str, bytes: &[u8]| workbook::open(name, bytes, &|_| true).unwrap_err();
    for (bytes, expected) in [
        (&b"%PDF-1.7 \xE2"[..], OpenError::Document("a PDF")),
        (b"{\\rtf1\\ansi", OpenError::Document("a Word document")),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", OpenError::Document("a web page")),
        (b"\x89PNG\r\n\x1A\n", OpenError::Picture),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", OpenError::OtherFormat),
        (b"\x00\x01\x02", OpenError::NotAWorkbook),
        (b"Just some words.", OpenError::NotAWorkbook),
    ] {
        assert_eq!(said("plan.xls", bytes), expected);
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let word = zip.finish().unwrap().into_inner();
    assert!(said("plan.docx", &word).to_string().contains("Copy the table"));
    let table = workbook::open("export.xls", b"Ref\tAction\n1\tAgree\n", &|_| true).unwrap().0;
    assert_eq!((table[0].sheet.as_str(), table[0].filled()), ("export", 4), "separated values that are called an Excel file");
}
