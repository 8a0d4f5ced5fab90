//! What an .xlsx file may say about itself: how many texts, styles and sheets. Never reads a cell.

use std::collections::{HashMap, HashSet};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    MAX_NAME, MAX_SHEETS, MAX_SMALL_PART, MAX_STRINGS, MAX_STYLES, MAX_TEXT, OpenError, Package, grouped, markup, part_key, strange,
    too_large,
};

/// Where the workbook part is.
pub(crate) fn workbook_name(package: &Package) -> Option<String> {
    let mut found = None;
    elements(package.part("_rels/.rels")?, "Relationship", |element| {
        if attribute(element, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument")) {
            found = attribute(element, "Target");
        }
        true
    });
    found
}

/// Checks that its parts are no larger, no deeper and no more than is read.
pub(crate) fn check(package: &Package) -> Result<(), OpenError> {
    let workbook = workbook_name(package).map(|name| part_key(&name)).unwrap_or_default();
    for part in &package.parts {
        let name = part_key(&part.name);
        let describes = ["styles.xml", "theme1.xml", ".rels"].iter().any(|ending| name.ends_with(ending)) || name == workbook;
        if describes && part.bytes.len() as u64 > MAX_SMALL_PART {
            return Err(too_large(MAX_SMALL_PART));
        }
        markup::check_entities(&part.bytes)?;
        markup::check_texts(&part.bytes)?;
        markup::check_depth(&part.bytes)?;
        if name.ends_with("sharedstrings.xml") {
            check_shared_strings(&part.bytes)?;
        } else if name.ends_with("styles.xml") {
            check_styles(&part.bytes)?;
        }
    }
    check_sheets(package)
}

/// The texts that cells share are not too many.
fn check_shared_strings(part: &[u8]) -> Result<(), OpenError> {
    if markup::tags(part) > MAX_STRINGS && markup::openings(part).filter(|(name, _)| *name == b"si").count() > MAX_STRINGS {
        return Err(OpenError::TooLarge(format!("it has more than {} different texts", grouped(MAX_STRINGS))));
    }
    Ok(())
}

/// Each cell format is a copy of its font and number format, so their number and the longest tag bound what is copied.
fn check_styles(part: &[u8]) -> Result<(), OpenError> {
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    let mut longest = 0;
    for (name, tag) in markup::openings(part) {
        if [&b"xf"[..], b"font", b"fill", b"border", b"numFmt"].contains(&name) {
            *counts.entry(name).or_default() += 1;
        }
        if name != b"styleSheet" {
            longest = longest.max(tag.len());
        }
    }
    // Cell formats and the named styles they stand on are both `xf`.
    if counts.values().any(|count| *count > 2 * MAX_STYLES) {
        return Err(strange(&format!("it has more than {} cell styles", grouped(2 * MAX_STYLES))));
    }
    if counts.get(&b"xf"[..]).unwrap_or(&0) * longest > MAX_TEXT {
        return Err(strange("its cell styles are far too long"));
    }
    Ok(())
}

/// The sheets are few, have names of a sensible length, and each is a part of its own.
fn check_sheets(package: &Package) -> Result<(), OpenError> {
    let Some(workbook) = workbook_name(package) else { return Ok(()) };
    let targets = targets(package, &workbook);
    let (mut parts, mut names, mut wrong) = (HashSet::new(), HashSet::new(), None);
    elements(package.part(&workbook).unwrap_or_default(), "sheet", |element| {
        wrong = check_sheet(element, &targets, &mut parts, &mut names).err();
        wrong.is_none()
    });
    wrong.map_or(Ok(()), Err)
}

/// The parts that the relationships of a part lead to, by their ids.
pub(crate) fn targets(package: &Package, part: &str) -> HashMap<String, String> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut targets = HashMap::new();
    elements(package.part(&format!("{folder}/_rels/{name}.rels")).unwrap_or_default(), "Relationship", |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            targets.insert(id, if target.starts_with('/') { part_key(&target) } else { part_key(&format!("{folder}/{target}")) });
        }
        true
    });
    targets
}

fn check_sheet(
    element: &BytesStart<'_>,
    targets: &HashMap<String, String>,
    parts: &mut HashSet<String>,
    names: &mut HashSet<String>,
) -> Result<(), OpenError> {
    let name = attribute(element, "name").unwrap_or_default();
    if name.chars().count() > MAX_NAME {
        return Err(strange("the name of a sheet is far too long"));
    }
    if !names.insert(name) {
        return Err(strange("two of its sheets have the same name"));
    }
    if names.len() > MAX_SHEETS {
        return Err(OpenError::TooLarge(format!("it has more than {} sheets", grouped(MAX_SHEETS))));
    }
    let id = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == "id");
    let target = id.and_then(|id| targets.get(&*id.value));
    if target.is_some_and(|target| !parts.insert(target.clone())) {
        return Err(strange("two of its sheets are the same part"));
    }
    Ok(())
}

/// Calls with every element of a name until it returns false. Markup that cannot be read on ends it: the reader will name that.
fn elements(part: &[u8], name: &str, mut each: impl FnMut(&BytesStart<'_>) -> bool) {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == name => {
                if !each(&element) {
                    return;
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}
