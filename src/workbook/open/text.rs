//! Tables as text: separated values in a file, and tables pasted from other programs. Never guesses at what a number means.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{
    OpenError, Progress, Read,
    cells::{Filler, RawContent, Shown, plain},
    separated::{Cutter, Met, Stretches},
};
use crate::{
    model::{General, excel::MOST_COLUMNS, show_number},
    notes::{Code, Note, Place, Severity},
    workbook::{
        RawSheet,
        package::{Budget, MAX_CELL_TEXT, grouped},
    },
};

/// The marks between values, in the order in which they are tried.
const SEPARATORS: [u8; 4] = *b"\t;,|";
/// How many lines are looked at to find the separator.
const LINES_TRIED: usize = 50;
/// How much of a text is looked at to find it, in bytes.
const TRIED: usize = 256 << 10;
/// The letters of the last column of a sheet.
const LAST_COLUMN: &str = "XFD";
/// At most one byte in so many is a control character in a text, beside the first.
const STRAY: usize = 40;
/// How many letters of a value are named.
const NAMED: usize = 40;
/// The most digits that a number holds exactly.
const MOST_DIGITS: usize = 15;

/// Reads separated values. The sheet is named as the file.
pub(crate) fn read(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Read {
    let start = &bytes[..bytes.len().min(TRIED)];
    let separator = separator(&decoded(start), start.len() < bytes.len()).unwrap_or(b',');
    let mut budget = Budget::default();
    let (grid, notes) = separated(&sheet_name(name), Stretches::of(bytes), separator, &mut budget, progress)?;
    if grid.rows.is_empty() { Err(OpenError::Empty) } else { Ok((vec![grid], notes)) }
}

/// A table pasted from a worksheet, a document or a page: by tabs where there are any, else by columns of spaces.
#[must_use]
pub fn pasted(name: &str, text: &str) -> RawSheet {
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    if text.contains('\t') {
        return separated(name, Stretches::of(text.as_bytes()), b'\t', &mut Budget::default(), &|_| true).unwrap_or_default().0;
    }
    let lines: Vec<&str> = text.lines().collect();
    let columns = TextColumns::of(&lines);
    let rows = lines.iter().map(|line| columns.cut(line));
    let (mut shown, mut budget) = (Shown::default(), Budget::default());
    let mut filler = Filler::new(RawSheet { sheet: name.to_owned(), ..RawSheet::default() }, &[], &mut shown, &mut budget);
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in cells {
            filler.take(row, column, 0, content(text), false);
        }
    }
    filler.finish(&mut Vec::new())
}

/// Whether bytes may be a text at all: a stray control character or two in a long text do not make it something else.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let controls = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
    start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) || controls.saturating_sub(1) * STRAY <= start.len()
}

/// Whether lines are cut into the same columns by one mark.
pub(crate) fn looks_separated(bytes: &[u8]) -> bool {
    looks_like_text(bytes) && separator(&decoded(&bytes[..bytes.len().min(TRIED)]), bytes.len() > TRIED).is_some()
}

/// The text at the beginning of a file: by its mark, as UTF-8, or as older Windows programs write it.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // A letter may be cut in two at its end.
            Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
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

/// The line in which Excel writes the mark it used, where there is one: that mark, and how long the line is.
fn stated(text: &str) -> Option<(u8, usize)> {
    let own = text.trim_start_matches('\u{FEFF}').strip_prefix("sep=")?;
    let mark = own.bytes().next().filter(|mark| SEPARATORS.contains(mark))?;
    let line = own[1..].split_inclusive('\n').next().unwrap_or_default();
    line.trim_matches(['\r', '\n']).is_empty().then(|| (mark, text.len() - own.len() + 1 + line.len()))
}

/// The mark that cuts the first lines of a text into the same number of values, more than one. `cut` where the text goes on.
fn separator(text: &str, cut: bool) -> Option<u8> {
    if let Some((mark, _)) = stated(text) {
        return Some(mark);
    }
    let counts = |mark: u8| -> Vec<u32> {
        let mut rows: Vec<(u32, u32)> = Vec::new();
        let mut take = |row: u32, column: u32, _: &str| {
            match rows.last_mut() {
                Some((last, count)) if *last == row => *count = column + 1,
                _ => rows.push((row, column + 1)),
            }
            rows.len() <= LINES_TRIED
        };
        let mut cutter = Cutter::new(mark, TRIED);
        if cutter.cut(text, &mut take) == Met::End {
            cutter.finish(&mut take);
        }
        // The last line may not be whole.
        rows.truncate(if cut && rows.len() > 1 { LINES_TRIED.min(rows.len() - 1) } else { LINES_TRIED });
        rows.into_iter().map(|(_, count)| count).collect()
    };
    let score = |mark: u8| {
        let counts = counts(mark);
        let cut: Vec<u32> = counts.iter().copied().filter(|count| *count > 1).collect();
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

/// Reads separated values. What stands past the last column of a sheet is counted and noted.
fn separated(
    sheet: &str,
    mut stretches: Stretches<'_>,
    separator: u8,
    budget: &mut Budget,
    progress: &Progress<'_>,
) -> Result<(RawSheet, Vec<Note>), OpenError> {
    let mut shown = Shown::default();
    let mut filler = Filler::new(RawSheet { sheet: sheet.to_owned(), ..RawSheet::default() }, &[], &mut shown, budget);
    let mut beyond = Beyond::default();
    let mut take = |row: u32, column: u32, value: &str| {
        if column < MOST_COLUMNS {
            return filler.take(row, column as u16, 0, content(value), false);
        }
        beyond.see(row, value);
        true
    };
    let mut cutter = Cutter::new(separator, MAX_CELL_TEXT);
    let mut first = true;
    loop {
        if !progress(stretches.share()) {
            return Err(OpenError::Cancelled);
        }
        let Some(text) = stretches.next() else { break };
        let text = if first { &text[stated(text).map_or(0, |(_, length)| length)..] } else { text };
        let text = if std::mem::take(&mut first) { text.trim_start_matches('\u{FEFF}') } else { text };
        match cutter.cut(text, &mut take) {
            Met::End => {}
            Met::Enough => break,
            Met::TooLong => return Err(Budget::too_long()),
        }
    }
    cutter.finish(&mut take);
    filler.within_budget()?;
    filler.taken.grid.unread = beyond.count;
    let mut notes = Vec::new();
    let grid = filler.finish(&mut notes);
    notes.extend(beyond.note(sheet));
    Ok((grid, notes))
}

/// The values past the last column: how many, and the line and words of the first.
#[derive(Default)]
struct Beyond {
    count: usize,
    first: Option<(u32, String)>,
}

impl Beyond {
    fn see(&mut self, row: u32, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        self.count += 1;
        self.first.get_or_insert_with(|| (row, value.chars().take(NAMED).collect()));
    }

    fn note(self, sheet: &str) -> Option<Note> {
        let (row, words) = self.first?;
        let (row, count) = (row + 1, grouped(self.count));
        let values = if self.count == 1 { "one value stands".to_owned() } else { format!("{count} values stand") };
        let message = format!(
            "The sheet “{sheet}” could not be read to its end: {values} past the {}th and last column of a sheet, the first of them “{words}” in row {row}.",
            grouped(MOST_COLUMNS as usize)
        );
        let place = Place::address(format!("{sheet}!{LAST_COLUMN}{row}"));
        let hint = "RawLook for a mark that stands between its values too often, or part it into several files.";
        Some(Note::new(Severity::Problem, Code::UnreadSheet, place, message, hint))
    }
}

/// What a value holds: a number only when it is written just as the number would be shown.
fn content(value: &str) -> RawContent {
    let trimmed = value.trim();
    let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
    if (1..=MOST_DIGITS).contains(&digits)
        && trimmed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && let Ok(number) = trimmed.parse::<f64>()
        && show_number(number, General) == trimmed
    {
        return RawContent::Number(number);
    }
    RawContent::Text(plain(value))
}

/// The columns of a text without tabs.
#[derive(Debug, PartialEq, Eq)]
enum TextColumns {
    /// Its lines are whole.
    One,
    /// Each line's own gaps tell.
    ByGaps,
    /// They begin at the same places, counted in characters, in all lines.
    At(Vec<usize>),
}

impl TextColumns {
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

    fn texts(grid: &RawSheet) -> Vec<(u32, u16, &str)> {
        grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell.column, &*cell.text))).collect()
    }

    fn read_whole(name: &str, bytes: &[u8]) -> RawSheet {
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
            assert_eq!(separator(text, false), Some(mark), "{text}");
        }
        assert_eq!(separator("Just some words.\nAnd more, here.", false), None);
    }

    #[test]
    fn a_first_line_is_lost_only_where_it_names_the_mark() {
        assert_eq!(texts(&read_whole("a.csv", b"sep=;\r\na;b\nc;d")), [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (1, 1, "d")]);
        assert_eq!(texts(&read_whole("a.csv", b"sep=7,Ref\nx,1"))[0], (0, 0, "sep=7"));
        assert_eq!(texts(&read_whole("a.csv", b"sep=;Ref;Action\nx;1;2"))[0], (0, 0, "sep="));
    }

    #[test]
    fn what_stands_past_the_last_column_is_counted_and_named() {
        let line = |what: &str| (0..16_386).map(|at| format!("{what}{at}")).collect::<Vec<_>>().join(",");
        let (grids, notes) = read("a.csv", format!("{}\n{}", line("c"), line("d")).as_bytes(), &|_| true).unwrap();
        assert_eq!((grids[0].filled(), grids[0].unread), (2 * 16_384, 4));
        assert_eq!((notes.len(), &*notes[0].place.address), (1, "a!XFD1"));
        assert!(notes[0].message.contains("4 values stand past the 16,384th") && notes[0].message.contains("c16384"));
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
