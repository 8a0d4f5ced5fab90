//! What a return holds, as text: every page of a small document.

use std::fmt::Write;

use expect_test::{ExpectFile, expect_file};

use jiff::civil::Date;
use plandesk::{
    insight::AsOf,
    model::{Document, Rule, column_letters, show_number},
    returns::pages,
    workbook::{Area, Content, Merge, Page, RawCell, RawRow, RawSheet},
};

fn check(document: &Document, expected: &ExpectFile) {
    let (pages, _) = pages(document, AsOf { given: Some(Date::constant(2019, 1, 31)), today: None });
    expected.assert_eq(&pages.iter().map(show).collect::<Vec<_>>().join("\n"));
}

/// A page as text: a line a row, then what is not a cell.
fn show(page: &Page<'_>) -> String {
    let mut text = format!("# {}{}", page.name, if page.hidden { " (hidden)" } else { "" });
    let mut row = u32::MAX;
    for cell in page.cells.iter().filter(|cell| cell.content != Content::Blank) {
        if cell.row != row {
            row = cell.row;
            write!(text, "\n{:>2}", row + 1).unwrap();
        }
        let fill = page.looks[cell.look].fill.map_or_else(String::new, |fill| format!(" #{fill:06X}"));
        let shown = match &cell.content {
            Content::Text(text) => format!("{text:?}"),
            Content::Owned(text) => format!("{text:?}"),
            Content::Link { text, sheet } => format!("{text:?} -> {sheet}"),
            Content::Stored(stored) => show_number(stored.number, &stored.format),
            Content::Formula { formula, now } => format!("{formula} -> {}", show_number(now.number, &now.format)),
            Content::Blank => String::new(),
        };
        write!(text, "  {}{fill} {shown}", column_letters(u32::from(cell.column))).unwrap();
    }
    let ranges = |areas: &mut dyn Iterator<Item = &Area>| areas.map(range).collect::<Vec<_>>().join(" ");
    write!(text, "\nmerges {}", ranges(&mut page.merges.iter())).unwrap();
    for choices in &page.choices {
        write!(text, "\nlist {} {}", range(&choices.area), choices.values.join(", ")).unwrap();
    }
    for coloured in &page.coloured {
        let fill = page.looks[coloured.look].fill.unwrap_or_default();
        write!(text, "\ncolour {} #{fill:06X} {}", range(&coloured.area), coloured.words.join(", ")).unwrap();
    }
    if !page.hidden_rows.is_empty() || !page.hidden_columns.is_empty() {
        let columns: Vec<String> = page.hidden_columns.iter().map(|column| column_letters(u32::from(*column))).collect();
        write!(text, "\nhidden rows {:?} columns {columns:?}", page.hidden_rows.iter().map(|row| row + 1).collect::<Vec<_>>()).unwrap();
    }
    let (freeze, filter) = (page.freeze, page.autofilter.as_ref().map(range));
    writeln!(
        text,
        "\nfreeze {freeze:?} filter {filter:?} repeat {:?} tables {:?} kept {:?}",
        page.repeat_rows,
        page.tables.iter().map(range).collect::<Vec<_>>(),
        page.kept_together
    )
    .unwrap();
    for chart in &page.charts {
        let on = chart.data_sheet.as_deref().unwrap_or("this sheet");
        writeln!(text, "chart at row {} on {on}: {}\n  {}", chart.row + 1, chart.title, chart.alt_text).unwrap();
        for series in &chart.series {
            writeln!(text, "  {} #{:06X} {} by {}", series.name, series.colour, range(&series.values), range(&series.categories)).unwrap();
        }
    }
    text
}

fn range(area: &Area) -> String {
    let cell = |row, column| format!("{}{}", column_letters(u32::from(column)), row + 1);
    format!("{}:{}", cell(area.first_row, area.first_column), cell(area.last_row, area.last_column))
}

/// A sheet of texts, a line a row and cells between bars.
fn grid(sheet: &str, lines: &str, merges: &[(u32, u16)]) -> RawSheet {
    let cells = |line: &str| {
        let texts = line.split('|').map(str::trim).zip(0..).filter(|(text, _)| !text.is_empty());
        texts.map(|(text, column)| RawCell { column, text: text.into(), stored: None, ..RawCell::default() }).collect()
    };
    let rows = lines.lines().zip(0..).map(|(line, row)| RawRow { row, cells: cells(line) });
    let merges = merges.iter().map(|&(row, column)| Merge { first: (row, column), last: (row + 1, column) }).collect();
    let rows = rows.filter(|row| !row.is_blank()).collect();
    RawSheet { sheet: sheet.to_owned(), rows, merges, ..RawSheet::default() }
}

fn small() -> Document {
    let plan = "Name: | Small plan\nOwner: | A Person\n\nRAG key\nNot started | 1 (-1)\nIn progress | 0\nComplete | 1 (+1)\n\n\
                Approach: | Doors open\nObjective: | Make places where people meet\nRef: | Action: | End: | RAG: | Comment:\n\
                1.1 | Rooms\n1.1.1 | Open a room | Dec-18 | Complete | =done\n | | | In Progress | second key is cut\n\
                1.1.2 | Paint it | Complete | | -";
    let tracker = "Tracker\n\n | Aug 18 | Oct 18\nNot started | 2 | 1\nIn progress | 0 | 1\nComplete | 0 | 0";
    let kpis = "# | KPI | Current | Target\n1 | Rooms in use | 79% | 90%\n2 | Keys | new | \u{2191}\n3 | Chairs | 95% | 100%";
    let merges = [(12, 0), (12, 1), (12, 2)];
    let grids = vec![grid("Plan", plan, &merges), grid("Tracker", tracker, &[]), grid("KPIs", kpis, &[])];
    let mut document = Document::of(crate::read_workbook(grids).tables);
    let kpis = &mut document.tables[2];
    kpis.rules.insert(kpis.rows[0].id, Rule { tolerance: 5.0, ..Rule::default() });
    document
}

#[test]
fn a_small_document() {
    check(&small(), &expect_file!["../fixtures/small_return.txt"]);
}

#[test]
fn an_owners_sheet_keeps_its_name_before_the_cover() {
    let mut document = small();
    document.tables[0].sheet = "Cover".to_owned();
    let (pages, _) = pages(&document, AsOf::default());
    let names: Vec<&str> = pages.iter().map(|page| &*page.name).collect();
    assert_eq!(names, ["Cover (2)", "Exceptions", "Cover", "Tracker", "KPIs", "Notes", "Rating rules", "Chart data", "Where tables stand"]);
}
