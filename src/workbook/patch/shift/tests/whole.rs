//! A whole package, and the same with random damage.

use std::collections::BTreeMap;

use super::{super::shift_package, *};

type Parts = BTreeMap<String, Vec<u8>>;

const PARTS: &[(&str, &str)] = &[
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"Summary\" sheetId=\"2\" r:id=\"s2\"/></sheets>\
         <definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">Plan!$A$1:$C$9</definedName><definedName name=\"x\">Summary!$A$5</definedName></definedNames></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s1\" Type=\"http://x/worksheet\" Target=\"worksheets/Sheet1.xml\"/>\
         <Relationship Id=\"s2\" Type=\"http://x/worksheet\" Target=\"worksheets\\sheet2.xml\"/>\
         <Relationship Id=\"p1\" Type=\"http://x/pivotCacheDefinition\" Target=\"pivotCache/p.xml\"/>\
         <Relationship Id=\"c1\" Type=\"http://x/calcChain\" Target=\"calcChain.xml\"/></Relationships>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<?xml version=\"1.0\"?>\r\n<worksheet><dimension ref=\"A1:C9\"/><sheetViews><sheetView topLeftCell=\"A2\"><pane ySplit=\"4\" topLeftCell=\"A9\" state=\"frozen\"/>\
         <selection activeCell=\"A5\" sqref=\"A5:B6\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"2\" width=\"9\"/><col min=\"3\" max=\"3\" width=\"8\"/></cols>\
         <sheetData><row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c></row><row r=\"5\" spans=\"1:3\"><c r=\"A5\"><v>1</v></c><c r=\"B5\"><f t=\"shared\" ref=\"B5:B6\" si=\"0\">A5&amp;\"é\"</f></c></row>\
         <row r=\"6\"><c r=\"A6\"/><c r=\"B6\"><f t=\"shared\" si=\"0\"/><v>2</v></c><c r=\"C6\"><f>SUM(Plan!A1:A5,Summary!A1,A:A,5:6)</f></c></row>\
         <row r=\"9\"><c r=\"A9\"><f t=\"array\" ref=\"A9:C9\">A5:C5</f><v>3</v></c></row></sheetData><autoFilter ref=\"A4:C6\"><filterColumn colId=\"1\"/></autoFilter>\
         <mergeCells count=\"1\"><mergeCell ref=\"A2:C3\"/></mergeCells><conditionalFormatting sqref=\"A5:A9 C5\"><cfRule><formula>$B5=\"x\"</formula></cfRule></conditionalFormatting>\
         <dataValidations count=\"1\"><dataValidation sqref=\"C5:C6\"><formula1>$A$1:$A$3</formula1></dataValidation></dataValidations>\
         <hyperlinks><hyperlink ref=\"A5\" location=\"Plan!A9\"/></hyperlinks><rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"6\" min=\"0\" max=\"16383\"/></rowBreaks>\
         <colBreaks count=\"1\"><brk id=\"2\" min=\"3\" max=\"7\"/></colBreaks><extLst><ext><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>\
         <x14:sparkline><xm:f>Plan!A5:B5</xm:f><xm:sqref>C5</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>",
    ),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"http://x/table\" Target=\"../tables/table1.xml\"/><Relationship Id=\"2\" Type=\"http://x/comments\" Target=\"../comments1.xml\"/>\
         <Relationship Id=\"3\" Type=\"http://x/vmlDrawing\" Target=\"../drawings/v.vml\"/><Relationship Id=\"4\" Type=\"http://x/drawing\" Target=\"../drawings/d%201.xml\"/>\
         <Relationship Id=\"5\" Type=\"http://x/threadedComment\" Target=\"/xl/threaded.xml\"/><Relationship Id=\"6\" Type=\"http://x/hyperlink\" Target=\"#Plan!A6\" TargetMode=\"External\"/></Relationships>",
    ),
    (
        "xl/worksheets/sheet2.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>COUNTA(Plan!A5:A9)</f><v>3</v></c></row></sheetData></worksheet>",
    ),
    ("xl/tables/table1.xml", "<table displayName=\"T\" ref=\"A4:C6\"><autoFilter ref=\"A4:C6\"/><sortState ref=\"A5:C6\"/></table>"),
    ("xl/comments1.xml", "<comments><commentList><comment ref=\"A6\"/></commentList></comments>"),
    ("xl/threaded.xml", "<ThreadedComments><threadedComment ref=\"A6\"/></ThreadedComments>"),
    (
        "xl/drawings/v.vml",
        "<xml><v:shape><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 15, 5, 2, 3, 31, 8, 1</x:Anchor><x:Row>5</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>",
    ),
    (
        "xl/drawings/d 1.xml",
        "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
         <xdr:to><xdr:col>2</xdr:col><xdr:colOff>1</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>1</xdr:rowOff></xdr:to></xdr:twoCellAnchor></xdr:wsDr>",
    ),
    (
        "xl/drawings/_rels/d 1.xml.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"http://x/chart\" Target=\"../charts/c.xml\"/></Relationships>",
    ),
    ("xl/charts/c.xml", "<c:chart><c:f>Plan!$A$5:$A$9</c:f></c:chart>"),
    (
        "xl/pivotCache/p.xml",
        "<pivotCacheDefinition><cacheSource><worksheetSource ref=\"A4:C9\" sheet=\"Plan\"/></cacheSource></pivotCacheDefinition>",
    ),
    ("xl/calcChain.xml", "<calcChain><c r=\"A1\"/></calcChain>"),
];

fn package() -> Parts {
    PARTS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn names() -> Vec<String> {
    PARTS.iter().map(|(name, _)| (*name).to_owned()).collect()
}

#[test]
fn every_part_that_is_concerned_is_found() {
    let parts = package();
    let done = shift_package(&|name| parts.get(name).cloned(), &names(), "xl/worksheets/sheet1.xml", &insert(6, 1)).expect("moved");
    let changed: BTreeMap<&str, &str> =
        done.parts.iter().map(|(name, part)| (name.as_str(), std::str::from_utf8(part).expect("UTF-8"))).collect();
    let says =
        |name: &str, what: &str| assert!(changed.get(name).is_some_and(|part| part.contains(what)), "{name}: {:?}", changed.get(name));
    says("xl/workbook.xml", "Plan!$A$1:$C$10");
    says("xl/worksheets/sheet1.xml", "<f>SUM(Plan!A1:A5,Summary!A1,A:A,5:7)</f>");
    says("xl/worksheets/sheet1.xml", "<row r=\"7\"><c r=\"A7\"/><c r=\"B7\"><f>A7&amp;\"é\"</f><v>2</v></c>");
    says("xl/worksheets/_rels/sheet1.xml.rels", "#Plan!A7");
    says("xl/worksheets/sheet2.xml", "COUNTA(Plan!A5:A10)");
    says("xl/tables/table1.xml", "ref=\"A4:C7\"><autoFilter ref=\"A4:C7\"/><sortState ref=\"A5:C7\"/>");
    says("xl/comments1.xml", "A7");
    says("xl/threaded.xml", "A7");
    says("xl/drawings/v.vml", "1, 15, 6, 2, 3, 31, 9, 1</x:Anchor><x:Row>6<");
    says("xl/drawings/d 1.xml", "<xdr:row>8</xdr:row>");
    says("xl/charts/c.xml", "Plan!$A$5:$A$10");
    says("xl/pivotCache/p.xml", "A4:C10");
    assert_eq!((changed.len(), done.drop.as_deref()), (11, Some("xl/calcChain.xml")));
    let places: Vec<_> = done.said.iter().map(|said| (said.place.as_str(), said.what)).collect();
    assert_eq!(places, [("Plan!C7", super::super::SaidWhat::EndsAbove)]);
    let missing = shift_package(&|name| parts.get(name).cloned(), &names(), "xl/worksheets/sheet9.xml", &insert(6, 1));
    assert_eq!(missing.expect_err("refused").to_string(), "xl/worksheets/sheet9.xml is not in the workbook");
    let nothing =
        Shift::new(Axis::Rows, 3, 2, old(4, 5)[..0].iter().copied().chain([Placed::Old(3), Placed::Old(4)]).collect()).expect("a shift");
    let done = shift_package(&|name| parts.get(name).cloned(), &names(), "xl/worksheets/sheet1.xml", &nothing).expect("moved");
    assert!(done.parts.is_empty() && done.drop.is_none());
}

#[test]
fn damage_is_refused_or_carried_along_and_never_a_fault() {
    let mut state = 42u64;
    let mut random = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit.max(1)
    };
    let kinds = [
        PartKind::MovedSheet,
        PartKind::OtherSheet { name: "Summary" },
        PartKind::Workbook,
        PartKind::Table { on_moved_sheet: true },
        PartKind::SingleCells,
        PartKind::Comments,
        PartKind::ThreadedComments,
        PartKind::VmlDrawing { on_moved_sheet: true },
        PartKind::Drawing { on_moved_sheet: true },
        PartKind::Chart,
        PartKind::ControlProperties { on_moved_sheet: true },
        PartKind::PivotCacheDefinition,
        PartKind::PivotTable,
        PartKind::Relationships,
    ];
    let shifts =
        [insert(6, 2), delete(5, 6), moved(9, 5), columns(&insert(2, 1)), columns(&delete(2, 2)), columns(&moved(3, 1)), insert(1, 1)];
    for run in 0..if cfg!(debug_assertions) { 6_000 } else { 60_000 } {
        let bytes = damaged(PARTS[random(PARTS.len())].1.as_bytes(), &mut random);
        let kind = kinds[if run % 2 == 0 { run / 2 % kinds.len() } else { 0 }];
        let around = Around { moved_sheet: "Plan", sheets: &[] };
        let _ = shift_part(kind, &bytes, &shifts[random(shifts.len())], around);
        if run % 8 == 0 {
            let mut parts = package();
            parts.insert(PARTS[random(PARTS.len())].0.to_owned(), bytes);
            let _ = shift_package(&|name| parts.get(name).cloned(), &names(), "xl/worksheets/sheet1.xml", &shifts[0]);
        }
    }
}

/// A part with a few of its bytes changed, left out or doubled.
fn damaged(part: &[u8], random: &mut dyn FnMut(usize) -> usize) -> Vec<u8> {
    let odd = [
        "<",
        ">",
        "&",
        "\"",
        "'",
        "!",
        "$",
        "0",
        "4294967295",
        "1048576",
        "XFD",
        ":",
        "[",
        "]",
        "é",
        "<![CDATA[",
        "]]>",
        "/>",
        "#REF!",
        " ",
    ];
    let mut bytes = part.to_vec();
    for _ in 0..=random(3) {
        let at = random(bytes.len());
        match random(4) {
            0 => {
                bytes.splice(at..at, odd[random(odd.len())].bytes());
            }
            1 => {
                let end = (at + 1 + random(12)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => bytes[at] = random(256) as u8,
            _ => {
                let from = random(bytes.len());
                let piece = bytes[from..(from + random(60)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}
