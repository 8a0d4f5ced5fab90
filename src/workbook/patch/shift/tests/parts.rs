//! The other parts of a package.

use super::*;

#[test]
fn tables_keep_heading_rows_and_totals() {
    let own = PartKind::Table { on_moved_sheet: true };
    let table = "<table displayName=\"Actions\" ref=\"A4:C8\" totalsRowCount=\"1\"><autoFilter ref=\"A4:C7\"/><tableColumns><tableColumn>\
        <calculatedColumnFormula>Actions[[#This Row],[x]]+$F$9</calculatedColumnFormula></tableColumn></tableColumns></table>";
    let moved_to = |shift: &Shift| {
        let out = text(own, table, shift);
        out.split(" ref=\"").skip(1).filter_map(|part| part.split('"').next()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(moved_to(&insert(2, 1)), "A5:C9 A5:C8");
    assert_eq!(moved_to(&insert(6, 1)), "A4:C9 A4:C8");
    assert_eq!(moved_to(&insert(8, 1)), "A4:C9 A4:C8");
    assert_eq!(moved_to(&insert(9, 1)), "A4:C8 A4:C7");
    assert!(text(own, table, &insert(9, 1)).contains("+$F$10<"));
    for (shift, why) in [
        (delete(4, 4), "the table Actions would lose its heading"),
        (delete(8, 8), "the table Actions would lose its totals"),
        (delete(5, 7), "the table Actions would lose all its rows"),
        (delete(1, 20), "the table Actions would be gone"),
        (columns(&insert(2, 1)), "the table Actions would have a column put in, taken out or moved"),
    ] {
        assert_eq!(part(own, table, &shift).expect_err(why).to_string(), why);
    }
    let without = table.replace(" totalsRowCount=\"1\"", "").replace("A4:C7", "A4:C8");
    let out = text(own, &without, &insert(9, 2));
    assert!(out.contains("ref=\"A4:C10\"><autoFilter ref=\"A4:C10\"/>"), "{out}");
    let elsewhere = PartKind::Table { on_moved_sheet: false };
    assert_eq!(text(elsewhere, table, &insert(2, 1)), table);
}

#[test]
fn comments_and_notes_go_with_their_cells() {
    let comments =
        "<comments><commentList><comment ref=\"A5\" authorId=\"0\"><text/></comment><comment ref=\"B7\"/></commentList></comments>";
    assert_eq!(text(PartKind::Comments, comments, &insert(6, 1)), comments.replace("B7", "B8"));
    assert_eq!(text(PartKind::Comments, comments, &delete(5, 5)), "<comments><commentList><comment ref=\"B6\"/></commentList></comments>");
    let threads =
        "<ThreadedComments><threadedComment ref=\"A5\"/><threadedComment ref=\"A5\"/><threadedComment ref=\"A9\"/></ThreadedComments>";
    assert_eq!(
        text(PartKind::ThreadedComments, threads, &delete(5, 5)),
        "<ThreadedComments><threadedComment ref=\"A8\"/></ThreadedComments>"
    );
    let note = |row: u32, anchor: &str| {
        format!(
            "<xml xmlns:v=\"v\"><v:shape id=\"_x0000_s1025\"><div>a<br>b</div><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
            <x:Anchor>\r\n {anchor}</x:Anchor><x:Row>{row}</x:Row><x:Column>2</x:Column></x:ClientData></v:shape></xml>"
        )
    };
    let vml = PartKind::VmlDrawing { on_moved_sheet: true };
    let at = |shift: &Shift| text(vml, &note(4, "3, 15, 3, 2, 5, 31, 7, 9"), shift);
    assert_eq!(at(&insert(2, 1)), note(5, "3, 15, 4, 2, 5, 31, 8, 9"));
    assert_eq!(at(&moved(5, 1)), note(0, "3, 15, 0, 2, 5, 31, 3, 9"));
    assert_eq!(at(&delete(5, 5)), "<xml xmlns:v=\"v\"></xml>");
    let control = "<xml><v:shape><x:ClientData ObjectType=\"Checkbox\"><x:SizeWithCells/><x:Anchor>1,0,4,0,2,0,6,0</x:Anchor>\
        <x:FmlaLink>$B$9</x:FmlaLink></x:ClientData></v:shape></xml>";
    assert_eq!(text(vml, control, &insert(2, 1)), control.replace(",4,0,2,0,6,0", ",5,0,2,0,7,0").replace("$B$9", "$B$10"));
    assert_eq!(text(vml, control, &insert(6, 1)), control.replace("$B$9", "$B$10"));
}

#[test]
fn drawings_follow_with_both_corners() {
    let drawing = |edit: &str, from: (u32, u32), to: (u32, u32)| {
        format!(
            "<xdr:wsDr><xdr:twoCellAnchor{edit}><xdr:from><xdr:col>1</xdr:col><xdr:colOff>5</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>{}</xdr:rowOff>\
            </xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>5</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>{}</xdr:rowOff></xdr:to>\
            <xdr:sp textlink=\"Plan!$A$9\"><xdr:row>7</xdr:row></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>",
            from.0, from.1, to.0, to.1
        )
    };
    let kind = PartKind::Drawing { on_moved_sheet: true };
    let still = |xml: String| xml.replace("$A$9", "$A$10");
    let one = " editAs=\"oneCell\"";
    let absolute = " editAs=\"absolute\"";
    for (edit, from, to, shift, new_from, new_to) in [
        ("", (4, 7), (6, 7), insert(2, 1), (5, 7), (7, 7)),
        ("", (4, 7), (6, 7), insert(6, 1), (4, 7), (7, 7)),
        ("", (4, 7), (6, 0), insert(7, 1), (4, 7), (6, 0)),
        (one, (4, 7), (6, 7), insert(6, 1), (4, 7), (6, 7)),
        (one, (4, 7), (6, 7), insert(2, 1), (5, 7), (7, 7)),
        (absolute, (4, 7), (6, 7), insert(2, 1), (4, 7), (6, 7)),
    ] {
        assert_eq!(text(kind, &drawing(edit, from, to), &shift), still(drawing(edit, new_from, new_to)), "{edit} {from:?} {to:?}");
    }
    let cut = text(kind, &drawing("", (4, 7), (6, 7)), &delete(5, 5));
    assert_eq!(cut, drawing("", (4, 0), (5, 7)).replace("$A$9", "$A$8"));
    let gone = text(kind, &drawing("", (4, 7), (6, 7)), &delete(4, 8));
    assert_eq!(gone, drawing("", (3, 0), (3, 0)).replace("$A$9", "$A$4"));
    let carried = text(kind, &drawing("", (4, 7), (6, 7)), &moved(5, 20));
    assert_eq!(carried, drawing("", (18, 7), (20, 7)).replace("$A$9", "$A$8"));
    let elsewhere = PartKind::Drawing { on_moved_sheet: false };
    assert_eq!(text(elsewhere, &drawing("", (4, 7), (6, 7)), &insert(2, 1)), still(drawing("", (4, 7), (6, 7))));
}

#[test]
fn charts_controls_links_and_pivots() {
    let chart = "<c:chart><c:f>Plan!$A$5:$A$9</c:f><c:numCache><c:v>1</c:v></c:numCache><c:f>(Plan!$A$2,One!$A$5)</c:f></c:chart>";
    assert_eq!(text(PartKind::Chart, chart, &insert(7, 1)), chart.replace("$A$9", "$A$10"));
    let control = PartKind::ControlProperties { on_moved_sheet: true };
    let properties = "<formControlPr fmlaLink=\"$A$5\" fmlaRange=\"One!$A$5\"/>";
    assert_eq!(text(control, properties, &insert(1, 1)), properties.replace("\"$A$5", "\"$A$6"));
    let links = "<Relationships><Relationship Target=\"#Plan!A5\"/><Relationship Target=\"Plan!A5\"/></Relationships>";
    assert_eq!(text(PartKind::Relationships, links, &insert(1, 1)), links.replace("#Plan!A5", "#Plan!A6"));
    let cache = "<pivotCacheDefinition><cacheSource><worksheetSource ref=\"A4:D9\" sheet=\"Plan\"/></cacheSource></pivotCacheDefinition>";
    assert_eq!(text(PartKind::PivotCacheDefinition, cache, &insert(6, 1)), cache.replace("D9", "D10"));
    assert_eq!(part(PartKind::PivotCacheDefinition, cache, &insert(10, 1)).expect("moved").said.len(), 1);
    let refused = part(PartKind::PivotCacheDefinition, cache, &delete(4, 4)).expect_err("refused").to_string();
    assert_eq!(refused, "a pivot table takes its headings from Plan!A4:D9");
    let pivot = "<pivotTableDefinition name=\"By status\"><location ref=\"A7:D20\" rowPageCount=\"1\"/></pivotTableDefinition>";
    assert_eq!(text(PartKind::PivotTable, pivot, &insert(5, 1)), pivot.replace("A7:D20", "A8:D21"));
    assert_eq!(text(PartKind::PivotTable, pivot, &insert(21, 1)), pivot);
    for shift in [insert(8, 1), insert(6, 1), delete(1, 40)] {
        let refused = part(PartKind::PivotTable, pivot, &shift).expect_err("refused").to_string();
        assert_eq!(refused, "the pivot table By status stands in rows 5 to 20 of Plan");
    }
}
