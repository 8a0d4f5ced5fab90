//! Builds workbooks that lie: a zip whose headers say anything, the parts of small workbooks, records and compound files.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// An entry of a zip, and what its headers say of it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub name: String,
    pub packed: Vec<u8>,
    pub method: u16,
    pub sum: u32,
    pub size: u32,
    /// Where the directory says that it starts, when that is a lie.
    pub offset: Option<u32>,
}

impl Entry {
    pub(crate) fn stored(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.into(), packed: bytes.into(), method: 0, sum: crc32fast::hash(bytes), size: bytes.len() as u32, offset: None }
    }

    pub(crate) fn deflated(name: &str, bytes: &[u8]) -> Self {
        let zip = honest(&[("x", bytes)]);
        let start = 30 + usize::from(zip[26]) + usize::from(u16::from_le_bytes([zip[28], zip[29]]));
        let length = u32::from_le_bytes(zip[18..22].try_into().unwrap()) as usize;
        Self { packed: zip[start..start + length].into(), method: 8, ..Self::stored(name, bytes) }
    }
}

/// A zip with just these entries, saying what they say.
pub(crate) fn zip_of(entries: &[Entry]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = entry.offset.unwrap_or(zip.len() as u32);
        let mut common = vec![20, 0, 0, 8];
        common.extend(entry.method.to_le_bytes());
        common.extend([0, 0, 0x21, 0]);
        for word in [entry.sum, entry.packed.len() as u32, entry.size] {
            common.extend(word.to_le_bytes());
        }
        common.extend((entry.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        zip.extend([&b"PK\x03\x04"[..], &common, entry.name.as_bytes(), &entry.packed].concat());
        directory.extend([&b"PK\x01\x02\x14\0"[..], &common, &[0; 10], &offset.to_le_bytes(), entry.name.as_bytes()].concat());
    }
    let (start, count) = (zip.len() as u32, (entries.len() as u16).to_le_bytes());
    let length = (directory.len() as u32).to_le_bytes();
    zip.extend([&directory[..], b"PK\x05\x06\0\0\0\0", &count, &count, &length, &start.to_le_bytes(), &[0, 0]].concat());
    zip
}

/// A zip that tells the truth.
pub(crate) fn honest(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(false);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of an .xlsx with so many sheets: the first holds this, the others one cell.
pub(crate) fn xlsx_parts(sheet: &str, sheets: usize) -> Vec<(String, Vec<u8>)> {
    let numbers = 1..=sheets;
    let listed: String = numbers.clone().map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect();
    let related = |n| format!("<Relationship Id=\"r{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");
    let relations: String = numbers.clone().map(related).collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".into(),
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>\
                 </Relationships>"
            ),
        ),
        ("xl/workbook.xml".into(), format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".into(), format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>")),
        ("xl/worksheets/sheet1.xml".into(), sheet.to_owned()),
    ];
    parts.extend(numbers.skip(1).map(|n| (format!("xl/worksheets/sheet{n}.xml"), sheet_of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"))));
    parts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

pub(crate) fn sheet_of(rows: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// An .xlsx with one sheet and other parts beside it.
pub(crate) fn xlsx(sheet: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let own = xlsx_parts(sheet, 1);
    let own = own.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    honest(&own.chain(others.iter().copied()).collect::<Vec<_>>())
}

/// The entries of a sound small .xlsx, stored, to which lies are added.
pub(crate) fn sound() -> Vec<Entry> {
    let sheet = sheet_of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    xlsx_parts(&sheet, 1).iter().map(|(name, bytes)| Entry::stored(name, bytes)).collect()
}

pub(crate) fn ods(tables: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
    let content = format!("<office:document-content {names}><office:body>{tables}</office:body></office:document-content>");
    honest(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A record of an .xlsb part.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    bytes.extend((0..3).map(|group| (body.len() >> (7 * group)) as u8 & 0x7F | 0x80));
    bytes.push((body.len() >> 21) as u8);
    bytes.extend(body);
    bytes
}

pub(crate) fn wide(text: &str) -> Vec<u8> {
    let halves: Vec<u16> = text.encode_utf16().collect();
    [(halves.len() as u32).to_le_bytes().to_vec(), halves.iter().flat_map(|half| half.to_le_bytes()).collect()].concat()
}

/// An .xlsb with one sheet.
pub(crate) fn xlsb(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let bundle = [&[0; 8][..], &wide("r1"), &wide("S1")].concat();
    let workbook = [record(0x9C, &bundle), record(0x90, &[]), record(0x9D, &[])].concat();
    let relations = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let first = "<Relationships><Relationship Type=\"x/relationships/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>";
    honest(&[
        ("_rels/.rels", first.as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", strings),
    ])
}

/// A record of an .xls stream.
pub(crate) fn old_record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// An .xls whose sheets hold these records and whose workbook these.
pub(crate) fn xls(globals: &[u8], sheets: &[Vec<u8>]) -> Vec<u8> {
    let begin = old_record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let listed: usize = (0..sheets.len()).map(|_| old_record(0x85, &[0; 10]).len()).sum();
    let mut start = begin.len() + globals.len() + listed + 4;
    let (mut list, mut rest) = (Vec::new(), Vec::new());
    for (at, sheet) in sheets.iter().enumerate() {
        list.extend(old_record(
            0x85,
            &[&(start as u32).to_le_bytes()[..], &[0, 0, 2, 0, b'A' + (at % 26) as u8, b'A' + (at / 26 % 26) as u8]].concat(),
        ));
        let records = [&begin[..], sheet, &old_record(0x0A, &[])].concat();
        start += records.len();
        rest.extend(records);
    }
    compound(&[("/Workbook", &[begin, globals.to_vec(), list, old_record(0x0A, &[]), rest].concat())])
}

/// A compound file with these streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        if let Some((folder, _)) = name.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).unwrap();
        }
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
