//! The hostile files, one a line, and how each ends.

use super::builder::*;

pub(crate) struct Case {
    pub name: &'static str,
    pub file: Vec<u8>,
    pub ends: Ends,
}

pub(crate) enum Ends {
    /// Refused with these words among others.
    Saying(&'static str),
    /// Read, the harm being left out.
    Read,
    /// However it likes, in time.
    Either,
}

use Ends::{Either, Read, Saying};

pub(crate) fn cases() -> Vec<Case> {
    let mut all = zips();
    all.extend(markup());
    all.extend(old_and_binary());
    all.into_iter().map(|(name, file, ends)| Case { name, file, ends }).collect()
}

type Line = (&'static str, Vec<u8>, Ends);

fn with(entries: Vec<Entry>) -> Vec<u8> {
    zip_of(&[sound(), entries].concat())
}

fn zips() -> Vec<Line> {
    let mb = |count: usize| vec![b' '; count << 20];
    let lying = |size| Entry { size, ..Entry::deflated("xl/styles.xml", &mb(15)) };
    let sound_zip = zip_of(&sound());
    let first = sound()[0].clone();
    let overlapping = Entry { offset: Some(0), name: "xl/a.xml".into(), ..first.clone() };
    let quine = honest(&[("a.zip", &honest(&[("xl/worksheets/sheet1.xml", &mb(60))]))]);
    let many: Vec<Entry> = (0..100_000).map(|n| Entry::stored(&format!("xl/{n}.xml"), b"")).collect();
    let name = |name: &str| vec![Entry::stored(name, b"<a/>")];
    vec![
        ("bomb in one part", with(vec![Entry::deflated("xl/worksheets/sheet2.xml", &mb(97))]), Saying("unpack to more than 96 MB")),
        (
            "bomb in many parts",
            with((0..20).map(|n| Entry::deflated(&format!("xl/a{n}.xml"), &mb(15))).collect()),
            Saying("it would unpack to more than 144 MB"),
        ),
        ("bomb by its ratio", with(vec![Entry::deflated("xl/worksheets/sheet2.xml", &mb(40))]), Saying("250 times its size")),
        ("bomb inside a zip", with(vec![Entry::stored("xl/embeddings/a.zip", &quine)]), Read),
        ("says it is small", with(vec![lying(10)]), Saying("cannot be unpacked")),
        ("says it is large", with(vec![lying(16 << 20)]), Saying("another size than it says")),
        ("says it is huge", with(vec![lying(u32::MAX)]), Saying("unpack to more than 16 MB")),
        ("overlapping", with(vec![overlapping]), Saying("its parts overlap")),
        ("the same name twice", with(vec![first]), Saying("the same name")),
        ("the same name in capitals", with(name("XL/WORKBOOK.XML")), Saying("the same name")),
        ("the same name with a backslash", with(name("xl\\workbook.xml")), Saying("the same name")),
        ("100,000 entries", zip_of(&many), Saying("more than 20,000 parts")),
        ("a name that leads out", with(name("../../etc/passwd.xml")), Saying("outside the file")),
        ("a long name", with(name(&"a".repeat(60_000))), Saying("far too long")),
        ("cut short", sound_zip[..sound_zip.len() - 40].into(), Saying("copied completely")),
        ("cut in the middle", sound_zip[..sound_zip.len() / 2].into(), Saying("copied completely")),
        (
            "a zip with the head of a compound file",
            [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &sound_zip].concat(),
            Saying("damaged"),
        ),
        ("no workbook", honest(&[("a.txt", b"a")]), Saying("it is not a workbook")),
        ("nothing in it", honest(&[]), Saying("it is not a workbook")),
        (
            "macros and links",
            with(vec![Entry::stored("xl/vbaProject.bin", b"a"), Entry::stored("xl/externalLinks/externalLink1.xml", b"<")]),
            Read,
        ),
    ]
}

fn markup() -> Vec<Line> {
    let sheet = |rows: &str| xlsx(&sheet_of(rows), &[]);
    let strings = |text: &str| xlsx(&sheet_of("<row><c t=\"s\"><v>0</v></c></row>"), &[("xl/sharedStrings.xml", text.as_bytes())]);
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE sst [<!ENTITY l0 \"lol\">{laughs}]><sst><si><t>&l9;</t></si></sst>");
    let outside = "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>";
    let deep = "<a>".repeat(1_000_000);
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    let copies: String = (0..200_000).map(|n| format!("<row r=\"{}\"><c t=\"s\"><v>0</v></c></row>", n + 1)).collect();
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(32_000));
    let format = format!("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs>", "0".repeat(1 << 20));
    let styles = format!("{format}{}</cellXfs></styleSheet>", "<xf numFmtId=\"200\"/>".repeat(60_000));
    let many_styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(1_000_000));
    let merge = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>";
    let parts = |sheets| {
        let parts = xlsx_parts(&sheet_of("<row><c><v>1</v></c></row>"), sheets);
        honest(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
    };
    let shared: Vec<Entry> = sound()
        .into_iter()
        .map(|entry| match entry.name.as_str() {
            "xl/workbook.xml" => {
                let sheets: String = (0..500).map(|n| format!("<sheet name=\"S{n}\" r:id=\"r1\"/>")).collect();
                Entry::stored("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>").as_bytes())
            }
            _ => entry,
        })
        .collect();
    vec![
        ("a huge count of texts", strings("<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>"), Read),
        (
            "a huge count behind another",
            strings("<!-- <sst> --><x:sst a=\"uniqueCount>\" uniqueCount = '4294967295'><si><t>a</t></si></x:sst>"),
            Either,
        ),
        ("a huge count in UTF-16", strings_in_utf16(), Either),
        ("one long text", strings(&format!("<sst><si><t>{}</t></si></sst>", "ab".repeat(2 << 20))), Saying("far too long")),
        ("very many texts", strings(&format!("<sst>{}</sst>", "<si/>".repeat(3_000_000))), Saying("2,000,000 different texts")),
        (
            "one text in very many cells",
            xlsx(&sheet_of(&copies), &[("xl/sharedStrings.xml", long.as_bytes())]),
            Saying("million characters"),
        ),
        (
            "a long format in many styles",
            xlsx(&sheet_of(""), &[("xl/styles.xml", styles.as_bytes())]),
            Saying("cell styles are far too long"),
        ),
        ("very many styles", xlsx(&sheet_of(""), &[("xl/styles.xml", many_styles.as_bytes())]), Saying("cell styles")),
        (
            "two cells far apart",
            sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
            Read,
        ),
        ("a cell with an overlong address", sheet("<row r=\"1\"><c r=\"AAAAAAAAAAAAAAAA99999999999999\"><v>1</v></c></row>"), Either),
        ("entities that grow", strings(&laughs), Saying("entities")),
        ("an entity from outside", strings(outside), Saying("entities")),
        ("a million elements deep", xlsx(&sheet_of(&deep), &[]), Either),
        ("five million elements deep", xlsx(&sheet_of(&deep.repeat(5)), &[]), Saying("inside one another")),
        ("tags that are not closed", sheet("<row><c><v>1"), Either),
        (
            "a million attributes",
            xlsx(&format!("<worksheet><sheetData><row{attributes}><c><v>1</v></c></row></sheetData></worksheet>"), &[]),
            Either,
        ),
        ("a million attributes on a cell", xlsx(&sheet_of(&format!("<row><c{attributes}><v>1</v></c></row>")), &[]), Either),
        ("a merge over the whole sheet", xlsx(merge, &[]), Read),
        ("five thousand sheets", parts(5_000), Saying("more than 1,000 sheets")),
        ("a thousand sheets", parts(1_000), Read),
        ("five hundred sheets in one part", zip_of(&shared), Saying("the same part")),
    ]
}

fn strings_in_utf16() -> Vec<u8> {
    let text = "<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let bytes: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    xlsx(&sheet_of("<row><c t=\"s\"><v>0</v></c></row>"), &[("xl/sharedStrings.xml", &bytes)])
}

fn old_and_binary() -> Vec<Line> {
    let cell = |row: u16, column: u16| old_record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat());
    let far = [cell(0, 0), cell(65_535, 255)].concat();
    let claims = [old_record(0x0200, &[&[0; 4][..], &u32::MAX.to_le_bytes(), &[0, 0, 255, 255, 0, 0]].concat()), cell(0, 0)].concat();
    let label = old_record(0x0204, &[0, 0, 0, 0, 0, 0, 255, 255, 0]);
    let shared = [&[1, 0, 0, 0, 1, 0, 0, 0, 0, 125, 0][..], &[b'a'; 8_000]].concat();
    let more: Vec<u8> = (0..3).flat_map(|_| old_record(0x3C, &[&[0][..], &[b'a'; 8_000]].concat())).collect();
    let texts = [old_record(0xFC, &shared), more].concat();
    let copies = old_record(0xFD, &[0; 10]).repeat(100_000);
    let names = vec![Vec::new(); 30];
    let mut looped = xls(&[], &[cell(0, 0).repeat(1_000)]);
    // The table of sectors: each follows itself.
    let table = 512 * (1 + u32::from_le_bytes(looped[76..80].try_into().unwrap()) as usize);
    for at in 0..128u32 {
        looped[table + 4 * at as usize..][..4].copy_from_slice(&at.to_le_bytes());
    }
    let mut lists = looped.clone();
    lists[68..72].copy_from_slice(&[0; 4]);
    let repeat = |rows: u64, columns: u64| {
        ods(&format!(
            "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"{rows}\">\
             <table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"float\" office:value=\"1\"/>\
             </table:table-row></table:table>"
        ))
    };
    let spaces = "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>\
                  <text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row></table:table>";
    let sheet = [record(0x94, &[0; 16]), record(0x91, &[]), record(0, &[0; 20]), record(5, &[0; 16]), record(0x92, &[])].concat();
    let count = record(0x9F, &[255; 8]);
    let item = record(0x13, &[&[0][..], &wide(&"a".repeat(100_000))].concat());
    let stale = [count.clone(), item, record(0x13, &[]).repeat(1_000_000)].concat();
    let long_record = [&count[..], &[0x13, 0xFF, 0xFF, 0xFF, 0x7F]].concat();
    vec![
        ("xls", xls(&[], &[cell(0, 0)]), Either),
        ("xls with cells far apart", xls(&[], &[far]), Read),
        ("xls that claims a huge extent", xls(&[], &[claims]), Either),
        ("xls with texts that claim room", xls(&[], &[label.repeat(100_000)]), Read),
        ("xls with one text in very many cells", xls(&texts, &[copies]), Saying("million characters")),
        ("xls with empty sheets", xls(&[], &names), Either),
        ("compound file in a circle", looped, Saying("lead back to themselves")),
        ("compound file with lists in a circle", lists, Either),
        (
            "compound file that is encrypted in a way of its own",
            compound(&[("/EncryptedPackage", &[0; 5_000])]),
            Saying("only Excel opens"),
        ),
        ("compound file of a letter", compound(&[("/WordDocument", &[0; 5_000])]), Saying("a Word document")),
        ("compound file cut short", compound(&[("/Workbook", &[0; 5_000])])[..1_000].into(), Saying("copied completely")),
        ("ods with repeated rows", repeat(1_048_576, 10), Saying("repeat to more than 1,000,000 cells")),
        ("ods with repeated columns", repeat(1_000_000_000, 1_000_000_000), Saying("repeat to more than 1,000,000 cells")),
        ("ods with a huge number", repeat(u64::MAX, u64::MAX), Saying("repeat to more than 1,000,000 cells")),
        ("ods with a text of spaces", ods(spaces), Saying("million characters")),
        ("ods with a table that has no end", ods("<table:table table:name=\"A\">"), Saying("read to its end")),
        ("xlsb", xlsb(&sheet, &[]), Either),
        ("xlsb with a huge count of texts", xlsb(&sheet, &count), Either),
        ("xlsb with texts read again and again", xlsb(&sheet, &stale), Saying("longer than its part")),
        ("xlsb with a record that does not end", xlsb(&sheet, &long_record), Saying("longer than its part")),
    ]
}
