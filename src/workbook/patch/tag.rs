//! One start tag of a part as it is written: its attributes are read, set and taken out, and all else stays. Follows nothing.

use std::{borrow::Cow, ops::Range};

use quick_xml::escape::{escape, unescape};

/// A start tag, from its bracket to its bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is written now.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// An attribute by its name as it is written, in plain text.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let raw = &self.0[self.attributes().find(|(found, ..)| &self.0[found.clone()] == name)?.1];
        Some(unescape(raw).unwrap_or(Cow::Borrowed(raw)))
    }

    /// An attribute that is a whole number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value == "1" || value == "true")
    }

    /// Sets an attribute where it stands, or as the last.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value).into_owned();
        let found = self.attributes().find(|(found, ..)| &self.0[found.clone()] == name).map(|(_, value, _)| value);
        match found {
            Some(at) => self.0.replace_range(at, &value),
            None => {
                let end = self.0.trim_end_matches(['>', '/']).trim_end().len();
                self.0.insert_str(end, &format!(" {name}=\"{value}\""));
            }
        }
    }

    /// Takes attributes out.
    pub(super) fn remove(&mut self, names: &[&str]) {
        let gone: Vec<Range<usize>> =
            self.attributes().filter(|(found, ..)| names.contains(&&self.0[found.clone()])).map(|(_, _, whole)| whole).collect();
        gone.into_iter().rev().for_each(|at| self.0.replace_range(at, ""));
    }

    /// Whether nothing stands between it and its end.
    pub(super) fn is_empty(&self) -> bool {
        self.0.ends_with("/>")
    }

    /// The same tag with something between it and its end, or with nothing.
    pub(super) fn set_empty(&mut self, empty: bool) {
        let end = self.0.trim_end_matches(['>', '/']).len();
        self.0.replace_range(end.., if empty { "/>" } else { ">" });
    }

    /// Its name as it is written, with its prefix.
    pub(super) fn name(&self) -> &str {
        let rest = self.0.strip_prefix('<').unwrap_or(&self.0);
        &rest[..rest.find([' ', '>', '/', '\n', '\r', '\t']).unwrap_or(rest.len())]
    }

    /// The prefix of its name with the colon; empty where it has none.
    pub(super) fn prefix(&self) -> &str {
        self.name().find(':').map_or("", |colon| &self.name()[..=colon])
    }

    /// The attributes: where the name stands, the value, and both with the space before them.
    fn attributes(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>, Range<usize>)> {
        let text = self.0.as_bytes();
        let mut at = 1 + self.name().len();
        std::iter::from_fn(move || {
            let whole = at;
            let skip = |at: usize, over: &dyn Fn(u8) -> bool| Some(at + text.get(at..)?.iter().position(|byte| !over(*byte))?);
            let name = skip(at, &|byte| byte.is_ascii_whitespace())?;
            let end = skip(name, &|byte| !matches!(byte, b'=' | b'>' | b'/') && !byte.is_ascii_whitespace())?;
            let equals = skip(end, &|byte| byte.is_ascii_whitespace())?;
            let quote = skip(equals + 1, &|byte| byte.is_ascii_whitespace())?;
            let mark = *text.get(quote)?;
            if name == end || text.get(equals) != Some(&b'=') || !matches!(mark, b'"' | b'\'') {
                return None;
            }
            let close = skip(quote + 1, &|byte| byte != mark)?;
            at = close + 1;
            Some((name..end, quote + 1..close, whole..at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_set_and_taken_out_and_the_rest_stays() {
        let mut tag = Tag::new("<x:c  r='B2' s=\"3\"\n t=\"s\" />");
        assert_eq!((tag.name(), tag.prefix(), tag.get("r").as_deref(), tag.number("s")), ("x:c", "x:", Some("B2"), Some(3)));
        tag.set("s", "12");
        tag.set("ph", "a & b");
        tag.remove(&["t", "vm"]);
        assert_eq!(tag.as_str(), "<x:c  r='B2' s=\"12\" ph=\"a &amp; b\" />");
        assert!(tag.is_empty());
        tag.set_empty(false);
        assert_eq!(tag.as_str(), "<x:c  r='B2' s=\"12\" ph=\"a &amp; b\" >");
        assert_eq!(Tag::new("<c").get("r"), None);
        assert_eq!(Tag::new("<c r=>").get("r"), None);
    }
}
