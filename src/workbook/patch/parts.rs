//! The parts of a workbook while it is patched: unpacked when they are asked for, and those that changed. Knows no cell.

use std::collections::{HashMap, HashSet};

use memchr::{memmem, memrchr};

use super::{PatchError, Patched, Refused, RowsSaid, cell_styles::CellStyles, tag::Tag};
use crate::workbook::{
    Merge, OpenError,
    archive::{Archive, ArchiveError},
    package::{MAX_NAMES, Package, PackageKind, part_key},
    parts::{Book, Colours, RawLook, Styles, XmlStep, range, relations, walk},
};

impl From<ArchiveError> for PatchError {
    fn from(_: ArchiveError) -> Self {
        Self::Packing
    }
}

/// A workbook that is being patched.
pub(super) struct Parts<'a> {
    archive: Archive<'a>,
    package: Package,
    book: Book,
    /// By key, with the name the part has in the zip.
    changed: HashMap<String, Vec<u8>>,
    removed: HashSet<String>,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8], progress: &dyn Fn() -> bool) -> Result<Self, PatchError> {
        if !bytes.starts_with(b"PK") {
            return Err(PatchError::Format);
        }
        let package = Package::open_description(bytes, progress)?;
        if package.kind() != PackageKind::Xlsx {
            return Err(PatchError::Format);
        }
        let book = Book::read(&package)?;
        Ok(Self { archive: Archive::read(bytes)?, package, book, changed: HashMap::new(), removed: HashSet::new() })
    }

    pub(super) fn is_1904(&self) -> bool {
        self.book.is_1904
    }

    /// Whether it has a digital signature.
    pub(super) fn is_signed(&self) -> bool {
        self.archive.names().any(|name| part_key(name).starts_with("_xmlsignatures/"))
    }

    /// The part of a sheet of cells, by the sheet's name.
    pub(super) fn sheet(&self, name: &str) -> Option<String> {
        self.book.sheets.iter().find(|sheet| sheet.name == name)?.part.clone()
    }

    /// The parts of all sheets of cells.
    pub(super) fn sheets(&self) -> Vec<String> {
        self.book.sheets.iter().filter_map(|sheet| sheet.part.clone()).collect()
    }

    /// The names of all sheets in their order, with their parts where they hold cells.
    pub(super) fn named_sheets(&self) -> Vec<(String, Option<String>)> {
        self.book.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.part.clone())).collect()
    }

    /// The parts of the Excel tables of a sheet.
    pub(super) fn tables(&self, sheet: &str) -> Vec<String> {
        relations(&self.package, sheet).into_iter().filter(|relation| relation.kind == "table").map(|relation| relation.target).collect()
    }

    /// What names refer to, each with the sheet it holds in where that is one.
    ///
    /// # Errors
    /// When the workbook's part cannot be read.
    pub(super) fn names_of_formulas(&self) -> Result<Vec<(String, Option<usize>, String)>, PatchError> {
        let (mut names, mut open): (Vec<(String, Option<usize>, String)>, bool) = (Vec::new(), false);
        walk(&self.read(&self.book.part)?, |step| match step {
            XmlStep::Open(element) if element.name() == "definedName" => {
                open = names.len() < MAX_NAMES;
                if open {
                    names.push((element.get("name").unwrap_or_default(), element.number("localSheetId"), String::new()));
                }
            }
            XmlStep::Close("definedName") => open = false,
            XmlStep::Text(text) if open => names.last_mut().into_iter().for_each(|(.., refers)| refers.push_str(text)),
            XmlStep::Open(_) | XmlStep::Close(_) | XmlStep::Text(_) => {}
        });
        Ok(names)
    }

    /// The bytes of a part as they stand now.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, PatchError> {
        match self.changed.get(&part_key(name)) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.archive.part(name)?.ok_or(PatchError::Open(OpenError::NotAWorkbook)),
        }
    }

    pub(super) fn set(&mut self, name: &str, bytes: Vec<u8>) {
        self.changed.insert(part_key(name), bytes);
    }

    /// The name of the workbook's own part.
    pub(super) fn book_part(&self) -> &str {
        &self.book.part
    }

    /// The styles of its cells; none of any use where it has no part for them.
    ///
    /// # Errors
    /// When the part is not sound.
    pub(super) fn styles(&self) -> Result<CellStyles, PatchError> {
        let part = match self.styles_part() {
            Some(part) => self.read(&part)?,
            None => b"<styleSheet/>".to_vec(),
        };
        CellStyles::read(&part).ok_or(PatchError::Packing)
    }

    fn styles_part(&self) -> Option<String> {
        self.part_of_kind("styles")
    }

    fn part_of_kind(&self, kind: &str) -> Option<String> {
        relations(&self.package, &self.book.part).into_iter().find(|relation| relation.kind == kind).map(|relation| relation.target)
    }

    /// How the styles of its cells look, by the numbers that cells give.
    pub(super) fn looks(&self) -> Vec<RawLook> {
        let read = |kind: &str| self.part_of_kind(kind).and_then(|part| self.read(&part).ok());
        let mut colours = Colours::default();
        read("theme").into_iter().for_each(|theme| colours.read_theme(&theme));
        read("styles").map(|part| Styles::read(&part, colours).looks).unwrap_or_default()
    }

    /// The names of the sheets that are hidden.
    pub(super) fn hidden_sheets(&self) -> HashSet<String> {
        self.book.sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| sheet.name.clone()).collect()
    }

    /// Whether the workbook asks for all formulas to be worked out as it is opened.
    ///
    /// # Errors
    /// When the workbook's part cannot be read.
    pub(super) fn asks_to_calculate(&self) -> Result<bool, PatchError> {
        let mut asks = false;
        walk(&self.read(&self.book.part)?, |step| {
            if let XmlStep::Open(element) = step {
                asks |= element.name() == "calcPr" && element.is("fullCalcOnLoad");
            }
        });
        Ok(asks)
    }

    pub(super) fn set_styles(&mut self, bytes: Vec<u8>) {
        if let Some(part) = self.styles_part() {
            self.set(&part, bytes);
        }
    }

    /// The rows of headings of the Excel tables of a sheet.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub(super) fn table_headers(&self, sheet: &str) -> Result<Vec<Merge>, PatchError> {
        let mut headers = Vec::new();
        for table in self.tables(sheet) {
            walk(&self.read(&table)?, |step| {
                if let XmlStep::Open(element) = step
                    && element.name() == "table"
                    && element.number("headerRowCount").unwrap_or(1) > 0
                    && let Some(area) = element.get("ref").and_then(|text| range(&text))
                {
                    headers.push(Merge { first: area.first, last: (area.first.0, area.last.1) });
                }
            });
        }
        Ok(headers)
    }

    /// Texts that cells share, by their places among them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn shared_texts(&self, wanted: &HashSet<usize>) -> Result<HashMap<usize, String>, PatchError> {
        let part = relations(&self.package, &self.book.part).into_iter().find(|relation| relation.kind == "sharedStrings");
        let mut texts = HashMap::new();
        let (Some(part), Some(last)) = (part, wanted.iter().max()) else { return Ok(texts) };
        let bytes = self.read(&part.target)?;
        // Only the wanted ones are read; the others are counted by their beginnings.
        let begins = memmem::find_iter(&bytes, "si").filter(|at| is_opening(&bytes, *at));
        for (at, begin) in begins.enumerate().take(last + 1).filter(|(at, _)| wanted.contains(at)) {
            let from = memrchr(b'<', &bytes[..begin]).unwrap_or(begin);
            let to = memmem::find_iter(&bytes[begin..], "si").map(|end| begin + end).find(|end| *end > begin && is_closing(&bytes, *end));
            texts.insert(at, shared_text(&bytes[from..to.unwrap_or(bytes.len())]));
        }
        Ok(texts)
    }

    /// All texts that cells share, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn all_shared_texts(&self) -> Result<Vec<String>, PatchError> {
        let part = relations(&self.package, &self.book.part).into_iter().find(|relation| relation.kind == "sharedStrings");
        let Some(part) = part else { return Ok(Vec::new()) };
        let (mut texts, mut inside, mut phonetic) = (Vec::<String>::new(), false, false);
        walk(&self.read(&part.target)?, |step| match step {
            XmlStep::Open(element) => match element.name() {
                "si" => texts.push(String::new()),
                "t" => inside = true,
                "rPh" => phonetic = true,
                _ => {}
            },
            XmlStep::Close("t") => inside = false,
            XmlStep::Close("rPh") => phonetic = false,
            XmlStep::Text(text) if inside && !phonetic => texts.last_mut().into_iter().for_each(|held| held.push_str(text)),
            XmlStep::Close(_) | XmlStep::Text(_) => {}
        });
        Ok(texts)
    }

    /// Takes out the list of the order formulas are worked out in, which Excel makes anew.
    ///
    /// # Errors
    /// When a part that names it cannot be read.
    pub(super) fn drop_calculation_chain(&mut self) -> Result<(), PatchError> {
        let relation = relations(&self.package, &self.book.part).into_iter().find(|relation| relation.kind == "calcChain");
        let Some(relation) = relation else { return Ok(()) };
        let (folder, name) = self.book.part.rsplit_once('/').unwrap_or(("", &self.book.part));
        let own = format!("{folder}/_rels/{name}.rels");
        let named = part_key(&relation.target);
        self.without_element(&own, |tag| tag.get("Id").as_deref() == Some(&*relation.id))?;
        self.without_element("[Content_Types].xml", |tag| tag.get("PartName").is_some_and(|part| part_key(&part) == named))?;
        self.changed.remove(&named);
        self.removed.insert(named);
        Ok(())
    }

    /// Takes the first element out of a part that has no content and fits.
    fn without_element(&mut self, part: &str, fits: impl Fn(&Tag) -> bool) -> Result<(), PatchError> {
        let bytes = self.read(part)?;
        let Ok(text) = std::str::from_utf8(&bytes) else { return Err(PatchError::Packing) };
        let found = text.match_indices('<').find_map(|(at, _)| {
            let end = at + text[at..].find('>')? + 1;
            let tag = Tag::new(&text[at..end]);
            (fits(&tag) && !tag.name().starts_with('/')).then(|| {
                let closing = format!("</{}>", tag.name());
                at..if !tag.is_empty() && text[end..].starts_with(&closing) { end + closing.len() } else { end }
            })
        });
        if let Some(at) = found {
            let mut text = text.to_owned();
            text.replace_range(at, "");
            self.set(part, text.into_bytes());
        }
        Ok(())
    }

    /// Puts other bytes in the place of a part, where they are other than those it has.
    pub(super) fn set_unless_same(&mut self, name: &str, before: &[u8], bytes: Vec<u8>) {
        if bytes != before {
            self.set(name, bytes);
        }
    }

    /// The workbook with the parts that changed.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub(super) fn finish(self, refused: Vec<(usize, usize, Refused)>, said: Vec<RowsSaid>) -> Result<Patched, PatchError> {
        let bytes = self.archive.with(&self.changed, &self.removed)?;
        // What was packed is unpacked again: it is never worse than what was there.
        let again = Archive::read(&bytes)?;
        if self.changed.iter().any(|(key, part)| again.part(key).ok().flatten().as_ref() != Some(part)) {
            return Err(PatchError::Unverified);
        }
        let touched = |name: &&str| self.changed.contains_key(&part_key(name)) || self.removed.contains(&part_key(name));
        let mut changed: Vec<String> = self.archive.names().filter(touched).map(str::to_owned).collect();
        changed.sort_unstable();
        let kept = self.archive.names().count() - changed.len();
        Ok(Patched { bytes, refused, said, changed, kept, ..Patched::default() })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.names().filter(|name| !self.removed.contains(&part_key(name))).map(str::to_owned).collect()
    }

    /// Whether any part changed so far.
    pub(super) fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }
}

/// Whether the name of an opening tag stands at a place, with or without a prefix.
fn is_opening(bytes: &[u8], at: usize) -> bool {
    let ends = bytes.get(at + 2).is_some_and(|byte| matches!(byte, b'>' | b' ' | b'/' | b'\n' | b'\r' | b'\t'));
    let from = memrchr(b'<', &bytes[..at]);
    ends && from.is_some_and(|from| {
        from + 1 == at || (bytes[from + 1..at].ends_with(b":") && !bytes[from + 1..at].contains(&b'>') && bytes[from + 1] != b'/')
    })
}

/// The same of a closing tag.
fn is_closing(bytes: &[u8], at: usize) -> bool {
    let from = memrchr(b'<', &bytes[..at]);
    from.is_some_and(|from| {
        bytes[from..].starts_with(b"</") && (from + 2 == at || (bytes[at - 1] == b':' && !bytes[from..at].contains(&b'>')))
    })
}

/// The text of a shared text, without how it is spoken.
fn shared_text(item: &[u8]) -> String {
    let (mut text, mut inside, mut phonetic) = (String::new(), false, false);
    walk(item, |step| match step {
        XmlStep::Open(element) => match element.name() {
            "t" => inside = true,
            "rPh" => phonetic = true,
            _ => {}
        },
        XmlStep::Close("t") => inside = false,
        XmlStep::Close("rPh") => phonetic = false,
        XmlStep::Text(piece) if inside && !phonetic => text.push_str(piece),
        XmlStep::Close(_) | XmlStep::Text(_) => {}
    });
    text
}
