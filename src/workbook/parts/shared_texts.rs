//! The texts that cells share, and texts as parts write them: with entities, runs and characters by their numbers. Knows no cell.

use std::{borrow::Cow, ops::Range, thread};

use memchr::{memchr, memchr3, memmem};

use super::xml::{XmlStep, walk};
use crate::workbook::{
    chunks::{chunk_count, chunks},
    package::after_aside,
};

/// From how many bytes on the list of texts is read by several threads.
const LARGE: usize = 4 << 20;
/// The length of a character by its number, `_x000D_`.
const CODED: usize = 7;

/// The list of texts that cells name by their places in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedTexts {
    pieces: Vec<Piece>,
}

/// The texts of a stretch of the list, one behind the other, so that they take no room each of their own.
#[derive(Debug, Default, PartialEq, Eq)]
struct Piece {
    text: String,
    ends: Vec<usize>,
}

impl SharedTexts {
    /// Reads the list. Elements that are none of it are passed over.
    pub(crate) fn read(part: &[u8]) -> Self {
        let cut = pieces(part, chunk_count(part.len(), LARGE));
        let read = |piece: Range<usize>| Piece::read(&part[piece]);
        let [first, others @ ..] = &cut[..] else { return Self::default() };
        thread::scope(|scope| {
            let others: Vec<_> = others.iter().map(|piece| scope.spawn(|| read(piece.clone()))).collect();
            let first = read(first.clone());
            let others = others.into_iter().map(|piece| piece.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
            Self { pieces: std::iter::once(first).chain(others).collect() }
        })
    }

    /// The text at a place of the list.
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        let mut at = at;
        for piece in &self.pieces {
            match piece.ends.get(at) {
                Some(end) => {
                    let start = at.checked_sub(1).map_or(0, |before| piece.ends[before]);
                    return piece.text.get(start..*end);
                }
                None => at -= piece.ends.len(),
            }
        }
        None
    }
}

/// Cuts the list where texts begin, into about so many pieces.
fn pieces(part: &[u8], count: usize) -> Vec<Range<usize>> {
    chunks(part, 0, count, b"<si>", |_| true)
}

impl Piece {
    fn read(part: &[u8]) -> Self {
        let mut piece = Self { text: String::with_capacity(part.len()), ends: Vec::new() };
        let mut at = 0;
        while let Some(tag) = Tag::next(part, at) {
            at = tag.end;
            if tag.name != b"si" || tag.closes {
                continue;
            }
            if !tag.is_empty {
                let inner = at;
                let Some(close) = end_of_text(part, inner) else { break };
                rich_text(&part[inner..close.start], &mut piece.text);
                at = close.end;
            }
            piece.ends.push(piece.text.len());
        }
        piece
    }
}

/// Where the end tag of a text stands that begins here.
fn end_of_text(part: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let tag = Tag::next(part, at)?;
        if tag.closes && tag.name == b"si" {
            return Some(tag.start..tag.end);
        }
        at = tag.end;
    }
}

/// A tag as it stands in a part.
struct Tag<'part> {
    start: usize,
    end: usize,
    /// Without a prefix.
    name: &'part [u8],
    closes: bool,
    is_empty: bool,
}

impl<'part> Tag<'part> {
    /// The next tag; comments, instructions and raw texts are passed over.
    fn next(part: &'part [u8], mut from: usize) -> Option<Self> {
        loop {
            let start = from + memchr(b'<', part.get(from..)?)?;
            let rest = &part[start..];
            if matches!(rest.get(1)?, b'!' | b'?') {
                from = after_aside(part, start)?;
                continue;
            }
            let end = start + memchr(b'>', rest)? + 1;
            let inner = &part[start + 1..end - 1];
            let closes = inner.first() == Some(&b'/');
            let is_empty = inner.last() == Some(&b'/');
            let name = if closes { &inner[1..] } else { inner };
            let length = name.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(name.len());
            let name = &name[..length];
            let name = memchr(b':', name).map_or(name, |colon| &name[colon + 1..]);
            return Some(Self { start, end, name, closes, is_empty: is_empty && !closes });
        }
    }
}

/// Adds what stands in an `si` or `is` element: its text, or the texts of its runs, without how they are pronounced.
pub(crate) fn rich_text(inner: &[u8], into: &mut String) {
    let plain: Option<(&[u8], bool)> = [(&b"<t>"[..], false), (&b"<t xml:space=\"preserve\">"[..], true)]
        .into_iter()
        .find_map(|(tag, preserved)| Some((inner.strip_prefix(tag)?.strip_suffix(b"</t>")?, preserved)));
    if let Some((text, preserved)) = plain.filter(|(text, _)| memchr(b'<', text).is_none()) {
        return written_text(text, preserved, into);
    }
    let (mut from, mut preserved, mut pronounced) = (None, false, false);
    walk(inner, |step| match step {
        XmlStep::Open(element) => match element.name() {
            "rPh" => pronounced = true,
            "t" if !pronounced => (from, preserved) = (Some(into.len()), element.get("space").as_deref() == Some("preserve")),
            _ => {}
        },
        XmlStep::Text(text) if from.is_some() => into.push_str(text),
        XmlStep::Close("rPh") => pronounced = false,
        XmlStep::Close("t") => {
            if let Some(from) = from.take() {
                settle(from, preserved, into);
            }
        }
        XmlStep::Text(_) | XmlStep::Close(_) => {}
    });
    if let Some(from) = from {
        settle(from, preserved, into);
    }
}

/// Adds a text as it is written between two tags.
pub(crate) fn written_text(raw: &[u8], preserved: bool, into: &mut String) {
    let from = into.len();
    if memchr3(b'&', b'<', b'\r', raw).is_none() {
        into.push_str(&String::from_utf8_lossy(raw));
    } else {
        walk(raw, |step| match step {
            XmlStep::Text(text) => into.push_str(text),
            XmlStep::Open(_) | XmlStep::Close(_) => {}
        });
    }
    settle(from, preserved, into);
}

/// Trims a text that was just added, unless its spaces are to be kept, and puts characters in the place of their numbers. Only spaces that
/// are typed with the keyboard are trimmed.
fn settle(from: usize, preserved: bool, into: &mut String) {
    const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];
    if !preserved {
        into.truncate(from + into[from..].trim_end_matches(SPACES).len());
        let spaces = into[from..].len() - into[from..].trim_start_matches(SPACES).len();
        into.replace_range(from..from + spaces, "");
    }
    if let Cow::Owned(decoded) = decoded(&into[from..]) {
        into.replace_range(from.., &decoded);
    }
}

/// A text with the characters that are written by their numbers, such as `_x000D_`; those beyond 16 bits are written as two.
fn decoded(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), b"_x").is_none() {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut units, mut rest) = (String::with_capacity(text.len()), Vec::new(), text);
    let mut found = false;
    while !rest.is_empty() {
        if let Some(unit) = character_number(rest) {
            found = true;
            units.push(unit);
            rest = &rest[CODED..];
            continue;
        }
        plain.extend(char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        let next = rest.char_indices().skip(1).find(|(_, c)| *c == '_').map_or(rest.len(), |(at, _)| at);
        plain.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    plain.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    if found { Cow::Owned(plain) } else { Cow::Borrowed(text) }
}

/// The number of the character that a text begins with by its number.
pub(crate) fn character_number(text: &str) -> Option<u16> {
    let digits = text.as_bytes().get(..CODED)?.strip_prefix(b"_x")?.strip_suffix(b"_")?;
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &str) -> Vec<String> {
        let shared = SharedTexts::read(format!("<?xml version=\"1.0\"?><sst count=\"9\">{list}</sst>").as_bytes());
        (0..).map_while(|at| shared.get(at).map(str::to_owned)).collect()
    }

    #[test]
    fn texts_are_read_as_excel_shows_them() {
        assert_eq!(
            texts(
                "<si><t>plain</t></si><si/><si><t xml:space=\"preserve\"> kept </t></si><si><t> trimmed\n</t></si>\
                 <x:si><x:r><x:rPr><x:b/></x:rPr><x:t>R&amp;D </x:t></x:r><x:r><x:t xml:space=\"preserve\"> &#163;5</x:t></x:r></x:si>\
                 <si><t>base</t><rPh sb=\"0\" eb=\"1\"><t>not said</t></rPh></si><si></si><si><t><![CDATA[a < b]]></t></si>"
            ),
            ["plain", "", " kept ", "trimmed", "R&D £5", "base", "", "a < b"]
        );
    }

    #[test]
    fn characters_by_their_numbers_are_put_in_place() {
        assert_eq!(
            texts(
                "<si><t>a_x000D_\nb</t></si><si><t>_x005F_x000D_</t></si><si><t>_xD83D__xDCF7_ _xD83D_</t></si><si><t>_x12_ _xyz0_</t></si>"
            ),
            ["a\r\nb", "_x000D_", "\u{1f4f7} \u{fffd}", "_x12_ _xyz0_"]
        );
    }

    #[test]
    fn a_list_that_is_cut_off_gives_what_is_there() {
        assert_eq!(texts("<si><t>a</t></si><si><t>b"), ["a"]);
        assert_eq!(SharedTexts::read(b"").get(0), None);
        assert_eq!(SharedTexts::read(b"<sst><si").get(0), None);
    }

    #[test]
    fn pieces_give_what_the_whole_does() {
        let list: String = (0..100).map(|at| format!("<si><t>text {at}</t></si>")).collect();
        let part = format!("<sst>{list}</sst>");
        let cut = pieces(part.as_bytes(), 3);
        assert_eq!(cut.len(), 3);
        let shared = SharedTexts { pieces: cut.into_iter().map(|piece| Piece::read(&part.as_bytes()[piece])).collect() };
        let all: Vec<&str> = (0..).map_while(|at| shared.get(at)).collect();
        assert_eq!((all.len(), all[0], all[57], all[99]), (100, "text 0", "text 57", "text 99"));
    }
}
