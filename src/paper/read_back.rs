//! Reads a PDF that was written here back, as its tags, bookmarks and texts, for tests. Reads no other.

use std::{collections::BTreeMap, io::Read};

/// An object of a PDF.
#[derive(Clone, Debug)]
enum Object {
    Name(String),
    Number(f64),
    Text(Vec<u8>),
    List(Vec<Object>),
    Dictionary(BTreeMap<String, Object>),
    Reference(u32),
    /// An operator, a truth or nothing.
    Word(String),
}

/// A PDF that was read back.
pub(crate) struct Pdf {
    bytes: Vec<u8>,
    places: BTreeMap<u32, usize>,
    root: Object,
}

/// A tag with what is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) kind: String,
    /// Its alternative text, its scope or its summary, where it has one.
    pub(crate) about: String,
    /// What its own content says, without that of the tags below.
    pub(crate) text: String,
    pub(crate) below: Vec<Tag>,
}

impl Tag {
    /// All of it in reading order.
    pub(crate) fn words(&self) -> String {
        let below = self.below.iter().map(Self::words);
        [self.text.clone()]
            .into_iter()
            .chain(below)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Every tag of a kind within it, in reading order.
    pub(crate) fn all<'tag>(&'tag self, kind: &str, found: &mut Vec<&'tag Tag>) {
        if self.kind == kind {
            found.push(self);
        }
        self.below.iter().for_each(|tag| tag.all(kind, found));
    }
}

impl Pdf {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let tail = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(64)..]).into_owned();
        let start: usize =
            tail.split("startxref").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse().ok()).expect("a table of places");
        let table = String::from_utf8_lossy(&bytes[start..]).into_owned();
        let count: usize = table.split_whitespace().nth(2).and_then(|count| count.parse().ok()).expect("a count");
        let lines = table.lines().skip(2).take(count);
        let places = (0_u32..)
            .zip(lines)
            .filter(|(_, line)| line.contains(" n"))
            .map(|(number, line)| (number, line[..10].parse().expect("a place")));
        let places = places.collect();
        let trailer = bytes[start..].windows(7).position(|window| window == b"trailer").expect("a trailer") + start + 7;
        let (trailer, _) = object(bytes, trailer);
        let mut pdf = Self { bytes: bytes.to_vec(), places, root: trailer.clone() };
        pdf.root = pdf.get(&trailer, "Root");
        pdf
    }

    /// The pages in order.
    fn pages(&self) -> Vec<Object> {
        let mut pages = Vec::new();
        self.pages_of(&self.get(&self.root, "Pages"), &mut pages);
        pages
    }

    fn pages_of(&self, node: &Object, pages: &mut Vec<Object>) {
        let Object::List(kids) = self.get(node, "Kids") else {
            pages.push(node.clone());
            return;
        };
        kids.iter().for_each(|kid| self.pages_of(&self.resolved(kid), pages));
    }

    pub(crate) fn page_count(&self) -> usize {
        self.pages().len()
    }

    /// What is drawn on each page, tagged or not, in the order it is drawn.
    pub(crate) fn page_texts(&self) -> Vec<String> {
        self.pages().iter().map(|page| self.marked(page).into_iter().map(|(_, text)| text).collect()).collect()
    }

    /// The bookmarks with how deep they stand.
    pub(crate) fn bookmarks(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        self.bookmarks_of(&self.get(&self.get(&self.root, "Outlines"), "First"), 0, &mut found);
        found
    }

    fn bookmarks_of(&self, item: &Object, depth: usize, found: &mut Vec<(usize, String)>) {
        let mut item = item.clone();
        while let Object::Dictionary(_) = item {
            found.push((depth, self.text_of(&self.get(&item, "Title"))));
            self.bookmarks_of(&self.get(&item, "First"), depth + 1, found);
            item = self.get(&item, "Next");
        }
    }

    /// The language of the document.
    pub(crate) fn language(&self) -> String {
        self.text_of(&self.get(&self.root, "Lang"))
    }

    /// The tree of tags.
    pub(crate) fn tags(&self) -> Vec<Tag> {
        let texts: BTreeMap<u32, BTreeMap<i64, String>> = self
            .page_numbers()
            .into_iter()
            .map(|number| {
                let mut texts: BTreeMap<i64, String> = BTreeMap::new();
                for (mark, text) in self.marked(&self.resolved(&Object::Reference(number))) {
                    if let Some(mark) = mark {
                        *texts.entry(mark).or_default() += &text;
                    }
                }
                (number, texts)
            })
            .collect();
        let root = self.get(&self.get(&self.root, "StructTreeRoot"), "K");
        list(&self.resolved(&root)).iter().map(|kid| self.tag(&self.resolved(kid), None, &texts)).collect()
    }

    fn page_numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.numbers_of(&self.get(&self.root, "Pages"), &mut numbers);
        numbers
    }

    fn numbers_of(&self, node: &Object, numbers: &mut Vec<u32>) {
        for kid in list(&self.get(node, "Kids")) {
            let Object::Reference(number) = kid else { continue };
            let page = self.resolved(&kid);
            if matches!(self.get(&page, "Kids"), Object::List(_)) { self.numbers_of(&page, numbers) } else { numbers.push(number) }
        }
    }

    fn tag(&self, element: &Object, page: Option<u32>, texts: &BTreeMap<u32, BTreeMap<i64, String>>) -> Tag {
        let Object::Name(kind) = self.get(element, "S") else { unreachable!("an element without a kind: {element:?}") };
        let page = reference(element, "Pg").or(page);
        let mut tag = Tag { kind, about: String::new(), text: String::new(), below: Vec::new() };
        let attributes = list(&self.get(element, "A"));
        let stated = attributes.iter().map(|held| self.resolved(held)).find_map(|held| {
            match (self.get(&held, "Scope"), self.get(&held, "Summary")) {
                (Object::Name(scope), _) => Some(scope),
                (_, summary @ Object::Text(_)) => Some(self.text_of(&summary)),
                _ => None,
            }
        });
        tag.about = match self.get(element, "Alt") {
            alt @ Object::Text(_) => self.text_of(&alt),
            _ => stated.unwrap_or_default(),
        };
        for kid in list(&self.get(element, "K")) {
            let (page, mark) = match &kid {
                Object::Number(mark) => (page, Some(*mark as i64)),
                Object::Dictionary(held) if held.contains_key("MCID") => match &held["MCID"] {
                    Object::Number(mark) => (reference(&kid, "Pg").or(page), Some(*mark as i64)),
                    _ => (page, None),
                },
                _ => (page, None),
            };
            match mark {
                Some(mark) => tag.text += texts.get(&page.expect("a page")).and_then(|texts| texts.get(&mark)).map_or("", String::as_str),
                None => tag.below.push(self.tag(&self.resolved(&kid), page, texts)),
            }
        }
        tag
    }

    /// What is drawn on a page, each text with its mark.
    fn marked(&self, page: &Object) -> Vec<(Option<i64>, String)> {
        let Object::Dictionary(fonts) = self.get(&self.get(page, "Resources"), "Font") else { return Vec::new() };
        let maps: BTreeMap<String, BTreeMap<u32, String>> =
            fonts.iter().map(|(name, font)| (name.clone(), self.letters(&self.resolved(font)))).collect();
        let Object::Dictionary(held) = page else { return Vec::new() };
        let Object::Reference(content) = held["Contents"] else { return Vec::new() };
        let content = self.stream(content);
        let (mut found, mut at, mut waiting) = (Vec::new(), 0, Vec::<Object>::new());
        // What is open: its mark, and the text that stands for what is drawn in it.
        let mut open: Vec<(Option<i64>, Option<String>)> = Vec::new();
        let mut font = String::new();
        while skip(&content, at) < content.len() {
            let (next, after) = object(&content, at);
            at = after;
            let Object::Word(word) = &next else {
                waiting.push(next);
                continue;
            };
            match word.as_str() {
                "BDC" | "BMC" => {
                    let held = waiting.last().cloned();
                    let mark = held
                        .as_ref()
                        .map(|held| self.get(held, "MCID"))
                        .and_then(|mark| if let Object::Number(mark) = mark { Some(mark as i64) } else { None });
                    let stands = held.map(|held| self.get(&held, "ActualText")).filter(|text| matches!(text, Object::Text(_)));
                    open.push((mark, stands.map(|text| self.text_of(&text))));
                    let within = open.iter().rev().skip(1).any(|(_, text)| text.is_some());
                    if let (Some((_, Some(text))), false) = (open.last(), within) {
                        found.push((open.iter().rev().find_map(|(mark, _)| *mark), text.clone()));
                    }
                }
                "EMC" => drop(open.pop()),
                "Tf" => {
                    if let Some(Object::Name(name)) = waiting.first() {
                        font.clone_from(name);
                    }
                }
                "Tj" | "TJ" if open.iter().all(|(_, text)| text.is_none()) => {
                    let texts = waiting.iter().flat_map(list);
                    let drawn: String = texts
                        .filter_map(|text| if let Object::Text(bytes) = text { Some(bytes) } else { None })
                        .map(|bytes| decoded(&bytes, maps.get(&font)))
                        .collect();
                    found.push((open.iter().rev().find_map(|(mark, _)| *mark), drawn));
                }
                _ => {}
            }
            waiting.clear();
        }
        found
    }

    /// Which text each glyph of a font stands for.
    fn letters(&self, font: &Object) -> BTreeMap<u32, String> {
        let Some(map) = reference(font, "ToUnicode") else { return BTreeMap::new() };
        let map = self.stream(map);
        let mut letters = BTreeMap::new();
        let (mut at, mut waiting) = (0, Vec::<Vec<u8>>::new());
        while skip(&map, at) < map.len() {
            let (next, after) = object(&map, at);
            at = after;
            match next {
                Object::Text(bytes) => waiting.push(bytes),
                Object::Word(word) if word == "endbfchar" => {
                    letters.extend(waiting.chunks(2).filter(|pair| pair.len() == 2).map(|pair| (number(&pair[0]), utf16(&pair[1]))));
                    waiting.clear();
                }
                Object::Word(_) => waiting.clear(),
                _ => {}
            }
        }
        letters
    }

    fn stream(&self, number: u32) -> Vec<u8> {
        let (held, after) = self.object_at(number);
        let Object::Number(length) = self.get(&held, "Length") else { return Vec::new() };
        let start = self.bytes[after..].windows(6).position(|window| window == b"stream").expect("a stream") + after + 6;
        let start = start + usize::from(self.bytes[start] == b'\r') + 1;
        let packed = &self.bytes[start..start + length as usize];
        match self.get(&held, "Filter") {
            Object::Name(name) if name == "FlateDecode" => {
                let mut bytes = Vec::new();
                flate2::read::ZlibDecoder::new(packed).read_to_end(&mut bytes).expect("a whole stream");
                bytes
            }
            _ => packed.to_vec(),
        }
    }

    fn object_at(&self, number: u32) -> (Object, usize) {
        let at = self.places[&number];
        let after = self.bytes[at..].windows(3).position(|window| window == b"obj").expect("an object") + at + 3;
        object(&self.bytes, after)
    }

    fn resolved(&self, object: &Object) -> Object {
        match object {
            Object::Reference(number) => self.object_at(*number).0,
            other => other.clone(),
        }
    }

    fn get(&self, dictionary: &Object, key: &str) -> Object {
        match dictionary {
            Object::Dictionary(held) => held.get(key).map_or_else(|| Object::Word("null".to_owned()), |value| self.resolved(value)),
            _ => Object::Word("null".to_owned()),
        }
    }

    fn text_of(&self, text: &Object) -> String {
        match self.resolved(text) {
            Object::Text(bytes) if bytes.starts_with(&[0xfe, 0xff]) => utf16(&bytes[2..]),
            Object::Text(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            _ => String::new(),
        }
    }
}

fn list(object: &Object) -> Vec<Object> {
    match object {
        Object::List(items) => items.clone(),
        Object::Word(_) => Vec::new(),
        one => vec![one.clone()],
    }
}

fn reference(dictionary: &Object, key: &str) -> Option<u32> {
    match dictionary {
        Object::Dictionary(held) => match held.get(key)? {
            Object::Reference(number) => Some(*number),
            _ => None,
        },
        _ => None,
    }
}

fn decoded(bytes: &[u8], map: Option<&BTreeMap<u32, String>>) -> String {
    let Some(map) = map else { return String::new() };
    bytes.chunks(2).filter_map(|glyph| map.get(&number(glyph))).map(String::as_str).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Where the next object begins.
fn skip(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_whitespace() || *byte == 0 => at += 1,
            Some(b'%') => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
            _ => return at,
        }
    }
}

/// The object at a place, and where it ends.
fn object(bytes: &[u8], at: usize) -> (Object, usize) {
    let at = skip(bytes, at);
    let word = |from: usize| {
        let end = bytes[from..].iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"()<>[]{}/%".contains(byte)).count() + from;
        (String::from_utf8_lossy(&bytes[from..end]).into_owned(), end)
    };
    match bytes.get(at) {
        Some(b'/') => {
            let (name, end) = word(at + 1);
            (Object::Name(name), end)
        }
        Some(b'(') => text(bytes, at + 1),
        Some(b'<') if bytes.get(at + 1) == Some(&b'<') => {
            let (mut held, mut at) = (BTreeMap::new(), at + 2);
            while bytes.get(skip(bytes, at)).is_some_and(|byte| *byte != b'>') {
                let (key, after) = object(bytes, at);
                let (value, after) = object(bytes, after);
                if let Object::Name(key) = key {
                    held.insert(key, value);
                }
                at = after;
            }
            (Object::Dictionary(held), skip(bytes, at) + 2)
        }
        Some(b'<') => {
            let digits: Vec<u8> = bytes[at + 1..].iter().copied().take_while(|byte| *byte != b'>').collect();
            let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
            (
                Object::Text(digits.chunks(2).map(|pair| digit(pair[0]) << 4 | pair.get(1).map_or(0, |low| digit(*low))).collect()),
                at + digits.len() + 2,
            )
        }
        Some(b'[') => {
            let (mut items, mut at) = (Vec::new(), at + 1);
            while bytes.get(skip(bytes, at)).is_some_and(|byte| *byte != b']') {
                let (item, after) = object(bytes, at);
                items.push(item);
                at = after;
            }
            (Object::List(items), skip(bytes, at) + 1)
        }
        Some(byte) if byte.is_ascii_digit() || b"+-.".contains(byte) => {
            let (digits, end) = word(at);
            let (second, after) = word(skip(bytes, end));
            let (third, last) = word(skip(bytes, after));
            match (digits.parse::<u32>(), second.parse::<u32>(), third.as_str()) {
                (Ok(number), Ok(_), "R") => (Object::Reference(number), last),
                _ => (Object::Number(digits.parse().unwrap_or(0.0)), end),
            }
        }
        Some(_) => {
            let (word, end) = word(at);
            (Object::Word(word), end.max(at + 1))
        }
        None => (Object::Word(String::new()), at),
    }
}

/// A text in brackets.
fn text(bytes: &[u8], mut at: usize) -> (Object, usize) {
    let (mut held, mut deep) = (Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => {
                at += 1;
                let octal: Vec<u8> = bytes[at..].iter().copied().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).collect();
                if octal.is_empty() {
                    held.push(match bytes[at] {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        other => other,
                    });
                } else {
                    held.push(octal.iter().fold(0_u16, |value, digit| value * 8 + u16::from(digit - b'0')) as u8);
                    at += octal.len() - 1;
                }
            }
            b')' if deep == 0 => return (Object::Text(held), at + 1),
            b'(' | b')' => {
                if byte == b'(' {
                    deep += 1;
                } else {
                    deep -= 1;
                }
                held.push(byte);
            }
            other => held.push(other),
        }
        at += 1;
    }
    (Object::Text(held), at)
}
