//! The records of an .xlsb file: lengths that hold, and only the records a reader needs. Never reads a cell's value.

use std::{collections::HashSet, ops::Range};

use super::{MAX_CELLS, MAX_NAME, MAX_SHEETS, MAX_STRINGS, MAX_STYLES, OpenError, Package, grouped, strange, xlsx};

const WORKBOOK: &str = "xl/workbook.bin";
const STYLES: &str = "xl/styles.bin";
const STRINGS: &str = "xl/sharedStrings.bin";

/// The records that are looked at, by their names in the description of the format.
const ROW_HEADER: u16 = 0x0000;
const CELL_TEXT: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0008;
const LAST_CELL: u16 = 0x000B;
const STRING: u16 = 0x0013;
const FORMAT: u16 = 0x002C;
const XF: u16 = 0x002F;
const END_SHEETS: u16 = 0x0090;
const WORKBOOK_PROPERTIES: u16 = 0x0099;
const SHEET: u16 = 0x009C;
const CALCULATION: u16 = 0x009D;
const BEGIN_FORMATS: u16 = 0x0267;
const BEGIN_XFS: u16 = 0x0269;
const END_XFS: u16 = 0x026A;

/// Checks what the library trusts, and writes the workbook and its styles anew with nothing else in them.
pub(crate) fn check(package: &mut Package) -> Result<(), OpenError> {
    let (workbook, ids) = clean_workbook(package.part(WORKBOOK).unwrap_or_default())?;
    let targets = xlsx::targets(package, WORKBOOK);
    let (mut sheets, mut cells) = (HashSet::new(), 0);
    for target in ids.iter().filter_map(|id| targets.get(id)) {
        if !sheets.insert(target) {
            return Err(strange("two of its sheets are the same part"));
        }
        cells += check_sheet(package.part(target).unwrap_or_default())?;
        if cells > MAX_CELLS {
            return Err(OpenError::TooLarge(format!("it has more than {} cells", grouped(MAX_CELLS))));
        }
    }
    check_strings(package.part(STRINGS).unwrap_or_default())?;
    let styles = package.part(STYLES).map(clean_styles).transpose()?;
    package.replace(WORKBOOK, workbook);
    if let Some(styles) = styles {
        package.replace(STYLES, styles);
    }
    Ok(())
}

/// The workbook part with its sheets only, and the ids of the relationships that lead to them.
fn clean_workbook(part: &[u8]) -> Result<(Vec<u8>, Vec<String>), OpenError> {
    let (mut clean, mut ids, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for record in records(part) {
        let (kind, body) = record?;
        match kind {
            WORKBOOK_PROPERTIES if !body.is_empty() => push(&mut clean, kind, body),
            SHEET => {
                let id = wide(body, 8).ok_or_else(damaged)?;
                let name = wide(body, id.end).ok_or_else(damaged)?;
                if name.len() / 2 > MAX_NAME {
                    return Err(strange("the name of a sheet is far too long"));
                }
                if !names.insert(&body[name]) {
                    return Err(strange("two of its sheets have the same name"));
                }
                ids.push(String::from_utf16_lossy(&halves(&body[id])));
                push(&mut clean, kind, body);
            }
            END_SHEETS => break,
            _ => {}
        }
    }
    if ids.len() > MAX_SHEETS {
        return Err(OpenError::TooLarge(format!("it has more than {} sheets", grouped(MAX_SHEETS))));
    }
    push(&mut clean, END_SHEETS, &[]);
    push(&mut clean, CALCULATION, &[]);
    Ok((clean, ids))
}

/// The styles part with its number formats and cell formats only.
fn clean_styles(part: &[u8]) -> Result<Vec<u8>, OpenError> {
    let (mut formats, mut xfs, mut in_xfs) = (Vec::new(), Vec::new(), false);
    for record in records(part) {
        match record? {
            (FORMAT, body) if body.len() >= 2 && wide(body, 2).is_some_and(|text| text.len() / 2 <= MAX_NAME) => formats.push(body),
            (BEGIN_XFS, _) => in_xfs = true,
            (END_XFS, _) => in_xfs = false,
            (XF, body) if in_xfs && body.len() >= 4 => xfs.push(body),
            _ => {}
        }
        if formats.len().max(xfs.len()) > MAX_STYLES {
            return Err(strange(&format!("it has more than {} cell styles", grouped(MAX_STYLES))));
        }
    }
    let mut clean = Vec::new();
    for (begin, kind, bodies) in [(BEGIN_FORMATS, FORMAT, formats), (BEGIN_XFS, XF, xfs)] {
        push(&mut clean, begin, &(bodies.len() as u32).to_le_bytes());
        bodies.iter().for_each(|body| push(&mut clean, kind, body));
    }
    Ok(clean)
}

/// A text that does not fit its record would be read from the record before, again and again.
fn check_strings(part: &[u8]) -> Result<(), OpenError> {
    let mut count = 0;
    for record in records(part) {
        if let (STRING, body) = record? {
            wide(body, 1).ok_or_else(damaged)?;
            count += 1;
        }
    }
    if count > MAX_STRINGS {
        return Err(OpenError::TooLarge(format!("it has more than {} different texts", grouped(MAX_STRINGS))));
    }
    Ok(())
}

/// How many cells a sheet has.
fn check_sheet(part: &[u8]) -> Result<usize, OpenError> {
    let mut count = 0;
    for record in records(part) {
        let (kind, body) = record?;
        if kind == CELL_TEXT || kind == FORMULA_TEXT {
            wide(body, 8).ok_or_else(damaged)?;
        }
        count += usize::from(kind > ROW_HEADER && kind <= LAST_CELL);
    }
    Ok(count)
}

/// The kinds and bodies of the records of a part.
fn records(part: &[u8]) -> impl Iterator<Item = Result<(u16, &[u8]), OpenError>> {
    let mut rest = Some(part);
    std::iter::from_fn(move || {
        let bytes = rest.take().filter(|bytes| !bytes.is_empty())?;
        let Some((kind, body, after)) = record(bytes) else { return Some(Err(damaged())) };
        rest = Some(after);
        Some(Ok((kind, body)))
    })
}

fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let seven = |at: usize| bytes.get(at).map(|byte| u32::from(byte & 0x7F));
    let (mut kind, mut at) = (seven(0)?, 1);
    if bytes[0] & 0x80 != 0 {
        kind |= seven(1)? << 7;
        at = 2;
    }
    let mut length = 0;
    for group in 0..4 {
        length |= seven(at)? << (7 * group);
        at += 1;
        if bytes[at - 1] & 0x80 == 0 {
            break;
        }
    }
    let end = at.checked_add(length as usize)?;
    Some((kind as u16, bytes.get(at..end)?, &bytes[end..]))
}

fn push(part: &mut Vec<u8>, kind: u16, body: &[u8]) {
    if kind < 0x80 {
        part.push(kind as u8);
    } else {
        part.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let length = body.len();
    part.extend((0..3).map(|group| (length >> (7 * group)) as u8 & 0x7F | 0x80));
    part.push((length >> 21) as u8 & 0x7F);
    part.extend_from_slice(body);
}

/// Where the letters of a text are whose length stands at a place; none when they do not fit.
fn wide(body: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at.checked_add(4)?;
    let length = u32::from_le_bytes(body.get(at..start)?.try_into().ok()?);
    let end = start.checked_add((length as usize).checked_mul(2)?)?;
    (end <= body.len()).then_some(start..end)
}

fn halves(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
}

fn damaged() -> OpenError {
    OpenError::Damaged("a record of it is longer than its part".to_owned())
}
