//! The first of the cells that share a formula, written over: each of the others keeps its formula and its value.

use plandesk::{
    app::{open::open_bytes, write_back::*},
    workbook::{
        self,
        patch::{Allowed, NewContent},
    },
};

use super::update::{packed, part, plan, shown_at};

/// The plan with two columns of formulas, each shared by four rows: twice the end, and one more than that.
fn shared() -> Vec<u8> {
    let mut parts = plan();
    let sheet = &mut parts[4].1;
    for (row, end) in (4..8).zip([46_112, 46_203, 46_295, 46_386]) {
        let old = format!("<c r=\"E{row}\"><f>C{row}-TODAY()</f><v>100</v></c>");
        let formula = |column: char, si: u8, text: &str| match row {
            4 => format!("<f t=\"shared\" ref=\"{column}4:{column}7\" si=\"{si}\">{text}</f>"),
            _ => format!("<f t=\"shared\" si=\"{si}\"/>"),
        };
        let days = format!("<c r=\"E{row}\">{}<v>{}</v></c>", formula('E', 0, "C4*2"), end * 2);
        let more = format!("<c r=\"G{row}\">{}<v>{}</v></c></row>", formula('G', 1, "E4+1"), end * 2 + 1);
        assert!(sheet.contains(&old));
        *sheet = sheet.replace(&old, &days);
        let at = sheet.find(&format!("<row r=\"{row}\"")).unwrap();
        let end = at + sheet[at..].find("</row>").unwrap();
        sheet.replace_range(end..end + "</row>".len(), &more);
    }
    packed(&parts)
}

fn written(bytes: &[u8], formulas: bool) -> WrittenBack {
    let opened = open_bytes("Plan.xlsx", bytes, &|_| true).unwrap();
    let content = NewContent::Number { number: 5.0, format: "General".into() };
    let outside = [OutsideCell { sheet: "Plan".to_owned(), row: 3, column: 4, content }];
    let allowed = Allowed { formulas, today: (2026, 11, 28), ..Allowed::default() };
    let wanted = ToWrite { base: &opened.document.tables, now: &opened.document, outside: &outside, allowed, over_theirs: None };
    write_back("Plan.xlsx", bytes, &wanted, &|_| true).unwrap()
}

#[test]
fn the_first_of_a_shared_formula_is_written_and_the_others_keep_theirs() {
    let bytes = shared();
    let refused = written(&bytes, false);
    assert!(refused.bytes == bytes && refused.receipt.refused[0].formula, "{:?}", refused.receipt.refused);
    let done = written(&bytes, true);
    assert!(done.receipt.is_whole(), "{:?}", done.receipt);
    let sheet = part(&done.bytes, "xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("<c r=\"E4\"><v>5</v></c>"), "{sheet}");
    for (row, end) in (5..8).zip([46_203, 46_295, 46_386]) {
        assert!(sheet.contains(&format!("<c r=\"E{row}\"><f>C{row}*2</f><v>{}</v></c>", end * 2)), "{sheet}");
    }
    assert!(sheet.contains("<f t=\"shared\" ref=\"G4:G7\" si=\"1\">E4+1</f>") && sheet.contains("<f t=\"shared\" si=\"1\"/>"), "{sheet}");
    // Of the other column only the cell that reads the one that was written shows another value.
    assert_eq!(done.receipt.recalculated, [("Plan!G4".to_owned(), "6".to_owned())]);
    assert!(done.receipt.not_recalculated.is_empty(), "{:?}", done.receipt.not_recalculated);
    let shown = |bytes: &[u8]| {
        let grid = workbook::open("Plan.xlsx", bytes, &|_| true).unwrap().0.swap_remove(0);
        (5..8).flat_map(|row| [4, 6].map(|column| shown_at(&grid, row, column))).collect::<Vec<_>>()
    };
    assert_eq!(shown(&done.bytes), shown(&bytes));
    // What the formulas that are no longer shared read is followed as before.
    let again = written(&done.bytes, true);
    assert!(again.receipt.is_empty() && again.bytes == done.bytes);
}
