//! Kinds of files that ask for far more than they are worth, each of any size: few bytes that many things are to be made of.

use std::fmt::Write as _;

use super::builder::{honest, ods, xlsx, xlsx_parts};

/// A kind of file.
pub(crate) struct Kind {
    pub name: &'static str,
    pub ending: &'static str,
    /// The file of a size.
    pub file: fn(usize) -> Vec<u8>,
    /// The size at which it is tried in full.
    pub size: usize,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const HEADINGS: &str = "Ref,Action,Start,Completed by,Measure,Lead officer,Status,Comment";

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "runs of hidden columns",
        ending: "xlsx",
        file: |n| around(&"<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(n), ""),
        size: 440_000,
    },
    Kind { name: "equal merges", ending: "xlsx", file: |n| merges((0..n).map(|_| "A1:H1000".to_owned())), size: 480_000 },
    Kind {
        name: "merges one over another",
        ending: "xlsx",
        file: |n| merges((0..n).map(|at| format!("A{}:H{}", at + 1, at + 900))),
        size: 100_000,
    },
    Kind {
        name: "merges apart",
        ending: "xlsx",
        file: |n| merges((0..n).map(|at| format!("A{}:P{}", 2 * at + 1, 2 * at + 2))),
        size: 100_000,
    },
    Kind { name: "a number format", ending: "xlsx", file: |n| formatted(&"#".repeat(n), 300), size: 1_000_000 },
    Kind { name: "number formats", ending: "xlsx", file: many_formats, size: 60_000 },
    Kind { name: "names of ranges", ending: "xlsx", file: names, size: 100_000 },
    Kind { name: "lists of choices", ending: "xlsx", file: lists, size: 20_000 },
    Kind { name: "conditional formats", ending: "xlsx", file: rules, size: 50_000 },
    Kind { name: "links", ending: "xlsx", file: links, size: 1_000_000 },
    Kind { name: "sheets", ending: "xlsx", file: sheets, size: 1_000 },
    Kind {
        name: "a wide sheet",
        ending: "xlsx",
        file: |n| sheet((0..n).map(|_| ["Status", "Complete", "Action 1.1"].repeat(5_461)), false),
        size: 59,
    },
    Kind {
        name: "rows of one cell",
        ending: "xlsx",
        file: |n| rows(n, |row| format!("<c r=\"A{row}\"><v>{row}</v></c>")),
        size: 1_048_576,
    },
    Kind { name: "rows of a status", ending: "xlsx", file: statuses, size: 1_000_000 },
    Kind {
        name: "long texts of dates",
        ending: "xlsx",
        file: |n| comments(n / 27_000 + 1, &"1.1.1 see 2.3 by 31/03/2024 ".repeat(1_000)),
        size: 13_000_000,
    },
    Kind {
        name: "comments of refs",
        ending: "xlsx",
        file: |n| comments(n, &(1..30).map(|at| format!("{at}.{at}.{at} ")).collect::<String>()),
        size: 30_000,
    },
    Kind {
        name: "the same cell again",
        ending: "xlsx",
        file: |n| around("", &format!("<row r=\"1\">{}</row>", "<c r=\"A1\"><v>1</v></c>".repeat(n))),
        size: 1_000_000,
    },
    Kind { name: "repeated rows", ending: "ods", file: |n| repeated(n, 1), size: 1_048_576 },
    Kind { name: "repeated columns", ending: "ods", file: |n| repeated(n, 4_294_967_295), size: 90 },
    Kind { name: "repeats behind other prefixes", ending: "ods", file: aliased, size: 1_000_000 },
    Kind { name: "hidden rows of every sheet", ending: "ods", file: hidden, size: 900 },
    Kind {
        name: "values in one line",
        ending: "csv",
        file: |n| format!("Ref,Action\n1,{}\n", "word,".repeat(n)).into_bytes(),
        size: 41_000_000,
    },
    Kind { name: "one value", ending: "csv", file: |n| format!("Ref,Action\n1,{}\n", "word ".repeat(n)).into_bytes(), size: 41_000_000 },
    Kind {
        name: "lines",
        ending: "csv",
        file: |n| {
            (0..n)
                .fold("Ref,Action,Status\n".to_owned(), |mut all, row| {
                    let _ = writeln!(all, "{row},Do {row},Complete");
                    all
                })
                .into_bytes()
        },
        size: 2_000_000,
    },
    Kind {
        name: "letters of Windows",
        ending: "csv",
        file: |n| [b"Ref,Action\n".to_vec(), [b"1,", &b"caf\xE9 ".repeat(195)[..], b"\n"].concat().repeat(n / 978 + 1)].concat(),
        size: 190_000_000,
    },
    Kind {
        name: "marks without values",
        ending: "csv",
        file: |n| format!("Ref,Action\n{}", ",".repeat(n)).into_bytes(),
        size: 100_000_000,
    },
    Kind {
        name: "an open quotation",
        ending: "csv",
        file: |n| format!("Ref,Action\n\"{}", "a\n".repeat(n)).into_bytes(),
        size: 50_000_000,
    },
];

/// A sheet with something before its cells, and rows.
fn around(before: &str, rows: &str) -> Vec<u8> {
    let columns = if before.is_empty() { String::new() } else { format!("<cols>{before}</cols>") };
    let first = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    xlsx(
        &format!("<worksheet xmlns=\"{MAIN}\">{columns}<sheetData>{}</sheetData></worksheet>", if rows.is_empty() { first } else { rows }),
        &[],
    )
}

fn letters(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, (b'A' + (at % 26) as u8) as char);
        if at < 26 {
            return name;
        }
        at = at / 26 - 1;
    }
}

fn rows(count: usize, cells: impl Fn(usize) -> String) -> Vec<u8> {
    let rows = (1..=count).fold(String::new(), |mut rows, row| {
        let _ = write!(rows, "<row r=\"{row}\">{}</row>", cells(row));
        rows
    });
    around("", &rows)
}

/// Texts as rows of cells, perhaps behind a plan's headings, with what stands behind them.
fn sheet_with(texts: impl Iterator<Item = Vec<impl AsRef<str>>>, headed: bool, after: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let mut data = String::new();
    let mut add = |row: usize, texts: &mut dyn Iterator<Item = &str>| {
        let _ = write!(data, "<row r=\"{row}\">");
        for (at, text) in texts.enumerate() {
            let _ = write!(data, "<c r=\"{}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", letters(at));
        }
        data.push_str("</row>");
    };
    if headed {
        add(1, &mut HEADINGS.split(','));
    }
    for (row, texts) in (if headed { 2 } else { 1 }..).zip(texts) {
        add(row, &mut texts.iter().map(AsRef::as_ref));
    }
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    xlsx(&format!("<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{office}\"><sheetData>{data}</sheetData>{after}</worksheet>"), others)
}

fn sheet(texts: impl Iterator<Item = Vec<&'static str>>, headed: bool) -> Vec<u8> {
    sheet_with(texts, headed, "", &[])
}

/// Rows of a plan.
fn plan(count: usize) -> impl Iterator<Item = Vec<String>> {
    let row = |at: usize| {
        let status = ["Complete", "In progress", "Not started"][at % 3];
        [&format!("1.{at}"), &format!("Do thing {at}"), "01/04/2024", "31/03/2025", "Count", "J Smith", status, &format!("Update {at}")]
            .map(str::to_owned)
            .into()
    };
    (1..=count).map(row)
}

fn merges(ranges: impl Iterator<Item = String>) -> Vec<u8> {
    let merges: String = ranges.map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
    sheet_with(plan(2_000), true, &format!("<mergeCells>{merges}</mergeCells>"), &[])
}

fn formatted(format: &str, cells: usize) -> Vec<u8> {
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts><cellXfs><xf/><xf numFmtId=\"200\"/></cellXfs></styleSheet>"
    );
    let data: String = (1..=cells).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"><v>{row}.5</v></c></row>")).collect();
    xlsx(&format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"), &[("xl/styles.xml", styles.as_bytes())])
}

fn many_formats(count: usize) -> Vec<u8> {
    let formats: String =
        (0..count).map(|at| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}{at}\"/>", 200 + at, "0,".repeat(60))).collect();
    let xfs: String = (0..count).map(|at| format!("<xf numFmtId=\"{}\"/>", 200 + at)).collect();
    let styles = format!("<styleSheet xmlns=\"{MAIN}\"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>");
    let data: String =
        (1..=count).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"{}\"><v>{row}</v></c></row>", row - 1)).collect();
    xlsx(&format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"), &[("xl/styles.xml", styles.as_bytes())])
}

/// As many names of ranges as lists that are looked for among them.
fn names(count: usize) -> Vec<u8> {
    let lists: String = (0..count / 5)
        .map(|at| format!("<dataValidation type=\"list\" sqref=\"H{}\"><formula1>n{}</formula1></dataValidation>", at + 1, count - at))
        .collect();
    let own = sheet_with(plan(300), true, &format!("<dataValidations>{lists}</dataValidations>"), &[]);
    let names: String = (0..count).map(|at| format!("<definedName name=\"n{at}\">S1!$A$1:$A$1000</definedName>")).collect();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(own)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut text = String::new();
        let mut file = zip.by_index(at).unwrap();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        let text = if name == "xl/workbook.xml" {
            text.replace("</sheets>", &format!("</sheets><definedNames>{names}</definedNames>"))
        } else {
            text
        };
        parts.push((name, text));
    }
    honest(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// Lists that each offer a thousand texts of the sheet.
fn lists(count: usize) -> Vec<u8> {
    let lists: String = (1..=count)
        .map(|at| format!("<dataValidation type=\"list\" sqref=\"H{at}:H{}\"><formula1>$B$2:$B$1001</formula1></dataValidation>", at + 999))
        .collect();
    sheet_with(plan(2_000), true, &format!("<dataValidations>{lists}</dataValidations>"), &[])
}

fn rules(count: usize) -> Vec<u8> {
    let rule = |at: usize| {
        format!(
            "<conditionalFormatting sqref=\"G{at}:G{}\"><cfRule type=\"cellIs\" operator=\"equal\" dxfId=\"0\" priority=\"{at}\">\
             <formula>\"Complete{at}\"</formula></cfRule></conditionalFormatting>",
            at + 1_000
        )
    };
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><dxfs><dxf><fill><patternFill><bgColor rgb=\"FFFF0000\"/></patternFill></fill></dxf></dxfs></styleSheet>"
    );
    sheet_with(plan(count), true, &(1..=count).map(rule).collect::<String>(), &[("xl/styles.xml", styles.as_bytes())])
}

fn links(count: usize) -> Vec<u8> {
    let links = (1..=count).fold(String::new(), |mut links, at| {
        let _ = write!(links, "<hyperlink ref=\"A{at}\" r:id=\"h1\"/>");
        links
    });
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    let relations = format!(
        "<Relationships><Relationship Id=\"h1\" Type=\"{kind}\" Target=\"https://example.org/\" TargetMode=\"External\"/></Relationships>"
    );
    let others: [(&str, &[u8]); 1] = [("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes())];
    sheet_with(plan(20), true, &format!("<hyperlinks>{links}</hyperlinks>"), &others)
}

fn sheets(count: usize) -> Vec<u8> {
    let one = sheet_with(plan(60), true, "", &[]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(one)).unwrap();
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut text).unwrap();
    let parts = xlsx_parts("", count);
    let parts = parts.iter().map(|(name, bytes)| (name.as_str(), if name.contains("worksheets/") { &*text } else { &**bytes }));
    honest(&parts.collect::<Vec<_>>())
}

fn statuses(count: usize) -> Vec<u8> {
    let headed = |row: usize| match row {
        1 => "<c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>2</v></c>".to_owned(),
        row => format!("<c r=\"B{row}\" t=\"s\"><v>0</v></c>"),
    };
    let data = (1..=count).fold(String::new(), |mut rows, row| {
        let _ = write!(rows, "<row r=\"{row}\">{}</row>", headed(row));
        rows
    });
    let texts =
        format!("<sst xmlns=\"{MAIN}\" uniqueCount=\"3\"><si><t>Complete</t></si><si><t>Action</t></si><si><t>Status</t></si></sst>");
    xlsx(&format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"), &[("xl/sharedStrings.xml", texts.as_bytes())])
}

fn comments(count: usize, comment: &str) -> Vec<u8> {
    let rows = plan(count).map(|mut row: Vec<String>| {
        (row[6], row[7]) = ("Complete".to_owned(), comment.to_owned());
        row
    });
    sheet_with(rows, true, "", &[])
}

fn repeated(rows: usize, columns: u64) -> Vec<u8> {
    let cell = format!(
        "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"{columns}\"><text:p>x</text:p></table:table-cell>"
    );
    let row = if columns == 1 {
        format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row>")
    } else {
        format!("<table:table-row>{cell}</table:table-row>").repeat(rows)
    };
    ods(&format!("<table:table table:name=\"S\">{row}</table:table>"))
}

fn aliased(rows: usize) -> Vec<u8> {
    let content = format!(
        "<o:document-content xmlns:o=\"o\" xmlns:t=\"t\" xmlns:x=\"x\"><o:body><o:spreadsheet><t:table t:name=\"S\"><t:table-row t:number-rows-repeated=\"{rows}\">\
         <t:table-cell t:number-columns-repeated=\"16384\" o:value-type=\"string\"><x:p>x</x:p></t:table-cell></t:table-row></t:table>\
         </o:spreadsheet></o:body></o:document-content>"
    );
    honest(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn hidden(sheets: usize) -> Vec<u8> {
    let row = "<table:table-row table:number-rows-repeated=\"1000000\" table:visibility=\"collapse\"><table:table-cell/></table:table-row>\
               <table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    ods(&(0..sheets).map(|at| format!("<table:table table:name=\"S{at}\">{row}</table:table>")).collect::<String>())
}
