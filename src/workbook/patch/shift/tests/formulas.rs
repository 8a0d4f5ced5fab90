//! Formulas: of the moved sheet, of others, as names.

use super::*;

/// A formula of the moved sheet in row 1 after a change.
fn formula(formula: &str, shift: &Shift) -> String {
    let out = sheet(&format!("<sheetData><row r=\"1\"><c r=\"A1\"><f>{formula}</f></c></row></sheetData>"), shift);
    let from = out.find("<f>").expect("a formula") + 3;
    out[from..out.find("</f>").expect("its end")].to_owned()
}

#[test]
fn references_follow_what_is_put_in_and_taken_out() {
    let cases: &[(&str, &Shift, &str)] = &[
        ("A5+$B$5+A4", &insert(5, 1), "A6+$B$6+A4"),
        ("SUM(B3:B8)", &insert(5, 2), "SUM(B3:B10)"),
        ("SUM(B5:B8)", &insert(5, 1), "SUM(B6:B9)"),
        ("SUM(B3:B4)", &insert(5, 1), "SUM(B3:B4)"),
        ("SUM(B8:B3)", &insert(5, 1), "SUM(B9:B3)"),
        ("SUM(A:A)+SUM(3:5)+SUM($5:$9)", &insert(5, 1), "SUM(A:A)+SUM(3:6)+SUM($6:$10)"),
        ("A1:A1048576", &insert(5, 1), "A1:A1048576"),
        ("A5:A1048576", &insert(3, 1), "A6:A1048576"),
        ("A5:A1048576", &delete(3, 3), "A4:A1048576"),
        ("A1048576", &insert(3, 1), "#REF!"),
        ("A5+A6", &delete(5, 5), "#REF!+A5"),
        ("SUM(B3:B8)", &delete(4, 5), "SUM(B3:B6)"),
        ("SUM(B3:B8)", &delete(2, 4), "SUM(B2:B5)"),
        ("SUM(B3:B8)", &delete(7, 12), "SUM(B3:B6)"),
        ("SUM(B3:B8)+Plan!B4:B5", &delete(3, 8), "SUM(#REF!)+#REF!"),
        ("Plan!A5+plan!A5+'Plan'!A5+One!A5+[1]Plan!A5", &insert(2, 1), "Plan!A6+plan!A6+'Plan'!A6+One!A5+[1]Plan!A5"),
        ("Plan!A5:Plan!A9", &insert(7, 1), "Plan!A5:Plan!A10"),
        ("Plan!A5:Plan!A9", &delete(5, 9), "#REF!"),
        ("LOG10(A5)&amp;&quot;A5&quot;&amp;\"A5\"", &insert(2, 1), "LOG10(A6)&amp;&quot;A5&quot;&amp;\"A5\""),
        ("Table1[[A5]]+A1B+Plan!Name5+A5", &insert(2, 1), "Table1[[A5]]+A1B+Plan!Name5+A6"),
        ("&apos;Plan&apos;!A5&lt;B5", &insert(2, 1), "&apos;Plan&apos;!A6&lt;B6"),
        ("<![CDATA[A5<B5]]>", &insert(2, 1), "<![CDATA[A6<B6]]>"),
        ("SUM(One:One!A5)+Three:Far!A5", &insert(2, 1), "SUM(One:One!A5)+Three:Far!A5"),
        ("SUM(One:Three!A5)", &insert(7, 1), "SUM(One:Three!A5)"),
        ("A5:INDEX(A:A,9)", &insert(2, 1), "A6:INDEX(A:A,9)"),
    ];
    for (before, shift, after) in cases {
        assert_eq!(&formula(before, shift), after, "{before}");
    }
}

#[test]
fn references_follow_rows_that_are_moved() {
    let cases: &[(&str, &Shift, &str)] = &[
        ("A9+A5", &moved(9, 5), "A5+A6"),
        ("SUM(B3:B12)", &moved(9, 5), "SUM(B3:B12)"),
        // Moved out of the range, into it, to its edge, and from far away beside it.
        ("SUM(B3:B6)", &moved(5, 20), "SUM(B3:B5)"),
        ("SUM(B3:B6)", &moved(20, 5), "SUM(B3:B7)"),
        ("SUM(B3:B6)", &moved(3, 7), "SUM(B3:B6)"),
        ("SUM(B3:B6)", &moved(20, 7), "SUM(B3:B6)"),
        ("SUM(B9:B9)", &moved(9, 5), "SUM(B5:B5)"),
        ("9:9", &moved(9, 5), "5:5"),
    ];
    for (before, shift, after) in cases {
        assert_eq!(&formula(before, shift), after, "{before}");
    }
    // A sort of rows 3 to 6, and a block that goes as one.
    let sort = Shift::new(Axis::Rows, 2, 4, [5, 2, 4, 3].map(Placed::Old).to_vec()).expect("a shift");
    assert_eq!(formula("SUM(B3:B6)+B3+B6+SUM(B2:B7)", &sort), "SUM(B3:B6)+B4+B3+SUM(B2:B7)");
    let block = Shift::new(Axis::Rows, 2, 6, [6, 7, 2, 3, 4, 5].map(Placed::Old).to_vec()).expect("a shift");
    assert_eq!(formula("SUM(B7:B8)+SUM(B3:B6)", &block), "SUM(B3:B4)+SUM(B5:B8)");
}

#[test]
fn columns_move_likewise() {
    let cases: &[(&str, &Shift, &str)] = &[
        ("Z5+$AA$5+A5", &insert(2, 1), "AA5+$AB$5+A5"),
        ("SUM(B3:D3)+SUM(3:3)+SUM(B:D)", &insert(3, 1), "SUM(B3:E3)+SUM(3:3)+SUM(B:E)"),
        ("SUM(B3:D3)+C1", &delete(3, 3), "SUM(B3:C3)+#REF!"),
    ];
    for (before, shift, after) in cases {
        assert_eq!(&formula(before, &columns(shift)), after, "{before}");
    }
}

#[test]
fn what_is_lost_or_not_counted_is_said() {
    let xml = "<worksheet><sheetData><row r=\"9\"><c r=\"A9\"><f>SUM(B3:B4)</f></c><c r=\"B9\"><f>B2</f></c></row></sheetData></worksheet>";
    let said = |shift: &Shift| part(PartKind::MovedSheet, xml, shift).expect("moved").said;
    let ends = said(&insert(5, 1));
    assert_eq!((ends.len(), ends[0].place.as_str(), ends[0].what), (1, "Plan!A10", super::super::SaidWhat::EndsAbove));
    let broken = said(&delete(2, 2));
    assert_eq!((broken.len(), broken[0].place.as_str(), broken[0].formula.as_str()), (1, "Plan!B8", "#REF!"));
    let through = xml.replace("B3:B4", "One:Three!B7");
    let refused = part(PartKind::MovedSheet, &through, &insert(5, 1)).expect_err("refused").to_string();
    assert_eq!(refused, "a formula refers to One:Three!B7, the same cells of several sheets");
}

#[test]
fn shared_formulas_stay_shared_where_all_move_alike() {
    let shared = "<sheetData><row r=\"5\"><c r=\"B5\"><f t=\"shared\" ref=\"B5:B7\" si=\"0\">A5*$D$1&amp;\"x\"</f><v>1</v></c></row>\
        <row r=\"6\"><c r=\"B6\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row>\
        <row r=\"7\"><c r=\"B7\"><f ca=\"1\" t=\"shared\" si=\"0\"></f><v>3</v></c></row></sheetData>";
    assert_eq!(sheet(shared, &insert(9, 1)), shared);
    let down = sheet(shared, &insert(3, 1));
    assert!(down.contains("<c r=\"B6\"><f t=\"shared\" ref=\"B6:B8\" si=\"0\">A6*$D$1&amp;\"x\"</f>"), "{down}");
    assert!(down.contains("<c r=\"B7\"><f t=\"shared\" si=\"0\"/>"), "{down}");
    let apart = sheet(shared, &insert(6, 1));
    assert_eq!(
        apart,
        "<sheetData><row r=\"5\"><c r=\"B5\"><f>A5*$D$1&amp;\"x\"</f><v>1</v></c></row>\
        <row r=\"7\"><c r=\"B7\"><f>A7*$D$1&amp;\"x\"</f><v>2</v></c></row>\
        <row r=\"8\"><c r=\"B8\"><f ca=\"1\">A8*$D$1&amp;\"x\"</f><v>3</v></c></row></sheetData>"
    );
    let without_first = sheet(shared, &delete(5, 5));
    assert!(without_first.starts_with("<sheetData><row r=\"5\"><c r=\"B5\"><f>A5*$D$1&amp;\"x\"</f><v>2</v></c>"), "{without_first}");
    // What the cells refer to is pulled apart, and they are not.
    let far = shared.replace("A5*", "A1*");
    let out = sheet(&far, &insert(3, 1));
    assert!(out.contains("<f>A1*$D$1&amp;\"x\"</f>") && out.contains("<f ca=\"1\">A4*$D$1&amp;\"x\"</f>"), "{out}");
    let other = format!("<worksheet>{}</worksheet>", shared.replace("A5*", "Plan!A5*"));
    let out = text(PartKind::OtherSheet { name: "One" }, &other, &insert(6, 1));
    assert!(out.contains("<c r=\"B6\"><f>Plan!A7*$D$1&amp;\"x\"</f>"), "{out}");
}

#[test]
fn arrays_and_data_tables_move_whole_or_not_at_all() {
    let array = "<sheetData><row r=\"3\"><c r=\"C3\" cm=\"1\"><f t=\"array\" ref=\"C3:C9\">A3:A9</f></c></row><row r=\"5\"/></sheetData>";
    assert!(sheet(array, &insert(3, 2)).contains("<c r=\"C5\" cm=\"1\"><f t=\"array\" ref=\"C5:C11\">A5:A11</f>"));
    assert_eq!(sheet(array, &insert(10, 1)), array);
    assert_eq!(refusal(array, &insert(5, 1)), "an array formula covers Plan!C3:C9");
    assert_eq!(refusal(array, &delete(9, 9)), "an array formula covers Plan!C3:C9");
    assert_eq!(refusal(array, &moved(5, 20)), "an array formula covers Plan!C3:C9");
    assert_eq!(sheet(array, &delete(3, 9)), "<sheetData></sheetData>");
    let what_if = "<sheetData><row r=\"5\"><c r=\"B5\"><f t=\"dataTable\" ref=\"B5:C7\" dt2D=\"1\" dtr=\"1\" r1=\"A1\" r2=\"A2\"/></c></row></sheetData>";
    assert!(sheet(what_if, &insert(1, 1)).contains("ref=\"B6:C8\" dt2D=\"1\" dtr=\"1\" r1=\"A2\" r2=\"A3\"/>"));
    assert_eq!(refusal(what_if, &delete(2, 2)), "a what-if data table covers Plan!B5:C7");
}

#[test]
fn names_and_their_scopes() {
    let book = |inner: &str| format!("<workbook><definedNames>{inner}</definedNames></workbook>");
    let cases = [
        ("<definedName name=\"a\">Plan!$A$5</definedName>", insert(2, 1), "<definedName name=\"a\">Plan!$A$6</definedName>"),
        ("<definedName name=\"a\">Plan!A5+A5</definedName>", insert(2, 1), "<definedName name=\"a\">Plan!A5+A5</definedName>"),
        (
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"1\" hidden=\"1\">Plan!$A$4:$H$6</definedName>",
            insert(7, 1),
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"1\" hidden=\"1\">Plan!$A$4:$H$7</definedName>",
        ),
        (
            "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">Plan!$A$1:$B$5,Plan!$D$7:$E$8</definedName>",
            delete(7, 9),
            "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">Plan!$A$1:$B$5</definedName>",
        ),
        (
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">Plan!$A:$B,Plan!$1:$3</definedName>",
            insert(2, 1),
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">Plan!$A:$B,Plan!$1:$4</definedName>",
        ),
        ("<definedName name=\"b\">&apos;It&apos;&apos;s R&amp;D&apos;!$A$5</definedName>", insert(2, 1), ""),
    ];
    for (before, shift, after) in cases {
        let after = if after.is_empty() { before } else { after };
        assert_eq!(text(PartKind::Workbook, &book(before), &shift), book(after));
    }
    let gone = book("<definedName name=\"_xlnm.Print_Titles\">Plan!$5:$5</definedName>");
    assert_eq!(text(PartKind::Workbook, &gone, &delete(5, 5)), "<workbook></workbook>");
}
