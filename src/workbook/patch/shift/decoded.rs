//! The text that stands escaped in a part, with where each of its bytes stands there. Changes nothing.

use std::borrow::Cow;

use quick_xml::escape::resolve_xml_entity;

/// A text out of a part.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Where it begins in the part.
    base: usize,
    /// For each byte of the text, where it begins and ends behind `base`, unless it stands there as it is.
    places: Vec<(u32, u32)>,
}

impl<'a> Decoded<'a> {
    /// Decodes what stands between two bytes of a part. What is no known entity stands for itself.
    pub(super) fn of(raw: &'a str, base: usize) -> Self {
        if !raw.contains(['&', '<']) || raw.len() > u32::MAX as usize {
            return Self { text: Cow::Borrowed(raw), base, places: Vec::new() };
        }
        let (mut text, mut places, mut at) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len() + 1), 0);
        while at < raw.len() {
            let rest = &raw[at..];
            if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                let length = inner.find("]]>").unwrap_or(inner.len());
                for (offset, character) in inner[..length].char_indices() {
                    push(&mut text, &mut places, character, at + 9 + offset, character.len_utf8());
                }
                at = (at + 9 + length + 3).min(raw.len());
            } else if let Some(length) = passed_over(rest) {
                at += length;
            } else if let Some((character, length)) = entity(rest) {
                push(&mut text, &mut places, character, at, length);
                at += length;
            } else {
                let character = rest.chars().next().unwrap_or('\u{fffd}');
                push(&mut text, &mut places, character, at, character.len_utf8());
                at += character.len_utf8();
            }
        }
        Self { text: Cow::Owned(text), base, places }
    }

    /// Where a stretch of the text stands in the part.
    pub(super) fn place(&self, start: usize, end: usize) -> (usize, usize) {
        match (self.places.get(start), end.checked_sub(1).and_then(|last| self.places.get(last))) {
            (Some(first), Some(last)) => (self.base + first.0 as usize, self.base + last.1 as usize),
            _ => (self.base + start, self.base + end),
        }
    }
}

fn push(text: &mut String, places: &mut Vec<(u32, u32)>, character: char, at: usize, length: usize) {
    text.push(character);
    places.extend(std::iter::repeat_n((at as u32, (at + length) as u32), character.len_utf8()));
}

/// The length of a comment or an instruction that the text begins with.
fn passed_over(rest: &str) -> Option<usize> {
    [("<!--", "-->"), ("<?", "?>"), ("<", ">")]
        .iter()
        .find(|(from, _)| rest.starts_with(from))
        .map(|(_, to)| rest.find(to).map_or(rest.len(), |at| at + to.len()))
}

/// The character of an entity that the text begins with, and its length.
fn entity(rest: &str) -> Option<(char, usize)> {
    let inner = rest.strip_prefix('&')?;
    let length = inner.bytes().take(12).position(|byte| byte == b';')?;
    let name = &inner[..length];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => resolve_xml_entity(name)?.chars().next()?,
    };
    Some((character, length + 2))
}

/// A text as it may stand in an element, where quotes need no escape.
pub(super) fn escaped_content(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_found_again() {
        let raw = "&apos;R&amp;D&apos;!A1<!-- x --><![CDATA[&\"é\"]]>&#65;&bad;";
        let decoded = Decoded::of(raw, 100);
        assert_eq!(decoded.text, "'R&D'!A1&\"é\"A&bad;");
        let at = decoded.text.find("A1").expect("there");
        assert_eq!(decoded.place(at, at + 2), (100 + 20, 100 + 22));
        let at = decoded.text.find("é\"").expect("there");
        assert_eq!(&raw[decoded.place(at, at + 3).0 - 100..decoded.place(at, at + 3).1 - 100], "é\"");
        assert_eq!(Decoded::of("A1", 5).place(0, 2), (5, 7));
        for odd in ["<", "&", "<![CDATA[", "<!--", "&#xD800;", "&é;"] {
            Decoded::of(odd, 0);
        }
    }
}
