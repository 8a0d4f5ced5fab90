//! What an OpenDocument spreadsheet may lay out: its repeats multiplied out, as its reader does. Never keeps a cell.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use crate::model::excel;

use super::{MAX_DEPTH, MAX_LAID_OUT, MAX_PART, MAX_SHEETS, MAX_TEXT, OpenError, Package, encoding, grouped, markup, strange, too_large};

/// As far as the reader lays rows and columns out.
const MOST_ROWS: usize = excel::MOST_ROWS as usize;
const MOST_COLUMNS: usize = excel::MOST_COLUMNS as usize;
/// As far as it lays blank cells out.
const MOST_BLANKS: usize = 256;

/// A flat spreadsheet in UTF-8 without the pictures in it, whose letters stand in one text.
pub(crate) fn without_pictures(bytes: &[u8]) -> Result<Vec<u8>, OpenError> {
    const OPEN: &[u8] = b"<office:binary-data>";
    const CLOSE: &[u8] = b"</office:binary-data>";
    let content = encoding::to_utf8(bytes);
    let mut rest = content.as_deref().unwrap_or(bytes);
    let mut kept = Vec::new();
    loop {
        let start = find(rest, OPEN);
        let keep = &rest[..start.unwrap_or(rest.len())];
        if (kept.len() + keep.len()) as u64 > MAX_PART {
            return Err(too_large(MAX_PART));
        }
        kept.extend_from_slice(keep);
        let Some(start) = start else { return Ok(kept) };
        rest = find(&rest[start..], CLOSE).map_or(&[], |length| &rest[start + length + CLOSE.len()..]);
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

pub(crate) fn check(package: &Package) -> Result<(), OpenError> {
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|window| window == b"encryption-data") {
        return Err(OpenError::Password);
    }
    let content = package.part("content.xml").ok_or(OpenError::NotAWorkbook)?;
    markup::check_texts(content)?;
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth, mut extent) = (Vec::new(), 0usize, Extent::default());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                depth += 1;
                extent.begin(&element)?;
            }
            Ok(Event::End(element)) => {
                depth -= 1;
                extent.end(element.local_name().as_ref())?;
            }
            Ok(Event::Text(text)) => extent.words += text.len(),
            // The reader waits for ever for the end of a table that has none.
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) | Err(_) => return Err(OpenError::Damaged("its content cannot be read to its end".to_owned())),
            Ok(_) => {}
        }
        if depth > MAX_DEPTH {
            return Err(strange(&format!("it has more than {MAX_DEPTH} elements inside one another")));
        }
    }
}

/// How much the reader lays out, counted while the content passes by.
#[derive(Default)]
struct Extent {
    sheets: usize,
    /// Of this sheet and of all: cells laid out, and bytes of text in them.
    of_sheet: usize,
    laid_out: usize,
    text: usize,
    /// Of this row: how often it is repeated, columns so far, cells that are laid out, whether any is filled, bytes of text.
    repeat: usize,
    column: usize,
    cells: usize,
    any_filled: bool,
    row_text: usize,
    /// Of this cell: how often it is repeated, whether it is filled, bytes of text.
    columns: usize,
    filled: bool,
    words: usize,
}

impl Extent {
    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), OpenError> {
        match element.local_name().as_ref() {
            "table" => {
                self.sheets += 1;
                self.of_sheet = 0;
                if self.sheets > MAX_SHEETS {
                    return Err(OpenError::TooLarge(format!("it has more than {} sheets", grouped(MAX_SHEETS))));
                }
            }
            "table-row" => {
                self.repeat = number(element, "number-rows-repeated")?.min(MOST_ROWS);
                (self.column, self.cells, self.any_filled, self.row_text) = (0, 0, false, 0);
            }
            "table-cell" | "covered-table-cell" => {
                self.columns = number(element, "number-columns-repeated")?;
                self.filled = false;
                self.words = 0;
                for attribute in element.attributes().with_checks(false).flatten() {
                    // Programs choose the prefixes as they like.
                    let name = attribute.key.local_name();
                    let key = name.as_ref();
                    if key == "value" || key.ends_with("-value") || matches!(key, "value-type" | "formula" | "currency") {
                        self.filled = true;
                        // A number and the name of a kind take no text.
                        let text = !["value", "value-type"].contains(&key);
                        self.words += if text { attribute.value.len() } else { 0 };
                    }
                }
            }
            "s" => self.words = self.words.saturating_add(number(element, "c")?),
            _ => {}
        }
        if self.words > MAX_TEXT {
            return Err(too_much_text());
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), OpenError> {
        match name {
            "table-cell" | "covered-table-cell" => self.end_cell(),
            "table-row" => return self.end_row(),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let columns = self.columns.min(MOST_COLUMNS - self.column.min(MOST_COLUMNS));
        // Blank cells are laid out for their colours, but for the unused rest of a row.
        if self.filled || columns <= MOST_BLANKS {
            self.cells += columns;
        }
        if self.filled {
            self.any_filled = true;
            self.row_text = self.row_text.saturating_add(self.words.saturating_mul(columns));
        }
        self.column += columns;
    }

    fn end_row(&mut self) -> Result<(), OpenError> {
        let repeat = self.repeat.max(1);
        if self.any_filled || repeat <= MOST_BLANKS {
            let cells = self.cells.saturating_mul(repeat);
            (self.of_sheet, self.laid_out) = (self.of_sheet.saturating_add(cells), self.laid_out.saturating_add(cells));
        }
        self.text = self.text.saturating_add(self.row_text.saturating_mul(repeat));
        if self.laid_out > 2 * MAX_LAID_OUT || self.of_sheet > MAX_LAID_OUT {
            return Err(OpenError::TooLarge(format!("its rows and columns repeat to more than {} cells", grouped(MAX_LAID_OUT))));
        }
        if self.text > MAX_TEXT { Err(too_much_text()) } else { Ok(()) }
    }
}

fn too_much_text() -> OpenError {
    OpenError::TooLarge(format!("its cells hold more than {} million characters", MAX_TEXT / 1_000_000))
}

/// How often something is repeated: once when it does not say.
fn number(element: &BytesStart<'_>, name: &str) -> Result<usize, OpenError> {
    let Some(attribute) = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name) else {
        return Ok(1);
    };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok();
    value.and_then(|value| value.parse().ok()).ok_or_else(|| strange("it repeats a cell a number of times that is no number"))
}
