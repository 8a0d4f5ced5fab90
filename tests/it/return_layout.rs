//! How a return stands in Excel: tables that sort, rows as high as their texts, charts a unit, what is worked out beside KPIs, and all of it read back as it was.

use plandesk::{
    app::open::{Opened, open_bytes},
    insight::AsOf,
    model::{Document, Dress, Paint},
    returns,
    workbook::{self, Content, Page, PageCell},
};
use rust_xlsxwriter::{Color, Format, Workbook};

fn opened(name: &str, bytes: &[u8]) -> Opened {
    open_bytes(name, bytes, &|_| true).unwrap()
}

fn csv(text: &str) -> Document {
    opened("Plan.csv", text.as_bytes()).document
}

fn pages(document: &Document) -> Vec<Page<'_>> {
    returns::pages(document, AsOf::default()).0
}

/// The document of a return after someone changed its pages.
fn again(document: &Document, edit: impl FnOnce(&mut Vec<Page<'_>>)) -> Opened {
    let (mut pages, properties) = returns::pages(document, AsOf::default());
    edit(&mut pages);
    opened("Return.xlsx", &workbook::save(&pages, &properties, &mut |_| true).unwrap())
}

fn sheet<'pages, 'doc>(pages: &'pages [Page<'doc>], document: &Document) -> &'pages Page<'doc> {
    pages.iter().find(|page| page.name == document.tables[0].sheet).unwrap()
}

fn text<'cell>(cell: &'cell PageCell<'_>) -> &'cell str {
    match &cell.content {
        Content::Text(text) => text,
        Content::Owned(text) => text,
        Content::Link { .. } | Content::Stored(_) | Content::Formula { .. } | Content::Blank => "",
    }
}

fn texts<'page>(page: &'page Page<'_>) -> Vec<&'page str> {
    page.cells.iter().map(text).filter(|text| !text.is_empty()).collect()
}

const KPIS: &str = "Ref,KPI,Unit,Target,Current,Direction\n\
    K1,Satisfaction,%,85%,80%,Higher is better\n\
    K2,Days to relet an empty home,days,24,26,Lower is better\n\
    K3,Net variance,£k,-50,-75,Higher is better\n\
    K4,Staff ratio,ratio,1:4,1:5,Lower is better\n\
    K5,Homes served,number,120000,118500,Higher is better\n\
    K6,Complaints upheld,number,12,9,Higher is better\n\
    K7,Recycled,%,46%,44%,Higher is better\n";

#[test]
fn kpis_share_a_chart_only_with_their_unit_direction_and_size_and_none_is_left_out_unsaid() {
    let document = csv(KPIS);
    let pages = pages(&document);
    let page = sheet(&pages, &document);
    let charts: Vec<(&str, u32, bool)> = page
        .charts
        .iter()
        .map(|chart| (&*chart.title, chart.series[0].values.last_row - chart.series[0].values.first_row + 1, chart.from_zero))
        .collect();
    assert_eq!(
        charts,
        [
            ("KPIs in %, higher is better: current against target", 2, true),
            ("KPIs in days, lower is better: current against target", 1, true),
            ("KPIs in £k, higher is better: current against target", 1, false),
            ("KPIs in number, higher is better: current against target", 1, true),
            ("KPIs in number, higher is better: current against target", 1, true),
        ]
    );
    assert!(page.charts.iter().all(|chart| chart.alt_text.encode_utf16().count() <= 255));
    let data = texts(pages.iter().find(|page| page.name == "Chart data").unwrap());
    assert!(["K1 Satisfaction", "K7 Recycled", "K5 Homes served"].iter().all(|name| data.contains(name)), "{data:?}");
    let said = texts(page);
    assert!(said.contains(&"K4: Staff ratio: not charted, as its current figure “1:5” is no single number"), "{said:?}");
}

#[test]
fn what_is_worked_out_beside_kpis_is_dropped_and_what_is_typed_there_is_not() {
    let document = csv(KPIS);
    let pages = pages(&document);
    let page = sheet(&pages, &document);
    for word in ["Rating worked out", "Near target", "Off target", "Not rated"] {
        assert!(texts(page).contains(&word), "{word}");
    }
    let read = again(&document, |_| ());
    assert_eq!(read.document.content().tables, document.content().tables);
    assert_eq!(read.accounted.unread, 0);
    let name = document.tables[0].sheet.clone();
    let typed = again(&document, |pages| {
        let page = pages.iter_mut().find(|page| page.name == name).unwrap();
        let cell = page.cells.iter_mut().find(|cell| text(cell) == "Not rated").unwrap();
        cell.content = Content::Text("Red, says the director");
    });
    assert_eq!(typed.document.content().tables, document.content().tables);
    let is_told = typed.notes.iter().any(|note| note.message.contains("Red, says the director"));
    let is_kept = typed.document.loose.iter().any(|loose| &*loose.cell.text == "Red, says the director");
    assert!(is_told || is_kept, "{:?}", typed.notes);
}

#[test]
fn a_plan_without_headings_among_its_rows_is_a_table_of_excels_and_one_with_lines_keeps_a_filter() {
    let document = csv("Ref,Action,Status\n1,Plant trees,Complete\n2,Mend roofs,In progress\n");
    let pages = pages(&document);
    let page = sheet(&pages, &document);
    assert_eq!((page.tables.len(), page.autofilter), (1, None));
    let table = page.tables[0];
    assert_eq!(
        (table.last_row - table.first_row, table.last_column),
        (2, page.hidden_columns[0]),
        "the hidden keys are sorted with their rows"
    );
    let sections = csv(
        "Ref,Action,Status\nApproach: Streets,,\n1.1,Plant trees,Complete\n1.2,Mend roofs,Complete\nApproach: Homes,,\n2.1,Warm homes,Complete\n",
    );
    let pages = self::pages(&sections);
    let page = sheet(&pages, &sections);
    let parted = |area: &workbook::Area| page.merges.iter().all(|merge| merge.last_row < area.first_row || merge.first_row > area.last_row);
    assert!(page.tables.iter().all(parted) && !page.tables.is_empty());
}

#[test]
fn a_comment_longer_than_a_row_of_excel_goes_on_below_and_comes_back_whole() {
    let long = "The work went on with the partners and the residents, who asked for more of it. ".repeat(45);
    let document = csv(&format!("Ref,Action,Status,Comment\n1,Plant trees,Complete,\"{long}\"\n2,Mend roofs,In progress,Short\n"));
    let pages = pages(&document);
    let page = sheet(&pages, &document);
    let pieces: Vec<&str> = texts(page).into_iter().filter(|text| text.contains("residents")).collect();
    assert!(pieces.len() > 1 && pieces.concat().trim() == long.trim(), "{}", pieces.len());
    assert_eq!(returns::long_rows(&document), 1, "it is said before the return is written");
    let read = again(&document, |_| ());
    assert_eq!(read.document.content().tables, document.content().tables);
    let name = document.tables[0].sheet.clone();
    // Sorted the other way round, the rest of the comment stands above its beginning.
    let sorted = again(&document, |pages| {
        let page = pages.iter_mut().find(|page| page.name == name).unwrap();
        let (first, last) = (page.tables[0].first_row + 1, page.tables[0].last_row);
        page.cells.iter_mut().filter(|cell| cell.row >= first).for_each(|cell| cell.row = first + last - cell.row);
        page.cells.sort_by_key(|cell| (cell.row, cell.column));
    });
    let comments: Vec<&str> = sorted.document.tables[0].rows.iter().map(|row| row.cells[3].text.trim()).collect();
    assert_eq!(comments, ["Short", long.trim()]);
}

#[test]
fn a_text_that_no_row_shows_whole_has_a_note_that_is_not_read_back() {
    let unbroken = "x".repeat(4_000);
    let document = csv(&format!("Ref,Action,Status\n1,{unbroken},Complete\n2,Mend roofs,Complete\n"));
    let pages = pages(&document);
    assert_eq!(sheet(&pages, &document).remarks.len(), 1);
    let read = again(&document, |_| ());
    assert_eq!(read.document.content().tables, document.content().tables);
    assert!(read.document.tables[0].remarks.is_empty());
}

#[test]
fn risk_scores_have_the_colours_of_the_ratings_beside_them_or_those_of_the_matrix_which_is_said() {
    let rated = csv("Ref,Risk,Likelihood,Impact,Score,RAG\nR1,Flood,5,5,25,Red\nR2,Fire,2,2,4,Green\nR3,Theft,3,3,9,Amber\n");
    let pages = pages(&rated);
    let bands: Vec<(f64, f64)> = sheet(&pages, &rated).banded.iter().map(|band| (band.from, band.to)).collect();
    assert_eq!(bands, [(4.0, 4.0), (9.0, 9.0), (25.0, 25.0)]);
    let unrated = csv("Ref,Risk,Likelihood,Impact,Score,Owner\nR1,Flood,5,5,25,Jo\nR2,Fire,2,2,4,Al\nR3,Theft,3,3,9,Mo\n");
    let pages = self::pages(&unrated);
    let page = sheet(&pages, &unrated);
    assert_eq!(page.banded.len(), 3);
    assert!(texts(page).iter().any(|text| text.contains("matrix of five by five")));
    let read = again(&unrated, |_| ());
    assert_eq!((read.document.content().tables, read.document.loose.len()), (unrated.content().tables, 0));
}

#[test]
fn an_owners_heading_colours_are_those_of_the_return_and_come_back() {
    let mut book = Workbook::new();
    let painted = Format::new().set_background_color(Color::RGB(0x00_5EA5)).set_font_color(Color::White).set_bold();
    let page = book.add_worksheet().set_name("Plan").unwrap();
    for (column, heading) in (0..).zip(["Ref", "Action", "Status"]) {
        page.write_with_format(0, column, heading, &painted).unwrap();
    }
    for (row, texts) in (1..).zip([["1", "Plant trees", "Complete"], ["2", "Mend roofs", "In progress"]]) {
        for (column, text) in (0..).zip(texts) {
            page.write(row, column, text).unwrap();
        }
    }
    let document = opened("Plan.xlsx", &book.save_to_buffer().unwrap()).document;
    let paint = Paint { fill: 0x00_5EA5, ink: Some(0xFF_FFFF) };
    assert_eq!(document.tables[0].dress, Dress { header: Some(paint), ..Dress::default() });
    let pages = pages(&document);
    let page = sheet(&pages, &document);
    let heading = page.cells.iter().find(|cell| text(cell) == "Action").unwrap();
    assert_eq!(page.looks[heading.look].fill, Some(0x00_5EA5));
    assert_eq!(again(&document, |_| ()).document.tables[0].dress, document.tables[0].dress);
    assert_eq!(csv(KPIS).tables[0].dress, Dress::default());
}
