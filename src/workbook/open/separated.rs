//! Separated values cut into cells, a stretch of text at a time. Holds one value at most, never a line, and judges no value.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much text is cut before it is asked whether to go on, in bytes.
const STRETCH: usize = 64 << 10;

/// The text of a file, in stretches: by its mark, as UTF-8, or as older Windows programs write it.
pub(crate) struct Stretches<'a> {
    rest: Rest<'a>,
    decoded: String,
    size: usize,
}

/// What is still to be given out.
enum Rest<'a> {
    Text(&'a str),
    /// In another encoding, or with bytes that are no letters.
    Bytes(&'a [u8], Decoder),
}

impl<'a> Stretches<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        let (rest, encoding): (&[u8], &'static Encoding) = match bytes {
            [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, UTF_8),
            [0xFF, 0xFE, rest @ ..] => (rest, UTF_16LE),
            [0xFE, 0xFF, rest @ ..] => (rest, UTF_16BE),
            _ if std::str::from_utf8(bytes).is_ok() => (bytes, UTF_8),
            _ => (bytes, WINDOWS_1252),
        };
        let text = if encoding == UTF_8 { std::str::from_utf8(rest).ok() } else { None };
        let decoded = || Rest::Bytes(rest, encoding.new_decoder_without_bom_handling());
        Self { rest: text.map_or_else(decoded, Rest::Text), decoded: String::new(), size: rest.len() }
    }

    /// How much of it was given out, 0 to 1.
    pub(crate) fn share(&self) -> f32 {
        let rest = match &self.rest {
            Rest::Text(text) => text.len(),
            Rest::Bytes(bytes, _) => bytes.len(),
        };
        1.0 - rest as f32 / self.size.max(1) as f32
    }

    /// The next stretch; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<&str> {
        match &mut self.rest {
            Rest::Text("") | Rest::Bytes([], _) => None,
            Rest::Text(text) => {
                let (now, after) = text.split_at(text.floor_char_boundary(STRETCH));
                *text = after;
                Some(now)
            }
            Rest::Bytes(bytes, decoder) => {
                let (now, after) = bytes.split_at(bytes.len().min(STRETCH));
                *bytes = after;
                self.decoded.clear();
                self.decoded.reserve(decoder.max_utf8_buffer_length(now.len())?);
                // There is room for all of it, so that all of it is read.
                let _ = decoder.decode_to_string(now, &mut self.decoded, after.is_empty());
                Some(&self.decoded)
            }
        }
    }
}

/// What a cut meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// All of the stretch was cut.
    End,
    /// Whoever took the values wanted no more.
    Enough,
    /// A value is longer than any cell's.
    TooLong,
}

/// Where the last stretch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Line,
    Value,
    Plain,
    Quoted,
    /// Behind a quotation mark within quotes, which ends them unless another follows.
    Closing,
}

/// Cuts text into values. Blank lines count as rows, so that a value is where its line is.
pub(crate) struct Cutter {
    mark: u8,
    longest: usize,
    row: u32,
    column: u32,
    value: String,
    state: State,
    /// Whether a line feed belongs to the line end before it.
    returned: bool,
}

impl Cutter {
    /// Cuts at a mark; no value may be longer than so many bytes.
    pub(crate) fn new(mark: u8, longest: usize) -> Self {
        Self { mark, longest, row: 0, column: 0, value: String::new(), state: State::Line, returned: false }
    }

    /// Cuts a stretch. `take` is given the row, the column and the words of each value, and returns false for no more.
    pub(crate) fn cut(&mut self, text: &str, take: &mut dyn FnMut(u32, u32, &str) -> bool) -> Met {
        let mut rest = text;
        while let Some(&first) = rest.as_bytes().first() {
            match self.state {
                State::Line if matches!(first, b'\r' | b'\n') => {
                    self.row = self.row.saturating_add(u32::from(!(self.returned && first == b'\n')));
                    self.returned = first == b'\r';
                    rest = &rest[1..];
                }
                State::Line => (self.state, self.returned) = (State::Value, false),
                State::Value if first == b'"' => {
                    self.state = State::Quoted;
                    rest = &rest[1..];
                }
                State::Value => self.state = State::Plain,
                State::Closing if first == b'"' => {
                    self.value.push('"');
                    self.state = State::Quoted;
                    rest = &rest[1..];
                }
                State::Closing => self.state = State::Plain,
                State::Quoted => {
                    let end = rest.bytes().position(|byte| byte == b'"');
                    if !self.keep(&rest[..end.unwrap_or(rest.len())]) {
                        return Met::TooLong;
                    }
                    let Some(end) = end else { return Met::End };
                    self.state = State::Closing;
                    rest = &rest[end + 1..];
                }
                State::Plain => {
                    let mark = self.mark;
                    let end = rest.bytes().position(|byte| byte == mark || byte == b'\n' || byte == b'\r');
                    let words = &rest[..end.unwrap_or(rest.len())];
                    let Some(end) = end else { return if self.keep(words) { Met::End } else { Met::TooLong } };
                    if !self.end_value(words, take) {
                        return if self.value.len() + words.len() > self.longest { Met::TooLong } else { Met::Enough };
                    }
                    self.end(rest.as_bytes()[end]);
                    rest = &rest[end + 1..];
                }
            }
        }
        Met::End
    }

    /// The value that the end of the text ends.
    pub(crate) fn finish(mut self, take: &mut dyn FnMut(u32, u32, &str) -> bool) {
        if self.state != State::Line {
            self.end_value("", take);
        }
    }

    fn keep(&mut self, words: &str) -> bool {
        let fits = self.value.len() + words.len() <= self.longest;
        if fits {
            self.value.push_str(words);
        }
        fits
    }

    fn end_value(&mut self, words: &str, take: &mut dyn FnMut(u32, u32, &str) -> bool) -> bool {
        if self.value.is_empty() {
            return words.len() <= self.longest && take(self.row, self.column, words);
        }
        let taken = self.keep(words) && take(self.row, self.column, &self.value);
        if taken {
            self.value.clear();
        }
        taken
    }

    /// Goes on behind a mark or the end of a line.
    fn end(&mut self, by: u8) {
        if by == self.mark {
            (self.column, self.state) = (self.column.saturating_add(1), State::Value);
        } else {
            (self.row, self.column, self.state) = (self.row.saturating_add(1), 0, State::Line);
            self.returned = by == b'\r';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pieces: &[&str]) -> Vec<(u32, u32, String)> {
        let mut values = Vec::new();
        let mut take = |row, column, text: &str| {
            values.push((row, column, text.to_owned()));
            true
        };
        let mut cutter = Cutter::new(b',', 20);
        pieces.iter().for_each(|piece| assert_eq!(cutter.cut(piece, &mut take), Met::End));
        cutter.finish(&mut take);
        values
    }

    #[test]
    fn wherever_a_text_is_parted_its_values_are_the_same() {
        let text = "a,\"b \"\"c\"\"\r\nd\"e,\r\n\r\n\nx\ry,\"\"\n\"\"\"z";
        let whole = values(&[text]);
        let expected = [(0, 0, "a"), (0, 1, "b \"c\"\r\nde"), (0, 2, ""), (3, 0, "x"), (4, 0, "y"), (4, 1, ""), (5, 0, "\"z")];
        assert_eq!(whole, expected.map(|(row, column, text)| (row, column, text.to_owned())));
        for at in 0..text.len() {
            assert_eq!(values(&[&text[..at], &text[at..]]), whole, "{at}");
        }
    }

    #[test]
    fn a_value_longer_than_a_cell_is_told_before_it_is_held() {
        for text in ["aaaaaaaaaaaaaaaaaaaaaaaa", "\"aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaa,b"] {
            assert_eq!(Cutter::new(b',', 20).cut(text, &mut |_, _, _| true), Met::TooLong, "{text}");
        }
        assert_eq!(Cutter::new(b',', 20).cut("a,b", &mut |_, _, _| false), Met::Enough);
    }

    #[test]
    fn stretches_are_the_text_in_every_encoding() {
        let long = "caf\u{e9} ".repeat(40_000);
        let windows: Vec<u8> = long.chars().map(|letter| letter as u8).collect();
        let wide: Vec<u8> = format!("\u{feff}{long}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [long.as_bytes(), &windows, &wide, &[b"\xEF\xBB\xBF", long.as_bytes()].concat()] {
            let (mut stretches, mut text) = (Stretches::of(bytes), String::new());
            while let Some(stretch) = stretches.next() {
                text.push_str(stretch);
            }
            assert!(text == long && stretches.share() == 1.0);
        }
    }
}
