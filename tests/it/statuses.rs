//! Statuses as plans state them: by colours, signs, arrows, checkboxes and lines struck through, in words of their own, and in their returns.

use plandesk::{
    app::open::{Opened, open_bytes},
    insight::{AsOf, Insight},
    model::{Meaning, Role, Status, Table},
    notes::Code,
    returns, workbook,
};
use rust_xlsxwriter::{Color, ConditionalFormatIconSet, ConditionalFormatIconType, DataValidation, Format, Workbook, Worksheet};

const GREEN: u32 = 0x0000_B050;
const AMBER: u32 = 0x00FF_C000;
const RED: u32 = 0x00C0_0000;
const ACTIONS: [&str; 5] = ["Clear the ditches", "Rehang the gates", "Train two wardens", "Print the trail map", "Let the kiosk"];

/// A plan of five actions that are all past their ends, with more columns behind these.
fn plan(headings: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    for (column, heading) in (0..).zip(["Ref", "Action", "Lead", "Due date"].iter().chain(headings)) {
        sheet.write(0, column, *heading).unwrap();
    }
    for (row, action) in (1..).zip(ACTIONS) {
        sheet.write(row, 0, format!("1.{row}")).unwrap();
        sheet.write(row, 1, action).unwrap();
        sheet.write(row, 2, "Parks Manager").unwrap();
        sheet.write(row, 3, format!("0{row}/03/2026")).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn opened(bytes: &[u8]) -> Opened {
    open_bytes("Plan.xlsx", bytes, &|_| true).unwrap()
}

fn read(headings: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Opened {
    opened(&plan(headings, fill))
}

fn statuses(table: &Table) -> Vec<Option<Status>> {
    table.rows.iter().map(|row| table.status_of(row)).collect()
}

fn judged(opened: &Opened) -> Insight {
    Insight::of(&opened.document, AsOf { given: Some("2026-11-26".parse().unwrap()), today: None })
}

fn late(opened: &Opened) -> Vec<String> {
    judged(opened).overdue.into_iter().map(|late| late.name).collect()
}

fn noted(opened: &Opened, code: Code) -> Vec<String> {
    let all = opened.notes.iter().cloned().chain(judged(opened).notes);
    all.filter(|note| note.code == code).map(|note| note.message).collect()
}

/// The texts of a column, one a row.
fn write(sheet: &mut Worksheet, column: u16, texts: &[&str]) {
    for (row, text) in (1..).zip(texts) {
        sheet.write(row, column, *text).unwrap();
    }
}

#[test]
fn the_colour_of_a_dot_is_the_status() {
    let read = read(&["RAG"], |sheet| {
        for (row, colour) in (1..).zip([GREEN, AMBER, RED, GREEN, AMBER]) {
            sheet.write_with_format(row, 4, "●", &Format::new().set_font_color(Color::RGB(colour))).unwrap();
        }
    });
    let [green, amber, red] = [Status::InProgress, Status::MinorProblems, Status::MajorProblems].map(Some);
    assert_eq!(statuses(&read.document.tables[0]), [green, amber, red, green, amber]);
    assert_eq!(noted(&read, Code::StatusFromColour).len(), 1);
}

#[test]
fn a_key_of_coloured_dots_says_what_the_colours_mean() {
    let dot = |colour: u32| Format::new().set_font_color(Color::RGB(colour));
    let read = read(&["Status"], |sheet| {
        for (row, colour) in (1..).zip([GREEN, AMBER, RED, GREEN, AMBER]) {
            sheet.write_with_format(row, 4, "●", &dot(colour)).unwrap();
        }
        for (row, (colour, words)) in (8..).zip([(GREEN, "Finished"), (AMBER, "Under way"), (RED, "Not begun")]) {
            sheet.write_with_format(row, 6, "●", &dot(colour)).unwrap();
            sheet.write(row, 7, words).unwrap();
        }
    });
    let [done, going, to_come] = [Status::Complete, Status::InProgress, Status::NotStarted].map(Some);
    assert_eq!(statuses(&read.document.tables[0]), [done, going, to_come, done, going]);
}

#[test]
fn letters_of_symbol_fonts_are_ticks_and_crosses() {
    let font = Format::new().set_font_name("Wingdings 2");
    let read = read(&["Complete?"], |sheet| {
        for (row, letter) in (1..).zip(["P", "O", "P", "O", "P"]) {
            sheet.write_with_format(row, 4, letter, &font).unwrap();
        }
    });
    let [yes, no] = [Status::Complete, Status::NotStarted].map(Some);
    assert_eq!(statuses(&read.document.tables[0]), [yes, no, yes, no, yes]);
    assert_eq!(&*read.document.tables[0].rows[0].cells[4].text, "✓");
    assert_eq!(late(&read), ["1.2", "1.4"]);
}

#[test]
fn checkboxes_and_arrows_are_statuses() {
    let boxes = read(&["Done"], |sheet| {
        for (row, done) in (1..).zip([true, false, false, true, false]) {
            sheet.write_boolean(row, 4, done).unwrap();
        }
    });
    assert_eq!(late(&boxes), ["1.2", "1.3", "1.5"]);
    let arrows = read(&["RAG"], |sheet| {
        for (row, number) in (1..).zip([3, 1, 2, 3, 1]) {
            sheet.write(row, 4, number).unwrap();
        }
        let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeArrows);
        sheet.add_conditional_format(1, 4, 5, 4, &icons).unwrap();
    });
    let [green, amber, red] = [Status::InProgress, Status::MinorProblems, Status::MajorProblems].map(Some);
    assert_eq!(statuses(&arrows.document.tables[0]), [green, red, amber, green, red]);
}

/// A workbook with something put before the end of its first sheet, where newer kinds of conditional formats stand.
fn extended(bytes: &[u8], more: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            text = String::from_utf8(text).unwrap().replace("</worksheet>", &format!("{more}</worksheet>")).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&text).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn newer_sets_of_icons_and_custom_ones_say_statuses() {
    let set = |attributes: &str, from: &[&str], icons: &str| {
        let from: String = from.iter().map(|value| format!("<x14:cfvo type=\"num\"><xm:f>{value}</xm:f></x14:cfvo>")).collect();
        format!(
            "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"iconSet\" priority=\"1\">\
             <x14:iconSet {attributes}>{from}{icons}</x14:iconSet></x14:cfRule><xm:sqref>E2:E6</xm:sqref></x14:conditionalFormatting>\
             </x14:conditionalFormattings></ext></extLst>"
        )
    };
    let custom: String = [("3Flags", 2), ("NoIcons", 0), ("3Stars", 0)]
        .map(|(name, at)| format!("<x14:cfIcon iconSet=\"{name}\" iconId=\"{at}\"/>"))
        .concat();
    let [green, amber, red] = [Status::InProgress, Status::MinorProblems, Status::MajorProblems].map(Some);
    for (rule, expected) in [
        (set("iconSet=\"3Stars\"", &["0", "2", "3"], ""), [green, red, amber, green, red]),
        (set("iconSet=\"3Triangles\"", &["0", "2", "3"], ""), [green, red, amber, green, red]),
        (set("iconSet=\"5Boxes\"", &["0", "1.5", "2", "2.5", "3"], ""), [green, red, amber, green, red]),
        (set("iconSet=\"3Stars\" reverse=\"1\"", &["0", "2", "3"], ""), [red, green, amber, red, green]),
        (set("iconSet=\"3Arrows\" custom=\"1\"", &["0", "2", "3"], &custom), [red, green, None, red, green]),
    ] {
        let bytes = plan(&["Status"], |sheet| {
            for (row, number) in (1..).zip([3, 1, 2, 3, 1]) {
                sheet.write(row, 4, number).unwrap();
            }
        });
        assert_eq!(statuses(&opened(&extended(&bytes, &rule)).document.tables[0]), expected, "{rule}");
    }
}

#[test]
fn a_row_that_is_struck_through_is_cancelled_or_left_out() {
    let strike = Format::new().set_font_strikethrough();
    let over = |sheet: &mut Worksheet, row: u32, text: &str| {
        for (column, text) in (0..).zip(["1.2", "Rehang the gates", "Parks Manager", "02/03/2026", text]) {
            sheet.write_with_format(row, column, text, &strike).unwrap();
        }
    };
    let stated = read(&["Status"], |sheet| {
        write(sheet, 4, &["In progress", "", "Complete", "In progress", "Not started"]);
        over(sheet, 2, "In progress");
    });
    assert_eq!(statuses(&stated.document.tables[0])[1], Some(Status::Cancelled));
    assert_eq!(late(&stated), ["1.1", "1.4", "1.5"]);
    assert!(noted(&stated, Code::StruckOut)[0].contains("1.2 (before: “In progress”)"));
    let silent = read(&["Comments"], |sheet| {
        write(sheet, 4, &["Begun", "", "Second session in May", "At the printer", "Out to tender"]);
        over(sheet, 2, "Dropped by the board");
    });
    assert_eq!((silent.document.tables[0].rows.len(), noted(&silent, Code::StruckOut).len()), (4, 1));
    assert!(!late(&silent).contains(&"1.2".to_owned()));
}

#[test]
fn what_has_stopped_is_neither_late_nor_done() {
    let read = read(&["Status"], |sheet| {
        write(sheet, 4, &["Parked until the bid is heard", "Closed – superseded by 1.5", "Delivered late", "Not complete", "Shelved"]);
    });
    let counts = judged(&read).counts.lines;
    assert_eq!(counts.listed().map(|(_, count)| count).collect::<Vec<_>>(), [0, 0, 0, 1, 1, 2, 1]);
    assert_eq!((counts.done(), late(&read)), ((1, 4), vec!["1.4".to_owned()]));
}

#[test]
fn a_rag_beside_a_status_and_a_share_beside_a_blank_are_read_together() {
    let beside = read(&["RAG", "Status"], |sheet| {
        write(sheet, 4, &["Green", "Red", "Blue", "", "Red"]);
        write(sheet, 5, &["Complete", "In progress", "Not started", "Complete", "Complete"]);
    });
    let [done, red, to_come] = [Status::Complete, Status::MajorProblems, Status::NotStarted].map(Some);
    assert_eq!(statuses(&beside.document.tables[0]), [done, red, to_come, done, done]);
    assert_eq!(noted(&beside, Code::StatusConflict).len(), 2);
    let shares = read(&["Status", "% complete"], |sheet| {
        write(sheet, 4, &["In progress", "", "Complete", "", ""]);
        for (row, share) in (1..).zip([0.5, 1.0, 1.0, 0.0, 0.2]) {
            sheet.write_with_format(row, 5, share, &Format::new().set_num_format("0%")).unwrap();
        }
    });
    let [done, going, to_come] = [Status::Complete, Status::InProgress, Status::NotStarted].map(Some);
    assert_eq!(statuses(&shares.document.tables[0]), [going, done, done, to_come, going]);
}

#[test]
fn bars_weekdays_and_the_colours_of_teams_are_no_statuses() {
    let paint = |colour: u32| Format::new().set_background_color(Color::RGB(colour));
    let bars = read(&["Jan", "", "", "Feb", "", ""], |sheet| {
        for (row, colour) in (1..).zip([GREEN, AMBER, RED, GREEN, AMBER]) {
            let from = 4 + (row % 3) as u16;
            (from..from + 4).for_each(|column| _ = sheet.write_blank(row, column, &paint(colour)).unwrap());
        }
    });
    let days = read(&["M", "T", "W", "R", "F"], |sheet| {
        (1..6).for_each(|row| _ = sheet.write(row, 4 + (row % 5) as u16, "x").unwrap());
    });
    let teams = read(&["Team"], |sheet| {
        for (row, (team, colour)) in (1..).zip([("Roads", GREEN), ("Parks", AMBER), ("Homes", RED), ("Roads", GREEN), ("Parks", AMBER)]) {
            sheet.write_with_format(row, 4, team, &paint(colour)).unwrap();
        }
    });
    for read in [bars, days, teams] {
        assert_eq!(statuses(&read.document.tables[0]), [None; 5]);
    }
}

#[test]
fn a_word_that_is_not_known_is_asked_about_once() {
    let read = read(&["Status"], |sheet| write(sheet, 4, &["Bubbling", "Complete", "bubbling", "Flat", "Bubbling"]));
    let asked = noted(&read, Code::StatusUnknown);
    assert_eq!(asked.len(), 2);
    assert!(asked[0].contains("“Bubbling”") && asked[0].contains("stands in 3 cells, also in Plan!E4, Plan!E6"), "{}", asked[0]);
}

#[test]
fn a_scale_comes_from_the_key_the_list_and_the_cells_and_back_from_a_return() {
    let paint = |colour: u32| Format::new().set_background_color(Color::RGB(colour));
    let read = read(&["Status"], |sheet| {
        for (row, (letter, colour)) in (1..).zip([("F", 0x0000_B0F0), ("O", GREEN), ("P", AMBER), ("F", 0x0000_B0F0), ("D", RED)]) {
            sheet.write_with_format(row, 4, letter, &paint(colour)).unwrap();
        }
        sheet.write(8, 0, "Key: F = Finished, O = On course, P = Paused, D = Dropped, N = Not begun").unwrap();
    });
    let table = &read.document.tables[0];
    let scale: Vec<(&str, &str, Meaning, Option<u32>)> =
        table.columns[4].scale.steps().iter().map(|step| (&*step.text, &*step.also, step.meaning, step.colour)).collect();
    let expected = [
        ("F", "Finished", Meaning::Status(Status::Complete), Some(0x0000_B0F0)),
        ("O", "On course", Meaning::Status(Status::InProgress), Some(GREEN)),
        ("P", "Paused", Meaning::Status(Status::OnHold), Some(AMBER)),
        ("D", "Dropped", Meaning::Status(Status::Cancelled), Some(RED)),
        ("N", "Not begun", Meaning::Status(Status::NotStarted), None),
    ];
    assert_eq!(scale, expected);
    assert_eq!(&*table.columns[4].enter("paused").text, "P", "what its key calls it is written as it stands in cells");
    assert_eq!(table.columns[4].enter("d").status(), Some(Status::Cancelled));
    let (pages, properties) = returns::pages(&read.document, AsOf::default());
    let page = pages.iter().find(|page| page.name == "Plan").unwrap();
    assert_eq!(page.choices[0].values[..5], ["F", "O", "P", "D", "N"]);
    let paused = page.coloured.iter().find(|rule| rule.words == ["P"]).unwrap();
    assert_eq!(page.looks[paused.look].fill, Some(AMBER));
    let again = opened(&workbook::save(&pages, &properties, &mut |_| true).unwrap());
    let held = &again.document.tables[0];
    assert_eq!((&held.columns[4].scale, &held.columns[4].choices), (&table.columns[4].scale, &table.columns[4].choices));
    assert_eq!(statuses(held), statuses(table));
}

#[test]
fn what_an_owner_offers_is_asked_about_where_it_is_not_known() {
    let read = read(&["Status"], |sheet| {
        write(sheet, 4, &["Humming", "Humming", "Stuck in the mud", "Done", "N/A"]);
        let list = DataValidation::new().allow_list_strings(&["Humming", "Stuck in the mud", "Done", "N/A"]).unwrap();
        sheet.add_data_validation(1, 4, 60, 4, &list).unwrap();
    });
    let column = &read.document.tables[0].columns[read.document.tables[0].role_position(Role::Status).unwrap()];
    let meanings: Vec<Meaning> = column.scale.steps().iter().map(|step| step.meaning).collect();
    assert_eq!(meanings, [Meaning::Untold, Meaning::Untold, Meaning::Status(Status::Complete), Meaning::NoStatus]);
    assert_eq!(noted(&read, Code::StatusUnknown).len(), 2, "what is not applicable has no status, and nothing is asked");
}

#[test]
fn a_day_of_completion_beside_another_status_is_said() {
    let said = |heading: &str, rows: &str| -> Vec<String> {
        let text = format!("Ref,Action,Due date,Status,{heading}\n{rows}");
        let opened = open_bytes("plan.csv", text.as_bytes(), &|_| true).unwrap();
        let given = Some(jiff::civil::date(2026, 11, 26));
        let notes = Insight::of(&opened.document, AsOf { given, ..AsOf::default() }).notes;
        notes.iter().filter(|note| note.code == Code::CompletionDate).map(|note| note.place.address.clone()).collect()
    };
    let rows = "1,Lay a path,30/09/2026,Complete,01/09/2026\n2,Sow a lawn,30/06/2027,In progress,01/10/2026\n\
                3,Clip a hedge,30/03/2027,Not started,\n4,Oil a gate,01/10/2026,Complete,01/02/2027\n";
    for heading in ["Actual completion date", "Date completed", "Closed on", "Completed", "Actual end"] {
        assert_eq!(said(heading, rows), ["plan!E3", "plan!E5"], "{heading}");
    }
    let due = rows.replace("Not started,", "Not started,01/03/2027");
    assert_eq!(said("Date completed", &due), [""; 0], "days to come are planned ones");
    assert_eq!(said("Completion deadline", rows), [""; 0]);
}

#[test]
fn what_is_struck_through_beside_other_words_is_left_out() {
    let strike = Format::new().set_font_strikethrough();
    let plain = Format::new();
    let read = read(&["Status"], |sheet| {
        sheet.write_rich_string(1, 4, &[(&strike, "Not started"), (&plain, " In progress")]).unwrap();
        sheet.write_rich_string(2, 2, &[(&plain, "Head of Parks"), (&strike, ", Ann Ash")]).unwrap();
        write(sheet, 4, &["", "Complete", "In progress", "In progress", "Not started"]);
    });
    let table = &read.document.tables[0];
    assert_eq!(statuses(table)[..2], [Some(Status::InProgress), Some(Status::Complete)]);
    assert_eq!(&*table.cell(&table.rows[1], Role::Lead).unwrap().text, "Head of Parks");
    assert_eq!(noted(&read, Code::StruckOut).len(), 1, "{:?}", read.notes);
}
