//! The workbook part and the relations of parts: which sheets there are, what its names refer to, what lies outside. Follows nothing.

use std::collections::{HashMap, HashSet};

use super::xml::{XmlStep, walk};
use crate::{
    notes::{Code, Note, Place, Severity},
    workbook::{
        OpenError,
        package::{Beside, Budget, MAX_NAMES, Package},
    },
};

/// A workbook as its own part describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Book {
    pub sheets: Vec<BookSheet>,
    pub is_1904: bool,
    /// Where the workbook part stands.
    pub part: String,
    /// What names refer to, by themselves in lower case and the sheet they hold in, when not in all.
    names: HashMap<(Option<usize>, String), String>,
    /// How many names there are.
    name_count: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BookSheet {
    pub name: String,
    pub hidden: bool,
    /// Whether Excel does not even list it among the hidden ones.
    pub very: bool,
    /// Its part, when it is a sheet of cells.
    pub part: Option<String>,
    /// Whether nothing says which part it is.
    pub lost: bool,
}

/// Where a part points to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Relation {
    pub id: String,
    /// The last word of its type, such as `worksheet`.
    pub kind: String,
    /// A part's name; what lies outside stays as it is written.
    pub target: String,
    pub external: bool,
}

impl Book {
    /// Reads the workbook part that a package names.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn read(package: &Package) -> Result<Self, OpenError> {
        let part = relations(package, "").into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
        let part = part.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let bytes = package.part(&part).ok_or(OpenError::NotAWorkbook)?;
        let relations = relations(package, &part);
        let by_id: HashMap<&str, &Relation> = relations.iter().rev().map(|relation| (relation.id.as_str(), relation)).collect();
        let (mut book, mut name) = (Self { part, ..Self::default() }, None);
        walk(bytes, |step| match step {
            XmlStep::Open(element) => match element.name() {
                "workbookPr" => book.is_1904 = element.is("date1904"),
                "sheet" => {
                    let id = element.get("id").unwrap_or_default();
                    let relation = by_id.get(id.as_str()).copied();
                    let cells = relation.filter(|relation| relation.kind == "worksheet" && !relation.external);
                    book.sheets.push(BookSheet {
                        name: element.get("name").unwrap_or_default(),
                        hidden: element.get("state").is_some_and(|state| state != "visible"),
                        very: element.get("state").is_some_and(|state| state == "veryHidden"),
                        part: cells.map(|relation| relation.target.clone()),
                        lost: relation.is_none(),
                    });
                }
                "definedName" => {
                    book.name_count += 1;
                    let called = || (element.number("localSheetId"), element.get("name").unwrap_or_default().to_ascii_lowercase());
                    name = (book.name_count <= MAX_NAMES).then(|| (called(), String::new()));
                }
                _ => {}
            },
            XmlStep::Text(text) => name.iter_mut().for_each(|(_, refers)| refers.push_str(text)),
            XmlStep::Close("definedName") => {
                if let Some((called, refers)) = name.take() {
                    book.names.entry(called).or_insert(refers);
                }
            }
            XmlStep::Close(_) => {}
        });
        Ok(book)
    }

    /// What a name refers to, seen from a sheet.
    pub(crate) fn name(&self, name: &str, sheet: usize) -> Option<&str> {
        let of = |own: Option<usize>| self.names.get(&(own, name.to_ascii_lowercase()));
        of(Some(sheet)).or_else(|| of(None)).map(String::as_str)
    }

    /// Takes the names into a budget, which says when there are too many.
    pub(crate) fn names_within(&self, budget: &mut Budget) {
        let kept = self.name_count.min(MAX_NAMES);
        budget.take(Beside::Names, kept);
        if self.name_count > kept {
            budget.take(Beside::Names, self.name_count - kept);
        }
    }
}

/// The relations of a part; those of the whole package for an empty name.
pub(crate) fn relations(package: &Package, part: &str) -> Vec<Relation> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let own = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let mut relations = Vec::new();
    walk(package.part(&own).unwrap_or_default(), |step| {
        if let XmlStep::Open(element) = step
            && element.name() == "Relationship"
        {
            let target = element.get("Target").unwrap_or_default();
            let external = element.get("TargetMode").is_some_and(|mode| mode == "External");
            let kind = element.get("Type").unwrap_or_default();
            relations.push(Relation {
                id: element.get("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external { target } else { within(folder, &target) },
                external,
            });
        }
    });
    relations
}

/// A target's name in the package, from the folder it is named in.
fn within(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in target.split('/') {
        match piece {
            ".." => drop(path.pop()),
            "." | "" => {}
            piece => path.push(piece),
        }
    }
    path.join("/")
}

/// What is worth knowing about a workbook as a whole: links to others, macros and connections, none of which is followed.
pub(crate) fn notes_about(package: &Package, book_part: &str, file: &str) -> Vec<Note> {
    let note = |code: Code, message: String, hint: &str| Note::new(Severity::Info, code, Place::address(file), message, hint);
    let mut notes = Vec::new();
    let linked: Vec<String> = relations(package, book_part)
        .iter()
        .filter(|relation| relation.kind == "externalLink")
        .flat_map(|relation| relations(package, &relation.target))
        .filter(|relation| relation.kind.starts_with("externalLinkPath") || relation.external)
        .map(|relation| file_name(&relation.target))
        .collect();
    let mut seen = HashSet::new();
    let targets: Vec<&str> = linked.iter().map(String::as_str).filter(|target| seen.insert(*target)).collect();
    if !targets.is_empty() {
        let message = format!("The workbook takes values from other files, which are not opened: {}.", listed(&targets));
        notes.push(note(
            Code::ExternalLink,
            message,
            "The values are those Excel last saved. Update the links in Excel if they must be newer.",
        ));
    }
    let has_macros = |name: &str| name.ends_with("vbaproject.bin") || name.contains("/macrosheets/");
    if package.names().any(|name| has_macros(&name.to_ascii_lowercase())) {
        notes.push(macros(file));
    }
    let mut connections = Vec::new();
    for part in package.names().filter(|name| name.ends_with("/connections.xml") || name.ends_with("/connections.bin")) {
        walk(package.part(part).unwrap_or_default(), |step| {
            if let XmlStep::Open(element) = step
                && element.name() == "connection"
            {
                connections.extend(element.get("name"));
            }
        });
        let names: Vec<&str> = connections.iter().map(String::as_str).collect();
        let which = if names.is_empty() { String::new() } else { format!(": {}", listed(&names)) };
        let message = format!("The workbook has data connections, which are not used{which}.");
        notes.push(note(
            Code::DataConnection,
            message,
            "The values are those Excel last saved. Refresh them in Excel if they must be newer.",
        ));
    }
    notes
}

/// The note about macros.
pub(crate) fn macros(file: &str) -> Note {
    Note::new(Severity::Info, Code::Macros, Place::address(file), "The workbook has macros; they are not run.", "")
}

/// The first few of some names.
fn listed(names: &[&str]) -> String {
    match names.len().checked_sub(5) {
        Some(more @ 1..) => format!("{} and {more} more", names[..5].join(", ")),
        _ => names.join(", "),
    }
}

/// The last piece of a path or an address.
fn file_name(target: &str) -> String {
    let name = target.rsplit(['/', '\\']).find(|piece| !piece.is_empty()).unwrap_or(target);
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let coded = (*first == b'%')
            .then(|| after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()))
            .flatten();
        match coded {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_they_are_named_in() {
        assert_eq!(within("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(within("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(within("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(within("xl", "../../../etc"), "etc");
    }

    #[test]
    fn outside_files_are_named_shortly() {
        assert_eq!(file_name("file:///\\\\server\\share\\Budget%2024.xlsx"), "Budget 24.xlsx");
        assert_eq!(file_name("100%.xlsx"), "100%.xlsx");
        assert_eq!(listed(&["a", "b"]), "a, b");
        assert_eq!(listed(&["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e and 2 more");
    }
}
