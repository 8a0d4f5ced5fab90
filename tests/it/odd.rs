//! Files that are odd but sound: each is read, or refused for what it is, and every cell of it is accounted for.

use plandesk::{
    app::open::{Opened, open_bytes},
    notes::{Code, Note},
};

use super::hostile::builder::{compound, honest, ods, old_record, sheet_of, xls, xlsx, xlsx_parts};

fn read(name: &str, bytes: &[u8]) -> Opened {
    open_bytes(name, bytes, &|_| true).unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    open_bytes(name, bytes, &|_| true).unwrap_err().to_string()
}

fn noted(opened: &Opened, code: Code) -> Vec<&Note> {
    opened.notes.iter().filter(|note| note.code == code).collect()
}

/// Cells, and those in notes and nowhere.
fn account(opened: &Opened) -> (usize, usize, usize) {
    (opened.accounted.cells, opened.accounted.in_notes, opened.accounted.unread)
}

const TEXTS: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Ref</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Action</t></is></c>\
                     <c r=\"C1\" t=\"inlineStr\"><is><t>Cost</t></is></c></row>\
                     <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>Sow the field</t></is></c>";

#[test]
fn formulas_without_a_stored_value_are_counted_and_placed() {
    let cells = "<c r=\"C2\"><f>1+1</f></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"C3\"><f>C2</f><v></v></c></row>\
                 <row r=\"4\"><c r=\"A4\"><v>3</v></c><c r=\"B4\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"C4\"><f>C3</f><v/></c></row>\
                 <row r=\"5\"><c r=\"A5\"><v>4</v></c><c r=\"B5\"><f>1</f><v>1</v></c><c r=\"C5\"><f>C4</f></c></row>";
    let opened = read("plan.xlsx", &xlsx(&sheet_of(&format!("{TEXTS}{cells}")), &[]));
    let notes = noted(&opened, Code::FormulaWithoutValue);
    assert_eq!(notes.len(), 1);
    assert_eq!(
        (notes[0].place.address.as_str(), notes[0].message.as_str(), notes[0].hint.as_str()),
        (
            "S1!C2",
            "4 formulas of the sheet have no stored value, so their cells are blank here: C2, C3, C4 and 1 more.",
            "Open it in Excel and save it, so the values are stored."
        )
    );
    assert!(notes[0].place.row.is_some(), "it leads to the cell");
    assert_eq!(account(&opened), (13, 6, 0), "the formulas, and two refs that stand alone");
}

#[test]
fn formulas_without_a_value_are_told_in_the_other_formats_too() {
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row = format!(
        "<table:table table:name=\"Plan\"><table:table-row>{}{}</table:table-row><table:table-row>{}\
         <table:table-cell table:formula=\"of:=1\" table:number-columns-repeated=\"2\"/>\
         <table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\"/></table:table-row></table:table>",
        cell("Ref"),
        cell("Action"),
        cell("1.1")
    );
    let opened = read("plan.ods", &ods(&row));
    assert_eq!((noted(&opened, Code::FormulaWithoutValue)[0].place.address.as_str(), opened.accounted.cells), ("Plan!B2", 5));

    let formula = |column: u8, result: [u8; 8]| old_record(0x0006, &[&[0, 0, column, 0, 0, 0][..], &result, &[0; 8]].concat());
    let text = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    let sheet = [
        formula(0, text),
        old_record(0x0207, b"\x02\0\0ok"),
        formula(1, text),
        formula(2, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        formula(3, 1.5_f64.to_le_bytes()),
    ];
    let opened = read("plan.xls", &xls(&[], &[sheet.concat()]));
    let notes = noted(&opened, Code::FormulaWithoutValue);
    assert_eq!(notes[0].message, "The formula in this cell has no stored value, so the cell is blank here.");
    assert_eq!((notes[0].place.address.as_str(), account(&opened)), ("AA!B1", (3, 3, 0)));
}

#[test]
fn a_sheet_that_is_not_read_to_its_end_has_unread_cells() {
    let address = format!("{TEXTS}</row><row r=\"3\"><c r=\"AAAAAA3\"><v>1</v></c><c r=\"B3\"><v>1</v></c></row>");
    let opened = read("plan.xlsx", &xlsx(&sheet_of(&address), &[]));
    assert_eq!((noted(&opened, Code::UnreadSheet).len(), account(&opened)), (1, (7, 0, 2)), "what stands before it is read");

    let kind = format!("{TEXTS}</row><row r=\"3\"><c r=\"A3\" t=\"odd\"><v>1</v></c><c r=\"B3\"><v>1</v></c></row>");
    let opened = read("plan.xlsx", &xlsx(&sheet_of(&kind), &[]));
    let note = noted(&opened, Code::UnreadSheet)[0];
    assert_eq!(note.message, "The sheet “S1” could not be read to its end: a cell after S1!B2 cannot be understood.");
    assert_eq!((account(&opened).0, account(&opened).2), (7, 2));

    let missing = format!("{TEXTS}</row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>99</v></c></row>");
    let merged = sheet_of(&missing).replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>");
    let (grids, _) = plandesk::workbook::open("plan.xlsx", &xlsx(&merged, &[]), &|_| true).unwrap();
    assert_eq!((grids[0].unread, grids[0].merges.len()), (1, 1), "what stands around the cells is read all the same");

    let number = old_record(0x0203, &[0; 14]);
    let mut cut = xls(&[], &[number.repeat(400)]);
    // The last record says that it is longer than the stream.
    let at = cut.windows(number.len()).rposition(|window| window == number).unwrap();
    cut[at + 2..at + 4].copy_from_slice(&[0xFF, 0x7F]);
    let opened = read("plan.xls", &cut);
    assert_eq!((noted(&opened, Code::UnreadSheet).len(), account(&opened).2), (1, 1));
}

#[test]
fn what_is_embedded_does_not_say_what_a_file_is() {
    let number = old_record(0x0203, &[0; 14]);
    let inner = xls(&[], &[number]);
    let mut file = cfb::CompoundFile::open(std::io::Cursor::new(inner)).unwrap();
    let mut records = Vec::new();
    std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut records).unwrap();
    let letter = vec![0; 5_000];
    let workbook = compound(&[("/MBD0001/WordDocument", &letter), ("/Workbook", &records)]);
    assert_eq!(read("plan.xls", &workbook).accounted.cells, 1);
    let document = compound(&[("/ObjectPool/_1/Workbook", &records), ("/WordDocument", &letter)]);
    assert!(refusal("plan.xls", &document).contains("it is a Word document"));
    let slides = compound(&[("/PowerPoint Document", &letter)]);
    assert!(refusal("plan.xls", &slides).contains("it is a presentation"));
}

/// The parts of a workbook of one sheet, with another listed beside it and what leads there.
fn beside(listed: &str, relation: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = xlsx_parts(&sheet_of(&format!("{TEXTS}</row>")), 1);
    for (name, bytes) in &mut parts {
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        *bytes = match name.as_str() {
            "xl/workbook.xml" => text.replace("<sheets>", &format!("<sheets>{listed}")),
            "xl/_rels/workbook.xml.rels" => text.replace("</Relationships>", &format!("{relation}</Relationships>")),
            _ => text,
        }
        .into_bytes();
    }
    let own = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    honest(&own.chain(others.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn sheets_that_are_none_leave_the_others() {
    for lost in
        ["<sheet name=\"Gone\" sheetId=\"9\" r:id=\"\"/>", "<sheet name=\"Gone\" sheetId=\"9\" r:id=\"r77\"/>", "<sheet name=\"Gone\"/>"]
    {
        let opened = read("plan.xlsx", &beside(lost, "", &[]));
        assert_eq!(opened.document.tables.len(), 1, "{lost}");
        assert!(noted(&opened, Code::UnreadSheet)[0].message.contains("lists the sheet “Gone”, but holds nothing of it"), "{lost}");
    }
    let macros = "<Relationship Id=\"m\" Type=\"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\" \
                  Target=\"macrosheets/sheet1.xml\"/>";
    let sheet = sheet_of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let listed = "<sheet name=\"Macro1\" sheetId=\"9\" state=\"veryHidden\" r:id=\"m\"/>";
    let opened = read("plan.xlsm", &beside(listed, macros, &[("xl/macrosheets/sheet1.xml", sheet.as_bytes())]));
    assert_eq!((opened.document.tables.len(), noted(&opened, Code::Macros).len()), (1, 1));
    assert_eq!(noted(&opened, Code::UnreadSheet).len(), 0);
}

/// Workbooks written by LibreOffice and put under the password that Excel tries by itself, in each way there is; one is under another.
#[test]
fn the_password_that_excel_tries_by_itself_is_tried() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/password");
    for name in ["agile.xlsx", "standard.xlsx", "rc4.xls", "crypto_api.xls", "xor.xls"] {
        let opened = read(name, &std::fs::read(folder.join(name)).unwrap());
        let table = &opened.document.tables[0];
        let texts: Vec<&str> = table.rows.iter().map(|row| &*row.cells[1].text).collect();
        assert_eq!((texts, account(&opened)), (vec!["Open the sheds", "Mend the gate"], (12, 0, 0)), "{name}");
    }
    let other = std::fs::read(folder.join("other.xlsx")).unwrap();
    assert!(refusal("other.xlsx", &other).contains("it is protected by a password"));
    let number = old_record(0x0203, &[0; 14]);
    for says in [&[0, 0, 0x34, 0x12, 0x78, 0x56][..], &[0x34, 0x12, 0x78, 0x56], &[1, 0, 1, 0, 1, 0], &[9, 0, 9, 0, 9, 0], &[]] {
        let locked = xls(&old_record(0x002F, says), std::slice::from_ref(&number));
        assert!(refusal("old.xls", &locked).contains("it is protected by a password"), "{says:?}");
    }
}

#[test]
fn a_sparse_sheet_is_read_however_wide_it_is() {
    let number = |row: u16, column: u16| old_record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat());
    let sparse: Vec<u8> = (0..2_000_u16).flat_map(|at| number(at * 32, at % 256)).chain(number(65_535, 255)).collect();
    assert_eq!(read("plan.xls", &xls(&[], &[sparse])).accounted.cells, 2_001);
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
    let row = |row: u32, column: u32| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{row}\"><table:table-cell/></table:table-row><table:table-row>\
             <table:table-cell table:number-columns-repeated=\"{column}\"/>{cell}</table:table-row>"
        )
    };
    let table = format!("<table:table table:name=\"Plan\">{}{}</table:table>", row(5, 16_000), row(900_000, 3));
    assert_eq!(read("plan.ods", &ods(&table)).accounted.cells, 2);
}

#[test]
fn parts_in_utf16_are_read() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let parts = xlsx_parts(&sheet_of(&format!("{TEXTS}</row>")), 1);
        let wide = |text: &[u8]| -> Vec<u8> {
            let text = format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}", std::str::from_utf8(text).unwrap());
            text.encode_utf16().flat_map(order).collect()
        };
        let parts: Vec<(String, Vec<u8>)> = parts.iter().map(|(name, text)| (name.clone(), wide(text))).collect();
        let opened = read("plan.xlsx", &honest(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>()));
        assert_eq!((opened.document.tables.len(), account(&opened)), (1, (5, 0, 0)));
    }
}

#[test]
fn a_flat_spreadsheet_is_read() {
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row = |texts: [&str; 3]| format!("<table:table-row>{}</table:table-row>", texts.map(cell).concat());
    let chart = "<table:shapes><draw:frame><draw:object><office:document><office:chart><table:table table:name=\"local-table\">\
                 <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Not a cell</text:p></table:table-cell></table:table-row>\
                 </table:table></office:chart></office:document></draw:object></draw:frame></table:shapes>";
    let picture = format!("<draw:image><office:binary-data>{}</office:binary-data></draw:image>", "QUJD\n".repeat(400_000));
    let flat = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:draw=\"d\" \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet><table:table table:name=\"Plan\">\
         {chart}{}{}{}</table:table></office:spreadsheet></office:body>{picture}</office:document>",
        row(["Ref", "Action", "Status"]),
        row(["1.1", "Sow the field", "Complete"]),
        row(["1.2", "Mend the gate", "Not started"])
    );
    for bytes in [flat.clone().into_bytes(), format!("\u{feff}{flat}").encode_utf16().flat_map(u16::to_le_bytes).collect()] {
        let opened = read("plan.fods", &bytes);
        assert_eq!((opened.document.tables.len(), opened.document.tables[0].rows.len(), account(&opened)), (1, 2, (9, 0, 0)));
    }
    assert!(refusal("plan.fods", &flat.as_bytes()[..flat.len() - 30]).contains("read to its end"));
}

#[test]
fn a_stray_control_character_does_not_make_a_text_something_else() {
    for stray in ["\u{7}", "\0", "\u{1a}", "\u{1f}\u{b}"] {
        let text = format!("Ref,Action,Lead,Status\n1.1,Sow{stray} the field,Ana,Complete\n1.2,Mend the gate,Ben,Not started\n");
        let opened = read("plan.csv", text.as_bytes());
        assert_eq!((opened.document.tables[0].rows.len(), account(&opened)), (2, (12, 0, 0)), "{stray:?}");
    }
    let bytes: Vec<u8> = (0..4_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(refusal("plan.csv", &bytes).contains("it is not a workbook"));
}
