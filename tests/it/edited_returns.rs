//! Returns as others send them back: rows and columns deleted, put in, sorted and renamed, words typed over others, read as they are now.

use plandesk::{
    app::open::{Opened, open_bytes},
    insight::AsOf,
    model::{Document, Role, RowKind, Status, Table, TableKind},
    notes::Code,
    returns,
    workbook::{self, Content, Page, PageCell},
};

const PLAN: &str = "Ref,Action,Lead,End,RAG status,Comment\n\
    1.1,Plant forty street trees,Parks Manager,31/03/2027,Complete,Forty stand\n\
    1.2,Open the orchard,Parks Manager,30/06/2027,In Progress,Path laid\n\
    1.3,Mend the play area,Play Officer,30/09/2027,Minor Problem,Waiting for swings\n\
    2.1,Insulate lofts,Housing Lead,31/12/2027,In Progress,Half of them done\n\
    2.2,Buy back homes,Head of Housing,31/03/2028,Not Started,\n\
    2.3,Publish the damp promise,Tenancy Manager,30/06/2028,Complete,Published in May\n";

fn opened(name: &str, bytes: &[u8]) -> Opened {
    open_bytes(name, bytes, &|_| true).unwrap()
}

fn plan() -> Document {
    opened("Plan.csv", PLAN.as_bytes()).document
}

/// The sheets a document's return is written with, to be edited as a spreadsheet program edits them.
fn edited(document: &Document, edit: impl FnOnce(&mut Vec<Page<'_>>)) -> Opened {
    let (mut pages, properties) = returns::pages(document, AsOf::default());
    edit(&mut pages);
    opened("Return.xlsx", &workbook::save(&pages, &properties, &mut |_| true).unwrap())
}

fn sheet<'pages, 'doc>(pages: &'pages mut [Page<'doc>], name: &str) -> &'pages mut Page<'doc> {
    pages.iter_mut().find(|page| page.name == name).unwrap()
}

/// The row in which a text stands.
fn row_of(page: &Page<'_>, text: &str) -> u32 {
    let holds = |cell: &&PageCell<'_>| {
        matches!(&cell.content, Content::Text(held) if *held == text) || matches!(&cell.content, Content::Owned(held) if held == text)
    };
    page.cells.iter().find(holds).expect(text).row
}

fn delete_row(page: &mut Page<'_>, row: u32) {
    page.cells.retain(|cell| cell.row != row);
    page.cells.iter_mut().filter(|cell| cell.row > row).for_each(|cell| cell.row -= 1);
    page.merges.retain(|merge| merge.first_row != row);
    for merge in page.merges.iter_mut().filter(|merge| merge.first_row > row) {
        (merge.first_row, merge.last_row) = (merge.first_row - 1, merge.last_row - 1);
    }
}

fn insert_row(page: &mut Page<'_>, row: u32, texts: &[&'static str]) {
    page.cells.iter_mut().filter(|cell| cell.row >= row).for_each(|cell| cell.row += 1);
    for merge in page.merges.iter_mut().filter(|merge| merge.first_row >= row) {
        (merge.first_row, merge.last_row) = (merge.first_row + 1, merge.last_row + 1);
    }
    for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
        put(page, row, column, text);
    }
}

fn insert_column(page: &mut Page<'_>, column: u16) {
    page.cells.iter_mut().filter(|cell| cell.column >= column).for_each(|cell| cell.column += 1);
    page.hidden_columns.iter_mut().filter(|held| **held >= column).for_each(|held| *held += 1);
}

fn delete_column(page: &mut Page<'_>, column: u16) {
    page.cells.retain(|cell| cell.column != column);
    page.cells.iter_mut().filter(|cell| cell.column > column).for_each(|cell| cell.column -= 1);
    page.hidden_columns.iter_mut().filter(|held| **held > column).for_each(|held| *held -= 1);
}

/// Puts a text into a cell, in place of what is there.
fn put(page: &mut Page<'_>, row: u32, column: u16, text: &'static str) {
    let at = page.cells.partition_point(|cell| (cell.row, cell.column) < (row, column));
    let content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
    match page.cells.get_mut(at).filter(|cell| (cell.row, cell.column) == (row, column)) {
        Some(cell) => cell.content = content,
        None => page.cells.insert(at, PageCell { row, column, content, look: 0 }),
    }
}

fn texts(table: &Table, role: Role) -> Vec<&str> {
    let rows = table.rows.iter().filter(|row| row.is_line());
    rows.map(|row| table.cell(row, role).map_or("", |cell| &*cell.text)).collect()
}

fn roles(table: &Table) -> Vec<Option<Role>> {
    table.columns.iter().map(|column| column.role).collect()
}

const ROLES: [Option<Role>; 6] =
    [Some(Role::Ref), Some(Role::Action), Some(Role::Lead), Some(Role::End), Some(Role::Status), Some(Role::Comment)];

#[test]
fn rows_that_were_deleted_put_in_and_sorted_are_read_as_they_stand() {
    let document = plan();
    let name = document.tables[0].sheet.clone();
    let read = edited(&document, |pages| {
        let page = sheet(pages, &name);
        delete_row(page, row_of(page, "Open the orchard"));
        insert_row(page, row_of(page, "Insulate lofts"), &["1.4", "Plant a hedge", "Parks Manager", "31/05/2027", "Not started"]);
        let end = row_of(page, "Publish the damp promise") + 1;
        insert_row(page, end, &["2.4", "Inspect shared houses", "Licensing", "31/05/2028", "In progress"]);
        // Sorted by the action, the hidden column with the rest as it is part of the filter.
        let rows: Vec<u32> = (row_of(page, "Plant forty street trees")..=end).collect();
        let key = |page: &Page<'_>, row: u32| match page
            .cells
            .iter()
            .find(|cell| (cell.row, cell.column) == (row, 1))
            .map(|cell| &cell.content)
        {
            Some(Content::Text(text)) => (*text).to_owned(),
            _ => String::new(),
        };
        let mut sorted = rows.clone();
        sorted.sort_by_key(|row| key(page, *row));
        for cell in &mut page.cells {
            if let Some(at) = sorted.iter().position(|row| *row == cell.row) {
                cell.row = rows[at];
            }
        }
        page.cells.sort_by_key(|cell| (cell.row, cell.column));
    });
    let table = &read.document.tables[0];
    assert_eq!((read.document.tables.len(), table.kind, roles(table)), (1, TableKind::Plan, ROLES.to_vec()));
    assert_eq!(texts(table, Role::Ref), ["2.2", "2.4", "2.1", "1.3", "1.4", "1.1", "2.3"]);
    // What was in the plan keeps its id, so that a comparison finds it again; what is new has one that nothing had.
    let id = |reference: &str| {
        let of = |table: &Table| {
            table.rows.iter().find(|row| table.cell(row, Role::Ref).is_some_and(|cell| &*cell.text == reference)).map(|row| row.id)
        };
        (of(&document.tables[0]), of(table))
    };
    for reference in ["1.1", "1.3", "2.1", "2.2", "2.3"] {
        let (before, now) = id(reference);
        assert_eq!(before, now, "{reference}");
    }
    assert!([id("1.4").1, id("2.4").1].iter().all(|new| document.tables[0].rows.iter().all(|row| Some(row.id) != *new)));
    assert_eq!(read.accounted.unread, 0);
}

#[test]
fn columns_that_were_added_renamed_moved_and_deleted_are_read_as_they_stand() {
    let document = plan();
    let name = document.tables[0].sheet.clone();
    let read = edited(&document, |pages| {
        let page = sheet(pages, &name);
        let header = row_of(page, "RAG status");
        put(page, header, 4, "How it stands");
        put(page, header, 1, "What we will do");
        delete_column(page, 2);
        insert_column(page, 3);
        put(page, header, 3, "Budget");
        put(page, header + 1, 3, "£4,000");
        // Right of the hidden keys, where the next free column seems to be.
        let beyond = page.hidden_columns[0] + 1;
        put(page, header, beyond, "Ward");
        put(page, header + 1, beyond, "Castle");
    });
    let table = &read.document.tables[0];
    let headings: Vec<&str> = table.columns.iter().map(|column| &*column.heading).collect();
    assert_eq!(headings, ["Ref", "What we will do", "End", "Budget", "How it stands", "Comment", "Ward"]);
    let expected =
        [Some(Role::Ref), Some(Role::Action), Some(Role::End), Some(Role::Budget), Some(Role::Status), Some(Role::Comment), None];
    assert_eq!(roles(table), expected);
    assert_eq!(texts(table, Role::Status), ["Complete", "In Progress", "Minor Problem", "In Progress", "Not Started", "Complete"]);
    assert_eq!((&*table.rows[0].cells[3].text, &*table.rows[0].cells[6].text), ("£4,000", "Castle"));
    assert_eq!(read.accounted.unread, 0);
}

#[test]
fn a_sheet_that_was_renamed_and_a_header_that_was_deleted_lose_nothing() {
    let document = plan();
    let name = document.tables[0].sheet.clone();
    let read = edited(&document, |pages| {
        let page = sheet(pages, &name);
        delete_row(page, row_of(page, "RAG status"));
        page.name = "Quarter 3".to_owned();
    });
    let table = &read.document.tables[0];
    assert_eq!((&*table.sheet, roles(table), table.rows.len()), ("Quarter 3", ROLES.to_vec(), 6));
    assert_eq!((texts(table, Role::Ref)[0], table.columns[1].heading.as_ref()), ("1.1", "Action"));
}

#[test]
fn what_is_typed_over_the_hidden_keys_is_read() {
    let document = plan();
    let name = document.tables[0].sheet.clone();
    let read = edited(&document, |pages| {
        let page = sheet(pages, &name);
        let (header, keys) = (row_of(page, "RAG status"), page.hidden_columns[0]);
        put(page, header, keys, "Ward");
        put(page, header + 1, keys, "Castle");
        put(page, header + 3, keys, "Abbey");
    });
    let table = &read.document.tables[0];
    assert_eq!((table.rows.len(), &*table.columns[6].heading), (6, "Ward"));
    assert_eq!(table.rows.iter().map(|row| &*row.cells[6].text).collect::<Vec<_>>(), ["Castle", "", "Abbey", "", "", ""]);
    assert_eq!(roles(table)[..6], ROLES);
}

#[test]
fn a_heading_renamed_in_one_of_several_blocks_is_read() {
    let document = opened("sample.xlsx", include_bytes!("../../assets/sample.xlsx")).document;
    let before = &document.tables[0];
    let name = before.sheet.clone();
    let read = edited(&document, |pages| {
        let page = sheet(pages, &name);
        let header = row_of(page, &before.columns[4].heading);
        let at = page
            .cells
            .iter()
            .find(|cell| cell.row == header && matches!(&cell.content, Content::Text(text) if *text == &*before.columns[4].heading));
        let column = at.unwrap().column;
        put(page, header, column, "Status");
    });
    let table = &read.document.tables[0];
    let kinds = |table: &Table| table.rows.iter().map(|row| (row.id, row.kind)).collect::<Vec<_>>();
    assert_eq!(kinds(table), kinds(before));
    assert_eq!((&*table.columns[4].heading, table.columns[4].role), ("Status", before.columns[4].role));
}

#[test]
fn the_colour_of_a_status_follows_its_word() {
    let document = plan();
    let name = document.tables[0].sheet.clone();
    let edit = |word: &'static str| {
        edited(&document, |pages| {
            let page = sheet(pages, &name);
            let row = row_of(page, "Plant forty street trees");
            put(page, row, 4, word);
        })
    };
    for (word, status) in [
        ("Minor problems", Some(Status::MinorProblems)),
        ("On hold", Some(Status::OnHold)),
        ("Withdrawn", Some(Status::Cancelled)),
        ("", None),
    ] {
        let read = edit(word);
        let table = &read.document.tables[0];
        assert_eq!((table.status_of(&table.rows[0]), &*table.rows[0].cells[4].text), (status, word));
        assert_eq!(table.columns[4].choices.len(), 0, "the list of the return is the program's own");
    }
    let (pages, _) = returns::pages(&document, AsOf::default());
    let page = pages.iter().find(|page| page.name == name).unwrap();
    let offered = &page.choices[0].values;
    assert_eq!(
        offered,
        &["Not Started", "Major problems", "Minor Problem", "In Progress", "Complete", "On hold", "Cancelled"].map(str::to_owned)
    );
    // No fill is left behind by hand.
    assert!(page.cells.iter().filter(|cell| cell.column == 4 && cell.row > 1).all(|cell| page.looks[cell.look].fill.is_none()));
    let complete = page.coloured.iter().find(|rule| rule.words.iter().any(|word| word == "Complete")).unwrap();
    assert_eq!(page.looks[complete.look].fill, Some(returns::fill(Status::Complete)));
}

/// A workbook whose status column is filled by hand, as most are.
fn filled(rows: &[(&str, Option<u32>)]) -> Vec<u8> {
    use rust_xlsxwriter::{Color, Format, Workbook};
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet().set_name("Plan").unwrap();
    for (column, heading) in (0..).zip(["Ref", "Action", "Lead", "RAG"]) {
        page.write(0, column, heading).unwrap();
    }
    for (row, (word, fill)) in (1..).zip(rows) {
        page.write(row, 0, format!("1.{row}")).unwrap();
        page.write(row, 1, format!("Do the thing number {row}")).unwrap();
        page.write(row, 2, "Manager").unwrap();
        let format = fill.map_or_else(Format::new, |fill| Format::new().set_background_color(Color::RGB(fill)));
        if word.is_empty() {
            page.write_blank(row, 3, &format).unwrap();
        } else {
            page.write_with_format(row, 3, *word, &format).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn in_a_column_of_words_a_fill_is_no_status() {
    const BLUE: u32 = 0x0000_B0F0;
    const AMBER: u32 = 0x00FF_C000;
    let rows = [
        ("Complete", Some(BLUE)),
        ("On hold", Some(BLUE)),
        ("In progress", None),
        ("Minor problems", Some(AMBER)),
        ("", Some(AMBER)),
        ("Deferred to 2028", Some(BLUE)),
    ];
    let read = opened("Plan.xlsx", &filled(&rows));
    let table = &read.document.tables[0];
    let statuses: Vec<Option<Status>> = table.rows.iter().map(|row| table.status_of(row)).collect();
    let (held, done) = (Some(Status::OnHold), Some(Status::Complete));
    assert_eq!(statuses, [done, held, Some(Status::InProgress), Some(Status::MinorProblems), None, held]);
    assert_eq!(texts(table, Role::Status)[1], "On hold");
    let told: Vec<&str> = read.notes.iter().filter(|note| note.code == Code::ColourNotWord).map(|note| &*note.message).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("1.2 says “On hold” on the colour of Complete") && told[0].contains("1.5 says nothing"), "{told:?}");
}

#[test]
fn in_a_column_of_colours_a_fill_is_a_status() {
    let rows = [
        ("", Some(0x0000_B0F0)),
        ("", Some(0x00FF_C000)),
        ("", Some(0x0092_D050)),
        ("", Some(0x00FF_0000)),
        ("Complete", Some(0x0000_B0F0)),
    ];
    let read = opened("Plan.xlsx", &filled(&rows));
    let table = &read.document.tables[0];
    let statuses: Vec<Option<Status>> = table.rows.iter().map(|row| table.status_of(row)).collect();
    assert_eq!(statuses, [Status::Complete, Status::MinorProblems, Status::InProgress, Status::MajorProblems, Status::Complete].map(Some));
    assert!(read.notes.iter().all(|note| note.code != Code::ColourNotWord));
}

#[test]
fn a_sheet_a_department_goes_back_to_a_sheet_each() {
    use rust_xlsxwriter::Workbook;
    let mut workbook = Workbook::new();
    for (sheet, prefix) in [("Place", "P"), ("People", "E"), ("Resources", "R")] {
        let page = workbook.add_worksheet().set_name(sheet).unwrap();
        page.write(0, 0, format!("{sheet} directorate action plan")).unwrap();
        for (column, heading) in (0..).zip(["Ref", "Action", "Lead officer", "Due date", "RAG status", "Comment"]) {
            page.write(2, column, heading).unwrap();
        }
        for row in 1..=4_u32 {
            for (column, text) in (0..).zip([
                format!("{prefix}{row}"),
                format!("{sheet} work number {row}"),
                "Manager".to_owned(),
                "31/03/2027".to_owned(),
                "In progress".to_owned(),
                "Going on".to_owned(),
            ]) {
                page.write(2 + row, column, text).unwrap();
            }
        }
    }
    let document = opened("Plan.xlsx", &workbook.save_to_buffer().unwrap()).document;
    assert_eq!((document.tables.len(), document.tables[0].rows.len()), (1, 15));
    let (pages, properties) = returns::pages(&document, AsOf::default());
    let names: Vec<&str> = pages.iter().filter(|page| !page.hidden).map(|page| &*page.name).collect();
    assert_eq!(names, ["Cover", "Exceptions", "Place", "People", "Resources", "Notes"]);
    for (page, title) in pages[2..5].iter().zip(["Place", "People", "Resources"]) {
        row_of(page, &format!("{title} directorate action plan"));
    }
    let again = opened("Return.xlsx", &workbook::save(&pages, &properties, &mut |_| true).unwrap());
    assert!(again.document.content() == document.content(), "what was read again differs");
    let ids =
        |document: &Document| document.tables[0].rows.iter().filter(|row| row.kind == RowKind::Entry).map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(&again.document), ids(&document));
}

#[test]
fn texts_outside_the_tables_come_back_where_they_stood() {
    use rust_xlsxwriter::Workbook;
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet().set_name("Plan").unwrap();
    let plan: Vec<Vec<&str>> = PLAN.lines().map(|line| line.split(',').collect()).collect();
    for (row, texts) in (0..).zip(&plan) {
        for (column, text) in (0..).zip(texts) {
            page.write(row, column, *text).unwrap();
        }
    }
    page.write(10, 1, "Agreed by the board on 4 May, to be looked at again in the autumn with the housing team.").unwrap();
    let guidance = workbook.add_worksheet().set_name("Guidance").unwrap();
    guidance.write(0, 0, "How this workbook is kept").unwrap();
    guidance.write(2, 1, "Send changes to the policy team by the fifth of each month.").unwrap();
    let read = opened("Plan.xlsx", &workbook.save_to_buffer().unwrap());
    let document = read.document;
    let texts = |document: &Document| {
        document.loose.iter().map(|text| (text.sheet.to_string(), text.column, text.cell.text.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(texts(&document).len(), 3, "{:?}", texts(&document));
    let (pages, properties) = returns::pages(&document, AsOf::default());
    let again = opened("Return.xlsx", &workbook::save(&pages, &properties, &mut |_| true).unwrap()).document;
    assert_eq!((texts(&again), again.tables.len()), (texts(&document), document.tables.len()));
    let guidance = again.loose.iter().find(|text| &*text.sheet == "Guidance" && text.column == 1).unwrap();
    assert_eq!(guidance.row, 2, "a sheet without a table stands as it stood");
}

#[test]
fn texts_on_a_hidden_sheet_or_in_a_hidden_row_are_in_no_return() {
    use rust_xlsxwriter::Workbook;
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet().set_name("Plan").unwrap();
    for (row, line) in (0..).zip(PLAN.lines()) {
        for (column, text) in (0..).zip(line.split(',')) {
            page.write(row, column, text).unwrap();
        }
    }
    page.write(10, 1, "The remark that all may read, which is long enough to be no row of the plan above it.").unwrap();
    page.write(12, 1, "Out of sight: the officer is on leave until June, and this is nobody's business but ours.").unwrap();
    page.set_row_hidden(12).unwrap();
    let lists = workbook.add_worksheet().set_name("Private").unwrap();
    lists.write(0, 0, "Out of sight: what the chair said about the budget").unwrap();
    lists.set_very_hidden(true);
    let read = opened("Plan.xlsx", &workbook.save_to_buffer().unwrap());
    let published = plandesk::publish::publish(&read.document, &read.notes, false);
    let (pages, _) = returns::pages(&published.document, AsOf::default());
    let written = format!("{pages:?}");
    assert!(written.contains("all may read") && !written.contains("Out of sight"), "{:?}", published.account);
    assert!(published.account.hidden.contains(&"the sheet “Private”".to_owned()), "{:?}", published.account.hidden);
    let whole = plandesk::publish::publish(&read.document, &read.notes, true);
    let (pages, _) = returns::pages(&whole.document, AsOf::default());
    assert_eq!(format!("{pages:?}").matches("Out of sight").count(), 2);
}
