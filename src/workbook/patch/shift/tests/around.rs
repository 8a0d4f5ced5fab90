//! What stands around the cells of a sheet.

use super::*;

#[test]
fn rows_and_cells_keep_what_they_are() {
    let rows = "<sheetData>\n <row r=\"1\" spans=\"1:2\"><c r='A1' s=\"3\"><v>1</v></c></row>\n <row ht=\"20\" r=\"2\" hidden=\"1\"><c r=\"$B$2\"/></row>\n</sheetData>";
    assert_eq!(sheet(rows, &insert(5, 1)), rows);
    assert_eq!(
        sheet(rows, &insert(2, 1)),
        "<sheetData>\n <row r=\"1\" spans=\"1:2\"><c r='A1' s=\"3\"><v>1</v></c></row>\n <row ht=\"20\" r=\"3\" hidden=\"1\"><c r=\"$B$3\"/></row>\n</sheetData>"
    );
    assert_eq!(sheet(rows, &delete(1, 1)), "<sheetData>\n <row ht=\"20\" r=\"1\" hidden=\"1\"><c r=\"$B$1\"/></row>\n</sheetData>");
    assert_eq!(
        sheet(rows, &moved(2, 1)),
        "<sheetData>\n <row ht=\"20\" r=\"1\" hidden=\"1\"><c r=\"$B$1\"/></row>\n <row r=\"2\" spans=\"1:2\"><c r='A2' s=\"3\"><v>1</v></c></row>\n</sheetData>"
    );
    let by_cell = "<sheetData><row><c r=\"A5\"/></row><row> <c r=\"A7\"/></row></sheetData>";
    assert_eq!(sheet(by_cell, &delete(6, 6)), by_cell.replace("A7", "A6"));
    assert_eq!(sheet(by_cell, &delete(5, 5)), "<sheetData><row> <c r=\"A6\"/></row></sheetData>");
    let unnumbered = "<sheetData><row><c><v>1</v></c></row><row><c/></row></sheetData>";
    assert_eq!(sheet(unnumbered, &insert(2, 1)), "<sheetData><row><c><v>1</v></c></row><row r=\"3\"><c/></row></sheetData>");
    assert_eq!(sheet(unnumbered, &moved(2, 1)), "<sheetData><row><c/></row><row><c><v>1</v></c></row></sheetData>");
}

#[test]
fn a_new_row_looks_like_another() {
    let rows = "<x:sheetData><x:row r=\"1\" ht=\"30\" customHeight=\"1\" hidden=\"1\"><x:c r=\"A1\" s=\"3\" t=\"s\"><x:v>1</x:v></x:c><x:c r=\"B1\"/></x:row></x:sheetData>";
    let shift = Shift::new(Axis::Rows, 1, 0, vec![Placed::New { like: Some(0) }]).expect("a shift");
    let new = "<x:row r=\"2\" ht=\"30\" customHeight=\"1\"><x:c r=\"A2\" s=\"3\"/></x:row></x:sheetData>";
    assert_eq!(sheet(rows, &shift), rows.replace("</x:sheetData>", new));
    let before = Shift::new(Axis::Rows, 0, 1, vec![Placed::New { like: Some(0) }, Placed::Old(0)]).expect("a shift");
    assert!(
        sheet(rows, &before)
            .starts_with("<x:sheetData><x:row r=\"1\" ht=\"30\" customHeight=\"1\"><x:c r=\"A1\" s=\"3\"/></x:row><x:row r=\"2\"")
    );
}

#[test]
fn columns_of_a_row_move() {
    let rows = "<cols><col min=\"1\" max=\"3\" width=\"9\"/><col min=\"5\" max=\"16384\" width=\"7\"/></cols>\
        <sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"2\"><f>A1+C1</f></c><c><v>3</v></c></row></sheetData>";
    assert_eq!(
        sheet(rows, &columns(&insert(2, 1))),
        "<cols><col min=\"1\" max=\"4\" width=\"9\"/><col min=\"6\" max=\"16384\" width=\"7\"/></cols>\
        <sheetData><row r=\"1\" spans=\"1:4\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"C1\" s=\"2\"><f>A1+D1</f></c><c><v>3</v></c></row></sheetData>"
    );
    assert_eq!(
        sheet(rows, &columns(&moved(3, 1))),
        "<cols><col min=\"1\" max=\"3\" width=\"9\"/><col min=\"5\" max=\"16384\" width=\"7\"/></cols>\
        <sheetData><row r=\"1\" spans=\"1:3\"><c><v>3</v></c><c r=\"B1\" s=\"1\"><v>1</v></c><c r=\"C1\" s=\"2\"><f>B1+A1</f></c></row></sheetData>"
    );
    assert_eq!(
        sheet(rows, &columns(&delete(1, 1))),
        "<cols><col min=\"1\" max=\"2\" width=\"9\"/><col min=\"4\" max=\"16384\" width=\"7\"/></cols>\
        <sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" s=\"2\"><f>#REF!+B1</f></c><c><v>3</v></c></row></sheetData>"
    );
    let like = Shift::new(Axis::Columns, 3, 0, vec![Placed::New { like: Some(1) }]).expect("a shift");
    assert!(sheet(rows, &like).contains("<c><v>3</v></c><c r=\"D1\" s=\"2\"/></row>"), "{}", sheet(rows, &like));
}

#[test]
fn one_element_at_a_time() {
    let cases: &[(&str, &Shift, &str)] = &[
        ("<dimension ref=\"A1:B5\"/>", &insert(3, 2), "<dimension ref=\"A1:B7\"/>"),
        (
            "<mergeCells count=\"2\"><mergeCell ref=\"A5:B6\"/><mergeCell ref=\"A8:A9\"/></mergeCells>",
            &delete(9, 9),
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>",
        ),
        ("<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>", &delete(5, 6), ""),
        (
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>",
            &insert(6, 1),
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B7\"/></mergeCells>",
        ),
        (
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>",
            &insert(7, 1),
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>",
        ),
        (
            "<mergeCells count=\"1\"><mergeCell ref=\"A5:B5\"/></mergeCells>",
            &moved(5, 2),
            "<mergeCells count=\"1\"><mergeCell ref=\"A2:B2\"/></mergeCells>",
        ),
        (
            "<hyperlinks><hyperlink ref=\"A5\" location=\"Plan!A9\" display=\"A9\"/></hyperlinks>",
            &insert(2, 1),
            "<hyperlinks><hyperlink ref=\"A6\" location=\"Plan!A10\" display=\"A9\"/></hyperlinks>",
        ),
        ("<hyperlinks><hyperlink ref=\"A5\" r:id=\"rId1\"/></hyperlinks>", &delete(5, 5), ""),
        (
            "<autoFilter ref=\"A4:H6\"><filterColumn colId=\"1\"/></autoFilter>",
            &insert(7, 2),
            "<autoFilter ref=\"A4:H8\"><filterColumn colId=\"1\"/></autoFilter>",
        ),
        (
            "<autoFilter ref=\"B4:H6\"><filterColumn colId=\"2\"/></autoFilter>",
            &columns(&insert(3, 1)),
            "<autoFilter ref=\"B4:I6\"><filterColumn colId=\"3\"/></autoFilter>",
        ),
        (
            "<sortState ref=\"A5:H6\"><sortCondition ref=\"B5:B6\"/></sortState>",
            &insert(6, 1),
            "<sortState ref=\"A5:H7\"><sortCondition ref=\"B5:B7\"/></sortState>",
        ),
    ];
    all(cases);
    let merge = "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>";
    assert_eq!(refusal(merge, &moved(5, 9)), "the merged cell Plan!A5:B6 would be pulled apart");
    assert_eq!(refusal(merge, &moved(9, 6)), "the merged cell Plan!A5:B6 would be pulled apart");
}

fn all(cases: &[(&str, &Shift, &str)]) {
    for (before, shift, after) in cases {
        assert_eq!(&sheet(before, shift), after, "{before}");
    }
}

#[test]
fn one_setting_at_a_time() {
    let cases: &[(&str, &Shift, &str)] = &[
        (
            "<rowBreaks count=\"2\" manualBreakCount=\"2\"><brk id=\"5\" max=\"16383\" man=\"1\"/><brk id=\"9\" man=\"1\"/></rowBreaks>",
            &delete(6, 6),
            "<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"8\" man=\"1\"/></rowBreaks>",
        ),
        (
            "<colBreaks count=\"1\"><brk id=\"5\" min=\"2\" max=\"8\"/></colBreaks>",
            &insert(5, 1),
            "<colBreaks count=\"1\"><brk id=\"5\" min=\"2\" max=\"9\"/></colBreaks>",
        ),
        (
            "<protectedRanges><protectedRange sqref=\"A5:A9 C3\" name=\"x\"/></protectedRanges>",
            &insert(4, 1),
            "<protectedRanges><protectedRange sqref=\"A6:A10 C3:C4\" name=\"x\"/></protectedRanges>",
        ),
        ("<ignoredErrors><ignoredError sqref=\"A5\" x=\"1\"/></ignoredErrors>", &delete(5, 5), ""),
        ("<strange sqref=\"A5\"/><odd ref=\"A5:B6\"/>", &insert(1, 1), "<strange sqref=\"A6\"/><odd ref=\"A6:B7\"/>"),
        (
            "<controlPr linkedCell=\"$A$5\" listFillRange=\"One!$A$5\"/>",
            &insert(1, 1),
            "<controlPr linkedCell=\"$A$6\" listFillRange=\"One!$A$5\"/>",
        ),
        ("<cellWatches><cellWatch r=\"A5\"/></cellWatches>", &insert(1, 1), "<cellWatches><cellWatch r=\"A6\"/></cellWatches>"),
        (
            "<sheetViews><sheetView topLeftCell=\"A1\"><pane ySplit=\"4\" topLeftCell=\"A5\" state=\"frozen\"/><selection activeCell=\"B7\" sqref=\"B7:B8 C1\"/></sheetView></sheetViews>",
            &insert(2, 1),
            "<sheetViews><sheetView topLeftCell=\"A1\"><pane ySplit=\"4\" topLeftCell=\"A5\" state=\"frozen\"/><selection activeCell=\"B8\" sqref=\"B8:B9 C1\"/></sheetView></sheetViews>",
        ),
        (
            "<sheetViews><sheetView><pane ySplit=\"4\" topLeftCell=\"A50\" state=\"frozen\"/></sheetView></sheetViews>",
            &insert(2, 1),
            "<sheetViews><sheetView><pane ySplit=\"4\" topLeftCell=\"A51\" state=\"frozen\"/></sheetView></sheetViews>",
        ),
        ("<selection activeCell=\"B7\" sqref=\"B7\"/>", &delete(6, 8), "<selection activeCell=\"B6\" sqref=\"B6\"/>"),
        (
            "<oleObjects><anchor moveWithCells=\"1\"><from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></from><to><xdr:col>1</xdr:col><xdr:row>6</xdr:row></to></anchor></oleObjects>",
            &insert(2, 1),
            "<oleObjects><anchor moveWithCells=\"1\"><from><xdr:col>1</xdr:col><xdr:row>5</xdr:row></from><to><xdr:col>1</xdr:col><xdr:row>7</xdr:row></to></anchor></oleObjects>",
        ),
    ];
    all(cases);
}

#[test]
fn rules_keep_their_distances() {
    let format = |sqref: &str, formula: &str| {
        format!(
            "<conditionalFormatting sqref=\"{sqref}\"><cfRule type=\"expression\"><formula>{formula}</formula></cfRule></conditionalFormatting>"
        )
    };
    for (before, shift, after) in [
        // The formula is about the first cell of the ranges.
        (("G5:G9", "$G5=\"Red\""), insert(2, 1), ("G6:G10", "$G6=\"Red\"")),
        (("G5:G9", "$G5=$A$1"), insert(7, 1), ("G5:G10", "$G5=$A$1")),
        (("G5:G9", "$G5=$A$8"), insert(7, 1), ("G5:G10", "$G5=$A$9")),
        (("G5:G9", "G5=G4"), insert(5, 1), ("G6:G10", "G6=G5")),
        (("G5:G9", "G5=G4"), insert(6, 1), ("G5:G10", "G5=G4")),
        (("G5:G9", "G5=\"\""), insert(10, 1), ("G5:G10", "G5=\"\"")),
        (("G5:G9", "$G5=\"Red\""), delete(5, 6), ("G5:G7", "$G5=\"Red\"")),
        (("G5:G9 J5", "$G5=1"), delete(6, 9), ("G5 J5", "$G5=1")),
        (("G5:G9 B7", "C5=1"), delete(7, 7), ("G5:G8", "H5=1")),
        (("G5:G9", "G5=G4"), moved(7, 20), ("G5:G8 G19", "G5=G4")),
        (("G5:G9", "G105=1"), insert(50, 1), ("G5:G9", "G106=1")),
        (("G1:G9", "G1=G1048576"), insert(5, 1), ("G1:G10", "G1=G1048576")),
        (("A1:A1048576", "A1=1"), insert(5, 1), ("A1:A1048576", "A1=1")),
    ] {
        assert_eq!(sheet(&format(before.0, before.1), &shift), format(after.0, after.1), "{before:?}");
    }
    assert_eq!(sheet(&format("G5", "G5=1"), &delete(5, 5)), "");
    let validation = "<dataValidations count=\"2\"><dataValidation type=\"list\" sqref=\"G5:G9\"><formula1>One!$A$5:$A$9</formula1></dataValidation>\
        <dataValidation type=\"list\" sqref=\"H3\"><formula1>\"A5,B6\"</formula1></dataValidation></dataValidations>";
    let after = validation.replace("G5:G9", "G5:G10");
    assert_eq!(sheet(validation, &insert(10, 1)), after);
    assert!(sheet(validation, &delete(3, 3)).starts_with("<dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"G4:G8\">"));
    let newer = "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><xm:f>$G5=One!$A$5</xm:f></x14:cfRule>\
        <xm:sqref>G5:G9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>";
    assert_eq!(sheet(newer, &insert(2, 1)), newer.replace("G5:G9", "G6:G10").replace("$G5", "$G6"));
    assert_eq!(sheet(newer, &delete(5, 9)), "");
}

#[test]
fn sparklines_and_newer_validations() {
    let sparklines = "<extLst><ext><x14:sparklineGroups><x14:sparklineGroup><x14:colorSeries/><x14:sparklines>\
        <x14:sparkline><xm:f>Plan!B5:D5</xm:f><xm:sqref>E5</xm:sqref></x14:sparkline>\
        <x14:sparkline><xm:f>Plan!B6:D6</xm:f><xm:sqref>E6</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>";
    let down = sheet(sparklines, &insert(6, 1));
    assert_eq!(down, sparklines.replace("B6:D6", "B7:D7").replace("E6", "E7"));
    let one = sheet(sparklines, &delete(5, 5));
    assert!(
        one.contains("<x14:sparklines><x14:sparkline><xm:f>Plan!B5:D5</xm:f><xm:sqref>E5</xm:sqref></x14:sparkline></x14:sparklines>"),
        "{one}"
    );
    assert_eq!(sheet(sparklines, &delete(5, 6)), "");
    let validation = "<x14:dataValidations count=\"1\"><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Plan!$A$5:$A$9</xm:f></x14:formula1>\
        <xm:sqref>B7</xm:sqref></x14:dataValidation></x14:dataValidations>";
    assert_eq!(sheet(validation, &insert(6, 1)), validation.replace("$A$9", "$A$10").replace("B7", "B8"));
    let other = format!("<worksheet>{validation}</worksheet>");
    assert_eq!(text(PartKind::OtherSheet { name: "One" }, &other, &insert(6, 1)), other.replace("$A$9", "$A$10"));
}

#[test]
fn what_falls_off_the_end_is_refused_where_it_holds_something() {
    let full = |cell: &str| format!("<sheetData><row r=\"1048576\">{cell}</row></sheetData>");
    assert_eq!(refusal(&full("<c r=\"A1048576\"><v>1</v></c>"), &insert(3, 1)), "the sheet has no room: its last rows hold something");
    assert_eq!(sheet(&full("<c r=\"A1048576\" s=\"1\"/>"), &insert(3, 1)), "<sheetData></sheetData>");
    let full = "<sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>";
    assert_eq!(refusal(full, &columns(&insert(3, 1))), "the sheet has no room: its last columns hold something");
}

#[test]
fn a_wrong_order_or_broken_xml_is_refused() {
    for (first, count, order) in
        [(2, 2, vec![Placed::Old(2), Placed::Old(2)]), (2, 2, vec![Placed::Old(4)]), (1_048_575, 2, vec![]), (u32::MAX, 1, vec![])]
    {
        assert!(Shift::new(Axis::Rows, first, count, order).is_err());
    }
    for broken in ["<a>", "<a></b>", "<a", "<sheetData><row>", "<sheetData><row><c>", "\u{feff}<a>"] {
        assert!(part(PartKind::MovedSheet, broken, &insert(1, 1)).is_err(), "{broken}");
    }
    assert!(shift_part(PartKind::Chart, b"\xff", &insert(1, 1), Around { moved_sheet: "", sheets: &[] }).is_err());
}

#[test]
fn copied_rows_hold_what_the_rows_they_are_copies_of_do() {
    let inner = "<sheetData><row r=\"2\" ht=\"30\" spans=\"1:9\"><c r=\"A2\" s=\"1\" t=\"s\"><v>4</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c>\
                 <c r=\"C2\" s=\"2\"/><c r=\"D2\" t=\"s\"><v>5</v></c></row><row r=\"3\"><c r=\"A3\" s=\"3\"><f>A9</f><v>7</v></c>\
                 <c r=\"B3\" t=\"str\"><f>\"a\"&amp;A9</f><v>a7</v></c><c r=\"C3\"><v>8</v></c></row><row r=\"4\"><c r=\"A4\"><v>9</v></c></row></sheetData>\
                 <mergeCells count=\"5\"><mergeCell ref=\"A2:B2\"/><mergeCell ref=\"C2:C3\"/><mergeCell ref=\"E2:F2\"/><mergeCell ref=\"B3:B4\"/>\
                 <mergeCell ref=\"A8:B8\"/></mergeCells>";
    let order = [Placed::Old(3), Placed::New { like: Some(1) }, Placed::New { like: Some(2) }, Placed::New { like: Some(1) }];
    let shift = Shift::new(Axis::Rows, 3, 1, order.to_vec()).expect("a shift");
    let shift = shift.copying(vec![None, Some((0, 2)), Some((0, 2)), None]);
    let out = sheet(inner, &shift);
    let copies = "<row r=\"5\" ht=\"30\"><c r=\"A5\" s=\"1\" t=\"s\"><v>4</v></c><c r=\"B5\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"C5\" s=\"2\"/></row>\
                  <row r=\"6\"><c r=\"A6\" s=\"3\"/><c r=\"B6\" t=\"str\"><v>a7</v></c><c r=\"C6\"><v>8</v></c></row>\
                  <row r=\"7\" ht=\"30\"><c r=\"A7\" s=\"1\"/><c r=\"C7\" s=\"2\"/></row></sheetData>";
    assert!(out.contains(copies), "{out}");
    let merges = "<mergeCell ref=\"B3:B4\"/><mergeCell ref=\"A11:B11\"/><mergeCell ref=\"A5:B5\"/><mergeCell ref=\"C5:C6\"/></mergeCells>";
    assert!(out.contains("<mergeCells count=\"7\">") && out.contains(merges), "{out}");
    // Formats and validations hold in copies as in what they are copies of.
    let rules = "<conditionalFormatting sqref=\"A2:D2\"/><dataValidations count=\"1\"><dataValidation sqref=\"C3\"/></dataValidations>";
    let held = "<conditionalFormatting sqref=\"A2:D2 A5:D5 A7:D7\"/><dataValidations count=\"1\"><dataValidation sqref=\"C3 C6\"/></dataValidations>";
    assert_eq!(sheet(rules, &shift), held);
    // The rows that are copied may go.
    let order = [Placed::New { like: Some(1) }, Placed::New { like: Some(2) }];
    let shift = Shift::new(Axis::Rows, 1, 2, order.to_vec()).expect("a shift").copying(vec![Some((0, 9)); 2]);
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:B2\"/></mergeCells>";
    assert!(sheet(&format!("<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData>{merged}"), &shift).ends_with(merged));
}
