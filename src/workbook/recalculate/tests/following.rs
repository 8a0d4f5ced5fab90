//! What follows from an edit, and what is kept.

use super::*;

/// A book of one sheet, its formulas with the values given.
fn book(rows: &[&str], cached: &[(u32, u32, Stored)]) -> Book {
    let mut sheet = sheet("S", rows);
    for (row, column, value) in cached {
        let found = sheet.cells.iter_mut().find(|cell| (cell.row, cell.column) == (*row, *column));
        found.unwrap().value = value.clone();
    }
    Book { sheets: vec![sheet], today: (2024, 6, 15), ..Book::default() }
}

fn number(value: f64) -> Stored {
    Stored::Number(value)
}

fn text(value: &str) -> Stored {
    Stored::Text(value.into())
}

#[test]
fn a_chain_of_formulas_follows() {
    let book = book(
        &["5|=A1*2|=B1+1|=IF(C1>10,\"many\",\"few\")", "1|=A2*2"],
        &[(0, 1, number(2.0)), (0, 2, number(3.0)), (0, 3, text("few")), (1, 1, number(99.0))],
    );
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| true);
    assert_eq!(changed(&found, 0, 1), Some(&number(10.0)));
    assert_eq!(changed(&found, 0, 2), Some(&number(11.0)));
    assert_eq!(changed(&found, 0, 3), Some(&text("many")));
    assert_eq!((found.changed.len(), found.kept.len()), (3, 0));
}

#[test]
fn a_formula_whose_old_value_is_not_reproduced_is_kept_and_so_is_what_reads_it() {
    let book = book(&["5|=A1*2|=B1+1|=A1+1"], &[(0, 1, number(77.0)), (0, 2, number(78.0)), (0, 3, number(2.0))]);
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| true);
    assert_eq!(found.changed, [(0, 0, 3, number(6.0))]);
    assert!(kept(&found, 0, 1).unwrap().contains("before the edit"));
    assert_eq!(kept(&found, 0, 2), Some("it reads S!B1, which kept its value"));
}

#[test]
fn an_unknown_function_another_workbook_and_a_changing_value_are_kept_and_said() {
    let book = book(
        &["5|=MYSTERY(A1)|=[1]Other!A1+A1|=RAND()*A1|=NOW()-A1|=SUM(B1,1)|=FILTER(A1:A1,A1:A1>0)"],
        &[(0, 1, number(1.0)), (0, 2, number(1.0)), (0, 3, number(1.0)), (0, 4, number(1.0)), (0, 5, number(2.0)), (0, 6, number(1.0))],
    );
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| true);
    assert_eq!(found.changed, []);
    assert!(kept(&found, 0, 1).unwrap().contains("MYSTERY"));
    assert!(kept(&found, 0, 2).unwrap().contains("another workbook"));
    assert!(kept(&found, 0, 3).unwrap().contains("RAND"));
    assert!(kept(&found, 0, 4).unwrap().contains("NOW"));
    assert!(kept(&found, 0, 5).unwrap().contains("S!B1"));
    assert!(kept(&found, 0, 6).unwrap().contains("FILTER"));
}

#[test]
fn a_cycle_is_kept() {
    let book = book(
        &["1|=A1+C1|=B1+1|=SUM(D1:D2)+A1|=D1", "|||"],
        &[(0, 1, number(0.0)), (0, 2, number(0.0)), (0, 3, number(0.0)), (0, 4, number(0.0))],
    );
    let found = recalculate(&book, &[(0, 0, 0, number(0.0))], &|| true);
    assert_eq!(found.changed, []);
    assert_eq!(found.kept.len(), 4);
    assert!(found.kept.iter().all(|kept| kept.3.contains("its own value")));
}

#[test]
fn an_array_formula_over_several_cells_is_kept_and_so_is_what_reads_its_cells() {
    let mut book = book(&["1|=A1:A2*2|=B2+1", "2|4"], &[(0, 1, number(2.0)), (0, 2, number(5.0))]);
    book.sheets[0].cells.iter_mut().find(|cell| cell.column == 1 && cell.row == 0).unwrap().fills = Some((2, 1));
    let found = recalculate(&book, &[(0, 1, 0, number(9.0))], &|| true);
    assert!(kept(&found, 0, 1).unwrap().contains("array formula"));
    assert!(kept(&found, 0, 2).unwrap().contains("S!B1"));
}

#[test]
fn an_error_that_excel_would_show_as_well_is_a_value() {
    let book = book(&["tbc|=A1+1|=IFERROR(A1+1,\"\")"], &[(0, 1, number(2.0)), (0, 2, number(2.0))]);
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| true);
    assert_eq!(changed(&found, 0, 1), Some(&Stored::Error("#VALUE!".into())));
    assert_eq!(changed(&found, 0, 2), Some(&text("")));
}

#[test]
fn what_asks_for_today_is_up_to_date_in_what_is_counted() {
    // Row 2 became overdue since the book was last calculated: counting it needs its status of today.
    let rows = &["45292|=IF(A1<TODAY(),\"Overdue\",\"\")|=COUNTIF(B1:B2,\"Overdue\")", "45400|=IF(A2<TODAY(),\"Overdue\",\"\")"];
    let book = book(rows, &[(0, 1, text("")), (0, 2, number(0.0)), (1, 1, text(""))]);
    let found = recalculate(&book, &[(0, 0, 0, number(46000.0))], &|| true);
    assert_eq!(changed(&found, 0, 1), Some(&text("Overdue")));
    assert_eq!(changed(&found, 1, 1), Some(&text("Overdue")));
    assert_eq!(changed(&found, 0, 2), Some(&number(2.0)));
}

#[test]
fn a_book_saved_without_values_is_calculated() {
    let book = book(&["5|=A1*2|=B1+B2", "|=A1+1"], &[]);
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| true);
    assert_eq!(changed(&found, 0, 2), Some(&number(16.0)));
    assert_eq!(found.kept, []);
}

#[test]
fn a_reference_made_while_calculating_is_followed() {
    let rows = &["2|10|=INDIRECT(\"B\"&A1)|=C1+1", "|20", "|=B1*3"];
    let mut book = book(rows, &[(0, 2, number(20.0)), (0, 3, number(21.0)), (2, 1, number(30.0))]);
    book.sheets[0].cells[0].value = number(2.0);
    let found = recalculate(&book, &[(0, 1, 1, number(20.0))], &|| true);
    assert_eq!((found.changed.len(), found.kept.len()), (0, 0));
    // The cell that INDIRECT reads is edited.
    book.sheets[0].cells.iter_mut().find(|cell| (cell.row, cell.column) == (1, 1)).unwrap().value = number(25.0);
    let found = recalculate(&book, &[(0, 1, 1, number(20.0))], &|| true);
    assert_eq!(changed(&found, 0, 2), Some(&number(25.0)));
    assert_eq!(changed(&found, 0, 3), Some(&number(26.0)));
    // Where to read is edited.
    book.sheets[0].cells[0].value = number(1.0);
    let found = recalculate(&book, &[(0, 0, 0, number(2.0)), (0, 1, 1, number(20.0))], &|| true);
    assert_eq!(changed(&found, 0, 2), Some(&number(10.0)));
}

#[test]
fn nothing_edited_changes_nothing() {
    let book = plan();
    assert_eq!(recalculate(&book, &[], &|| true), Recalculated::default());
    assert_eq!(recalculate(&Book::default(), &[(4, 4, 4, Stored::Blank)], &|| true), Recalculated::default());
}

#[test]
fn stopping_keeps_what_was_not_done() {
    let rows: Vec<String> = (0..20_000).map(|row| format!("{row}|=SUM(A:A)+{row}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let book = book(&rows, &[]);
    let found = recalculate(&book, &[(0, 0, 0, number(1.0))], &|| false);
    assert_eq!(found.changed.len() + found.kept.len(), 20_000);
}

#[test]
fn a_long_chain_does_not_overflow() {
    let mut rows = vec!["1".to_string()];
    rows.extend((1..30_000).map(|row| format!("=A{row}+1")));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let cached: Vec<(u32, u32, Stored)> = Vec::new();
    let book = book(&rows, &cached);
    let found = recalculate(&book, &[(0, 0, 0, number(0.0))], &|| true);
    assert_eq!(changed(&found, 29_999, 0), Some(&number(30_000.0)));
}
