//! A small walk over the elements of a part. Never resolves anything outside it.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

/// One step of a walk.
pub(crate) enum XmlStep<'a> {
    Open(Element<'a>),
    Text(&'a str),
    /// The name of the element that ends, without its prefix.
    Close(&'a str),
}

/// The beginning of an element.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name, without a prefix.
    pub(crate) fn name(&self) -> &str {
        after_prefix(self.0.name().0)
    }

    /// An attribute by its name without a prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|attribute| after_prefix(attribute.key.0) == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// An attribute that is a whole number.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether any attribute of this name, whatever its prefix, has a value.
    pub(crate) fn says(&self, name: &str, value: &str) -> bool {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|attribute| after_prefix(attribute.key.0) == name && *attribute.value == *value)
    }

    /// Whether an attribute says yes.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value == "1" || value == "true")
    }
}

fn after_prefix(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// From how many bytes on a part that is no UTF-8 is walked over up to where it is not, and no copy of it mended.
const LARGE: usize = 4 << 20;

/// Walks over a part, or a piece of one whose elements begin or end outside it. It ends where the XML is broken.
pub(crate) fn walk(part: &[u8], mut see: impl FnMut(XmlStep<'_>)) {
    walk_while(part, |step| {
        see(step);
        true
    });
}

/// The same, as long as it is wanted.
pub(crate) fn walk_while(part: &[u8], mut wanted: impl FnMut(XmlStep<'_>) -> bool) {
    let text = match std::str::from_utf8(part) {
        Err(error) if part.len() > LARGE => String::from_utf8_lossy(&part[..error.valid_up_to()]),
        _ => String::from_utf8_lossy(part),
    };
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    loop {
        let go_on = match reader.read_event() {
            Ok(Event::Start(start)) => wanted(XmlStep::Open(Element(&start))),
            Ok(Event::End(end)) => wanted(XmlStep::Close(after_prefix(end.name().0))),
            Ok(Event::Text(text)) => wanted(XmlStep::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => wanted(XmlStep::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    wanted(XmlStep::Text(character.encode_utf8(&mut [0; 4])))
                } else {
                    resolve_xml_entity(&reference.xml10_content()).is_none_or(|text| wanted(XmlStep::Text(text)))
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => true,
        };
        if !go_on {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_part_is_walked_with_prefixes_and_entities() {
        let mut seen = String::new();
        walk(b"</x:sheetData><x:f x:id=\"a &amp; b\">R&amp;D &#163;</x:f><c/></x:worksheet>", |step| match step {
            XmlStep::Open(element) => seen.push_str(&format!("<{} {:?}>", element.name(), element.get("id"))),
            XmlStep::Text(text) => seen.push_str(text),
            XmlStep::Close(name) => seen.push_str(&format!("</{name}>")),
        });
        assert_eq!(seen, "</sheetData><f Some(\"a & b\")>R&D £</f><c None></c></worksheet>");
    }
}
