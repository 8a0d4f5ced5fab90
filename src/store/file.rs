//! The own file format: a document and its notes as JSON with a version number. Takes and gives bytes, never paths.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    validate,
    weight::{TooMuch, made_to_fit, weigh},
};
use crate::{
    model::{Document, harmless_lines, is_harmful},
    notes::{Note, standing},
};

/// The version of the format that is written, and the newest that is read. The first knew five statuses and no scales, the
/// second no frozen returns; both are read as they are.
pub const VERSION: u64 = 3;

/// Why bytes are no document of ours, in words that follow a file's name.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("it is not a plandesk file. Open a workbook or a .plandesk file")]
    NotOurs,
    #[error("it was saved by a newer plandesk (format {0}); update it to open the file")]
    Newer(u64),
    #[error("it was cut off while it was saved or copied. Open an earlier copy")]
    CutOff,
    #[error("it is damaged at line {line}, character {column}. Open an earlier copy")]
    Damaged { line: usize, column: usize },
    #[error("{0}. Open an earlier copy, or undo the change made to the file by hand")]
    Unsound(String),
    #[error("it {0}, so it was not opened. Open an earlier copy, or ask its sender for a fresh one")]
    TooMuch(&'static str),
    #[error("what it holds could not be written down. Export a return instead, and report this")]
    NotWritten,
}

#[derive(Serialize)]
struct Written<'doc> {
    plandesk: u64,
    /// The identity of the document that the file was converted from, and not edited since.
    #[serde(skip_serializing_if = "Option::is_none")]
    converted: Option<&'doc str>,
    document: &'doc Document,
    notes: Vec<&'doc Note>,
}

#[derive(Deserialize)]
struct Read {
    document: Document,
    #[serde(default)]
    notes: Vec<Note>,
}

/// Only the version, read before the rest so that a newer file is told from a damaged one.
#[derive(Deserialize)]
struct Head {
    plandesk: Option<serde_json::Value>,
    #[serde(default)]
    converted: Option<String>,
}

/// Whether bytes look like a file of ours rather than a workbook.
#[must_use]
pub fn looks_ours(bytes: &[u8]) -> bool {
    without_mark(bytes).trim_ascii_start().starts_with(b"{")
}

/// A document and its notes as the bytes of a file.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn encode(document: &Document, notes: &[Note]) -> Result<Vec<u8>, StoreError> {
    write(document, notes, None)
}

/// The same for a file that another was converted into, which a later conversion of that may replace.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn encode_converted(document: &Document, notes: &[Note]) -> Result<Vec<u8>, StoreError> {
    write(document, notes, Some(&document.identity).filter(|identity| !identity.is_empty()).map(|identity| &**identity))
}

/// The identity of the document that a file was converted from, where nobody saved it since.
#[must_use]
pub fn converted_from(bytes: &[u8]) -> Option<String> {
    let head: Head = serde_json::from_slice(without_mark(bytes)).ok()?;
    head.plandesk.and(head.converted)
}

fn write(document: &Document, notes: &[Note], converted: Option<&str>) -> Result<Vec<u8>, StoreError> {
    let cleaned = validate::without_odd_numbers(document);
    let document = cleaned.as_ref().unwrap_or(document);
    let notes = standing(document, notes).map(|(_, note)| note).collect();
    let bytes = serde_json::to_vec(&Written { plandesk: VERSION, converted, document, notes }).map_err(|error| {
        log::error!("a document could not be written down: {:?}", error.classify());
        StoreError::NotWritten
    })?;
    Ok(made_to_fit(bytes, document.tables.iter().flat_map(|table| &table.rows).map(|row| row.cells.len()).sum()))
}

/// The document and the notes in the bytes of a file.
///
/// # Errors
/// When the bytes are not a file of ours, are cut off or damaged, were saved by a newer program, ask for more memory than a file of
/// their size may, or do not hang together.
pub fn decode(bytes: &[u8]) -> Result<(Document, Vec<Note>), StoreError> {
    if !looks_ours(bytes) {
        return Err(StoreError::NotOurs);
    }
    let bytes = without_mark(bytes);
    // The version is looked at first, so that a newer file is told from a damaged one.
    let (weight, weighed) = weigh(bytes);
    match (weight.version, &weighed) {
        (Some(version), _) if version > VERSION => return Err(StoreError::Newer(version)),
        (None | Some(0), Ok(())) => return Err(StoreError::NotOurs),
        _ => {}
    }
    if let Some(why) = weight.refused {
        return Err(StoreError::TooMuch(words(why)));
    }
    weighed.map_err(|error| explain(&error, bytes))?;
    let mut read: Read = serde_json::from_slice(bytes).map_err(|error| explain(&error, bytes))?;
    validate::make_sound(&mut read.document, &mut read.notes).map_err(StoreError::Unsound)?;
    for words in read.notes.iter_mut().flat_map(|note| [&mut note.message, &mut note.hint]).filter(|words| words.contains(is_harmful)) {
        *words = harmless_lines(words).into_owned();
    }
    Ok((read.document, read.notes))
}

fn words(why: TooMuch) -> &'static str {
    match why {
        TooMuch::Memory => "asks for far more memory than a file of its size holds",
        TooMuch::Tables => "has more than 5,000 tables",
        TooMuch::Columns => "has a table of more than 20,000 columns",
    }
}

/// The bytes after the mark some editors put first.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

fn explain(error: &serde_json::Error, bytes: &[u8]) -> StoreError {
    let (line, column) = (error.line(), error.column());
    // A number without its last digits is called wrong rather than cut, so what is wrong at the very end counts as cut too.
    let last_line = bytes.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let at_end = bytes.split(|byte| *byte == b'\n').count() == line && column >= last_line.len();
    if error.is_eof() || (error.is_syntax() && at_end) { StoreError::CutOff } else { StoreError::Damaged { line, column } }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::{
        model::{Cell, Column, ColumnId, Role, Row, RowId, RowKind, Rule, Table, TableId, TableKind, Value, kinds::Kind},
        notes::{Code, Place, Severity},
    };

    fn document() -> Document {
        let columns = [(1, "Ref", Role::Ref), (2, "Completed by", Role::End), (3, "Status", Role::Status)];
        let column = |(id, heading, role): (u32, &str, Role)| Column {
            id: ColumnId(id),
            heading: heading.into(),
            role: Some(role),
            kind: role.kind(),
            width: 80.5,
            source: id,
            ..Column::default()
        };
        let cells = vec![Kind::Ref.enter("1.1.1"), Kind::Date.enter("01/08/2017"), Kind::Status.enter("Complete")];
        let merged = vec![Cell::merged(), Cell::number(0.1 + 0.2, "0.0%"), Cell::text("= text")];
        let row = |id, kind, cells| Row { id: RowId(id), kind, cells, source: id + 4, ..Row::default() };
        let table = Table {
            id: TableId(1),
            name: "Action plan".into(),
            kind: TableKind::Plan,
            sheet: "Plan".into(),
            title: None,
            fields: Vec::new(),
            summary: None,
            columns: columns.map(column).into(),
            rows: vec![row(1, RowKind::Entry, cells), row(2, RowKind::Line, merged)].into(),
            rules: [(RowId(1), Rule::default())].into(),
            ..Table::new(TableKind::Plan, Vec::new(), Vec::new())
        };
        Document::of(vec![table])
    }

    fn edited(edit: impl FnOnce(&mut Json)) -> Vec<u8> {
        let mut json: Json = serde_json::from_slice(&encode(&document(), &[]).unwrap()).unwrap();
        edit(&mut json);
        serde_json::to_vec(&json).unwrap()
    }

    fn refusal(bytes: &[u8]) -> String {
        decode(bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_is_saved_is_what_is_opened() {
        let notes = vec![Note::new(Severity::Warning, Code::Overdue, Place::address("Plan!A5"), "1.1.1 is past its end date", "")];
        let bytes = encode(&document(), &notes).unwrap();
        assert!(looks_ours(&bytes) && bytes.starts_with(br#"{"plandesk":3,"document":{"tables":[{"id":1,"#));
        assert_eq!(decode(&bytes).unwrap(), (document(), notes));
        let marked = ["\u{feff} ".as_bytes(), &bytes].concat();
        assert!(looks_ours(&marked) && decode(&marked).is_ok());
    }

    #[test]
    fn a_converted_file_says_so_until_it_is_saved() {
        let document = Document { identity: "0a1b".into(), ..document() };
        let converted = encode_converted(&document, &[]).unwrap();
        assert_eq!(converted_from(&converted).as_deref(), Some("0a1b"));
        let (opened, notes) = decode(&converted).unwrap();
        assert_eq!(opened, document);
        assert_eq!(converted_from(&encode(&opened, &notes).unwrap()), None);
        assert_eq!(converted_from(b"{\"converted\":\"0a1b\"}"), None);
    }

    #[test]
    fn every_cut_is_called_cut_off_or_refused() {
        let bytes = encode(&document(), &[]).unwrap();
        for end in 1..bytes.len() {
            assert!(refusal(&bytes[..end]).contains("it was cut off"), "{end}");
        }
    }

    #[test]
    fn what_is_not_ours_says_so() {
        for bytes in ["PK\u{3}\u{4}", "Ref,Action", "{}", "[]", r#"{"plandesk":0}"#, r#"{"tables":[]}"#] {
            assert!(refusal(bytes.as_bytes()).starts_with("it is not a plandesk file."), "{bytes}");
        }
        assert_eq!(refusal(br#"{"plandesk":7,"anything":[]}"#), "it was saved by a newer plandesk (format 7); update it to open the file");
        assert_eq!(refusal(br#"{"plandesk":1,"document":5}"#), "it is damaged at line 1, character 26. Open an earlier copy");
    }

    #[test]
    fn a_hand_edited_file_is_made_to_fit_or_refused() {
        let row = |json: &mut Json, at: usize| json["document"]["tables"][0]["rows"][at].take();
        let shortened = edited(|json| json["document"]["tables"][0]["rows"][0]["cells"] = json!([]));
        assert_eq!(decode(&shortened).unwrap().0.tables[0].rows[0].cells.len(), 3);
        let lengthened = edited(|json| json["document"]["tables"][0]["rows"][0]["cells"] = json!([{}, {}, {}, {}]));
        assert!(refusal(&lengthened).starts_with("row 1 of the table “Action plan” has 4 cells for 3 columns."));
        let doubled = edited(|json| {
            let first = row(json, 0);
            json["document"]["tables"][0]["rows"] = json!([first, first]);
        });
        assert!(refusal(&doubled).starts_with("two rows of the table “Action plan” have the number 1."));
        let late = edited(|json| json["document"]["tables"][0]["rows"][0]["cells"][1]["value"] = json!({"when":{"financial_year":32767}}));
        assert!(refusal(&late).contains("the year 32767"));
        let wide = edited(|json| json["document"]["tables"][0]["columns"][0]["width"] = json!(1e300));
        assert!(refusal(&wide).contains("damaged"));
        let padded = edited(|json| {
            json["document"]["tables"][0]["rows"] = (3..5_000).map(|id| json!({"id": id, "kind": "entry"})).collect();
            json["document"]["tables"][0]["columns"] =
                (1..2_000).map(|id| json!({"id": id, "heading": "", "role": null, "kind": "paragraph", "width": 9})).collect();
        });
        assert!(refusal(&padded).starts_with("it asks for far more memory than a file of its size holds"));
    }

    #[test]
    fn ids_beyond_any_use_are_numbered_anew() {
        let notes = vec![Note::new(Severity::Warning, Code::Overdue, Place::row(&document().tables[0], 1), "Late", "")];
        let mut json: Json = serde_json::from_slice(&encode(&document(), &notes).unwrap()).unwrap();
        let table = &mut json["document"]["tables"][0];
        (table["rows"][1]["id"], table["columns"][2]["id"], table["rules"]) = (json!(u32::MAX), json!(1_u32 << 31), json!({}));
        table["rules"][u32::MAX.to_string()] = serde_json::to_value(Rule::default()).unwrap();
        json["notes"][0]["place"]["row"] = json!(u32::MAX);
        let (read, notes) = decode(&serde_json::to_vec(&json).unwrap()).unwrap();
        let table = &read.tables[0];
        assert_eq!((table.rows[1].id, table.columns[2].id, table.next_row_id()), (RowId(2), ColumnId(3), RowId(3)));
        assert_eq!((notes[0].place.row, table.rules.keys().next()), (Some(RowId(2)), Some(&RowId(2))));
    }

    #[test]
    fn what_an_older_version_left_of_a_deleted_row_is_let_go() {
        let left = edited(|json| {
            json["document"]["tables"][0]["rules"]["9"] = serde_json::to_value(Rule::default()).unwrap();
            json["document"]["tables"][0]["remarks"] = json!([{"row": 8, "column": 1, "text": "Not for the board"}]);
        });
        let (read, _) = decode(&left).unwrap();
        let table = &read.tables[0];
        assert_eq!((table.rules.len(), table.remarks.len(), table.next_row_id()), (1, 0, RowId(10)));
    }

    #[test]
    fn a_number_json_cannot_hold_is_kept_as_its_text() {
        let mut odd = document();
        odd.tables[0].rows[0].cells[1] =
            Cell { text: "∞".into(), value: Value::Number(f64::INFINITY), format: Some("0".into()), formula: false };
        let (read, _) = decode(&encode(&odd, &[]).unwrap()).unwrap();
        assert_eq!(read.tables[0].rows[0].cells[1], Cell::text("∞"));
    }
}
