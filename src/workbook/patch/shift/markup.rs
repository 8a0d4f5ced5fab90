//! A walk over the elements of a part that knows the bytes at which they stand. Resolves nothing and changes nothing.

use quick_xml::{Reader, events::Event};

use super::CannotShift;

/// The opening tag of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Its name without a prefix.
    pub name: &'a str,
    /// Its name as it is written.
    pub full: &'a str,
    pub start: usize,
    pub end: usize,
    /// Whether it ends at once and no `Close` follows.
    pub empty: bool,
    raw: &'a str,
}

/// An attribute of a tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute<'a> {
    pub name: &'a str,
    /// Its value as it is written.
    pub value: &'a str,
    /// Where its value stands.
    pub start: usize,
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// Its attributes, as far as they are well formed.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes { raw: self.raw, base: self.start, at: 1 + self.full.len() }
    }

    /// An attribute by its whole name.
    pub(super) fn get(&self, name: &str) -> Option<Attribute<'a>> {
        self.attributes().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute as it is written.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.get(name).map(|attribute| attribute.value)
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether it names a relationship: an `id` with a prefix.
    pub(super) fn is_related(&self) -> bool {
        self.attributes().any(|attribute| attribute.name != "id" && local(attribute.name) == "id")
    }

    /// Where another attribute can be put in.
    pub(super) fn behind_name(&self) -> usize {
        self.start + 1 + self.full.len()
    }
}

pub(super) struct Attributes<'a> {
    raw: &'a str,
    base: usize,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.raw.as_bytes();
        let skip = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            at
        };
        let name = skip(self.at);
        let mut at = name;
        while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>')) {
            at += 1;
        }
        let name_end = at;
        at = skip(at);
        if bytes.get(at) != Some(&b'=') || name_end == name {
            return None;
        }
        at = skip(at + 1);
        let quote = *bytes.get(at).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = at + 1;
        let length = bytes.get(start..)?.iter().position(|byte| *byte == quote)?;
        self.at = start + length + 1;
        Some(Attribute {
            name: self.raw.get(name..name_end)?,
            value: self.raw.get(start..start + length)?,
            start: self.base + start,
            end: self.base + start + length,
        })
    }
}

/// One step of a walk.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Open(Tag<'a>),
    /// The end of an element: its name without a prefix, and where its closing tag stands.
    Close {
        name: &'a str,
        start: usize,
        end: usize,
    },
    Done,
}

/// A walk over a part.
pub(super) struct Walk<'a> {
    pub source: &'a str,
    reader: Reader<&'a [u8]>,
    /// How many bytes stand before what the reader was given.
    before: usize,
}

impl<'a> Walk<'a> {
    /// Begins a walk. `lenient` lets elements end in any order, as those of old drawings do.
    pub(super) fn new(source: &'a str, lenient: bool) -> Self {
        let rest = source.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = !lenient;
        config.allow_unmatched_ends = lenient;
        Self { source, reader, before: source.len() - rest.len() }
    }

    /// The next step.
    ///
    /// # Errors
    /// When the markup is broken.
    pub(super) fn next(&mut self) -> Result<Step<'a>, CannotShift> {
        loop {
            let start = self.before + self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|error| CannotShift::Unreadable(error.to_string()))?;
            let empty = match event {
                Event::Start(_) => false,
                Event::Empty(_) => true,
                Event::End(_) => {
                    let end = self.before + self.reader.buffer_position() as usize;
                    let raw = self.raw(start, end)?;
                    let full = raw.get(2..raw.len() - 1).unwrap_or_default().trim_ascii_end();
                    return Ok(Step::Close { name: local(full), start, end });
                }
                Event::Eof => return Ok(Step::Done),
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => continue,
            };
            let end = self.before + self.reader.buffer_position() as usize;
            let raw = self.raw(start, end)?;
            let length = raw.bytes().skip(1).position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
            let full = length.and_then(|length| raw.get(1..=length)).unwrap_or_default();
            return Ok(Step::Open(Tag { name: local(full), full, start, end, empty, raw }));
        }
    }

    fn raw(&self, start: usize, end: usize) -> Result<&'a str, CannotShift> {
        let raw = self.source.get(start..end).filter(|raw| raw.starts_with('<') && raw.ends_with('>'));
        raw.ok_or_else(|| CannotShift::Unreadable("its tags are not where they were read".to_owned()))
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The text of a part.
///
/// # Errors
/// When it is not UTF-8.
pub(super) fn text(part: &[u8]) -> Result<&str, CannotShift> {
    std::str::from_utf8(part).map_err(|_| CannotShift::Unreadable("it is not written in UTF-8".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_know_their_bytes() {
        let source = "\u{feff}<?xml version='1.0'?><x:a  r = \"1\" b='&quot;'><c/>t</x:a >";
        let mut walk = Walk::new(source, false);
        let Ok(Step::Open(tag)) = walk.next() else { panic!("no tag") };
        let r = tag.get("r").expect("there");
        assert_eq!((tag.name, &source[r.start..r.end]), ("a", "1"));
        assert_eq!(tag.value("b"), Some("&quot;"));
        assert!(matches!(walk.next(), Ok(Step::Open(Tag { name: "c", empty: true, .. }))));
        let Ok(Step::Close { name, start, end }) = walk.next() else { panic!("no end") };
        assert_eq!((name, &source[start..end]), ("a", "</x:a >"));
        assert!(matches!(walk.next(), Ok(Step::Done)));
        assert!(Walk::new("<a><b></a>", false).next().is_ok());
    }
}
