//! How wide a text is in the font of a return, and into how many lines a cell wraps it. Knows no sheet.

mod calibri;

/// Units of width to the em.
const EM: f64 = 2048.0;
/// Pixels to a point, as widths of columns are counted.
const PIXELS_A_POINT: f64 = 96.0 / 72.0;
/// The usual size of letters in a return, in points.
pub(crate) const USUAL_SIZE: u8 = 11;
/// What a letter takes that the table does not have: a Greek or Cyrillic one on average, and one of scripts whose letters fill a square.
const OTHER: u16 = 1_100;
const SQUARE: u16 = 2_048;
/// Screens round the widths of letters to whole pixels: so much less of a line is counted on, in a hundred.
const ROUNDING: f64 = 3.0;

/// The letters of a text: how large, and whether bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    /// In points.
    pub size: u8,
    pub bold: bool,
}

impl Letters {
    /// The usual letters of a return.
    pub(crate) const USUAL: Self = Self { size: USUAL_SIZE, bold: false };

    /// The letters of a size where 0 stands for the usual one.
    pub(crate) fn new(size: u8, bold: bool) -> Self {
        Self { size: if size == 0 { USUAL_SIZE } else { size }, bold }
    }

    /// The height of one line, in points; whole pixels, as Excel gives rows (20 pixels for the usual size).
    pub(crate) fn line_height(self) -> f64 {
        // The font's own ascent and descent, 1950 and 550 units of 2048, and what Excel leaves around them.
        let pixels = (f64::from(self.size) * PIXELS_A_POINT * 2_500.0 / EM + 1.5).ceil();
        pixels / PIXELS_A_POINT
    }

    /// The width of a text on one line, in pixels.
    pub(crate) fn width(self, text: &str) -> f64 {
        let units: u64 = text.chars().map(|letter| u64::from(self.units(letter))).sum();
        units as f64 / EM * f64::from(self.size) * PIXELS_A_POINT
    }

    /// Into how many lines a text falls in a cell with so many pixels for its letters: at its own ends of lines, behind spaces and
    /// hyphens, and within a word that is wider than the cell.
    pub(crate) fn lines(self, text: &str, room: f64) -> usize {
        let room = self.room(room);
        let mut lines = 0;
        for line in text.split('\n') {
            lines += 1;
            self.breaks(line, room, |_| lines += 1);
        }
        lines
    }

    /// Where a text is cut so that each piece falls into at most so many lines, in bytes; at the end of a line of its own where one is
    /// near, else behind a word. `None` where a word would have to be cut.
    pub(crate) fn pieces(self, text: &str, room: f64, lines: usize) -> Option<Vec<usize>> {
        let room = self.room(room);
        // Where each line begins, and whether its owner ended the line before it.
        let mut begins: Vec<(usize, bool)> = Vec::new();
        let mut from = 0;
        for line in text.split('\n') {
            begins.push((from, true));
            self.breaks(line, room, |cut| begins.push((from + cut, false)));
            from += line.len() + 1;
        }
        let (mut cuts, mut first) = (Vec::new(), 0);
        while begins.len() - first > lines {
            let reach = first + 1..=first + lines;
            let near = reach.clone().rev().take(lines / 3).find(|&at| begins[at].1);
            let at = near.unwrap_or(*reach.end());
            let cut = begins[at].0;
            if !text[..cut].ends_with(char::is_whitespace) {
                return None;
            }
            cuts.push(cut);
            first = at;
        }
        Some(cuts)
    }

    /// The room of a line in units.
    fn room(self, pixels: f64) -> u64 {
        (pixels.max(8.0) * (1.0 - ROUNDING / 100.0) / (f64::from(self.size) * PIXELS_A_POINT) * EM) as u64
    }

    /// Tells where a line is broken, in bytes.
    fn breaks(self, line: &str, room: u64, mut tell: impl FnMut(usize)) {
        // The width of what stands on the line, and of the word at its end, which begins at a byte of its own.
        let (mut width, mut word, mut word_at) = (0, 0, 0);
        for (at, letter) in line.char_indices() {
            let units = u64::from(self.units(letter));
            if letter == ' ' {
                // Spaces hang over the end of a line.
                (width, word, word_at) = (width + units, 0, at + 1);
                continue;
            }
            if width + units > room && word < width {
                tell(word_at);
                width = word;
            }
            if width + units > room && width > 0 {
                tell(at);
                (width, word, word_at) = (0, 0, at);
            }
            (width, word) = (width + units, word + units);
            if letter == '-' || is_square(letter) {
                (word, word_at) = (0, at + letter.len_utf8());
            }
        }
    }

    fn units(self, letter: char) -> u16 {
        let table = if self.bold { &calibri::BOLD } else { &calibri::REGULAR };
        let code = u32::from(letter);
        match code.checked_sub(0x20).and_then(|at| table.get(at as usize)) {
            Some(0) => OTHER,
            Some(units) => *units,
            None if code < 0x20 => 0,
            None => self.units_beyond(letter, code),
        }
    }

    fn units_beyond(self, letter: char, code: u32) -> u16 {
        if let Ok(at) = calibri::SIGNS.binary_search_by_key(&letter, |(sign, ..)| *sign) {
            let (_, regular, bold) = calibri::SIGNS[at];
            return if self.bold { bold } else { regular };
        }
        match code {
            // Marks over other letters, joiners, and signs that choose how one is drawn.
            0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
            _ if is_square(letter) || code >= 0x1_F000 => SQUARE,
            _ => OTHER,
        }
    }
}

/// Whether a letter fills a square, and a line may end behind it: Chinese, Japanese and Korean.
fn is_square(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x115F | 0x2E80..=0xD7AF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // A digit of Calibri is 1,038 units wide: 7.4 pixels at 11 points.
        assert!((Letters::USUAL.width("0") - 7.433).abs() < 0.01);
        assert!(Letters::USUAL.width("iiii") < Letters::USUAL.width("MMMM") / 3.0);
        assert!(Letters::new(0, true).width("Comment") > Letters::USUAL.width("Comment"));
        assert!((Letters::USUAL.line_height() - 15.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_text_is_broken_behind_words_and_hyphens_and_within_a_long_word() {
        let lines = |text: &str, room| Letters::USUAL.lines(text, room);
        assert_eq!((lines("", 100.0), lines("One", 100.0), lines("One\ntwo\n", 100.0)), (1, 1, 3));
        // "Forty trees stand" is some 105 pixels wide.
        assert_eq!((lines("Forty trees stand", 120.0), lines("Forty trees stand", 80.0), lines("Forty trees stand", 45.0)), (1, 2, 3));
        // "department" alone is some 71 pixels wide.
        assert_eq!((lines("Cross-department", 80.0), lines("Cross-department", 70.0)), (2, 3));
        assert_eq!(lines(&"x".repeat(100), 70.0), 10);
        assert_eq!(lines("行动计划行动计划", 70.0), 2);
        assert_eq!(lines(&"Word ".repeat(40), 8.0), 40 * 4);
    }

    #[test]
    fn a_long_text_is_cut_into_pieces_that_hold_all_of_it() {
        let text = "One sentence of a comment that goes on for a while. ".repeat(60);
        let cuts = Letters::USUAL.pieces(&text, 200.0, 10).expect("it has words");
        let ends = cuts.iter().copied().chain([text.len()]);
        let pieces: Vec<&str> = [0].into_iter().chain(cuts.iter().copied()).zip(ends).map(|(from, to)| &text[from..to]).collect();
        assert_eq!(pieces.concat(), text);
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| Letters::USUAL.lines(piece.trim_end(), 200.0) <= 10));
        assert_eq!(Letters::USUAL.pieces(&"x".repeat(5_000), 200.0, 10), None);
        assert_eq!(Letters::USUAL.pieces("Short", 200.0, 10), Some(Vec::new()));
        let lines = "A line\n".repeat(30);
        let cuts = Letters::USUAL.pieces(&lines, 200.0, 12).expect("it has lines");
        assert!(cuts.iter().all(|cut| lines[..*cut].ends_with('\n')));
    }
}
