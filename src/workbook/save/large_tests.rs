//! Large pages are written as the library writes them: the same cells, rows and parts, whatever a page holds.

use super::*;
use crate::{
    app::open::open_bytes,
    insight::AsOf,
    model::Stored,
    returns,
    workbook::{Choices, PageChart, PageChartKind, Series, archive::Archive, open},
};

const MARK: &str = "OFFICIAL";

/// A workbook with every page written by the library alone, and one with every page written as a large one.
fn both(pages: &[Page<'_>]) -> [Vec<u8>; 2] {
    let properties = Properties { marking: MARK.to_owned(), ..Properties::default() };
    [usize::MAX, 1].map(|large| saved(pages, &properties, large, &mut |_| true).unwrap())
}

fn part(workbook: &[u8], name: &str) -> String {
    String::from_utf8(Archive::read(workbook).unwrap().part(name).unwrap().unwrap()).unwrap()
}

/// The texts of a workbook by their numbers, as they are written.
fn texts(workbook: &[u8]) -> Vec<String> {
    let list = part(workbook, "xl/sharedStrings.xml");
    let texts: Vec<String> = list.split("<si>").skip(1).map(|text| text.split("</si>").next().unwrap().to_owned()).collect();
    assert!(list.contains(&format!(" uniqueCount=\"{}\">", texts.len())) && list.ends_with("</sst>"), "the list says how many there are");
    texts
}

/// The parts of a sheet, with the texts in the place of their numbers and without what only makes reading faster.
fn sheet(workbook: &[u8], number: usize) -> String {
    let (texts, part) = (texts(workbook), part(workbook, &format!("xl/worksheets/sheet{number}.xml")));
    let mut plain = String::new();
    for cell in part.split_inclusive("</c>") {
        match cell.split_once("t=\"s\"><v>") {
            Some((begin, number)) => {
                let number: usize = number.split('<').next().unwrap().parse().unwrap();
                plain.push_str(&format!("{begin}{}", texts[number].replace("&apos;", "'").replace("&quot;", "\"")));
            }
            None => plain.push_str(cell),
        }
    }
    let (first, rest) = plain.split_once("<row").unwrap();
    let rows = rest.split(" spans=\"").map(|row| row.split_once('"').unwrap_or(("", row)).1);
    format!("{first}<row{}", rows.collect::<String>().replace("></row>", "/>"))
}

/// Asserts that both ways say the same.
fn agree(pages: &[Page<'_>]) {
    let [library, large] = both(pages);
    let names = |workbook: &[u8]| Archive::read(workbook).unwrap().names().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(&library), names(&large));
    for name in names(&library) {
        let is_made =
            name.starts_with("xl/worksheets/sheet") || ["xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"].contains(&&*name);
        assert!(is_made || part(&library, &name) == part(&large, &name), "{name}");
    }
    let read = |workbook: &[u8]| open("Return.xlsx", workbook, &|_| true).unwrap();
    let [(sheets, notes), (again, more)] = [read(&library), read(&large)];
    assert!(sheets == again, "the cells are read as the same");
    assert_eq!(notes, more);
    for number in 1..=pages.len() {
        // The library gives a style its number where it first meets it.
        let plain = |workbook: &[u8]| styled(workbook, &sheet(workbook, number));
        assert_eq!(plain(&library), plain(&large), "sheet {number}");
    }
}

/// A sheet with the styles in the place of their numbers.
fn styled(workbook: &[u8], sheet: &str) -> String {
    let styles = part(workbook, "xl/styles.xml");
    let list = |from: &str, to: &str| styles.split_once(from).map_or("", |(_, rest)| rest.split_once(to).unwrap().0).to_owned();
    let named = |list: &str, tag: &str| list.split(tag).skip(1).map(str::to_owned).collect::<Vec<String>>();
    let xfs = named(&list("<cellXfs", "</cellXfs>"), "<xf ");
    let (fonts, fills) = (named(&list("<fonts", "</fonts>"), "<font>"), named(&list("<fills", "</fills>"), "<fill>"));
    let formats = named(&list("<numFmts", "</numFmts>"), "<numFmt ");
    let said = |number: usize| {
        let xf = &xfs[number];
        let of = |name: &str| xf.split_once(name).map(|(_, rest)| rest.split('"').next().unwrap().parse::<usize>().unwrap()).unwrap();
        let format = formats.iter().find(|format| format.starts_with(&format!("numFmtId=\"{}\"", of("numFmtId=\""))));
        let format = format.map_or(of("numFmtId=\"").to_string(), |format| format.split_once("formatCode=").unwrap().1.to_owned());
        let rest = xf.split_once("xfId=").unwrap().1;
        format!("{} {} {format} {rest}", fonts[of("fontId=\"")], fills[of("fillId=\"")])
    };
    let mut pieces = sheet.split(" s=\"");
    let mut told = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('"').unwrap();
        told.push_str(&format!(" s=\"{}\"{rest}", said(number.parse().unwrap())));
    }
    told
}

fn stored(number: f64, format: &str) -> Content<'static> {
    Content::Stored(Stored { number, format: format.into() })
}

fn area(first_row: u32, first_column: u16, last_row: u32, last_column: u16) -> Area {
    Area { first_row, first_column, last_row, last_column }
}

fn chart() -> PageChart {
    let series = Series { name: "Of".into(), categories: area(20, 0, 29, 0), values: area(20, 2, 29, 2), colour: 0xFF };
    PageChart {
        kind: PageChartKind::StackedColumns,
        title: "Rows".into(),
        alt_text: "Rows".into(),
        row: 2,
        column: 8,
        width: 300,
        height: 200,
        series: vec![series],
        data_sheet: None,
        category_title: "Row".into(),
        value_title: "Of".into(),
        value_format: "0".into(),
        from_zero: true,
        left: 0,
    }
}

/// A page with everything a page can hold, in gaps and out to columns of three letters.
fn odd() -> Page<'static> {
    let looks = vec![
        Look::default(),
        Look { bold: true, fill: Some(0xFF_0000), border: true, ..Look::default() },
        Look { wrap: true, side: Some(Side::Centre), ..Look::default() },
    ];
    let mut cells = Vec::new();
    let mut put = |row: u32, column: u16, content: Content<'static>, look: usize| cells.push(PageCell { row, column, content, look });
    put(1, 2, Content::Text("Title"), 1);
    for row in 4..60 {
        put(row, 0, Content::Owned(format!("Row {row}")), 0);
        put(
            row,
            1,
            Content::Text(["R&D <b>'so'</b>", " kept ", "=SUM(A1)", "a_x0041_\r\n\u{1}", "-5", "line\n"][row as usize % 6]),
            row as usize % 3,
        );
        put(row, 2, stored(f64::from(row) / 7.0, ["General", "0.0%", "dd/mm/yyyy"][row as usize % 3]), 2);
        put(row, 3, Content::Blank, row as usize % 3);
        put(row, 4, Content::Text(""), 1);
        if row % 5 == 0 {
            put(
                row,
                27,
                Content::Formula { formula: "=COUNTIF(A1:A60,\"Row <5\")".into(), now: Stored { number: 4.0, format: "0".into() } },
                0,
            );
        }
        if row % 9 == 0 {
            put(row, 28, Content::Link { text: format!("To {row}"), sheet: "Odd".into() }, 1);
        }
        if row % 7 == 0 {
            put(row, 702, stored(if row == 14 { f64::NAN } else { -1e300 }, "0.00"), 1);
        }
    }
    put(90, 1, Content::Text("last"), 0);
    Page {
        name: "Odd".into(),
        looks,
        cells,
        merges: vec![area(1, 2, 1, 6), area(10, 3, 12, 3), area(70, 0, 72, 2)],
        widths: vec![12.0, 30.0],
        hidden_rows: vec![3, 41, 66],
        hidden_columns: vec![4],
        choices: vec![Choices { area: area(4, 1, 50, 1), values: vec!["Yes".into(), "No".into()] }],
        coloured: vec![Coloured { area: area(4, 1, 50, 1), words: vec!["Yes".into()], look: 1 }],
        banded: vec![Banded { area: area(4, 2, 50, 2), from: 3.0, to: 9.5, look: 1 }],
        freeze: Some((2, 1)),
        autofilter: Some(area(4, 0, 59, 3)),
        kept_together: vec![(30, 33)],
        repeat_rows: Some((0, 1)),
        charts: vec![chart()],
        ..Page::default()
    }
}

#[test]
fn a_page_with_everything_is_written_as_the_library_writes_it() {
    let second = Page { name: "Second".into(), charts: Vec::new(), ..odd() };
    agree(&[odd(), second]);
}

#[test]
fn a_return_is_written_as_the_library_writes_it() {
    let document = open_bytes("sample.xlsx", crate::app::SAMPLE, &|_| true).unwrap().document;
    let (pages, _) = returns::pages(&document, AsOf::default());
    agree(&pages);
}

#[test]
fn a_text_that_looks_like_markup_stays_a_text() {
    let texts = ["first", "<r><t>no markup</t></r>", "<r>R&D _x0041_</r>", "<r>again</r>"];
    let cells = (0..).zip(texts).map(|(row, text)| PageCell { row, column: 0, content: Content::Text(text), look: 0 }).collect();
    let page = Page { name: "Plan".into(), looks: vec![Look::default()], cells, ..Page::default() };
    for large in both(&[page]) {
        let (sheets, _) = open("Return.xlsx", &large, &|_| true).unwrap();
        assert_eq!(sheets[0].rows.iter().map(|row| &*row.cells[0].text).collect::<Vec<_>>(), texts);
    }
}

#[test]
fn a_large_page_is_refused_and_stopped_as_any_other() {
    let cells =
        |text: &'static str| (0..40_000).map(|row| PageCell { row, column: 0, content: Content::Text(text), look: 0 }).collect::<Vec<_>>();
    let page = |cells| Page { name: "Plan".into(), looks: vec![Look::default()], cells, ..Page::default() };
    let mut long = cells("x");
    long[30_000].content = Content::Owned("é".repeat(32_768));
    let refused = save(&[page(long)], &Properties::default(), &mut |_| true);
    assert_eq!(refused, Err(SaveError::TooLong { place: "Plan!A30001".to_owned(), characters: 32_768 }));
    let mut far = cells("x");
    far[39_999].row = 1_048_576;
    let refused = save(&[page(far)], &Properties::default(), &mut |_| true);
    assert_eq!(refused, Err(SaveError::PastTheEnd { place: "Plan!A1048577".to_owned() }));
    let mut most = 0;
    assert!(
        save(&[page(cells("x"))], &Properties::default(), &mut |rows| {
            most = rows.max(most);
            true
        })
        .is_ok()
    );
    assert!((1..=40_000).contains(&most), "the rows that are written are told");
    let stopped = save(&[page(cells("x"))], &Properties::default(), &mut |rows| rows < 1);
    assert_eq!(stopped, Err(SaveError::Cancelled));
}
