//! Tables as text: separated values in a file, and tables pasted from other programs. Never guesses at what a number means.

use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{
    OpenError, Progress, Read,
    cells::{Content, Filler, Shown, plain},
};
use crate::{
    model::{General, show_number},
    workbook::{Grid, package::Budget},
};

/// The marks between values, in the order in which they are tried.
const SEPARATORS: [u8; 4] = *b"\t;,|";
/// How many lines are looked at to find the separator.
const LINES_TRIED: usize = 50;
/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// At most one byte in so many is a control character in a text, beside the first.
const STRAY: usize = 40;
/// The most digits that a number holds exactly.
const MOST_DIGITS: usize = 15;

/// Reads separated values. The sheet is named as the file.
pub fn read(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Read {
    let text = decoded(bytes);
    if text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let separator = separator(&text).unwrap_or(b',');
    let mut budget = Budget::default();
    let grid = separated(&sheet_name(name), &text, separator, &mut budget, progress).ok_or(OpenError::Cancelled)?;
    budget.check()?;
    Ok((vec![grid], Vec::new()))
}

/// A table pasted from a worksheet, a document or a page: by tabs where there are any, else by columns of spaces.
#[must_use]
pub fn pasted(name: &str, text: &str) -> Grid {
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    if text.contains('\t') {
        return separated(name, text, b'\t', &mut Budget::default(), &|_| true).unwrap_or_default();
    }
    let lines: Vec<&str> = text.lines().collect();
    let columns = Columns::of(&lines);
    let rows = lines.iter().map(|line| columns.cut(line));
    let (mut shown, mut budget) = (Shown::default(), Budget::default());
    let mut filler = Filler::new(Grid { sheet: name.to_owned(), ..Grid::default() }, &[], &mut shown, &mut budget);
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in cells {
            filler.take(row, column, 0, content(text), false);
        }
    }
    filler.finish(&mut Vec::new())
}

/// Whether bytes may be a text at all: a stray control character or two in a long text do not make it something else.
pub fn looks_like_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let controls = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
    start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) || controls.saturating_sub(1) * STRAY <= start.len()
}

/// Whether lines are cut into the same columns by one mark.
pub fn looks_separated(bytes: &[u8]) -> bool {
    looks_like_text(bytes) && separator(&decoded(&bytes[..bytes.len().min(65_536)])).is_some()
}

/// The text of a file: by its mark, as UTF-8, or as older Windows programs write it.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    }
}

/// The name of a file without its folders and its ending.
fn sheet_name(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => file.to_owned(),
    }
}

/// The mark that cuts the first lines into the same number of values, more than one.
fn separator(text: &str) -> Option<u8> {
    // Excel writes the mark it used into a line of its own.
    if let Some(mark) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()).filter(|mark| SEPARATORS.contains(mark)) {
        return Some(mark);
    }
    let counts = |mark: u8| -> Vec<usize> {
        let rows = reader(text, mark).into_records().take(LINES_TRIED).flatten();
        rows.map(|row| row.len()).collect()
    };
    let score = |mark: u8| {
        let counts = counts(mark);
        let cut: Vec<usize> = counts.iter().copied().filter(|count| *count > 1).collect();
        let usual = cut.iter().copied().max_by_key(|count| cut.iter().filter(|other| *other == count).count())?;
        let alike = cut.iter().filter(|count| **count == usual).count();
        // A line or two of prose before the table is cut into nothing or into pieces.
        (alike * 2 > counts.len() || alike >= 3).then_some((alike, mark))
    };
    let mut best: Option<(usize, u8)> = None;
    for found in SEPARATORS.into_iter().filter_map(score) {
        if best.is_none_or(|(alike, _)| found.0 > alike) {
            best = Some(found);
        }
    }
    best.map(|(_, mark)| mark)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// Reads separated values; `None` when cancelled. Blank lines count as rows, so that a cell is where its line is.
fn separated(sheet: &str, text: &str, separator: u8, budget: &mut Budget, progress: &Progress<'_>) -> Option<Grid> {
    let text = text.trim_start_matches('\u{FEFF}');
    let text = if text.starts_with("sep=") { text.split_once('\n').map_or("", |(_, rest)| rest) } else { text };
    let mut shown = Shown::default();
    let mut filler = Filler::new(Grid { sheet: sheet.to_owned(), ..Grid::default() }, &[], &mut shown, budget);
    let mut rows = reader(text, separator);
    let mut record = csv::StringRecord::new();
    let mut row = 0_u32;
    loop {
        // The text is sound and its rows may be uneven, so a row that cannot be read is the end.
        if !rows.read_record(&mut record).unwrap_or(false) {
            break;
        }
        // The reader passes over blank lines in silence.
        row += blank_lines(text, record.position().map_or(0, csv::Position::byte) as usize);
        for (column, value) in record.iter().enumerate().take(MOST_COLUMNS) {
            filler.take(row, column as u16, 0, content(value), false);
        }
        row += 1;
        if row.is_multiple_of(512) && !progress((rows.position().byte() as f32 / text.len() as f32).min(1.0)) {
            return None;
        }
    }
    Some(filler.finish(&mut Vec::new()))
}

/// How many blank lines stand in a text where the reading of a row begins.
fn blank_lines(text: &str, at: usize) -> u32 {
    let rest = text.get(at..).unwrap_or_default();
    let run = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    // The second half of the line end before it may be left over.
    let run = if text[..at].ends_with('\r') { run.strip_prefix('\n').unwrap_or(run) } else { run };
    run.replace("\r\n", "\n").len() as u32
}

/// What a value holds: a number only when it is written just as the number would be shown.
fn content(value: &str) -> Content {
    let trimmed = value.trim();
    let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
    if (1..=MOST_DIGITS).contains(&digits)
        && trimmed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && let Ok(number) = trimmed.parse::<f64>()
        && show_number(number, General) == trimmed
    {
        return Content::Number(number);
    }
    Content::Text(plain(value))
}

/// The columns of a text without tabs.
#[derive(Debug, PartialEq, Eq)]
enum Columns {
    /// Its lines are whole.
    One,
    /// Each line's own gaps tell.
    ByGaps,
    /// They begin at the same places, counted in characters, in all lines.
    At(Vec<usize>),
}

impl Columns {
    /// The columns of lines: between gaps of two or more spaces, where most lines have some.
    fn of(lines: &[&str]) -> Self {
        let filled = lines.iter().filter(|line| !line.trim().is_empty());
        let (cut, whole): (Vec<&str>, Vec<&str>) = filled.partition(|line| pieces(line).count() > 1);
        // One gap in much prose is a slip of the finger.
        if cut.is_empty() || cut.len() * 3 < whole.len() {
            return Self::One;
        }
        let cut: Vec<Vec<char>> = cut.iter().map(|line| line.chars().collect()).collect();
        let width = cut.iter().map(Vec::len).max().unwrap_or(0);
        let gaps: Vec<bool> = (0..width).map(|at| cut.iter().all(|line| line.get(at).is_none_or(|c| c.is_whitespace()))).collect();
        let begins = |at: &usize| !gaps[*at] && gaps[..*at].ends_with(&[true, true]);
        let starts: Vec<usize> = std::iter::once(0).chain((2..width).filter(begins)).collect();
        let inside = gaps.iter().position(|gap| !gap).is_some_and(|first| starts[1..].iter().any(|at| *at > first));
        if inside { Self::At(starts) } else { Self::ByGaps }
    }

    /// The pieces of a line with their columns.
    fn cut<'a>(&self, line: &'a str) -> Vec<(u16, &'a str)> {
        match self {
            Self::One => vec![(0, line)],
            Self::ByGaps => (0..).zip(pieces(line)).collect(),
            Self::At(starts) => {
                // A line without a gap goes on in the column it begins in.
                let indent = line.chars().take_while(|c| c.is_whitespace()).count();
                if pieces(line).count() < 2 {
                    let column = starts.partition_point(|start| *start <= indent).saturating_sub(1);
                    return vec![(column as u16, line.trim())];
                }
                let place = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(place, _)| place);
                let ends = starts[1..].iter().map(|at| place(*at)).chain([line.len()]);
                (0..).zip(starts.iter().map(|at| place(*at)).zip(ends).map(|(start, end)| line[start..end].trim())).collect()
            }
        }
    }
}

/// The pieces of a line between gaps of two or more spaces.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(grid: &Grid) -> Vec<(u32, u16, &str)> {
        grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell.column, &*cell.text))).collect()
    }

    fn read_whole(name: &str, bytes: &[u8]) -> Grid {
        read(name, bytes, &|_| true).unwrap().0.remove(0)
    }

    #[test]
    fn every_separator_is_found() {
        for (text, mark) in [
            ("Ref,Action\n1,\"Agree; then\ttell\"\n2,x", b','),
            ("Ref;Action\n1;\"Agree, then, tell\"\n2;1,5", b';'),
            ("Ref\tAction, by whom\n1\tx, y\n", b'\t'),
            ("Ref|Action\n1|x\n2|y", b'|'),
            ("sep=;\nRef;Action, all", b';'),
            ("Action plan\n\nRef,Action,Lead\n1,Agree,Ana\n2,Tell,Ben\n3,Ask,Cy", b','),
        ] {
            assert_eq!(separator(text), Some(mark), "{text}");
        }
        assert_eq!(separator("Just some words.\nAnd more, here."), None);
    }

    #[test]
    fn values_are_where_they_stand_in_the_file() {
        let grid =
            read_whole("plans/Plan 1.csv", b"Title\r\n\r\nRef,Action\r\n1.1,\"Two\r\nlines, \"\"quoted\"\"\"\r\n\r\n\r\n2,x,more\r\n");
        assert_eq!(grid.sheet, "Plan 1");
        let expected = [
            (0, 0, "Title"),
            (2, 0, "Ref"),
            (2, 1, "Action"),
            (3, 0, "1.1"),
            (3, 1, "Two\nlines, \"quoted\""),
            (6, 0, "2"),
            (6, 1, "x"),
            (6, 2, "more"),
        ];
        assert_eq!(texts(&grid), expected);
        assert_eq!(read_whole("a.csv", b"a,b\n\n\nc,d\n").rows[1].row, 3);
    }

    #[test]
    fn every_encoding_is_read() {
        let utf16 = |big: bool| -> Vec<u8> {
            "\u{FEFF}a\tl\u{e9}\n".encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for bytes in [b"a\tl\xC3\xA9\n".to_vec(), b"\xEF\xBB\xBFa\tl\xC3\xA9".to_vec(), b"a\tl\xE9\n".to_vec(), utf16(true), utf16(false)] {
            assert_eq!(texts(&read_whole("a.tsv", &bytes)), [(0, 0, "a"), (0, 1, "l\u{e9}")]);
        }
        assert!(looks_like_text(&utf16(false)) && !looks_like_text(b"%PDF\x00\x01"));
    }

    #[test]
    fn only_a_canonical_number_is_stored() {
        let grid = read_whole("a.csv", b"1.1,1.10,007,-5,79%,1/2/24,0.5,1e5,12345678901234567890,+3,.5,5.\n");
        let numbers: Vec<Option<f64>> = grid.rows[0].cells.iter().map(|cell| cell.stored.as_ref().map(|stored| stored.number)).collect();
        let expected = [Some(1.1), None, None, Some(-5.0), None, None, Some(0.5), None, None, None, None, None];
        assert_eq!(numbers, expected);
        assert_eq!(texts(&grid)[1].2, "1.10");
    }

    #[test]
    fn a_table_pasted_from_excel_or_word_keeps_its_cells() {
        let grid = pasted("Pasted", "Ref\tAction\r\n1\t\"Line one\n\u{2022} line two\"\r\n\t\u{2022} alone\r\n");
        let expected = [(0, 0, "Ref"), (0, 1, "Action"), (1, 0, "1"), (1, 1, "Line one\n\u{2022} line two"), (2, 1, "\u{2022} alone")];
        assert_eq!((grid.sheet.as_str(), texts(&grid)), ("Pasted", expected.to_vec()));
    }

    #[test]
    fn a_table_pasted_from_a_pdf_has_the_columns_its_lines_share() {
        let grid = pasted(
            "Pasted",
            "Ref   Action to take          Lead      Due\n\
             1.1   Agree the review        Ana Cole  March 2024\n\
             \x20     of homes\n\
             1.2                           Ben        12\n",
        );
        let expected = [
            (0, 0, "Ref"),
            (0, 1, "Action to take"),
            (0, 2, "Lead"),
            (0, 3, "Due"),
            (1, 0, "1.1"),
            (1, 1, "Agree the review"),
            (1, 2, "Ana Cole"),
            (1, 3, "March 2024"),
            (2, 1, "of homes"),
            (3, 0, "1.2"),
            (3, 2, "Ben"),
            (3, 3, "12"),
        ];
        assert_eq!(texts(&grid), expected);
        assert_eq!(texts(&pasted("Pasted", "One line.\nAnother.  Then more.\nA third.\nA fourth.\nA fifth.\n")).len(), 5);
        assert_eq!(
            texts(&pasted("Pasted", "a  long piece\nvery long  b")),
            [(0, 0, "a"), (0, 1, "long piece"), (1, 0, "very long"), (1, 1, "b")]
        );
    }
}
