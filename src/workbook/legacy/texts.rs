//! The texts in an .xls file's records, which go on in the records that continue them. Makes no room by a length that is only stated.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::{Records, decoded, half};

const CONTINUED: u16 = 0x003C;

/// The encoding of a code page by its number; that of Western Europe where it is not known.
pub(crate) fn code_page(number: u16) -> &'static Encoding {
    match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 | 0x8000 => MACINTOSH,
        10_007 => X_MAC_CYRILLIC,
        _ => WINDOWS_1252,
    }
}

/// A record and the ones that continue it, read from the front.
pub(crate) struct Texts<'a> {
    rest: &'a [u8],
    more: Records<'a>,
}

impl<'a> Texts<'a> {
    /// Reads on in a record's body; `more` are the records behind it.
    pub(crate) fn new(body: &'a [u8], more: Records<'a>) -> Self {
        Self { rest: body, more }
    }

    /// Goes on to the next piece. False when there is none.
    fn go_on(&mut self) -> bool {
        let mut more = self.more.clone();
        match more.next() {
            Some((CONTINUED, data)) => {
                (self.rest, self.more) = (data, more);
                true
            }
            _ => false,
        }
    }

    /// Whether nothing is left.
    pub(crate) fn is_at_end(&mut self) -> bool {
        while self.rest.is_empty() {
            if !self.go_on() {
                return true;
            }
        }
        false
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.is_at_end() {
                return None;
            }
            let step = count.min(self.rest.len());
            self.rest = &self.rest[step..];
            count -= step;
        }
        Some(())
    }

    /// A text of the list of shared texts: its length, its letters, and what is not read of it.
    pub(crate) fn shared(&mut self) -> Option<String> {
        if self.is_at_end() {
            return None;
        }
        let head = self.take(3)?;
        let (length, flags) = (usize::from(half(head, 0)?), head[2]);
        let runs = if flags & 8 != 0 { usize::from(half(self.take(2)?, 0)?) } else { 0 };
        let extra = if flags & 4 != 0 { u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize } else { 0 };
        let text = self.letters(length, flags & 1 != 0);
        // What only describes the text may be cut off.
        let _ = self.skip(runs * 4).and_then(|()| self.skip(extra));
        Some(text)
    }

    /// A text whose length was read: a flag says how wide its letters are.
    pub(crate) fn flagged(&mut self, length: usize) -> Option<String> {
        if length == 0 {
            return Some(String::new());
        }
        if self.is_at_end() {
            return None;
        }
        let wide = self.take(1)?[0] & 1 != 0;
        Some(self.letters(length, wide))
    }

    /// So many letters, or as many as there are.
    fn letters(&mut self, mut left: usize, mut wide: bool) -> String {
        let mut text = String::new();
        while left > 0 {
            let width = if wide { 2 } else { 1 };
            let count = left.min(self.rest.len() / width);
            let piece = self.take(count * width).unwrap_or_default();
            if wide {
                let units = piece.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                text.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
            } else {
                text.push_str(&decoded(WINDOWS_1252, piece));
            }
            left -= count;
            // Each piece says anew how wide its letters are.
            if left > 0 {
                if !self.go_on() {
                    break;
                }
                let Some(flag) = self.take(1) else { break };
                wide = flag[0] & 1 != 0;
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(data: &[u8]) -> Vec<u8> {
        [&CONTINUED.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn a_text_goes_on_in_the_next_records_with_letters_of_another_width() {
        let more = [record(b"\x01c\0d\0"), record(b"\0e\x02\0\0no")].concat();
        let mut texts = Texts::new(b"\x05\0\0ab", Records::new(&more, 0));
        assert_eq!((texts.shared().as_deref(), texts.shared().as_deref()), (Some("abcde"), Some("no")));
        assert!(texts.is_at_end() && texts.shared().is_none());
    }

    #[test]
    fn a_text_that_is_cut_off_is_as_long_as_it_is() {
        let mut texts = Texts::new(b"\xFF\xFF\x0C\x01\0\xFF\xFF\xFF\x7Fab", Records::new(&[], 0));
        assert_eq!(texts.shared().as_deref(), Some("ab"));
    }
}
